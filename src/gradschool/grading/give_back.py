"""Everything that goes back after grading, written into one folder: pages, zips for platforms, tables of points."""

from pathlib import Path

from gradschool.language import translate as _

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
    told = [(pages, _("{count} pages, one a learner").format(count=len(people)))]
    for platform, packed in zips(book).items():
        words = _("the pages of everybody else, named by id")
        if platform != "plain":
            words = _("the pages as {platform} takes them back").format(platform=platform.capitalize())
        told.append((folder / f"feedback-{platform}.zip", words))
        write_whole(told[-1][0], packed)
    tables = {"grades.csv": grades.plain, "grades-canvas.csv": grades.canvas, "grades-moodle.csv": grades.moodle}
    for name, make in tables.items():
        told.append((folder / name, _("points of {count} people").format(count=len(book.members))))
        write_whole(told[-1][0], make(book))
    return told
