"""Where gates and edges stand: layers from networkx, then every edge as straight as its neighbours allow.

Between two layers of gates lies a column for the edges. An edge passes every such column on its way, and carries its
numbers in one of them: beside its source, or, where the source feeds several gates, beside its target.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import networkx as nx

from gradschool.figures.circuits.graph import Circuit, Edge

RADIUS: Final = 19.0
LABEL: Final = 50.0
MARGIN: Final = 12.0

_HALF_GATE: Final = 29.0
_HALF_SHARED: Final = 42.0  # the sum of its gradients stands below it
_HALF_INPUT: Final = 26.0
_HALF_LABEL: Final = (_HALF_GATE + _HALF_INPUT) / 2  # so that edges leave a gate and an input below it level
_HALF_PASS: Final = 11.0
_SWEEPS: Final = 40
_STIFF: Final = 8.0  # a gate keeps its place between its sources; an input, free to stand anywhere, gives way


@dataclass
class _Item:
    """What takes room in a column: a node, or an edge on its way."""

    column: int
    half: float
    y: float = 0.0
    follows: str = ""  # "before" or "after": the only side that this item lines up with
    before: list["_Item"] = field(default_factory=list)
    after: list["_Item"] = field(default_factory=list)


@dataclass(frozen=True)
class Route:
    """An edge's way points, and which of them carries its numbers."""

    points: tuple[tuple[float, float], ...]
    label: int


@dataclass(frozen=True)
class Layout:
    """Positions in pixels; the last route, under key None, leads from the output to the result's name."""

    width: float
    height: float
    nodes: tuple[tuple[float, float], ...]
    result: tuple[float, float]
    routes: dict[Edge | None, Route]


def lay_out(circuit: Circuit, widths: Sequence[float]) -> Layout:
    """Place a circuit from left to right.

    widths : of every node's shape, in pixels
    """
    layers = _layers(circuit)
    last = layers[circuit.output]
    shared = {i for i in range(len(layers)) if len(circuit.out_of(i)) > 1}
    nodes = [
        _Item(2 * layer, _half(circuit, i, shared), follows="before" if circuit.nodes[i].gate else "after")
        for i, layer in enumerate(layers)
    ]
    result = _Item(2 * last + 2, _HALF_LABEL)
    chains: dict[Edge | None, list[_Item]] = {}
    for edge in circuit.edges():
        chains[edge] = _chain(nodes[edge.source], nodes[edge.target], edge.source in shared)
        if edge.source not in shared:
            chains[edge][0].follows = "after" if circuit.nodes[edge.source].gate is None else "before"
    chains[None] = _chain(nodes[circuit.output], result, False)
    chains[None][0].follows = result.follows = "before"
    items = [*nodes, result, *(item for chain in chains.values() for item in chain)]
    _first_heights(circuit, nodes, chains)
    _settle(items)
    xs = _column_centres(items, nodes, widths, result)
    top = min(item.y - item.half for item in items) - MARGIN
    places = {id(item): (xs[item.column], item.y - top) for item in items}
    return Layout(
        width=places[id(result)][0] + 8 * len(circuit.nodes[circuit.output].name) + MARGIN,
        height=max(item.y + item.half for item in items) - top + MARGIN,
        nodes=tuple(places[id(item)] for item in nodes),
        result=places[id(result)],
        routes={
            edge: Route(tuple(places[id(item)] for item in chain), _label_of(edge, chain, shared))
            for edge, chain in chains.items()
        },
    )


