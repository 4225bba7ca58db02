"""Writing SVG by hand: numbers as mathematics sets them, names with subscripts, and a drawing that can stand alone."""

import math
import re
from dataclasses import dataclass
from html import escape

from gradschool.figures import style

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


_LONG = 1e4  # from here on a number is written with a power of ten
_SMALLEST = 0.8  # of its size; on a narrower page one pushes a drawing sideways rather than read what is too small


@dataclass(frozen=True)
class Sheets:
    """Markup on two sheets: `still`, which seldom changes, lies beneath what moves. A string that is added moves.

    A page gets the two apart: a slider's move sends, and has the browser set and paint, no more than what moved.
    """

    still: str = ""
    moving: str = ""

    def __add__(self, other: "Sheets | str") -> "Sheets":
        more = other if isinstance(other, Sheets) else Sheets(moving=other)
        return Sheets(self.still + more.still, self.moving + more.moving)

    def __radd__(self, other: str) -> "Sheets":
        return Sheets(self.still, other + self.moving)

    def __str__(self) -> str:
        return self.still + self.moving

    def placed(self, transform: str) -> "Sheets":
        """Return the same somewhere else, by an SVG transform."""
        return Sheets(
            *(f'<g transform="{transform}">{sheet}</g>' if sheet else "" for sheet in (self.still, self.moving))
        )


@dataclass(frozen=True)
class Drawing:
    """The inside of an SVG, and its size in pixels at scale 1.

    grips : places that answer to the pointer, see `grip`; nothing on paper
    """

    width: float
    height: float
    body: Sheets
    grips: str = ""

    def inline(self, alt: str) -> str:
        """Return the SVG of what moves, for a page that has the rules of `style`; it lies on `inline_still`."""
        return self._tagged("gs-drawing gs-moving", _spoken(alt) + self._span(), self.body.moving + self.grips)

    def inline_still(self) -> str:
        """Return the SVG of what keeps still, or nothing where all moves."""
        return (
            self._tagged("gs-drawing", 'aria-hidden="true"' + self._span(), self.body.still) if self.body.still else ""
        )

    def standalone(self, alt: str) -> str:
        """Return an SVG file, rules and a light panel inside, that asks nothing of the page and of who shows it."""
        size = f' width="{_short(self.width)}" height="{_short(self.height)}" xmlns="http://www.w3.org/2000/svg"'
        ground = f'<rect width="100%" height="100%" fill="{style.css("panel")}"/>'
        inside = f"<style>{style.DRAWING_RULES}</style>{ground}{self.body}"
        return style.in_light(self._tagged("gs-drawing", _spoken(alt) + size, inside))

    def _span(self) -> str:
        return f' style="min-width:{_short(_SMALLEST * self.width)}px;max-width:{_short(self.width)}px"'

    def _tagged(self, kind: str, attributes: str, inside: str) -> str:
        box = f"0 0 {_short(self.width)} {_short(self.height)}"
        return f'<svg class="{kind}" viewBox="{box}" {attributes}>{inside}</svg>'


def _spoken(alt: str) -> str:
    return f'role="img" aria-label="{escape(alt, quote=True)}"'


#: What the browser does when a pointer goes down on a grip, or moves there while it is down: it writes the grip's name and
#: where (shares of width and height), into the figure's hidden line of text, which the kernel reads.
_POINT = (
    "const r=this.getBoundingClientRect(),i=this.closest('.gs-figure').querySelector('.gs-pointer input');"
    "if(i&&(event.type==='pointerdown'||event.buttons&1)){event.preventDefault();"
    "i.value=[this.dataset.name,(event.clientX-r.left)/r.width,(r.bottom-event.clientY)/r.height,"
    "event.type==='pointerdown'?1:0,event.timeStamp].join(' ');"
    "i.dispatchEvent(new Event('input',{bubbles:true}))}"
)


def grip(name: str, x: float, y: float, width: float, height: float) -> str:
    """Return a place that answers to the pointer: the figure's method `pointed` is told its name, and where."""
    return (
        f'<rect x="{_short(x)}" y="{_short(y)}" width="{_short(width)}" height="{_short(height)}" fill="transparent"'
        f' class="gs-grip" data-name="{escape(name, quote=True)}" onpointerdown="{_POINT}" onpointermove="{_POINT}"/>'
    )


def _short(x: float) -> str:
    return f"{x:.1f}".rstrip("0").rstrip(".")


