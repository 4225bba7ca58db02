"""Every row of the table by itself: an answer with that slip is told so, on functions that no exercise knows."""

import numpy as np
import pytest

from gradschool import check, numeric
from gradschool.check import evidence
from gradschool.check.hypotheses import HYPOTHESES, Pattern, Place, Scale, Source, Suspect, of_kind
from gradschool.check.judgement import Suspicion, explain

DRAWS = 4


@pytest.fixture(autouse=True)
def _in_english():
    check.language("en")


def wave(x):
    return np.sin(x) * x


def bend(x):
    return np.where(x > 0, 2.0 * x, 0.3 * x)


def affine(X, W, b):
    return np.tanh(X @ W.T + b)


def mixed(x, y):
    return x**2 * y + np.exp(y)


FUNCTIONS = {
    wave: {"x": (5,)},
    bend: {"x": (7,)},
    affine: {"X": (5, 3), "W": (4, 3), "b": (4,)},
    mixed: {"x": (6,), "y": (6,)},
}


class Right:
    """What is right for one draw: what a wrong answer in a test is made of."""

    def __init__(self, forward, inputs, dout):
        self.forward, self.inputs, self.dout = forward, inputs, dout

    def __getattr__(self, leaf):
        return self.at(self.inputs, self.dout)[leaf]

    def at(self, inputs, dout):
        return {f"d{name}": np.asarray(numeric.vjp(self.forward, inputs, name, dout)) for name in inputs}


def draws(forward, wrong, number=DRAWS):
    """Ask a wrong answer several times. wrong : Right -> the answer, or a dict of leaf to it where there are several"""
    rng = np.random.default_rng(8)
    found = []
    for _ in range(number):
        inputs = {name: evidence.numbers(rng, shape) for name, shape in FUNCTIONS[forward].items()}
        dout = evidence.upstream_like(rng, forward(**inputs))
        right = Right(forward, inputs, dout)
        got = wrong(right)
        got = got if isinstance(got, dict) else {f"d{next(iter(inputs))}": got}
        want = right.at(inputs, dout)
        got = {leaf: np.asarray(got.get(leaf, want[leaf]), dtype=np.float64) for leaf in want}
        pull_back = lambda dout, inputs, right=right: right.at(inputs, dout)  # noqa: E731
        found.append(evidence.Draw(inputs, got, want, dout, pull_back, forward(**inputs)))
    return found


def told(forward, wrong, suspicions=(), number=DRAWS):
    found = draws(forward, wrong, number)
    leaves = [leaf for leaf in found[0].want if any(differs(draw, leaf) for draw in found)]
    return explain(found, leaves, [make(found) for make in suspicions])


def differs(draw, leaf):
    got, want = draw.got[leaf], draw.want[leaf]
    return got.shape != want.shape or not np.allclose(got, want)


CASES = {
    "upstream left out": (affine, lambda right: {"dW": right.at(right.inputs, np.ones_like(right.dout))["dW"]}),
    "local gradient left out": (wave, lambda right: right.dout),
    "upstream squared": (wave, lambda right: right.dx * right.dout),
    "upstream without its sign": (wave, lambda right: right.dx * np.sign(right.dout)),
    "taken at the output": (wave, lambda right: right.at({"x": wave(right.inputs["x"])}, right.dout)["dx"]),
    "masked by the upstream": (bend, lambda right: right.at({"x": right.dout}, right.dout)["dx"]),
    "transposed": (affine, lambda right: {"dW": right.dW.T}),
    "not summed": (affine, lambda right: {"db": right.dout * (1 - affine(**right.inputs) ** 2)}),
    "without its signs": (affine, lambda right: {"dX": np.abs(right.dX)}),
    "in the opposite order": (affine, lambda right: {"db": right.db[::-1]}),
    "in another shape": (affine, lambda right: {"dX": right.dX.ravel()}),
    "summed too much": (affine, lambda right: {"dX": right.dX.sum(axis=0)}),
    "a size in sight": (affine, lambda right: {"dW": right.dW / 5}),
    "a small number": (wave, lambda right: 2 * right.dx),
    "any number": (wave, lambda right: 1.37 * right.dx),
    "zero": (wave, lambda right: 0 * right.dx),
    "constant": (wave, lambda right: np.arange(5.0)),
    "masked elsewhere": (bend, lambda right: right.dout * np.where(np.arange(7) % 2, 2.0, 0.3)),
    "too coarse": (wave, lambda right: np.round(right.dx, 2)),
}
MISTAKES = {each.name: each.mistakes for each in HYPOTHESES}


