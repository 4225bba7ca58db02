"""Looking without grading: what the learner's own tools say, alone or beside what somebody printed."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gradschool.check.calls import Raised, Untried, guarded
from gradschool.check.compare import close, numbers
from gradschool.check.report import clip, number, plain
from gradschool.language import translate as _

# a printed number has few digits, a measured one is right to about eight
_AGREES = 1e-4


def show(action: Callable[[], Any]) -> None:
    """Print what a learner's functions give together, and what numpy warned of on the way.

    Where one is not written yet, or stops, say so in a line.

    action : called without arguments
    """
    try:
        result, warning = guarded(action)
    except (Untried, Raised) as stopped:
        print(_not_yet(stopped))
        return
    rows = result if _is_table(result) else [result]
    print("\n".join(f"▸ {_few_digits(row)}" for row in rows))
    if warning:
        print(_("! numpy warned: {warning}").format(warning=warning))


def beside(theirs: Callable[[], Any], other: Any) -> None:
    """Print what a learner's functions give beside what is held against it, and every entry where the two differ.

    theirs : called without arguments; gives an array
    other : array-like of the same shape: what stands on a page, or what another way gives
    """
    try:
        mine = numbers(guarded(theirs)[0])
    except (Untried, Raised) as stopped:
        print(_not_yet(stopped))
        return
    held = np.asarray(other, dtype=np.float64)
    if mine is None or mine.shape != held.shape:
        came = _("no array of numbers") if mine is None else _("shape {shape}").format(shape=mine.shape)
        print(
            _("○ Not yet: yours gives {came}, what is held against it has shape {want}.").format(
                came=came, want=held.shape
            )
        )
        return
    differ = np.argwhere(~close(mine, held, relative=_AGREES, absolute=_AGREES))
    mine, held = (np.round(each, 6) + 0.0 for each in (mine, held))
    print(_("yours:      {mine}").format(mine=plain(mine)))
    print(_("beside it:  {held}").format(held=plain(held)))
    for index in map(tuple, differ):
        line = _("≠ at {index}:  yours {mine}, beside it {held}")
        print(line.format(index=list(map(int, index)), mine=number(mine[index]), held=number(held[index])))
    if not len(differ):
        print(_("= in every entry"))


def _not_yet(stopped: Untried | Raised) -> str:
    if isinstance(stopped, Raised):
        return _("○ Not yet: {kind}: {said}").format(kind=stopped.kind, said=clip(stopped.said))
    return _("○ Not yet: something that this needs is still to be written.")


def _is_table(result: Any) -> bool:
    return isinstance(result, tuple | list) and any(isinstance(row, tuple | list) for row in result)


def _few_digits(result: Any) -> str:
    if isinstance(result, int | str) and not isinstance(result, bool):
        return str(result)
    if isinstance(result, tuple | list):
        return ", ".join(_few_digits(item) for item in result)
    value = numbers(result)
    if value is None:
        return plain(result)
    if value.ndim == 0 and 0 < abs(value) < 1e-4:
        return f"{float(value):.0e}"
    return plain(np.round(value, 4) + 0.0)
