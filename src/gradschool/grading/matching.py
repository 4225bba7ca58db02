"""Which submitted cell is which cell of the key, and in what order everything is run.

Check cells always come from the key. A submitted cell is recognised by nbgrader's id, else by the cell's own id, else by
its text, else (a filled-in cell) by the names that it defines.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from gradschool.language import translate as _

from .key import Key, KeyCell, normal
from .reading import Submitted, SubmittedCell

_DEFINES = re.compile(r"^(?:async\s+)?(?:def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]*)?=(?!=)", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """One thing to run: a cell of the learner's (`source`), or a check of the key's (`check`).

    cell : the submitted cell, where the step comes from one
    known : the key's cell that it was recognised as
    put_back : whether the cell was given to the learner, is missing, and is run all the same
    """

    source: str
    check: KeyCell | None = None
    cell: SubmittedCell | None = None
    known: KeyCell | None = None
    put_back: bool = False


@dataclass
class Plan:
    """Everything to run, in order, and what there was to say about the submission."""

    steps: list[Step] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    untouched: set[str] = field(default_factory=set)


def plan(key: Key, submitted: Submitted) -> Plan:
    """Match a submission with its key."""
    cells, known = _without_empty_twins(key, submitted.cells, _recognise(key, submitted.cells))
    made = Plan(warnings=list(submitted.warnings))
    made.untouched = _untouched(key, cells, known)
    places = _places(key, cells, known)
    for position in range(-1, len(cells)):
        if position >= 0:
            step = _submitted_step(cells[position], known[position])
            if step is not None:
                made.steps.append(step)
        for cell in key.cells:
            if places.get(cell.id) == position:
                step = Step(cell.source, check=cell) if cell.role == "check" else Step(cell.released, put_back=True)
                made.steps.append(replace(step, known=cell))
    made.warnings += _warnings(key, cells, known)
    return made


def _submitted_step(cell: SubmittedCell, known: KeyCell | None) -> Step | None:
    """A check cell's own copy is not run; a retyped cell is run as what it was."""
    if known is not None and known.role == "check":
        return None
    is_code = cell.kind == "code" or (known is not None and known.role in ("solution", "setup"))
    return Step(cell.source if is_code else "", cell=cell, known=known)


# --- recognising ------------------------------------------------------------------------------------------------


def _recognise(key: Key, cells: tuple[SubmittedCell, ...]) -> list[KeyCell | None]:
    texts = defaultdict(list)
    for place, wanted in enumerate(key.cells):
        for text in wanted.looks:
            texts[text].append(place)
    places = {wanted.id: place for place, wanted in enumerate(key.cells)}
    known: list[KeyCell | None] = []
    here = -1
    for cell in cells:
        found = places.get(cell.grade_id, places.get(cell.id))
        if found is None and cell.source.strip():
            found = _likeliest(texts[normal(cell.source)], here)
        known.append(None if found is None else key.cells[found])
        here = here if found is None else found
    _recognise_by_names(key, cells, known)
    return known


def _likeliest(places: list[int], here: int) -> int | None:
    """Of several cells with one text, pick the one that follows what was recognised last, or is it a second time."""
    if here + 1 in places:
        return here + 1
    return next((place for place in places if place >= here), places[0] if places else None)


def _recognise_by_names(key: Key, cells: tuple[SubmittedCell, ...], known: list[KeyCell | None]) -> None:
    """Recognise filled-in cells that lost their labels: whatever defines all that the key's cell defines."""
    present = {cell.id for cell in known if cell is not None}
    for wanted in key.cells:
        if wanted.role != "solution" or wanted.id in present:
            continue
        names = _defined(wanted.released)
        if not names:
            continue
        for position, cell in enumerate(cells):
            if known[position] is None and cell.kind == "code" and names <= _defined(cell.source):
                known[position] = wanted


def _defined(source: str) -> set[str]:
    return {function or variable for function, variable in _DEFINES.findall(source)}


