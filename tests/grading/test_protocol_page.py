"""docs/protocol.md says what the source says."""

import itertools
import re
from dataclasses import fields

import pytest

from gradschool.course import find_course
from gradschool.grading import session
from gradschool.grading.inside import learner, values
from gradschool.grading.limits import CONFIG_NAME, Limits, read_limits

PAGE = (find_course().root / "docs" / "protocol.md").read_text(encoding="utf-8")


def table(head):
    """Rows of the table whose first column is called so, as lists of cells without marks."""
    lines = PAGE[PAGE.index(f"\n| {head} |") :].lstrip().splitlines()[2:]
    rows = itertools.takewhile(lambda line: line.startswith("|"), lines)
    return [[cell.strip(" `") for cell in row.strip("|").split("|")] for row in rows]


def test_every_limit_stands_there_with_its_default():
    assert [(name, float(default)) for name, default, _ in table("limit")] == [
        (each.name, float(each.default)) for each in fields(Limits)
    ]


def test_the_example_of_a_course_that_raises_limits_works(tmp_path):
    example = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1]
    (tmp_path / CONFIG_NAME).write_text(example)
    limits = read_limits(tmp_path)
    assert (limits.step_cpu, limits.memory) == (60.0, 6 << 30)
    assert limits.processes == Limits().processes


def test_every_message_stands_there():
    served = learner.Learner(channel=None, shell=None)._handlers
    assert {row[0] for row in table("request")} == set(served)
    assert {row[0] for row in table("reply")} == {"ran", "named", "value", "raised"}
    assert {row[0] for row in table("question")} == {"ask"}


def test_every_kind_of_value_stands_there():
    assert {row[0] for row in table("tag")} - {"none"} == {*values._DECODERS, "=", "kept", "given"}


@pytest.mark.parametrize(
    ("bound", "most"),
    [
        ("values in values", values.MAX_DEPTH),
        ("items of a list, tuple or dict", values.MAX_ITEMS),
        ("dimensions of an array", values._MAX_NDIM),
        ("warnings with a reply", learner.MAX_WARNINGS),
        ("warnings with a reply", session._MAX_WARNINGS),
        ("characters of a message or warning", session._MESSAGE_CHARACTERS),
    ],
)
def test_every_bound_stands_there(bound, most):
    said = dict(table("bound"))[bound]
    assert int(re.sub(r"\D", "", said)) == most


def test_what_is_not_stopped_has_a_section_of_its_own():
    assert PAGE.count("\n- **", PAGE.index("## What is not stopped")) >= 8
