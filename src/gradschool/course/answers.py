"""The answer bank: right and wrong answers to an exercise, planted into its notebook to test the tests.

A file ``autograde/answers/lecture4/<notebook>/<exercise>.py`` in percent format; each cell is an answer::

    # %% right="a list for a tuple"
    # %% wrong="missing-upstream" title="hands back the local gradient alone" says="upstream"

`wrong` names the mistakes that the answer makes (ids of the vocabulary, blank-separated); `says` is a regular
expression that the first message must match. `kind="compound"` marks several slips at once where the mistakes do not
tell so already, `kind="odd"` what goes wrong beside the formula: it stops, changes something, gives another kind of
thing, knows the visible numbers alone.
"""

import copy
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradschool.check.mistakes import VOCABULARY
from gradschool.course import names, percent
from gradschool.course.complaints import AuthorError, Complaint

_TAGS = {"right", "wrong", "title", "says", "kind"}
_KINDS = ("compound", "odd")


@dataclass(frozen=True)
class Answer:
    """An answer to an exercise.

    mistakes : empty for a right one
    kind : "compound", "odd", or "" for what a tutor sees every day
    file, line : where it stands in the bank
    """

    notebook: str
    exercise: str
    right: bool
    title: str
    mistakes: tuple[str, ...]
    says: str | None
    kind: str
    code: str
    file: str
    line: int

    def __str__(self) -> str:
        """Name it, for a test's title."""
        return f"{self.exercise}: {'right' if self.right else 'wrong'}: {self.title}"


def load(path: Path) -> list[Answer]:
    """Read one exercise's answers; the file's name is the exercise, its directory's the notebook.

    Raises AuthorError for an answer that is neither right nor wrong, has no title, names an unknown mistake or has a
    `says` that is no regular expression.
    """
    name = f"{path.parent.name}/{path.name}"
    answers, complaints = [], []
    for cell in percent.read(path, name).cells:
        said = list(_complaints(cell))
        complaints += [Complaint(name, cell.line, text) for text in said]
        if not said:
            answers.append(_answer(path, name, cell))
    if complaints:
        raise AuthorError(complaints)
    return answers


def load_all(directory: Path) -> list[Answer]:
    """Read a whole bank: every exercise of every notebook below a directory (`Course.answers`)."""
    return [answer for path in sorted(directory.glob("*/*.py")) for answer in load(path)]


def plant(notebook: dict[str, Any], answer: Answer) -> dict[str, Any]:
    """Put an answer into an exercise; what it defines anew replaces what stood there.

    It goes below the last of the exercise's solution cells that makes one of the names which the answer makes, so that
    the checks right after that cell meet it; below the last of all where none does.

    notebook : dict, a worked notebook or a learner's; it is left as it is
    Returns the notebook with the answer in it.
    Raises LookupError where the notebook has no solution cell of that exercise.
    """
    planted = copy.deepcopy(notebook)
    places = [cell for cell in planted["cells"] if _is_solution_of(cell, answer.exercise)]
    if not places:
        raise LookupError(f"no solution cell of {answer.exercise} to put an answer into ({answer.file}:{answer.line})")
    made = names.made(answer.code)
    place = next((cell for cell in reversed(places) if made & names.made("".join(cell["source"]))), places[-1])
    place["source"] = f"{''.join(place['source']).rstrip()}\n\n\n{answer.code}\n"
    return planted


def _is_solution_of(cell: dict[str, Any], exercise: str) -> bool:
    grading = cell.get("metadata", {}).get("nbgrader", {})
    grade_id = str(grading.get("grade_id", ""))
    return bool(grading.get("solution")) and grade_id.split("-", 1)[0] == exercise


def _answer(path: Path, name: str, cell: percent.RawCell) -> Answer:
    right = "right" in cell.tags
    says = cell.tags.get("says")
    mistakes = () if right else tuple(str(cell.tags["wrong"]).split())
    return Answer(
        notebook=path.parent.name,
        exercise=path.stem,
        right=right,
        title=str(cell.tags["right" if right else "title"]),
        mistakes=mistakes,
        says=None if says is None else str(says),
        kind=str(cell.tags.get("kind", "compound" if len(mistakes) > 1 else "")),
        code=cell.text,
        file=name,
        line=cell.line,
    )


def _complaints(cell: percent.RawCell) -> list[str]:
    found = [f"unknown tag {tag}" for tag in sorted(cell.tags.keys() - _TAGS)]
    found += [f'the tag {tag} needs words in quotes: {tag}="..."' for tag, value in cell.tags.items() if value is True]
    if cell.markdown:
        found.append("an answer is code, not text")
    if ("right" in cell.tags) == ("wrong" in cell.tags):
        found.append('an answer is right="how" or wrong="mistake ..." title="how"')
    elif "right" in cell.tags:
        found += [f"a right answer has no {tag}" for tag in ("title", "says", "kind") if tag in cell.tags]
    else:
        found += _wrong(cell)
    try:
        compile(cell.text, "<answer>", "exec", dont_inherit=True)
    except SyntaxError as error:
        found.append(f"not Python: {error.msg}")
    return found


def _wrong(cell: percent.RawCell) -> list[str]:
    mistakes = str(cell.tags["wrong"]).split()
    found = [f"no mistake {mistake!r} in the vocabulary" for mistake in mistakes if mistake not in VOCABULARY]
    if not mistakes:
        found.append("a wrong answer names its mistake")
    if "title" not in cell.tags:
        found.append('a wrong answer says what it does: title="..."')
    if cell.tags.get("kind", "odd") not in _KINDS:
        found.append(f"a wrong answer's kind is one of {', '.join(_KINDS)}")
    try:
        re.compile(str(cell.tags.get("says", "")))
    except re.error as error:
        found.append(f"says is no regular expression: {error}")
    return found
