"""`gradschool grade`: a class's homework."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer


def grade(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="A directory <student>/lecture4/<notebook>.ipynb, loose notebooks, or a zip.", metavar="PATH..."
        ),
    ],
    json_file: Annotated[Path | None, typer.Option("--json", help="Write results as JSON.", metavar="FILE")] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write a table of points.", metavar="FILE")] = None,
    jobs: Annotated[int, typer.Option(help="Notebooks graded at a time; 0: one a core.", min=0)] = 0,
    scheduler: Annotated[
        str, typer.Option(help="Grade on the dask.distributed cluster at this address.", metavar="ADDRESS")
    ] = "",
    roster: Annotated[
        Path | None,
        typer.Option(help="Who may hand something in: columns id, name, email. Default: autograde/roster.csv."),
    ] = None,
    due: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"], help="What comes later is late."),
    ] = None,
    no_sandbox: Annotated[
        bool, typer.Option("--no-sandbox", help="Run notebooks that you trust without the sandbox.")
    ] = False,
    open_formgrader: Annotated[
        bool, typer.Option("--open", help="Afterwards, open formgrader: points and comments by hand.")
    ] = False,
) -> None:
    """Grade what was handed in, each notebook in a sandbox of its own."""
    from gradschool.cli import formgrader
    from gradschool.cli.screen import has_screen
    from gradschool.course import find_course
    from gradschool.grading.run import Options, grade_class

    options = Options(
        jobs=jobs, scheduler=scheduler, sandbox=not no_sandbox, roster=roster, due=due.timestamp() if due else None
    )
    course = find_course()
    grade_class(course, paths, options, json_file=json_file, csv_file=csv_file)
    if open_formgrader:
        formgrader.serve(course, browser=has_screen())
