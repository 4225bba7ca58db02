import time
from itertools import pairwise

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from gradschool import data
from gradschool.course import find_course, source

NAME = "4_neural_network"

# Away from 0, where a ReLU has no slope, and tame enough for a formula that is not made for ±1000.
number = st.floats(-3.0, 3.0).filter(lambda x: abs(x) > 1e-2)
size = st.integers(1, 5)


def array(*shape):
    return npst.arrays(np.float64, shape, elements=number)


@pytest.fixture(scope="module")
def net(solution):
    return solution(NAME)


@pytest.fixture(autouse=True)
def _no_numpy_warning():
    with np.errstate(all="raise", under="ignore"):
        yield


def _close(got, want):
    assert np.shape(got) == np.shape(want)
    np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-11)


def _pulled_back(twin, x, dout):
    return autograd.grad(lambda x: anp.sum(dout * twin(x)))(x)


# --- layers and activations -----------------------------------------------------------------------------------------


@st.composite
def layers(draw, most=5):
    sizes = draw(st.lists(size, min_size=2, max_size=most + 1))
    return [(draw(array(m, d)), draw(array(m))) for d, m in pairwise(sizes)]


@given(layers(), st.data())
def test_one_layer_does_what_the_pile_did(net, pile, data):
    W, b = net.collapse(pile)
    x = want = data.draw(array(pile[0][0].shape[1]))
    for W_n, b_n in pile:
        want = W_n @ want + b_n
    np.testing.assert_allclose(W @ x + b, want, rtol=1e-9, atol=1e-6)


ACTIVATIONS = {
    "sigmoid": lambda x: 1 / (1 + anp.exp(-x)),
    "tanh": anp.tanh,
    "relu": lambda x: anp.maximum(0.0, x),
    "leaky_relu": lambda x: anp.maximum(0.1 * x, x),
    "elu": lambda x: anp.where(x >= 0, x, anp.exp(x) - 1),
}


def _pair(net, name):
    return getattr(net, f"{name}_forward"), getattr(net, f"{name}_backward")


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(data=st.data())
def test_the_activations_agree_with_autograd(name, net, data):
    shape = data.draw(npst.array_shapes(max_dims=3, max_side=4))
    x, dout = data.draw(array(*shape)), data.draw(array(*shape))
    forward, backward = _pair(net, name)
    out, cache = forward(x)
    _close(out, ACTIVATIONS[name](x))
    _close(backward(dout, cache), _pulled_back(ACTIVATIONS[name], x, dout))


@given(array(6), array(6), st.floats(0.1, 5.0))
def test_elu_agrees_with_autograd_for_every_alpha(net, x, dout, alpha):
    def twin(x):
        return anp.where(x >= 0, x, alpha * (anp.exp(x) - 1))

    out, cache = net.elu_forward(x, alpha)
    _close(out, twin(x))
    _close(net.elu_backward(dout, cache), _pulled_back(twin, x, dout))


@given(st.data())
def test_maxout_agrees_with_autograd(net, data):
    N, D = data.draw(size), data.draw(size)
    inputs = [data.draw(each) for each in (array(N, D), array(D), number, array(D), number)]
    dout = data.draw(array(N))

    def pieces(x, w1, b1, w2, b2):
        return anp.dot(x, w1) + b1, anp.dot(x, w2) + b2

    def twin(*inputs):
        return anp.maximum(*pieces(*inputs))

    one, two = pieces(*inputs)
    out, cache = net.maxout_forward(*inputs)
    _close(out, twin(*inputs))
    if np.any(np.abs(one - two) < 1e-6):
        return  # at a tie no particular slope is asked for
    for i, gradient in enumerate(net.maxout_backward(dout, cache)):
        want = autograd.grad(lambda *each: anp.sum(dout * twin(*each)), i)(*inputs)
        _close(gradient, want)


@pytest.mark.parametrize(
    ("name", "values", "slopes"),
    [
        ("sigmoid", [0.0, 1.0], [0.0, 0.0]),
        ("tanh", [-1.0, 1.0], [0.0, 0.0]),
        ("relu", [0.0, 1000.0], [0.0, 1.0]),
        ("leaky_relu", [-100.0, 1000.0], [0.1, 1.0]),
        ("elu", [-1.0, 1000.0], [0.0, 1.0]),
    ],
)
def test_activations_are_right_at_plus_and_minus_a_thousand(name, values, slopes, net):
    forward, backward = _pair(net, name)
    out, cache = forward(np.array([-1000.0, 1000.0]))
    _close(out, values)
    _close(backward(np.ones(2), cache), slopes)


