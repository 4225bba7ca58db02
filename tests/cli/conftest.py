"""The command line in a course of its own: the real sources, and homework that is nobody's."""

import os
import shutil
import sys
from pathlib import Path
from subprocess import run

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path):
    """A course's directory with sources, learners' notebooks and worked solutions, and an empty homework/."""
    root = tmp_path / "course"
    for folder in ("source", "notebooks", "solutions"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "autograde").mkdir()
    shutil.copy(ROOT / "autograde" / "nbgrader_config.py", root / "autograde")
    return root


@pytest.fixture
def gradschool():
    """Run the command line in a folder; standard output and standard error as a person sees them."""

    def command(folder, *arguments, **environment):
        own = {name: value for name, value in os.environ.items() if name not in ("GRADSCHOOL_COURSE", "COLUMNS")}
        return run(
            [sys.executable, "-c", "from gradschool.cli import main; main()", *map(str, arguments)],
            cwd=folder,
            env={**own, **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    return command
