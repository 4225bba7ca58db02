"""A learner's own result: trusted, without a sandbox, on whatever system they have."""

from pathlib import Path

from gradschool import language
from gradschool.course import Course, find_course
from gradschool.errors import GradschoolError, cannot_read

from .grader import Grader
from .judge import unreadable
from .key import Key
from .keys import find_key, key_of_own_copy, known_notebooks
from .limits import Limits, read_limits
from .reading import Submitted, UnreadableError, read_submission
from .results import NotebookResult


def check_own(path: Path) -> NotebookResult:
    """Grade a notebook with the best key there is: the course's, else the checks that the notebook itself shows.

    Raises GradschoolError for a file that is not there.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise cannot_read(path, error) from error
    course = course_around(path)
    limits = read_limits(course.root if course else None)
    try:
        submitted = read_submission(data, limits.notebook_bytes)
    except UnreadableError as error:
        return unreadable(Key(path.stem, ()), str(error))
    language.use(submitted.language)
    return _graded(data, submitted, path, course, limits)


def _graded(data: bytes, submitted: Submitted, path: Path, course: Course | None, limits: Limits) -> NotebookResult:
    name = submitted.name or path.stem
    key = find_key(course, name) if course and name in known_notebooks(course) else None
    with Grader(key or key_of_own_copy(submitted, name), name, limits=limits) as grader:
        return grader.grade(data)


def course_around(path: Path) -> Course | None:
    """The course that a notebook lies in, or that this package runs from; None in a bundle without sources."""
    try:
        return find_course(path.resolve().parent)
    except GradschoolError:
        return None
