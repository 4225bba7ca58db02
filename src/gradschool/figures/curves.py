"""Two curves of the first notebook: what h does to a numerical derivative, and what α does to a descent."""

import math
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

import numpy as np

from gradschool import reference
from gradschool.figures import svg, trust
from gradschool.figures.axes import Axes
from gradschool.figures.frame import Choice, Figure, Slider, Text, say
from gradschool.figures.svg import Drawing, Sheets

Scalar = Callable[[float], float]

_H: Final = tuple(float(h) for h in np.logspace(-15, 0, 61))
_AT: Final = 1.0
#: name -> (label, function, its derivative at _AT)
_SMOOTH: Final[dict[str, tuple[str, Scalar, float]]] = {
    "sin": ("sin x", math.sin, math.cos(_AT)),
    "exp": ("eˣ", math.exp, math.e),
    "cube": ("x³ − 2x", lambda x: x**3 - 2 * x, 1.0),
}


class DerivativeError(Figure):
    """The error of a numerical derivative against the step h."""

    title: ClassVar[Text] = {
        "en": "How small should h be?",
        "ko": "h는 얼마나 작아야 할까요?",
    }
    caption: ClassVar[Text] = {
        "en": "Smaller h brings the secant closer to the tangent. Why then does the error climb again on the left? "
        "How steep is each line on the right: what does a tenth of $h$ buy?",
        "ko": "h가 작을수록 할선이 접선에 가까워져요. 그런데 왼쪽에서는 왜 오차가 다시 커질까요? "
        "오른쪽 두 선의 기울기는 각각 얼마일까요? $h$를 10분의 1로 줄이면 오차는 얼마나 줄까요?",
    }

    def __init__(self, numerical_derivative: Callable[..., Any] | None) -> None:
        name = "numerical_derivative"
        theirs = None if numerical_derivative is None else _over_h(numerical_derivative)
        self._measure = trust.Borrowed(
            name, theirs, _over_h(reference.numerical_derivative), [("sin", (1e-3, 1e-5)), ("cube", (1e-2,))], _reals
        )
        options = tuple((key, label) for key, (label, _, _) in _SMOOTH.items())
        function = Choice("function", "f(x) =", options, "sin")
        super().__init__([Slider("h", "h", -15, 0, 0.25, 1e-5, log=True), function], [self._measure])
        self._known: dict[tuple[str, bool], tuple[list[float], list[float]]] = {}

    def show(self) -> Drawing:
        """Return the secant beside the tangent, and the errors of both quotients against h."""
        h = self.state["h"]
        return Drawing(780, 316, self._secant(h) + self._errors(h))

    def readout(self) -> str:
        """Return what both quotients say at this h."""
        exact = _SMOOTH[self.state["function"]][2]
        h = self.state["h"]
        both, one = self._at(h), _one_sided(self.state["function"], h)
        return say(
            _DERIVATIVE_READOUT,
            h=svg.scientific(h),
            both=f"{both:.10f}",
            one=f"{one:.10f}",
            exact=f"{exact:.10f}",
            both_error=svg.scientific(abs(both - exact)),
            one_error=svg.scientific(abs(one - exact)),
        )

    def alt(self) -> str:
        """Return the errors at this h in a sentence."""
        exact = _SMOOTH[self.state["function"]][2]
        h = self.state["h"]
        return say(
            _DERIVATIVE_ALT,
            h=svg.scientific(h),
            both=svg.scientific(abs(self._at(h) - exact)),
            one=svg.scientific(abs(_one_sided(self.state["function"], h) - exact)),
        )

    def _at(self, h: float) -> float:
        return self.kept("slope", lambda: float(self._measure(self.state["function"], (h,))[0]))

    def _secant(self, h: float) -> Sheets:
        _, f, slope = _SMOOTH[self.state["function"]]
        middle = f(_AT)
        axes = Axes(44, 28, 280, 236, (_AT - 1.25, _AT + 1.25), (middle - 2.2, middle + 2.2), svg.svg_name("x"), "f(x)")
        x = np.linspace(*axes.x_span, 90)
        ends = np.array(axes.x_span)
        secant = self._at(h)
        centre = (f(_AT + h) + f(_AT - h)) / 2
        curve = axes.curve(x, [f(float(v)) for v in x], role="value")
        tangent = axes.curve(ends, middle + slope * (ends - _AT), role="gradient", width=1.6, dash="6 4")
        return Sheets(axes.frame + axes.inside(curve, tangent)) + axes.inside(
            axes.curve(ends, centre + secant * (ends - _AT), role="numeric", width=2.2),
            axes.dot(_AT - h, f(_AT - h), role="numeric"),
            axes.dot(_AT + h, f(_AT + h), role="numeric"),
        )

    def _errors(self, h: float) -> Sheets:
        axes = Axes(
            396, 28, 372, 236, (1e-15, 1.0), (1e-14, 1.0), svg.svg_name("h"), say(_ERROR),
            log_x=True, log_y=True, ticks_x=5, ticks_y=7,
        )  # fmt: skip
        both, one = self._curves()
        exact = _SMOOTH[self.state["function"]][2]
        curves = axes.curve(_H, one, role="muted", width=1.8, dash="5 4"), axes.curve(_H, both, role="numeric")
        return Sheets(axes.frame + axes.inside(*curves)) + axes.inside(
            axes.upright(h),
            axes.dot(h, max(abs(_one_sided(self.state["function"], h) - exact), 1e-16), role="muted", hollow=True),
            axes.dot(h, max(abs(self._at(h) - exact), 1e-16), role="numeric"),
            svg.text(10, 226, say(_ROUND_OFF), role="muted", size=12.5, anchor="start", classes="gs-halo"),
            svg.text(362, 226, say(_TRUNCATION), role="muted", size=12.5, anchor="end", classes="gs-halo"),
            svg.text(138, 20, say(_CENTRED), role="numeric", size=12.5, anchor="start", classes="gs-halo"),
            svg.text(138, 37, say(_ONE_SIDED), role="muted", size=12.5, anchor="start", classes="gs-halo"),
        )

    def _curves(self) -> tuple[list[float], list[float]]:
        key = self.state["function"], self._measure.yours
        if key not in self._known:
            exact = _SMOOTH[key[0]][2]
            both = [max(abs(d - exact), 1e-16) for d in self._measure(key[0], _H)]
            one = [max(abs(_one_sided(key[0], h) - exact), 1e-16) for h in _H]
            self._known[key] = both, one
        return self._known[key]


