"""`gradschool bundle`: one zip to hand out."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def bundle(
    notebooks: Annotated[list[str] | None, typer.Argument(help="Which notebooks; all where none is named.")] = None,
    lang: Annotated[Literal["ko", "en"] | None, typer.Option(help="One language alone.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The zip to write.")] = Path("gradschool-lecture4.zip"),
) -> None:
    """Pack notebooks, the package and a start sheet into one zip to hand out."""
    from gradschool.course import find_course
    from gradschool.course.bundle import pack
    from gradschool.grading.writing import write_whole
    from gradschool.language import LANGUAGES
    from gradschool.language import translate as _

    packed = pack(find_course(), [lang] if lang else LANGUAGES, notebooks or ())
    write_whole(output, packed)
    print(
        _("{path}  ({size:.1f} MB): hand this out. It holds no solutions and no hidden checks.").format(
            path=output, size=len(packed) / 1e6
        )
    )
