"""Circuits by name, by formula, or out of the learner's own `Value`."""

import re
from collections.abc import Callable
from html import unescape
from types import FunctionType
from typing import Any, Final

from gradschool.figures import trust
from gradschool.figures.circuits import value as values
from gradschool.figures.circuits.expression import parse
from gradschool.figures.circuits.graph import Circuit
from gradschool.figures.circuits.player import CircuitFigure, drawn_by_pair, lit_by_pair, probes
from gradschool.figures.frame import Note

#: The lecture's circuits: formula, and the inputs that it opens with in the order of the learner's functions.
_NAMED: Final[dict[str, tuple[str, dict[str, float]]]] = {
    "sum_times": ("q = x + y; f = q*z", {"x": -2.0, "y": 5.0, "z": -4.0}),
    "neuron": (
        "1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))",
        {"w0": 2.0, "x0": -1.0, "w1": -3.0, "x1": -2.0, "w2": -3.0},
    ),
    "sigmoid": ("1 / (1 + exp(-x))", {"x": 1.0}),
    "fan_out": ("(x + y) * max(x, y)", {"x": 3.0, "y": -1.0}),
}
_LEARNERS_NAME: Final = {"neuron": "neuron_graph"}


def circuit(
    expression: str,
    forward: Callable[..., Any] | None = None,
    backward: Callable[..., Any] | None = None,
    Value: Any = None,
    **inputs: float,
) -> CircuitFigure:
    """Show a computational graph, one gate forward at a time and then one gate backward.

    expression : "sum_times", "neuron", "sigmoid", "fan_out", or a formula such as "(a*b + 1)*a"
    forward, backward : the learner's pair; the inputs come in the order of the keywords
    Value : the learner's class, to draw every number instead of a pair
    inputs : the value that each input opens with; a named circuit brings the lecture's
    """
    formula, opening = _NAMED.get(expression, (expression, {}))
    opening = {**opening, **{name: float(value) for name, value in inputs.items()}}
    graph = parse(formula, tuple(opening))
    opening = {graph.nodes[i].name: opening.get(graph.nodes[i].name, 1.0) for i in graph.inputs}
    if Value is not None:
        values.refuse_foreign_gates(graph)
        return _by_class(graph, Value, opening)
    name = _LEARNERS_NAME.get(expression, expression if expression in _NAMED else "f")
    theirs = None if forward is None or backward is None else (forward, backward)
    pair = trust.BorrowedPair(
        f"{name}_forward",
        f"{name}_backward",
        theirs,
        lambda *at: graph.values(at)[-1],
        probes(opening),
    )
    return CircuitFigure(graph, opening, drawn_by_pair(graph, pair), [pair], lit_by_pair(graph, pair, theirs, opening))


def value_circuit(value: Any) -> CircuitFigure | Note:
    """Show the graph that the learner built out of `Value`; `Value.circuit = figures.value_circuit` makes it a method.

    value : the output of the graph, or a function of no arguments that builds it: where the class is not written yet, that
        costs a sentence
    """
    asked = trust.Borrowed("Value", lambda: None, lambda: None, [], lambda result: result)
    found = asked.call_learner(lambda: _discovered(value))
    if asked.problem:
        return Note(_NOT_BUILT, why=unescape(re.sub("<[^>]*>", "", trust.why(asked))))
    if isinstance(found, int):
        return Note(_TOO_LARGE, nodes=f"{found:,}")
    if not found.circuit.gates:
        return Note(_NO_GRAPH)
    opening = {found.circuit.nodes[i].name: found.numbers.values[i] for i in found.circuit.inputs}
    if found.known:
        return _by_class(found.circuit, found.made_by, opening)
    return CircuitFigure(found.circuit, opening, lambda _: found.numbers, [asked], sliders=False)


def _discovered(value: Any) -> Any:
    names = values.names_in_notebook()
    if isinstance(value, FunctionType):
        value, inner = values.built(value)
        names |= inner
    try:
        return values.discover(value, names)
    except values.TooLarge as error:
        return error.args[0]


def _by_class(graph: Circuit, Value: Any, opening: dict[str, float]) -> CircuitFigure:
    tried = [probe[1:] for probe in probes(opening)]
    borrowed = values.BorrowedValue(graph, Value, tried)
    light = values.ClassLight(graph, Value)
    return CircuitFigure(graph, opening, lambda at: borrowed.numbers(graph, at), [borrowed], light)


_TOO_LARGE: Final = {
    "en": "This graph has {nodes} values: it computes, but a picture holds forty at most. Build a smaller one to see it.",
    "ko": "이 그래프에는 값이 {nodes}개 있어요. 계산은 되지만 그림에는 마흔 개까지만 담을 수 있어요. 작은 그래프를 만들어 봐요.",
}
_NOT_BUILT: Final = {
    "en": "There is no graph to draw yet: {why}",
    "ko": "아직 그릴 그래프가 없어요. {why}",
}
_NO_GRAPH: Final = {
    "en": "There is no graph to draw here: no gate leads to this value, or Value does not remember what it was made of yet.",
    "ko": "그릴 그래프가 없어요. 이 값으로 이어지는 게이트가 없거나, Value가 아직 무엇으로 만들어졌는지 기억하지 않아요.",
}
