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
Says = Callable[[str], str]


@dataclass(frozen=True)
class Finding:
    """What was recognised in one wrong number or array.

    mistakes : ids of the vocabulary, the most important first
    says : what it looks like: from the names of the leaves it is true of, a sentence in the reader's language
    cost : how many slips it takes; of two that fit, the cheaper is told
    slip : what the slip is; two leaves with one slip are told in one sentence
    lender : the leaf whose gradient stands here in place of its own, or ""
    """

    mistakes: tuple[str, ...]
    says: tuple[Says, ...]
    cost: float
    slip: tuple[object, ...] = ()
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
class Suspicion:
    """A suspect's answers to every draw, as they are or with a further slip.

    answers : for each draw leaf -> array; an empty dict where the formula has none
    """

    suspect: Suspect
    answers: Sequence[Answer]
    without_upstream: bool = False

    @property
    def mistakes(self) -> tuple[str, ...]:
        """Return the ids it stands for."""
        return (*(("missing-upstream",) if self.without_upstream else ()), self.suspect.mistake)

    @property
    def says(self) -> tuple[Says, ...]:
        """Return what it looks like."""
        told: Says = lambda _leaf: _(self.suspect.says)  # noqa: E731
        return (told, SOURCES[1].says) if self.without_upstream and SOURCES[1].says else (told,)


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
    if draw.pull_back is not None or draw.got[leaf].shape != wanted:
        return None
    for value in draw.inputs.values():
        if isinstance(value, float | np.ndarray) and np.shape(value) == wanted:
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


def explain(draws: Sequence[Draw], leaves: Sequence[str], suspicions: Sequence[Suspicion]) -> dict[str, Finding]:
    """Return for every wrong leaf the hypothesis that is told: one slip that explains them all before several.

    draws : at least one; a pattern is believed from two on
    """
    every = {leaf: sorted(_candidates(draws, leaf, suspicions), key=lambda finding: finding.cost) for leaf in leaves}
    apart = {leaf: found[0] if found else _nothing(draws, leaf) for leaf, found in every.items()}
    ways = [apart, *_exchanges(every)]
    for slip in {finding.slip for finding in every[leaves[0]]}:
        same = {leaf: [each for each in found if each.slip == slip] for leaf, found in every.items()}
        if all(same.values()):
            ways.append({leaf: found[0] for leaf, found in same.items()})
    return min(ways, key=_told)


def diagnose(draws: Sequence[Draw], leaf: str, suspicions: Sequence[Suspicion] = ()) -> Finding:
    """Return the simplest hypothesis that fits one leaf on every draw; `wrong-value` where none does."""
    return explain(draws, [leaf], suspicions)[leaf]


def _told(way: dict[str, Finding]) -> tuple[float, float]:
    """How much has to be told: each slip once, an exchange once altogether; of two alike, the cheaper."""
    slips = {"exchange" if finding.lender else finding.slip: finding.cost for finding in way.values()}
    unexplained = sum(finding.cost >= _UNEXPLAINED for finding in way.values())
    return unexplained * _UNEXPLAINED + len(slips), sum(slips.values())


def _exchanges(every: dict[str, list[Finding]]) -> Iterator[dict[str, Finding]]:
    way = {leaf: next((each for each in found if each.lender), None) for leaf, found in every.items()}
    lent = {leaf: finding for leaf, finding in way.items() if finding}
    if len(lent) > 1 and {finding.lender for finding in lent.values()} == set(every):
        yield lent


_UNEXPLAINED = 99.0


def _nothing(draws: Sequence[Draw], leaf: str) -> Finding:
    shape_wrong = any(draw.got[leaf].shape != draw.want[leaf].shape for draw in draws)
    return Finding(("wrong-shape",) if shape_wrong else ("wrong-value",), (), _UNEXPLAINED)


def _candidates(draws: Sequence[Draw], leaf: str, suspicions: Sequence[Suspicion]) -> Iterator[Finding]:
    if len(draws) < 2:
        return
    for suspicion in suspicions:
        yield from _suspected(draws, leaf, suspicion)
    yield from _constant(draws, leaf)
    yield from _built(draws, leaf)
    yield from _mask(draws, leaf)
    yield from _coarse(draws, leaf)


