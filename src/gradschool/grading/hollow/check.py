"""Checks that check nothing: whatever is asked of this module does nothing and hands back None."""

from typing import Any


def _nothing(*args: Any, **kwargs: Any) -> None:
    return None


class CheckFailed(AssertionError):
    """Never raised here."""


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return _nothing
