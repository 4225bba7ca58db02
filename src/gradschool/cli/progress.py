"""`gradschool progress`: how far a learner is in the whole course."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from gradschool.grading.journey import Stage

_BAR = 20


def progress(
    notebooks: Annotated[
        list[Path] | None, typer.Argument(help="Your notebooks; those in homework/ where none is named.")
    ] = None,
    lang: Annotated[
        Literal["ko", "en"] | None, typer.Option(help="Which of your copies; those you have where not given.")
    ] = None,
) -> None:
    """Show your way through the course: four bars, what is next, and the minutes that are left."""
    from gradschool.grading.journey import stages

    mine = notebooks or _own_copies(lang)
    found = stages(mine)
    if lang:
        from gradschool import language

        language.use(lang)
    _show(found)


def _own_copies(lang: str | None) -> list[Path]:
    """The learner's notebooks: in homework/, or, handed out as a folder, where the learner stands."""
    from gradschool import language
    from gradschool.course import find_course
    from gradschool.errors import GradschoolError
    from gradschool.grading.classbook import outline
    from gradschool.language import translate as _

    names = [f"{chapter.name}.ipynb" for chapter in outline()]
    try:
        course = find_course()
    except GradschoolError:
        course = None
    folders = [course.homework(code) for code in ([lang] if lang else language.LANGUAGES)] if course else []
    found = [[folder / name for name in names if (folder / name).exists()] for folder in (*folders, Path())]
    copies = max(found[:-1], key=_last_change, default=[]) or found[-1]
    if not copies:
        raise GradschoolError(_("you have no notebooks yet: `gradschool lab` makes your copies in homework/"))
    return copies


def _last_change(paths: list[Path]) -> float:
    return max((path.stat().st_mtime for path in paths), default=0.0)


def _show(found: "list[Stage]") -> None:
    from rich.console import Console
    from rich.table import Table

    from gradschool import language
    from gradschool.language import translate as _

    table = Table(box=None, pad_edge=False, show_header=False)
    for column in range(4):
        table.add_column(justify="left" if column < 2 else "right", no_wrap=True)
    for number, stage in enumerate(found, 1):
        filled = int(_BAR * stage.score / stage.most) if stage.most else 0
        left = _("{minutes:g} min left").format(minutes=stage.minutes) if stage.minutes else _("done")
        title = stage.chapter.title[language.current()]
        bar = "█" * filled + "░" * (_BAR - filled)
        table.add_row(f"{number} {title}", bar, f"{stage.score:g}/{stage.most:g}", left)
    Console(highlight=False, width=None if Console().is_terminal else 100).print(table)
    print(_last_words(found))


def _last_words(found: "list[Stage]") -> str:
    from gradschool import language
    from gradschool.language import translate as _

    score, most = sum(stage.score for stage in found), sum(stage.most for stage in found)
    upcoming = next(((stage, exercise) for stage in found for exercise in stage.open), None)
    if upcoming is None:
        return _("{score:g} of {most:g} points. You are through the whole course.").format(score=score, most=most)
    stage, exercise = upcoming
    return "\n".join(
        (
            _("{score:g} of {most:g} points, about {minutes:g} minutes left.").format(
                score=score, most=most, minutes=sum(each.minutes for each in found)
            ),
            _("Next: {title} in {notebook}.ipynb, about {minutes:g} minutes.").format(
                title=exercise.title[language.current()], notebook=stage.chapter.name, minutes=exercise.minutes
            ),
        )
    )
