"""Circuits out of the learner's own `Value`: every number on them is one that the class computed.

Nothing is assumed of the class but what the exercise asks for: `.data`, `.grad`, the operators, `.exp()`, `.backward()`.
How it remembers its parents is the learner's affair; they are looked for wherever an object can hold others.
"""

import inspect
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import dedent
from types import FrameType, FunctionType
from typing import Any, Final

from gradschool.errors import GradschoolError
from gradschool.figures import trust
from gradschool.figures.circuits import graph
from gradschool.figures.circuits.graph import Circuit, Gate, Node, Numbers

_LARGEST: Final = 40
_CLOSE: Final = 1e-9

SUB: Final = Gate("sub", "−", lambda x, y: x - y)
DIV: Final = Gate("div", "÷", lambda x, y: x / y)

_METHOD: Final = {
    "add": "__add__", "mul": "__mul__", "shift": "__add__", "scale": "__mul__", "exp": "exp",
    "reciprocal": "__rtruediv__", "sub": "__sub__", "div": "__truediv__", "power": "__mul__",
}  # fmt: skip


def compute(circuit: Circuit, value: Any, inputs: Sequence[float]) -> tuple[list[float], list[float]]:
    """Run a circuit with the learner's class, forward and backward; return every node's data and grad."""
    given = iter(inputs)
    made: list[Any] = []
    for node in circuit.nodes:
        sources = [made[s] for s in node.sources]
        made.append(value(next(given)) if node.gate is None else _operate(node.gate, sources))
    made[-1].backward()
    return [trust.real(v.data) for v in made], [trust.real(v.grad) for v in made]


def _operate(gate: Gate, sources: Sequence[Any]) -> Any:
    first, last, c = sources[0], sources[-1], gate.constant
    match gate.kind:
        case "add":
            return first + last
        case "mul":
            return first * last
        case "sub":
            return first - last
        case "div":
            return first / last
        case "exp":
            return first.exp()
        case "reciprocal":
            return 1 / first
        case "shift":
            return c + first
        case "scale":
            return -first if c == -1 else c * first
        case "power" if c == 2:
            return first * first
    raise GradschoolError(f"Value has no {gate.kind}: use + - * / and exp()")


def refuse_foreign_gates(circuit: Circuit) -> None:
    """Raise GradschoolError where a circuit has a gate that `Value` is not asked to have."""
    for node in circuit.nodes:
        if node.gate is not None and node.gate.kind not in _METHOD:
            raise GradschoolError(f"Value has no {node.gate.kind}: use + - * / and exp()")


class BorrowedValue(trust.Borrowed):
    """The learner's class, drawing a circuit once its data and gradients are right: inputs -> (data, gradients)."""

    def __init__(self, circuit: Circuit, value: Any, probes: Sequence[tuple[float, ...]]) -> None:
        def reference(*inputs: float) -> tuple[Any, Any]:
            numbers = circuit.numbers(inputs)
            return list(numbers.values), list(numbers.totals)

        theirs = None if value is None else lambda *inputs: compute(circuit, value, inputs)
        super().__init__("Value", theirs, reference, probes, lambda result, *_: tuple(result))

    def numbers(self, circuit: Circuit, inputs: Sequence[float]) -> Numbers:
        """Return the circuit's numbers, the learner's as long as the class behaves."""
        data, grad = self(*inputs)
        passed = circuit.numbers(inputs)
        local = passed.locals
        handed = {edge: local[edge] * grad[edge.target] for edge in local}
        return Numbers(tuple(data), local, handed, tuple(grad))


@dataclass(frozen=True)
class ClassLight:
    """The method of the learner's class that made a gate."""

    circuit: Circuit
    value: Any

    def html(self, lit: int | None, backward: bool) -> str:
        """Return the method's source as HTML, empty where there is none to show."""
        gate = None if lit is None else self.circuit.nodes[lit].gate
        name = "backward" if gate is None else _METHOD.get(gate.kind, "")
        if gate is not None and gate.kind == "scale" and gate.constant == -1:
            name = "__neg__"
        try:
            source = dedent(inspect.getsource(getattr(self.value, name)))
        except (OSError, TypeError, AttributeError):
            return ""
        return f'<pre class="gs-code">{escape(source)}</pre>'


# --- a graph that is there already -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """A learner's graph: the circuit, its numbers as they stand, whether every gate was recognised, and whose class it is."""

    circuit: Circuit
    numbers: Numbers
    known: bool
    made_by: type


class TooLarge(Exception):
    """More nodes than a picture holds; its first argument says how many."""


