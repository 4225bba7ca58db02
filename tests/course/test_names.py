import pytest

from gradschool.course import names


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("x = 1", {"x"}),
        ("def f(a):\n    b = a\n    return b", {"f"}),
        ("class C:\n    d = 1\n    def m(self): self.e = 2", {"C"}),
        ("import numpy.linalg\nfrom math import exp as e", {"numpy", "e"}),
        ("for i, (j, k) in pairs: pass", {"i", "j", "k"}),
        ("if (n := 3) > 2: pass", {"n"}),
        ("squares = [q for q in range(3)]", {"squares"}),
        ("with a as b: pass", {"b"}),
        ("def f():\n    global g\n    g = 1", {"f", "g"}),
        ("x: int = 1", {"x"}),
        ("f(x)", set()),
    ],
)
def test_names_made_are_those_a_later_cell_can_use(code: str, made: set[str]) -> None:
    assert names.made(code) >= made
    assert {name for name in names.made(code) if not name.startswith("__")} == made


@pytest.mark.parametrize(
    ("code", "taken"),
    [
        ("check.backward('mul', mul_forward, x=-2.0)", {"check", "mul_forward"}),
        ("y = f(1)\nassert y == g(y)", {"f", "g"}),
        ("def h(x):\n    return f(x) + x\nh(2)", {"f"}),
        ("[f(x) for x in range(3)]", {"f"}),
        ("class C(Base):\n    a = f\n    b = a", {"Base", "f"}),
        ("check.call(lambda w: 2 * w * scale)", {"check", "scale"}),
        ("value.data", {"value"}),
        ("print(len([]))", set()),
        ("def f(a=default): return a", {"default"}),
        ("del table", {"table"}),
        ("x: Kind = 1", {"Kind"}),
    ],
)
def test_names_taken_are_those_nobody_else_makes(code: str, taken: set[str]) -> None:
    assert names.taken(code) == taken


def test_what_is_given_is_not_taken() -> None:
    assert names.taken("check.call(f, np.ones(2))", {"check", "np"}) == {"f"}


def test_a_key_says_what_each_check_takes() -> None:
    def cell(cell_id: str, code: str, **grading: object) -> dict[str, object]:
        return {"id": cell_id, "source": code, "metadata": {"nbgrader": {"grade_id": cell_id, **grading}}}

    key = {
        "cells": [
            cell("setup", "%pip install x\nimport numpy as np"),
            cell("f", "def f(x): return x", solution=True, grade=False),
            cell("f-check", "draws = np.ones(3)\nassert f(draws) is draws", grade=True),
            cell("f-hidden", ["assert f(draws)\n", "assert g"], grade=True),
        ]
    }
    assert names.taken_by_checks(key) == {"f-check": {"f"}, "f-hidden": {"f", "g"}}
