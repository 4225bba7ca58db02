"""Checking a training of a network by what it achieves: where its losses begin and end, and how many examples it reads right."""

from collections.abc import Callable
from math import ceil
from typing import Any

import numpy as np

from gradschool import reference
from gradschool.check import report
from gradschool.check.calls import call
from gradschool.check.compare import Array, parts
from gradschool.check.core import Inputs, Stopped, attempt, judged
from gradschool.check.report import Report
from gradschool.check.subjects import SUBJECTS
from gradschool.language import translate as _

# an untrained network knows nothing, give or take what its random weights happen to say
_NEAR = 0.15


def check_achieves(
    name: str,
    train: Callable[..., Any],
    /,
    *,
    first_loss: float,
    last_loss: float,
    examples: tuple[Array, Any],
    accuracy: float,
    **inputs: Any,
) -> None:
    """Check the training of a network that sorts examples into classes.

    name : the subject's name
    train : the learner's, from the inputs to (params, losses)
    first_loss : about what the very first batch has to cost
    last_loss : what the last batches, an epoch of them, may cost at most on average
    examples : X (N, D) and labels (N,); the trained network is asked about these
    accuracy : the share of them that has to come out right
    Raises CheckFailed with the first of these that does not hold.
    """
    judged(SUBJECTS[name], name, lambda: _ask(name, train, first_loss, last_loss, examples, accuracy, inputs))


def _ask(
    name: str,
    train: Callable[..., Any],
    first_loss: float,
    last_loss: float,
    examples: tuple[Array, Any],
    accuracy: float,
    inputs: Inputs,
) -> str:
    params, losses = _result(name, train, inputs)
    fell = _("loss from {first} to {last}").format(first=f"{losses[0]:.4f}", last=f"{losses[-1]:.4f}")
    if abs(losses[0] - first_loss) > _NEAR:
        title = _("{function}: the first loss is not that of a network that knows nothing").format(function=name)
        fact = _("yours {got}    expected about {want}").format(got=f"{losses[0]:.4f}", want=f"{first_loss:.4f}")
        raise Stopped(Report(title, ("wrong-value",), [fact]))
    per_epoch = ceil(len(inputs["X"]) / inputs["batch_size"])
    if np.mean(losses[-per_epoch:]) > last_loss:
        title = _("{function}: the loss does not fall far enough").format(function=name)
        raise Stopped(Report(title, ("wrong-value",), [fell]))
    X, labels = examples
    right = int(np.sum(np.argmax(reference.mlp(X, params, inputs["activation"]), axis=1) == labels))
    counted = _("{right} of {count} examples right").format(right=right, count=len(X))
    if right < accuracy * len(X):
        title = _("{function}: too few examples come out right").format(function=name)
        raise Stopped(Report(title, ("wrong-value",), [fell, counted]))
    return f"{name}: {fell}, {counted}"


def _result(name: str, train: Callable[..., Any], inputs: Inputs) -> tuple[list[tuple[Array, Array]], Array]:
    shown = {key: inputs[key] for key in ("learning_rate", "epochs", "batch_size")}
    result = attempt(name, lambda: call(train, inputs).result, shown)
    batches = inputs["epochs"] * ceil(len(inputs["X"]) / inputs["batch_size"])
    leaves = parts(SUBJECTS[name].labels, result, (inputs["params"], [0.0] * batches))
    mistakes = {"type": "wrong-type", "shape": "wrong-shape", "finite": "not-finite"}
    for leaf in leaves:
        if leaf.problem in mistakes:
            title = _("{function}: {leaf} is wrong").format(function=name, leaf=leaf.name)
            fact = _("yours: {got}").format(got=report.plain(leaf.got))
            raise Stopped(Report(title, (mistakes[leaf.problem],), [fact]))
    *params, losses = [leaf.got for leaf in leaves]
    return list(zip(params[::2], params[1::2], strict=True)), losses
