from itertools import combinations, product

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from gradschool import data

number = st.floats(-2.0, 2.0).filter(lambda x: abs(x) > 1e-2)
size = st.integers(1, 6)


def array(*shape):
    return npst.arrays(np.float64, shape, elements=number)


@st.composite
def batch(draw):
    N, D = draw(size), draw(size)
    return draw(array(N, D)), draw(array(D)), draw(number), draw(array(N))


@st.composite
def answers(draw):
    N = draw(size)
    p = draw(npst.arrays(np.float64, N, elements=st.floats(0.01, 0.99)))
    return p, draw(npst.arrays(np.float64, N, elements=st.sampled_from([0.0, 1.0])))


@pytest.fixture(scope="module")
def neuron(solution):
    return solution("3_neuron")


@pytest.fixture(autouse=True)
def _no_numpy_warning():
    with np.errstate(all="raise", under="ignore"):
        yield


def _sigmoid(z):
    return 1 / (1 + anp.exp(-z))


def _log_loss(p, t):
    return -anp.mean(t * anp.log(p) + (1 - t) * anp.log(1 - p))


def _comparable(no, yes):
    X, t = data.flowers().pair(no, yes)
    return (X - X.mean(axis=0)) / X.std(axis=0), t


# --- gradients ------------------------------------------------------------------------------------------------------


@given(batch())
def test_the_neuron_agrees_with_autograd(neuron, example):
    *inputs, dp = example

    def twin(X, w, b):
        return _sigmoid(anp.dot(X, w) + b)

    p, cache = neuron.neuron_forward(*inputs)
    np.testing.assert_allclose(p, twin(*inputs), rtol=1e-12)
    gradients = neuron.neuron_backward(dp, cache)
    for i, gradient in enumerate(gradients):
        want = autograd.grad(lambda *each: anp.sum(dp * twin(*each)), i)(*inputs)
        assert np.shape(gradient) == np.shape(inputs[i])
        np.testing.assert_allclose(gradient, want, rtol=1e-9, atol=1e-12)


@given(answers(), number)
def test_the_log_loss_agrees_with_autograd(neuron, example, dout):
    p, t = example
    loss, cache = neuron.log_loss_forward(p, t)
    assert loss == pytest.approx(_log_loss(p, t))
    want = autograd.grad(lambda p: dout * _log_loss(p, t))(p)
    np.testing.assert_allclose(neuron.log_loss_backward(dout, cache), want, rtol=1e-9, atol=1e-12)


@given(batch(), st.integers(0, 4))
def test_a_training_takes_the_steps_that_autograd_takes(neuron, example, steps):
    X, w, b, raw = example
    t = (raw > 0).astype(float)

    def cost(w, b):
        return _log_loss(_sigmoid(anp.dot(X, w) + b), t)

    want_w, want_b, want_losses = w, b, []
    for _ in range(steps):
        want_losses.append(cost(want_w, want_b))
        dw, db = autograd.grad(cost, 0)(want_w, want_b), autograd.grad(cost, 1)(want_w, want_b)
        want_w, want_b = want_w - 0.3 * dw, want_b - 0.3 * db
    kept = w.copy()
    got_w, got_b, losses = neuron.train_neuron(X, t, w, b, 0.3, steps)
    np.testing.assert_allclose(got_w, want_w, rtol=1e-8, atol=1e-10)
    assert got_b == pytest.approx(want_b, rel=1e-8, abs=1e-10)
    np.testing.assert_allclose(losses, want_losses, rtol=1e-8)
    assert np.array_equal(w, kept)


def test_one_neuron_is_the_graph_of_the_first_notebook(neuron, solution):
    scalar = solution("1_scalar_backprop")
    out, scalar_cache = scalar.neuron_graph_forward(2.0, -1.0, -3.0, -2.0, -3.0)
    dw0, dx0, dw1, dx1, dw2 = scalar.neuron_graph_backward(1.0, scalar_cache)
    p, cache = neuron.neuron_forward(np.array([[-1.0, -2.0]]), np.array([2.0, -3.0]), -3.0)
    dX, dw, db = neuron.neuron_backward(np.array([1.0]), cache)
    np.testing.assert_allclose([p[0], *dX[0], *dw, db], [out, dx0, dx1, dw0, dw1, dw2])


@pytest.mark.parametrize("t", [0.0, 1.0])
def test_loss_and_sigmoid_together_hand_back_prediction_minus_target(neuron, t):
    db, difference = neuron.both_ways(t)
    assert db == pytest.approx(difference)


# --- all or nothing -------------------------------------------------------------------------------------------------


def test_the_worked_sums(neuron):
    x, w = np.array([-1.0, -2.0]), np.array([2.0, -3.0])
    assert neuron.cell_body(x, w, -3.0) == 1.0
    assert [neuron.fire(x, w, b) for b in (-3.0, -4.0, -5.0)] == [1.0, 0.0, 0.0]


