"""`gradschool feedback`: what goes back to each learner."""

from pathlib import Path
from typing import Annotated

import typer


def feedback(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to. Default: autograde/give_back/.", metavar="FOLDER")
    ] = None,
) -> None:
    """Write a page for each learner, a zip of them for each platform, and tables of points."""
    from gradschool.course import find_course
    from gradschool.grading.classbook import open_classbook
    from gradschool.grading.give_back import write

    course = find_course()
    written = write(open_classbook(course), output or course.autograde / "give_back")
    for path, what in written:
        print(f"{course.relative(path)}  {what}")
