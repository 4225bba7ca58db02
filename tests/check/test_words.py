"""What a failed check says besides the mistake: who is to be asked, and nothing that does not belong there."""

import numpy as np
import pytest

from gradschool import check
from gradschool.check import report
from gradschool.check.session import _failed, _passed


@pytest.fixture(autouse=True)
def _in_english():
    check.language("en")


def failed(asked):
    with pytest.raises(check.CheckFailed) as caught:
        asked()
    return caught.value


def cell(code):
    """Run code as a notebook's cell does; return what it defined."""
    defined = {}
    exec(compile(code, "<cell>", "exec"), defined)
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
