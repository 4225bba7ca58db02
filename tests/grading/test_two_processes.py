"""What a check can do with what lives in the learner's process, and what it cannot."""

import homework
import pytest
from homework import checks, exercise, handed_in, key, scores


def grade_one(warm, body, check, *, arguments="x", given=(), answers=None, setup=homework.SETUP):
    """Grade one exercise `answer`, filled in with `body` and checked by `check`; hand back its check's result."""
    one = key(exercise("answer", body, check, "pass", arguments), given=given, setup=setup)
    return checks(warm.grade(one, handed_in(one, answers)))["answer-check"]


PASSES = {
    "numbers": ("return x + 0.1", "assert answer(0.2) == 0.2 + 0.1"),
    "negative zero": ("return -0.0", "import math\nassert math.copysign(1, answer(1)) == -1"),
    "not a number": ("return float('nan'), float('-inf')", "a, b = answer(1)\nassert a != a and b == -np.inf"),
    "large integers": ("return x ** 100", "assert answer(12345) == 12345 ** 100"),
    "booleans stay booleans": ("return x > 1", "assert answer(2) is True"),
    "complex": ("return x * 1j", "assert answer(2.0) == 2j"),
    "strings": ("return x + '가\\ud800'", "assert answer('나') == '나가\\ud800'"),
    "None": ("return None", "assert answer(1) is None"),
    "numpy scalars": (
        "return np.float32(x)",
        "got = answer(0.1)\nassert type(got) is np.float32 and got == np.float32(0.1)",
    ),
    "arrays of every kind": (
        "return [x.astype(t) for t in ('?', 'i1', 'u2', 'f2', 'f4', 'c16')]",
        "got = answer(np.arange(6.0).reshape(2, 3))\n"
        "assert [g.dtype.str[1:] for g in got] == ['b1', 'i1', 'u2', 'f2', 'f4', 'c16']\n"
        "assert all(g.shape == (2, 3) for g in got)",
    ),
    "arrays in Fortran's order, and views": (
        "return np.asfortranarray(x)[::2, 1:]",
        "x = np.arange(12.0).reshape(3, 4)\nassert np.array_equal(answer(x), x[::2, 1:])",
    ),
    "empty and 0-d arrays": (
        "return np.zeros((0, 3)), np.array(2.0)",
        "a, b = answer(1)\nassert a.shape == (0, 3) and b.shape == () and b == 2",
    ),
    "tuples, lists and dicts": (
        "return {'a': (1, [2, x]), 3: None}",
        "assert answer(4.5) == {'a': (1, [2, 4.5]), 3: None}",
    ),
    "a named tuple is a tuple, and goes back as itself": (
        "from collections import namedtuple\nP = namedtuple('P', 'a b')\nreturn x.a if hasattr(x, 'a') else P(x, 2)",
        "p = answer(7)\nassert p == (7, 2) and isinstance(p, tuple)\nassert answer(p) == 7",
    ),
    "a range is a list": ("return range(x)", "assert answer(3) == [0, 1, 2]"),
    "a matrix is an array, and goes back as itself": (
        "return float((x * x)[0, 0]) if isinstance(x, np.matrix) else np.matrix(x)",
        "m = answer(np.array([[1.0, 2.0], [3.0, 4.0]]))\nassert m.shape == (2, 2)\nassert answer(m) == 7.0",
    ),
    "an ordered dict goes back as itself": (
        "from collections import OrderedDict\nreturn type(x).__name__ if isinstance(x, dict) else OrderedDict(a=1)",
        "assert answer(answer(1)) == 'OrderedDict'",
    ),
    "keyword arguments": ("return x - 1", "assert answer(x=3) == 2"),
    "the judge's function is called back": ("return x(2.0) + x(3.0)", "assert answer(lambda v: v * v) == 13.0"),
    "the judge's function gets arrays": (
        "return x(np.ones(3))",
        "assert answer(lambda v: float(v.sum())) == 3.0",
    ),
    "a pair of the judge's functions": (
        "forward, backward = x\nreturn backward(1.0, forward(3.0)[1])",
        "assert answer((lambda v: (v * v, v), lambda d, c: 2 * c * d)) == 6.0",
    ),
    "the judge's exception reaches the learner by its name": (
        "try:\n    x()\nexcept ZeroDivisionError as error:\n    return str(error)",
        "assert answer(lambda: 1 / 0) == 'division by zero'",
    ),
    "an object of the judge's is asked for its methods": (
        "return x.permutation(3)",
        "class Fixed:\n    def permutation(self, n):\n        return np.arange(n)[::-1]\n"
        "assert np.array_equal(answer(Fixed()), [2, 1, 0])",
    ),
    "a random generator draws the same, and goes on where it was": (
        "return isinstance(x, np.random.Generator), x.permutation(5)",
        "mine, theirs = np.random.default_rng(3), np.random.default_rng(3)\n"
        "kind, drawn = answer(theirs)\nassert kind and np.array_equal(drawn, mine.permutation(5))\n"
        "assert mine.integers(1000) == theirs.integers(1000)",
    ),
    "what a function makes is called": (
        "return lambda y: x + y",
        "add = answer(2)\nassert add(3) == 5",
    ),
    "a function of the learner's, handed to another": (
        "return x(4) if callable(x) else (lambda y: y + x)",
        "assert answer(answer(1)) == 5",
    ),
    "the judge's function, handed back by the learner, is the same one": (
        "return x",
        "def f(v):\n    return v\nassert answer(f) is f",
    ),
    "a changed array is seen": (
        "x += 1\nreturn x",
        "x = np.zeros(3)\nanswer(x)\nassert np.array_equal(x, [1, 1, 1])",
    ),
    "a changed list and dict are seen": (
        "x.append(4)\nx[0]['a'] = 2\nreturn None",
        "inner = {'a': 1}\nx = [inner, 3]\nanswer(x)\nassert x == [{'a': 2}, 3, 4] and x[0] is inner",
    ),
    "an array that a cache keeps is the array that was given": (
        "if isinstance(x, tuple):\n    x[0][:] = 9\n    return None\nreturn (x, 'cache')",
        "x = np.zeros(3)\ncache = answer(x)\nassert cache[0] is x\nanswer(cache)\nassert np.array_equal(x, [9, 9, 9])",
    ),
    "and so it is where the cache is an object": (
        "if callable(x):\n    x()\n    return None\ndef change():\n    x[:] = 9\nreturn change",
        "x = np.zeros(3)\ncache = answer(x)\nanswer(cache)\nassert np.array_equal(x, [9, 9, 9])",
    ),
    "two results that are one array are one array": (
        "y = x + 1\nreturn y, (y, x)",
        "out, cache = answer(np.zeros(2))\nassert out is cache[0]",
    ),
    "what the judge changes, the learner sees": (
        "global kept\nif x is None:\n    return float(kept.sum())\nkept = x\nreturn x",
        "x = answer(np.zeros(3))\nx += 2\nanswer(x)\nassert answer(None) == 6.0",
    ),
    "a read-only array stays read-only": (
        "x[0] = 1\nreturn x",
        "x = np.zeros(2)\nx.flags.writeable = False\n"
        "try:\n    answer(x)\nexcept ValueError as error:\n    assert 'read-only' in str(error)\nelse:\n    raise AssertionError",
    ),
    "warnings travel": (
        "return np.exp(np.float64(x))",
        "import warnings\nwith warnings.catch_warnings(record=True) as told:\n    warnings.simplefilter('always')\n"
        "    answer(1000.0)\nassert [w.category for w in told] == [RuntimeWarning] and 'overflow' in str(told[0].message)",
    ),
    "an exception is the same built-in one": (
        "return [][x]",
        "try:\n    answer(3)\nexcept IndexError as error:\n    assert str(error) == 'list index out of range'",
    ),
    "an exception of the learner's own is one of its built-in kind": (
        "class Mine(ValueError):\n    pass\nraise Mine('w[1] is 0')",
        "try:\n    answer(1)\nexcept ValueError as error:\n"
        "    assert type(error).__name__ == 'Mine' and error.kind == 'Mine' and str(error) == 'w[1] is 0'\n"
        "    assert \"raise Mine('w[1] is 0')\" in error.line",
    ),
}


