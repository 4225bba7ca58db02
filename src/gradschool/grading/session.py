"""One learner's process as the judge sees it: requests, replies, and what was lent to it while a request is open."""

import builtins
import warnings
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, cast

import numpy as np

from .inside.values import MUTABLE, Node, decode, encode, restore
from .inside.wire import Channel, ConnectionLostError, WireError
from .legible import harmless, storable
from .limits import Limits
from .standins import Array, Dict, Kept, List, StandIn, Tuple, remembered

_MAX_METHODS = 30
_MAX_WARNINGS = 20
_MESSAGE_CHARACTERS = 4000
_LINE_CHARACTERS = 200
_OUTPUT_KINDS = {"stream", "display_data", "execute_result", "error"}

# An exception that ends a loop quietly could end a check's loop: it never crosses as itself.
_QUIET = (StopIteration, StopAsyncIteration)


class RemoteError(Exception):
    """An exception of a class that is not built in, as it came from the learner; `kind` is that class's name."""

    kind = "Exception"


class LearnerLostError(BaseException):
    """The learner's process is gone, or was ended: nothing more can be asked of it.

    Not an Exception, so that no check can take it for one that it had asked for.
    """


class TimeIsUpError(BaseException):
    """A step took longer than it may; the learner's process may have survived that."""


class Process(Protocol):
    """What the judge can do to a learner's process from outside."""

    def cpu_seconds(self) -> float | None:
        """Processor time used so far, or None where that cannot be seen."""

    def company(self) -> int:
        """How many threads it runs."""

    def interrupt(self) -> bool:
        """Ask it to stop what it is doing, as Ctrl-C does; False where that cannot be asked."""

    def kill(self) -> None:
        """End it and everything it started; returns when it is gone."""