def number(x: float, digits: int = 2) -> str:
    """Write a number for reading: a true minus sign, no minus zero, powers of ten where digits would run away."""
    if not math.isfinite(x):
        return "—" if math.isnan(x) else ("∞" if x > 0 else "−∞")
    if abs(x) >= _LONG:
        return scientific(x)
    written = f"{x:.{digits}f}"
    if float(written) == 0:
        written = written.lstrip("-")
    return written.replace("-", "−")


def rounded(x: float, digits: int = 2) -> float:
    """Return the number that `number` writes."""
    return float(f"{x:.1e}") if abs(x) >= _LONG else round(x, digits)


def scientific(x: float, digits: int = 1) -> str:
    """Write a number as 1.2·10⁻⁵."""
    if x == 0 or not math.isfinite(x):
        return number(x, 0)
    mantissa, exponent = f"{x:.{digits}e}".split("e")
    return f"{mantissa}·10{str(int(exponent)).translate(_SUPERSCRIPT)}".replace("-", "−")


def split_name(name: str) -> tuple[str, str]:
    """Split a variable's name into its letter and its index: w0 -> ("w", "0")."""
    found = re.fullmatch(r"(.*?[^\d_])_?(\d+)", name)
    return (found[1], found[2]) if found else (name, "")


def plain_name(name: str) -> str:
    """Write a name in one line of plain text: w0 -> w₀."""
    letter, index = split_name(name)
    return letter + index.translate(_SUBSCRIPT)


def html_name(name: str) -> str:
    """Write a name for HTML, italic with its index below."""
    letter, index = split_name(name)
    below = f"<sub>{escape(index)}</sub>" if index else ""
    return f'<span class="gs-var">{escape(letter)}</span>{below}'


def svg_name(name: str) -> str:
    """Write a name for an SVG text, italic with its index below."""
    letter, index = split_name(name)
    # the zero-width space carries the baseline back up
    back = '<tspan dy="-0.28em" font-size="70%">\u200b</tspan>'
    below = f'<tspan dy="0.28em" font-size="70%">{escape(index)}</tspan>{back}' if index else ""
    return f'<tspan class="gs-var">{escape(letter)}</tspan>{below}'


def text(
    x: float,
    y: float,
    content: str,
    *,
    role: str = "ink",
    size: float = 14,
    anchor: str = "middle",
    classes: str = "",
    bold: bool = False,
) -> str:
    """Return a text element; `content` is markup already (see `svg_name`), or text that went through `escape`."""
    kind = f' class="{classes}"' if classes else ""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{_short(x)}" y="{_short(y)}" font-size="{_short(size)}" text-anchor="{anchor}"'
        f' fill="{style.css(role)}"{kind}{weight}>{content}</text>'
    )


def line(x1: float, y1: float, x2: float, y2: float, *, role: str = "line", width: float = 1.5, dash: str = "") -> str:
    """Return a straight line."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{_short(x1)}" y1="{_short(y1)}" x2="{_short(x2)}" y2="{_short(y2)}"'
        f' stroke="{style.css(role)}" stroke-width="{_short(width)}" stroke-linecap="round"{dashes}/>'
    )


def path(d: str, *, role: str = "line", width: float = 1.5, fill: str = "", dash: str = "", opacity: float = 1) -> str:
    """Return a path; `fill` is a role, or empty for none."""
    inside = style.css(fill) if fill else "none"
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    faint = f' opacity="{opacity:.3g}"' if opacity < 1 else ""
    return (
        f'<path d="{d}" fill="{inside}" stroke="{style.css(role)}" stroke-width="{_short(width)}"'
        f' stroke-linejoin="round" stroke-linecap="round"{dashes}{faint}/>'
    )


def circle(x: float, y: float, r: float, *, fill: str = "panel", role: str = "ink", width: float = 1.5) -> str:
    """Return a circle filled with one role and outlined with another."""
    return (
        f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{_short(r)}" fill="{style.css(fill)}"'
        f' stroke="{style.css(role)}" stroke-width="{_short(width)}"/>'
    )


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = "soft",
    role: str = "line",
    stroke: float = 1,
    round_by: float = 4,
    opacity: float = 1,
) -> str:
    """Return a rectangle with rounded corners."""
    faint = f' fill-opacity="{opacity:.3g}"' if opacity < 1 else ""
    return (
        f'<rect x="{_short(x)}" y="{_short(y)}" width="{_short(width)}" height="{_short(height)}"'
        f' rx="{_short(round_by)}" fill="{style.css(fill)}" stroke="{style.css(role)}"'
        f' stroke-width="{_short(stroke)}"{faint}/>'
    )
