"""A source file as a notebook's cells, exercises and points; and every mistake that an author can make in one.

The tags (percent.py says how they are written):

- text, always a Korean cell and its English one right after it: ``lang="ko"``, ``lang="en"``. The pair that opens an
  exercise carries ``exercise="gates" minutes=15``, the pair with its hints ``hints="gates"``, on the Korean cell (the
  English one may repeat them).
- code: ``setup`` on the one cell whose ``{lang}`` becomes the reader's language; ``solution="gates-mul"`` on a cell
  that a learner fills in; ``check="gates-check" points=2`` and ``check="gates-hidden" points=1`` on graded cells;
  nothing on a cell that shows something.

The header gives, below ``jupyter: gradschool:``, ``title: {ko: ..., en: ...}`` and ``minutes:``.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from gradschool.course import names, percent, preamble, promises, regions
from gradschool.course.complaints import AuthorError, Complaint
from gradschool.course.percent import RawCell, Tag
from gradschool.language import LANGUAGES

Role = Literal["text", "setup", "plain", "solution", "check", "hidden"]

STUB = "raise NotImplementedError"

_TEXT_TAGS = {"lang", "exercise", "minutes", "hints"}
_CODE_TAGS = {"setup", "solution", "check", "points"}
_EXERCISE = re.compile(r"[a-z][a-z0-9_]*")
_RESERVED_EXERCISES = {"setup", "opening"}
_PART = r"(?:-(?P<part>[a-z0-9_]+))?"
_SOLUTION_ID = re.compile(rf"(?P<exercise>[a-z][a-z0-9_]*){_PART}")
_CHECK_ID = re.compile(rf"(?P<exercise>[a-z][a-z0-9_]*)-(?P<role>check|hidden){_PART}")
_RESERVED_PARTS = {"check", "hidden", "text", "code"}
_HEADING = re.compile(r"^#+ +(.*\S)", re.MULTILINE)
_DETAILS = re.compile(r"<details>\s*<summary>(?P<title>.*?)</summary>(?P<text>.*?)</details>", re.DOTALL)
_TAG_IN_HTML = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook. `id` is its cell id, and the grade id where it has one; `language` None stands in both."""

    id: str
    role: Role
    source: str
    first: int
    language: str | None = None
    exercise: str | None = None
    points: float = 0.0


@dataclass
class Exercise:
    """What a learner works on in one go."""

    id: str
    title: dict[str, str]
    minutes: float
    line: int
    cells: list[Cell] = field(default_factory=list)

    def having(self, *roles: Role) -> list[Cell]:
        """Its cells of some kinds, in order."""
        return [cell for cell in self.cells if cell.role in roles]

    @property
    def points(self) -> float:
        """All of its checks' points."""
        return sum(cell.points for cell in self.cells)


@dataclass
class Source:
    """A whole notebook, in both languages."""

    path: Path
    name: str
    title: dict[str, str] = field(default_factory=dict)
    minutes: float = 0.0
    cells: list[Cell] = field(default_factory=list)
    exercises: list[Exercise] = field(default_factory=list)

    def in_language(self, language: str) -> list[Cell]:
        """The cells that a reader of this language sees, with the set-up cell speaking it."""
        return [
            replace(cell, source=preamble.before(cell.source, language)) if cell.role == "setup" else cell
            for cell in self.cells
            if cell.language in (None, language)
        ]

    @property
    def given(self) -> frozenset[str]:
        """Names that the set-up cell makes."""
        return frozenset().union(*(_names_made(cell) for cell in self.cells if cell.role == "setup"))


def read(path: Path, name: str | None = None) -> Source:
    """Read a source file; `name` is what complaints call the file.

    Raises AuthorError with every mistake found.
    """
    reading = _Reading(path, name or path.as_posix())
    source = reading.read()
    if reading.complaints:
        raise AuthorError(reading.complaints)
    return source


