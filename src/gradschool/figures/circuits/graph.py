"""A computational graph of scalar gates: what it computes, and the gradient on each of its edges.

A gate knows its forward function alone. Local gradients are measured with `numeric`, so nothing here can be copied
into an exercise, and nothing here can be wrong in the same way as an answer.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gradschool import numeric, reference


@dataclass(frozen=True)
class Gate:
    """An operation: what stands in its circle, and what it computes from its inputs' values."""

    kind: str
    symbol: str
    forward: Callable[..., float]
    constant: float | None = None


@dataclass(frozen=True)
class Node:
    """An input (no gate) or the output of a gate; `sources` are the nodes that it reads, by position."""

    name: str
    gate: Gate | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class Edge:
    """Data flowing from a node into one input of another."""

    source: int
    target: int
    slot: int


@dataclass(frozen=True)
class Numbers:
    """Everything that a circuit carries at one setting of its inputs.

    values : of every node
    locals : of every edge, ∂target/∂source at that input
    passed : of every edge, local × upstream
    totals : of every node, the sum over the edges that leave it (1 at the output)
    """

    values: tuple[float, ...]
    locals: Mapping[Edge, float]
    passed: Mapping[Edge, float]
    totals: tuple[float, ...]


@dataclass(frozen=True)
class Circuit:
    """Nodes in an order in which each comes after its sources; the last is the output."""

    nodes: tuple[Node, ...]

    @property
    def output(self) -> int:
        """The node whose gradient is wanted."""
        return len(self.nodes) - 1

    @property
    def inputs(self) -> tuple[int, ...]:
        """The nodes that no gate computes."""
        return tuple(i for i, node in enumerate(self.nodes) if node.gate is None)

    @property
    def gates(self) -> tuple[int, ...]:
        """The nodes that a gate computes, in the order of the forward pass."""
        return tuple(i for i, node in enumerate(self.nodes) if node.gate is not None)

    def edges(self) -> list[Edge]:
        """Return every edge, by target and then by slot."""
        return [Edge(s, t, slot) for t, node in enumerate(self.nodes) for slot, s in enumerate(node.sources)]

    def into(self, target: int) -> list[Edge]:
        """Return the edges that end in a node."""
        return [Edge(s, target, slot) for slot, s in enumerate(self.nodes[target].sources)]

    def out_of(self, source: int) -> list[Edge]:
        """Return the edges that leave a node."""
        return [edge for edge in self.edges() if edge.source == source]

    def values(self, inputs: Sequence[float]) -> tuple[float, ...]:
        """Run forward; nan where a gate has no value."""
        given = dict(zip(self.inputs, inputs, strict=True))
        values: list[float] = []
        for i, node in enumerate(self.nodes):
            values.append(given[i] if node.gate is None else apply(node.gate, [values[s] for s in node.sources]))
        return tuple(values)

    def numbers(self, inputs: Sequence[float], upstream: float = 1.0) -> Numbers:
        """Run forward and backward."""
        values = self.values(inputs)
        totals = [0.0] * len(self.nodes)
        totals[self.output] = upstream
        local: dict[Edge, float] = {}
        passed: dict[Edge, float] = {}
        for target in reversed(self.gates):
            for edge in self.into(target):
                local[edge] = self._local(edge, values)
                passed[edge] = local[edge] * totals[target]
                totals[edge.source] += passed[edge]
        return Numbers(values, local, passed, tuple(totals))

    def _local(self, edge: Edge, values: Sequence[float]) -> float:
        node = self.nodes[edge.target]
        assert node.gate is not None
        gate = node.gate
        if not math.isfinite(values[edge.target]):
            return math.nan
        at = [values[s] for s in node.sources]

        def alone(x: float) -> float:
            return apply(gate, [*at[: edge.slot], x, *at[edge.slot + 1 :]])

        slope = numeric.derivative(alone, at[edge.slot])
        # the last digits of a measured slope are noise: 1 must read as 1
        return 0.0 if abs(slope) <= 1e-10 else float(f"{slope:.9g}")


def apply(gate: Gate, values: Sequence[float]) -> float:
    """Return a gate's value, nan where it has none."""
    try:
        return float(gate.forward(*values))
    except (ArithmeticError, ValueError):
        return math.nan


def _relu(x: float) -> float:
    return max(0.0, x)


ADD = Gate("add", "+", reference.add)
MUL = Gate("mul", "×", reference.mul)
MAX = Gate("max", "max", reference.maximum)
EXP = Gate("exp", "exp", reference.exponential)
RECIPROCAL = Gate("reciprocal", "1/x", reference.reciprocal)
SIGMOID = Gate("sigmoid", "σ", reference.sigmoid_gate)
RELU = Gate("relu", "ReLU", _relu)
TANH = Gate("tanh", "tanh", math.tanh)
LOG = Gate("log", "log", math.log)


def shift_gate(c: float) -> Gate:
    """Return the gate c + x."""
    return Gate("shift", f"{'+' if c >= 0 else '−'}{abs(c):.3g}", lambda x: reference.shift(x, c), c)


def scale_gate(a: float) -> Gate:
    """Return the gate a·x."""
    return Gate("scale", f"×{'−' if a < 0 else ''}{abs(a):.3g}", lambda x: reference.scale(x, a), a)


def power_gate(n: float) -> Gate:
    """Return the gate xⁿ."""
    return Gate("power", f"x{raised(n)}", lambda x: x**n, n)


def raised(n: float) -> str:
    """Write an exponent in one line of text."""
    return {2.0: "²", 3.0: "³"}.get(n, f"^{n:.3g}")


def unknown_gate(arity: int) -> Gate:
    """Return a gate whose operation nobody could tell: it has no value of its own."""
    return Gate("unknown", "?", lambda *_: math.nan, float(arity))
