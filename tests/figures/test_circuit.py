"""The circuit: its numbers, its formula, where it stands, and the line of code that lights up."""

import itertools

import autograd
import autograd.numpy as anp
import learner
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradschool import figures
from gradschool.errors import GradschoolError
from gradschool.figures.circuits.drawing import CircuitDrawing, compact
from gradschool.figures.circuits.expression import parse, plain
from gradschool.figures.circuits.figure import _NAMED
from gradschool.figures.circuits.layout import LABEL, RADIUS, lay_out

FORMULAS = [
    *(formula for formula, _ in _NAMED.values()),
    "(a*b + 1) * a",
    "b = 2*a; c = b + 1; d = b*c",
    "a + a",
    "relu(w1*x + b1)*v1 + relu(w2*x + b2)*v2",
    "tanh(w*x + b) ** 2",
    "x / y - 3*log(y)",
    "max(x, y) * max(y, z) * max(x, z)",
    "a*b + b*c + c*d + d*a",
    "(x - 1) / (x + 1)",
    "-(x * -y)",
]
EACH = pytest.mark.parametrize("formula", FORMULAS)
LIBRARY = {
    "exp": anp.exp,
    "sigmoid": lambda x: 1 / (1 + anp.exp(-x)),
    "relu": lambda x: anp.maximum(0.0, x),
    "tanh": anp.tanh,
    "log": anp.log,
    "max": anp.maximum,
}


def by_autograd(formula: str, names: list[str], at: list[float]) -> tuple[float, list[float]]:
    def run(values: np.ndarray) -> object:
        scope = dict(zip(names, values, strict=True))
        for part in formula.split(";"):
            target, _, body = part.rpartition("=")
            out = eval(body.strip(), LIBRARY, scope)
            scope[target.strip() or "f"] = out
        return out

    x = np.array(at)
    return float(run(x)), list(autograd.grad(run)(x))


@EACH
def test_values_and_gradients_agree_with_autograd(formula: str) -> None:
    circuit = parse(formula)
    names = [circuit.nodes[i].name for i in circuit.inputs]
    at = [0.7 + 0.31 * k for k in range(len(names))]
    numbers = circuit.numbers(at)
    out, gradients = by_autograd(formula, names, at)
    assert numbers.values[-1] == pytest.approx(out)
    assert [numbers.totals[i] for i in circuit.inputs] == pytest.approx(gradients, rel=1e-8)


def test_the_lectures_numbers_are_there() -> None:
    alt = figures.circuit("sum_times").alt()
    assert "f = −12.00. Gradients: x −4.00, y −4.00, z 3.00" in alt
    neuron = figures.circuit("neuron").alt()
    assert "f = 0.73. Gradients: w₀ −0.20, x₀ 0.39, w₁ −0.39, x₁ −0.59, w₂ 0.20" in neuron


def test_the_neuron_has_the_gates_of_the_slide() -> None:
    kinds = [node.gate.kind for node in parse(_NAMED["neuron"][0]).nodes if node.gate]
    assert kinds == ["mul", "mul", "add", "add", "scale", "exp", "shift", "reciprocal"]


@EACH
def test_a_formula_read_and_written_means_the_same(formula: str) -> None:
    circuit = parse(formula)
    names = [circuit.nodes[i].name for i in circuit.inputs]
    written = (
        plain(circuit)
        .replace("·", "*")
        .replace("−", "-")
        .replace("²", "**2")
        .replace("ReLU", "relu")
        .replace("σ", "sigmoid")
    )
    written = written.translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))
    at = [0.7 + 0.31 * k for k in range(len(names))]
    assert parse(written, names).values(at)[-1] == pytest.approx(circuit.values(at)[-1])


@pytest.mark.parametrize(
    "formula", ["x +", "x @ y", "print(x)", "x.y", "3 + 4", "x", "__import__('os')", "x + 1; y", "max(x, 3)"]
)
def test_what_is_no_circuit_is_refused_in_a_line(formula: str) -> None:
    with pytest.raises(GradschoolError) as error:
        parse(formula)
    assert "\n" not in str(error.value)


def test_inputs_that_do_not_fit_are_refused() -> None:
    with pytest.raises(GradschoolError, match="has the inputs a, b, not a, c"):
        figures.circuit("a * b", a=1.0, c=2.0)


@EACH
def test_nothing_stands_on_anything_else(formula: str) -> None:
    circuit = parse(formula)
    layout = lay_out(circuit, [2 * RADIUS] * len(circuit.nodes))
    for (x, y), (u, v) in itertools.combinations(layout.nodes, 2):
        assert max(abs(x - u), abs(y - v)) > 2 * RADIUS
    labels = [route.points[route.label] for route in layout.routes.values()]
    for (x, y), (u, v) in itertools.combinations(labels, 2):
        assert abs(x - u) > LABEL - 1 or abs(y - v) > 36  # value above, gradient below
    for (x, y), (u, v) in itertools.product(labels, layout.nodes):
        assert abs(x - u) > LABEL / 2 + RADIUS - 1 or abs(y - v) > RADIUS + 16


