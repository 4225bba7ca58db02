"""From wrong numbers to the mistake that makes such numbers: rows of the table put together and held against every draw.

A hypothesis is believed only when it fits every draw tightly, and told only when no simpler one does.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import isclose

import numpy as np

from gradschool.check.compare import close
from gradschool.check.evidence import Answer, Draw
from gradschool.check.hypotheses import (
    ANY_NUMBER,
    IN_PLACE,
    RIGHT,
    WITHOUT_UPSTREAM,
    Array,
    Hypothesis,
    Pattern,
    Place,
    Scale,
    Source,
    Suspect,
    of_kind,
)
from gradschool.language import translate as _

Says = Callable[[str], str]

_UNEXPLAINED = 99.0


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
        return (*(WITHOUT_UPSTREAM.mistakes if self.without_upstream else ()), self.suspect.mistake)

    @property
    def says(self) -> tuple[Says, ...]:
        """Return what it looks like."""
        told: Says = lambda _leaf: _(self.suspect.says)  # noqa: E731
        return (told, *(_words(WITHOUT_UPSTREAM) if self.without_upstream else ()))


def explain(draws: Sequence[Draw], leaves: Sequence[str], suspicions: Sequence[Suspicion]) -> dict[str, Finding]:
    """Return for every wrong leaf the hypothesis that is told: one slip that explains them all before several.

    draws : at least one; a pattern is believed from two on
    """
    every = {leaf: sorted(_candidates(draws, leaf, suspicions), key=lambda finding: finding.cost) for leaf in leaves}
    apart = {leaf: found[0] if found else _nothing(draws, leaf) for leaf, found in every.items()}
    ways = [apart, *_exchanges(every)]
    for slip in dict.fromkeys(finding.slip for finding in every[leaves[0]]):
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


def _nothing(draws: Sequence[Draw], leaf: str) -> Finding:
    shape_wrong = any(draw.got[leaf].shape != draw.want[leaf].shape for draw in draws)
    return Finding(("wrong-shape",) if shape_wrong else ("wrong-value",), (), _UNEXPLAINED)


def _words(hypothesis: Hypothesis) -> tuple[Says, ...]:
    return (lambda leaf: _(hypothesis.says).format(leaf=leaf),) if hypothesis.says else ()


# --- what fits one leaf -------------------------------------------------------------------------------------------


def _candidates(draws: Sequence[Draw], leaf: str, suspicions: Sequence[Suspicion]) -> Iterator[Finding]:
    if len(draws) < 2:
        return
    for suspicion in suspicions:
        yield from _suspected(draws, leaf, suspicion)
    for pattern in of_kind(Pattern):
        if pattern.fits(draws, leaf):
            yield Finding(pattern.mistakes, _words(pattern), pattern.cost, (pattern.name,))
    for source in of_kind(Source):
        if not (source.gradients_only and draws[0].pull_back is None):
            yield from _built(draws, leaf, source)


def _suspected(draws: Sequence[Draw], leaf: str, suspicion: Suspicion) -> Iterator[Finding]:
    built = [answer.get(leaf) for answer in suspicion.answers]
    arrays = [array for array in built if array is not None]
    # where the formula gives what is right, it is not what went wrong
    if len(arrays) < len(built) or all(
        array.shape == draw.want[leaf].shape and np.all(close(array, draw.want[leaf]))
        for array, draw in zip(arrays, draws, strict=True)
    ):
        return
    for place in (each for each in of_kind(Place) if each.name in ("in place", "transposed")):
        for pairs in _put(draws, leaf, place, arrays):
            factor = _factor(pairs, draws[0], exact=True)
            if factor is None:
                continue
            mistakes, says, extra = _scaled(draws[0], factor)
            cost = -1.0 + 2.5 * (suspicion.without_upstream + bool(place.mistakes) + extra)
            yield Finding(
                (*suspicion.mistakes, *place.mistakes, *mistakes),
                (*suspicion.says, *_words(place), *says),
                cost,
                (suspicion.suspect, suspicion.without_upstream, place.name, factor),
            )
            return


def _built(draws: Sequence[Draw], leaf: str, source: Source) -> Iterator[Finding]:
    for lender in (leaf,) if source.own else draws[0].want:
        built = [source.build(draw, lender) for draw in draws]
        arrays = [array for array in built if array is not None]
        if len(arrays) < len(built):
            continue
        for place in of_kind(Place):
            plain = source is RIGHT and place is IN_PLACE and lender == leaf
            for pairs in _put(draws, leaf, place, arrays):
                factor = _factor(pairs, draws[0], exact=not plain)
                if factor is not None and not (plain and factor == 1):
                    yield _tell(draws[0], leaf, lender, source, place, factor)
                    break


def _put(
    draws: Sequence[Draw], leaf: str, place: Place, built: Sequence[Array]
) -> Iterator[tuple[tuple[Array, Array], ...]]:
    ways = [list(place.put(array, draw.got[leaf])) for array, draw in zip(built, draws, strict=True)]
    return zip(*ways, strict=False)


def _tell(draw: Draw, leaf: str, lender: str, source: Source, place: Place, factor: float) -> Finding:
    scaled, says_scaled, extra = _scaled(draw, factor)
    mistakes = (*source.mistakes, *place.mistakes, *scaled)
    says = (*_words(source), *_words(place), *says_scaled)
    cost = source.cost + place.cost + extra
    borrowed = lender if lender != leaf else ""
    if borrowed:
        cost += 1.25
        mistakes = ("swapped", *mistakes)
        borrows: Says = lambda leaf: _("It looks like {leaf} holds the gradient that belongs to {lender}.").format(  # noqa: E731
            leaf=leaf, lender=borrowed
        )
        says = (borrows, *says)
    specific = tuple(mistake for mistake in dict.fromkeys(mistakes) if mistake != "wrong-value")
    return Finding(specific or ("wrong-value",), says, cost, (source.name, place.name, factor, borrowed), borrowed)


# --- factors ------------------------------------------------------------------------------------------------------


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
    known = [1.0, *(number for scale in of_kind(Scale) for number in scale.numbers(draw))]
    usual = [each for number in known for each in (number, 1 / number) if isclose(each, abs(factor), rel_tol=1e-7)]
    if usual:
        factor = usual[0] if factor > 0 else -usual[0]
    elif exact:
        return None
    fits = all(np.all(close(got, factor * built, 1e-6, 1e-9 * abs(factor))) and np.any(built) for built, got in pairs)
    return factor if fits else None


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
        scale, words, shown, where = _times(abs(factor), draw)
        cost += scale.cost
        mistakes += scale.mistakes
        says += (lambda leaf: _(words).format(leaf=leaf, factor=shown, where=where),)
    return mistakes, says, cost


def _times(factor: float, draw: Draw) -> tuple[Scale, str, str, str]:
    """Return the row that tells a factor, its words, and the number and the place that they speak of."""
    for scale in of_kind(Scale):
        for number, where in scale.numbers(draw).items():
            for words, told in ((scale.says, number), (scale.says_divided, 1 / number)):
                if isclose(told, factor):
                    return scale, words, f"{number:.4g}", where
    return ANY_NUMBER, ANY_NUMBER.says, f"{factor:.4g}", ""
