"""The playground: a network trained before the reader's eyes, by the reader's own functions.

Training goes on in slices between which the notebook is free: sliders, other cells and the stop button all get their turn.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from gradschool import numeric
from gradschool.figures import svg, trust
from gradschool.figures.axes import Axes
from gradschool.figures.frame import Button, Choice, Figure, Slider, Text, say
from gradschool.figures.nets import PIXELS, SPAN, Layers, network, plane, unit_values
from gradschool.figures.nonlinear import relu, sigmoid
from gradschool.figures.svg import Drawing, Sheets

Array = NDArray[np.float64]

_POINTS: Final = 120
_BATCH: Final = 30
_SLICE: Final = 0.04  # seconds of training between two pictures
_PAUSE: Final = 0.03  # seconds for everybody else
_MOST_EPOCHS: Final = 2000
_PRINTED_EPOCHS: Final = 150
_STEP: Final = 1e-5
_ACTIVATIONS: Final[dict[str, Callable[[Array], Array]]] = {"tanh": np.tanh, "relu": relu, "sigmoid": sigmoid}
_LABELS: Final = {"tanh": "tanh", "relu": "ReLU", "sigmoid": "sigmoid"}


# --- data -----------------------------------------------------------------------------------------------------------------


@lru_cache(8)
def _data(name: str) -> tuple[Array, Array]:
    """Return points (n, 2) and their labels (n, 1)."""
    rng = np.random.default_rng(21)
    half = _POINTS // 2
    along = np.linspace(0.0, 1.0, half)
    noise = rng.normal(0, 0.11, (_POINTS, 2))
    if name == "moons":
        turn = np.pi * along
        first = np.stack([np.cos(turn) - 0.5, np.sin(turn) - 0.25], 1)
        second = np.stack([0.5 - np.cos(turn), 0.25 - np.sin(turn)], 1)
    elif name == "rings":
        turn = 2 * np.pi * along
        first = 0.55 * np.stack([np.cos(turn), np.sin(turn)], 1)
        second = 1.45 * np.stack([np.cos(turn), np.sin(turn)], 1)
    else:
        turn = 0.5 + 1.6 * np.pi * along
        first = (0.25 + 1.35 * along)[:, None] * np.stack([np.cos(turn), np.sin(turn)], 1)
        second = -first
        noise *= 0.5
    return np.concatenate([first, second]) + noise, np.repeat([0.0, 1.0], half)[:, None]


# --- the reference's training: gradients measured, not derived -----------------------------------------------------------


def _loss(z: Array, t: Array) -> Array:
    """Return the mean cross entropy of logits (..., n, 1): log(1 + e⁻ᶻ) on one side, + z on the other."""
    return np.asarray(np.mean(np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z))), axis=(-2, -1)))


def _train(
    X: Array,
    t: Array,
    params: Layers,
    activation: Callable[[Array], Array],
    rate: float,
    epochs: int,
    rng: np.random.Generator,
) -> tuple[Layers, list[float]]:
    """Descend along a measured gradient: every parameter moved a little to either side, all at once."""
    flat = np.concatenate([np.concatenate([W.ravel(), b]) for W, b in params])
    steps = _STEP * np.eye(len(flat))
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), _BATCH):
            rows = order[start : start + _BATCH]
            losses.append(float(_loss_at(flat[None], params, activation, X[rows], t[rows])[0]))
            around = _loss_at(np.concatenate([flat + steps, flat - steps]), params, activation, X[rows], t[rows])
            flat = flat - rate * (around[: len(flat)] - around[len(flat) :]) / (2 * _STEP)
    return _unflat(flat, params), losses


def _loss_at(many: Array, shapes: Layers, activation: Callable[[Array], Array], X: Array, t: Array) -> Array:
    """Return the loss of many networks, one a row of parameters."""
    out, at = np.broadcast_to(X, (len(many), *X.shape)), 0
    for k, (W, b) in enumerate(shapes):
        weights = many[:, at : at + W.size].reshape(-1, *W.shape)
        at += W.size
        out = out @ weights.transpose(0, 2, 1) + many[:, None, at : at + b.size]
        at += b.size
        if k < len(shapes) - 1:
            out = activation(out)
    return _loss(out, t)


def _unflat(flat: Array, shapes: Layers) -> Layers:
    layers, at = [], 0
    for W, b in shapes:
        layers.append((flat[at : at + W.size].reshape(W.shape), flat[at + W.size : at + W.size + b.size]))
        at += W.size + b.size
    return layers


def _pair_of(forward: Callable[[Array], Array]) -> trust.Pair:
    """Return a forward function as a pair, its slope measured: for a learner's network while the activation is not theirs."""
    return (lambda x: (forward(x), x)), (lambda dout, x: dout * trust.slope(forward, x))


