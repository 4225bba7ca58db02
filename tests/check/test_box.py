"""The box in a notebook and its plain-text twin say the same, without colour, and ask on."""

import re
from html import unescape

import pytest

from gradschool import check
from gradschool.check.mistakes import advice
from gradschool.check.report import Report

REPORT = Report(
    "mul_backward: dx is wrong",
    ("missing-upstream",),
    ["at x=-2.0", "yours 5.0    numeric 15    <b>"],
    ["It looks like it."],
)


@pytest.fixture(params=["en", "ko"])
def language(request):
    check.language(request.param)
    yield request.param
    check.language("en")


def words(text):
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("calm", [False, True])
def test_the_box_and_its_twin_say_the_same_word_for_word(calm, language):
    report = Report(REPORT.title, REPORT.mistakes, REPORT.facts, REPORT.looks_like, calm)
    assert words(unescape(re.sub(r"<[^>]*>", " ", report.html()))) == words(report.text())


def test_failed_and_not_attempted_differ_without_colour():
    failed, open_ = (
        Report("f", (mistake,), calm=mistake == "not-attempted") for mistake in ("raised", "not-attempted")
    )
    for say in (Report.text, Report.html):
        assert "✗" in say(failed)
        assert "○" in say(open_)


def test_what_a_learner_wrote_is_no_markup():
    assert "<b>" not in REPORT.html()
    assert "&lt;b&gt;" in REPORT.html()


@pytest.mark.parametrize("mistake", [each for each in check.VOCABULARY if each != "not-attempted"])
def test_every_mistake_has_a_paragraph_that_asks(mistake, language):
    assert "?" in advice(mistake)
    assert (re.search("[가-힣]", advice(mistake)) is not None) == (language == "ko")
