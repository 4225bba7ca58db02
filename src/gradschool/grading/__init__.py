"""Grading: a submission and an answer key in, a result out. Student code is hostile until proven otherwise."""

from .grader import Grader, grade_notebook
from .limits import Limits
from .results import CheckResult, ExerciseResult, NotebookResult, SubmissionResult

__all__ = [
    "CheckResult",
    "ExerciseResult",
    "Grader",
    "Limits",
    "NotebookResult",
    "SubmissionResult",
    "grade_notebook",
]
