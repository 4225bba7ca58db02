"""Small courses and what is handed in for them: keys and submissions as notebooks, made from a few lines of code."""

import copy
import json
from dataclasses import dataclass

from gradschool.course import regions
from gradschool.course.source import STUB

SETUP = 'import numpy as np\n\nfrom gradschool import check\n\ncheck.language("en")\n'


@dataclass(frozen=True)
class Exercise:
    """An exercise of a small course: a solution, a visible check and a hidden one, a point each.

    head : the line with `def`; body : what a learner writes
    """

    id: str
    head: str
    body: str
    check: str
    hidden: str

    @property
    def solution(self):
        body = "\n".join(f"    {line}" for line in self.body.splitlines())
        return f"{self.head}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"

    @property
    def right(self):
        return regions.without_markers(self.solution, regions.SOLUTION)


def exercise(name, body, check, hidden, arguments="x"):
    return Exercise(name, f"def {name}({arguments}):", body, check, hidden)


BEFORE = exercise("before", "return x + 1", "assert before(1.0) == 2.0", "assert before(-2.5) == -1.5")
TARGET = exercise(
    "target",
    "return x * x",
    "assert np.allclose(target(np.array([1.0, 2.0, 3.0])), [1.0, 4.0, 9.0])\nassert target(3.0) == 9.0",
    "assert np.allclose(target(np.array([-2.5, 0.5])), [6.25, 0.25])\nassert target(-1.5) == 2.25",
)
AFTER = exercise("after", "return -x", "assert after(1.0) == -1.0", "assert after(-2.5) == 2.5")


def key(*exercises, setup=SETUP, given=(), name="small"):
    """The answer key; `given` are code cells that stand before the exercises."""
    cells = [code("setup", setup)]
    cells += [code(f"opening-code-{number}", source) for number, source in enumerate(given, 1)]
    for each in exercises:
        cells.append({"cell_type": "markdown", "id": f"{each.id}-text-1", "metadata": {}, "source": f"## {each.id}"})
        cells.append(code(each.id, each.solution, solution=True))
        cells.append(code(f"{each.id}-check", each.check, points=1))
        hidden = f"### BEGIN HIDDEN TESTS\n{each.hidden}\n### END HIDDEN TESTS"
        cells.append(code(f"{each.id}-hidden", f"check.later(en='more', ko='더')\n{hidden}", points=1))
    metadata = {"gradschool": {"notebook": name, "language": "en"}, "kernelspec": {"name": "python3"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def code(cell_id, source, *, solution=False, points=None):
    cell = {
        "cell_type": "code",
        "id": cell_id,
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
    if solution or points is not None:
        cell["metadata"]["nbgrader"] = {
            "grade": points is not None,
            "grade_id": cell_id,
            "locked": points is not None,
            "schema_version": 3,
            "solution": solution,
            "task": False,
            **({} if points is None else {"points": points}),
        }
    return cell


def release(key_notebook):
    """What a learner is given: stubs, and checks without what they hide."""
    notebook = copy.deepcopy(key_notebook)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = (
                regions.without(cell["source"], regions.HIDDEN) if "HIDDEN" in cell["source"] else cell["source"]
            )
            if cell["metadata"].get("nbgrader", {}).get("solution"):
                cell["source"] = regions.without(cell["source"], regions.SOLUTION, STUB)
    return notebook


def handed_in(key_notebook, answers=None, *, insert=None):
    """A learner's copy with some cells filled in, and cells of their own after others.

    answers : cell id -> source; without it, every answer is right
    insert : cell id -> sources of code cells that follow it
    """
    notebook = release(key_notebook)
    rights = {
        cell["id"]: regions.without_markers(cell["source"], regions.SOLUTION)
        for cell in key_notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
    }
    answers = rights if answers is None else {**rights, **answers}
    cells = []
    for cell in notebook["cells"]:
        cells.append({**cell, "source": answers.get(cell["id"], cell["source"])})
        for number, source in enumerate((insert or {}).get(cell["id"], ())):
            cells.append(code(f"own-{cell['id']}-{number}", source))
    return {**notebook, "cells": cells}


def to_bytes(notebook):
    return json.dumps(notebook, ensure_ascii=False).encode()


def scores(result):
    """Points by exercise."""
    return {each.id: each.score for each in result.exercises}


def checks(result):
    """Checks by id."""
    return {check.id: check for each in result.exercises for check in each.checks}
