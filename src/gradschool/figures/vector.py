"""The vector notebook: what a Jacobian does to a square, the gradient of ‖Wx‖², and which shapes meet."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from gradschool import reference
from gradschool.figures import boxes, svg, trust
from gradschool.figures.axes import Axes
from gradschool.figures.frame import Choice, Figure, Slider, Text, say
from gradschool.figures.svg import Drawing, Sheets

Array = NDArray[np.float64]
Map = Callable[[Array], Array]

_REACH: Final = 2.0
_SIDE: Final = np.linspace(0.0, 1.0, 16)
#: The border of the unit square, anticlockwise, (n, 2).
_BORDER: Final[Array] = np.concatenate(
    [
        np.stack([_SIDE, 0 * _SIDE], 1),
        np.stack([1 + 0 * _SIDE, _SIDE], 1),
        np.stack([1 - _SIDE, 1 + 0 * _SIDE], 1),
        np.stack([0 * _SIDE, 1 - _SIDE], 1),
    ]
)


def _square(x: Array) -> Array:
    return np.array([x[0] ** 2 - x[1] ** 2, 2 * x[0] * x[1]])


def _swirl(x: Array) -> Array:
    angle = 0.6 * (x[0] ** 2 + x[1] ** 2)
    return np.array([x[0] * np.cos(angle) - x[1] * np.sin(angle), x[0] * np.sin(angle) + x[1] * np.cos(angle)])


def _linear(x: Array) -> Array:
    return np.array([1.2 * x[0] + 0.7 * x[1], -0.4 * x[0] + 0.9 * x[1]])


_MAPS: Final[dict[str, tuple[Text | str, Map]]] = {
    "slide": ("(2x₁ + 4x₂², 3x₁x₂ + 6x₂)", reference.plane_map),
    "square": ("(x₁² − x₂², 2x₁x₂)", _square),
    "swirl": ({"en": "a swirl", "ko": "소용돌이"}, _swirl),
    "linear": ({"en": "linear: Ax", "ko": "선형: Ax"}, _linear),
}


_PLANE_OF_X: Final = Axes(38, 30, 250, 250, (-2.2, 3.2), (-2.2, 3.2), svg.svg_name("x1"), svg.svg_name("x2"))


class JacobianMap(Figure):
    """A map of the plane: where a small square goes, and where its Jacobian says that it goes."""

    title: ClassVar[Text] = {"en": "What a Jacobian does to a small square", "ko": "야코비안이 작은 정사각형에 하는 일"}
    caption: ClassVar[Text] = {
        "en": "Drag the square, or use the sliders. Blue: where $f$ really sends it. Orange: the parallelogram that $J$ makes of it. How small must the square "
        "be until they agree? For which map do they always agree?",
        "ko": "정사각형을 끌거나 슬라이더로 움직여 봐요. 파랑은 $f$가 그것을 실제로 보내는 곳, 주황은 $J$가 만드는 평행사변형이에요. 정사각형이 얼마나 작아야 둘이 "
        "겹칠까요? 언제나 겹치는 함수는 어느 것일까요?",
    }

    def __init__(self, numerical_jacobian: Callable[..., Any] | None, f: Map | None) -> None:
        self._maps = {**({"own": ({"en": "your own", "ko": "직접 만든 함수"}, f)} if f else {}), **_MAPS}
        self._jacobian = trust.Borrowed(
            "numerical_jacobian",
            numerical_jacobian,
            reference.numerical_jacobian,
            [(reference.plane_map, np.array([0.7, -1.3])), (_wide, np.array([0.4, -0.9]))],
            lambda result, f, x: trust.like(result, np.zeros((len(f(x)), len(x)))),
        )
        names = tuple((name, label) for name, (label, _) in self._maps.items())
        super().__init__(
            [
                Slider("x1", "x₁", -_REACH, _REACH, 0.05, 1.0),
                Slider("x2", "x₂", -_REACH, _REACH, 0.05, 0.6),
                Slider("size", {"en": "square", "ko": "정사각형"}, 0.05, 1.0, 0.05, 0.6),
                Choice("map", "f(x) =", names, names[0][0]),
            ],
            [self._jacobian],
        )
        self._images: dict[str, list[Array]] = {}

    def show(self) -> Drawing:
        """Return the square, its two images, and the Jacobian."""
        f = self._maps[self.state["map"]][1]
        x, size = self._point(), self.state["size"]
        square = x + size * _BORDER
        J = self._jacobian_here()
        there = f(x)
        image = np.array([f(p) for p in square])
        flat = there + size * _BORDER @ J.T
        body = self._left(x, square) + self._right(there, image, flat, J * size) + self._table(J)
        return Drawing(800, 326, body, _PLANE_OF_X.grip("x"))

    def pointed(self, place: str, across: float, up: float, down: bool) -> None:
        """Put the square there."""
        spans = _PLANE_OF_X.x_span, _PLANE_OF_X.y_span
        self.set(x1=self.nearest("x1", across, spans[0]), x2=self.nearest("x2", up, spans[1]))

    def readout(self) -> str:
        """Return the area that J gives to a unit square."""
        J = self._jacobian_here()
        det = float(J[0, 0] * J[1, 1] - J[0, 1] * J[1, 0])
        return say(_AREA, det=svg.number(det))

    def alt(self) -> str:
        """Return point and Jacobian in a sentence."""
        J = self._jacobian_here()
        rows = "; ".join(", ".join(svg.number(v) for v in row) for row in J)
        return say(_MAP_ALT, x1=svg.number(self.state["x1"]), x2=svg.number(self.state["x2"]), rows=rows)

    def _jacobian_here(self) -> Array:
        return self.kept("J", lambda: self._jacobian(self._maps[self.state["map"]][1], self._point()))

    def _point(self) -> Array:
        return np.array([self.state["x1"], self.state["x2"]])

    def _left(self, x: Array, square: Array) -> Sheets:
        axes = _PLANE_OF_X
        net = (axes.curve(line[:, 0], line[:, 1], role="line", width=0.8) for line in _net())
        return Sheets(axes.frame + axes.inside(*net)) + axes.inside(
            axes.curve(square[:, 0], square[:, 1], role="value", width=2.4),
            *_edges(axes, x, self.state["size"] * np.eye(2)),
        )

    def _right(self, there: Array, image: Array, flat: Array, edges: Array) -> str:
        both = np.concatenate([image, flat])
        centre = there + edges.sum(axis=1) / 2
        reach = _round_up(1.25 * float(np.max(np.abs(both - centre))))
        spans = [(float(c) - reach, float(c) + reach) for c in centre]
        axes = Axes(338, 30, 250, 250, spans[0], spans[1], svg.svg_name("f1"), svg.svg_name("f2"), ticks_x=4, ticks_y=4)
        return axes.frame + axes.inside(
            *(axes.curve(line[:, 0], line[:, 1], role="line", width=0.8) for line in self._net_image()),
            axes.area(flat[:, 0], flat[:, 1], float(flat[0, 1]), role="gradient", opacity=0.18),
            axes.curve(image[:, 0], image[:, 1], role="value", width=2.4),
            axes.curve(flat[:, 0], flat[:, 1], role="gradient", width=2),
            *_edges(axes, there, edges.T),
        )

    def _net_image(self) -> list[Array]:
        name = self.state["map"]
        if name not in self._images:
            self._images[name] = [np.array([self._maps[name][1](p) for p in line]) for line in _net()]
        return self._images[name]

    def _table(self, J: Array) -> Sheets:
        top = max(1e-9, float(np.max(np.abs(J))))
        title = f"{svg.svg_name('J')} = ∂{svg.svg_name('f')}/∂{svg.svg_name('x')}"
        table, _, _ = boxes.matrix(660, 80, J, title, cell=64, role="gradient", top=top)
        heads = "".join(
            svg.text(660 + 64 * j + 32, 180, f"∂{svg.svg_name(f'x{j + 1}')}", size=12.5, role="muted") for j in range(2)
        )
        sides = "".join(
            svg.text(652, 122 + 30 * i, f"∂{svg.svg_name(f'f{i + 1}')}", size=12.5, role="muted", anchor="end")
            for i in range(2)
        )
        return Sheets(heads + sides, table)


_AREA: Final = {
    "en": 'det J = {det}: a small square\'s area grows <span class="gs-gradient">{det}</span>-fold (a minus sign turns it over).',
    "ko": 'det J = {det}: 작은 정사각형의 넓이가 <span class="gs-gradient">{det}</span>배가 돼요 (음수면 뒤집혀요).',
}
_MAP_ALT: Final = {
    "en": "A square at ({x1}, {x2}), its image under the map, and the parallelogram that the Jacobian ({rows}) makes of it.",
    "ko": "({x1}, {x2})에 있는 정사각형, 함수가 보낸 모양, 그리고 야코비안 ({rows})이 만든 평행사변형.",
}


def _wide(x: Array) -> Array:
    return np.array([x[0] * x[1], np.sin(x[0]), x[1] ** 2])


@lru_cache(1)
def _net() -> tuple[Array, ...]:
    along = np.linspace(-_REACH, _REACH, 25)
    lines = []
    for at in np.linspace(-_REACH, _REACH, 9):
        lines += [np.stack([along, 0 * along + at], 1), np.stack([0 * along + at, along], 1)]
    return tuple(lines)


def _edges(axes: Axes, start: Array, directions: Array) -> list[str]:
    ends = [(start, start + d) for d in directions]
    roles = ("learner", "numeric")
    return [
        axes.arrow(float(a[0]), float(a[1]), float(b[0]), float(b[1]), role=role, width=2.6)
        for (a, b), role in zip(ends, roles, strict=True)
    ]


def _round_up(reach: float) -> float:
    """Return the next of … 1, 1.5, 2, 3, 5, 7, 10 …, so that axes keep still while little moves."""
    power = 10.0 ** np.floor(np.log10(reach))
    return float(next(m * power for m in (1, 1.5, 2, 3, 5, 7, 10) if m * power >= reach))


# --- ‖Wx‖² ---------------------------------------------------------------------------------------------------------

_WEIGHTS: Final[dict[str, tuple[Text, Array]]] = {
    "lecture": ({"en": "the lecture's", "ko": "강의의 W"}, np.array([[0.1, 0.5], [-0.3, 0.8]])),
    "long": ({"en": "stretching", "ko": "늘이는 W"}, np.array([[1.0, 0.0], [0.0, 0.35]])),
    "round": ({"en": "turning", "ko": "돌리는 W"}, np.array([[0.6, -0.6], [0.6, 0.6]])),
}
_CONTOURED: Final = Axes(40, 30, 250, 250, (-1.25, 1.25), (-1.25, 1.25), svg.svg_name("x1"), svg.svg_name("x2"))


class NormArrows(Figure):
    """The gradient of ‖Wx‖² over its contours."""

    title: ClassVar[Text] = {"en": "The arrows of ∇‖Wx‖²", "ko": "∇‖Wx‖²의 화살표"}
    caption: ClassVar[Text] = {
        "en": "The long arrow is your dx at $x$, drawn downhill: $-\\alpha\\,\\partial f/\\partial x$. It meets every contour at a right "
        "angle. For which $W$ does it point straight at the lowest point, and for which does it miss?",
        "ko": "긴 화살표는 $x$에서 내리막 쪽으로 그린 dx, 곧 $-\\alpha\\,\\partial f/\\partial x$예요. 등고선과 언제나 직각으로 만나요. "
        "어떤 $W$일 때 가장 낮은 점을 곧장 가리키고, 어떤 $W$일 때 빗나갈까요?",
    }

    def __init__(self, theirs: trust.Pair | None) -> None:
        wide = np.array([[0.4, -0.7, 0.2], [1.1, 0.3, -0.5]]), np.array([0.5, -1.0, 0.8])
        self._pair = trust.BorrowedPair(
            "norm_squared_forward",
            "norm_squared_backward",
            theirs,
            reference.norm_squared,
            [(1.0, _WEIGHTS["lecture"][1], np.array([0.2, 0.4])), (-0.7, *wide)],
        )
        names = tuple((name, label) for name, (label, _) in _WEIGHTS.items())
        super().__init__(
            [
                Slider("x1", "x₁", -1, 1, 0.02, 0.2),
                Slider("x2", "x₂", -1, 1, 0.02, 0.4),
                Slider("rate", "α", 0.0, 1.5, 0.05, 0.5),
                Choice("W", "W", names, "lecture"),
            ],
            [self._pair],
        )
        self._behind: dict[tuple[str, bool], str] = {}

    def show(self) -> Drawing:
        """Return contours, arrows, and the matrices of the lecture's example."""
        W, x = self._now()
        f, (dW, dx) = self._gradients()
        return Drawing(800, 326, self._plane(x, dx) + self._tables(W, x, f, dW, dx), _CONTOURED.grip("x"))

    def pointed(self, place: str, across: float, up: float, down: bool) -> None:
        """Put the point there."""
        span = _CONTOURED.x_span
        self.set(x1=self.nearest("x1", across, span), x2=self.nearest("x2", up, span))

    def alt(self) -> str:
        """Return the point, the value and its gradient in a sentence."""
        _, x = self._now()
        f, (_, dx) = self._gradients()
        return say(_NORM_ALT, x=_vector(x), f=svg.number(f, 3), dx=_vector(dx))

    def _gradients(self) -> Any:
        return self.kept("gradients", lambda: self._pair(1.0, *self._now()))

    def _now(self) -> tuple[Array, Array]:
        return _WEIGHTS[self.state["W"]][1], np.array([self.state["x1"], self.state["x2"]])

    def _plane(self, x: Array, dx: Array) -> Sheets:
        axes = _CONTOURED
        after = x - self.state["rate"] * dx
        return Sheets(axes.frame + self._backdrop(axes)) + axes.inside(
            axes.dot(0, 0, role="ink", r=3.5),
            axes.arrow(float(x[0]), float(x[1]), float(after[0]), float(after[1]), role="gradient", width=3),
            axes.dot(float(x[0]), float(x[1]), role="value", r=6),
        )

    def _backdrop(self, axes: Axes) -> str:
        """Return the contours and the small arrows, which only W moves."""
        key = self.state["W"], self._pair.yours
        if key not in self._behind:
            W = _WEIGHTS[key[0]][1]
            self._behind[key] = axes.inside(*_contours(axes, W), *self._small_arrows(axes, W))
        return self._behind[key]

    def _small_arrows(self, axes: Axes, W: Array) -> list[str]:
        places = [np.array([a, b]) for a in np.linspace(-1, 1, 7) for b in np.linspace(-1, 1, 7)]
        slopes = [self._pair(1.0, W, p)[1][1] for p in places]
        scale = 0.24 / max(float(np.linalg.norm(s)) for s in slopes)
        return [
            axes.arrow(
                float(p[0]), float(p[1]), float(p[0] - scale * s[0]), float(p[1] - scale * s[1]), role="line", width=1.3
            )
            for p, s in zip(places, slopes, strict=True)
            if np.any(s)
        ]

    def _tables(self, W: Array, x: Array, f: float, dW: Array, dx: Array) -> str:
        name = svg.svg_name
        q = W @ x
        top = max(1.0, float(np.max(np.abs(dW))), float(np.max(np.abs(dx))))
        forward = ((W, name("W"), 340), (x, name("x"), 486), (q, f"{name('q')} = {name('Wx')}", 580))
        parts = [boxes.matrix(at, 40, values, title, digits=3, role="value")[0] for values, title, at in forward]
        backward = ((dW, name("dW"), 340), (dx, name("dx"), 486))
        parts += [
            boxes.matrix(at, 164, values, title, digits=3, role="gradient", top=top)[0]
            for values, title, at in backward
        ]
        total = f"{name('f')} = ‖{name('q')}‖² = <tspan font-weight='600'>{svg.number(f, 3)}</tspan>"
        parts.append(svg.text(670, 98, total, size=15, anchor="start", role="value"))
        return "".join(parts)


