"""Results as they are done, one file each, written whole: what a killed run resumes from and what reports are made of."""

import hashlib
import json
from pathlib import Path

from gradschool.course import Course
from gradschool.errors import GradschoolError

from .limits import Limits
from .results import NotebookResult, SubmissionResult, notebook_from_stored
from .writing import write_whole

# To be raised when the same submission, key and limits should give another result.
_GRADER = 1


class Store:
    """The directory autograde/results/: <student>/<notebook>.json, and <student>/.entered, what the gradebook has."""

    def __init__(self, course: Course) -> None:
        self.folder = course.autograde / "results"

    def known(self, student: str, notebook: str, fingerprint: str) -> NotebookResult | None:
        """Hand back the result of exactly this submission, key and limits; None where it was not graded yet."""
        path = self._path(student, notebook)
        try:
            data = json.loads(path.read_bytes())
            return notebook_from_stored(data["result"]) if data["fingerprint"] == fingerprint else None
        except (OSError, ValueError, KeyError, TypeError):
            return None  # not there, or not to be read: it is graded again

    def put(self, student: str, fingerprint: str, result: NotebookResult) -> None:
        """Write a result down.

        Raises GradschoolError where it cannot be written; an earlier one is still there then.
        """
        data = json.dumps({"fingerprint": fingerprint, "result": result.stored()}, ensure_ascii=False)
        write_whole(self._path(student, result.notebook), data)

    def results(self) -> list[SubmissionResult]:
        """Hand back everything that is stored, sorted by student.

        Raises GradschoolError for a file that cannot be read.
        """
        folders = sorted(folder for folder in self.folder.glob("*") if folder.is_dir())
        return [SubmissionResult(folder.name, tuple(map(_read, sorted(folder.glob("*.json"))))) for folder in folders]

    def entered(self, student: str) -> dict[str, str]:
        """Hand back what was noted when a student's results were entered into the gradebook; nothing where none were."""
        try:
            data = json.loads((self.folder / student / ".entered").read_bytes())
            return {str(name): str(value) for name, value in data.items()}
        except (OSError, ValueError, AttributeError):
            return {}  # not there, or not to be read: it is entered again

    def note_entered(self, student: str, entry: dict[str, str]) -> None:
        """Note what of a student the gradebook has now: the results' fingerprints, by notebook, and what else it depends on."""
        write_whole(self.folder / student / ".entered", json.dumps(entry, sort_keys=True))

    def _path(self, student: str, notebook: str) -> Path:
        return self.folder / student / f"{notebook}.json"


def fingerprint(submission: bytes, key: bytes, limits: Limits) -> str:
    """Say in short everything that a result depends on."""
    digest = hashlib.sha256(json.dumps([_GRADER, limits.as_dict()], sort_keys=True).encode())
    for part in (submission, key):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _read(path: Path) -> NotebookResult:
    try:
        return notebook_from_stored(json.loads(path.read_bytes())["result"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GradschoolError(f"{path} cannot be read ({error}): run `gradschool grade` again") from error