@EACH
def test_data_flows_to_the_right_inside_the_picture(formula: str) -> None:
    circuit = parse(formula)
    layout = CircuitDrawing(circuit).layout
    for edge in circuit.edges():
        assert layout.nodes[edge.source][0] < layout.nodes[edge.target][0]
    for x, y in layout.nodes:
        assert RADIUS < x < layout.width - RADIUS
        assert RADIUS < y < layout.height - RADIUS


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_a_number_on_an_edge_fits_there(x: float) -> None:
    assert len(compact(x)) <= 10
    assert "-" not in compact(x)


def test_one_step_lights_one_gate_forward_and_then_one_backward() -> None:
    figure = figures.circuit("sum_times")
    seen = []
    for step in range(6):
        figure.set(_step=step)
        body = str(figure.show().body)
        seen.append((body.count("−12.00"), body.count("forward"), body.count("backward")))
    assert [forward for _, forward, _ in seen] == [0, 1, 1, 0, 0, 0]
    assert [backward for *_, backward in seen] == [0, 0, 0, 0, 1, 1]
    assert [out > 0 for out, *_ in seen] == [False, False, True, True, True, True]


def test_the_gate_in_hand_is_written_out() -> None:
    figure = figures.circuit("sum_times")
    figure.set(_step=4)
    assert "(−4.00) × 1.00 = " in str(figure.show().body)


def test_a_second_gradient_is_added_to_the_first() -> None:
    figure = figures.circuit("fan_out")
    figure.set(_step=7)
    assert "already there" in str(figure.show().body)


def lit_line(figure: object, step: int) -> str:
    figure.set(_step=step)  # type: ignore[attr-defined]
    return figure.readout().split("gs-here>")[1].split("</span>")[0].strip()  # type: ignore[attr-defined]


def test_the_line_that_did_it_lights_up() -> None:
    figure = figures.circuit("sum_times", learner.sum_times_forward, learner.sum_times_backward)
    assert lit_line(figure, 1) == "q = x + y"
    assert lit_line(figure, 2) == "return q * z, (q, z)"
    assert lit_line(figure, 4) == "dq = df * z"
    assert lit_line(figure, 5) == "return dq, dq, dz"


def test_code_that_nobody_can_read_costs_only_the_light() -> None:
    scope: dict[str, object] = {}
    exec("def forward(x, y, z):\n    return (x + y) * z, (x, y, z)", scope)
    exec("def backward(d, c):\n    return d * c[2], d * c[2], d * (c[0] + c[1])", scope)
    figure = figures.circuit("sum_times", scope["forward"], scope["backward"])  # type: ignore[arg-type]
    assert all(borrowed.yours for borrowed in figure.borrowed)
    assert "gs-code" not in figure.readout()


def test_a_lambda_lights_up_too() -> None:
    figure = figures.circuit("a * b", lambda a, b: (a * b, (a, b)), lambda d, c: (d * c[1], d * c[0]), a=2.0, b=3.0)
    assert all(borrowed.yours for borrowed in figure.borrowed)
    assert figure.readout()


def test_at_the_ends_of_its_sliders_a_circuit_still_draws_what_they_say() -> None:
    figure = figures.circuit("neuron", learner.neuron_graph_forward, learner.neuron_graph_backward)
    figure.set(w0=-6.0, x0=6.0, w1=-6.0, x1=6.0, w2=-6.0)
    for step in range(0, 18):
        figure.set(_step=step)
        assert "x₁ = 6.00" in figure.alt()
        figure.show()


def test_a_huge_value_has_a_slope() -> None:
    circuit = parse("x + 1")
    for x in (1e20, 1e26, 1e32, -1e40):
        assert circuit.numbers([x]).totals[0] == pytest.approx(1.0)


def test_where_there_is_no_value_there_is_no_gradient() -> None:
    figure = figures.circuit("a / b", a=1.0, b=0.0)
    figure.opened_for_print()
    assert "Gradients: a —, b —" in figure.alt()


@pytest.mark.parametrize(
    ("inputs", "written"), [({"x": 2.0, "y": 3.0}, "3.00 = "), ({"x": 0.334, "y": 5.0}, "5.00 ≈ ")]
)
def test_rounded_numbers_are_not_said_to_be_equal(inputs: dict[str, float], written: str) -> None:
    figure = figures.circuit("x*y", **inputs)
    figure.set(_step=1)
    assert written in str(figure.show().body)


@pytest.mark.parametrize(
    ("formula", "plain"),
    [("x**3 - 2*x**2 + x/3", "x³ − 2·x² + 0.333·x"), ("a/b - log(c)", "a·1/b − log(c)"), ("a + 2*b", "a + 2·b")],
)
def test_a_formula_is_written_with_one_sign_at_a_time(formula: str, plain: str) -> None:
    figure = figures.circuit(formula)
    assert f"Circuit of {plain} at" in figure.alt()
    assert "<mo>+</mo><mrow><mo form='prefix'>" not in figure.readout()
    assert "<mo>+</mo><mrow><mn>−" not in figure.readout()
