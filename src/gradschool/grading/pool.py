"""Where notebooks are graded: processes on this machine, or a dask.distributed cluster, behind the same executor."""

import multiprocessing
import os
import re
import signal
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from gradschool.errors import GradschoolError

from .bench import Job
from .grader import begin_to_load, grade_job
from .judge import unreadable
from .key import read_key
from .results import NotebookResult

ATTEMPTS = 3
_CONNECT_SECONDS = 20
_ADDRESS = re.compile(r"[a-z]+://.+:\d+")


@dataclass(frozen=True)
class Setting:
    """Where and how jobs are run.

    workers : notebooks graded at a time on this machine
    scheduler : address of a dask scheduler; empty: processes on this machine
    hidden : directories that no learner may see
    """

    workers: int
    scheduler: str = ""
    sandbox: bool = True
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Task:
    label: Any
    job: Job
    attempt: int = 1


def grade_all(jobs: list[tuple[Any, Job]], pool: "Pool") -> Iterator[tuple[Any, NotebookResult]]:
    """Grade jobs side by side; yield each one's label and result as it is done.

    Only as many as keep the workers busy are under way, so that memory does not grow with the class. Jobs that were lost
    with a worker are run again one by one, so that the one that loses workers costs nobody else anything.
    """
    waiting = deque(_Task(label, job) for label, job in jobs)
    lost: deque[_Task] = deque()
    under_way: dict[Future[NotebookResult], _Task] = {}
    while waiting or lost or under_way:
        while waiting and not lost and len(under_way) < 2 * pool.size:
            _submit(pool, waiting.popleft(), under_way)
        if lost and not under_way:
            _submit(pool, lost.popleft(), under_way)
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            task = under_way.pop(future)
            error = future.exception()
            if error is None:
                yield task.label, future.result()
            elif isinstance(error, GradschoolError):
                raise error
            elif task.attempt < ATTEMPTS:
                lost.append(_Task(task.label, task.job, task.attempt + 1))
            else:
                yield task.label, _given_up(task.job, error)


def _submit(pool: "Pool", task: _Task, under_way: dict[Future[NotebookResult], _Task]) -> None:
    under_way[pool.submit(task.job)] = task


def _given_up(job: Job, error: BaseException) -> NotebookResult:
    reason = f"the grader could not finish this notebook ({type(error).__name__}: {error})"
    return unreadable(read_key(job.key, job.notebook), reason)


class Pool:
    """An executor, and how many jobs it runs at a time; to be used as a context. What it needs begins to load at once."""

    size: int
    executor: Executor

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *error: object) -> None:
        self.executor.shutdown(wait=True, cancel_futures=True)

    def submit(self, job: Job) -> Future[NotebookResult]:
        """Have a job run."""
        return self.executor.submit(grade_job, job, sandbox=self.setting.sandbox, hidden=self.setting.hidden)


def open_pool(setting: Setting) -> Pool:
    """Start what grades.

    Raises GradschoolError where no cluster is to be had at the setting's address.
    """
    return _Cluster(setting) if setting.scheduler else _Local(setting)


class _Local(Pool):
    """Processes on this machine."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self.size = setting.workers
        self._begin()

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        turn = context.Value("i", 0)
        told = (turn, self.size, self.setting.sandbox, self.setting.hidden)
        self.executor = ProcessPoolExecutor(self.size, context, _begin_worker, told)
        self.executor.submit(os.getpid)  # with the first job, whatever it is, all workers start

    def submit(self, job: Job) -> Future[NotebookResult]:
        """Have a job run; a pool that lost a worker is of no more use, and is made anew."""
        try:
            return super().submit(job)
        except RuntimeError:
            self.executor.shutdown(wait=False, cancel_futures=True)
            self._begin()
            return super().submit(job)


def _begin_worker(turn: Any, workers: int, sandbox: bool, hidden: tuple[str, ...]) -> None:
    """Leave Ctrl-C to whoever started this, end with them, keep to a core of one's own, and load what grades.

    Judge and learner take turns, never at the same time: on one core a question and its answer take a fifth of the time.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with turn.get_lock():
        mine, turn.value = turn.value, turn.value + 1
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        if workers <= len(cores):
            os.sched_setaffinity(0, {cores[mine % len(cores)]})
    begin_to_load(sandbox=sandbox, hidden=hidden, tells=mine == 0)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


class _Cluster(Pool):
    """Workers of a dask.distributed cluster."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        try:
            from distributed import Client
        except ImportError as error:
            raise GradschoolError("--scheduler needs dask: pip install 'gradschool[cluster]'") from error
        if not _ADDRESS.fullmatch(setting.scheduler):
            raise GradschoolError(f"{setting.scheduler!r} is no scheduler's address: it looks like tcp://HOST:8786")
        try:
            client: Any = Client
            self._client = client(setting.scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise GradschoolError(f"no dask scheduler answers at {setting.scheduler}: {error}") from error
        self.size = sum(self._client.nthreads().values())
        if not self.size:
            self._client.close()
            raise GradschoolError(
                f"the scheduler at {setting.scheduler} has no workers: dask worker {setting.scheduler}"
            )
        self.executor = self._client.get_executor(pure=False)

    def __exit__(self, *error: object) -> None:
        self.executor.shutdown(wait=False)  # which cancels, in dask's executor, what is still to be done
        self._client.close()
