"""The figure of misread digits: it trains the learner's own network, and survives whatever that does."""

import learner
import numpy as np
import pytest

from gradschool import figures, language

RELU = learner.relu_forward, learner.relu_backward
HEAD = learner.softmax_cross_entropy_forward, learner.softmax_cross_entropy_backward


@pytest.fixture(autouse=True)
def in_english():
    language.use("en")


def misread(mlp_forward=learner.mlp_forward, train=learner.train, **settings):
    return figures.misread(mlp_forward, train, RELU, HEAD, **settings)


def unwritten(*_):
    raise NotImplementedError


def test_a_right_network_reads_most_digits_and_shows_the_others():
    figure = misread()
    right = int(figure.readout().split()[0])
    assert right >= 285
    assert f"{300 - right} that were misread" in figure.alt()
    assert figure.picture()["image/svg+xml"].count(" → ") == 300 - right
    assert "by your own" in figure.verdict()


def test_an_untrained_network_misreads_more_than_fit():
    assert "24 that were misread" in misread(epochs=1, learning_rate=1e-9).alt()


def test_the_slider_moves_through_the_misread_ones():
    figure = misread(epochs=2)
    before = figure.picture()["image/svg+xml"]
    figure.set(picture=2)
    assert figure.picture()["image/svg+xml"] != before


@pytest.mark.parametrize(
    ("functions", "said"),
    [
        ({"train": unwritten}, "<code>train</code> is not written yet"),
        ({"mlp_forward": unwritten}, "<code>mlp_forward</code> is not written yet"),
        ({"train": lambda *_: 1 / 0}, "ZeroDivisionError"),
        ({"train": lambda *_: None}, "cannot be drawn"),
        ({"train": lambda X, t, params, *_: ([], [0.0] * 30)}, "cannot be drawn"),
        ({"train": lambda X, t, params, *_: (params, [0.0])}, "cannot be drawn"),
        ({"mlp_forward": lambda X, *_: (X[:, :10] * np.nan, None)}, "cannot be drawn"),
        ({"mlp_forward": lambda X, *_: (X, None)}, "cannot be drawn"),
    ],
)
def test_where_no_network_can_be_trained_the_digits_stand_by_themselves(functions, said):
    figure = misread(**functions)
    assert said in figure.verdict()
    assert "Once it can be trained" in figure.verdict()
    assert figure.readout() == ""
    assert "not read by any network yet" in figure.alt()
    assert "<image" in figure.picture()["image/svg+xml"]


def test_it_is_said_in_korean_too():
    language.use("ko")
    assert "맞혔어요" in misread(epochs=1).readout()