_NORM_ALT: Final = {
    "en": "Contours of ‖Wx‖². At x = {x} it is {f}; its gradient there is {dx}, at a right angle to the contour.",
    "ko": "‖Wx‖²의 등고선. x = {x}에서 값은 {f}, 기울기는 {dx}이고 등고선과 직각이에요.",
}


def _vector(x: Array) -> str:
    return f"({', '.join(svg.number(float(v), 3) for v in x)})"


def _contours(axes: Axes, W: Array) -> list[str]:
    """Return the ellipses on which ‖Wx‖ is constant: the circle, stretched by one over the singular values."""
    _, scales, rows = np.linalg.svd(W)
    turn = np.linspace(0, 2 * np.pi, 80)
    circle = np.stack([np.cos(turn), np.sin(turn)])
    ellipse = rows.T @ (circle / np.maximum(scales, 1e-6)[:, None])
    levels = float(scales[0]) * np.linspace(0.2, 1.8, 9)
    return [axes.curve(r * ellipse[0], r * ellipse[1], role="value", width=1.1, opacity=0.75) for r in levels]


# --- shapes ----------------------------------------------------------------------------------------------------------


class LinearShapes(Figure):
    """Which shapes meet in the three products of linear_backward."""

    title: ClassVar[Text] = {"en": "Which shapes meet in linear_backward?", "ko": "linear_backward에서 만나는 모양들"}
    caption: ClassVar[Text] = {
        "en": "Inner sides must agree and vanish; what is left is the answer's shape. Set $N = D = M$: could you still tell from the "
        "shapes alone which factor to transpose?",
        "ko": "안쪽 변은 서로 같아야 하고 곱하면 사라져요. 남는 것이 답의 모양이에요. $N = D = M$으로 맞춰 봐요. 모양만 보고도 "
        "무엇을 전치할지 알 수 있을까요?",
    }

    def __init__(self, theirs: trust.Pair | None) -> None:
        rng = np.random.default_rng(0)
        draw = rng.standard_normal
        self._pair = trust.BorrowedPair(
            "linear_forward",
            "linear_backward",
            theirs,
            reference.linear,
            [(draw((3, 2)), draw((3, 4)), draw((2, 4)), draw(2)), (draw((1, 3)), draw((1, 2)), draw((3, 2)), draw(3))],
        )
        sizes = {"N": 4, "D": 3, "M": 2}
        super().__init__([Slider(name, name, 1, 7, 1, size) for name, size in sizes.items()], [self._pair])

    def show(self) -> Drawing:
        """Return the forward product above the three backward ones."""
        sides = {name: int(self.state[name]) for name in "NDM"}
        body = "".join(
            _product(factors, sides, 6 + 416 * (k % 2), 64 + 140 * (k // 2)) for k, factors in enumerate(_PRODUCTS)
        )
        return Drawing(832, 272, Sheets(moving=body))

    def readout(self) -> str:
        """Return the shapes that linear_backward gave."""
        dX, dW, db = self._gradients()
        return say(_SHAPES, dX=dX.shape, dW=dW.shape, db=db.shape)

    def alt(self) -> str:
        """Return the shapes in a sentence."""
        return say(_SHAPES_ALT, **{k: int(self.state[k]) for k in "NDM"})

    def _gradients(self) -> tuple[Array, Array, Array]:
        n, d, m = (int(self.state[name]) for name in "NDM")
        rng = np.random.default_rng(1)
        X, W, b, dout = (rng.standard_normal(shape) for shape in ((n, d), (m, d), (m,), (n, m)))
        gradients: tuple[Array, Array, Array] = self._pair(dout, X, W, b)[1]
        return gradients


_BLOCK: Final = 74.0
_LARGEST_CELL: Final = 20.0
_SLOT: Final = 136.0
_Factor = tuple[str, str, str]  # title, its sides, role
#: factor, factor, product: "X" "ND" is N rows and D columns.
_PRODUCTS: Final[tuple[tuple[_Factor, _Factor, _Factor], ...]] = (
    (("X", "ND", "value"), ("W⊤", "DM", "value"), ("out", "NM", "value")),
    (("dout", "NM", "gradient"), ("W", "MD", "value"), ("dX", "ND", "gradient")),
    (("dout⊤", "MN", "gradient"), ("X", "ND", "value"), ("dW", "MD", "gradient")),
    (("1⊤", "1N", "muted"), ("dout", "NM", "gradient"), ("db", "1M", "gradient")),
)


def _product(factors: tuple[_Factor, ...], sides: dict[str, int], x: float, middle: float) -> str:
    cell = min(_LARGEST_CELL, _BLOCK / max(sides.values()))
    parts = []
    for k, ((title, names, role), sign) in enumerate(zip(factors, ("·", "=", ""), strict=True)):
        rows, columns = (sides.get(name, 1) for name in names)
        left = x + k * _SLOT + 42 + (_BLOCK - columns * cell) / 2
        top = middle - rows * cell / 2
        shown = [name if name in sides else "" for name in names]
        written = _transposed(title)
        parts.append(boxes.block(left, top, rows, columns, cell=cell, role=role, title=written, names=shown))
        parts.append(svg.text(x + (k + 1) * _SLOT - 8.5, middle + 6, sign, size=20, role="muted"))
    return "".join(parts)


def _transposed(title: str) -> str:
    letter = title.removesuffix("⊤")
    raised = '<tspan dy="-0.4em" font-size="70%">⊤</tspan>' if letter != title else ""
    return svg.svg_name(letter) + raised


_SHAPES: Final = {
    "en": '<span class="gs-gradient">dX {dX} &ensp; dW {dW} &ensp; db {db}</span>: each has the shape of its variable.',
    "ko": '<span class="gs-gradient">dX {dX} &ensp; dW {dW} &ensp; db {db}</span>: 저마다 자기 변수와 모양이 같아요.',
}
_SHAPES_ALT: Final = {
    "en": "With N = {N}, D = {D}, M = {M}: out is N × M; dX, N × D, is dout times W; dW, M × D, is dout transposed times X; "
    "db, M, is dout summed over its rows.",
    "ko": "N = {N}, D = {D}, M = {M}일 때 out은 N × M이에요. dX(N × D)는 dout에 W를, dW(M × D)는 dout의 전치에 X를 곱한 것이고, "
    "db(M)는 dout을 행 방향으로 더한 것이에요.",
}


def jacobian_map(numerical_jacobian: Callable[..., Any] | None = None, f: Map | None = None) -> JacobianMap:
    """Show where a map of the plane sends a small square, and the parallelogram that its Jacobian makes of it.

    numerical_jacobian : the learner's (f, x) -> (M, D)
    f : a map (2,) -> (2,) to look at besides the ones that are there
    """
    return JacobianMap(numerical_jacobian, f)


def norm_arrows(forward: Callable[..., Any] | None = None, backward: Callable[..., Any] | None = None) -> NormArrows:
    """Show the gradient of ‖Wx‖² over its contours.

    forward, backward : the learner's norm_squared pair
    """
    return NormArrows(None if forward is None or backward is None else (forward, backward))


def linear_shapes(
    forward: Callable[..., Any] | None = None, backward: Callable[..., Any] | None = None
) -> LinearShapes:
    """Show which shapes meet in linear_backward, with sliders for N, D and M.

    forward, backward : the learner's linear pair
    """
    return LinearShapes(None if forward is None or backward is None else (forward, backward))
