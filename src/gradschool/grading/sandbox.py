"""The sandbox: what bubblewrap is asked for, and whether it can do that here."""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from gradschool.errors import GradschoolError
from gradschool.language import translate as _

from .inside.jail import HOME

NOBODY = 65534
PLACE = Path("/env")
FONTS = "/tmp/matplotlib"
INSIDE = "gradschool_learner"
INSTALL_HINT = "Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install bubblewrap"

_SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_CONFIGURATION = ("/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime")
_PEOPLE = {"passwd": f"nobody:x:{NOBODY}:{NOBODY}:nobody:{HOME}:/bin/sh\n", "group": f"nogroup:x:{NOBODY}:\n"}


class Sandbox:
    """A view of the machine with the system and the Python environment read-only and nothing else of it.

    directory : furnished with the files of ours that a learner may see (launch.furnish)
    sites : directories of installed packages
    hidden : directories that are to be covered, should one lie in what is shown
    """

    def __init__(self, directory: Path, sites: list[str], hidden: Iterable[Path] = ()) -> None:
        found = shutil.which("bwrap")
        if found is None:
            words = _("the sandbox needs bubblewrap: install it ({hint}), or trust everybody with --no-sandbox")
            raise GradschoolError(words.format(hint=INSTALL_HINT))
        self.is_root = os.geteuid() == 0
        self.interpreter, prefix = _interpreter()
        self.paths = [str(PLACE / "lib"), *[str(PLACE / f"site{number}") for number in range(len(sites))]]
        shown = {**prefix, str(directory / "lib"): self.paths[0], **dict(zip(sites, self.paths[1:], strict=True))}
        self._arguments = [
            found,
            *self._namespaces(),
            *_system(),
            *_people(directory),
            *_binds(shown),
            *_covers({"/usr": "/usr", **shown}, hidden),
            *("--proc", "/proc", "--dev", "/dev"),
        ]

    def command(self, config: str, private_bytes: int, info_fd: int) -> list[str]:
        """Hand back the command that runs Python inside, with a configuration for start.py.

        private_bytes : size of each writable directory
        info_fd : where bubblewrap is to write the process's number
        """
        private = []
        for place in (HOME, "/tmp", "/dev/shm"):
            private += ["--size", str(private_bytes), "--perms", "1777", "--tmpfs", place]
        python = [self.interpreter, "-s", "-S", "-P", str(PLACE / "lib" / INSIDE / "start.py"), config]
        closing = ["--info-fd", str(info_fd), "--remount-ro", "/", "--remount-ro", "/dev", "--chdir", HOME, "--"]
        return [*self._arguments, *private, *_fonts(), *closing, *python]

    @property
    def user(self) -> int | None:
        """The user to become inside; None where bubblewrap has seen to that."""
        return NOBODY if self.is_root else None

    def _namespaces(self) -> list[str]:
        shared = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
        always = [*shared, "--die-with-parent", "--new-session", "--hostname", "notebook"]
        if self.is_root:
            # Root needs no user namespace to build this; the process inside becomes nobody, and needs two powers for it.
            return [*always, "--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        return [*always, "--unshare-user", "--uid", str(NOBODY), "--gid", str(NOBODY)]


def _interpreter() -> tuple[str, dict[str, str]]:
    """The Python to run inside, and the directory to show for it, where that is not the system's."""
    executable = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    prefix = Path(sys.base_prefix).resolve()
    if prefix.is_relative_to("/usr"):
        return str(executable), {}
    if not any(prefix.is_relative_to(place) for place in ("/tmp", "/dev", "/proc", HOME)):
        return str(executable), {str(prefix): str(prefix)}
    place = PLACE / "python"
    return str(place / executable.relative_to(prefix)), {str(prefix): str(place)}


def _system() -> list[str]:
    arguments = []
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            arguments += ["--symlink", os.readlink(path), name]
        elif path.is_dir():
            arguments += ["--ro-bind", name, name]
    arguments += ["--ro-bind", "/usr", "/usr", *_directory(Path("/etc")), *_directory(Path(HOME))]
    for name in _CONFIGURATION:
        arguments += ["--ro-bind-try", name, name]
    return arguments


def _directory(path: Path) -> list[str]:
    """Make a directory and those above it so that everybody may pass: left to itself, bubblewrap makes them private."""
    above = [parent for parent in reversed((path, *path.parents)) if parent != Path("/")]
    return [argument for parent in above for argument in ("--perms", "0755", "--dir", str(parent))]


def _people(directory: Path) -> list[str]:
    """Name the one user that there is inside."""
    arguments = []
    for name, text in _PEOPLE.items():
        path = directory / name
        path.write_text(text)
        path.chmod(0o644)
        arguments += ["--ro-bind", str(path), f"/etc/{name}"]
    return arguments


def _binds(shown: dict[str, str]) -> list[str]:
    arguments = []
    for source, place in shown.items():
        arguments += [*_directory(Path(place)), "--ro-bind", source, place]
    return arguments


def _fonts() -> list[str]:
    """Show matplotlib its list of fonts, which takes seconds to make anew."""
    arguments = ["--perms", "1777", "--dir", FONTS]
    for path in Path(matplotlib_cache()).glob("fontlist*.json"):
        arguments += ["--ro-bind", str(path), f"{FONTS}/{path.name}"]
    return arguments


def matplotlib_cache() -> str:
    """Where matplotlib keeps its list of fonts; made now if it was never made."""
    import matplotlib.font_manager

    return matplotlib.get_cachedir()


def _covers(shown: dict[str, str], hidden: Iterable[Path]) -> list[str]:
    """Cover with an empty directory whatever must not be seen and lies inside something that is shown."""
    arguments = []
    for directory in {path.resolve() for path in hidden}:
        for source, place in shown.items():
            root = Path(source).resolve()
            if directory.is_dir() and directory != root and directory.is_relative_to(root):
                arguments += ["--tmpfs", str(place / directory.relative_to(root))]
    return arguments
