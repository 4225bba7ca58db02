"""Tables of 0 and 1: a wrong formula is recognised by its answers, a gate by its sums."""

import numpy as np
import pytest

from gradschool import check

ROWS = [{"x": np.array([-1.0, -2.0]), "w": np.array([2.0, -3.0]), "b": b} for b in (-3.0, -7.0, 5.0, -3.75, -4.0)]


@pytest.fixture(autouse=True)
def in_english():
    check.language("en")


def _fails(action):
    with pytest.raises(check.CheckFailed) as caught:
        action()
    return caught.value


def test_a_right_table_passes_in_one_line(capsys):
    assert check.table("fire", lambda x, w, b: w @ x + b > 0, ROWS) is None
    said = capsys.readouterr()
    assert said.out == "✓ fire: all 5 rows right\n"
    assert said.err == ""


def test_the_wrong_rows_are_shown_with_their_inputs():
    failure = _fails(lambda: check.table("fire", lambda x, w, b: w @ x + b >= 0, ROWS))
    assert failure.mistakes == ("wrong-value",)
    assert "b=-4.0    yours 1.0    expected 0.0" in failure.text
    assert "4 of 5 rows are right" in failure.text
    assert "exactly 0" in failure.text


def test_a_formula_that_fits_nothing_is_not_given_a_name():
    failure = _fails(lambda: check.table("fire", lambda x, w, b: float(b in (-3.0, 5.0)), ROWS))
    assert failure.mistakes == ("wrong-value",)
    assert "?" not in failure.text.split("rows are right")[1].split("The numbers follow none")[0]


@pytest.mark.parametrize(
    ("fire", "mistake"),
    [
        (lambda x, w, b: None, "wrong-type"),
        (lambda x, w, b: "1.0", "wrong-type"),
        (lambda x, w, b: w * x, "wrong-shape"),
        (lambda x, w, b: np.nan, "not-finite"),
        (lambda x, w, b: 1 / 0, "raised"),
    ],
)
def test_type_shape_and_finite_come_before_value(fire, mistake):
    assert _fails(lambda: check.table("fire", fire, ROWS)).mistakes[0] == mistake


def test_a_stub_is_not_attempted():
    def fire(x, w, b):
        raise NotImplementedError

    assert _fails(lambda: check.table("fire", fire, ROWS)).mistakes == ("not-attempted",)


def test_changing_the_caller_is_told_although_every_row_is_right():
    def fire(x, w, b):
        fires = w @ x + b > 0
        x += 1
        return fires

    assert _fails(lambda: check.table("fire", fire, ROWS)).mistakes == ("mutates-input",)


def test_a_gate_is_judged_by_its_table_and_its_margin(capsys):
    check.gate("and_gate", lambda: ([1, 1], -1.5))
    assert "no sum nearer to the threshold than 0.5" in capsys.readouterr().out
    check.gate("and_gate", lambda: (np.array([0.2, 0.2]), -0.3))
    failure = _fails(lambda: check.gate("and_gate", lambda: ([1, 1], -1.05)))
    assert failure.mistakes == ("low-accuracy",)
    assert "x = (0, 1)    sum -0.05    answers 0.0    wanted 0" in failure.text
    assert failure.text.count("←") == 2


@pytest.mark.parametrize(
    ("gate", "mistake", "said"),
    [
        (lambda: ([1, 1], 1.5), "wrong-sign", "like a threshold"),
        (lambda: ([-1, -1], 1.5), "wrong-sign", "wake"),
        (lambda: ([1, 1], -0.5), "wrong-value", "OR"),
        (lambda: ([0, 1], -0.5), "wrong-value", "second input alone"),
        (lambda: ([1, 1], -9.0), "wrong-value", "never fires"),
        (lambda: (-1.5, [1, 1]), "swapped", "(w, b)"),
        (lambda: ([1, 1, -1.5], 0.0), "wrong-shape", "wanted (2,), ()"),
        (lambda: [1, 1, -1.5], "wrong-shape", "list of 3"),
        (lambda: None, "wrong-type", "None"),
        (lambda: (lambda x: x, 0.0), "wrong-type", "function"),
        (lambda: ([np.inf, 1], -1.5), "not-finite", "inf"),
    ],
)
def test_a_wrong_gate_is_told_what_it_is(gate, mistake, said):
    failure = _fails(lambda: check.gate("and_gate", gate))
    assert failure.mistakes == (mistake,)
    assert said in failure.text


def test_a_gate_that_rolls_dice_is_unstable():
    rng = np.random.default_rng(0)
    assert _fails(lambda: check.gate("or_gate", lambda: ([1, 1], -rng.uniform(0.3, 0.7)))).mistakes == (
        "unstable-result",
    )
