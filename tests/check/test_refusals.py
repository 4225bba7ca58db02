"""A refusal is a ValueError with a reason: nothing else will do."""

import numpy as np
import pytest

from gradschool import check

VERTICAL = {"w": np.array([1.0, 0.0]), "b": 2.0}


@pytest.fixture(autouse=True)
def in_english():
    check.language("en")


def _refuse(error):
    def boundary(w, b):
        raise error

    return boundary


def _mistakes(boundary):
    with pytest.raises(check.CheckFailed) as caught:
        check.refuses("boundary", boundary, **VERTICAL)
    return caught.value.mistakes


def test_a_reason_is_repeated(capsys):
    assert check.refuses("boundary", _refuse(ValueError("w[1] is 0")), **VERTICAL) is None
    assert capsys.readouterr().out == "✓ boundary: refuses, and says why: w[1] is 0\n"


def test_an_error_of_the_learners_own_kind_will_do():
    class NoLine(ValueError):
        pass

    check.refuses("boundary", _refuse(NoLine("vertical")), **VERTICAL)


@pytest.mark.parametrize(
    ("boundary", "mistake"),
    [
        (_refuse(ValueError), "wrong-value"),
        (_refuse(ValueError("  ")), "wrong-value"),
        (_refuse(ZeroDivisionError("division by zero")), "raised"),
        (_refuse(NotImplementedError), "not-attempted"),
        (lambda w, b: None, "wrong-type"),
        (lambda w, b: (-w[0] / w[1], -b / w[1]), "not-finite"),
        (lambda w, b: (0.0, 0.0), "wrong-value"),
        (lambda w, b: np.inf, "not-finite"),
        (lambda w, b: "vertical", "wrong-value"),
        (lambda w, b: ("vertical", 2.0), "wrong-value"),
    ],
)
def test_anything_else_is_told(boundary, mistake):
    assert _mistakes(boundary) == (mistake,)
