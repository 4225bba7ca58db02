"""Evidence: the same question asked of the learner's function several times, with other numbers each time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradschool import numeric
from gradschool.language import translate as _

Array = NDArray[np.float64]
Answer = dict[str, Array]


@dataclass(frozen=True)
class Draw:
    """One question and its answers.

    inputs : dict of name to value, what the learner's function was given
    got, want : dict of a leaf's name ("dx", "losses[3]") to array; `got` has only what is an array of numbers
    dout : the upstream gradient, None where nothing is pulled back
    pull_back : upstream gradient, inputs -> the right gradients for them, by leaf
    out : what forward gives, None where nothing is pulled back
    """

    inputs: dict[str, Any]
    got: Answer
    want: Answer
    dout: Any = None
    pull_back: Callable[[Any, dict[str, Any]], Answer] | None = None
    out: Any = None
    _pulled: dict[str, Answer] = field(default_factory=dict)

    def with_upstream(self, name: str, change: Callable[[Array], Array]) -> Answer:
        """Return the right gradients for a changed upstream; `name` lets the answer be kept."""
        if name not in self._pulled:
            assert self.pull_back is not None
            changed = change(np.asarray(self.dout, dtype=np.float64))
            self._pulled[name] = self.pull_back(changed, self.inputs)
        return self._pulled[name]

    def with_input(self, name: str, value: Any) -> Answer:
        """Return the right gradients at another value of one input; none where the function has none there."""
        assert self.pull_back is not None
        # a place that nobody chose may lie beside the function's domain
        with np.errstate(all="ignore"):
            try:
                return self.pull_back(self.dout, {**self.inputs, name: value})
            except (ArithmeticError, ValueError):
                return {}

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Return the sizes of all axes in sight, as "axis 0 of X" -> 5, in the reader's language."""
        return {
            _("axis {axis} of {name}").format(axis=axis, name=name): size
            for name, value in self.inputs.items()
            if isinstance(value, np.ndarray)
            for axis, size in enumerate(value.shape)
        }


def vary(rng: np.random.Generator, value: Any) -> Any:
    """Return other numbers like these: floats and float arrays are stretched entry by entry, their signs kept.

    A zero becomes some number: stretched, it would stay, and one place alone proves no pattern. Whole numbers, strings and functions stay: they are counts, labels and names.
    """
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return np.where(value == 0, numbers(rng, value.shape), value * rng.uniform(0.55, 1.6, value.shape))
    if isinstance(value, float):
        return value * float(rng.uniform(0.55, 1.6)) or float(numbers(rng, ()))
    if type(value) in (list, tuple):
        return type(value)(vary(rng, item) for item in value)
    return value


def aside(rng: np.random.Generator, value: Any) -> Any:
    """Return a float or an array of floats with every number moved by a little; anything else as it is."""
    if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        moved = value + 0.2 * numbers(rng, np.shape(value))
        return moved if isinstance(value, np.ndarray) else float(moved)
    return value


def upstream_like(rng: np.random.Generator, out: Any) -> Any:
    """Return a random upstream gradient of out's shape: not constant, and away from 0 and ±1."""
    if np.ndim(out) == 0:
        return float(numbers(rng, ()))
    return numbers(rng, np.shape(out))


def numbers(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Return numbers of both signs between 0.2 and 2.5 in size, at least 0.05 away from 1, so that x² is not x."""
    size = rng.uniform(0.2, 2.4, shape)
    size = np.where(size > 0.95, size + 0.1, size)
    return np.asarray(size * rng.choice([-1.0, 1.0], shape))


def at_kink(forward: Callable[..., Any], inputs: dict[str, Any], wrt: tuple[str, ...]) -> bool:
    """Tell whether the function bends sharply within a step of these inputs, so that it has no derivative to speak of.

    Where it is smooth, the second difference shrinks with the square of the step; at a kink it shrinks with the step.
    """

    def at(name: str, step: Any) -> Array:
        moved = inputs[name] + step
        return np.asarray(forward(**{**inputs, name: moved}), dtype=np.float64)

    here = np.asarray(forward(**inputs), dtype=np.float64)

    def second_difference(name: str, direction: Any, h: float) -> Array:
        return np.asarray(at(name, h * direction) - 2 * here + at(name, -h * direction))

    h = numeric.STEP
    for name in wrt:
        if not isinstance(inputs[name], float | np.ndarray):
            continue
        for index in np.ndindex(np.shape(inputs[name])):
            direction = np.zeros(np.shape(inputs[name]))
            direction[index] = max(1.0, float(np.abs(np.asarray(inputs[name])[index])))
            wide, narrow = (second_difference(name, direction, step) for step in (h, h / 2))
            bend = np.abs(wide) > 1e-5
            if np.any(bend & (np.abs(narrow) > 0.35 * np.abs(wide))):
                return True
            # a kink beside the point, but within the step, is seen by one of the two only
            if np.any(bend & (np.abs(narrow) < 0.15 * np.abs(wide))):
                return True
    return False
