"""What goes back to each learner: a page of their own, and a zip of all pages as the platform wants it."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from . import pictures
from .classbook import Chapter, Classbook, Exercise, Marks, Member
from .insights import NOT_ATTEMPTED
from .pages import render
from .results import CheckResult, ExerciseResult
from .snippets import STYLE, cells, html
from .words import FEEDBACK

_NEXTS = 3
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same pages, the same bytes


def page(book: Classbook, member: Member) -> str:
    """Return one learner's page, in the language that they work in.

    It has their own code and what was said about it; no check's source, and nobody else.
    """
    language = member.language
    return render(
        "feedback.html",
        language=language,
        title=f"{FEEDBACK[language]['title']} · {member.shown}",
        words=FEEDBACK[language],
        code_style=STYLE,
        name=member.shown,
        score=member.score,
        most=book.points,
        bar=pictures.progress,
        remarks=list(_remarks(member)),
        again=[name for name, result in member.results.items() if result.status == "unreadable"],
        nexts=_nexts(book, member),
        notebooks=[_notebook(chapter, member, language) for chapter in book.chapters],
    )


def file_names(member: Member) -> str:
    """Return what a learner's page is called in the zip, so that the platform knows whose it is.

    Canvas wants the sender's two numbers back, Moodle the directory that it made; everywhere else the id is the name.
    """
    entry = member.entry
    if entry is not None and entry.platform == "canvas":
        return f"{entry.words[0]}_{entry.ticket}_feedback.html"
    if entry is not None and entry.platform == "moodle":
        return f"{entry.words[0]}_{entry.ticket}_assignsubmission_file_/feedback.html"
    return f"{member.student}.html"


def zips(book: Classbook) -> dict[str, bytes]:
    """Return platform -> a zip of the pages of everybody who handed in there."""
    found: dict[str, list[tuple[str, str]]] = {}
    for member in book.handed_in:
        platform = member.entry.platform if member.entry else "plain"
        kind = platform if platform in ("canvas", "moodle", "classroom") else "plain"
        found.setdefault(kind, []).append((file_names(member), page(book, member)))
    return {platform: _zipped(files) for platform, files in sorted(found.items())}


def _zipped(files: Iterable[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _remarks(member: Member) -> Iterable[str]:
    words = FEEDBACK[member.language]
    if member.entry is not None and member.entry.late:
        yield words["late"]
    penalty = sum(marks.penalty for marks in member.marks.values())
    if penalty:
        yield words["penalty"].format(points=f"{penalty:g}")
    if member.entry is not None and member.entry.twice:
        yield words["twice"]


def _nexts(book: Classbook, member: Member) -> list[Exercise]:
    """The first few exercises that are not done: those that were tried come before those that were not."""
    open_ones = []
    for exercise in book.exercises:
        result = member.exercise(exercise)
        failed = [check for check in result.checks if not check.passed] if result else []
        if failed:
            open_ones.append((all(check.mistakes == (NOT_ATTEMPTED,) for check in failed), exercise))
    return [exercise for _, exercise in sorted(open_ones, key=lambda each: each[0])][:_NEXTS]


def _notebook(chapter: Chapter, member: Member, language: str) -> dict[str, Any]:
    result = member.results.get(chapter.name)
    readable = result is not None and result.status == "graded"
    return {
        "title": chapter.title[language],
        "state": "absent" if result is None else result.status,
        "score": member.score_of(chapter.name),
        "most": chapter.points,
        "warnings": result.warnings if result is not None else (),
        "reasons": result.reasons_in(language) if result is not None else (),
        "exercises": [_exercise(each, member, language) for each in chapter.exercises] if readable else [],
    }


def _exercise(exercise: Exercise, member: Member, language: str) -> dict[str, Any]:
    result = member.exercise(exercise) or ExerciseResult(exercise.id, ())
    marks = member.marks.get(exercise.notebook, Marks())
    ids = {*exercise.solutions, *(check.id for check in result.checks)}
    return {
        "id": exercise.id,
        "title": exercise.title[language],
        "score": sum(marks.points(check) for check in result.checks),
        "most": result.max_score,
        "checks": [_check(check, exercise, marks, language) for check in result.checks],
        "comments": [comment for grade_id, comment in marks.comments.items() if grade_id in ids],
        "code": [html(code) for _, code in cells(member.results[exercise.notebook], exercise)],
    }


def _check(check: CheckResult, exercise: Exercise, marks: Marks, language: str) -> dict[str, Any]:
    words = FEEDBACK[language]
    look = "yes" if check.passed else "none" if check.mistakes == (NOT_ATTEMPTED,) else "no"
    return {
        "look": look,
        "mark": {"yes": "✓", "no": "✗", "none": "○"}[look],
        "verdict": words[{"yes": "passed", "no": "failed", "none": "blank"}[look]],
        "kind": words["hidden" if check.id in exercise.hidden else "check"],
        "score": marks.points(check),
        "most": check.max_score,
        "by_hand": check.id in marks.manual or check.id in marks.extra,
        "message": "" if look in ("yes", "none") else check.message.lstrip("✗ "),
    }
