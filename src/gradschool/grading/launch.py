"""How learners' processes are started: forks of a warm template, or, anywhere, a fresh interpreter."""

import contextlib
import json
import os
import secrets
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradschool.errors import GradschoolError

from .inside.wire import Channel
from .judge import Clock
from .limits import Limits
from .session import Session

_PACKAGE = Path(__file__).parent
_START_SECONDS = 60.0
_CLOCK_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
INSIDE = "gradschool_learner"

# A learner's process gets these and nothing else of the grader's environment.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def furnish(directory: Path) -> None:
    """Put what a learner's process may see of this package into a directory: the wire's other end, the hollow package."""
    library = directory / "lib"
    no_caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(_PACKAGE / "inside", library / INSIDE, ignore=no_caches)
    shutil.copytree(_PACKAGE / "hollow", library / "gradschool", ignore=no_caches)
    shutil.copy(_PACKAGE.parent / "numeric.py", library / "gradschool")
    shutil.copytree(_PACKAGE.parent / "data", library / "gradschool" / "data", ignore=no_caches)


def order(limits: Limits, seed: int, *, nested: bool, home: str) -> dict[str, Any]:
    """Say what a new learner's process is to be like."""
    return {
        "seed": seed,
        "nested": nested,
        "home": home,
        "output_bytes": limits.output_bytes,
        "text_bytes": limits.text_bytes,
        "block_bytes": limits.block_bytes,
        "disk_bytes": limits.disk_bytes,
        "rlimits": {
            "AS": limits.memory,
            "CPU": int(limits.total_wall) + 1,
            "FSIZE": limits.file_bytes,
            "NOFILE": limits.open_files,
            "NPROC": limits.processes,
            "CORE": 0,
        }
        if nested
        else {"CORE": 0},
    }