class _Reading:
    """One pass over a file that collects what is wrong instead of stopping at it."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.complaints: list[Complaint] = []
        self.source = Source(path, path.stem)
        self.exercise: Exercise | None = None
        self.seen: dict[str, int] = {}
        self.counts: dict[str, int] = {}

    def complain(self, line: int, text: str) -> None:
        self.complaints.append(Complaint(self.name, line, text))

    def read(self) -> Source:
        file = percent.read(self.source.path, self.name)
        self.read_header(file.header)
        cells = list(file.cells)
        while cells:
            cell = cells.pop(0)
            self.check_tags(cell)
            if not cell.markdown:
                self.read_code(cell)
            elif cell.tags.get("lang") == "ko" and cells and cells[0].tags.get("lang") == "en":
                self.check_tags(cells[0])
                self.read_pair(cell, cells.pop(0))
            else:
                self.complain(cell.line, _why_unpaired(cell))
        self.check_setup()
        for exercise in self.source.exercises:
            self.check_exercise(exercise)
        self.check_names()
        return self.source

    def read_header(self, header: dict[str, Any]) -> None:
        title, minutes = header.get("title"), header.get("minutes")
        if isinstance(title, dict) and all(isinstance(title.get(code), str) for code in LANGUAGES):
            self.source.title = {code: title[code] for code in LANGUAGES}
        else:
            self.complain(1, 'the header lacks its titles: "jupyter: gradschool: title: {ko: ..., en: ...}"')
        if isinstance(minutes, int | float) and minutes > 0:
            self.source.minutes = minutes
        else:
            self.complain(1, 'the header lacks the time it takes: "jupyter: gradschool: minutes: 90"')

    def check_tags(self, cell: RawCell) -> None:
        known, kind = (_TEXT_TAGS, "text") if cell.markdown else (_CODE_TAGS, "code")
        for tag in sorted(cell.tags.keys() - known):
            self.complain(cell.line, f"unknown tag {tag} on a {kind} cell, which may have: {', '.join(sorted(known))}")
        for tag in ("lang", "exercise", "hints", "solution", "check"):
            if tag in cell.tags and not isinstance(cell.tags[tag], str):
                self.complain(cell.line, f'the tag {tag} needs a word in quotes: {tag}="..."')
        for tag in ("minutes", "points"):
            if tag in cell.tags and not _is_positive(cell.tags[tag]):
                self.complain(cell.line, f"the tag {tag} needs a number above 0: {tag}=2")

    # Text

    def read_pair(self, korean: RawCell, english: RawCell) -> None:
        for tag in sorted(_TEXT_TAGS - {"lang"}):
            if tag in english.tags and english.tags[tag] != korean.tags.get(tag):
                self.complain(english.line, f"the tag {tag} must say the same on the Korean cell of this pair")
        if "exercise" in korean.tags:
            self.open_exercise(korean, english)
        elif "minutes" in korean.tags:
            self.complain(korean.line, "the tag minutes belongs on the pair that opens an exercise")
        if "hints" in korean.tags:
            self.check_hints_tag(korean)
        cell_id = self.counted("text")
        folded = [self.check_text(cell, hints="hints" in korean.tags) for cell in (korean, english)]
        if folded[0] != folded[1]:
            self.complain(
                english.line, f"{folded[1]} folded parts here and {folded[0]} in the Korean cell of this pair"
            )
        for cell in (korean, english):
            self.add(Cell(cell_id, "text", cell.text, cell.first, language=str(cell.tags["lang"])))

    def open_exercise(self, korean: RawCell, english: RawCell) -> None:
        exercise_id = str(korean.tags["exercise"])
        if not _EXERCISE.fullmatch(exercise_id) or exercise_id in _RESERVED_EXERCISES:
            self.complain(korean.line, f"{exercise_id!r} is no exercise id: small letters, digits and _, letter first")
        if any(other.id == exercise_id for other in self.source.exercises):
            self.complain(korean.line, f"the exercise {exercise_id} is opened twice")
        minutes = korean.tags.get("minutes")
        if minutes is None:
            self.complain(korean.line, f"the exercise {exercise_id} does not say how long it takes: minutes=15")
        title = {}
        for code, cell in zip(LANGUAGES, (korean, english), strict=True):
            heading = _HEADING.search(cell.text)
            if heading is None:
                self.complain(cell.line, f"the exercise {exercise_id} has no heading to take its title from: # ...")
            title[code] = heading[1] if heading else exercise_id
        self.exercise = Exercise(exercise_id, title, minutes if isinstance(minutes, float) else 0.0, korean.line)
        self.source.exercises.append(self.exercise)

    def check_hints_tag(self, korean: RawCell) -> None:
        named = korean.tags["hints"]
        if self.exercise is None or named != self.exercise.id:
            open_now = self.exercise.id if self.exercise else "no exercise"
            self.complain(korean.line, f"hints for {named} stand in {open_now}")

    def check_text(self, cell: RawCell, *, hints: bool) -> int:
        """Look at one cell of a pair; return how many folded parts it has."""
        for number, line in enumerate(cell.text.split("\n")):
            if marker := regions.found_in(line):
                self.complain(cell.first + number, f"{marker} in text: nbgrader would act on it")
        if not cell.text.strip():
            self.complain(cell.line, "an empty text cell")
        folded = list(_DETAILS.finditer(cell.text))
        if cell.text.count("<details") != len(folded):
            self.complain(cell.line, "a folded part is <details><summary>title</summary> text </details>")
        elif hints and not folded:
            self.complain(cell.line, "hints without a <details> in them")
        for part in folded:
            start = cell.first + cell.text.count("\n", 0, part.start())
            title = _TAG_IN_HTML.sub("", part["title"]).strip()
            if not title:
                self.complain(start, "a hint without a title: <summary> is empty")
            if not _TAG_IN_HTML.sub("", part["text"]).strip():
                self.complain(start, f"a hint without text: {title!r} is empty")
        return len(folded)

    # Code

    def read_code(self, cell: RawCell) -> None:
        kinds = [tag for tag in ("setup", "solution", "check") if tag in cell.tags]
        if len(kinds) > 1:
            self.complain(cell.line, f"a cell cannot be {' and '.join(kinds)} at once")
            return
        if "points" in cell.tags and kinds != ["check"]:
            self.complain(cell.line, "points on a cell that is no check: only check cells are graded")
        if not cell.text.strip():
            self.complain(cell.line, "an empty code cell")
        match kinds:
            case ["setup"]:
                self.add_code(cell, "setup", "setup")
            case ["solution"]:
                self.read_solution(cell, str(cell.tags["solution"]))
            case ["check"]:
                self.read_check(cell, str(cell.tags["check"]))
            case _:
                self.add_code(cell, self.counted("code"), "plain")

    def read_solution(self, cell: RawCell, grade_id: str) -> None:
        named = _SOLUTION_ID.fullmatch(grade_id)
        if named is None or named["part"] in _RESERVED_PARTS:
            self.complain(cell.line, f"{grade_id!r} is no id for a solution: <exercise> or <exercise>-<part>")
        else:
            self.check_belongs(cell, named["exercise"], grade_id)
        self.add_code(cell, grade_id, "solution")

    def read_check(self, cell: RawCell, grade_id: str) -> None:
        named = _CHECK_ID.fullmatch(grade_id)
        if named is None:
            form = "<exercise>-check or <exercise>-hidden, and then -<part> where there are several"
            self.complain(cell.line, f"{grade_id!r} is no id for a check: {form}")
        else:
            self.check_belongs(cell, named["exercise"], grade_id)
        if "points" not in cell.tags:
            self.complain(cell.line, f"the check {grade_id} has no points: points=1")
        self.add_code(cell, grade_id, "hidden" if named and named["role"] == "hidden" else "check")

    def check_belongs(self, cell: RawCell, exercise: str, grade_id: str) -> None:
        if self.exercise is None or exercise != self.exercise.id:
            open_now = f"the exercise {self.exercise.id}" if self.exercise else "no exercise"
            self.complain(cell.line, f"{grade_id} stands in {open_now}")

    def add_code(self, cell: RawCell, cell_id: str, role: Role) -> None:
        points = cell.tags.get("points", 0.0)
        made = Cell(cell_id, role, cell.text, cell.first, points=points if isinstance(points, float) else 0.0)
        if cell_id in self.seen:
            kind = "set-up cell" if role == "setup" else f"id {cell_id}"
            self.complain(cell.line, f"a second {kind}: the first stands in line {self.seen[cell_id]}")
            return
        self.seen[cell_id] = cell.line
        if self.check_regions(made) and self.check_python(made):
            self.add(made)

    def check_regions(self, cell: Cell) -> bool:
        """Look for regions where they must be and nowhere else; return whether the cell can be looked at further."""
        what = {"solution": regions.SOLUTION, "hidden": regions.HIDDEN}.get(cell.role)
        if what is None:
            for number, line in enumerate(cell.source.split("\n")):
                if marker := regions.found_in(line):
                    self.complain(cell.first + number, f"{marker} in a cell that is not the place for it")
                    return False
            return True
        try:
            flags = regions.inside(cell.source, what)
        except regions.RegionError as error:
            self.complain(cell.first + error.line, str(error))
            return False
        if not any(flags):
            self.complain(cell.first, f"{cell.id} has no ### BEGIN {what} ... ### END {what}")
            return False
        return True

    def check_python(self, cell: Cell) -> bool:
        """See whether the cell is Python as an author, a learner and the grader see it; then look at its promises."""
        texts = {"": _plain(cell)}
        if cell.role == "solution":
            texts[" once the solution is taken out"] = regions.without(cell.source, regions.SOLUTION, STUB)
        if cell.role == "hidden":
            texts[" once the hidden tests are taken out"] = regions.without(cell.source, regions.HIDDEN)
            texts[" when the hidden tests stand alone"] = regions.only(cell.source, regions.HIDDEN)
        for when, text in texts.items():
            try:
                tree = ast.parse(text)
            except SyntaxError as error:
                line = cell.first + (error.lineno or 1) - 1 if not when else cell.first
                self.complain(line, f"not Python{when}: {error.msg}")
                return False
            if not tree.body and cell.role not in ("setup", "plain"):
                self.complain(cell.first, f"{cell.id} is empty{when}")
                return False
        if cell.role == "solution":
            for offset, text in promises.broken(cell.source):
                self.complain(cell.first + offset, text)
        return True

    # The whole

    def add(self, cell: Cell) -> None:
        cell = replace(cell, exercise=self.exercise.id if self.exercise else None)
        self.source.cells.append(cell)
        if self.exercise is not None:
            self.exercise.cells.append(cell)

    def counted(self, kind: str) -> str:
        stem = f"{self.exercise.id if self.exercise else 'opening'}-{kind}"
        self.counts[stem] = self.counts.get(stem, 0) + 1
        return f"{stem}-{self.counts[stem]}"

    def check_setup(self) -> None:
        code = [cell for cell in self.source.cells if cell.role != "text"]
        if "setup" not in self.seen:
            self.complain(1, "no set-up cell: the first code cell is '# %% setup'")
        elif code and code[0].role != "setup":
            self.complain(self.seen["setup"], "the set-up cell must be the first code cell")
        for cell in code:
            if cell.role == "setup" and "{lang}" not in cell.source:
                self.complain(cell.first, 'the set-up cell does not set the reader\'s language: "{lang}"')

    def check_exercise(self, exercise: Exercise) -> None:
        lacking = {
            "solution": 'a cell to fill in (solution="{0}")',
            "check": 'a visible check (check="{0}-check" points=1)',
            "hidden": 'a hidden check (check="{0}-hidden" points=1)',
        }
        for role, what in lacking.items():
            if not any(cell_id_role == role for cell_id_role in self.roles_meant(exercise)):
                self.complain(exercise.line, f"the exercise {exercise.id} has not {what.format(exercise.id)}")

    def roles_meant(self, exercise: Exercise) -> Iterator[str]:
        """Roles of an exercise's cells, of those too that other complaints are about."""
        for grade_id in self.seen:
            if check := _CHECK_ID.fullmatch(grade_id):
                if check["exercise"] == exercise.id:
                    yield check["role"]
            elif (solution := _SOLUTION_ID.fullmatch(grade_id)) and solution["exercise"] == exercise.id:
                yield "solution"

    def check_names(self) -> None:
        """Keep cells apart: a check's names come from somewhere, and a learner's cell has none of a check's."""
        given = set(self.source.given)
        by_checks: dict[str, str] = {}
        for cell in self.source.cells:
            if cell.role in ("check", "hidden"):
                by_checks |= dict.fromkeys(names.made(cell.source), cell.id)
        by_learner: set[str] = set()
        by_earlier: set[str] = set()
        for cell in self.source.cells:
            if cell.role in ("check", "hidden"):
                for name in sorted(names.taken(cell.source, given | by_earlier) - by_learner):
                    self.complain(_line_of(cell, name), f"{cell.id} uses {name}, which no cell above it makes")
                by_earlier |= names.made(cell.source)
            elif cell.role in ("solution", "plain"):
                code = _plain(cell)
                for name in sorted((names.made(code) | names.used(code)) & by_checks.keys()):
                    text = f"{name} is made by the check {by_checks[name]}: a learner's cell cannot share it"
                    self.complain(_line_of(cell, name), text)
                by_learner |= _names_made(cell)


