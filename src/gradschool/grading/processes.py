"""What the judge can do to a learner's process from outside: look at its time, interrupt it, end it."""

import contextlib
import os
import select
import signal
import subprocess
from pathlib import Path

_CLOCK_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_END_SECONDS = 5.0


class ChildProcess:
    """A child process of the judge's, on any system."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def cpu_seconds(self) -> float | None:
        """Processor time used so far, by what it started too."""
        return cpu_seconds(self._process.pid)

    def company(self) -> int:
        """How many threads it runs."""
        return threads(self._process.pid)

    def interrupt(self) -> bool:
        """Ask it to stop, as Ctrl-C does."""
        if os.name == "nt":
            return False
        self._process.send_signal(signal.SIGINT)
        return True

    def kill(self) -> None:
        """End it; returns when it is gone."""
        self._process.kill()
        self._process.wait()


class HeldProcess:
    """A process that somebody else is the parent of, held by its pidfd, so that no other is ever meant.

    pid : its number, as this process sees it
    """

    def __init__(self, pidfd: int) -> None:
        self._pidfd = pidfd
        self._gone = False
        self.pid = int(Path(f"/proc/self/fdinfo/{pidfd}").read_text().partition("Pid:")[2].split()[0])

    def cpu_seconds(self) -> float | None:
        """Processor time used so far, by what it started too."""
        return cpu_seconds(self.pid)

    def company(self) -> int:
        """How many threads it runs."""
        return threads(self.pid)

    def interrupt(self) -> bool:
        """Ask it to stop, as Ctrl-C does."""
        self._signal(signal.SIGINT)
        return True

    def kill(self) -> None:
        """End it and its process group; in a namespace of its own, everything it started ends with it."""
        if self._gone:
            return
        self._gone = True
        if self.pid > 0:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        self._signal(signal.SIGKILL)
        select.select([self._pidfd], [], [], _END_SECONDS)
        os.close(self._pidfd)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, number)


def cpu_seconds(pid: int) -> float | None:
    """Processor time that a process and its children have used, None where that cannot be seen."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return None
    # its own time, then that of children it has waited for; those that live, or that nobody waited for, have their own
    own = sum(map(int, fields[11:15])) / _CLOCK_TICKS
    return own + sum(cpu_seconds(child) or 0.0 for child in _children(pid))


def _children(pid: int) -> list[int]:
    found = []
    with contextlib.suppress(OSError):
        for thread in os.listdir(f"/proc/{pid}/task"):
            found += Path(f"/proc/{pid}/task/{thread}/children").read_text().split()
    return [int(child) for child in found]


def threads(pid: int) -> int:
    """How many threads a process runs, 1 where that cannot be seen."""
    try:
        return len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return 1
