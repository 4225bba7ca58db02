"""The proof that a grade means something: answers are graded, and a mutant that lost nothing is held against the solution.

A mutant may lose no point for one reason only: it does what the solution does. That is shown, not assumed, on a hundred
random inputs like those that the checks use, at the checks' tolerance, changed arguments and warnings included.
"""

import json
import os
import re
import signal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass, replace
from inspect import signature
from io import StringIO
from types import FunctionType
from typing import Any

import numpy as np

from gradschool import check
from gradschool.check.calls import Raised, Untried, call, fresh, guarded, same
from gradschool.check.compare import leaves
from gradschool.check.evidence import upstream_like
from gradschool.check.mistakes import advice
from gradschool.check.subject import Subject
from gradschool.check.subjects import SUBJECTS
from gradschool.check.tables import CORNERS, MARGIN
from gradschool.course import answers, names, slips
from gradschool.course.answers import Answer

from .bench import Bench, Job
from .limits import Limits
from .results import ExerciseResult

INPUTS = 100

#: What hangs shall not hang for long; the processor's time, so that a busy machine changes nothing.
LIMITS = Limits(step_cpu=5.0, step_wall=60.0, total_wall=120.0, restarts=3)

_SECONDS = 60.0  # of the processor's time, for holding one mutant against the solution

Notebook = dict[str, Any]


@contextmanager
def warm() -> Iterator[Bench]:
    """Keep a warm pair of processes for a `with` block, without a sandbox: these answers are ours."""
    bench = Bench(sandbox=False)
    try:
        yield bench
    finally:
        bench.close()


class Exercise:
    """One exercise of a notebook, to put answers to.

    key : dict, the notebook's answer key
    name : the exercise's id
    """

    def __init__(self, key: Notebook, name: str) -> None:
        self.name = name
        # other exercises' checks tell nothing about this one, and cost time
        kept = [cell for cell in key["cells"] if not _graded(cell) or _exercise(cell) == name]
        self.key = {**key, "cells": kept}
        self._bytes = json.dumps(self.key).encode()
        self._solution: _Behaviour | None = None

    def grade(self, bench: Bench, code: str) -> ExerciseResult:
        """Grade an answer's code."""
        planted = json.dumps(answers.plant(self.key, self._answer(code))).encode()
        notebook = self.key["metadata"]["gradschool"]["notebook"]
        return bench.grade(Job(notebook, self._bytes, planted, LIMITS)).exercise(self.name)

    def mutants(self, right: list[Answer]) -> list[slips.Mutant]:
        """Return every mutant of the worked solution and of other right answers, none twice."""
        solved = ["".join(cell["source"]) for cell in self.key["cells"] if _solves(cell, self.name)]
        found = {
            mutant.code: mutant for code in [*solved, *(each.code for each in right)] for mutant in slips.mutants(code)
        }
        return list(found.values())

    def caught(self, bench: Bench, mutant: slips.Mutant) -> tuple[str, str]:
        """Grade a mutant and tell where it lost points: "visible", "hidden" (alone), "equivalent" or "missed".

        Returns that, and for a missed one what it does otherwise than the solution.
        """
        lost = [each.id for each in self.grade(bench, mutant.code).checks if each.score < each.max_score]
        if lost:
            return "hidden" if all("-hidden" in each for each in lost) else "visible", ""
        parted = self.differs(mutant.code)
        return "missed" if parted else "equivalent", parted

    def differs(self, code: str) -> str:
        """Tell what an answer does otherwise than the solution, "" where nothing is found."""
        if self._solution is None:
            self._solution = _Behaviour(self.key, self.name)
        other = answers.plant(self.key, self._answer(code))
        with _at_most(_SECONDS):
            try:
                return self._solution.against(other)
            except _TooLong:
                return "takes too long"

    def ready(self, code: str) -> Callable[[Any], None]:
        """Put an answer into the worked notebook, here; return what runs the checks over it.

        That is called with `gradschool.check`, or with what stands in for it; CheckFailed where one fails.
        """
        found = _run(answers.plant(self.key, self._answer(code)), self.name)
        checks = [_code(cell) for cell in self.key["cells"] if _graded(cell)]

        def run(using: Any) -> None:
            with redirect_stdout(StringIO()):
                for each in checks:
                    exec(each, {**found, "check": using})

        return run

    def refused(self, code: str, seeds: Iterable[int]) -> dict[int, str]:
        """Run the checks here, on other random inputs; return what they said on each seed where one failed.

        seeds : what GRADSCHOOL_SEED is set to, one after the other
        """
        run, before, refused = self.ready(code), os.environ.get("GRADSCHOOL_SEED", "0"), {}
        for seed in seeds:
            os.environ["GRADSCHOOL_SEED"] = str(seed)
            try:
                run(check)
            except check.CheckFailed as failed:
                refused[seed] = failed.text
        os.environ["GRADSCHOOL_SEED"] = before
        return refused

    def _answer(self, code: str) -> Answer:
        return Answer("", self.name, True, "", (), None, "", code, "", 0)