def _layers(circuit: Circuit) -> list[int]:
    """Return each node's layer: gates as far left as they can, inputs just before the first gate that reads them."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(circuit.nodes)))
    graph.add_edges_from((edge.source, edge.target) for edge in circuit.edges())
    layers = [0] * len(circuit.nodes)
    for layer, generation in enumerate(nx.topological_generations(graph)):
        for node in generation:
            layers[node] = layer
    for node in circuit.inputs:
        layers[node] = min((layers[t] for t in graph.successors(node)), default=1) - 1
    return layers


def _half(circuit: Circuit, node: int, shared: set[int]) -> float:
    if circuit.nodes[node].gate is None:
        return _HALF_GATE if node in shared else _HALF_INPUT
    return _HALF_SHARED if node in shared else _HALF_GATE


def _chain(source: _Item, target: _Item, shared: bool) -> list[_Item]:
    columns = range(source.column + 1, target.column)
    chain = [_Item(column, _HALF_PASS) for column in columns]
    chain[-1 if shared else 0].half = _HALF_LABEL
    for left, right in zip([source, *chain], [*chain, target], strict=True):
        left.after.append(right)
        right.before.append(left)
    return chain


def _label_of(edge: Edge | None, chain: Sequence[_Item], shared: set[int]) -> int:
    return len(chain) - 1 if edge is not None and edge.source in shared else 0


def _first_heights(circuit: Circuit, nodes: Sequence[_Item], chains: dict[Edge | None, list[_Item]]) -> None:
    """Give every input a row of its own, in the order in which the formula reads them, and the rest what lies between."""
    rows: dict[int, float] = {}

    def visit(start: int) -> None:
        stack = [start]
        while stack:
            node = stack[-1]
            waiting = [s for s in circuit.nodes[node].sources if s not in rows]
            if waiting:
                stack.append(waiting[0])
                continue
            stack.pop()
            sources = circuit.nodes[node].sources
            leaves = sum(1 for i in rows if circuit.nodes[i].gate is None)
            rows.setdefault(node, sum(rows[s] for s in sources) / len(sources) if sources else float(leaves))

    visit(circuit.output)
    for i, item in enumerate(nodes):
        item.y = rows.get(i, 0.0) * 2 * _HALF_GATE
    for edge, chain in chains.items():
        if edge is None:
            continue
        start, end = nodes[edge.source], nodes[edge.target]
        slot = (edge.slot - 0.5 * (len(circuit.nodes[edge.target].sources) - 1)) * _HALF_LABEL
        for k, item in enumerate(chain, 1):
            item.y = start.y + (end.y + slot - start.y) * k / (len(chain) + 1)


def _settle(items: Sequence[_Item]) -> None:
    """Move every item towards its neighbours, sweep after sweep, never closer than its column allows."""
    columns = defaultdict(list)
    for item in items:
        columns[item.column].append(item)
    for column in columns.values():
        column.sort(key=lambda item: item.y)
    for sweep in range(_SWEEPS):
        order = sorted(columns, reverse=bool(sweep % 2))
        for key in order:
            column = columns[key]
            wanted = [_wanted(item) for item in column]
            if sweep < _SWEEPS // 4:
                ranked = sorted(range(len(column)), key=lambda k: wanted[k])
                column[:] = [column[k] for k in ranked]
                wanted = [wanted[k] for k in ranked]
            _place(column, wanted)


def _wanted(item: _Item) -> float:
    before = [other.y for other in item.before if item.follows != "after"]
    after = [other.y for other in item.after if item.follows != "before"]
    sides = [sum(side) / len(side) for side in (before, after) if side]
    return sum(sides) / len(sides) if sides else item.y


@dataclass(frozen=True)
class _Block:
    level: float
    weight: float
    count: int

    def joined(self, other: "_Block") -> "_Block":
        weight = self.weight + other.weight
        level = (self.level * self.weight + other.level * other.weight) / weight
        return _Block(level, weight, self.count + other.count)


def _place(column: Sequence[_Item], wanted: Sequence[float]) -> None:
    """Set heights as near to the wanted ones as gaps allow: least squares, by pooling adjacent violators."""
    offsets = [0.0]
    for upper, lower in pairwise(column):
        offsets.append(offsets[-1] + upper.half + lower.half)
    blocks: list[_Block] = []
    for item, want, offset in zip(column, wanted, offsets, strict=True):
        blocks.append(_Block(want - offset, _STIFF if item.follows == "before" else 1.0, 1))
        while len(blocks) > 1 and blocks[-2].level > blocks[-1].level:
            below, above = blocks.pop(), blocks.pop()
            blocks.append(above.joined(below))
    levels = [block.level for block in blocks for _ in range(block.count)]
    for item, level, offset in zip(column, levels, offsets, strict=True):
        item.y = level + offset


def _column_centres(
    items: Sequence[_Item], nodes: Sequence[_Item], widths: Sequence[float], result: _Item
) -> dict[int, float]:
    """Return every column's x: as wide as what stands in it, and further from the next the steeper the edges between."""
    wide: dict[int, float] = defaultdict(lambda: LABEL)
    for column in range(0, result.column + 1, 2):
        wide[column] = max((w for n, w in zip(nodes, widths, strict=True) if n.column == column), default=2 * RADIUS)
    wide[result.column] = 20
    steep: dict[int, float] = defaultdict(float)
    for item in items:
        for other in item.after:
            steep[item.column] = max(steep[item.column], abs(other.y - item.y))
    xs: dict[int, float] = {}
    x = MARGIN
    for column in range(result.column + 1):
        x += wide[column] / 2
        xs[column] = x
        x += wide[column] / 2 + min(3 + 0.5 * steep[column], 36)
    return xs
