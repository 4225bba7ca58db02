"""One run over 200 submissions, killed 20 times at random moments: does it end where an undisturbed run does?

    python benchmarks/kills.py [KILLS [SUBMISSIONS [SEED]]]

The submissions are answers of the bank, each in the neuron notebook's solution. Every kill is SIGKILL to the program alone; its
workers, judges and sandboxes have to notice by themselves. Compared are the JSON, every stored result, every notebook of
autograded/ and the gradebook's grades and comments, byte for byte; times are left out, and so are the gradebook's random row ids.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "grading"))

import classroom  # noqa: E402

from gradschool.course import answers, find_course, notebooks, source  # noqa: E402

NAME = "3_neuron"
LONGEST_WAIT = 4.0  # seconds after a result was seen, or after the start


def hand_in(folder: Path, count: int) -> None:
    course = find_course()
    read = source.read(course.source / f"{NAME}.py")
    solution = notebooks.worked(read, "en", course.config)
    bank = [answer for answer in answers.load_all(course.answers) if answer.notebook == NAME]
    for number in range(count):
        planted = answers.plant(solution, bank[number % len(bank)])
        classroom.hand_in(folder, f"s{number:03}", NAME, notebooks.to_bytes(planted))


def kill_once(command: list[str], environment: dict[str, str], results: int, wait: float) -> tuple[bool, int]:
    """Start a run, kill it so many results and seconds later; say whether its processes ended, and how many there were."""
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        for _ in range(results):
            while not process.stdout.readline().startswith("["):
                if process.poll() is not None:
                    raise SystemExit("the run came to its end before it was killed: fewer kills, or more submissions")
        time.sleep(wait)
        family = classroom.family(process.pid)
        process.kill()
    return classroom.ended(family), len(family)


def main(kills: int, submissions: int, seed: int) -> int:
    draw = random.Random(seed)
    read = source.read(find_course().source / f"{NAME}.py")
    with tempfile.TemporaryDirectory() as folder:
        handed = Path(folder) / "class"
        hand_in(handed, submissions)
        courses = [
            classroom.make_course(Path(folder) / name, **{NAME: notebooks.to_bytes(notebooks.key(read))})
            for name in ("undisturbed", "killed")
        ]
        reports = [course.root / "report.json" for course in courses]
        start = time.perf_counter()
        classroom.graded(classroom.grade(courses[0], handed, "--json", reports[0]))
        print(f"undisturbed: {submissions} submissions in {time.perf_counter() - start:.0f} s", flush=True)
        survivors = 0
        for number in range(kills):
            results = draw.randrange(2 * submissions // (kills + 4))
            wait = draw.uniform(0, LONGEST_WAIT if results == 0 else 0.3)
            gone, size = kill_once(classroom.command(handed), classroom.environment(courses[1]), results, wait)
            survivors += not gone
            stored = len(list((courses[1].autograde / "results").rglob("*.json")))
            print(
                f"kill {number + 1:2}: {results:2} results and {wait:.2f} s after the start; {size:2} processes, "
                f"{'all gone' if gone else 'SOME LEFT'}; {stored} results stored",
                flush=True,
            )
        last = classroom.graded(classroom.grade(courses[1], handed, "--json", reports[1]))
        same = reports[0].read_bytes() == reports[1].read_bytes()
        wanted, got = (classroom.outcome(course) for course in courses)
        whole = wanted == got
        for path in sorted(wanted[0].keys() | got[0].keys()):
            if wanted[0].get(path) != got[0].get(path):
                print(f"different: {path}")
        print(f"the last run graded the remaining {len(last)}")
        print(
            f"JSON {'equal' if same else 'DIFFERENT'}; results, notebooks, gradebook {'equal' if whole else 'DIFFERENT'}"
        )
        print(f"processes left behind by {survivors} of {kills} kills")
        return 0 if same and whole and not survivors else 1


if __name__ == "__main__":
    sys.exit(main(*[int(given) for given in sys.argv[1:]] + [20, 200, 1][len(sys.argv) - 1 :]))
