"""The neuron notebook: a cell that fills and fires, one neuron in the plane, and XOR out of three."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from gradschool.figures import style, svg, trust
from gradschool.figures.axes import Axes, grid
from gradschool.figures.frame import Choice, Figure, Slider, Steps, Text, say
from gradschool.figures.svg import Drawing, Sheets

Array = NDArray[np.float64]

# --- integrate and fire --------------------------------------------------------------------------------------------

_STEPS: Final = 60


class IntegrateAndFire(Figure):
    """A cell body that stores what comes in, and fires when it holds more than it can."""

    title: ClassVar[Text] = {"en": "Store, overflow, fire", "ko": "모으고, 넘치고, 발화하고"}
    caption: ClassVar[Text] = {
        "en": "The cell body fills until it holds more than its capacity; then the axon fires and the store is empty again. "
        "What happens to the firing when the current doubles? How small must the current be for the cell not to fire at all?",
        "ko": "세포체는 용량을 넘을 때까지 차오르고, 넘으면 축삭돌기로 발화한 뒤 비워져요. 전류가 두 배가 되면 발화는 어떻게 "
        "달라질까요? 전류가 얼마나 작아야 한 번도 발화하지 않을까요?",
    }

    def __init__(self, integrate_and_fire: Callable[..., Any] | None) -> None:
        self._cell = trust.Borrowed(
            "integrate_and_fire",
            integrate_and_fire,
            _fires,
            [(np.array([0.5, 0.75, 0.25, 1.0, 3.5, 0.25]), 1.25), (np.array([1.0, 1.0, 1.0]), 2.0)],
            lambda result, currents, capacity: trust.like(result, currents),
        )
        kinds = (
            ("steady", {"en": "steady", "ko": "일정하게"}),
            ("bursts", {"en": "in bursts", "ko": "몰아서"}),
            ("noisy", {"en": "noisy", "ko": "들쭉날쭉"}),
        )
        super().__init__(
            [
                Steps("time", {"en": "time", "ko": "시간"}, _STEPS, 34, pause=160),
                Slider("capacity", {"en": "capacity", "ko": "용량"}, 0.5, 6.0, 0.1, 3.0, digits=1),
                Slider("current", {"en": "current", "ko": "전류"}, 0.0, 2.0, 0.05, 0.45),
                Choice("kind", {"en": "input", "ko": "입력"}, kinds, "steady"),
            ],
            [self._cell],
        )

    def show(self) -> Drawing:
        """Return the cell at this time, and the store and the spikes up to it."""
        currents, spikes, store = self._run()
        now = self.state["time"]
        return Drawing(800, 300, self._body(currents, spikes, store, now) + self._history(currents, spikes, store, now))

    def readout(self) -> str:
        """Return how often the cell fired."""
        spikes = self._run()[1]
        return say(_RATE, count=int(np.sum(spikes > 0)), steps=_STEPS)

    def alt(self) -> str:
        """Return the firing in a sentence."""
        state, spikes = self.state, self._run()[1]
        return say(
            _FIRE_ALT,
            capacity=svg.number(state["capacity"], 1),
            current=svg.number(state["current"]),
            count=int(np.sum(spikes > 0)),
            steps=_STEPS,
        )

    def _run(self) -> tuple[Array, Array, Array]:
        return self.kept("run", self._lived)

    def _lived(self) -> tuple[Array, Array, Array]:
        currents = self.state["current"] * _patterns()[self.state["kind"]]
        spikes: Array = self._cell(currents, self.state["capacity"])
        store = np.zeros(_STEPS + 1)
        for t in range(_STEPS):
            store[t + 1] = 0.0 if spikes[t] else store[t] + currents[t]
        return currents, spikes, store

    def _body(self, currents: Array, spikes: Array, store: Array, now: int) -> str:
        capacity = self.state["capacity"]
        fired = now > 0 and bool(spikes[now - 1])
        level = 1.0 if fired else min(1.0, float(store[now]) / capacity)
        coming = float(currents[now - 1]) if now else 0.0
        return _nerve_cell(150, 140, level, coming, fired)

    def _history(self, currents: Array, spikes: Array, store: Array, now: int) -> Sheets:
        capacity = self.state["capacity"]
        top = Axes(350, 30, 436, 150, (0, _STEPS), (0, 7.5), "", say(_STORE), ticks_x=0, ticks_y=4)
        below = Axes(350, 212, 436, 40, (0, _STEPS), (0, 1.2), say(_TIME), say(_OUTPUT), ticks_y=1)
        ticks = [below.curve([t + 1, t + 1], [0, 1], role="gradient", width=3) for t in range(now) if spikes[t]]
        drops = [top.curve([t + 1, t + 1], [0, capacity], role="gradient", width=1.2) for t in range(now) if spikes[t]]
        past, steps = _saw(store, currents, spikes, now)
        return (
            Sheets(top.frame + below.frame)
            + top.inside(
                top.level(capacity, role="gradient"),
                *drops,
                top.area(steps, past, 0.0, role="value", opacity=0.16),
                top.curve(steps, past, role="value"),
                top.dot(now, float(store[now]), role="value"),
                top.words(0, capacity, say(_CAPACITY), role="gradient", dx=6, dy=-5, anchor="start", size=12),
            )
            + below.inside(*ticks)
        )


_RATE: Final = {"en": "{count} spikes in {steps} steps.", "ko": "{steps}단계 동안 {count}번 발화해요."}
_STORE: Final = {"en": "store", "ko": "저장고"}
_TIME: Final = {"en": "time", "ko": "시간"}
_OUTPUT: Final = {"en": "output", "ko": "출력"}
_CAPACITY: Final = {"en": "capacity", "ko": "용량"}
_FIRE_ALT: Final = {
    "en": "A cell with capacity {capacity} under a current of {current} fires {count} times in {steps} steps; the store climbs "
    "and drops to nothing at each spike.",
    "ko": "용량이 {capacity}인 세포에 들어오는 전류가 {current}일 때, {steps}단계 동안 {count}번 발화해요. 저장고는 차오르다가 발화할 때마다 비워져요.",
}


def _fires(currents: Array, capacity: float) -> Array:
    store, out = 0.0, np.zeros(len(currents))
    for t, current in enumerate(currents):
        store += float(current)
        if store > capacity:
            out[t], store = 1.0, 0.0
    return out


@lru_cache(1)
def _patterns() -> dict[str, Array]:
    rng = np.random.default_rng(7)
    t = np.arange(_STEPS)
    return {
        "steady": np.ones(_STEPS),
        "bursts": np.where(t % 15 < 5, 2.0, 0.0),
        "noisy": np.round(rng.gamma(1.2, 0.8, _STEPS), 2),
    }


def _saw(store: Array, currents: Array, spikes: Array, now: int) -> tuple[list[float], list[float]]:
    """Return the store against time, straight up while it fills, over its capacity too, and straight down when it fires."""
    values, times = [float(store[0])], [0.0]
    for t in range(now):
        values.append(float(store[t] + currents[t]) if spikes[t] else float(store[t + 1]))
        times.append(t + 1.0)
        if spikes[t]:
            values.append(0.0)
            times.append(t + 1.0)
    return values, times


_PARTS: Final[dict[str, Text]] = {
    "dendrites": {"en": "dendrites", "ko": "수상돌기"},
    "synapses": {"en": "synapses", "ko": "시냅스"},
    "body": {"en": "cell body", "ko": "세포체"},
    "axon": {"en": "axon", "ko": "축삭돌기"},
}


def _nerve_cell(x: float, y: float, level: float, coming: float, fired: bool) -> str:
    """Draw dendrites, a body filled up to a level, and an axon that lights up when the cell fires."""
    parts = []
    for dy in (-74, -26, 26, 74):
        width = 2.5 + min(5.0, 2.6 * coming)
        parts.append(
            svg.path(
                f"M{x - 122} {y + dy}C{x - 80} {y + dy} {x - 70} {y + dy * 0.45} {x - 38} {y + dy * 0.35}",
                role="value",
                width=width,
            )
        )
        parts.append(svg.circle(x - 126, y + dy, 6, fill="value", role="panel"))
    tail = f"M{x + 46} {y}C{x + 80} {y} {x + 90} {y + 8} {x + 128} {y + 4}"
    parts.append(svg.path(tail, role="gradient" if fired else "line", width=9 if fired else 6))
    for dy in (-26, 0, 26):
        fork = f"M{x + 128} {y + 4}C{x + 140} {y + 4} {x + 146} {y + 4 + dy} {x + 160} {y + 4 + dy}"
        parts.append(svg.path(fork, role="gradient" if fired else "line", width=5 if fired else 3.5))
    parts.append(svg.circle(x, y, 48, fill="soft", role="gradient" if fired else "ink", width=3 if fired else 1.8))
    parts.append(_filled(x, y, 46, level, "gradient" if fired else "value"))
    labels = (
        ("synapses", x - 112, y - 92),
        ("dendrites", x - 86, y + 108),
        ("body", x, y + 70),
        ("axon", x + 100, y - 14),
    )
    parts += [svg.text(px, py, say(_PARTS[name]), size=13, role="muted", classes="gs-halo") for name, px, py in labels]
    return "".join(parts)


def _filled(x: float, y: float, r: float, level: float, role: str) -> str:
    if level <= 0:
        return ""
    height = 2 * r * level - r  # above the middle
    half = math.sqrt(max(0.0, r * r - height * height))
    large = 1 if level > 0.5 else 0
    if level >= 1:
        way = f"M{x - r} {y}A{r} {r} 0 1 0 {x + r} {y}A{r} {r} 0 1 0 {x - r} {y}Z"
    else:
        way = f"M{x - half:.1f} {y - height:.1f}A{r} {r} 0 {large} 0 {x + half:.1f} {y - height:.1f}Z"
    return f'<path d="{way}" fill="{style.css(role)}" fill-opacity="0.55" stroke="none"/>'


# --- one neuron in the plane ---------------------------------------------------------------------------------------

_SPAN: Final = (-3.0, 3.0)
_CELLS: Final = 40


@lru_cache(1)
def _two_groups() -> tuple[Array, Array]:
    """Return points (24, 2) and their labels (24,): two groups that one line can part, not too easily."""
    rng = np.random.default_rng(11)
    left = rng.normal((-1.0, 0.7), 0.62, (12, 2))
    right = rng.normal((1.0, -0.6), 0.62, (12, 2))
    return np.round(np.concatenate([left, right]), 2), np.repeat([0.0, 1.0], 12)


class NeuronPlane(Figure):
    """One neuron's activation over the plane of its two inputs, with its boundary."""

    title: ClassVar[Text] = {"en": "One neuron in the plane", "ko": "평면 위의 뉴런 하나"}
    caption: ClassVar[Text] = {
        "en": "Part the two groups by hand: get the loss below 0.25. Which of $w_0, w_1, b$ turns the line, and which moves it? "
        "What changes when all three are doubled, though the line stays where it is?",
        "ko": "두 무리를 손으로 나눠서 손실을 0.25 아래로 내려 봐요. $w_0, w_1, b$ 가운데 직선을 돌리는 것과 옮기는 것은 어느 "
        "것일까요? 셋을 모두 두 배로 하면 직선은 그대로인데 무엇이 달라질까요?",
    }

    def __init__(self, forward: Callable[..., Any] | None, boundary: Callable[..., Any] | None) -> None:
        theirs = None if forward is None else _first_of(forward)
        self._p = trust.Borrowed(
            "neuron_forward",
            theirs,
            _neuron,
            [(np.array([[0.3, -1.0], [1.2, 0.4], [0.0, 2.0]]), np.array([0.7, -1.1]), 0.4)],
            lambda result, X, w, b: trust.like(result, np.zeros(len(X))),
        )
        self._line = trust.Borrowed(
            "boundary",
            boundary,
            _boundary,
            [(np.array([0.7, -1.3]), 0.4)],
            lambda r, *_: tuple(trust.like(r, np.zeros(2))),
        )
        super().__init__(
            [
                Slider("w0", "w₀", -4, 4, 0.1, 0.6, digits=1),
                Slider("w1", "w₁", -4, 4, 0.1, 1.2, digits=1),
                Slider("b", "b", -4, 4, 0.1, 0.5, digits=1),
            ],
            [self._p, self._line],
        )

    def show(self) -> Drawing:
        """Return the plane, and the same points on the sigmoid."""
        w, b = self._weights()
        return Drawing(800, 338, self._plane(w, b) + self._curve(w, b))

    def readout(self) -> str:
        """Return how well the line parts the groups."""
        right, loss = self._score()
        return say(_SCORE, right=right, all=len(_two_groups()[1]), loss=svg.number(loss, 3))

    def alt(self) -> str:
        """Return weights and score in a sentence."""
        right, loss = self._score()
        values = {name: svg.number(self.state[name], 1) for name in ("w0", "w1", "b")}
        return say(_PLANE_ALT, right=right, all=len(_two_groups()[1]), loss=svg.number(loss, 3), **values)

    def _weights(self) -> tuple[Array, float]:
        return np.array([self.state["w0"], self.state["w1"]]), float(self.state["b"])

    def _score(self) -> tuple[int, float]:
        return self.kept("score", self._scored)

    def _scored(self) -> tuple[int, float]:
        X, t = _two_groups()
        p = np.clip(self._p(X, *self._weights()), 1e-12, 1 - 1e-12)
        loss = -np.mean(np.where(t > 0.5, np.log(p), np.log(1 - p)))
        return int(np.sum((p > 0.5) == (t > 0.5))), float(loss)

    def _plane(self, w: Array, b: float) -> Sheets:
        axes = Axes(40, 30, 262, 262, _SPAN, _SPAN, svg.svg_name("x0"), svg.svg_name("x1"))
        X, t = _two_groups()
        p = self._p(grid(_SPAN, _SPAN, _CELLS, _CELLS), w, b).reshape(_CELLS, _CELLS)
        return Sheets(axes.frame) + axes.inside(
            axes.heat(2 * p - 1),
            self._border(axes, w, b),
            axes.dots(X[t < 0.5, 0], X[t < 0.5, 1], role="value", r=5),
            axes.dots(X[t > 0.5, 0], X[t > 0.5, 1], role="gradient", r=5),
        )

    def _border(self, axes: Axes, w: Array, b: float) -> str:
        if w[1] == 0:
            return axes.upright(-b / float(w[0]), role="ink", dash="", width=2) if w[0] else ""
        slope, intercept = self._line(w, b)
        ends = np.array(_SPAN)
        return axes.curve(ends, slope * ends + intercept, role="ink", width=2)

    def _curve(self, w: Array, b: float) -> Sheets:
        z_label = f"{svg.svg_name('z')} = {svg.svg_name('w0')}{svg.svg_name('x0')} + {svg.svg_name('w1')}{svg.svg_name('x1')} + {svg.svg_name('b')}"
        axes = Axes(372, 30, 414, 262, (-8, 8), (-0.05, 1.05), z_label, f"{svg.svg_name('p')} = σ({svg.svg_name('z')})")
        z = np.linspace(-8, 8, 81)
        X, t = _two_groups()
        # what lies further out stands at the edge
        at, p = np.clip(X @ w + b, -7.7, 7.7), self._p(X, w, b)
        sigmoid = axes.curve(z, 1 / (1 + np.exp(-z)), role="line", width=2)
        upright = axes.upright(0.0, role="ink", dash="", width=2)
        return Sheets(axes.frame + axes.inside(sigmoid, upright)) + axes.inside(
            axes.dots(at[t < 0.5], p[t < 0.5], role="value", r=5),
            axes.dots(at[t > 0.5], p[t > 0.5], role="gradient", r=5),
        )


