"""Activations under one cursor, what saturation does to a deep stack, and softmax with its temperature."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from gradschool.figures import style, svg, trust
from gradschool.figures.axes import Axes
from gradschool.figures.frame import Figure, Slider, Text, say
from gradschool.figures.svg import Drawing, Sheets

Array = NDArray[np.float64]
Forward = Callable[[Array], Array]

_SLOPE: Final = 0.1  # of the leaky ReLU that the exercise asks for
_FLAT: Final = 0.05
_LAYERS: Final = 10
_SPAN: Final = (-5.0, 5.0)
_X: Final[Array] = np.linspace(*_SPAN, 101)
_LABELS: Final = {
    "sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU", "leaky_relu": "Leaky ReLU", "elu": "ELU", "maxout": "Maxout",
}  # fmt: skip
_PROBE: Final[Array] = np.array([-3.1, -1.2, -0.4, 0.3, 0.9, 2.6])
_UPSTREAM: Final[Array] = np.array([0.7, -1.1, 0.4, 1.9, -0.6, 1.3])


def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + e⁻ˣ), without overflow on either side."""
    small = np.exp(-np.abs(x))
    return np.where(x < 0, small, 1.0) / (1.0 + small)


def relu(x: Array) -> Array:
    """Return max(0, x)."""
    return np.maximum(0.0, x)


