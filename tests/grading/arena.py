"""Where hostile homework is graded: what must hold after each piece of it, whatever it tried."""

import json
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import homework

# What comes after the time for a whole notebook, before the judge itself is given up.
SPARE_SECONDS = 15.0

# The exercise `target` earns nothing, its neighbours everything.
NOTHING = {"before": 2.0, "target": 0.0, "after": 2.0}
EVERYTHING = {"before": 2.0, "target": 2.0, "after": 2.0}

# A wrong answer that never raises, so that only a verdict turned round could give it a point.
WRONG = "def target(x):\n    return x * 0 - 1"

# Gets hold of the learner's end of the wire, as anybody can who reads the source.
WIRE = """
import gc, json, os, struct, sys
from gradschool_learner import learner, wire
mine = next(each for each in gc.get_objects() if type(each) is learner.Learner)
channel = mine._channel
def frame(message, block=b""):
    text = json.dumps(message).encode()
    return struct.pack(">II", len(text), len(block)) + text + block
"""


@dataclass(frozen=True)
class Attack:
    """What one submission does, and what it must get for it.

    target : the cell that answers the exercise `target`; None for the right answer
    first, last : cells of the learner's own, run before the exercise and after everything
    says : what the cells must have printed, in order, each somewhere
    limits : where the usual ones would take too long
    """

    target: str | None = WRONG
    first: str = ""
    last: str = ""
    points: dict[str, float] = field(default_factory=lambda: NOTHING)
    says: tuple[str, ...] = ()
    limits: dict[str, float] = field(default_factory=dict)


# What is in the environment of whoever grades, and what stands in a hidden check: to be found by nobody.
SECRET = "the grader's own affair"
HIDDEN = "what only the key knows"

_TARGET = replace(homework.TARGET, hidden=f"{homework.TARGET.hidden}, {HIDDEN!r}")
KEY = homework.key(homework.BEFORE, _TARGET, homework.AFTER)
HONEST = homework.to_bytes(homework.handed_in(KEY))


class Arena:
    """A warm grader in the sandbox, and an honest neighbour whose result is known."""

    def __init__(self, warm):
        self.warm = warm
        warm.grade(KEY, HONEST)
        self._honest = stored(warm.grade(KEY, HONEST))
        self._running = self.running()

    def holds(self, attack):
        """Grade an attack; everything that must hold does."""
        insert = {"setup": [attack.first] if attack.first else [], "after-hidden": [attack.last] if attack.last else []}
        answers = {} if attack.target is None else {"target": attack.target}
        submission = homework.handed_in(KEY, answers, insert=insert)
        result = self.grade(homework.to_bytes(submission), **attack.limits)
        assert homework.scores(result) == attack.points, messages(result)
        printed = output(result)
        for text in attack.says:
            assert text in printed, printed
        return result

    def grade(self, data, key=KEY, **limits):
        """Grade any bytes; the judge comes back in time, and nothing is left of it for those who come next."""
        start = time.monotonic()
        result = self.warm.grade(key, data, **limits)
        allowed = limits.get("total_wall", self.warm.limits.total_wall) + SPARE_SECONDS
        assert time.monotonic() - start < allowed
        assert stored(result)
        assert self.running() == self._running
        assert stored(self.warm.grade(KEY, HONEST)) == self._honest
        return result

    def running(self):
        """Processes that the grader has: its judge's template, and the sandbox with the learners' template in it."""
        parents = {}
        for path in Path("/proc").glob("[0-9]*"):  # and not "[0-9]*/stat", which fails where one ends meanwhile
            try:
                state, parent = (path / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if state != "Z":
                parents[int(path.name)] = int(parent)
        found = {self.warm.bench._process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found


def stored(result):
    """A result as it is written down: it must be possible to write it."""
    return json.dumps(result.stored(), ensure_ascii=False).encode()


def messages(result):
    """What was said of each check that failed."""
    return {check.id: check.message for check in homework.checks(result).values() if not check.passed}


def output(result):
    """Everything that the learner's cells printed, showed or raised."""
    found = [output for cell in result.document.get("cells", ()) for output in cell.get("outputs", ())]
    return "\n".join(
        each["text"]
        if "text" in each
        else f"{each['ename']}: {each['evalue']}"
        if "ename" in each
        else "\n".join(each["data"].values())
        for each in found
    )
