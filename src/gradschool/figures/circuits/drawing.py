"""A circuit on paper: gates as circles, data along the edges, its value above and its gradient below."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from gradschool.figures import svg
from gradschool.figures.circuits.graph import Circuit, Edge, Numbers
from gradschool.figures.circuits.layout import RADIUS, Route, lay_out
from gradschool.figures.svg import Drawing, Sheets

_RUN = 23.0
_SIZE = 13.5
_SUM_ROOM = 30.0  # "Σ −11.00" under a node is wider than the node


@dataclass(frozen=True)
class Shown:
    """What of a circuit is known at a step: nodes with a value, edges with a gradient, the gate in hand."""

    computed: Collection[int]
    returned: Collection[Edge]
    seeded: bool
    lit: int | None = None
    backward: bool = False


class CircuitDrawing:
    """The drawing of one circuit: laid out once; its numbers and the gate in hand are written again at every move."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self._shared = [i for i in range(len(circuit.nodes)) if len(circuit.out_of(i)) > 1]
        room = [_width(circuit, i) + (_SUM_ROOM if i in self._shared else 0) for i in range(len(circuit.nodes))]
        self.layout = lay_out(circuit, room)
        self._ways = {edge: self._way(edge, route) for edge, route in self.layout.routes.items()}

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels at scale 1."""
        return self.layout.width, self.layout.height

    def draw(self, numbers: Numbers, shown: Shown) -> Sheets:
        """Return the inside of an SVG."""
        parts = [self._lit_edge(edge, shown) for edge in self.layout.routes]
        parts += [self._gate(i, shown) for i in self.circuit.gates if i == shown.lit or i not in shown.computed]
        parts += [self._labels(edge, numbers, shown) for edge in self.layout.routes]
        parts += [self._total(i, numbers, shown) for i in self._shared]
        return Sheets(self._still, "".join(parts))

    @cached_property
    def _still(self) -> str:
        """The circuit with no gate in hand."""
        known = Shown(range(len(self.circuit.nodes)), (), False)
        parts = [svg.path(way) for way in self._ways.values()]
        parts += [self._input(i) for i in self.circuit.inputs]
        parts += [self._gate(i, known) + self._name(i) for i in self.circuit.gates]
        return "".join(parts) + self._result()

    def _way(self, edge: Edge | None, route: Route) -> str:
        nodes, circuit = self.layout.nodes, self.circuit
        source = circuit.output if edge is None else edge.source
        x, y = nodes[source]
        x += _width(circuit, source) / 2
        way = [f"M{x:.1f} {y:.1f}"]
        for k, (px, py) in enumerate(route.points):
            run = _RUN if k == route.label else 4.0
            way.append(f"{_bend(x, y, px - run, py)}L{px + run:.1f} {py:.1f}")
            x, y = px + run, py
        end = self._port(edge, y) if edge else (self.layout.result[0] - 10, self.layout.result[1])
        return "".join([*way, _bend(x, y, *end)])

    def _port(self, edge: Edge, from_y: float) -> tuple[float, float]:
        x, y = self.layout.nodes[edge.target]
        rise = max(-0.6, min(0.6, (from_y - y) / 40)) * RADIUS
        return x - (RADIUS**2 - rise**2) ** 0.5 - 1, y + rise

    def _lit_edge(self, edge: Edge | None, shown: Shown) -> str:
        """Draw an edge of the gate in hand."""
        source, target = (self.circuit.output, None) if edge is None else (edge.source, edge.target)
        if shown.lit is None or shown.lit not in (source, target):
            return ""
        role = "gradient" if shown.backward else "value"
        return svg.path(self._ways[edge], role=role, width=2.6 if target == shown.lit else 1.6)

    def _labels(self, edge: Edge | None, numbers: Numbers, shown: Shown) -> str:
        route = self.layout.routes[edge]
        x, y = route.points[route.label]
        source = self.circuit.output if edge is None else edge.source
        parts = []
        if source in shown.computed:
            parts.append(_figure(x, y - 6, numbers.values[source], "value"))
        if edge is None and shown.seeded:
            parts.append(_figure(x, y + 16, numbers.totals[source], "gradient"))
        if edge is not None and edge in shown.returned:
            parts.append(_figure(x, y + 16, numbers.passed[edge], "gradient"))
        return "".join(parts)

    def _input(self, i: int) -> str:
        x, y = self.layout.nodes[i]
        width = _width(self.circuit, i)
        box = svg.rect(x - width / 2, y - 14, width, 28, fill="soft", role="line", stroke=1.2, round_by=14)
        return box + svg.text(x, y + 5, svg.svg_name(self.circuit.nodes[i].name), size=16)

    def _gate(self, i: int, shown: Shown) -> str:
        """Draw a gate; one in hand or still to come covers what `_still` has of it."""
        x, y = self.layout.nodes[i]
        gate = self.circuit.nodes[i].gate
        assert gate is not None
        role, fill, width = ("ink", "panel", 1.5) if i in shown.computed else ("line", "panel", 2.2)
        if i == shown.lit:
            role, fill, width = "lit-line", "lit", 2.6
        size = {1: 21, 2: 17, 3: 15, 4: 12}.get(len(gate.symbol), 10)
        ink = "muted" if role == "line" else "ink"
        symbol = svg.text(x, y + size * 0.35, escape(gate.symbol), role=ink, size=size, classes="gs-maths")
        return svg.circle(x, y, RADIUS, fill=fill, role=role, width=width) + symbol

    def _name(self, i: int) -> str:
        if i == self.circuit.output:
            return ""
        x, y = self.layout.nodes[i]
        name = svg.svg_name(self.circuit.nodes[i].name)
        return svg.text(x, y - RADIUS - 7, name, role="muted", size=12.5, classes="gs-halo")

    def _total(self, i: int, numbers: Numbers, shown: Shown) -> str:
        out = self.circuit.out_of(i)
        if not all(edge in shown.returned for edge in out):
            return ""
        x, y = self.layout.nodes[i]
        below = y + (28 if self.circuit.nodes[i].gate is None else RADIUS + 14)
        return svg.text(
            x, below, f"Σ {compact(numbers.totals[i])}", role="gradient", size=12.5, classes="gs-halo", bold=True
        )

    def _result(self) -> str:
        x, y = self.layout.result
        name = self.circuit.nodes[self.circuit.output].name
        return svg.text(x - 5, y + 5, svg.svg_name(name), size=17, anchor="start")


def _width(circuit: Circuit, i: int) -> float:
    if circuit.nodes[i].gate is not None:
        return 2 * RADIUS
    return max(32.0, 16 + 9.0 * len(circuit.nodes[i].name))


def _bend(x: float, y: float, to_x: float, to_y: float) -> str:
    if abs(y - to_y) < 0.5:
        return f"L{to_x:.1f} {to_y:.1f}"
    middle = (x + to_x) / 2
    return f"C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"


def _figure(x: float, y: float, number: float, role: str) -> str:
    return svg.text(x, y, compact(number), role=role, size=_SIZE, classes="gs-halo")


def compact(x: float) -> str:
    """Write a number in at most six signs or so."""
    return svg.number(x, _digits(x))


def as_written(x: float) -> float:
    """Return the number that `compact` writes."""
    return svg.rounded(x, _digits(x))


def _digits(x: float) -> int:
    return 2 if abs(x) < 100 else 1 if abs(x) < 1000 else 0


def side_by_side(drawings: Sequence[Drawing], gap: float = 24) -> Drawing:
    """Put drawings next to each other, in the middle of a common height."""
    height = max(d.height for d in drawings)
    x, body = 0.0, Sheets()
    for d in drawings:
        body += d.body.placed(f"translate({x:.1f} {(height - d.height) / 2:.1f})")
        x += d.width + gap
    return Drawing(x - gap, height, body)


def everything(circuit: Circuit) -> Shown:
    """Return the state in which all is known and no gate in hand."""
    return Shown(range(len(circuit.nodes)), frozenset(circuit.edges()), True)


def with_gradients(numbers: Numbers, circuit: Circuit, out: float, gradients: Mapping[int, float]) -> Numbers:
    """Return the numbers with an output and input gradients that somebody else computed."""
    values = (*numbers.values[:-1], out)
    totals = tuple(gradients.get(i, total) for i, total in enumerate(numbers.totals))
    single = {i for i in gradients if len(circuit.out_of(i)) == 1}
    passed = {e: totals[e.source] if e.source in single else p for e, p in numbers.passed.items()}
    return Numbers(values, numbers.locals, passed, totals)