@given(st.data())
def test_the_forward_pass_is_three_layers_of_columns(net, data):
    sizes = [data.draw(size) for _ in range(4)]
    params = [each for d, m in pairwise(sizes) for each in (data.draw(array(m, d)), data.draw(array(m, 1)))]
    x = data.draw(array(sizes[0], 1))
    W1, b1, W2, b2, W3, b3 = params
    squash = ACTIVATIONS["sigmoid"]
    _close(net.forward_pass(x, *params), W3 @ squash(W2 @ squash(W1 @ x + b1) + b2) + b3)


# --- heads ----------------------------------------------------------------------------------------------------------


def _half_squared_error(y, t):
    return anp.sum((y - t) ** 2) / (2 * len(y))


def _sigmoid_cross_entropy(z, t):
    return anp.mean(t * anp.logaddexp(0, -z) + (1 - t) * anp.logaddexp(0, z))


def _softmax_cross_entropy(Z, labels):
    shifted = Z - anp.max(Z, axis=1, keepdims=True)
    logs = shifted - anp.log(anp.sum(anp.exp(shifted), axis=1, keepdims=True))
    return -anp.mean(logs[np.arange(len(Z)), labels])


HEADS = {
    "half_squared_error": _half_squared_error,
    "sigmoid_cross_entropy": _sigmoid_cross_entropy,
    "softmax_cross_entropy": _softmax_cross_entropy,
}


@st.composite
def questions(draw, name, elements=number):
    """An output and its targets, as a head wants them."""
    N, M = draw(size), draw(st.integers(2, 5))
    shape = {
        "half_squared_error": draw(st.sampled_from([(N,), (N, M)])),
        "sigmoid_cross_entropy": draw(st.sampled_from([(N,), (N, 1)])),
        "softmax_cross_entropy": (N, M),
    }[name]
    targets = {
        "half_squared_error": array(*shape),
        "sigmoid_cross_entropy": npst.arrays(np.float64, shape, elements=st.sampled_from([0.0, 1.0])),
        "softmax_cross_entropy": npst.arrays(np.int64, N, elements=st.integers(0, M - 1)),
    }[name]
    return draw(npst.arrays(np.float64, shape, elements=elements)), draw(targets)


def _head_agrees(net, name, out, t, dout):
    forward, backward = _pair(net, name)
    loss, cache = forward(out, t)
    assert loss == pytest.approx(HEADS[name](out, t), rel=1e-12, abs=1e-14)
    _close(backward(dout, cache), dout * autograd.grad(HEADS[name])(out, t))


@pytest.mark.parametrize("name", HEADS)
@given(data=st.data(), dout=number)
def test_the_heads_agree_with_autograd(name, net, data, dout):
    _head_agrees(net, name, *data.draw(questions(name)), dout)


huge = number | st.sampled_from([-1000.0, 1000.0, 999.0])


@pytest.mark.parametrize("name", ["sigmoid_cross_entropy", "softmax_cross_entropy"])
@given(data=st.data())
def test_the_heads_agree_with_autograd_at_plus_and_minus_a_thousand(name, net, data):
    _head_agrees(net, name, *data.draw(questions(name, huge)), 1.0)


@given(st.data())
def test_softmax_adds_up_to_one_and_does_not_see_a_constant(net, data):
    shape = data.draw(st.sampled_from([(4,), (3, 5), (1, 2)]))
    z = data.draw(npst.arrays(np.float64, shape, elements=huge))
    p = net.softmax(z)
    assert p.shape == z.shape
    assert np.all((p >= 0) & (p <= 1))
    np.testing.assert_allclose(p.sum(axis=-1), 1.0)
    np.testing.assert_allclose(net.softmax(z + 64.0), p, rtol=1e-9)


@given(number, number)
def test_softmax_of_two_is_the_sigmoid_of_the_difference(net, one, other):
    assert net.softmax(np.array([one, other]))[0] == pytest.approx(net.sigmoid_forward(np.array(one - other))[0])


