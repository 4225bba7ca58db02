"""The circuit as a figure: one gate forward at a time, then one gate backward, the gate in hand written out."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import ClassVar, Final

from gradschool.figures import style, svg, trust
from gradschool.figures.circuits import expression
from gradschool.figures.circuits.drawing import CircuitDrawing, Shown, as_written, compact, with_gradients
from gradschool.figures.circuits.graph import Circuit, Edge, Numbers, apply
from gradschool.figures.circuits.lighting import Light, light_up
from gradschool.figures.circuits.value import ClassLight
from gradschool.figures.frame import Figure, Slider, Steps, Text, say
from gradschool.figures.svg import Drawing

_STEP: Final = {"en": "step", "ko": "단계"}
_TITLE: Final = {"en": "The circuit, one gate at a time", "ko": "계산 그래프, 한 번에 게이트 하나씩"}
_CAPTION: Final = {
    "en": "Value above each edge, gradient below it. Before you press ▶ again: which gate is next, and what will it hand back "
    "to each of its inputs?",
    "ko": "선 위에는 값, 아래에는 기울기가 있어요. ▶를 누르기 전에 생각해 봐요. 다음은 어느 게이트이고, 입력마다 얼마를 돌려줄까요?",
}
_START: Final = {
    "en": "The inputs are known. Each gate waits for its own inputs and sees nothing else.",
    "ko": "입력만 알아요. 게이트는 저마다 자기 입력만 기다리고, 다른 것은 보지 않아요.",
}
_SEED: Final = {
    "en": "∂{f}/∂{f} = 1: here the way back begins.",
    "ko": "∂{f}/∂{f} = 1이에요. 여기서 거꾸로 가는 길이 시작돼요.",
}
_FORWARD: Final = {"en": "forward", "ko": "순전파"}
_BACKWARD: Final = {"en": "backward", "ko": "역전파"}
_LOCAL: Final = {"en": "local", "ko": "국소"}
_UPSTREAM: Final = {"en": "upstream", "ko": "상류"}
_ALREADY: Final = {"en": "already there", "ko": "이미 쌓인 값"}
_ALT: Final = {
    "en": "Circuit of {formula} at {inputs}: {out}. Gradients: {gradients}.",
    "ko": "{formula}의 계산 그래프, {inputs}: {out}. 기울기: {gradients}.",
}
_ROOM: Final = 760.0
_LARGEST: Final = 1.35
_ROW: Final = 23.0

Numbering = Callable[[Sequence[float]], Numbers]


class CircuitFigure(Figure):
    """A circuit with sliders for its inputs and one for the step.

    numbering : gives the numbers of the circuit at inputs
    light : which line of the learner's code did it, where that is known
    sliders : whether the inputs move
    """

    title: ClassVar[Text] = _TITLE
    caption: ClassVar[Text] = _CAPTION

    def __init__(
        self,
        circuit: Circuit,
        inputs: Mapping[str, float],
        numbering: Numbering,
        borrowed: Sequence[trust.Borrowed],
        light: Light | ClassLight | None = None,
        sliders: bool = True,
    ) -> None:
        self.circuit = circuit
        self._inputs = dict(inputs)
        self._numbering = numbering
        self._light = light
        self._drawing = CircuitDrawing(circuit)
        self._last = 2 * len(circuit.gates) + 1
        moving = [_input_slider(name, value) for name, value in inputs.items()] if sliders else []
        super().__init__([Steps("_step", _STEP, self._last, len(circuit.gates) + 2), *moving], borrowed)

    def show(self) -> Drawing:
        """Return the circuit at this step, and below it what the gate in hand does."""
        numbers, shown = self._numbers(), self._shown()
        width, height = self._drawing.size
        room = max(width, _ROOM)
        scale = min(_LARGEST, room / width)
        left = (room - scale * width) / 2
        body = self._drawing.draw(numbers, shown).placed(f"translate({left:.1f} 0) scale({scale:.3f})")
        below = scale * height
        for k, row in enumerate(self._rows(numbers, shown)):
            body += svg.text(14, below + 16 + k * _ROW, row, size=_fitting(row, room - 28), anchor="start")
        most = max(len(node.sources) for node in self.circuit.nodes)
        return Drawing(room, below + 14 + (1 + most) * _ROW, body)

    def readout(self) -> str:
        """Return the formula and the learner's code, what is at work marked in both."""
        shown = self._shown()
        code = ""
        if self._light and self.borrowed and self.borrowed[0].yours:
            code = self._light.html(shown.lit, shown.backward or shown.seeded)
        return expression.mathml(self.circuit, shown.lit) + code

    def alt(self) -> str:
        """Return the formula with its values and gradients."""
        numbers, nodes = self._numbers(), self.circuit.nodes
        leaves = self.circuit.inputs
        return say(
            _ALT,
            formula=expression.plain(self.circuit),
            inputs=", ".join(f"{svg.plain_name(nodes[i].name)} = {compact(numbers.values[i])}" for i in leaves),
            out=f"{nodes[-1].name} = {compact(numbers.values[-1])}",
            gradients=", ".join(f"{svg.plain_name(nodes[i].name)} {compact(numbers.totals[i])}" for i in leaves),
        )

    def opened_for_print(self) -> None:
        """Go to the last step, where every gradient is known."""
        self.set(_step=self._last)

    def _numbers(self) -> Numbers:
        at = [float(self.state.get(name, value)) for name, value in self._inputs.items()]
        return self.kept("numbers", lambda: self._numbering(at))

    def _shown(self) -> Shown:
        step, gates = self.state["_step"], self.circuit.gates
        forward, backward = gates[:step], tuple(reversed(gates))[: max(0, step - len(gates) - 1)]
        edges = frozenset(edge for gate in backward for edge in self.circuit.into(gate))
        lit = backward[-1] if backward else forward[-1] if forward and step <= len(gates) else None
        computed = frozenset((*self.circuit.inputs, *forward))
        return Shown(computed, edges, step > len(gates), lit, bool(backward))

    def _rows(self, numbers: Numbers, shown: Shown) -> list[str]:
        if shown.lit is None:
            seed = {"f": svg.plain_name(self.circuit.nodes[-1].name)}
            return [escape(say(_SEED, **seed) if shown.seeded else say(_START))]
        words = expression.gate_in_words(self.circuit, shown.lit)
        gate = f'{svg.svg_name(self.circuit.nodes[shown.lit].name)} = <tspan class="gs-maths">{words}</tspan>'
        if not shown.backward:
            worked = expression.gate_in_numbers(self.circuit, shown.lit, [compact(v) for v in numbers.values])
            made = self.circuit.nodes[shown.lit]
            assert made.gate is not None
            value = numbers.values[shown.lit]
            sign = _equals(apply(made.gate, [as_written(numbers.values[s]) for s in made.sources]), value)
            return [f"{_bold(_FORWARD)}   {gate} = {escape(worked)} {sign} {_coloured(value, 'value')}"]
        return [f"{_bold(_BACKWARD)}   {gate}", *self._handed_back(numbers, shown)]

    def _handed_back(self, numbers: Numbers, shown: Shown) -> list[str]:
        assert shown.lit is not None
        earlier: dict[int, float] = {}
        for edge in sorted(shown.returned, key=lambda edge: (-edge.target, edge.slot)):
            if edge.target != shown.lit:
                earlier[edge.source] = earlier.get(edge.source, 0.0) + numbers.passed[edge]
        rows = []
        for edge in self.circuit.into(shown.lit):
            before = earlier.get(edge.source)
            rows.append(self._product(edge, numbers) + self._sum(before, numbers.passed[edge]))
            earlier[edge.source] = (before or 0.0) + numbers.passed[edge]
        return rows

    def _product(self, edge: Edge, numbers: Numbers) -> str:
        nodes = self.circuit.nodes
        f, into, out = (svg.svg_name(nodes[i].name) for i in (-1, edge.source, edge.target))
        local = f"<tspan font-size='85%'>{say(_LOCAL)}</tspan> {_partial(out, into)}"
        upstream = f"<tspan font-size='85%'>{say(_UPSTREAM)}</tspan> {_partial(f, out)}"
        factors, passed = (numbers.locals[edge], numbers.totals[edge.target]), numbers.passed[edge]
        left, right = map(_bracketed, factors)
        sign = _equals(as_written(factors[0]) * as_written(factors[1]), passed)
        return f"{_partial(f, into)} = {local} × {upstream} = {left} × {right} {sign} {_coloured(passed, 'gradient')}"

    def _sum(self, before: float | None, passed: float) -> str:
        if before is None:
            return ""
        there = f"<tspan font-size='85%'>{say(_ALREADY)}</tspan>"
        sign = _equals(as_written(before) + as_written(passed), before + passed)
        return f",  + {_bracketed(before)} {there} {sign} {_coloured(before + passed, 'gradient')}"


