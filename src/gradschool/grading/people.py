"""Who a file is from: what learning platforms make of names, the roster, and the list of those that nobody could tell.

Nothing is guessed silently: a name that fits no one, or more than one, stays unknown until somebody answers for it.
"""

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath

from gradschool.errors import GradschoolError, cannot_read
from gradschool.language import translate as _


@dataclass(frozen=True)
class Person:
    """Somebody on the roster."""

    id: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Signature:
    """What a path says about its sender.

    words : what may be an id, a name or an e-mail, the most telling first
    platform : "canvas", "moodle", "classroom", "nbgrader" or "plain"
    late : whether the platform marked it late
    ticket : the platform's own number for the sender, so that feedback can go back under the same name
    """

    words: tuple[str, ...]
    platform: str
    late: bool = False
    ticket: str = ""


# Canvas: "kimminji_12345_67890_1_scalar_backprop.ipynb", "kimminji_LATE_12345_67890_…"
_CANVAS = re.compile(r"^(?P<name>[^_]+)_(?P<late>LATE_)?(?P<user>\d{2,})_(?P<file>\d{2,})_(?P<rest>.+)$")
# Moodle: "Kim Minji_12345_assignsubmission_file_/1_scalar_backprop.ipynb"
_MOODLE = re.compile(r"^(?P<name>.+)_(?P<user>\d+)_assignsubmission_(?:file|onlinetext)_?$")
# Google Classroom: "Kim Minji - 1_scalar_backprop.ipynb", and "1_scalar_backprop - Kim Minji.ipynb"
_DASHED = re.compile(r"^(?P<left>.+?)\s+-\s+(?P<right>.+)$")
_LONGEST_NAME = 120  # bytes; most systems take 255, and something comes before and after
_UNSAFE = re.compile(r"[^\w.@+ -]+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
COPY_MARK = re.compile(r"(?:[ _-]*(?:\(\d+\)|copy\d*|사본|복사본))+$", re.IGNORECASE)


def signature(parts: Sequence[str], notebooks: Sequence[str], assignment: str) -> Signature:
    """Read a path.

    parts : the path below what was given, directories first, the file's name last
    notebooks : names of the course's notebooks: what is left of a name when they are taken out is the sender's
    assignment : a directory of this name says nothing
    """
    parts = [normal(part) for part in parts]
    directories = [part for part in parts[:-1] if part != assignment]
    stem = PurePosixPath(parts[-1]).stem
    # of two names the outer one is the platform's: what lies deeper is called as whoever packed it likes
    for directory in directories:
        if found := _MOODLE.match(directory):
            return Signature((found["name"],), "moodle", ticket=found["user"])
    named_by_platform = not (directories and assignment in parts[:-1])
    for name in (
        *directories,
        *((stem,) if named_by_platform else ()),
    ):  # a zip that somebody handed in is a directory here
        if found := _CANVAS.match(name):
            return Signature((found["name"],), "canvas", bool(found["late"]), f"{found['user']}_{found['file']}")
    if named_by_platform and (found := _DASHED.match(stem)):
        sides = [rest for side in (found["left"], found["right"]) if (rest := remainder(side, notebooks))]
        return Signature(tuple(sides), "classroom")
    rest = remainder(stem, notebooks)
    if directories:
        # nbgrader's <student>/lecture4/<notebook>.ipynb: the innermost directory is the sender's
        words = (*reversed(directories), *((rest,) if rest else ()))
        return Signature(words, "nbgrader" if not rest else "plain")
    return Signature((rest,) if rest else (), "plain")


class Roster:
    """Everybody who may hand something in."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = tuple(people)
        self._by_word: dict[str, set[Person]] = {}
        for person in self.people:
            words = {person.id, person.name, _surname_first(person.name), person.email, person.email.partition("@")[0]}
            for word in words:
                if folded(word):
                    self._by_word.setdefault(folded(word), set()).add(person)

    def with_id(self, person_id: str) -> Person | None:
        """Return the person of that id, if there is one."""
        return next((person for person in self.people if folded(person.id) == folded(person_id)), None)

    def whose(self, signature: Signature) -> Person | None:
        """Return who signed; None where nobody fits, more than one does, or two words name two people."""
        meant = [found for word in signature.words if (found := self._meant_by(word))]
        agreed = set.intersection(*meant) if meant else set()
        return next(iter(agreed)) if len(agreed) == 1 else None

    def _meant_by(self, word: str) -> set[Person]:
        emails = {person for email in _EMAIL.findall(word) for person in self._by_word.get(folded(email), set())}
        return self._by_word.get(folded(word), set()) or emails or self._contained_in(word)

    def _contained_in(self, word: str) -> set[Person]:
        """Find people whose whole id or name stands in the word with nothing but separators around it."""
        pieces = {folded(piece) for piece in re.split(r"[\s_,;()\[\]-]+", normal(word)) if piece}
        whole = folded(word)
        return {
            person
            for person in self.people
            if (folded(person.id) and folded(person.id) in pieces)
            or (
                len(folded(person.name)) > 2
                and (folded(person.name) in pieces or _stands_alone(person.name, word, whole))
            )
        }


def read_roster(path: Path) -> Roster:
    """Read roster.csv: columns id, name, email in any order, "id" needed.

    Raises GradschoolError for a file that cannot be read, a missing column, an empty or doubled id.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise cannot_read(path, error) from error
    except UnicodeDecodeError as error:
        raise GradschoolError(_("{path} is not UTF-8: save it as “CSV UTF-8”").format(path=path)) from error
    rows = list(csv.reader(text.splitlines()))
    header = [normal(cell).strip().lower().replace("-", "") for cell in rows[0]] if rows else []
    columns = {name: header.index(name) for name in ("id", "name", "email") if name in header}
    missing = [name for name in ("id", "name") if name not in columns]
    if missing:
        words = _("{path} has no column {missing}: its first line should be  id,name,email")
        raise GradschoolError(words.format(path=path, missing=", ".join(missing)))
    people = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: normal(row[place]).strip() if place < len(row) else "" for name, place in columns.items()}
        if not cells["id"]:
            raise GradschoolError(_("{path}, line {number}: no id").format(path=path, number=number))
        people.append(Person(**{**cells, "id": student_id(cells["id"])}))
    doubled = {one.id for one, other in pairwise(sorted(people, key=lambda each: each.id)) if one.id == other.id}
    if doubled:
        words = _("{path}: the id {ids} stands there more than once")
        raise GradschoolError(words.format(path=path, ids=", ".join(sorted(doubled))))
    return Roster(people)