class Activations(Figure):
    """The lecture's six activations, f above f′, under one cursor."""

    title: ClassVar[Text] = {"en": "Six activations under one cursor", "ko": "커서 하나로 보는 여섯 활성 함수"}
    caption: ClassVar[Text] = {
        "en": "Grey: $|f'|$ below 0.05, the gradient hardly comes through. The bottom line says what is left of a gradient of 1 after "
        "ten layers at this $x$. Which activations still pass something at $x = -4$? Which at $x = 4$?",
        "ko": "회색은 $|f'|$이 0.05보다 작아 기울기가 거의 지나가지 못하는 곳이에요. 맨 아래 줄은 이 $x$에서 기울기 1이 열 층을 지나면 "
        "얼마나 남는지예요. $x = -4$에서도 무언가를 흘려보내는 함수는 어느 것일까요? $x = 4$에서는요?",
    }

    def __init__(self, pairs: Mapping[str, trust.Pair | None]) -> None:
        self.state = {"alpha": 0.7, "slope": 0.3, "w1": 0.6, "b1": -0.2, "w2": -0.5, "b2": 0.4}  # what the probes use
        self._curves = {name: self._borrowed(name, pairs[name]) for name in _LABELS}
        super().__init__(
            [
                Slider("x", "x", -5, 5, 0.05, -1.5),
                Slider("alpha", "ELU α", 0.1, 2.0, 0.05, 1.0),
                Slider("slope", {"en": "leaky slope", "ko": "Leaky 기울기"}, 0.0, 0.9, 0.05, _SLOPE),
                Slider("w1", "Maxout w₁", -1.5, 1.5, 0.1, 1.0, digits=1),
                Slider("b1", "b₁", -2.0, 2.0, 0.1, -0.5, digits=1),
                Slider("w2", "w₂", -1.5, 1.5, 0.1, -0.4, digits=1),
                Slider("b2", "b₂", -2.0, 2.0, 0.1, 0.0, digits=1),
            ],
            list(self._curves.values()),
        )
        self._known: dict[tuple[Any, ...], str] = {}

    def show(self) -> Drawing:
        """Return six columns: f, f′, and what ten layers leave of a gradient."""
        columns = [_boxes(k) for k in range(len(_LABELS))]
        grips = "".join(svg.grip("x", upper.left, upper.top, upper.width, 250) for upper, _ in columns)
        body = sum((self._column(name, *columns[k], k) for k, name in enumerate(_LABELS)), Sheets())
        return Drawing(858, 372, body, grips)

    def pointed(self, place: str, across: float, up: float, down: bool) -> None:
        """Put the cursor there."""
        self.set(x=self.nearest("x", across, _SPAN))

    def alt(self) -> str:
        """Return every value and slope at the cursor."""
        parts = []
        for name, label in _LABELS.items():
            f, slope = self._at(name)
            parts.append(f"{label}: f = {svg.number(f)}, f′ = {svg.number(slope)}")
        return f"x = {svg.number(self.state['x'])}. {'; '.join(parts)}."

    def _borrowed(self, name: str, theirs: trust.Pair | None) -> trust.BorrowedCurve:
        probes = [(_UPSTREAM, _PROBE)]
        wrapped = theirs
        if theirs is not None and name == "elu":
            wrapped = lambda x: theirs[0](x, self.state["alpha"]), theirs[1]
        if theirs is not None and name == "maxout":
            wrapped = self._as_curve(theirs)
        return trust.BorrowedCurve(f"{name}_forward", f"{name}_backward", wrapped, self._reference(name), probes)

    def _as_curve(self, maxout: trust.Pair) -> trust.Pair:
        def forward(x: Array) -> Any:
            state = self.state
            w1, w2 = np.array([state["w1"]]), np.array([state["w2"]])
            return maxout[0](x[:, None], w1, state["b1"], w2, state["b2"])

        def backward(upstream: Array, cache: Any) -> Any:
            dx = maxout[1](upstream, cache)[0]
            return trust.like(dx, np.zeros((len(upstream), 1)))[:, 0]

        return forward, backward

    def _reference(self, name: str) -> Forward:
        def leaky(x: Array) -> Array:
            # before the slider exists, the exercise's own slope
            slope = self.state["slope"] if "x" in self.state else _SLOPE
            return np.where(x > 0, x, slope * x)

        def elu(x: Array) -> Array:
            return np.where(x > 0, x, self.state["alpha"] * np.expm1(np.minimum(x, 0.0)))

        def maxout(x: Array) -> Array:
            state = self.state
            return np.asarray(np.maximum(state["w1"] * x + state["b1"], state["w2"] * x + state["b2"]))

        known: dict[str, Forward] = {
            "sigmoid": sigmoid, "tanh": np.tanh, "relu": relu, "leaky_relu": leaky, "elu": elu, "maxout": maxout,
        }  # fmt: skip
        return known[name]

    def _evaluate(self, name: str, x: Array) -> tuple[Array, Array]:
        if name == "leaky_relu" and self.state["slope"] != _SLOPE:
            forward = self._reference(name)
            return forward(x), trust.slope(forward, x)
        pair: tuple[Array, Array] = self._curves[name](np.ones_like(x), x)
        return pair

    def _at(self, name: str) -> tuple[float, float]:
        return self.kept(name, lambda: self._slope_at(name))

    def _slope_at(self, name: str) -> tuple[float, float]:
        f, slope = self._evaluate(name, np.array([self.state["x"]]))
        return float(f[0]), float(slope[0])

    def _column(self, name: str, upper: Axes, lower: Axes, k: int) -> Sheets:
        x, middle = self.state["x"], upper.left + upper.width / 2
        f, slope = self._at(name)
        moving = upper.inside(upper.upright(x), upper.dot(x, f, role="value")) + lower.inside(
            lower.upright(x), lower.dot(x, slope, role="gradient")
        )
        left_over = svg.scientific(slope**_LAYERS) if 0 < abs(slope**_LAYERS) < 0.01 else svg.number(slope**_LAYERS)
        letter, prime = svg.svg_name("f"), "<tspan dx='1.5'>′</tspan>"
        words = [
            svg.text(middle, 169, f"{letter} = {svg.number(f)}", size=13, role="value"),
            svg.text(middle, 187, f"{letter}{prime} = {svg.number(slope)}", size=13, role="gradient"),
            svg.text(middle, 358, f"({letter}{prime})<tspan dy='-0.45em' font-size='75%'>10</tspan>"
                     f"<tspan dy='0.34em'> = {left_over}</tspan>", size=13.5, role="gradient", bold=True),
        ]  # fmt: skip
        return Sheets(self._still(name, upper, lower, k), moving + "".join(words))

    def _still(self, name: str, upper: Axes, lower: Axes, k: int) -> str:
        """Return what the cursor does not move."""
        middle = upper.left + upper.width / 2
        yours = self._curves[name].yours and not (name == "leaky_relu" and self.state["slope"] != _SLOPE)
        shape = {"elu": ("alpha",), "leaky_relu": ("slope",), "maxout": ("w1", "b1", "w2", "b2")}.get(name, ())
        key = name, yours, *(self.state[s] for s in shape)
        if key not in self._known:
            f, slope = self._evaluate(name, _X)
            title = svg.text(middle, 16, _LABELS[name], size=14, bold=True)
            owner = say(_YOURS if yours else _REFERENCE)
            tag = svg.text(middle, 32, owner, size=11.5, role="learner" if yours else "reference")
            names = svg.text(4, 104, svg.svg_name("f"), size=15, anchor="start") if k == 0 else ""
            names += (
                svg.text(4, 252, f"{svg.svg_name('f')}<tspan dx='1.5'>′</tspan>", size=15, anchor="start")
                if k == 0
                else ""
            )
            bands = _flat_bands(lower, slope)
            curves = upper.inside(upper.curve(_X, f, role="value")) + lower.inside(
                *bands, lower.curve(_X, slope, role="gradient")
            )
            self._known[key] = title + tag + names + upper.frame + lower.frame + curves
        return self._known[key]


