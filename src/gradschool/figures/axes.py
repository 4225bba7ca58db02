"""A pair of axes in SVG: ticks, curves, dots, areas, arrows and heat maps in the reader's own colours.

SVG rather than pixels: a slider's move is a few kilobytes, sharp on any screen, and follows the page's theme.
"""

import math
import struct
import zlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradschool.figures import style, svg

_FAR = 5000.0  # pixels; further out nothing can be seen, and browsers lose their temper


@dataclass(frozen=True)
class Axes:
    """A box in a drawing, in pixels, and the numbers that it spans.

    log_x, log_y : the axis is logarithmic; its span is still given as numbers
    x_label, y_label : SVG markup, see `svg.svg_name`
    ticks_x, ticks_y : about how many ticks; 0 for none
    """

    left: float
    top: float
    width: float
    height: float
    x_span: tuple[float, float]
    y_span: tuple[float, float]
    x_label: str = ""
    y_label: str = ""
    log_x: bool = False
    log_y: bool = False
    ticks_x: int = 6
    ticks_y: int = 5

    def x(self, value: ArrayLike) -> NDArray[np.float64]:
        """Return pixels from the box's left edge."""
        return _scaled(value, self.x_span, self.log_x, self.width)

    def y(self, value: ArrayLike) -> NDArray[np.float64]:
        """Return pixels from the box's top edge."""
        return self.height - _scaled(value, self.y_span, self.log_y, self.height)

    @cached_property
    def frame(self) -> str:
        """The axes themselves: panel, grid, ticks, labels."""
        parts = [svg.rect(self.left, self.top, self.width, self.height, fill="panel", role="line", round_by=2)]
        for value in ticks(self.x_span, self.ticks_x, self.log_x):
            at = self.left + float(self.x(value))
            parts.append(svg.line(at, self.top, at, self.top + self.height, role="soft", width=1))
            parts.append(svg.text(at, self.top + self.height + 15, _tick(value, self.log_x), role="muted", size=11.5))
        for value in ticks(self.y_span, self.ticks_y, self.log_y):
            at = self.top + float(self.y(value))
            parts.append(svg.line(self.left, at, self.left + self.width, at, role="soft", width=1))
            written = _tick(value, self.log_y)
            parts.append(svg.text(self.left - 5, at + 4, written, role="muted", size=11.5, anchor="end"))
        parts.append(self._zero_lines())
        if self.x_label:
            below = self.top + self.height + (32 if self.ticks_x else 18)
            parts.append(svg.text(self.left + self.width / 2, below, self.x_label, size=14))
        if self.y_label:
            parts.append(svg.text(self.left, self.top - 7, self.y_label, size=14, anchor="start"))
        return "".join(parts)

    def inside(self, *parts: str) -> str:
        """Return parts drawn in the box's own pixels, cut off at its edges."""
        place = f'x="{self.left:.1f}" y="{self.top:.1f}" width="{self.width:.1f}" height="{self.height:.1f}"'
        return f"<svg {place}>{''.join(parts)}</svg>"

    def grip(self, name: str) -> str:
        """Return the box as a place that answers to the pointer."""
        return svg.grip(name, self.left, self.top, self.width, self.height)

    def curve(
        self, x: ArrayLike, y: ArrayLike, *, role: str, width: float = 2.2, dash: str = "", opacity: float = 1
    ) -> str:
        """Return a line through points, broken where a number is not finite."""
        return svg.path(self._way(x, y), role=role, width=width, dash=dash, opacity=opacity)

    def area(self, x: ArrayLike, y: ArrayLike, base: float, *, role: str, opacity: float = 0.15) -> str:
        """Return the area between a line and a level."""
        xs = np.asarray(x, dtype=np.float64)
        way = f"{self._way(xs, y)}L{float(self.x(xs[-1])):.1f} {float(self.y(base)):.1f}L{float(self.x(xs[0])):.1f} {float(self.y(base)):.1f}Z"
        return f'<path d="{way}" fill="{style.css(role)}" fill-opacity="{opacity}" stroke="none"/>'

    def band(self, start: float, end: float, *, role: str, opacity: float = 0.12) -> str:
        """Return a vertical strip over the whole height."""
        left, right = sorted((float(self.x(start)), float(self.x(end))))
        return (
            f'<rect x="{left:.1f}" y="0" width="{right - left:.1f}" height="{self.height:.1f}"'
            f' fill="{style.css(role)}" fill-opacity="{opacity}"/>'
        )

    def dot(self, x: float, y: float, *, role: str, r: float = 5, hollow: bool = False) -> str:
        """Return a dot; nothing where it is out of sight."""
        px, py = float(self.x(x)), float(self.y(y))
        if not (math.isfinite(px) and math.isfinite(py)) or max(abs(px), abs(py)) > _FAR:
            return ""
        return svg.circle(
            px, py, r, fill="panel" if hollow else role, role=role if hollow else "panel", width=min(1.6, 0.3 * r)
        )

    def dots(self, x: ArrayLike, y: ArrayLike, *, role: str, r: float = 4) -> str:
        """Return many dots."""
        pairs = zip(np.ravel(x), np.ravel(y), strict=True)
        return "".join(self.dot(float(a), float(b), role=role, r=r) for a, b in pairs)

    def upright(self, x: float, *, role: str = "ink", dash: str = "4 4", width: float = 1.4) -> str:
        """Return a vertical line over the whole height."""
        px = float(self.x(x))
        return svg.line(px, 0, px, self.height, role=role, width=width, dash=dash)

    def level(self, y: float, *, role: str = "ink", dash: str = "4 4", width: float = 1.4) -> str:
        """Return a horizontal line over the whole width."""
        py = float(self.y(y))
        return svg.line(0, py, self.width, py, role=role, width=width, dash=dash)

    def arrow(self, x: float, y: float, to_x: float, to_y: float, *, role: str, width: float = 2.4) -> str:
        """Return an arrow between two points; a dot where they coincide."""
        ends = [float(self.x(x)), float(self.y(y)), float(self.x(to_x)), float(self.y(to_y))]
        if not all(math.isfinite(end) for end in ends):
            return ""
        return arrow(*(min(max(end, -_FAR), _FAR) for end in ends), role=role, width=width)

    def words(
        self, x: float, y: float, content: str, *, role: str = "ink", dx: float = 0, dy: float = 0, anchor: str = "middle",
        size: float = 13,
    ) -> str:  # fmt: skip
        """Return text at a point, moved by some pixels."""
        px, py = float(self.x(x)) + dx, float(self.y(y)) + dy
        return svg.text(px, py, content, role=role, size=size, anchor=anchor, classes="gs-halo")

    def heat(self, values: NDArray[np.float64], *, low: str = "value", high: str = "gradient", top: float = 1.0) -> str:
        """Return a smooth picture of a grid over the whole box, row 0 at the bottom.

        values : array (rows, columns), −top in one role's colour, top in the other's, 0 clear
        """
        return heat_image(values / top, 0, 0, self.width, self.height, low=low, high=high)

    def _way(self, x: ArrayLike, y: ArrayLike) -> str:
        px = np.clip(self.x(x), -_FAR, _FAR)
        py = np.clip(self.y(y), -_FAR, _FAR)
        parts, up = [], True
        for a, b in zip(px.tolist(), py.tolist(), strict=True):
            if a != a or b != b:
                up = True
                continue
            parts.append(f"{'M' if up else 'L'}{a:.1f} {b:.1f}")
            up = False
        return "".join(parts)

    def _zero_lines(self) -> str:
        parts = ""
        if not self.log_x and self.x_span[0] < 0 < self.x_span[1]:
            at = self.left + float(self.x(0))
            parts += svg.line(at, self.top, at, self.top + self.height, role="line", width=1)
        if not self.log_y and self.y_span[0] < 0 < self.y_span[1]:
            at = self.top + float(self.y(0))
            parts += svg.line(self.left, at, self.left + self.width, at, role="line", width=1)
        return parts


