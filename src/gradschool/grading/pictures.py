"""Small pictures for pages, as SVG: bars that stretch, a time line of dots. Numbers stand beside them in the page's text."""

import math
import time
from collections.abc import Sequence

from markupsafe import Markup, escape

FULL, PART, NONE, BLANK = "#1b6f8f", "#7fb4c9", "#c0562b", "#c9cdd3"

_WIDTH, _DOT = 360.0, 3.4
_HOUR = 3_600.0


def progress(part: float, whole: float) -> Markup:
    """Draw how much of a whole is there."""
    share = 0.0 if whole <= 0 else min(1.0, max(0.0, part / whole))
    return stacked([(share, FULL), (1 - share, "#e6e8ec")], f"{share:.0%}")


def stacked(parts: Sequence[tuple[float, str]], label: str) -> Markup:
    """Draw parts of a whole side by side, as wide as the page gives room for.

    parts : (size, colour) each; sizes need not add up to anything
    label : what somebody hears who does not see it
    """
    whole = sum(size for size, _ in parts) or 1.0
    rectangles, x = [], 0.0
    for size, colour in parts:
        width = 100 * size / whole
        if width:
            rectangles.append(f'<rect x="{x:.3f}" width="{width:.3f}" height="10" fill="{colour}"/>')
        x += width
    return Markup(
        f'<svg class="bar" role="img" aria-label="{escape(label)}" viewBox="0 0 100 10" preserveAspectRatio="none">'
        f"{''.join(rectangles)}</svg>"
    )


def timeline(times: Sequence[tuple[float, bool]], deadline: str, label: str) -> Markup:
    """Draw a dot a person where they handed in; late ones are squares of another colour.

    times : (seconds since 1970, late)
    deadline : the word over the line between the last on time and the first late one; no line where nobody is late
    """
    if not times:
        return Markup("")
    first, last = min(times)[0], max(times)[0]
    start, end = _midnight(first), max(_midnight(last) + 24 * _HOUR, first + _HOUR)
    columns = int(_WIDTH / (2.3 * _DOT))
    stacks: dict[int, int] = {}
    dots = []
    for when, late in sorted(times):
        column = min(columns - 1, int((when - start) / (end - start) * columns))
        stacks[column] = level = stacks.get(column, 0) + 1
        dots.append((column, level, late))
    height = max(stacks.values()) * 2.2 * _DOT + 22
    drawn = [
        _dot((column + 0.5) * _WIDTH / columns, height - 2.2 * _DOT * (level - 0.5), late)
        for column, level, late in dots
    ]
    drawn += _days(start, end, height)
    on_time, late_ones = [w for w, late in times if not late], [w for w, late in times if late]
    if on_time and late_ones and max(on_time) < min(late_ones):
        x = _WIDTH * ((max(on_time) + min(late_ones)) / 2 - start) / (end - start)
        drawn.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="12" y2="{height:.1f}" stroke="{NONE}" stroke-dasharray="3 2"/>'
            f'<text x="{x:.1f}" y="9" font-size="10" fill="{NONE}" text-anchor="middle">{escape(deadline)}</text>'
        )
    return Markup(
        f'<svg role="img" aria-label="{escape(label)}" viewBox="0 0 {_WIDTH:.0f} {height + 18:.0f}" '
        f'style="width:100%;max-width:44rem">{"".join(drawn)}</svg>'
    )


def _dot(x: float, y: float, late: bool) -> str:
    if late:
        return f'<rect x="{x - _DOT:.1f}" y="{y - _DOT:.1f}" width="{2 * _DOT}" height="{2 * _DOT}" fill="{NONE}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_DOT}" fill="{FULL}"/>'


def _days(start: float, end: float, height: float) -> list[str]:
    """The axis, with a date at each midnight: no more dates than there is room for."""
    days = round((end - start) / (24 * _HOUR))
    step = max(1, math.ceil(days / 8))
    marks = [f'<line x1="0" x2="{_WIDTH}" y1="{height:.1f}" y2="{height:.1f}" stroke="#5d6673"/>']
    for day in range(0, days, step):
        x = _WIDTH * day / days
        date = time.localtime(start + day * 24 * _HOUR)
        marks.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{height:.1f}" y2="{height + 4:.1f}" stroke="#5d6673"/>'
            f'<text x="{x + 2:.1f}" y="{height + 13:.1f}" font-size="10" fill="#5d6673">{date.tm_mon}/{date.tm_mday}</text>'
        )
    return marks


def _midnight(when: float) -> float:
    date = time.localtime(when)
    return time.mktime((date.tm_year, date.tm_mon, date.tm_mday, 0, 0, 0, 0, 0, -1))
