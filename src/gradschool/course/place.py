"""Where a course keeps its things: the one place that knows the directories' names."""

import os
from dataclasses import dataclass
from pathlib import Path

from gradschool.errors import GradschoolError

ASSIGNMENT = "lecture4"

_VARIABLE = "GRADSCHOOL_COURSE"


@dataclass(frozen=True)
class Course:
    """A course's directory: sources that an author edits, and everything made from them."""

    root: Path

    @property
    def source(self) -> Path:
        """What an author edits: one percent-format file a notebook."""
        return self.root / "source" / ASSIGNMENT

    @property
    def autograde(self) -> Path:
        """The nbgrader course directory."""
        return self.root / "autograde"

    @property
    def config(self) -> Path:
        """nbgrader's settings for this course, the build's too."""
        return self.autograde / "nbgrader_config.py"

    @property
    def keys(self) -> Path:
        """Answer keys: notebooks with solutions and hidden checks in them."""
        return self.autograde / "source" / ASSIGNMENT

    @property
    def release(self) -> Path:
        """What nbgrader hands out."""
        return self.autograde / "release" / ASSIGNMENT

    @property
    def answers(self) -> Path:
        """The answer bank: right and wrong answers, one file an exercise."""
        return self.autograde / "answers" / ASSIGNMENT

    @property
    def outline(self) -> Path:
        """The course in a page of JSON, inside the package."""
        return self.root / "src" / "gradschool" / "data" / "course.json"

    def notebooks(self, language: str) -> Path:
        """Learners' notebooks in a language."""
        return self.root / "notebooks" / language / ASSIGNMENT

    def solutions(self, language: str) -> Path:
        """Worked answers in a language."""
        return self.root / "solutions" / language / ASSIGNMENT

    def homework(self, language: str) -> Path:
        """The learner's own copies in a language; nothing but their making ever writes there."""
        return self.root / "homework" / language / ASSIGNMENT

    def sources(self) -> list[Path]:
        """Every source file, in the order of the course."""
        return sorted(self.source.glob("*.py"))

    def relative(self, path: Path) -> str:
        """A path as a person would say it: from the course's root, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


def course_root(start: Path | None = None) -> Path:
    """Find the course's directory.

    The environment variable GRADSCHOOL_COURSE names it; else it is the nearest directory, from `start` (the working
    directory) upwards, that has a course in it; else the checkout that this package runs from.

    Raises GradschoolError where there is none.
    """
    named = os.environ.get(_VARIABLE)
    if named:
        root = Path(named).expanduser().resolve()
        if not _is_course(root):
            raise GradschoolError(f"{_VARIABLE} says {named}, and there is no course: it needs {_MARKS_IN_WORDS}")
        return root
    here = (start or Path.cwd()).resolve()
    checkout = Path(__file__).resolve().parents[3]
    for directory in (here, *here.parents, checkout):
        if _is_course(directory):
            return directory
    raise GradschoolError(
        f"no course in {here} or above it: go to a checkout of the course, or set {_VARIABLE} to one "
        f"(a course has {_MARKS_IN_WORDS})"
    )


def find_course(start: Path | None = None) -> Course:
    """The course around `start` (the working directory); see `course_root`."""
    return Course(course_root(start))


_MARKS_IN_WORDS = "source/ and autograde/nbgrader_config.py"


def _is_course(directory: Path) -> bool:
    return (directory / "source").is_dir() and (directory / "autograde" / "nbgrader_config.py").is_file()