def told(answer: Answer, result: ExerciseResult) -> str:
    """Tell what a wrong answer heard of itself: "its mistake", "another", "none", or "nothing lost".

    None is told also where it is told no more than that the numbers follow none of the usual slips.
    """
    heard = [each for each in result.checks if each.score < each.max_score]
    if not heard:
        return "nothing lost"
    every = {mistake for each in heard for mistake in each.mistakes}
    said = "\n".join(each.message for each in heard)
    named = heard[0].mistakes[:1] == answer.mistakes[:1] and set(answer.mistakes) <= every
    if named and re.search(answer.says or "", said):
        return "none" if advice("wrong-value") in heard[0].message else "its mistake"
    return "none" if every <= {"wrong-value", "wrong-shape"} else "another"


# --- what a notebook's functions do -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Case:
    """One call of a check, written down.

    kind, subject : which of the check's functions, of which subject
    functions : the learner's, by name, or one that the check's cell makes of them
    inputs : what else was handed over, by position and by name
    """

    kind: str
    subject: str
    functions: tuple[str | FunctionType, ...]
    inputs: Any

    def among(self, found: "Names") -> list[Any]:
        """Return the functions as they are in a notebook."""
        return [
            found[each]
            if isinstance(each, str)
            else FunctionType(each.__code__, found, each.__name__, each.__defaults__, each.__closure__)
            for each in self.functions
        ]


class _Recorder:
    """Stands in for `gradschool.check` and writes down what it is asked."""

    random = staticmethod(check.random)
    lent = check.lent

    def __init__(self, cell: dict[str, Any]) -> None:
        self.cell, self.cases = cell, []  # type: ignore[var-annotated]

    def __getattr__(self, kind: str) -> Callable[..., None]:
        return lambda *args, **inputs: self._note(kind, args, inputs)

    def _note(self, kind: str, args: tuple[Any, ...], inputs: dict[str, Any]) -> None:
        if kind in ("call", "forward", "backward", "local", "table", "gate", "graph", "graph_twice", "refuses", "quiz"):
            subject, *rest = args
            count = 2 if kind == "backward" else 1
            functions = tuple(self._name(function) for function in rest[:count])
            self.cases.append(_Case(kind, subject, functions, (rest[count:], inputs)))

    def _name(self, value: Any) -> Any:
        return next((name for name, each in self.cell.items() if each is value), value)


class _Nothing:
    """Stands in for `gradschool.figures`: anything that is asked of it is it again."""

    def __getattr__(self, _name: str) -> "_Nothing":
        return self

    def __call__(self, *_args: Any, **_inputs: Any) -> "_Nothing":
        return self


class _Behaviour:
    """What the worked solution of an exercise does, where its checks look and on random inputs like those."""

    def __init__(self, key: Notebook, exercise: str) -> None:
        self.exercise = exercise
        self.names = _run(key, exercise)
        self.cases = _recorded(key, exercise, self.names)

    def against(self, other: Notebook) -> str:
        try:
            names_ = _run(other, self.exercise)
        except Exception as error:
            return f"the cell raises {type(error).__name__}"
        by_subject = defaultdict(list)
        for case in self.cases:
            by_subject[case.kind, case.subject].append(case)
        for (kind, _subject), cases in by_subject.items():
            with redirect_stdout(StringIO()):
                said = _KINDS[kind](cases, self.names, names_)
            if said:
                return f"{cases[0].subject}: {said}"
        return ""


