"""Homework that wants a verdict turned round: no undeserved point, and no deserved one lost.

Tampering with the check library and with numpy is what DMOJ's judge and autograder-sandbox are tested against too; the
rest comes from reading our own source.
"""

import homework
import pytest
from arena import KEY, NOTHING, WIRE, WRONG, Attack


def answer(*lines):
    return "\n".join(("def target(x):", *(f"    {line}" for line in lines)))


def an_object(*lines):
    """Hand back an object of a class with such a body."""
    return answer("class Willing:", *(f"    {line}" for line in lines), "return Willing()")


def forged(reply):
    """Send another message, or bytes, in place of the reply to a call of `target` (its number is `n`)."""
    return f"""{WIRE}
honest = channel.send
def target(x):
    def once(message, block=b""):
        channel.send = honest
        n = message[1]
        said = {reply}
        os.write(3, said if isinstance(said, bytes) else frame(said, bytes(8)))
    channel.send = once
    return -1.0
"""


TAMPERING = {
    "numpy.allclose always agrees": Attack(
        first="import numpy\nnumpy.allclose = numpy.isclose = numpy.array_equal = lambda *a, **k: True"
    ),
    "numpy.testing never complains": Attack(
        first="import numpy.testing as t\nfor n in dir(t):\n    n.startswith('assert') and setattr(t, n, lambda *a, **k: None)"
    ),
    "python's own functions agree": Attack(
        first="import builtins\nbuiltins.abs = lambda v: 0.0\nbuiltins.isinstance_ = builtins.callable = lambda *a: True\n"
        "builtins.all = lambda v: True"
    ),
    "assertions are warnings": Attack(
        first="import builtins\nclass Quiet(Warning):\n    pass\nbuiltins.AssertionError = Quiet"
    ),
    "the check library passes everything": Attack(
        first="import sys, types\nfake = types.ModuleType('gradschool.check')\nfake.__getattr__ = lambda n: lambda *a, **k: 1\n"
        "sys.modules['gradschool.check'] = sys.modules['gradschool'].check = fake\ncheck = fake\ncheck.CheckFailed = Exception"
    ),
    "names that checks use are taken": Attack(
        first="class Yes:\n    def __getattr__(self, n):\n        return lambda *a, **k: True\nnp = check = Yes()"
    ),
    "IPython hooks that swallow errors": Attack(
        first="ip = get_ipython()\nip.set_custom_exc((BaseException,), lambda *a, **k: None)\n"
        "ip.events.register('pre_run_cell', lambda info: None)\nip.events.register('post_run_cell', lambda result: "
        "setattr(result, 'error_in_exec', None))\nip.showtraceback = lambda *a, **k: None"
    ),
    "run_cell that says all is well": Attack(
        first="ip = get_ipython()\nkeep = ip.run_cell\nip.run_cell = lambda *a, **k: keep('pass')",
        points={"before": 0.0, "target": 0.0, "after": 0.0},
    ),
    "an AST transformer that removes assertions": Attack(
        first="import ast\nclass Out(ast.NodeTransformer):\n    def visit_Assert(self, node):\n        return ast.Pass()\n"
        "get_ipython().ast_transformers.append(Out())"
    ),
    "an input transformer that empties checks": Attack(
        first="get_ipython().input_transformers_cleanup.append(lambda lines: [l.replace('assert', 'print') for l in lines])\n"
        "get_ipython().input_transformers_post.append(lambda lines: [l for l in lines if 'assert' not in l])"
    ),
    "a compiler that drops assertions": Attack(
        first="import builtins\nkeep = builtins.compile\nbuiltins.compile = lambda *a, **k: keep(*a, **{**k, 'optimize': 2})\n"
        "get_ipython().compile.flags |= 0"
    ),
    "the code of this very function is replaced later": Attack(
        target=answer("return -1.0"),
        last="target.__code__ = (lambda x: x * x).__code__",
    ),
    "an object equal to everything": Attack(an_object("__eq__ = __ne__ = lambda *a: True", "__hash__ = None")),
    "an object that is every number": Attack(
        an_object(
            "__float__ = lambda s: 9.0",
            "__array__ = lambda s, *a, **k: np.array([1.0, 4.0, 9.0])",
            "__eq__ = lambda *a: 1",
        )
    ),
    "an object that says its class is float": Attack(
        an_object("__class__ = property(lambda s: float)", "__eq__ = lambda *a: True", "__bool__ = lambda s: True")
    ),
    "an object that numpy asks first": Attack(
        an_object(
            "__array_priority__ = 1e9",
            "__array_ufunc__ = lambda s, *a, **k: np.ones(3, bool)",
            "__array_function__ = lambda s, *a, **k: True",
            "__array_interface__ = {'shape': (3,), 'typestr': '<f8', 'data': (0, False), 'version': 3}",
        )
    ),
    "an object that adds up to what is wanted": Attack(
        an_object(
            "__radd__ = __rsub__ = __sub__ = __add__ = lambda s, o: 0.0",
            "__abs__ = lambda s: 0.0",
            "__le__ = lambda *a: True",
        )
    ),
    "a class of classes that agrees": Attack(
        "class Meta(type):\n    __instancecheck__ = __eq__ = lambda *a: True\n    __hash__ = type.__hash__\n"
        "class target(metaclass=Meta):\n    def __init__(self, x):\n        pass\n    __eq__ = lambda *a: True"
    ),
    "a float that is equal to everything": Attack(
        answer("class One(float):", "    __eq__ = __le__ = __ge__ = lambda *a: True", "return One(1)")
    ),
    "an int that is equal to everything": Attack(
        answer(
            "class One(int):", "    __eq__ = lambda *a: True", "    __sub__ = __rsub__ = lambda *a: 0", "return One(1)"
        )
    ),
    "an array that is equal to everything": Attack(
        answer(
            "class All(np.ndarray):",
            "    __eq__ = lambda *a: np.ones(3, bool)",
            "    all = __bool__ = lambda *a, **k: True",
            "    __array_ufunc__ = lambda s, *a, **k: np.ones(3, bool)",
            "    __array_function__ = lambda s, *a, **k: True",
            "return np.zeros(np.shape(x)).view(All)",
        )
    ),
    "an array in which everything is masked": Attack(answer("return np.ma.masked_all(np.shape(x))")),
    "a tuple that is equal to everything": Attack(
        answer(
            "class All(tuple):", "    __eq__ = lambda *a: True", "    __len__ = lambda s: 3", "return All((0, 0, 0))"
        )
    ),
    "a list, a dict and a string that are": Attack(
        answer(
            "out = [type('T', (k,), {'__eq__': lambda *a: True, '__hash__': None})() for k in (list, dict, str)]",
            "return out[np.size(x) % 3]",
        )
    ),
    "arrays of objects that are": Attack(
        answer("class Yes:", "    __eq__ = lambda *a: True", "return np.array([Yes(), Yes(), Yes()], dtype=object)")
    ),
    "records, dates and other dtypes": Attack(
        answer("return np.zeros(3, 'f8,i4') if np.size(x) == 3 else np.datetime64('2020-01-01')")
    ),
    "not a number, which no comparison catches": Attack(answer("return x * float('nan')")),
    "infinities": Attack(answer("return x * float('inf')")),
    "text that looks like the answer": Attack(answer("return '9.0' if np.size(x) == 1 else ['1.0', '4.0', '9.0']")),
    "a generator that never ends": Attack(answer("while True:", "    yield 9.0")),
    "bytes, memory, enums and decimals": Attack(
        answer(
            "import decimal, fractions",
            "return [b'9', memoryview(b'9'), decimal.Decimal(9), fractions.Fraction(9)][np.size(x)]",
        )
    ),
    "frames are searched for what is expected": Attack(
        answer(
            "import sys",
            "frame, found = sys._getframe(), []",
            "while frame:",
            "    found += [v for k, v in frame.f_locals.items() if k in ('want', 'expected', 'answer')]",
            "    frame = frame.f_back",
            "return found[0] if found else -1.0",
        )
    ),
    "every object is searched for the judge": Attack(
        first="import gc\nfor each in gc.get_objects():\n    if type(each).__name__ in ('KeyCell', 'CheckResult', 'Session', '_Grading'):\n"
        "        each.passed = True\n        print('found', each)\n",
    ),
    "whatever can be set is set to passed": Attack(
        first="import sys\nfor module in list(sys.modules.values()):\n    for name in ('score', 'passed', 'points', 'grade'):\n"
        "        try:\n            setattr(module, name, 99)\n        except Exception:\n            pass"
    ),
    "the argument is changed to suit the answer": Attack(
        answer("if np.ndim(x):", "    x[:] = 0", "    return x", "return -1.0")
    ),
    "the array that came back is changed later": Attack(
        answer(
            "out = np.zeros(np.shape(x))", "kept.append(out)", "for each in kept:", "    each[...] = 9.0", "return out"
        ),
        first="kept = []",
    ),
    "an exception that claims a check passed": Attack(
        answer(
            "class CheckPassed(Exception):",
            "    passed, score, mistakes = True, 99.0, ()",
            "raise CheckPassed('✓ right')",
        )
    ),
    "the end of an iteration": Attack(answer("raise StopIteration(9.0)")),
    "an exit without an error": Attack(answer("raise SystemExit(0)")),
    "an interrupt": Attack(answer("raise KeyboardInterrupt")),
    "an exception that breaks who looks at it": Attack(
        answer(
            "class Evil(Exception):",
            "    args = property(lambda s: 1 / 0)",
            "    __str__ = __repr__ = lambda s: 1 / 0",
            "raise Evil",
        )
    ),
    "an exception with numbers too long to print": Attack(answer("raise ValueError(10 ** 5000)")),
    "a hundred thousand warnings, made errors": Attack(
        answer("import warnings", "warnings.simplefilter('error')", "[warnings.warn(str(i)) for i in range(100_000)]")
    ),
    "an object that pickles into a command": Attack(
        an_object("def __reduce__(self):", "    import os", "    return (os.system, ('touch /tmp/pickled',))")
    ),
    "a pickle that runs when it is read": Attack(answer("import pickle", "return pickle.dumps(print)", "")),
    "the encoder sends something else": Attack(
        first=WIRE
        + "honest = mine._encode\nmine._encode = lambda v, b: ['f', 9.0] if type(v) is float else honest(v, b)",
        points={"before": 0.0, "target": 0.0, "after": 0.0},
    ),
}

