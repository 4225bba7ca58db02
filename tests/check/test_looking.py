import numpy as np
import pytest

from gradschool import check


@pytest.fixture(autouse=True)
def _in_english():
    check.language("en")


def unwritten():
    raise NotImplementedError


def stopped():
    raise ValueError("no such shape")


def said(capsys):
    return capsys.readouterr().out.splitlines()


def test_what_is_not_written_yet_is_said_calmly(capsys):
    check.show(unwritten)
    check.beside(unwritten, [1.0])
    assert [line[:9] for line in said(capsys)] == ["○ Not yet"] * 2


def test_what_stops_is_said_in_a_line(capsys):
    check.show(stopped)
    check.beside(stopped, [1.0])
    assert said(capsys) == ["○ Not yet: ValueError: no such shape"] * 2


def test_results_are_shown_with_few_digits(capsys):
    check.show(lambda: (np.array([[1.23456789, -0.0]]), 3e-12, 0.5, 7, "done"))
    assert said(capsys) == ["▸ [[1.2346, 0.0]], 3e-12, 0.5, 7, done"]


def test_a_list_of_rows_stands_row_by_row(capsys):
    check.show(lambda: [(1, 0.69314), ("W", np.array([2.0, -1.0]))])
    assert said(capsys) == ["▸ 1, 0.6931", "▸ W, [2.0, -1.0]"]


def test_only_entries_that_differ_are_marked(capsys):
    check.beside(lambda: [[1.00000001, 2.0], [3.0, 4.0]], [[1.0, 2.5], [3.0, 4.0]])
    assert said(capsys) == [
        "yours:      [[1.0, 2.0], [3.0, 4.0]]",
        "beside it:  [[1.0, 2.5], [3.0, 4.0]]",
        "≠ at [0, 1]:  yours 2.0, beside it 2.5",
    ]


def test_agreement_is_said(capsys):
    check.beside(lambda: np.array([0.1]), [0.1])
    assert said(capsys)[-1] == "= in every entry"


@pytest.mark.parametrize(("measured", "came"), [(np.zeros((2, 1)), "shape (2, 1)"), ("twelve", "no array of numbers")])
def test_another_shape_is_told_before_any_number(measured, came, capsys):
    check.beside(lambda: measured, [1.0, 2.0])
    assert said(capsys) == [f"○ Not yet: yours gives {came}, what is held against it has shape (2,)."]
