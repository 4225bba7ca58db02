from pathlib import Path
from typing import Any

import pytest
import small

from gradschool.course import answers, key
from gradschool.course.complaints import AuthorError
from gradschool.course.place import Course

BANK = """\
# %% right="a loop"
def table(n):
    return [i * i for i in range(n)]

# %% wrong="wrong-value wrong-sign" title="the numbers themselves" says="first \\\\d+"
def table(n):
    return list(range(n))
"""


def bank(tmp_path: Path, text: str) -> Path:
    path = tmp_path / small.NAME / "table.py"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_answers_are_read_with_what_they_claim(tmp_path: Path) -> None:
    right, wrong = answers.load(bank(tmp_path, BANK))
    assert (right.notebook, right.exercise, right.right, right.title) == (small.NAME, "table", True, "a loop")
    assert (right.mistakes, right.says) == ((), None)
    assert (wrong.right, wrong.mistakes) == (False, ("wrong-value", "wrong-sign"))
    assert (wrong.title, wrong.says) == ("the numbers themselves", r"first \\d+")
    assert (wrong.file, wrong.line) == (f"{small.NAME}/table.py", 5)
    assert wrong.code.endswith("return list(range(n))")
    assert answers.load_all(tmp_path) == [right, wrong]


@pytest.mark.parametrize(
    ("marker", "said"),
    [
        ("# %%", "an answer is right="),
        ('# %% right="a" wrong="wrong-sign"', "an answer is right="),
        ('# %% right="a" title="b"', "a right answer has no title"),
        ('# %% wrong="wrong-sign"', "a wrong answer says what it does"),
        ('# %% wrong="" title="a"', "a wrong answer names its mistake"),
        ('# %% wrong="bad-sign" title="a"', "no mistake 'bad-sign' in the vocabulary"),
        ('# %% wrong="wrong-sign" title="a" kind="strange"', "a wrong answer's kind is one of compound, odd"),
        ('# %% wrong="wrong-sign" title="a" says="("', "says is no regular expression"),
        ('# %% right="a" hard', "unknown tag hard"),
        ("# %% right", "the tag right needs words in quotes"),
        ('# %% [markdown] right="a"', "an answer is code"),
    ],
)
def test_an_answer_that_claims_nothing_or_nonsense_is_told_with_its_line(
    tmp_path: Path, marker: str, said: str
) -> None:
    with pytest.raises(AuthorError) as caught:
        answers.load(bank(tmp_path, f"{marker}\n# x = 1\n"))
    assert any(str(found).startswith(f"{small.NAME}/table.py:1: {said}") for found in caught.value.complaints)


def test_an_answer_that_is_no_python_is_told(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match="not Python"):
        answers.load(bank(tmp_path, '# %% right="a"\ndef f(:\n'))


def cells_by_id(notebook: dict[str, Any]) -> dict[str, Any]:
    return {cell["id"]: cell for cell in notebook["cells"]}


def test_an_answer_is_planted_below_the_last_solution_of_its_exercise(unbuilt: Course, tmp_path: Path) -> None:
    notebook = key(unbuilt.source / f"{small.NAME}.py")
    answer, _ = answers.load(bank(tmp_path, BANK))
    before, after = cells_by_id(notebook), cells_by_id(answers.plant(notebook, answer))
    assert [name for name in before if before[name] != after[name]] == ["table"]
    names: dict[str, Any] = {}
    exec(after["table"]["source"], names)
    assert after["table"]["source"].count("def table") == 2
    assert names["table"](3) == [0, 1, 4]


def test_an_answer_is_planted_into_a_file_of_lines_too(unbuilt: Course, tmp_path: Path) -> None:
    notebook = key(unbuilt.source / f"{small.NAME}.py")
    cell = cells_by_id(notebook)["table"]
    cell["source"] = cell["source"].splitlines(keepends=True)
    answer, _ = answers.load(bank(tmp_path, BANK))
    assert cells_by_id(answers.plant(notebook, answer))["table"]["source"].endswith("range(n)]\n")


def test_an_answer_without_a_place_is_an_error(tmp_path: Path) -> None:
    answer, _ = answers.load(bank(tmp_path, BANK))
    with pytest.raises(LookupError, match="no solution cell of table"):
        answers.plant({"cells": []}, answer)