def _run(notebook: Notebook, exercise: str) -> dict[str, Any]:
    """Run the cells that an exercise stands on: the set-up, solutions, and what is given."""
    wanted: set[str] = set()
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and (_graded(cell) or _solves(cell)):
            wanted |= names.used(_code(cell))
    found: dict[str, Any] = {"__name__": "__main__"}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code" or _graded(cell):
            continue
        code = _code(cell)
        if cell["id"] == "setup":
            exec(code, found)
            found["figures"], found["check"] = _Nothing(), _Recorder(found)
        elif _solves(cell):
            with redirect_stdout(StringIO()):
                exec(code, found)
        elif names.made(code) & wanted:
            with suppress(Exception), redirect_stdout(StringIO()):
                exec(code, found)
    return found


def _recorded(key: Notebook, exercise: str, found: dict[str, Any]) -> list[_Case]:
    found = dict(found)
    found["check"] = recorder = _Recorder(found)
    for cell in key["cells"]:
        if _graded(cell) and _exercise(cell) == exercise:
            exec(_code(cell), found)
    return recorder.cases


def _code(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _grading(cell: dict[str, Any]) -> dict[str, Any]:
    return cell["metadata"].get("nbgrader", {})  # type: ignore[no-any-return]


def _graded(cell: dict[str, Any]) -> bool:
    return bool(_grading(cell).get("grade"))


def _exercise(cell: dict[str, Any]) -> str:
    return str(_grading(cell).get("grade_id", "")).split("-")[0]


def _solves(cell: dict[str, Any], exercise: str = "") -> bool:
    return bool(_grading(cell).get("solution")) and (not exercise or _exercise(cell) == exercise)


class _TooLong(BaseException):
    """Outside of Exception, so that no answer can catch it by accident."""


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: Any) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


# --- one question, put to both ----------------------------------------------------------------------------------------

Names = dict[str, Any]


def _by_name(subject: Subject, case: _Case) -> dict[str, Any]:
    args, inputs = case.inputs
    given = {**dict(zip(signature(subject.forward).parameters, args, strict=False)), **inputs}
    if case.kind in ("backward", "local"):
        # another upstream gradient is drawn each time
        given.pop("dout", None)
    return given


def _draws(cases: list[_Case]) -> Iterator[tuple[_Case, dict[str, Any]]]:
    """A hundred questions like those that the checks ask, and these themselves."""
    rng = np.random.default_rng(100)
    subject = SUBJECTS[cases[0].subject]
    asked = [(case, _by_name(subject, case)) for case in cases]
    yield from asked
    for number in range(1 if subject.costly else INPUTS):
        case, inputs = asked[number % len(asked)]
        yield case, subject.others(rng, inputs)


def _held(name: str, right: Any, other: Any) -> str:
    """Tell where an answer parts from the right one."""
    wanted = right.tolist() if isinstance(right, np.ndarray) and right.dtype == object else right
    wrong = [leaf for leaf in leaves(name, other, wanted) if leaf.problem]
    return f"{wrong[0].name}: another {wrong[0].problem}" if wrong else ""


def _calls(cases: list[_Case], right: Names, other: Names) -> str:
    subject = SUBJECTS[cases[0].subject]
    for case, inputs in _draws(cases):
        (asked,), (answering,) = case.among(right), case.among(other)
        wanted = call(asked, inputs)
        try:
            came, again = call(answering, inputs), call(answering, inputs)
        except (Raised, Untried) as error:
            return f"raises {error}"
        said = _held("result", wanted.result, came.result) or _held("again", wanted.result, again.result)
        said = said or _habits(subject, wanted.changed, came.changed, wanted.overflow, came.overflow)
        if said:
            return said
    return ""


def _tables(cases: list[_Case], right: Names, other: Names) -> str:
    rows = [row for case in cases for row in _rows(case)]
    return _calls([replace(cases[0], inputs=((), row)) for row in rows], right, other)


def _rows(case: _Case) -> Any:
    args, inputs = case.inputs
    return args[0] if args else inputs["rows"]


def _habits(subject: Subject, changes: Any, changed: Any, warns: str, warned: str) -> str:
    if set(changed) - set(changes):
        return f"changes {', '.join(changed)}"
    return "warns" if subject.stable and warned and not warns else ""


