"""The tests are tested: every answer of the bank goes through the grader, as a submission would."""

import json
import re
from collections import defaultdict

import pytest

from gradschool import course
from gradschool.course import answers, find_course, names, notebooks, source
from gradschool.grading import Grader

COURSE = find_course()
BANK = answers.load_all(COURSE.answers)
NOTEBOOKS = [path.stem for path in COURSE.sources()]


@pytest.fixture(scope="session")
def graders():
    """A warm grader for each notebook, made when it is first wanted."""
    made = {}

    def grader(notebook):
        if notebook not in made:
            key = course.key(COURSE.source / f"{notebook}.py")
            made[notebook] = key, Grader(json.dumps(key).encode()).__enter__()
        return made[notebook]

    yield grader
    for _key, each in made.values():
        each.__exit__(None, None, None)


@pytest.mark.parametrize("answer", BANK, ids=lambda answer: f"{answer.notebook}-{answer}")
def test_an_answer_gets_the_verdict_it_deserves(answer, graders):
    key, grader = graders(answer.notebook)
    result = grader.grade(json.dumps(answers.plant(key, answer)).encode())
    assert result.status == "graded"
    exercise = result.exercise(answer.exercise)
    told = [check.mistakes for check in exercise.checks if check.mistakes]
    messages = "\n".join(check.message for check in exercise.checks)
    print(f"{answer}: {exercise.score:g}/{exercise.max_score:g} {told}")
    if answer.right:
        assert exercise.score == exercise.max_score, messages
        return
    assert exercise.score < exercise.max_score, "a wrong answer got full points"
    assert told[0][0] == answer.mistakes[0], messages
    assert set(answer.mistakes) <= {mistake for mistakes in told for mistake in mistakes}, messages
    if answer.says:
        assert re.search(answer.says, messages), messages


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_one_mistake_costs_one_exercise(notebook, graders):
    """A wrong answer takes no point from any other exercise, but from one that calls what was got wrong."""
    key, grader = graders(notebook)
    calls = callers(key)
    firsts = {answer.exercise: answer for answer in reversed(BANK) if answer.notebook == notebook and not answer.right}
    for answer in firsts.values():
        result = grader.grade(json.dumps(answers.plant(key, answer)).encode())
        lost = {exercise.id for exercise in result.exercises if exercise.score < exercise.max_score}
        assert {answer.exercise} <= lost <= {answer.exercise, *calls[answer.exercise]}


def callers(key):
    """Exercise -> those whose worked solution calls one of its functions, be it through another's."""
    code = defaultdict(str)
    for cell in key["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            code[cell["metadata"]["nbgrader"]["grade_id"].split("-")[0]] += "".join(cell["source"]) + "\n"
    direct = {one: {other for other in code if names.used(code[other]) & names.made(code[one])} for one in code}
    found = defaultdict(set)
    for exercise in reversed(code):
        for caller in direct[exercise] - {exercise}:
            found[exercise] |= {caller} | found[caller]
    return found


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_untouched_is_nothing_and_the_solution_everything(notebook, language, graders):
    key, grader = graders(notebook)
    read = source.read(COURSE.source / f"{notebook}.py")
    untouched = grader.grade(notebooks.to_bytes(notebooks.learner(read, language, COURSE.config)))
    assert (untouched.score, untouched.max_score) == (0.0, 25.0)
    assert {m for e in untouched.exercises for m in e.mistakes} == {"not-attempted"}
    solution = grader.grade(json.dumps(key).encode())
    assert (solution.score, solution.max_score) == (25.0, 25.0)


def test_the_bank_is_as_large_as_it_should_be():
    right, wrong, unusual = defaultdict(int), defaultdict(int), defaultdict(int)
    for answer in BANK:
        (right if answer.right else wrong)[answer.notebook, answer.exercise] += 1
        unusual[answer.notebook, answer.exercise] += bool(answer.kind)
    exercises = {(read.name, each.id) for read in map(source.read, COURSE.sources()) for each in read.exercises}
    assert {each: right[each] for each in exercises if right[each] < 4} == {}
    assert {each: wrong[each] for each in exercises if wrong[each] < 8} == {}
    assert {each: f"{unusual[each]} of {wrong[each]}" for each in exercises if unusual[each] < wrong[each] / 4} == {}
