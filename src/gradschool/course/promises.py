"""What a stub promises and its solution does not keep: told from the code alone, without running it.

A learner sees a function's signature and docstring and nothing of the solution. So the docstring's parameters must be
the signature's, "Returns (dx, dy)" must be what the solution returns, and the solution must not define anew, with
another signature, what the learner was shown.
"""

import ast
import re
from collections.abc import Iterator

from gradschool.course import regions

_Function = ast.FunctionDef | ast.AsyncFunctionDef

_PARAMETERS = re.compile(r"^\s*(?P<names>\*{0,2}[A-Za-z_]\w*(?:\s*,\s*\*{0,2}[A-Za-z_]\w*)*) : ")
_RETURNS = re.compile(r"^\s*Returns?\b")
_TUPLE = re.compile(r"^\s*Returns?\s+\((?P<names>\w+(?:\s*,\s*\w+)+)\)")
_SINGLE = re.compile(r"^\s*Returns?\s+(?P<name>[A-Za-z_]\w*)\s*:")


def broken(code: str) -> Iterator[tuple[int, str]]:
    """Yield (line counted from 0, what is wrong) for a solution cell with its regions marked."""
    hidden = regions.inside(code, regions.SOLUTION)
    shown: dict[str, ast.AST] = {}
    functions = list(_definitions(ast.parse(code), ""))
    for name, node in functions:
        if not hidden[node.lineno - 1]:
            shown[name] = node
    for name, node in functions:
        if hidden[node.lineno - 1]:
            if name in shown:
                yield node.lineno - 1, f"the solution defines {name} anew, which the learner is given"
        elif isinstance(node, _Function):
            for line, text in _function(node):
                yield line, f"{name}: {text}"


def _definitions(node: ast.AST, prefix: str) -> Iterator[tuple[str, _Function | ast.ClassDef]]:
    """Functions and classes at the top level and in classes, by their full names."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield prefix + child.name, child
            yield from _definitions(child, f"{prefix}{child.name}.")
        elif isinstance(child, _Function):
            yield prefix + child.name, child
        elif isinstance(child, ast.If | ast.Try | ast.With | ast.For | ast.While):
            yield from _definitions(child, prefix)


def _function(node: _Function) -> Iterator[tuple[int, str]]:
    docstring = ast.get_docstring(node, clean=False)
    if docstring is None:
        return
    # The docstring is the first statement; its lines are the file's lines from there on.
    start = node.body[0].lineno - 1
    lines = docstring.split("\n")
    returns = next((number for number, line in enumerate(lines) if _RETURNS.match(line)), len(lines))
    for number, line in enumerate(lines[:returns]):
        if parameters := _PARAMETERS.match(line):
            named = {name.strip().lstrip("*") for name in parameters["names"].split(",")}
            for name in sorted(named - _parameters(node)):
                yield start + number, f"the docstring speaks of {name}, which is no parameter"
    if returns < len(lines):
        yield from _check_returns(node, lines[returns])


def _parameters(node: _Function) -> set[str]:
    given = node.args
    several = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    return {argument.arg for argument in several if argument is not None}


def _check_returns(node: _Function, promise: str) -> Iterator[tuple[int, str]]:
    statements = [found for found in _own(node) if isinstance(found, ast.Return | ast.Yield | ast.YieldFrom)]
    if not statements:
        yield node.lineno - 1, "the docstring says what it returns, and the solution returns nothing"
    values = [found.value for found in statements if isinstance(found, ast.Return) and found.value is not None]
    if several := _TUPLE.match(promise):
        promised = [name.strip() for name in several["names"].split(",")]
        for value in values:
            yield from _against_tuple(value, promised)
    elif single := _SINGLE.match(promise):
        for value in values:
            if isinstance(value, ast.Tuple):
                yield value.lineno - 1, f"returns {len(value.elts)} values where the docstring says {single['name']}"


def _against_tuple(value: ast.expr, promised: list[str]) -> Iterator[tuple[int, str]]:
    words = f"({', '.join(promised)})"
    if isinstance(value, ast.Constant):
        yield value.lineno - 1, f"returns one value where the docstring says {words}"
    if not isinstance(value, ast.Tuple | ast.List) or any(isinstance(part, ast.Starred) for part in value.elts):
        return
    if len(value.elts) != len(promised):
        yield value.lineno - 1, f"returns {len(value.elts)} values where the docstring says {words}"
        return
    for place, part in enumerate(value.elts):
        if isinstance(part, ast.Name) and part.id in promised and promised[place] != part.id:
            yield value.lineno - 1, f"returns {part.id} as value {place + 1} where the docstring says {words}"
            return


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """Everything in a function but what stands in functions of its own."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, _Function | ast.Lambda | ast.ClassDef):
            yield child
            yield from _own(child)