_ERROR: Final = {"en": "error", "ko": "오차"}
_ROUND_OFF: Final = {"en": "← round-off", "ko": "← 반올림 오차"}
_TRUNCATION: Final = {"en": "truncation →", "ko": "절단 오차 →"}
_CENTRED: Final = {"en": "—— both sides", "ko": "—— 중앙 차분"}
_ONE_SIDED: Final = {"en": "- - - one side", "ko": "- - - 한쪽 차분"}
_DERIVATIVE_READOUT: Final = {
    "en": 'h = {h}: &ensp;<span class="gs-numeric">both sides {both}, error {both_error}</span>; &ensp;'
    '<span class="gs-muted">one side {one}, error {one_error}</span>; &ensp;<span class="gs-gradient">exact {exact}</span>',
    "ko": 'h = {h}: &ensp;<span class="gs-numeric">중앙 차분 {both}, 오차 {both_error}</span>, &ensp;'
    '<span class="gs-muted">한쪽 차분 {one}, 오차 {one_error}</span>, &ensp;<span class="gs-gradient">참값 {exact}</span>',
}
_DERIVATIVE_ALT: Final = {
    "en": "Left: a curve with its tangent and the secant of the numerical derivative. Right: error against h on logarithmic "
    "axes, falling with h and then rising again. At h = {h} the centred quotient is off by {both}, the one-sided one by {one}.",
    "ko": "왼쪽: 곡선과 접선, 그리고 수치 미분의 할선. 오른쪽: 로그 축에 그린 h에 따른 오차. h가 줄면 오차도 줄다가 다시 커져요. "
    "h = {h}일 때 오차: 중앙 차분 {both}, 한쪽 차분 {one}.",
}


