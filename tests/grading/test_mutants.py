"""A seeded sample of the proof that `benchmarks/mutants.py` gives in full: mutants lose points, right answers do not."""

import random
from functools import cache

import pytest

from gradschool import course
from gradschool.course import answers, find_course
from gradschool.grading.proof import Exercise, told, warm

COURSE = find_course()
EXERCISES = [(path.parent.name, path.stem) for path in sorted(COURSE.answers.glob("*/*.py"))]
MUTANTS, SEEDS = 3, (1, 2)


@pytest.fixture(scope="module")
def bench():
    with warm() as bench:
        yield bench


@cache
def key(notebook):
    return course.key(COURSE.source / f"{notebook}.py")


@cache
def exercise(notebook, name):
    return Exercise(key(notebook), name)


def bank(notebook, name):
    return answers.load(COURSE.answers / notebook / f"{name}.py")


@pytest.mark.parametrize(("notebook", "name"), EXERCISES)
def test_a_mutant_loses_points_or_does_what_the_solution_does(notebook, name, bench):
    every = exercise(notebook, name).mutants([answer for answer in bank(notebook, name) if answer.right])
    for mutant in random.Random(name).sample(every, MUTANTS):
        caught, parted = exercise(notebook, name).caught(bench, mutant)
        assert caught != "missed", f"{mutant}: {parted}\n{mutant.code}"


@pytest.mark.parametrize(("notebook", "name"), EXERCISES)
def test_right_answers_pass_on_other_random_inputs(notebook, name):
    for answer in bank(notebook, name):
        if answer.right:
            assert exercise(notebook, name).refused(answer.code, SEEDS) == {}, answer


# --- the proof itself can fail ----------------------------------------------------------------------------------------

RIGHT = "def mul_backward(dout, cache):\n    x, y = cache\n    return dout * y, dout * x"


@pytest.mark.parametrize(
    ("code", "parted"),
    [
        (RIGHT, ""),
        (RIGHT.replace("dout * y,", "dout * (y + 1e-14),"), ""),
        (RIGHT.replace("dout * y,", "dout * (y + 1e-3),"), "mul: gradients: another value"),
        (RIGHT.replace("dout * y,", "dout * y if abs(y) < 7.5 else 0.0,"), "mul: gradients: another value"),
        (RIGHT.replace("dout * x", "[dout * x]"), "mul: gradients[1]: another shape"),
        ("def mul_forward(x, y):\n    return x * y", "mul: forward gives no pair"),
        (
            "def mul_forward(x, y):\n    return x * y, z",
            "mul: raises ('NameError', \"name 'z' is not defined\", '')",
        ),
        ("mul_backward = 3 / 0", "the cell raises ZeroDivisionError"),
    ],
)
def test_what_an_answer_does_otherwise_is_found_on_random_inputs(code, parted):
    assert exercise("1_scalar_backprop", "gates").differs(code) == parted


@pytest.mark.parametrize(
    ("notebook", "name", "code", "parted"),
    [
        ("2_vector_backprop", "relu_vjp", "def relu_backward(dout, cache):\n    dout[cache <= 0] = 0\n    return dout", "relu_vjp: changes dout"),
        ("2_vector_backprop", "relative_error", "def relative_error(a, n):\n    with np.errstate(all='ignore'):\n        return np.nanmax(np.abs(a - n) / (np.abs(a) + np.abs(n)))", "relative_error: result: another finite"),
        ("4_neural_network", "activations", "def sigmoid_forward(x):\n    out = 1 / (1 + np.exp(-x))\n    return out, out", "sigmoid: warns"),
        ("3_neuron", "boundary", "def boundary(w, b):\n    return -w[0] / w[1], -b / w[1]", "boundary: answers where there is no answer"),
        ("3_neuron", "logic", "def and_gate():\n    return np.array([5.0, 5.0]), -7.0", ""),
        ("3_neuron", "logic", "def and_gate():\n    return np.array([1.0, 1.0]), -1.0", "and_gate: another table, or one too close to call"),
        ("4_neural_network", "words", "words['epoch'] = None", ""),
        ("4_neural_network", "words", "words = {key: 'a' for key in words}", "words: another letter"),
        ("1_scalar_backprop", "value", "Value.__mul__ = Value.__add__", "value: graph"),
    ],
)  # fmt: skip
def test_every_kind_of_check_has_a_way_to_show_a_difference(notebook, name, code, parted):
    said = exercise(notebook, name).differs(code)
    assert said.startswith(parted) if parted else said == ""


def test_other_seeds_are_other_inputs_and_what_fails_there_is_said():
    found = exercise("2_vector_backprop", "matvec").refused(
        "def matvec_backward(dq, cache):\n    return dq, dq", (4, 5)
    )
    assert sorted(found) == [4, 5]
    assert found[4].startswith("✗ matvec_backward") or found[4]
    assert found[4] != found[5]


def test_an_answer_that_is_told_nothing_or_something_else_is_counted_so(bench):
    of = {answer.title: answer for answer in bank("1_scalar_backprop", "gates")}
    mine = of["mul without upstream"]
    gates = exercise("1_scalar_backprop", "gates")
    assert told(mine, gates.grade(bench, mine.code)) == "its mistake"
    assert told(mine, gates.grade(bench, of["mul with its own operand"].code)) == "another"
    assert told(mine, gates.grade(bench, "def mul_backward(dout, cache):\n    return 0.37, 0.11 * dout")) == "none"
    assert told(mine, gates.grade(bench, RIGHT)) == "nothing lost"
