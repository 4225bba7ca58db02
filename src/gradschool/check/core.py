"""The checks that notebooks call: ask in order, stop at the first question that fails, say what it looks like.

The order: was it attempted, did it raise, type, shape, finite, value, were arguments left alone, is it the same twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from inspect import signature
from typing import Any

import numpy as np

from gradschool import numeric
from gradschool.check import evidence, report, session
from gradschool.check.calls import Called, Raised, Untried, call, fresh, same
from gradschool.check.compare import Leaf, parts, relative_error
from gradschool.check.evidence import Answer, Draw
from gradschool.check.hypotheses import Suspect
from gradschool.check.judgement import Finding, Suspicion, explain
from gradschool.check.report import Report
from gradschool.check.sampling import rng
from gradschool.check.subject import Subject
from gradschool.check.subjects import SUBJECTS
from gradschool.language import translate as _

_MORE_DRAWS = 4
_PROBLEMS = ("type", "shape", "finite", "value")

Inputs = dict[str, Any]


class Stopped(Exception):
    """A question that failed, with the report of it."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.title)
        self.report = report


@dataclass(frozen=True)
class Asked:
    """What a learner's function answered, and whether it behaved: `again` is the answer to the same call repeated."""

    result: Any
    again: Any
    overflow: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One function of the learner's, how it is asked and what is right.

    name : what the learner calls the function
    ask : inputs, dout -> what the learner's function answers
    answer : inputs, dout -> what is right
    labels : what the parts of an answer are called
    pulls_back : whether the answer is a gradient, so that an upstream comes in
    """

    name: str
    subject: Subject
    suspects: tuple[Suspect, ...]
    ask: Callable[[Inputs, Any], Asked]
    answer: Callable[[Inputs, Any], Any]
    labels: tuple[str, ...]
    pulls_back: bool = False


# --- what notebooks call ------------------------------------------------------------------------------------------


def check_call(name: str, function: Callable[..., Any], /, *args: Any, **inputs: Any) -> None:
    """Check a function by what it returns.

    name : the subject's name
    function : the learner's
    args, inputs : its arguments, in the subject's order or by name
    Raises CheckFailed with the mistake named.
    """
    subject = SUBJECTS[name]
    inputs = {**dict(zip(signature(subject.forward).parameters, args, strict=False)), **inputs}
    judged(subject, name, lambda: ask_in_order(_call_question(name, subject, function), inputs))


def check_forward(name: str, forward: Callable[..., Any], /, **inputs: Any) -> None:
    """Check a forward function by its values: it returns (out, cache), and out is right.

    Raises CheckFailed with the mistake named.
    """
    subject = SUBJECTS[name]
    judged(subject, name, lambda: ask_in_order(_forward_question(name, subject, forward), inputs))


def check_backward(
    name: str, forward: Callable[..., Any], backward: Callable[..., Any], /, dout: Any = None, **inputs: Any
) -> None:
    """Check a pair: forward by its values, backward against numeric gradients of the trusted forward.

    dout : the upstream gradient; a random one where none is given
    Raises CheckFailed with the mistake named.
    """
    subject = SUBJECTS[name]

    def both() -> str:
        smooth = _away_from_kinks(subject, inputs)
        ask_in_order(_forward_question(name, subject, forward), smooth)
        return ask_in_order(_backward_question(name, subject, forward, backward), smooth, dout)

    judged(subject, name, both)


def check_local(name: str, backward: Callable[..., Any], /, dout: Any = None, **inputs: Any) -> None:
    """Check a backward whose forward and cache are given: the local gradient times the upstream gradient.

    Raises CheckFailed with the mistake named.
    """
    subject = SUBJECTS[name]
    judged(subject, name, lambda: ask_in_order(_backward_question(name, subject, None, backward), inputs, dout))


def judged(subject: Subject, name: str, questions: Callable[[], str]) -> None:
    """Ask, then note and show the verdict: one line when it passes, CheckFailed when it does not."""
    try:
        said = questions()
    except Stopped as stop:
        failure = session.failed(subject.exercise, name, stop.report.failure())
    else:
        session.passed(subject.exercise, name, said)
        return
    raise failure


# --- questions ----------------------------------------------------------------------------------------------------


def _call_question(name: str, subject: Subject, function: Callable[..., Any]) -> Question:
    def ask(inputs: Inputs, _dout: Any) -> Asked:
        first = call(function, inputs)
        again = first if subject.costly else call(function, inputs)
        return Asked(first.result, again.result, first.overflow, first.changed)

    return Question(
        subject.forward_name or name,
        subject,
        subject.suspects,
        ask,
        lambda inputs, _dout: subject.forward(**fresh(inputs)),
        subject.labels or ("result",),
    )


def _forward_question(name: str, subject: Subject, forward: Callable[..., Any]) -> Question:
    function = subject.forward_name or f"{name}_forward"

    def ask(inputs: Inputs, _dout: Any) -> Asked:
        first, again = call(forward, inputs), call(forward, inputs)
        return Asked(_pair(function, first)[0], _pair(function, again)[0], first.overflow, first.changed)

    return Question(
        function,
        subject,
        subject.forward_suspects,
        ask,
        lambda inputs, _dout: subject.forward(**fresh(inputs)),
        ("out",),
    )


def _backward_question(
    name: str, subject: Subject, forward: Callable[..., Any] | None, backward: Callable[..., Any]
) -> Question:
    def run_forward(inputs: Inputs) -> tuple[Inputs, Any]:
        if forward is None:
            assert subject.cache is not None, f"{name} has no given cache"
            return inputs, subject.cache(**inputs)
        kept = fresh(inputs)
        called = call(lambda *_: forward(*kept.values()), {})
        return kept, _pair(subject.forward_name or f"{name}_forward", called)[1]

    def ask(inputs: Inputs, dout: Any) -> Asked:
        kept, cache = run_forward(inputs)
        first, again = (call(lambda dout: backward(dout, cache), {"dout": dout}) for _time in range(2))
        # a cache may hold the very arrays that forward was given: backward must not write into those either
        changed = tuple(key for key in inputs if not same(kept[key], inputs[key]))
        return Asked(first.result, again.result, first.overflow, (*first.changed, *changed))

    def answer(inputs: Inputs, dout: Any) -> Any:
        gradients = tuple(numeric.vjp(subject.forward, inputs, each, dout) for each in subject.wrt)
        return gradients if len(gradients) > 1 else gradients[0]

    return Question(
        subject.backward_name or f"{name}_backward",
        subject,
        subject.suspects,
        ask,
        answer,
        subject.labels or tuple(f"d{each}" for each in subject.wrt),
        pulls_back=True,
    )


def _pair(function: str, called: Called) -> tuple[Any, Any]:
    result = called.result
    if not isinstance(result, tuple | list) or len(result) != 2:
        title = _("{function} has to return a pair, (out, cache)").format(function=function)
        raise Stopped(Report(title, ("wrong-type",), [_("yours: {got}").format(got=report.kind(result))]))
    return result[0], result[1]


def _away_from_kinks(subject: Subject, inputs: Inputs) -> Inputs:
    moves = rng(5)
    moved = inputs
    for _time in range(20):
        if not evidence.at_kink(subject.forward, moved, subject.wrt):
            break
        # stretched alone, what is next to a kink at 0 would stay there
        moved = subject.others(moves, {**inputs, **{each: evidence.aside(moves, inputs[each]) for each in subject.wrt}})
    if moved is not inputs:
        print(_("○ These inputs sit on a kink, where no gradient is demanded: the check moved a little aside."))
    return moved


# --- asking in order ----------------------------------------------------------------------------------------------


def ask_in_order(question: Question, inputs: Inputs, dout: Any = None) -> str:
    """Ask every question in order; return what to say when all are answered.

    Raises Stopped with a report at the first that is not.
    """
    if question.pulls_back and dout is None:
        dout = evidence.upstream_like(rng(11), question.subject.forward(**fresh(inputs)))
    shown = {**inputs, "dout": dout} if question.pulls_back else inputs
    asked = attempt(question.name, lambda: question.ask(inputs, dout), shown)
    found = parts(question.labels, asked.result, question.answer(inputs, dout))
    wrong = sorted((leaf for leaf in found if leaf.problem), key=lambda leaf: _PROBLEMS.index(leaf.problem))
    if wrong:
        raise Stopped(_explain(question, wrong, asked, inputs, dout))
    _behaved(question, asked, shown)
    return _praise(question, found)


def attempt(name: str, action: Callable[[], Any], inputs: Inputs) -> Any:
    """Run something of the learner's; raise Stopped with a report where it is untried or raises."""
    try:
        return action()
    except Untried as stub:
        raise Stopped(untried(name, stub.missing)) from None
    except Raised as raised:
        title = _("{function} raised {kind}").format(function=name, kind=raised.kind)
        facts = [report.clip(raised.said)] if raised.said else []
        if raised.line:
            facts.append(_("in the line  {line}").format(line=report.clip(raised.line)))
        if inputs:
            facts.append(_("called with {inputs}").format(inputs=report.where(inputs)))
        raise Stopped(Report(title, ("raised",), facts, _unfitting(raised.said))) from None


