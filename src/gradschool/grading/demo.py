"""A made class of forty: the tour of the week, and a test of it. The same seed makes the same files.

Its homework is the learner's notebook with answers from the answer bank in it, right ones and wrong ones; names are put
together from common syllables. What was planted is written down, so that it can be looked for in the report.
"""

import ast
import copy
import csv
import io
import json
import os
import random
import shutil
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradschool.course import ASSIGNMENT, Course, answers, names, regions
from gradschool.errors import GradschoolError
from gradschool.language import translate as _

from .keys import find_key, known_notebooks
from .register import ROSTER, UNKNOWN
from .writing import table, write_whole

SEED = 4
SIZE = 40
DUE = time.mktime((2026, 3, 12, 23, 59, 0, 0, 0, -1))

_DAY = 86_400
_SURNAMES = [
    "김",
    "이",
    "박",
    "최",
    "정",
    "강",
    "조",
    "윤",
    "장",
    "임",
    "한",
    "오",
    "서",
    "신",
    "권",
    "황",
    "안",
    "송",
    "전",
    "홍",
]
_GIVEN = ["민", "서", "지", "도", "예", "하", "주", "시", "은", "현", "유", "태", "수", "연", "승", "나"]
_SECOND = ["준", "윤", "우", "원", "호", "진", "린", "아", "빈", "훈", "영", "경", "혁", "율", "솔", "람"]
_SPOILT: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: b"",  # an empty file
    lambda data: data[: len(data) // 3],  # cut off
    lambda data: b"%PDF-1.7\n" + data,  # something else under a notebook's name
)


@dataclass(frozen=True)
class Made:
    """The made class, and what was planted in it. People are named by their ids.

    course : a course's directory of its own, so that nobody's real gradebook is touched
    handed_in : what to give to `gradschool grade`: one folder, as a download folder is
    broken : three people whose first notebook cannot be read
    unknown : who sent the files that say nothing about a sender
    mistakes : (exercise, mistake) -> how many made it, in files that can be read
    """

    course: Course
    handed_in: list[Path]
    late: frozenset[str]
    double: str
    broken: frozenset[str]
    unknown: str
    mistakes: Counter[tuple[str, str]]

    @property
    def report(self) -> Path:
        """Where the tour writes the class's page."""
        return self.course.autograde / "report.html"


@dataclass
class _Student:
    id: str
    name: str
    platform: str
    language: str
    skill: float
    time: float
    files: dict[str, bytes] = field(default_factory=dict)
    planted: dict[str, dict[str, str]] = field(default_factory=dict)


def make(course: Course, folder: Path, *, seed: int = SEED, notebooks: int = 2) -> Made:
    """Write the made class into a folder, which is emptied first.

    notebooks : how many of the course's first notebooks everybody hands in
    Raises GradschoolError where the folder holds anything that is not a made class.
    """
    _empty(folder)
    own = _own_course(course, folder)
    rng = random.Random(seed)
    students = _students(rng)
    wanted = known_notebooks(course)[:notebooks]
    for name in wanted:
        workshop = _Workshop(course, name)
        for student in students:
            student.files[name] = workshop.homework(student, rng)
    roster = [(student.id, student.name, f"{student.id}@school.example") for student in students]
    write_whole(own.autograde / ROSTER, table(("id", "name", "email"), roster))
    return _hand_in(students, wanted[0], own, folder / "handed_in")


def _empty(folder: Path) -> None:
    mark = folder / "made-by-gradschool-demo"
    if folder.exists():
        if any(folder.iterdir()) and not mark.exists():
            raise GradschoolError(f"{folder} holds something else: name an empty folder for the made class")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    mark.touch()


def _own_course(course: Course, folder: Path) -> Course:
    """A course's directory with this course's keys in it: grading there touches nobody's gradebook."""
    own = Course(folder)
    shutil.copytree(course.source, own.source)
    own.keys.mkdir(parents=True)
    shutil.copy(course.config, own.config)
    for name in known_notebooks(course):
        key = find_key(course, name)
        if key is not None:
            (own.keys / f"{name}.ipynb").write_bytes(key)
    return own


# --- people -----------------------------------------------------------------------------------------------------


def _students(rng: random.Random) -> list[_Student]:
    """Forty people, no two of one name; what each knows, and when each hands in."""
    found: dict[str, _Student] = {}
    platforms = ["canvas"] * 14 + ["moodle"] * 12 + ["classroom"] * 6 + ["nbgrader"] * 4 + ["plain"] * 4
    while len(found) < SIZE:
        name = rng.choice(_SURNAMES) + rng.choice(_GIVEN) + rng.choice(_SECOND)
        number = len(found)
        before_due = min(rng.expovariate(1 / (0.9 * _DAY)), 3.4 * _DAY) + 1_800
        found.setdefault(
            name,
            _Student(
                id=f"2026{1001 + 17 * number}",
                name=name,
                platform=platforms[number],
                language="en" if number % 8 == 5 else "ko",
                skill=rng.betavariate(4, 1.6),
                time=DUE - before_due,
            ),
        )
    return list(found.values())


