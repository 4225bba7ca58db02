"""How long every exercise's checks take on its worked solution, in a process like the one that a notebook runs in.

    python benchmarks/checks.py [ROUNDS]

A check is one call (`check.backward(...)`, ...), and its time the median of a few rounds, the learner's own functions
included, by the processor's clock, which a busy machine does not slow. Beside them: the longest that a wrong answer of
the bank waits until it is told. Exit status 1 where a typical check takes more than 30 ms or any more than 300 ms; one
that trains on real data takes what the training takes.
"""

import statistics
import sys
from collections import defaultdict
from time import process_time

from gradschool import check, course
from gradschool.course import answers, find_course
from gradschool.grading.proof import Exercise

TYPICAL, LARGEST = 0.030, 0.300
TRAINS = ("learns", "achieves")

COURSE = find_course()


class Timed:
    """Stands in for `gradschool.check` and notes how long each of its calls takes."""

    def __init__(self):
        self.taken = defaultdict(list)
        self.number = 0

    def __getattr__(self, kind):
        found = getattr(check, kind)
        if kind in ("random", "later", "lent"):
            return found

        def call(*args, **inputs):
            self.number += 1
            start = process_time()
            found(*args, **inputs)
            self.taken[self.number, kind].append(process_time() - start)

        return call


def right(exercise, rounds):
    """Return kind and median time of every check of an exercise."""
    run, timed = exercise.ready(""), Timed()
    for _ in range(rounds):
        timed.number = 0
        run(timed)
    return [(kind, statistics.median(times)) for (_number, kind), times in timed.taken.items()]


def wrong(exercise, bank):
    """Return the longest time that a wrong answer of the bank waits for its verdict."""
    waited = []
    for answer in bank:
        if not answer.right:
            run = exercise.ready(answer.code)
            start = process_time()
            try:
                run(check)
            except check.CheckFailed:
                waited.append(process_time() - start)
    return max(waited)


def main(rounds):
    """Print a line for every exercise; exit status 1 where a check is too slow."""
    print(f"{'milliseconds':42}{'checks':>8}{'median':>9}{'slowest':>9}{'training':>9}{'wrong, told after':>19}")
    every = []
    for path in COURSE.sources():
        key = course.key(path)
        for file in sorted((COURSE.answers / path.stem).glob("*.py")):
            exercise = Exercise(key, file.stem)
            found = right(exercise, rounds)
            checks = [seconds for kind, seconds in found if kind not in TRAINS]
            trains = [seconds for kind, seconds in found if kind in TRAINS]
            every += checks
            columns = (statistics.median(checks), max(checks), max(trains, default=0.0))
            told = wrong(exercise, answers.load(file))
            print(
                f"{path.stem + ' ' + file.stem:42}{len(found):8}"
                + "".join(f"{1000 * seconds:9.1f}" for seconds in columns)
                + f"{1000 * told:19.1f}",
                flush=True,
            )
    typical, largest = statistics.median(every), max(every)
    print(
        f"a typical check takes {1000 * typical:.1f} ms (at most {1000 * TYPICAL:.0f}), "
        f"the slowest {1000 * largest:.1f} ms (at most {1000 * LARGEST:.0f})"
    )
    return 0 if typical <= TYPICAL and largest <= LARGEST else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
