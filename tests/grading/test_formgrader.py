"""Points and comments given by hand in formgrader: it opens at the graded class, and what is given there goes back."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request

import homework
import pytest

from gradschool.course import Course, find_course
from gradschool.grading.classbook import open_classbook
from gradschool.grading.give_back import write
from gradschool.grading.run import Options, grade_class

pytestmark = pytest.mark.timeout(600)


ADD = homework.exercise("add", "return x + y", "assert add(1, 2) == 3", "assert add(-1, 2) == 1", "x, y")


def make(root):
    """A course of one small notebook; s01 has it right, s02 wrong."""
    course = Course(root / "course")
    course.source.mkdir(parents=True)
    course.keys.mkdir(parents=True)
    shutil.copy(find_course().config, course.config)
    key = homework.key(ADD)
    (course.keys / "small.ipynb").write_bytes(homework.to_bytes(key))
    for student, answers in (("s01", None), ("s02", {"add": "def add(x, y):\n    return x - y"})):
        path = course.root / "class" / student / "lecture4" / "small.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(homework.to_bytes(homework.handed_in(key, answers)))
    return course


def asked(server, url):
    """What a server answers, as soon as it does: it prints its address before it listens there."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(url) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("the server ended")


def test_grade_open_serves_formgrader_at_the_graded_class(tmp_path):
    course = make(tmp_path)
    own = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [
        sys.executable,
        "-c",
        "from gradschool.cli import main; main()",
        "grade",
        "class",
        "--no-sandbox",
        "--open",
    ]
    server = subprocess.Popen(
        command, cwd=course.root, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        found = None
        while found is None and (line := server.stderr.readline()):
            found = re.search(r"(http://(?:localhost|127\.0\.0\.1):\d+)/\S*token=(\w+)", line)
        assert found, "no address was printed"
        address, token = found[1], found[2]
        page = asked(server, f"{address}/formgrader/gradebook/lecture4?token={token}")
        assert "formgrade" in page
        api = f"{address}/formgrader/api/submitted_notebooks/lecture4/small?token={token}"
        points = {each["student"]: each["score"] for each in json.loads(asked(server, api))}
        assert points == {"s01": 2.0, "s02": 0.0}
    finally:
        server.terminate()
        server.wait(60)
        server.stderr.close()


def by_hand(course):
    """What somebody enters in formgrader: points for a check, a comment on a solution."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.autograde / 'gradebook.db'}", "gradschool") as gradebook:
        grade = gradebook.find_grade("add-hidden", "small", "lecture4", "s02")
        grade.manual_score = 0.5
        comment = gradebook.find_comment("add", "small", "lecture4", "s02")
        comment.manual_comment = "The idea is <right>: look at the sign."
        gradebook.db.commit()


def given_back(course):
    """The table of points, by student, and s02's or s01's page."""
    write(open_classbook(course), course.autograde / "give_back")
    text = (course.autograde / "give_back" / "grades.csv").read_text(encoding="utf-8-sig")
    pages = {path.stem: path.read_text(encoding="utf-8") for path in course.autograde.glob("give_back/pages/*")}
    return {row["id"]: row for row in csv.DictReader(text.splitlines())}, pages


def test_what_was_given_by_hand_goes_back_and_outlives_another_grading(tmp_path, monkeypatch):
    course = make(tmp_path)
    monkeypatch.chdir(course.root)
    grade_class(course, [course.root / "class"], Options(jobs=1, sandbox=False))
    by_hand(course)
    rows, pages = given_back(course)
    assert {student: row["total"] for student, row in rows.items()} == {"s01": "2", "s02": "0.5"}
    assert "The idea is &lt;right&gt;: look at the sign." in pages["s02"]
    assert "0.5 of 2 points" in pages["s02"]
    assert "points given by hand" in pages["s02"]
    for name in ("grades-canvas.csv", "grades-moodle.csv"):
        table = csv.reader((course.autograde / "give_back" / name).read_text(encoding="utf-8-sig").splitlines())
        assert [row for row in table if "s02" in row and "0.5" in row] != []

    shutil.copy(course.root / "class/s01/lecture4/small.ipynb", course.root / "class/s02/lecture4/small.ipynb")
    grade_class(course, [course.root / "class"], Options(jobs=1, sandbox=False))
    rows, pages = given_back(course)
    assert rows["s02"]["total"] == "1.5"
    assert "look at the sign" in pages["s02"]


def test_being_late_costs_what_nbgraders_plug_in_says(tmp_path, monkeypatch):
    course = make(tmp_path)
    with course.config.open("a") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    monkeypatch.chdir(course.root)
    late, due = course.root / "class" / "s01" / "lecture4" / "small.ipynb", 1_700_000_000
    os.utime(late, (due + 3_600, due + 3_600))
    other = course.root / "class" / "s02" / "lecture4" / "small.ipynb"
    os.utime(other, (due - 3_600, due - 3_600))
    grade_class(course, [course.root / "class"], Options(jobs=1, sandbox=False, due=due))
    rows, pages = given_back(course)
    assert {student: (row["total"], row["late"]) for student, row in rows.items()} == {
        "s01": ("0", "late"),
        "s02": ("0", ""),
    }
    assert "Handed in after the deadline" in pages["s01"]
    assert "2 points less for being late" in pages["s01"]
