"""The slips that a check recognises by their numbers alone, one small object each: a name, a test, and the words for it.

`HYPOTHESES` is the table; a new slip is a row and a test. An answer may hold several slips, so a row is one of four kinds,
and `judgement` puts one of each kind together and holds the whole against every draw:

    Source    which gradient it is built from      upstream left out, taken at the output, ...
    Place     where that was put                   transposed, not summed, ...
    Scale     what it was multiplied with          a size in sight, 2, ½, ...
    Pattern   what has no gradient behind it       the same whatever goes in, nearly right, ...
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradschool.check.compare import close
from gradschool.check.evidence import Draw
from gradschool.language import message as N_

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Hypothesis:
    """One slip.

    name : what it is, in a few words; no two in the table are called alike
    mistakes : ids of the vocabulary, the most important first; () where nothing went wrong
    says : what it looks like, in English with {leaf} for the gradients it is true of; the catalogue has the Korean
    cost : how much has to be believed; of two that fit, the cheaper is told
    """

    name: str
    mistakes: tuple[str, ...] = ()
    says: str = ""
    cost: float = 1.0


@dataclass(frozen=True)
class Source(Hypothesis):
    """Which gradient a wrong answer is built from.

    build : draw, leaf -> array, or None where it makes no sense
    gradients_only : whether there has to be an upstream
    own : whether it makes sense for the leaf that it stands in alone, and not in another's place
    """

    build: Callable[[Draw, str], Array | None] = lambda draw, leaf: draw.want[leaf]
    gradients_only: bool = True
    own: bool = False


@dataclass(frozen=True)
class Place(Hypothesis):
    """How what was built was put into the answer.

    put : built, got -> the pairs of arrays that have to agree, none where it cannot be
    """

    put: Callable[[Array, Array], Iterator[tuple[Array, Array]]] = lambda built, got: iter(())


@dataclass(frozen=True)
class Scale(Hypothesis):
    """What an answer was multiplied with, or divided by: {factor} in `says`, and {where} it is to be seen.

    numbers : draw -> number above 1 to where it is to be seen
    says_divided : the words for one divided by it
    """

    numbers: Callable[[Draw], dict[float, str]] = lambda draw: {}
    says_divided: str = ""


@dataclass(frozen=True)
class Pattern(Hypothesis):
    """What can be told from the answers of all draws at once.

    fits : draws, leaf -> whether it holds on every one of them
    """

    fits: Callable[[Sequence[Draw], str], bool] = lambda draws, leaf: False


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


# --- which gradient it is built from -----------------------------------------------------------------------------


def _upstream(name: str, change: Callable[[Array], Array]) -> Callable[[Draw, str], Array | None]:
    return lambda draw, leaf: draw.with_upstream(name, change)[leaf]


def _upstream_itself(draw: Draw, leaf: str) -> Array | None:
    dout = np.asarray(draw.dout, dtype=np.float64)
    return np.full(draw.want[leaf].shape, float(dout)) if dout.ndim == 0 else dout


def _at_output(draw: Draw, leaf: str) -> Array | None:
    return _at(draw, leaf, draw.out) if draw.out is not None else None


def _at_upstream(draw: Draw, leaf: str) -> Array | None:
    # only where there is a mask: of slopes that are this or that, the upstream may choose the wrong ones
    slopes = _slopes(draw, leaf)
    return _at(draw, leaf, draw.dout) if slopes is not None and _two_kinds(slopes) is not None else None


def _at(draw: Draw, leaf: str, place: Any) -> Array | None:
    name = leaf.removeprefix("d")
    if name not in draw.inputs or np.shape(draw.inputs[name]) != np.shape(place):
        return None
    return draw.with_input(name, place).get(leaf)


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


# --- where it was put ---------------------------------------------------------------------------------------------

Pairs = Iterator[tuple[Array, Array]]


def _in_place(built: Array, got: Array) -> Pairs:
    if built.shape == got.shape:
        yield built, got


def _transposed(built: Array, got: Array) -> Pairs:
    if built.ndim == 2 and built.shape != (1, 1) and built.T.shape == got.shape:
        yield built.T, got


def _absolute(built: Array, got: Array) -> Pairs:
    if built.shape == got.shape and np.any(built < 0):
        yield np.abs(built), got


def _backwards(built: Array, got: Array) -> Pairs:
    if built.ndim == 1 and built.size > 1 and built.shape == got.shape:
        yield built[::-1], got


def _unsummed(built: Array, got: Array) -> Pairs:
    axes = range(got.ndim)
    for kept in chain.from_iterable(combinations(axes, n) for n in range(1, got.ndim + 1)):
        if all(got.shape[axis] == 1 for axis in kept):
            continue
        for keepdims in (False, True):
            summed = got.sum(axis=kept, keepdims=keepdims)
            if summed.shape == built.shape and got.shape != built.shape:
                yield built, summed


def _summed_away(built: Array, got: Array) -> Pairs:
    for axis in range(built.ndim):
        for keepdims in (False, True):
            summed = built.sum(axis=axis, keepdims=keepdims)
            if summed.shape == got.shape and got.shape != built.shape:
                yield summed, got


def _reshaped(built: Array, got: Array) -> Pairs:
    if built.size == got.size and built.shape != got.shape:
        yield built.ravel(), got.ravel()


# --- what it was multiplied with ----------------------------------------------------------------------------------


def _sizes(draw: Draw) -> dict[float, str]:
    # a size of two is no evidence: a two is lost and added for other reasons more often
    return {float(size): where for where, size in reversed(draw.sizes.items()) if size > 2}


def _small_numbers(draw: Draw) -> dict[float, str]:
    outputs = float(np.size(draw.dout)) if draw.dout is not None else 1.0
    twice = [2.0 * size for size in draw.sizes.values()]
    return {number: "" for number in (2.0, 3.0, 4.0, 8.0, 10.0, outputs, 2 * outputs, *twice) if number > 1}


# --- what has no gradient behind it -------------------------------------------------------------------------------


def _the_same(draws: Sequence[Draw], leaf: str) -> bool:
    """Whether the answer stays and what is wanted does not."""
    first = draws[0]
    return all(np.array_equal(draw.got[leaf], first.got[leaf]) for draw in draws) and not any(
        np.all(close(draw.want[leaf], first.want[leaf]))
        for draw in draws[1:]
        if draw.want[leaf].shape == first.want[leaf].shape
    )


def _zero(draws: Sequence[Draw], leaf: str) -> bool:
    return _the_same(draws, leaf) and not np.any(draws[0].got[leaf])


def _constant(draws: Sequence[Draw], leaf: str) -> bool:
    return _the_same(draws, leaf) and bool(np.any(draws[0].got[leaf]))


def _slopes(draw: Draw, leaf: str) -> Array | None:
    """Return what every entry of the upstream is to be multiplied with, where entries belong to each other."""
    want, dout = draw.want[leaf], np.asarray(draw.dout, dtype=np.float64)
    return want / dout if dout.shape == want.shape and np.all(dout != 0) else None


def _two_kinds(slopes: Array) -> Array | None:
    kinds = np.unique(np.round(slopes, 9))
    return kinds if kinds.size == 2 else None


def _masked(draws: Sequence[Draw], leaf: str) -> bool:
    misplaced = False
    for draw in draws:
        slopes = _slopes(draw, leaf) if draw.pull_back else None
        kinds = None if slopes is None else _two_kinds(slopes)
        if slopes is None or kinds is None or draw.got[leaf].shape != slopes.shape:
            return False
        taken = draw.got[leaf] / np.asarray(draw.dout, dtype=np.float64)
        if not np.all([np.any(np.isclose(kinds, slope, rtol=1e-6, atol=1e-9)) for slope in taken.ravel()]):
            return False
        misplaced |= bool(np.any(~close(taken, slopes)) and np.any(close(taken, slopes)))
    return misplaced


def _coarse(draws: Sequence[Draw], leaf: str) -> bool:
    off = []
    for draw in draws:
        got, want = draw.got[leaf], draw.want[leaf]
        if got.shape != want.shape:
            return False
        size = float(np.max(np.abs(want), initial=0.0))
        off.append(float(np.max(np.abs(got - want), initial=0.0)) / size if size else np.inf)
    return max(off) <= 1e-1 and float(np.median(off)) <= 1e-2


# --- the table ----------------------------------------------------------------------------------------------------

RIGHT = Source("right", build=lambda draw, leaf: draw.want[leaf], gradients_only=False, cost=0.0)
IN_PLACE = Place("in place", put=_in_place, cost=0.0)
WITHOUT_UPSTREAM = Source(
    "upstream left out",
    ("missing-upstream",),
    N_("It looks like the upstream gradient was left out of {leaf}."),
    build=_upstream("ones", np.ones_like),
)
ANY_NUMBER = Scale("any number", ("wrong-factor",), N_("{leaf} is {factor} times what is wanted."), cost=1.5)

HYPOTHESES: tuple[Hypothesis, ...] = (
    RIGHT,
    WITHOUT_UPSTREAM,
    Source(
        "local gradient left out",
        ("missing-local",),
        N_("It looks like {leaf} is the upstream gradient itself, without the gate's own."),
        build=_upstream_itself,
        own=True,
    ),
    Source(
        "upstream squared",
        ("wrong-value",),
        N_("It looks like the upstream gradient is multiplied into {leaf} twice."),
        build=_upstream("squared", np.square),
    ),
    Source(
        "upstream without its sign",
        ("wrong-sign",),
        N_("It looks like {leaf} forgets the sign of the upstream gradient."),
        build=_upstream("absolute", np.abs),
    ),
    Source(
        "taken at the output",
        ("wrong-value",),
        N_("The slope is taken at the output. At which number does the gate itself stand?"),
        build=_at_output,
        own=True,
    ),
    Source(
        "masked by the upstream",
        ("wrong-mask",),
        N_("The sign of the upstream gradient decides here. Who decides on which side of the bend an entry is?"),
        build=_at_upstream,
        own=True,
    ),
    Source(
        "an argument handed back",
        ("wrong-value",),
        N_("It looks like one of the arguments came back as it went in."),
        build=_an_input,
        gradients_only=False,
    ),
    IN_PLACE,
    Place(
        "transposed",
        ("transposed",),
        N_("It looks like {leaf} is transposed: rows stand where columns belong."),
        put=_transposed,
    ),
    Place(
        "not summed",
        ("not-summed",),
        N_("The numbers of {leaf} are there, one axis is kept that has to be summed."),
        put=_unsummed,
    ),
    Place(
        "without its signs",
        ("wrong-sign",),
        N_("It looks like {leaf} has lost its minus signs."),
        put=_absolute,
    ),
    Place(
        "in the opposite order",
        ("wrong-value",),
        N_("The numbers of {leaf} are right and in the opposite order."),
        put=_backwards,
    ),
    Place(
        "in another shape",
        ("wrong-shape",),
        N_("The numbers of {leaf} are right, only its shape is not."),
        cost=0.5,
        put=_reshaped,
    ),
    Place(
        "summed too much",
        ("wrong-shape",),
        N_("It looks like {leaf} was summed over an axis that has to stay."),
        put=_summed_away,
    ),
    Scale(
        "a size in sight",
        ("wrong-factor",),
        N_("{leaf} is {factor} times what is wanted, and {factor} is the size of {where}."),
        numbers=_sizes,
        says_divided=N_("{leaf} is 1/{factor} of what is wanted, and {factor} is the size of {where}."),
    ),
    Scale(
        "a small number",
        ("wrong-factor",),
        N_("{leaf} is {factor} times what is wanted."),
        numbers=_small_numbers,
        says_divided=N_("{leaf} is 1/{factor} of what is wanted."),
    ),
    ANY_NUMBER,
    Pattern("zero", ("wrong-value",), N_("{leaf} is 0 whatever goes in."), cost=0.6, fits=_zero),
    Pattern(
        "constant",
        ("wrong-value",),
        N_("{leaf} is the same whatever goes in: where does it use the arguments?"),
        cost=2.5,
        fits=_constant,
    ),
    Pattern(
        "masked elsewhere",
        ("wrong-mask",),
        N_("Every entry of {leaf} has one of the right slopes, some of them in the wrong places."),
        cost=1.1,
        fits=_masked,
    ),
    Pattern(
        "too coarse",
        ("low-accuracy",),
        N_("{leaf} is nearly right, to a few digits."),
        cost=1.75,
        fits=_coarse,
    ),
)


def of_kind(kind: type[Any]) -> Iterable[Any]:
    """Return the rows of one kind, in the table's order."""
    return [each for each in HYPOTHESES if isinstance(each, kind)]
