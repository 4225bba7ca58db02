"""How learners' processes are started: forks of a warm template, one sandbox each, or, anywhere, a fresh interpreter."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Protocol

from gradschool.errors import GradschoolError

from .cgroups import ControlGroup
from .inside.jail import HOME
from .inside.wire import Channel
from .judge import Clock
from .limits import Limits
from .processes import ChildProcess, HeldProcess
from .sandbox import FONTS, INSIDE, INSTALL_HINT, Sandbox, matplotlib_cache
from .session import Process, Session

_PACKAGE = Path(__file__).parent
_START_SECONDS = 60.0
_TEMPLATE_MEMORY = 512 << 20
_TEMPLATE_PROCESSES = 16

# A learner's process gets these and nothing of the grader's environment.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
}
_INSIDE_ENVIRONMENT = {**ENVIRONMENT, "HOME": HOME, "PATH": "/usr/bin:/bin", "MPLCONFIGDIR": FONTS}


class TemplateGoneError(GradschoolError):
    """What learners' processes are forked from has ended: begin again with another."""


class Launcher(Protocol):
    """What starts learners' processes."""

    note: str

    def launch(self, limits: Limits, clock: Clock, seed: int) -> Session:
        """Start a process and connect to it."""

    def restart(self) -> None:
        """Begin again, after somebody who used this was ended in the middle of something."""

    def close(self) -> None:
        """End what runs and remove what was put on disk."""


def make_launcher(*, sandbox: bool, hidden: list[Path]) -> Launcher:
    """Make the best launcher that this machine allows.

    hidden : directories that no learner may see
    Raises GradschoolError where a sandbox is wanted and none can be had.
    """
    hidden = [*hidden, _PACKAGE.parent]  # with the reference in it, where it is installed among other packages
    template = Template(sandbox=sandbox, hidden=hidden)
    try:
        template.wait_until_ready()
        trouble = template.probe() if sandbox else ""
    except GradschoolError:
        template.close()
        raise
    if not trouble:
        return template
    template.close()
    return ColdSandboxLauncher(hidden, trouble)


def furnish(directory: Path) -> None:
    """Put what a learner's process may see of this package into a directory: the wire's other end, the hollow package."""
    library = directory / "lib"
    no_caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(_PACKAGE / "inside", library / INSIDE, ignore=no_caches)
    shutil.copytree(_PACKAGE / "hollow", library / "gradschool", ignore=no_caches)
    shutil.copy(_PACKAGE.parent / "numeric.py", library / "gradschool")
    shutil.copytree(_PACKAGE.parent / "data", library / "gradschool" / "data", ignore=no_caches)


def order(limits: Limits, seed: int, *, nested: bool, home: str) -> dict[str, Any]:
    """Say what a new learner's process is to be like.

    nested : whether it is to leave its template's namespaces
    home : directory to make its working directory in, where it is not nested
    """
    return {
        "seed": seed,
        "nested": nested,
        "home": home,
        "output_bytes": limits.output_bytes,
        "text_bytes": limits.text_bytes,
        "block_bytes": limits.block_bytes,
        "disk_bytes": limits.disk_bytes,
        "rlimits": {"CORE": 0},
    }


