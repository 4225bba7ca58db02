"""`gradschool report`: what a class did not understand."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from gradschool.grading.classbook import Classbook


def report(
    lang: Annotated[Literal["ko", "en"], typer.Option(help="The page's language.")] = "ko",
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Leave names out, for the projector.")] = False,
    alike: Annotated[bool, typer.Option("--alike", help="List pairs whose code is strikingly alike.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Default: autograde/report.html.", metavar="FILE")
    ] = None,
) -> None:
    """Write one page about the class: which mistakes were made where, and what to talk about."""
    from gradschool.course import find_course
    from gradschool.grading.class_report import page
    from gradschool.grading.classbook import open_classbook
    from gradschool.grading.similarity import pairs, worked_solutions
    from gradschool.grading.writing import write_whole
    from gradschool.language import translate as _

    course = find_course()
    book = open_classbook(course)
    found = pairs(book, worked_solutions(course)) if alike else None
    path = output or course.autograde / "report.html"
    write_whole(path, page(book, lang, anonymous=anonymous, alike=found))
    _show_table(book)
    for pair in () if anonymous else found or ():
        print(
            _("alike: {first}, {second}: {exercises}  (a place to look, no verdict)").format(
                first=pair.first.shown, second=pair.second.shown, exercises=", ".join(pair.exercises)
            )
        )
    print(course.relative(path))


def _show_table(book: "Classbook") -> None:
    from rich.console import Console
    from rich.table import Table

    from gradschool.grading.class_report import terminal_rows
    from gradschool.language import translate as _

    table = Table(box=None, pad_edge=False)
    table.add_column(_("exercise"), no_wrap=True)
    for name in (_("mean"), _("wrong"), _("not tried")):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column(_("mistakes, by people"))
    for row in terminal_rows(book):
        table.add_row(*row)
    Console(highlight=False).print(table)
