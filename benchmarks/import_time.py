"""What `import gradschool` costs over `import numpy`, beside what importing matplotlib costs.

Every import runs in a fresh interpreter; the kinds take turns, so that a busy moment hits all of them alike.

    python benchmarks/import_time.py [ROUNDS]
"""

import statistics
import subprocess
import sys

LIMIT = 0.060

KINDS = {
    "numpy": "import numpy",
    "numpy, then gradschool": "import numpy; import gradschool",
    "numpy, then gradschool's check": "import numpy; from gradschool import check, figures, numeric",
    "numpy, then matplotlib.pyplot": "import numpy; import matplotlib.pyplot",
}

TIMED = "from time import perf_counter; start = perf_counter(); {}; print(perf_counter() - start)"


def seconds(statement):
    """Run an import in a new interpreter and return how long it took there."""
    done = subprocess.run([sys.executable, "-c", TIMED.format(statement)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main(rounds):
    """Print the medians and what each adds to numpy's; exit status 1 where gradschool adds too much."""
    for statement in KINDS.values():
        seconds(statement)
    taken = {kind: [] for kind in KINDS}
    for _ in range(rounds):
        for kind, statement in KINDS.items():
            taken[kind].append(seconds(statement))
    medians = {kind: statistics.median(times) for kind, times in taken.items()}
    print(f"medians of {rounds} interleaved runs")
    for kind, median in medians.items():
        print(f"  import {kind:32} {1000 * median:7.1f} ms   over numpy {1000 * (median - medians['numpy']):7.1f} ms")
    added = medians["numpy, then gradschool"] - medians["numpy"]
    print(f"gradschool adds {1000 * added:.1f} ms; at most {1000 * LIMIT:.0f} ms are allowed")
    return 0 if added < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 11))