def _unfitting(said: str) -> list[str]:
    """Say in a learner's words what numpy means by core dimensions and operands."""
    if not any(words in said for words in ("core dimension", "broadcast together", "not aligned")):
        return []
    return [_("Two sizes that have to be equal are not. Write each array's shape beside it: which two numbers meet?")]


def untried(name: str, missing: str = "") -> Report:
    """Return the report of something not attempted yet: calm, it is no mistake.

    missing : another function that it calls, and that is not written yet
    """
    if not missing:
        return Report(_("{function}: not attempted yet").format(function=name), ("not-attempted",), calm=True)
    title = _("{function} calls {missing}, which is not written yet").format(function=name, missing=missing)
    asks = _("Write {missing} first. Or can {function} do without it?").format(function=name, missing=missing)
    return Report(title, ("not-attempted",), looks_like=[asks], calm=True)


def _behaved(question: Question, asked: Asked, shown: Inputs) -> None:
    at = _("at {inputs}").format(inputs=report.where(shown))
    if asked.overflow and question.subject.stable:
        title = _("{function}: the result is right, numpy warned on the way").format(function=question.name)
        raise Stopped(Report(title, ("not-finite",), [asked.overflow, at]))
    if asked.changed:
        title = _("{function} changed its argument {names}").format(
            function=question.name, names=", ".join(asked.changed)
        )
        raise Stopped(Report(title, ("mutates-input",), [at]))
    if _differs(question, asked):
        title = _("{function}: the same call, made twice, gave two answers").format(function=question.name)
        raise Stopped(Report(title, ("unstable-result",), [at]))


