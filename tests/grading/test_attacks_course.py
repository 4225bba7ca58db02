"""Answers that know nothing, to every exercise of the course at once: not one of its checks can be talked round."""

import homework
import pytest

from gradschool.course import find_course
from gradschool.course import key as build_key
from gradschool.grading import Limits
from gradschool.grading.bench import Job

HEAD = """
import numpy as np

class Willing:
    '''Agrees to everything.'''
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = lambda *a: True
    __hash__ = None
    __bool__ = lambda s: True
    __float__ = lambda s: 0.0
    __len__ = lambda s: 2
    __iter__ = lambda s: iter([0.0, 0.0])
    __array__ = lambda s, *a, **k: np.zeros(2)
    __call__ = lambda s, *a, **k: Willing()

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return Willing()

    for name in 'add radd sub rsub mul rmul truediv rtruediv matmul rmatmul neg abs pow'.split():
        locals()[f'__{name}__'] = lambda s, *a: Willing()

kept = []

def wipe(value):
    '''Make the question one whose answer is nothing.'''
    if isinstance(value, np.ndarray) and value.flags.writeable:
        value[...] = 0
    elif isinstance(value, (list, tuple)):
        for each in value:
            wipe(each)
    return value

def lent(arguments):
    '''The functions of the judge's, which know what is right.'''
    for each in arguments:
        if callable(each):
            yield each
        elif isinstance(each, (tuple, list)):
            yield from lent(each)
"""

CHEATS = {
    "the question": "return a[0] if a else None",
    "the question twice, and zero": "return (a[0], a[0]) if a else (np.zeros(2), 0.0)",
    "zeros of its shape": "return np.zeros(np.shape(a[0])) if a and not callable(a[0]) else 0.0",
    "another question, and its answer": "wipe(a); return (a[0], a) if a else 0.0",
    "what is changed when it was looked at": "kept.extend(v for v in a if isinstance(v, np.ndarray)); wipe(kept); return a[-1] if a else 0.0",
    "an object that agrees": "return Willing(), Willing()",
    "not a number": "return float('nan'), float('nan')",
    "what the judge handed over": "return next(lent(a), 0.0)",
    "what that says of it": "return next((f(*a[1:]) for f in lent(a)), 0.0)",
    "an exception": "raise ValueError('there is no answer')",
}


@pytest.fixture(scope="module")
def keys():
    return {path.stem: build_key(path) for path in find_course().sources()}


def submission(key, body):
    """A notebook in which every function that is asked for has this body, and every class agrees to everything."""
    answers = {}
    for cell in key["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            made = HEAD
            for line in cell["source"].splitlines():
                kind, _, rest = line.partition(" ")
                name = rest.partition("(")[0].rstrip(":")
                if kind == "def":
                    made += f"\ndef {name}(*a, **k):\n    {body}\n"
                elif kind == "class":
                    made += f"\n{name} = Willing\n"
            answers[cell["id"]] = made
    return homework.to_bytes(homework.handed_in(key, answers))


@pytest.mark.parametrize("notebook", [path.stem for path in find_course().sources()])
@pytest.mark.parametrize("name", CHEATS)
def test_nothing_is_earned_by(name, notebook, keys, arena):
    key = keys[notebook]
    job = Job(notebook, homework.to_bytes(key), submission(key, CHEATS[name]), Limits())
    result = arena.warm.bench.grade(job)
    earned = {check.id: check.message for each in result.exercises for check in each.checks if check.score}
    assert result.status == "graded"
    assert not earned
    assert result.max_score == 25.0
