"""Everything that goes back after grading, written into one folder: pages, zips for platforms, tables of points."""

from pathlib import Path

from . import grades
from .classbook import Classbook
from .feedback import page, zips
from .writing import write_whole


def write(book: Classbook, folder: Path) -> list[tuple[Path, str]]:
    """Write everything; return each file or folder with what it is for.

    Raises GradschoolError where something cannot be written; each file is whole or as it was.
    """
    pages = folder / "pages"
    people = book.handed_in
    for member in people:
        write_whole(pages / f"{member.student}.html", page(book, member))
    told = [(pages, f"{len(people)} pages, one a learner")]
    for platform, packed in zips(book).items():
        told.append((folder / f"feedback-{platform}.zip", f"the pages as {platform} takes them back"))
        write_whole(told[-1][0], packed)
    tables = {"grades.csv": grades.plain, "grades-canvas.csv": grades.canvas, "grades-moodle.csv": grades.moodle}
    for name, make in tables.items():
        told.append((folder / name, f"points of {len(book.members)} people"))
        write_whole(told[-1][0], make(book))
    return told