def _differs(question: Question, asked: Asked) -> bool:
    return any(leaf.problem for leaf in parts(question.labels, asked.again, _as_wanted(asked.result)))


def _as_wanted(result: Any) -> Any:
    return list(result) if isinstance(result, np.ndarray) and result.dtype.kind not in "biuf" else result


def _praise(question: Question, found: Sequence[Leaf]) -> str:
    if not question.pulls_back:
        return _("{function}: right").format(function=question.name)
    names = [report.called(leaf.name) for leaf in found]
    worst = max((float(np.max(relative_error(leaf.got, leaf.want), initial=0.0)) for leaf in found), default=0.0)
    if len(names) == 1:
        says = _("{function}: {names} agrees with the numeric gradient (largest relative error {error})")
    else:
        says = _("{function}: {names} agree with the numeric gradient (largest relative error {error})")
    return says.format(function=question.name, names=", ".join(names), error=f"{worst:.0e}")


# --- explaining ---------------------------------------------------------------------------------------------------


def _explain(question: Question, wrong: Sequence[Leaf], asked: Asked, inputs: Inputs, dout: Any) -> Report:
    first = wrong[0]
    at = _("at {inputs}").format(inputs=report.where({**inputs, "dout": dout} if question.pulls_back else inputs))
    title = _("{function}: {leaf} is wrong").format(function=question.name, leaf=report.called(first.name))
    if first.problem == "type":
        wanted = _wanted_kind(first.want)
        facts = [at, _("yours: {got}    wanted: {want}").format(got=report.kind(first.got), want=wanted)]
        return Report(title, ("wrong-type",), facts)
    if first.problem == "finite":
        facts = [at, *_numbers(question, first), *([asked.overflow] if asked.overflow else [])]
        return Report(title, ("not-finite",), facts)
    if not isinstance(first.got, np.ndarray) or not isinstance(first.want, np.ndarray):
        facts = [at, *_lengths(first)]
        if first.problem == "shape":
            return Report(title, ("wrong-shape",), facts, [_("Count them. Is one missing, or one too many?")])
        return Report(title, ("wrong-value",), facts)
    if not question.pulls_back and _is_a_pair(first.got, first.want, inputs):
        sentence = _(
            "There is an axis of size 2 in front, as if a pair had been taken for an array. "
            "What does each function that you call hand back?"
        )
        return Report(title, ("wrong-shape",), [at, *_numbers(question, first)], [sentence])
    findings = _findings(question, [leaf for leaf in wrong if isinstance(leaf.got, np.ndarray)], inputs, dout)
    mistakes, sentences = _summary(findings)
    if mistakes == ("wrong-value",) and asked.changed:
        mistakes = ("mutates-input",)
        sentences = (*sentences, _("The argument {names} changed on the way.").format(names=", ".join(asked.changed)))
    elif mistakes == ("wrong-value",) and _differs(question, asked):
        mistakes = ("unstable-result",)
        sentences = (*sentences, _("The same call, made again, gives another answer."))
    elif asked.changed:
        mistakes = (*mistakes, "mutates-input")
    others = [leaf.name for leaf in wrong[1:]]
    facts = [at, *_numbers(question, first)]
    if others:
        facts.append(_("wrong too: {names}").format(names=", ".join(others)))
    return Report(title, mistakes, facts, sentences)


