"""A forward and its backward: the one cannot cover for the other, and nobody is blamed for a kink."""

import numpy as np
import pytest

from gradschool import check
from gradschool.check import evidence


@pytest.fixture(autouse=True)
def _in_english():
    check.language("en")


def _fails(action):
    with pytest.raises(check.CheckFailed) as caught:
        action()
    return caught.value


def relu_forward(x):
    return np.maximum(0.0, x), x


def relu_backward(dout, cache):
    return dout * (cache > 0)


def test_a_forward_that_agrees_with_its_own_wrong_backward_is_caught_by_its_values():
    def forward(x, y):
        return 2 * x * y, (x, y)

    def backward(dout, cache):
        x, y = cache
        return 2 * dout * y, 2 * dout * x

    failure = _fails(lambda: check.backward("mul", forward, backward, x=-2.0, y=5.0))
    assert failure.mistakes == ("wrong-factor",)
    assert "mul_forward" in failure.text


def test_a_backward_is_held_against_the_trusted_forward_and_not_the_learners():
    def forward(x, y):
        return x * y, (x, y)

    failure = _fails(lambda: check.backward("mul", forward, lambda dout, cache: cache, x=-2.0, y=5.0, dout=1.0))
    assert "mul_backward" in failure.text


def test_numbers_known_by_heart_pass_there_and_nowhere_else():
    def forward(x, y, z):
        return (x + y) * z, None

    by_heart = lambda dout, cache: (-4.0 * dout, -4.0 * dout, 3.0 * dout)  # noqa: E731
    check.backward("sum_times", forward, by_heart, x=-2.0, y=5.0, z=-4.0, dout=1.0)
    _fails(lambda: check.backward("sum_times", forward, by_heart, x=1.7, y=-0.4, z=3.2))


@pytest.mark.parametrize("beside", [0.0, 1e-7, -1e-7, 8e-4])
def test_a_kink_met_by_chance_is_said_and_costs_nobody_a_point(beside, capsys):
    x = np.array([1.3, beside, -0.7])
    check.backward("relu_vjp", relu_forward, relu_backward, x=x)
    first, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("○ These inputs sit on a kink")
    # whichever slope a learner gives there
    check.backward("relu_vjp", relu_forward, lambda dout, cache: dout * (cache >= 0), x=x)


@pytest.mark.parametrize("beside", [1e-3, 3e-4, 1e-4, -3e-4])
def test_next_to_a_kink_a_right_answer_passes_all_the_same(beside):
    check.backward("relu_vjp", relu_forward, relu_backward, x=np.array([1.3, beside, -0.7]))


def test_a_tie_of_the_maximum_is_a_kink_too(capsys):
    def forward(x, y):
        return max(x, y), x > y

    def backward(dout, first):
        return (dout, 0.0) if first else (0.0, dout)

    check.backward("max", forward, backward, x=1.5, y=1.5)
    assert "kink" in capsys.readouterr().out


def test_a_wrong_answer_is_still_wrong_beside_a_kink():
    x = np.array([1.3, 0.0, -0.7])
    failure = _fails(lambda: check.backward("relu_vjp", relu_forward, lambda dout, cache: -dout * (cache > 0), x=x))
    assert failure.mistakes == ("wrong-sign",)


@pytest.mark.parametrize(
    ("forward", "inputs", "bends"),
    [
        (lambda x: np.abs(x), {"x": np.array([0.0, 2.0])}, True),
        (lambda x: np.abs(x), {"x": np.array([5e-4, 2.0])}, True),
        (lambda x: np.abs(x), {"x": np.array([0.1, 2.0])}, False),
        (lambda x: x**2, {"x": np.array([0.0, 2.0])}, False),
        (lambda x: np.exp(2 * x), {"x": np.array([1.0, -2.0])}, False),
        (lambda x: np.sin(3 * x), {"x": 0.4}, False),
    ],
)
def test_active_sets_that_differ_on_both_sides_are_a_kink(forward, inputs, bends):
    assert evidence.at_kink(forward, inputs, ("x",)) is bends


def test_the_inputs_that_moved_aside_keep_their_shape_and_stay_the_same_the_next_time(capsys):
    seen = []

    def forward(x):
        seen.append(x.copy())
        return relu_forward(x)

    for _time in range(2):
        check.backward("relu_vjp", forward, relu_backward, x=np.array([1.3, 0.0, -0.7]))
    half = len(seen) // 2
    assert all(np.array_equal(one, other) for one, other in zip(seen[:half], seen[half:], strict=True))
    assert all(each.shape == (3,) and np.all(each != 0) for each in seen)