def _suspected(draws: Sequence[Draw], leaf: str, suspicion: Suspicion) -> Iterator[Finding]:
    built = [answer.get(leaf) for answer in suspicion.answers]
    if any(array is None for array in built):
        return
    arrays = [array for array in built if array is not None]
    # where the formula gives what is right, it is not what went wrong
    if all(
        array.shape == draw.want[leaf].shape and np.all(close(array, draw.want[leaf]))
        for array, draw in zip(arrays, draws, strict=True)
    ):
        return
    for place in PLACES[:2]:
        ways = [list(place.put(array, draw.got[leaf])) for array, draw in zip(arrays, draws, strict=True)]
        for pairs in zip(*ways, strict=False):
            factor = _factor(pairs, draws[0], exact=True)
            if factor is None:
                continue
            mistakes, says, extra = _scaled(draws[0], factor)
            more = (place.says,) if place.says else ()
            cost = -1.0 + 2.5 * (suspicion.without_upstream + bool(place.mistakes) + extra)
            yield Finding(
                (*suspicion.mistakes, *place.mistakes, *mistakes),
                (*suspicion.says, *more, *says),
                cost,
                (suspicion.suspect, suspicion.without_upstream, place.mistakes, factor),
            )
            return


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
            yield Finding(
                ("wrong-value",), (lambda leaf: _("{leaf} is 0 whatever goes in.").format(leaf=leaf),), 0.6, ("zero",)
            )
        else:
            yield Finding(
                ("wrong-value",),
                (
                    lambda leaf: _("{leaf} is the same whatever goes in: where does it use the arguments?").format(
                        leaf=leaf
                    ),
                ),
                2.5,
                ("constant",),
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
    mistakes, says, extra = _scaled(draw, factor)
    mistakes = (*source.mistakes, *place.mistakes, *mistakes)
    says = (*((source.says,) if source.says else ()), *((place.says,) if place.says else ()), *says)
    cost = len(source.mistakes) + place.cost + extra
    borrowed = lender if lender != leaf else ""
    if borrowed:
        cost += 1.25
        mistakes = ("swapped", *mistakes)
        borrows: Says = lambda leaf: _("It looks like {leaf} holds the gradient that belongs to {lender}.").format(  # noqa: E731
            leaf=leaf, lender=borrowed
        )
        says = (borrows, *says)
    specific = tuple(mistake for mistake in dict.fromkeys(mistakes) if mistake != "wrong-value")
    slip = (source.mistakes, place.mistakes, factor, borrowed)
    return Finding(specific or ("wrong-value",), says, cost, slip, borrowed)


def _scaled(draw: Draw, factor: float) -> tuple[tuple[str, ...], tuple[Says, ...], float]:
    """What a constant factor tells: mistakes, sentences, how many slips more."""
    mistakes: tuple[str, ...] = ()
    says: tuple[Says, ...] = ()
    cost = 0.0
    if factor < 0:
        cost += 1
        mistakes += ("wrong-sign",)
        says += (lambda leaf: _("It looks like the sign of {leaf} is the other one.").format(leaf=leaf),)
    if abs(factor) != 1:
        cost += 1 if _nice(abs(factor), draw) else 1.5
        mistakes += ("wrong-factor",)
        says += (lambda leaf: _factor_words(leaf, abs(factor), draw),)
    return mistakes, says, cost


def _factor(pairs: Sequence[tuple[Array, Array]], draw: Draw, exact: bool) -> float | None:
    """Return the one constant c with got = c · built on every draw, or None.

    exact : only a constant that learners are known to lose or add, so that a compound is not read into chance
    """
    if all(bool(np.all(close(got, built))) for built, got in pairs):
        # zeros on some draws are nothing against it, as long as something stands on others
        return 1.0 if sum(bool(np.any(built)) for built, _got in pairs) > 1 else None
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
        says: Says = lambda leaf: _(  # noqa: E731
            "Every entry of {leaf} has one of the right slopes, some of them in the wrong places."
        ).format(leaf=leaf)
        yield Finding(("wrong-mask",), (says,), 1.0, ("mask",))


def _coarse(draws: Sequence[Draw], leaf: str) -> Iterator[Finding]:
    off = []
    for draw in draws:
        got, want = draw.got[leaf], draw.want[leaf]
        if got.shape != want.shape:
            return
        size = float(np.max(np.abs(want), initial=0.0))
        off.append(float(np.max(np.abs(got - want), initial=0.0)) / size if size else np.inf)
    if max(off) <= 1e-1 and float(np.median(off)) <= 1e-2:
        says: Says = lambda leaf: _("{leaf} is nearly right, to a few digits.").format(leaf=leaf)  # noqa: E731
        yield Finding(("low-accuracy",), (says,), 1.75, ("coarse",))
