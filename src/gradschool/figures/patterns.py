"""The three patterns of the backward flow, side by side: add distributes, mul switches, max routes."""

from collections.abc import Callable
from html import escape
from typing import ClassVar, Final

from gradschool import reference
from gradschool.figures import svg, trust
from gradschool.figures.circuits.drawing import CircuitDrawing, compact, everything, side_by_side, with_gradients
from gradschool.figures.circuits.graph import ADD, MAX, MUL, Circuit, Gate, Node, Numbers
from gradschool.figures.frame import Figure, Slider, Text, say
from gradschool.figures.svg import Drawing, Sheets

_GATES: Final[dict[str, tuple[Gate, Callable[..., float], Text]]] = {
    "add": (ADD, reference.add, {"en": "add: the distributor", "ko": "덧셈: 똑같이 주기(distributor)"}),
    "mul": (MUL, reference.mul, {"en": "mul: the switcher", "ko": "곱셈: 맞바꾸기(switcher)"}),
    "max": (MAX, reference.maximum, {"en": "max: the router", "ko": "최댓값: 길 고르기(router)"}),
}
_PROBES: Final = [(1.7, 2.5, -1.25), (-0.6, -3.0, 0.75)]
_SCALE: Final = 1.3


class Gates(Figure):
    """Three gates with common inputs and a common upstream gradient."""

    title: ClassVar[Text] = {"en": "Three gates, three habits", "ko": "게이트 셋, 버릇 셋"}
    caption: ClassVar[Text] = {
        "en": "The same two values and the same upstream gradient flow through all three. Which gate needs to remember its "
        "inputs to go backward? What happens to max when $x$ and $y$ pass each other?",
        "ko": "세 게이트에 같은 두 값과 같은 상류 기울기가 흘러요. 거꾸로 갈 때 입력을 기억해야 하는 게이트는 어느 것일까요? "
        "$x$와 $y$의 크기가 뒤바뀌면 max에는 무슨 일이 생길까요?",
    }

    def __init__(self, pairs: dict[str, trust.Pair | None]) -> None:
        self._pairs = {
            name: trust.BorrowedPair(f"{name}_forward", f"{name}_backward", pairs[name], forward, _PROBES)
            for name, (_, forward, _) in _GATES.items()
        }
        self._circuits = {
            name: Circuit((Node("x"), Node("y"), Node("out", gate, (0, 1)))) for name, (gate, _, _) in _GATES.items()
        }
        self._drawings = {name: CircuitDrawing(circuit) for name, circuit in self._circuits.items()}
        sliders = [
            Slider("x", "x", -6, 6, 0.1, -2.0, digits=1),
            Slider("y", "y", -6, 6, 0.1, 5.0, digits=1),
            Slider("upstream", {"en": "upstream", "ko": "상류 기울기"}, -4, 4, 0.1, 2.0, digits=1),
        ]
        super().__init__(sliders, list(self._pairs.values()))

    def show(self) -> Drawing:
        """Return the three circuits."""
        return side_by_side([self._one(name) for name in _GATES], gap=24)

    def alt(self) -> str:
        """Return the three gates with their values and gradients."""
        parts = []
        for name in _GATES:
            numbers = self._numbers(name)
            out, dx, dy = (compact(v) for v in (numbers.values[2], numbers.totals[0], numbers.totals[1]))
            parts.append(f"{name}: out = {out}, dx = {dx}, dy = {dy}")
        at = f"x = {compact(self.state['x'])}, y = {compact(self.state['y'])}, dout = {compact(self.state['upstream'])}"
        return f"{at}. {'; '.join(parts)}."

    def _one(self, name: str) -> Drawing:
        drawing = self._drawings[name]
        width, height = (_SCALE * side for side in drawing.size)
        drawn = drawing.draw(self._numbers(name), everything(self._circuits[name]))
        title = svg.text(width / 2, 18, escape(say(_GATES[name][2])), size=14, bold=True)
        return Drawing(width, height + 26, Sheets(title) + drawn.placed(f"translate(0 26) scale({_SCALE})"))

    def _numbers(self, name: str) -> Numbers:
        return self.kept(name, lambda: self._computed(name))

    def _computed(self, name: str) -> Numbers:
        circuit = self._circuits[name]
        at = (self.state["x"], self.state["y"])
        out, (dx, dy) = self._pairs[name](self.state["upstream"], *at)
        return with_gradients(circuit.numbers(at, self.state["upstream"]), circuit, out, {0: dx, 1: dy})


def gates(add: trust.Pair | None = None, mul: trust.Pair | None = None, max: trust.Pair | None = None) -> Gates:
    """Show what the add, mul and max gates do to an upstream gradient.

    add, mul, max : the learner's (forward, backward)
    """
    return Gates({"add": add, "mul": mul, "max": max})
