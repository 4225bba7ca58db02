"""A newer edition of a notebook with a learner's answers in it. The file that the learner had is kept beside it."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradschool.course.place import Course
from gradschool.errors import GradschoolError, cannot_read
from gradschool.language import translate as _

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Carried:
    """What was done.

    kept : where the learner's file is now
    answers : grade ids whose answers went over
    lost : first lines of what the learner wrote and the new edition has no place for
    """

    kept: Path
    answers: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def update(course: Course, path: Path) -> Carried | None:
    """Put the newer edition in a learner's file's place, with their answers in it; None where it is the newest already.

    Raises GradschoolError for a file that is no notebook of this course.
    """
    mine = _read(path)
    newer = _newest(course, path, mine)
    if _edition(mine) == _edition(newer):
        return None
    old_stubs = {_grade_id(cell): _text(cell) for cell in newer["cells"] if _is_answer(cell)}
    written = {_grade_id(cell): cell for cell in mine["cells"] if _is_answer(cell)}
    kept = _free_name(path)
    carried = Carried(kept)
    for cell in newer["cells"]:
        grade_id = _grade_id(cell)
        if _is_answer(cell) and grade_id in written:
            answer = _text(written.pop(grade_id))
            if answer.strip() != old_stubs[grade_id].strip():
                cell["source"] = answer
                carried.answers.append(grade_id)
    own = [cell for cell in mine["cells"] if _is_own(cell, newer)]
    carried.lost.extend(_first_line(cell) for cell in [*written.values(), *own])
    _replace(path, kept, newer)
    return carried


def _read(path: Path) -> Notebook:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(notebook["cells"], list):
            raise TypeError("cells are no list")
    except OSError as error:
        raise cannot_read(path, error) from error
    except (ValueError, KeyError, TypeError) as error:
        words = _("{path} is no notebook: give the .ipynb that JupyterLab saved")
        raise GradschoolError(words.format(path=path)) from error
    return dict(notebook)


def _newest(course: Course, path: Path, mine: Notebook) -> Notebook:
    about = mine.get("metadata", {}).get("gradschool", {})
    name, language = about.get("notebook", path.stem), about.get("language")
    languages = [language] if language in ("ko", "en") else ["ko", "en"]
    for each in languages:
        original = course.notebooks(each) / f"{name}.ipynb"
        if original.exists():
            return _read(original)
    words = _("{path} is no notebook of this course: its name should be like 1_scalar_backprop.ipynb")
    raise GradschoolError(words.format(path=path))


def _replace(path: Path, kept: Path, newer: Notebook) -> None:
    scratch = path.with_name(f".{path.name}.new")
    try:
        scratch.write_text(json.dumps(newer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        path.rename(kept)
        scratch.rename(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        if kept.exists() and not path.exists():
            kept.rename(path)
        words = _("could not write {path}: {reason}; your file is as it was")
        raise GradschoolError(words.format(path=path, reason=error.strerror)) from error


def _free_name(path: Path) -> Path:
    numbers = range(1, 1000)
    return next(free for n in numbers if not (free := path.with_name(f"{path.stem}.before-update-{n}.ipynb")).exists())


def _edition(notebook: Notebook) -> str | None:
    edition = notebook.get("metadata", {}).get("gradschool", {}).get("edition")
    return str(edition) if edition else None


def _grade_id(cell: Notebook) -> str:
    marked = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
    return str(marked or cell.get("id", ""))


def _is_answer(cell: Notebook) -> bool:
    return cell.get("cell_type") == "code" and bool(cell.get("metadata", {}).get("nbgrader", {}).get("solution"))


def _is_own(cell: Notebook, newer: Notebook) -> bool:
    """Tell whether a learner added this cell: it has something in it, and the new edition knows neither it nor its text."""
    if "nbgrader" in cell.get("metadata", {}) or cell.get("cell_type") != "code" or not _text(cell).strip():
        return False
    known_ids = {each.get("id") for each in newer["cells"]}
    known_texts = {_text(each).strip() for each in newer["cells"]}
    return cell.get("id") not in known_ids and _text(cell).strip() not in known_texts


def _text(cell: Notebook) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _first_line(cell: Notebook) -> str:
    return next((line.strip() for line in _text(cell).splitlines() if line.strip()), "")
