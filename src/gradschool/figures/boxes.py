"""Matrices as tables of tinted cells, and blocks of cells that show a shape."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from gradschool.figures import style, svg

_HIGH = 30.0


def matrix(
    x: float,
    y: float,
    values: ArrayLike,
    title: str,
    *,
    digits: int = 2,
    cell: float = 56,
    role: str = "value",
    top: float = 1,
) -> tuple[str, float, float]:
    """Return a matrix (a vector is a column) with its title above, its width, and its height with the title.

    title : SVG markup
    role : the colour of positive numbers' tint; negative ones are tinted grey
    top : the number whose tint is full
    """
    table = np.atleast_2d(np.asarray(values, dtype=np.float64).T).T
    rows, columns = table.shape
    parts = [svg.text(x + columns * cell / 2, y + 14, title, size=14)]
    for i in range(rows):
        for j in range(columns):
            left, upper = x + j * cell, y + 22 + i * _HIGH
            parts.append(_cell(left, upper, cell, float(table[i, j]), digits, role, top))
    return "".join(parts), columns * cell, 22 + rows * _HIGH


def _cell(x: float, y: float, width: float, value: float, digits: int, role: str, top: float) -> str:
    share = min(1.0, abs(value) / top) if top else 0.0
    tint = role if value > 0 else "muted"
    ground = svg.rect(x, y, width, _HIGH, fill="panel", role="line", round_by=0)
    colour = (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{_HIGH:.1f}" fill="{style.css(tint)}"'
        f' fill-opacity="{0.42 * share:.2f}"/>'
    )
    return ground + colour + svg.text(x + width / 2, y + 20, svg.number(value, digits), size=13)


def block(
    x: float, y: float, rows: int, columns: int, *, cell: float, role: str, title: str, names: Sequence[str]
) -> str:
    """Return a grid of empty cells with its title inside and the names of its sides: (rows, columns)."""
    width, height = columns * cell, rows * cell
    parts = [svg.rect(x, y, width, height, fill=role, role=role, stroke=1.5, round_by=2, opacity=0.16)]
    parts += [svg.line(x + j * cell, y, x + j * cell, y + height, role=role, width=0.4) for j in range(1, columns)]
    parts += [svg.line(x, y + i * cell, x + width, y + i * cell, role=role, width=0.4) for i in range(1, rows)]
    parts.append(svg.text(x + width / 2, y + height + 17, title, size=14, role=role, bold=True))
    if names[1]:
        parts.append(svg.text(x + width / 2, y - 5, f"{names[1]} = {columns}", size=11.5, role="muted"))
    if names[0]:
        parts.append(svg.text(x - 5, y + height / 2 + 4, f"{names[0]} = {rows}", size=11.5, role="muted", anchor="end"))
    return "".join(parts)
