"""What each gate computes, written plainly: the values that checks and figures trust. Gradients come from `numeric`.

There is no backward function here: that is what the notebooks are for.
"""

from collections.abc import Callable, Sequence
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradschool import numeric

Array = NDArray[np.float64]
Pair = tuple[Callable[..., Any], Callable[..., Any]]

# --- 1 · scalar backprop ---------------------------------------------------------------------------------------


def numerical_derivative(f: Callable[[float], float], x: float, h: float = 1e-5) -> float:
    """Return the centred difference of f at x: a straight line through x − h and x + h."""
    return (f(x + h) - f(x - h)) / (2 * h)


def gradient_descent(gradient: Callable[[float], float], w: float, learning_rate: float, steps: int) -> list[float]:
    """Return every w on the way down, the start included: steps + 1 floats."""
    path = [w]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return path


def chain_rule(
    functions: Sequence[Callable[[float], float]], derivatives: Sequence[Callable[[float], float]], x: float
) -> float:
    """Return the derivative at x of the composition of functions, innermost first, measured without the chain rule."""

    def composed(x: float) -> float:
        for function in functions:
            x = function(x)
        return x

    return float(numeric.derivative(composed, x))


def sum_times(x: float, y: float, z: float) -> float:
    """Return (x + y)·z."""
    return (x + y) * z


def add(x: float, y: float) -> float:
    """Return x + y."""
    return x + y


def mul(x: float, y: float) -> float:
    """Return x·y."""
    return x * y


def maximum(x: float, y: float) -> float:
    """Return the larger of the two."""
    return max(x, y)


def exponential(x: float) -> float:
    """Return eˣ."""
    return exp(x)


def reciprocal(x: float) -> float:
    """Return 1/x."""
    return 1 / x


def shift(x: float, c: float) -> float:
    """Return c + x, c a constant."""
    return c + x


def scale(x: float, a: float) -> float:
    """Return a·x, a a constant."""
    return a * x


def neuron_graph(w0: float, x0: float, w1: float, x1: float, w2: float) -> float:
    """Return the sigmoid of w0·x0 + w1·x1 + w2."""
    return sigmoid_gate(w0 * x0 + w1 * x1 + w2)


def sigmoid_gate(x: float) -> float:
    """Return 1 / (1 + e⁻ˣ) for a number within ±6."""
    return 1 / (1 + exp(-x))


def fan_out(x: float, y: float) -> float:
    """Return (x + y)·max(x, y)."""
    return (x + y) * max(x, y)


# --- 2 · vector backprop ---------------------------------------------------------------------------------------


def numerical_gradient(f: Callable[[Array], float], x: Any, h: float = 1e-5) -> Array:
    """Return the centred difference of f for every entry of x, in x's shape."""
    return numerical_jacobian(f, x, h).reshape(np.shape(x))


def numerical_jacobian(f: Callable[[Array], Any], x: Any, h: float = 1e-5) -> Array:
    """Return the centred differences of f, outputs × inputs: a column (M,) for each of the D entries of x."""
    x = np.array(x, dtype=np.float64)
    columns = []
    for index in np.ndindex(x.shape):
        right, left = x.copy(), x.copy()
        right[index] += h
        left[index] -= h
        columns.append((np.ravel(f(right)) - np.ravel(f(left))) / (2 * h))
    return np.stack(columns, axis=1)


def line(x: float) -> float:
    """Return 3x + 4: one number in, one number out."""
    return 3 * x + 4


def curve(x: float) -> Array:
    """Return (2x + 3, 3x² + 4x): one number in, a vector (2,) out."""
    return np.array([2 * x + 3, 3 * x**2 + 4 * x])


def surface(x: Array) -> float:
    """Return 3x₁² + 4x₁x₂ for x (2,): a vector in, one number out."""
    return float(3 * x[0] ** 2 + 4 * x[0] * x[1])


def plane_map(x: Array) -> Array:
    """Return (2x₁ + 4x₂², 3x₁x₂ + 6x₂) for x (2,): a vector in, a vector (2,) out."""
    return np.array([2 * x[0] + 4 * x[1] ** 2, 3 * x[0] * x[1] + 6 * x[1]])


def relative_error(analytic: Array, numeric: Array) -> float:
    """Return the largest |a − n| / (|a| + |n|) of all entries, 0 for an entry where both are 0."""
    errors = [
        abs(a - n) / (abs(a) + abs(n)) if a or n else 0.0
        for a, n in zip(np.ravel(analytic), np.ravel(numeric), strict=True)
    ]
    return float(max(errors))


def matvec(W: Array, x: Array) -> Array:
    """Return Wx, (M,), for W (M, D) and x (D,)."""
    return W @ x