@pytest.mark.parametrize("case", PASSES)
def test_crosses_as_it_is(case, warm):
    body, check = PASSES[case]
    result = grade_one(warm, body, check)
    assert result.passed, result.message


VALUE = """class answer:
    def __init__(self, data):
        self.data, self.grad = data, 0.0

    def __add__(self, other):
        return answer(self.data + (other.data if isinstance(other, answer) else other))

    __radd__ = __add__

    def __mul__(self, other):
        return answer(self.data * other.data)

    def __rsub__(self, other):
        return answer(other - self.data)

    def __neg__(self):
        return answer(-self.data)

    def distance(self, other):
        return abs(self.data - other.data)

    def __matmul__(self, other):
        return self.data * other.data
"""

OBJECTS = {
    "operators, reflected ones and attributes": "a = answer(2.0)\nassert (3 - (a * a + 1)).data == -2.0",
    "an attribute is set": "a = answer(1.0)\na.grad = 2.5\nassert a.grad == 2.5",
    "identity survives": "a = answer(1.0)\na.me = a\na.me.grad = 7.0\nassert a.grad == 7.0",
    "methods": "assert answer(5.0).distance(answer(2.0)) == 3.0",
    "unary operators": "assert (-answer(2.0)).data == -2.0",
    "an operator may give a plain number": "assert answer(2.0) @ answer(3.0) == 6.0",
    "a chain of 5,000": "a = answer(0.0)\nfor _ in range(5000):\n    a = a + 1\nassert a.data == 5000",
    "numpy leaves the operator to it": "assert (np.float64(1.0) + answer(2.0)).data == 3.0",
    "an operator's exception is raised at the latest when it matters": (
        "try:\n    (answer(1.0) * 'x').data\nexcept AttributeError:\n    pass\nelse:\n    raise AssertionError('no exception')"
    ),
    "a missing attribute": "assert not hasattr(answer(1.0), 'nothing')",
}