def _boxes(k: int) -> tuple[Axes, Axes]:
    """Return the axes of f, and below them those of f′, in the k-th column."""
    left, about = 30 + 139 * k, 0 if k else 4
    upper = Axes(left, 40, 118, 112, _SPAN, (-2.2, 3.4), ticks_x=0, ticks_y=about)
    lower = Axes(left, 196, 118, 102, _SPAN, (-1.7, 2.2), svg.svg_name("x"), ticks_x=3, ticks_y=about)
    return upper, lower


_YOURS: Final = {"en": "yours", "ko": "내 함수"}
_REFERENCE: Final = {"en": "reference", "ko": "기준"}


def _flat_bands(axes: Axes, slope: Array) -> list[str]:
    flat = np.abs(slope) < _FLAT
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flat.astype(int), [0]])))
    return [
        axes.band(float(_X[start]), float(_X[end - 1]), role="muted", opacity=0.25)
        for start, end in edges.reshape(-1, 2).tolist()
    ]


# --- saturation, layer by layer ----------------------------------------------------------------------------------------

_WIDTH: Final = 32
_BATCH: Final = 32
_BINS: Final = 18
_DEEP: Final[dict[str, Forward]] = {"sigmoid": sigmoid, "tanh": np.tanh, "relu": relu}
_ROLES: Final = {"sigmoid": "numeric", "tanh": "value", "relu": "learner"}


