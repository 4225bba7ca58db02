"""Grading a class: collect, grade through an executor, write down, report."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gradschool.course import Course

from .bench import Job
from .collect import Submission
from .judge import unreadable
from .key import Key
from .keys import find_key, known_notebooks
from .limits import Limits, read_limits
from .pool import Pool, Setting, grade_all, open_pool
from .progress import Progress
from .register import remarks, take_in
from .results import NotebookResult, SubmissionResult, report, write_json
from .store import Store, fingerprint
from .writing import table, write_whole

if TYPE_CHECKING:
    from .gradebook import GradebookWriter


@dataclass(frozen=True)
class Options:
    """How a class is graded.

    roster : who may hand something in; None: autograde/roster.csv, where there is one
    due : seconds since 1970 after which a file is late
    """

    jobs: int = 0
    scheduler: str = ""
    sandbox: bool = True
    roster: Path | None = None
    due: float | None = None

    @property
    def workers(self) -> int:
        """Notebooks graded at a time."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class _Student:
    """One student's notebooks: what each result depends on, and the results so far."""

    submission: Submission
    marks: dict[str, str] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    results: dict[str, NotebookResult] = field(default_factory=dict)

    def entry(self, due: float | None) -> dict[str, str]:
        """All that what is entered into the gradebook depends on."""
        return {**self.marks, "handed in": str(self.submission.time), "due": str(due)}

    @property
    def complete(self) -> bool:
        return len(self.results) == len(self.submission.files)


def grade_class(
    course: Course, paths: list[Path], options: Options, *, json_file: Path | None = None, csv_file: Path | None = None
) -> None:
    """Grade everything under the paths and write down what was asked for.

    Raises GradschoolError in a line that says what is wrong; what was graded until then is kept.
    """
    limits = read_limits(course.root)
    known = known_notebooks(course)
    collected = take_in(course, paths, known, roster=options.roster, due=options.due)
    for remark in remarks(course, collected):
        print(remark)
    store = Store(course)
    students = {each.student: _student(course, store, each, limits) for each in collected.submissions}
    setting = Setting(options.workers, options.scheduler, options.sandbox, hidden=(str(course.root),))
    with open_pool(setting) if any(each.jobs for each in students.values()) else nullcontext() as pool:
        # nbgrader takes two seconds to load, and so do the graders: both at once
        with _loading():
            from .gradebook import GradebookWriter

            writer = GradebookWriter(course, options.due)
        with writer as book:
            for notebook in known:
                key = find_key(course, notebook)
                if key is not None:
                    book.know(notebook, key)
            _grade(students, options, store, book, pool)
    _write_reports(students, json_file, csv_file)


@contextmanager
def _loading() -> Iterator[None]:
    """Look for no garbage in what is loaded here, neither now nor ever again: it stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _student(course: Course, store: Store, submission: Submission, limits: Limits) -> _Student:
    """Look up which of a student's results are known already, and make jobs of the rest."""
    student = _Student(submission)
    for name, handed_in in sorted(submission.files.items()):
        key = find_key(course, name) or b""
        student.marks[name] = fingerprint(handed_in.data, key, limits)
        result = store.known(submission.student, name, student.marks[name])
        if result is None and not key:
            result = unreadable(Key(name, ()), f"there is no notebook {name} in this course")
            store.put(submission.student, student.marks[name], result)
        if result is None:
            student.jobs[name] = Job(name, key, handed_in.data, limits)
        else:
            student.results[name] = result
    return student


def _grade(
    students: dict[str, _Student], options: Options, store: Store, book: "GradebookWriter", pool: Pool | None
) -> None:
    """Run the jobs; store each result as it comes, and enter each student as the last one does."""
    jobs = [((name, notebook), job) for name, each in students.items() for notebook, job in each.jobs.items()]
    # a notebook of another course has no exercise, and was remarked upon
    known = sum(bool(result.exercises) for each in students.values() for result in each.results.values())
    in_book = book.students()
    with Progress(len(jobs), known) as progress:
        for student in students.values():
            _enter_if_complete(student, store, book, in_book, options.due)
        for (name, notebook), result in grade_all(jobs, pool) if pool else ():
            student = students[name]
            store.put(name, student.marks[notebook], result)
            student.results[notebook] = result
            del student.jobs[notebook]
            progress.done(name, result)
            _enter_if_complete(student, store, book, in_book, options.due)


def _enter_if_complete(
    student: _Student, store: Store, book: "GradebookWriter", in_book: set[str], due: float | None
) -> None:
    """Enter a student's results, unless the gradebook has exactly these, of that time, by that deadline."""
    name, entry = student.submission.student, student.entry(due)
    if student.complete:
        if name not in in_book or store.entered(name) != entry:
            book.enter(name, list(student.results.values()), name=student.submission.name, time=student.submission.time)
            store.note_entered(name, entry)
        for notebook, result in student.results.items():
            student.results[notebook] = result.without_document()


def _write_reports(students: dict[str, _Student], json_file: Path | None, csv_file: Path | None) -> None:
    results = [
        SubmissionResult(name, tuple(result for _, result in sorted(each.results.items())))
        for name, each in students.items()
    ]
    if json_file is not None:
        write_json(json_file, report(results))
    if csv_file is not None:
        write_whole(csv_file, _points(results))


def _points(results: list[SubmissionResult]) -> str:
    """A table of points: a line a student, a column a notebook."""
    notebooks = sorted({notebook.notebook for result in results for notebook in result.notebooks})
    rows = []
    for result in results:
        scores = {notebook.notebook: notebook.score for notebook in result.notebooks}
        rows.append([result.student, result.score, result.max_score, *[scores.get(name, "") for name in notebooks]])
    return table(["student", "score", "max_score", *notebooks], rows)
