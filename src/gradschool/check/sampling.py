"""Random numbers for check cells: the same every time, unless GRADSCHOOL_SEED asks for others."""

import os
from collections.abc import Callable
from typing import Any

import numpy as np

from gradschool.check.evidence import numbers


def rng(seed: int) -> np.random.Generator:
    """Return a generator; GRADSCHOOL_SEED moves every one of them, to see that no grade hangs on luck."""
    return np.random.default_rng([seed, int(os.environ.get("GRADSCHOOL_SEED", "0"))])


def random(seed: int) -> Callable[..., Any]:
    """Return a source of test numbers: of both signs, not near 0 or ±1, none like another.

    random = check.random(3); W = random(2, 5); b = random()
    """
    generator = rng(seed)

    def draw(*shape: int) -> Any:
        values = numbers(generator, shape)
        return values if shape else float(values)

    return draw
