"""An object that takes whatever is done with it and does nothing."""

from collections.abc import Iterator
from typing import Any


class Nothing:
    """Called, asked, indexed, entered, looped over: nothing happens."""

    def __call__(self, *args: Any, **kwargs: Any) -> "Nothing":
        """Do nothing."""
        return self

    def __getattr__(self, name: str) -> "Nothing":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: Any) -> "Nothing":
        return self

    def __enter__(self) -> "Nothing":
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def __repr__(self) -> str:
        # the same in every process, unlike an address: equal submissions end in equal notebooks
        return "(nothing is drawn while a notebook is graded)"

    def __iter__(self) -> Iterator[Any]:
        return iter(())


NOTHING = Nothing()
