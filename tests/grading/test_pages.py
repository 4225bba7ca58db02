"""Pages for people: whatever somebody writes, calls themselves or makes a check say is shown, and is never a page's own."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from gradschool.grading.class_report import page as report_page
from gradschool.grading.classbook import Marks, bind
from gradschool.grading.feedback import page as feedback_page
from gradschool.grading.people import Person
from gradschool.grading.register import Entry, Register
from gradschool.grading.results import CheckResult, ExerciseResult, NotebookResult, SubmissionResult
from gradschool.grading.similarity import Pair

EVIL = "</pre></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>{{7*7}}"
OURS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "header",
    "h1",
    "h2",
    "h3",
    "p",
    "strong",
    "section",
    "ol",
    "li",
}
OURS |= {
    "div",
    "span",
    "article",
    "pre",
    "footer",
    "svg",
    "rect",
    "a",
    "ul",
    "table",
    "tr",
    "th",
    "td",
    "b",
    "i",
    "circle",
}
OURS |= {"line", "text", "code", "details", "summary"}


class Reader(HTMLParser):
    """What a browser would make of a page: its elements, attributes, and the text that is seen."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text = set(), [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text.append(data)


def result(code="return 1", message="✗ add: wrong", mistake="wrong-sign", language="en", **how):
    cell = {"cell_type": "code", "id": "add", "source": code}
    checks = (
        CheckResult("add-check", 0.0, 1.0, False, (mistake,), message),
        CheckResult("add-hidden", 1.0, 1.0, True),
    )
    document = {"cells": [cell], "metadata": {"gradschool": {"language": language}}}
    return NotebookResult("small", "graded", exercises=(ExerciseResult("add", checks),), document=document, **how)


def classbook(*results, names=(), marks=None, unknown=(), warnings=()):
    submissions = [SubmissionResult(f"s{number}", (each,)) for number, each in enumerate(results)]
    named = dict(enumerate(names))
    entries = {
        f"s{number}": Entry(
            f"s{number}", named.get(number, ""), files={"small": ("a.ipynb", 1.0e9, False)}, warnings=warnings
        )
        for number in range(len(results))
    }
    people = tuple(Person(f"s{number}", name) for number, name in named.items())
    return bind(submissions, Register(entries, people, unknown), marks or {})


@pytest.fixture
def hostile():
    evil = result(
        code=f"def add():\n    return '''{EVIL}'''  # {EVIL}", message=f"✗ add: {EVIL}\n    {EVIL}", warnings=(EVIL,)
    )
    marks = {("s0", "small"): Marks(comments={"add": EVIL})}
    broken = NotebookResult("small", "unreadable", (EVIL,), evil.exercises, reasons={"en": EVIL, "ko": EVIL})
    return classbook(evil, broken, names=[EVIL, EVIL], marks=marks, unknown=(EVIL,), warnings=(EVIL,))


def is_harmless(page):
    read = Reader(page)
    assert read.tags <= OURS
    assert [name for name, _ in read.attributes if name.startswith("on") or name in ("src", "action")] == []
    assert [value for name, value in read.attributes if name == "href" and not value.startswith("#")] == []
    assert "49" not in page.replace(EVIL, "")
    return "".join(read.text)


@pytest.mark.parametrize("place", [0, 1], ids=["a graded one", "an unreadable one"])
def test_a_feedback_page_shows_markup_as_it_was_written(hostile, place):
    text = is_harmless(feedback_page(hostile, hostile.members[place]))
    assert text.count("<script>alert(1)</script>") >= 2


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_report_shows_markup_as_it_was_written(hostile, language):
    alike = [Pair(*hostile.members, ("add", EVIL), (EVIL,))]
    text = is_harmless(report_page(hostile, language, alike=alike))
    assert text.count("<script>alert(1)</script>") > 5


def test_a_message_is_set_line_by_line_with_its_indentation():
    book = classbook(result(message="✗ add: dx is wrong\n    yours 3.0    wanted 15.0\n        deeper"))
    page = feedback_page(book, book.members[0])
    assert "<p><strong>add: dx is wrong</strong></p>" in page
    assert '<p style="padding-left:1em">yours 3.0    wanted 15.0</p>' in page
    assert '<p style="padding-left:2em">deeper</p>' in page


def test_an_example_names_nobody_of_the_class():
    code = "def add(x, y):\n    minji = x - y  # 김민지\n    return minji"
    book = classbook(result(code=code, message="✗ add: 김민지 wrote s0"), result(), names=["김민지", "Jun Park"])
    page = report_page(book, "en", anonymous=True)
    assert "김민지" not in page
    assert "Jun Park" not in page


def test_an_example_in_a_language_that_the_reader_has_not_chosen_keeps_its_code_alone():
    book = classbook(result(code="def add(x, y):\n    return x - y", message="✗ add: 부호가 반대예요", language="ko"))
    english, korean = report_page(book, "en"), report_page(book, "ko")
    assert "부호가 반대예요" in korean
    assert "부호가 반대예요" not in english
    assert "The size is right and the sign is the other one." in english


def test_who_handed_in_a_broken_file_is_first_told_to_hand_it_in_again():
    broken = NotebookResult(
        "small", "unreadable", ("cut off",), result().exercises, reasons={"ko": "잘렸어요", "en": "cut off"}
    )
    book = classbook(broken)
    page = feedback_page(book, book.members[0])
    assert "<ol><li>small.ipynb: 노트북을 저장한 뒤" in page
    assert "잘렸어요" in page
    assert "cut off" not in page


def test_everybody_on_the_roster_is_in_the_report_and_nothing_is_no_zero():
    book = classbook(result(), names=["Kim"])
    book = replace(
        book, members=(*book.members, replace(book.members[0], student="s9", name="Lee", entry=None, results={}))
    )
    page = report_page(book, "en")
    row = page[page.index("<td>Lee") :].partition("</tr>")[0]
    assert "nothing" in row
    assert ">0<" not in row
