"""What was handed in, and by whom: the files found become submissions, one a person."""

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from gradschool.course import ASSIGNMENT
from gradschool.errors import GradschoolError
from gradschool.language import translate as _

from .finding import MAX_FILE, Found, find
from .people import COPY_MARK, Person, Roster, Signature, asked_as, file_name, normal, signature, student_id
from .reading import UnreadableError, read_submission

# What one person may send before the rest is left out: files of no notebook of this course, and things to say about files.
_MOST_UNKNOWN = 20
_MOST_WARNINGS = 20


@dataclass(frozen=True)
class HandedIn:
    """One file: which notebook it is, its bytes, where it came from, when (seconds since 1970), and whether too late.

    Late is what the platform marked, or what came after the deadline.
    """

    notebook: str
    data: bytes = field(repr=False)
    origin: str
    time: float = 0.0
    late: bool = False


@dataclass
class Submission:
    """Everything that one student handed in.

    student : the roster's id; without a roster, what the directory or the file is called
    name : the person's name, where the roster has it
    signature : what the platform made of the name, so that feedback can go back under it
    twice : notebooks that came more than once
    """

    student: str
    name: str = ""
    signature: Signature = field(default_factory=lambda: Signature((), "plain"))
    files: dict[str, HandedIn] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    def warn(self, text: str) -> None:
        """Note something about the files; of very many things the first ones."""
        if len(self.warnings) < _MOST_WARNINGS:
            self.warnings.append(text)
        elif len(self.warnings) == _MOST_WARNINGS:
            self.warnings.append(_("and more of the kind"))

    @property
    def late(self) -> bool:
        """Whether any of the files that count is late."""
        return any(file.late for file in self.files.values())

    @property
    def time(self) -> float:
        """When the last of the files that count was handed in; 0 where none was."""
        return max((file.time for file in self.files.values()), default=0.0)


@dataclass(frozen=True)
class Collected:
    """Everything that was found.

    submissions : sorted by student
    unknown : paths of files that nobody can be named for: nothing of them is in a submission
    """

    submissions: list[Submission]
    unknown: list[str]


@dataclass(frozen=True)
class Who:
    """What is known about people.

    roster : everybody who may hand something in; None: whatever a directory or a file is called is a student
    answers : file, as `asked_as` has it, -> id, for files that were unknown before
    due : seconds since 1970 after which a file is late; None: only the platform's mark counts
    """

    roster: Roster | None = None
    answers: dict[str, str] = field(default_factory=dict)
    due: float | None = None

    def person(self, path: str, signed: Signature, fallback: str, sender: str) -> Person | None:
        """Say who a file is from; None for nobody in particular.

        A zip that is somebody's on the roster is that person's, whatever names are in it.
        """
        answer = self.answers.get(asked_as(path))
        if answer is not None:
            known = self.roster.with_id(answer) if self.roster else None
            return known or Person(answer)
        if self.roster is None:
            return Person(fallback)
        owner = self.roster.whose(signature((sender,), (), ASSIGNMENT)) if sender else None
        return owner or self.roster.whose(signed)

    def lateness(self, signature: Signature, changed: float) -> tuple[bool, float]:
        """Say whether a file is late, and when it was handed in.

        changed : when the file was last changed, as far as it tells
        Canvas marks what is late and does not say when it came (a file in its zip has the download's time): its mark
        counts, and the time is moved to the side of the deadline that the mark speaks of.
        """
        if signature.platform != "canvas" or self.due is None:
            return signature.late or (self.due is not None and changed > self.due), changed
        return signature.late, max(changed, self.due + 1) if signature.late else min(changed, self.due)


def collect(paths: list[Path], known: list[str], who: Who | None = None) -> Collected:
    """Read what was handed in.

    paths : directories, loose files, or zips of either, zips in zips included
    known : names of the notebooks that can be graded
    who : the roster and what else is known about people
    Returns submissions, a person each, and the files of nobody in particular. Of two files of one notebook from one
    person the newer counts, and both are named. Nothing outside the given paths is read, whatever links or names say.
    Raises GradschoolError for a path that does not exist, a zip that is none or too large, or where nothing is found.
    """
    who = who or Who()
    submissions: dict[str, Submission] = {}
    unknown: list[str] = []
    for found in sorted(find(paths, known), key=_newest_last):
        signed = signature(found.parts, known, ASSIGNMENT)
        path = normal("/".join(found.parts))
        person = who.person(path, signed, _fallback(found, signed), found.sender)
        if person is None:
            unknown.append(path)
            continue
        student = student_id(person.id)
        submission = submissions.setdefault(student, Submission(student, person.name))
        submission.signature = signed
        late, time = who.lateness(signed, found.time)
        _add(submission, found, known, late=late, time=time)
    if not submissions and not unknown:
        raise GradschoolError(
            _("no notebook found in {paths}: PATH is a directory, .ipynb files or a zip").format(
                paths=", ".join(map(str, paths))
            )
        )
    return Collected([submissions[student] for student in sorted(submissions)], sorted(unknown))


def _newest_last(found: Found) -> tuple[float, int, str]:
    # of two with the same time, "x-1.ipynb" is the later download
    return found.time, len(found.origin), found.origin


def _add(submission: Submission, found: Found, known: list[str], *, late: bool, time: float) -> None:
    if found.problem or found.remark:
        submission.warn(found.problem or found.remark)
    if found.problem:
        return
    notebook = _notebook(found, known)
    if notebook not in known:
        if len(submission.files.keys() - set(known)) >= _MOST_UNKNOWN:
            words = _("more than {most} files are no notebook of this course: {file} was left out")
            submission.warn(words.format(most=_MOST_UNKNOWN, file=found.origin))
            return
        words = _("{path} is no notebook of this course: there are {names}")
        submission.warn(words.format(path=found.origin, names=", ".join(known)))
    older = submission.files.get(notebook)
    if older is not None:
        submission.twice.append(notebook)
        words = _("{notebook} was handed in twice: {newer} was graded, {older}, which is older, was not")
        submission.warn(words.format(notebook=notebook, newer=found.origin, older=older.origin))
    submission.files[notebook] = HandedIn(notebook, found.data, found.origin, time, late)


def _fallback(found: Found, signed: Signature) -> str:
    """Who it is without a roster: the platform's name, else the innermost directory, else the file."""
    if signed.platform in ("canvas", "moodle") or (signed.platform == "classroom" and len(signed.words) == 1):
        return signed.words[0]
    if found.sender:
        return normal(found.sender)
    directories = [normal(part) for part in found.parts[:-1] if part != ASSIGNMENT]
    if directories:
        return directories[-1]
    return signed.words[0] if signed.words else normal(PurePosixPath(found.parts[-1]).stem)


def _notebook(found: Found, known: list[str]) -> str:
    """Which notebook a file is: by its name, else by what stands in it; its own name where nothing fits."""
    stem = COPY_MARK.sub("", PurePosixPath(found.parts[-1]).stem)
    if stem in known:
        return stem
    named = [name for name in known if name in stem]
    if len(named) == 1:
        return named[0]
    try:
        said = read_submission(found.data, MAX_FILE).name
    except UnreadableError:
        said = ""
    return said if said in known else file_name(stem)
