"""From wrong numbers to the mistake that makes such numbers.

A hypothesis says what the answer would be if the learner had made one slip. It is believed only when it fits every draw
tightly, and only when no simpler one does. A candidate is made of three parts, each of which may be a slip:

    which gradient it is built from      the right one, upstream left out, upstream untouched, ...
    where that was put                   in place, transposed, in another input's place, not summed, ...
    what it was multiplied with          1, −1, 2, ½, N, 1/N, ...

`SOURCES`, `PLACES` and the factors of `_factor` are the tables; a new slip is a row and a test.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import isclose
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradschool.check.compare import close
from gradschool.check.evidence import Answer, Draw
from gradschool.language import translate as _

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Finding:
    """What was recognised in one wrong number or array.

    mistakes : ids of the vocabulary, the most important first
    sentences : what it looks like, in the reader's language
    cost : how many slips it takes; of two that fit, the cheaper is told
    lender : the leaf whose gradient stands here in place of its own, or ""
    """

    mistakes: tuple[str, ...]
    sentences: tuple[str, ...]
    cost: float
    lender: str = ""


@dataclass(frozen=True)
class Suspect:
    """A wrong formula that learners are known to write, kept beside the exercise.

    mistake : the vocabulary's id that it is an instance of, or "wrong-value"
    formula : called with the inputs by name (and dout=, for a gradient); returns what the learner's function would:
        the whole answer, or a dict of leaf name to value where the slip touches only some
    says : one sentence that tells what it looks like and asks on; in English, the catalogue has the Korean
    """

    mistake: str
    formula: Callable[..., Any]
    says: str


@dataclass(frozen=True)
class Source:
    """Which gradients a candidate is built from: draw, leaf -> array, or None where it makes no sense."""

    mistakes: tuple[str, ...]
    build: Callable[[Draw, str], Array | None]
    says: Callable[[str], str] | None = None
    gradients_only: bool = True


@dataclass(frozen=True)
class Place:
    """How a built gradient was put into the answer: built, got -> the pair to compare, or None where it cannot be."""

    mistakes: tuple[str, ...]
    put: Callable[[Array, Array], Iterator[tuple[Array, Array]]]
    says: Callable[[str], str] | None = None
    cost: float = 1.0


# --- which gradient it is built from -----------------------------------------------------------------------------


def _right(draw: Draw, leaf: str) -> Array | None:
    return draw.want[leaf]


def _upstream_of(name: str, change: Callable[[Array], Array]) -> Callable[[Draw, str], Array | None]:
    def build(draw: Draw, leaf: str) -> Array | None:
        return draw.with_upstream(name, change)[leaf] if draw.pull_back else None

    return build


def _upstream_itself(draw: Draw, leaf: str) -> Array | None:
    if draw.dout is None:
        return None
    dout = np.asarray(draw.dout, dtype=np.float64)
    return np.full(draw.want[leaf].shape, float(dout)) if dout.ndim == 0 else dout


def _an_input(draw: Draw, leaf: str) -> Array | None:
    # an answer that is one of the inputs untouched: told only for values, a gradient may well be an input
    wanted = draw.want[leaf].shape
    for value in draw.inputs.values():
        if isinstance(value, float | np.ndarray) and np.shape(value) == wanted and draw.pull_back is None:
            array = np.asarray(value, dtype=np.float64)
            if np.all(close(array, draw.got[leaf])):
                return array
    return None


SOURCES = (
    Source((), _right, gradients_only=False),
    Source(
        ("missing-upstream",),
        _upstream_of("ones", np.ones_like),
        lambda leaf: _("It looks like the upstream gradient was left out of {leaf}.").format(leaf=leaf),
    ),
    Source(
        ("missing-local",),
        _upstream_itself,
        lambda leaf: _("It looks like {leaf} is the upstream gradient itself, without the gate's own.").format(
            leaf=leaf
        ),
    ),
    Source(
        ("wrong-value",),
        _upstream_of("squared", np.square),
        lambda leaf: _("It looks like the upstream gradient is multiplied into {leaf} twice.").format(leaf=leaf),
    ),
    Source(
        ("wrong-sign",),
        _upstream_of("absolute", np.abs),
        lambda leaf: _("It looks like {leaf} forgets the sign of the upstream gradient.").format(leaf=leaf),
    ),
    Source(
        ("wrong-value",),
        _an_input,
        lambda leaf: _("It looks like one of the arguments came back as it went in."),
        gradients_only=False,
    ),
)


# --- where it was put ---------------------------------------------------------------------------------------------


def _in_place(built: Array, got: Array) -> Iterator[tuple[Array, Array]]:
    if built.shape == got.shape:
        yield built, got


def _transposed(built: Array, got: Array) -> Iterator[tuple[Array, Array]]:
    if built.ndim == 2 and built.shape != (1, 1) and built.T.shape == got.shape:
        yield built.T, got


def _absolute(built: Array, got: Array) -> Iterator[tuple[Array, Array]]:
    if built.shape == got.shape and np.any(built < 0):
        yield np.abs(built), got


def _backwards(built: Array, got: Array) -> Iterator[tuple[Array, Array]]:
    if built.ndim == 1 and built.size > 1 and built.shape == got.shape:
        yield built[::-1], got


def _unsummed(built: Array, got: Array) -> Iterator[tuple[Array, Array]]:
    axes = range(got.ndim)
    for kept in chain.from_iterable(combinations(axes, n) for n in range(1, got.ndim + 1)):
        if all(got.shape[axis] == 1 for axis in kept):
            continue
        for keepdims in (False, True):
            summed = got.sum(axis=kept, keepdims=keepdims)
            if summed.shape == built.shape and got.shape != built.shape:
                yield built, summed


def _summed_away(built: Array, got: Array) -> Iterator[tuple[Array, Array]]:
    for axis in range(built.ndim):
        for keepdims in (False, True):
            summed = built.sum(axis=axis, keepdims=keepdims)
            if summed.shape == got.shape and got.shape != built.shape:
                yield summed, got


def _reshaped(built: Array, got: Array) -> Iterator[tuple[Array, Array]]:
    if built.size == got.size and built.shape != got.shape:
        yield built.ravel(), got.ravel()


PLACES = (
    Place((), _in_place, cost=0.0),
    Place(
        ("transposed",),
        _transposed,
        lambda leaf: _("It looks like {leaf} is transposed: rows stand where columns belong.").format(leaf=leaf),
    ),
    Place(
        ("not-summed",),
        _unsummed,
        lambda leaf: _("The numbers of {leaf} are there, one axis is kept that has to be summed.").format(leaf=leaf),
    ),
    Place(
        ("wrong-sign",),
        _absolute,
        lambda leaf: _("It looks like {leaf} has lost its minus signs.").format(leaf=leaf),
    ),
    Place(
        ("wrong-value",),
        _backwards,
        lambda leaf: _("The numbers of {leaf} are right and in the opposite order.").format(leaf=leaf),
    ),
    Place(
        ("wrong-shape",),
        _reshaped,
        lambda leaf: _("The numbers of {leaf} are right, only its shape is not.").format(leaf=leaf),
        cost=0.5,
    ),
    Place(
        ("wrong-shape",),
        _summed_away,
        lambda leaf: _("It looks like {leaf} was summed over an axis that has to stay.").format(leaf=leaf),
    ),
)


# --- the judgement ------------------------------------------------------------------------------------------------


def diagnose(
    draws: Sequence[Draw], leaf: str, suspects: Sequence[Suspect], suspected: Sequence[Sequence[Answer]]
) -> Finding:
    """Return the simplest hypothesis that fits this leaf on every draw; `wrong-value` where none does.

    draws : at least one; a pattern is believed from two on
    suspected : for each suspect, its answer for each draw (an empty dict where it has none)
    """
    shape_wrong = any(draw.got[leaf].shape != draw.want[leaf].shape for draw in draws)
    nothing = Finding(("wrong-shape",) if shape_wrong else ("wrong-value",), (), 99.0)
    if len(draws) < 2:
        return nothing
    found = [
        *_suspects(draws, leaf, suspects, suspected),
        *_constant(draws, leaf),
        *_built(draws, leaf),
        *_mask(draws, leaf),
        *_coarse(draws, leaf),
    ]
    return min(found, key=lambda finding: finding.cost, default=nothing)


def _suspects(
    draws: Sequence[Draw], leaf: str, suspects: Sequence[Suspect], suspected: Sequence[Sequence[Answer]]
) -> Iterator[Finding]:
    for suspect, answers in zip(suspects, suspected, strict=True):
        pairs = [(answer.get(leaf), draw.got[leaf]) for draw, answer in zip(draws, answers, strict=True)]
        if any(built is None or built.shape != got.shape for built, got in pairs):
            continue
        factor = _factor([(built, got) for built, got in pairs if built is not None], draws[0], exact=True)
        if factor == 1:
            yield Finding((suspect.mistake,), (_(suspect.says),), -1.0)
        elif factor == -1:
            yield Finding(
                (suspect.mistake, "wrong-sign"), (_(suspect.says), _("Besides, its sign is the other one.")), 1.5
            )


def _constant(draws: Sequence[Draw], leaf: str) -> Iterator[Finding]:
    first = draws[0]
    if any(draw.got[leaf].shape != first.got[leaf].shape for draw in draws):
        return
    if all(np.array_equal(draw.got[leaf], first.got[leaf]) for draw in draws) and not any(
        np.all(close(draw.want[leaf], first.want[leaf]))
        for draw in draws[1:]
        if draw.want[leaf].shape == first.want[leaf].shape
    ):
        if not np.any(first.got[leaf]):
            yield Finding(("wrong-value",), (_("{leaf} is 0 whatever goes in.").format(leaf=leaf),), 0.6)
        else:
            yield Finding(
                ("wrong-value",),
                (_("{leaf} is the same whatever goes in: where does it use the arguments?").format(leaf=leaf),),
                2.5,
            )


def _built(draws: Sequence[Draw], leaf: str) -> Iterator[Finding]:
    for source in SOURCES:
        if source.gradients_only and draws[0].pull_back is None:
            continue
        for lender in draws[0].want if source.mistakes != ("missing-local",) else (leaf,):
            built = [source.build(draw, lender) for draw in draws]
            if any(array is None for array in built):
                continue
            for place in PLACES:
                finding = _fit(draws, leaf, lender, source, place, [array for array in built if array is not None])
                if finding:
                    yield finding


def _fit(
    draws: Sequence[Draw], leaf: str, lender: str, source: Source, place: Place, built: Sequence[Array]
) -> Finding | None:
    ways = [list(place.put(array, draw.got[leaf])) for array, draw in zip(built, draws, strict=True)]
    for pairs in zip(*ways, strict=False):
        plain = not source.mistakes and not place.mistakes and lender == leaf
        factor = _factor(pairs, draws[0], exact=not plain)
        if factor is None or (plain and factor == 1):
            continue
        return _tell(draws[0], leaf, lender, source, place, factor)
    return None


def _tell(draw: Draw, leaf: str, lender: str, source: Source, place: Place, factor: float) -> Finding:
    mistakes, sentences = [*source.mistakes, *place.mistakes], []
    cost = len(source.mistakes) + place.cost
    if source.says:
        sentences.append(source.says(leaf))
    if place.says:
        sentences.append(place.says(leaf))
    if lender != leaf:
        cost += 1.25
        mistakes.insert(0, "swapped")
        sentences.insert(
            0, _("It looks like {leaf} holds the gradient that belongs to {lender}.").format(leaf=leaf, lender=lender)
        )
    if factor < 0:
        cost += 1
        mistakes.append("wrong-sign")
        sentences.append(_("It looks like the sign of {leaf} is the other one.").format(leaf=leaf))
    if abs(factor) != 1:
        cost += 1 if _nice(abs(factor), draw) else 1.5
        mistakes.append("wrong-factor")
        sentences.append(_factor_words(leaf, abs(factor), draw))
    specific = [mistake for mistake in dict.fromkeys(mistakes) if mistake != "wrong-value"]
    return Finding(tuple(specific) or ("wrong-value",), tuple(sentences), cost, lender if lender != leaf else "")


def _factor(pairs: Sequence[tuple[Array, Array]], draw: Draw, exact: bool) -> float | None:
    """Return the one constant c with got = c · built on every draw, or None.

    exact : only a constant that learners are known to lose or add, so that a compound is not read into chance
    """
    first, got = pairs[0]
    weight = float(np.sum(first * first))
    if weight == 0 or not np.isfinite(weight):
        return None
    factor = float(np.sum(first * got)) / weight
    if factor == 0 or not np.isfinite(factor):
        return None
    nice = next((each for each in _nice_factors(draw) if isclose(each, abs(factor), rel_tol=1e-7)), None)
    if nice is not None:
        factor = nice if factor > 0 else -nice
    elif exact:
        return None
    fits = all(np.all(close(got, factor * built, 1e-6, 1e-9 * abs(factor))) and np.any(built) for built, got in pairs)
    return factor if fits else None


def _nice_factors(draw: Draw) -> list[float]:
    numbers = {1.0, 2.0, 3.0, 4.0, 8.0, 10.0, *map(float, draw.sizes.values())}
    outputs = float(np.size(draw.dout)) if draw.dout is not None else 1.0
    numbers |= {outputs, 2 * outputs} | {2.0 * size for size in draw.sizes.values()}
    return sorted(numbers | {1 / number for number in numbers if number})


def _nice(factor: float, draw: Draw) -> bool:
    return factor in _nice_factors(draw)


def _factor_words(leaf: str, factor: float, draw: Draw) -> str:
    for size_name, size in draw.sizes.items():
        if size > 2 and isclose(factor, size):
            return _("{leaf} is {factor} times what is wanted, and {factor} is the size of {where}.").format(
                leaf=leaf, factor=size, where=size_name
            )
        if size > 2 and isclose(factor, 1 / size):
            return _("{leaf} is 1/{factor} of what is wanted, and {factor} is the size of {where}.").format(
                leaf=leaf, factor=size, where=size_name
            )
    return _("{leaf} is {factor} times what is wanted.").format(leaf=leaf, factor=f"{factor:.4g}")


def _mask(draws: Sequence[Draw], leaf: str) -> Iterator[Finding]:
    if draws[0].pull_back is None:
        return
    misplaced = False
    for draw in draws:
        got, want, dout = draw.got[leaf], draw.want[leaf], np.asarray(draw.dout, dtype=np.float64)
        if got.shape != want.shape or dout.shape != want.shape or np.any(dout == 0):
            return
        slopes, taken = want / dout, got / dout
        kinds = np.unique(np.round(slopes, 9))
        if kinds.size != 2 or not np.all(
            [np.any(np.isclose(kinds, slope, rtol=1e-6, atol=1e-9)) for slope in taken.ravel()]
        ):
            return
        misplaced |= bool(np.any(~close(taken, slopes)) and np.any(close(taken, slopes)))
    if misplaced:
        yield Finding(
            ("wrong-mask",),
            (
                _("Every entry of {leaf} has one of the right slopes, some of them in the wrong places.").format(
                    leaf=leaf
                ),
            ),
            1.0,
        )


def _coarse(draws: Sequence[Draw], leaf: str) -> Iterator[Finding]:
    for draw in draws:
        got, want = draw.got[leaf], draw.want[leaf]
        if got.shape != want.shape or np.any(np.abs(got - want) > 1e-2 * np.max(np.abs(want), initial=0.0)):
            return
    yield Finding(("low-accuracy",), (_("{leaf} is nearly right, to a few digits.").format(leaf=leaf),), 1.75)
