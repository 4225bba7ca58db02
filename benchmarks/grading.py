"""The same honest notebooks through `nbgrader autograde`, through ours with one job and with two, and their cells alone.

    python benchmarks/grading.py [--copies N] [--growth N ...]

The notebooks are the worked solutions, in both languages; nbgrader grades each once, ours grades `--copies` of each. The
last line of each table is the limit: the same cells, hidden checks too, in forks of one warm shell, two at a time, with
figures that draw nothing, as when we grade. Ours runs with sandbox and judge. Start-up, until the first notebook is
taken on (nbgrader) or done (ours), is told apart from the time for each notebook that follows.

`--growth` grades so many copies of notebook 1 and looks at the memory of every process that lasts, and at the processor time
of the one that writes everything down: however many graders there are, there is one of it.

From the time for all four follows what a class of 4,000 takes.
"""

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "grading"))

_PAGE_MB = resource.getpagesize() / 2**20
_SUBREAPER = 36
GROUPS = {"notebooks 1 to 3": slice(0, 3), "all four": slice(0, 4)}


@dataclass(frozen=True)
class Run:
    """What a program took: seconds in all and until its first sign of work, of the processors, and its largest process."""

    count: int
    wall: float
    begun: float
    cpu: float
    peak_mb: float

    @property
    def each(self) -> float:
        """Seconds a notebook, start-up apart."""
        return (self.wall - self.begun) / self.count

    def line(self, name: str) -> str:
        """Return its line of the table."""
        return (
            f"  {name:26} {self.each:8.3f} {self.cpu / self.count:9.3f} {self.begun:9.1f} {self.wall / self.count:10.3f}"
            f" {self.peak_mb:8.0f} {self.count:8}"
        )


HEAD = f"  {'':26} {'s each':>8} {'cpu each':>9} {'start-up':>9} {'s/all of it':>10} {'peak MB':>8} {'graded':>8}"


def measured(command: list[str], count: int, sign: str, *, stream: str, **options: Any) -> Run:
    """Run a program to its end. `sign`: what a line of its stream begins or ends with when work has begun."""
    before = _children_cpu()
    start = time.perf_counter()
    begun = 0.0
    largest = [0.0]
    with subprocess.Popen(command, **{stream: subprocess.PIPE}, text=True, **options) as process:
        over = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, over, largest))
        watcher.start()
        out: IO[str] = getattr(process, stream)
        for line in out:
            if not begun and sign in line:
                begun = time.perf_counter() - start
        process.wait()
        over.set()
        watcher.join()
    wall = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{command} failed")
    return Run(count, wall, begun, _children_cpu() - before, largest[0])


def _watch(pid: int, over: threading.Event, largest: list[float]) -> None:
    import classroom

    while not over.wait(0.5):
        largest[0] = max([largest[0], *[resident_mb(each) for each in classroom.family(pid)]])


def resident_mb(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_MB
    except (OSError, IndexError):
        return 0.0


def _children_cpu() -> float:
    """Processor seconds of everything that has ended below this process: whatever lost its parent became our child."""
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                break
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# --- the three ways ---------------------------------------------------------------------------------------------------


def nbgrader(course: Any, names: list[str]) -> Run:
    import both

    from gradschool.course import notebooks

    for read in both.READ:
        for language in both.LANGUAGES:
            if read.name in names:
                both.hand_in(
                    course, f"solved-{language}", read.name, notebooks.worked(read, language, both.COURSE.config)
                )
    paths = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    return measured(
        [sys.executable, "-m", "nbgrader", "autograde", both.ASSIGNMENT],
        2 * len(names),
        "Converting notebook",
        stream="stderr",
        cwd=course.autograde,
        env={**os.environ, "PATH": paths},
    )


def made(folder: Path, reads: list[Any]) -> Any:
    """A course as `gradschool build` leaves it: with keys, and a gradebook that knows them."""
    import classroom

    from gradschool.course import notebooks, register

    course = classroom.make_course(
        folder / "course", **{read.name: notebooks.to_bytes(notebooks.key(read)) for read in reads}
    )
    register.register(course)
    return course


def ours(folder: Path, names: list[str], copies: int, jobs: int) -> Run:
    import both
    import classroom

    from gradschool.course import notebooks

    reads = [read for read in both.READ if read.name in names]
    course = made(folder, reads)
    for read in reads:
        for language in both.LANGUAGES:
            solved = notebooks.to_bytes(notebooks.worked(read, language, both.COURSE.config))
            for number in range(copies):
                classroom.hand_in(folder / "class", f"{language}{number:04}", read.name, solved)
    return measured(
        classroom.command(folder / "class", "--jobs", jobs),
        2 * copies * len(names),
        "[1/",
        stream="stdout",
        cwd=folder,
        env=classroom.environment(course),
    )


def bare(names: list[str], copies: int) -> tuple[float, float]:
    """Seconds and processor seconds a notebook of the cells alone, two notebooks at a time."""
    told = subprocess.run(
        [sys.executable, __file__, "--bare", str(copies), *names],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MPLBACKEND": "agg"},
        stdout=subprocess.PIPE,
        check=True,
    )
    wall, cpu = json.loads(told.stdout)
    return wall, cpu


def be_bare(copies: int, names: list[str]) -> None:
    """Run every code cell of the keys in forks of this warm process, two at a time, and print what that took."""
    import gradschool
    from gradschool.course import find_course, key
    from gradschool.grading.hollow import figures
    from gradschool.grading.inside.shell import IPythonShell

    sys.modules["gradschool.figures"] = gradschool.figures = figures
    told = sys.stdout
    cells = []
    for name in names:
        code = [
            cell["source"] for cell in key(find_course().source / f"{name}.py")["cells"] if cell["cell_type"] == "code"
        ]
        cells += [["".join(source) for source in code]] * (2 * copies)
    shell = IPythonShell(1 << 20)
    shell.start()
    begun, running = time.perf_counter(), 0
    for code in cells:
        if running == 2:
            _end_one()
            running -= 1
        if os.fork() == 0:
            failed = [error for source in code for _, error in [shell.run(source)] if error is not None]
            os._exit(1 if failed else 0)
        running += 1
    for _ in range(running):
        _end_one()
    wall = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps([wall / len(cells), (used.ru_utime + used.ru_stime) / len(cells)]), file=told)


