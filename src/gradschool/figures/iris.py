"""One neuron learning to tell two species of iris apart: its boundary among the flowers, and the loss on its way down."""

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from gradschool import data, reference
from gradschool.figures import svg, trust
from gradschool.figures.axes import Axes, grid
from gradschool.figures.frame import Choice, Figure, Slider, Steps, Text, say
from gradschool.figures.svg import Drawing, Sheets

Array = NDArray[np.float64]
Place = tuple[Array, float]

#: how many steps of training each stop of the slider has behind it
_STOPS: Final = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377)
_PAIRS: Final = {"easy": ("setosa", "versicolor"), "hard": ("versicolor", "virginica")}
_FEATURES: Final = ("petal length", "petal width")
_SPANS: Final = {"easy": ((0.6, 5.6), (-0.1, 2.1)), "hard": ((2.7, 7.2), (0.7, 2.8))}
#: where the names stand, clear of the flowers
_NAMES: Final = {"easy": ((2.4, 0.22), (3.2, 1.62)), "hard": ((3.3, 1.5), (6.65, 2.55))}
_CELLS: Final = 40


class FlowerTraining(Figure):
    """The petals of two species, the line that a neuron draws between them, and its loss, step by step."""

    title: ClassVar[Text] = {"en": "A neuron among flowers", "ko": "꽃밭의 뉴런"}
    caption: ClassVar[Text] = {
        "en": "How many steps does it take until all flowers are right, and why does the loss go on falling after that? "
        "Change the species: which flowers stay on the wrong side, however long it trains? What does a learning rate ten times "
        "smaller cost?",
        "ko": "몇 걸음 만에 모든 꽃을 맞힐까요? 그 뒤에도 손실이 계속 줄어드는 까닭은 무엇일까요? 종을 바꿔 봐요. 아무리 오래 "
        "학습해도 반대편에 남는 꽃은 어떤 꽃일까요? 학습률을 10분의 1로 줄이면 무엇을 잃게 되나요?",
    }

    def __init__(self, train_neuron: Callable[..., Any] | None, boundary: Callable[..., Any] | None) -> None:
        self._train = trust.Borrowed(
            "train_neuron", train_neuron, reference.train_neuron, [_probe(steps) for steps in (1, 3)], _trained
        )
        self._line = trust.Borrowed(
            "boundary",
            boundary,
            reference.boundary,
            [(np.array([0.7, -1.3]), 0.4)],
            lambda result, *_: tuple(trust.like(result, np.zeros(2))),
        )
        species = (("easy", "setosa — versicolor"), ("hard", "versicolor — virginica"))
        super().__init__(
            [
                Steps("stop", {"en": "training", "ko": "학습"}, len(_STOPS) - 1, 4),
                Choice("pair", {"en": "species", "ko": "종"}, species, "easy"),
                Slider("rate", {"en": "learning rate", "ko": "학습률"}, -1.5, 0.5, 0.25, 1.0, log=True),
            ],
            [self._train, self._line],
        )
        self._known: dict[tuple[str, float, bool], tuple[list[Place], list[float]]] = {}

    def show(self) -> Drawing:
        """Return the flowers with the boundary, and the loss up to here."""
        return Drawing(800, 338, self._field() + self._descent())

    def readout(self) -> str:
        """Return steps, right answers and loss."""
        return say(_READOUT, **self._score())

    def alt(self) -> str:
        """Return the picture in a sentence."""
        no, yes = _PAIRS[self.state["pair"]]
        return say(_ALT, no=no, yes=yes, **self._score())

    def opened_for_print(self) -> None:
        """Show the hard pair at the end of its training."""
        self.state.update(stop=len(_STOPS) - 1, pair="hard")

    def _score(self) -> dict[str, object]:
        _, losses = self._path()
        done = _STOPS[self.state["stop"]]
        right = int(np.sum(~self._wrong()))
        return {"steps": done, "right": right, "all": 100, "loss": svg.number(losses[min(done, len(losses) - 1)], 3)}

    def _path(self) -> tuple[list[Place], list[float]]:
        """Return w and b at every stop, and the loss at every step, for these species and this learning rate."""
        key = (self.state["pair"], self.state["rate"], self._train.yours)
        if key not in self._known:
            X, t, *_ = _flowers(self.state["pair"])
            places: list[Place] = [(np.zeros(2), 0.0)]
            losses: list[float] = []
            for before, after in pairwise(_STOPS):
                w, b, more = self._train(X, t, *places[-1], float(self.state["rate"]), after - before)
                places.append((w, b))
                losses += more
            self._known[key] = places, losses
        return self._known[key]

    def _place(self) -> Place:
        """Return w and b as they are for lengths in centimetres."""
        *_, middle, spread = _flowers(self.state["pair"])
        w, b = self._path()[0][self.state["stop"]]
        return w / spread, float(b - np.sum(w * middle / spread))

    def _wrong(self) -> NDArray[np.bool_]:
        _, t, petals, *_ = _flowers(self.state["pair"])
        w, b = self._place()
        return np.asarray((petals @ w + b > 0) != (t > 0.5))

    def _field(self) -> Sheets:
        x_span, y_span = _SPANS[self.state["pair"]]
        axes = Axes(46, 30, 400, 262, x_span, y_span, say(_LENGTH), say(_WIDTH))
        _, t, petals, *_ = _flowers(self.state["pair"])
        w, b = self._place()
        p = reference.neuron(grid(x_span, y_span, _CELLS, _CELLS), w, b).reshape(_CELLS, _CELLS)
        rings = petals[self._wrong()] if self.state["stop"] else np.empty((0, 2))
        return Sheets(axes.frame) + axes.inside(
            axes.heat(2 * p - 1, top=2.5),
            self._border(axes, w, b),
            *(svg.circle(float(axes.x(x)), float(axes.y(y)), 7.5, role="ink", width=1.8) for x, y in rings),
            axes.dots(*petals[t < 0.5].T, role="value", r=4),
            axes.dots(*petals[t > 0.5].T, role="gradient", r=4),
            *self._names(axes),
        )

    def _names(self, axes: Axes) -> list[str]:
        pair = self.state["pair"]
        labelled = zip(_PAIRS[pair], _NAMES[pair], ("value", "gradient"), strict=True)
        return [axes.words(x, y, name, role=role, size=14) for name, (x, y), role in labelled]

    def _border(self, axes: Axes, w: Array, b: float) -> str:
        if w[1] == 0:
            return axes.upright(-b / float(w[0]), role="ink", dash="", width=2) if w[0] else ""
        slope, intercept = self._line(w, b)
        ends = np.array(axes.x_span)
        return axes.curve(ends, slope * ends + intercept, role="ink", width=2)

    def _descent(self) -> Sheets:
        _, losses = self._path()
        axes = Axes(510, 30, 276, 262, (1, len(losses)), (0, 0.75), say(_STEP), say(_LOSS), log_x=True)
        role = "learner" if self._train.yours else "reference"
        done = min(_STOPS[self.state["stop"]], len(losses) - 1)
        step = np.arange(1, len(losses) + 1)
        return Sheets(axes.frame + axes.inside(axes.curve(step, losses, role="line", width=1.8))) + axes.inside(
            axes.curve(step[: done + 1], losses[: done + 1], role=role),
            axes.dot(done + 1, losses[done], role=role),
        )


