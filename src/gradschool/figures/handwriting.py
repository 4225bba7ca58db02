"""Handwritten digits that the learner's own network, trained on the spot, reads wrong."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from gradschool import data, reference
from gradschool.figures import svg, trust
from gradschool.figures.axes import heat_image
from gradschool.figures.frame import Figure, Slider, Text, say
from gradschool.figures.svg import Drawing, Sheets

Array = NDArray[np.float64]
Layers = list[tuple[Array, Array]]

_CLASSES: Final = 10
_MOST: Final = 24
_WIDTH: Final = 448.0
_SEED: Final = 0


class Misread(Figure):
    """Digits that nobody trained on and the network got wrong, and how sure it was of one of them."""

    title: ClassVar[Text] = {"en": "Digits that your network misreads", "ko": "신경망이 잘못 읽는 숫자들"}
    caption: ClassVar[Text] = {
        "en": "Below each picture: what was meant → what your network read. Would you have read it right? Move the slider: how sure "
        "was the network of its mistake, and did it come close to the right answer?",
        "ko": "그림 아래에는 쓴 숫자 → 신경망이 읽은 숫자가 있어요. 여러분이라면 맞혔을까요? 슬라이더를 움직여 봐요. 신경망은 틀린 답을 "
        "얼마나 확신했고, 맞는 답에는 얼마나 가까웠나요?",
    }

    def __init__(
        self,
        mlp_forward: Callable[..., Any],
        train: Callable[..., Any],
        activation: trust.Pair,
        head: trust.Pair,
        hidden: int,
        learning_rate: float,
        epochs: int,
        batch_size: int,
    ) -> None:
        self._digits = data.digits()
        self._settings = (activation, head, learning_rate, batch_size)
        self._epochs = epochs
        self._mlp = trust.Borrowed("mlp_forward", mlp_forward, reference.mlp, [], _no_answer)
        self._train = trust.Borrowed("train", train, reference.train, [], _no_answer)
        self._losses: list[float] = []
        self._logits = self._read(mlp_forward, train, hidden)
        self._shown = self._chosen()
        pictures = Slider("picture", {"en": "picture", "ko": "그림"}, 1, len(self._shown), 1, 1)
        super().__init__([pictures], [self._mlp, self._train])

    # what is shown

    def show(self) -> Drawing:
        """Return the pictures, and the network's ten probabilities for one of them."""
        return Drawing(780, 230, Sheets(moving=self._gallery() + self._closer()))

    def readout(self) -> str:
        """Return how many it reads right, and the loss."""
        if self._logits is None:
            return ""
        return say(
            _READOUT,
            right=self._right(),
            count=len(self._logits),
            first=svg.number(self._losses[0], 2),
            last=svg.number(float(np.mean(self._losses[-10:])), 2),
        )

    def alt(self) -> str:
        """Return the picture in a sentence."""
        if self._logits is None:
            return say(_ALT_UNREAD, count=len(self._shown))
        return say(_ALT, right=self._right(), count=len(self._logits), shown=len(self._shown))

    def verdict(self) -> str:
        """Return whose network it is; until there is one, what will stand here."""
        if self._logits is not None:
            return super().verdict()
        blamed = [function for function in (self._mlp, self._train) if not function.yours]
        return f'<span class="gs-theirs">{say(_UNREAD)} {" ".join(map(trust.why, blamed))}</span>'

    def _gallery(self) -> str:
        columns = 4 if len(self._shown) <= 8 else 8
        cell = _WIDTH / columns
        picture = cell - 16 if columns == 8 else cell - 38
        parts = []
        for place, index in enumerate(self._shown):
            x, y = 8 + place % columns * cell, 10 + place // columns * (picture + 32)
            lit = place == self.state["picture"] - 1
            role, stroke = ("lit-line", 3) if lit else ("line", 1)
            parts.append(svg.rect(x, y, cell - 8, picture + 26, fill="panel", role=role, stroke=stroke))
            parts.append(self._image(index, x + (cell - 8 - picture) / 2, y + 4, picture))
            parts.append(svg.text(x + cell / 2 - 4, y + picture + 20, self._words(index), size=13))
        return "".join(parts)

    def _closer(self) -> str:
        index = self._shown[self.state["picture"] - 1]
        parts = [self._image(index, 476, 44, 128)]
        if self._logits is None:
            return "".join(parts)
        meant = int(self._digits.labels_test[index])
        for digit, p in enumerate(reference.softmax(self._logits[index])):
            y = 12 + digit * 20.5
            role = "value" if digit == meant else "gradient"
            parts.append(svg.text(628, y + 13, str(digit), size=13, role=role, bold=digit == meant))
            parts.append(svg.rect(640, y + 2, max(1.0, 88 * float(p)), 14, fill=role, role=role, round_by=2))
            parts.append(svg.text(772, y + 13, svg.number(float(p), 2), size=12, role="muted", anchor="end"))
        return "".join(parts)

    def _image(self, index: int, x: float, y: float, size: float) -> str:
        pixels = self._digits.X_test[index].reshape(8, 8)
        return heat_image(pixels[::-1], x, y, size, size, high="value", smooth=False)

    def _words(self, index: int) -> str:
        meant = int(self._digits.labels_test[index])
        return str(meant) if self._logits is None else f"{meant} → {int(np.argmax(self._logits[index]))}"

    def _right(self) -> int:
        assert self._logits is not None
        return int(np.sum(np.argmax(self._logits, axis=1) == self._digits.labels_test))

    def _chosen(self) -> list[int]:
        """Return which pictures stand here: the misread ones, or the first where there is none."""
        wrong: list[int] = []
        if self._logits is not None:
            wrong = [int(i) for i in np.flatnonzero(np.argmax(self._logits, axis=1) != self._digits.labels_test)]
        return (wrong or list(range(_MOST)))[:_MOST]

    # whose network

    def _read(self, mlp_forward: Callable[..., Any], train: Callable[..., Any], hidden: int) -> Array | None:
        """Train a network and let it read, each with a time limit; None where that is not possible."""
        activation, head, learning_rate, batch_size = self._settings
        rng = np.random.default_rng(_SEED)
        sizes = [self._digits.X.shape[1], hidden, _CLASSES]
        params = [(rng.normal(0, 1 / np.sqrt(n), (m, n)), np.zeros(m)) for n, m in pairwise(sizes)]

        def read() -> Array:
            out, _cache = trust.two(mlp_forward(self._digits.X_test, params, activation))
            return np.asarray(trust.like(out, np.zeros((len(self._digits.X_test), _CLASSES))))

        def learn() -> tuple[Layers, list[float]]:
            X, labels = self._digits.X.copy(), self._digits.labels.copy()
            result = train(X, labels, params, activation, head, learning_rate, 1, batch_size, rng)
            return _learnt(result, params, -(-len(X) // batch_size))

        logits: Array | None = self._mlp.call_learner(read)
        for _ in range(self._epochs):
            # an epoch a call, so that a slow network is noticed before all of its time is gone
            learnt = self._train.call_learner(learn) if logits is not None else None
            if learnt is None:
                return None
            params, losses = learnt
            self._losses += losses
        return self._mlp.call_learner(read) if logits is not None else None


def _learnt(result: Any, params: Layers, batches: int) -> tuple[Layers, list[float]]:
    layers, losses = trust.two(result)
    if not isinstance(layers, list | tuple) or len(layers) != len(params):
        raise trust.Nonsense(f"{len(params)} × (W, b)?")
    pairs = zip(map(trust.two, layers), params, strict=True)
    accepted = [(trust.like(got[0], W), trust.like(got[1], b)) for got, (W, b) in pairs]
    return accepted, [float(loss) for loss in trust.like(losses, np.zeros(batches))]


def _no_answer(result: Any, *_: Any) -> Any:
    return result


_READOUT: Final = {
    "en": "{right} of {count} digits that it had never seen are read right. &ensp;Loss {first} → {last}.",
    "ko": "처음 보는 숫자 {count}개 가운데 {right}개를 맞혔어요. &ensp;손실 {first} → {last}.",
}
_UNREAD: Final = {
    "en": "These are digits for your network to read. Once it can be trained, those that it misreads stand here.",
    "ko": "신경망이 읽을 숫자들이에요. 학습을 시킬 수 있게 되면, 잘못 읽은 것들이 여기에 나와요.",
}
_ALT: Final = {
    "en": "{right} of {count} handwritten digits were read right; {shown} that were misread are shown.",
    "ko": "손글씨 숫자 {count}개 가운데 {right}개를 맞혔고, 잘못 읽은 {shown}개가 나와 있어요.",
}
_ALT_UNREAD: Final = {
    "en": "{count} handwritten digits, not read by any network yet.",
    "ko": "아직 어떤 신경망도 읽지 않은 손글씨 숫자 {count}개.",
}


def misread(
    mlp_forward: Callable[..., Any],
    train: Callable[..., Any],
    activation: trust.Pair,
    head: trust.Pair,
    hidden: int = 32,
    learning_rate: float = 0.3,
    epochs: int = 10,
    batch_size: int = 50,
) -> Misread:
    """Train a network of the learner's on handwritten digits, and show which unseen ones it reads wrong.

    mlp_forward, train : the learner's
    activation, head : the learner's pairs
    hidden, learning_rate, epochs, batch_size : how large the network is, and how it learns
    """
    return Misread(mlp_forward, train, activation, head, hidden, learning_rate, epochs, batch_size)
