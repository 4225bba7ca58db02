"""The lecture's pictures, moving, drawn by what the learner wrote: circuits, curves and planes.

Every function gives a figure that shows itself as the result of a cell; ipywidgets load with the first one shown.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradschool.figures.circuits.figure import circuit, value_circuit
    from gradschool.figures.curves import derivative_error, descent
    from gradschool.figures.handwriting import misread
    from gradschool.figures.iris import flowers
    from gradschool.figures.nets import collapse
    from gradschool.figures.neuron import integrate_and_fire, neuron_plane, xor
    from gradschool.figures.nonlinear import activations, saturation, softmax
    from gradschool.figures.patterns import gates
    from gradschool.figures.training import playground
    from gradschool.figures.vector import jacobian_map, linear_shapes, norm_arrows

__all__ = [
    "activations",
    "circuit",
    "collapse",
    "derivative_error",
    "descent",
    "flowers",
    "gates",
    "integrate_and_fire",
    "jacobian_map",
    "linear_shapes",
    "misread",
    "neuron_plane",
    "norm_arrows",
    "playground",
    "saturation",
    "softmax",
    "value_circuit",
    "xor",
]

_HOMES = {
    "nonlinear": ["activations", "saturation", "softmax"],
    "circuits.figure": ["circuit", "value_circuit"],
    "curves": ["derivative_error", "descent"],
    "iris": ["flowers"],
    "handwriting": ["misread"],
    "patterns": ["gates"],
    "nets": ["collapse"],
    "training": ["playground"],
    "neuron": ["integrate_and_fire", "neuron_plane", "xor"],
    "vector": ["jacobian_map", "linear_shapes", "norm_arrows"],
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