def discover(value: Any, names: Mapping[int, str]) -> Found:
    """Find the graph that leads to a value.

    names : by id(), what the learner calls an object
    """
    order = _in_order(value)
    if len(order) > _LARGEST:
        raise TooLarge(len(order))
    leaves = [v for v in order if not _parents(v)]
    order = leaves + [v for v in order if _parents(v)]
    index = {id(v): i for i, v in enumerate(order)}
    nodes = []
    for i, v in enumerate(order):
        parents = _parents(v)
        gate, sources = _recognised(v, parents) if parents else (None, [])
        name = names.get(id(v)) or (f"x{i + 1}" if gate is None else f"q{i + 1 - len(leaves)}")
        nodes.append(Node(name, gate, tuple(index[id(s)] for s in sources)))
    circuit = Circuit(tuple(nodes))
    known = all(node.gate is None or node.gate.kind != "unknown" for node in nodes)
    return Found(circuit, _as_it_stands(circuit, order), known, type(value))


def _as_it_stands(circuit: Circuit, order: Sequence[Any]) -> Numbers:
    data, grad = [trust.real(v.data) for v in order], [trust.real(v.grad) for v in order]
    local = circuit.numbers([data[i] for i in circuit.inputs]).locals
    return Numbers(tuple(data), local, {e: local[e] * grad[e.target] for e in local}, tuple(grad))


def names_in_notebook() -> dict[int, str]:
    """Return what the notebook calls its objects, by id()."""
    main = sys.modules.get("__main__")
    return {id(v): name for name, v in vars(main).items() if not name.startswith("_")} if main else {}


def built(build: FunctionType) -> tuple[Any, dict[int, str]]:
    """Call a learner's function; return what it builds, and what it calls the things inside, by id()."""
    names: dict[int, str] = {}

    def watch(frame: FrameType, event: str, _: Any) -> None:
        if event == "return" and frame.f_code is build.__code__:
            names.update({id(v): name for name, v in frame.f_locals.items()})

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        return build(), names
    finally:
        sys.setprofile(before)


def _in_order(value: Any) -> list[Any]:
    """Return a value and all that leads to it, each after its parents; stops soon after it got too large."""
    order: list[Any] = []
    done: set[int] = set()
    stack = [(value, False)]
    while stack:
        v, ready = stack.pop()
        if ready:
            order.append(v)
        elif id(v) not in done:
            done.add(id(v))
            stack.append((v, True))
            stack += [(p, False) for p in reversed(_parents(v))]
    return order


def _parents(value: Any) -> list[Any]:
    """Return the objects of the same class that a value holds, itself excepted, as often as it holds them.

    A collection tells all of them; else single attributes do; else what a function among the attributes has closed over.
    """
    attributes = _attributes(value)
    for held in attributes:
        if isinstance(held, tuple | list | set | frozenset | dict) and (found := _others(held, value)):
            return found
    for kinds in ((type(value),), (FunctionType,)):
        single = [other for held in attributes if isinstance(held, kinds) for other in _others(held, value)]
        if single:
            return single
    return []


def _others(held: Any, value: Any) -> list[Any]:
    return [other for other in _held(held, type(value)) if other is not value]


def _attributes(value: Any) -> list[Any]:
    slots = [name for c in type(value).__mro__ for name in getattr(c, "__slots__", ())]
    return [*getattr(value, "__dict__", {}).values(), *(getattr(value, name, None) for name in slots)]


def _held(thing: Any, kind: type, depth: int = 3) -> Iterator[Any]:
    if isinstance(thing, kind):
        yield thing
    elif depth and isinstance(thing, tuple | list | set | frozenset):
        for item in thing:
            yield from _held(item, kind, depth - 1)
    elif depth and isinstance(thing, dict):
        for key, item in thing.items():
            yield from _held(key, kind, depth - 1)
            yield from _held(item, kind, depth - 1)
    elif depth and isinstance(thing, FunctionType):
        for cell in thing.__closure__ or ():
            yield from _held(cell.cell_contents, kind, depth - 1)


def _recognised(value: Any, parents: Sequence[Any]) -> tuple[Gate, list[Any]]:
    out = float(value.data)
    if len(parents) == 2:
        for gate, sources in _binary(parents):
            if _same(out, graph.apply(gate, [float(s.data) for s in sources])):
                return gate, sources
    if len(parents) == 1:
        x = float(parents[0].data)
        for gate in (graph.EXP, graph.scale_gate(-1.0), graph.RECIPROCAL):
            if _same(out, graph.apply(gate, [x])):
                return gate, list(parents)
        by_constant = _constant_gate(value, parents[0])
        if by_constant is not None:
            return by_constant, list(parents)
    return graph.unknown_gate(len(parents)), list(parents)


def _binary(parents: Sequence[Any]) -> list[tuple[Gate, list[Any]]]:
    a, b = parents
    both = [(graph.ADD, [a, b]), (graph.MUL, [a, b])]
    return both + [(gate, order) for gate in (SUB, DIV) for order in ([a, b], [b, a])]


def _constant_gate(value: Any, parent: Any) -> Gate | None:
    """Tell c + x from c·x by the gradient that came back, where there is one."""
    out, x = float(value.data), float(parent.data)
    above, below = float(value.grad), float(parent.grad)
    if above == 0:
        return None
    if _same(below, above):
        return graph.shift_gate(out - x)
    return graph.scale_gate(out / x) if x and _same(below * x, above * out) else None


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=_CLOSE, abs_tol=_CLOSE)
