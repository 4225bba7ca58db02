"""Circuits out of the learner's own class, however it remembers its parents."""

import math
from typing import Any

import learner
import pytest

from gradschool import figures
from gradschool.errors import GradschoolError
from gradschool.figures.circuits.value import discover
from gradschool.figures.frame import Note


class Closures:
    """As micrograd does it: a set of parents, and a closure that knows its result."""

    def __init__(self, data: float, children: tuple[Any, ...] = ()) -> None:
        self.data, self.grad = data, 0.0
        self._backward = lambda: None
        self._previous = set(children)

    def __add__(self, other: Any) -> "Closures":
        out = Closures(self.data + other.data, (self, other))

        def backward() -> None:
            self.grad += out.grad
            other.grad += out.grad

        out._backward = backward
        return out

    def __mul__(self, other: Any) -> "Closures":
        out = Closures(self.data * other.data, (self, other))

        def backward() -> None:
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = backward
        return out

    def backward(self) -> None:
        order: list[Any] = []

        def visit(value: Any) -> None:
            if value not in order:
                for child in value._previous:
                    visit(child)
                order.append(value)

        visit(self)
        self.grad = 1.0
        for value in reversed(order):
            value._backward()


class Slots:
    """Parents in slots, by name."""

    __slots__ = ("data", "grad", "left", "right")

    def __init__(self, data: float, left: Any = None, right: Any = None) -> None:
        self.data, self.grad, self.left, self.right = data, 0.0, left, right

    def __mul__(self, other: Any) -> "Slots":
        return Slots(self.data * other.data, self, other)

    def backward(self) -> None:
        self.grad = 1.0
        stack = [self]
        while stack:
            value = stack.pop()
            if value.left:
                value.left.grad += value.grad * value.right.data
                value.right.grad += value.grad * value.left.data
                stack += [value.left, value.right]


class ClosuresOnly:
    """No parents kept at all but in the closure."""

    def __init__(self, data: float, pull: Any = None) -> None:
        self.data, self.grad, self.pull = data, 0.0, pull

    def __mul__(self, other: Any) -> "ClosuresOnly":
        def pull(grad: float) -> None:
            self.grad += grad * other.data
            other.grad += grad * self.data

        return ClosuresOnly(self.data * other.data, pull)

    def backward(self) -> None:
        self.grad = 1.0
        self.pull(1.0)


@pytest.mark.parametrize("kind", [learner.Value, Closures])
def test_a_built_graph_is_drawn_with_its_gates(kind: Any) -> None:
    a, b, c = kind(2.0), kind(-3.0), kind(10.0)
    figure = figures.value_circuit(a * b + c)
    assert sorted(node.gate.kind for node in figure.circuit.nodes if node.gate) == ["add", "mul"]
    assert figure.borrowed[0].yours
    assert "= 4.00" in figure.alt()


@pytest.mark.parametrize("kind", [Slots, ClosuresOnly])
def test_parents_are_found_where_an_object_can_hold_them(kind: Any) -> None:
    figure = figures.value_circuit(kind(2.0) * kind(5.0))
    assert [node.gate.kind for node in figure.circuit.nodes if node.gate] == ["mul"]


def test_a_function_builds_it_with_its_own_names() -> None:
    def build() -> Any:
        a = learner.Value(3.0)
        b = a * a
        d = b + a
        return d

    figure = figures.value_circuit(build)
    assert [node.name for node in figure.circuit.nodes] == ["a", "b", "d"]
    assert "d = 12.00. Gradients: a 7.00." in figure.alt()


@pytest.mark.parametrize(
    ("error", "said"),
    [(NotImplementedError, "Value is not written yet"), (ZeroDivisionError, "Value stopped with ZeroDivisionError")],
)
def test_a_function_that_cannot_build_it_costs_a_sentence(error: type[Exception], said: str) -> None:
    def build() -> Any:
        raise error

    note = figures.value_circuit(build)
    assert isinstance(note, Note)
    assert said in note.alt()


def test_it_can_be_a_method() -> None:
    class Mine(learner.Value):
        circuit = figures.value_circuit

    Mine.__mul__ = lambda self, other: Mine(self.data * other.data, (self, other), (other.data, self.data))
    assert "6.00" in (Mine(2.0) * Mine(3.0)).circuit().alt()


def test_the_graph_itself_is_left_as_it_is() -> None:
    a, b = learner.Value(2.0), learner.Value(3.0)
    out = a * b
    figures.value_circuit(out).set(_step=1)
    assert (a.grad, b.grad, out.grad) == (0.0, 0.0, 0.0)


def test_every_operator_of_the_exercise_is_recognised() -> None:
    a, b = learner.Value(1.7), learner.Value(-0.6)
    out = (a + b).exp() * (a - b)
    out.backward()
    kinds = {node.gate.kind for node in discover(out, {}).circuit.nodes if node.gate}
    assert kinds <= {"add", "exp", "sub", "mul", "scale"}
    assert "unknown" not in kinds


def test_a_gate_that_nobody_knows_is_shown_with_its_numbers_and_no_sliders() -> None:
    a = learner.Value(0.5)
    strange = learner.Value(math.sin(0.5), (a,), (math.cos(0.5),))
    figure = figures.value_circuit(strange)
    assert [control.name for control in figure.controls] == ["_step"]
    assert "0.48" in figure.alt()


def test_a_large_graph_is_a_sentence() -> None:
    x = learner.Value(1.0)
    for _ in range(5000):
        x = x + x
    note = figures.value_circuit(x)
    assert isinstance(note, Note)
    assert "5,001" in note.alt()


@pytest.mark.parametrize("thing", [learner.Value(1.0), 3.0, None, "x", object()])
def test_what_is_no_graph_is_a_sentence(thing: Any) -> None:
    assert isinstance(figures.value_circuit(thing), Note)


def test_a_class_that_forgets_a_path_is_not_trusted() -> None:
    class Forgets:
        def __init__(self, data: float, parents: tuple[Any, ...] = ()) -> None:
            self.data, self.grad, self.parents = data, 0.0, parents

        def __add__(self, other: Any) -> "Forgets":
            return Forgets(self.data + other.data, (self, other))

        def backward(self) -> None:
            self.grad = 1.0
            for parent in self.parents:
                parent.grad = 1.0

    figure = figures.circuit("a + a", Value=Forgets, a=2.0)
    assert not figure.borrowed[0].yours
    assert "Gradients: a 2.00" in figure.alt()


def test_the_method_that_made_a_gate_is_shown() -> None:
    figure = figures.circuit("(a*b + 1) * a", Value=learner.Value, a=2.0, b=-3.0)
    figure.set(_step=1)
    assert "def __mul__" in figure.readout()
    figure.set(_step=2)
    assert "def __add__" in figure.readout()


def test_a_gate_beyond_the_exercise_is_the_authors_mistake() -> None:
    with pytest.raises(GradschoolError, match="Value has no max"):
        figures.circuit("max(a, b)", Value=learner.Value, a=1.0, b=2.0)
