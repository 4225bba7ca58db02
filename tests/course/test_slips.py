"""Every slip by itself: what it makes of a line, and that a mutant is Python."""

import ast

import pytest

from gradschool.course.slips import SLIPS, mutants


def made(code, slip):
    return {each.code for each in mutants(code) if each.slip == slip}


CASES = [
    ("a factor, divisor or power dropped", "d = a * b", {"d = a", "d = b"}),
    ("a factor, divisor or power dropped", "d = a / b", {"d = a"}),
    ("a factor, divisor or power dropped", "d = a ** 2", {"d = a"}),
    ("a sign flipped", "d = a + b", {"d = a - b"}),
    ("a sign flipped", "d = -a", {"d = a"}),
    ("a sign flipped", "d -= a", {"d += a"}),
    ("a sign flipped", "d = a * b * c", {"d = -(a * b * c)"}),
    ("two operands exchanged", "d = a @ b", {"d = b @ a"}),
    ("two operands exchanged", "d = np.outer(a, b)", {"d = np.outer(b, a)"}),
    ("two operands exchanged", "d = np.where(m, a, b)", {"d = np.where(m, b, a)"}),
    ("two values swapped", "def f():\n    return (a, b, c)", {"def f():\n    return (b, a, c)", "def f():\n    return (a, c, b)"}),
    ("two values swapped", "x, y = cache", {"y, x = cache"}),
    ("another function", "d = a.sum()", {"d = a.mean()"}),
    ("another function", "d = np.maximum(0, a)", {"d = np.minimum(0, a)"}),
    ("a function left out", "d = np.abs(a)", {"d = a"}),
    ("a function left out", "d = a.copy()", {"d = a"}),
    ("a transpose dropped", "d = a.T", {"d = a"}),
    ("a transpose dropped", "d = a.transpose()", {"d = a"}),
    ("set, not added to", "d += a", {"d = a"}),
    ("set, not added to", "d = d + a", {"d = a"}),
    ("changed in place", "d = d * a", {"d *= a"}),
    ("a comparison turned", "d = a > 0", {"d = a < 0", "d = a >= 0"}),
    ("a comparison turned", "d = a == 0", {"d = a != 0"}),
    ("a case left out", "d = a if m else b", {"d = a", "d = b", "d = b if m else a"}),
    ("a case left out", "d = a and b", {"d = a or b", "d = a", "d = b"}),
    ("a case left out", "if m:\n    d = 1", {"if True:\n    d = 1", "if False:\n    d = 1"}),
    ("off by one", "d = a[1]", {"d = a[2]", "d = a[0]"}),
    ("off by one", "d = range(n)", {"d = range(n - 1)", "d = range(n + 1)"}),
    ("off by one", "for a in b:\n    pass", {"for a in list(b)[1:]:\n    pass", "for a in list(b)[:-1]:\n    pass"}),
    ("another axis", "d = a.sum(axis=0)", {"d = a.sum()", "d = a.sum(axis=1)", "d = a.sum(axis=-1)"}),
    ("another axis", "d = a.sum(keepdims=True)", {"d = a.sum()"}),
    ("another letter", "d = 'b'", {"d = 'c'"}),
    ("a line left out", "d.append(a)", {"pass"}),
    ("a line left out", "d[0] = a", {"pass"}),
    ("returned too early", "def f():\n    for a in b:\n        d = a\n    return d", {"def f():\n    for a in b:\n        d = a\n        return d\n    return d"}),
]  # fmt: skip


@pytest.mark.parametrize(("slip", "code", "expected"), CASES)
def test_a_slip_makes_of_a_line_what_a_learner_would(slip, code, expected):
    assert made(code, slip) == expected


def test_every_slip_has_a_case():
    assert {slip for slip, _code, _expected in CASES} == set(SLIPS)


CODE = '''
def linear_backward(dout, cache):
    """Return dX, dW and db."""
    X, W = cache
    return dout @ W, dout.T @ X, dout.sum(axis=0)
'''


def test_no_mutant_comes_twice_and_none_is_the_answer_itself():
    found = [each.code for each in mutants(CODE)]
    assert len(set(found)) == len(found) > 10
    assert ast.unparse(ast.parse(CODE)) not in found
    for code in found:
        compile(code, "<mutant>", "exec")


def test_a_mutant_knows_its_slip_and_its_line():
    (mutant,) = (each for each in mutants(CODE) if each.slip == "a transpose dropped")
    assert (mutant.line, str(mutant)) == (5, "a transpose dropped, line 5")


def test_a_docstring_is_left_alone():
    assert mutants('def f():\n    """Add 1 to a * b."""') == []
