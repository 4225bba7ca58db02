"""What stands, in the judge, for an object that stays in the learner's process.

A stand-in is called, asked for attributes and combined with operators; all of that happens over there. It is never
compared, tested for truth or converted: those questions would be answered by the learner, and are refused here.
"""

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from .session import Session


class OpaqueError(TypeError):
    """A check asked for a value where the notebook gave an object of its own."""


class Kept:
    """One object in a learner's table; when nothing here refers to it any more, the learner may forget it."""

    __slots__ = ("number", "session")

    def __init__(self, session: "Session", number: int) -> None:
        self.session = session
        self.number = number

    def __del__(self) -> None:
        self.session.drop(self.number)


class Tuple(tuple):  # type: ignore[type-arg]
    """The content of an object whose class is derived from tuple; handed back, it is that object again."""

    kept: Kept


class List(list):  # type: ignore[type-arg]
    """The content of an object whose class is derived from list."""

    kept: Kept


class Dict(dict):  # type: ignore[type-arg]
    """The content of an object whose class is derived from dict."""

    kept: Kept


class Array(np.ndarray):
    """The content of an object whose class is derived from numpy's array; what is computed from it remembers nothing."""

    kept: Kept | None = None


def remembered(value: Any) -> Kept | None:
    """Say which object of a learner's this is or shows, if it is or shows one."""
    if type(value) is StandIn:
        kept: Kept = object.__getattribute__(value, "_kept_")
        return kept
    return value.kept if type(value) in (Tuple, List, Dict, Array) else None


class StandIn:
    """Stands for one object of the learner's."""

    __slots__ = ("__weakref__", "_kept_", "_kind_", "_promised_")
    __array_ufunc__ = None  # numpy leaves `array * stand_in` to this class
    __hash__ = object.__hash__

    def __init__(self, kept: Kept, kind: str, *, promised: bool = False) -> None:
        object.__setattr__(self, "_kept_", kept)
        object.__setattr__(self, "_kind_", kind)
        object.__setattr__(self, "_promised_", promised)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Have the learner's process call it."""
        kept = self._kept_
        return kept.session.call(kept.number, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        kept = self._kept_
        return kept.session.get(kept.number, name)

    def __setattr__(self, name: str, value: Any) -> None:
        kept = self._kept_
        kept.session.set(kept.number, name, value)

    def __repr__(self) -> str:
        return f"<{self._kind_} of the notebook's>"

    def __copy__(self) -> "StandIn":
        return self

    def __deepcopy__(self, memo: Any) -> "StandIn":
        return self

    if TYPE_CHECKING:
        _kept_: Kept
        _kind_: str
        _promised_: bool


def _binary(name: str) -> Callable[[StandIn, Any], Any]:
    def operate(self: StandIn, other: Any) -> Any:
        return self._kept_.session.operate(name, self, other)

    return operate


def _reflected(name: str) -> Callable[[StandIn, Any], Any]:
    def operate(self: StandIn, other: Any) -> Any:
        return self._kept_.session.operate(name, other, self)

    return operate


def _unary(name: str) -> Callable[[StandIn], Any]:
    def operate(self: StandIn) -> Any:
        return self._kept_.session.operate(name, self)

    return operate


def _refused(method: str, what: str) -> Callable[..., Any]:
    """Refuse a question; the result of an operator may turn out to be a plain value, which answers for itself."""

    def refuse(self: StandIn, *others: Any, **options: Any) -> Any:
        if self._promised_:
            value = self._kept_.session.value(self._kept_.number)
            if type(value) is not StandIn:
                return _answer(value, method, others, options)
        raise OpaqueError(f"a {self._kind_} is not a number or an array: it cannot be {what}")

    return refuse


def _answer(value: Any, method: str, others: tuple[Any, ...], options: dict[str, Any]) -> Any:
    if method == "__array__":
        return np.asarray(value, *others, **options)
    if method in vars(operator):
        return getattr(operator, method)(value, *others)
    return _CONVERSIONS[method](value, *others)


_CONVERSIONS: dict[str, Callable[..., Any]] = {
    "__bool__": bool,
    "__float__": float,
    "__int__": int,
    "__complex__": complex,
    "__round__": round,
    "__bytes__": bytes,
    "__len__": len,
    "__iter__": iter,
}

_REFUSED = {
    "compared": ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"),
    "tested for truth": ("__bool__",),
    "converted": ("__float__", "__int__", "__complex__", "__index__", "__round__", "__array__", "__bytes__"),
    "looked into": ("__len__", "__iter__", "__contains__"),
}

for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    setattr(StandIn, f"__{_name}__", _binary(_name))
    setattr(StandIn, f"__r{_name}__", _reflected(_name))
for _name in ("neg", "pos", "abs"):
    setattr(StandIn, f"__{_name}__", _unary(_name))
for _what, _names in _REFUSED.items():
    for _name in _names:
        setattr(StandIn, _name, _refused(_name, _what))
