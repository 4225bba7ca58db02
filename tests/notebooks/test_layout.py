"""How every notebook is laid out, whatever it teaches."""

import re

import pytest

from gradschool.course import find_course, source
from gradschool.language import LANGUAGES

COURSE = find_course()
SOURCES = [source.read(path) for path in COURSE.sources()]
EXERCISES = [pytest.param(exercise, id=exercise.id) for read in SOURCES for exercise in read.exercises]


def _texts(exercise, language):
    return [cell.source for cell in exercise.cells if cell.language == language]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_says_what_it_costs_and_what_it_gives(exercise):
    points, minutes = f"{exercise.points:g}", f"{exercise.minutes:g}"
    promised = {"ko": rf"\({minutes}분, .*{points}점\)", "en": rf"\({minutes} minutes, .*{points}\b.*\)"}
    for language in LANGUAGES:
        assert re.search(promised[language], "\n".join(_texts(exercise, language)))


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_has_hints_titled_by_symptom_as_many_in_each_language(exercise):
    korean, english = (
        re.findall(r"<summary>(.+?)</summary>", "\n".join(_texts(exercise, language))) for language in ("ko", "en")
    )
    assert len(korean) == len(english) >= (1 if exercise.id == "words" else 2)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_asks_for_a_prediction(exercise):
    asks = [cell for cell in exercise.cells if re.search(r"check\.predict\(\s*guess,", cell.source)]
    assert asks or exercise.id == "words", "only the quiz, which asks anyway, needs none"


@pytest.mark.parametrize("read", SOURCES, ids=lambda read: read.name)
def test_a_notebook_ends_with_the_words_it_covered_and_the_progress_view(read):
    assert read.cells[-1].source.strip() == f'check.progress("{read.name}")'
    closing = {cell.language: cell.source for cell in read.cells[-3:-1]}
    assert "점검 목록" in closing["ko"]
    assert "check list" in closing["en"]


@pytest.mark.parametrize("read", SOURCES, ids=lambda read: read.name)
def test_the_minutes_of_the_exercises_are_the_minutes_of_the_notebook(read):
    assert sum(exercise.minutes for exercise in read.exercises) == pytest.approx(read.minutes, rel=0.2)


@pytest.mark.parametrize("read", SOURCES, ids=lambda read: read.name)
def test_the_korean_is_all_in_one_polite_style_and_no_particle_stands_alone(read):
    korean = "\n".join(cell.source for cell in read.cells if cell.language == "ko")
    told = "\n".join(re.findall(r'\bko="([^"]*)"', "\n".join(cell.source for cell in read.cells)))
    assert len(korean) > 5000
    assert len(told) > 100
    assert re.findall(r".*(?:(?<!아)니다|니까|시오)[.?!)].*", korean + told) == []
    assert re.findall(r".*(?:\*\*|`|\$) (?:을|를|은|는|이|가|와|과|로|으로|예요|이에요)[ .,?].*", korean) == []