def _pairs(cases: list[_Case], right: Names, other: Names) -> str:
    rng = np.random.default_rng(200)
    subject = SUBJECTS[cases[0].subject]
    for case, inputs in _draws(cases):
        dout = upstream_like(rng, subject.forward(**fresh(inputs)))
        wanted = _there_and_back(subject, case, right, inputs, dout)
        try:
            came = _there_and_back(subject, case, other, inputs, dout)
        except (Raised, Untried) as error:
            return f"raises {error}"
        except (TypeError, ValueError):
            return "forward gives no pair"
        for part in ("out", "gradients", "again"):
            said = _held(part, wanted[part], came[part])
            if said:
                return said
        said = _habits(subject, wanted["changed"], came["changed"], wanted["warning"], came["warning"])
        if said:
            return said
    return ""


def _there_and_back(subject: Subject, case: _Case, found: Names, inputs: dict[str, Any], dout: Any) -> dict[str, Any]:
    kept, given = fresh(inputs), fresh(dout)
    if len(case.functions) == 2:
        result, warned = guarded(lambda: case.among(found)[0](*kept.values()))
        out, cache = result
    else:
        assert subject.cache is not None
        out, warned, cache = 0.0, "", subject.cache(**inputs)
    backward = case.among(found)[-1]
    gradients, warned_back = guarded(lambda: backward(given, cache))
    again, _ = guarded(lambda: backward(fresh(dout), cache))
    changed = [name for name in inputs if not same(kept[name], inputs[name])]
    changed += [] if same(given, dout) else ["dout"]
    return {
        **{"out": out, "gradients": gradients, "again": again},
        **{"changed": changed, "warning": warned or warned_back},
    }


def _refusals(cases: list[_Case], right: Names, other: Names) -> str:
    # at other numbers than these there may be an answer
    for case in cases:
        inputs = _by_name(SUBJECTS[case.subject], case)
        (function,) = case.among(other)
        try:
            with np.errstate(all="ignore"):
                function(*fresh(inputs).values())
        except ValueError as error:
            if not str(error).strip():
                return "gives no reason"
        except Exception as error:
            return f"raises {type(error).__name__}"
        else:
            return "answers where there is no answer"
    return ""


def _gates(cases: list[_Case], right: Names, other: Names) -> str:
    for case in cases:
        (asked,), (answering,) = case.among(right), case.among(other)
        try:
            (w, b), (v, c) = asked(), answering()
            sums, wanted = CORNERS @ np.asarray(v) + c, CORNERS @ np.asarray(w) + b > 0
        except Exception as error:
            return f"raises {type(error).__name__}"
        if np.any((sums > 0) != wanted) or np.min(np.abs(sums)) < MARGIN - 1e-9:
            return "another table, or one too close to call"
    return ""


def _graphs(cases: list[_Case], right: Names, other: Names) -> str:
    rng = np.random.default_rng(300)
    for number in range(len(cases) + INPUTS):
        case = cases[number % len(cases)]
        (program,), numbers = case.inputs
        # a chain of thousands is asked for as the check asks for it: a hundred of them say no more
        if number >= len(cases) and "chain" in program.__name__:
            continue
        if number >= len(cases):
            numbers = {name: value * float(rng.uniform(0.55, 1.6)) for name, value in numbers.items()}
        found = [_there_and_back_twice(case.among(each)[0], program, numbers) for each in (right, other)]
        said = _held("graph", *found)
        if said:
            return said
    return ""


def _there_and_back_twice(value: Callable[..., Any], program: Callable[..., Any], numbers: dict[str, float]) -> Any:
    try:
        inputs = [value(number) for number in numbers.values()]
        made = program(*inputs)
        every = [*inputs, *made] if isinstance(made, list) else [*inputs, made]
        found = []
        for _time in range(2 if isinstance(made, list) else 1):
            for each in every:
                each.grad = 0.0
            every[-1].backward()
            found += [each.grad for each in inputs]
        return [every[-1].data, *found]
    except Exception as error:
        return f"raises {type(error).__name__}"


def _letters(cases: list[_Case], right: Names, other: Names) -> str:
    for case in cases:
        (given,), (words,) = case.among(right), case.among(other)
        for question in case.inputs[1]:
            one, another = (str(each.get(question)).strip().lower() for each in (given, words))
            if one != another:
                return f"another letter for {question}"
    return ""


_KINDS: dict[str, Callable[[list[_Case], Names, Names], str]] = {
    "call": _calls,
    "forward": _calls,
    "backward": _pairs,
    "local": _pairs,
    "table": _tables,
    "gate": _gates,
    "graph": _graphs,
    "graph_twice": _graphs,
    "refuses": _refusals,
    "quiz": _letters,
}