class Session:
    """A connection to one learner's process. Every answer is checked before anything is made of it."""

    def __init__(self, process: Process, channel: Channel, limits: Limits, patience: "Patience") -> None:
        self.process = process
        self.alive = True
        self.ending = ""
        self._channel = channel
        self._limits = limits
        self._patience = patience
        self._number = 0
        self._lent: dict[int, Any] = {}
        self._unshared: list[int] = []
        self._shared = Shared(self._unshare)
        self._last_lent = 0
        self._dropped: list[int] = []
        self._pending: list[list[Any]] = []
        self._block = bytearray()
        self._last_promised = 0
        self._depth = 0

    # --- what the judge asks ------------------------------------------------------------------------------------

    def run(self, source: str) -> tuple[list[dict[str, Any]], tuple[str, str] | None]:
        """Run one cell; hand back its outputs, and the name and message of the exception that ended it."""
        with self._conversation():
            reply, _ = self._exchange("run", source)
            if reply[0] != "ran" or len(reply) != 3:
                raise WireError("no answer to `run`")
            return _checked_outputs(reply[1], self._limits.output_bytes), _checked_error(reply[2])

    def names(self, wanted: Iterable[str]) -> dict[str, Any]:
        """Hand back what the notebook calls by these names, as far as it calls something so: what each check cell begins with.

        What was postponed is forgotten, and which arrays, lists and dicts both sides have.
        """
        asked = list(wanted)
        self._pending.clear()
        with self._conversation():
            self._shared.clear()
            reply, block = self._exchange("names", asked)
            if (
                reply[0] != "named"
                or len(reply) != 2
                or type(reply[1]) is not dict
                or not reply[1].keys() <= set(asked)
            ):
                raise WireError("no answer to `names`")
            return {name: self._decode(node, block) for name, node in reply[1].items()}

    def call(self, target: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call something that the learner's process keeps; arguments that it changes are changed here too."""
        with self._conversation():
            nodes = [self._encode(value) for value in args]
            keywords = {name: self._encode(value) for name, value in kwargs.items()}
            return self._settle(*self._exchange("call", target, nodes, keywords))

    def get(self, target: int, name: str) -> Any:
        """Ask for an attribute."""
        with self._conversation():
            return self._settle(*self._exchange("get", target, name))

    def value(self, target: int) -> Any:
        """Hand back what is kept under a number, as a plain value if it is one."""
        with self._conversation():
            return self._settle(*self._exchange("value", target))

    def set(self, target: int, name: str, value: Any) -> None:
        """Set an attribute, at the latest when the next question is asked; what goes wrong is raised there."""
        self._postpone("set", target, name, value)

    def operate(self, name: str, *operands: Any) -> StandIn:
        """Apply an operator of Python's on the learner's side, at the latest when the next question is asked.

        Hands back a stand-in for the result, whatever that will be. Long chains of operations cost one journey.
        """
        self._last_promised -= 1
        self._postpone("op", self._last_promised, name, *operands)
        return StandIn(Kept(self, self._last_promised), "result", promised=True)

    def _postpone(self, kind: str, target: int, name: str, *values: Any) -> None:
        if not self.alive:
            raise LearnerLostError(self.ending)
        self._pending.append([kind, target, name, *[self._encode(value) for value in values]])

    def settle(self) -> None:
        """See that everything postponed is done; raises what went wrong there."""
        if self._pending:
            with self._conversation():
                self._settle(*self._exchange("settle"))

    def drop(self, number: int) -> None:
        """Say, with the next request, that something kept is needed no more."""
        self._dropped.append(number)

    def _unshare(self, number: int) -> None:
        self._unshared.append(number)

    def close(self) -> None:
        """End the learner's process."""
        self.alive = False
        self.process.kill()
        self._channel.sock.close()

    # --- one request and its reply ------------------------------------------------------------------------------

    @contextmanager
    def _conversation(self) -> Iterator[None]:
        """Lend things for the time of one request; whatever breaks the protocol ends the process."""
        if not self.alive:
            raise LearnerLostError(self.ending)
        before = self._last_lent
        self._depth += 1
        try:
            if self._depth > self._limits.depth:
                raise RecursionError("the notebook and its checks call each other too deep")
            yield
        except (WireError, ConnectionLostError) as error:
            self._lose(str(error))
        except TimeIsUpError:
            if self.alive:
                self._recover_from_time()
            raise
        finally:
            self._depth -= 1
            for number in range(before + 1, self._last_lent + 1):
                self._lent.pop(number, None)

    def _exchange(self, kind: str, *rest: Any) -> tuple[list[Any], bytes]:
        self._number += 1
        number = self._number
        message = [kind, number, self._dropped, self._unshared, self._pending, *rest]
        block = self._block
        self._dropped, self._unshared, self._pending, self._block = [], [], [], bytearray()
        self._channel.send(message, block)
        return self._await_reply(number)

    def _await_reply(self, number: int) -> tuple[list[Any], bytes]:
        while True:
            message, block = self._channel.receive()
            if type(message) is not list or len(message) < 2 or type(message[0]) is not str:
                raise WireError("no message")
            if message[0] == "ask":
                self._answer(message, block)
            elif message[1] == number and type(message[1]) is int:
                return [message[0], *message[2:]], block
            else:
                raise WireError("an answer to a question that was not asked")

    def _settle(self, reply: list[Any], block: bytes) -> Any:
        """Make of a reply what it says: a value or an exception, warnings, and changed arguments."""
        kind, *content, warned, changed = reply if len(reply) > 3 else [""] * 4
        if kind == "value" and len(content) == 1:
            value = self._decode(content[0], block)
        elif kind == "raised" and len(content) == 4:
            try:
                value = _exception(*content)
            except ValueError as error:
                raise WireError(f"an exception that cannot be ({error})") from error
        else:
            raise WireError("no answer")
        if type(changed) is not list:
            raise WireError("no list of changed things")
        for node in changed:
            self._decode(node, block)
        _warn(warned)
        if kind == "raised":
            raise value
        return value

    def _recover_from_time(self) -> None:
        """Interrupt what takes too long; a process that does not answer to that is ended."""
        if self._depth == 1 and not self._channel.torn and self.process.interrupt():
            self._patience.grant_grace()
            try:
                self._await_reply(self._number)
            except (WireError, ConnectionLostError, TimeIsUpError):
                pass
            else:
                return
        self._end("it had to be ended")

    def _lose(self, reason: str) -> None:
        self._end(reason)
        raise LearnerLostError(reason)

    def _end(self, reason: str) -> None:
        self.ending = reason
        self.close()

    # --- what the learner asks ----------------------------------------------------------------------------------

    def _answer(self, message: list[Any], block: bytes) -> None:
        """Call something that was lent, and tell the learner what came of it: a value, or an exception's name."""
        if len(message) != 5 or type(message[3]) is not list or type(message[4]) is not dict:
            raise WireError("no question")
        _, number, method, nodes, keywords = message
        if type(number) is not int or not (method is None or type(method) is str):
            raise WireError("no question")
        args = [self._decode(node, block) for node in nodes]
        kwargs = {name: self._decode(node, block) for name, node in keywords.items()}
        out = bytearray()
        try:
            value = self._lent_callable(number, method)(*args, **kwargs)
            self.settle()
            reply = ["told", encode(value, out, self._lend)]
        except Exception as error:
            out = bytearray()
            reply = ["refused", type(error).__name__, str(error)[:_MESSAGE_CHARACTERS]]
        self._patience.check()
        self._channel.send(reply, out)

    def _lent_callable(self, number: int, method: str | None) -> Callable[..., Any]:
        if number not in self._lent:
            raise ReferenceError("what a check hands over can be called only while the check's call lasts")
        thing = self._lent[number]
        if method is None and callable(thing):
            return cast(Callable[..., Any], thing)
        if method not in _public_methods(thing):
            raise AttributeError(f"{method!r} cannot be called here")
        bound: Callable[..., Any] = getattr(thing, str(method))
        return bound

    # --- values -------------------------------------------------------------------------------------------------

    def _encode(self, value: Any) -> Node:
        return encode(value, self._block, self._lend, self._shared.mark)

    def _lend(self, value: Any, block: bytearray) -> Node:
        kept = remembered(value)
        if kept is not None:
            if kept.session is not self:
                raise LearnerLostError("the object was lost with the process that made it")
            return ["kept", kept.number]
        methods = [] if callable(value) else _public_methods(value)
        if isinstance(value, np.ndarray | np.generic) or not (callable(value) or methods):
            raise TypeError(f"a check cannot hand over a {type(value).__name__}")
        self._last_lent += 1
        self._lent[self._last_lent] = value
        return ["given", self._last_lent, getattr(value, "__name__", type(value).__name__), methods]

    def _decode(self, node: Node, block: bytes) -> Any:
        try:
            return decode(node, block, self._stand_in)
        except RecursionError as error:
            raise WireError("a value without an end") from error

    def _stand_in(self, tag: str, node: list[Any], block: bytes) -> Any:
        """Make a stand-in for what the learner keeps, or find what it was lent."""
        if tag == "given" and len(node) == 2 and type(node[1]) is int and node[1] in self._lent:
            return self._lent[node[1]]
        if tag == "=" and len(node) == 3 and type(node[1]) is int:
            return self._shared.receive(node[1], self._decode(node[2], block))
        if tag != "kept" or len(node) not in (3, 4) or type(node[1]) is not int or type(node[2]) is not str:
            raise WireError(f"unknown tag {tag!r:.20}")
        kept = Kept(self, node[1])
        if len(node) == 3:
            return StandIn(kept, node[2][:80])
        return _container(self._decode(node[3], block), kept)


class Shared:
    """Arrays, lists, dicts and random generators that both sides have, by number; see the learner's class of this name.

    Numbers above 0 are given here. Arrays are held weakly: `drop` is told when one is gone.
    """

    def __init__(self, drop: Callable[[int], None]) -> None:
        self._drop = drop
        self._objects: dict[int, Callable[[], Any]] = {}
        self._numbers: dict[int, int] = {}
        self._highest = 0

    def mark(self, value: Any) -> int:
        """Number something that is about to be sent."""
        number = self._numbers.get(id(value))
        if number is None:
            self._highest += 1
            number = self._highest
            self._add(number, value)
        return number

    def receive(self, number: int, value: Any) -> Any:
        """Hand back the object of that number, with the content that came."""
        known = self._objects.get(number)
        if known is None:
            if number >= 0 or type(value) not in MUTABLE:
                raise WireError("a number that nothing has")
            self._add(number, value)
            return value
        old = known()
        try:
            if old is None or restore(old, value) is not old:
                raise WireError("an argument changed into something else")
        except (ValueError, TypeError) as error:
            raise WireError(f"an argument changed into something else ({error})") from error
        return old

    def clear(self) -> None:
        """Forget everything; numbers are not used again."""
        self._objects.clear()
        self._numbers.clear()

    def _add(self, number: int, value: Any) -> None:
        identity = id(value)
        self._numbers[identity] = number
        if type(value) is not np.ndarray:
            self._objects[number] = lambda: value
            return

        def gone(_: Any) -> None:
            self._objects.pop(number, None)
            self._numbers.pop(identity, None)
            self._drop(number)

        self._objects[number] = weakref.ref(value, gone)


class Patience(Protocol):
    """The time that the judge gives: raises TimeIsUpError when it is over."""

    def check(self) -> None:
        """Raise TimeIsUpError if the time is over."""

    def grant_grace(self) -> None:
        """Give a moment more, to an interrupted process, for its last answer."""


def _container(plain: Any, kept: Kept) -> Any:
    """Hand back a plain container that remembers which object of the learner's it shows."""
    kinds: dict[type, type] = {tuple: Tuple, list: List, dict: Dict}
    if type(plain) in kinds:
        shown = kinds[type(plain)](plain)
    elif type(plain) is np.ndarray:
        shown = plain.view(Array)
    else:
        raise WireError("a subclass of no container")
    shown.kept = kept
    return shown


def _public_methods(value: Any) -> list[str]:
    """Names of the methods that the value's own class defines for others."""
    if type(value).__module__ == "builtins":
        return []
    names = [name for name in dir(type(value)) if not name.startswith("_") and callable(getattr(type(value), name))]
    return names[:_MAX_METHODS]


def _exception(name: Any, builtin: Any, args: Any, line: Any) -> Exception:
    """Make the exception that the learner named: the same class where it is exactly a built-in one.

    `line` is the line of the notebook's where it was raised.
    """
    if not all(type(text) is str for text in (name, builtin, line)) or type(args) is not list or len(args) > 20:
        raise WireError("no exception")
    if not all(type(item) in (str, int, float, bool) or item is None for item in args):
        raise WireError("an exception with arguments that are not plain")
    base = getattr(builtins, builtin, None)
    error: Exception
    if not (isinstance(base, type) and issubclass(base, Exception)) or issubclass(base, _QUIET):
        kind: type[Exception] = type(name[:80] or "Exception", (RemoteError,), {"kind": name[:80]})
    elif name == builtin:
        kind = base
    else:
        kind = type(name[:80] or "Exception", (RemoteError, base), {"kind": name[:80]})
    try:
        error = kind(*args)
    except TypeError:  # UnicodeDecodeError and its like want what cannot cross
        error = type(name[:80], (RemoteError,), {"kind": name[:80]})(*args)
    if not isinstance(error, RemoteError):
        error.kind = name  # type: ignore[attr-defined]
    error.line = line[:_LINE_CHARACTERS]  # type: ignore[attr-defined]
    return error


def _warn(items: Any) -> None:
    """Issue again, here, the warnings that came with a reply."""
    if type(items) is not list or len(items) > _MAX_WARNINGS:
        raise WireError("no list of warnings")
    for item in items:
        if type(item) is not list or len(item) != 2 or not all(type(text) is str for text in item):
            raise WireError("no warning")
        category = getattr(builtins, item[0], None)
        if not (isinstance(category, type) and issubclass(category, Warning)):
            raise WireError("a warning of no known kind")
        warnings.warn(item[1][:_MESSAGE_CHARACTERS], category, stacklevel=4)


def _checked_error(error: Any) -> tuple[str, str] | None:
    if error is None:
        return None
    if type(error) is not list or len(error) != 2 or not all(type(text) is str for text in error):
        raise WireError("no error")
    return storable(error[0][:200]), storable(error[1][:_MESSAGE_CHARACTERS])


def _checked_outputs(outputs: Any, limit: int) -> list[dict[str, Any]]:
    """Rebuild a cell's outputs from the few things that an output may be."""
    if type(outputs) is not list or len(outputs) > 10_000:
        raise WireError("no outputs")
    checked = [_checked_output(output) for output in outputs]
    if sum(len(str(output)) for output in checked) > 3 * limit + 100_000:
        raise WireError("more output than is allowed")
    return checked


def _checked_output(output: Any) -> dict[str, Any]:
    kind = output.get("output_type") if type(output) is dict else None
    if type(kind) is not str or kind not in _OUTPUT_KINDS:
        raise WireError("no output")
    if kind == "stream":
        text, name = output.get("text"), output.get("name")
        if type(text) is not str or name not in ("stdout", "stderr"):
            raise WireError("no stream")
        return {"output_type": kind, "name": name, "text": storable(text)}
    if kind == "error":
        lines = output.get("traceback")
        texts = [output.get("ename"), output.get("evalue"), *(lines if type(lines) is list else [None])]
        if not all(type(text) is str for text in texts):
            raise WireError("no error")
        name, message, *lines = map(storable, texts)
        return {"output_type": kind, "ename": name, "evalue": message, "traceback": lines}
    data = output.get("data")
    if type(data) is not dict or not all(mime in SHOWN and type(value) is str for mime, value in data.items()):
        raise WireError("no display")
    more = {"execution_count": None} if kind == "execute_result" else {}
    shown = {mime: storable(value) for mime, value in data.items()}
    if "text/markdown" in shown:
        shown["text/markdown"] = harmless(shown["text/markdown"])
    return {"output_type": kind, "data": shown, "metadata": {}, **more}


# Pictures and text. No HTML, SVG or JavaScript: a grader's browser shows the graded notebook.
SHOWN = frozenset({"text/plain", "text/latex", "text/markdown", "image/png", "image/jpeg"})
