"""The data of the course: two sets that were measured and ship with the package, two that are drawn from a seed.

Where the measured ones come from and under which licence stands in README.md beside this file. Every call returns
fresh arrays: what a learner does to them stays with the learner.
"""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]

_HERE = Path(__file__).parent


class Flowers(NamedTuple):
    """150 irises, fifty of each species, four lengths of each.

    X : array (150, 4), centimetres; the columns are `features`
    species : array (150,) of ints 0, 1, 2; the names are `names`
    names : ("setosa", "versicolor", "virginica")
    features : ("sepal length", "sepal width", "petal length", "petal width")
    """

    X: Array
    species: Labels
    names: tuple[str, ...]
    features: tuple[str, ...]

    def pair(
        self, no: str, yes: str, features: tuple[str, ...] = ("petal length", "petal width")
    ) -> tuple[Array, Array]:
        """Return two species as a yes-or-no question.

        no, yes : names of species, answered 0.0 and 1.0
        features : the columns wanted, D of them
        Returns (X, t): array (100, D) in centimetres and array (100,) of 0.0 and 1.0, the fifty of `no` first.
        Raises ValueError for a species or a feature that is not there.
        """
        columns = [_position(feature, self.features) for feature in features]
        rows = [self.species == _position(name, self.names) for name in (no, yes)]
        X = np.concatenate([self.X[row][:, columns] for row in rows])
        t = np.repeat([0.0, 1.0], [row.sum() for row in rows])
        return X, t


class Digits(NamedTuple):
    """1797 handwritten digits, each an image of 8 × 8 pixels; 30 of each digit are held out for the test.

    X : array (1497, 64), an image a row, left to right and top to bottom; 0.0 is paper, 1.0 is full ink
    labels : array (1497,) of ints 0 to 9, which digit was meant
    X_test, labels_test : arrays (300, 64) and (300,), never to be trained on
    """

    X: Array
    labels: Labels
    X_test: Array
    labels_test: Labels


def flowers() -> Flowers:
    """Return Fisher's irises, measured by Edgar Anderson: X (150, 4) in centimetres, species (150,) in three classes."""
    kept = _load("flowers")
    return Flowers(
        X=kept["millimetres"] / 10,
        species=kept["species"].astype(np.int64),
        names=("setosa", "versicolor", "virginica"),
        features=("sepal length", "sepal width", "petal length", "petal width"),
    )


def digits() -> Digits:
    """Return handwritten digits, split once and for all: X (1497, 64), labels (1497,), X_test (300, 64), labels_test (300,)."""
    kept = _load("digits")
    return Digits(
        X=kept["shades"] / 16,
        labels=kept["labels"].astype(np.int64),
        X_test=kept["shades_test"] / 16,
        labels_test=kept["labels_test"].astype(np.int64),
    )


def moons(n: int, seed: int, noise: float = 0.1) -> tuple[Array, Array]:
    """Draw two half moons that reach into each other: no straight line keeps them apart.

    n : how many points; where it is odd, the upper moon (0.0) has one more
    seed : int, the same points every time
    noise : standard deviation that blurs the moons
    Returns (X, t): array (n, 2) and a column (n, 1) of 0.0 and 1.0, shuffled.
    """
    rng = np.random.default_rng(seed)
    lower = n // 2
    upper = n - lower
    along = np.concatenate([np.linspace(0, np.pi, upper), np.linspace(0, np.pi, lower)])
    t = np.repeat([0.0, 1.0], [upper, lower])
    x0 = np.where(t == 0, np.cos(along), 1 - np.cos(along))
    x1 = np.where(t == 0, np.sin(along), 0.5 - np.sin(along))
    X = np.stack([x0, x1], axis=1) + noise * rng.standard_normal((n, 2))
    order = rng.permutation(n)
    return X[order], t[order, np.newaxis]


def curve(n: int, seed: int, noise: float = 0.05) -> tuple[Array, Array]:
    """Draw points along one wave of sin(πx) between −1 and 1.

    n : how many points
    seed : int, the same points every time
    noise : standard deviation of what is added to the values
    Returns (X, T): columns (n, 1), the x in no order and the values to be predicted.
    """
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1, 1, (n, 1))
    return X, np.sin(np.pi * X) + noise * rng.standard_normal((n, 1))


def _position(word: str, known: tuple[str, ...]) -> int:
    if word not in known:
        raise ValueError(f"no {word!r} here: there are {', '.join(known)}")
    return known.index(word)


def _load(name: str) -> dict[str, NDArray[Any]]:
    with np.load(_HERE / f"{name}.npz", allow_pickle=False) as kept:
        return dict(kept)
