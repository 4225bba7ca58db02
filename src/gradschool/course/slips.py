"""Learners' slips, put into a right answer's code one at a time: each makes a mutant, to test the tests with.

`SLIPS` is the table: a name, and what the slip makes of one node of the syntax tree. A new slip is a row and a test.
"""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import partial

Rewrite = Callable[[ast.AST, ast.AST], Iterator[ast.AST]]


@dataclass(frozen=True)
class Mutant:
    """An answer with one slip in it. `slip`: its name in `SLIPS`; `line`: where it stands in the answer it was made of."""

    slip: str
    line: int
    code: str

    def __str__(self) -> str:
        """Name it, for a report."""
        return f"{self.slip}, line {self.line}"


def mutants(code: str) -> list[Mutant]:
    """Return every mutant of an answer, none twice and none that is the answer itself."""
    tree = ast.parse(code)
    found = {ast.unparse(tree): None}
    made = []
    for parent, node, put in _slots(tree):
        for slip, rewrite in SLIPS.items():
            for other in rewrite(node, parent):
                put(ast.copy_location(other, node))
                mutant = ast.unparse(ast.fix_missing_locations(tree))
                put(node)
                if mutant not in found:
                    found[mutant] = None
                    made.append(Mutant(slip, getattr(node, "lineno", 0), mutant))
    return made


def _slots(tree: ast.AST) -> Iterator[tuple[ast.AST, ast.AST, Callable[[ast.AST], None]]]:
    """Yield every node with its parent and a way to put another in its place."""
    for parent in list(ast.walk(tree)):
        for field, value in list(ast.iter_fields(parent)):
            if isinstance(value, ast.AST):
                yield parent, value, partial(setattr, parent, field)
            elif isinstance(value, list):
                for place, item in enumerate(value):
                    if isinstance(item, ast.AST):
                        yield parent, item, partial(value.__setitem__, place)


# --- reading a node ---------------------------------------------------------------------------------------------------