@pytest.mark.parametrize("name", CASES)
def test_a_slip_is_told_by_its_name(name):
    (finding,) = told(*CASES[name]).values()
    assert finding.mistakes == MISTAKES[name]
    (row,) = (each for each in HYPOTHESES if each.name == name)
    (said,) = (says("it") for says in finding.says)
    assert said in wordings(row)


def wordings(row):
    """The words of a row about `it`, with every number and place that they may speak of."""
    words = [row.says, getattr(row, "says_divided", "")]
    places = [f"axis {axis} of {name}" for name in ("X", "W", "b") for axis in (0, 1)]
    numbers = ("2", "1.37", "5")
    return {
        each.format(leaf="it", factor=number, where=where) for each in words for number in numbers for where in places
    }


def test_every_row_of_the_table_has_a_case_and_a_name_of_its_own():
    names = [each.name for each in HYPOTHESES]
    assert len(set(names)) == len(names)
    silent = {"right", "in place"}
    assert {*CASES, "an argument handed back"} | silent == set(names)
    assert all(each.says and each.mistakes for each in HYPOTHESES if each.name not in silent)
    assert all(isinstance(each, Source | Place | Scale | Pattern) for each in HYPOTHESES)


def test_an_argument_handed_back_is_told_where_values_are_asked_for():
    rng = np.random.default_rng(8)
    inputs = [{"x": evidence.numbers(rng, (5,))} for _ in range(DRAWS)]
    found = [evidence.Draw(each, {"out": each["x"]}, {"out": wave(**each)}) for each in inputs]
    finding = explain(found, ["out"], [])["out"]
    assert finding.mistakes == ("wrong-value",)
    assert [says("out") for says in finding.says] == ["It looks like one of the arguments came back as it went in."]


@pytest.mark.parametrize("size", [3, 4, 5])
@pytest.mark.parametrize("power", [1, -1])
def test_every_size_in_sight_is_told_with_its_place(size, power):
    (finding,) = told(affine, lambda right: {"dX": right.dX * float(size) ** power}).values()
    where = {5: "axis 0 of X", 3: "axis 1 of X", 4: "axis 0 of W"}[size]
    assert finding.mistakes == ("wrong-factor",)
    assert f"{size} is the size of {where}" in finding.says[0]("dX")


@pytest.mark.parametrize("axes", [0, 1, (0, 1)])
def test_a_sum_over_any_axis_that_was_left_out_is_told(axes):
    shape = {0: (1, 4), 1: (3, 1), (0, 1): (1, 1)}[axes]

    def shifted(b):
        return np.sin(b + np.zeros((3, 4)))

    FUNCTIONS[shifted] = {"b": shape}
    (finding,) = told(shifted, lambda right: right.dout * np.cos(right.inputs["b"] + np.zeros((3, 4)))).values()
    assert finding.mistakes == ("not-summed",)


def test_gradients_exchanged_between_inputs_are_told_once():
    found = told(mixed, lambda right: {"dx": right.dy, "dy": right.dx})
    assert {leaf: finding.mistakes for leaf, finding in found.items()} == {"dx": ("swapped",), "dy": ("swapped",)}
    assert {leaf: finding.lender for leaf, finding in found.items()} == {"dx": "dy", "dy": "dx"}


@pytest.mark.parametrize(
    ("forward", "wrong", "mistakes"),
    [
        (wave, lambda right: -2 * right.dx, ("wrong-sign", "wrong-factor")),
        (
            affine,
            lambda right: {"db": 1 - affine(**right.inputs) ** 2},
            ("missing-upstream", "not-summed"),
        ),
        (affine, lambda right: {"dW": -right.dW.T}, ("transposed", "wrong-sign")),
        (affine, lambda right: {"dW": right.dW.T / 5}, ("transposed", "wrong-factor")),
        (wave, lambda right: -right.dout, ("missing-local", "wrong-sign")),
    ],
)
def test_two_slips_at_once_are_both_told(forward, wrong, mistakes):
    (finding,) = told(forward, wrong).values()
    assert finding.mistakes == mistakes
    assert len(finding.says) == 2


