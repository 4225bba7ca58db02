"""The course in nbgrader's own hands: nothing for an untouched notebook, everything for a solution, and for answers of
the bank what our own grader gives. The whole bank takes minutes: python benchmarks/parity.py
"""

import re

import both
import classroom
import pytest

_WARNING = re.compile(r"WARNING|ERROR|CRITICAL")
# nbgrader puts the hidden tests back where the learner's copy has none, and says so; a kernel speaks of its port.
_EXPECTED = re.compile(r"Attribute 'checksum' for cell \S+-hidden\S* has changed|Kernel is running over TCP")


@pytest.mark.needs("bwrap")
@pytest.mark.timeout(900)
def test_nbgrader_and_our_grader_give_every_cell_the_same_points(tmp_path):
    course = both.make_course(tmp_path / "theirs")
    both.hand_in_honest_ones(course)
    assert both.hand_in_answers(course, rounds=2) == 70
    done = both.through_nbgrader(course)
    assert done.returncode == 0, done.stderr
    strange = [line for line in done.stderr.splitlines() if _WARNING.search(line) and not _EXPECTED.search(line)]
    assert strange == []
    points = classroom.points(course)
    assert {student: scores for student, scores in points.items() if not student.startswith("bank")} == {
        f"{student}-{language}": dict.fromkeys(both.NAMES, score)
        for student, score in (("untouched", 0.0), ("solved", 25.0))
        for language in both.LANGUAGES
    }
    assert all(0 < score < 25 for scores in (points["bank-00"], points["bank-01"]) for score in scores.values())
    assert both.differences(course, both.through_ours(course, tmp_path / "ours")) == []
