"""Text that goes into a spreadsheet: never taken for a formula there, and written down whole or not at all."""

import contextlib
import csv
import errno
import io
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from gradschool.errors import GradschoolError

# What a spreadsheet takes for the beginning of a formula. It can stand at a cell's beginning, after what some programs
# skip there (blanks, and what cannot be seen), or after what is a separator to a spreadsheet of another country.
_UNSEEN = r"\s\x00-\x1f\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff"
_FORMULA = re.compile(rf"(^|[;,\t\r\n\"|])([{_UNSEEN}]*)(?=[=+\-@|%＝＋－＠])")
_SKIPPED = ("\t", "\r", "\n")

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def safe(cell: object) -> str:
    """Return a cell that every spreadsheet shows as text: an apostrophe stands before what could be a formula.

    Numbers stay numbers.
    """
    if isinstance(cell, int | float):
        return f"{cell:g}" if isinstance(cell, float) else str(cell)
    text = _FORMULA.sub(r"\1\2'", str(cell))
    return f"'{text}" if text.startswith(_SKIPPED) else text


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV text; its cells are safe. The mark at the beginning tells Excel that Hangul is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in (header, *rows))
    return "\ufeff" + out.getvalue()


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that, whatever happens, either the old one or the whole new one is there.

    What is no file (a pipe, /dev/stdout) is written to as it is.
    Raises GradschoolError where it cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replace(path, data)
    except OSError as error:
        mended = "Make room" if error.errno in _NO_ROOM else "See that it can be written"
        raise GradschoolError(
            f"cannot write {path}: {error.strerror}; what was there before is still there. {mended}, and run it again"
        ) from error


def _replace(path: Path, data: bytes) -> None:
    scratch = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            scratch.unlink()
        raise
