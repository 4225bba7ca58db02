"""A source as notebooks: the answer key, a learner's copy, and the worked copy before it is run.

nbgrader's own preprocessors take solutions and hidden tests away, in the order of its GenerateAssignment, so that a
learner's copy is what `nbgrader generate_assignment` would make of the key.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, cast

from gradschool.course import regions
from gradschool.course.source import Cell, Source

Notebook = dict[str, Any]

KEY_LANGUAGE = "en"

# To be raised when the same source should give other notebooks.
_BUILDER = 1


def edition(source: Source) -> str:
    """A name for this state of a source: other bytes or another way of building, another name."""
    text = source.path.read_text(encoding="utf-8-sig")
    return digest(f"{_BUILDER}\n{text}".encode())


def digest(content: bytes) -> str:
    """A short name for some bytes."""
    return hashlib.sha256(content).hexdigest()[:16]


def key(source: Source) -> Notebook:
    """The answer key, one for both languages: solutions and hidden tests with their markers, nbgrader's metadata."""
    return _notebook(source, KEY_LANGUAGE)


def learner(source: Source, language: str, config: Path) -> Notebook:
    """What a learner opens: stubs for solutions, no hidden test, checksums as nbgrader wants them.

    config : Path, the course's nbgrader_config.py
    """
    from nbformat import from_dict
    from nbgrader import preprocessors as steps

    notebook = from_dict(_notebook(source, language))  # type: ignore[no-untyped-call]
    settings = _nbgrader_settings(config)
    for step in (
        steps.LockCells,
        steps.ClearSolutions,
        steps.ClearOutput,
        steps.CheckCellMetadata,
        steps.ClearHiddenTests,
        steps.ClearMarkScheme,
        steps.ComputeChecksums,
        steps.CheckCellMetadata,
    ):
        notebook, _ = step(config=settings).preprocess(notebook, {})
    return cast(Notebook, json.loads(json.dumps(notebook)))


def worked(source: Source, language: str, config: Path) -> Notebook:
    """A learner's copy with every cell filled in as the author would."""
    notebook = learner(source, language, config)
    solutions = {cell.id: cell.source for cell in source.cells if cell.role == "solution"}
    for cell in notebook["cells"]:
        if cell["id"] in solutions:
            cell["source"] = regions.without_markers(solutions[cell["id"]], regions.SOLUTION)
    return notebook


def to_bytes(notebook: Notebook) -> bytes:
    """A notebook's file: the same bytes for the same content."""
    return (json.dumps(_as_file(notebook), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _as_file(notebook: Notebook) -> Notebook:
    """Break long texts into lists of lines, as Jupyter does, so that a change shows as the lines it touches."""
    from nbformat import from_dict
    from nbformat.v4.rwbase import split_lines

    return cast(Notebook, split_lines(from_dict(notebook)))  # type: ignore[no-untyped-call]


def _notebook(source: Source, language: str) -> Notebook:
    return {
        "cells": [_cell(cell) for cell in source.in_language(language)],
        "metadata": {
            "gradschool": {"edition": edition(source), "language": language, "notebook": source.name},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    if cell.role == "text":
        return {"cell_type": "markdown", "id": cell.id, "metadata": {}, "source": cell.source}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell.id,
        "metadata": _grading(cell),
        "outputs": [],
        "source": cell.source,
    }


def _grading(cell: Cell) -> dict[str, Any]:
    """nbgrader's metadata: a solution is the learner's, a check is graded and locked, the rest has none."""
    if cell.role not in ("solution", "check", "hidden"):
        return {}
    solution = cell.role == "solution"
    metadata = {
        "grade": not solution,
        "grade_id": cell.id,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if solution:
        return {"nbgrader": metadata}
    # without the tag, Run All would end at the first check that is not passed yet
    return {"nbgrader": {**metadata, "points": cell.points}, "tags": ["raises-exception"]}


def _nbgrader_settings(config: Path) -> Any:
    from traitlets.config.loader import PyFileConfigLoader

    return PyFileConfigLoader(config.name, path=str(config.parent)).load_config()
