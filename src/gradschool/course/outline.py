"""The course in a page of JSON: titles, minutes, points and ids, for whoever shows progress or makes a report."""

import json
from collections.abc import Iterable
from typing import Any

from gradschool.course.place import ASSIGNMENT
from gradschool.course.source import Exercise, Source


def outline(sources: Iterable[Source]) -> bytes:
    """The file `src/gradschool/data/course.json`."""
    course = {"assignment": ASSIGNMENT, "notebooks": [_notebook(source) for source in sources]}
    return (json.dumps(course, ensure_ascii=False, indent=1) + "\n").encode()


def _notebook(source: Source) -> dict[str, Any]:
    exercises = [_exercise(exercise) for exercise in source.exercises]
    return {"name": source.name, "title": source.title, "minutes": _number(source.minutes), "exercises": exercises}


def _exercise(exercise: Exercise) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "title": exercise.title,
        "minutes": _number(exercise.minutes),
        "points": exercise.points,
        "solutions": [cell.id for cell in exercise.having("solution")],
        "checks": [
            {"id": cell.id, "points": cell.points, "hidden": cell.role == "hidden"}
            for cell in exercise.having("check", "hidden")
        ],
    }


def _number(value: float) -> float:
    return int(value) if value == int(value) else value
