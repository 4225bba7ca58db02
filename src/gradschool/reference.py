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
