"""Checking a class that builds its own graph (`Value`): small programs are run on it and on a trusted twin.

The twin can also go wrong on purpose, the ways learners do, so that a wrong gradient is recognised by what it is.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np

from gradschool.check import evidence, report
from gradschool.check.calls import guarded
from gradschool.check.compare import Leaf, close, parts
from gradschool.check.core import Stopped, attempt, judged
from gradschool.check.judgement import diagnose
from gradschool.check.report import Report
from gradschool.check.sampling import rng
from gradschool.check.subjects import SUBJECTS
from gradschool.language import message as N_
from gradschool.language import translate as _

Program = Callable[..., Any]

_LONGEST_FORMULA = 80


@dataclass(frozen=True)
class Slips:
    """What a twin does wrong: nothing, by default.

    walk : the order in which gates hand back, a name of _WALKS
    overwrites : whether a share replaces what was there
    restarts : whether whoever gets a share sets its own gradient to 1, as the last one does
    """

    walk: str = "in order"
    overwrites: bool = False
    restarts: bool = False
    no_upstream: bool = False
    own_operand: bool = False
    divisor_sign: bool = False
    minus_as_plus: bool = False


class Twin:
    """A number that remembers what it was made of: the trusted `Value`."""

    __slots__ = ("data", "grad", "made_of", "slips")

    def __init__(self, data: float, slips: Slips, made_of: tuple[tuple["Twin", float], ...] = ()) -> None:
        self.data, self.grad, self.slips, self.made_of = data, 0.0, slips, made_of

    def _other(self, other: Any) -> "Twin":
        return other if isinstance(other, Twin) else Twin(float(other), self.slips)

    def __add__(self, other: Any) -> "Twin":
        other = self._other(other)
        return Twin(self.data + other.data, self.slips, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other: Any) -> "Twin":
        other = self._other(other)
        mine, others = (self.data, other.data) if self.slips.own_operand else (other.data, self.data)
        return Twin(self.data * other.data, self.slips, ((self, mine), (other, others)))

    def __neg__(self) -> "Twin":
        return Twin(-self.data, self.slips, ((self, 1.0 if self.slips.minus_as_plus else -1.0),))

    def __sub__(self, other: Any) -> "Twin":
        return self + (-self._other(other))

    def __rsub__(self, other: Any) -> "Twin":
        return self._other(other) - self

    def __truediv__(self, other: Any) -> "Twin":
        other = self._other(other)
        slope = (self.data if self.slips.divisor_sign else -self.data) / other.data**2
        return Twin(self.data / other.data, self.slips, ((self, 1 / other.data), (other, slope)))

    def __rtruediv__(self, other: Any) -> "Twin":
        return self._other(other) / self

    def exp(self) -> "Twin":
        """Return e to the power of this."""
        result = exp(self.data)
        return Twin(result, self.slips, ((self, result),))

    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self) -> None:
        """Set the gradient of everything that this was made of."""
        self.grad = 1.0
        for node, parent, local in _WALKS[self.slips.walk](self):
            share = local if self.slips.no_upstream else local * node.grad
            parent.grad = share if self.slips.overwrites else parent.grad + share
            if self.slips.restarts:
                parent.grad = 1.0


Edge = tuple[Twin, Twin, float]


def _in_order(last: Twin) -> Iterator[Edge]:
    for node in reversed(_lined_up(last, flipped=False)):
        for parent, local in node.made_of:
            yield node, parent, local


def _in_another_order(last: Twin) -> Iterator[Edge]:
    """Walk as right as `_in_order`, and with the shares of a value that is used twice the other way round."""
    for node in reversed(_lined_up(last, flipped=True)):
        for parent, local in reversed(node.made_of):
            yield node, parent, local


def _lined_up(last: Twin, *, flipped: bool) -> list[Twin]:
    order, seen, stack = [], set(), [(last, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            parents = node.made_of[::-1] if flipped else node.made_of
            stack.extend((parent, False) for parent, _local in parents)
    return order


# The walks of those who do not wait: each time a node is reached it hands on all it holds so far, again.


def _from_a_stack(last: Twin) -> Iterator[Edge]:
    stack = [last]
    while stack:
        node = stack.pop()
        for parent, local in node.made_of:
            yield node, parent, local
        stack.extend(parent for parent, _local in node.made_of)


def _from_a_queue(last: Twin) -> Iterator[Edge]:
    queue = deque([last])
    while queue:
        node = queue.popleft()
        for parent, local in node.made_of:
            yield node, parent, local
        queue.extend(parent for parent, _local in node.made_of)


def _by_recursion(last: Twin) -> Iterator[Edge]:
    # with a stack of its own: the graph may be deeper than Python calls
    stack = [(last, iter(last.made_of))]
    while stack:
        node, rest = stack[-1]
        for parent, local in rest:
            yield node, parent, local
            stack.append((parent, iter(parent.made_of)))
            break
        else:
            stack.pop()


_WALKS: dict[str, Callable[[Twin], Iterator[Edge]]] = {
    "in order": _in_order,
    "in another order": _in_another_order,
    "from a stack": _from_a_stack,
    "from a queue": _from_a_queue,
    "by recursion": _by_recursion,
}
_RESENDS = ("from a stack", "from a queue", "by recursion")


_SLIPS = (
    *(
        (
            "not-accumulated",
            Slips(walk=walk, overwrites=True),
            N_(
                "A value that is used twice keeps only what came back last. What should happen to what was there before?"
            ),
        )
        for walk in _WALKS
    ),
    *(
        (
            "wrong-value",
            Slips(walk=walk),
            N_(
                "A gate seems to hand back before all of its own gradient has arrived. In which order must gates take their turn?"
            ),
        )
        for walk in _RESENDS
    ),
    (
        "wrong-value",
        Slips(restarts=True),
        N_("Every .grad is 1. Who has to start with 1, how many times, and who sets it to 1 here?"),
    ),
    (
        "missing-upstream",
        Slips(no_upstream=True),
        N_(
            "Each gate hands back its local gradient alone. Where does the gradient that came back to the gate itself come in?"
        ),
    ),
    (
        "swapped",
        Slips(own_operand=True),
        N_("A product hands each factor its own value. What is the derivative of a·b with respect to a?"),
    ),
    (
        "wrong-sign",
        Slips(minus_as_plus=True),
        N_("Something subtracted gets its gradient with a plus. If b grows, what does a − b do?"),
    ),
    (
        "wrong-sign",
        Slips(divisor_sign=True),
        N_("What stands under a fraction gets its gradient with the other sign. If b grows, what does a / b do?"),
    ),
    (
        "not-accumulated",
        Slips(overwrites=True, own_operand=True),
        N_("A value used twice keeps only what came back last, and a product hands each factor its own value."),
    ),
)


def check_graph(name: str, value: Callable[[float], Any], program: Program, /, **numbers: float) -> None:
    """Run a program on the learner's class: first its .data, then the .grad of every input after .backward().

    value : the learner's class
    program : called with one object for each number; returns the object to go backward from
    Raises CheckFailed with the mistake named.
    """
    subject = SUBJECTS[name]

    def questions() -> str:
        _ask(subject.forward_name, value, program, numbers, times=1)
        return _("{function}: values and gradients right").format(function=subject.forward_name)

    judged(subject, name, questions)


def check_graph_twice(name: str, value: Callable[[float], Any], program: Program, /, **numbers: float) -> None:
    """Go backward twice, with every .grad set to 0 in between: the second time gives the same again.

    program : as in `check_graph`, but returns a list of every object it makes; the last is the one to go backward from
    Raises CheckFailed with the mistake named.
    """
    subject = SUBJECTS[name]

    def questions() -> str:
        _ask(subject.forward_name, value, program, numbers, times=2)
        return _("{function}: a second backward gives the same gradients").format(function=subject.forward_name)

    judged(subject, name, questions)


def _ask(name: str, value: Callable[[float], Any], program: Program, numbers: dict[str, float], times: int) -> None:
    got = attempt(name, lambda: _run(value, program, numbers, times), numbers)
    want = _twin_run(program, numbers, Slips())
    for labels, came, wanted in ((("out.data",), got[0], want[0]), (_grads(numbers), got[1], want[1])):
        wrong = [leaf for leaf in parts(labels, came, wanted) if leaf.problem]
        if wrong:
            raise Stopped(_explain(name, wrong, value, program, numbers, times))


class _Symbol:
    """A number that writes down what is done with it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __add__(self, other: Any) -> "_Symbol":
        return _written(self, "+", other)

    def __radd__(self, other: Any) -> "_Symbol":
        return _written(other, "+", self)

    def __mul__(self, other: Any) -> "_Symbol":
        return _written(self, "*", other)

    def __rmul__(self, other: Any) -> "_Symbol":
        return _written(other, "*", self)

    def __sub__(self, other: Any) -> "_Symbol":
        return _written(self, "-", other)

    def __rsub__(self, other: Any) -> "_Symbol":
        return _written(other, "-", self)

    def __truediv__(self, other: Any) -> "_Symbol":
        return _written(self, "/", other)

    def __rtruediv__(self, other: Any) -> "_Symbol":
        return _written(other, "/", self)

    def __neg__(self) -> "_Symbol":
        return _Symbol(f"(-{self.text})")

    def exp(self) -> "_Symbol":
        """Write exp(…)."""
        return _Symbol(f"exp({self.text})")