class Saturation(Figure):
    """What the scale of the weights does to values and gradients on their way through ten layers."""

    title: ClassVar[Text] = {"en": "Ten layers deep", "ko": "열 층을 지나면"}
    caption: ClassVar[Text] = {
        "en": "A gradient of size 1 enters at layer 10 and goes back to layer 1. Find the scale at which it neither vanishes nor "
        "explodes, for each activation. Why is there none for the sigmoid?",
        "ko": "크기가 1인 기울기가 10층으로 들어와 1층까지 거꾸로 가요. 활성 함수마다 기울기가 사라지지도 터지지도 않는 크기를 "
        "찾아봐요. 시그모이드에는 왜 그런 크기가 없을까요?",
    }

    def __init__(self, pairs: Mapping[str, trust.Pair | None]) -> None:
        probes = [(_UPSTREAM, _PROBE)]
        self._curves = {
            name: trust.BorrowedCurve(f"{name}_forward", f"{name}_backward", pairs[name], forward, probes)
            for name, forward in _DEEP.items()
        }
        super().__init__(
            [Slider("scale", {"en": "scale of the weights", "ko": "가중치의 크기"}, 0.1, 4.0, 0.05, 1.0)],
            list(self._curves.values()),
        )
        rng = np.random.default_rng(3)
        self._weights = rng.standard_normal((_LAYERS, _WIDTH, _WIDTH)) / np.sqrt(_WIDTH)
        self._x = rng.standard_normal((_BATCH, _WIDTH))
        gradient = rng.standard_normal((_BATCH, _WIDTH))
        self._gradient = gradient / np.sqrt(np.mean(gradient**2))

    def show(self) -> Drawing:
        """Return the activations' spread and the gradients' size, by layer."""
        runs = {name: self._through(name) for name in _DEEP}
        return Drawing(800, 322, self._spreads(runs) + self._sizes(runs))

    def alt(self) -> str:
        """Return what reaches the first layer in a sentence."""
        sizes = ", ".join(f"{_LABELS[name]} {svg.scientific(self._through(name)[1][0])}" for name in _DEEP)
        return say(_SATURATION_ALT, scale=svg.number(self.state["scale"]), sizes=sizes)

    def _through(self, name: str) -> tuple[list[Array], list[float]]:
        return self.kept(name, lambda: self._passed(name))

    def _passed(self, name: str) -> tuple[list[Array], list[float]]:
        """Return the values of every layer, and the size of the gradient of every layer's input."""
        ones = np.ones_like(self._x)
        x, values, slopes = self._x, [], []
        for W in self._weights:
            x, slope = self._curves[name](ones, x @ (self.state["scale"] * W).T)
            values.append(x)
            slopes.append(slope)
        gradient, sizes = self._gradient, []
        for W, slope in zip(self._weights[::-1], slopes[::-1], strict=True):
            gradient = (gradient * slope) @ (self.state["scale"] * W)
            sizes.append(float(np.sqrt(np.mean(gradient**2))))
        return values, sizes[::-1]

    def _spreads(self, runs: Mapping[str, tuple[list[Array], list[float]]]) -> Sheets:
        body = Sheets(svg.text(48, 19, say(_VALUES), size=13, anchor="start"))
        for k, (name, (values, _)) in enumerate(runs.items()):
            span = {"sigmoid": (-0.08, 1.08), "tanh": (-1.15, 1.15), "relu": (-0.3, 4.0)}[name]
            last = k == len(runs) - 1
            label = say(_LAYER) if last else ""
            axes = Axes(
                48, 26 + 89 * k, 270, 66, (0.4, _LAYERS + 0.6), span, label, ticks_x=6 if last else 0, ticks_y=2
            )
            pictures = [_violin(axes, layer + 1.0, v, _ROLES[name]) for layer, v in enumerate(values)]
            title = svg.text(318, 20 + 89 * k, _LABELS[name], size=12.5, role=_ROLES[name], anchor="end", bold=True)
            body += Sheets(axes.frame + title, axes.inside(*pictures))
        return body

    def _sizes(self, runs: Mapping[str, tuple[list[Array], list[float]]]) -> Sheets:
        axes = Axes(
            400, 26, 300, 244, (0.6, _LAYERS + 0.4), (1e-12, 1e6), say(_LAYER), say(_SIZE),
            log_y=True, ticks_x=6, ticks_y=6,
        )  # fmt: skip
        layers = list(range(1, _LAYERS + 1))
        parts, at = [], []
        for name, (_, sizes) in runs.items():
            parts.append(axes.curve(layers, [max(s, 1e-14) for s in sizes], role=_ROLES[name]))
            parts.append(axes.dots(layers, [max(s, 1e-14) for s in sizes], role=_ROLES[name], r=3.5))
            at.append((26 + float(axes.y(min(max(sizes[-1], 1e-12), 1e6))), name))
        labels = [
            svg.text(708, y + 4, _LABELS[name], size=13, role=_ROLES[name], anchor="start", bold=True)
            for y, name in _apart(at, 17)
        ]
        return Sheets(axes.frame + axes.inside(axes.level(1.0)), axes.inside(*parts) + "".join(labels))