def norm_squared(W: Array, x: Array) -> float:
    """Return ‖Wx‖², the sum of the squares of Wx."""
    return float(np.sum((W @ x) ** 2))


def relu(x: Array) -> Array:
    """Return max(0, x), entry by entry."""
    return np.maximum(0.0, x)


def broadcast(x: Array, shape: tuple[int, ...]) -> Array:
    """Return x copied along the axes that broadcasting gives it."""
    return np.broadcast_to(x, shape)


def linear(X: Array, W: Array, b: Array) -> Array:
    """Return XWᵀ + b, (N, M), for X (N, D), W (M, D) and b (M,)."""
    return X @ W.T + b


def linear_cost(X: Array, T: Array, W: Array, b: Array) -> float:
    """Return 1/(2N) Σₙ Σₘ (Y − T)², Y = XWᵀ + b, for targets T (N, M)."""
    return float(np.sum((linear(X, W, b) - T) ** 2) / (2 * len(X)))


def fit_linear(
    X: Array, T: Array, W: Array, b: Array, learning_rate: float, steps: int
) -> tuple[Array, Array, list[float]]:
    """Return W and b after some steps of gradient descent on `linear_cost`, and the cost before each step."""
    losses = []
    for _ in range(steps):
        losses.append(linear_cost(X, T, W, b))
        inputs = {"X": X, "T": T, "W": W, "b": b}
        dW, db = (numeric.vjp(linear_cost, inputs, name, 1.0) for name in ("W", "b"))
        W, b = W - learning_rate * dW, b - learning_rate * db
    return W, b, losses


# --- 3 · neuron ------------------------------------------------------------------------------------------------


def cell_body(x: Array, w: Array, b: float) -> float:
    """Return w·x + b: what arrives at the dendrites x (D,), weighed by the synapses w (D,), and the bias."""
    return float(np.dot(w, x) + b)


def fire(x: Array, w: Array, b: float) -> float:
    """Return 1.0 where the cell body holds more than 0, else 0.0."""
    return 1.0 if cell_body(x, w, b) > 0 else 0.0


def integrate_and_fire(currents: Array, capacity: float) -> Array:
    """Return 1.0 for each step at which the store overflows its capacity and is emptied, else 0.0: (T,) for (T,)."""
    store, spikes = 0.0, []
    for current in currents:
        store += current
        spikes.append(1.0 if store > capacity else 0.0)
        if store > capacity:
            store = 0.0
    return np.array(spikes)


def and_gate() -> tuple[Array, float]:
    """Return (w, b) of a neuron that fires when both inputs are 1."""
    return np.array([1.0, 1.0]), -1.5


def or_gate() -> tuple[Array, float]:
    """Return (w, b) of a neuron that fires when an input is 1."""
    return np.array([1.0, 1.0]), -0.5


def nand_gate() -> tuple[Array, float]:
    """Return (w, b) of a neuron that fires unless both inputs are 1."""
    return np.array([-1.0, -1.0]), 1.5


def xor(x: Array) -> float:
    """Return 1.0 where one of the two inputs is 1 and the other 0: three neurons in two layers."""
    hidden = np.array([fire(x, *or_gate()), fire(x, *nand_gate())])
    return fire(hidden, *and_gate())


def neuron(X: Array, w: Array, b: float) -> Array:
    """Return p (N,), the sigmoid of w·x + b for every row x of X (N, D), sums within ±30 or so."""
    return np.asarray(1 / (1 + np.exp(-(X @ w + b))))


def boundary(w: Array, b: float) -> tuple[float, float]:
    """Return (slope, intercept) of the line x₁ = slope·x₀ + intercept on which w·x + b is 0.

    Raises ValueError where w₁ is 0.
    """
    if w[1] == 0:
        raise ValueError("w[1] is 0: the line is vertical, or there is none, and no slope says which")
    return float(-w[0] / w[1]), float(-b / w[1])


def log_loss(p: Array, t: Array) -> float:
    """Return the mean over N of −ln(the probability given to what happened), for p and t (N,), t 0.0 or 1.0."""
    return float(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)))


def neuron_cost(X: Array, t: Array, w: Array, b: float) -> float:
    """Return the log loss of one neuron's answers to the rows of X."""
    return log_loss(neuron(X, w, b), t)


def train_neuron(
    X: Array, t: Array, w: Array, b: float, learning_rate: float, steps: int
) -> tuple[Array, float, list[float]]:
    """Return w and b after some steps of gradient descent on `neuron_cost`, and the loss before each step."""
    losses = []
    for _ in range(steps):
        losses.append(neuron_cost(X, t, w, b))
        inputs = {"X": X, "t": t, "w": w, "b": b}
        dw, db = (numeric.vjp(neuron_cost, inputs, name, 1.0) for name in ("w", "b"))
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b, losses


