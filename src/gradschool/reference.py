"""What each gate computes, written plainly: the values that checks and figures trust. Gradients come from `numeric`.

There is no backward function here: that is what the notebooks are for.
"""

from collections.abc import Callable, Sequence
from math import exp

from gradschool import numeric

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