_SCORE: Final = {
    "en": "{right} of {all} on the right side, log loss {loss}.",
    "ko": "{all}개 가운데 {right}개를 맞혔어요. 로그 손실 {loss}.",
}
_PLANE_ALT: Final = {
    "en": "A neuron with w0 = {w0}, w1 = {w1}, b = {b} over the plane: {right} of {all} points on the right side of its line, "
    "log loss {loss}. Beside it the same points on the sigmoid curve.",
    "ko": "평면 위의 뉴런, w0 = {w0}, w1 = {w1}, b = {b}: 점 {all}개 가운데 {right}개를 맞혔고 로그 손실은 {loss}. "
    "옆에는 같은 점들이 시그모이드 곡선 위에 있어요.",
}


def _neuron(X: Array, w: Array, b: float) -> Array:
    return np.asarray(1 / (1 + np.exp(-(X @ w + b))))


def _boundary(w: Array, b: float) -> tuple[float, float]:
    return -float(w[0]) / float(w[1]), -b / float(w[1])


def _first_of(forward: Callable[..., Any]) -> Callable[..., Any]:
    def first(*arguments: Any) -> Any:
        return trust.two(forward(*arguments))[0]

    return first


# --- XOR -------------------------------------------------------------------------------------------------------------

_CORNERS: Final = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))
_TABLES: Final = {"and_gate": (0, 0, 0, 1), "or_gate": (0, 1, 1, 1), "nand_gate": (1, 1, 1, 0), "xor": (0, 1, 1, 0)}
_KNOWN: Final = {
    "and_gate": (np.array([1.0, 1.0]), -1.5),
    "or_gate": (np.array([1.0, 1.0]), -0.5),
    "nand_gate": (np.array([-1.0, -1.0]), 1.5),
}
_MARGIN: Final = 0.1
_XOR_SPAN: Final = (-0.5, 1.5)
_XOR_REACH: Final = (-0.4, 1.4)
_XOR_PLANE: Final = Axes(40, 30, 262, 262, _XOR_SPAN, _XOR_SPAN, svg.svg_name("x0"), svg.svg_name("x1"))
Weights = tuple[Array, float]


