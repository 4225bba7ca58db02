"""The course in nbgrader's own hands: nothing for an untouched notebook, everything for a solution."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing

import pytest

from gradschool.course import find_course, notebooks, register, source
from gradschool.course.place import ASSIGNMENT, Course

COURSE = find_course()
LANGUAGES = ("ko", "en")

_WARNING = re.compile(r"WARNING|ERROR|CRITICAL")
# nbgrader puts the hidden tests back where the learner's copy has none, and says so; a kernel speaks of its port.
_EXPECTED = re.compile(r"Attribute 'checksum' for cell \S+-hidden\S* has changed|Kernel is running over TCP")

_SCORES = """
    select student.id, notebook.name, sum(coalesce(grade.manual_score, grade.auto_score))
    from grade join submitted_notebook on grade.notebook_id = submitted_notebook.id
    join notebook on submitted_notebook.notebook_id = notebook.id
    join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
    join student on submitted_assignment.student_id = student.id
    group by student.id, notebook.name
"""


def _write(path, notebook):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(notebooks.to_bytes(notebook))


@pytest.fixture
def course(tmp_path):
    """An nbgrader course of the four notebooks, with four students who handed in all of them."""
    made = Course(tmp_path)
    made.autograde.mkdir()
    shutil.copy(COURSE.config, made.config)
    for path in COURSE.sources():
        read = source.read(path)
        _write(made.keys / f"{read.name}.ipynb", notebooks.key(read))
        for language in LANGUAGES:
            for student, make in (("untouched", notebooks.learner), ("solved", notebooks.worked)):
                place = made.autograde / "submitted" / f"{student}-{language}" / ASSIGNMENT
                _write(place / f"{read.name}.ipynb", make(read, language, COURSE.config))
    register.register(made)
    return made


@pytest.mark.timeout(900)
def test_untouched_notebooks_get_nothing_and_solutions_everything(course):
    paths = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT],
        cwd=course.autograde,
        env={**os.environ, "PATH": paths},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    strange = [line for line in done.stderr.splitlines() if _WARNING.search(line) and not _EXPECTED.search(line)]
    assert strange == []
    points = defaultdict(dict)
    with closing(sqlite3.connect(course.autograde / "gradebook.db")) as gradebook:
        for student, notebook, score in gradebook.execute(_SCORES):
            points[student][notebook] = score
    names = [path.stem for path in COURSE.sources()]
    assert points == {
        f"{student}-{language}": dict.fromkeys(names, score)
        for student, score in (("untouched", 0.0), ("solved", 25.0))
        for language in LANGUAGES
    }