def _is_a_pair(got: Any, want: Any, inputs: Inputs) -> bool:
    """Tell whether an answer has the wanted shape but for axes of size 2 in front, which no input has."""
    extra = got.ndim - want.ndim
    sizes = {size for value in inputs.values() if isinstance(value, np.ndarray) for size in value.shape}
    return extra > 0 and got.shape == (2,) * extra + want.shape and 2 not in sizes


def _findings(question: Question, wrong: Sequence[Leaf], inputs: Inputs, dout: Any) -> dict[str, Finding]:
    names = [leaf.name for leaf in wrong]
    draws = _draws(question, names, inputs, dout)
    suspicions = [Suspicion(each, [_suspected(question, each, draw) for draw in draws]) for each in question.suspects]
    if question.pulls_back:
        ones = [replace(draw, dout=np.ones_like(draw.dout) if np.ndim(draw.dout) else 1.0) for draw in draws]
        suspicions += [
            Suspicion(each, [_suspected(question, each, draw) for draw in ones], without_upstream=True)
            for each in question.suspects
        ]
    return explain(draws, names, suspicions)


def _draws(question: Question, names: Sequence[str], inputs: Inputs, dout: Any) -> list[Draw]:
    generator = rng(17)
    asked_before = [(inputs, dout)]
    draws = []
    for number in range(1 if question.subject.costly else 1 + _MORE_DRAWS):
        if number:
            inputs = question.subject.others(generator, asked_before[0][0])
            dout = evidence.upstream_like(generator, dout) if question.pulls_back else None
        draw = _draw(question, inputs, dout)
        if draw and all(name in draw.got for name in names):
            draws.append(draw)
    return draws


