"""Grading a class: collect, grade through an executor, write down, report."""

import os
from dataclasses import dataclass
from pathlib import Path

from gradschool.course import Course

from .collect import Submission, collect
from .grader import grade_notebook
from .judge import unreadable
from .key import Key
from .keys import find_key, known_notebooks
from .limits import Limits, read_limits
from .results import SubmissionResult, report, write_json


@dataclass(frozen=True)
class Options:
    """How a class is graded."""

    jobs: int = 0
    scheduler: str = ""
    sandbox: bool = True

    @property
    def workers(self) -> int:
        """Notebooks graded at a time."""
        return self.jobs or len(os.sched_getaffinity(0))


def grade_class(
    course: Course, paths: list[Path], options: Options, *, json_file: Path | None = None, csv_file: Path | None = None
) -> None:
    """Grade everything under the paths and write down what was asked for."""
    limits = read_limits(course.root)
    results = [_grade(course, submission, limits, options) for submission in collect(paths, known_notebooks(course))]
    for result in results:
        print(f"{result.student}: {result.score:g} of {result.max_score:g}")
    if json_file is not None:
        write_json(json_file, report(results))


def _grade(course: Course, submission: Submission, limits: Limits, options: Options) -> SubmissionResult:
    graded = []
    for name, handed_in in sorted(submission.files.items()):
        key = find_key(course, name)
        if key is None:
            graded.append(unreadable(Key(name, ()), f"there is no notebook {name} in this course"))
        else:
            graded.append(grade_notebook(handed_in.data, key, limits, name=name, sandbox=options.sandbox))
    return SubmissionResult(submission.student, tuple(graded))
