"""`gradschool update`: a newer edition of a notebook, with the learner's answers in it."""

from pathlib import Path
from typing import Annotated

import typer


def update(
    notebooks: Annotated[
        list[Path] | None, typer.Argument(help="Your notebooks; all in homework/ where none is named.")
    ] = None,
) -> None:
    """Carry your answers into the newest edition of a notebook; your old file is kept beside it."""
    from gradschool.course import find_course
    from gradschool.course.carry import update as carry
    from gradschool.language import translate as _

    course = find_course()
    mine = notebooks or [path for path in sorted((course.root / "homework").rglob("*.ipynb")) if _is_current(path)]
    for path in mine:
        carried = carry(course, path)
        if carried is None:
            print(_("{path}: the newest edition already").format(path=path))
            continue
        answers = len(carried.answers)
        print(_("{path}: the newest edition now, with {count} of your answers in it").format(path=path, count=answers))
        print("    " + _("your file as it was: {path}").format(path=carried.kept.name))
        for line in carried.lost:
            print("    " + _("no place for the cell that begins  {line}   (it is in your old file)").format(line=line))
    if not mine:
        print(_("No notebooks in homework/: `gradschool lab` makes them."))


def _is_current(path: Path) -> bool:
    return ".before-update-" not in path.name and not any(part.startswith(".") for part in path.parts)
