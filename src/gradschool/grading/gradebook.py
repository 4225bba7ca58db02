"""nbgrader's gradebook and its autograded/ directory, written through nbgrader's own interface by one writer."""

import hashlib
import json
import logging
import os
import sysconfig
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import preprocessors as steps
from nbgrader.api import Comment, Grade, Gradebook, InvalidEntry, MissingEntry, SubmittedAssignment, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import compute_checksum
from sqlalchemy import insert
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from traitlets.config.loader import PyFileConfigLoader

from gradschool.course import ASSIGNMENT, Course
from gradschool.errors import GradschoolError

from .results import NotebookResult
from .writing import write_whole

# Where nbgrader says, at length, what it then raises as well.
_NBGRADERS_LOG = logging.getLogger("tornado.application")


class GradebookWriter:
    """The one writer of a course's gradebook; to be used as a context.

    due : seconds since 1970 after which a submission is late; None leaves what the gradebook says
    """

    def __init__(self, course: Course, due: float | None = None) -> None:
        self._config = PyFileConfigLoader(course.config.name, path=str(course.config.parent)).load_config()
        self._directory = CourseDirectory(config=self._config, root=str(course.autograde))
        self._due = due
        self._keys: dict[str, Any] = {}
        self._names: dict[str, str] = {}

    def __enter__(self) -> "GradebookWriter":
        with _troubles_in_a_line(), _own_programs_on_the_path():
            self._book = Gradebook(self._directory.db_url, self._directory.course_id)
            times = {} if self._due is None else {"duedate": _time(self._due)}
            self._book.update_or_create_assignment(ASSIGNMENT, **times)
        return self

    def __exit__(self, *error: object) -> None:
        self._book.close()

    def know(self, notebook: str, key: bytes) -> None:
        """Enter a notebook's cells, as `nbgrader generate_assignment` does.

        Raises GradschoolError where graded cells came or went since the first submission, which nbgrader does not allow.
        """
        prepared = nbformat.reads(key.decode(), as_version=4)  # type: ignore[no-untyped-call]
        resources = self._resources(notebook)
        try:
            with _troubles_in_a_line():
                for step in (steps.LockCells, steps.ClearSolutions, steps.ClearOutput, steps.CheckCellMetadata):
                    prepared, _ = step(config=self._config).preprocess(prepared, resources)
                prepared, _ = steps.ComputeChecksums(config=self._config).preprocess(prepared, resources)
                steps.SaveCells(config=self._config).preprocess(prepared, resources)
        except RuntimeError as error:
            raise GradschoolError(
                f"the gradebook has submissions of a {notebook} with other cells ({error}); keep it, or start a new one: "
                f"move {self._directory.db_url.removeprefix('sqlite:///')} away and grade again"
            ) from error
        self._keys[notebook] = {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in _graded_cells(prepared)}
        # by the database's own number: asked for its name, each grade and comment would be a query of its own
        entered = self._book.find_notebook(notebook, ASSIGNMENT)
        self._names |= {cell.id: cell.name for cell in (*entered.grade_cells, *entered.solution_cells)}

    def students(self) -> set[str]:
        """Ids of the students who have a submission in the gradebook."""
        with _troubles_in_a_line():
            return {submission.student.id for submission in self._book.assignment_submissions(ASSIGNMENT)}

    def enter(self, student: str, results: list[NotebookResult], *, name: str = "", time: float = 0.0) -> None:
        """Enter a student's results, in one transaction, and write the graded notebooks.

        What a person entered (points, comments, extra credit) stays as it is.
        """
        with _troubles_in_a_line():
            self._book.update_or_create_student(student, **({"first_name": name} if name else {}))
            submission = self._submission(student)
            if time:
                submission.timestamp = _time(time)
            documents = {
                result.notebook: self._as_nbgrader(result) for result in results if result.notebook in self._keys
            }
            for result in results:
                if result.notebook in documents:
                    self._enter_notebook(submission, result, _untouched(documents[result.notebook]))
            self._give_nothing_for_nothing(submission, {result.notebook for result in results})
            self._book.db.commit()
        for result in results:
            if result.notebook in documents and result.document:
                self._write_notebook(student, result.notebook, documents[result.notebook])
        if submission.total_seconds_late > 0:
            self._penalise(student, results)

    def _enter_notebook(self, submission: Any, result: NotebookResult, untouched: set[str]) -> None:
        notebook = next(each for each in submission.notebooks if each.name == result.notebook)
        scores = {check.id: check.score for exercise in result.exercises for check in exercise.checks}
        for grade in notebook.grades:
            grade.auto_score = scores.get(self._names[grade.cell_id], 0.0)
            grade.needs_manual_grade = grade.manual_score is not None
        for comment in notebook.comments:
            comment.auto_comment = "No response." if self._names[comment.cell_id] in untouched else None
        notebook.late_submission_penalty = None

    def _submission(self, student: str) -> Any:
        """The student's submission, with every notebook of the assignment: those that the course got later, too."""
        assignment = self._book.find_assignment(ASSIGNMENT)
        try:
            submission = self._book.find_submission(ASSIGNMENT, student)
        except MissingEntry:
            submission = SubmittedAssignment(assignment=assignment, student=self._book.find_student(student))
        there = {notebook.notebook_id for notebook in submission.notebooks}
        for source in assignment.notebooks:
            if source.id not in there:
                self._add_notebook(submission, source)
        return submission

    def _add_notebook(self, submission: Any, source: Any) -> None:
        notebook = SubmittedNotebook(notebook=source, assignment=submission)
        self._book.db.add(notebook)
        self._book.db.flush()
        # all at once: as objects of nbgrader's, one by one, they would take most of the time that grading leaves to this process
        for kind, cells in ((Grade, source.grade_cells), (Comment, source.solution_cells)):
            if cells:
                self._book.db.execute(
                    insert(kind), [{"cell_id": cell.id, "notebook_id": notebook.id} for cell in cells]
                )

    def _give_nothing_for_nothing(self, submission: Any, handed_in: set[str]) -> None:
        """A notebook that was not handed in is worth nothing and waits for nobody."""
        for notebook in submission.notebooks:
            if notebook.name not in handed_in:
                for grade in notebook.grades:
                    if grade.auto_score is None:
                        grade.auto_score, grade.needs_manual_grade = 0.0, False

    def _write_notebook(self, student: str, notebook: str, document: dict[str, Any]) -> None:
        directory = self._directory.format_path(self._directory.autograded_directory, student, ASSIGNMENT)
        path = Path(directory) / f"{notebook}.ipynb"
        write_whole(path, json.dumps(document, ensure_ascii=False, sort_keys=True) + "\n")

    def _as_nbgrader(self, result: NotebookResult) -> dict[str, Any]:
        """The graded notebook with nbgrader's labels, each on the last cell that it belongs to, and with valid cell ids."""
        if not result.document:
            return {"cells": []}
        key = self._keys[result.notebook]
        labelled: set[str] = set()
        cells = []
        for position, cell in reversed(list(enumerate(result.document["cells"]))):
            cell_id = cell["id"]
            known = key.get(cell_id) if cell_id not in labelled else None
            if known is not None:
                labelled.add(cell_id)
                cell = {**cell, "metadata": {"nbgrader": dict(known["metadata"]["nbgrader"])}}
            else:
                cell = {**cell, "id": hashlib.sha256(f"{position}".encode()).hexdigest()[:8]}
            cells.append(cell)
        return {**result.document, "cells": cells[::-1]}

    def _penalise(self, student: str, results: list[NotebookResult]) -> None:
        """Let nbgrader's own plug-in say what being late costs."""
        for result in results:
            if result.notebook in self._keys:
                resources = self._resources(result.notebook, student=student)
                with _troubles_in_a_line():
                    steps.AssignLatePenalties(config=self._config).preprocess(_node({"cells": []}), resources)

    def _resources(self, notebook: str, **more: str) -> dict[str, Any]:
        place = {"notebook": notebook, "assignment": ASSIGNMENT, "db_url": self._directory.db_url, **more}
        return {"nbgrader": place, "language": "python"}


