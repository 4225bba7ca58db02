"""The figure of a neuron that learns to tell flowers apart: it runs on the learner's training, and survives it."""

import numpy as np
import pytest

from gradschool import figures, language, reference


@pytest.fixture(autouse=True)
def in_english():
    language.use("en")


def _sigmoid_training(X, t, w, b, learning_rate, steps):
    losses = []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w + b)))
        losses.append(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)))
        w, b = w - learning_rate * X.T @ (p - t) / len(t), b - learning_rate * np.mean(p - t)
    return w, b, losses


def test_a_right_training_draws_and_is_named():
    figure = figures.flowers(_sigmoid_training, reference.boundary)
    assert "train_neuron" in figure.verdict()
    assert "by your own" in figure.verdict()
    figure.set(stop=13)
    assert "377 steps: 100 of 100 flowers right" in figure.readout()


def test_the_hard_pair_ends_at_ninety_four():
    figure = figures.flowers(_sigmoid_training, reference.boundary)
    figure.set(pair="hard", stop=13)
    assert "94 of 100 flowers right, loss 0.104" in figure.readout()
    assert "versicolor" in figure.alt()


def test_the_reference_draws_the_same_as_a_right_training():
    by_reference, by_learner = figures.flowers(), figures.flowers(_sigmoid_training)
    for figure in (by_reference, by_learner):
        figure.set(pair="hard", stop=7)
    assert by_reference.readout() == by_learner.readout()


@pytest.mark.parametrize(
    "training",
    [
        lambda *_: 1 / 0,
        lambda *_: None,
        lambda X, t, w, b, learning_rate, steps: (w, b, [0.0] * (steps + 1)),
        lambda X, t, w, b, learning_rate, steps: (w * np.nan, b, [0.0] * steps),
        lambda X, t, w, b, learning_rate, steps: (w, b, [0.7] * steps),
    ],
)
def test_a_broken_training_leaves_the_drawing_to_the_reference(training):
    figure = figures.flowers(training, reference.boundary)
    assert "by the reference for now" in figure.verdict() or "The rest by the reference" in figure.verdict()
    assert "<svg" in figure.picture()["image/svg+xml"]


def test_an_unwritten_training_is_said_calmly():
    def train_neuron(X, t, w, b, learning_rate, steps):
        raise NotImplementedError

    assert "not written yet" in figures.flowers(train_neuron).verdict()


def test_on_paper_it_shows_where_one_neuron_ends():
    figure = figures.flowers()
    figure.opened_for_print()
    assert figure.state["pair"] == "hard"
