"""The answer key of one notebook: its cells with their roles, what a learner got of each, and what each check is worth."""

import json
import re
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from types import CodeType
from typing import Any, Literal

from gradschool.course import names, regions
from gradschool.course.source import STUB
from gradschool.errors import GradschoolError

# A key made of a learner's own copy says by this name in its metadata that hidden tests are not in it.
HIDDEN_ELSEWHERE = "hidden_tests_elsewhere"

# How many keys are kept, read: a course has four.
KEYS_KEPT = 16

Role = Literal["text", "setup", "plain", "solution", "check"]

_CHECK_ID = re.compile(r"(?P<exercise>.+?)-(?P<kind>check|hidden)(-.*)?")
_IMPORTS_GRADSCHOOL = re.compile(r"^\s*(import|from)\s+gradschool\b", re.MULTILINE)


@dataclass(frozen=True)
class KeyCell:
    """A cell of the key.

    source : what the judge runs, or what the author wrote
    released : what a learner was given in its place
    hidden : whether a learner's copy lacks a part of the check
    here : False for a hidden check whose hidden part this machine does not have
    """

    id: str
    role: Role
    source: str
    released: str
    exercise: str
    points: float = 0.0
    hidden: bool = False
    here: bool = True
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def code(self) -> CodeType:
        """The source, compiled, without IPython's own lines; SyntaxError where it cannot be."""
        lines = self.source.splitlines() if self.role == "setup" else [self.source]
        return compile("\n".join(line for line in lines if line[:1] not in ("%", "!")), f"<{self.id}>", "exec")

    @cached_property
    def taken(self) -> frozenset[str]:
        """Names that the source uses and does not make."""
        return names.taken(self.source)

    @cached_property
    def made(self) -> frozenset[str]:
        """Names that the source makes for later cells."""
        return names.made(self.source)

    @cached_property
    def looks(self) -> frozenset[str]:
        """The cell as its author wrote it and as a learner got it, each as `normal` has it."""
        return frozenset({normal(self.source), normal(self.released)})


def normal(text: str) -> str:
    """Return a cell's text without blank lines and without what nobody sees at the end of a line."""
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())


@dataclass(frozen=True)
class Key:
    """An answer key, read."""

    notebook: str
    cells: tuple[KeyCell, ...]

    @cached_property
    def by_id(self) -> dict[str, KeyCell]:
        """Cells by their id."""
        return {cell.id: cell for cell in self.cells}

    @cached_property
    def checks(self) -> tuple[KeyCell, ...]:
        """Graded cells, in order."""
        return tuple(cell for cell in self.cells if cell.role == "check")

    @cached_property
    def exercises(self) -> tuple[str, ...]:
        """Ids of the exercises, in order."""
        return tuple(dict.fromkeys(cell.exercise for cell in self.checks))

    def solutions(self, exercise: str) -> tuple[KeyCell, ...]:
        """Cells that a learner fills in for an exercise."""
        return tuple(cell for cell in self.cells if cell.role == "solution" and cell.exercise == exercise)


@lru_cache(maxsize=KEYS_KEPT)
def read_key(data: bytes, name: str) -> Key:
    """Read an answer key: a notebook with nbgrader's metadata, solutions and hidden tests.

    name : what the notebook is called
    Raises GradschoolError where it is none.
    """
    try:
        notebook = json.loads(data)
        cells = _cells(notebook["cells"])
        if notebook["metadata"].get("gradschool", {}).get(HIDDEN_ELSEWHERE):
            cells = [replace(cell, here=not cell.hidden) for cell in cells]
        return Key(name, tuple(cells))
    except (ValueError, KeyError, TypeError, regions.RegionError) as error:
        raise GradschoolError(f"the answer key of {name} cannot be read ({error}): run `gradschool build`") from error


def _cells(cells: list[dict[str, Any]]) -> list[KeyCell]:
    read: list[KeyCell] = []
    seen = set()
    has_setup = any(cell.get("id") == "setup" for cell in cells)
    for position, raw in enumerate(cells):
        cell = _cell(raw, position)
        if not has_setup and cell.role == "plain" and _IMPORTS_GRADSCHOOL.search(cell.source):
            has_setup = True
            cell = replace(cell, role="setup")
        if cell.id not in seen:
            read.append(cell)
        seen.add(cell.id)
    return read


def _cell(raw: dict[str, Any], position: int) -> KeyCell:
    source = raw["source"] if isinstance(raw["source"], str) else "".join(raw["source"])
    grading = raw.get("metadata", {}).get("nbgrader", {})
    cell_id = str(grading.get("grade_id") or raw.get("id") or f"cell-{position}")
    if raw["cell_type"] != "code":
        return KeyCell(cell_id, "text", source, source, "", raw=raw)
    if grading.get("solution"):
        released = regions.without(source, regions.SOLUTION, STUB)
        return KeyCell(cell_id, "solution", source, released, cell_id.split("-", 1)[0], raw=raw)
    if grading.get("grade"):
        named = _CHECK_ID.fullmatch(cell_id)
        exercise, hidden = (named["exercise"], named["kind"] == "hidden") if named else (cell_id, False)
        trusted = regions.without_markers(source, regions.HIDDEN)
        released = regions.without(source, regions.HIDDEN)
        points = float(grading.get("points", 0))
        return KeyCell(cell_id, "check", trusted, released, exercise, points, hidden, raw=raw)
    return KeyCell(cell_id, "setup" if cell_id == "setup" else "plain", source, source, "", raw=raw)
