"""A failed check as a person reads it: plain text for terminals and files, a calm box for notebooks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np

from gradschool.check.mistakes import CheckFailed, advice
from gradschool.language import translate as _

_LONGEST = 300


@dataclass(frozen=True)
class Report:
    """Everything that is said about one failed check.

    title : what is wrong, in half a line
    mistakes : ids of the vocabulary
    facts : lines of evidence: where, what came, what was expected
    looks_like : sentences that name the slip
    """

    title: str
    mistakes: Sequence[str]
    facts: Sequence[str] = ()
    looks_like: Sequence[str] = ()
    calm: bool = field(default=False)

    def failure(self) -> CheckFailed:
        """Return the exception that carries this report."""
        return CheckFailed(self.mistakes, self.text(), self.html())

    @property
    def _question(self) -> str:
        # a sentence of the exercise's own asks already, or says more than what is asked of every wrong value and shape
        asked = any(sentence.endswith("?") for sentence in self.looks_like)
        told = self.looks_like and self.mistakes[0] in ("wrong-value", "wrong-shape")
        return "" if asked or told else advice(self.mistakes[0])

    def text(self) -> str:
        """Return the report as plain text, one idea a line."""
        mark = "○" if self.calm else "✗"
        lines = [f"{mark} {self.title}", *(f"    {fact}" for fact in self.facts)]
        lines += [f"    {sentence}" for sentence in self.looks_like]
        return "\n".join([*lines, *([f"    {self._question}"] if self._question else [])])

    def html(self) -> str:
        """Return the report as a small box, readable without colour."""
        colour = "#8a8a8a" if self.calm else "#c0562b"
        mark = "○" if self.calm else "✗"
        parts = [f"<div><strong>{mark} {escape(self.title)}</strong></div>"]
        if self.facts:
            facts = "\n".join(escape(fact) for fact in self.facts)
            parts.append(f'<pre style="margin:.4em 0;padding:0;background:none;white-space:pre-wrap">{facts}</pre>')
        if self.looks_like:
            parts.append(f"<div>{' '.join(escape(sentence) for sentence in self.looks_like)}</div>")
        if self._question:
            parts.append(f'<div style="margin-top:.3em">{escape(self._question)}</div>')
        style = f"border-left:4px solid {colour};padding:.5em .9em;margin:.3em 0;max-width:50em;line-height:1.5"
        return f'<div role="note" style="{style}">{"".join(parts)}</div>'


def number(value: Any) -> str:
    """Return a number as it is said: six digits, or all of a whole number's."""
    value = float(value)
    if len(str(value)) <= 8:
        return str(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.6g}"


def called(leaf: str) -> str:
    """Return what a leaf is called in the reader's language: by its name in the code, or the whole as "result"."""
    return leaf.replace("result", _("result"), 1) if leaf.split("[")[0] == "result" else leaf


def plain(value: Any) -> str:
    """Return any plain value on one line; a large array by its shape."""
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return number(value)
        if value.size > 6:
            return _("array of shape {shape}").format(shape=value.shape)
        return "[" + ", ".join(plain(row) for row in value) + "]"
    if isinstance(value, bool) or value is None:
        return repr(value)
    if isinstance(value, float | np.floating):
        return number(value)
    if isinstance(value, list | tuple):
        text = _sequence(value, plain)
        if len(text) > 80:
            text = _sequence(value, _size)
        return text if len(text) <= 80 else _("{kind} of {length}").format(kind=type(value).__name__, length=len(value))
    if isinstance(value, dict):
        return _("{kind} of {length}").format(kind="dict", length=len(value))
    if isinstance(value, np.integer):
        return str(value)
    if isinstance(value, int | str):
        return repr(value)[:_LONGEST]
    if callable(value):
        return _("a function")
    return kind(value)


def _sequence(value: list[Any] | tuple[Any, ...], say: Callable[[Any], str]) -> str:
    inside = ", ".join(say(item) for item in value)
    if isinstance(value, list):
        return f"[{inside}]"
    return f"({inside},)" if len(value) == 1 else f"({inside})"


def _size(value: Any) -> str:
    """Return a value as the shapes of its arrays: what one needs of it where sizes do not fit."""
    if isinstance(value, np.ndarray):
        return str(value.shape)
    return _sequence(value, _size) if isinstance(value, list | tuple) else plain(value)


def kind(value: Any) -> str:
    """Return what sort of thing came, as learners call it."""
    if value is None:
        return _("None (is there a `return`?)")
    if isinstance(value, list | tuple):
        return _("{kind} of {length}").format(kind=type(value).__name__, length=len(value))
    return type(value).__name__


def where(inputs: Mapping[str, Any]) -> str:
    """Return the inputs of a call on one line, what is no number or array left out."""
    shown = [f"{name}={plain(value)}" for name, value in inputs.items() if not callable(value)]
    return ", ".join(shown)


def clip(text: str) -> str:
    """Return a text no longer than a few lines: a learner's exception may say anything."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