def _why_unpaired(cell: RawCell) -> str:
    match cell.tags.get("lang"):
        case "ko":
            return 'a Korean text cell without its English one right after it ([markdown] lang="en")'
        case "en":
            return 'an English text cell without its Korean one right before it ([markdown] lang="ko")'
        case None:
            return 'a text cell without a language: lang="ko" or lang="en"'
        case other:
            return f'no language {other!r}: lang="ko" or lang="en"'


def _is_positive(value: Tag) -> bool:
    return isinstance(value, float) and value > 0


def _plain(cell: Cell) -> str:
    """A cell's code as Python alone; only where nothing is graded may a line be IPython's own (%pip, !ls)."""
    return names.python(cell.source) if cell.role in ("setup", "plain") else cell.source


def _names_made(cell: Cell) -> frozenset[str]:
    """Names that a cell makes as a learner first sees it."""
    if cell.role == "solution":
        # Not the stub that learners get: Python leaves out what stands after a raise.
        return names.made(regions.without(cell.source, regions.SOLUTION, "pass"))
    return names.made(_plain(cell))


def _line_of(cell: Cell, name: str) -> int:
    for number, line in enumerate(cell.source.split("\n")):
        if re.search(rf"\b{re.escape(name)}\b", line):
            return cell.first + number
    return cell.first