FORGERIES = {
    "passed": "['passed', n]",
    "a verdict": "['value', n, True, [], []]",
    "a verdict in a numpy boolean": "['value', n, ['n', '|b1', [], 0], [], []]",
    "warnings that a terminal obeys": "['value', n, -1.0, [['UserWarning', chr(27) + '[2J']] * 20, []]",
    "another number": "['value', n + 1, 9.0, [], []]",
    "a cell that ran": "['ran', n, [], None]",
    "a dict of names": "['named', n, {'answer': 9.0, 'target': 9.0}]",
    "an exception named after the check library's": "['raised', n, 'CheckFailed', 'AssertionError', ['✓'], '', [], []]",
    "an exception with a broken name": "['raised', n, 'a' + chr(0) + chr(0xd800), 'ValueError', ['x'], '', [], []]",
    "an exception that is no exception": "['raised', n, 'eval', 'eval', ['1'], '', [], []]",
    "a group of exceptions": "['raised', n, 'ExceptionGroup', 'ExceptionGroup', ['x', 'y'], '', [], []]",
    "a change of every shared array": "['value', n, -1.0, [], [['=', i, ['a', '<f8', [0], 0]] for i in range(1, 9)]]",
    "a question that nobody may ask": "['ask', 1, '__class__', [], {}]",
    "an array of a terabyte": "['value', n, ['a', '<f8', [1 << 37], 0], [], []]",
    "an array of no bytes and a huge shape": "['value', n, ['a', '<f8', [0, 10**18], 0], [], []]",
    "an array of objects": "['value', n, ['a', '|O', [1], 0], [], []]",
    "lists in lists in lists": "['value', n, eval('[\"l\", ' * 60 + '1' + ']' * 60), [], []]",
    "JSON that never closes": "struct.pack('>II', 90_000, 0) + b'[' * 90_000",
    "a head and nothing else": "struct.pack('>II', 5, 5)",
    "a message of four gigabytes": "b'\\xff' * 8",
    "a pickle": "__import__('pickle').dumps(print) * 9",
    "noise": "os.urandom(5000)",
}


