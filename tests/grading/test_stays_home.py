"""nbgrader stays home: formgrader, manual grading, late penalties, feedback and export work on what our grader leaves."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import replace

import classroom
import pytest
from homework import AFTER, BEFORE, TARGET, handed_in, key, to_bytes
from sqlalchemy import event
from sqlalchemy.engine import Engine

from gradschool.course import ASSIGNMENT
from gradschool.course.place import Course
from gradschool.grading.gradebook import GradebookWriter

pytestmark = pytest.mark.timeout(900)

ONE = key(BEFORE, TARGET, AFTER, name="one")
SECRET = re.compile(r"6\.25|-1\.5|-2\.5|BEGIN HIDDEN")  # of the hidden checks
LATE = '\nc.LateSubmissionPlugin.penalty_method = "zero"\n'
GOOD, WRONG, EMPTY = "good", "wrong", "empty"


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory):
    """Three students, graded: everything right, one function wrong, nothing written."""
    folder = tmp_path_factory.mktemp("home")
    course = classroom.make_course(folder / "course", one=ONE)
    wrong = TARGET.right.replace("x * x", "x * 3")
    classroom.hand_in(folder / "class", GOOD, "one", handed_in(ONE))
    classroom.hand_in(folder / "class", WRONG, "one", handed_in(ONE, {"target": f"{wrong}\nprint('my own words')"}))
    untouched = {"before": f"{BEFORE.head}\n    raise NotImplementedError", "target": "", "after": ""}
    classroom.hand_in(folder / "class", EMPTY, "one", handed_in(ONE, untouched))
    grade(course, folder / "class")
    return course, folder / "class"


@pytest.fixture
def home(graded_once, tmp_path):
    """A copy to be changed: the course and what was handed in."""
    for path, name in zip((graded_once[0].root, graded_once[1]), ("course", "class"), strict=True):
        shutil.copytree(path, tmp_path / name)
    return Course(tmp_path / "course"), tmp_path / "class"


def grade(course, handed, *more):
    return classroom.graded(classroom.grade(course, handed, "--no-sandbox", "--jobs", 1, *more))


def nbgrader(course, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=course.autograde, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


# --- formgrader -----------------------------------------------------------------------------------------------------


class Formgrader:
    """The real one, over HTTP."""

    def __init__(self, address, process):
        self.address, self.process = address, process

    def page(self, path):
        while self.process.poll() is None:  # it prints its address before it listens there
            try:
                with urllib.request.urlopen(f"{self.address}formgrader/{path}") as answer:
                    return answer.read().decode()
            except urllib.error.HTTPError:
                raise
            except urllib.error.URLError:
                continue
        raise AssertionError("the server ended")

    def api(self, path):
        return json.loads(self.page(f"api/{path}"))

    def put(self, path, **content):
        request = urllib.request.Request(
            f"{self.address}formgrader/api/{path}", json.dumps(content).encode(), method="PUT"
        )
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())


@contextmanager
def formgrader(course, settings):
    """Start a Jupyter server with formgrader in the course's own directory, as a grader would."""
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--ip=127.0.0.1", "--port=0", "--allow-root"]
    command += ["--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", "--ServerApp.root_dir=."]
    command += ["--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}"]
    places = {f"JUPYTER_{name}_DIR": str(settings / name) for name in ("RUNTIME", "CONFIG", "DATA")}
    process = subprocess.Popen(
        command,
        cwd=course.autograde,
        env={**os.environ, **places},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = []
    address = None
    for line in process.stderr:
        said.append(line)
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        if found:
            address = found[0]
            break
    # a full pipe would stop the server
    reader = threading.Thread(target=said.extend, args=(process.stderr,))
    reader.start()
    try:
        assert address, "".join(said)
        yield Formgrader(address, process)
    finally:
        process.terminate()
        process.wait()
        reader.join()
        process.stderr.close()


def test_formgrader_opens_the_result_and_what_a_person_enters_there_survives_a_regrade(home, tmp_path):
    course, handed = home
    with formgrader(course, tmp_path / "settings") as app:
        assert "nbgrader formgrade" in app.page("manage_assignments")
        (assignment,) = app.api("assignments")
        assert (assignment["name"], assignment["max_score"]) == (ASSIGNMENT, 6.0)
        submissions = {each["student"]: each for each in app.api(f"submissions/{ASSIGNMENT}")}
        assert {student: each["score"] for student, each in submissions.items()} == {GOOD: 6.0, WRONG: 4.0, EMPTY: 0.0}
        assert not any(each["needs_manual_grade"] for each in submissions.values())
        notebooks = {each["student"]: each["id"] for each in app.api(f"submitted_notebooks/{ASSIGNMENT}/one")}
        page = app.page(f"submissions/{notebooks[WRONG]}/")
        assert "my own words" in page
        assert "target-check" in page
        assert not SECRET.search(page)
        grades = {each["name"]: each for each in app.api(f"grades?submission_id={notebooks[WRONG]}")}
        assert {name: each["auto_score"] for name, each in grades.items() if each["auto_score"] == 0.0} == {
            "target-check": 0.0,
            "target-hidden": 0.0,
        }
        assert (
            app.put(f"grade/{grades['target-check']['id']}", manual_score=0.5, extra_credit=0.25)["manual_score"] == 0.5
        )
        comments = {each["name"]: each for each in app.api(f"comments?submission_id={notebooks[WRONG]}")}
        app.put(f"comment/{comments['target']['id']}", manual_comment="Nearly: what is 3 for?")
        assert classroom.points(course)[WRONG] == {"one": 4.75}
        wrong = TARGET.right.replace("x * x", "x * 3")
        classroom.hand_in(handed, WRONG, "one", handed_in(ONE, {"target": wrong, "after": "after = None"}))
        grade(course, handed)
        again = {each["name"]: each for each in app.api(f"grades?submission_id={notebooks[WRONG]}")}
        assert [again["target-check"][name] for name in ("auto_score", "manual_score", "extra_credit")] == [
            0.0,
            0.5,
            0.25,
        ]
        assert (again["after-check"]["auto_score"], again["after-check"]["manual_score"]) == (0.0, None)
        comments = {each["name"]: each for each in app.api(f"comments?submission_id={notebooks[WRONG]}")}
        assert comments["target"]["manual_comment"] == "Nearly: what is 3 for?"
        assert "my own words" not in app.page(f"submissions/{notebooks[WRONG]}/")
    assert classroom.points(course) == {GOOD: {"one": 6.0}, WRONG: {"one": 2.75}, EMPTY: {"one": 0.0}}


def test_feedback_and_export_work_and_show_no_hidden_check(home):
    course, _ = home
    nbgrader(course, "generate_feedback", ASSIGNMENT)
    pages = {path.parts[-3]: path.read_text("utf-8") for path in (course.autograde / "feedback").rglob("*.html")}
    assert set(pages) == {GOOD, WRONG, EMPTY}
    assert "my own words" in pages[WRONG]
    assert "(Score: 4.0 / 6.0)" in pages[WRONG]
    assert "No response." in pages[EMPTY]
    assert "No response." not in pages[GOOD]
    assert not any(
        SECRET.search(re.sub(r"<style.*?</style>|<script.*?</script>", "", page, flags=re.DOTALL))
        for page in pages.values()
    )
    nbgrader(course, "export")
    with (course.autograde / "grades.csv").open(encoding="utf-8") as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert exported == {GOOD: 6.0, WRONG: 4.0, EMPTY: 0.0}


@contextmanager
def statements():
    """Every statement that is sent to a database in this block."""
    sent = []

    def note(connection, cursor, statement, *more):
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_entering_a_student_asks_the_gradebook_about_no_single_cell(tmp_path, warm):
    few = key(*(replace(TARGET, id=f"few{number}") for number in range(3)), name="few")
    many = key(*(replace(TARGET, id=f"many{number}") for number in range(40)), name="many")
    course = classroom.make_course(tmp_path, few=few, many=many)
    sent = []
    with GradebookWriter(course) as book:
        for notebook in (few, many):
            book.know(notebook["metadata"]["gradschool"]["notebook"], to_bytes(notebook))
        for student, notebook in (("first", few), ("second", few), ("third", many)):
            result = replace(
                warm.grade(notebook, handed_in(notebook)), notebook=notebook["metadata"]["gradschool"]["notebook"]
            )
            with statements() as asked:
                book.enter(student, [result])
            sent.append(len(asked))
    assert sent[1] == sent[2] < 40


def test_another_deadline_takes_nbgraders_penalty_or_takes_it_back(home):
    """Nothing else has changed, and nothing is graded again."""
    course, handed = home
    course.config.write_text(course.config.read_text("utf-8") + LATE, "utf-8")
    penalties = (
        "select student_id, late_submission_penalty from submitted_notebook "
        "join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id"
    )
    for student, when in ((GOOD, 1_000_000_000), (WRONG, 1_000_100_000)):
        os.utime(handed / student / ASSIGNMENT / "one.ipynb", (when, when))
    assert grade(course, handed, "--due", "2001-09-09 12:00") == []
    assert dict(classroom.rows(course, penalties)) == {GOOD: None, WRONG: 4.0, EMPTY: 0.0}
    assert grade(course, handed, "--due", "2030-01-01") == []
    assert not any(dict(classroom.rows(course, penalties)).values())
