"""One page about a whole class, and the same in short for a terminal."""

from collections.abc import Sequence
from typing import Any

from gradschool.check.mistakes import VOCABULARY
from gradschool.course import ASSIGNMENT

from . import pictures
from .classbook import Classbook, Member
from .insights import NOT_ATTEMPTED, Mistake, Standing, standings, talks
from .pages import number, render
from .similarity import Pair
from .snippets import STYLE, html
from .words import MISTAKES, REPORT

# Lines of an example that are in sight at once on a screen.
_LONG = 24


def page(book: Classbook, language: str, *, anonymous: bool = False, alike: Sequence[Pair] | None = None) -> str:
    """Return the class's page.

    anonymous : leave out every name and every list of people, for the projector
    alike : pairs of submissions that are alike; None leaves the section out
    """
    words, mistakes = REPORT[language], MISTAKES[language]
    found = standings(book, language)
    titles = {chapter.name: chapter.title[language] for chapter in book.chapters}
    return render(
        "report.html",
        language=language,
        title=words["title"],
        about=" · ".join((ASSIGNMENT, *titles.values())),
        words=words,
        code_style=STYLE,
        mistake_words=mistakes,
        figures=_figures(book, words),
        talks=[_talk(each, titles, words, language) for each in talks(found)],
        chapters=[
            {
                "title": titles[chapter.name],
                "rows": [_row(each, language) for each in found if each.exercise in chapter.exercises],
            }
            for chapter in book.chapters
        ],
        grid=_grid(book, found, titles, language),
        examples=[
            _example(mistake, titles, language)
            for each in found
            for mistake in each.mistakes
            if mistake.id != NOT_ATTEMPTED
        ],
        hidden_only=[
            (each.exercise.title[language], each.hidden_only)
            for each in sorted(found, key=lambda each: -each.hidden_only)
            if each.hidden_only
        ],
        timeline=_timeline(book, words),
        legend=[("full", pictures.FULL), ("part", pictures.PART), ("none", pictures.NONE), ("blank", pictures.BLANK)],
        notebooks=[chapter.name.partition("_")[0] for chapter in book.chapters],
        people=[] if anonymous else [_person(book, member, words) for member in book.members],
        unknown=() if anonymous else book.unknown,
        alike=None if alike is None or anonymous else [_pair(pair, words) for pair in alike],
    )


def terminal_rows(book: Classbook) -> list[tuple[str, ...]]:
    """Return the report as rows of text: exercise, mean points, who went wrong, who did not try, the commonest mistakes."""
    return [
        (
            each.exercise.id,
            f"{each.points / each.people if each.people else 0:.1f}/{number(each.exercise.points)}",
            str(each.wrong),
            str(each.blank),
            ", ".join(f"{m.id} {m.count}" for m in each.mistakes if m.id != NOT_ATTEMPTED),
        )
        for each in standings(book, "en")
    ]


def _figures(book: Classbook, words: dict[str, str]) -> list[tuple[str, str]]:
    came = book.handed_in
    graded = [member for member in came if member.results]
    mean = sum(member.score for member in graded) / len(graded) if graded else 0.0
    broken = sum(result.status == "unreadable" for member in came for result in member.results.values())
    late = sum(member.entry is not None and member.entry.late for member in came)
    return [
        (words["handed_in"], f"{len(came)} / {len(book.members)}"),
        (words["mean"], f"{mean:.1f} / {number(book.points)}"),
        (words["late"], str(late)),
        (words["broken"], str(broken)),
        (words["unknown"], str(len(book.unknown))),
    ]


def _talk(standing: Standing, titles: dict[str, str], words: dict[str, str], language: str) -> dict[str, Any]:
    tried = standing.people - standing.blank
    lines = [words["went_wrong"].format(tried=tried, wrong=standing.wrong)]
    if standing.blank:
        lines.append(words["blank_count"].format(count=standing.blank))
    if standing.hidden_only:
        lines.append(words["hidden_only_count"].format(count=standing.hidden_only))
    made = [mistake for mistake in standing.mistakes if mistake.id != NOT_ATTEMPTED]
    return {
        "title": standing.exercise.title[language],
        "lines": lines,
        "bar": _bar(standing, language),
        "mistakes": [(MISTAKES[language][mistake.id], mistake.count) for mistake in made],
        "example": _shown(made[0]) if made else None,
        "back": _section(standing, titles, language),
    }


