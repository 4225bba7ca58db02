"""Holding what came against what is wanted: type, shape, finite, value, in this order; the first that fails is told.

Strict about mathematics, kind about Python: a list does for a tuple, an array-like for an array, a boolean, an integer
or a 0-d array for a float.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RELATIVE, ABSOLUTE = 1e-6, 1e-9


@dataclass(frozen=True)
class Leaf:
    """One number or array of an answer, beside what is wanted.

    name : what a learner would call it ("dx", "losses[3]")
    got : array, or whatever came where it is no array of numbers
    want : array
    problem : "" for right, else "type", "shape", "finite" or "value"
    """

    name: str
    got: Any
    want: Any
    problem: str

    @property
    def index(self) -> tuple[int, ...]:
        """Return where the two differ most, relative to their size (only for a wrong value or a number that is not finite)."""
        got = np.asarray(self.got, dtype=np.float64)
        error = np.where(np.isfinite(got), relative_error(got, self.want), np.inf)
        return tuple(int(i) for i in np.unravel_index(int(np.argmax(error)), error.shape))


def close(got: Any, want: Any, relative: float = RELATIVE, absolute: float = ABSOLUTE) -> NDArray[np.bool_]:
    """Tell entry by entry whether |got − want| ≤ absolute + relative · max(|got|, |want|)."""
    got, want = np.asarray(got, dtype=np.float64), np.asarray(want, dtype=np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(np.abs(got - want) <= absolute + relative * np.maximum(np.abs(got), np.abs(want)))


def relative_error(got: Any, want: Any) -> Array:
    """Return |got − want| / (|got| + |want|), 0 where both are 0: what learners write in notebook 2, at most 1."""
    got, want = np.asarray(got, dtype=np.float64), np.asarray(want, dtype=np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        size = np.abs(got) + np.abs(want)
        return np.asarray(np.abs(got - want) / np.where(size == 0, 1.0, size))


def leaves(name: str, got: Any, want: Any) -> Iterator[Leaf]:
    """Walk an answer beside the wanted one and yield their numbers and arrays in pairs.

    want : float, array, string, None, or lists, tuples and dicts of them
    """
    if isinstance(want, dict):
        yield from _dict_leaves(name, got, want)
    elif isinstance(want, list | tuple):
        yield from _sequence_leaves(name, got, want)
    elif want is None or isinstance(want, str):
        problem = "" if type(got) is type(want) and got == want else ("value" if isinstance(got, str) else "type")
        yield Leaf(name, got, want, problem)
    else:
        yield _array_leaf(name, got, np.asarray(want, dtype=np.float64))


def numbers(value: Any) -> Array | None:
    """Return a plain number or array-like as a float array; None where it is neither (a handle, a string, ragged lists)."""
    if not _plain(value):
        return None
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    if array.dtype.kind not in "biuf":
        return None
    return array.astype(np.float64)


def _plain(value: Any) -> bool:
    # asked of the type alone: an object of the learner's must not be asked to describe itself
    if isinstance(value, list | tuple):
        return all(_plain(item) for item in value)
    return isinstance(value, bool | int | float | np.generic | np.ndarray)


def _dict_leaves(name: str, got: Any, want: dict[Any, Any]) -> Iterator[Leaf]:
    if not isinstance(got, dict):
        yield Leaf(name, got, want, "type")
        return
    for key, wanted in want.items():
        if key not in got:
            yield Leaf(f"{name}[{key!r}]", None, wanted, "type")
        else:
            yield from leaves(f"{name}[{key!r}]", got[key], wanted)


def _sequence_leaves(name: str, got: Any, want: Any) -> Iterator[Leaf]:
    if all(isinstance(item, float | int) for item in want) and (array := numbers(got)) is not None and array.ndim >= 1:
        # a sequence of plain numbers is judged as one vector, so that the shape is told before the first value
        yield _array_leaf(name, array, np.asarray(want, dtype=np.float64))
    elif (items := _items(got)) is None:
        yield Leaf(name, got, want, "type")
    elif len(items) != len(want):
        yield Leaf(name, got, want, "shape")
    else:
        for i, (item, wanted) in enumerate(zip(items, want, strict=True)):
            yield from leaves(f"{name}[{i}]", item, wanted)


def _items(got: Any) -> list[Any] | None:
    if isinstance(got, np.ndarray) and got.ndim == 0:
        return None
    return list(got) if isinstance(got, list | tuple | np.ndarray) else None


def _array_leaf(name: str, got: Any, want: Array) -> Leaf:
    array = numbers(got)
    if array is None:
        return Leaf(name, got, want, "type")
    if array.shape != want.shape:
        return Leaf(name, array, want, "shape")
    if not np.all(np.isfinite(array)):
        return Leaf(name, array, want, "finite")
    return Leaf(name, array, want, "" if bool(np.all(close(array, want))) else "value")


def parts(labels: Sequence[str], got: Any, want: Any) -> list[Leaf]:
    """Compare an answer of several named parts, or of one.

    labels : one name for the whole answer, or one for each part of the tuple
    """
    if len(labels) == 1:
        return list(leaves(labels[0], got, want))
    items = _items(got)
    if items is None:
        return [Leaf(", ".join(labels), got, want, "type")]
    if len(items) != len(labels):
        return [Leaf(", ".join(labels), got, want, "shape")]
    return [
        leaf for label, item, wanted in zip(labels, items, want, strict=True) for leaf in leaves(label, item, wanted)
    ]
