"""What a course author is told: one line for each mistake, with the file and the line it stands on."""

from collections.abc import Iterable
from dataclasses import dataclass

from gradschool.errors import GradschoolError


@dataclass(frozen=True, order=True)
class Complaint:
    """One thing that is wrong, and where; `line` 0 means the file as a whole."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        """One line: file, line, what is wrong."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.text}"


class AuthorError(GradschoolError):
    """A source that cannot be built; every mistake found in it is in `complaints`, one line each in the message."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        """Keep each complaint once, in the order of the files."""
        self.complaints = tuple(sorted(set(complaints)))
        super().__init__("\n".join(str(complaint) for complaint in self.complaints))
