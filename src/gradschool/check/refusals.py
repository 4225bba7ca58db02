"""Checking that a function refuses what has no answer: a ValueError, with a reason that a person can read."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gradschool.check import report
from gradschool.check.calls import fresh, guarded
from gradschool.check.compare import leaves, numbers
from gradschool.check.core import Inputs, Stopped, attempt, judged
from gradschool.check.report import Report
from gradschool.check.subjects import SUBJECTS
from gradschool.language import translate as _


def check_refuses(name: str, function: Callable[..., Any], /, **inputs: Any) -> None:
    """Check that a function raises ValueError, and says why, for inputs that it has no answer to.

    name : the subject's name
    function : the learner's
    Raises CheckFailed where it answers, raises something else, or gives no reason.
    """
    judged(SUBJECTS[name], name, lambda: _ask(name, function, inputs))


def _ask(name: str, function: Callable[..., Any], inputs: Inputs) -> str:
    def refusal() -> tuple[str | None, Any]:
        try:
            return None, function(*(fresh(value) for value in inputs.values()))
        except ValueError as error:
            return str(error), None

    reason, answer = attempt(name, lambda: guarded(refusal)[0], inputs)
    at = _("at {inputs}").format(inputs=report.where(inputs))
    if reason is None:
        title = _("{function} answers where there is no answer").format(function=name)
        said = _("yours: {got}    wanted: {want}").format(got=report.plain(answer), want="ValueError")
        asks = _("What can be asked of these inputs before anything is computed, and how does a function say no?")
        raise Stopped(Report(title, (_mistake(answer),), [at, said], [asks]))
    if not reason.strip():
        title = _("{function} refuses, and does not say why").format(function=name)
        raise Stopped(Report(title, ("wrong-value",), [at], [_("What will the one who called it have to change?")]))
    return _("{function}: refuses, and says why: {reason}").format(function=name, reason=report.clip(reason))


def _mistake(answer: Any) -> str:
    if answer is None:
        return "wrong-type"
    parts = [leaf.got for leaf in leaves("result", answer, (0.0, 0.0))]
    found = [array for part in parts if (array := numbers(part)) is not None]
    return "not-finite" if any(not np.all(np.isfinite(array)) for array in found) else "wrong-value"