class _TooLong(Exception):
    """What a program computes is more than anybody reads."""


def _written(one: Any, sign: str, other: Any) -> _Symbol:
    left, right = (each.text if isinstance(each, _Symbol) else f"{each:g}" for each in (one, other))
    text = f"({left} {sign} {right})"
    if len(text) - 2 > _LONGEST_FORMULA:
        raise _TooLong
    return _Symbol(text)


def _formula(program: Program, numbers: dict[str, float]) -> str:
    """Return what a program computes, as it would be typed; "" where that is too long to read."""
    try:
        made = program(*map(_Symbol, numbers))
    except _TooLong:
        return ""
    text: str = (made[-1] if isinstance(made, list) else made).text
    return text[1:-1] if text.startswith("(") else text


def _grads(numbers: dict[str, float]) -> tuple[str, ...]:
    return tuple(f"{each}.grad" for each in numbers)


def _run(value: Callable[[float], Any], program: Program, numbers: dict[str, float], times: int) -> tuple[Any, Any]:
    def act() -> tuple[Any, Any]:
        inputs = [value(number) for number in numbers.values()]
        made = program(*inputs)
        every = [*inputs, *made] if isinstance(made, list) else [*inputs, made]
        out = every[-1]
        for time in range(times):
            if time:
                for each in every:
                    each.grad = 0.0
            out.backward()
        grads = [each.grad for each in inputs]
        return out.data, grads if len(grads) > 1 else grads[0]

    data, grads = guarded(act, lent=program)[0]
    return data, grads


