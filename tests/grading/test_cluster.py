"""`--scheduler`: a real dask cluster on this machine; a worker that is killed takes nothing with it."""

import json
import os
import re
import subprocess
import sys
from contextlib import ExitStack, contextmanager

import classroom
import pytest
from homework import AFTER, BEFORE, TARGET, handed_in, key

from gradschool.errors import GradschoolError
from gradschool.grading.pool import Setting, open_pool

ONE = key(BEFORE, TARGET, AFTER, name="one")
COUNT = 12

# Beside the grader's own work a dask worker would watch its memory and serve pages; a test needs neither.
SCHEDULER = """
import asyncio
from distributed import Scheduler

async def main():
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        print(scheduler.address, flush=True)
        await scheduler.finished()

asyncio.run(main())
"""
WORKER = """
import asyncio, os, sys
from distributed import Worker

async def main():
    async with Worker(sys.argv[1], nthreads=1, host="127.0.0.1", dashboard=False) as worker:
        print("ready", flush=True)
        await worker.finished()

if __name__ == "__main__":
    asyncio.run(main())
"""


@contextmanager
def running(program, *arguments):
    """Run a part of a cluster; yield its process and the first line that it prints."""
    quiet = {**os.environ, "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL": "false"}
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=quiet,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture
def handed(tmp_path):
    for number in range(COUNT):
        bodies = [TARGET.right, TARGET.right.replace("x * x", f"x + {number}"), "import os\nos._exit(1)"]
        classroom.hand_in(tmp_path / "class", f"s{number:02}", "one", handed_in(ONE, {"target": bodies[number % 3]}))
    return tmp_path / "class"


pytestmark = pytest.mark.timeout(900)


@pytest.mark.needs("bwrap")
def test_with_a_worker_killed_in_the_middle_everything_is_graded_as_on_one_machine(handed, tmp_path):
    local = classroom.make_course(tmp_path / "local", one=ONE)
    assert len(classroom.graded(classroom.grade(local, handed, "--json", tmp_path / "local.json"))) == COUNT
    course = classroom.make_course(tmp_path / "course", one=ONE)
    with ExitStack() as parts:
        _, address = parts.enter_context(running(SCHEDULER))
        assert re.fullmatch(r"tcp://127\.0\.0\.1:\d+", address)
        workers = [parts.enter_context(running(WORKER, address)) for _ in range(2)]
        assert [line for _, line in workers] == ["ready", "ready"]
        command = classroom.command(handed, "--scheduler", address, "--json", tmp_path / "cluster.json")
        with subprocess.Popen(
            command, env=classroom.environment(course), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            printed = []
            for line in process.stdout:
                printed.append(line)
                if line.startswith("[3/"):
                    break
            family = classroom.family(workers[0][0].pid)
            workers[0][0].kill()
            printed += process.stdout
            said = process.stderr.read()
    assert process.returncode == 0, said
    assert sum(line.startswith("[") for line in printed) == COUNT
    assert len(family) > 1  # it was at work
    assert json.loads((tmp_path / "cluster.json").read_bytes()) == json.loads((tmp_path / "local.json").read_bytes())
    assert classroom.outcome(course) == classroom.outcome(local)
    assert classroom.ended(family)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("tcp://127.0.0.1:1", "no dask scheduler answers at tcp://127.0.0.1:1"),
        ("nonsense", "'nonsense' is no scheduler's address: it looks like tcp://HOST:8786"),
    ],
)
def test_a_cluster_that_is_not_there_is_said_in_a_line(address, says):
    with pytest.raises(GradschoolError) as raised:
        open_pool(Setting(1, address))
    assert str(raised.value).startswith(says)
    assert len(str(raised.value).splitlines()) == 1


def test_a_cluster_without_workers_is_said_in_a_line(handed, tmp_path):
    course = classroom.make_course(tmp_path / "course", one=ONE)
    with running(SCHEDULER) as (_, address):
        done = classroom.grade(course, handed, "--scheduler", address)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert f"dask worker {address}" in done.stderr
