"""Figures that draw nothing."""

from typing import Any

from .nothing import NOTHING


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return NOTHING