_LENGTH: Final = {"en": "petal length (cm)", "ko": "꽃잎 길이 (cm)"}
_WIDTH: Final = {"en": "petal width (cm)", "ko": "꽃잎 너비 (cm)"}
_STEP: Final = {"en": "1 + steps", "ko": "1 + 걸음 수"}
_LOSS: Final = {"en": "loss", "ko": "손실"}
_READOUT: Final = {
    "en": "After {steps} steps: {right} of {all} flowers right, loss {loss}.",
    "ko": "{steps}걸음 뒤: {all}송이 가운데 {right}송이를 맞혔어요. 손실 {loss}.",
}
_ALT: Final = {
    "en": "Petal width against petal length of {no} and {yes}, with the line of a neuron between them after {steps} steps of "
    "training: {right} of {all} flowers on the right side, loss {loss}. Beside it the loss against the steps.",
    "ko": "{no}와 {yes}의 꽃잎 너비와 길이, 그리고 {steps}걸음 학습한 뉴런의 직선: {all}송이 가운데 {right}송이를 맞혔고 손실은 {loss}. "
    "옆에는 걸음에 따른 손실.",
}


@lru_cache(2)
def _flowers(pair: str) -> tuple[Array, Array, Array, Array, Array]:
    """Return petals made comparable, the truth, petals in centimetres, and the mean and the spread taken away."""
    petals, t = data.flowers().pair(*_PAIRS[pair], features=_FEATURES)
    middle, spread = petals.mean(axis=0), petals.std(axis=0)
    return (petals - middle) / spread, t, petals, middle, spread


def _probe(steps: int) -> tuple[Any, ...]:
    X = np.array([[0.4, -1.1], [-0.7, 0.9], [1.3, 0.6]])
    return X, np.array([1.0, 0.0, 1.0]), np.array([0.3, -0.2]), 0.1, 0.5, steps


def _trained(result: Any, X: Array, t: Array, w: Array, b: float, rate: float, steps: int) -> tuple[Any, ...]:
    if not isinstance(result, tuple | list) or len(result) != 3:
        raise trust.Nonsense("(w, b, losses)?")
    new_w, new_b, losses = result
    return trust.like(new_w, w), trust.real(new_b), trust.like(losses, np.zeros(steps)).tolist()


def flowers(
    train_neuron: Callable[..., Any] | None = None, boundary: Callable[..., Any] | None = None
) -> FlowerTraining:
    """Return two species of iris and a neuron that learns to tell them apart; sliders for the training and its rate.

    train_neuron, boundary : the learner's; the reference draws where one is left out or not right yet
    """
    return FlowerTraining(train_neuron, boundary)
