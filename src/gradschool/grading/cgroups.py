"""A control group for one sandbox, where this user may make one: a limit for all of its processes together."""

import contextlib
import os
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_PREFIX = "gradschool-"


class ControlGroup:
    """Limits on memory and processes of everything inside. `directories` is empty where none could be made."""

    def __init__(self, memory: int, processes: int) -> None:
        self.directories: list[Path] = []
        self._name = f"{_PREFIX}{os.getpid()}"
        for parent in _places(memory, processes):
            _sweep(parent)
            directory = parent / self._name
            with contextlib.suppress(OSError):  # not ours to make: the limits of each process remain
                directory.mkdir(exist_ok=True)
                self.directories.append(directory)
        self.allow(memory, processes)

    def allow(self, memory: int, processes: int) -> None:
        """Set the limits, of what is inside already too."""
        for parent, files in _places(memory, processes).items():
            directory = parent / self._name
            for file, value in files.items() if directory in self.directories else ():
                with contextlib.suppress(OSError):
                    (directory / file).write_text(str(value))

    def enter(self) -> None:
        """Move the calling process into the group."""
        for directory in self.directories:
            with contextlib.suppress(OSError):
                (directory / "cgroup.procs").write_text("0")

    def close(self) -> None:
        """Remove the group, empty by now."""
        for directory in self.directories:
            with contextlib.suppress(OSError):
                directory.rmdir()


def _sweep(parent: Path) -> None:
    """Remove what graders left behind that were killed."""
    for directory in parent.glob(f"{_PREFIX}*"):
        if not Path("/proc", directory.name.removeprefix(_PREFIX)).exists():
            with contextlib.suppress(OSError):
                directory.rmdir()


def _places(memory: int, processes: int) -> dict[Path, dict[str, int]]:
    """Where this process's groups are, and what to write into a new one below them: version 1 and version 2."""
    places: dict[Path, dict[str, int]] = {}
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers == "memory":
            places[_ROOT / "memory" / path[1:]] = {"memory.limit_in_bytes": memory}
        elif controllers == "pids":
            places[_ROOT / "pids" / path[1:]] = {"pids.max": processes}
        elif not controllers and "memory" in _delegated(_ROOT / path[1:]):
            places[_ROOT / path[1:]] = {"memory.max": memory, "memory.swap.max": 0, "pids.max": processes}
    return places


def _delegated(group: Path) -> str:
    """The controllers that a version 2 group hands to groups below it."""
    try:
        return (group / "cgroup.subtree_control").read_text()
    except OSError:
        return ""
