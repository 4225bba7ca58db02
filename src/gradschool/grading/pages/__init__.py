"""Pages for people: one file each that works offline, on a telephone and on paper. Whatever goes into them is escaped."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def render(template: str, **values: Any) -> str:
    """Fill in a template of this directory."""
    return _environment().get_template(template).render(**values)


def number(value: float) -> str:
    """Say points as a person would: no zeros behind the point."""
    return f"{round(value, 2):g}"


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
    return environment
