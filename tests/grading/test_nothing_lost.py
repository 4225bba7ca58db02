"""Nothing is lost: a run that was killed, or had no room, is finished by the next; what is done is not done again."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import classroom
import homework
import pytest
from homework import AFTER, BEFORE, TARGET, handed_in, key

from gradschool.course import Course
from gradschool.errors import GradschoolError
from gradschool.grading.gradebook import GradebookWriter
from gradschool.grading.limits import Limits
from gradschool.grading.results import NotebookResult, write_json
from gradschool.grading.store import Store, fingerprint
from gradschool.grading.writing import write_whole

pytestmark = pytest.mark.timeout(900)

ONE, TWO = key(BEFORE, TARGET, name="one"), key(AFTER, name="two")
STUDENTS = [f"s{number:02}" for number in range(12)]


def answers(number):
    """What a student hands in: right, wrong, deadly or nothing."""
    bodies = [TARGET.right, TARGET.right.replace("x * x", f"x + {number}"), "import os\nos._exit(1)", ""]
    return {"target": bodies[number % 4], "before": f"# of student {number}\n{BEFORE.right}"}


FILES = len(STUDENTS) + 5  # every third student handed in the second notebook too, and one a PDF


@pytest.fixture(scope="session")
def fresh(tmp_path_factory):
    """A course with an empty gradebook, which takes nbgrader a while to make."""
    made = classroom.make_course(tmp_path_factory.mktemp("fresh") / "course", one=ONE, two=TWO)
    with GradebookWriter(made):
        pass
    return made


@pytest.fixture(scope="session")
def handed_once(tmp_path_factory):
    """A class of twelve, some with one notebook, some with two, one with something else."""
    folder = tmp_path_factory.mktemp("handed") / "class"
    for number, student in enumerate(STUDENTS):
        classroom.hand_in(folder, student, "one", handed_in(ONE, answers(number)))
        if number % 3 == 0:
            classroom.hand_in(folder, student, "two", handed_in(TWO))
    classroom.hand_in(folder, "s01", "two", b"%PDF-1.4")
    return folder


@pytest.fixture(scope="session")
def undisturbed(fresh, handed_once):
    """The course after a run that nothing happened to. Nobody changes it."""
    course = Course(fresh.root.parent / "undisturbed")
    shutil.copytree(fresh.root, course.root)
    assert len(report(course, handed_once)[0]) == FILES
    return course


@pytest.fixture
def course(fresh, tmp_path):
    """Graded nothing yet."""
    shutil.copytree(fresh.root, tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.fixture
def graded(undisturbed, tmp_path):
    """Graded everything."""
    shutil.copytree(undisturbed.root, tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.fixture
def handed(handed_once, tmp_path):
    """The class, to be changed at will; times of files are kept."""
    shutil.copytree(handed_once, tmp_path / "class")
    return tmp_path / "class"


def report(course, handed, *more):
    """Grade, and hand back which notebooks that took and the JSON."""
    path = course.root / "report.json"
    done = classroom.grade(course, handed, "--no-sandbox", "--jobs", 1, "--json", path, *more)
    return classroom.graded(done), json.loads(path.read_bytes())


def reported(course):
    return json.loads((course.root / "report.json").read_bytes())


# --- killed -------------------------------------------------------------------------------------------------------


def killed_after(course, handed, lines):
    """Start grading, kill it the moment that so many notebooks are done; hand back its processes of that moment."""
    process = subprocess.Popen(
        classroom.command(handed), env=classroom.environment(course), cwd=course.root, stdout=subprocess.PIPE, text=True
    )
    with process:
        for line in process.stdout:
            if line.startswith(f"[{lines}/"):
                break
        processes = classroom.family(process.pid)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    return processes


@pytest.mark.needs("bwrap")
def test_a_killed_run_is_finished_by_the_next_and_leaves_no_process(course, undisturbed, handed):
    processes = killed_after(course, handed, 5)
    assert len(processes) > 5  # the program, two workers, their judges and sandboxes
    assert classroom.ended(processes)
    rest, got = report(course, handed)
    assert len(rest) <= FILES - 5
    assert got == reported(undisturbed)
    assert classroom.outcome(course) == classroom.outcome(undisturbed)


def test_a_result_that_was_not_entered_into_the_gradebook_is_entered_by_the_next_run(graded, undisturbed, handed):
    """As when the run was killed between the two."""
    with closing(sqlite3.connect(graded.autograde / "gradebook.db")) as gradebook:
        gradebook.execute("update grade set auto_score = 0.25 where auto_score > 0")
        gradebook.commit()
    entered = sorted((graded.autograde / "results").glob("*/.entered"))
    for path in entered[1:]:
        path.unlink()
    assert report(graded, handed)[0] == []
    now, wanted = classroom.points(graded), classroom.points(undisturbed)
    assert (wanted["s00"], now["s00"]) == ({"one": 4.0, "two": 2.0}, {"one": 1.0, "two": 0.5})
    assert {**now, "s00": 0} == {**wanted, "s00": 0}


def test_a_lost_gradebook_is_made_again_from_the_results(graded, fresh, undisturbed, handed):
    shutil.copy(fresh.autograde / "gradebook.db", graded.autograde)
    assert report(graded, handed)[0] == []
    assert classroom.outcome(graded) == classroom.outcome(undisturbed)


# --- graded again -------------------------------------------------------------------------------------------------


def test_grading_again_changes_nothing(graded, undisturbed, handed):
    times = {path: path.stat().st_mtime_ns for path in (graded.autograde / "autograded").rglob("*.ipynb")}
    assert len(times) == FILES - 1
    done = classroom.grade(graded, handed, "--no-sandbox", "--json", graded.root / "again.json")
    assert done.stdout == f"{FILES} notebooks have not changed since they were graded; 0 to grade.\n"
    assert (graded.root / "again.json").read_bytes() == (undisturbed.root / "report.json").read_bytes()
    assert classroom.outcome(graded) == classroom.outcome(undisturbed)
    assert times == {path: path.stat().st_mtime_ns for path in times}


def test_only_what_changed_is_graded_again(graded, handed):
    """A submission, a damaged result, and every submission of the notebook whose key is another."""
    classroom.hand_in(handed, "s02", "one", handed_in(ONE))
    (graded.autograde / "results" / "s04" / "one.json").write_bytes(b'{"fingerprint"')
    stricter = homework.exercise("after", "return -x", "assert after(1.0) == 1.0", AFTER.hidden)
    classroom.write(graded.keys / "two.ipynb", key(stricter, name="two"))
    again, _ = report(graded, handed)
    touched = [("s02", "one"), ("s04", "one"), *[(student, "two") for student in ("s00", "s01", "s03", "s06", "s09")]]
    assert again == sorted(touched)
    points = classroom.points(graded)
    assert (points["s02"], points["s00"]) == ({"one": 4.0, "two": 0.0}, {"one": 4.0, "two": 1.0})


def test_a_result_is_of_one_submission_one_key_and_one_set_of_limits():
    base = fingerprint(b"submission", b"key", Limits())
    others = [
        fingerprint(b"submission ", b"key", Limits()),
        fingerprint(b"submission", b"kex", Limits()),
        fingerprint(b"submissionk", b"ey", Limits()),
        fingerprint(b"submission", b"key", Limits(step_cpu=31.0)),
    ]
    assert len({base, *others}) == 5
    assert fingerprint(b"submission", b"key", Limits()) == base


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"fingerprint": "x"}', b"\xff\xfe", b"null"])
def test_a_damaged_result_counts_as_none(damage, tmp_path):
    store = Store(Course(tmp_path))
    result = NotebookResult("one", "graded")
    store.put("s05", "x", result)
    assert store.known("s05", "one", "x") == result
    assert store.known("s05", "one", "y") is None
    for name in ("one.json", ".entered"):
        classroom.write(tmp_path / "autograde" / "results" / "s05" / name, damage)
    assert store.known("s05", "one", "x") is None
    assert store.entered("s05") != {"one": "x"}


# --- no room ------------------------------------------------------------------------------------------------------

FILL_GRADE_AND_GRADE_AGAIN = """
import json, subprocess, sys
folder, room, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
ballast = open(folder + "/ballast", "wb", buffering=0)
try:
    while True:
        ballast.write(bytes(1 << 12))