# --- their homework ---------------------------------------------------------------------------------------------


class _Workshop:
    """Fills in one notebook, as one learner or another would."""

    def __init__(self, course: Course, name: str) -> None:
        self.name = name
        key = find_key(course, name)
        assert key is not None
        cells = json.loads(key)["cells"]
        self._solutions = {
            _grade_id(cell): regions.without_markers(_text(cell), regions.SOLUTION)
            for cell in cells
            if _is_answer(cell)
        }
        self._blank = {code: _blank(course, name, code) for code in ("ko", "en")}
        bank = [answer for answer in answers.load_all(course.answers) if answer.notebook == name]
        self._bank: dict[str, list[answers.Answer]] = {}
        for answer in bank:
            self._bank.setdefault(answer.exercise, []).append(answer)
        self._exercises = list(dict.fromkeys(grade_id.split("-", 1)[0] for grade_id in self._solutions))

    def homework(self, student: _Student, rng: random.Random) -> bytes:
        """Fill in the exercises as somebody of this skill would, and note each mistake down.

        Nothing that is filled in calls what the same person got wrong or left out before, so that a mistake shows in
        its own exercise alone: where there is no other way to do an exercise, it is left out too.
        """
        notebook = copy.deepcopy(self._blank[student.language])
        planted = student.planted.setdefault(self.name, {})
        spoilt: set[str] = set()  # names that are wrong or missing
        own_way: set[str] = set()  # ... or right, with another cache than the answers of the bank know
        for place, exercise in enumerate(self._exercises):
            answer = self._choice(exercise, student.skill, rng)
            filled = self._filled(exercise, answer)
            if answer is not None and _calls(filled, spoilt | own_way):
                answer, filled = None, self._filled(exercise, None)
            if _calls(filled, spoilt) or rng.random() > student.skill + 0.62 - 0.03 * place:
                planted[exercise] = "not-attempted"
            else:
                if answer is not None and not answer.right:
                    planted[exercise] = answer.mistakes[0]
                _put_in(notebook, filled)
            made = {name for code in filled.values() for name in names.made(code)}
            if exercise in planted:
                spoilt |= made
            elif answer is not None:
                own_way |= made
        return json.dumps(notebook, ensure_ascii=False, indent=1).encode()

    def _choice(self, exercise: str, skill: float, rng: random.Random) -> answers.Answer | None:
        """An answer of the bank; None for the worked solution. The first wrong ones in the bank are the commonest."""
        wrong = [answer for answer in self._bank.get(exercise, ()) if not answer.right]
        right = [answer for answer in self._bank.get(exercise, ()) if answer.right]
        if wrong and rng.random() > skill + 0.12:
            return wrong[min(int(rng.expovariate(0.9)), len(wrong) - 1)]
        return rng.choice(right) if right and rng.random() < 0.4 else None

    def _filled(self, exercise: str, answer: answers.Answer | None) -> dict[str, str]:
        """Grade id -> code of an exercise's cells, with an answer in place of what it makes anew."""
        cells = {grade_id: code for grade_id, code in self._solutions.items() if grade_id.split("-", 1)[0] == exercise}
        if answer is not None:
            anew = names.made(answer.code)
            place = next((each for each in reversed(cells) if anew & names.made(cells[each])), list(cells)[-1])
            cells[place] = f"{_without(cells[place], anew)}\n\n{answer.code}".strip()
        return cells


def _calls(filled: dict[str, str], spoilt: set[str]) -> bool:
    own = {name for code in filled.values() for name in names.made(code)}
    return any((names.used(code) - own) & spoilt for code in filled.values())


def _put_in(notebook: dict[str, Any], filled: dict[str, str]) -> None:
    for cell in notebook["cells"]:
        if _is_answer(cell) and _grade_id(cell) in filled:
            cell["source"] = filled[_grade_id(cell)]


def _without(source: str, anew: frozenset[str]) -> str:
    """Take the definitions out that an answer makes anew: a learner writes a function once."""
    lines = source.splitlines()
    for node in reversed(ast.parse(source).body):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in anew:
            del lines[node.lineno - 1 : node.end_lineno]
    return "\n".join(lines).strip()


def _blank(course: Course, name: str, language: str) -> dict[str, Any]:
    path = course.notebooks(language) / f"{name}.ipynb"
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise GradschoolError(f"there is no {path}: run `gradschool build`") from error


def _is_answer(cell: dict[str, Any]) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"]["nbgrader"]["grade_id"])


def _text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


# --- how it comes in --------------------------------------------------------------------------------------------


