"""What a failed check says besides the mistake: who is to be asked, and nothing that does not belong there."""

import linecache
from itertools import count

import numpy as np
import pytest

from gradschool import check
from gradschool.check import report
from gradschool.check.quiz import seal
from gradschool.check.session import _failed, _passed


@pytest.fixture(autouse=True)
def _in_english():
    check.language("en")


_cells = count()


def failed(asked):
    with pytest.raises(check.CheckFailed) as caught:
        asked()
    return caught.value


def cell(code):
    """Run code as a notebook's cell does; return what it defined."""
    name, defined = f"<cell {next(_cells)}>", {}
    linecache.cache[name] = len(code), None, code.splitlines(keepends=True), name
    exec(compile(code, name, "exec"), defined)
    return defined


def test_a_stub_that_a_written_function_calls_is_named():
    made = cell(
        "def mul_forward(x, y):\n    raise NotImplementedError\n\n\n"
        "def fan_out_forward(x, y):\n    return mul_forward(x, y)\n"
    )
    failure = failed(lambda: check.forward("fan_out", made["fan_out_forward"], x=3.0, y=1.0))
    assert failure.mistakes == ("not-attempted",)
    assert failure.text.startswith("○ fan_out_forward calls mul_forward, which is not written yet")
    assert "cell above" not in failure.text


def test_a_stub_itself_is_not_attempted_yet():
    made = cell("def fan_out_forward(x, y):\n    raise NotImplementedError\n")
    failure = failed(lambda: check.forward("fan_out", made["fan_out_forward"], x=3.0, y=1.0))
    assert failure.text.startswith("○ fan_out_forward: not attempted yet")


def test_a_sentence_of_the_exercise_is_not_followed_by_another_about_gradients():
    def path(gradient, w, learning_rate, steps):
        return [w := w - learning_rate * gradient(w) for _ in range(steps)]

    failure = failed(lambda: check.call("gradient_descent", path, lambda w: 2 * w, 4.0, 0.25, 3))
    assert "The start is missing" in failure.text
    assert "A gradient has the shape" not in failure.text


def test_a_gate_that_is_nearly_right_is_not_asked_about_rounding():
    failure = failed(lambda: check.gate("and_gate", lambda: ((1.0, 1.0), -1.01)))
    assert failure.mistakes == ("low-accuracy",)
    assert "rounded" not in failure.text


def test_below_its_box_an_exception_is_one_line():
    failure = failed(lambda: check.call("numerical_derivative", lambda f, x, h: 1.0, lambda x: x**2, 3.0, 0.1))
    assert failure._render_traceback_() == [failure.text]
    failure.boxed = True
    assert failure._render_traceback_() == [failure.text.splitlines()[0]]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1048576.0, "1048576"),
        (0.1, "0.1"),
        (2 / 3, "0.666667"),
        ((3,), "(3,)"),
        ([np.int64(2), np.int64(0)], "[2, 0]"),
        ([(np.ones((40, 2)), np.ones(40)), (np.ones((3, 40)), np.ones(3))], "[((40, 2), (40,)), ((3, 40), (3,))]"),
    ],
)
def test_a_value_is_said_as_a_learner_would_write_it(value, said):
    assert report.plain(value) == said


def test_after_a_new_start_the_progress_view_says_that_it_counts_afresh(capsys):
    before = dict(_passed), dict(_failed)
    _passed.clear()
    _failed.clear()
    check.progress("1_scalar_backprop")
    assert "Run All brings it back" in capsys.readouterr().out
    for kept, old in zip((_passed, _failed), before, strict=True):
        kept.update(old)


def test_numbers_that_numpy_warns_of_are_shown_with_the_warning(capsys):
    check.show(lambda: 1 / (1 + np.exp(np.array([1000.0, -1000.0]))))
    assert capsys.readouterr().out.splitlines() == ["▸ [0.0, 1.0]", "! numpy warned: overflow encountered in exp"]


def test_an_answer_that_is_no_letter_is_told_before_the_check_that_asks_for_it(capsys):
    given = {"back_propagation": "b", "hidden_layer": "2", "gradient_descent": None}
    check.quiz("words", given, back_propagation=seal("back_propagation", "b"))
    assert capsys.readouterr().out.splitlines()[1:] == ["○ no letter a, b, c, d yet: hidden_layer"]


VALUE = """
class Value:
    def __init__(self, data, inputs=()):
        self.data, self.grad, self.inputs = data, 0.0, inputs
    def __add__(self, other):
        raise NotImplementedError
    def __mul__(self, other):
        return self.data * other.value
    def __rmul__(self, other):
        return Value(other * self.data)
    def backward(self):
        self.grad = 2.0
"""


