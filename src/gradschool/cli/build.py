"""`gradschool build`: sources become notebooks, solutions and keys; `--check` says what is not as it should be."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import Progress


def build(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say what is wrong or stale.")] = False,
) -> None:
    """Make notebooks/, solutions/ and autograde's key from source/."""
    from gradschool.course import AuthorError, building, find_course

    course = find_course()
    if check:
        complaints = building.check(course)
        for complaint in complaints:
            print(complaint)
        if complaints:
            raise typer.Exit(1)
        print("Everything is as its source says.")
        return
    try:
        with _progress() as bar:
            changed = building.build(course, building.Listener(bar.console.out, partial(_advance, bar)))
    except AuthorError as error:
        for complaint in error.complaints:
            typer.echo(str(complaint), err=True)
        raise typer.Exit(2) from error
    if not changed:
        print("Everything was up to date.")


def _progress() -> "Progress":
    """A bar with the time left on a terminal; elsewhere lines alone."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(highlight=False)
    words = TextColumn("{task.description}")
    columns = (words, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)


def _advance(bar: "Progress", done: int, total: int) -> None:
    task = bar.task_ids[0] if bar.task_ids else bar.add_task("running solutions", total=total)
    bar.update(task, completed=done)
