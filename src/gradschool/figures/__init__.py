"""The lecture's pictures, moving, drawn by what the learner wrote: circuits, curves and planes.

Every function gives a figure that shows itself as the result of a cell. matplotlib and ipywidgets load with the first one.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradschool.figures.circuits.figure import circuit as circuit

_HOME = {
    "circuit": "circuits.figure",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
