"""The data that ships: whole, as documented, fresh at every call, with its licence beside it."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from gradschool import data

HERE = Path(data.__file__).parent


@pytest.mark.parametrize("name", ["flowers.npz", "digits.npz"])
def test_each_file_is_the_one_whose_origin_and_licence_are_written_down(name):
    digest = hashlib.sha256((HERE / name).read_bytes()).hexdigest()
    story = (HERE / "README.md").read_text()
    assert f"{digest}  {name}" in story
    told = story.split(f"## {name}")[1].split("\n## ")[0]
    assert "CC BY 4.0" in told
    assert "https://doi.org/10.24432/" in told


def test_no_other_data_ships_without_its_story():
    assert {path.name for path in HERE.glob("*.npz")} == {"flowers.npz", "digits.npz"}
    assert sum(path.stat().st_size for path in HERE.glob("*.npz")) < 64_000


def test_flowers_are_fifty_of_each_species_in_centimetres():
    X, species, names, features = data.flowers()
    assert X.shape == (150, 4)
    assert X.dtype == np.float64
    assert species.dtype == np.int64
    assert np.array_equal(np.bincount(species), [50, 50, 50])
    assert (len(names), len(features)) == (3, 4)
    assert X[0].tolist() == [5.1, 3.5, 1.4, 0.2]
    # the means that every textbook prints
    assert np.allclose(X.mean(axis=0), [5.84, 3.06, 3.76, 1.20], atol=0.005)
    # the two flowers that the repository's file has wrong
    assert X[34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert X[37].tolist() == [4.9, 3.6, 1.4, 0.1]


def test_a_pair_of_species_is_a_question_answered_no_and_yes():
    flowers = data.flowers()
    X, t = flowers.pair("versicolor", "virginica", features=("sepal width", "petal length", "petal width"))
    assert X.shape == (100, 3)
    assert np.array_equal(X[:50], flowers.X[50:100, 1:])
    assert np.array_equal(X[50:], flowers.X[100:, 1:])
    assert np.array_equal(t, [0.0] * 50 + [1.0] * 50)
    X, t = flowers.pair("virginica", "setosa")
    assert np.array_equal(X, np.concatenate([flowers.X[100:, 2:], flowers.X[:50, 2:]]))
    with pytest.raises(ValueError, match="no 'tulip' here: there are setosa, versicolor, virginica"):
        flowers.pair("setosa", "tulip")


def test_digits_are_split_with_thirty_of_each_held_out():
    X, labels, X_test, labels_test = data.digits()
    assert (X.shape, labels.shape) == ((1497, 64), (1497,))
    assert (X_test.shape, labels_test.shape) == ((300, 64), (300,))
    assert {X.dtype, X_test.dtype} == {np.dtype(np.float64)}
    assert {labels.dtype, labels_test.dtype} == {np.dtype(np.int64)}
    assert np.array_equal(np.bincount(labels_test), [30] * 10)
    assert (X.min(), X.max(), X_test.min(), X_test.max()) == (0.0, 1.0, 0.0, 1.0)
    # a batch of consecutive rows holds a mixture
    assert all(len(set(labels[start : start + 50])) >= 8 for start in range(0, 1497, 50))


def test_no_image_of_the_test_is_trained_on():
    digits = data.digits()
    trained = {image.tobytes() for image in digits.X}
    assert not any(image.tobytes() in trained for image in digits.X_test)


@pytest.mark.parametrize("load", [data.flowers, data.digits, lambda: data.moons(9, 1), lambda: data.curve(9, 1)])
def test_what_is_done_to_one_copy_is_not_seen_in_the_next(load):
    first, before = load(), load()
    for array in first:
        if isinstance(array, np.ndarray):
            array[...] = 7
    for array, kept in zip(load(), before, strict=True):
        assert np.array_equal(array, kept)


def test_moons_are_drawn_from_their_seed_and_no_line_parts_them():
    X, t = data.moons(201, seed=3)
    assert (X.shape, t.shape) == ((201, 2), (201, 1))
    assert (t == 0).sum() == 101
    assert np.array_equal(X, data.moons(201, seed=3)[0])
    assert not np.array_equal(X, data.moons(201, seed=4)[0])
    augmented = np.column_stack([X, np.ones(201)])
    best_line = np.linalg.lstsq(augmented, 2 * t[:, 0] - 1, rcond=None)[0]
    hits = ((augmented @ best_line > 0) == (t[:, 0] == 1)).mean()
    assert 0.8 < hits < 0.95


def test_moons_without_noise_lie_on_their_half_circles():
    X, t = data.moons(50, seed=1, noise=0.0)
    centre = np.where(t == 0, [0.0, 0.0], [1.0, 0.5])
    assert np.allclose(np.hypot(*(X - centre).T), 1.0)
    assert np.all((X - centre)[:, 1] * np.where(t[:, 0] == 0, 1, -1) >= -1e-12)


def test_a_curve_is_one_wave_and_its_noise():
    X, T = data.curve(400, seed=2)
    assert (X.shape, T.shape) == ((400, 1), (400, 1))
    assert np.all(np.abs(X) <= 1)
    assert 0.04 < np.std(T - np.sin(np.pi * X)) < 0.06
    assert np.array_equal(T, data.curve(400, seed=2)[1])
