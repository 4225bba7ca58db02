"""Text of anybody's that will be stored, printed or shown: made so that it can be, whatever is in it."""

import re

_SURROGATES = re.compile("[\ud800-\udfff]")
# A terminal obeys the first two ranges, and the others turn the reading direction round; tabs and line ends are text.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TAG = re.compile("<[a-zA-Z/!?][^>]*>?")
_PLAIN_TAG = re.compile("</?(?:details|summary|br|hr|b|i|em|strong|sub|sup|code|pre|kbd|p) ?/?>")
# "javascript:" and its like, spelt with or without entities; a picture of the cell's own, which is not kept: without it
# nbconvert shows nothing of the whole notebook.
_ACTIVE_LINK = re.compile(r"(?:(?:java|vb)\W*script|attachment)\W*:|&#|&colon", re.IGNORECASE)
_INSTEAD = "\ufffd"


def storable(text: str) -> str:
    """Return a text without halves of characters, which no file can hold: JSON and odd file names can bring them."""
    if text.isascii() or not _SURROGATES.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def harmless(markdown: str) -> str:
    """Return Markdown that is safe to render: where it has more HTML in it than a few plain tags, as it was typed.

    Whoever grades opens the graded notebook in a browser that is logged in to their own Jupyter.
    """
    active = [tag for tag in _TAG.findall(markdown) if not _PLAIN_TAG.fullmatch(tag)]
    if not active and not _ACTIVE_LINK.search(markdown):
        return markdown
    fence = "`" * max([3, *(len(ticks) + 1 for ticks in re.findall("`+", markdown))])
    return f"{fence}\n{markdown}\n{fence}"


def legible(text: str) -> str:
    """Return a text that a terminal shows and does not obey."""
    return _COMMANDS.sub(_INSTEAD, storable(text))


def one_line(text: str) -> str:
    """Return a text that a terminal shows on one line: a name."""
    return legible(text).replace("\n", _INSTEAD).replace("\t", _INSTEAD)
