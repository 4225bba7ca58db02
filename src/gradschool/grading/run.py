"""Grading a class: collect, grade through an executor, write down, report."""

import os
from dataclasses import dataclass
from pathlib import Path

from gradschool.course import Course

from .collect import Submission
from .grader import grade_notebook
from .judge import unreadable
from .key import Key
from .keys import find_key, known_notebooks
from .limits import Limits, read_limits
from .register import remarks, take_in
from .results import SubmissionResult, report, write_json
from .store import Store, fingerprint


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
        return self.jobs or len(os.sched_getaffinity(0))


def grade_class(
    course: Course, paths: list[Path], options: Options, *, json_file: Path | None = None, csv_file: Path | None = None
) -> None:
    """Grade everything under the paths and write down what was asked for."""
    limits = read_limits(course.root)
    collected = take_in(course, paths, known_notebooks(course), roster=options.roster, due=options.due)
    for remark in remarks(course, collected):
        print(remark)
    store = Store(course)
    results = [_grade(course, submission, limits, options, store) for submission in collected.submissions]
    for result in results:
        print(f"{result.student}: {result.score:g} of {result.max_score:g}")
    if json_file is not None:
        write_json(json_file, report(results))


def _grade(course: Course, submission: Submission, limits: Limits, options: Options, store: Store) -> SubmissionResult:
    """Grade what one student handed in; each result is stored as it is done, and taken from there when it is known."""
    graded = []
    for name, handed_in in sorted(submission.files.items()):
        key = find_key(course, name) or b""
        mark = fingerprint(handed_in.data, key, limits)
        result = store.known(submission.student, name, mark)
        if result is None:
            if key:
                result = grade_notebook(handed_in.data, key, limits, name=name, sandbox=options.sandbox)
            else:
                result = unreadable(Key(name, ()), f"there is no notebook {name} in this course")
            store.put(submission.student, mark, result)
        graded.append(result)
    return SubmissionResult(submission.student, tuple(graded))
