import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from gradschool import check, reference

NAME = "2_vector_backprop"

number = st.floats(-2.5, 2.5).filter(lambda x: abs(x) > 1e-2)
size = st.integers(1, 5)


def array(*shape):
    return npst.arrays(np.float64, shape, elements=number)


@st.composite
def layer(draw):
    N, D, M = draw(size), draw(size), draw(size)
    return draw(array(N, D)), draw(array(M, D)), draw(array(M)), draw(array(N, M))


@pytest.fixture(autouse=True)
def _no_numpy_warning():
    with np.errstate(all="raise"):
        yield


def _pulled_back(twin, inputs, dout):
    return [autograd.grad(lambda *each: anp.sum(dout * twin(*each)), i)(*inputs) for i in range(len(inputs))]


def _agree(gradients, expected):
    assert len(gradients) == len(expected)
    for gradient, want in zip(gradients, expected, strict=True):
        assert np.shape(gradient) == np.shape(want)
        np.testing.assert_allclose(gradient, want, rtol=1e-9, atol=1e-10)


@given(layer())
def test_matvec_agrees_with_autograd(vector, example):
    X, W, _, dout = example
    q, cache = vector.matvec_forward(W, X[0])
    np.testing.assert_allclose(q, W.dot(X[0]))
    _agree(vector.matvec_backward(dout[0], cache), _pulled_back(anp.dot, (W, X[0]), dout[0]))


@given(layer(), number)
def test_norm_squared_agrees_with_autograd(vector, example, df):
    X, W, _, _ = example

    def twin(W, x):
        return anp.sum(anp.dot(W, x) ** 2)

    f, cache = vector.norm_squared_forward(W, X[0])
    assert f == pytest.approx(twin(W, X[0]))
    _agree(vector.norm_squared_backward(df, cache), _pulled_back(twin, (W, X[0]), df))


@given(layer())
def test_linear_agrees_with_autograd(vector, example):
    *inputs, dout = example

    def twin(X, W, b):
        return anp.dot(X, W.T) + b

    Y, cache = vector.linear_forward(*inputs)
    np.testing.assert_allclose(Y, twin(*inputs))
    _agree(vector.linear_backward(dout, cache), _pulled_back(twin, inputs, dout))


@given(array(5), array(5))
def test_relu_agrees_with_autograd_with_and_without_its_matrix(vector, x, dout):
    out, cache = vector.relu_forward(x)
    np.testing.assert_array_equal(out, np.maximum(0, x))
    J = vector.relu_jacobian(x)
    np.testing.assert_array_equal(J, autograd.jacobian(lambda x: anp.maximum(0.0, x))(x))
    np.testing.assert_allclose(vector.relu_backward(dout, cache), J.T @ dout)


@given(st.data())
def test_unbroadcast_agrees_with_autograd(vector, data):
    shape = data.draw(npst.array_shapes(min_dims=0, max_dims=3, max_side=4))
    (_, wide) = data.draw(npst.mutually_broadcastable_shapes(num_shapes=1, base_shape=shape, max_dims=4, max_side=4))
    gradient = data.draw(array(*wide))
    expected = autograd.grad(lambda x: anp.sum(gradient * (x + anp.zeros(wide))))(np.zeros(shape))
    _agree([vector.unbroadcast(gradient, shape)], [expected])


def test_what_is_measured_agrees_with_autograd(vector):
    def f(x):
        return anp.sum(anp.sin(x) * x**2)

    def g(x):
        return anp.array([x[0] * x[1], anp.exp(x[2]), x[1] ** 2 - x[0]])

    for x in (np.array([[0.3, -1.2, 2.0], [0.7, 0.1, -0.4]]), np.array([[[1, 2], [3, 4]]]), np.array([0.5])):
        before = x.copy()
        expected = autograd.grad(f)(x.astype(float))
        np.testing.assert_allclose(vector.numerical_gradient(f, x), expected, rtol=1e-6, atol=1e-8)
        np.testing.assert_array_equal(x, before)
    x = np.array([0.3, -1.2, 0.8])
    np.testing.assert_allclose(vector.numerical_jacobian(g, x), autograd.jacobian(g)(x), rtol=1e-6, atol=1e-8)


def test_a_gradient_of_twelve_numbers_takes_twenty_four_calls(vector):
    calls = []
    vector.numerical_gradient(lambda x: calls.append(1) or 0.0, np.ones((3, 4)))
    assert len(calls) == 24