def ticks(span: tuple[float, float], about: int, log: bool = False) -> list[float]:
    """Return round numbers within a span: 1, 2 or 5 times a power of ten apart, or powers of ten."""
    if not about:
        return []
    low, high = span
    if log:
        first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
        every = max(1, math.ceil((last - first) / about))
        return [10.0**k for k in range(last, first - 1, -every)][::-1]
    raw = (high - low) / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw * 0.999)
    return [k * step for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def arrow(x: float, y: float, to_x: float, to_y: float, *, role: str, width: float = 2.4) -> str:
    """Return an arrow in pixels; a dot where its ends coincide."""
    length = math.hypot(to_x - x, to_y - y)
    if length < 2:
        return svg.circle(x, y, 2.5, fill=role, role=role, width=0)
    ux, uy = (to_x - x) / length, (to_y - y) / length
    head = min(9.0, 0.6 * length)
    bx, by = to_x - head * ux, to_y - head * uy
    side = 0.45 * head
    tip = f"M{to_x:.1f} {to_y:.1f}L{bx - side * uy:.1f} {by + side * ux:.1f}L{bx + side * uy:.1f} {by - side * ux:.1f}Z"
    shaft = svg.line(x, y, bx, by, role=role, width=width)
    return shaft + f'<path d="{tip}" fill="{style.css(role)}" stroke="none"/>'


def heat_image(
    values: NDArray[np.float64],
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    low: str = "value",
    high: str = "gradient",
    smooth: bool = True,
) -> str:
    """Return a grid as a picture in the drawing: −1 in one role's colour, 1 in the other's, 0 clear; row 0 at the bottom."""
    share = np.clip(np.nan_to_num(values[::-1]), -1, 1)
    pixels = np.empty((*share.shape, 4), dtype=np.uint8)
    pixels[..., :3] = np.where(share[..., None] < 0, _rgb(low), _rgb(high))
    pixels[..., 3] = np.round(np.abs(share) * 215)
    address = b64encode(png(pixels)).decode()
    sharp = "" if smooth else ' class="gs-pixels" style="image-rendering:pixelated"'
    return (
        f'<image x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" preserveAspectRatio="none"{sharp}'
        f' href="data:image/png;base64,{address}"/>'
    )


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Return pixels (rows, columns, red-green-blue-alpha) as a PNG file, the same bytes every time."""
    rows, columns, _ = pixels.shape
    flat = np.zeros((rows, 1 + 4 * columns), dtype=np.uint8)  # each row begins with its filter: 0, none
    flat[:, 1:] = pixels.reshape(rows, -1)
    head = struct.pack(">IIBBBBB", columns, rows, 8, 6, 0, 0, 0)
    body = zlib.compress(flat.tobytes(), 6)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _rgb(role: str) -> NDArray[np.uint8]:
    return np.frombuffer(bytes.fromhex(style.light(role)[1:]), dtype=np.uint8)


def _scaled(value: ArrayLike, span: tuple[float, float], log: bool, length: float) -> NDArray[np.float64]:
    low, high = span
    with np.errstate(all="ignore"):
        numbers = np.asarray(value, dtype=np.float64)
        if log:
            low, high, numbers = math.log10(low), math.log10(high), np.log10(numbers)
        return (numbers - low) / (high - low) * length


def _tick(value: float, log: bool) -> str:
    if log:
        exponent = str(round(math.log10(value))).replace("-", "−")
        raised = f'<tspan dy="-0.45em" font-size="75%">{exponent}</tspan>'
        return f"10{raised}"
    return f"{value:.6g}".replace("-", "−") if abs(value) > 1e-12 else "0"


def grid(x_span: tuple[float, float], y_span: tuple[float, float], columns: int, rows: int) -> NDArray[np.float64]:
    """Return the centres of a grid's cells, array (rows·columns, 2), row by row from the bottom."""
    x = x_span[0] + (np.arange(columns) + 0.5) * (x_span[1] - x_span[0]) / columns
    y = y_span[0] + (np.arange(rows) + 0.5) * (y_span[1] - y_span[0]) / rows
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def sequence(low: float, high: float, count: int) -> Sequence[float]:
    """Return evenly spaced floats, ends included."""
    return [float(v) for v in np.linspace(low, high, count)]
