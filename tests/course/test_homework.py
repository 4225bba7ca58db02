import errno
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

import pytest
import small

from gradschool.course import building, homework
from gradschool.course.place import Course
from gradschool.errors import GradschoolError
from gradschool.language import of_machine

LANGUAGE_OF_THE_MACHINE = [
    ({"LANG": "ko_KR.UTF-8"}, "ko"),
    ({"LANG": "en_US.UTF-8"}, "en"),
    ({"LANG": "de_DE.UTF-8"}, "en"),
    ({"LANG": "en_US.UTF-8", "LC_ALL": "ko_KR.UTF-8"}, "ko"),
    ({"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko"),
    ({"LANG": "C"}, "en"),
]

NIGHT_OF_WORK = "a night of work"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course whose notebooks are there; what is in them does not matter here."""
    course = Course(tmp_path / "course")
    _publish(course, edition="first")
    return course


@pytest.fixture
def copy(course: Course) -> Path:
    """Where the learner's copy belongs."""
    return course.homework("ko") / f"{small.NAME}.ipynb"


def _publish(course: Course, edition: str) -> None:
    for language in ("ko", "en"):
        course.notebooks(language).mkdir(parents=True, exist_ok=True)
        notebook = {"cells": [], "metadata": {"gradschool": {"edition": edition, "language": language}}}
        (course.notebooks(language) / f"{small.NAME}.ipynb").write_text(json.dumps(notebook))


def _everything(folder: Path) -> dict[Path, tuple[bytes, int]]:
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def test_a_learner_gets_a_whole_copy_of_each_notebook(course: Course, copy: Path) -> None:
    handed = homework.hand_out(course, "ko")

    assert handed.copied == [copy]
    assert copy.read_bytes() == (course.notebooks("ko") / copy.name).read_bytes()
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    assert not course.homework("en").exists()


def test_handing_out_again_changes_nothing(course: Course, copy: Path) -> None:
    homework.hand_out(course, "ko")
    copy.write_text(NIGHT_OF_WORK)
    before = _everything(course.root)

    assert homework.hand_out(course, "ko").copied == []
    assert _everything(course.root) == before


def test_a_copy_that_was_deleted_comes_back(course: Course, copy: Path) -> None:
    homework.hand_out(course, "ko")
    copy.unlink()

    assert homework.hand_out(course, "ko").copied == [copy]


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_of_many_at_once_one_makes_the_copy(
    course: Course, copy: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _refuse)
    # The names of scratch files go by process; threads stand for processes here.
    monkeypatch.setattr(os, "getpid", iter(range(1000)).__next__)
    with ThreadPoolExecutor(8) as pool:
        all_handed = list(pool.map(lambda _: homework.hand_out(course, "ko"), range(32)))

    assert [path for handed in all_handed for path in handed.copied] == [copy]
    assert copy.read_bytes() == (course.notebooks("ko") / copy.name).read_bytes()
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_work_that_appears_in_the_last_moment_is_kept(
    course: Course, copy: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    copy.parent.mkdir(parents=True)
    copy.write_text(NIGHT_OF_WORK)
    monkeypatch.setattr(os.path, "lexists", lambda path: False)
    if not links:
        monkeypatch.setattr(os, "link", _refuse)

    assert homework.hand_out(course, "ko").copied == []
    assert copy.read_text() == NIGHT_OF_WORK


def _refuse(source: Path, target: Path) -> None:
    raise OSError(errno.EPERM, "this file system has no links")


def test_a_full_disk_leaves_no_half_copy(course: Course, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _refuse)
    really_open = Path.open

    def open_on_a_full_disk(path: Path, mode: str = "r") -> Any:
        file = really_open(path, mode)
        return _FullDisk(file) if mode == "xb" else file

    monkeypatch.setattr(Path, "open", open_on_a_full_disk)

    with pytest.raises(GradschoolError, match=r"homework/ko/lecture4/1_small\.ipynb: No space left"):
        homework.hand_out(course, "ko")
    assert list(copy.parent.iterdir()) == []


class _FullDisk:
    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def __enter__(self) -> "_FullDisk":
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

    def write(self, content: bytes) -> None:
        self.file.write(content[:5])
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for a right before it makes a symbolic link")
def test_a_link_that_leads_nowhere_is_left_alone(course: Course, copy: Path) -> None:
    copy.parent.mkdir(parents=True)
    copy.symlink_to(course.root / "elsewhere.ipynb")

    assert homework.hand_out(course, "ko").copied == []
    assert copy.is_symlink()
    assert not (course.root / "elsewhere.ipynb").exists()


def test_a_newer_edition_is_told_and_the_copy_stays(course: Course, copy: Path) -> None:
    homework.hand_out(course, "ko")
    before = copy.read_bytes()
    _publish(course, edition="second")

    assert homework.hand_out(course, "ko").newer == [copy]
    assert copy.read_bytes() == before


def test_the_same_edition_is_not_called_newer(course: Course) -> None:
    assert homework.hand_out(course, "ko").newer == []
    assert homework.hand_out(course, "ko").newer == []


@pytest.mark.parametrize("content", ['{"metadata": {}}', '{"metadata": [1]}', "no notebook", "", "[]"])
def test_a_copy_that_lost_its_edition_is_not_called_old(course: Course, copy: Path, content: str) -> None:
    copy.parent.mkdir(parents=True)
    copy.write_text(content)

    assert homework.hand_out(course, "ko").newer == []


def test_an_editors_hidden_files_are_not_handed_out(course: Course, copy: Path) -> None:
    hidden = course.notebooks("ko") / ".ipynb_checkpoints" / copy.name
    hidden.parent.mkdir()
    hidden.write_text("{}")

    assert homework.hand_out(course, "ko").copied == [copy]


def test_a_course_that_was_never_built_says_what_makes_it(tmp_path: Path) -> None:
    with pytest.raises(GradschoolError, match=r"notebooks/ko.*gradschool build"):
        homework.hand_out(Course(tmp_path), "ko")


def test_a_file_in_homeworks_place_is_one_clear_line(course: Course) -> None:
    (course.root / "homework").write_text("mine")

    with pytest.raises(GradschoolError, match=r"could not make homework/ko/lecture4/1_small\.ipynb: ") as raised:
        homework.hand_out(course, "ko")
    assert "\n" not in str(raised.value)
    assert (course.root / "homework").read_text() == "mine"


@pytest.mark.parametrize(("environment", "language"), LANGUAGE_OF_THE_MACHINE)
def test_the_machines_language_is_the_readers(environment: dict[str, str], language: str) -> None:
    assert of_machine(environment) == language


@pytest.mark.parametrize(("name", "language"), [("Korean_Korea", "ko"), ("English_World", "en"), (None, "en")])
def test_where_no_variable_names_a_language_the_system_does(
    monkeypatch: pytest.MonkeyPatch, name: str | None, language: str
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (name, None))

    assert of_machine({}) == language


def test_building_never_touches_homework(built: Course) -> None:
    for language in ("ko", "en"):
        homework.hand_out(built, language)
        (built.homework(language) / f"{small.NAME}.ipynb").write_text(NIGHT_OF_WORK)
        (built.homework(language) / "notes.txt").write_text("mine")
    before = _everything(built.root / "homework")
    source = built.sources()[0]
    source.write_text(source.read_text(encoding="utf-8") + "\n# %%\nprint('a newer edition')\n", encoding="utf-8")

    assert building.build(built)
    building.check(built)
    assert homework.hand_out(built, "ko").newer == []
    assert _everything(built.root / "homework") == before