@given(number, array(2))
def test_the_four_kinds_agree_with_autograd(vector, x, v):
    assert vector.line_derivative(x) == autograd.grad(lambda x: 3 * x + 4)(x)
    _agree(
        [vector.curve_jacobian(x), vector.surface_gradient(v), vector.map_jacobian(v)],
        [
            autograd.jacobian(lambda x: anp.array([2 * x + 3, 3 * x**2 + 4 * x]))(x),
            autograd.grad(lambda x: 3 * x[0] ** 2 + 4 * x[0] * x[1])(v),
            autograd.jacobian(lambda x: anp.array([2 * x[0] + 4 * x[1] ** 2, 3 * x[0] * x[1] + 6 * x[1]]))(v),
        ],
    )


def test_the_learners_own_ruler_finds_both_of_the_slides_slips(vector, capsys):
    check.beside(lambda: vector.numerical_jacobian(lambda v: vector.curve(v[0]), np.array([2.0])), [[2.0], [12.0]])
    assert capsys.readouterr().out.splitlines()[2:] == ["≠ at [1, 0]:  yours 16.0, beside it 12.0"]
    check.beside(lambda: vector.numerical_jacobian(vector.plane_map, np.array([1.0, 2.0])), [[2.0, 6.0], [16.0, 9.0]])
    assert capsys.readouterr().out.splitlines()[2:] == [
        "≠ at [0, 1]:  yours 16.0, beside it 6.0",
        "≠ at [1, 0]:  yours 6.0, beside it 16.0",
    ]


@given(npst.arrays(np.float64, (2, 3, 2), elements=st.floats(-1e9, 1e9) | st.just(0.0)))
def test_relative_error_is_between_0_and_1_and_symmetric(vector, pair):
    a, n = pair
    error = vector.relative_error(a, n)
    assert 0 <= error <= 1
    assert error == vector.relative_error(n, a)
    assert vector.relative_error(a, a) == 0
    if np.any(a):
        assert vector.relative_error(a, -a) == 1
    assert error == pytest.approx(reference.relative_error(a, n))


def test_fit_linear_agrees_with_descent_by_autograd(vector):
    rng = np.random.default_rng(8)
    X, T, W, b = rng.normal(size=(6, 3)), rng.normal(size=(6, 2)), rng.normal(size=(2, 3)), rng.normal(size=2)
    kept = [each.copy() for each in (X, T, W, b)]

    def cost(W, b):
        return anp.sum((anp.dot(X, W.T) + b - T) ** 2) / (2 * len(X))

    got = vector.fit_linear(X, T, W, b, 0.2, 7)
    for each, before in zip((X, T, W, b), kept, strict=True):
        np.testing.assert_array_equal(each, before)
    losses = []
    for _ in range(7):
        losses.append(cost(W, b))
        W, b = W - 0.2 * autograd.grad(cost, 0)(W, b), b - 0.2 * autograd.grad(cost, 1)(W, b)
    np.testing.assert_allclose(got[0], W)
    np.testing.assert_allclose(got[1], b)
    assert got[2] == pytest.approx(losses)
    assert losses == sorted(losses, reverse=True)


def test_learning_finds_the_layer_that_made_the_data(vector):
    (_, W), (_, b), (_, first, last) = vector.learn()
    np.testing.assert_allclose(W, [[2.0, -1.0]])
    np.testing.assert_allclose(b, [0.5])
    assert last < 1e-12 < first


def test_the_lectures_worked_numbers_hold(vector):
    W, x = np.array([[0.1, 0.5], [-0.3, 0.8]]), np.array([0.2, 0.4])
    q, _ = vector.matvec_forward(W, x)
    f, cache = vector.norm_squared_forward(W, x)
    dW, dx = vector.norm_squared_backward(1.0, cache)
    np.testing.assert_allclose(q, [0.22, 0.26])
    assert f == pytest.approx(0.116)
    np.testing.assert_allclose(dW, [[0.088, 0.176], [0.104, 0.208]])
    np.testing.assert_allclose(dx, [-0.112, 0.636])
    assert round((100 * 4096) ** 2 * 8 / 1e12, 2) == 1.34


@pytest.fixture(scope="module")
def vector(solution):
    return solution(NAME)