_LAYER: Final = {"en": "layer", "ko": "층"}
_VALUES: Final = {"en": "values", "ko": "값"}
_SIZE: Final = {"en": "size of the gradient", "ko": "기울기의 크기"}
_SATURATION_ALT: Final = {
    "en": "Ten layers with weights of scale {scale}: of a gradient of size 1, this much reaches the first layer: {sizes}.",
    "ko": "가중치 크기가 {scale}인 열 층: 크기 1인 기울기 가운데 첫 층에 닿는 것은 {sizes}.",
}


def _violin(axes: Axes, at: float, values: Array, role: str) -> str:
    """Draw how many values lie where, as a shape around a layer's line."""
    low, high = axes.y_span
    bins = ((np.clip(values, low, high) - low) * (_BINS / (high - low))).astype(int).ravel()
    counts = np.bincount(np.minimum(bins, _BINS - 1), minlength=_BINS)
    half = 0.42 * counts / int(counts.max())
    middles = low + (np.arange(_BINS) + 0.5) * (high - low) / _BINS
    way = axes.curve(
        np.concatenate([at - half, (at + half)[::-1]]), np.concatenate([middles, middles[::-1]]), role=role, width=1
    )
    return way.replace('fill="none"', f'fill="{style.css(role)}" fill-opacity="0.35"')


def _apart(labels: list[tuple[float, str]], gap: float) -> list[tuple[float, str]]:
    """Return heights and names, pushed down until none covers another."""
    placed: list[tuple[float, str]] = []
    for y, name in sorted(labels):
        placed.append((max(y, placed[-1][0] + gap) if placed else y, name))
    return placed


# --- softmax ------------------------------------------------------------------------------------------------------------

_CLASSES: Final = 4


class Softmax(Figure):
    """Logits into probabilities, with a temperature and a constant that changes nothing."""

    title: ClassVar[Text] = {"en": "From logits to probabilities", "ko": "로짓에서 확률로"}
    caption: ClassVar[Text] = {
        "en": "The probabilities are $\\mathrm{softmax}((z + c)/T)$. Which of the sliders changes nothing at all, and why? What do very "
        "small and very large $T$ make of the four?",
        "ko": "확률은 $\\mathrm{softmax}((z + c)/T)$예요. 아무것도 바꾸지 않는 슬라이더는 어느 것이고, 왜 그럴까요? $T$가 아주 작거나 "
        "아주 크면 네 확률은 어떻게 될까요?",
    }

    def __init__(self, softmax: Callable[..., Any] | None) -> None:
        self._softmax = trust.Borrowed(
            "softmax",
            softmax,
            _softmax,
            [(np.array([0.4, -1.2, 2.0]),), (np.array([[1.0, 3.0], [-2.0, 0.5], [0.0, 0.1]]),)],
            lambda result, z: trust.like(result, z),
        )
        logits = [2.0, 1.0, 0.2, -1.0]
        super().__init__(
            [
                *(
                    Slider(f"z{k + 1}", svg.plain_name(f"z{k + 1}"), -6, 6, 0.1, z, digits=1)
                    for k, z in enumerate(logits)
                ),
                Slider("temperature", "T", 0.1, 10.0, 0.1, 1.0, digits=1),
                Slider("shift", "c", -6, 6, 0.1, 0.0, digits=1),
            ],
            [self._softmax],
        )

    def show(self) -> Drawing:
        """Return logits on the left, probabilities on the right."""
        z, p = self._now()
        left = Axes(
            44,
            28,
            300,
            230,
            (0.4, _CLASSES + 0.6),
            (-14.5, 14.5),
            "",
            f"{svg.svg_name('z')} + {svg.svg_name('c')}",
            ticks_x=0,
        )
        right = Axes(452, 28, 300, 230, (0.4, _CLASSES + 0.6), (0, 1.12), "", svg.svg_name("p"), ticks_x=0)
        arrow = svg.text(398, 146, "→", size=30, role="muted")
        bars = _bars(left, z, "value", 1) + _bars(right, p, "gradient", 3)
        return Drawing(780, 286, bars + Sheets(arrow))

    def readout(self) -> str:
        """Return the sum of the probabilities."""
        p = self._now()[1]
        return f'{" + ".join(svg.number(v, 3) for v in p)} = <span class="gs-gradient">{svg.number(float(np.sum(p)), 3)}</span>'

    def alt(self) -> str:
        """Return logits and probabilities in a sentence."""
        z, p = self._now()
        joined = (", ".join(svg.number(v, k) for v in values) for values, k in ((z, 1), (p, 3)))
        return say(_SOFTMAX_ALT, z=next(joined), p=next(joined), T=svg.number(self.state["temperature"], 1))

    def _now(self) -> tuple[Array, Array]:
        return self.kept("p", self._turned)

    def _turned(self) -> tuple[Array, Array]:
        z = np.array([self.state[f"z{k + 1}"] for k in range(_CLASSES)]) + self.state["shift"]
        p: Array = self._softmax(z / self.state["temperature"])
        return z, p


