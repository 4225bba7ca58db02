"""A small network drawn unit by unit, each with the picture that it sees of the plane; three layers that collapse into one."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from gradschool.figures import svg, trust
from gradschool.figures.axes import Axes, grid, heat_image
from gradschool.figures.frame import Choice, Figure, Slider, Text, Toggle, say
from gradschool.figures.nonlinear import relu
from gradschool.figures.svg import Drawing, Sheets

Array = NDArray[np.float64]
Layers = list[tuple[Array, Array]]
Forward = Callable[[Array], Array]

SPAN: Final = (-2.0, 2.0)
PIXELS: Final = 14
_UNIT: Final = 30.0


def plane(pixels: int) -> Array:
    """Return the points at which a picture of the plane looks, (pixels², 2)."""
    return grid(SPAN, SPAN, pixels, pixels)


def unit_values(layers: Layers, activation: Forward, X: Array) -> list[Array]:
    """Return what every layer gives for every row of X; no activation after the last."""
    values = []
    for k, (W, b) in enumerate(layers):
        X = X @ W.T + b
        if k < len(layers) - 1:
            X = activation(X)
        values.append(X)
    return values


def network(layers: Layers, pictures: Sequence[Array], x: float, y: float, width: float, height: float) -> str:
    """Draw a network: inputs, a column of little pictures a layer, weights as lines.

    pictures : of every layer, (pixels², units): what each unit gives over the plane
    """
    columns = len(layers) + 1
    counts = [layers[0][0].shape[1], *(len(b) for _, b in layers)]
    xs = [x + width * k / (columns - 1) for k in range(columns)]
    places = [[(xs[k], y + height * (i + 0.5) / count) for i in range(count)] for k, count in enumerate(counts)]
    lines = [_weights(W, places[k], places[k + 1]) for k, (W, _) in enumerate(layers)]
    inputs = [_picture(places[0][i], plane(PIXELS)[:, i] / 2.0) for i in range(counts[0])]
    names = [
        svg.text(px - 20, py + 5, svg.svg_name(f"x{i}"), size=14, anchor="end") for i, (px, py) in enumerate(places[0])
    ]
    units = [
        _picture(place, _normal(pictures[k][:, i]))
        for k, column in enumerate(places[1:])
        for i, place in enumerate(column)
    ]
    return "".join([*lines, *inputs, *names, *units])


def _weights(W: Array, left: Sequence[tuple[float, float]], right: Sequence[tuple[float, float]]) -> str:
    top = max(1.0, float(np.max(np.abs(W))))
    parts = []
    for i, (to_x, to_y) in enumerate(right):
        for j, (x, y) in enumerate(left):
            size = abs(float(W[i, j])) / top
            middle = (x + to_x) / 2
            way = f"M{x + _UNIT / 2:.1f} {y:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {to_x - _UNIT / 2:.1f} {to_y:.1f}"
            parts.append(
                svg.path(
                    way, role="value" if W[i, j] < 0 else "gradient", width=0.4 + 3.6 * size, opacity=0.25 + 0.6 * size
                )
            )
    return "".join(parts)


def _picture(place: tuple[float, float], values: Array) -> str:
    x, y = place[0] - _UNIT / 2, place[1] - _UNIT / 2
    ground = svg.rect(x, y, _UNIT, _UNIT, fill="panel", role="ink", stroke=1.2, round_by=2)
    return ground + heat_image(values.reshape(PIXELS, PIXELS), x, y, _UNIT, _UNIT)


def _normal(values: Array) -> Array:
    return np.asarray(values / max(0.5, float(np.max(np.abs(values)))))


# --- linear collapse ----------------------------------------------------------------------------------------------------

_BETWEEN: Final[dict[str, Forward]] = {"relu": relu, "tanh": np.tanh}


def _nothing(x: Array) -> Array:
    return x


class Collapse(Figure):
    """Three linear layers that are one; an activation between them that makes them three."""

    title: ClassVar[Text] = {"en": "Three layers that are one", "ko": "한 층과 똑같은 세 층"}
    caption: ClassVar[Text] = {
        "en": "The dashed line is the boundary of $W_4 x + b_4$, which your collapse makes of the three layers. Throw the switch "
        "that puts an activation between them: where does the boundary leave the line, and what do the units in the middle see now?",
        "ko": "점선은 세 층을 하나로 합친 $W_4 x + b_4$의 경계예요. 스위치를 켜서 층 사이에 활성 함수를 넣어 봐요. 경계는 어디에서 점선과 갈라지고, "
        "가운데 뉴런들은 이제 무엇을 볼까요?",
    }

    def __init__(self, collapse: Callable[..., Any] | None) -> None:
        rng = np.random.default_rng(13)
        self._layers: Layers = [
            (rng.normal(0, 1.1, (rows, columns)), rng.normal(0, 0.4, rows))
            for rows, columns in ((4, 2), (4, 4), (1, 4))
        ]
        wide: Layers = [(rng.normal(size=(3, 2)), rng.normal(size=3)), (rng.normal(size=(2, 3)), rng.normal(size=2))]
        self._collapse = trust.Borrowed(
            "collapse", collapse, _collapsed, [(self._layers,), (wide,), (wide[:1],)], _weights_like
        )
        super().__init__(
            [
                Toggle("between", {"en": "an activation between the layers", "ko": "층 사이에 활성 함수"}, False),
                Choice("activation", {"en": "which", "ko": "활성 함수"}, (("tanh", "tanh"), ("relu", "ReLU")), "tanh"),
                Slider("turn", {"en": "turn layer 1", "ko": "첫째 층 돌리기"}, -120, 120, 5, 0),
                Slider("shift", {"en": "move layer 1", "ko": "첫째 층 밀기"}, -2.0, 2.0, 0.1, 0.0, digits=1),
            ],
            [self._collapse],
        )

    def show(self) -> Drawing:
        """Return the three layers with their pictures, the boundary, and the one layer that they collapse into."""
        layers, between = self._now()
        W, b = self._one()
        pictures = unit_values(layers, between, plane(PIXELS))
        out = unit_values(layers, between, plane(40))[-1].reshape(40, 40)
        axes = Axes(520, 30, 250, 250, SPAN, SPAN, svg.svg_name("x0"), svg.svg_name("x1"))
        ground = Sheets(axes.frame) + axes.inside(axes.heat(np.tanh(3 * out)), _line(axes, W[0], float(b[0])))
        net = network(layers, pictures, 40, 24, 390, 168)
        one = network([(W, b)], unit_values([(W, b)], between, plane(PIXELS)), 170, 222, 130, 88)
        same = svg.text(
            324,
            262,
            say(_NOT_SAME if self.state["between"] else _SAME),
            size=13,
            role="muted",
            anchor="start",
        )
        equals = svg.text(235, 218, "≠" if self.state["between"] else "=", size=24, bold=True)
        return Drawing(800, 322, ground + net + one + equals + same)

    def readout(self) -> str:
        """Return the one layer."""
        W, b = self._one()
        w = ", ".join(svg.number(v) for v in W[0])
        name = svg.html_name
        return f"{name('W4')} = ({w}), &ensp; {name('b4')} = {svg.number(float(b[0]))}"

    def alt(self) -> str:
        """Return what stands between the layers, and the collapsed one."""
        W, b = self._one()
        words = _BENT if self.state["between"] else _STRAIGHT
        return say(words, w=", ".join(svg.number(v) for v in W[0]), b=svg.number(float(b[0])))

    def _one(self) -> tuple[Array, Array]:
        one: tuple[Array, Array] = self.kept("one", lambda: self._collapse(self._now()[0]))
        return one

    def changed(self, name: str) -> None:
        """Who picks an activation wants to see it."""
        if name == "activation":
            self.state["between"] = True

    def opened_for_print(self) -> None:
        """Let the boundary bend."""
        self.set(between=True)

    def _now(self) -> tuple[Layers, Forward]:
        angle = np.radians(self.state["turn"])
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        W, b = self._layers[0]
        moved = W @ turn, b + self.state["shift"] * W @ turn @ np.array([1.0, 0.0])
        return [moved, *self._layers[1:]], _BETWEEN[self.state["activation"]] if self.state["between"] else _nothing


_SAME: Final = {"en": "one layer does it", "ko": "한 층이면 충분해요"}
_NOT_SAME: Final = {"en": "no one layer does", "ko": "한 층으로는 안 돼요"}
_STRAIGHT: Final = {
    "en": "Three linear layers and the single layer W4 = ({w}), b4 = {b}: the same straight boundary.",
    "ko": "선형 층 셋과 한 층 W4 = ({w}), b4 = {b}: 같은 곧은 경계.",
}
_BENT: Final = {
    "en": "Three layers with an activation between them: the boundary bends away from that of the single layer W4 = ({w}), b4 = {b}.",
    "ko": "사이에 활성 함수가 있는 세 층: 경계가 한 층 W4 = ({w}), b4 = {b}의 곧은 경계에서 벗어나 휘어요.",
}


def _collapsed(layers: Layers) -> tuple[Array, Array]:
    inputs = layers[0][0].shape[1]
    b = unit_values(layers, _nothing, np.zeros((1, inputs)))[-1][0]
    W = unit_values(layers, _nothing, np.eye(inputs))[-1].T - b[:, None]
    return W, b


def _weights_like(result: Any, layers: Layers) -> tuple[Array, Array]:
    W, b = trust.two(result)
    rows, columns = len(layers[-1][1]), layers[0][0].shape[1]
    return trust.like(W, np.zeros((rows, columns))), trust.like(b, np.zeros(rows))


def _line(axes: Axes, w: Array, b: float) -> str:
    """Draw where w·x + b = 0, through the point nearest to the origin, along the line."""
    size = float(w @ w)
    if size < 1e-12:
        return ""
    foot, along = -b * w / size, np.array([-w[1], w[0]]) / np.sqrt(size)
    ends = np.stack([foot - 9 * along, foot + 9 * along])
    return axes.curve(ends[:, 0], ends[:, 1], role="ink", width=2.2, dash="7 5")


def collapse(collapse: Callable[..., Any] | None = None) -> Collapse:
    """Show three linear layers and the one that they collapse into, with or without an activation between them.

    collapse : the learner's (layers) -> (W, b)
    """
    return Collapse(collapse)
