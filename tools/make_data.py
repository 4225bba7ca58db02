"""Write src/gradschool/data/{flowers,digits}.npz anew from the copies that scikit-learn ships.

Needs scikit-learn 1.9.1, in an environment of its own (it is no dependency of the course):

    python -m venv /tmp/data && /tmp/data/bin/pip install scikit-learn==1.9.1 && /tmp/data/bin/python tools/make_data.py
"""

import hashlib
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits, load_iris

HERE = Path(__file__).resolve().parent.parent / "src" / "gradschool" / "data"
SEED = 4  # the lecture's number
HELD_OUT = 30  # of each digit


def flowers() -> dict[str, np.ndarray]:
    """Return Fisher's measurements as whole millimetres, so that they are stored exactly, and the species."""
    iris = load_iris()
    return {"millimetres": np.rint(iris.data * 10).astype(np.uint8), "species": iris.target.astype(np.uint8)}


def digits() -> dict[str, np.ndarray]:
    """Return the images, HELD_OUT of each digit set aside; the order is drawn here, once, and kept in the file."""
    images = load_digits()
    order = np.random.RandomState(SEED).permutation(len(images.target))
    by_digit = [order[images.target[order] == digit] for digit in range(10)]
    test = np.sort(np.concatenate([chosen[:HELD_OUT] for chosen in by_digit]))
    is_test = np.isin(order, test)
    shades, labels = images.data.astype(np.uint8), images.target.astype(np.uint8)
    return {
        "shades": shades[order[~is_test]],
        "labels": labels[order[~is_test]],
        "shades_test": shades[order[is_test]],
        "labels_test": labels[order[is_test]],
    }


for name, arrays in {"flowers": flowers(), "digits": digits()}.items():
    path = HERE / f"{name}.npz"
    np.savez_compressed(path, **arrays)  # numpy dates every member 1980: same arrays, same bytes
    print(f"{path.name}: {path.stat().st_size} bytes, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