def _is_untouched(cell: SubmittedCell, known: KeyCell) -> bool:
    return normal(cell.source) in ("", normal(known.released))


def _untouched(key: Key, cells: list[SubmittedCell], known: list[KeyCell | None]) -> set[str]:
    """Exercises of which no cell to fill in was filled in."""
    touched = {
        known_cell.exercise
        for cell, known_cell in zip(cells, known, strict=True)
        if known_cell is not None and known_cell.role == "solution" and not _is_untouched(cell, known_cell)
    }
    return set(key.exercises) - touched


def _without_empty_twins(
    key: Key, cells: tuple[SubmittedCell, ...], known: list[KeyCell | None]
) -> tuple[list[SubmittedCell], list[KeyCell | None]]:
    """Leave out stubs of cells that stand there a second time, filled in: a notebook can come doubled."""
    filled = {
        known_cell.id
        for cell, known_cell in zip(cells, known, strict=True)
        if known_cell is not None and known_cell.role == "solution" and not _is_untouched(cell, known_cell)
    }
    kept_cells, kept_known = [], []
    for cell, known_cell in zip(cells, known, strict=True):
        if known_cell is not None and known_cell.id in filled and _is_untouched(cell, known_cell):
            continue
        kept_cells.append(cell)
        kept_known.append(known_cell)
    return kept_cells, kept_known


# --- order ------------------------------------------------------------------------------------------------------


def _places(key: Key, cells: list[SubmittedCell], known: list[KeyCell | None]) -> dict[str, int]:
    """Say after which submitted cell each check, and each given cell that is missing, is run.

    A check runs where it first stands, or where its neighbour above in the key does; but never before the last cell that
    was filled in for its exercise.
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for position, known_cell in enumerate(known):
        if known_cell is not None:
            first.setdefault(known_cell.id, position)
            last[known_cell.id] = position
    places: dict[str, int] = {}
    above = -1
    for cell in key.cells:
        above = first.get(cell.id, above)
        if cell.role == "check":
            needed = [last[solution.id] for solution in key.solutions(cell.exercise) if solution.id in last]
            places[cell.id] = max(above, *needed, -1)
        elif cell.role == "plain" and cell.id not in first:
            places[cell.id] = above
    return places


# --- what there is to say ---------------------------------------------------------------------------------------


def _warnings(key: Key, cells: list[SubmittedCell], known: list[KeyCell | None]) -> list[str]:
    said = []
    count = Counter(cell.id for cell in known if cell is not None)
    labelled = any(cell.grade_id for cell in cells)
    if not labelled and any(cell is not None and cell.role != "text" for cell in known):
        said.append(_("the cells lost their labels; they were recognised by what stands in them"))
    for cell in key.cells:
        if cell.role in ("check", "solution") and not count[cell.id]:
            said.append(_missing(cell))
        if cell.role in ("check", "solution") and count[cell.id] > 1:
            said.append(_("{id} stands there {count} times").format(id=cell.id, count=count[cell.id]))
    for submitted, known_cell in zip(cells, known, strict=True):
        if known_cell is None or known_cell.role not in ("check", "solution"):
            continue
        if submitted.kind != "code":
            said.append(_("{id} was turned into text; it was taken as code").format(id=known_cell.id))
        if known_cell.role == "check" and normal(submitted.source) not in known_cell.looks:
            said.append(_("the check {id} was changed; the original was used").format(id=known_cell.id))
    order = [cell.id for cell in known if cell is not None and cell.role in ("check", "solution")]
    wanted = [cell.id for cell in key.cells if cell.id in count]
    if list(dict.fromkeys(order)) != [cell_id for cell_id in wanted if cell_id in set(order)]:
        said.append(_("cells stand in another order than they were given in"))
    return list(dict.fromkeys(said))


def _missing(cell: KeyCell) -> str:
    if cell.role == "check":
        return _("the check {id} is missing; the original was used").format(id=cell.id)
    return _("the cell {id}, which was to be filled in, is missing").format(id=cell.id)
