"""Grade one notebook: run the learner's cells over there and the key's check cells here, in order.

The judge holds the trusted library and the original checks; of the learner it sees only what the wire carries.
"""

import contextlib
import io
import json
import os
import signal
import time
import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from gradschool import check as checks
from gradschool import language
from gradschool.language import translate as _

from .key import KEYS_KEPT, Key, KeyCell
from .legible import harmless, legible, storable
from .limits import Limits
from .matching import Plan, Step, plan
from .reading import Submitted, UnreadableError, read_submission
from .results import CheckResult, ExerciseResult, NotebookResult
from .session import LearnerLostError, Process, Session, TimeIsUpError
from .standins import OpaqueError

GRACE_SECONDS = 2.0
_CPU_INTERVAL = 0.05
_MESSAGE_CHARACTERS = 4000

Launch = Callable[["Clock"], Session]


class Clock:
    """The time that a step may take: processor seconds of the learner's process, and a generous limit by the clock."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._end = time.monotonic() + limits.total_wall
        self._deadline = self._end
        self._process: Process | None = None
        self._cpu_start: float | None = None
        self._next_look = 0.0

    @property
    def over(self) -> bool:
        """Whether the time for the whole notebook is used up."""
        return time.monotonic() >= self._end

    def begin(self, process: Process) -> None:
        """Start counting for a step."""
        now = time.monotonic()
        self._process = process
        self._deadline = min(self._end, now + self._limits.step_wall)
        self._cpu_start = None
        self._next_look = now + _CPU_INTERVAL
        _set_alarm(self._deadline - now + 2 * GRACE_SECONDS)

    def end(self) -> None:
        """Stop counting."""
        _set_alarm(0)

    def check(self) -> None:
        """Raise TimeIsUpError if the step's time is over."""
        now = time.monotonic()
        if now >= self._deadline:
            raise TimeIsUpError(_("it took more than {seconds:g} seconds").format(seconds=self._limits.step_wall))
        if self._process is None or now < self._next_look:
            return
        self._next_look = now + _CPU_INTERVAL
        used = self._process.cpu_seconds()
        if used is None:
            return
        if self._cpu_start is None:
            self._cpu_start = used
        elif used - self._cpu_start > self._limits.step_cpu:
            raise TimeIsUpError(
                _("it took more than {seconds:g} seconds of processor time").format(seconds=self._limits.step_cpu)
            )

    def grant_grace(self) -> None:
        """Give an interrupted process a moment for its last answer."""
        self._process = None
        self._deadline = time.monotonic() + GRACE_SECONDS


def out_of_time(*arguments: Any) -> None:
    """Handle the alarm of a process that judges: a check itself works without an end on what the learner gave it."""
    raise TimeIsUpError(_("the check did not come to an end with what it was given"))


def _set_alarm(seconds: float) -> None:
    """Let the alarm come after so many seconds, where somebody waits for it."""
    if os.name == "posix" and signal.getsignal(signal.SIGALRM) is out_of_time:
        signal.setitimer(signal.ITIMER_REAL, seconds)


class _TooOftenError(Exception):
    """The learner's process died more often than it may be started again."""


