"""What goes wrong when somebody grades: one clear line each, and nothing that was there is lost."""

import os
import shutil
import sys
import zipfile

import homework
import pytest

from gradschool.cli import main
from gradschool.course import Course, find_course

ADD = homework.exercise("add", "return x + y", "assert add(1, 2) == 3", "assert add(-1, 2) == 1", "x, y")


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one small notebook, stood in."""
    course = Course(tmp_path / "course")
    course.source.mkdir(parents=True)
    course.keys.mkdir(parents=True)
    shutil.copy(find_course().config, course.config)
    (course.keys / "small.ipynb").write_bytes(homework.to_bytes(homework.key(ADD)))
    monkeypatch.chdir(course.root)
    monkeypatch.delenv("GRADSCHOOL_COURSE", raising=False)
    return course


@pytest.fixture
def said(monkeypatch, capsys):
    """Type a command that fails; return the one line that it says."""

    def type_in(*arguments):
        monkeypatch.setattr(sys, "argv", ["gradschool", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 2
        line = capsys.readouterr().err
        assert line.startswith("gradschool: ")
        assert line.count("\n") == 1
        return line

    return type_in


def test_a_wrong_path(course, said):
    assert said("grade", "clas") == "gradschool: there is no clas\n"


def test_an_empty_folder(course, said):
    (course.root / "class").mkdir()
    assert said("grade", "class") == (
        "gradschool: no notebook found in class: PATH is a directory, .ipynb files or a zip\n"
    )


@pytest.mark.parametrize(
    ("roster", "line"),
    [
        (b"name,email\nKim,k@x\n", "has no column id: its first line should be  id,name,email"),
        (b"id,email\n1,k@x\n", "has no column name: its first line should be  id,name,email"),
        ("id,name\n1,김민지\n".encode("cp949"), "is not UTF-8: save it as “CSV UTF-8”"),
        (b"id,name\n1,A\n1,B\n", "the id 1 stands there more than once"),
    ],
)
def test_a_roster_that_cannot_be_used(course, said, roster, line):
    (course.autograde / "roster.csv").write_bytes(roster)
    (course.root / "class").mkdir()
    assert line in said("grade", "class")
    assert not (course.autograde / "handed_in.json").exists()


def test_a_roster_that_is_not_there(course, said):
    assert "cannot read nobody.csv: No such file or directory" in said("grade", "class", "--roster", "nobody.csv")


def test_an_answered_list_without_its_columns(course, said):
    (course.autograde / "unknown.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    assert "has no columns file and id" in said("grade", "class")


def test_a_zip_that_is_none(course, said):
    (course.root / "all.zip").write_bytes(b"404 not found")
    assert "all.zip is no zip, or a damaged one" in said("grade", "all.zip")


def test_a_zip_without_notebooks(course, said):
    with zipfile.ZipFile(course.root / "all.zip", "w") as archive:
        archive.writestr("photo.jpg", "...")
    assert "no notebook found in all.zip" in said("grade", "all.zip")


@pytest.mark.parametrize("command", ["feedback", "report"])
def test_nothing_was_graded_yet(course, said, command):
    assert said(command) == "gradschool: nothing was graded yet: run `gradschool grade PATH` first\n"


def test_a_register_that_was_edited_by_hand(course, said):
    (course.autograde / "results" / "s01").mkdir(parents=True)
    (course.autograde / "handed_in.json").write_text("{")
    assert "delete it and run `gradschool grade` again" in said("report")


def test_a_bundle_that_finds_no_room_leaves_the_last_one(course, said, monkeypatch):
    from gradschool.course import bundle

    monkeypatch.setattr(bundle, "pack", lambda *_: b"new")
    monkeypatch.setattr("os.fsync", _no_room)
    (course.root / "gradschool-lecture4.zip").write_bytes(b"old")
    assert "cannot write gradschool-lecture4.zip: No space left on device" in said("bundle")
    assert (course.root / "gradschool-lecture4.zip").read_bytes() == b"old"


def _no_room(_descriptor):
    raise OSError(28, "No space left on device")


def test_a_disk_that_fills_up_while_grading_costs_nothing_that_was_graded(course, said, monkeypatch, capsys):
    for student in ("s01", "s02", "s03"):
        path = course.root / "class" / student / "lecture4" / "small.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(homework.to_bytes(homework.handed_in(homework.key(ADD))))
    room = iter(range(3))  # the register, and two files more
    sync = os.fsync
    monkeypatch.setattr("os.fsync", lambda file: sync(file) if next(room, None) is not None else _no_room(file))
    line = said("grade", "class", "--no-sandbox", "--jobs", "1")
    assert "cannot write" in line
    assert "No space left on device; what was there before is still there. Make room, and run it again" in line
    kept = len(list((course.autograde / "results").glob("*/small.json")))
    assert 0 < kept < 3

    monkeypatch.setattr("os.fsync", sync)
    monkeypatch.setattr(
        sys, "argv", ["gradschool", "grade", "class", "--no-sandbox", "--jobs", "1", "--csv", "points.csv"]
    )
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert f"{kept} notebooks have not changed since they were graded; {3 - kept} to grade." in capsys.readouterr().out
    rows = (course.root / "points.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[1:] == ["s01,2,2,2", "s02,2,2,2", "s03,2,2,2"]
