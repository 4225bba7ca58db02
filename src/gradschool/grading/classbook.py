"""The class as everybody after the grader sees it: people, what they handed in, results, and what a grader wrote beside them."""

import json
import re
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from gradschool.course import ASSIGNMENT, Course
from gradschool.errors import GradschoolError
from gradschool.language import translate as _

from .register import Entry, Register, read_register
from .results import CheckResult, ExerciseResult, NotebookResult, SubmissionResult
from .store import Store

Titles = dict[str, str]


@dataclass(frozen=True)
class Exercise:
    """An exercise as course.json has it."""

    notebook: str
    id: str
    title: Titles
    minutes: float
    points: float
    solutions: tuple[str, ...]
    hidden: frozenset[str]


@dataclass(frozen=True)
class Chapter:
    """A notebook as course.json has it."""

    name: str
    title: Titles
    exercises: tuple[Exercise, ...]

    @property
    def points(self) -> float:
        """Points to be had."""
        return sum(exercise.points for exercise in self.exercises)


@dataclass(frozen=True)
class Marks:
    """What somebody gave and wrote by hand, in formgrader, about one notebook: by grade id."""

    manual: dict[str, float] = field(default_factory=dict)
    extra: dict[str, float] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    penalty: float = 0.0

    def points(self, check: CheckResult) -> float:
        """Points of a check: by hand where somebody gave them, with what was added."""
        return self.manual.get(check.id, check.score) + self.extra.get(check.id, 0.0)


@dataclass(frozen=True)
class Member:
    """One person: what came from them, how it was graded, and what was written beside it."""

    student: str
    name: str = ""
    entry: Entry | None = None
    results: dict[str, NotebookResult] = field(default_factory=dict)
    marks: dict[str, Marks] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The name, or the id where no name is known."""
        return self.name or self.student

    def score_of(self, notebook: str) -> float:
        """Points of one notebook, after what was given by hand and what being late cost; never below 0."""
        result, marks = self.results.get(notebook), self.marks.get(notebook, Marks())
        if result is None:
            return 0.0
        earned = sum(marks.points(check) for exercise in result.exercises for check in exercise.checks)
        return max(0.0, earned - marks.penalty)

    @property
    def score(self) -> float:
        """Points of all notebooks."""
        return sum(map(self.score_of, self.results))

    def exercise(self, exercise: Exercise) -> ExerciseResult | None:
        """Hand back the result of an exercise; None where its notebook did not come or cannot be read."""
        result = self.results.get(exercise.notebook)
        if result is None or result.status != "graded":
            return None
        return next((each for each in result.exercises if each.id == exercise.id), None)

    @property
    def language(self) -> str:
        """The language that they work in."""
        for result in self.results.values():
            said = result.document.get("metadata", {}).get("gradschool", {}).get("language")
            if said in ("ko", "en"):
                return str(said)
        return "ko"


@dataclass(frozen=True)
class Classbook:
    """A class.

    chapters : the notebooks that anybody handed in, in the course's order
    members : everybody on the roster and everybody who handed something in, sorted by id
    unknown : files of nobody known
    """

    chapters: tuple[Chapter, ...]
    members: tuple[Member, ...]
    unknown: tuple[str, ...] = ()

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise, in order."""
        return tuple(exercise for chapter in self.chapters for exercise in chapter.exercises)

    @property
    def points(self) -> float:
        """Points to be had."""
        return sum(chapter.points for chapter in self.chapters)

    @property
    def handed_in(self) -> tuple[Member, ...]:
        """Those from whom anything came."""
        return tuple(member for member in self.members if member.results or member.entry)


def open_classbook(course: Course) -> Classbook:
    """Read the class that was graded last.

    Raises GradschoolError where nothing was graded yet, or what is stored cannot be read.
    """
    results = Store(course).results()
    register = read_register(course)
    if not results:
        raise GradschoolError(_("nothing was graded yet: run `gradschool grade PATH` first"))
    return bind(results, register, _marks(course))