# --- 4 · neural network ----------------------------------------------------------------------------------------


def collapse(layers: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Return the one layer (W, b) that does what all these linear layers (W, b) do, found by trying inputs.

    b is where 0 goes; column i of W is how much further the i-th unit vector goes.
    """

    def through(x: Array) -> Array:
        for W, b in layers:
            x = W @ x + b
        return x

    start = np.zeros(np.shape(layers[0][0])[1])
    b = through(start)
    return np.stack([through(unit) - b for unit in np.eye(len(start))], axis=1), b


def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + e⁻ˣ), entry by entry, for x of any size."""
    return np.asarray(np.exp(-np.logaddexp(0.0, -x)))


def tanh(x: Array) -> Array:
    """Return tanh(x), entry by entry."""
    return np.tanh(x)


def leaky_relu(x: Array) -> Array:
    """Return max(0.1x, x), entry by entry."""
    return np.maximum(0.1 * x, x)


def elu(x: Array, alpha: float = 1.0) -> Array:
    """Return x where x ≥ 0 and α(eˣ − 1) elsewhere, for x of any size."""
    return np.where(x >= 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


def maxout(x: Array, w1: Array, b1: float, w2: Array, b2: float) -> Array:
    """Return max(w₁·x + b₁, w₂·x + b₂), (N,), for every row of x (N, D)."""
    return np.maximum(x @ w1 + b1, x @ w2 + b2)


def forward_pass(x: Array, W1: Array, b1: Array, W2: Array, b2: Array, W3: Array, b3: Array) -> Array:
    """Return what three layers make of a column x (D, 1), a sigmoid after the first two."""
    return W3 @ sigmoid(W2 @ sigmoid(W1 @ x + b1) + b2) + b3


def half_squares(y: Array, t: Array) -> Array:
    """Return ½(y − t)² of every example, (N,), summed over the outputs where y and t are (N, M)."""
    squares = (y - t) ** 2 / 2
    return np.asarray(squares.sum(axis=tuple(range(1, squares.ndim))))


def sigmoid_surprises(z: Array, t: Array) -> Array:
    """Return −ln(the probability that σ(z) gives to t) for every example, in z's shape; t is 0.0 or 1.0."""
    return np.asarray(np.logaddexp(0.0, z) - t * z)


def softmax_surprises(Z: Array, labels: Any) -> Array:
    """Return −ln(the probability that softmax(Z) gives to its label) for every row of Z (N, K)."""
    return np.asarray(-_log_softmax(Z)[np.arange(len(Z)), labels])


def half_squared_error(y: Array, t: Array) -> float:
    """Return Σ ½(y − t)² / N."""
    return float(np.mean(half_squares(y, t)))


def sigmoid_cross_entropy(z: Array, t: Array) -> float:
    """Return the mean surprise at answers t under the probabilities σ(z), for z of any size."""
    return float(np.mean(sigmoid_surprises(z, t)))


def softmax(z: Array) -> Array:
    """Return e^z / Σ e^z over the last axis, for z of any size."""
    return np.asarray(np.exp(_log_softmax(z)))


def softmax_cross_entropy(Z: Array, labels: Any) -> float:
    """Return the mean surprise at labels (N,) under the probabilities softmax(Z), for Z (N, K) of any size."""
    return float(np.mean(softmax_surprises(Z, labels)))


def _log_softmax(z: Array) -> Array:
    shifted = z - np.max(z, axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True)))


def mlp(X: Array, params: Sequence[tuple[Array, Array]], activation: Pair) -> Array:
    """Return what layers (W, b) make of the rows of X, the activation (a pair; its forward is used) between them."""
    *hidden, (W, b) = params
    for V, c in hidden:
        X = activation[0](X @ V.T + c)[0]
    return X @ W.T + b


def train(
    X: Array,
    t: Any,
    params: Sequence[tuple[Array, Array]],
    activation: Pair,
    head: Pair,
    learning_rate: float,
    epochs: int,
    batch_size: int,
    rng: Any,
) -> tuple[list[tuple[Array, Array]], list[float]]:
    """Return the parameters after some epochs in small batches, and the loss of each batch before its update.

    The gradient is measured, one parameter after the other: for small networks only.
    """
    params, losses = list(params), []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]

            def loss(params: Any, batch: Any = batch) -> float:
                return float(head[0](mlp(X[batch], params, activation), t[batch])[0])

            losses.append(loss(params))
            gradients = numeric.vjp(loss, {"params": params}, "params", 1.0)
            params = [
                (W - learning_rate * dW, b - learning_rate * db)
                for (W, b), (dW, db) in zip(params, gradients, strict=True)
            ]
    return params, losses
