"""Pages for people: one file each that works offline, on a telephone and on paper. Whatever goes into them is escaped."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def render(template: str, **values: Any) -> str:
    """Fill in a template of this directory."""
    return _environment().get_template(template).render(**values)


def number(value: float) -> str:
    """Say points as a person would: no zeros behind the point."""
    return f"{round(value, 2):g}"


def said(message: str) -> Markup:
    """Set a check's message: its first line stands out, the others keep their indentation when they wrap."""
    first, *others = message.splitlines() or [""]
    lines = [Markup("<p><strong>{}</strong></p>").format(first)]
    for line in others:
        text = line.lstrip(" ")
        depth = (len(line) - len(text)) / 4
        lines.append(Markup('<p style="padding-left:{}em">{}</p>').format(f"{depth:g}", text))
    return Markup('<div class="said">{}</div>').format(Markup("").join(lines))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__name__, "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["points"] = number
    environment.filters["said"] = said
    return environment