def _twin_run(program: Program, numbers: dict[str, float], slips: Slips) -> tuple[float, Any]:
    inputs = [Twin(number, slips) for number in numbers.values()]
    made = program(*inputs)
    out = made[-1] if isinstance(made, list) else made
    out.backward()
    grads = [each.grad for each in inputs]
    return out.data, grads if len(grads) > 1 else grads[0]


def _explain(
    name: str,
    wrong: list[Leaf],
    value: Callable[[float], Any],
    program: Program,
    numbers: dict[str, float],
    times: int,
) -> Report:
    first = wrong[0]
    at = _("at {inputs}").format(inputs=report.where(numbers))
    formula = _formula(program, numbers)
    if formula:
        at = f"{formula}    {at}"
    title = _("{function}: {leaf} is wrong").format(function=name, leaf=first.name)
    if not isinstance(first.got, np.ndarray) or first.problem == "shape":
        return Report(
            title,
            ("wrong-type",),
            [at, _("yours: {got}    wanted: {want}").format(got=report.kind(first.got), want=_("a number"))],
        )
    facts = [
        at,
        _("yours {got}    expected {want}").format(got=report.number(first.got), want=report.number(first.want)),
    ]
    others = [leaf.name for leaf in wrong[1:]]
    if others:
        facts.append(_("wrong too: {names}").format(names=", ".join(others)))
    if first.problem == "finite":
        return Report(title, ("not-finite",), facts)
    if first.name == "out.data":
        return Report(title, ("wrong-value",), facts, [_("The value itself is wrong, before any gradient.")])
    if times > 1:
        return Report(
            title, ("unstable-result",), facts, [_("This is the second backward, all gradients set to 0 before it.")]
        )
    finding = _diagnosis([leaf.name for leaf in wrong], value, program, numbers)
    return Report(title, finding[0], facts, finding[1])


def _diagnosis(
    names: list[str], value: Callable[[float], Any], program: Program, numbers: dict[str, float]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    generator, draws = rng(23), []
    for number in range(5):
        drawn = numbers if not number else {key: evidence.vary(generator, each) for key, each in numbers.items()}
        draws.append(
            (
                drawn,
                _by_name(drawn, _run(value, program, drawn, 1)[1]),
                _by_name(drawn, _twin_run(program, drawn, Slips())[1]),
            )
        )
    for mistake, slips, says in _SLIPS:
        if all(_fits(got, _by_name(drawn, _twin_run(program, drawn, slips)[1])) for drawn, got, _want in draws):
            return (mistake,), (_(says),)
    evidence_draws = [evidence.Draw(drawn, got, want) for drawn, got, want in draws]
    found = {leaf: diagnose(evidence_draws, leaf) for leaf in names}
    mistakes = tuple(
        dict.fromkeys(each for finding in found.values() for each in finding.mistakes if each != "swapped")
    )
    specific = tuple(each for each in mistakes if each != "wrong-value")
    return specific or ("wrong-value",), tuple(
        dict.fromkeys(says(leaf) for leaf, finding in found.items() for says in finding.says)
    )


def _by_name(numbers: dict[str, float], grads: Any) -> evidence.Answer:
    every = grads if isinstance(grads, list) else [grads]
    return {name: np.asarray(grad, dtype=np.float64) for name, grad in zip(_grads(numbers), every, strict=True)}


def _fits(got: evidence.Answer, want: evidence.Answer) -> bool:
    return all(bool(np.all(close(got[name], want[name]))) for name in want)