def _hand_in(students: list[_Student], first: str, course: Course, folder: Path) -> Made:
    """Write everybody's files as their platforms would, with all that goes wrong in a week."""
    on = {platform: [each for each in students if each.platform == platform] for platform in _WRITERS}
    marked, after, double, unknown = on["canvas"][3], on["moodle"][5], on["classroom"][2], on["plain"][1]
    marked.time, after.time = DUE + 0.1 * _DAY, DUE + 0.4 * _DAY
    broken = (on["canvas"][9], on["moodle"][2], on["nbgrader"][1])
    for student, spoil in zip(broken, _SPOILT, strict=True):
        student.files[first] = spoil(student.files[first])
        student.planted[first] = {}
    mistakes = Counter(
        (exercise, mistake)
        for student in students
        for planted in student.planted.values()
        for exercise, mistake in planted.items()
    )
    for platform, write in _WRITERS.items():
        write([student for student in on[platform] if student is not unknown], folder)
    _first_version(double, first, folder / "classroom")
    for name, data in unknown.files.items():
        _put(folder / "plain" / f"진짜최종_{name}.ipynb", data, unknown.time)
    return Made(
        course=course,
        handed_in=[folder],
        late=frozenset({marked.id, after.id}),
        double=double.id,
        broken=frozenset(student.id for student in broken),
        unknown=unknown.id,
        mistakes=mistakes,
    )


def _canvas(students: list[_Student], folder: Path) -> None:
    """A flat zip; the name, LATE where it is, a user's and a file's number."""
    files: dict[str, tuple[bytes, _Student]] = {}
    for number, student in enumerate(students):
        late = "LATE_" if student.time > DUE else ""
        for place, (name, data) in enumerate(student.files.items()):
            files[f"{student.name}_{late}{4400 + number}_{99000 + 10 * number + place}_{name}.ipynb"] = data, student
    _zip(folder / "canvas.zip", files)


def _moodle(students: list[_Student], folder: Path) -> None:
    """A zip with a directory a person; one of them handed in a zip."""
    files: dict[str, tuple[bytes, _Student]] = {}
    for number, student in enumerate(students):
        above = f"{student.name}_{70012 + 3 * number}_assignsubmission_file_"
        own = {f"{name}.ipynb": data for name, data in student.files.items()}
        if number == 1:
            own = {"homework.zip": _zipped({f"homework/{name}": (data, student) for name, data in own.items()})}
        files |= {f"{above}/{name}": (data, student) for name, data in own.items()}
    _zip(folder / "moodle.zip", files)


def _classroom(students: list[_Student], folder: Path) -> None:
    for student in students:
        for name, data in student.files.items():
            _put(folder / "classroom" / f"{student.name} - {name}.ipynb", data, student.time)


def _nbgrader(students: list[_Student], folder: Path) -> None:
    for student in students:
        for name, data in student.files.items():
            _put(folder / "nbgrader" / student.id / ASSIGNMENT / f"{name}.ipynb", data, student.time)


def _plain(students: list[_Student], folder: Path) -> None:
    """What comes by messenger: a Mac takes Hangul apart."""
    for student in students:
        for name, data in student.files.items():
            sender = unicodedata.normalize("NFD", student.name)
            _put(folder / "plain" / f"{name}_{sender}.ipynb", data, student.time)


_WRITERS = {"canvas": _canvas, "moodle": _moodle, "classroom": _classroom, "nbgrader": _nbgrader, "plain": _plain}


def _first_version(student: _Student, name: str, folder: Path) -> None:
    """What somebody handed in first, two hours before: half of a notebook's cells."""
    notebook = json.loads(student.files[name])
    notebook["cells"] = notebook["cells"][: len(notebook["cells"]) // 2]
    _put(folder / f"{student.name} - {name} (1).ipynb", json.dumps(notebook).encode(), student.time - 7_200)


def _put(path: Path, data: bytes, when: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (when, when))


def _zip(path: Path, files: dict[str, tuple[bytes, _Student]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_zipped(files))


def _zipped(files: dict[str, tuple[bytes, _Student]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (data, student) in files.items():
            info = zipfile.ZipInfo(name, time.localtime(student.time)[:6])
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- the tour ---------------------------------------------------------------------------------------------------


def tour(course: Course, folder: Path, seed: int = SEED) -> Made:
    """Make the class and do with it what a week does: grade, answer for the unknown files, grade, give back, report."""
    from .class_report import page
    from .classbook import open_classbook
    from .give_back import write
    from .run import Options, grade_class

    made = make(course, folder, seed=seed)
    sent = _("{path}: what forty people sent, each as their platform or messenger does")
    print(sent.format(path=folder / "handed_in"))
    # Without bubblewrap nothing is lost here: the answers are the course's own.
    options = Options(due=DUE, sandbox=shutil.which("bwrap") is not None)
    grade_class(made.course, made.handed_in, options)
    answer(made)
    answered = _("{path}: answered; graded again, and only what is new")
    print(answered.format(path=folder / "autograde" / "unknown.csv"))
    grade_class(made.course, made.handed_in, options)
    book = open_classbook(made.course)
    for path, what in write(book, made.course.autograde / "give_back"):
        print(f"{path}  {what}")
    for language, anonymous, name in (("ko", False, "report.html"), ("en", True, "report-for-the-projector.html")):
        write_whole(made.course.autograde / name, page(book, language, anonymous=anonymous))
        print(made.course.autograde / name)
    return made


def answer(made: Made) -> None:
    """Answer for the files of nobody known, as whoever grades would in a spreadsheet."""
    path = made.course.autograde / UNKNOWN
    rows = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    write_whole(path, table(("file", "id"), [(row["file"], made.unknown) for row in rows]))
