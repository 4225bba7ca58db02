"""Where answer keys come from: the course's built keys, else its sources, else a learner's own copy."""

import json
from functools import cache
from pathlib import Path

from gradschool.course import Course
from gradschool.course import key as build_key

from .key import HIDDEN_ELSEWHERE
from .reading import Submitted


@cache
def find_key(course: Course, notebook: str) -> bytes | None:
    """Hand back the answer key of a notebook: the built one, else one made from its source; None where there is neither."""
    built = course.keys / f"{notebook}.ipynb"
    if built.is_file():
        return built.read_bytes()
    source = course.source / f"{notebook}.py"
    return json.dumps(build_key(source)).encode() if source.is_file() else None


def known_notebooks(course: Course) -> list[str]:
    """Names of the notebooks that there is a key for."""
    built: list[Path] = sorted(course.keys.glob("*.ipynb"))
    return sorted({path.stem for path in (*built, *course.sources())})


def key_of_own_copy(submitted: Submitted, notebook: str) -> bytes:
    """Make of a learner's notebook the key that it holds itself: its visible checks."""
    cells = [{**cell.raw, "cell_type": cell.kind, "source": cell.source} for cell in submitted.cells]
    return json.dumps(
        {"cells": cells, "metadata": {"gradschool": {"notebook": notebook, HIDDEN_ELSEWHERE: True}}}
    ).encode()
