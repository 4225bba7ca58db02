"""What was handed in, and by whom: directories, nbgrader's layout, loose files and zips become submissions."""

import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from gradschool.course import ASSIGNMENT
from gradschool.errors import GradschoolError

from .reading import UnreadableError, read_submission

MAX_FILE = 64 << 20
MAX_TOTAL = 4 << 30
MAX_FILES = 50_000
_COPY_MARK = re.compile(r"([ _-]*(\(\d+\)|copy\d*|-?copy|사본|복사본))+$", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\w.@+ -]+")
_SKIPPED_DIRECTORIES = {".ipynb_checkpoints", "__MACOSX", "__pycache__", ".git"}


@dataclass(frozen=True)
class HandedIn:
    """One file: which notebook it is, its bytes, and where it came from."""

    notebook: str
    data: bytes = field(repr=False)
    origin: str


@dataclass
class Submission:
    """Everything that one student handed in."""

    student: str
    files: dict[str, HandedIn] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Found:
    """A file somewhere in what was given: its path's parts, and its bytes."""

    parts: tuple[str, ...]
    data: bytes
    origin: str


def collect(paths: list[Path], known: list[str]) -> list[Submission]:
    """Read what was handed in.

    paths : a directory <student>/lecture4/<notebook>.ipynb (or without lecture4), loose files, or zips of either
    known : names of the notebooks that can be graded
    Returns submissions sorted by student. Nothing outside the given paths is read, whatever links or names say.
    Raises GradschoolError for a path that does not exist, a zip that is none or too large, or where nothing is found.
    """
    submissions: dict[str, Submission] = {}
    for path in paths:
        for found in _find(path):
            _add(submissions, found, known)
    if not submissions:
        raise GradschoolError(
            f"no notebook found in {', '.join(map(str, paths))}: PATH is a directory, .ipynb files or a zip"
        )
    return [submissions[student] for student in sorted(submissions)]


def _add(submissions: dict[str, Submission], found: _Found, known: list[str]) -> None:
    student = _student(found)
    submission = submissions.setdefault(student, Submission(student))
    notebook = _notebook(found, known)
    if notebook in submission.files:
        first = submission.files[notebook].origin
        submission.warnings.append(f"{notebook} was handed in twice: {first} was graded, {found.origin} was not")
        return
    submission.files[notebook] = HandedIn(notebook, found.data, found.origin)


def _student(found: _Found) -> str:
    """The directory above the assignment's, else the one above the file; a loose file is its own student."""
    directories = [part for part in found.parts[:-1] if part != ASSIGNMENT]
    name = directories[-1] if directories else PurePosixPath(found.parts[-1]).stem
    return _UNSAFE.sub("_", name).strip(" .") or "unnamed"


def _notebook(found: _Found, known: list[str]) -> str:
    """Which notebook a file is: by its name, else by what stands in it; its own name where nothing fits."""
    stem = _COPY_MARK.sub("", PurePosixPath(found.parts[-1]).stem)
    if stem in known:
        return stem
    named = [name for name in known if name in stem]
    if len(named) == 1:
        return named[0]
    try:
        said = read_submission(found.data, MAX_FILE).name
    except UnreadableError:
        said = ""
    return said if said in known else stem


# --- finding files ----------------------------------------------------------------------------------------------


def _find(path: Path) -> Iterator[_Found]:
    if path.is_dir():
        yield from _find_in_directory(path)
    elif path.suffix.lower() == ".zip":
        yield from _find_in_zip(path)
    elif path.is_file():
        yield _Found((path.name,), _read(path), str(path))
    else:
        raise GradschoolError(f"there is no {path}")


def _find_in_directory(root: Path) -> Iterator[_Found]:
    """Notebooks below a directory, sorted; links are not followed, so that nothing outside is read."""
    for directory, names, files in root.walk() if hasattr(root, "walk") else _walk(root):
        names[:] = sorted(name for name in names if name not in _SKIPPED_DIRECTORIES)
        for name in sorted(files):
            path = directory / name
            if path.suffix.lower() == ".ipynb" and stat.S_ISREG(path.lstat().st_mode):
                yield _Found((*_above(root), *path.relative_to(root).parts), _read(path), str(path))


def _walk(root: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """`Path.walk`, which Python 3.11 lacks."""
    import os

    for directory, names, files in os.walk(root):
        yield Path(directory), names, files


def _above(root: Path) -> tuple[str, ...]:
    """A directory given by itself is the student's, unless it is where students' directories stand."""
    root = root.resolve()
    has_students = any(
        child.is_dir() and child.name not in (ASSIGNMENT, *_SKIPPED_DIRECTORIES) for child in root.iterdir()
    )
    if has_students:
        return ()
    return (root.parent.name,) if root.name == ASSIGNMENT else (root.name,)


def _read(path: Path) -> bytes:
    if path.stat().st_size > MAX_FILE:
        return b"\0" * (MAX_FILE + 1)
    try:
        return path.read_bytes()
    except OSError as error:
        raise GradschoolError(f"cannot read {path}: {error.strerror}") from error


def _find_in_zip(path: Path) -> Iterator[_Found]:
    """Notebooks in a zip, read without unpacking: names cannot lead anywhere, and sizes are counted while reading."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise GradschoolError(f"{path} is no zip, or a damaged one: {error}") from error
    with archive:
        members = [info for info in archive.infolist() if info.filename.lower().endswith(".ipynb")]
        if len(archive.infolist()) > MAX_FILES:
            raise GradschoolError(f"{path} has more than {MAX_FILES} files in it")
        total = 0
        for info in sorted(members, key=lambda info: info.filename):
            parts = _safe_parts(info)
            if parts is None:
                continue
            data = _read_member(archive, info, path)
            total += len(data)
            if total > MAX_TOTAL:
                raise GradschoolError(f"{path} unpacks to more than {MAX_TOTAL >> 30} GB")
            yield _Found(parts, data, f"{path}:{info.filename}")


def _safe_parts(info: zipfile.ZipInfo) -> tuple[str, ...] | None:
    """A member's path without what leads elsewhere; None for links, folders and an archiver's own files."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    parts = tuple(part for part in info.filename.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    if info.is_dir() or kind not in (0, stat.S_IFREG) or not parts or _SKIPPED_DIRECTORIES & set(parts):
        return None
    return parts


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> bytes:
    try:
        with archive.open(info) as member:
            return member.read(MAX_FILE + 1)
    except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError, ValueError) as error:
        raise GradschoolError(f"{info.filename} in {path} cannot be read: {error}") from error
