"""Functions that checks lend to a learner's code: an activation or a head that somebody else has written.

A check of one exercise stands on nothing that the learner wrote for another, so it brings its own. All of them are made
from a formula alone: the slopes are measured, and the cache is nobody's business.

    check.call("mlp", ..., activation=check.lent.arctan)
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradschool import numeric, reference
from gradschool.reference import Pair

Array = NDArray[np.float64]


def activation(f: Callable[[Array], Array]) -> Pair:
    """Make an activation's pair (forward, backward) of a function that works entry by entry."""

    def forward(x: Any) -> tuple[Array, Any]:
        x = np.array(x, dtype=np.float64)
        return f(x), lambda dout: dout * numeric.derivative(lambda h: f(x + h), 0.0)

    return forward, _backward


def head(losses: Callable[[Array, Any], Array]) -> Pair:
    """Make an output head's pair (forward, backward) of a function that gives every example's own loss.

    losses : (out (N, M), targets) -> (N,) or (N, 1); the head's loss is their mean
    """

    def forward(out: Any, t: Any) -> tuple[float, Any]:
        out = np.array(out, dtype=np.float64)
        return float(np.mean(losses(out, t))), lambda dout: dout * _slopes(losses, out, t)

    return forward, _backward


def _slopes(losses: Callable[[Array, Any], Array], out: Array, t: Any) -> Array:
    count, outputs = out.shape
    # an example's loss depends on its own row alone: every entry is moved in a copy of its own, and one call measures all
    copies = np.tile(out, (outputs, 1))
    targets = np.tile(t, (outputs, *[1] * (np.ndim(t) - 1)))
    moves = np.repeat(np.eye(outputs), count, axis=0)
    slopes = numeric.derivative(lambda h: losses(copies + h * moves, targets).ravel(), 0.0)
    return np.asarray(slopes.reshape(outputs, count).T / count)


def _backward(dout: Any, cache: Any) -> Any:
    if not callable(cache):
        raise ValueError("this is not the cache that forward handed over")
    return cache(np.asarray(dout, dtype=np.float64))


def _log_cosh(y: Array, t: Array) -> Array:
    return np.asarray((np.logaddexp(y - t, t - y) - np.log(2)).sum(axis=1))


#: Activations that no exercise asks for, smooth everywhere: one that saturates, one that is nearly a ReLU.
arctan: Pair = activation(np.arctan)
smooth_relu: Pair = activation(lambda x: (x + np.sqrt(x * x + 4)) / 2)

#: A head that no exercise asks for, and the lecture's three: value, O/X and category.
log_cosh: Pair = head(_log_cosh)
value: Pair = head(reference.half_squares)
yes_no: Pair = head(reference.sigmoid_surprises)
category: Pair = head(reference.softmax_surprises)