@dataclass
class _Ran:
    """What became of one of the learner's cells."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    error: tuple[str, str] | None = None


def grade(data: bytes, key: Key, limits: Limits, launch: Launch) -> NotebookResult:
    """Grade one submitted file.

    data : bytes, the file
    launch : starts a learner's process and hands back the judge's end of the connection
    """
    language.use("en")
    try:
        submitted = read_submission(data, limits.notebook_bytes)
    except UnreadableError as error:
        return replace(unreadable(key, str(error)), reasons=_reasons(data, limits))
    language.use(submitted.language)
    return _Grading(key, submitted, limits, launch).result()


def _reasons(data: bytes, limits: Limits) -> dict[str, str]:
    """Why a file cannot be read, in each language: which one its owner reads, it cannot tell."""
    said = {}
    for code in language.LANGUAGES:
        language.use(code)
        try:
            read_submission(data, limits.notebook_bytes)
        except UnreadableError as error:
            said[code] = str(error)
    return said


def unreadable(key: Key, reason: str) -> NotebookResult:
    """Hand back the result of a file that cannot be graded: no points, and why."""
    results = {cell.id: CheckResult(cell.id, 0.0, cell.points, False) for cell in key.checks}
    return NotebookResult(key.notebook, "unreadable", (reason,), _by_exercise(key, results))


@lru_cache(maxsize=KEYS_KEPT)
def prepare(key: Key) -> None:
    """Do ahead, once, what grading with this key would do for each notebook: load what its set-up needs, compile its checks.

    Whoever forks graders calls this first, and each of them finds it done.
    """
    _set_up(key)
    for cell in key.cells:
        cell.looks  # noqa: B018
    for cell in key.checks:
        with contextlib.suppress(SyntaxError):  # told in each result
            cell.code, cell.taken, cell.made  # noqa: B018


def _set_up(key: Key) -> dict[str, Any]:
    """Run the key's set-up cell, with the real library; hand back the names that check cells find."""
    namespace = types.ModuleType("gradschool_check_cells").__dict__
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in key.cells:
            if cell.role == "setup":
                exec(cell.code, namespace)
    return namespace


def _by_exercise(key: Key, results: dict[str, CheckResult]) -> tuple[ExerciseResult, ...]:
    return tuple(
        ExerciseResult(exercise, tuple(results[cell.id] for cell in key.checks if cell.exercise == exercise))
        for exercise in key.exercises
    )


