"""Calling a function that may never come back.

The call runs in a helper thread while the caller waits, so a time limit holds on any thread and on every system, and
for code that sleeps or computes outside Python as well. A call that ran out of time is stopped at its next line of
Python. Where threads cannot be started (Python in a browser) the limit is looked at before each instruction instead.
"""

import contextvars
import ctypes
import sys
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from types import FrameType
from typing import Any, TypeVar

Result = TypeVar("Result")

_FIRST_PAUSE = 0.02
_LONGEST_PAUSE = 1.0


class TooSlow(Exception):
    """The call did not come back in time."""


class _Stop(BaseException):
    """Thrown into a call that ran out of time; no `except Exception` swallows it."""


class _Job:
    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._context = contextvars.copy_context()
        self.done = threading.Event()
        self.result: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.result = self._context.run(self._call)
        except BaseException as error:  # whatever a learner's function throws belongs to the caller
            self.error = error
        self.done.set()


class _Worker(threading.Thread):
    def __init__(self) -> None:
        super().__init__(name="gradschool-figure", daemon=True)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._clock: int | None = None

    def take(self, job: _Job | None) -> None:
        self._jobs.put(job)

    def run(self) -> None:
        if hasattr(time, "pthread_getcpuclockid"):
            self._clock = time.pthread_getcpuclockid(threading.get_ident())
        try:
            while (job := self._jobs.get()) is not None:
                job.run()
        except _Stop:
            return

    def abandon(self) -> None:
        """Let the thread end: after this job if it comes back, at its next line of Python if it does not."""
        self.take(None)
        threading.Thread(target=self._nudge, name="gradschool-nudge", daemon=True).start()

    def _nudge(self) -> None:
        # a bare `except:` in a loop can swallow a nudge, hence several
        pause, used = _FIRST_PAUSE, self._time_used()
        while self.is_alive():
            self.join(pause)
            before, used = used, self._time_used()
            # Only a thread that is at work: in CPython 3.11 an exception waiting for a sleeping thread
            # holds up every other thread that is being traced.
            if self.is_alive() and used != before:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.ident or 0), ctypes.py_object(_Stop))
            pause = min(1.5 * pause, _LONGEST_PAUSE)

    def _time_used(self) -> float:
        """Return the thread's processor time; where no system tells it, a number that grows all the time."""
        if self._clock is None:
            return time.monotonic()
        try:
            return time.clock_gettime(self._clock)
        except OSError:  # it ended
            return 0.0


_idle: list[_Worker] = []


def limited(call: Callable[[], Result], seconds: float) -> Result:
    """Return call(), or raise TooSlow when it takes longer than that.

    What the call raises is raised here; BaseExceptions that are no Exceptions (a learner's `exit()`) come as RuntimeError.
    """
    try:
        worker = _ready_worker()
    except RuntimeError:
        return _limited_by_tracing(call, seconds)
    job = _Job(call)
    worker.take(job)
    try:
        in_time = job.done.wait(seconds)
    except BaseException:
        worker.abandon()
        raise
    if not in_time:
        worker.abandon()
        raise TooSlow
    _idle.append(worker)
    if job.error is not None:
        raise _as_exception(job.error)
    result: Result = job.result
    return result


def _ready_worker() -> _Worker:
    try:
        worker = _idle.pop()
    except IndexError:
        worker = _Worker()
    if not worker.is_alive():  # a new one, or one that a fork left behind
        worker = _Worker()
        worker.start()
    return worker


def _as_exception(error: BaseException) -> Exception:
    if isinstance(error, Exception):
        return error
    return RuntimeError(type(error).__name__)


def _limited_by_tracing(call: Callable[[], Result], seconds: float) -> Result:
    end = time.monotonic() + seconds

    def look(frame: FrameType, event: str, arg: Any) -> Any:
        if time.monotonic() > end:
            raise _Stop
        frame.f_trace_opcodes = True  # a loop that jumps to itself meets no new line
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        return call()
    except _Stop:
        raise TooSlow from None
    except (SystemExit, GeneratorExit) as error:
        raise _as_exception(error) from None
    finally:
        sys.settrace(before)