@pytest.mark.parametrize("name", HEADS)
@given(data=st.data())
def test_every_head_hands_back_prediction_minus_target_over_n(name, net, data):
    out, t = data.draw(questions(name))
    forward, backward = _pair(net, name)
    prediction = {
        "half_squared_error": lambda out: out,
        "sigmoid_cross_entropy": lambda out: net.sigmoid_forward(out)[0],
        "softmax_cross_entropy": net.softmax,
    }[name](out)
    target = np.eye(out.shape[1])[t] if name == "softmax_cross_entropy" else t
    _close(backward(1.0, forward(out, t)[1]), (prediction - target) / len(out))


# --- the network ----------------------------------------------------------------------------------------------------


def _network(X, params, bend):
    for W, b in params[:-1]:
        X = bend(anp.dot(X, W.T) + b)
    W, b = params[-1]
    return anp.dot(X, W.T) + b


def _random_params(rng, *sizes):
    return [(rng.normal(size=(m, d)), rng.normal(size=m)) for d, m in pairwise(sizes)]


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(3, 2), (3, 4, 2), (2, 5, 3, 1), (4, 3, 6, 2, 5)])
@pytest.mark.parametrize("N", [1, 7])
def test_the_network_agrees_with_autograd(name, sizes, N, net):
    rng = np.random.default_rng(N)
    X, params, dout = rng.normal(size=(N, sizes[0])), _random_params(rng, *sizes), rng.normal(size=(N, sizes[-1]))
    out, cache = net.mlp_forward(X, params, _pair(net, name))
    _close(out, _network(X, params, ACTIVATIONS[name]))
    want = autograd.grad(lambda params: anp.sum(dout * _network(X, params, ACTIVATIONS[name])))(params)
    got = net.mlp_backward(dout, cache)
    assert len(got) == len(want)
    for mine, theirs in zip(got, want, strict=True):
        _close(mine[0], theirs[0])
        _close(mine[1], theirs[1])


def _targets(name, rng, N):
    return {
        "half_squared_error": rng.normal(size=(N, 2)),
        "sigmoid_cross_entropy": rng.integers(0, 2, size=(N, 1)).astype(float),
        "softmax_cross_entropy": rng.integers(0, 3, size=N),
    }[name]


@pytest.mark.parametrize(("head", "outputs"), list(zip(HEADS, (2, 1, 3), strict=True)))
@pytest.mark.parametrize("batch_size", [1, 4, 9, 50])
def test_a_training_takes_the_steps_that_autograd_takes(head, outputs, batch_size, net):
    rng = np.random.default_rng(11)
    X, t, params = rng.normal(size=(9, 3)), _targets(head, rng, 9), _random_params(rng, 3, 5, outputs)
    kept = [(W.copy(), b.copy()) for W, b in params]

    def cost(params, rows):
        return HEADS[head](_network(X[rows], params, anp.tanh), t[rows])

    want, want_losses, shuffler = params, [], np.random.default_rng(3)
    for _ in range(3):
        order = shuffler.permutation(9)
        for start in range(0, 9, batch_size):
            rows = order[start : start + batch_size]
            want_losses.append(cost(want, rows))
            slopes = autograd.grad(cost)(want, rows)
            want = [(W - 0.2 * dW, b - 0.2 * db) for (W, b), (dW, db) in zip(want, slopes, strict=True)]
    got, losses = net.train(
        X, t, params, _pair(net, "tanh"), _pair(net, head), 0.2, 3, batch_size, np.random.default_rng(3)
    )
    assert losses == pytest.approx(want_losses)
    for mine, theirs, was, before in zip(got, want, params, kept, strict=True):
        for i in range(2):
            _close(mine[i], theirs[i])
            assert np.array_equal(was[i], before[i])