class _Grading:
    """One run through one notebook."""

    def __init__(self, key: Key, submitted: Submitted, limits: Limits, launch: Launch) -> None:
        self.key = key
        self.submitted = submitted
        self.plan: Plan = plan(key, submitted)
        self.limits = limits
        self.clock = Clock(limits)
        self.launch = launch
        self.session: Session | None = None
        self.starts = 0
        self.done: list[Step] = []
        self.lingering: list[Step] = []
        self.ran: dict[int, _Ran] = {}
        self.judged: dict[str, CheckResult] = {}
        self.said: dict[str, str] = {}
        self.namespace: dict[str, Any] = {}
        self.given: set[str] = set()
        self.output_left = limits.total_output_bytes

    def result(self) -> NotebookResult:
        try:
            self._begin_judging()
            for step in self.plan.steps:
                if step.check is None:
                    self._run_cell(step)
                else:
                    self.judged[step.check.id] = self._run_check(step.check)
        finally:
            self.clock.end()
            if self.session is not None:
                self.session.close()
        return NotebookResult(
            self.key.notebook,
            "graded",
            tuple(self.plan.warnings),
            _by_exercise(self.key, self.judged),
            self._document(),
            tuple(cell.id for cell in self.key.checks if not cell.here),
        )

    # --- the learner's cells ------------------------------------------------------------------------------------

    def _run_cell(self, step: Step) -> None:
        """Run a cell; one that kills its process is left out, and everything before it is run again."""
        if not step.source.strip():
            return
        try:
            self._run_surviving(step)
        except _TooOftenError as error:
            self.ran[id(step)] = _Ran(error=("ProcessEnded", str(error)))

    def _run_surviving(self, step: Step) -> None:
        while True:
            session = self._ready()
            try:
                self.ran[id(step)] = self._bounded(self._run_in(session, step))
            except LearnerLostError as error:
                if not self._was_another():
                    self.ran[id(step)] = _Ran(error=("ProcessEnded", _ended(str(error))))
                    return
            else:
                self.done.append(step)
                return

    def _run_in(self, session: Session, step: Step) -> _Ran:
        self.clock.begin(session.process)
        threads = session.process.company()
        try:
            outputs, error = session.run(step.source)
        except TimeIsUpError as late:
            if not session.alive:
                self.lingering.clear()  # no doubt who it was
                raise LearnerLostError(str(late)) from late
            return _Ran(error=("TimeoutError", str(late)))
        if session.process.company() > threads:
            self.lingering.append(step)
        return _Ran(outputs, error)

    def _bounded(self, ran: _Ran) -> _Ran:
        """Leave out the outputs of a cell with which the notebook's would grow too large."""
        size = len(json.dumps(ran.outputs))
        if size > self.output_left:
            note = "… (cut: the notebook prints more than is kept)\n"
            return _Ran([{"output_type": "stream", "name": "stderr", "text": note}], ran.error)
        self.output_left -= size
        return ran

    def _was_another(self) -> bool:
        """Say whether an earlier cell is to blame for a death; that cell is left out from now on.

        One that left a thread running comes first. Else all are run again, each with a question after it: what broke
        the process without ending it is found there.
        """
        if self.lingering:
            self._leave_out(self.lingering.pop())
            return True
        count = len(self.done)
        self._ready()
        return len(self.done) < count

    def _leave_out(self, step: Step) -> None:
        self.done = [other for other in self.done if other is not step]
        self.ran[id(step)] = _Ran(error=("ProcessEnded", _ended("")))

    def _ready(self) -> Session:
        """Hand back a living session in which every cell so far has been run."""
        while self.session is None or not self.session.alive:
            if self.clock.over:
                raise _TooOftenError(_("the time for the whole notebook was used up"))
            if self.starts > self.limits.restarts:
                raise _TooOftenError(_("the notebook's process ended too often"))
            self.starts += 1
            self.session = self.launch(self.clock)
            self._replay(self.session)
        if self.clock.over:
            raise _TooOftenError(_("the time for the whole notebook was used up"))
        return self.session

    def _replay(self, session: Session) -> None:
        for cell in self.key.cells:
            if cell.role == "setup":
                self._replay_one(session, Step(cell.source))
        for step in list(self.done):
            if not session.alive:
                return
            if not self._replay_one(session, step):
                self._leave_out(step)

    def _replay_one(self, session: Session, step: Step) -> bool:
        try:
            self._run_in(session, step)
            session.names(())  # it still answers
        except (LearnerLostError, TimeIsUpError):
            session.close()
            return False
        return True

    # --- the key's checks ---------------------------------------------------------------------------------------

    def _begin_judging(self) -> None:
        self.namespace = _set_up(self.key)
        self.given = set(self.namespace)
        checks.language(self.submitted.language)

    def _run_check(self, cell: KeyCell) -> CheckResult:
        if not cell.here:
            return self._failed(cell, (), _("this check is not here: whoever grades you has it"))
        names = cell.taken - self.given
        while True:
            try:
                session = self._ready()
            except _TooOftenError as error:
                return self._failed(cell, ("raised",), str(error))
            verdict = self._judge_in(session, cell, names)
            try:
                if session.alive or not self._was_another():
                    return verdict
            except _TooOftenError:
                return verdict

    def _judge_in(self, session: Session, cell: KeyCell, names: frozenset[str]) -> CheckResult:
        self.clock.begin(session.process)
        printed = io.StringIO()
        missing = names
        try:
            with contextlib.redirect_stdout(printed), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found = session.names(sorted(names))
                missing = names - found.keys()
                self.namespace |= found
                exec(cell.code, self.namespace)
                session.settle()
            self.given |= cell.made
            verdict = CheckResult(cell.id, cell.points, cell.points, passed=True)
        except (Exception, LearnerLostError, TimeIsUpError) as error:
            verdict = self._verdict(cell, error, missing)
        finally:
            for name in names:
                self.namespace.pop(name, None)
        self.said[cell.id] = storable(printed.getvalue()[: self.limits.output_bytes])
        return verdict

    def _verdict(self, cell: KeyCell, error: BaseException, missing: frozenset[str]) -> CheckResult:
        if isinstance(error, checks.CheckFailed):
            return self._failed(cell, tuple(error.mistakes), error.text)
        if isinstance(error, NotImplementedError):
            return self._failed(cell, ("not-attempted",), _("not attempted yet"))
        if isinstance(error, NameError) and error.name in missing:
            return self._unnamed(cell, str(error.name))
        if isinstance(error, OpaqueError):
            return self._failed(cell, ("wrong-type",), str(error))
        if isinstance(error, LearnerLostError):
            return self._failed(cell, ("raised",), _ended(str(error)))
        if isinstance(error, TimeIsUpError):
            return self._failed(cell, ("raised",), str(error))
        name = getattr(error, "kind", type(error).__name__)
        return self._failed(cell, ("raised",), f"{name}: {_said(error)}")

    def _unnamed(self, cell: KeyCell, name: str) -> CheckResult:
        """Report a check whose function does not exist, and what the cell that should have made it said."""
        if cell.exercise in self.plan.untouched:
            return self._failed(cell, ("not-attempted",), _("{name} is not there yet").format(name=name))
        message = _("{name} is not defined").format(name=name)
        for step in self.plan.steps:
            known, ran = step.known, self.ran.get(id(step))
            if known is not None and known.exercise == cell.exercise and ran is not None and ran.error is not None:
                where = _("the cell {id} stopped with {error}").format(id=known.id, error=": ".join(ran.error))
                message = f"{message}; {where}"
        return self._failed(cell, ("raised",), message)

    def _failed(self, cell: KeyCell, mistakes: tuple[str, ...], message: str) -> CheckResult:
        return CheckResult(cell.id, 0.0, cell.points, False, mistakes, legible(message[:_MESSAGE_CHARACTERS]))

    # --- the notebook as it was graded --------------------------------------------------------------------------

    def _document(self) -> dict[str, Any]:
        """The submitted cells with their outputs, and the checks, without what they hide, with their verdicts."""
        cells = []
        for step in self.plan.steps:
            if step.check is not None:
                cells.append(self._check_as_cell(step.check))
            elif step.cell is not None:
                cells.append(self._as_cell(step))
        return {
            "cells": cells,
            "metadata": {
                "gradschool": {"notebook": self.key.notebook, "language": self.submitted.language},
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }

    def _as_cell(self, step: Step) -> dict[str, Any]:
        assert step.cell is not None
        is_code = step.cell.kind == "code" or bool(step.source)
        cell: dict[str, Any] = {
            "cell_type": "code" if is_code else step.cell.kind,
            "id": step.known.id if step.known is not None else "",
            "metadata": {},
            "source": step.cell.source if is_code else harmless(step.cell.source),
        }
        if is_code:
            ran = self.ran.get(id(step), _Ran())
            cell |= {"execution_count": None, "outputs": ran.outputs or _as_output(ran.error)}
        return cell

    def _check_as_cell(self, check: KeyCell) -> dict[str, Any]:
        outputs: list[dict[str, Any]] = []
        if self.said.get(check.id):
            outputs.append({"output_type": "stream", "name": "stdout", "text": self.said[check.id]})
        verdict = self.judged[check.id]
        if not verdict.passed:
            outputs += _as_output(("CheckFailed", verdict.message))
        return {
            "cell_type": "code",
            "execution_count": None,
            "id": check.id,
            "metadata": {},
            "outputs": outputs,
            "source": check.released,
        }


def _as_output(error: tuple[str, str] | None) -> list[dict[str, Any]]:
    if error is None:
        return []
    name, message = error
    return [{"output_type": "error", "ename": name, "evalue": message, "traceback": [f"{name}: {message}"]}]


def _said(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as inner:  # an integer of too many digits for a text, say
        return f"(no message: {type(inner).__name__})"


def _ended(why: str) -> str:
    said = _("the notebook's process ended (os._exit, a crash, too much memory or a limit)")
    return f"{said}: {why}" if why else said
