"""Notebooks in directories, zips and zips in zips, as bytes. Nothing is unpacked to disk, and nothing outside is read."""

import contextlib
import io
import lzma
import os
import stat
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from gradschool.course import ASSIGNMENT
from gradschool.errors import GradschoolError, cannot_read
from gradschool.language import LANGUAGES
from gradschool.language import translate as _

from .legible import one_line
from .people import remainder

MAX_FILE = 64 << 20
MAX_ZIP_IN_ZIP = 256 << 20
MAX_TOTAL = 1 << 30
# What each person's zip may still unpack to when people's zips together have had MAX_TOTAL: nobody's takes another's place.
FAIR_SHARE = 32 << 20
MAX_FILES = 50_000
MAX_DEPTH = 3
# Bytes of a zip's list of its members. Packed, a list of millions is nothing; read, it is gigabytes.
_LONGEST_LIST = 8 << 20
# What stands for the content of a file that nobody will read: one object, however many such files there are.
TOO_LARGE = b"\0" * (MAX_FILE + 1)

# Bit 11 of a member's flags: its name is UTF-8.
_NAMED_IN_UTF8 = 0x800

_SKIPPED_DIRECTORIES = {".ipynb_checkpoints", "__MACOSX", "__pycache__", ".git"}
_LONGEST_NAME = 255
_OUTER_PARTS = _INNER_PARTS = 16
_LONGEST_TEXT = 4096
_LATEST = datetime(9999, 1, 1, tzinfo=UTC).timestamp()
_TAKEN = (".ipynb", ".zip")
_ZIP_ERRORS = (
    OSError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
)


@dataclass(frozen=True)
class Found:
    """A file somewhere in what was given.

    parts : its path below what was given; a zip on the way counts as a directory
    time : seconds since 1970 when it was last changed, or handed in where that is written down
    sender : the directory that is one person's for sure: a zip that lay among others
    problem : why there is nothing to read; empty for a notebook
    remark : what was odd about it
    """

    parts: tuple[str, ...]
    data: bytes = field(repr=False)
    origin: str
    time: float
    sender: str = ""
    problem: str = ""
    remark: str = ""


def find(paths: list[Path], known: Sequence[str]) -> Iterator[Found]:
    """Find what was handed in under some paths: directories, .ipynb files, zips.

    known : names of the notebooks that can be graded
    Raises GradschoolError for a path that does not exist, or that is a zip and cannot be read or is too large.
    """
    for found in _find(paths, known):
        yield replace(
            found,
            parts=tuple(one_line(part[:_LONGEST_NAME]) for part in _ends(found.parts)),
            origin=_said(found.origin),
            time=min(max(found.time, 0.0), _LATEST),
            sender=one_line(found.sender),
            problem=_said(found.problem),
            remark=_said(found.remark),
        )


def _ends(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the middle of a path that is deeper than anybody's, in a zip of zips: no list takes all of it."""
    return parts if len(parts) <= _OUTER_PARTS + _INNER_PARTS else (*parts[:_OUTER_PARTS], *parts[-_INNER_PARTS:])


def _said(text: str) -> str:
    return one_line(text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]} …")


def _find(paths: list[Path], known: Sequence[str]) -> Iterator[Found]:
    for path in paths:
        if path.is_dir():
            yield from _in_directory(path, known)
        elif not path.exists():
            raise GradschoolError(_("there is no {path}").format(path=path))
        elif path.suffix.lower() == ".zip":
            above = (path.stem,) if len(paths) > 1 else ()
            yield from _in_zip(_opened(path), _Place(above, str(path), _Room(MAX_TOTAL), everybodys=True))
        else:
            yield Found((path.name,), _read(path), str(path), path.stat().st_mtime)


# --- directories ------------------------------------------------------------------------------------------------


def _in_directory(root: Path, known: Sequence[str]) -> Iterator[Found]:
    """Sorted; links are not followed, so that nothing outside is read."""
    closed: list[OSError] = []
    try:
        above, crowd = _above(root, known), _Crowd()
    except OSError as error:
        raise cannot_read(root, error) from error
    paths = list(_files(root, closed.append))
    for path in paths:
        parts = (*above, *path.relative_to(root).parts)
        if path.suffix.lower() == ".ipynb":
            try:
                data, problem = _read(path), ""
            except GradschoolError as error:  # it costs the one whose file it is
                data, problem = b"", str(error)
            yield Found(parts, data, str(path), _time_of(path), problem=problem)
        else:
            room = _Room(MAX_ZIP_IN_ZIP, crowd)
            place, sender = (*parts[:-1], path.stem), _sender(path, root, paths)
            inside = _Place(place, str(path), room, sender=sender, alone=len(paths) == 1)
            yield from _in_readable_zip(path, inside, path.stat().st_mtime)
    for reason in closed:
        path = Path(reason.filename)
        name = () if path.suffix.lower() in _TAKEN else ("?.ipynb",)
        parts = (*above, *path.relative_to(root).parts, *name)
        yield Found(parts, b"", str(path), 0.0, problem=str(cannot_read(path, reason)))


