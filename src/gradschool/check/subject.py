"""What a check knows about one function of an exercise: what is right, and what wrong answers look like."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradschool.check import evidence
from gradschool.check.hypotheses import Suspect

Vary = Callable[[np.random.Generator, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Subject:
    """One function, or one forward and backward, of an exercise.

    exercise : the exercise's id
    forward : the trusted function, called with the inputs by name
    wrt : the inputs that gradients come back for, in order; () where there is no backward
    labels : what the gradients (or the parts of a tuple that comes back) are called: "dx", "dW", ...
    cache : for a backward whose forward is given: the cache that the given forward hands over
    suspects : wrong formulas for the backward (or for a function without one)
    forward_suspects : wrong formulas for the forward
    keep : inputs that are never varied when a diagnosis asks again (step sizes, counts)
    vary : for inputs that must keep a form of their own (labels, probabilities): other inputs like these
    stable : whether inputs of any size must stay finite, without a warning
    costly : whether a call takes long, so that it is made once and a failure is told from it alone
    backward_name, forward_name : what the learner's functions are called, where not name_backward and name_forward
    """

    exercise: str
    forward: Callable[..., Any]
    wrt: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    cache: Callable[..., Any] | None = None
    suspects: tuple[Suspect, ...] = ()
    forward_suspects: tuple[Suspect, ...] = ()
    keep: tuple[str, ...] = ()
    vary: Vary | None = None
    stable: bool = False
    costly: bool = False
    forward_name: str = ""
    backward_name: str = ""

    def others(self, rng: np.random.Generator, inputs: dict[str, Any]) -> dict[str, Any]:
        """Return other inputs like these."""
        if self.vary:
            return self.vary(rng, inputs)
        return {name: value if name in self.keep else evidence.vary(rng, value) for name, value in inputs.items()}
