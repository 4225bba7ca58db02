"""The one error that a person is meant to read: what is wrong, and what mends it, in a line."""

from pathlib import Path

from gradschool.language import translate as _


class GradschoolError(Exception):
    """Something that the person at the keyboard can mend; the command line prints it alone, without a traceback."""


def cannot_read(path: Path, error: OSError) -> GradschoolError:
    """Return the error for a file or directory that the system does not give."""
    return GradschoolError(_("cannot read {path}: {reason}").format(path=path, reason=error.strerror))