@pytest.mark.parametrize("case", OBJECTS)
def test_objects_are_worked_with_from_afar(case, warm):
    result = grade_one(warm, "pass", OBJECTS[case], answers={"answer": VALUE})
    assert result.passed, result.message


def test_an_operator_nobody_looks_at_still_fails_the_check(warm):
    result = grade_one(warm, "pass", "answer(1.0) * 'x'", answers={"answer": VALUE})
    assert (result.passed, result.mistakes) == (False, ("raised",))


REFUSED = {
    "equal": "answer(1) == 1.0",
    "unequal": "answer(1) != 1.0",
    "less": "answer(1) < 1.0",
    "at least": "answer(1) >= 1.0",
    "truth": "bool(answer(1))",
    "not": "not answer(1)",
    "float": "float(answer(1))",
    "int": "int(answer(1))",
    "index": "[1][answer(1)]",
    "length": "len(answer(1))",
    "iteration": "list(answer(1))",
    "membership": "1 in answer(1)",
    "numpy's conversion": "np.asarray(answer(1), dtype=float)",
    "numpy's comparison": "np.allclose(answer(1), 1.0)",
    "a sum of them": "sum([answer(1)]) == 1",
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_object_is_never_asked_what_it_is_worth(case, warm):
    willing = (
        "class Yes:\n    __eq__ = __ne__ = __lt__ = __ge__ = __contains__ = lambda *a: True\n"
        "    __bool__ = lambda *a: True\n    __float__ = lambda *a: 1.0\n    __int__ = __index__ = __len__ = lambda *a: 0\n"
        "    __iter__ = lambda *a: iter([1.0])\n    __array__ = lambda *a, **k: np.ones(())\n"
        "    __radd__ = lambda self, other: self\nreturn Yes()"
    )
    result = grade_one(warm, willing, REFUSED[case])
    assert (result.passed, result.mistakes) == (False, ("wrong-type",)), result.message


def test_a_subclass_of_float_is_an_object_of_the_learners(warm):
    result = grade_one(
        warm, "class One(float):\n    __eq__ = lambda *a: True\nreturn One(1)", "assert answer(1) == 5.0"
    )
    assert result.mistakes == ("wrong-type",)


def test_stop_iteration_does_not_end_a_loop_of_the_checks(warm):
    result = grade_one(warm, "raise StopIteration", "assert all(map(lambda v: answer(v) == v, [1, 2, 3]))")
    assert (result.passed, result.mistakes) == (False, ("raised",))


@pytest.mark.parametrize("name", ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException"])
def test_no_exception_ends_the_judge(name, warm):
    result = grade_one(
        warm,
        f"raise {name}('x')",
        "try:\n    answer(1)\nexcept Exception as error:\n    assert error.kind != ''\n    raise",
    )
    assert (result.passed, result.mistakes) == (False, ("raised",))


def test_what_was_lent_is_called_only_while_the_call_lasts(warm):
    body = "global kept\nif x is None:\n    return kept(1)\nkept = x\nreturn 0"
    check = (
        "answer(lambda v: v)\ntry:\n    answer(None)\nexcept ReferenceError:\n    pass\nelse:\n    raise AssertionError"
    )
    result = grade_one(warm, body, check)
    assert result.passed, result.message


def test_a_lent_object_shows_its_methods_and_nothing_else(warm):
    body = "return [name for name in ('__class__', '_secret', 'data', '__globals__', 'method') if _has(x, name)]"
    answers = {
        "answer": "def _has(x, name):\n    try:\n        x._ask(x._number, name, (), {})\n    except AttributeError:\n"
        "        return False\n    return True\n\n\ndef answer(x):\n    " + body
    }
    check = (
        "class Lent:\n    data = 1\n    def _secret(self):\n        return 1\n    def method(self):\n        return 1\n"
        "assert answer(Lent()) == ['method']"
    )
    result = grade_one(warm, "pass", check, answers=answers)
    assert result.passed, result.message


def test_calls_from_one_side_to_the_other_and_back_are_bounded(warm):
    body = "return x(x)"
    check = "def again(f):\n    return answer(again)\nanswer(again)"
    result = grade_one(warm, body, check)
    assert (result.passed, result.mistakes) == (False, ("raised",))
    assert "RecursionError" in result.message


@pytest.mark.parametrize(
    "value", ["np.zeros(20_000_000)", "'x' * 20_000_000", "[0.5] * 900_000 * 2", "7 ** 40_000_000"]
)
def test_values_are_bounded_in_size(value, warm):
    result = grade_one(warm, f"return {value}", "answer(1)")
    assert (result.passed, result.mistakes) in [(False, ("raised",)), (True, ())]


def test_a_list_that_holds_itself_arrives_as_one(warm):
    result = grade_one(warm, "y = []\ny.append(y)\nreturn y", "got = answer(1)\nassert got[0] is got")
    assert result.passed, result.message


def test_names_of_the_notebook_are_looked_up_anew_for_each_check(small_key, warm):
    own = {"target-check": ["def target(x):\n    return 0.0"]}
    result = warm.grade(small_key, handed_in(small_key, insert=own))
    assert (checks(result)["target-check"].passed, checks(result)["target-hidden"].passed) == (True, False)


def test_a_plain_name_crosses_as_a_value(warm):
    words = exercise("words", "pass", "assert words['a'].lower() == 'b'", "assert sorted(words) == ['a', 'c']")
    course = key(words)
    result = warm.grade(course, handed_in(course, {"words": "words = {'a': 'B', 'c': None}"}))
    assert scores(result) == {"words": 2.0}


def test_names_that_checks_make_are_there_for_later_checks(warm):
    later = exercise("answer", "return x + 1", "def helper(v):\n    return v * 2", "assert answer(helper(2)) == 5")
    course = key(later)
    assert warm.grade(course, handed_in(course)).score == 2.0


def test_untouched_cells_are_not_attempted_and_broken_ones_raised(small_key, warm):
    answers = {"before": homework.release(small_key)["cells"][2]["source"], "target": "def target(x:\n    return x"}
    result = warm.grade(small_key, handed_in(small_key, answers))
    found = checks(result)
    assert found["before-check"].mistakes == ("not-attempted",)
    assert found["target-check"].mistakes == ("raised",)
    assert "SyntaxError" in found["target-check"].message
    assert scores(result) == {"before": 0.0, "target": 0.0, "after": 2.0}


def test_a_check_without_its_class_says_that_it_is_not_there_yet(warm):
    course = key(exercise("Box", "pass", "Box(1)", "Box(2)"))
    stub = {"Box": "class Box:\n    pass"}
    empty = warm.grade(course, handed_in(course, {"Box": ""}))
    other = warm.grade(course, handed_in(course, stub))
    assert checks(empty)["Box-check"].mistakes == ("not-attempted",)
    assert checks(other)["Box-check"].mistakes == ("raised",)


def test_random_numbers_are_the_same_each_time_a_submission_is_graded(warm):
    show = "import random\nprint(random.random(), np.random.rand(), np.random.default_rng().random(), hash('x'))"
    course = key(exercise("answer", "return x", "assert answer(1) == 1", "pass"))
    submitted = handed_in(course, insert={"answer": [show]})
    first, second = (warm.grade(course, submitted).document for _ in range(2))
    assert first == second
    printed = next(cell["outputs"] for cell in first["cells"] if cell["source"] == show)
    assert len(printed[0]["text"].split()) == 4


def test_a_figure_leaves_a_remark_that_is_the_same_each_time(warm):
    course = key(exercise("answer", "return x", "assert answer(1) == 1", "pass"))
    show = "from gradschool import figures\nfigures.circuit('neuron').step"
    document = warm.grade(course, handed_in(course, insert={"answer": [show]})).document
    shown = next(cell["outputs"] for cell in document["cells"] if cell["source"] == show)
    assert shown[0]["data"] == {"text/plain": "(nothing is drawn while a notebook is graded)"}