def suspected(formula, mistake="wrong-value"):
    def make(found):
        answers = [{"dx": formula(**draw.inputs, dout=draw.dout)} for draw in found]
        return Suspicion(Suspect(mistake, formula, "The sine stands alone."), answers)

    return make


def test_a_suspect_is_told_before_any_general_slip():
    wrong = lambda x, dout: dout * np.sin(x)  # noqa: E731
    (finding,) = told(wave, lambda right: wrong(right.inputs["x"], right.dout), [suspected(wrong)]).values()
    assert [says("dx") for says in finding.says] == ["The sine stands alone."]


def test_a_suspect_that_is_right_is_nobodys_mistake():
    right = lambda x, dout: dout * (np.cos(x) * x + np.sin(x))  # noqa: E731
    (finding,) = told(wave, lambda given: -given.dx, [suspected(right)]).values()
    assert finding.mistakes == ("wrong-sign",)


# --- a wrong diagnosis is worse than none -----------------------------------------------------------------------------

NOISE = np.random.default_rng(77)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda right: NOISE.normal(size=5),
        lambda right: right.dx + 0.5 * NOISE.normal(size=5),
        lambda right: right.dx * NOISE.uniform(0.2, 3, 5),
        lambda right: right.dx * NOISE.choice([-1.0, 1.0], 5) * 1.5,
        lambda right: right.dx + 1,
        lambda right: right.dx**2,
        lambda right: np.roll(right.dx, 2),
        lambda right: np.where(np.arange(5) < 3, right.dx, 0.7),
        lambda right: np.where(np.arange(5) < 3, right.dx, 2 * right.dx),
        lambda right: right.dout * np.cosh(right.inputs["x"]),
        lambda right: right.dout + right.dx,
        lambda right: np.cumsum(right.dx),
        lambda right: right.dx * float(np.sum(right.inputs["x"])),
        lambda right: np.sort(right.dx),
        lambda right: np.full(5, right.dx.mean()),
        lambda right: right.dx if right.dout[0] > 0 else -right.dx,
    ],
)
def test_what_is_none_of_the_slips_is_told_as_none(wrong):
    (finding,) = told(wave, wrong, number=6).values()
    assert finding.mistakes == ("wrong-value",)
    assert finding.says == ()


@pytest.mark.parametrize("name", [name for name, (forward, _wrong) in CASES.items() if forward is wave])
def test_one_draw_proves_no_slip(name):
    forward, wrong = CASES[name]
    (finding,) = told(forward, wrong, number=1).values()
    assert (finding.mistakes, finding.says) == (("wrong-value",), ())


def test_a_draw_that_a_slip_does_not_fit_takes_it_off_the_table():
    count = iter(range(DRAWS))
    (finding,) = told(wave, lambda right: right.dx * (-1 if next(count) else -3)).values()
    assert (finding.mistakes, finding.says) == (("wrong-value",), ())


def test_a_number_that_stands_still_at_zero_is_asked_about_elsewhere():
    """At x = 0 alone any number is a constant multiple of the right one: other draws have to leave that place."""
    with pytest.raises(check.CheckFailed) as caught:
        check.backward("sigmoid_gate", _sigmoid, lambda dout, cache: 0.19 * dout, x=0.0, dout=-2.6)
    assert caught.value.mistakes == ("wrong-value",)


def _sigmoid(x):
    return 1 / (1 + np.exp(-x)), None


def test_more_draws_differ_from_each_other_and_keep_their_signs():
    rng = np.random.default_rng(3)
    given = np.array([-2.0, 0.0, 1.0, 3.5])
    found = [evidence.vary(rng, given) for _ in range(5)]
    assert len({each.tobytes() for each in found}) == 5
    assert all(np.all(np.sign(each)[given != 0] == np.sign(given)[given != 0]) for each in found)
    assert all(np.all(each != 0) for each in found)


def test_the_table_is_ordered_by_kind():
    assert [each for kind in (Source, Place, Scale, Pattern) for each in of_kind(kind)] == list(HYPOTHESES)