def test_a_steady_current_fires_every_fourth_step(neuron):
    assert neuron.integrate_and_fire(np.ones(10), 3.0).tolist() == [0, 0, 0, 1, 0, 0, 0, 1, 0, 0]


def test_what_is_over_the_capacity_is_lost_and_a_full_store_stays_silent(neuron):
    assert neuron.integrate_and_fire(np.array([2.0, 1.0, 5.0, 3.0, 0.5]), 3.0).tolist() == [0, 0, 1, 0, 1]


@given(array(12), st.floats(0.1, 3.0))
def test_more_capacity_never_means_an_earlier_first_spike(neuron, currents, capacity):
    def first(capacity):
        spikes = neuron.integrate_and_fire(currents, capacity)
        return int(np.argmax(spikes)) if spikes.any() else len(spikes)

    assert first(capacity) <= first(capacity + 0.5)


def test_the_firing_rate_is_nothing_below_zero_and_climbs_above(neuron):
    rates = [neuron.firing_rate(current) for current in (-1.0, 0.0, 1.0, 2.0, 3.0, 4.0)]
    assert rates[:2] == [0.0, 0.0]
    assert rates[2:] == [0.25, 0.5, 0.5, 1.0]


def test_xor_is_right_within_a_tenth_of_its_corners(neuron):
    for x0, x1, off0, off1 in product((0, 1), (0, 1), (-0.1, 0.0, 0.1), (-0.1, 0.0, 0.1)):
        assert neuron.xor(np.array([x0 + off0, x1 + off1])) == float(x0 != x1)


def test_no_single_neuron_of_a_fine_grid_is_xor(neuron):
    grid = np.linspace(-3, 3, 25)
    rows = [(np.array([x0, x1], dtype=float), float(x0 != x1)) for x0 in (0, 1) for x1 in (0, 1)]
    assert not any(
        all(neuron.fire(x, np.array([w0, w1]), b) == want for x, want in rows)
        for w0, w1, b in product(grid[::3], grid[::3], grid)
    )


@given(array(2), number, number)
def test_on_the_boundary_the_sum_is_zero(neuron, w, b, x0):
    slope, intercept = neuron.boundary(w, b)
    x1 = slope * x0 + intercept
    assert neuron.cell_body(np.array([x0, x1]), w, b) == pytest.approx(0.0, abs=1e-10 * (1 + abs(x1)))


@pytest.mark.parametrize("w", [[1.5, 0.0], [0.0, 0.0], [2.0, -0.0]])
def test_no_line_is_given_where_the_second_weight_is_zero(neuron, w):
    with pytest.raises(ValueError, match=r"w\[1\] is 0"):
        neuron.boundary(np.array(w), -1.0)


# --- what the notebook says of the flowers -----------------------------------------------------------------------------


def test_two_species_are_told_apart_without_a_mistake(neuron):
    X, t = _comparable("setosa", "versicolor")
    w, b, losses = neuron.train_neuron(X, t, np.zeros(2), 0.0, 1.0, 200)
    assert losses[0] == pytest.approx(np.log(2))
    assert np.all(np.diff(losses) < 0)
    assert np.array_equal(neuron.neuron_forward(X, w, b)[0] > 0.5, t == 1)


def test_one_neuron_ends_at_ninety_four_of_versicolor_and_virginica(neuron):
    X, t = _comparable("versicolor", "virginica")
    for steps in (300, 2000):
        w, b, losses = neuron.train_neuron(X, t, np.zeros(2), 0.0, 1.0, steps)
        assert np.sum((neuron.neuron_forward(X, w, b)[0] > 0.5) == (t == 1)) == 94
    assert losses[-1] == pytest.approx(0.103, abs=0.0005)
    # the bottom of the valley: there the gradient is nothing
    dw, db = (autograd.grad(lambda w, b: _log_loss(_sigmoid(anp.dot(X, w) + b), t), i)(w, b) for i in range(2))
    assert max(*np.abs(dw), abs(db)) < 1e-4


def test_the_best_of_all_lines_gets_ninety_seven_right():
    X, t = data.flowers().pair("versicolor", "virginica")
    points = np.unique(X, axis=0)
    best = 0
    # a best line can be moved until it touches two flowers; every way past the two is tried
    for one, other in combinations(points, 2):
        along = other - one
        across, middle = np.array([-along[1], along[0]]), (one + other) / 2
        for turned, moved in product((-1e-6, 1e-6), (-1e-6, 1e-6)):
            direction = across + turned * along
            right = int(np.sum((X @ direction > middle @ direction + moved) == (t == 1)))
            best = max(best, right, 100 - right)
    assert best == 97
