import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import small

from gradschool.course import building
from gradschool.course.place import Course


@pytest.fixture(scope="session", autouse=True)
def settled_package() -> Iterator[None]:
    """Let no other room of the package make the small course's solutions stale while tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "_ROOMS", small.ROOMS)
        yield


@pytest.fixture(scope="session")
def built_once(settled_package: None, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The small course, built; nobody changes it."""
    course = small.make(tmp_path_factory.mktemp("built") / "course")
    building.build(course)
    return course


@pytest.fixture
def built(built_once: Course, tmp_path: Path) -> Course:
    """A copy of the small course, built, to be changed at will."""
    shutil.copytree(built_once.root, tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.fixture
def unbuilt(tmp_path: Path) -> Course:
    """The small course's source alone."""
    return small.make(tmp_path / "course")
