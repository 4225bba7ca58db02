"""nbgrader is told of the assignment: its gradebook and its release, through its own API.

Without this `nbgrader autograde` knows no notebook to grade.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from gradschool.course.notebooks import edition
from gradschool.course.place import ASSIGNMENT, Course
from gradschool.course.source import Source
from gradschool.errors import GradschoolError

_GRADEBOOK = "gradebook.db"

_CELLS = """
    select notebook.name, source_cell.name
    from source_cell join notebook on source_cell.notebook_id = notebook.id
    join assignment on notebook.assignment_id = assignment.id
    where assignment.name = ?
"""


def is_registered(course: Course, sources: Iterable[Source]) -> bool:
    """Whether nbgrader's gradebook and release are of these sources, as they are now."""
    known: dict[str, set[str]] = {}
    for notebook, cell in _known_cells(course.autograde / _GRADEBOOK):
        known.setdefault(notebook, set()).add(cell)
    wanted = {
        source.name: {cell.id for cell in source.cells if cell.role in ("solution", "check", "hidden")}
        for source in sources
    }
    released = {path.stem: _edition_of(path) for path in course.release.glob("*.ipynb")}
    return known == wanted and released == {source.name: edition(source) for source in sources}


def register(course: Course) -> None:
    """Run `nbgrader generate_assignment` on the keys.

    Raises GradschoolError where nbgrader refuses: it never changes the cells of an assignment that has grades.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import capture_log
    from traitlets.config.loader import PyFileConfigLoader

    settings = PyFileConfigLoader(course.config.name, path=str(course.autograde)).load_config()
    settings.CourseDirectory.root = str(course.autograde)
    settings.CourseDirectory.assignment_id = ASSIGNMENT
    converter = GenerateAssignment(coursedir=CourseDirectory(config=settings), config=settings, force=True)
    with _own_programs():
        result: dict[str, Any] = capture_log(converter)
    if result["success"]:
        return
    said = result.get("log", "") + result.get("error", "")
    if "submissions associated" in said:
        raise GradschoolError(
            f"{course.relative(course.autograde / _GRADEBOOK)} holds grades for other cells than {ASSIGNMENT} has now, "
            "and nbgrader never changes those: move it aside (it keeps its grades) and run gradschool build again"
        )
    last = said.strip().rsplit("\n", 1)[-1]
    raise GradschoolError(f"nbgrader generate_assignment {ASSIGNMENT} failed in {course.autograde}: {last}")


@contextmanager
def _own_programs() -> Iterator[None]:
    """Put this environment's programs on PATH: nbgrader calls `alembic` by name when it makes a gradebook."""
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _known_cells(gradebook: Path) -> list[tuple[str, str]]:
    if not gradebook.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{gradebook.as_uri()}?mode=ro", uri=True)) as database:
            return list(database.execute(_CELLS, (ASSIGNMENT,)))
    except sqlite3.DatabaseError:
        # Not (yet) nbgrader's tables; nbgrader itself will say so, or make them.
        return []


def _edition_of(path: Path) -> str | None:
    try:
        return str(json.loads(path.read_bytes())["metadata"]["gradschool"]["edition"])
    except (ValueError, KeyError, TypeError):
        return None
