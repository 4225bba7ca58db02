"""Calling what a learner wrote: with copies, with warnings and exceptions caught, and seeing what it changed."""

import copy
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import numpy as np


class Untried(Exception):
    """The learner has not written this yet.

    missing : what the function called that is not written, "" where it is not written itself
    """

    def __init__(self, missing: str = "") -> None:
        super().__init__(missing)
        self.missing = missing


@dataclass(eq=False)
class Raised(Exception):
    """The learner's code raised: the kind of exception, what it said, and the learner's line where it did."""

    kind: str
    said: str
    line: str


@dataclass(frozen=True)
class Called:
    """One call that came back: its result, the overflow it met if any, and which arguments it changed."""

    result: Any
    overflow: str
    changed: tuple[str, ...]


def call(function: Callable[..., Any], arguments: dict[str, Any]) -> Called:
    """Call a learner's function on copies of the arguments, in their order.

    arguments : dict of name to value, handed over by position
    Raises Untried where the stub still stands, Raised where the learner's code raised.
    """
    copies = {name: fresh(value) for name, value in arguments.items()}
    result, overflow = guarded(lambda: function(*copies.values()))
    changed = tuple(name for name, value in arguments.items() if not same(copies[name], value))
    return Called(result, overflow, changed)


def guarded(action: Callable[[], Any], lent: Callable[..., Any] | None = None) -> tuple[Any, str]:
    """Run something of the learner's; return its result and the first numeric warning it gave ("" for none).

    lent : a function of the check's that calls what the learner wrote: its lines are not the learner's
    """
    elsewhere = getattr(getattr(lent, "__code__", None), "co_filename", "")
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        try:
            result = action()
        except NotImplementedError as error:
            raise Untried(_called_stub(error.__traceback__, elsewhere)) from None
        except (Exception, SystemExit) as error:
            raise Raised(type(error).__name__, str(error), learners_line(error.__traceback__, elsewhere)) from None
    numeric = [str(each.message) for each in caught if issubclass(each.category, RuntimeWarning)]
    return result, numeric[0] if numeric else ""


def learners_line(trace: TracebackType | None, elsewhere: str = "") -> str:
    """Return the innermost line of the learner's cell that a traceback passed through, or nothing.

    A function that the check handed over may have raised further in: its line, in another cell, is not the learner's.
    """
    frames = _cells(trace, elsewhere)
    own = [frame for frame in frames if frame.filename == frames[0].filename]
    return (own[-1].line or "").strip() if own else ""


def _called_stub(trace: TracebackType | None, elsewhere: str) -> str:
    """Return the name of the stub that a function of the learner's called; "" where what was asked is a stub itself."""
    own = _cells(trace, elsewhere)
    return own[-1].name if len(own) > 1 else ""


def _cells(trace: TracebackType | None, elsewhere: str) -> list[traceback.FrameSummary]:
    frames = traceback.extract_tb(trace)
    return [frame for frame in frames if _is_cell(frame.filename) and frame.filename != elsewhere]


def _is_cell(filename: str) -> bool:
    return "ipykernel" in filename or filename.startswith("<")


def fresh(value: Any) -> Any:
    """Return a copy that the learner may do anything to; functions and opaque objects go as they are."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(fresh(item) for item in value)
    if type(value) is dict:
        return {key: fresh(item) for key, item in value.items()}
    if isinstance(value, np.random.Generator):
        return copy.deepcopy(value)
    return value


def same(one: Any, other: Any) -> bool:
    """Tell whether two plain values are equal to the last bit; opaque ones always count as the same."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes()
    if type(one) in (list, tuple) and type(other) in (list, tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if type(one) is dict and type(other) is dict:
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, float | int) and isinstance(other, float | int):
        return one == other or (one != one and other != other)
    return True