@pytest.mark.parametrize("name", TAMPERING)
def test_no_verdict_is_turned_round(name, arena):
    arena.holds(TAMPERING[name])


@pytest.mark.parametrize("name", FORGERIES)
def test_no_forged_message_earns_a_point(name, arena):
    arena.holds(Attack(forged(FORGERIES[name]), limits={"step_wall": 2.0}))


def test_a_forger_who_knows_the_answer_gets_what_a_function_would(arena):
    """The forgeries above earn nothing for what they say, and not because nothing arrives."""
    right = "['value', n, ['l', 1.0, 4.0, 9.0] if np.size(x) == 3 else 9.0, [], []]"
    arena.holds(Attack(forged(right), points={**NOTHING, "target": 1.0}))


FREE = {
    "every cell is a check's copy that passes": "pass",
    "the copy says other points": "# points=1000\nassert True",
    "the copy answers the exercise itself": "def target(x):\n    return x * x\n\ntarget.passed = True",
    "the copy calls exit": "raise SystemExit(0)",
}


@pytest.mark.parametrize("name", FREE)
def test_what_stands_in_the_copy_of_a_check_is_never_run(name, arena):
    notebook = homework.handed_in(KEY, {"target": WRONG})
    for cell in notebook["cells"]:
        if cell["id"] in ("target-check", "target-hidden"):
            cell["source"] = FREE[name]
            cell["metadata"]["nbgrader"]["points"] = 1000
    result = arena.grade(homework.to_bytes(notebook))
    assert homework.scores(result) == NOTHING
    assert result.max_score == 6.0