def _sender(path: Path, root: Path, paths: list[Path]) -> str:
    """Whose a zip is: kim.zip lies among others' and is Kim's, kim/homework.zip lies in Kim's directory."""
    above = [part for part in path.relative_to(root).parts[:-1] if part != ASSIGNMENT]
    has_neighbours = any(other.parent == path.parent and other != path for other in paths)
    return path.stem if has_neighbours or not above else above[-1]


def _files(root: Path, closed: Callable[[OSError], None]) -> Iterator[Path]:
    """Find notebooks and zips, sorted; of what cannot be looked into or at, the error is handed on."""
    for directory, names, files in os.walk(root, onerror=closed):
        names[:] = sorted(name for name in names if name not in _SKIPPED_DIRECTORIES)
        for name in sorted(files):
            path = Path(directory, name)
            try:
                taken = path.suffix.lower() in _TAKEN and stat.S_ISREG(path.lstat().st_mode)
            except OSError as error:
                closed(error)
            else:
                if taken:
                    yield path


def _above(root: Path, known: Sequence[str]) -> tuple[str, ...]:
    """A directory given by itself is the student's, unless it is where everybody's directories or files stand."""
    root = root.resolve()
    children = [child for child in root.iterdir() if child.name not in (ASSIGNMENT, *_SKIPPED_DIRECTORIES)]
    files = [child.stem for child in children if child.suffix.lower() in (".ipynb", ".zip")]
    named = {remainder(stem, known) for stem in files if remainder(stem, known) != stem} - {""}
    if any(child.is_dir() for child in children) or len(named) > 1 or len(files) > max(len(known), 1):
        return ()
    return (root.parent.name,) if root.name == ASSIGNMENT else (root.name,)


def _time_of(path: Path) -> float:
    """When it was handed in, as nbgrader writes it down beside a notebook; else when it was last changed."""
    stamp = path.with_name("timestamp.txt")
    try:
        if stat.S_ISREG(stamp.lstat().st_mode):  # a link or a pipe may have no end
            with stamp.open(encoding="utf-8") as file:
                return datetime.fromisoformat(file.read(100).strip().replace(" UTC", "+00:00")).timestamp()
    except (OSError, ValueError, OverflowError):
        pass
    return path.stat().st_mtime


def _read(path: Path) -> bytes:
    try:
        return TOO_LARGE if path.stat().st_size > MAX_FILE else path.read_bytes()
    except OSError as error:
        raise cannot_read(path, error) from error


# --- zips -------------------------------------------------------------------------------------------------------


@dataclass
class _Crowd:
    """What all people's own zips have taken together."""

    taken: int = 0


@dataclass
class _Room:
    """How much a zip, with all the zips in it, may unpack to.

    crowd : what a person's zip takes counts there too
    """

    size: int
    crowd: "_Crowd | None" = None
    taken: int = 0

    def take(self, size: int, name: str) -> None:
        self.change(size)
        if self.taken > self.most:
            words = _("{zip} unpacks to more than {most} MB: is it a zip bomb?")
            raise GradschoolError(words.format(zip=name, most=self.most >> 20))

    def change(self, size: int) -> None:
        self.taken += size
        if self.crowd is not None:
            self.crowd.taken += size

    @property
    def most(self) -> int:
        crowded = self.crowd is not None and self.crowd.taken > MAX_TOTAL
        return min(self.size, FAIR_SHARE) if crowded else self.size


@dataclass(frozen=True)
class _Place:
    """Where a zip is: the parts above its members, what it is called, how deep it lies, and whose it is.

    alone : whether there is nothing else, so that it may be everybody's after all
    room : the zips in one person's zip share it; a zip in everybody's is one person's and has one of its own
    crowd : where those of everybody's zip count
    """

    above: tuple[str, ...]
    name: str
    room: _Room
    depth: int = 1
    sender: str = ""
    everybodys: bool = False
    alone: bool = False
    crowd: _Crowd = field(default_factory=_Crowd)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _ZIP_ERRORS as error:
        raise GradschoolError(
            _("{path} is no zip, or a damaged one: {reason}").format(path=path, reason=error)
        ) from error


