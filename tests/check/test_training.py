"""A training is judged by what it achieves: form first, then the loss, then how many examples come out right."""

import numpy as np
import pytest

from gradschool import check, reference

LINE = {
    "X": np.array([[-2.0], [-1.5], [-0.5], [0.4], [1.0], [2.5]]),
    "t": np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0]),
    "w": np.zeros(1),
    "b": 0.0,
    "learning_rate": 0.5,
    "steps": 20,
}


@pytest.fixture(autouse=True)
def in_english():
    check.language("en")


def _mistakes(train, accuracy=0.9):
    with pytest.raises(check.CheckFailed) as caught:
        check.learns("train_neuron", train, accuracy=accuracy, **LINE)
    return caught.value


def test_a_training_that_learns_passes_and_says_how_well(capsys):
    check.learns("train_neuron", reference.train_neuron, accuracy=1.0, **LINE)
    said = capsys.readouterr().out
    assert "loss from 0.6931 to" in said
    assert "6 of 6 examples right" in said


@pytest.mark.parametrize(
    ("result", "mistake"),
    [
        (lambda w, b, losses: None, "wrong-type"),
        (lambda w, b, losses: (w, b), "wrong-shape"),
        (lambda w, b, losses: (w, b, losses[:-1]), "wrong-shape"),
        (lambda w, b, losses: (w.reshape(1, 1), b, losses), "wrong-shape"),
        (lambda w, b, losses: (w, "b", losses), "wrong-type"),
        (lambda w, b, losses: (w * np.nan, b, losses), "not-finite"),
    ],
)
def test_form_comes_first(result, mistake):
    assert _mistakes(lambda *given: result(*reference.train_neuron(*given))).mistakes == (mistake,)


def test_a_loss_that_climbs_is_told():
    def climbs(X, t, w, b, learning_rate, steps):
        return reference.train_neuron(X, t, w, b, -learning_rate, steps)

    assert "does not fall" in _mistakes(climbs).text


def test_too_few_right_examples_are_told():
    def shifted(*given):
        w, b, losses = reference.train_neuron(*given)
        return w, b + 100, losses

    failure = _mistakes(shifted)
    assert "3 of 6 examples right" in failure.text
    assert failure.mistakes == ("wrong-value",)