_SOFTMAX_ALT: Final = {
    "en": "Logits {z} at temperature {T} become the probabilities {p}.",
    "ko": "온도 {T}에서 로짓 {z} → 확률 {p}.",
}


def _softmax(z: Array) -> Array:
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def _bars(axes: Axes, values: Array, role: str, digits: int) -> Sheets:
    parts, labels = [], []
    ground = float(axes.y(0))
    for k, value in enumerate(values.tolist()):
        x, y = float(axes.x(k + 1)), float(axes.y(value))
        top, height = min(y, ground), abs(y - ground)
        parts.append(svg.rect(x - 24, top, 48, height, fill=role, role=role, round_by=2, opacity=0.6))
        above = y - 6 if value >= 0 else y + 15
        parts.append(svg.text(x, above, svg.number(value, digits), size=13, role=role, classes="gs-halo"))
        name = svg.svg_name(f"{'z' if role == 'value' else 'p'}{k + 1}")
        labels.append(svg.text(axes.left + x, axes.top + axes.height + 18, name, size=14))
    return Sheets(axes.frame + "".join(labels), axes.inside(*parts))


def activations(
    sigmoid: trust.Pair | None = None,
    tanh: trust.Pair | None = None,
    relu: trust.Pair | None = None,
    leaky_relu: trust.Pair | None = None,
    elu: trust.Pair | None = None,
    maxout: trust.Pair | None = None,
) -> Activations:
    """Show the six activations, f above f′, under one cursor.

    sigmoid, tanh, relu, leaky_relu, elu, maxout : the learner's (forward, backward)
    """
    return Activations(
        {"sigmoid": sigmoid, "tanh": tanh, "relu": relu, "leaky_relu": leaky_relu, "elu": elu, "maxout": maxout}
    )


def saturation(
    sigmoid: trust.Pair | None = None, tanh: trust.Pair | None = None, relu: trust.Pair | None = None
) -> Saturation:
    """Show what saturation does to gradients, layer by layer.

    sigmoid, tanh, relu : the learner's (forward, backward)
    """
    return Saturation({"sigmoid": sigmoid, "tanh": tanh, "relu": relu})


def softmax(softmax: Callable[..., Any] | None = None) -> Softmax:
    """Show logits becoming probabilities.

    softmax : the learner's (z) -> probabilities over the last axis
    """
    return Softmax(softmax)
