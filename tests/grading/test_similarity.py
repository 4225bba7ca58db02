"""Code that is strikingly alike: a place to look. Layout, names and comments hide nothing, and nobody is blamed for the stub."""

from gradschool.grading.classbook import bind
from gradschool.grading.register import Register
from gradschool.grading.results import CheckResult, ExerciseResult, NotebookResult, SubmissionResult
from gradschool.grading.similarity import pairs, tokens

OWN = """\
def f{n}(x, y):
    total = 0.0
    for left, right in zip(x, y):
        total = total + left * right - {n} * left
    return total / len(x)
"""
COPIED = """\
def f{n}(x,y):
    # my own idea
    s = 0.0
    for a,b in zip(x , y):
        s = s + a*b - {n}*a     # sum
    return s/len(x)
"""
OTHERS = [
    "def f{n}(x, y):\n    return sum(each ** 2 for each in x) * {n} + max(y, default=0) if len(y) else None\n",
    "def f{n}(x, y):\n    out = []\n    while y:\n        out.append(y.pop() + {n})\n    return sorted(out, reverse=True)[0]\n",
]


def handed_in(student, code, *, wrong, exercises=4):
    found, cells = [], []
    for number in range(exercises):
        name = f"f{number}"
        mistakes = ("wrong-sign",) if wrong else ()
        found.append(ExerciseResult(name, (CheckResult(f"{name}-check", float(not wrong), 1.0, not wrong, mistakes),)))
        cells.append({"cell_type": "code", "id": name, "source": code.replace("{n}", str(number))})
    result = NotebookResult("small", "graded", exercises=tuple(found), document={"cells": cells, "metadata": {}})
    return SubmissionResult(student, (result,))


def alike(*submissions, solutions=None):
    book = bind(list(submissions), Register(), {})
    return [(pair.first.student, pair.second.student, pair.wrong) for pair in pairs(book, solutions)]


def everybody_else(count=8):
    return [
        handed_in(f"t{number}", OTHERS[number % 2] + f"\nz{number} = '{'ab' * number}'", wrong=False)
        for number in range(count)
    ]


def test_other_names_layout_and_comments_hide_nothing():
    assert tokens(OWN) == tokens(COPIED)
    found = alike(handed_in("a", OWN, wrong=True), handed_in("b", COPIED, wrong=True), *everybody_else())
    assert ("a", "b", ("f0", "f1", "f2", "f3")) in found


def test_identical_wrong_answers_weigh_more_than_identical_right_ones():
    right = alike(handed_in("a", OWN, wrong=False), handed_in("b", COPIED, wrong=False), *everybody_else())
    assert [pair for pair in right if pair[:2] == ("a", "b")] == []  # four that are right are no reason to look
    wrong = alike(handed_in("a", OWN, wrong=True), handed_in("b", COPIED, wrong=True), *everybody_else())
    assert [pair for pair in wrong if pair[:2] == ("a", "b")] != []


def test_what_many_write_tells_nothing():
    many = [handed_in(f"s{number}", OWN, wrong=True) for number in range(8)]
    assert alike(*many, *everybody_else(4)) == []


def test_nobody_is_a_pair_for_resembling_the_worked_solution():
    solutions = {f"f{number}": OWN.replace("{n}", str(number)) for number in range(4)}
    both = handed_in("a", OWN, wrong=True), handed_in("b", COPIED, wrong=True)
    assert [pair for pair in alike(*both, *everybody_else(), solutions=solutions) if pair[:2] == ("a", "b")] == []


def test_code_that_is_no_python_is_compared_too():
    broken = OWN.replace("return", "retrun (").replace("zip", "zip (")
    assert tokens("def f(:\n  'unclosed") == ("def", "f(:", "'unclosed")
    assert tokens("x = 'unclosed\ny = 1") == ("x", "=", "'unclosed", "y", "=", "1")
    found = alike(handed_in("a", broken, wrong=True), handed_in("b", broken, wrong=True), *everybody_else())
    assert ("a", "b", ("f0", "f1", "f2", "f3")) in found