def site_directories() -> list[str]:
    """Where this interpreter finds installed packages."""
    return [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages") and Path(path).is_dir()]


def interpreter() -> list[str]:
    """The start of a command that runs Python without anybody's site hooks."""
    return [getattr(sys, "_base_executable", sys.executable), "-s", "-S", "-P"]


class ColdLauncher:
    """Starts each learner's process from nothing: slower, without a sandbox, and possible on every system."""

    def __init__(self) -> None:
        self._directory = Path(tempfile.mkdtemp(prefix="gradschool-"))
        furnish(self._directory)

    def launch(self, limits: Limits, clock: Clock, seed: int) -> Session:
        """Start a process and connect to it."""
        home = tempfile.mkdtemp(dir=self._directory)
        token = secrets.token_hex(16)
        with socket.create_server(("127.0.0.1", 0)) as server:
            config = {
                "mode": "learner",
                "port": server.getsockname()[1],
                "token": token,
                "path": [str(self._directory / "lib"), *site_directories()],
                "order": order(limits, seed, nested=False, home=home),
            }
            process = self._start(config, home)
            sock = _accept(server, token, process)
        channel = Channel(sock, limits.text_bytes, limits.block_bytes, clock.check)
        return Session(ColdProcess(process), channel, limits, clock)

    def _start(self, config: dict[str, Any], home: str) -> "subprocess.Popen[bytes]":
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "TEMP", "TMP") if name in os.environ}
        start = self._directory / "lib" / INSIDE / "start.py"
        return subprocess.Popen(
            [*interpreter(), str(start), json.dumps(config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=home,
            env={**kept, **ENVIRONMENT, "HOME": home, "USERPROFILE": home, "MPLCONFIGDIR": _matplotlib_cache()},
        )

    def close(self) -> None:
        """Remove what was put on disk."""
        shutil.rmtree(self._directory, ignore_errors=True)


def _matplotlib_cache() -> str:
    """Where matplotlib keeps its list of fonts: making it anew takes seconds."""
    import matplotlib

    return matplotlib.get_cachedir()


def _accept(server: socket.socket, token: str, process: "subprocess.Popen[bytes]") -> socket.socket:
    """Wait for the process that knows the token."""
    server.settimeout(1.0)
    for _ in range(int(_START_SECONDS)):
        try:
            sock, _ = server.accept()
        except TimeoutError:
            if process.poll() is not None:
                break
            continue
        sock.settimeout(5.0)
        with contextlib.suppress(OSError):
            if secrets.compare_digest(sock.recv(len(token)), token.encode()):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return sock
        sock.close()
    process.kill()
    raise GradschoolError(f"the notebook's process does not start; try: {sys.executable} -c 'import IPython'")


@dataclass
class ColdProcess:
    """A child process of the judge's."""

    process: "subprocess.Popen[bytes]"

    def cpu_seconds(self) -> float | None:
        """Processor time used so far."""
        return _cpu_seconds(self.process.pid)

    def company(self) -> int:
        """How many threads it runs."""
        return _threads(self.process.pid)

    def interrupt(self) -> bool:
        """Ask it to stop, as Ctrl-C does."""
        if os.name == "nt":
            return False
        self.process.send_signal(signal.SIGINT)
        return True

    def kill(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()


def _cpu_seconds(pid: int) -> float | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / _CLOCK_TICKS


def _threads(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return 1


class Template:
    """A warm interpreter from which learners are forked."""

    def __init__(self) -> None:
        self._directory = Path(tempfile.mkdtemp(prefix="gradschool-"))
        furnish(self._directory)
        self._start()

    def _start(self) -> None:
        self._control, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        config = {
            "mode": "template",
            "fd": its.fileno(),
            "user": None,
            "path": [str(self._directory / "lib"), *site_directories()],
        }
        with its:
            self._process = subprocess.Popen(
                [*interpreter(), str(self._directory / "lib" / INSIDE / "start.py"), json.dumps(config)],
                stdin=subprocess.DEVNULL,
                pass_fds=[its.fileno()],
                cwd=self._directory,
                env={
                    "PATH": os.environ.get("PATH", os.defpath),
                    "HOME": str(self._directory),
                    "MPLCONFIGDIR": _matplotlib_cache(),
                    **ENVIRONMENT,
                },
            )
        self._ready = False

    def launch(self, limits: Limits, clock: Clock, seed: int) -> Session:
        """Fork a learner's process and connect to it."""
        self.wait_until_ready()
        mine, its = socket.socketpair()
        wanted = order(limits, seed, nested=False, home=str(self._directory))
        with its:
            socket.send_fds(self._control, [json.dumps(wanted).encode()], [its.fileno()])
        message, fds, _, _ = socket.recv_fds(self._control, 4096, 1)
        if not fds:
            mine.close()
            raise GradschoolError(f"the learner's process does not start: {message.decode() or 'its template is gone'}")
        channel = Channel(mine, limits.text_bytes, limits.block_bytes, clock.check)
        return Session(ForkedProcess(fds[0]), channel, limits, clock)

    def wait_until_ready(self) -> None:
        """Return when the template has loaded everything."""
        if not self._ready:
            self._control.settimeout(_START_SECONDS)
            if self._control.recv(16) != b"ready":
                raise GradschoolError("the learner's template does not start; its own message stands above")
            self._control.settimeout(None)
            self._ready = True

    def restart(self) -> None:
        """Begin again with a new template: the old one may be in the middle of something."""
        self._end()
        self._start()

    def _end(self) -> None:
        self._control.close()
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End the template and remove what was put on disk."""
        self._end()
        shutil.rmtree(self._directory, ignore_errors=True)


class ForkedProcess:
    """A learner's process that somebody else is the parent of, held by its pidfd."""

    def __init__(self, pidfd: int) -> None:
        self._pidfd = pidfd
        text = Path(f"/proc/self/fdinfo/{pidfd}").read_text()
        self._pid = int(text.partition("Pid:")[2].split()[0])
        self._gone = False

    def cpu_seconds(self) -> float | None:
        """Processor time used so far."""
        return _cpu_seconds(self._pid)

    def company(self) -> int:
        """How many threads it runs."""
        return _threads(self._pid)

    def interrupt(self) -> bool:
        """Ask it to stop, as Ctrl-C does."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGINT)
        return True

    def kill(self) -> None:
        """End it and everything it started; returns when it is gone."""
        if self._gone:
            return
        self._gone = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)  # what it started, where it is not alone in its namespace
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        select.select([self._pidfd], [], [], 5.0)
        os.close(self._pidfd)
