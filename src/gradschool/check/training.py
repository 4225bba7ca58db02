"""Checking that training really learns: the loss falls, and enough examples come out right."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gradschool import reference
from gradschool.check import report
from gradschool.check.calls import call
from gradschool.check.compare import Array, parts
from gradschool.check.core import Stopped, attempt, judged
from gradschool.check.report import Report
from gradschool.check.subjects import SUBJECTS
from gradschool.language import translate as _


def check_learns(name: str, train: Callable[..., Any], /, accuracy: float, **inputs: Any) -> None:
    """Check a training of one neuron on examples X, t by what it achieves.

    name : the subject's name
    train : the learner's, from the inputs to (w, b, losses)
    accuracy : the share of the examples that has to come out right
    Raises CheckFailed where the loss does not fall, or too few examples come out right.
    """
    judged(SUBJECTS[name], name, lambda: _ask(name, train, accuracy, inputs))


def _ask(name: str, train: Callable[..., Any], accuracy: float, inputs: dict[str, Any]) -> str:
    result = attempt(name, lambda: call(train, inputs).result, inputs)
    likeness = (inputs["w"], inputs["b"], [0.0] * inputs["steps"])
    for leaf in parts(SUBJECTS[name].labels, result, likeness):
        if leaf.problem not in ("", "value"):
            mistake = {"type": "wrong-type", "shape": "wrong-shape", "finite": "not-finite"}[leaf.problem]
            title = _("{function}: {leaf} is wrong").format(function=name, leaf=leaf.name)
            raise Stopped(Report(title, (mistake,), [_("yours: {got}").format(got=report.plain(leaf.got))]))
    w, b, losses = (np.asarray(each, dtype=np.float64) for each in result)
    fell = _("loss from {first} to {last}").format(first=f"{losses[0]:.4f}", last=f"{losses[-1]:.4f}")
    if not losses[-1] < losses[0]:
        raise Stopped(Report(_("{function}: the loss does not fall").format(function=name), ("wrong-value",), [fell]))
    right = _answered_right(w, float(b), inputs)
    counted = _("{right} of {count} examples right").format(right=right, count=len(inputs["t"]))
    if right < accuracy * len(inputs["t"]):
        title = _("{function}: too few examples come out right").format(function=name)
        raise Stopped(Report(title, ("wrong-value",), [fell, counted]))
    return f"{name}: {fell}, {counted}"


def _answered_right(w: Array, b: float, inputs: dict[str, Any]) -> int:
    says_yes = reference.neuron(inputs["X"], w, b) > 0.5
    return int(np.sum(says_yes == (inputs["t"] > 0.5)))
