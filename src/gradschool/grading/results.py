"""What grading ends in: points, mistakes and messages per check, exercise, notebook and student, and their JSON."""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from gradschool.course import ASSIGNMENT

from .writing import write_whole


@dataclass(frozen=True)
class CheckResult:
    """One graded cell: what it gave, and what it said where it failed."""

    id: str
    score: float
    max_score: float
    passed: bool
    mistakes: tuple[str, ...] = ()
    message: str = ""

    def as_json(self) -> dict[str, Any]:
        """Hand back what the command line prints."""
        return {
            "id": self.id,
            "score": self.score,
            "max_score": self.max_score,
            "passed": self.passed,
            "mistakes": list(self.mistakes),
            "message": self.message,
        }


@dataclass(frozen=True)
class ExerciseResult:
    """The checks of one exercise."""

    id: str
    checks: tuple[CheckResult, ...]

    @property
    def score(self) -> float:
        """Points earned."""
        return sum(check.score for check in self.checks)

    @property
    def max_score(self) -> float:
        """Points to be had."""
        return sum(check.max_score for check in self.checks)

    @property
    def mistakes(self) -> tuple[str, ...]:
        """Every mistake that a check of this exercise reported, in order."""
        return tuple(mistake for check in self.checks for mistake in check.mistakes)

    def as_json(self) -> dict[str, Any]:
        """Hand back what the command line prints."""
        checks = [check.as_json() for check in self.checks]
        return {"id": self.id, "score": self.score, "max_score": self.max_score, "checks": checks}


@dataclass(frozen=True)
class NotebookResult:
    """One notebook of one student, graded or unreadable.

    Attributes
    ----------
    document : dict, the notebook as it was graded, with outputs (what goes into autograded/); empty where unreadable
    missing : ids of checks that could not be run because the key has them and this machine does not
    reasons : language -> why it is unreadable, for whoever handed it in
    """

    notebook: str
    status: Literal["graded", "unreadable"]
    warnings: tuple[str, ...] = ()
    exercises: tuple[ExerciseResult, ...] = ()
    document: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    missing: tuple[str, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """Points earned."""
        return sum(exercise.score for exercise in self.exercises)

    @property
    def max_score(self) -> float:
        """Points to be had."""
        return sum(exercise.max_score for exercise in self.exercises)

    def exercise(self, exercise_id: str) -> ExerciseResult:
        """Hand back the exercise of that id; KeyError where there is none."""
        for exercise in self.exercises:
            if exercise.id == exercise_id:
                return exercise
        raise KeyError(exercise_id)

    def as_json(self) -> dict[str, Any]:
        """Hand back what the command line prints."""
        return {
            "notebook": self.notebook,
            "status": self.status,
            "score": self.score,
            "max_score": self.max_score,
            "warnings": list(self.warnings),
            "exercises": [exercise.as_json() for exercise in self.exercises],
        }

    def reasons_in(self, language: str) -> tuple[str, ...]:
        """Say why it is unreadable in a language, or in the one that there is."""
        return (self.reasons[language],) if language in self.reasons else self.warnings

    def without_document(self) -> "NotebookResult":
        """Hand back the same result without the graded notebook, which is the largest part of it."""
        return replace(self, document={})

    def stored(self) -> dict[str, Any]:
        """Hand back everything, the graded notebook too, as JSON values that `from_stored` reads."""
        return {**self.as_json(), "missing": list(self.missing), "reasons": self.reasons, "document": self.document}


def notebook_from_stored(data: dict[str, Any]) -> NotebookResult:
    """Read what `NotebookResult.stored` wrote."""
    exercises = []
    for exercise in data["exercises"]:
        checks = [CheckResult(**{**check, "mistakes": tuple(check["mistakes"])}) for check in exercise["checks"]]
        exercises.append(ExerciseResult(exercise["id"], tuple(checks)))
    return NotebookResult(
        notebook=data["notebook"],
        status=data["status"],
        warnings=tuple(data["warnings"]),
        exercises=tuple(exercises),
        document=data["document"],
        missing=tuple(data["missing"]),
        reasons=data["reasons"],
    )


@dataclass(frozen=True)
class SubmissionResult:
    """All notebooks of one student."""

    student: str
    notebooks: tuple[NotebookResult, ...]

    @property
    def score(self) -> float:
        """Points earned."""
        return sum(notebook.score for notebook in self.notebooks)

    @property
    def max_score(self) -> float:
        """Points to be had in the notebooks handed in."""
        return sum(notebook.max_score for notebook in self.notebooks)

    def as_json(self) -> dict[str, Any]:
        """Hand back what the command line prints."""
        return {
            "student": self.student,
            "score": self.score,
            "max_score": self.max_score,
            "notebooks": [notebook.as_json() for notebook in self.notebooks],
        }


def report(submissions: list[SubmissionResult]) -> dict[str, Any]:
    """Hand back the JSON of `gradschool check` and `gradschool grade`."""
    return {"assignment": ASSIGNMENT, "submissions": [submission.as_json() for submission in submissions]}


def write_json(path: Path, data: dict[str, Any]) -> None:
    """Write JSON for people and scripts.

    Raises GradschoolError where it cannot be written.
    """
    write_whole(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
