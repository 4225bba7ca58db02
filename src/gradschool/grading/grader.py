"""Grading as a function of bytes: `Grader` keeps what is warm, `grade_notebook` is the function that executors call."""

import atexit
import json
import os
import sys
import threading
from types import TracebackType

from gradschool.errors import GradschoolError
from gradschool.language import translate as _

from .bench import Bench, Job
from .key import read_key
from .launch import ColdLauncher
from .limits import Limits
from .results import NotebookResult

WARM = sys.platform == "linux"


class Grader:
    """Grades notebooks against one answer key; what is warm is kept until the end of the `with` block.

    key : bytes, the answer key's notebook
    name : str, the notebook; read from the key's metadata where it is not given
    limits : Limits
    sandbox : bool, False for notebooks that one trusts

    Example
    -------
    with Grader(path.read_bytes()) as grader:
        result = grader.grade(notebook)
    """

    def __init__(self, key: bytes, name: str = "", *, limits: Limits | None = None, sandbox: bool = False) -> None:
        self.key = key
        self.name = name or _name_of(key)
        self.limits = limits or Limits()
        self._sandbox = sandbox
        self._bench: Bench | None = None

    def __enter__(self) -> "Grader":
        if WARM:
            self._bench = Bench(sandbox=self._sandbox)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bench is not None:
            self._bench.close()
            self._bench = None

    def grade(self, submission: bytes) -> NotebookResult:
        """Grade one submitted file."""
        job = Job(self.name, self.key, submission, self.limits)
        if self._bench is not None:
            return self._bench.grade(job)
        _refuse_without_sandbox(self._sandbox)
        return grade_cold(job)


def _name_of(key: bytes) -> str:
    try:
        return str(json.loads(key)["metadata"]["gradschool"]["notebook"])
    except (ValueError, KeyError, TypeError) as error:
        raise GradschoolError("the answer key does not say which notebook it is for: run `gradschool build`") from error


def grade_cold(job: Job) -> NotebookResult:
    """Grade in this process, with a fresh interpreter for the learner: works everywhere, and has no sandbox."""
    from .judge import grade

    launcher = ColdLauncher()
    try:
        key = read_key(job.key, job.notebook)
        return grade(job.submission, key, job.limits, lambda clock: launcher.launch(job.limits, clock, 0))
    finally:
        launcher.close()


def grade_notebook(
    submission: bytes, key: bytes, limits: Limits | None = None, *, name: str = "", sandbox: bool = True
) -> NotebookResult:
    """Grade one notebook; the same bytes give the same result, on any machine.

    The warm processes behind it are started by the first call in each thread, and end with the process.
    """
    return grade_job(Job(name or _name_of(key), key, submission, limits or Limits()), sandbox=sandbox)


def grade_job(job: Job, *, sandbox: bool = True, hidden: tuple[str, ...] = ()) -> NotebookResult:
    """Grade one job: what executors call, in whatever thread of whatever process."""
    if not WARM:
        _refuse_without_sandbox(sandbox)
        return grade_cold(job)
    return _bench(sandbox, hidden).grade(job)


def begin_to_load(*, sandbox: bool, hidden: tuple[str, ...], tells: bool) -> None:
    """Start, without waiting, the warm processes behind this thread's jobs; one of several may tell what slows them all."""
    if WARM:
        _bench(sandbox, hidden, tells)


def _bench(sandbox: bool, hidden: tuple[str, ...], tells: bool = True) -> Bench:
    benches: dict[tuple[object, ...], Bench] = _of_this_thread.__dict__.setdefault("benches", {})
    wanted = (os.getpid(), sandbox, hidden)
    if wanted not in benches:
        benches[wanted] = Bench(sandbox=sandbox, hidden=hidden, tells=tells)
        atexit.register(benches[wanted].close)
    return benches[wanted]


def _refuse_without_sandbox(sandbox: bool) -> None:
    if sandbox:
        raise GradschoolError(_("the sandbox needs Linux; to grade notebooks that you trust, add --no-sandbox"))


_of_this_thread = threading.local()