class Xor(Figure):
    """Four points that no line parts, two lines that do, and the network of three neurons that draws them."""

    title: ClassVar[Text] = {"en": "XOR: two lines, three neurons", "ko": "XOR: 직선 둘, 뉴런 셋"}
    caption: ClassVar[Text] = {
        "en": "Move the point across the plane. OR says yes above one line, NAND below the other, AND only where both agree. Could one "
        "straight line keep the two blue corners from the two orange ones?",
        "ko": "점을 평면 위에서 움직여 봐요. OR는 한 직선의 위에서, NAND는 다른 직선의 아래에서 켜지고, AND는 둘 다 켜진 곳에서만 "
        "켜져요. 직선 하나로 파란 두 점과 주황 두 점을 나눌 수 있을까요?",
    }

    def __init__(self, gates: dict[str, Callable[..., Any] | None], xor: Callable[..., Any] | None) -> None:
        self._gates = {
            name: trust.Borrowed(name, theirs, lambda name=name: _KNOWN[name], [], _gate_like(name))
            for name, theirs in gates.items()
        }
        theirs = None if xor is None else lambda: [xor(np.array(corner)) for corner in _CORNERS]
        self._xor = trust.Borrowed(
            "xor", theirs, lambda: list(_TABLES["xor"]), [()], lambda r: [trust.real(v) for v in r]
        )
        self._weights: dict[str, Weights] = {name: gate() for name, gate in self._gates.items()}
        super().__init__(
            [Slider("x0", "x₀", *_XOR_REACH, 0.05, 1.0), Slider("x1", "x₁", *_XOR_REACH, 0.05, 0.0)],
            [*self._gates.values(), self._xor],
        )

    def show(self) -> Drawing:
        """Return the plane with both lines, and the network at work on the point."""
        return Drawing(800, 338, self._plane() + self._network(), _XOR_PLANE.grip("x"))

    def pointed(self, place: str, across: float, up: float, down: bool) -> None:
        """Put the point there."""
        self.set(x0=self.nearest("x0", across, _XOR_SPAN), x1=self.nearest("x1", up, _XOR_SPAN))

    def alt(self) -> str:
        """Return the point and what the three neurons say about it."""
        a, b, out = self._fires()
        at = {"x0": svg.number(self.state["x0"]), "x1": svg.number(self.state["x1"])}
        return say(_XOR_ALT, **at, a=int(a), b=int(b), out=int(out))

    def _fires(self) -> tuple[float, float, float]:
        x = np.array([self.state["x0"], self.state["x1"]])
        first, second = self._fire("or_gate", x), self._fire("nand_gate", x)
        return first, second, self._fire("and_gate", np.array([first, second]))

    def _fire(self, name: str, x: Array) -> float:
        w, b = self._weights[name]
        return float(x @ w + b > 0)

    def _plane(self) -> Sheets:
        axes = _XOR_PLANE
        corners, says = np.array(_CORNERS), np.array(self._xor())
        still = axes.inside(
            *(self._line(axes, name, role) for name, role in (("or_gate", "learner"), ("nand_gate", "numeric"))),
            axes.dots(corners[says < 0.5, 0], corners[says < 0.5, 1], role="value", r=9),
            axes.dots(corners[says > 0.5, 0], corners[says > 0.5, 1], role="gradient", r=9),
        )
        point = axes.dot(self.state["x0"], self.state["x1"], role="ink", hollow=True, r=5.5)
        return Sheets(axes.frame + self._ground(axes) + still, axes.inside(point))

    def _ground(self, axes: Axes) -> str:
        points = grid(_XOR_SPAN, _XOR_SPAN, 64, 64)
        (w, b), (v, c), (u, d) = (self._weights[name] for name in ("or_gate", "nand_gate", "and_gate"))
        hidden = np.stack([points @ w + b > 0, points @ v + c > 0], axis=1)
        out = hidden @ u + d > 0
        return axes.inside(axes.heat(np.where(out, 0.45, -0.25).reshape(64, 64)))

    def _line(self, axes: Axes, name: str, role: str) -> str:
        w, b = self._weights[name]
        if abs(w[1]) < 1e-9:
            return axes.upright(-b / float(w[0]), role=role, dash="", width=2.6) if w[0] else ""
        slope, intercept = _boundary(w, b)
        ends = np.array(_XOR_SPAN)
        return axes.curve(ends, slope * ends + intercept, role=role, width=2.6)

    def _network(self) -> Sheets:
        first, second, out = self._fires()
        places = {
            "x0": (400, 100),
            "x1": (400, 222),
            "or_gate": (550, 100),
            "nand_gate": (550, 222),
            "and_gate": (690, 161),
        }
        values = {
            "x0": self.state["x0"],
            "x1": self.state["x1"],
            "or_gate": first,
            "nand_gate": second,
            "and_gate": out,
        }
        wires = []
        for name, sources in (
            ("or_gate", ("x0", "x1")),
            ("nand_gate", ("x0", "x1")),
            ("and_gate", ("or_gate", "nand_gate")),
        ):
            wires += [
                _wire(places[s], places[name], float(w), k)
                for k, (s, w) in enumerate(zip(sources, self._weights[name][0], strict=True))
            ]
        roles = {"or_gate": "learner", "nand_gate": "numeric", "and_gate": "gradient"}
        units = [_unit(places[n], n, float(values[n]), roles.get(n, "ink"), self._weights.get(n)) for n in places]
        x, y = places["and_gate"]
        way_out = svg.line(x + 26, y, x + 62, y, role="gradient" if out else "line", width=3)
        answer = svg.text(x + 72, y + 6, f"{out:.0f}", size=18, bold=True, role="gradient" if out else "value")
        return sum(units, Sheets("".join(wires))) + way_out + answer


