"""Backpropagation and neural networks, learnt by filling in forward and backward functions.

`numeric`, `check`, `figures` and `data` are for notebooks; `course`, `grading` and `cli` are for authors and graders.
Submodules load when they are first asked for, so that ``import gradschool`` costs next to nothing.
"""

from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

_ROOMS = ("numeric", "reference", "check", "figures", "data")


def __getattr__(name: str) -> ModuleType:
    if name in _ROOMS:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_ROOMS])
