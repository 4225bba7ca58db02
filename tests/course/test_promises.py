import pytest

from gradschool.course import promises


def told(code: str) -> list[str]:
    return [f"{line + 1}: {text}" for line, text in promises.broken(code)]


def function(docstring: str, body: str, signature: str = "f(dout, cache)") -> str:
    lines = "\n".join(f"    {line}" for line in docstring.split("\n"))
    body = "\n".join(f"    {line}" for line in body.split("\n"))
    return f'def {signature}:\n    """What it does.\n\n{lines}\n    """\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION\n'


@pytest.mark.parametrize(
    ("docstring", "body"),
    [
        ("dout, cache : float\nReturns (dx, dy), both float.", "x, y = cache\nreturn dout * y, dout * x"),
        ("Returns (dx, dy).", "dx, dy = cache\nreturn dx, dy"),
        ("Returns (dx, dy).", "return other(dout)"),
        ("Returns (dx, dy).", "return dout"),
        ("Returns (dx, dy).", "def inner():\n    return 1, 2, 3\nreturn inner()[:2]"),
        ("Returns (dx, dy).", "return (*cache, dout)"),
        ("Returns dx: float.", "return dout"),
        ("Note: this is prose, as long as no blank stands before the colon.", "return dout"),
        ("dout : float\nReturns a dict.\nname : what a value is called", "return {}"),
        ("Returns the values, one by one.", "yield dout"),
    ],
)
def test_a_kept_promise_is_not_complained_of(docstring: str, body: str) -> None:
    assert told(function(docstring, body)) == []


@pytest.mark.parametrize(
    ("docstring", "body", "said"),
    [
        ("dout, x : float", "return dout", ["4: f: the docstring speaks of x, which is no parameter"]),
        ("Returns (dx, dy).", "return 1.0", ["7: f: returns one value where the docstring says (dx, dy)"]),
        ("Returns (dx, dy).", "return 1, 2, 3", ["7: f: returns 3 values where the docstring says (dx, dy)"]),
        ("Returns (dx, dy).", "return dy, dx", ["7: f: returns dy as value 1 where the docstring says (dx, dy)"]),
        ("Returns dx: float.", "return 1, 2", ["7: f: returns 2 values where the docstring says dx"]),
        ("Returns dx.", "dout += 1", ["1: f: the docstring says what it returns, and the solution returns nothing"]),
    ],
)
def test_a_broken_promise_is_told(docstring: str, body: str, said: list[str]) -> None:
    assert told(function(docstring, body)) == said


def test_methods_keep_their_promises_too() -> None:
    method = function("other : Value\nReturns (a, b).", "return 1, 2, 3", "add(self, others)")
    code = "class Value:\n" + "\n".join(f"    {line}" for line in method.split("\n"))
    assert told(code) == [
        "5: Value.add: the docstring speaks of other, which is no parameter",
        "9: Value.add: returns 3 values where the docstring says (a, b)",
    ]


def test_what_a_learner_is_given_is_not_defined_anew() -> None:
    given = function("Returns dout.", "return dout")
    anew = "### BEGIN SOLUTION\ndef f(dout, cache, more):\n    return dout\n### END SOLUTION\n"
    assert told(given + anew) == ["10: the solution defines f anew, which the learner is given"]


def test_a_helper_of_the_solutions_own_promises_nobody_anything() -> None:
    helper = '### BEGIN SOLUTION\ndef helper():\n    """Returns (a, b)."""\n    return 1\n### END SOLUTION\n'
    assert told(helper + function("Returns dout.", "return dout")) == []
