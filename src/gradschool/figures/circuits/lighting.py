"""Which line of the learner's code did what a gate does: found by running it line by line and comparing numbers."""

import inspect
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from textwrap import dedent
from types import FrameType
from typing import Any

import numpy as np

from gradschool.figures.circuits.graph import Circuit, Numbers

Made = dict[int, set[float]]  # line -> the numbers that first showed there


@dataclass
class Light:
    """The source of a pair of functions, and the line that belongs to each gate, forward and backward."""

    source: tuple[str, str]
    forward: dict[int, int] = field(default_factory=dict)
    backward: dict[int, int] = field(default_factory=dict)

    def html(self, lit: int | None, backward: bool) -> str:
        """Return the function that is at work, as HTML, the line of the lit gate marked."""
        lines = self.source[int(backward)].splitlines()
        here = None if lit is None else (self.backward if backward else self.forward).get(lit)
        rows = (
            f"<span{' class=gs-here' if k == here else ''}>{escape(line) or ' '}</span>" for k, line in enumerate(lines)
        )
        return f'<pre class="gs-code">{"".join(rows)}</pre>'


def light_up(
    circuit: Circuit, pair: tuple[Callable[..., Any], Callable[..., Any]], draws: Sequence[Sequence[float]]
) -> Light | None:
    """Run the pair on every draw of inputs and match lines with gates; None where there is no source to show.

    The pair is trusted to give the right answers; how it gets there is its own affair.
    """
    try:
        source = dedent(inspect.getsource(pair[0])), dedent(inspect.getsource(pair[1]))
    except (OSError, TypeError):
        return None
    light = Light(source)
    runs = [_run(circuit, pair, inputs) for inputs in draws]
    numbers = [run[0] for run in runs]
    forward, backward = [run[1] for run in runs], [run[2] for run in runs]
    for gate in circuit.gates:
        wanted = [[n.values[gate]] for n in numbers]
        taken = {light.forward[s] for s in circuit.nodes[gate].sources if s in light.forward}
        _match(light.forward, gate, wanted, forward, taken)
    for gate in reversed(circuit.gates):
        edges = circuit.into(gate)
        wanted = [[n.passed[e] for e in edges] + [n.totals[e.source] for e in edges] for n in numbers]
        taken = {light.backward[e.target] for e in circuit.out_of(gate) if e.target in light.backward}
        _match(light.backward, gate, wanted, backward, taken)
    _fill(light.forward, circuit.gates)
    _fill(light.backward, tuple(reversed(circuit.gates)))
    return light


def _run(
    circuit: Circuit, pair: tuple[Callable[..., Any], Callable[..., Any]], inputs: Sequence[float]
) -> tuple[Numbers, Made, Made]:
    (_, cache), forward = _watched(pair[0], *inputs)
    _, backward = _watched(pair[1], 1.25, cache)
    return circuit.numbers(inputs, 1.25), forward, backward


def _match(
    found: dict[int, int],
    gate: int,
    wanted: Sequence[Sequence[float]],
    made: Sequence[Mapping[int, set[float]]],
    taken: set[int],
) -> None:
    lines = [
        line
        for line in sorted(made[0])
        if all(_near_any(w, m.get(line, set())) for w, m in zip(wanted, made, strict=True))
    ]
    fresh = [line for line in lines if line not in taken]
    if fresh or lines:
        found[gate] = (fresh or lines)[0]


def _near_any(wanted: Sequence[float], made: set[float]) -> bool:
    return any(abs(w - m) <= 1e-6 * max(abs(w), abs(m)) for w in wanted for m in made)


def _fill(found: dict[int, int], order: Sequence[int]) -> None:
    """Give a gate that several share one line with the line of the next gate that has one."""
    line = None
    for gate in reversed(order):
        line = found.get(gate, line)
        if line is not None:
            found[gate] = line


def _watched(function: Callable[..., Any], *arguments: Any) -> tuple[Any, Made]:
    """Call a function, noting which numbers appear at which of its lines (counted from 0)."""
    made: Made = defaultdict(set)
    code = getattr(function, "__code__", None)
    seen: set[float] = set(_numbers(arguments))
    at = [0]

    def note(values: Any) -> None:
        fresh = set(_numbers(values)) - seen
        seen.update(fresh)
        made[at[0]].update(fresh)

    def watch(frame: FrameType, event: str, result: Any) -> Any:
        if frame.f_code is not code:
            return None
        if event in ("line", "return"):
            note(list(frame.f_locals.values()))
            if event == "return":
                made[at[0]].update(_numbers(result))
            at[0] = frame.f_lineno - frame.f_code.co_firstlineno
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        return function(*arguments), made
    finally:
        sys.settrace(before)


def _numbers(values: Any, depth: int = 3) -> Iterator[float]:
    if isinstance(values, bool | str | bytes) or depth < 0:
        return
    if isinstance(values, int | float | np.number):
        yield float(values)
    elif isinstance(values, dict):
        yield from _numbers(list(values.values()), depth - 1)
    elif isinstance(values, tuple | list):
        for value in values[:50]:
            yield from _numbers(value, depth - 1)
