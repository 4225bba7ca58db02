"""Text that goes into a spreadsheet: never taken for a formula there, and written down whole or not at all."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from gradschool.errors import GradschoolError

# What a spreadsheet takes for the beginning of a formula; a tab or a line end before it is skipped by some.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def safe(cell: object) -> str:
    """Return a cell that every spreadsheet shows as text: an apostrophe stands before what could be a formula.

    Numbers stay numbers.
    """
    if isinstance(cell, int | float):
        return f"{cell:g}" if isinstance(cell, float) else str(cell)
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS) else text


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV text; its cells are safe. The mark at the beginning tells Excel that Hangul is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that, whatever happens, either the old one or the whole new one is there.

    Raises GradschoolError where it cannot be written.
    """
    scratch = path.with_name(f".{path.name}.new")
    data = content.encode() if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise GradschoolError(
            f"cannot write {path}: {error.strerror}; what was there before is still there. Make room, and run it again"
        ) from error
