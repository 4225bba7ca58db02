from pathlib import Path

import pytest
import small

from gradschool.course import course_root, find_course, key
from gradschool.course.place import Course
from gradschool.errors import GradschoolError


def test_a_course_is_found_from_anywhere_inside_it(unbuilt: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRADSCHOOL_COURSE", raising=False)
    monkeypatch.chdir(unbuilt.source)
    assert course_root() == unbuilt.root
    assert find_course(unbuilt.autograde) == unbuilt


def test_the_environment_names_a_course(unbuilt: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADSCHOOL_COURSE", str(unbuilt.root))
    assert course_root() == unbuilt.root


def test_a_wrong_name_in_the_environment_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADSCHOOL_COURSE", str(tmp_path))
    with pytest.raises(GradschoolError, match=r"GRADSCHOOL_COURSE says .*, and there is no course"):
        course_root()


def test_elsewhere_it_is_the_checkout_that_the_package_runs_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GRADSCHOOL_COURSE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert course_root() == small.REPOSITORY


def test_no_course_at_all_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRADSCHOOL_COURSE", raising=False)
    monkeypatch.setattr("gradschool.course.place.__file__", str(tmp_path / "a" / "b" / "c" / "d" / "place.py"))
    with pytest.raises(GradschoolError, match=r"no course in .*: go to a checkout"):
        course_root(tmp_path)


def test_a_key_comes_from_a_source_alone(unbuilt: Course) -> None:
    made = key(unbuilt.source / f"{small.NAME}.py")
    assert [cell["id"] for cell in made["cells"] if "nbgrader" in cell["metadata"]] == [
        "gates-mul",
        "gates-check",
        "gates-hidden",
        "table",
        "table-check",
        "table-hidden",
    ]
