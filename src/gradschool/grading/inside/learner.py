"""The learner's end of the wire: runs cells, serves calls of what they defined, asks the judge for what it handed over."""

import builtins
import contextlib
import operator
import os
import sys
import threading
import traceback
import warnings
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from .values import Node, decode, encode, restore
from .wire import Channel, ConnectionLostError, WireError

MAX_WARNINGS = 20
_TEXT = 4000

OPERATORS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "pow": operator.pow,
    "matmul": operator.matmul,
    "neg": operator.neg,
    "pos": operator.pos,
    "abs": operator.abs,
}


class Shell(Protocol):
    """What runs cells; the IPython one lives in shell.py."""

    def run(self, source: str) -> tuple[list[Any], list[str] | None]:
        """Run one cell; hand back its outputs and, where it failed, the exception's name and message."""

    def namespace(self) -> dict[str, Any]:
        """Hand back the names that the cells made."""


class Given:
    """Something of the judge's, lent for the time of one call: called, or asked for its methods."""

    def __init__(self, ask: Callable[..., Any], number: int, name: str, methods: list[str]) -> None:
        self.__name__ = self.__qualname__ = name
        self._ask = ask
        self._number = number
        for method in methods:
            setattr(self, method, self._bind(method))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Have the judge call it."""
        return self._ask(self._number, None, args, kwargs)

    def _bind(self, method: str) -> Callable[..., Any]:
        return lambda *args, **kwargs: self._ask(self._number, method, args, kwargs)


class Shared:
    """Arrays, lists, dicts and random generators that both sides have: numbered, and watched for changes.

    Numbers above 0 are the judge's, those below were given here.
    """

    def __init__(self) -> None:
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._last_seen: dict[int, Any] = {}
        self._lowest = 0

    def mark(self, value: Any) -> int:
        """Number something that is about to be sent."""
        number = self._numbers.get(id(value))
        if number is None:
            self._lowest -= 1
            number = self._lowest
            self._add(number, value)
        self._last_seen[number] = _snapshot(value)
        return number

    def receive(self, number: int, value: Any) -> Any:
        """Hand back the object of that number, with the content that came; a new one where there is none."""
        if number in self._objects:
            value = restore(self._objects[number], value)
        self._add(number, value)
        self._last_seen[number] = _snapshot(value)
        return value

    def changed(self) -> list[Any]:
        """Hand back what no longer is as the judge last saw it; what nobody else holds cannot have changed."""
        held = [
            number
            for number, value in self._objects.items()
            if sys.getrefcount(value) > _OWN_REFERENCES and _snapshot(value) != self._last_seen[number]
        ]
        return [self._objects[number] for number in held]

    def drop(self, number: int) -> None:
        """Forget something that the judge has no more."""
        if number in self._objects:
            self._numbers.pop(id(self._objects.pop(number)), None)
            del self._last_seen[number]

    def clear(self) -> None:
        """Forget everything; numbers are not used again."""
        self._objects.clear()
        self._numbers.clear()
        self._last_seen.clear()

    def _add(self, number: int, value: Any) -> None:
        self._objects[number] = value
        self._numbers[id(value)] = number


_OWN_REFERENCES = 3  # the table's, the loop's, and getrefcount's own


def _snapshot(value: Any) -> Any:
    if type(value) is np.ndarray:
        return value.dtype.str, value.shape, value.tobytes()
    block = bytearray()
    return encode(value, block, lambda opaque, _: ["object", id(opaque)]), bytes(block)


class Learner:
    """Answers the judge's requests, one after another, until the connection ends."""

    def __init__(self, channel: Channel, shell: Shell) -> None:
        self._channel = channel
        self._shell = shell
        self._kept: dict[int, Any] = {}
        self._shared = Shared()
        self._last = 0
        self._process = os.getpid()
        self._asking = threading.RLock()
        self._handlers: dict[str, Callable[..., Any]] = {
            "run": self._run,
            "names": self._names,
            "call": self._call,
            "get": self._get,
            "settle": self._settle,
            "value": self._value,
        }

    def serve(self) -> None:
        """Answer requests for ever; ends with an exception when the connection does."""
        while True:
            try:
                message, block = self._channel.receive()
            except (ConnectionLostError, WireError):
                raise
            except BaseException:  # a signal that came when the cell was done already
                continue
            self._answer(message, block)

    def _answer(self, message: Any, block: bytes) -> None:
        kind, number, dropped, unshared, pending, *rest = message
        reply_block = bytearray()
        reply = self._attempt(lambda: self._catch_up(pending, block), reply_block) if pending else None
        for kept in dropped:
            self._kept.pop(kept, None)
        for shared in unshared:
            self._shared.drop(shared)
        if reply is None or reply[0] == "value":
            warned = [] if reply is None else reply[2]
            reply = self._handlers[kind](rest, block, reply_block)
            if warned:
                reply[-2] = [*warned, *reply[-2]][:MAX_WARNINGS]
        if os.getpid() != self._process:  # a child that the learner's code forked must not speak
            os._exit(0)
        try:
            self._channel.send([reply[0], number, *reply[1:]], reply_block)
        except WireError as error:
            self._channel.send(["raised", number, "OverflowError", "OverflowError", [str(error)], "", [], []])

    # --- requests -----------------------------------------------------------------------------------------------

    def _run(self, rest: list[Any], block: bytes, out: bytearray) -> list[Any]:
        outputs, error = self._shell.run(*rest)
        return ["ran", outputs, error]

    def _names(self, rest: list[Any], block: bytes, out: bytearray) -> list[Any]:
        self._shared.clear()
        namespace = self._shell.namespace()
        return ["named", {name: self._encode(namespace[name], out) for name in rest[0] if name in namespace}]

    def _call(self, rest: list[Any], block: bytes, out: bytearray) -> list[Any]:
        target, nodes, keywords = rest
        args = [self._decode(node, block) for node in nodes]
        kwargs = {name: self._decode(node, block) for name, node in keywords.items()}
        return self._attempt(lambda: self._kept[target](*args, **kwargs), out)

    def _get(self, rest: list[Any], block: bytes, out: bytearray) -> list[Any]:
        target, name = rest
        return self._attempt(lambda: getattr(self._kept[target], name), out)

    def _catch_up(self, pending: list[Any], block: bytes) -> None:
        """Do what the judge postponed: operators, whose results are kept under its numbers, and attributes to set."""
        for kind, target, name, *nodes in pending:
            values = [self._decode(node, block) for node in nodes]
            if kind == "op":
                self._kept[target] = OPERATORS[name](*values)
            else:
                setattr(self._kept[target], name, *values)

    def _settle(self, rest: list[Any], block: bytes, out: bytearray) -> list[Any]:
        return ["value", None, [], []]

    def _value(self, rest: list[Any], block: bytes, out: bytearray) -> list[Any]:
        return self._attempt(lambda: self._kept[rest[0]], out)

    def _attempt(self, action: Callable[[], Any], out: bytearray) -> list[Any]:
        """Do what was asked for; report the value, or the exception, and the warnings that came with it."""
        with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("always")
            try:
                reply = ["value", self._encode(action(), out)]
            except BaseException as error:  # whatever it was, the judge is told
                reply = ["raised", *describe(error)]
        told = {(_builtin_name(item.category), str(item.message)[:_TEXT]): None for item in caught or ()}
        changed = [self._encode(value, out) for value in self._shared.changed()]
        return [*reply, list(told)[:MAX_WARNINGS], changed]

    # --- values -------------------------------------------------------------------------------------------------

    def _encode(self, value: Any, block: bytearray) -> Node:
        return encode(value, block, self._keep, self._shared.mark)

    def _encode_copy(self, value: Any, block: bytearray) -> Node:
        return encode(value, block, self._keep)

    def _keep(self, value: Any, block: bytearray) -> Node:
        """Keep what is not plain, and name it by a number; a subclass of a container shows its plain content too."""
        if isinstance(value, Given):
            return ["given", value._number]
        self._last += 1
        number = self._last
        self._kept[number] = value
        plain = _plain_view(value)
        if plain is None:
            return ["kept", number, type(value).__name__]
        return ["kept", number, type(value).__name__, self._encode_copy(plain, block)]

    def _decode(self, node: Node, block: bytes) -> Any:
        return decode(node, block, self._known)

    def _known(self, tag: str, node: list[Any], block: bytes) -> Any:
        if tag == "kept":
            return self._kept[node[1]]
        if tag == "given":
            return Given(self._ask, *node[1:])
        if tag == "=":
            return self._shared.receive(node[1], self._decode(node[2], block))
        raise WireError(f"unknown tag {tag!r}")

    # --- what the judge lent ------------------------------------------------------------------------------------

    def _ask(self, number: int, method: str | None, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        block = bytearray()
        nodes = [self._encode_copy(value, block) for value in args]
        keywords = {name: self._encode_copy(value, block) for name, value in kwargs.items()}
        with self._asking:
            self._channel.send(["ask", number, method, nodes, keywords], block)
            while True:
                message, block_received = self._channel.receive()
                if message[0] == "told":
                    return self._decode(message[1], block_received)
                if message[0] == "refused":
                    raise _exception(*message[1:])
                self._answer(message, block_received)


def _plain_view(value: Any) -> Any:
    """Hand back a container's content in the plain type it is a subclass of, or None."""
    if type(value) in (tuple, list, dict, np.ndarray):
        return None  # plain, and yet not encoded: it lies too deep, or holds what is no number
    if isinstance(value, tuple):
        return tuple(value)
    if isinstance(value, list | range):
        return list(value)
    if isinstance(value, dict):
        return dict(value)
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufc":
        return np.array(value, copy=True, subok=False)
    return None


def describe(error: BaseException) -> tuple[str, str, list[Any], str]:
    """Name an exception for the judge: its class, the nearest built-in one, its arguments or text, the cell's line."""
    args = _plain_args(error)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_cell(frame.filename)]
    line = (frames[-1].line or "").strip() if frames else ""
    return type(error).__name__, _builtin_name(type(error)), args, line[:_TEXT]


def _plain_args(error: BaseException) -> list[Any]:
    with contextlib.suppress(Exception):  # arguments that are the learner's own affair, or integers of many digits
        args = list(error.args)
        if all(type(item) in (str, int, float, bool) or item is None for item in args) and len(repr(args)) <= _TEXT:
            return args
    return [_text_of(error)]


def _is_cell(filename: str) -> bool:
    return filename.startswith("<ipython-input")


def _text_of(error: BaseException) -> str:
    try:
        return str(error)[:_TEXT]
    except Exception as inner:  # an exception whose own __str__ raises
        return f"(no message: {type(inner).__name__})"


def _builtin_name(kind: type) -> str:
    return next(base.__name__ for base in kind.__mro__ if base.__module__ == "builtins")


def _exception(name: str, message: str) -> Exception:
    kind = getattr(builtins, name, None)
    if isinstance(kind, type) and issubclass(kind, Exception):
        return kind(message)
    return RuntimeError(f"{name}: {message}")
