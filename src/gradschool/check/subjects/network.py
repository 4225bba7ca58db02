"""Notebook 4_neural_network: its functions, and how learners get them wrong."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradschool import numeric, reference
from gradschool.check.evidence import numbers, vary
from gradschool.check.hypotheses import Suspect
from gradschool.check.subject import Subject
from gradschool.language import message as N_
from gradschool.reference import Pair

Array = NDArray[np.float64]
Layers = Sequence[tuple[Array, Array]]

_VALUE_FOR_SLOPE = N_("This multiplies by the value of the function. How steep is it there?")
_MASK_BY_UPSTREAM = N_(
    "The sign of the upstream gradient decides here. Who decides on which side of the bend an entry is?"
)
_FILLED_WITH_INPUT = N_(
    "The form is right, and it is filled with what went into the gate. Of which number is the slope made?"
)
_OTHER_SIDE = N_("It is the wrong way round: each side has the slope of the other.")
_NOT_A_RELU = N_("Below 0 nothing passes. Is that what this function looks like there?")


# --- collapse ------------------------------------------------------------------------------------------------------


def _collapsed(layers: Layers, biases: Callable[[int], bool]) -> tuple[Array, Array]:
    kept = [(W, b if biases(number) else np.zeros_like(b)) for number, (W, b) in enumerate(layers)]
    return reference.collapse(kept)


def _bias_through_last(layers: Layers) -> tuple[Array, Array]:
    """Take the first b through everything and add the last, as is right for two layers."""
    total = layers[0][1]
    for W, _b in layers[1:]:
        total = W @ total
    return reference.collapse(layers)[0], total + layers[-1][1]


# --- activations ---------------------------------------------------------------------------------------------------


def _slope(f: Callable[[Array], Array], x: Array) -> Array:
    return np.asarray(numeric.derivative(lambda h: f(x + h), 0.0))


def _other_entries(rng: np.random.Generator, inputs: dict[str, Any]) -> dict[str, Any]:
    """Other inputs for an activation: other signs too, where an entry is not huge on purpose."""
    x = inputs["x"]
    return {**inputs, "x": np.where(np.abs(x) > 100, vary(rng, x), numbers(rng, x.shape))}


def _times(slope: Callable[[Array], Array]) -> Callable[..., Array]:
    return lambda x, dout: dout * slope(x)


def _leaky(x: Array, below: float) -> Array:
    return np.where(x > 0, x, below * x)


def _steps(x: Array, below: float, above: float = 1.0) -> Array:
    return np.where(x > 0, above, below)


def _elu_slope(x: Array, alpha: float) -> Array:
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0.0)))


def _sinh(x: Array) -> Array:
    return np.asarray((np.exp(x) - np.exp(-x)) / 2)


def _maxout_masked(
    x: Array, w1: Array, w2: Array, dout: Array, first: Any, second: Any
) -> tuple[Array, Array, Any, Array, Any]:
    one, two = dout * first, dout * second
    dx = one[:, np.newaxis] * w1 + two[:, np.newaxis] * w2
    return dx, one @ x, one.sum(), two @ x, two.sum()


def _pieces(x: Array, w1: Array, b1: float, w2: Array, b2: float) -> tuple[Array, Array]:
    return x @ w1 + b1, x @ w2 + b2


def _maxout_both(x: Array, w1: Array, b1: float, w2: Array, b2: float, dout: Array) -> Any:
    everywhere = np.ones_like(dout)
    return _maxout_masked(x, w1, w2, dout, everywhere, everywhere)


def _maxout_smaller(x: Array, w1: Array, b1: float, w2: Array, b2: float, dout: Array) -> Any:
    one, two = _pieces(x, w1, b1, w2, b2)
    return _maxout_masked(x, w1, w2, dout, one < two, two < one)


def _maxout_by_upstream(x: Array, w1: Array, b1: float, w2: Array, b2: float, dout: Array) -> Any:
    return _maxout_masked(x, w1, w2, dout, dout > 0, dout <= 0)


def _maxout_first_path(x: Array, w1: Array, b1: float, w2: Array, b2: float, dout: Array) -> Any:
    one, two = _pieces(x, w1, b1, w2, b2)
    return {"dx": (dout * (one > two))[:, np.newaxis] * w1}


def _maxout_second_path(x: Array, w1: Array, b1: float, w2: Array, b2: float, dout: Array) -> Any:
    one, two = _pieces(x, w1, b1, w2, b2)
    return {"dx": (dout * (two > one))[:, np.newaxis] * w2}


def _maxout_without_weights(x: Array, w1: Array, b1: float, w2: Array, b2: float, dout: Array) -> Any:
    return {"dx": np.repeat(dout[:, np.newaxis], x.shape[1], axis=1)}


def _maxout_without_inputs(x: Array, w1: Array, b1: float, w2: Array, b2: float, dout: Array) -> Any:
    one, two = _pieces(x, w1, b1, w2, b2)
    return {"dw1": np.full_like(w1, dout[one > two].sum()), "dw2": np.full_like(w2, dout[two > one].sum())}


def _clear_pieces(rng: np.random.Generator, inputs: dict[str, Any]) -> dict[str, Any]:
    """Other inputs for maxout: no row near a tie, and where there are several, each piece wins some."""
    while True:
        x, w1, w2 = (numbers(rng, np.shape(inputs[name])) for name in ("x", "w1", "w2"))
        b1, b2 = float(numbers(rng, ())), float(numbers(rng, ()))
        one, two = _pieces(x, w1, b1, w2, b2)
        shared = len(x) == 1 or 0 < np.count_nonzero(one > two) < len(x)
        if shared and np.all(np.abs(one - two) > 0.1):
            return {"x": x, "w1": w1, "b1": b1, "w2": w2, "b2": b2}


# --- forward pass --------------------------------------------------------------------------------------------------


def _three_layers(
    first: Callable[[Array], Array],
    second: Callable[[Array], Array],
    last: Callable[[Array], Array] = lambda z: z,
    biases: float = 1.0,
) -> Callable[..., Array]:
    def formula(x: Array, W1: Array, b1: Array, W2: Array, b2: Array, W3: Array, b3: Array) -> Array:
        h1 = first(W1 @ x + biases * b1)
        return last(W3 @ second(W2 @ h1 + biases * b2) + biases * b3)

    return formula


def _nothing(z: Array) -> Array:
    return z


def _bias_after(x: Array, W1: Array, b1: Array, W2: Array, b2: Array, W3: Array, b3: Array) -> Array:
    h1 = reference.sigmoid(W1 @ x) + b1
    return W3 @ (reference.sigmoid(W2 @ h1) + b2) + b3


def _second_transposed(x: Array, W1: Array, b1: Array, W2: Array, b2: Array, W3: Array, b3: Array) -> Array:
    return reference.forward_pass(x, W1, b1, W2.T, b2, W3, b3)


def _second_left_out(x: Array, W1: Array, b1: Array, W2: Array, b2: Array, W3: Array, b3: Array) -> Array:
    return W3 @ reference.sigmoid(W1 @ x + b1) + b3


# --- heads ---------------------------------------------------------------------------------------------------------

# what learners put below or above a probability to keep its logarithm finite
_GUARDS = (1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16)
_GUARDED = N_(
    "A small number keeps the logarithm finite, and the loss wrong. Can the two functions be one, so that none is needed?"
)


def _yes_no_guarded(guard: Callable[[Array], Array]) -> Callable[..., float]:
    def formula(z: Array, t: Array) -> float:
        p = reference.sigmoid(z)
        return float(-np.mean(t * np.log(guard(p)) + (1 - t) * np.log(guard(1 - p))))

    return formula


def _category_guarded(guard: Callable[[Array], Array]) -> Callable[..., float]:
    def formula(Z: Array, labels: Any) -> float:
        return float(-np.mean(np.log(guard(reference.softmax(Z)[np.arange(len(Z)), labels]))))

    return formula


def _added(size: float) -> Callable[[Array], Array]:
    return lambda p: p + size


def _clipped(size: float) -> Callable[[Array], Array]:
    return lambda p: np.clip(p, size, 1 - size)


def _floored(size: float) -> Callable[[Array], Array]:
    return lambda p: np.maximum(p, size)


def _guarded(formula: Callable[[Callable[[Array], Array]], Callable[..., float]]) -> list[Suspect]:
    return [
        Suspect("wrong-value", formula(guard(size)), _GUARDED)
        for size in _GUARDS
        for guard in (_added, _clipped, _floored)
    ]


def _one_hot(Z: Array, labels: Any) -> Array:
    return np.asarray(np.eye(Z.shape[1])[np.asarray(labels)])


def _every_label(Z: Array, labels: Any) -> float:
    logs = np.log(reference.softmax(Z))
    return float(-np.mean(logs[:, labels]))


def _softmax_over(axis: int | None) -> Callable[..., Array]:
    def formula(z: Array) -> Array:
        powers = np.exp(z - np.max(z))
        return np.asarray(powers / powers.sum(axis=axis, keepdims=True))

    return formula


# --- mlp -----------------------------------------------------------------------------------------------------------


def _sums(X: Array, params: Layers, f: Callable[[Array], Array]) -> list[Array]:
    """Return what every layer computes before its activation."""
    found: list[Array] = []
    for W, b in params:
        found.append((f(found[-1]) if found else X) @ W.T + b)
    return found


def _forward_of(activation: Pair) -> Callable[[Array], Array]:
    return lambda z: np.asarray(activation[0](z)[0])


def _slopes_replaced(slope: Callable[[Callable[[Array], Array], Array], Array]) -> Callable[..., Any]:
    """Return the gradients of a network that is bent as it is, while its activation claims other slopes."""

    def formula(X: Array, params: Layers, activation: Pair, dout: Array) -> Any:
        f = _forward_of(activation)
        sums = _sums(X, params, f)
        bent = [(f(z), slope(f, z), z) for z in sums[:-1]]

        def straight(params: Layers) -> Array:
            out = X
            for (W, b), (value, steepness, z) in zip(params[:-1], bent, strict=True):
                out = value + steepness * (out @ W.T + b - z)
            W, b = params[-1]
            return out @ W.T + b

        return numeric.vjp(straight, {"params": list(params)}, "params", dout)

    return formula


def _changed(
    change: Callable[[list[tuple[Array, Array]], list[Array], Array], list[Any]],
) -> Callable[..., Any]:
    """Return the right gradients, changed: change(gradients, sums before the activation, X)."""

    def formula(X: Array, params: Layers, activation: Pair, dout: Array) -> Any:
        inputs = {"X": X, "params": list(params), "activation": activation}
        gradients = numeric.vjp(reference.mlp, inputs, "params", dout)
        return change(gradients, _sums(X, params, _forward_of(activation)), X)

    return formula


def _unbent_inputs(X: Array, params: Layers, activation: Pair, dout: Array) -> Any:
    """Return gradients whose dW are built from the sums that went into the activation, not from what came out."""
    f = _forward_of(activation)
    sums = _sums(X, params, f)
    found = {}
    for number in range(1, len(params)):

        def rest(z: Array, number: int = number) -> Array:
            for W, b in params[number + 1 :]:
                z = f(z) @ W.T + b
            return z

        delta = numeric.vjp(rest, {"z": sums[number]}, "z", dout)
        found[f"gradients[{number}][0]"] = delta.T @ sums[number - 1]
    return found


def _mlp_with(
    hidden: Callable[[Callable[[Array], Array], Array], Array] = lambda f, z: f(z),
    last: Callable[[Callable[[Array], Array], Array], Array] = lambda f, z: z,
    bias: float = 1.0,
) -> Callable[..., Array]:
    def formula(X: Array, params: Layers, activation: Pair) -> Array:
        f = _forward_of(activation)
        for number, (W, b) in enumerate(params):
            X = (last if number == len(params) - 1 else hidden)(f, X @ W.T + bias * b)
        return X

    return formula


def _mlp_bias_after(X: Array, params: Layers, activation: Pair) -> Array:
    f = _forward_of(activation)
    for W, b in params[:-1]:
        X = f(X @ W.T) + b
    W, b = params[-1]
    return X @ W.T + b


# --- train ---------------------------------------------------------------------------------------------------------


def _steepness(loss: Callable[[list[Array]], float], flat: list[Array]) -> list[Array]:
    """Measure a gradient coarsely and fast: centred differences alone, which is enough to recognise a slip."""
    gradients = []
    for number, array in enumerate(flat):
        gradient = np.empty_like(array)
        for index in np.ndindex(array.shape):
            ends = []
            for step in (1e-5, -1e-5):
                moved = array.copy()
                moved[index] += step
                ends.append(loss([*flat[:number], moved, *flat[number + 1 :]]))
            gradient[index] = (ends[0] - ends[1]) / 2e-5
        gradients.append(gradient)
    return gradients


def _trained(
    shuffle: str = "each epoch",
    pairs: Callable[[Any, Any], tuple[Any, Any]] = lambda batch, plain: (batch, batch),
    short: bool = True,
    whole: bool = False,
    measured: str = "before",
    told: Callable[[list[float], int], list[float]] = lambda losses, per_epoch: losses,
    step: Callable[[float, int, float], float] = lambda rate, size, loss: rate,
    epochs_more: int = 0,
    moving: str = "Wb",
    keeps: bool = False,
) -> Callable[..., Any]:
    """Make a training that goes wrong in one way.

    pairs : the rows of the batch, those rows counted without shuffling -> the rows of X, the rows of t
    short, whole : whether a last short batch is used; whether every batch is all there is
    told : the losses of all batches, how many an epoch has -> what is returned
    step : learning rate, size of the batch, its loss -> how far to go
    moving : which of a layer's two are updated
    keeps : whether the parameters that came in are handed back
    """

    def formula(
        X: Array,
        t: Any,
        params: Layers,
        activation: Pair,
        head: Pair,
        learning_rate: float,
        epochs: int,
        batch_size: int,
        rng: Any,
    ) -> Any:
        flat = [array for layer in params for array in layer]
        size = len(X) if whole else batch_size
        end = len(X) if short else len(X) - len(X) % size
        order, losses, per_epoch = np.arange(len(X)), [], len(range(0, end, size))
        for epoch in range(epochs + epochs_more):
            if shuffle == "each epoch" or (shuffle == "once" and not epoch):
                order = rng.permutation(len(X))
            for start in range(0, end, size):
                rows, targets = pairs(order[start : start + size], np.arange(len(X))[start : start + size])

                def loss(flat: list[Array], rows: Any = rows, targets: Any = targets) -> float:
                    layers = list(zip(flat[::2], flat[1::2], strict=True))
                    return float(head[0](reference.mlp(X[rows], layers, activation), t[targets])[0])

                before = loss(flat)
                distance = step(learning_rate, len(rows), before)
                slopes = _steepness(loss, flat)
                flat = [
                    array - distance * slope if "Wb"[place % 2] in moving else array
                    for place, (array, slope) in enumerate(zip(flat, slopes, strict=True))
                ]
                losses.append(before if measured == "before" else loss(flat))
        layers = list(params) if keeps else list(zip(flat[::2], flat[1::2], strict=True))
        return layers, told(losses, per_epoch)

    return formula


def _by_epoch(summary: Callable[[list[float]], float]) -> Callable[[list[float], int], list[float]]:
    def told(losses: list[float], per_epoch: int) -> list[float]:
        return [summary(losses[start : start + per_epoch]) for start in range(0, len(losses), per_epoch)]

    return told


def _mean(losses: list[float]) -> float:
    return float(np.mean(losses))


SUBJECTS: dict[str, Subject] = {
    "collapse": Subject(
        "collapse",
        reference.collapse,
        labels=("W", "b"),
        suspects=(
            Suspect(
                "wrong-value",
                lambda layers: _collapsed(layers, lambda number: number == len(layers) - 1),
                N_("Only the last b is left. What do the layers above do to the others, and do they become 0?"),
            ),
            Suspect(
                "wrong-value",
                lambda layers: _collapsed(layers, lambda number: number < len(layers) - 1),
                N_("The last b is missing. What is added after the last W?"),
            ),
            Suspect(
                "wrong-value",
                lambda layers: _collapsed(layers, lambda number: number > 0),
                N_("The first b is missing. Through which W does it still have to go?"),
            ),
            Suspect(
                "wrong-value",
                lambda layers: _collapsed(layers, lambda number: number == 0),
                N_("Only the first b is there. What do the other layers add?"),
            ),
            Suspect(
                "wrong-value",
                lambda layers: _collapsed(layers, lambda number: False),
                N_("b is 0, as if no layer added anything. Where does an input of all zeros end up?"),
            ),
            Suspect(
                "wrong-value",
                _bias_through_last,
                N_("The b of a layer in between is lost. Which layers does each b still go through?"),
            ),
            Suspect(
                "wrong-value",
                lambda layers: layers[-1],
                N_("This is the last layer alone. What has become of those before it?"),
            ),
            Suspect(
                "wrong-value",
                lambda layers: layers[0],
                N_("This is the first layer alone. What has become of those after it?"),
            ),
            Suspect(
                "wrong-value",
                lambda layers: reference.collapse(layers[:3]),
                N_("This is right for the first three layers. What if there are more?"),
            ),
            Suspect(
                "wrong-value",
                lambda layers: reference.collapse(layers[:2]),
                N_("This is right for the first two layers. What if there are more?"),
            ),
        ),
    ),
    "sigmoid": Subject(
        "activations",
        reference.sigmoid,
        wrt=("x",),
        vary=_other_entries,
        stable=True,
        suspects=(
            Suspect("wrong-value", _times(lambda x: x * (1 - x)), _FILLED_WITH_INPUT),
            Suspect(
                "missing-local",
                _times(reference.sigmoid),
                N_("The slope of the sigmoid is not its value. Is a factor missing?"),
            ),
            Suspect(
                "missing-local",
                _times(lambda x: reference.sigmoid(-x)),
                N_("The slope of the sigmoid has two factors. Where is the other one?"),
            ),
            Suspect(
                "wrong-value",
                _times(lambda x: 1 - reference.sigmoid(x) ** 2),
                N_("This is the slope of tanh, with σ put into it. Which of the two curves do you stand on?"),
            ),
        ),
        forward_suspects=(
            Suspect("wrong-sign", lambda x: reference.sigmoid(-x), N_("The sign in the exponent is the other one.")),
            Suspect("wrong-value", lambda x: np.tanh(x), N_("This is tanh. Between which two values does σ run?")),
            Suspect(
                "wrong-value",
                lambda x: np.exp(np.minimum(x, 700.0)),
                N_("This is eˣ. What keeps σ between 0 and 1?"),
            ),
        ),
    ),
    "tanh": Subject(
        "activations",
        reference.tanh,
        wrt=("x",),
        vary=_other_entries,
        suspects=(
            Suspect("wrong-value", _times(lambda x: 1 - x**2), _FILLED_WITH_INPUT),
            Suspect(
                "wrong-value",
                _times(lambda x: 1 - np.tanh(x)),
                N_("Far to the left this slope comes to 2. How steep is tanh there?"),
            ),
            Suspect("wrong-sign", _times(lambda x: 1 + np.tanh(x) ** 2), N_("Can tanh be steeper than 1 anywhere?")),
            Suspect(
                "wrong-value",
                _times(lambda x: np.tanh(x) * (1 - np.tanh(x))),
                N_("This is the slope of σ, with tanh put into it. Which of the two curves do you stand on?"),
            ),
            Suspect("wrong-value", _times(np.tanh), _VALUE_FOR_SLOPE),
            Suspect(
                "wrong-value",
                _times(lambda x: np.tanh(x) ** 2),
                N_("At x = 0 this slope is 0. How steep is tanh there?"),
            ),
        ),
        forward_suspects=(
            Suspect(
                "wrong-value", reference.sigmoid, N_("This is the sigmoid. Between which two values does tanh run?")
            ),
            Suspect("wrong-value", lambda x: np.tanh(x / 2), N_("Its slope at 0 is ½. Where is a factor 2 missing?")),
            Suspect("wrong-value", _sinh, N_("This is sinh, which grows without end. What is it divided by?")),
            Suspect("wrong-value", lambda x: np.tan(x), N_("This is the tangent. What does the h in tanh say?")),
        ),
    ),
    "relu": Subject(
        "activations",
        reference.relu,
        wrt=("x",),
        vary=_other_entries,
        suspects=(
            Suspect("wrong-mask", lambda x, dout: np.maximum(0.0, dout), _MASK_BY_UPSTREAM),
            Suspect(
                "wrong-mask",
                lambda x, dout: np.where((x > 0) & (dout > 0), dout, 0.0),
                N_("The upstream gradient loses its negative entries too. May a gradient that passes be negative?"),
            ),
            Suspect("wrong-mask", _times(lambda x: _steps(-x, 0.0)), _OTHER_SIDE),
            Suspect("wrong-value", _times(reference.relu), _VALUE_FOR_SLOPE),
            Suspect(
                "wrong-value", _times(np.copy), N_("This multiplies by x. How steep is max(0, x) where x is positive?")
            ),
            Suspect(
                "wrong-value", _times(np.sign), N_("Below 0 the slope is −1 here. Does max(0, x) rise or fall there?")
            ),
        ),
        forward_suspects=(
            Suspect("wrong-sign", lambda x: np.abs(x), N_("This is |x|. What does a ReLU do with a negative entry?")),
            Suspect(
                "wrong-mask", lambda x: np.minimum(0.0, x), N_("What is negative passes, what is positive does not.")
            ),
            Suspect("wrong-value", lambda x: _steps(x, 0.0), N_("These are its slopes, not its values.")),
            Suspect("wrong-value", reference.leaky_relu, N_("Something leaks through below 0. That is the next one.")),
            Suspect(
                "wrong-shape",
                lambda x: np.max(x, axis=0),
                N_("The largest entry along an axis came back. Between which two numbers does the maximum choose?"),
            ),
            Suspect(
                "wrong-shape",
                lambda x: np.max(x),
                N_("The largest of all entries came back. Between which two numbers does the maximum choose?"),
            ),
        ),
    ),
    "leaky_relu": Subject(
        "activations",
        reference.leaky_relu,
        wrt=("x",),
        vary=_other_entries,
        suspects=(
            Suspect("wrong-mask", lambda x, dout: dout * _steps(dout, 0.1), _MASK_BY_UPSTREAM),
            Suspect("wrong-mask", _times(lambda x: _steps(x, 1.0, 0.1)), _OTHER_SIDE),
            Suspect("wrong-value", _times(lambda x: _steps(x, 0.0)), _NOT_A_RELU),
            Suspect("missing-upstream", lambda x, dout: _steps(x, 0.0), _NOT_A_RELU),
            Suspect(
                "wrong-factor",
                _times(lambda x: _steps(x, 0.01)),
                N_("The leak is ten times too small. Which slope does the exercise ask for?"),
            ),
            Suspect(
                "wrong-sign",
                _times(lambda x: _steps(x, -0.1)),
                N_("Below 0 the slope is negative here. Does the function rise or fall there?"),
            ),
            Suspect("wrong-value", _times(reference.leaky_relu), _VALUE_FOR_SLOPE),
            Suspect(
                "wrong-value",
                _times(lambda x: np.where(x > 0, 1.0, 0.1 * x)),
                N_("Below 0 this slope changes with x. Is the function bent there, or straight?"),
            ),
        ),
        forward_suspects=(
            Suspect("wrong-value", reference.relu, _NOT_A_RELU),
            Suspect(
                "wrong-factor",
                lambda x: _leaky(x, 0.01),
                N_("The leak is ten times too small. Which slope does the exercise ask for?"),
            ),
            Suspect(
                "wrong-sign",
                lambda x: _leaky(x, -0.1),
                N_("Below 0 the values are positive. Does the function rise or fall there?"),
            ),
            Suspect(
                "wrong-mask",
                lambda x: np.minimum(0.1 * x, x),
                N_("The steep side and the flat side are exchanged. Which of 0.1x and x is the larger one below 0?"),
            ),
            Suspect(
                "wrong-value",
                lambda x: np.where(x > 0, x, 0.1),
                N_("Below 0 the value is the same everywhere. Does the leak not depend on x?"),
            ),
            Suspect(
                "wrong-value",
                lambda x: 0.1 * reference.relu(x),
                N_("Above 0 it is flattened and below 0 it is 0. Which side is to leak?"),
            ),
        ),
    ),
    "elu": Subject(
        "activations",
        reference.elu,
        wrt=("x",),
        vary=_other_entries,
        stable=True,
        suspects=(
            Suspect(
                "wrong-value",
                lambda x, dout, alpha=1.0: dout * _elu_slope(x, 1.0),
                N_("α makes no difference to the slope. What becomes of a constant factor when you differentiate?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, dout, alpha=1.0: dout * np.where(x > 0, 1.0, reference.elu(x, alpha) + 1),
                N_("This is right for α = 1 alone. What has to be added to the output to get its slope?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, dout, alpha=1.0: dout * np.where(x > 0, 1.0, reference.elu(x, alpha)),
                _VALUE_FOR_SLOPE,
            ),
            Suspect("wrong-value", lambda x, dout, alpha=1.0: dout * reference.elu(x, alpha), _VALUE_FOR_SLOPE),
            Suspect("wrong-value", lambda x, dout, alpha=1.0: dout * _steps(x, 0.0), _NOT_A_RELU),
            Suspect(
                "wrong-value",
                lambda x, dout, alpha=1.0: dout * _steps(x, alpha),
                N_("Below 0 this slope is α everywhere. Is the function bent there, or straight?"),
            ),
            Suspect(
                "wrong-mask",
                lambda x, dout, alpha=1.0: dout * np.where(dout > 0, 1.0, _elu_slope(x, alpha)),
                _MASK_BY_UPSTREAM,
            ),
            Suspect(
                "wrong-mask", lambda x, dout, alpha=1.0: dout * np.where(x > 0, alpha * np.exp(x), 1.0), _OTHER_SIDE
            ),
            Suspect(
                "wrong-mask",
                lambda x, dout, alpha=1.0: dout * alpha * np.exp(x),
                N_("The exponential's slope is everywhere. What is the function where x is positive?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, dout, alpha=1.0: dout * np.where(x > 0, 1.0, _elu_slope(reference.elu(x, alpha), alpha)),
                N_("The slope is taken at the output. At which number does the gate itself stand?"),
            ),
        ),
        forward_suspects=(
            Suspect(
                "wrong-value", lambda x, alpha=1.0: reference.elu(x, 1.0), N_("α makes no difference to the values.")
            ),
            Suspect(
                "wrong-value",
                lambda x, alpha=1.0: np.where(x >= 0, x, alpha * np.exp(np.minimum(x, 0.0)) - 1),
                N_("α multiplies the exponential alone. Where does the formula's bracket end?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, alpha=1.0: np.where(x >= 0, x, alpha * np.exp(np.minimum(x, 0.0))),
                N_("At 0 the two pieces do not meet. What is missing below 0?"),
            ),
            Suspect("wrong-value", lambda x, alpha=1.0: reference.relu(x), _NOT_A_RELU),
            Suspect(
                "wrong-value",
                lambda x, alpha=1.0: np.where(x > 0, x, alpha * x),
                N_("Below 0 it is a straight line. Which curve belongs there?"),
            ),
            Suspect(
                "wrong-sign",
                lambda x, alpha=1.0: np.where(x >= 0, x, alpha * -np.expm1(np.minimum(x, 0.0))),
                N_("Below 0 the values are positive. Is the function above or below 0 there?"),
            ),
            Suspect("wrong-mask", lambda x, alpha=1.0: np.where(x < 0, x, alpha * np.expm1(x)), _OTHER_SIDE),
            Suspect(
                "wrong-mask",
                lambda x, alpha=1.0: alpha * np.expm1(x),
                N_("The exponential is everywhere. What is the function where x is positive?"),
            ),
        ),
    ),
    "maxout": Subject(
        "activations",
        reference.maxout,
        wrt=("x", "w1", "b1", "w2", "b2"),
        vary=_clear_pieces,
        suspects=(
            Suspect(
                "wrong-mask",
                _maxout_both,
                N_("Both pieces get the gradient. If the smaller one moves a little, does the output move?"),
            ),
            Suspect(
                "wrong-mask",
                _maxout_smaller,
                N_("The smaller piece gets the gradient. If it moves a little, does the output move?"),
            ),
            Suspect("wrong-mask", _maxout_by_upstream, _MASK_BY_UPSTREAM),
            Suspect(
                "not-accumulated",
                _maxout_first_path,
                N_(
                    "dx holds what came back through the first piece alone. Where does a row get its gradient from when the second one wins?"
                ),
            ),
            Suspect(
                "not-accumulated",
                _maxout_second_path,
                N_(
                    "dx holds what came back through the second piece alone. Where does a row get its gradient from when the first one wins?"
                ),
            ),
            Suspect(
                "missing-local",
                _maxout_without_weights,
                N_("Every entry of x gets the same here. How much does the output move when one entry of a row moves?"),
            ),
            Suspect(
                "missing-local",
                _maxout_without_inputs,
                N_("Every entry of w gets the same here. How much does the output move when one entry of w moves?"),
            ),
        ),
        forward_suspects=(
            Suspect(
                "wrong-mask",
                lambda x, w1, b1, w2, b2: np.minimum(*_pieces(x, w1, b1, w2, b2)),
                N_("The smaller piece comes out. Which one does the name promise?"),
            ),
            Suspect(
                "wrong-value",
                lambda x, w1, b1, w2, b2: np.add(*_pieces(x, w1, b1, w2, b2)),
                N_("The two pieces are added. What does maxout do with them?"),
            ),
            Suspect("wrong-value", lambda x, w1, b1, w2, b2: x @ w1 + b1, N_("The second piece makes no difference.")),
            Suspect("wrong-value", lambda x, w1, b1, w2, b2: x @ w2 + b2, N_("The first piece makes no difference.")),
            Suspect(
                "wrong-value", lambda x, w1, b1, w2, b2: np.maximum(x @ w1, x @ w2), N_("b1 and b2 make no difference.")
            ),
            Suspect(
                "wrong-value",
                lambda x, w1, b1, w2, b2: np.maximum(0.0, x @ w1 + b1),
                N_("The first piece is held against 0. What is it to be held against?"),
            ),
            Suspect(
                "wrong-shape",
                lambda x, w1, b1, w2, b2: np.max(_pieces(x, w1, b1, w2, b2)),
                N_("One number came back, the largest of all. Every row has a maximum of its own."),
            ),
        ),
    ),
    "forward_pass": Subject(
        "forward_pass",
        reference.forward_pass,
        labels=("out",),
        suspects=(
            Suspect(
                "wrong-value",
                _three_layers(reference.sigmoid, reference.sigmoid, reference.sigmoid),
                N_("There is a sigmoid after the last layer too. Between which values could the output ever be then?"),
            ),
            Suspect(
                "wrong-value",
                _three_layers(_nothing, _nothing),
                N_("There is no activation at all. What did exercise 1 say about such a net?"),
            ),
            Suspect(
                "wrong-value", _three_layers(reference.sigmoid, _nothing), N_("The second layer has no activation.")
            ),
            Suspect(
                "wrong-value", _three_layers(_nothing, reference.sigmoid), N_("The first layer has no activation.")
            ),
            Suspect(
                "wrong-value",
                _three_layers(reference.relu, reference.relu),
                N_("This is the net with a ReLU. Which activation is on the slide?"),
            ),
            Suspect(
                "wrong-value",
                _three_layers(np.tanh, np.tanh),
                N_("This is the net with tanh. Which activation is on the slide?"),
            ),
            Suspect(
                "wrong-value",
                _three_layers(reference.sigmoid, reference.sigmoid, biases=0.0),
                N_("The biases make no difference to the output."),
            ),
            Suspect(
                "wrong-sign",
                _three_layers(reference.sigmoid, reference.sigmoid, biases=-1.0),
                N_("The biases come in with a minus."),
            ),
            Suspect(
                "wrong-sign",
                _three_layers(lambda z: reference.sigmoid(-z), lambda z: reference.sigmoid(-z)),
                N_("The sign in the exponent is the other one."),
            ),
            Suspect(
                "wrong-value",
                _bias_after,
                N_("The biases are added after the sigmoid. What does the sigmoid of the slide get?"),
            ),
            Suspect(
                "transposed",
                _second_transposed,
                N_("W2 is square, so its transpose fits as well. Which one is it on the slide?"),
            ),
            Suspect("wrong-value", _second_left_out, N_("The second layer is left out.")),
        ),
    ),
    "half_squared_error": Subject(
        "heads",
        reference.half_squared_error,
        wrt=("y",),
        forward_suspects=(
            Suspect(
                "wrong-value", lambda y, t: float(np.abs(y - t).sum() / len(y)), N_("The distances are not squared.")
            ),
            Suspect(
                "wrong-value",
                lambda y, t: float(np.sum(y - t) ** 2 / (2 * len(y))),
                N_("The sum is squared. Is that the sum of the squares?"),
            ),
            Suspect(
                "wrong-value",
                lambda y, t: float(np.sqrt(np.sum((y - t) ** 2) / len(y))),
                N_("There is a root too many."),
            ),
            Suspect(
                "wrong-shape",
                lambda y, t: (y - t) ** 2 / 2,
                N_("Here are the examples' own losses. How does one number come out of them?"),
            ),
            Suspect(
                "wrong-value",
                lambda y, t: float(np.sum(y**2 - t**2) / (2 * len(y))),
                N_("Each is squared before the difference is taken."),
            ),
        ),
        suspects=(
            Suspect(
                "wrong-value",
                lambda y, t, dout: dout * (y - t) ** 2 / 2 / len(y),
                N_("The square is still there. What is the slope of ½d²?"),
            ),
            Suspect("wrong-value", lambda y, t, dout: dout * y / len(y), N_("The target makes no difference to dy.")),
            Suspect(
                "wrong-value",
                lambda y, t, dout: dout * np.sign(y - t) / len(y),
                N_("The size of the error makes no difference to dy."),
            ),
        ),
    ),
    "sigmoid_cross_entropy": Subject(
        "heads",
        reference.sigmoid_cross_entropy,
        wrt=("z",),
        keep=("t",),
        stable=True,
        forward_suspects=(
            Suspect(
                "wrong-value",
                lambda z, t: float(np.mean(t * np.logaddexp(0.0, -z))),
                N_("Only the examples with t = 1 cost something. What of those with t = 0?"),
            ),
            Suspect(
                "wrong-value",
                lambda z, t: float(np.mean((1 - t) * np.logaddexp(0.0, z))),
                N_("Only the examples with t = 0 cost something. What of those with t = 1?"),
            ),
            Suspect(
                "swapped",
                lambda z, t: reference.sigmoid_cross_entropy(z, 1 - t),
                N_("O and X are exchanged. Which of the two does σ(z) give the probability of?"),
            ),
            Suspect(
                "wrong-factor",
                lambda z, t: reference.sigmoid_cross_entropy(z, t) / np.log(2),
                N_("This is in bits. Which logarithm does the slide mean?"),
            ),
            Suspect(
                "wrong-value",
                lambda z, t: float(np.mean((reference.sigmoid(z) - t) ** 2) / 2),
                N_("This is the squared error of σ(z). What does cross entropy take of a probability?"),
            ),
            Suspect(
                "wrong-value",
                lambda z, t: float(-np.mean(reference.sigmoid(z) * np.log(np.maximum(t, 1e-300)))),
                N_("The target stands inside the logarithm. Which of the two is the surprise about?"),
            ),
            Suspect(
                "wrong-shape",
                reference.sigmoid_surprises,
                N_("Here are the examples' own losses. How does one number come out of them?"),
            ),
            *_guarded(_yes_no_guarded),
        ),
        suspects=(
            Suspect(
                "missing-local",
                lambda z, t, dout: (
                    dout * (reference.sigmoid(z) - t) / (reference.sigmoid(z) * reference.sigmoid(-z)) / len(z)
                ),
                N_("This is the gradient of the probability. What lies between z and the probability?"),
            ),
            Suspect(
                "wrong-value",
                lambda z, t, dout: (
                    dout * (reference.sigmoid(z) - t) * reference.sigmoid(z) * reference.sigmoid(-z) / len(z)
                ),
                N_("The slope of the sigmoid is in it once too often. What does the logarithm's own slope do to it?"),
            ),
            Suspect(
                "wrong-value",
                lambda z, t, dout: dout * (z - t) / len(z),
                N_(
                    "Two things are held against each other that are of two kinds. What does a target of 0 or 1 compare with?"
                ),
            ),
            Suspect(
                "wrong-value",
                lambda z, t, dout: dout * reference.sigmoid(z) / len(z),
                N_("The target makes no difference to dz."),
            ),
            Suspect(
                "wrong-value",
                lambda z, t, dout: dout * ((z > 0) - t) / len(z),
                N_("The probability is rounded to 0 or 1. Does it make no difference how sure it was?"),
            ),
        ),
    ),
    "softmax": Subject(
        "heads",
        reference.softmax,
        labels=("p",),
        stable=True,
        suspects=(
            Suspect(
                "wrong-value",
                _softmax_over(0),
                N_("The columns add up to 1. Which axis holds the classes of one example?"),
            ),
            Suspect(
                "wrong-value", _softmax_over(None), N_("All numbers together add up to 1. How many examples are there?")
            ),
            Suspect("wrong-value", lambda z: np.exp(z), N_("What has to be done so that they add up to 1?")),
            Suspect(
                "wrong-value", lambda z: np.log(reference.softmax(z)), N_("This is the logarithm of the probabilities.")
            ),
            Suspect(
                "wrong-value",
                lambda z: reference.sigmoid(z),
                N_("Every number goes through a sigmoid of its own. Do they add up to 1?"),
            ),
            Suspect(
                "wrong-value",
                lambda z: z / z.sum(axis=-1, keepdims=True),
                N_("The numbers are divided by their sum. What becomes of the negative ones?"),
            ),
            Suspect(
                "wrong-sign", lambda z: reference.softmax(-z), N_("The largest logit gets the smallest probability.")
            ),
            Suspect(
                "wrong-value",
                lambda z: np.where(z == z.max(axis=-1, keepdims=True), 1.0, 0.0),
                N_("The largest takes everything. That is the max, not the soft one."),
            ),
        ),
    ),
    "softmax_cross_entropy": Subject(
        "heads",
        reference.softmax_cross_entropy,
        wrt=("Z",),
        stable=True,
        forward_suspects=(
            Suspect(
                "wrong-value",
                _every_label,
                N_("For every row the probabilities of all rows' labels are taken. Which one belongs to row n?"),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels: float(-np.mean(Z[np.arange(len(Z)), labels])),
                N_("The logits come in without softmax."),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels: float(np.mean(1 - reference.softmax(Z)[np.arange(len(Z)), labels])),
                N_("Where is the logarithm?"),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels: float(-np.mean(reference.softmax(Z)[np.arange(len(Z)), labels])),
                N_("Where is the logarithm?"),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels: float(-np.mean(np.log(reference.softmax(Z).max(axis=1)))),
                N_("This takes the probability of the likeliest class. Of which class is it wanted?"),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels: float(-np.log(reference.softmax(Z)[np.arange(len(Z)), labels].mean())),
                N_(
                    "The logarithm of a mean is not the mean of the logarithms. In which order does the exercise ask for them?"
                ),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels: float(-np.mean(np.log(reference.softmax(Z)).sum(axis=1))),
                N_("Every class costs something here. Which ones does the label leave out?"),
            ),
            Suspect(
                "wrong-factor",
                lambda Z, labels: reference.softmax_cross_entropy(Z, labels) / np.log(2),
                N_("This is in bits. Which logarithm does the slide mean?"),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels: float(np.mean(np.sum((reference.softmax(Z) - _one_hot(Z, labels)) ** 2, axis=1)) / 2),
                N_("This is the squared error of the probabilities. What does cross entropy take of a probability?"),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels: float(-np.mean(np.log(_softmax_over(0)(Z)[np.arange(len(Z)), labels]))),
                N_("The columns add up to 1. Which axis holds the classes of one example?"),
            ),
            Suspect(
                "wrong-shape",
                reference.softmax_surprises,
                N_("Here are the examples' own losses. How does one number come out of them?"),
            ),
            *_guarded(_category_guarded),
        ),
        suspects=(
            Suspect(
                "wrong-value",
                lambda Z, labels, dout: dout * (reference.softmax(Z) - 1) * _one_hot(Z, labels) / len(Z),
                N_(
                    "Only the label's own logit gets a gradient. If another logit grows, what becomes of the label's share?"
                ),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels, dout: dout * reference.softmax(Z) / len(Z),
                N_("The label makes no difference to dZ."),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels, dout: dout * (reference.softmax(Z) - 1) / len(Z),
                N_("1 is subtracted everywhere. What is the target of a class that is not the label?"),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels, dout: dout * (Z - _one_hot(Z, labels)) / len(Z),
                N_(
                    "Two things are held against each other that are of two kinds. What does a target of 0 or 1 compare with?"
                ),
            ),
            Suspect(
                "missing-local",
                lambda Z, labels, dout: -dout * _one_hot(Z, labels) / reference.softmax(Z) / len(Z),
                N_("This is the gradient of the probabilities. What lies between Z and the probabilities?"),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels, dout: dout * (reference.softmax(Z) - np.asarray(labels)[:, np.newaxis]) / len(Z),
                N_("The label is subtracted as a number. What is the target of each class?"),
            ),
            Suspect(
                "wrong-value",
                lambda Z, labels, dout: dout * (_softmax_over(0)(Z) - _one_hot(Z, labels)) / len(Z),
                N_("The columns add up to 1. Which axis holds the classes of one example?"),
            ),
        ),
    ),
    "mlp": Subject(
        "mlp",
        reference.mlp,
        wrt=("params",),
        labels=("gradients",),
        suspects=(
            Suspect(
                "missing-local",
                _slopes_replaced(lambda f, z: np.ones_like(z)),
                N_("The way back walks past the activations. What do they make of the upstream gradient?"),
            ),
            Suspect(
                "wrong-value",
                _slopes_replaced(lambda f, z: _slope(f, f(z))),
                N_("The activation's slope is taken at its output. Which cache belongs to which layer?"),
            ),
            Suspect(
                "wrong-value",
                _slopes_replaced(lambda f, z: f(z)),
                N_("The activation's values stand where its slopes belong. Which of the two functions goes backward?"),
            ),
            Suspect(
                "wrong-value",
                _slopes_replaced(lambda f, z: _slope(f, z) ** 2),
                N_("The activation's slope is in it twice."),
            ),
            Suspect(
                "wrong-value",
                _unbent_inputs,
                N_("dW is built from what went into the activation. What was it that the layer was given?"),
            ),
            Suspect(
                "swapped",
                _changed(lambda gradients, sums, X: gradients[::-1]),
                N_("The list runs from the last layer to the first. In which order did the params come in?"),
            ),
            Suspect(
                "swapped",
                _changed(lambda gradients, sums, X: [(db, dW) for dW, db in gradients]),
                N_("db stands before dW. In which order does a layer of params hold its two?"),
            ),
        ),
        forward_suspects=(
            Suspect(
                "wrong-value",
                _mlp_with(last=lambda f, z: f(z)),
                N_("There is an activation after the last layer too. What does the head do to the output, later?"),
            ),
            Suspect(
                "wrong-value",
                _mlp_with(hidden=lambda f, z: z),
                N_("There is no activation at all. What did exercise 1 say about such a net?"),
            ),
            Suspect(
                "wrong-value",
                _mlp_with(hidden=lambda f, z: z, last=lambda f, z: f(z)),
                N_("The activation comes once, at the very end. Between which layers does it belong?"),
            ),
            Suspect(
                "wrong-value",
                _mlp_with(hidden=lambda f, z: reference.relu(z)),
                N_("This is a net with a ReLU. Which activation was handed over?"),
            ),
            Suspect("wrong-value", _mlp_with(bias=0.0), N_("The biases make no difference to the output.")),
            Suspect(
                "wrong-value",
                _mlp_bias_after,
                N_("The biases are added after the activation. What does the activation get?"),
            ),
        ),
    ),
    "train": Subject(
        "train",
        reference.train,
        labels=("params", "losses"),
        keep=("t", "learning_rate"),
        suspects=(
            Suspect(
                "wrong-sign",
                _trained(step=lambda rate, size, loss: -rate),
                N_("Every step goes uphill. Which way does the gradient point?"),
            ),
            Suspect(
                "wrong-value",
                _trained(measured="after"),
                N_("Each loss is taken after its update. Which one belongs to the params that came in?"),
            ),
            Suspect(
                "wrong-value",
                _trained(shuffle="never"),
                N_("The examples come in the order they stand in. What is rng there for?"),
            ),
            Suspect(
                "wrong-value",
                _trained(shuffle="once"),
                N_("Every epoch has the same order. How often is rng asked for one?"),
            ),
            Suspect(
                "wrong-value",
                _trained(pairs=lambda batch, plain: (batch, plain)),
                N_("X is shuffled and t is not. Which target belongs to which row?"),
            ),
            Suspect(
                "wrong-value",
                _trained(pairs=lambda batch, plain: (plain, batch)),
                N_("t is shuffled and X is not. Which target belongs to which row?"),
            ),
            Suspect(
                "wrong-factor",
                _trained(step=lambda rate, size, loss: rate / size),
                N_("The gradient is divided by the size of the batch again. Who has divided by it already?"),
            ),
            Suspect(
                "wrong-factor",
                _trained(step=lambda rate, size, loss: rate * size),
                N_("The steps grow with the size of the batch. Who has divided by it already?"),
            ),
            Suspect(
                "wrong-factor",
                _trained(step=lambda rate, size, loss: 1.0),
                N_("The learning rate makes no difference."),
            ),
            Suspect(
                "wrong-factor",
                _trained(step=lambda rate, size, loss: rate * loss),
                N_("The steps are multiplied by the loss. What is the derivative of the loss with respect to itself?"),
            ),
            Suspect(
                "wrong-shape",
                _trained(short=False),
                N_("The last, short batch of each epoch is left out. Which examples are never learnt from?"),
            ),
            Suspect("wrong-shape", _trained(whole=True), N_("All examples go in one batch. What does batch_size say?")),
            Suspect(
                "wrong-shape",
                _trained(told=_by_epoch(_mean)),
                N_("There is one loss for each epoch. How many updates does an epoch have?"),
            ),
            Suspect(
                "wrong-shape",
                _trained(told=_by_epoch(sum)),
                N_("There is one loss for each epoch. How many updates does an epoch have?"),
            ),
            Suspect(
                "wrong-shape",
                _trained(told=_by_epoch(lambda losses: losses[-1])),
                N_("There is one loss for each epoch. How many updates does an epoch have?"),
            ),
            Suspect("wrong-shape", _trained(epochs_more=1), N_("There is an epoch too many.")),
            Suspect("wrong-shape", _trained(epochs_more=-1), N_("There is an epoch too few.")),
            Suspect(
                "wrong-sign",
                _trained(step=lambda rate, size, loss: -1.0),
                N_("Every step goes uphill, and the learning rate makes no difference."),
            ),
            Suspect(
                "wrong-value",
                _trained(keeps=True),
                N_("The params came back as they went in. Where did the new ones go?"),
            ),
            Suspect(
                "wrong-value",
                _trained(moving=""),
                N_("Nothing is learnt: the params stay as they are. What happens to the gradients?"),
            ),
            Suspect(
                "wrong-value",
                _trained(moving="W"),
                N_("The b stay where they were. What belongs to a layer of params?"),
            ),
            Suspect(
                "wrong-value",
                _trained(moving="b"),
                N_("The W stay where they were. What belongs to a layer of params?"),
            ),
        ),
    ),
    "words": Subject("words", lambda: None),
}
