"""What a class understood: counts of mistakes, points by exercise, what only the hidden checks found, what to talk about."""

from collections import Counter
from dataclasses import dataclass, field

from gradschool import language
from gradschool.check.mistakes import advice

from .classbook import Classbook, Exercise, Member
from .results import CheckResult, ExerciseResult
from .snippets import cells, function

NOT_ATTEMPTED = "not-attempted"
TALKS = 5


@dataclass(frozen=True)
class Example:
    """One instance of a mistake, without a name: what the check said, and the function that it spoke of."""

    message: str
    code: str


@dataclass(frozen=True)
class Mistake:
    """One mistake in one exercise, and how many made it."""

    exercise: Exercise
    id: str
    count: int
    example: Example


@dataclass
class Standing:
    """How an exercise went.

    full, part, none, blank : how many have all points, some, none although they tried, and did not try
    lost : points that those who tried lost, all together
    hidden_only : how many passed everything visible and failed something hidden
    """

    exercise: Exercise
    full: int = 0
    part: int = 0
    none: int = 0
    blank: int = 0
    points: float = 0.0
    lost: float = 0.0
    hidden_only: int = 0
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def people(self) -> int:
        """How many handed the notebook in."""
        return self.full + self.part + self.none + self.blank

    @property
    def weight(self) -> float:
        """How much there is to talk about: the points that were lost, half of them where nobody tried."""
        return self.lost + 0.5 * self.blank * self.exercise.points

    @property
    def wrong(self) -> int:
        """How many tried and lost points."""
        return self.part + self.none


def mistake_of(result: ExerciseResult) -> tuple[str, CheckResult] | None:
    """Return the mistake that stands for an exercise: the first one reported, an attempt's before "not attempted".

    A person's exercise counts once, so that the counts are people.
    """
    failed = [check for check in result.checks if not check.passed]
    named = [(check.mistakes[0] if check.mistakes else "wrong-value", check) for check in failed]
    tried = [each for each in named if each[0] != NOT_ATTEMPTED]
    return next(iter(tried or named), None)


def standings(book: Classbook, language: str) -> list[Standing]:
    """Look at every exercise; examples are in this language where anybody worked in it."""
    return [_standing(book, exercise, language) for exercise in book.exercises]


def talks(found: list[Standing]) -> list[Standing]:
    """Return the exercises to talk about, the most needed first."""
    return sorted((each for each in found if each.weight), key=lambda each: (-each.weight, each.exercise.id))[:TALKS]


def counts(found: list[Standing]) -> Counter[tuple[str, str]]:
    """Return (exercise, mistake) -> people."""
    return Counter({(each.exercise.id, mistake.id): mistake.count for each in found for mistake in each.mistakes})


def _standing(book: Classbook, exercise: Exercise, language: str) -> Standing:
    standing = Standing(exercise)
    made: dict[str, list[tuple[Member, CheckResult]]] = {}
    for member in book.members:
        result = member.exercise(exercise)
        if result is None:
            continue
        standing.points += result.score
        mistake = mistake_of(result)
        _count(standing, result, mistake[0] if mistake else None)
        if mistake is not None:
            made.setdefault(mistake[0], []).append((member, mistake[1]))
    ordered = sorted(made.items(), key=lambda item: (item[0] == NOT_ATTEMPTED, -len(item[1]), item[0]))
    standing.mistakes = [
        Mistake(exercise, mistake, len(cases), _example(book, exercise, mistake, cases, language))
        for mistake, cases in ordered
    ]
    return standing


def _count(standing: Standing, result: ExerciseResult, mistake: str | None) -> None:
    if mistake is None:
        standing.full += 1
        return
    if mistake == NOT_ATTEMPTED:
        standing.blank += 1
        return
    standing.lost += result.max_score - result.score
    standing.part += result.score > 0
    standing.none += result.score == 0
    hidden = [check for check in result.checks if check.id in standing.exercise.hidden]
    visible = [check for check in result.checks if check.id not in standing.exercise.hidden]
    standing.hidden_only += all(check.passed for check in visible) and not all(check.passed for check in hidden)


def _example(
    book: Classbook, exercise: Exercise, mistake: str, cases: list[tuple[Member, CheckResult]], language: str
) -> Example:
    """The shortest one in the reader's language: short code shows a mistake best."""
    shown = [case for case in cases if case[0].language == language]
    examples = [_shown(book, exercise, member, check) for member, check in shown or cases]
    if (
        not shown
    ):  # the code speaks for itself, and what a check said to somebody else may be in words nobody here reads
        said = _in_words_of(language, mistake)
        examples = [
            Example(f"{_subject(check)}\n    {said}", example.code)
            for (_, check), example in zip(cases, examples, strict=True)
        ]
    return min(examples, key=lambda example: (len(example.code) + len(example.message), example.code))


def _in_words_of(speech: str, mistake: str) -> str:
    before = language.current()
    language.use(speech)
    try:
        return advice(mistake)
    finally:
        language.use(before)


def _subject(check: CheckResult) -> str:
    """The function that a message speaks of."""
    return check.message.lstrip("✗○ ").partition(":")[0].strip()


def _shown(book: Classbook, exercise: Exercise, member: Member, check: CheckResult) -> Example:
    named = _subject(check)
    found = [code for _, code in cells(member.results[exercise.notebook], exercise)]
    whole = next((code for code in reversed(found) if f"def {named}(" in code), found[-1] if found else "")
    code, message = function(whole, named), check.message
    for word in sorted({word for each in book.members for word in (each.student, each.name) if len(word) > 1}):
        code, message = code.replace(word, "…"), message.replace(word, "…")
    return Example(message, code)