def _draw(question: Question, inputs: Inputs, dout: Any) -> Draw | None:
    try:
        result = question.ask(inputs, dout).result
    except (Untried, Raised, Stopped):
        return None
    want = question.answer(inputs, dout)

    def pull_back(upstream: Any, inputs: Inputs) -> Answer:
        return _flat(question, question.answer(inputs, upstream))

    found = parts(question.labels, result, want)
    return Draw(
        inputs,
        {leaf.name: leaf.got for leaf in found if isinstance(leaf.got, np.ndarray)},
        _flat(question, want),
        dout,
        pull_back if question.pulls_back else None,
        question.subject.forward(**fresh(inputs)) if question.pulls_back else None,
    )


def _flat(question: Question, answer: Any) -> Answer:
    return {
        leaf.name: leaf.want for leaf in parts(question.labels, answer, answer) if isinstance(leaf.want, np.ndarray)
    }


def _suspected(question: Question, suspect: Suspect, draw: Draw) -> Answer:
    inputs = fresh(draw.inputs)
    # a wrong formula may divide by zero or overflow where the right one does not
    with np.errstate(all="ignore"):
        try:
            answer = suspect.formula(**inputs, dout=draw.dout) if question.pulls_back else suspect.formula(**inputs)
        except (ArithmeticError, ValueError, IndexError):
            return {}
    if isinstance(answer, dict):
        return {name: np.asarray(value, dtype=np.float64) for name, value in answer.items()}
    return _flat(question, answer)


def _summary(findings: dict[str, Finding]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lenders = {leaf: finding.lender for leaf, finding in findings.items() if finding.lender}
    exchanged = set(lenders.values()) == set(lenders)
    mistakes: list[str] = []
    sentences: list[str] = []
    for finding in findings.values():
        kept = [each for each in finding.mistakes if each != "swapped" or exchanged]
        mistakes += kept or ["wrong-value"]
        alike = ", ".join(report.called(leaf) for leaf, other in findings.items() if other.slip == finding.slip)
        sentences += [says(alike) for says in finding.says]
    specific = [each for each in dict.fromkeys(mistakes) if each not in ("wrong-value", "wrong-shape")]
    return tuple(specific) or tuple(dict.fromkeys(mistakes)), tuple(dict.fromkeys(sentences))


def _numbers(question: Question, leaf: Leaf) -> list[str]:
    if leaf.problem == "shape":
        return [_("your shape {got}    wanted {want}").format(got=leaf.got.shape, want=leaf.want.shape)]
    index = leaf.index
    got, want = report.number(leaf.got[index]), report.number(leaf.want[index])
    line = _("yours {got}    numeric {want}") if question.pulls_back else _("yours {got}    expected {want}")
    error = float(relative_error(leaf.got[index], leaf.want[index]))
    line = line.format(got=got, want=want) + "    " + _("(relative error {error})").format(error=f"{error:.2g}")
    return [f"{report.called(leaf.name)}[{', '.join(map(str, index))}]:  {line}" if index else line]


def _lengths(leaf: Leaf) -> list[str]:
    if isinstance(leaf.got, list | tuple | np.ndarray) and isinstance(leaf.want, list | tuple):
        return [_("yours has {got} items, {want} are wanted").format(got=len(leaf.got), want=len(leaf.want))]
    return [_("yours: {got}    wanted: {want}").format(got=report.plain(leaf.got), want=report.plain(leaf.want))]


def _wanted_kind(want: Any) -> str:
    if isinstance(want, np.ndarray):
        return _("a number") if want.ndim == 0 else _("array of shape {shape}").format(shape=want.shape)
    return report.kind(want)