_XOR_ALT: Final = {
    "en": "At ({x0}, {x1}) the OR neuron gives {a}, the NAND neuron {b}, and the AND of both, XOR, gives {out}. Two lines part the "
    "four corners.",
    "ko": "({x0}, {x1})에서 OR 뉴런은 {a}, NAND 뉴런은 {b}, 둘의 AND인 XOR는 {out}. 두 직선이 네 꼭짓점을 나눠요.",
}


def _gate_like(name: str) -> Callable[..., Weights]:
    def accept(result: Any) -> Weights:
        w, b = trust.two(result)
        weights, bias = trust.like(w, np.zeros(2)), trust.real(b)
        sums = np.array(_CORNERS) @ weights + bias
        if any((s > 0) != bool(t) or abs(s) < _MARGIN for s, t in zip(sums, _TABLES[name], strict=True)):
            raise trust.Nonsense("≠ " + " ".join(map(str, _TABLES[name])))
        return weights, bias

    return accept


def _wire(start: Sequence[float], end: Sequence[float], weight: float, slot: int) -> str:
    (x, y), (to_x, to_y) = start, end
    at = 0.34 if abs(y - to_y) > 80 else 0.45
    px, py = x + at * (to_x - x), y + at * (to_y - y)
    written = svg.text(px, py - 5, svg.number(weight, 1), size=12.5, classes="gs-halo")
    width = 1.2 + min(3.0, abs(weight))
    return svg.line(x, y, to_x, to_y, role="value" if weight < 0 else "gradient", width=width) + written


