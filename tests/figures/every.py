"""Every figure of the course, and how to make it with somebody's functions."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import learner

from gradschool import figures

Function = Callable[..., Any]


@dataclass(frozen=True)
class Every:
    """A figure: the learner's functions that it takes, by name, and how it is called with them."""

    name: str
    takes: tuple[str, ...]
    make: Callable[[dict[str, Any]], Any]

    def by_reference(self) -> Any:
        return self.make(dict.fromkeys(self.takes))

    def by_learner(self, **other: Function) -> Any:
        return self.make({name: getattr(learner, name) for name in self.takes} | other)

    def written(self) -> str:
        """The cell of a notebook that shows it, after the cell `opening`."""
        return f"BY_NAME[{self.name!r}].by_learner()"


def opening(language: str) -> str:
    """The first cell of a notebook with figures."""
    here = str(Path(__file__).parent)
    return f"import sys\nsys.path.insert(0, {here!r})\nfrom every import BY_NAME\nfrom gradschool import language\nlanguage.use({language!r})"


def _pair(f: dict[str, Any], name: str) -> Any:
    pair = f[f"{name}_forward"], f[f"{name}_backward"]
    return None if pair == (None, None) else pair


def _both(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}_{way}" for name in names for way in ("forward", "backward"))


_SIX = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "maxout")
_GATES = ("and_gate", "or_gate", "nand_gate", "xor")

ALL = (
    Every("derivative_error", ("numerical_derivative",), lambda f: figures.derivative_error(*f.values())),
    Every("descent", ("gradient_descent",), lambda f: figures.descent(*f.values())),
    Every("circuit", _both("sum_times"), lambda f: figures.circuit("sum_times", *f.values())),
    Every("neuron", _both("neuron_graph"), lambda f: figures.circuit("neuron", *f.values())),
    Every("value", ("Value",), lambda f: figures.circuit("(a*b + 1) * a", Value=f["Value"], a=2.0, b=-3.0)),
    Every(
        "gates",
        _both("add", "mul", "max"),
        lambda f: figures.gates(**{name: _pair(f, name) for name in ("add", "mul", "max")}),
    ),
    Every("jacobian_map", ("numerical_jacobian",), lambda f: figures.jacobian_map(*f.values())),
    Every("norm_arrows", _both("norm_squared"), lambda f: figures.norm_arrows(*f.values())),
    Every("linear_shapes", _both("linear"), lambda f: figures.linear_shapes(*f.values())),
    Every("integrate_and_fire", ("integrate_and_fire",), lambda f: figures.integrate_and_fire(*f.values())),
    Every("neuron_plane", ("neuron_forward", "boundary"), lambda f: figures.neuron_plane(*f.values())),
    Every("flowers", ("train_neuron", "boundary"), lambda f: figures.flowers(*f.values())),
    Every("xor", _GATES, lambda f: figures.xor(*f.values())),
    Every("activations", _both(*_SIX), lambda f: figures.activations(**{name: _pair(f, name) for name in _SIX})),
    Every("collapse", ("collapse",), lambda f: figures.collapse(*f.values())),
    Every("saturation", _both(*_SIX[:3]), lambda f: figures.saturation(**{name: _pair(f, name) for name in _SIX[:3]})),
    Every("softmax", ("softmax",), lambda f: figures.softmax(*f.values())),
    Every(
        "playground",
        ("mlp_forward", "mlp_backward", "train", *_both("sigmoid_cross_entropy", "relu", "tanh", "sigmoid")),
        lambda f: figures.playground(
            f["mlp_forward"],
            f["mlp_backward"],
            f["train"],
            head=_pair(f, "sigmoid_cross_entropy"),
            **{name: _pair(f, name) for name in ("relu", "tanh", "sigmoid")},
        ),
    ),
)

#: What shows only what a learner has: a network of their own, a graph of their own, and a circuit that nobody wrote yet.
OWN = (
    Every(
        "misread",
        ("mlp_forward", "train", *_both("relu", "softmax_cross_entropy")),
        lambda f: figures.misread(f["mlp_forward"], f["train"], _pair(f, "relu"), _pair(f, "softmax_cross_entropy")),
    ),
    Every("value_circuit", ("Value",), lambda f: figures.value_circuit(_graph(f["Value"]))),
    Every(
        "net",
        (),
        lambda f: figures.circuit(
            "v1*relu(w11*x1 + w12*x2) + v2*relu(w21*x1 + w22*x2)", w11=1, w12=-1, w21=2, w22=1, v1=3, v2=1, x1=1, x2=2
        ),
    ),
)
BY_NAME = {each.name: each for each in (*ALL, *OWN)}


def _graph(Value: Any) -> Any:
    a, b = Value(2.0), Value(-0.5)
    c = (a * b).exp()
    return c * c - a / b
