"""What the command line says where an extra is missing."""

import subprocess
import sys

import pytest

from gradschool.cli.extras import mended_by

# The command line with a module taken away, as in an environment that was made without its extra.
WITHOUT = """
import sys
sys.modules[{module!r}] = None
from gradschool.cli import app, main

@app.command()
def needy():
    import {module}

sys.argv = ["gradschool", "needy"]
main()
"""


def run_without(module: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", WITHOUT.format(module=module)], capture_output=True, text=True)


@pytest.mark.parametrize(
    ("module", "extra"), [("nbgrader", "author"), ("distributed", "cluster"), ("jupyterlab", "lab")]
)
def test_a_module_of_an_extra_is_one_line_with_what_installs_it(module: str, extra: str) -> None:
    result = run_without(module)

    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"gradschool: this needs {module}")
    assert "make env" in result.stderr
    assert f"pip install -c constraints.txt -e '.[{extra}]'" in result.stderr


def test_a_module_of_no_extra_is_a_fault_of_ours_and_shows_where() -> None:
    result = run_without("no_such_module")

    assert result.returncode == 1
    assert "Traceback" in result.stderr


@pytest.mark.parametrize("name", ["nbgrader.apps", "nbgrader"])
def test_a_part_of_a_module_counts_as_the_module(name: str) -> None:
    assert "nbgrader" in str(mended_by(ModuleNotFoundError(name=name)))


@pytest.mark.parametrize("name", ["nb", "grader", "", None])
def test_a_part_of_a_name_does_not(name: str | None) -> None:
    assert mended_by(ModuleNotFoundError(name=name)) is None
