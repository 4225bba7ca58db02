"""The course room: source files become notebooks, keys and worked solutions; the answer bank is read here.

`key` and `taken_by_checks` are what grading needs; `Course` and `find_course` say where everything is.
"""

from pathlib import Path
from typing import Any

from gradschool.course.complaints import AuthorError, Complaint
from gradschool.course.names import taken_by_checks
from gradschool.course.place import ASSIGNMENT, Course, course_root, find_course

__all__ = [
    "ASSIGNMENT",
    "AuthorError",
    "Complaint",
    "Course",
    "course_root",
    "find_course",
    "key",
    "taken_by_checks",
]


def key(source_path: Path) -> dict[str, Any]:
    """The answer key of a source file, a notebook as a dict: `autograde/source/` in memory.

    Raises AuthorError with every mistake in the source.
    """
    from gradschool.course import notebooks, source

    return notebooks.key(source.read(source_path))
