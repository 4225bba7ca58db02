"""Checking a choice of letters, one for each question, against sealed answers: what is right cannot be read off here."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from gradschool.check import report
from gradschool.check.core import Stopped, judged, untried
from gradschool.check.report import Report
from gradschool.check.subjects import SUBJECTS
from gradschool.language import translate as _

LETTERS = "abcd"


def check_quiz(name: str, given: Any, /, **sealed: str) -> None:
    """Check letters by the questions they answer; case and blanks around them do not matter.

    name : the subject's name
    given : the learner's dict of question to letter, None where there is no answer yet
    sealed : for each question that is asked here, `seal(question, letter)` of the right letter
    Raises CheckFailed that names the questions to look at again, and not their answers.
    """
    judged(SUBJECTS[name], name, lambda: _ask(name, given, sealed))


def seal(question: str, letter: str) -> str:
    """Return an answer as a few digits that do not show it."""
    return sha256(f"{question}={letter}".encode()).hexdigest()[:8]


def _ask(name: str, given: Any, sealed: Mapping[str, str]) -> str:
    if not isinstance(given, dict):
        title = _("{function} has to be a dict of question to letter").format(function=name)
        raise Stopped(Report(title, ("wrong-type",), [_("yours: {got}").format(got=report.kind(given))]))
    answers = {question: given.get(question) for question in sealed}
    unanswered = [question for question, answer in answers.items() if answer is None]
    if len(unanswered) == len(sealed):
        raise Stopped(untried(name))
    odd = [question for question, answer in answers.items() if answer is not None and not _letter(answer)]
    if odd:
        title = _("{function}: an answer is one of the letters a, b, c, d").format(function=name)
        facts = [f"{question}: {report.plain(answers[question])}" for question in odd]
        raise Stopped(Report(title, ("wrong-type",), facts))
    wrong = [
        question
        for question, answer in answers.items()
        if answer is not None and seal(question, _letter(answer)) != sealed[question]
    ]
    right = _("{right} of {count} answers are right").format(
        right=len(sealed) - len(wrong) - len(unanswered), count=len(sealed)
    )
    if wrong:
        title = _("{function}: look again at {questions}").format(function=name, questions=", ".join(wrong))
        raise Stopped(Report(title, ("wrong-value",), [right], [_("Where in the four notebooks does that word live?")]))
    if unanswered:
        title = _("{function}: still open: {questions}").format(function=name, questions=", ".join(unanswered))
        raise Stopped(Report(title, ("not-attempted",), [right], calm=True))
    # these questions are another check's: it costs nothing here, and is told while there is time
    no_letters = [str(question) for question, answer in given.items() if answer is not None and not _letter(answer)]
    if no_letters:
        note = _("○ no letter a, b, c, d yet: {questions}").format(questions=", ".join(no_letters))
        return f"{name}: {right}\n{note}"
    return f"{name}: {right}"


def _letter(answer: Any) -> str:
    """Return an answer's letter in small, "" where it is none."""
    letter = answer.strip().lower() if isinstance(answer, str) else ""
    return letter if letter in tuple(LETTERS) else ""