def test_unseen_digits_are_read_in_under_five_seconds_of_a_processor(net):
    digits, rng = data.digits(), np.random.default_rng(0)
    params = [(rng.normal(0, 1 / np.sqrt(d), (m, d)), np.zeros(m)) for d, m in pairwise((64, 32, 10))]
    activation, head = _pair(net, "relu"), _pair(net, "softmax_cross_entropy")
    start = time.process_time()
    params, losses = net.train(digits.X, digits.labels, params, activation, head, 0.3, 10, 50, rng)
    seconds = time.process_time() - start
    out, _ = net.mlp_forward(digits.X_test, params, activation)
    right = np.mean(np.argmax(out, axis=1) == digits.labels_test)
    print(f"{right:.1%} of {len(out)} unseen digits right after {seconds:.2f} s of processor time")
    assert right >= 0.95
    assert seconds < 5
    assert losses[0] == pytest.approx(np.log(10), abs=0.5)
    assert len(losses) == 300


def test_twenty_digits_are_learnt_by_heart(net):
    digits, rng = data.digits(), np.random.default_rng(0)
    X, labels = digits.X[:20], digits.labels[:20]
    params = [(0.1 * rng.normal(size=(m, d)), np.zeros(m)) for d, m in pairwise((64, 12, 10))]
    activation, head = _pair(net, "tanh"), _pair(net, "softmax_cross_entropy")
    params, losses = net.train(X, labels, params, activation, head, 1.0, 40, 10, rng)
    assert np.array_equal(np.argmax(net.mlp_forward(X, params, activation)[0], axis=1), labels)
    assert losses[0] == pytest.approx(np.log(10), abs=0.2)
    assert losses[-1] < 0.1


# --- what the text says ---------------------------------------------------------------------------------------------


def test_the_worked_numbers_hold(net):
    three = [(np.array([[slope]]), np.array([offset])) for slope, offset in ((2.0, 1.0), (3.0, -1.0), (0.5, 4.0))]
    W, b = net.collapse(three)
    assert (W.item(), b.item()) == (3.0, 5.0)

    largest = np.finfo(np.float64).max
    assert f"{largest:.1e}" == "1.8e+308"
    with pytest.raises(FloatingPointError):
        np.exp(np.log(largest) + 1)

    slope = net.sigmoid_backward(np.array(1.0), net.sigmoid_forward(np.array(0.0))[1])
    assert slope == 0.25
    assert 1 / slope**10 == 4**10 == 1048576

    z, t = np.array([-1000.0]), np.array([1.0])
    assert net.sigmoid_cross_entropy_forward(z, t)[0] == 1000.0

    relu = net.relu_forward, net.relu_backward
    params = [(np.array([[1.0, -1.0], [2.0, 1.0]]), np.zeros(2)), (np.array([[3.0, 1.0]]), np.zeros(1))]
    assert net.mlp_forward(np.array([[1.0, 2.0]]), params, relu)[0].item() == 4.0

    assert net.softmax_cross_entropy_forward(np.zeros((1, 10)), np.array([0]))[0] == pytest.approx(np.log(10))
    assert len(data.digits().X) == 1497
    assert 10 * -(-1497 // 50) == 300


def test_the_slides_network_has_three_layers_and_forty_one_parameters(net):
    shapes = [(4, 3), (4, 1), (4, 4), (4, 1), (1, 4), (1, 1)]
    assert net.forward_pass(np.ones((3, 1)), *(np.ones(shape) for shape in shapes)).shape == (1, 1)
    assert sum(rows * columns for rows, columns in shapes) == 41


def test_a_slides_mean_that_is_no_mean_doubles_with_the_examples_and_ours_stays(net):
    y, t = np.array([1.5, -0.5, 2.0]), np.array([1.0, 1.0, 0.0])
    slide = [np.sum((np.tile(y, k) - np.tile(t, k)) ** 2) / 2 for k in (1, 2)]
    ours = [net.half_squared_error_forward(np.tile(y, k), np.tile(t, k))[0] for k in (1, 2)]
    assert slide[1] == 2 * slide[0]
    assert ours[1] == ours[0]


def test_the_check_list_has_its_ten_words(net):
    assert list(net.words) == [
        "back_propagation",
        "forward_propagation",
        "gradient_descent",
        "fully_connected_layer",
        "activation_function",
        "sigmoid_softmax",
        "cross_entropy_loss",
        "mean_squared_error_loss",
        "prediction_classification",
        "hidden_layer",
    ]
    asked = [cell.source for cell in source.read(find_course().source / f"{NAME}.py").cells if cell.language]
    for number, word in enumerate(net.words, 1):
        assert sum(f"{number}. `{word}`" in text for text in asked) == 2
