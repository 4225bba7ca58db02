"""Which submissions' code is strikingly alike: a place to look, and not a verdict.

Code is compared as tokens with comments, layout and the learner's own names taken out. What most people write alike,
and what is the stub or the worked solution, tells nothing and is left out. An identical wrong answer tells more than an
identical right one: there are few ways to be right.
"""

import io
import keyword
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import Indel

from gradschool.course import Course, regions

from .classbook import Classbook, Exercise, Member
from .key import read_key
from .keys import find_key, known_notebooks
from .snippets import cells, without_comments

ALIKE = 0.9
_SHORTEST = 12
_COMMON = 0.15
_WRONG_WEIGHT = 3.0
_ENOUGH = 8.0
_LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}

Tokens = tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two people, and the exercises in which their code is alike; `wrong`: those in which both are wrong by the same mistakes."""

    first: Member
    second: Member
    exercises: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def weight(self) -> float:
        """How much there is to look at."""
        return len(self.exercises) + (_WRONG_WEIGHT - 1) * len(self.wrong)


def pairs(book: Classbook, solutions: dict[str, str] | None = None) -> list[Pair]:
    """Compare everybody with everybody, exercise by exercise.

    solutions : grade id -> the worked solution, which anybody may resemble
    Returns pairs with enough in common to be worth a look, the heaviest first.
    """
    typical = {tokens(code) for code in (solutions or {}).values()}
    found: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for exercise in book.exercises:
        for first, second, is_wrong in _alike_in(book, exercise, typical):
            found.setdefault((first, second), []).append((exercise.id, is_wrong))
    people = {member.student: member for member in book.members}
    told = [
        Pair(
            people[first],
            people[second],
            tuple(exercise for exercise, _ in alike),
            tuple(exercise for exercise, is_wrong in alike if is_wrong),
        )
        for (first, second), alike in found.items()
    ]
    return sorted(
        (pair for pair in told if pair.weight >= _ENOUGH), key=lambda pair: (-pair.weight, pair.first.student)
    )


def worked_solutions(course: Course) -> dict[str, str]:
    """Return grade id -> the worked solution, from the answer keys."""
    found: dict[str, str] = {}
    for name in known_notebooks(course):
        key = find_key(course, name)
        for cell in read_key(key, name).cells if key else ():
            if cell.role == "solution":
                found[cell.id] = regions.without_markers(cell.source, regions.SOLUTION)
    return found


def tokens(code: str) -> Tokens:
    """Return code as its tokens: names numbered in the order in which they come, layout and comments gone.

    What cannot be read as Python is taken word by word.
    """
    numbers: dict[str, str] = {}
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(without_comments(code)).readline):
            if token.type in _LAYOUT:
                continue
            if (
                token.type == tokenize.ERRORTOKEN
            ):  # a quote that nothing closes; at each, all that follows is read again
                return tuple(code.split())
            if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
                found.append(numbers.setdefault(token.string, f"name{len(numbers)}"))
            else:
                found.append(token.string)
    except (tokenize.TokenError, SyntaxError):
        return tuple(code.split())
    return tuple(found)


def _alike_in(book: Classbook, exercise: Exercise, typical: set[Tokens]) -> Iterator[tuple[str, str, bool]]:
    written = {member.student: list(_own(member, exercise, typical)) for member in book.members}
    spread = Counter(cell for cells_of_one in written.values() for cell in set(cells_of_one))
    common = max(2, _COMMON * len(book.handed_in))
    telling = {
        student: tuple(token for cell in own for token in cell)
        for student, own in ((s, [cell for cell in own if spread[cell] <= common]) for s, own in written.items())
        if sum(map(len, own)) >= _SHORTEST
    }
    people = {member.student: member for member in book.members}
    for first, second in combinations(sorted(telling), 2):
        if Indel.normalized_similarity(telling[first], telling[second]) >= ALIKE:
            yield first, second, _same_mistakes(people[first], people[second], exercise)


def _own(member: Member, exercise: Exercise, typical: set[Tokens]) -> Iterator[Tokens]:
    result = member.results.get(exercise.notebook)
    if result is None or result.status != "graded":
        return
    for _, code in cells(result, exercise):
        written = tokens(code)
        if written not in typical and "NotImplementedError" not in code:
            yield written


def _same_mistakes(first: Member, second: Member, exercise: Exercise) -> bool:
    one, other = first.exercise(exercise), second.exercise(exercise)
    return one is not None and other is not None and bool(one.mistakes) and one.mistakes == other.mistakes