def _end_one() -> None:
    _, status = os.wait()
    if status:
        raise SystemExit("a cell of a solution failed")


# --- growth -----------------------------------------------------------------------------------------------------------


@dataclass
class Growth:
    """A class of one notebook: seconds, and, at each tenth result, MB of the workers and of the program, and the program's own time."""

    wall: float = 0.0
    workers: list[float] = field(default_factory=list)
    program: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def writing(self) -> float:
        """Processor milliseconds that the program itself takes for each result."""
        return 1000 * (self.cpu[-1] - self.cpu[0]) / (10 * (len(self.cpu) - 1))


def growth(folder: Path, count: int) -> Growth:
    """Grade so many copies of notebook 1 with two jobs."""
    import both
    import classroom

    from gradschool.course import notebooks

    read = both.READ[0]
    course = made(folder, [read])
    solved = notebooks.to_bytes(notebooks.worked(read, "en", both.COURSE.config))
    for number in range(count):
        classroom.hand_in(folder / "class", f"s{number:04}", read.name, solved)
    grown = Growth()
    lasting: set[int] = set()
    start = time.perf_counter()
    with subprocess.Popen(
        classroom.command(folder / "class", "--jobs", 2),
        env=classroom.environment(course),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for number, _ in enumerate(line for line in process.stdout if line.startswith("[")):
            if number % 10:
                continue
            # judges and learners come and go; what was there a while ago and still is, lasts
            now = set(classroom.family(process.pid)) - {process.pid}
            lasting = now & lasting if number > 10 else now
            grown.workers.append(sum(resident_mb(pid) for pid in lasting))
            grown.program.append(resident_mb(process.pid))
            grown.cpu.append(own_cpu(process.pid))
    grown.wall = time.perf_counter() - start
    return grown


def own_cpu(pid: int) -> float:
    """Processor seconds that a process has used itself."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def flat(samples: list[float]) -> str:
    """Say how the last samples compare with the first."""
    size = min(10, len(samples) // 2)
    first, last = sum(samples[:size]) / size, sum(samples[-size:]) / size
    return f"{first:.0f} -> {last:.0f} MB ({100 * (last / first - 1):+.0f} %)"


# --- all of it --------------------------------------------------------------------------------------------------------


def main(copies: int, sizes: list[int]) -> int:
    import both

    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    missed = []
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} when this began")
    for group, chosen in GROUPS.items():
        names = both.NAMES[chosen]
        print(f"\n{group}\n{HEAD}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            theirs = nbgrader(both.make_course(Path(folder) / "theirs"), names)
            print(theirs.line("nbgrader autograde"), flush=True)
            one = ours(Path(folder) / "one", names, copies, 1)
            print(one.line("gradschool grade --jobs 1"), flush=True)
            two = ours(Path(folder) / "two", names, copies, 2)
            print(two.line("gradschool grade --jobs 2"), flush=True)
        wall, cpu = bare(names, copies)
        print(f"  {'the cells alone, two':26} {wall:8.3f} {cpu:9.3f}")
        faster, dearer = theirs.each / two.each, two.each / wall
        print(f"  {faster:.1f} times nbgrader's throughput; {dearer:.2f} times the cells alone", flush=True)
        if group == "notebooks 1 to 3" and faster < 20:
            missed.append(f"{group}: {faster:.1f} times nbgrader's throughput, and 20 were wanted")
        if group == "all four":
            minutes = 4000 * len(names) * two.each / 60
            print(f"  a class of 4,000 with all four: {minutes:.0f} minutes with two jobs", flush=True)
            if dearer > 2:
                missed.append(f"{group}: {dearer:.2f} times the cells alone, and 2 were allowed")
    print("\nnotebook 1, two jobs")
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            grown = growth(Path(folder), count)
        told = f"  {count:5} submissions {grown.wall:7.1f} s {grown.wall / count:8.3f} s each"
        if len(grown.workers) > 5:
            told += f"  workers {flat(grown.workers[2:])}, program {flat(grown.program[2:])}, writing {grown.writing:.0f} ms each"
        print(told, flush=True)
        if count == 1000 and grown.wall > 120:
            missed.append(f"1000 of notebook 1: {grown.wall:.0f} s, and 120 were allowed")
    print(f"\nload {os.getloadavg()[0]:.1f} when this ended")
    print("\n".join(f"MISSED {each}" for each in missed) or "every target met")
    return 1 if missed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--bare"]:
        be_bare(int(sys.argv[2]), sys.argv[3:])
    else:
        parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("--copies", type=int, default=8)
        parser.add_argument("--growth", type=int, nargs="*", default=[10, 100, 1000])
        given = parser.parse_args()
        sys.exit(main(given.copies, given.growth))
