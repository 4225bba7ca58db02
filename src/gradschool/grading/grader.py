"""Grading as a function of bytes: `Grader` keeps what is warm, `grade_notebook` is the function that executors call."""

import functools
import json
import os
import sys
from types import TracebackType

from gradschool.errors import GradschoolError

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
        if self._sandbox:
            raise GradschoolError("the sandbox needs Linux; to grade notebooks that you trust, add --no-sandbox")
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
    submission: bytes, key: bytes, limits: Limits, *, name: str = "", sandbox: bool = True
) -> NotebookResult:
    """Grade one notebook; the same bytes give the same result, on any machine.

    The warm processes behind it are started by the first call in each process, and end with it.
    """
    return _bench_of(os.getpid(), sandbox).grade(Job(name or _name_of(key), key, submission, limits))


@functools.cache
def _bench_of(process: int, sandbox: bool) -> Bench:
    """The bench of this process: a fork of it makes its own."""
    return Bench(sandbox=sandbox)