except OSError:
    ballast.truncate(max(0, ballast.tell() - room))
full = subprocess.run(command, capture_output=True, text=True)
ballast.truncate(0)
again = subprocess.run(command, capture_output=True, text=True)
print(json.dumps([[done.returncode, done.stdout, done.stderr] for done in (full, again)]))
"""


@pytest.mark.needs("bwrap")
def test_a_full_disk_is_said_in_a_line_and_the_next_run_finishes_the_work(fresh, undisturbed, handed, tmp_path):
    """The course on a disk of its own, with room for some of the results."""
    course, out = Course(tmp_path / "disk"), tmp_path / "report.json"
    course.root.mkdir()
    disk = ["bwrap", "--dev-bind", "/", "/", "--size", str(4 << 20), "--tmpfs", str(course.root)]
    grading = classroom.command(handed, "--no-sandbox", "--jobs", 1, "--json", out)
    steps = [sys.executable, "-c", FILL_GRADE_AND_GRADE_AGAIN, str(course.root), "60000", *grading]
    copied = ["sh", "-c", 'cp -r "$0/." "$1"; shift; exec "$@"', str(fresh.root), str(course.root), *steps]
    done = subprocess.run(
        [*disk, *copied], env=classroom.environment(course), cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (code, said, complaint), again = json.loads(done.stdout)
    assert (code, len(complaint.splitlines())) == (2, 1), complaint
    assert complaint.startswith("gradschool: ")
    assert "No space left" in complaint or "disk is full" in complaint
    assert 0 < said.count("]") < FILES
    assert (again[0], again[2]) == (0, "")
    assert json.loads(out.read_bytes()) == reported(undisturbed)


@pytest.mark.needs("bwrap")
@pytest.mark.parametrize("place", ["", "gradebook.db"], ids=["everything", "the gradebook"])
def test_what_cannot_be_written_is_said_in_a_line_and_the_next_run_finishes_the_work(
    place, graded, fresh, undisturbed, handed
):
    shutil.copy(fresh.autograde / "gradebook.db", graded.autograde)
    shutil.rmtree(graded.autograde / "results" / "s07")
    path = str(graded.autograde / place)
    done = classroom.grade(
        graded, handed, "--no-sandbox", "--jobs", 1, inside=["bwrap", "--dev-bind", "/", "/", "--ro-bind", path, path]
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert "Read-only file system" in done.stderr or "readonly database" in done.stderr
    assert "Make room" not in done.stderr
    report(graded, handed)
    assert classroom.outcome(graded) == classroom.outcome(undisturbed)


def test_a_gradebook_that_somebody_else_is_writing_is_said_in_a_line(graded, handed):
    with closing(sqlite3.connect(graded.autograde / "gradebook.db")) as gradebook:
        gradebook.execute("begin exclusive")
        done = classroom.grade(graded, handed, "--no-sandbox")
        gradebook.rollback()
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert "database is locked" in done.stderr


@pytest.mark.parametrize("write", [write_json, write_whole])
def test_a_report_that_has_no_room_is_said_and_a_pipe_can_be_one(write, tmp_path):
    content = "s" if write is write_whole else {"a": 1}
    with pytest.raises(GradschoolError, match=r"cannot write /dev/full: No space left on device.*[Mm]ake room"):
        write(Path("/dev/full"), content)
    old = tmp_path / "old"
    old.write_text("old")
    target = old / "below a file"
    with pytest.raises(GradschoolError, match="cannot write"):
        write(target, content)
    reading, writing = os.pipe()
    write(Path(f"/dev/fd/{writing}"), content)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        assert len(pipe.read()) > 0
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