def _over_h(numerical_derivative: Callable[..., Any]) -> Callable[..., list[Any]]:
    def measure(key: str, steps: Sequence[float]) -> list[Any]:
        return [numerical_derivative(_SMOOTH[key][1], _AT, h) for h in steps]

    return measure


def _one_sided(key: str, h: float) -> float:
    f = _SMOOTH[key][1]
    return (f(_AT + h) - f(_AT)) / h


def _reals(result: Sequence[Any], *_: Any) -> list[float]:
    return [trust.real(value) for value in result]


_REACH: Final = 3.0
#: name -> (label, cost, its gradient)
_COSTS: Final[dict[str, tuple[Text | str, Scalar, Scalar]]] = {
    "bowl": ({"en": "a bowl, w²", "ko": "그릇, w²"}, lambda w: w * w, lambda w: 2 * w),
    "wells": (
        {"en": "two wells", "ko": "두 우물"},
        lambda w: (w * w - 2) ** 2 / 2 + 0.6 * w + 1,
        lambda w: 2 * w * (w * w - 2) + 0.6,
    ),
    "plain": (
        {"en": "a flat plain", "ko": "평평한 들판"},
        lambda w: 6 * (1 - math.exp(-w * w)),
        lambda w: 12 * w * math.exp(-w * w),
    ),
}
_WALL: Final = 50.0  # beyond, the costs go on in a straight line, so that flying off overflows nothing


class Descent(Figure):
    """Gradient descent on a curve."""

    title: ClassVar[Text] = {"en": "Walking down a curve", "ko": "곡선을 따라 내려가기"}
    caption: ClassVar[Text] = {
        "en": "Each step is $w := w - \\alpha\\, \\partial cost/\\partial w$. Find the largest α that still comes down. "
        "What changes at that α, and does it depend on where you start?",
        "ko": "한 걸음은 $w := w - \\alpha\\, \\partial cost/\\partial w$예요. 비용이 여전히 줄어드는 가장 큰 α를 찾아봐요. "
        "그 α에서 무엇이 달라지나요? 출발점에 따라서도 달라질까요?",
    }

    def __init__(self, gradient_descent: Callable[..., Any] | None) -> None:
        theirs = None if gradient_descent is None else _descending(gradient_descent)
        self._walk = trust.Borrowed(
            "gradient_descent",
            theirs,
            _descending(reference.gradient_descent),
            [("bowl", 2.2, 0.3, 4), ("wells", -1.7, 0.05, 3)],
            _path,
        )
        super().__init__(
            [
                Slider("rate", "α", 0.02, 1.2, 0.01, 0.9),
                Slider("start", {"en": "start", "ko": "출발점"}, -_REACH, _REACH, 0.05, 2.5),
                Slider("steps", {"en": "steps", "ko": "걸음 수"}, 0, 30, 1, 8),
                Choice(
                    "cost",
                    {"en": "cost", "ko": "비용"},
                    tuple((key, label) for key, (label, _, _) in _COSTS.items()),
                    "bowl",
                ),
            ],
            [self._walk],
        )

    def show(self) -> Drawing:
        """Return the path on the curve, and the cost against the steps."""
        path, costs = self._now()
        return Drawing(780, 316, self._curve(path, costs) + self._history(path, costs))

    def readout(self) -> str:
        """Return where the walk ended."""
        path, costs = self._now()
        words = _FLEW if abs(path[-1]) > _WALL else _ENDED
        w, cost = svg.number(path[-1], 4), svg.number(costs[-1], 4)
        return say(words, steps=self.state["steps"], w=w, cost=cost, wall=_WALL)

    def alt(self) -> str:
        """Return start, rate and end in a sentence."""
        path, costs = self._now()
        if abs(path[-1]) > _WALL:
            return self.readout()
        return say(
            _DESCENT_ALT,
            start=svg.number(path[0]),
            rate=svg.number(self.state["rate"]),
            w=svg.number(path[-1]),
            cost=svg.number(costs[-1]),
        )

    def _now(self) -> tuple[list[float], list[float]]:
        return self.kept("path", self._walked)

    def _walked(self) -> tuple[list[float], list[float]]:
        state = self.state
        path = self._walk(state["cost"], state["start"], state["rate"], state["steps"])
        cost = _COSTS[state["cost"]][1]
        return path, [cost(max(-_WALL, min(w, _WALL))) for w in path]

    def _curve(self, path: Sequence[float], costs: Sequence[float]) -> Sheets:
        axes = Axes(44, 28, 380, 236, (-3.4, 3.4), (-0.6, 10), svg.svg_name("w"), say(_COST))
        cost = _COSTS[self.state["cost"]][1]
        w = np.linspace(*axes.x_span, 120)
        hops = [
            axes.arrow(a, ca, b, cb, role="gradient", width=1.7)
            for a, b, ca, cb in zip(path, path[1:], costs, costs[1:], strict=False)
        ]
        curve = axes.curve(w, [cost(float(v)) for v in w], role="value")
        return Sheets(axes.frame + axes.inside(curve)) + axes.inside(
            *hops,
            axes.dots(path[1:-1], costs[1:-1], role="gradient", r=3.5),
            axes.dot(path[0], costs[0], role="ink", hollow=True, r=6),
            axes.dot(path[-1], costs[-1], role="gradient", r=6.5),
        )

    def _history(self, path: Sequence[float], costs: Sequence[float]) -> Sheets:
        last = max(self.state["steps"], 5)
        span = -0.03 * last, 1.03 * last
        axes = Axes(496, 28, 272, 236, span, (1e-6, 1e4), say(_STEP), say(_COST), log_y=True, ticks_x=5, ticks_y=5)
        shown = [max(c, 1e-9) for w, c in zip(path, costs, strict=True) if abs(w) <= _WALL]
        steps = range(len(shown))
        return Sheets(axes.frame) + axes.inside(
            axes.curve(list(steps), shown, role="gradient", width=1.7),
            axes.dots(list(steps), shown, role="gradient", r=3.5),
        )


