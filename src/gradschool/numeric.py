"""Numerical derivative, gradient, Jacobian and vector-Jacobian product: the one truth that every check is held against.

Everything stands on the centred difference  D(h) = (f(x + h) − f(x − h)) / 2h,  whose error is c·h² + O(h⁴).
Taking it at h and at h/2 and combining the two as (4·D(h/2) − D(h)) / 3 cancels the h² term (Richardson, 1911),
so that a large h, kind to rounding, is accurate too: about eleven digits for a smooth function near 1. How far the two
lie apart tells whether h was small enough for this function at this place; where it was not, a smaller one is taken.
"""

from collections.abc import Callable, Mapping
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEP = 1e-3

_AGREE = 3e-5  # D(h) and D(h/2) this close, relative to their size: what is left after combining them is far smaller
_SHRINKS = 5


def derivative(f: Callable[[float], Any], x: float, h: float = STEP) -> Any:
    """Return df/dx at x.

    f : function of a float that gives a float, or an array of any shape
    x : float
    h : float, the first step to try; a quarter of it is tried where f bends too much within it
    Returns a float, or an array of the shape that f gives.
    """
    # the last term: beyond 1e12 a step that grows like the root would be lost in the rounding of x
    h = h * max(1.0, sqrt(abs(x)), 1e-6 * abs(x))

    def centred(h: float) -> Any:
        # x + h is rounded before f sees it: divide by the step that was really taken
        right, left = x + h, x - h
        return (f(right) - f(left)) / (right - left)

    best, smallest = np.nan, np.inf
    for _ in range(1 + _SHRINKS):
        # beside the domain of f there may be no number: a smaller step is tried then
        with np.errstate(invalid="ignore", divide="ignore"):
            coarse, fine = centred(h), centred(h / 2)
        apart = float(np.max(np.abs(fine - coarse), initial=0.0))
        if apart < smallest:
            best, smallest = (4 * fine - coarse) / 3, apart
        if apart <= 1e-9 + _AGREE * np.max(np.abs(fine), initial=0.0):
            break
        h /= 4
    return best


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
    return pull_back(f, inputs, wrt, h)(upstream)


def pull_back(f: Callable[..., Any], inputs: Mapping[str, Any], wrt: str, h: float = STEP) -> Callable[[Any], Any]:
    """Measure the slopes of one input once; return the function from upstream gradient to gradient, as `vjp` gives it."""

    def at(value: Any) -> Array:
        return np.array(f(**{**inputs, wrt: value}), dtype=np.float64).ravel()

    weighted = _slopes(at, inputs[wrt], h)
    return lambda upstream: weighted(np.asarray(upstream, dtype=np.float64).ravel())


def _slopes(f: Callable[[Any], Array], value: Any, h: float) -> Callable[[Array], Any]:
    if isinstance(value, list | tuple):

        def with_item(i: int) -> Callable[[Any], Array]:
            return lambda item: f(type(value)([*value[:i], item, *value[i + 1 :]]))

        items = [_slopes(with_item(i), item, h) for i, item in enumerate(value)]
        return lambda upstream: type(value)([item(upstream) for item in items])
    if np.ndim(value) == 0:
        slope = derivative(f, float(value), h)
        return lambda upstream: float(upstream @ slope)
    matrix = jacobian(f, value, h)
    return lambda upstream: (upstream @ matrix).reshape(np.shape(value))
