"""What a build leaves in autograde/ is an ordinary nbgrader assignment."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import small

from gradschool.course import building, register
from gradschool.course.place import Course
from gradschool.errors import GradschoolError

NOTEBOOK = f"{small.NAME}.ipynb"

_WARNING = re.compile(r"WARNING|ERROR|CRITICAL")
# nbgrader puts the hidden tests back where the learner's copy has none, and says so; a kernel speaks of its port.
_EXPECTED = re.compile(r"Attribute 'checksum' for cell \w+-hidden has changed|Kernel is running over TCP")

_SCORES = """
    select student.id, sum(coalesce(grade.manual_score, grade.auto_score))
    from grade join submitted_notebook on grade.notebook_id = submitted_notebook.id
    join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
    join student on submitted_assignment.student_id = student.id
    group by student.id
"""


def submit(course: Course, student: str, notebook: Path) -> None:
    place = course.autograde / "submitted" / student / "lecture4"
    place.mkdir(parents=True)
    shutil.copy(notebook, place / NOTEBOOK)


def autograde(course: Course) -> dict[str, float]:
    """Run `nbgrader autograde lecture4` as somebody would, inside autograde/; return everybody's points."""
    paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = [sys.executable, "-m", "nbgrader", "autograde", "lecture4"]
    done = subprocess.run(
        command, cwd=course.autograde, env={**os.environ, "PATH": paths}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    strange = [line for line in done.stderr.splitlines() if _WARNING.search(line) and not _EXPECTED.search(line)]
    assert strange == []
    with closing(sqlite3.connect(course.autograde / "gradebook.db")) as database:
        return dict(database.execute(_SCORES))


def test_nbgrader_gives_the_untouched_notebook_nothing_and_the_solution_everything(built: Course) -> None:
    for language in ("ko", "en"):
        submit(built, f"untouched-{language}", built.notebooks(language) / NOTEBOOK)
        submit(built, f"solved-{language}", built.solutions(language) / NOTEBOOK)
    assert autograde(built) == {
        "untouched-ko": 0.0,
        "untouched-en": 0.0,
        "solved-ko": small.POINTS,
        "solved-en": small.POINTS,
    }


# nbgrader's own add_submission makes SQLAlchemy warn.
with_grades = pytest.mark.filterwarnings("ignore:Object of type <Submitted")


def put_grades(course: Course) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.autograde / 'gradebook.db'}", "gradschool") as gradebook:
        gradebook.add_student("s01")
        gradebook.add_submission("lecture4", "s01")


@with_grades
def test_a_build_after_grading_keeps_the_grades(built: Course) -> None:
    put_grades(built)
    path = built.source / f"{small.NAME}.py"
    path.write_text(path.read_text(encoding="utf-8").replace("# ## A table", "# ## One table"), encoding="utf-8")
    building.build(built)
    with closing(sqlite3.connect(built.autograde / "gradebook.db")) as database:
        assert list(database.execute("select student_id from submitted_assignment")) == [("s01",)]
    assert "One table" in (built.release / NOTEBOOK).read_text(encoding="utf-8")


@with_grades
def test_other_cells_after_grading_are_refused_with_the_way_out(built: Course) -> None:
    put_grades(built)
    path = built.source / f"{small.NAME}.py"
    path.write_text(path.read_text(encoding="utf-8").replace("table-hidden", "table-hidden-empty"), encoding="utf-8")
    with pytest.raises(GradschoolError, match=r"autograde/gradebook\.db holds grades for other cells .* move it aside"):
        building.build(built)
    (built.autograde / "gradebook.db").rename(built.autograde / "gradebook.db.old")
    building.build(built)
    assert building.build(built) == []


@pytest.mark.parametrize("lost", ["gradebook.db", f"release/lecture4/{NOTEBOOK}"])
def test_what_nbgrader_lost_is_told_to_it_again(built: Course, lost: str) -> None:
    (built.autograde / lost).unlink()
    sources = building.read_all(built)
    assert not register.is_registered(built, sources)
    building.build(built)
    assert register.is_registered(built, sources)


def test_a_gradebook_that_is_no_database_is_said(built: Course) -> None:
    (built.autograde / "gradebook.db").write_text("nothing", encoding="utf-8")
    with pytest.raises(GradschoolError, match=r"nbgrader generate_assignment lecture4 failed"):
        building.build(built)


def test_a_release_that_is_no_notebook_is_made_again(built: Course) -> None:
    (built.release / NOTEBOOK).write_text("nothing", encoding="utf-8")
    building.build(built)
    assert json.loads((built.release / NOTEBOOK).read_bytes())["cells"]


def nbgrader(*arguments: str | Path, cwd: Path) -> str:
    """Run nbgrader as somebody would, there; return what it said, which it says on standard error."""
    paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = [sys.executable, "-m", "nbgrader", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, env={**os.environ, "PATH": paths}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.mark.timeout(600)
def test_homework_goes_out_and_comes_back_through_nbgraders_exchange(built: Course, tmp_path: Path) -> None:
    exchange, learner = tmp_path / "exchange", tmp_path / "learner"
    exchange.mkdir()
    learner.mkdir()
    exchange.chmod(0o777)
    here = [f"--Exchange.root={exchange}", "--course=gradschool"]
    nbgrader("release_assignment", "lecture4", *here, cwd=built.autograde)
    assert "gradschool lecture4" in nbgrader("list", *here, cwd=learner)
    nbgrader("fetch_assignment", "lecture4", *here, cwd=learner)
    mine = learner / "lecture4" / NOTEBOOK
    assert "HIDDEN" not in mine.read_text(encoding="utf-8")
    shutil.copy(built.solutions("en") / NOTEBOOK, mine)
    nbgrader("submit", "lecture4", *here, cwd=learner)
    nbgrader("collect", "lecture4", *here, cwd=built.autograde)
    (collected,) = (built.autograde / "submitted").glob(f"*/lecture4/{NOTEBOOK}")
    assert collected.read_bytes() == mine.read_bytes()
    assert collected.with_name("timestamp.txt").exists()
