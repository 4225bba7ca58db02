"""Percent-format files as cells that know their line and their tags.

A cell begins with a marker line::

    # %% [markdown] lang="ko" exercise="gates" minutes=15
    # %% setup
    # %% check="gates-check" points=2   # a remark after a hash is no tag

After ``# %%`` stands ``[markdown]`` for text, then tags: a bare word, ``name="text"`` (either kind of quotes) or
``name=number``, and then, where wanted, a remark. Nothing else may stand there. jupytext reads the rest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradschool.course.complaints import AuthorError, Complaint

Tag = str | float | bool

_MARKER = re.compile(r"#\s?%%")
_KIND = re.compile(r"# %%(?P<markdown> \[markdown\])?(?=\s|$)")
_TAG = re.compile(
    r"""\s+(?P<name>[a-z_]+)(?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<number>\d+(?:\.\d+)?)))?(?=\s|$)"""
)
_REMARK = re.compile(r"\s+#.*$|\s*$")


@dataclass(frozen=True)
class RawCell:
    """A cell as it stands in the file. `line` is its marker's, `first` that of its first line of text."""

    line: int
    first: int
    markdown: bool
    tags: dict[str, Tag]
    text: str


@dataclass(frozen=True)
class PercentFile:
    """A file's cells, and what its header says about the course."""

    header: dict[str, Any]
    cells: tuple[RawCell, ...]


def read(path: Path, name: str) -> PercentFile:
    """Read a percent-format file; `name` is what complaints call it.

    Raises AuthorError where a marker line cannot be read, or something stands before the first one.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise AuthorError([Complaint(name, 0, f"not UTF-8: {error.reason} at byte {error.start}")]) from error
    return reads(text, name)


def reads(text: str, name: str) -> PercentFile:
    """Read percent-format text; see `read`."""
    import jupytext

    lines = text.split("\n")
    complaints: list[Complaint] = []
    marked: dict[int, tuple[bool, dict[str, Tag]]] = {}
    for number, line in enumerate(lines, start=1):
        if not _MARKER.match(line):
            continue
        try:
            marked[number] = markdown, _ = _read_marker(line)
        except ValueError as error:
            complaints.append(Complaint(name, number, str(error)))
            continue
        lines[number - 1] = f"# %% [markdown] line={number}" if markdown else f"# %% line={number}"
    if complaints:
        raise AuthorError(complaints)

    notebook = jupytext.reads("\n".join(lines), fmt="py:percent")
    cells = []
    for cell in notebook.cells:
        number = cell.metadata.get("line")
        if number is None:
            raise AuthorError(
                [
                    Complaint(
                        name, 1, "what stands before the first cell is no header: # ---, YAML below jupyter:, # ---"
                    )
                ]
            )
        markdown, tags = marked.pop(number)
        if markdown and "cell_marker" not in cell.metadata:
            complaints += _code_in_text(lines, number, name)
        blank = len(cell.source) - len(cell.source.lstrip("\n"))
        cells.append(RawCell(number, number + 1 + blank, markdown, tags, cell.source.strip("\n")))
    complaints += [Complaint(name, number, "a cell cannot begin inside a string") for number in marked]
    if complaints:
        raise AuthorError(complaints)
    return PercentFile(dict(notebook.metadata.get("gradschool") or {}), tuple(cells))


def _code_in_text(lines: list[str], marker: int, name: str) -> Iterator[Complaint]:
    """Lines of a text cell that lack their hash: jupytext would take them for text all the same."""
    for number, line in enumerate(lines[marker:], start=marker + 1):
        if _MARKER.match(line):
            return
        if line.strip() and not line.startswith("#"):
            yield Complaint(
                name, number, "a line of a text cell begins with '# '; code needs a cell of its own: '# %%'"
            )


def _read_marker(line: str) -> tuple[bool, dict[str, Tag]]:
    kind = _KIND.match(line)
    if kind is None:
        raise ValueError(f"a cell begins with '# %%' or '# %% [markdown]' and a blank, not with {line.strip()!r}")
    tags: dict[str, Tag] = {}
    position = kind.end()
    while tag := _TAG.match(line, position):
        if tag["name"] in tags:
            raise ValueError(f"the tag {tag['name']} stands here twice")
        tags[tag["name"]] = _tag_value(tag)
        position = tag.end()
    if not _REMARK.match(line, position):
        raise ValueError(f'cannot read {line[position:].strip()!r}: a tag is word, name="text" or name=number')
    return kind["markdown"] is not None, tags


def _tag_value(tag: re.Match[str]) -> Tag:
    if tag["number"] is not None:
        return float(tag["number"])
    for quoted in (tag["double"], tag["single"]):
        if quoted is not None:
            return quoted
    return True
