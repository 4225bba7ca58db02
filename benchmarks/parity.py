"""Every answer of the bank, every solution and every untouched notebook through `nbgrader autograde` and through ours.

    python benchmarks/parity.py

Each notebook handed in holds one answer to each of its exercises, so that the bank fits into as many notebooks as its
longest exercise has answers. Prints every cell that the two gave different points; exit status 1 if there is one.
"""

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "grading"))

import both  # noqa: E402


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        course = both.make_course(Path(folder) / "theirs")
        both.hand_in_honest_ones(course)
        count = both.hand_in_answers(course)
        handed_in = len(list((course.autograde / "submitted").rglob("*.ipynb")))
        print(f"{count} answers of the bank, solutions and untouched notebooks: {handed_in} notebooks", flush=True)
        start = time.perf_counter()
        done = both.through_nbgrader(course)
        print(f"nbgrader autograde: {time.perf_counter() - start:.0f} s", flush=True)
        if done.returncode:
            print(done.stderr[-4000:])
            return 1
        start = time.perf_counter()
        ours = both.through_ours(course, Path(folder) / "ours")
        print(f"gradschool grade: {time.perf_counter() - start:.0f} s", flush=True)
        different = both.differences(course, ours)
        print("\n".join(different))
        print(f"{len(both.cells(course))} graded cells, {len(different)} with different points")
        return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