@contextmanager
def reading(course: Course) -> Iterator[Any]:
    """Open a course's gradebook to look something up; it is there already.

    Raises GradschoolError where it cannot be read.
    """
    config = PyFileConfigLoader(course.config.name, path=str(course.config.parent)).load_config()
    directory = CourseDirectory(config=config, root=str(course.autograde))
    with _troubles_in_a_line():
        with _own_programs_on_the_path():
            gradebook = Gradebook(directory.db_url, directory.course_id)
        try:
            yield gradebook
        finally:
            gradebook.close()


def _node(data: dict[str, Any]) -> Any:
    """Make a notebook, or a cell, of the kind that nbgrader works on."""
    return nbformat.from_dict(data)  # type: ignore[no-untyped-call]


def _graded_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]


def _untouched(notebook: dict[str, Any]) -> set[str]:
    """Ids of the cells to fill in that are as they were given."""
    labels = [(cell, cell["metadata"]["nbgrader"]) for cell in _graded_cells(notebook)]
    return {
        label["grade_id"]
        for cell, label in labels
        if label["solution"] and label["checksum"] == compute_checksum(_node({**cell, "outputs": []}))
    }


def _time(seconds: float) -> datetime:
    """nbgrader keeps times without a zone, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


@contextmanager
def _own_programs_on_the_path() -> Iterator[None]:
    """Let nbgrader find the alembic that was installed with it: it asks the shell's path, where it need not be."""
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join((sysconfig.get_path("scripts"), before))
    try:
        yield
    finally:
        os.environ["PATH"] = before


@contextmanager
def _troubles_in_a_line() -> Iterator[None]:
    """Turn whatever the database has to say into the one line that a person is meant to read."""
    before, _NBGRADERS_LOG.disabled = _NBGRADERS_LOG.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # nbgrader adds submissions in an order that SQLAlchemy minds
            yield
    except MissingEntry as error:
        raise GradschoolError(f"the gradebook lacks what it should have: {error}") from error
    except (SQLAlchemyError, InvalidEntry) as error:  # nbgrader makes some of the first into the second
        said = str(getattr(error, "orig", error)).splitlines()[0]
        said = said.removeprefix("(sqlite3.OperationalError) ")
        raise GradschoolError(
            f"the gradebook cannot be written ({said}); results are kept. Close what uses it or make room, and run it again"
        ) from error
    finally:
        _NBGRADERS_LOG.disabled = before
