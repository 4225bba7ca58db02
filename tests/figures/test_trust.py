"""The learner's function draws when it is right, kindly read, and the reference otherwise."""

import numpy as np
import pytest

from gradschool import language, numeric
from gradschool.figures import trust
from gradschool.figures.trust import Borrowed, BorrowedCurve, BorrowedPair, real, verdict

PROBES = [(1.0,), (2.5,)]


def double(x: float) -> float:
    return 2 * x


def borrowed(theirs: object) -> Borrowed:
    return Borrowed("double", theirs, double, PROBES, real)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "theirs", [double, lambda x: np.float64(2 * x), lambda x: np.array([2 * x]), lambda x: [2 * x]]
)
def test_a_right_answer_in_any_clothes_draws(theirs: object) -> None:
    assert borrowed(theirs).yours


@pytest.mark.parametrize("theirs", [lambda x: x, lambda x: 2 * x + 1e-3, lambda x: 2 if x == 1 else x])
def test_a_wrong_answer_does_not(theirs: object) -> None:
    function = borrowed(theirs)
    assert not function.yours
    assert function(4.0) == 8.0
    assert "does not agree" in verdict([function])


def test_a_probe_can_be_passed_by_a_function_that_fails_later_and_is_then_left() -> None:
    function = borrowed(lambda x: 2 * x if x < 3 else "no")
    assert function.yours
    assert function(4.0) == 8.0
    assert not function.yours
    assert "cannot be drawn" in verdict([function])


def test_what_keeps_two_functions_from_drawing_is_named_once() -> None:
    def unwritten(x: float) -> float:
        raise NotImplementedError

    assert verdict([borrowed(unwritten), borrowed(unwritten)]).count("is not written yet") == 1


def test_nothing_that_is_handed_over_can_be_changed() -> None:
    def careless(x: np.ndarray) -> float:
        x += 1
        return float(x[0])

    x = np.zeros(1)
    Borrowed("careless", careless, lambda x: 1.0, [], real)(x)
    assert x[0] == 0


def test_a_pair_is_held_against_measured_gradients() -> None:
    right = (lambda x, y: (x * y, (x, y))), (lambda dout, cache: [dout * cache[1], dout * cache[0]])
    wrong = right[0], (lambda dout, cache: cache)  # the upstream gradient is missing
    probes = [(1.7, 2.0, -3.0)]
    assert BorrowedPair("f", "b", right, lambda x, y: x * y, probes).yours
    assert not BorrowedPair("f", "b", wrong, lambda x, y: x * y, probes).yours


def test_the_half_of_a_pair_that_broke_is_named() -> None:
    def unwritten(*_: object) -> None:
        raise NotImplementedError

    forward = (lambda x: (x, None)), unwritten
    pair = BorrowedPair("f_forward", "f_backward", forward, lambda x: x, [(1.0, 2.0)])
    assert "<code>f_backward</code> is not written yet" in verdict([pair])


def test_a_curve_may_be_asked_in_any_shape() -> None:
    curve = BorrowedCurve("f", "b", None, np.sin, [])
    x = np.linspace(-1, 1, 6).reshape(2, 3)
    out, dx = curve(np.full((2, 3), 2.0), x)
    assert np.allclose(out, np.sin(x))
    assert np.allclose(dx, 2 * np.cos(x))


def test_slope_is_the_numeric_derivative_at_each_entry() -> None:
    x = np.array([0.2, 0.7])
    assert np.allclose(trust.slope(np.exp, x), [numeric.derivative(np.exp, v) for v in x])


def test_a_learners_message_cannot_write_into_the_page() -> None:
    def nasty(x: float) -> float:
        raise ValueError("<script>alert(1)</script>")

    assert "<script>" not in verdict([borrowed(nasty)])


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_every_reason_has_its_sentence(code: str) -> None:
    language.use(code)
    for reason in trust._WHY:
        function = borrowed(None)
        function.problem = (reason, "detail")
        assert "double" in verdict([function])


def test_floating_point_warnings_stay_quiet() -> None:
    assert not borrowed(lambda x: float(np.float64(1) / np.zeros(1)[0])).yours
