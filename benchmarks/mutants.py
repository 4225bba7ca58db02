"""The tests are tested: right answers, wrong ones as learners make them, and mutants of the right ones, graded.

    python benchmarks/mutants.py [NOTEBOOK ...] [--seeds 50] [--jobs 2]

A mutant is a right answer with one learner's slip in it (`gradschool.course.slips`). One that loses no point has to do
what the solution does, shown on a hundred random inputs (`gradschool.grading.proof`); else it is missed. The checks are
run over right answers on other seeds of their random inputs too. Exit status 1 where anything is not as it should be.
"""

import argparse
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

from gradschool import course
from gradschool.course import answers, find_course
from gradschool.grading.proof import Exercise, told, warm

COURSE = find_course()
ROWS = (
    ("mutants made", "made"),
    ("  equivalent, shown on random inputs", "equivalent"),
    ("  caught by a visible check", "visible"),
    ("  caught by a hidden check alone", "hidden"),
    ("  missed", "missed"),
    ("wrong answers", "wrong"),
    ("  compound or odd", "unusual"),
    ("  told their mistake", "its mistake"),
    ("  told another", "another"),
    ("  told none", "none"),
    ("  lost no point", "nothing lost"),
    ("right answers", "right"),
    ("  accepted", "accepted"),
    ("  runs of them on other seeds", "runs"),
    ("  accepted there", "accepted again"),
)


def bank(notebook, exercise):
    return answers.load(COURSE.answers / notebook / f"{exercise}.py")


def prove(task):
    """Grade everything there is for one exercise; return its counts and what was not as it should be."""
    notebook, name, key = task
    exercise = Exercise(key, name)
    count, complaints = Counter(), []
    everything = bank(notebook, name)
    right = [answer for answer in everything if answer.right]
    with warm() as bench:
        for answer in everything:
            result = exercise.grade(bench, answer.code)
            full = result.score == result.max_score
            count[verdict := ("accepted" if full else "refused") if answer.right else told(answer, result)] += 1
            count["right" if answer.right else "wrong"] += 1
            count["unusual"] += bool(answer.kind)
            if verdict not in ("accepted", "its mistake"):
                complaints.append(f"{notebook}, {answer}: {verdict}")
        for mutant in exercise.mutants(right):
            caught, parted = exercise.caught(bench, mutant)
            count[caught] += 1
            count["made"] += 1
            if caught == "missed":
                complaints.append(f"{notebook}, {name}: missed {mutant} ({parted})\n{mutant.code}")
    return count, complaints


def accept(task):
    """Run the checks over every right answer of an exercise on other seeds; return counts and complaints."""
    notebook, name, key, seeds = task
    exercise = Exercise(key, name)
    count, complaints = Counter(), []
    for answer in bank(notebook, name):
        if answer.right:
            refused = exercise.refused(answer.code, seeds)
            count["runs"] += len(seeds)
            count["accepted again"] += len(seeds) - len(refused)
            complaints += [f"{notebook}, {answer}: refused on seed {seed}\n{said}" for seed, said in refused.items()]
    return count, complaints


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    known = [path.stem for path in COURSE.sources()]
    asked.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help=", ".join(known))
    asked.add_argument("--seeds", type=int, default=50, help="on how many other seeds right answers are graded")
    asked.add_argument("--jobs", type=int, default=os.cpu_count())
    given = asked.parse_args()
    notebooks = [name for name in known if not given.notebooks or name in given.notebooks]
    keys = {name: course.key(COURSE.source / f"{name}.py") for name in notebooks}
    exercises = [
        (name, path.stem, keys[name]) for name in notebooks for path in sorted((COURSE.answers / name).glob("*.py"))
    ]
    counts = {name: Counter() for name in notebooks}
    with ProcessPoolExecutor(given.jobs) as pool:
        seeded = [(*exercise, range(1, given.seeds + 1)) for exercise in exercises]
        parts = chain(pool.map(accept, seeded), pool.map(prove, exercises))
        for (notebook, name, _key), (count, said) in zip([*exercises, *exercises], parts, strict=True):
            counts[notebook] += count
            print(*said, sep="\n", end="\n" if said else "", flush=True)
            print(f"{notebook}, {name}: {dict(count)}", file=sys.stderr, flush=True)
    columns = {**counts, "all": sum(counts.values(), Counter())}
    print(f"{'':40}" + "".join(f"{name[:16]:>18}" for name in columns))
    for title, of in ROWS:
        print(f"{title:40}" + "".join(f"{count[of]:18}" for count in columns.values()))
    every = columns["all"]
    sound = every["missed"] == every["nothing lost"] == 0 and every["its mistake"] >= 0.97 * every["wrong"]
    return 0 if sound and every["accepted"] == every["right"] and every["accepted again"] == every["runs"] else 1


if __name__ == "__main__":
    sys.exit(main())