def confined(wanted: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Add the limits of a process that is not trusted."""
    limited = {
        "AS": limits.memory,
        "CPU": int(limits.total_wall) + 1,
        "FSIZE": limits.file_bytes,
        "NOFILE": limits.open_files,
        "NPROC": limits.processes,
        "CORE": 0,
        "MEMLOCK": 0,
        "MSGQUEUE": 0,
    }
    return {**wanted, "rlimits": limited}


def site_directories() -> list[str]:
    """Where this interpreter finds installed packages."""
    return [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages") and Path(path).is_dir()]


def _python() -> list[str]:
    """The start of a command that runs Python without anybody's site hooks."""
    return [getattr(sys, "_base_executable", sys.executable), "-s", "-S", "-P"]


class _Directory:
    """A furnished directory of a launcher's own."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="gradschool-"))
        furnish(self.path)
        self.start = str(self.path / "lib" / INSIDE / "start.py")
        self.packages = [str(self.path / "lib"), *site_directories()]

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


class ColdLauncher:
    """Starts each learner's process from nothing: slower, without a sandbox, and possible on every system."""

    note = ""

    def __init__(self) -> None:
        self._directory = _Directory()

    def launch(self, limits: Limits, clock: Clock, seed: int) -> Session:
        """Start a process, which connects back; a word that only it knows tells it from others."""
        home = tempfile.mkdtemp(dir=self._directory.path)
        word = secrets.token_hex(16)
        with socket.create_server(("127.0.0.1", 0)) as server:
            config = {
                "mode": "learner",
                "port": server.getsockname()[1],
                "token": word,
                "path": self._directory.packages,
                "order": order(limits, seed, nested=False, home=home),
            }
            process = self._start(config, home)
            sock = _accept(server, word, process)
        channel = Channel(sock, limits.text_bytes, limits.block_bytes, clock.check)
        return Session(ChildProcess(process), channel, limits, clock)

    def _start(self, config: dict[str, Any], home: str) -> "subprocess.Popen[bytes]":
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "TEMP", "TMP") if name in os.environ}
        return subprocess.Popen(
            [*_python(), self._directory.start, json.dumps(config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=home,
            env={**kept, **ENVIRONMENT, "HOME": home, "USERPROFILE": home, "MPLCONFIGDIR": matplotlib_cache()},
        )

    def restart(self) -> None:
        """Nothing is kept from one launch to the next."""

    def close(self) -> None:
        """Remove what was put on disk."""
        self._directory.remove()


def _accept(server: socket.socket, word: str, process: "subprocess.Popen[bytes]") -> socket.socket:
    """Wait for the process that knows the word."""
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
            if secrets.compare_digest(sock.recv(len(word)), word.encode()):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return sock
        sock.close()
    process.kill()
    process.wait()
    raise GradschoolError(f"the notebook's process does not start; try: {sys.executable} -c 'import IPython'")


class Template:
    """A warm interpreter from which learners are forked, in a sandbox or in none."""

    note = ""

    def __init__(self, *, sandbox: bool, hidden: list[Path]) -> None:
        self._directory = _Directory()
        self._sandbox = Sandbox(self._directory.path, site_directories(), hidden) if sandbox else None
        self._start()

    def _start(self) -> None:
        self._ready = False
        self._process: Process
        self._group: ControlGroup | None = None
        self._control, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        config = {
            "mode": "template",
            "fd": its.fileno(),
            "user": self._sandbox.user if self._sandbox else None,
            "path": self._sandbox.paths if self._sandbox else self._directory.packages,
        }
        with its:
            if self._sandbox is None:
                self._process = self._start_open(config, its)
            else:
                defaults = Limits()
                self._group = ControlGroup(defaults.memory + _TEMPLATE_MEMORY, defaults.processes + _TEMPLATE_PROCESSES)
                self._process = _start_inside(self._sandbox, config, its, defaults.disk_bytes, self._group)

    def _start_open(self, config: dict[str, Any], its: socket.socket) -> ChildProcess:
        process = subprocess.Popen(
            [*_python(), self._directory.start, json.dumps(config)],
            stdin=subprocess.DEVNULL,
            pass_fds=[its.fileno()],
            cwd=self._directory.path,
            env={
                "PATH": os.environ.get("PATH", os.defpath),
                "HOME": str(self._directory.path),
                "MPLCONFIGDIR": matplotlib_cache(),
                **ENVIRONMENT,
            },
        )
        return ChildProcess(process)

    def wait_until_ready(self) -> None:
        """Return when the template has loaded everything."""
        if self._ready:
            return
        self._control.settimeout(_START_SECONDS)
        try:
            said = self._control.recv(16)
        except OSError:  # gone, or too slow
            said = b""
        if said != b"ready":
            kind = "the sandbox" if self._sandbox else "the learners' template"
            raise GradschoolError(f"{kind} does not start; what it said stands above ({INSTALL_HINT})")
        self._control.settimeout(None)
        self._ready = True

    def probe(self) -> str:
        """Fork a learner and end it; say what went wrong, if anything did."""
        limits = Limits()
        try:
            self.launch(limits, Clock(limits), 0).close()
        except GradschoolError as error:
            return str(error)
        return ""

    def launch(self, limits: Limits, clock: Clock, seed: int) -> Session:
        """Fork a learner's process and connect to it."""
        self.wait_until_ready()
        wanted = order(limits, seed, nested=self._sandbox is not None, home=str(self._directory.path))
        if self._sandbox is not None:
            wanted = confined(wanted, limits)
        if self._group is not None:
            self._group.allow(limits.memory + _TEMPLATE_MEMORY, limits.processes + _TEMPLATE_PROCESSES)
        mine, its = socket.socketpair()
        try:
            with its:
                socket.send_fds(self._control, [json.dumps(wanted).encode()], [its.fileno()])
            message, fds, _, _ = socket.recv_fds(self._control, 4096, 1)
        except OSError:
            message, fds = b"", []
        if not fds:
            mine.close()
            if not message:
                raise TemplateGoneError("the learner's process does not start: its template is gone")
            raise GradschoolError(f"the learner's process does not start: {message.decode()}")
        channel = Channel(mine, limits.text_bytes, limits.block_bytes, clock.check)
        return Session(HeldProcess(fds[0]), channel, limits, clock)

    def restart(self) -> None:
        """Begin again with a new template: the old one may be in the middle of something.

        It says once that it is ready: whoever forks judges has to hear it, and not the first of them.
        """
        self._end()
        self._start()
        self.wait_until_ready()

    def _end(self) -> None:
        self._control.close()
        self._process.kill()

    def close(self) -> None:
        """End the template and remove what was put on disk."""
        self._end()
        self._directory.remove()


class ColdSandboxLauncher:
    """Starts a new sandbox for each learner: for systems that allow bubblewrap and no namespace inside it."""

    def __init__(self, hidden: list[Path], why: str) -> None:
        self.note = f"each notebook starts a sandbox of its own, about a second each ({why})"
        self._directory = _Directory()
        self._sandbox = Sandbox(self._directory.path, site_directories(), hidden)

    def launch(self, limits: Limits, clock: Clock, seed: int) -> Session:
        """Start a sandbox and connect to the process in it."""
        mine, its = socket.socketpair()
        config = {
            "mode": "learner",
            "fd": its.fileno(),
            "user": self._sandbox.user,
            "path": self._sandbox.paths,
            "order": confined(order(limits, seed, nested=False, home=HOME), limits),
        }
        with its:
            group = ControlGroup(limits.memory, limits.processes + _TEMPLATE_PROCESSES)
            process = _start_inside(self._sandbox, config, its, limits.disk_bytes, group)
        channel = Channel(mine, limits.text_bytes, limits.block_bytes, clock.check)
        return Session(process, channel, limits, clock)

    def restart(self) -> None:
        """Nothing is kept from one launch to the next."""

    def close(self) -> None:
        """Remove what was put on disk."""
        self._directory.remove()


class _Inside(HeldProcess):
    """The first process in a sandbox of its own."""

    def __init__(self, outer: "subprocess.Popen[bytes]", inner: HeldProcess, group: ControlGroup) -> None:
        self._outer = outer
        self._inner = inner
        self._group = group
        self.pid = inner.pid

    def interrupt(self) -> bool:
        return self._inner.interrupt()

    def kill(self) -> None:
        self._inner.kill()
        self._outer.kill()
        self._outer.wait()
        self._group.close()


def _start_inside(
    sandbox: Sandbox, config: dict[str, Any], its: socket.socket, private_bytes: int, group: ControlGroup
) -> _Inside:
    """Start bubblewrap; hand back the first process inside, with which everything there ends."""
    told, telling = os.pipe()
    with os.fdopen(told) as info:
        try:
            process = subprocess.Popen(
                sandbox.command(json.dumps(config), private_bytes, telling),
                stdin=subprocess.DEVNULL,
                pass_fds=[its.fileno(), telling],
                env=_INSIDE_ENVIRONMENT,
                preexec_fn=group.enter,
            )
        finally:
            os.close(telling)
        text = info.read()
    if not text:
        process.wait()
        raise GradschoolError(f"the sandbox does not start; what bubblewrap said stands above ({INSTALL_HINT})")
    return _Inside(process, HeldProcess(os.pidfd_open(int(json.loads(text)["child-pid"]))), group)
