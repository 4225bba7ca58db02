"""Hands and eyes of a reader on a figure: every control is moved, and the picture has to answer."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator

_PICTURE = "[...figure.querySelectorAll('svg.gs-drawing')].map(sheet => sheet.innerHTML).join()"

#: Remembers what the picture is now.
_MARK = f"figure => {{ figure.gsBefore = {_PICTURE}; }}"

#: Whether it has become another since.
MOVED = f"figure => {_PICTURE} !== figure.gsBefore"

#: Pairs of texts in a figure's picture that stand on each other, texts that stick out of it, and what is said where no picture
#: could be drawn. A text that covers the very same one on the sheet below is one text.
_CROWDED = """
figure => {
  const found = [];
  const drawing = figure.querySelector('svg.gs-moving');
  const frame = drawing.getBoundingClientRect();
  const alt = drawing.getAttribute('aria-label');
  if (/Error\\)/.test(alt)) found.push(alt);  // a picture that could not be drawn
  const texts = [...figure.querySelectorAll('svg.gs-drawing text')].filter(t => t.textContent.trim()).map(t => {
    const box = t.getBoundingClientRect();
    const near = t.closest('svg').getBoundingClientRect();
    return {words: t.textContent, box, framed: t.closest('svg').matches('.gs-drawing'),
      seen: box.right > near.left && box.left < near.right && box.bottom > near.top && box.top < near.bottom};
  }).filter(t => t.seen);
  for (const {words, box, framed} of texts) {
    if (framed && (box.left < frame.left - 1.5 || box.right > frame.right + 1.5
        || box.top < frame.top - 1.5 || box.bottom > frame.bottom + 4))
      found.push(`${words} sticks out`);
  }
  texts.forEach((one, i) => texts.slice(i + 1).forEach(other => {
    const [a, b] = [one.box, other.box];
    if (one.words === other.words && Math.abs(a.left - b.left) < 0.1 && Math.abs(a.top - b.top) < 0.1) return;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1.5 && high > 0.35 * Math.min(a.height, b.height)) found.push(`${one.words} / ${other.words}`);
  }));
  return found;
}
"""

#: Waits so many milliseconds for another picture than the one remembered, and says what is crowded in it; null where none comes.
_CHANGED = f"""
(figure, patience) => new Promise(answer => {{
  const end = performance.now() + patience;
  const look = () => {{
    if (({MOVED})(figure)) answer(({_CROWDED})(figure));
    else if (performance.now() > end) answer(null);
    else setTimeout(look, 4);
  }};
  look();
}})
"""


def mark(figure: Locator) -> None:
    """Remember what the picture is now, for `changed`."""
    figure.evaluate(_MARK)


def crowded(figure: Locator) -> list[str]:
    """Return the texts of the picture that stand on each other or stick out."""
    found: list[str] = figure.evaluate(_CROWDED)
    return found


def changed(figure: Locator, what: str) -> list[str]:
    """Wait for another picture than the one marked; return what is crowded in it."""
    found: list[str] | None = figure.evaluate(_CHANGED, 15_000)
    assert found is not None, f"{what} does not change the picture"
    return [f"{what}: {pair}" for pair in found]


@dataclass(frozen=True)
class Slider:
    """A slider of a figure, moved by keys."""

    figure: Locator
    place: int
    handle: Any

    def press(self, key: str) -> list[str]:
        """Press a key; return what is crowded in the picture that comes."""
        mark(self.figure)
        self.handle.press(key)
        return changed(self.figure, f"{key} on slider {self.place}")

    def step(self) -> list[str]:
        """Move one step, away from the end where it stands at one."""
        at_top = self.handle.evaluate("e => e.getAttribute('aria-valuenow') === e.getAttribute('aria-valuemax')")
        return self.press("ArrowLeft" if at_top else "ArrowRight")

    def stretch(self) -> list[str]:
        """Go to both ends; with the other sliders at theirs, the picture need not change."""
        found = []
        for key in ("Home", "End"):
            mark(self.figure)
            self.handle.press(key)
            crowd = self.figure.evaluate(_CHANGED, 300) or []
            found += [f"{key} on slider {self.place}: {pair}" for pair in crowd]
        return found


def sliders(figure: Locator) -> list[Slider]:
    """Return every slider of a figure."""
    return [Slider(figure, k, handle) for k, handle in enumerate(figure.locator(".noUi-handle").element_handles())]


def choose_every_option(figure: Locator) -> list[str]:
    """Choose every option of every list, the last first; return what was crowded on the way."""
    found = []
    for chooser in figure.locator("select").all():
        for option in reversed(chooser.locator("option").all_inner_texts()):
            if chooser.locator("option:checked").inner_text() != option:
                mark(figure)
                chooser.select_option(label=option)
                found += changed(figure, f"choosing {option}")
    return found


def tick_every_box(figure: Locator) -> list[str]:
    """Tick every box, and return what was crowded then."""
    found = []
    for box in figure.locator("input[type=checkbox]").all():
        mark(figure)
        box.click()
        found += changed(figure, "a tick")
    return found


def press_every_button(figure: Locator) -> None:
    """Press each button once: a step back, a step on, play, stop; what is left running is stopped by the next."""
    for button in figure.locator("button:visible").all():
        button.click()
