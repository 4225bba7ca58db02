"""The same submissions through `nbgrader autograde` and through `gradschool grade`, cell by cell."""

import os
import shutil
import subprocess
import sys
from collections import defaultdict

import classroom

from gradschool.course import ASSIGNMENT, answers, find_course, notebooks, register, source
from gradschool.course.place import Course

COURSE = find_course()
READ = [source.read(path) for path in COURSE.sources()]
NAMES = [read.name for read in READ]
LANGUAGES = ("ko", "en")


def make_course(root):
    """An nbgrader course of the four notebooks, with everything that nbgrader itself wants to know beforehand."""
    course = classroom.make_course(root, **{read.name: notebooks.to_bytes(notebooks.key(read)) for read in READ})
    register.register(course)
    return course


def hand_in(course, student, name, notebook):
    classroom.hand_in(course.autograde / "submitted", student, name, notebooks.to_bytes(notebook))


def hand_in_honest_ones(course):
    """For each language a student who wrote nothing and one who wrote everything."""
    for read in READ:
        for language in LANGUAGES:
            hand_in(course, f"untouched-{language}", read.name, notebooks.learner(read, language, COURSE.config))
            hand_in(course, f"solved-{language}", read.name, notebooks.worked(read, language, COURSE.config))


def hand_in_answers(course, rounds=None):
    """The answer bank, an answer to each exercise in every notebook; hand back how many answers that were.

    rounds : how many students; None: as many as it takes to hand in every answer
    """
    count = 0
    for read in READ:
        bank = defaultdict(list)
        for answer in answers.load_all(COURSE.answers):
            if answer.notebook == read.name:
                bank[answer.exercise].append(answer)
        # wrong answers first in every other exercise, right ones in the others: a few rounds have some of both
        for place, each in enumerate(bank.values()):
            each.sort(key=lambda answer, odd=place % 2: answer.right != odd)
        for number in range(max(map(len, bank.values())) if rounds is None else rounds):
            notebook = notebooks.worked(read, LANGUAGES[number % 2], COURSE.config)
            for each in bank.values():
                if number < len(each):
                    notebook = answers.plant(notebook, each[number])
                    count += 1
            hand_in(course, f"bank-{number:02}", read.name, notebook)
    return count


def through_nbgrader(course):
    """Have nbgrader grade everything; hand back its process, ended."""
    paths = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT],
        cwd=course.autograde,
        env={**os.environ, "PATH": paths},
        capture_output=True,
        text=True,
    )


def through_ours(course, root):
    """Have `gradschool grade` grade the same submissions in another course; hand back that course."""
    ours = Course(root)
    ours.source.mkdir(parents=True)
    ours.autograde.mkdir()
    shutil.copy(course.config, ours.config)
    shutil.copytree(course.keys, ours.keys)
    done = classroom.grade(ours, course.autograde / "submitted")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return ours


def cells(course):
    """(student, notebook, cell) -> points."""
    return {
        (student, notebook, cell): auto
        for student, notebook, cell, auto, *_ in classroom.rows(course, classroom.GRADES)
    }


def differences(theirs, ours):
    """A line for each cell that the two graded differently."""
    one, other = cells(theirs), cells(ours)
    return [
        f"{' '.join(cell)}: nbgrader {one.get(cell)}, gradschool {other.get(cell)}"
        for cell in sorted(one.keys() | other.keys())
        if one.get(cell) != other.get(cell)
    ]
