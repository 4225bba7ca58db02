"""`gradschool build`: sources become notebooks, solutions and keys; `--check` says what is not as it should be."""

from typing import Annotated

import typer


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
        changed = building.build(course, tell=print)
    except AuthorError as error:
        for complaint in error.complaints:
            typer.echo(str(complaint), err=True)
        raise typer.Exit(2) from error
    if not changed:
        print("Everything was up to date.")
