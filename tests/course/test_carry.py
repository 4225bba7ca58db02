import json

import pytest

from gradschool.course import Course
from gradschool.course.carry import update
from gradschool.errors import GradschoolError


def notebook(edition, *cells):
    about = {"notebook": "1_small", "language": "en", "edition": edition}
    return {"cells": list(cells), "metadata": {"gradschool": about}, "nbformat": 4, "nbformat_minor": 5}


def answer(grade_id, source):
    marks = {"grade_id": grade_id, "solution": True, "grade": False}
    return {"cell_type": "code", "id": grade_id, "source": source, "metadata": {"nbgrader": marks}, "outputs": []}


def check(grade_id, source):
    marks = {"grade_id": grade_id, "solution": False, "grade": True}
    return {"cell_type": "code", "id": grade_id, "source": source, "metadata": {"nbgrader": marks}, "outputs": []}


def own(source):
    return {"cell_type": "code", "id": "own-1", "source": source, "metadata": {}, "outputs": []}


@pytest.fixture
def course(tmp_path):
    course = Course(tmp_path)
    newest = notebook("two", answer("add", "def add(): STUB"), check("add-check", "new check"), answer("mul", "STUB"))
    course.notebooks("en").mkdir(parents=True)
    (course.notebooks("en") / "1_small.ipynb").write_text(json.dumps(newest))
    return course


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "homework" / "1_small.ipynb"
    path.parent.mkdir()
    old = notebook(
        "one",
        answer("add", "def add(): mine"),
        check("add-check", "old check"),
        answer("mul", "STUB"),
        answer("gone", "def gone(): mine"),
        own("my_notes = 1"),
    )
    path.write_text(json.dumps(old))
    return path


def test_answers_go_over_by_grade_id_and_checks_are_the_new_ones(course, mine):
    carried = update(course, mine)
    cells = {cell["id"]: cell["source"] for cell in json.loads(mine.read_text())["cells"]}
    assert cells == {"add": "def add(): mine", "add-check": "new check", "mul": "STUB"}
    assert carried.answers == ["add"]


def test_what_has_no_place_is_named_and_the_old_file_is_kept(course, mine):
    before = mine.read_bytes()
    carried = update(course, mine)
    assert carried.lost == ["def gone(): mine", "my_notes = 1"]
    assert carried.kept.read_bytes() == before


def test_a_second_update_does_nothing(course, mine):
    update(course, mine)
    now = mine.read_bytes()
    assert update(course, mine) is None
    assert mine.read_bytes() == now


def test_an_older_kept_file_is_never_replaced(course, mine):
    taken = mine.with_name("1_small.before-update-1.ipynb")
    taken.write_text("an older one")
    assert update(course, mine).kept.name == "1_small.before-update-2.ipynb"
    assert taken.read_text() == "an older one"


@pytest.mark.parametrize("content", ["not json", "{}", '{"cells": 3}'])
def test_a_file_that_is_no_notebook_is_one_clear_line(course, mine, content):
    mine.write_text(content)
    with pytest.raises(GradschoolError, match="is no notebook"):
        update(course, mine)
    assert mine.read_text() == content
