"""A warm pair of processes that grades one notebook after another: a judge's template, and the learners' behind it.

The judge's template is a child of whoever grades; each notebook is graded by a fork of it, so that nothing of one
notebook is left for the next. The learners' template is its child in turn, in the sandbox.
"""

import contextlib
import ctypes
import gc
import hashlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from gradschool.errors import GradschoolError

from .judge import grade, out_of_time, prepare, unreadable
from .key import read_key
from .launch import Launcher, TemplateGoneError, make_launcher
from .legible import legible
from .limits import Limits
from .results import NotebookResult, notebook_from_stored

_PR_SET_PDEATHSIG = 1
_SPARE_SECONDS = 15.0
_NO_TEMPLATE = b"no template"
# No garbage is looked for while modules are loaded: they stay.
_BEGIN = "import gc; gc.disable(); import gradschool.grading.bench as bench, sys; bench.main(int(sys.argv[1]), bench.json.loads(sys.argv[2]))"


@dataclass(frozen=True)
class Job:
    """All that a result depends on."""

    notebook: str
    key: bytes
    submission: bytes
    limits: Limits


class Bench:
    """The near end: hands jobs to the judge's template and takes results back.

    tells : whether it is to say, on stderr, what makes this machine slow
    """

    def __init__(self, *, sandbox: bool, hidden: tuple[str, ...] = (), tells: bool = True) -> None:
        settings = {"sandbox": sandbox, "hidden": hidden, "tells": tells}
        mine, its = socket.socketpair()
        with its:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BEGIN, str(its.fileno()), json.dumps(settings)],
                stdin=subprocess.DEVNULL,
                pass_fds=[its.fileno()],
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MPLBACKEND": "agg"},
            )
        self._connection = Connection(mine.detach())

    def grade(self, job: Job) -> NotebookResult:
        """Grade one notebook.

        Raises GradschoolError where grading itself is impossible: no sandbox, no readable key.
        """
        self._connection.send_bytes(json.dumps([job.notebook, job.limits.as_dict()]).encode())
        self._connection.send_bytes(job.key)
        self._connection.send_bytes(job.submission)
        try:
            answer = json.loads(self._connection.recv_bytes())
        except (EOFError, ConnectionResetError):
            raise GradschoolError("the judge does not start; its own message stands above") from None
        if "error" in answer:
            raise GradschoolError(answer["error"])
        return notebook_from_stored(answer)

    def close(self) -> None:
        """End both processes."""
        self._connection.close()
        self._process.wait()


def main(fd: int, settings: dict[str, Any]) -> None:
    """Be the judge's template: grade each job that comes over the connection in a fork."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends whoever asked, and that ends this
    connection = Connection(fd)
    try:
        launcher = make_launcher(sandbox=settings["sandbox"], hidden=[Path(path) for path in settings["hidden"]])
    except GradschoolError as error:
        _refuse(connection, str(error))
        return
    if settings["tells"] and launcher.note:
        print(launcher.note, file=sys.stderr, flush=True)
    try:
        _keep_what_is_loaded()
        while True:
            name, limits = json.loads(connection.recv_bytes())
            job = Job(name, connection.recv_bytes(), connection.recv_bytes(), Limits(**limits))
            prepared = prepare.cache_info().misses
            with contextlib.suppress(Exception):  # what is wrong with it, the fork will say
                prepare(read_key(job.key, job.notebook))
            if prepare.cache_info().misses > prepared:
                _keep_what_is_loaded()
            connection.send_bytes(_answer(job, launcher, connection))
    except EOFError:
        return
    finally:
        launcher.close()


def _keep_what_is_loaded() -> None:
    """Let no fork look through all this for garbage: looking alone would copy it."""
    gc.collect()
    gc.freeze()
    gc.enable()


def _refuse(connection: Connection, reason: str) -> None:
    """Answer every job with the reason why there can be no result."""
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            for _ in range(3):
                connection.recv_bytes()
            connection.send_bytes(json.dumps({"error": reason}).encode())


def _answer(job: Job, launcher: Launcher, connection: Connection) -> bytes:
    try:
        return _grade_surely(job, launcher, connection)
    except GradschoolError as error:  # no template can be had any more
        return json.dumps({"error": str(error)}).encode()


def _grade_surely(job: Job, launcher: Launcher, connection: Connection) -> bytes:
    """Grade a job; a judge that dies or never ends costs its notebook and nothing else, a lost template costs nothing."""
    answer = _grade_in_fork(job, launcher, connection)
    if answer == _NO_TEMPLATE:
        launcher.restart()
        answer = _grade_in_fork(job, launcher, connection)
    if answer and answer != _NO_TEMPLATE:
        return answer
    launcher.restart()
    lost = unreadable(read_key(job.key, job.notebook), "the grader could not finish this notebook: its judge ended")
    return json.dumps(lost.stored()).encode()


def _grade_in_fork(job: Job, launcher: Launcher, connection: Connection) -> bytes:
    """Fork a judge; hand back its answer, nothing where it has none."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _die_with_parent()
            os.close(read_end)
            connection.close()
            _bound_memory(job.limits.memory)
            signal.signal(signal.SIGALRM, out_of_time)
            result = _grade_here(job, launcher)
            with os.fdopen(write_end, "wb") as out:
                out.write(result)
        except BaseException:  # said before the pipe is closed, with which this process is ended
            print(legible(traceback.format_exc()), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        answer = _read_while_wanted(pipe.fileno(), connection, job.limits.total_wall + _SPARE_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if answer is None:
        raise EOFError
    return answer


def _grade_here(job: Job, launcher: Launcher) -> bytes:
    try:
        key = read_key(job.key, job.notebook)
        seed = int.from_bytes(hashlib.sha256(job.submission).digest()[:8])
        result = grade(job.submission, key, job.limits, lambda clock: launcher.launch(job.limits, clock, seed))
        return json.dumps(result.stored()).encode()
    except TemplateGoneError:
        return _NO_TEMPLATE
    except GradschoolError as error:
        return json.dumps({"error": str(error)}).encode()


def _read_while_wanted(fd: int, connection: Connection, seconds: float) -> bytes | None:
    """Read to the end; None if whoever asked is gone, nothing if it takes too long."""
    chunks: list[bytes] = []
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    poll.register(connection.fileno(), select.POLLIN)
    while True:
        ready = poll.poll(seconds * 1000)
        if not ready:
            return b""
        if any(ready_fd == connection.fileno() for ready_fd, _ in ready):
            return None
        chunk = os.read(fd, 1 << 20)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)


def _bound_memory(more: int) -> None:
    """Let this process take so much more memory: what a learner sends may grow in a judge's hands."""
    import resource  # not everywhere, and neither is this

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
