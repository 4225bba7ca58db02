"""Numerical derivative, gradient, Jacobian and vector-Jacobian product: the one truth that every check is held against.

Everything stands on the centred difference  D(h) = (f(x + h) − f(x − h)) / 2h,  whose error is c·h² + O(h⁴).
Taking it at h and at h/2 and combining the two as (4·D(h/2) − D(h)) / 3 cancels the h² term (Richardson, 1911),
so that a large h, kind to rounding, is accurate too: about eleven digits for a smooth function near 1.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEP = 1e-3


def derivative(f: Callable[[float], Any], x: float, h: float = STEP) -> Any:
    """Return df/dx at x.

    f : function of a float that gives a float, or an array of any shape
    x : float
    h : float, the larger of the two steps; it is scaled with |x| where |x| > 1
    Returns a float, or an array of the shape that f gives.
    """
    h = h * max(1.0, abs(x))

    def centred(h: float) -> Any:
        # x + h is rounded before f sees it: divide by the step that was really taken
        right, left = x + h, x - h
        return (f(right) - f(left)) / (right - left)

    return (4 * centred(h / 2) - centred(h)) / 3


def gradient(f: Callable[[Array], Any], x: Any, h: float = STEP) -> Array:
    """Return the gradient of a scalar function, in the shape of its argument.

    f : function of an array like x that gives a float
    x : array-like of any shape; it is not changed
    """
    return np.asarray(jacobian(f, x, h).reshape(np.shape(x)))


def jacobian(f: Callable[[Array], Any], x: Any, h: float = STEP) -> Array:
    """Return the Jacobian, outputs × inputs: J[i, j] = ∂f_i/∂x_j.

    f : function of an array like x that gives an array of M numbers in any shape (or a float: M = 1)
    x : array-like of D numbers in any shape; it is not changed
    Returns an array (M, D).
    """
    x = np.array(x, dtype=np.float64)

    def f_of_entry(index: tuple[int, ...]) -> Callable[[float], Array]:
        def f_of(value: float) -> Array:
            moved = x.copy()
            moved[index] = value
            return np.array(f(moved), dtype=np.float64).ravel()

        return f_of

    columns = [derivative(f_of_entry(index), float(x[index]), h) for index in np.ndindex(x.shape)]
    return np.stack(columns, axis=1)


def vjp(f: Callable[..., Any], inputs: Mapping[str, Any], wrt: str, upstream: Any, h: float = STEP) -> Any:
    """Return the vector-Jacobian product: upstream gradient × ∂out/∂(one input), in that input's shape.

    f : function called with the inputs by name, gives out (a float or an array)
    inputs : the value of every input; none is changed
    wrt : the input to differentiate with respect to: a float, an array, or lists and tuples of them
    upstream : float or array of out's shape, dL/dout
    Returns a float for a float, an array for an array, a list or tuple for a list or tuple.
    """

    def at(value: Any) -> Array:
        return np.array(f(**{**inputs, wrt: value}), dtype=np.float64).ravel()

    return _pull_back(at, inputs[wrt], np.asarray(upstream, dtype=np.float64).ravel(), h)


def _pull_back(f: Callable[[Any], Array], value: Any, upstream: Array, h: float) -> Any:
    if isinstance(value, list | tuple):

        def with_item(i: int) -> Callable[[Any], Array]:
            return lambda item: f(type(value)([*value[:i], item, *value[i + 1 :]]))

        return type(value)([_pull_back(with_item(i), item, upstream, h) for i, item in enumerate(value)])
    if np.ndim(value) == 0:
        return float(upstream @ derivative(f, float(value), h))
    return (upstream @ jacobian(f, value, h)).reshape(np.shape(value))
