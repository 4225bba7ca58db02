"""Circuits by name, by formula, or out of the learner's own `Value`."""

from collections.abc import Callable
from typing import Any, Final

from gradschool.figures import trust
from gradschool.figures.circuits.expression import parse
from gradschool.figures.circuits.player import CircuitFigure, drawn_by_pair, lit_by_pair, probes

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
    **inputs: float,
) -> CircuitFigure:
    """Show a computational graph, one gate forward at a time and then one gate backward.

    expression : "sum_times", "neuron", "sigmoid", "fan_out", or a formula such as "(a*b + 1)*a"
    forward, backward : the learner's pair; the inputs come in the order of the keywords
    inputs : the value that each input opens with; a named circuit brings the lecture's
    """
    formula, opening = _NAMED.get(expression, (expression, {}))
    opening = {**opening, **{name: float(value) for name, value in inputs.items()}}
    graph = parse(formula, tuple(opening))
    opening = {graph.nodes[i].name: opening.get(graph.nodes[i].name, 1.0) for i in graph.inputs}
    name = _LEARNERS_NAME.get(expression, expression if expression in _NAMED else "f")
    theirs = None if forward is None or backward is None else (forward, backward)
    pair = trust.BorrowedPair(
        f"{name}_forward",
        f"{name}_backward",
        theirs,
        lambda *values: graph.values(values)[-1],
        probes(opening),
    )
    return CircuitFigure(graph, opening, drawn_by_pair(graph, pair), [pair], lit_by_pair(graph, pair, theirs, opening))
