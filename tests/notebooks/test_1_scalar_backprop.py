import math

import autograd
import autograd.numpy as anp
import pytest
from hypothesis import given
from hypothesis import strategies as st

NAME = "1_scalar_backprop"

# The same functions in the words of a library that nobody here wrote.
TWINS = {
    "sum_times": (lambda x, y, z: (x + y) * z, 3),
    "add": (lambda x, y: x + y, 2),
    "mul": (lambda x, y: x * y, 2),
    "max": (lambda x, y: anp.maximum(x, y), 2),
    "neuron_graph": (lambda w0, x0, w1, x1, w2: 1 / (1 + anp.exp(-(w0 * x0 + w1 * x1 + w2))), 5),
    "sigmoid": (lambda x: 1 / (1 + anp.exp(-x)), 1),
    "fan_out": (lambda x, y: (x + y) * anp.maximum(x, y), 2),
}
number = st.floats(-1.2, 1.2).filter(lambda x: abs(x) > 1e-3)


@pytest.mark.parametrize("name", TWINS)
@given(numbers=st.lists(number, min_size=5, max_size=5, unique=True), dout=number)
def test_gradients_of_the_solutions_agree_with_autograd(name, numbers, dout, solution_1):
    twin, inputs = TWINS[name]
    forward, backward = getattr(solution_1, f"{name}_forward"), getattr(solution_1, f"{name}_backward")
    numbers = numbers[:inputs]
    out, cache = forward(*numbers)
    gradients = backward(dout, cache)
    assert out == pytest.approx(twin(*numbers), rel=1e-12)
    expected = [dout * autograd.grad(twin, i)(*numbers) for i in range(inputs)]
    assert (gradients if inputs > 1 else [gradients]) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "twin", "constants"),
    [
        ("exp", anp.exp, ()),
        ("reciprocal", lambda x: 1 / x, ()),
        ("shift", lambda x, c: c + x, (4.0,)),
        ("scale", lambda x, a: a * x, (-2.5,)),
    ],
)
def test_the_four_lines_of_the_table_agree_with_autograd(name, twin, constants, solution_1):
    out, cache = getattr(solution_1, f"{name}_forward")(1.3, *constants)
    assert out == pytest.approx(twin(1.3, *constants))
    gradient = getattr(solution_1, f"{name}_backward")(0.7, cache)
    assert gradient == pytest.approx(0.7 * autograd.grad(twin)(1.3, *constants), rel=1e-12)


def test_value_graphs_agree_with_autograd(solution_1):
    def program(a, b, exp):
        c = a * b + 2 * a - 1 / b
        d = exp(c / 3) * c
        return d - (-a) / (c * c) + 5 - b

    value = solution_1.Value
    a, b = value(0.8), value(-1.7)
    out = program(a, b, lambda v: v.exp())
    out.backward()
    twin = [autograd.grad(lambda a, b: program(a, b, anp.exp), i)(0.8, -1.7) for i in range(2)]
    assert out.data == pytest.approx(program(0.8, -1.7, math.exp))
    assert [a.grad, b.grad] == pytest.approx(twin, rel=1e-10)


def test_descent_and_chain_rule_agree_with_autograd(solution_1):
    path = solution_1.gradient_descent(autograd.grad(lambda w: w**4 - w), 1.4, 0.05, 3)
    w = 1.4
    for step in path:
        assert step == pytest.approx(w)
        w -= 0.05 * (4 * w**3 - 1)
    functions = [anp.sin, lambda u: u**3, anp.exp]
    slope = solution_1.chain_rule(functions, [autograd.grad(f) for f in functions], 0.9)
    assert slope == pytest.approx(autograd.grad(lambda x: anp.exp(anp.sin(x) ** 3))(0.9))


def test_the_lectures_worked_numbers_hold(solution_1):
    out, cache = solution_1.neuron_graph_forward(2.0, -1.0, -3.0, -2.0, -3.0)
    assert round(out, 2) == 0.73
    gradients = [round(gradient, 2) for gradient in solution_1.neuron_graph_backward(1.0, cache)]
    assert gradients == [-0.20, 0.39, -0.39, -0.59, 0.20]
    f, cache = solution_1.sum_times_forward(-2.0, 5.0, -4.0)
    assert (f, *solution_1.sum_times_backward(1.0, cache)) == (-12.0, -4.0, -4.0, 3.0)


@pytest.fixture(scope="module")
def solution_1(solution):
    return solution(NAME)
