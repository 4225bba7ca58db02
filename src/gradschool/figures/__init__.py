"""The lecture's pictures, moving, drawn by what the learner wrote: circuits, curves and planes.

Every function gives a figure that shows itself as the result of a cell; ipywidgets load with the first one shown.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradschool.figures.circuits.figure import circuit
    from gradschool.figures.curves import derivative_error, descent
    from gradschool.figures.gates import gates

__all__ = ["circuit", "derivative_error", "descent", "gates"]

_HOMES = {
    "circuits.figure": ["circuit"],
    "curves": ["derivative_error", "descent"],
    "gates": ["gates"],
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