def drawn_by_pair(circuit: Circuit, pair: trust.BorrowedPair) -> Numbering:
    """Return a numbering whose output and input gradients come from a pair of functions."""

    def numbering(inputs: Sequence[float]) -> Numbers:
        numbers = circuit.numbers(inputs)
        if not pair.yours:
            return numbers
        out, gradients = pair(1.0, *inputs)
        return with_gradients(numbers, circuit, out, dict(zip(circuit.inputs, gradients, strict=True)))

    return numbering


def probes(inputs: Mapping[str, float]) -> list[tuple[float, ...]]:
    """Return (upstream, *inputs) to try a pair on: near the opening values, away from ties, upstream not 1."""
    values = tuple(inputs.values())
    shifts = ((0.31, -0.17), (-0.23, 0.29))
    return [
        (upstream, *(value + start + k * step for k, value in enumerate(values)))
        for upstream, (start, step) in zip((1.7, -0.6), shifts, strict=True)
    ]


def lit_by_pair(
    circuit: Circuit, pair: trust.BorrowedPair, theirs: trust.Pair | None, inputs: Mapping[str, float]
) -> Light | None:
    """Return the learner's code with its lines matched to gates, where the learner's functions draw."""
    if theirs is None or not pair.yours:
        return None
    functions = theirs
    draws = [probe[1:] for probe in probes(inputs)]
    found: Light | None = pair.call_learner(lambda: light_up(circuit, functions, draws))
    return found


def _fitting(row: str, room: float) -> float:
    """Return a size of letters at which a row fits."""
    letters = len(re.sub("<[^>]*>|\u200b", "", row))
    return min(14.5, room / (0.52 * letters))


def _input_slider(name: str, value: float) -> Slider:
    reach = max(6.0, abs(value))
    return Slider(name, svg.plain_name(name), -reach, reach, 0.1, value, digits=1)


def _equals(from_what_is_written: float, result: float) -> str:
    """Return the sign before a result: of rounded numbers a reader may get another one."""
    unknown = not math.isfinite(from_what_is_written)
    return "=" if unknown or compact(from_what_is_written) == compact(result) else "≈"


def _bold(text: Text) -> str:
    return f'<tspan font-weight="600">{say(text)}</tspan>'


def _partial(top: str, bottom: str) -> str:
    return f"∂{top}/∂{bottom}"


def _bracketed(x: float) -> str:
    written = compact(x)
    return f"({written})" if written.startswith("−") else written


def _coloured(x: float, role: str) -> str:
    return f'<tspan font-weight="600" fill="{style.css(role)}">{compact(x)}</tspan>'
