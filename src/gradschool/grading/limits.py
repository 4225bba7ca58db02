"""What one submission may use, in one place: the defaults, and how a course raises them."""

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradschool.errors import GradschoolError

CONFIG_NAME = "gradschool.toml"
_MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Limits of grading one notebook. Seconds, bytes and counts; a course's `gradschool.toml` may change each.

    Attributes
    ----------
    step_cpu : float, seconds of processor time that one cell, or all calls of one check cell, may take
    step_wall : float, seconds by the clock for the same; generous, so that a busy machine costs nobody a point
    total_wall : float, seconds by the clock for a whole notebook, restarts included
    memory : int, bytes of address space of each process; also of the whole sandbox where a cgroup can be had
    processes : int, processes and threads at one time
    open_files : int, descriptors of each process
    file_bytes : int, size of the largest file that a cell may write
    disk_bytes : int, size of each private directory (home, /tmp, /dev/shm), which live in memory
    output_bytes : int, characters of output that are kept of one cell
    total_output_bytes : int, characters of output that are kept of a whole notebook
    text_bytes, block_bytes : int, size of one message's text and of its arrays' bytes
    notebook_bytes : int, size of a submitted file
    depth : int, calls from judge to learner and back that may be open inside one another
    restarts : int, how often a learner's process is started again after it died
    """

    step_cpu: float = 30.0
    step_wall: float = 120.0
    total_wall: float = 600.0
    memory: int = 3072 * _MB
    processes: int = 64
    open_files: int = 128
    file_bytes: int = 64 * _MB
    disk_bytes: int = 128 * _MB
    output_bytes: int = 256 * 1024
    total_output_bytes: int = 16 * _MB
    text_bytes: int = 8 * _MB
    block_bytes: int = 64 * _MB
    notebook_bytes: int = 32 * _MB
    depth: int = 20
    restarts: int = 12

    def as_dict(self) -> dict[str, Any]:
        """Hand back the limits by name."""
        return dataclasses.asdict(self)


def read_limits(root: Path | None) -> Limits:
    """Read the `[limits]` of a course.

    root : the course's directory; its gradschool.toml need not exist
    Raises GradschoolError for a name that is no limit or a value that is no positive number.
    """
    path = None if root is None else root / CONFIG_NAME
    if path is None or not path.is_file():
        return Limits()
    try:
        table = tomllib.loads(path.read_text("utf-8")).get("limits", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GradschoolError(f"{path} is no TOML: {error}") from error
    return Limits(**{**Limits().as_dict(), **{name: _checked(path, name, value) for name, value in table.items()}})


def _checked(path: Path, name: str, value: Any) -> float | int:
    known = Limits().as_dict()
    if name not in known:
        raise GradschoolError(f"{path}: no limit is called {name!r}; there are {', '.join(known)}")
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise GradschoolError(f"{path}: {name} = {value!r} must be a number above 0")
    return int(value) if isinstance(known[name], int) else float(value)
