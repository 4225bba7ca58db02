"""Formulas in and out: "q = x + y; f = q*z" becomes a circuit, a circuit becomes text or MathML."""

import ast
from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from gradschool.errors import GradschoolError
from gradschool.figures.circuits import graph
from gradschool.figures.circuits.graph import Circuit, Gate, Node
from gradschool.figures.svg import plain_name, split_name, svg_name

_FUNCTIONS: Final = {
    "exp": graph.EXP,
    "sigmoid": graph.SIGMOID,
    "relu": graph.RELU,
    "tanh": graph.TANH,
    "log": graph.LOG,
    "max": graph.MAX,
}


def parse(formula: str, inputs: Sequence[str] = ()) -> Circuit:
    """Return the circuit of a formula, or of several that build on each other, parted by semicolons.

    inputs : the order of the input nodes; where it is empty, the order in which they appear
    """
    try:
        return _Parser(formula, inputs).circuit()
    except SyntaxError:
        raise GradschoolError(f"this is no formula: {formula!r}") from None


class _Parser:
    def __init__(self, formula: str, inputs: Sequence[str]) -> None:
        self.formula = formula
        self.statements = ast.parse(formula.replace(";", "\n").replace("\n ", "\n")).body
        self.nodes: list[Node] = []
        self.known: dict[str, int] = {}
        for name in _in_order(self._free_names(), inputs, formula):
            self.known[name] = self._add(Node(name))

    def circuit(self) -> Circuit:
        last = self.statements[-1]
        for statement in self.statements:
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                self._named(statement.targets[0].id, statement.value)
            elif isinstance(statement, ast.Expr) and statement is last:
                self._named("f", statement.value)
            else:
                raise self._refused(statement)
        return Circuit(tuple(_with_names(self.nodes)))

    def _free_names(self) -> list[str]:
        names = [n for s in self.statements for n in ast.walk(s) if isinstance(n, ast.Name)]
        bound = {n.id for n in names if isinstance(n.ctx, ast.Store)} | set(_FUNCTIONS)
        names.sort(key=lambda n: (n.lineno, n.col_offset))
        return list(dict.fromkeys(n.id for n in names if n.id not in bound))

    def _named(self, name: str, value: ast.expr) -> None:
        made = self._read(value)
        if isinstance(made, float) or self.nodes[made].gate is None:
            raise self._refused(value)
        node = self.nodes[made]
        self.nodes[made] = Node(name, node.gate, node.sources)
        self.known[name] = made

    def _read(self, e: ast.expr) -> int | float:
        """Return the node that computes an expression, or the number that it is."""
        if isinstance(e, ast.Constant) and isinstance(e.value, int | float):
            return float(e.value)
        if isinstance(e, ast.Name) and e.id in self.known:
            return self.known[e.id]
        if isinstance(e, ast.UnaryOp) and isinstance(e.op, ast.USub):
            return self._scaled(self._read(e.operand), -1.0)
        if isinstance(e, ast.BinOp):
            return self._binary(e, self._read(e.left), self._read(e.right))
        if isinstance(e, ast.Call) and isinstance(e.func, ast.Name) and e.func.id in _FUNCTIONS:
            return self._call(_FUNCTIONS[e.func.id], [self._read(a) for a in e.args])
        raise self._refused(e)

    def _binary(self, e: ast.BinOp, left: int | float, right: int | float) -> int | float:
        match e.op:
            case ast.Add():
                return self._sum(left, right)
            case ast.Sub():
                return self._sum(left, self._scaled(right, -1.0))
            case ast.Mult():
                return self._product(left, right)
            case ast.Div():
                return self._product(
                    left, 1 / right if isinstance(right, float) else self._gate(graph.RECIPROCAL, right)
                )
            case ast.Pow() if isinstance(right, float) and isinstance(left, int):
                return self._gate(graph.power_gate(right), left)
        raise self._refused(e)

    def _sum(self, left: int | float, right: int | float) -> int | float:
        if isinstance(left, float) and isinstance(right, float):
            return left + right
        if isinstance(left, float):
            return self._gate(graph.shift_gate(left), int(right))
        if isinstance(right, float):
            return self._gate(graph.shift_gate(right), left)
        return self._gate(graph.ADD, left, right)

    def _product(self, left: int | float, right: int | float) -> int | float:
        if isinstance(left, float):
            return self._scaled(right, left)
        return self._scaled(left, right) if isinstance(right, float) else self._gate(graph.MUL, left, right)

    def _scaled(self, x: int | float, by: float) -> int | float:
        if isinstance(x, float):
            return by * x
        return x if by == 1 else self._gate(graph.scale_gate(by), x)

    def _call(self, gate: Gate, arguments: list[int | float]) -> int | float:
        if gate is graph.MAX and len(arguments) == 2:
            constants = [a for a in arguments if isinstance(a, float)]
            if constants == [0.0]:
                return self._gate(graph.RELU, next(a for a in arguments if isinstance(a, int)))
        if any(isinstance(a, float) for a in arguments) or len(arguments) != (2 if gate is graph.MAX else 1):
            raise GradschoolError(f"{gate.kind} in {self.formula!r} takes variables, one of them or, for max, two")
        return self._gate(gate, *(int(a) for a in arguments))

    def _gate(self, gate: Gate, *sources: int) -> int:
        return self._add(Node("", gate, sources))

    def _add(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _refused(self, part: ast.AST) -> GradschoolError:
        return GradschoolError(
            f"a circuit has no gate for {ast.unparse(part)!r}: use + - * / ** and {', '.join(_FUNCTIONS)}"
        )


def _in_order(names: list[str], inputs: Sequence[str], formula: str) -> list[str]:
    if not inputs:
        return names
    if set(inputs) != set(names):
        raise GradschoolError(f"{formula!r} has the inputs {', '.join(names)}, not {', '.join(inputs)}")
    return list(inputs)


def _with_names(nodes: Sequence[Node]) -> list[Node]:
    taken = {node.name for node in nodes}
    nameless = [node for node in nodes if not node.name]
    fresh = (name for name in (f"q{i}" for i in range(1, 10_000)) if name not in taken)
    if len(nameless) == 1 and "q" not in taken:
        fresh = iter(["q"])  # type: ignore[assignment]
    return [node if node.name else Node(next(fresh), node.gate, node.sources) for node in nodes]


# --- out again: how tightly a gate binds, and how it is written ----------------------------------------------------

_SUM, _PRODUCT, _ATOM = 1, 2, 3
_BINDS = {
    "add": _SUM, "sub": _SUM, "shift": _SUM, "mul": _PRODUCT, "div": _PRODUCT, "scale": _PRODUCT, "reciprocal": _PRODUCT,
}  # fmt: skip


def plain(circuit: Circuit, node: int | None = None) -> str:
    """Write the formula of a node (of the output) in one line of text: (x + y)·z."""
    return _plain(circuit, circuit.output if node is None else node)


def gate_in_words(circuit: Circuit, node: int) -> str:
    """Write one gate with the names of its inputs, as SVG markup: q·z."""
    made = circuit.nodes[node]
    assert made.gate is not None
    return _compose(made.gate, [(svg_name(circuit.nodes[s].name), _ATOM, None) for s in made.sources])


def gate_in_numbers(circuit: Circuit, node: int, written: Sequence[str]) -> str:
    """Write one gate with the written values of its inputs: 3.00 × (−4.00)."""
    made = circuit.nodes[node]
    assert made.gate is not None
    alone = made.gate.kind in ("exp", "max", "sigmoid", "relu", "tanh", "log")
    parts = [written[s] if alone or not written[s].startswith("−") else f"({written[s]})" for s in made.sources]
    return _compose(made.gate, [(part, _ATOM, None) for part in parts]).replace("·", " × ")


def _plain(circuit: Circuit, i: int) -> str:
    node = circuit.nodes[i]
    if node.gate is None:
        return plain_name(node.name)
    return _compose(node.gate, [_part(circuit, s) for s in node.sources])


_Part = tuple[str, int, Gate | None]


def _part(circuit: Circuit, i: int) -> _Part:
    gate = circuit.nodes[i].gate
    return _plain(circuit, i), _ATOM if gate is None else _BINDS.get(gate.kind, _ATOM), gate


def _compose(gate: Gate, parts: Sequence[_Part]) -> str:
    def tight(k: int, level: int) -> str:
        written, binds, _ = parts[k]
        return f"({written})" if binds < level else written

    c = gate.constant or 0.0
    match gate.kind:
        case "add":
            sign = "−" if parts[1][0].startswith("−") else "+"
            return f"{parts[0][0]} {sign} {parts[1][0].removeprefix('−')}"
        case "sub":
            return f"{parts[0][0]} − {tight(1, _PRODUCT)}"
        case "div":
            return f"{tight(0, _PRODUCT)}/{tight(1, _ATOM)}"
        case "mul":
            return f"{tight(0, _PRODUCT)}·{tight(1, _ATOM if parts[1][1] == _SUM else _PRODUCT)}"
        case "scale":
            return f"−{tight(0, _PRODUCT)}" if c == -1 else f"{_constant(c)}·{tight(0, _PRODUCT)}"
        case "shift":
            return f"{_constant(c)} + {parts[0][0]}" if c >= 0 else f"{parts[0][0]} − {_constant(-c)}"
        case "reciprocal":
            return f"1/{tight(0, _ATOM)}"
        case "exp":
            return f"exp({parts[0][0]})"
        case "power":
            return tight(0, _ATOM) + graph.raised(c)
        case "unknown":
            return f"?({', '.join(part[0] for part in parts)})"
    return f"{gate.symbol}({', '.join(part[0] for part in parts)})"


def _constant(c: float) -> str:
    return f"{c:.3g}".replace("-", "−")


def mathml(circuit: Circuit, lit: int | None) -> str:
    """Write "f = …" as MathML; the part that the lit node computes is marked."""
    name = _name(circuit.nodes[circuit.output].name)
    return f"<math displaystyle='true'><mrow>{name}<mo>=</mo>{_mathml(circuit, circuit.output, lit, 0)}</mrow></math>"


def _name(name: str) -> str:
    letter, index = split_name(name)
    return f"<msub><mi>{escape(letter)}</mi><mn>{index}</mn></msub>" if index else f"<mi>{escape(letter)}</mi>"


def _mathml(circuit: Circuit, i: int, lit: int | None, level: int) -> str:
    node = circuit.nodes[i]
    if node.gate is None:
        written, binds = _name(node.name), _ATOM
    else:
        written = _gate_mathml(node.gate, lambda k, need: _mathml(circuit, node.sources[k], lit, need), circuit, node)
        binds = _ATOM if node.gate.kind in ("reciprocal", "div") else _BINDS.get(node.gate.kind, _ATOM)
    if binds < level:
        tall = "true" if "<mfrac>" in written else "false"
        written = f"<mo stretchy='{tall}'>(</mo>{written}<mo stretchy='{tall}'>)</mo>"
    return f'<mrow class="gs-on">{written}</mrow>' if i == lit else f"<mrow>{written}</mrow>"


def _gate_mathml(gate: Gate, part: Callable[[int, int], str], circuit: Circuit, node: Node) -> str:
    c = gate.constant or 0.0
    match gate.kind:
        case "add":
            return f"{part(0, 0)}<mo>+</mo>{part(1, _ATOM if _is_negative(circuit, node.sources[1]) else 0)}"
        case "sub":
            return f"{part(0, 0)}<mo>−</mo>{part(1, _PRODUCT)}"
        case "div":
            return f"<mfrac>{part(0, 0)}{part(1, 0)}</mfrac>"
        case "mul":
            return f"{part(0, _PRODUCT)}<mo>·</mo>{part(1, _PRODUCT)}"
        case "scale":
            factor = "<mo form='prefix'>−</mo>" if c == -1 else f"<mn>{_constant(c)}</mn><mo>·</mo>"
            return factor + part(0, _PRODUCT)
        case "shift":
            if c >= 0:
                return f"<mn>{_constant(c)}</mn><mo>+</mo>{part(0, 0)}"
            return f"{part(0, 0)}<mo>−</mo><mn>{_constant(-c)}</mn>"
        case "reciprocal":
            return f"<mfrac><mn>1</mn>{part(0, 0)}</mfrac>"
        case "exp":
            return f"<msup><mi>e</mi>{part(0, 0)}</msup>"
        case "power":
            return f"<msup>{part(0, _ATOM)}<mn>{c:g}</mn></msup>"
    inside = "<mo>,</mo>".join(part(k, 0) for k in range(len(node.sources)))
    return f"<mi>{escape(gate.symbol)}</mi><mo stretchy='false'>(</mo>{inside}<mo stretchy='false'>)</mo>"


def _is_negative(circuit: Circuit, i: int) -> bool:
    gate = circuit.nodes[i].gate
    return gate is not None and gate.kind == "scale" and (gate.constant or 0.0) < 0
