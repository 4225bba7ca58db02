"""The learner's own copies of the notebooks: made where missing, never written to again."""

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from gradschool.course.place import Course
from gradschool.errors import GradschoolError
from gradschool.language import translate as _


@dataclass(frozen=True)
class HandedOut:
    """What a learner has after handing out: where it is, which files are new, and which have a newer edition."""

    folder: Path
    copied: list[Path] = field(default_factory=list)
    newer: list[Path] = field(default_factory=list)


def hand_out(course: Course, language: str) -> HandedOut:
    """Copy a language's notebooks into homework/, each one only where nothing of its name is.

    language : "ko" or "en"
    Returns what was done, with paths inside the learner's folder.
    Raises GradschoolError where there are no notebooks, or homework/ cannot be written.
    """
    notebooks = course.notebooks(language).parent
    found = sorted(path for path in notebooks.rglob("*") if path.is_file() and not _hidden(path.relative_to(notebooks)))
    if not found:
        raise GradschoolError(
            _("there is nothing in {path}: make it with `gradschool build`").format(path=course.relative(notebooks))
        )
    handed = HandedOut(course.homework(language).parent)
    for original in found:
        copy = handed.folder / original.relative_to(notebooks)
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            if _copy_where_missing(original, copy):
                handed.copied.append(copy)
        except OSError as error:
            reason = error.strerror or error
            raise GradschoolError(
                _("could not make {path}: {reason}: mend that and run it again").format(
                    path=course.relative(copy), reason=reason
                )
            ) from error
        if _editions_differ(original, copy):
            handed.newer.append(copy)
    return handed


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _copy_where_missing(original: Path, copy: Path) -> bool:
    """Copy a file whole, or leave what is there; say which.

    Nobody ever sees half a copy, and of two that hand out at once only one places a file: a link, other than a move,
    never replaces.
    """
    if os.path.lexists(copy):
        return False
    scratch = copy.with_name(f".{copy.name}.{os.getpid()}")
    try:
        shutil.copyfile(original, scratch)
        os.link(scratch, copy)
    except FileExistsError:
        return False
    except OSError:
        return _write_where_missing(original.read_bytes(), copy)
    finally:
        scratch.unlink(missing_ok=True)
    return True


def _write_where_missing(content: bytes, copy: Path) -> bool:
    """The same where the file system has no links (a memory stick), without the promise about half a copy."""
    try:
        file = copy.open("xb")
    except FileExistsError:
        return False
    try:
        with file:
            file.write(content)
    except OSError:
        copy.unlink()
        raise
    return True


def _editions_differ(original: Path, copy: Path) -> bool:
    """A copy that lost its edition (other editors strip metadata) is not called old."""
    mine, theirs = _edition(copy), _edition(original)
    return mine is not None and theirs is not None and mine != theirs


def _edition(path: Path) -> str | None:
    try:
        return str(json.loads(path.read_bytes())["metadata"]["gradschool"]["edition"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