def _unit(place: Sequence[float], name: str, value: float, role: str, weights: Weights | None) -> Sheets:
    x, y = place
    if weights is None:
        disc = svg.circle(x, y, 22, fill="soft", role="ink")
        label = svg.text(x, y - 30, svg.svg_name(name), size=15)
        return Sheets(disc + label, svg.text(x, y + 5, svg.number(value), size=13))
    disc = svg.circle(x, y, 26, fill="lit" if value else "panel", role=role, width=3)
    title = svg.text(x, y - 34, name.removesuffix("_gate").upper(), size=14, bold=True, role=role)
    bias = svg.text(x, y + 44, f"{svg.svg_name('b')} = {svg.number(weights[1], 1)}", size=12.5, role="muted")
    return Sheets(title + bias, disc + svg.text(x, y + 6, f"{value:.0f}", size=17))


def integrate_and_fire(integrate_and_fire: Callable[..., Any] | None = None) -> IntegrateAndFire:
    """Show a cell that stores its input and fires when it overflows.

    integrate_and_fire : the learner's (currents, capacity) -> (T,)
    """
    return IntegrateAndFire(integrate_and_fire)


def neuron_plane(forward: Callable[..., Any] | None = None, boundary: Callable[..., Any] | None = None) -> NeuronPlane:
    """Show one neuron's activation over the plane of its inputs.

    forward : the learner's neuron_forward (X, w, b) -> (p, cache)
    boundary : the learner's (w, b) -> (slope, intercept)
    """
    return NeuronPlane(forward, boundary)


def xor(
    and_gate: Callable[..., Any] | None = None,
    or_gate: Callable[..., Any] | None = None,
    nand_gate: Callable[..., Any] | None = None,
    xor: Callable[..., Any] | None = None,
) -> Xor:
    """Show why XOR takes two lines, and the network that draws them.

    and_gate, or_gate, nand_gate : the learner's () -> (w, b)
    xor : the learner's (x) -> 0.0 or 1.0
    """
    return Xor({"or_gate": or_gate, "nand_gate": nand_gate, "and_gate": and_gate}, xor)
