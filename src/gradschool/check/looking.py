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
    """Print what a learner's functions give together; where one is not written yet, or stops, say so in a line.

    action : called without arguments
    """
    try:
        result = guarded(action)[0]
    except (Untried, Raised) as stopped:
        print(_not_yet(stopped))
        return
    print(f"▸ {_few_digits(result)}")


def beside(measured: Callable[[], Any], printed: Any) -> None:
    """Print a learner's measurement beside what stands on a page, and every entry where the two part.

    measured : called without arguments; gives an array
    printed : array-like of the same shape
    """
    try:
        mine = numbers(guarded(measured)[0])
    except (Untried, Raised) as stopped:
        print(_not_yet(stopped))
        return
    page = np.asarray(printed, dtype=np.float64)
    if mine is None or mine.shape != page.shape:
        came = _("no array of numbers") if mine is None else _("shape {shape}").format(shape=mine.shape)
        print(
            _("○ Not yet: your measurement gives {came}, on the page is shape {want}.").format(
                came=came, want=page.shape
            )
        )
        return
    mine = np.round(mine, 6) + 0.0
    print(_("measured by you:  {mine}").format(mine=plain(mine)))
    print(_("on the page:      {page}").format(page=plain(page)))
    parted = np.argwhere(~close(mine, page, relative=_AGREES, absolute=_AGREES))
    for index in map(tuple, parted):
        line = _("≠ at {index}:  measured {mine}, printed {page}")
        print(line.format(index=list(map(int, index)), mine=number(mine[index]), page=number(page[index])))
    if not len(parted):
        print(_("= in every entry"))


def _not_yet(stopped: Untried | Raised) -> str:
    if isinstance(stopped, Raised):
        return _("○ Not yet: {kind}: {said}").format(kind=stopped.kind, said=clip(stopped.said))
    return _("○ Not yet: something that this needs is still to be written.")


def _few_digits(result: Any) -> str:
    if isinstance(result, tuple | list):
        return ", ".join(_few_digits(item) for item in result)
    value = numbers(result)
    if value is None:
        return plain(result)
    if value.ndim == 0 and 0 < abs(value) < 1e-4:
        return f"{float(value):.0e}"
    return plain(np.round(value, 4) + 0.0)
