"""Checking what answers 0.0 or 1.0: one answer says little, so a whole table of them is asked for and judged together.

A wrong formula is believed only when it gives every answer of the table, and of other tables like it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from gradschool.check import report
from gradschool.check.calls import Raised, Untried, call, fresh
from gradschool.check.compare import Array, Leaf, leaves, numbers
from gradschool.check.core import Asked, Inputs, Question, Stopped, ask_in_order, attempt, judged
from gradschool.check.evidence import Draw
from gradschool.check.hypotheses import Suspect
from gradschool.check.judgement import Finding, Suspicion, diagnose
from gradschool.check.report import Report
from gradschool.check.sampling import rng
from gradschool.check.subject import Subject
from gradschool.check.subjects import SUBJECTS
from gradschool.language import translate as _

MARGIN = 0.1
CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

_TABLES = 3
_MORE_ROWS = 3  # times as many as were asked: in a short table many a formula is silent throughout
_LEAF = "result"

Rows = list[Inputs]


def check_table(name: str, function: Callable[..., Any], /, rows: Rows) -> None:
    """Check a function that answers 0.0 or 1.0 on several inputs at once.

    name : the subject's name
    function : the learner's
    rows : the inputs of each call, by name
    Raises CheckFailed with the mistake named.
    """
    subject = SUBJECTS[name]
    judged(subject, name, lambda: _ask_table(name, subject, function, rows))


def check_gate(name: str, gate: Callable[..., Any], /) -> None:
    """Check the weights of a logic gate: every row of its table, with no sum within MARGIN of the threshold.

    name : the subject's name; its forward is the gate's table, x (2,) -> 0.0 or 1.0
    gate : the learner's, () -> (w, b)
    Raises CheckFailed with the mistake named.
    """
    subject = SUBJECTS[name]
    judged(subject, name, lambda: _ask_gate(name, subject, gate))


# --- a table of answers -------------------------------------------------------------------------------------------


def _ask_table(name: str, subject: Subject, function: Callable[..., Any], rows: Rows) -> str:
    question = _row_question(name, subject, function)
    answers: list[Leaf] = []
    for row in rows:
        asked = attempt(name, partial(question.ask, row, None), row)
        (leaf,) = leaves(_LEAF, asked.result, question.answer(row, None))
        if leaf.problem not in ("", "value"):
            ask_in_order(question, row)
        answers.append(leaf)
    if any(leaf.problem for leaf in answers):
        raise Stopped(_wrong_rows(name, subject, question, rows, answers))
    for row in rows:
        ask_in_order(question, row)
    return _("{function}: all {count} rows right").format(function=name, count=len(rows))


def _row_question(name: str, subject: Subject, function: Callable[..., Any]) -> Question:
    def ask(inputs: Inputs, _dout: Any) -> Asked:
        first, again = call(function, inputs), call(function, inputs)
        return Asked(first.result, again.result, first.overflow, first.changed)

    def answer(inputs: Inputs, _dout: Any) -> Any:
        return subject.forward(**fresh(inputs))

    return Question(name, subject, subject.suspects, ask, answer, (_LEAF,))


def _wrong_rows(name: str, subject: Subject, question: Question, rows: Rows, answers: Sequence[Leaf]) -> Report:
    wrong = [(row, leaf) for row, leaf in zip(rows, answers, strict=True) if leaf.problem]
    facts = [
        _("at {inputs}").format(inputs=report.where(row))
        + "    "
        + _("yours {got}    expected {want}").format(got=report.number(leaf.got), want=report.number(leaf.want))
        for row, leaf in wrong[:3]
    ]
    right = len(answers) - len(wrong)
    facts.append(_("{right} of {count} rows are right").format(right=right, count=len(answers)))
    finding = _recognised(subject, question, rows)
    title = _("{function}: some rows are wrong").format(function=name)
    return Report(title, finding.mistakes, facts, [says(report.called(_LEAF)) for says in finding.says])


def _recognised(subject: Subject, question: Question, rows: Rows) -> Finding:
    generator = rng(23)
    tables = [[*rows, *(subject.others(generator, row) for row in rows * _MORE_ROWS)] for _table in range(_TABLES)]
    asked = [(table, draw) for table in tables if (draw := _draw(question, table))]
    suspicions = [
        Suspicion(suspect, [{_LEAF: _answered(suspect, table)} for table, _drawn in asked])
        for suspect in subject.suspects
    ]
    return diagnose([draw for _table, draw in asked], _LEAF, suspicions)


def _draw(question: Question, rows: Rows) -> Draw | None:
    got, want = [], []
    for row in rows:
        try:
            answer = numbers(question.ask(row, None).result)
        except (Untried, Raised):
            return None
        if answer is None or answer.ndim:
            return None
        got.append(float(answer))
        want.append(float(question.answer(row, None)))
    return Draw({}, {_LEAF: np.array(got)}, {_LEAF: np.array(want)})


def _answered(suspect: Suspect, rows: Rows) -> Array:
    return np.array([float(suspect.formula(**fresh(row))) for row in rows])


# --- a gate's weights ---------------------------------------------------------------------------------------------


def _ask_gate(name: str, subject: Subject, gate: Callable[..., Any]) -> str:
    w, b = _weights(name, attempt(name, lambda: call(gate, {}), {}).result)
    sums = CORNERS @ w + b
    wanted = np.array([subject.forward(x) for x in CORNERS])
    nearest = float(np.min(np.abs(sums)))
    facts = [_("w = {w}, b = {b}").format(w=report.plain(w), b=report.number(b)), *_table_of(sums, wanted)]
    if np.any((sums > 0) != (wanted > 0)):
        mistake, sentence = _misfire(w, b, wanted)
        title = _("{function}: some rows are wrong").format(function=name)
        raise Stopped(Report(title, (mistake,), facts, (sentence,) if sentence else ()))
    if nearest < MARGIN - 1e-9:
        title = _("{function}: the rows are right, but one is too close to call").format(function=name)
        said = _(
            "A sum is less than {margin} away from the threshold: a little noise would turn the answer round. "
            "Where would the threshold have the most room on both sides?"
        )
        raise Stopped(Report(title, ("low-accuracy",), facts, (said.format(margin=MARGIN),)))
    w_again, b_again = _weights(name, call(gate, {}).result)
    if not np.array_equal(np.append(w, b), np.append(w_again, b_again)):
        title = _("{function}: the same call, made twice, gave two answers").format(function=name)
        raise Stopped(Report(title, ("unstable-result",), facts[:1]))
    return _("{function}: all four rows right, no sum nearer to the threshold than {nearest}").format(
        function=name, nearest=report.number(nearest)
    )


def _weights(name: str, result: Any) -> tuple[Array, float]:
    title = _("{function} has to return a pair, (w, b)").format(function=name)
    if not isinstance(result, tuple | list) or len(result) != 2:
        mistake = "wrong-type" if numbers(result) is None else "wrong-shape"
        raise Stopped(Report(title, (mistake,), [_("yours: {got}").format(got=report.kind(result))]))
    w, b = map(numbers, result)
    if w is None or b is None:
        kinds = ", ".join(report.kind(each) for each in result)
        raise Stopped(Report(title, ("wrong-type",), [_("yours: {got}").format(got=kinds)]))
    if w.shape != (2,) or b.shape != ():
        shapes = f"{w.shape}, {b.shape}"
        mistake = "swapped" if (w.shape, b.shape) == ((), (2,)) else "wrong-shape"
        wanted = _("your shapes {got}    wanted {want}").format(got=shapes, want="(2,), ()")
        raise Stopped(Report(title, (mistake,), [wanted]))
    if not np.all(np.isfinite(np.append(w, b))):
        raise Stopped(Report(title, ("not-finite",), [f"w = {report.plain(w)}, b = {report.number(b)}"]))
    return w, float(b)


def _table_of(sums: Array, wanted: Array) -> list[str]:
    line = _("x = ({x0:.0f}, {x1:.0f})    sum {sum}    answers {got}    wanted {want}")
    lines = []
    for (x0, x1), total, want in zip(CORNERS, sums, wanted, strict=True):
        got = 1.0 if total > 0 else 0.0
        said = line.format(x0=x0, x1=x1, sum=report.number(round(total, 6)), got=got, want=want)
        lines.append(said if got == want and abs(total) >= MARGIN - 1e-9 else said + "  ←")
    return lines


def _misfire(w: Array, b: float, wanted: Array) -> tuple[str, str]:
    def fires(w: Array, b: float) -> tuple[bool, ...]:
        return tuple(CORNERS @ w + b > 0)

    right = tuple(wanted > 0)
    if fires(w, -b) == right:
        return "wrong-sign", _(
            "This b works like a threshold that the sum has to reach. Does a high b make a neuron fire sooner or later?"
        )
    if fires(-w, b) == right or fires(-w, -b) == right:
        return "wrong-sign", _("It fires where it should be silent. Do these inputs wake the neuron, or calm it?")
    tables: dict[tuple[bool, ...], str] = {
        (False, False, False, False): _("It never fires, whatever comes in."),
        (True, True, True, True): _("It always fires, even when nothing comes in."),
        (False, False, False, True): _("These weights make AND: it waits for both inputs."),
        (False, True, True, True): _("These weights make OR: a single input is enough."),
        (True, True, True, False): _("These weights make NAND: only both inputs together silence it."),
        (True, False, False, False): _("These weights make NOR: a single input silences it."),
        (False, False, True, True): _("It follows the first input alone. What would the second have to do?"),
        (False, True, False, True): _("It follows the second input alone. What would the first have to do?"),
    }
    return "wrong-value", tables.get(fires(w, b), "")