def _called(node: ast.AST) -> str:
    """Return the last part of the name of a function that is called, "" where it has none."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _called_as(node: ast.Call, name: str) -> ast.Call:
    other = deepcopy(node)
    if isinstance(other.func, ast.Attribute):
        other.func.attr = name
    elif isinstance(other.func, ast.Name):
        other.func.id = name
    return other


def _times(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.MatMult)


def _same(one: ast.AST, other: ast.AST) -> bool:
    return ast.unparse(one) == ast.unparse(other)


# --- the slips --------------------------------------------------------------------------------------------------------


def _factor_dropped(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield node.left
        yield node.right
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.Pow):
        yield node.left


def _sign_flipped(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        yield ast.BinOp(node.left, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), node.right)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
    elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
        yield ast.AugAssign(node.target, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), node.value)
    elif isinstance(node, ast.expr) and _times(node) and not _times(parent):
        yield ast.UnaryOp(ast.USub(), node)


def _order_exchanged(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div | ast.MatMult):
        yield ast.BinOp(node.right, node.op, node.left)
    elif isinstance(node, ast.Call) and _called(node) in {"outer", "dot", "matmul", "subtract"} and len(node.args) == 2:
        yield ast.Call(node.func, node.args[::-1], node.keywords)
    elif isinstance(node, ast.Call) and _called(node) == "where" and len(node.args) == 3:
        condition, one, other = node.args
        yield ast.Call(node.func, [condition, other, one], node.keywords)


def _pair_swapped(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    together = isinstance(parent, ast.Return | ast.Assign | ast.For) or _called(parent) == "append"
    if isinstance(node, ast.Tuple | ast.List) and together:
        for place in range(len(node.elts) - 1):
            other = deepcopy(node)
            other.elts[place : place + 2] = reversed(other.elts[place : place + 2])
            yield other


_ANOTHER = {
    **{"sum": "mean", "mean": "sum", "max": "min", "min": "max", "maximum": "minimum", "minimum": "maximum"},
    **{"zeros": "ones", "ones": "zeros", "zeros_like": "ones_like", "ones_like": "zeros_like", "expm1": "exp"},
    **{"log1p": "log", "logaddexp": "maximum", "argmax": "argmin", "any": "all", "all": "any", "reversed": "list"},
    **{"append": "extend", "repeat": "tile", "tile": "repeat", "hstack": "vstack", "vstack": "hstack"},
}


def _another_function(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    name = _called(node)
    builtin = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and name == "sum"
    if isinstance(node, ast.Call) and name in _ANOTHER and not builtin:
        yield _called_as(node, _ANOTHER[name])


_WRAPPERS = {"abs", "exp", "log", "sqrt", "tanh", "square", "expm1", "log1p", "float", "reversed", "copy", "array"}


def _function_left_out(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and _called(node) in _WRAPPERS:
        if node.args:
            yield node.args[0]
        elif isinstance(node.func, ast.Attribute):
            yield node.func.value


def _transpose_dropped(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    elif isinstance(node, ast.Call) and _called(node) == "transpose" and isinstance(node.func, ast.Attribute):
        yield node.args[0] if node.args else node.func.value


def _not_accumulated(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp) and _same(node.targets[0], node.value.left):
        yield ast.Assign(node.targets, node.value.right)


def _in_place(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    if (
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.BinOp)
        and isinstance(node.targets[0], ast.Name | ast.Subscript | ast.Attribute)
        and _same(node.targets[0], node.value.left)
    ):
        yield ast.AugAssign(node.targets[0], node.value.op, node.value.right)


_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    **{ast.Gt: (ast.Lt, ast.GtE), ast.Lt: (ast.Gt, ast.LtE), ast.GtE: (ast.LtE, ast.Gt), ast.LtE: (ast.GtE, ast.Lt)},
    **{ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,)},
}


def _comparison_turned(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for other in _COMPARED.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators)


def _case_left_out(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
        yield ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, ast.If):
        for always in (True, False):
            yield ast.If(ast.Constant(always), node.body, node.orelse)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        yield from node.values
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand


def _off_by_one(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)
    elif isinstance(node, ast.expr) and _called(parent) == "range" and node is not getattr(parent, "func", None):
        yield ast.BinOp(node, ast.Sub(), ast.Constant(1))
        yield ast.BinOp(node, ast.Add(), ast.Constant(1))
    elif isinstance(node, ast.Slice):
        if node.lower:
            yield ast.Slice(None, node.upper, node.step)
        if node.upper:
            yield ast.Slice(node.lower, None, node.step)
    elif isinstance(node, ast.expr) and node is getattr(parent, "iter", None) and _called(node) != "range":
        listed = ast.Call(ast.Name("list", ast.Load()), [node], [])
        yield ast.Subscript(listed, ast.Slice(ast.Constant(1)), ast.Load())
        yield ast.Subscript(listed, ast.Slice(None, ast.UnaryOp(ast.USub(), ast.Constant(1))), ast.Load())


def _another_letter(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lower() in {"a", "b", "c", "d"}:
        yield ast.Constant({"a": "b", "b": "c", "c": "d", "d": "a"}[node.value.lower()])


def _another_axis(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Call):
        return
    for place, keyword in enumerate(node.keywords):
        if keyword.arg in ("axis", "keepdims"):
            yield ast.Call(node.func, node.args, node.keywords[:place] + node.keywords[place + 1 :])
        if keyword.arg == "axis":
            for axis in sorted({"0", "1", "-1"} - {ast.unparse(keyword.value)}):
                other = ast.keyword("axis", ast.parse(axis, mode="eval").body)
                yield ast.Call(node.func, node.args, [*node.keywords[:place], other, *node.keywords[place + 1 :]])


def _line_left_out(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    stored = isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name)
    if isinstance(node, ast.AugAssign) or stored or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield ast.Pass()


def _returned_too_early(node: ast.AST, _parent: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.FunctionDef):
        return
    for loop, after in zip(node.body, node.body[1:], strict=False):
        if isinstance(loop, ast.For | ast.While) and isinstance(after, ast.Return):
            other = deepcopy(node)
            inside = other.body[node.body.index(loop)]
            assert isinstance(inside, ast.For | ast.While)
            inside.body.append(deepcopy(after))
            yield other


SLIPS: dict[str, Rewrite] = {
    "a factor, divisor or power dropped": _factor_dropped,
    "a sign flipped": _sign_flipped,
    "two operands exchanged": _order_exchanged,
    "two values swapped": _pair_swapped,
    "another function": _another_function,
    "a function left out": _function_left_out,
    "a transpose dropped": _transpose_dropped,
    "set, not added to": _not_accumulated,
    "changed in place": _in_place,
    "a comparison turned": _comparison_turned,
    "a case left out": _case_left_out,
    "off by one": _off_by_one,
    "another axis": _another_axis,
    "another letter": _another_letter,
    "a line left out": _line_left_out,
    "returned too early": _returned_too_early,
}