def test_a_graph_is_told_by_its_formula_and_the_learners_own_line():
    value, program = cell(VALUE)["Value"], cell("program = lambda a, b: (2 * a) / b")["program"]
    failure = failed(lambda: check.graph("value", value, lambda a: 2 * a, a=3.0))
    assert "2 * a    at a=3.0" in failure.text
    value.__truediv__ = value.__mul__
    failure = failed(lambda: check.graph("value", value, program, a=3.0, b=1.5))
    assert failure.mistakes == ("raised",)
    assert "in the line  return self.data * other.value" in failure.text


def test_a_method_of_the_graph_that_is_not_written_is_named():
    value = cell(VALUE)["Value"]
    failure = failed(lambda: check.graph("value", value, lambda a, b: a + b, a=3.0, b=1.0))
    assert failure.mistakes == ("not-attempted",)


@pytest.mark.parametrize(("got", "error"), [(3.0, "0.67"), (-15.0, "1")])
def test_the_relative_error_is_the_one_that_notebook_2_teaches(got, error):
    failure = failed(lambda: check.call("numerical_derivative", lambda f, x, h: got, lambda x: 15 * x, 5.0, 0.1))
    assert f"(relative error {error})" in failure.text


@pytest.fixture
def _in_korean(_in_english):
    check.language("ko")
    yield
    check.language("en")


@pytest.mark.usefixtures("_in_korean")
def test_an_axis_is_called_by_its_name_in_the_readers_language():
    def forward(X, W, b):
        return X @ W.T + b, (X, W)

    def backward(dout, cache):
        return dout @ cache[1], dout.T @ cache[0] / 5, dout.sum(axis=0)

    X = np.arange(15.0).reshape(5, 3) / 10
    failure = failed(lambda: check.backward("linear", forward, backward, X=X, W=X[:2] + 1, b=X[0, :2]))
    assert "dW: 나와야 할 값의 5분의 1이에요. X의 0번 축의 크기도 5, 같은 수예요." in failure.text


@pytest.mark.usefixtures("_in_korean")
def test_a_result_without_a_name_is_called_one_in_the_readers_language():
    failure = failed(lambda: check.call("cell_body", lambda x, w, b: 2 * (w @ x + b), np.ones(3), np.ones(3), 0.5))
    assert "cell_body: 결과 값이 달라요" in failure.text
    assert "결과: 나와야 할 값의 2배예요." in failure.text
    assert "result" not in failure.text


def test_one_gradient_agrees_and_several_agree(capsys):
    check.backward("sigmoid_gate", lambda x: (1 / (1 + np.exp(-x)),) * 2, lambda dout, p: dout * p * (1 - p), x=0.5)
    check.backward("mul", lambda x, y: (x * y, (x, y)), lambda dout, by: (dout * by[1], dout * by[0]), x=2.0, y=3.0)
    one, two = capsys.readouterr().out.splitlines()
    assert "dx agrees with" in one
    assert "dx, dy agree with" in two


def test_a_pair_taken_for_an_array_is_told_as_one():
    def forward_pass(x, W1, b1, W2, b2, W3, b3):
        hidden = np.array([W1 @ x + b1, W1 @ x + b1])  # what numpy makes of (out, cache)
        return W3 @ np.tanh(W2 @ hidden + b2) + b3

    random = check.random(7)
    layers = [random(*shape) for shape in ((4, 3), (4, 1), (4, 4), (4, 1), (1, 4), (1, 1))]
    failure = failed(lambda: check.call("forward_pass", forward_pass, random(3, 1), *layers))
    assert failure.mistakes == ("wrong-shape",)
    assert "a pair had been taken for an array" in failure.text
    assert "backward" not in failure.text


def test_sizes_that_do_not_fit_are_told_in_a_learners_words():
    failure = failed(lambda: check.forward("matvec", lambda W, x: (W.T @ x, None), W=np.ones((2, 3)), x=np.ones(3)))
    assert failure.mistakes == ("raised",)
    assert "W=[[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]" in failure.text
    assert "Two sizes that have to be equal are not" in failure.text


def test_gradients_are_counted_and_not_measured():
    failure = failed(
        lambda: check.backward("mul", lambda x, y: (x * y, None), lambda dout, cache: [dout], x=2.0, y=5.0)
    )
    assert "Is one missing, or one too many?" in failure.text
    assert "A gradient has the shape" not in failure.text
