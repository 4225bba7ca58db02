"""Predictions before reveals: a guess is answered, never graded."""

from typing import Any

import numpy as np

from gradschool.check.compare import numbers
from gradschool.check.report import plain
from gradschool.language import translate as _


def predict(guess: Any, truth: Any, tolerance: float = 0.01) -> None:
    """Answer a learner's guess; say nothing of the truth while there is none.

    guess : None until the learner has one, then a number, a list or a word
    truth : what it is; compared within `tolerance`, so that two decimals do
    """
    if guess is None:
        print(_("○ Your guess first: put it in place of None and run the cell again."))
    elif _agrees(guess, truth, tolerance):
        print(_("✓ Yes: {truth}.").format(truth=plain(truth)))
    else:
        print(
            _("▸ You said {guess}; it is {truth}. What made the difference?").format(
                guess=plain(guess), truth=plain(truth)
            )
        )


def _agrees(guess: Any, truth: Any, tolerance: float) -> bool:
    if isinstance(truth, str) or isinstance(guess, str):
        return str(guess).strip().lower() == str(truth).lower()
    got, want = numbers(guess), np.asarray(truth, dtype=np.float64)
    return (
        got is not None
        and got.shape == want.shape
        and bool(np.all(np.abs(got - want) <= tolerance * (1 + np.abs(want))))
    )