_COST: Final = {"en": "cost", "ko": "비용(cost)"}
_STEP: Final = {"en": "step", "ko": "걸음"}
_ENDED: Final = {
    "en": "After {steps} steps: w = {w}, cost = {cost}.",
    "ko": "{steps}걸음 뒤: w = {w}, 비용 = {cost}.",
}
_FLEW: Final = {
    "en": "After {steps} steps w is beyond ±{wall:g}: it flew off. Before that, each step landed higher up than the last.",
    "ko": "{steps}걸음 뒤에는 w가 ±{wall:g} 밖에 있어요. 날아가 버렸어요. 그 전에는 걸음마다 더 높은 곳에 떨어졌어요.",
}
_DESCENT_ALT: Final = {
    "en": "Gradient descent from w = {start} with learning rate {rate}: it ends at w = {w}, cost {cost}.",
    "ko": "w = {start}에서 시작한 경사 하강법, 학습률 {rate}: w = {w}, 비용 {cost}에서 끝나요.",
}


def _descending(gradient_descent: Callable[..., Any]) -> Callable[..., Any]:
    def walk(key: str, start: float, rate: float, steps: int) -> Any:
        slope = _COSTS[key][2]
        return gradient_descent(lambda w: slope(max(-_WALL, min(float(w), _WALL))), start, rate, steps)

    return walk


def _path(result: Any, key: str, start: float, rate: float, steps: int) -> list[float]:
    return [float(w) for w in trust.like(result, np.zeros(steps + 1))]


def derivative_error(numerical_derivative: Callable[..., Any] | None = None) -> DerivativeError:
    """Show the error of a numerical derivative against h: truncation on one side, round-off on the other.

    numerical_derivative : the learner's (f, x, h) -> float
    """
    return DerivativeError(numerical_derivative)


def descent(gradient_descent: Callable[..., Any] | None = None) -> Descent:
    """Show gradient descent on a curve; too large a learning rate flies off.

    gradient_descent : the learner's (gradient, w, learning_rate, steps) -> list of steps+1 floats
    """
    return Descent(gradient_descent)