def bind(results: list[SubmissionResult], register: Register, marks: dict[tuple[str, str], Marks]) -> Classbook:
    """Put a class together from its parts.

    marks : (student, notebook) -> what was given by hand
    """
    by_student = {result.student: {each.notebook: each for each in result.notebooks} for result in results}
    if register.entries:  # a result without a line in the register is an earlier run's, of a name since put right
        by_student = {
            student: {name: each for name, each in found.items() if name in register.entries[student].files}
            for student, found in by_student.items()
            if student in register.entries
        }
    names = {person.id: person.name for person in register.people}
    everybody = sorted({*by_student, *register.entries, *names})
    members = []
    for student in everybody:
        entry = register.entries.get(student)
        own = {name: mark for (whose, name), mark in marks.items() if whose == student}
        name = names.get(student) or (entry.name if entry else "")
        members.append(Member(student, name, entry, by_student.get(student, {}), own))
    return Classbook(_chapters(members), tuple(members), register.unknown)


# --- the course's outline ---------------------------------------------------------------------------------------


def outline() -> tuple[Chapter, ...]:
    """Hand back the course as course.json, in the package, has it; nothing where there is none."""
    file = resources.files("gradschool") / "data" / "course.json"
    if not file.is_file():
        return ()
    notebooks = json.loads(file.read_text(encoding="utf-8"))["notebooks"]
    return tuple(Chapter(each["name"], each["title"], _exercises(each)) for each in notebooks)


def _exercises(notebook: dict[str, Any]) -> tuple[Exercise, ...]:
    return tuple(
        Exercise(
            notebook=notebook["name"],
            id=each["id"],
            title=each["title"],
            minutes=each["minutes"],
            points=each["points"],
            solutions=tuple(each["solutions"]),
            hidden=frozenset(check["id"] for check in each["checks"] if check["hidden"]),
        )
        for each in notebook["exercises"]
    )


def _chapters(members: list[Member]) -> tuple[Chapter, ...]:
    """The outline's notebooks that came from anybody; what the outline lacks is told by results."""
    came = {name: result for member in members for name, result in member.results.items() if result.exercises}
    known = tuple(chapter for chapter in outline() if chapter.name in came)
    lacking = sorted(came.keys() - {chapter.name for chapter in known})
    return (*known, *(_chapter_of(came[name]) for name in lacking))


def _fills_in(cell_id: str, exercise: ExerciseResult) -> bool:
    return re.fullmatch(rf"{re.escape(exercise.id)}(-(?!check|hidden|text).*)?", cell_id) is not None


def _chapter_of(result: NotebookResult) -> Chapter:
    cell_ids = [str(cell.get("id", "")) for cell in result.document.get("cells", ())]
    exercises = tuple(
        Exercise(
            notebook=result.notebook,
            id=each.id,
            title={"ko": each.id, "en": each.id},
            minutes=0,
            points=each.max_score,
            solutions=tuple(cell_id for cell_id in cell_ids if _fills_in(cell_id, each)),
            hidden=frozenset(check.id for check in each.checks if "-hidden" in check.id),
        )
        for each in result.exercises
    )
    return Chapter(result.notebook, {"ko": result.notebook, "en": result.notebook}, exercises)


# --- nbgrader's gradebook ---------------------------------------------------------------------------------------


def _marks(course: Course) -> dict[tuple[str, str], Marks]:
    """What nbgrader's gradebook has beyond the checks' own points: points and comments by hand, penalties."""
    path = course.autograde / "gradebook.db"
    if not path.exists():
        return {}
    from .gradebook import reading

    found: dict[tuple[str, str], Marks] = {}
    with reading(course) as gradebook:
        if not any(assignment.name == ASSIGNMENT for assignment in gradebook.assignments):
            return {}
        for submission in gradebook.assignment_submissions(ASSIGNMENT):
            for notebook in submission.notebooks:
                found[submission.student.id, notebook.name] = _marks_of(notebook)
    return found


def _marks_of(notebook: Any) -> Marks:
    grades = [grade for grade in notebook.grades if grade.cell is not None]
    return Marks(
        manual={grade.name: grade.manual_score for grade in grades if grade.manual_score is not None},
        extra={grade.name: grade.extra_credit for grade in grades if grade.extra_credit},
        comments={each.name: each.manual_comment for each in notebook.comments if each.manual_comment},
        penalty=notebook.late_submission_penalty or 0.0,
    )
