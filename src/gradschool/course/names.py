"""Which names a piece of code makes, and which it takes from elsewhere.

Read off the compiled code, so that scopes, comprehensions, `global` and class bodies are exactly Python's own.
"""

import builtins
import dis
from collections.abc import Iterable, Iterator
from types import CodeType
from typing import Any

_MAKES = {"STORE_NAME", "STORE_GLOBAL"}
_USES = {"LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS", "DELETE_NAME", "DELETE_GLOBAL"}

# What is there without anybody making it: Python's own names, and a module's.
_EVERYWHERE = frozenset(dir(builtins)) | {
    *("__name__", "__doc__", "__annotations__", "__conditional_annotations__", "get_ipython", "display"),
}


def made(code: str) -> frozenset[str]:
    """Names that a cell makes for later cells: what it assigns, defines or imports at its top level or as `global`."""
    return frozenset(name for _, name, top in _instructions(code, _MAKES) if top)


def used(code: str) -> frozenset[str]:
    """Names that a cell looks up outside itself or in itself, at any depth; Python's own names are left out."""
    return frozenset(name for _, name, _ in _instructions(code, _USES)) - _EVERYWHERE


def taken(code: str, given: Iterable[str] = ()) -> frozenset[str]:
    """Names that a check cell takes from the learner.

    code : str, the check cell
    given : names that are there already: the set-up cell's, and those that earlier check cells made
    Returns what the cell uses and neither makes itself nor was given.
    """
    return used(code) - made(code) - frozenset(given)


def taken_by_checks(key: dict[str, Any]) -> dict[str, frozenset[str]]:
    """Names that each check cell of a key takes from the learner, by its grade id.

    key : dict, a notebook with nbgrader's metadata whose set-up cell has the id "setup"
    """
    taken_by: dict[str, frozenset[str]] = {}
    given: set[str] = set()
    for cell in key["cells"]:
        grading = cell["metadata"].get("nbgrader", {})
        code = "".join(cell["source"])
        if cell["id"] == "setup":
            given |= made(python(code))
        elif grading.get("grade"):
            taken_by[grading["grade_id"]] = taken(code, given)
            given |= made(code)
    return taken_by


def python(code: str) -> str:
    """Return a cell as Python alone: IPython's own lines (%pip, !ls) turned into calls."""
    from IPython.core.inputtransformer2 import TransformerManager

    return str(TransformerManager().transform_cell(code))  # type: ignore[no-untyped-call]


def _instructions(code: str, wanted: set[str]) -> Iterator[tuple[str, str, bool]]:
    """(operation, name, whether it is the module's own name) for every wanted look-up or assignment of a global."""
    yield from _walk(compile(code, "<cell>", "exec", dont_inherit=True), wanted, frozenset(), module=True)


def _walk(code: CodeType, wanted: set[str], own: frozenset[str], *, module: bool) -> Iterator[tuple[str, str, bool]]:
    found = [(step.opname, step.argval) for step in dis.get_instructions(code)]
    if not module:
        # A class body stores its attributes as names; they are nobody else's.
        own = frozenset(name for operation, name in found if operation == "STORE_NAME")
    for operation, name in found:
        if operation in wanted and (name not in own or operation.endswith("GLOBAL")):
            yield operation, name, module or operation == "STORE_GLOBAL"
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _walk(constant, wanted, frozenset(), module=False)
