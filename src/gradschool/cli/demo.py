"""`gradschool demo`: the week's tour with a made class of forty."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    folder: Annotated[Path, typer.Argument(help="Where to make it; emptied first if a made class is in it.")] = Path(
        "demo"
    ),
    seed: Annotated[int, typer.Option(help="Another seed, another class.")] = 4,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the report.")] = False,
) -> None:
    """Make a class of forty, grade it, and write its report and forty pages of feedback."""
    from gradschool.cli.screen import has_screen
    from gradschool.course import find_course
    from gradschool.grading.demo import tour

    report = tour(find_course(), folder, seed).report
    if not no_browser and has_screen():
        import webbrowser

        webbrowser.open(report.resolve().as_uri())