def _in_readable_zip(file: Path | io.BytesIO, place: _Place, changed: float) -> Iterator[Found]:
    """What is in somebody's own zip; a zip that cannot be read is that person's problem, and is named."""
    before = place.room.taken
    try:
        if place.depth > MAX_DEPTH:
            raise GradschoolError(_("{zip} lies in more than {most} zips").format(zip=place.name, most=MAX_DEPTH))
        with file.open("rb") if isinstance(file, Path) else file as opened:
            found = list(_in_zip(_with_short_list(opened), place))
    except (*_ZIP_ERRORS, GradschoolError) as error:
        words = _("{zip} is a damaged zip: {reason}")
        said = str(error) if isinstance(error, GradschoolError) else words.format(zip=place.name, reason=error)
        place.room.change(before - place.room.taken)
        yield Found((*place.above, "?.zip"), b"", place.name, changed, place.sender, problem=said)
        return
    if not found:
        said = _("{zip} has no notebook in it").format(zip=place.name)
        yield Found((*place.above, "?.zip"), b"", place.name, changed, place.sender, problem=said)
    yield from (replace(each, sender="") for each in found) if place.alone and _is_everybodys(found) else found


def _with_short_list(file: IO[bytes]) -> zipfile.ZipFile:
    """Open somebody's own zip; BadZipFile where it lists more members than anybody has files."""
    reluctant = _Reluctant(file)
    archive = zipfile.ZipFile(cast(IO[bytes], reluctant))
    reluctant.most = None
    return archive


class _Reluctant:
    """A file that does not hand over more than so much at a time: zipfile reads the whole list before it can be counted."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.most: int | None = _LONGEST_LIST

    def read(self, size: int = -1) -> bytes:
        if self.most is not None and size > self.most:
            raise zipfile.BadZipFile("its list of files is too long")
        return self._file.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _is_everybodys(found: Sequence[Found]) -> bool:
    """Whether a zip has nbgrader's directories of more than one student in it; a learner's own copies have a language's."""
    students = {each.parts[-3] for each in found if len(each.parts) > 2 and each.parts[-2] == ASSIGNMENT}
    return len(students - set(LANGUAGES)) > 1


def _in_zip(archive: zipfile.ZipFile, place: _Place) -> Iterator[Found]:
    """Read members without unpacking them: names cannot lead anywhere, and sizes are counted while reading."""
    with archive:
        members = [info for info in archive.infolist() if info.filename.lower().endswith((".ipynb", ".zip"))]
        if len(archive.infolist()) > MAX_FILES:
            raise GradschoolError(_("{zip} has more than {most} files in it").format(zip=place.name, most=MAX_FILES))
        for info in sorted(members, key=lambda info: info.filename):
            name = _name(info)
            parts = _safe_parts(info, name)
            if parts is None:
                continue
            parts, changed = (*place.above, *parts), _moment(info)
            try:
                data = _read_member(archive, info)
            except _ZIP_ERRORS as error:  # it costs the one whose file it is
                said = _("{file} in {zip} cannot be read: {reason}").format(file=name, zip=place.name, reason=error)
                yield Found(parts, b"", f"{place.name}:{name}", changed, place.sender, problem=said)
                continue
            place.room.take(len(data), place.name)
            yield from _member(name, parts, data, place, changed, alone=place.everybodys and len(members) == 1)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name, which macOS writes in UTF-8 and Windows in its country's code page, and neither says so."""
    if info.flag_bits & _NAMED_IN_UTF8:
        return info.filename
    for encoding in ("utf-8", "cp949"):
        with contextlib.suppress(UnicodeError):
            return info.filename.encode("cp437").decode(encoding)
    return info.filename


def _member(
    name: str, parts: tuple[str, ...], data: bytes, place: _Place, changed: float, *, alone: bool
) -> Iterator[Found]:
    origin = f"{place.name}:{name}"
    if parts[-1].lower().endswith(".zip"):
        stem = PurePosixPath(parts[-1]).stem
        room = _Room(MAX_ZIP_IN_ZIP, place.crowd) if place.everybodys else place.room
        inner = _Place((*parts[:-1], stem), origin, room, place.depth + 1, place.sender or stem, alone=alone)
        yield from _in_readable_zip(io.BytesIO(data), inner, changed)
        return
    data = TOO_LARGE if len(data) > MAX_FILE else data
    remark = _("{file} names a place outside the zip; the file was read, nothing was written there")
    said = remark.format(file=origin) if _leads_out(name) else ""
    yield Found(parts, data, origin, changed, place.sender, remark=said)


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _moment(info: zipfile.ZipInfo) -> float:
    """When a member was last changed; 0 where it says no date at all."""
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (OverflowError, ValueError):
        return 0.0


def _safe_parts(info: zipfile.ZipInfo, name: str) -> tuple[str, ...] | None:
    """A member's path without what leads elsewhere; None for links, folders and an archiver's own files."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    parts = tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    if info.is_dir() or kind not in (0, stat.S_IFREG) or not parts or _SKIPPED_DIRECTORIES & set(parts):
        return None
    return parts


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    limit = MAX_ZIP_IN_ZIP if info.filename.lower().endswith(".zip") else MAX_FILE
    with archive.open(info) as member:
        data = member.read(limit + 1)
    if len(data) > limit and limit == MAX_ZIP_IN_ZIP:
        raise ValueError(f"a zip of more than {limit >> 20} MB")
    return data
