"""The register: who handed in what and when, kept beside the gradebook from one run of `gradschool grade` to the next."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from gradschool.course import Course
from gradschool.errors import GradschoolError
from gradschool.language import translate as _

from .collect import Collected, Submission, Who, collect
from .people import Person, Roster, read_answers, read_roster
from .writing import table, write_whole

ROSTER = "roster.csv"
UNKNOWN = "unknown.csv"
REGISTER = "handed_in.json"


@dataclass(frozen=True)
class Entry:
    """One person's line.

    files : notebook -> where it came from, seconds since 1970, whether too late
    words, platform, ticket : how the platform named them
    """

    student: str
    name: str = ""
    platform: str = "plain"
    words: tuple[str, ...] = ()
    ticket: str = ""
    files: dict[str, tuple[str, float, bool]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()

    @property
    def time(self) -> float:
        """When the last file that counts came; 0 where none did."""
        return max((when for _, when, _ in self.files.values()), default=0.0)

    @property
    def late(self) -> bool:
        """Whether any of the files that count is late."""
        return any(late for _, _, late in self.files.values())


@dataclass(frozen=True)
class Register:
    """Everybody who handed something in, everybody who is on the roster, and the files of nobody in particular."""

    entries: dict[str, Entry] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    unknown: tuple[str, ...] = ()


def take_in(
    course: Course, paths: list[Path], known: list[str], *, roster: Path | None = None, due: float | None = None
) -> Collected:
    """Collect what was handed in, and write down who it is from and which files are nobody's.

    roster : a roster.csv; None: the one in autograde/, where there is one
    due : seconds since 1970 after which a file is late
    Raises GradschoolError for a roster, an answered list of unknown files or a path that cannot be read.
    """
    path = roster or _existing(course.autograde / ROSTER)
    people = read_roster(path) if path else None
    asked = course.autograde / UNKNOWN
    answers = read_answers(asked) if asked.exists() else {}
    collected = collect(paths, known, Who(people, answers, due))
    _ask(asked, answers, collected.unknown)
    _keep(course, collected, people)
    return collected


def read_register(course: Course) -> Register:
    """Read the register; an empty one where nothing was graded yet.

    Raises GradschoolError for one that cannot be read.
    """
    path = course.autograde / REGISTER
    if not path.exists():
        return Register()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Register(
            {entry["student"]: _entry(entry) for entry in data["entries"]},
            tuple(Person(**person) for person in data["people"]),
            tuple(data["unknown"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GradschoolError(f"{path} cannot be read ({error}): delete it and run `gradschool grade` again") from error


def remarks(course: Course, collected: Collected) -> Iterator[str]:
    """Yield what whoever grades should know about files, a line each."""
    for submission in collected.submissions:
        yield from (f"{submission.student}: {warning}" for warning in submission.warnings)
    if collected.unknown:
        asked = course.relative(course.autograde / UNKNOWN)
        words = _("{count} files are from nobody known: write ids into {path} and run this again")
        yield words.format(count=len(collected.unknown), path=asked)
        yield from (f"    {file}" for file in collected.unknown)


def _existing(path: Path) -> Path | None:
    return path if path.exists() else None


def _ask(path: Path, answers: dict[str, str], unknown: list[str]) -> None:
    """Write the list of files to be answered for. Answers that were given stay in it, or they would be asked again."""
    if unknown:
        rows = [(file, "") for file in unknown] + sorted(answers.items())
        write_whole(path, table(("file", "id"), rows))


def _keep(course: Course, collected: Collected, roster: Roster | None) -> None:
    """Put a run's submissions into the register. A file that is now another person's leaves the first one's line."""
    old = read_register(course)
    moved = {file.origin for submission in collected.submissions for file in submission.files.values()}
    entries: dict[str, Entry] = {}
    for student, entry in old.entries.items():
        files = {notebook: file for notebook, file in entry.files.items() if file[0] not in moved}
        if files:
            entries[student] = Entry(**{**_plain(entry), "files": files})
    for submission in collected.submissions:
        entries[submission.student] = _merged(entries.get(submission.student), submission)
    data = {
        "entries": [_plain(entries[student]) for student in sorted(entries)],
        "people": [asdict(person) for person in (roster.people if roster else old.people)],
        "unknown": collected.unknown,
    }
    write_whole(course.autograde / REGISTER, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _merged(old: Entry | None, submission: Submission) -> Entry:
    files = {name: (file.origin, file.time, file.late) for name, file in submission.files.items()}
    kept = {} if old is None else {name: file for name, file in old.files.items() if name not in files}
    return Entry(
        student=submission.student,
        name=submission.name,
        platform=submission.signature.platform,
        words=submission.signature.words,
        ticket=submission.signature.ticket,
        files={**kept, **files},
        warnings=tuple(submission.warnings),
        twice=tuple(dict.fromkeys(submission.twice)),
    )


def _plain(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in Entry.__dataclass_fields__}


def _entry(data: dict[str, Any]) -> Entry:
    return Entry(
        student=data["student"],
        name=data["name"],
        platform=data["platform"],
        words=tuple(data["words"]),
        ticket=data["ticket"],
        files={name: (str(origin), float(when), bool(late)) for name, (origin, when, late) in data["files"].items()},
        warnings=tuple(data["warnings"]),
        twice=tuple(data["twice"]),
    )