def _head_forward(z: Array, t: Array) -> float:
    return float(_loss(z, t))


def _reference_head() -> trust.Pair:
    def backward(dout: float, cache: tuple[Array, Array]) -> Array:
        z, t = cache
        each = trust.slope(lambda z: np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z))), z)
        return np.asarray(dout * each / np.size(z))

    return (lambda z, t: (_head_forward(z, t), (z, t))), backward


# --- the figure -----------------------------------------------------------------------------------------------------------


class Playground(Figure):
    """A network, its boundary and its loss, while it learns."""

    title: ClassVar[Text] = {"en": "The playground", "ko": "놀이터"}
    caption: ClassVar[Text] = {
        "en": "Press train and watch what each hidden unit sees. How few units part the moons? The rings? What does a larger learning "
        "rate do to the loss, and how many units does each activation need on the spiral? Click into the plane to add points: which single one "
        "disturbs the boundary most?",
        "ko": "학습 버튼을 누르고 은닉 뉴런이 저마다 무엇을 보는지 지켜봐요. 반달 둘을 나누려면 뉴런이 적어도 몇 개 있어야 할까요? "
        "고리는요? 학습률을 키우면 손실은 어떻게 되고, 나선을 나누려면 활성 함수마다 뉴런이 몇 개 있어야 할까요? 평면을 클릭하면 점이 "
        "더해져요. 점 하나로 경계를 가장 크게 흔들려면 어디에 찍어야 할까요?",
    }

    def __init__(
        self,
        mlp_forward: Callable[..., Any] | None,
        mlp_backward: Callable[..., Any] | None,
        train: Callable[..., Any] | None,
        head: trust.Pair | None,
        activations: Mapping[str, trust.Pair | None],
        points: tuple[Any, Any] | None,
    ) -> None:
        self._own = _own_points(points or ([], []))
        self._activations = {
            name: trust.BorrowedCurve(
                f"{name}_forward", f"{name}_backward", activations.get(name), forward, [(_UP, _AT)]
            )
            for name, forward in _ACTIVATIONS.items()
        }
        self._pairs = dict(activations)
        self._head = trust.BorrowedPair(
            "sigmoid_cross_entropy_forward", "sigmoid_cross_entropy_backward", head,
            lambda z, t: _head_forward(z, t), [], )  # fmt: skip
        self._check_head(head)
        self._head_pair = head if head is not None and self._head.yours else _reference_head()
        self.state = {"activation": "tanh", "rate": 0.5}  # what the probes use
        self._forward = trust.Borrowed(
            "mlp_forward", self._first_of(mlp_forward), _forward_by(self), [_probe()], _column
        )
        self._backward = _BorrowedBackward(mlp_forward, mlp_backward, self._pair(), self._measured)
        self._train = trust.Borrowed(
            "train", self._learning_by(train), self._descend, [(*_training_probe(), 2, 5)], _trained
        )
        data = (("moons", _MOONS), ("rings", _RINGS), ("spiral", _SPIRAL), ("own", _OWN))
        super().__init__(
            [
                Button("train", _TRAIN),
                Button("once", _ONCE),
                Button("reset", _RESET),
                Button("clear", _CLEAR),
                Choice("data", _DATA, data, "moons" if points is None else "own"),
                Choice("label", _CLICK, ((0.0, _BLUE), (1.0, _ORANGE)), 1.0),
                Choice("activation", _ACTIVATION, tuple(_LABELS.items()), "tanh"),
                Slider("layers", _HIDDEN, 1, 3, 1, 1),
                Slider("units", _UNITS, 1, 8, 1, 4),
                Slider("rate", _RATE, -2.0, 0.5, 0.05, 0.5, log=True),
            ],
            [self._forward, self._backward, self._train, self._head, *self._activations.values()],
        )
        self._params: Layers = []
        self._losses: list[float] = []
        self._epochs = 0
        self._task: asyncio.Task[None] | None = None
        self._slice = 1
        self._begin()
        self.advance(8)

    # what is shown

    def show(self) -> Drawing:
        """Return the network with what its units see, the boundary, and the loss so far."""
        activate = self._activate
        pictures = unit_values(self._params, activate, plane(PIXELS))
        net = network(self._params, pictures, 40, 24, 394, 256)
        return Drawing(840, 296, net + self._boundary() + self._history(), _GROUND.grip("plane"))

    def readout(self) -> str:
        """Return epochs, loss and accuracy."""
        return say(
            _STANDING, epochs=self._epochs, loss=self._written_loss(), right=self._right(), all=len(self._points()[0])
        )

    def alt(self) -> str:
        """Return the network and how far it got in a sentence."""
        return say(
            _PLAY_ALT,
            layers=self.state["layers"],
            units=self.state["units"],
            activation=_LABELS[self.state["activation"]],
            epochs=self._epochs,
            loss=self._written_loss(),
            right=self._right(),
            all=len(self._points()[0]),
        )

    def _boundary(self) -> Sheets:
        axes = _GROUND
        X, t = self._points()
        role = "gradient" if self.state["label"] else "value"
        hint = svg.text(694, 17, say(_HINT), size=12.5, role="muted", anchor="end") + svg.circle(
            702, 13, 4, fill=role, role="panel"
        )
        z = self._forward(plane(32), self._params)[:, 0].reshape(32, 32)
        first = t[:, 0] < 0.5
        return (
            Sheets(axes.frame)
            + hint
            + axes.inside(
                axes.heat(2 * sigmoid(z) - 1),
                axes.dots(X[first, 0], X[first, 1], role="value", r=3.4),
                axes.dots(X[~first, 0], X[~first, 1], role="gradient", r=3.4),
            )
        )

    def _history(self) -> str:
        losses = self._losses[:: max(1, len(self._losses) // 150)]
        top = max(0.8, *(min(loss, 3.0) for loss in losses)) if losses else 0.8
        axes = Axes(
            752, 24, 80, 210, (0, max(1, len(losses) - 1)), (0, 1.05 * top), "", say(_LOSS), ticks_x=0, ticks_y=4
        )
        return axes.frame + axes.inside(axes.curve(np.arange(len(losses)), losses, role="gradient", width=1.6))

    def _written_loss(self) -> str:
        """The loss over all points that are there now, not that of the last batch."""
        X, t = self._points()
        return svg.number(float(_loss(self._logits(), t)), 3) if len(X) else "—"

    def _right(self) -> int:
        X, t = self._points()
        return int(np.sum((self._logits() > 0) == (t > 0.5))) if len(X) else 0

    def _logits(self) -> Array:
        return self.kept("logits", lambda: self._forward(self._points()[0], self._params))

    # what happens

    def pressed(self, name: str) -> None:
        """Train or stop, take one epoch, begin again, or take the reader's own points away."""
        if name == "train":
            self.stop() if self._task else self.start()
            return
        self.stop()
        if name == "clear":
            self._own = _own_points(([], []))
            self.state["data"] = "own"
        if name in ("reset", "clear"):
            self._begin()
        else:
            self.advance(1)
        self.moved()

    def changed(self, name: str) -> None:
        """Begin again where the network or the data are others; with a new rate, go on from where it stands."""
        if name == "label":
            return
        if name != "rate":
            self._begin()
        if not self._task:
            self.advance(1)

    def pointed(self, place: str, across: float, up: float, down: bool) -> None:
        """Add a point to those that are there, which so become the reader's own; the network learns on from where it stands."""
        if not down:
            return
        X, t = self._points()
        point = [[SPAN[0] + share * (SPAN[1] - SPAN[0]) for share in (across, up)]]
        self._own = np.concatenate([X, point]), np.concatenate([t, [[self.state["label"]]]])
        self.state["data"] = "own"
        self.moved()

    def opened_for_print(self) -> None:
        """Show a network that has learnt something."""
        self.advance(_PRINTED_EPOCHS)

    def start(self) -> None:
        """Train until stopped, in slices on the notebook's own event loop."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no notebook around: a good piece of it at once
            self.advance(20)
            return
        self._task = loop.create_task(self._keep_training())

    def stop(self) -> None:
        """Stop training after the slice at hand."""
        if self._task:
            self._task.cancel()
            self._task = None

    async def _keep_training(self) -> None:
        end = self._epochs + _MOST_EPOCHS
        while self._epochs < end:
            began = time.monotonic()
            self.advance(self._slice)
            took = time.monotonic() - began
            self._slice = max(1, min(50, int(self._slice * _SLICE / max(took, 1e-4))))
            self.moved()
            await asyncio.sleep(_PAUSE)
        self._task = None

    def advance(self, epochs: int) -> None:
        """Train for some epochs, now."""
        X, t = self._points()
        if not len(X):
            return
        seed = self._epochs  # a slice of its own draws the same order, whoever trains
        self._params, losses = self._train(X, t, self._params, epochs, seed)
        self._losses += losses
        self._epochs += epochs
        self._kept.clear()

    def _begin(self) -> None:
        rng = np.random.default_rng(8)
        sizes = [2, *[int(self.state["units"])] * int(self.state["layers"]), 1]
        self._params = [(rng.normal(0, 1.6 / np.sqrt(n), (m, n)), rng.normal(0, 0.3, m)) for n, m in pairwise(sizes)]
        self._losses = []
        self._epochs = 0

    def _points(self) -> tuple[Array, Array]:
        return self._own if self.state["data"] == "own" else _data(self.state["data"])

    # whose functions

    def _activate(self, x: Array) -> Array:
        out: Array = self._activations[self.state["activation"]](np.ones_like(x), x)[0]
        return out

    def _pair(self) -> trust.Pair:
        name = self.state["activation"]
        theirs = self._pairs.get(name)
        return theirs if theirs is not None and self._activations[name].yours else _pair_of(_ACTIVATIONS[name])

    def _check_head(self, head: trust.Pair | None) -> None:
        if head is None:
            return
        z, t = np.array([[0.4], [-1.2], [2.0]]), np.array([[1.0], [0.0], [0.0]])
        want = _reference_head()

        def gradient(pair: trust.Pair) -> Array:
            return trust.two(pair[0](z.copy(), t.copy())) and np.asarray(pair[1](1.7, pair[0](z.copy(), t.copy())[1]))

        got = self._head.call_learner(lambda: trust.like(gradient(head), z))
        if self._head.yours and not trust.agree(got, gradient(want)):
            self._head.problem = ("differs", "")

    def _first_of(self, mlp_forward: Callable[..., Any] | None) -> Callable[..., Any] | None:
        if mlp_forward is None:
            return None
        return lambda X, params: trust.two(mlp_forward(X, params, self._pair()))[0]

    def _measured(self, X: Array, params: Layers) -> Layers:
        def out(params: Layers) -> Array:
            return unit_values(params, _ACTIVATIONS[self.state["activation"]], X)[-1]

        gradients: Layers = numeric.vjp(out, {"params": params}, "params", np.ones((len(X), 1)))
        return gradients

    def _learning_by(self, train: Callable[..., Any] | None) -> Callable[..., Any] | None:
        if train is None:
            return None

        def learn(X: Array, t: Array, params: Layers, epochs: int, seed: int) -> Any:
            rng = np.random.default_rng(seed)
            return train(X, t, params, self._pair(), self._head_pair, self.state["rate"], epochs, _BATCH, rng)

        return learn

    def _descend(self, X: Array, t: Array, params: Layers, epochs: int, seed: int) -> tuple[Layers, list[float]]:
        activation = _ACTIVATIONS[self.state["activation"]]
        return _train(X, t, params, activation, self.state["rate"], epochs, np.random.default_rng(seed))


class _BorrowedBackward(trust.Borrowed):
    """The learner's mlp_backward, held against measured gradients; a broken mlp_forward is blamed by its own name."""

    def __init__(
        self,
        forward: Callable[..., Any] | None,
        backward: Callable[..., Any] | None,
        activation: trust.Pair,
        measured: Callable[..., Layers],
    ) -> None:
        def gradients(X: Array, params: Layers) -> Any:
            assert forward is not None
            assert backward is not None
            self.blamed = "mlp_forward"
            _, cache = trust.two(forward(X, params, activation))
            self.blamed = "mlp_backward"
            return backward(np.ones((len(X), 1)), cache)

        theirs = None if forward is None or backward is None else gradients
        super().__init__("mlp_backward", theirs, measured, [_probe()], _like_params)


_UP: Final[Array] = np.array([0.7, -1.1, 0.4, 1.9])
_AT: Final[Array] = np.array([-3.1, -0.4, 0.3, 2.6])

_TRAIN: Final = {"en": "▶ train / stop", "ko": "▶ 학습 / 멈춤"}
_ONCE: Final = {"en": "one epoch", "ko": "한 에폭"}
_RESET: Final = {"en": "start again", "ko": "처음부터"}
_DATA: Final = {"en": "data", "ko": "데이터"}
_MOONS: Final = {"en": "moons", "ko": "반달"}
_RINGS: Final = {"en": "rings", "ko": "고리"}
_SPIRAL: Final = {"en": "spiral", "ko": "나선"}
_OWN: Final = {"en": "your own", "ko": "내 점"}
_CLEAR: Final = {"en": "no points", "ko": "점 모두 지우기"}
_CLICK: Final = {"en": "a click adds", "ko": "클릭하면"}
_BLUE: Final = {"en": "a blue point", "ko": "파란 점"}
_ORANGE: Final = {"en": "an orange point", "ko": "주황 점"}
_HINT: Final = {"en": "click: +", "ko": "클릭: +"}
_GROUND: Final = Axes(492, 24, 210, 210, SPAN, SPAN, svg.svg_name("x0"), svg.svg_name("x1"), ticks_x=4, ticks_y=4)
_ACTIVATION: Final = {"en": "activation", "ko": "활성 함수"}
_HIDDEN: Final = {"en": "hidden layers", "ko": "은닉층 수"}
_UNITS: Final = {"en": "units", "ko": "뉴런 수"}
_RATE: Final = {"en": "learning rate", "ko": "학습률"}
_LOSS: Final = {"en": "loss", "ko": "손실"}
_STANDING: Final = {
    "en": 'Epoch {epochs}: &ensp;<span class="gs-gradient">loss {loss}</span>, &ensp;{right} of {all} right.',
    "ko": '{epochs}에폭: &ensp;<span class="gs-gradient">손실 {loss}</span>, &ensp;{all}개 가운데 {right}개를 맞혔어요.',
}
_PLAY_ALT: Final = {
    "en": "A network with {layers} hidden layers of {units} {activation} units after {epochs} epochs: loss {loss}, {right} of {all} "
    "points right. Each unit shows its own picture of the plane.",
    "ko": "은닉층 {layers}개에 {activation} 뉴런이 {units}개씩 있는 신경망, {epochs}에폭 뒤 손실 {loss}, 점 {all}개 가운데 {right}개를 맞혔어요. "
    "뉴런마다 자기가 보는 평면을 보여 줘요.",
}


def _own_points(points: tuple[Any, Any]) -> tuple[Array, Array]:
    X, t = (np.asarray(part, dtype=np.float64) for part in points)
    return X.reshape(-1, 2), t.reshape(-1, 1)


def _probe() -> tuple[Array, Layers]:
    rng = np.random.default_rng(2)
    return rng.normal(size=(3, 2)), [
        (rng.normal(size=(4, 2)), rng.normal(size=4)),
        (rng.normal(size=(1, 4)), rng.normal(size=1)),
    ]


def _training_probe() -> tuple[Array, Array, Layers]:
    X, t = _data("moons")
    return X[25:95], t[25:95], _probe()[1]


def _forward_by(figure: Playground) -> Callable[..., Array]:
    return lambda X, params: unit_values(params, _ACTIVATIONS[figure.state["activation"]], X)[-1]


def _column(result: Any, X: Array, params: Layers) -> Array:
    out: Array = trust.like(result, np.zeros((len(X), 1)))
    return out


def _like_params(result: Any, X: Array, params: Layers) -> Layers:
    return _accepted(result, params)


def _accepted(result: Any, params: Layers) -> Layers:
    if not isinstance(result, list | tuple) or len(result) != len(params):
        raise trust.Nonsense(f"{len(params)} × (W, b)?")
    return [
        (trust.like(trust.two(got)[0], W), trust.like(trust.two(got)[1], b))
        for got, (W, b) in zip(result, params, strict=True)
    ]


def _trained(result: Any, X: Array, t: Array, params: Layers, epochs: int, seed: int) -> tuple[Layers, list[float]]:
    learnt, losses = trust.two(result)
    count = epochs * -(-len(X) // _BATCH)
    return _accepted(learnt, params), [float(loss) for loss in trust.like(losses, np.zeros(count))]


def playground(
    mlp_forward: Callable[..., Any] | None = None,
    mlp_backward: Callable[..., Any] | None = None,
    train: Callable[..., Any] | None = None,
    head: trust.Pair | None = None,
    relu: trust.Pair | None = None,
    tanh: trust.Pair | None = None,
    sigmoid: trust.Pair | None = None,
    points: tuple[Any, Any] | None = None,
) -> Playground:
    """Train a network on points of the plane and watch every unit.

    mlp_forward, mlp_backward, train : the learner's
    head : the learner's sigmoid_cross_entropy pair
    relu, tanh, sigmoid : the learner's pairs
    points : (X (N, 2), t (N,)), the learner's own data, within ±2, labels 0 and 1
    """
    activations = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid}
    return Playground(mlp_forward, mlp_backward, train, head, activations, points)
