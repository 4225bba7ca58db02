"""What every figure is: a state that controls change, a picture of it, a few numbers beside it, a question below."""

import os
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, ClassVar, Final, TypeVar

from gradschool import language
from gradschool.figures import svg, trust
from gradschool.figures.svg import Drawing, Sheets

Text = Mapping[str, str]
Result = TypeVar("Result")

#: Set by the course builder: a figure leaves a picture and no widget.
STATIC: Final = "GRADSCHOOL_STATIC"


def say(text: Text | str, /, **values: object) -> str:
    """Return a text in the reader's language, its {fields} filled in."""
    words = text if isinstance(text, str) else text[language.current()]
    return words.format(**values) if values else words


@dataclass(frozen=True)
class Slider:
    """A number between low and high. `log`: low, high and step are exponents of ten, the value is not."""

    name: str
    label: Text | str
    low: float
    high: float
    step: float
    value: float
    digits: int = 2
    log: bool = False

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are offered."""
        return isinstance(self.step, int) and not self.log


@dataclass(frozen=True)
class Choice:
    """One of several options, each a (value, label)."""

    name: str
    label: Text | str
    options: tuple[tuple[Any, Text | str], ...]
    value: Any


@dataclass(frozen=True)
class Toggle:
    """On or off."""

    name: str
    label: Text | str
    value: bool


@dataclass(frozen=True)
class Steps:
    """A slider of whole steps with buttons: one back, one on, and play."""

    name: str
    label: Text | str
    last: int
    value: int
    pause: int = 900  # milliseconds between two steps of play


@dataclass(frozen=True)
class Button:
    """Something to press; the figure's method `pressed(name)` does it."""

    name: str
    label: Text | str


Control = Slider | Choice | Toggle | Steps | Button


@dataclass
class Live:
    """What a figure on a page can be told from elsewhere than its controls."""

    refresh: Any
    controls: dict[str, Any] = field(default_factory=dict)


class Figure:
    """A figure of the course; a subclass says what it shows.

    `state` holds the value of every control by name. `show()` gives the picture of the state.
    """

    title: ClassVar[Text]
    caption: ClassVar[Text]

    def __init__(self, controls: Sequence[Control], borrowed: Sequence[trust.Borrowed]) -> None:
        self.controls = tuple(controls)
        self.borrowed = tuple(borrowed)
        self.state: dict[str, Any] = {c.name: c.value for c in controls if not isinstance(c, Button)}
        self.live: Live | None = None
        self._kept: dict[str, Any] = {}

    def show(self) -> Drawing:
        """Return the picture of the state."""
        raise NotImplementedError

    def readout(self) -> str:
        """Return the numbers beside the picture, as HTML; empty for none."""
        return ""

    def alt(self) -> str:
        """Return the picture in a sentence, for those who do not see it."""
        return say(self.title)

    def heading(self) -> str:
        """Return the title, as HTML."""
        return say(self.title)

    def question(self) -> str:
        """Return the caption: a question to the reader, in Markdown with $mathematics$."""
        return say(self.caption)

    def pressed(self, name: str) -> None:
        """Do what a Button says."""

    def pointed(self, place: str, across: float, up: float, down: bool) -> None:
        """Do what a pointer on a grip says: where, as shares of its width and height; pressed just now, or drawn along."""

    def changed(self, name: str) -> None:
        """Bring the rest of the state in line after a control moved."""

    def opened_for_print(self) -> None:
        """Bring the state to the one that says most on paper."""

    def set(self, **values: Any) -> None:
        """Move controls by hand."""
        for name, value in values.items():
            if name not in self.state:
                raise ValueError(f"no control {name!r}: there are {', '.join(self.state)}")
            self.state[name] = value
            self.changed(name)
        self.moved()

    def kept(self, name: str, make: Callable[[], Result]) -> Result:
        """Return make(), computed once for each state: picture, readout and alternative text tell of the same numbers."""
        if name not in self._kept:
            self._kept[name] = make()
        kept: Result = self._kept[name]
        return kept

    def moved(self) -> None:
        """Forget what was kept, and show the new state."""
        self._kept.clear()
        if self.live:
            self.live.refresh()

    def verdict(self) -> str:
        """Return whose functions drew the picture, as HTML."""
        return trust.verdict(self.borrowed)

    def nearest(self, name: str, share: float, span: tuple[float, float]) -> float:
        """Return what a Slider can say that is nearest to a share of a span."""
        slider = next(control for control in self.controls if isinstance(control, Slider) and control.name == name)
        value = span[0] + share * (span[1] - span[0])
        steps = round((min(max(value, slider.low), slider.high) - slider.low) / slider.step)
        return round(slider.low + steps * slider.step, 9)

    def picture(self) -> dict[str, str]:
        """Return the picture as a file's content by its type: image/svg+xml, and text/plain for the ear."""
        alt = self.alt()
        return {"image/svg+xml": self.show().standalone(alt), "text/plain": alt}

    def _ipython_display_(self) -> None:
        from IPython.display import display as untyped

        display: Any = untyped

        if os.environ.get(STATIC) == "1":
            self.opened_for_print()
            picture = self.picture()
            display(picture, metadata={"image/svg+xml": {"alt": picture["text/plain"]}}, raw=True)
            question = self.question()
            display({"text/markdown": question, "text/plain": question}, raw=True)
            return
        from gradschool.figures.live import view

        display(view(self))


class Note(Figure):
    """A sentence in a figure's place."""

    title: ClassVar[Text] = {"en": "", "ko": ""}
    caption: ClassVar[Text] = {"en": "", "ko": ""}

    def __init__(self, text: Text, **values: object) -> None:
        super().__init__([], [])
        self._words = say(text, **values)

    def show(self) -> Drawing:
        """Return the sentence."""
        rows = textwrap.wrap(self._words, 84)
        return Drawing(680, 20 + 22 * len(rows), Sheets(moving="".join(_row(k, row) for k, row in enumerate(rows))))

    def alt(self) -> str:
        """Return the sentence."""
        return self._words

    def verdict(self) -> str:
        """Return nothing: nobody drew."""
        return ""


def _row(k: int, row: str) -> str:
    return svg.text(8, 24 + 22 * k, escape(row), size=14, anchor="start")
