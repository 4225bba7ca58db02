"""What Run All does in every notebook, in an ordinary kernel: no warning anywhere, and no long wait."""

from subprocess import DEVNULL

import pytest
from nbclient import NotebookClient
from nbformat import from_dict

from gradschool.course import find_course, notebooks, source

COURSE = find_course()
NAMES = [path.stem for path in COURSE.sources()]

# A check keeps a learner's warnings to itself where none was forbidden. Here they are errors, inside of checks too.
STRICT = """
import sys
import warnings

from gradschool import check
from gradschool.check import calls


def _strict(action, lent=None, quiet=calls.guarded):
    def strictly():
        warnings.simplefilter("error")
        return action()

    return quiet(strictly, lent)


for module in [each for name, each in sys.modules.items() if name.startswith("gradschool.check")]:
    if hasattr(module, "guarded"):
        module.guarded = _strict
warnings.simplefilter("error")
"""

# The kernel's own start is in it, as it is in what a learner waits for.
CLOCK = "import time\nprint(time.process_time())"


def _cell(name, code):
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "source": code,
        "outputs": [],
        "execution_count": None,
    }


def _run_all(notebook, *, strict):
    """Run a notebook to its end, whatever fails.

    Returns (cells' outputs by cell id, processor seconds)
    """
    first = [_cell("strict", STRICT)] if strict else []
    copy = from_dict({**notebook, "cells": [*first, *notebook["cells"], _cell("clock", CLOCK)]})
    NotebookClient(copy, kernel_name="python3", timeout=240, allow_errors=True).execute(stdout=DEVNULL, stderr=DEVNULL)
    outputs = {cell.id: cell.outputs for cell in copy.cells if cell.cell_type == "code"}
    return outputs, float(outputs.pop("clock")[0].text)


def _troubles(outputs):
    return [
        f"{name}: {output.get('evalue') or output.get('text')}"
        for name, each in outputs.items()
        for output in each
        if output.output_type == "error" or output.get("name") == "stderr"
    ]


@pytest.fixture
def key():
    """key("3_neuron"): the worked notebook, hidden tests in it."""
    return lambda name: notebooks.key(source.read(COURSE.source / f"{name}.py"))


@pytest.mark.parametrize("name", NAMES)
def test_a_solution_runs_without_a_warning_in_under_thirty_seconds(name, key):
    outputs, seconds = _run_all(key(name), strict=True)
    print(f"{name}: {seconds:.1f} s of processor time")
    assert _troubles(outputs) == []
    assert seconds < 30


@pytest.mark.parametrize("name", NAMES)
def test_an_untouched_notebook_runs_to_its_end_in_under_ten_seconds(name):
    read = source.read(COURSE.source / f"{name}.py")
    outputs, seconds = _run_all(notebooks.learner(read, "ko", COURSE.config), strict=False)
    print(f"{name}: {seconds:.1f} s of processor time")
    checks = {cell.id for exercise in read.exercises for cell in exercise.having("check")}
    assert {name for name, each in outputs.items() if any(one.output_type == "error" for one in each)} == checks
    assert seconds < 10


@pytest.mark.parametrize("line", ["np.log(np.zeros(1))", "import warnings; warnings.warn('old')"])
def test_a_warning_that_a_check_keeps_to_itself_would_be_seen(line, key):
    notebook = key("4_neural_network")
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    relu = cells["activations-relu"]
    relu["source"] = relu["source"].replace("    ### BEGIN SOLUTION", f"    {line}\n    ### BEGIN SOLUTION")
    kept = ("setup", "activations-relu", "activations-check-relu")
    notebook["cells"] = [cell for name, cell in cells.items() if name in kept]
    assert _troubles(_run_all(notebook, strict=False)[0]) == []
    assert [trouble.split(":")[0] for trouble in _troubles(_run_all(notebook, strict=True)[0])] == [kept[2]]
