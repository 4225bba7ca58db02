"""A learner's code in a graded notebook: which cells are whose, one function of it, and how it looks on a page."""

import ast
import io
import tokenize
from typing import Any

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from .classbook import Exercise
from .results import NotebookResult

_LONGEST = 20_000  # characters of an exercise: no answer has that many, and whoever sends millions stops no report
_FORMATTER = HtmlFormatter(nowrap=True)
# Brackets in brackets in brackets are too much for Python's own parser.
_UNREADABLE = (SyntaxError, tokenize.TokenError, ValueError, RecursionError, MemoryError)
STYLE = HtmlFormatter(style="friendly").get_style_defs(".code")


def cells(result: NotebookResult, exercise: Exercise) -> list[tuple[str, str]]:
    """Return (grade id, code) of what was filled in for an exercise, in order; of very much code the beginning."""
    found, left = [], _LONGEST
    for cell in result.document.get("cells", ()):
        if cell.get("id") in exercise.solutions and left > 0:
            code = _text(cell)[:left]
            left -= len(code)
            found.append((cell["id"], code))
    return found


def html(code: str) -> Markup:
    """Colour code for a page; everything in it is escaped."""
    return Markup(highlight(code, PythonLexer(), _FORMATTER))


def function(code: str, name: str) -> str:
    """Return the definition of that name in some code, without comments; all of it where there is none."""
    try:
        for node in ast.parse(code).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
                return without_comments(ast.get_source_segment(code, node) or code)
    except _UNREADABLE:
        return without_comments(code)
    return without_comments(code)


def without_comments(code: str) -> str:
    """Take comments and docstrings out: an example is the code, and a comment can name a person."""
    try:
        tree = ast.parse(code)
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except _UNREADABLE:
        return "\n".join(line for line in code.splitlines() if not line.lstrip().startswith("#"))
    lines = code.splitlines()
    gone = _docstring_lines(tree)
    for token in tokens:
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column].rstrip()
            if not lines[row - 1]:
                gone.add(row - 1)
    return "\n".join(line for number, line in enumerate(lines) if number not in gone).strip()


def _docstring_lines(tree: ast.Module) -> set[int]:
    gone: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            first = node.body[0]
            if len(node.body) > 1:
                gone |= set(range(first.lineno - 1, first.end_lineno or first.lineno))
    return gone


def _text(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)
