"""How far one learner is in the whole course: points, what is next, and how many minutes are left by the course's estimates."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gradschool.errors import GradschoolError
from gradschool.language import translate as _

from .classbook import Chapter, Exercise, outline
from .own import check_own
from .results import ExerciseResult, NotebookResult


@dataclass(frozen=True)
class Stage:
    """One notebook of the course.

    path : the learner's own copy; None where there is none
    result : how it was graded; None where there is no copy
    """

    chapter: Chapter
    path: Path | None = None
    result: NotebookResult | None = None

    @property
    def score(self) -> float:
        """Points earned."""
        return self.result.score if self.result else 0.0

    @property
    def most(self) -> float:
        """Points to be had here: those of hidden checks are whoever grades's to give where this machine has not got them."""
        missing = self.result.missing if self.result else ()
        if self.result is None or not self.result.exercises:
            return self.chapter.points
        return sum(
            check.max_score for each in self.result.exercises for check in each.checks if check.id not in missing
        )

    @property
    def open(self) -> list[Exercise]:
        """Exercises that are not done."""
        done = {each.id for each in self._results() if self._is_done(each)}
        return [exercise for exercise in self.chapter.exercises if exercise.id not in done]

    @property
    def minutes(self) -> float:
        """What the open exercises take, by the course's estimates."""
        return sum(exercise.minutes for exercise in self.open)

    def _results(self) -> tuple[ExerciseResult, ...]:
        return self.result.exercises if self.result is not None and self.result.status == "graded" else ()

    def _is_done(self, result: ExerciseResult) -> bool:
        missing = self.result.missing if self.result else ()
        return all(check.passed for check in result.checks if check.id not in missing)


def stages(paths: Iterable[Path]) -> list[Stage]:
    """Check a learner's copies, and put each in its place in the course.

    Raises GradschoolError for a file that cannot be read, or is no notebook of the course.
    """
    chapters = outline()
    found: dict[str, Stage] = {}
    for path in paths:
        result = check_own(path)
        chapter = next((chapter for chapter in chapters if chapter.name in (result.notebook, path.stem)), None)
        if chapter is None:
            words = _("{path} is no notebook of this course: there are {names}")
            raise GradschoolError(words.format(path=path, names=", ".join(c.name for c in chapters)))
        found[chapter.name] = Stage(chapter, path, result)
    return [found.get(chapter.name, Stage(chapter)) for chapter in chapters]
