import subprocess
import sys

import pytest

from gradschool.course import preamble


def run(code, folder, *, hidden=True):
    """Run a set-up cell in a fresh interpreter that cannot see the package, with a pip that only writes down its call."""
    stand_ins = folder / "stand_ins"
    (stand_ins / "pip").mkdir(parents=True)
    (stand_ins / "pip" / "__init__.py").touch()
    (stand_ins / "pip" / "__main__.py").write_text(
        "import pathlib, sys\npathlib.Path('pip_called').write_text(' '.join(sys.argv[1:]))\n"
        f"pathlib.Path({str(stand_ins)!r}, 'gradschool.py').write_text('here = True')\n"
    )
    code = f"import sys; sys.path.insert(0, {str(stand_ins)!r})\n{code}\nimport gradschool; print(gradschool.here)"
    environment = {"PYTHONPATH": str(stand_ins), "PYTHONIOENCODING": "utf-8"}
    command = [sys._base_executable, "-S", "-c", code]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", env=environment)


@pytest.mark.parametrize("place", [".", ".."])
def test_the_wheel_beside_the_notebook_is_installed(tmp_path, place):
    folder = tmp_path / "lecture4"
    folder.mkdir()
    (folder / place / "gradschool-0.1.0-py3-none-any.whl").touch()
    ended = run(preamble.before("", "en"), folder)
    assert ended.stdout.strip() == "True", ended.stderr
    assert "gradschool-0.1.0-py3-none-any.whl" in (folder / "pip_called").read_text()


@pytest.mark.parametrize(("language", "says"), [("ko", "같은 폴더에"), ("en", "into this notebook's folder")])
def test_without_package_and_wheel_it_says_what_to_do(tmp_path, language, says):
    ended = run(preamble.before("", language), tmp_path)
    assert ended.returncode != 0
    assert says in ended.stderr.splitlines()[-1]
    assert not (tmp_path / "pip_called").exists()


def test_the_language_is_filled_in():
    assert preamble.before('check.language("{lang}")', "ko").endswith('check.language("ko")')