def _row(standing: Standing, language: str) -> dict[str, Any]:
    mean = standing.points / standing.people if standing.people else 0.0
    return {
        "title": standing.exercise.title[language],
        "bar": _bar(standing, language),
        "mean": f"{mean:.1f}",
        "most": standing.exercise.points,
    }


def _bar(standing: Standing, language: str) -> Any:
    words = REPORT[language]
    parts = [
        (standing.full, pictures.FULL, words["full"]),
        (standing.part, pictures.PART, words["part"]),
        (standing.none, pictures.NONE, words["none"]),
        (standing.blank, pictures.BLANK, words["blank"]),
    ]
    label = ", ".join(f"{word} {count}" for count, _, word in parts)
    return pictures.stacked([(count, colour) for count, colour, _ in parts], label)


def _grid(book: Classbook, found: list[Standing], titles: dict[str, str], language: str) -> dict[str, Any]:
    """Exercises down, mistakes across; a number is darker the larger it is, and leads to its example."""
    columns = [mistake for mistake in VOCABULARY if any(mistake == made.id for each in found for made in each.mistakes)]
    most = max((made.count for each in found for made in each.mistakes), default=1)
    rows: dict[str, list[dict[str, Any]]] = {chapter.name: [] for chapter in book.chapters}
    for each in found:
        count = {made.id: made.count for made in each.mistakes}
        cells = [
            (count.get(column, 0), round(count.get(column, 0) / most, 2), _anchor(each.exercise.id, column))
            for column in columns
        ]
        rows[each.exercise.notebook].append({"title": each.exercise.title[language], "cells": cells})
    chapters = [{"title": titles[name], "rows": found_here} for name, found_here in rows.items()]
    return {"columns": columns, "chapters": chapters, "without_example": NOT_ATTEMPTED}


def _example(mistake: Mistake, titles: dict[str, str], language: str) -> dict[str, Any]:
    return {
        "anchor": _anchor(mistake.exercise.id, mistake.id),
        "title": f"{mistake.exercise.title[language]} · {MISTAKES[language][mistake.id]}",
        "count": mistake.count,
        "back": f"{titles[mistake.exercise.notebook]} › {mistake.exercise.title[language]}",
        **_shown(mistake),
    }


def _shown(mistake: Mistake) -> dict[str, Any]:
    code = mistake.example.code
    return {
        "message": mistake.example.message.lstrip("✗ "),
        "code": html(code) if code else "",
        "is_long": code.count("\n") > _LONG,
    }


def _section(standing: Standing, titles: dict[str, str], language: str) -> str:
    return f"{titles[standing.exercise.notebook]} › {standing.exercise.title[language]}"


def _anchor(exercise: str, mistake: str) -> str:
    return f"{exercise}-{mistake}"


def _timeline(book: Classbook, words: dict[str, str]) -> Any:
    times = [(member.entry.time, member.entry.late) for member in book.handed_in if member.entry and member.entry.time]
    return pictures.timeline(times, words["deadline"], words["timeline"])


def _person(book: Classbook, member: Member, words: dict[str, str]) -> dict[str, Any]:
    entry = member.entry
    broken = any(result.status == "unreadable" for result in member.results.values())
    state = {
        "not_handed_in": not member.results and entry is None,
        "is_late": entry is not None and entry.late,
        "is_twice": entry is not None and bool(entry.twice),
        "is_broken": broken or (entry is not None and not member.results),
    }
    return {
        "name": member.shown,
        "id": member.student,
        "scores": [
            number(member.score_of(chapter.name)) if chapter.name in member.results else "–"
            for chapter in book.chapters
        ],
        "total": number(member.score) if member.results else "–",
        "bar": pictures.progress(member.score, book.points),
        "state": ", ".join(words[name] for name, holds in state.items() if holds),
    }


def _pair(pair: Pair, words: dict[str, str]) -> dict[str, Any]:
    return {
        "names": f"{pair.first.shown} · {pair.second.shown}",
        "how": words["alike_how"].format(count=len(pair.exercises), wrong=len(pair.wrong)),
        "exercises": ", ".join(f"{each} ✗" if each in pair.wrong else each for each in pair.exercises),
    }