def read_answers(path: Path) -> dict[str, str]:
    """Read the list of unknown files that somebody filled in: file, as `asked_as` has it, -> id; lines without an id left out.

    Raises GradschoolError for a file that cannot be read or has other columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise cannot_read(path, error) from error
    except UnicodeDecodeError as error:
        raise GradschoolError(_("{path} is not UTF-8: save it as “CSV UTF-8”").format(path=path)) from error
    if rows and not {"file", "id"} <= set(rows[0]):
        words = _("{path} has no columns file and id: they are its first line as `gradschool grade` writes it")
        raise GradschoolError(words.format(path=path))
    return {asked_as(row["file"] or ""): row["id"].strip() for row in rows if (row["id"] or "").strip()}


def asked_as(file: str) -> str:
    """Return what a file's path and its cell in the list of unknown files have in common: a cell may have got apostrophes."""
    return normal(file).replace("'", "")


def student_id(person_id: str) -> str:
    """Return an id as it can be a directory's name too."""
    return file_name(_UNSAFE.sub("_", person_id).strip(" .") or "unnamed")


def file_name(text: str) -> str:
    """Return a text that is short enough for files to be called so, with something before and after it."""
    data = text.encode()
    if len(data) <= _LONGEST_NAME:
        return text
    start = data[: _LONGEST_NAME - 9].decode("utf-8", "ignore")
    return f"{start}-{hashlib.sha256(data).hexdigest()[:8]}"


def normal(text: str) -> str:
    """Return one form of a text: macOS takes Hangul apart, everybody else keeps syllables whole."""
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Return what two spellings of a name have in common: no case, no spaces, one Unicode form."""
    return re.sub(r"[\s.,]+", "", normal(text)).casefold()


def _surname_first(name: str) -> str:
    """Turn "Jun Park" into "Park Jun", as Canvas writes names (and runs them together)."""
    given, _, surname = name.strip().rpartition(" ")
    return f"{surname} {given}"


def remainder(stem: str, notebooks: Sequence[str]) -> str:
    """Return what is left of a file's name without the notebook's name and the marks of a copy."""
    stem = COPY_MARK.sub("", normal(stem))
    for name in sorted(notebooks, key=len, reverse=True):
        stem = stem.replace(name, " ")
    return stem.strip(" _-.,()[]")


def _stands_alone(name: str, word: str, whole: str) -> bool:
    # "Minji Kim" in "hw1 Minji Kim final", but not "Kim" in "Kimberly"
    return (
        " " in name.strip()
        and re.search(rf"(?<!\w){re.escape(normal(name))}(?!\w)", normal(word), re.IGNORECASE) is not None
        and folded(name) in whole
    )
