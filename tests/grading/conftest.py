"""Warm graders, started once for all tests of this directory."""

import os
import subprocess
import sys
from pathlib import Path

import homework
import pytest
from arena import SECRET, Arena

from gradschool.grading import Grader, Limits
from gradschool.grading.bench import Bench, Job

# The browser's hands: pages for a class are looked at, too.
sys.path.append(str(Path(__file__).parents[1] / "browser"))

# Short, so that what hangs does not hang for long; the processor's time, so that a busy machine changes nothing.
SHORT = Limits(step_cpu=1.0, step_wall=20.0, total_wall=60.0, restarts=6, output_bytes=20_000)
QUICK = Limits(step_cpu=0.5, step_wall=20.0, total_wall=60.0, restarts=6, output_bytes=20_000)


def _bubblewrap_works():
    try:
        return (
            subprocess.run(["bwrap", "--ro-bind", "/", "/", "--unshare-pid", "true"], capture_output=True).returncode
            == 0
        )
    except OSError:
        return False


BUBBLEWRAP = _bubblewrap_works()


def pytest_configure(config):
    config.addinivalue_line("markers", "sandbox: skipped where bubblewrap is missing or not allowed to make namespaces")


def pytest_runtest_setup(item):
    needs = item.get_closest_marker("sandbox") or {"sandboxed", "arena"} & set(getattr(item, "fixturenames", ()))
    if needs and not BUBBLEWRAP:
        pytest.skip("needs bubblewrap, and the right to make namespaces")


class Warm:
    """A warm pair of processes that grades any submission against any key."""

    def __init__(self, *, sandbox, limits=SHORT):
        self.bench = Bench(sandbox=sandbox, hidden=())
        self.limits = limits

    def grade(self, key, submission, **limits):
        data = submission if isinstance(submission, bytes) else homework.to_bytes(submission)
        wanted = Limits(**{**self.limits.as_dict(), **limits})
        return self.bench.grade(Job("small", homework.to_bytes(key), data, wanted))


@pytest.fixture(scope="session")
def warm():
    """Without a sandbox: for what has nothing to do with it."""
    grader = Warm(sandbox=False)
    yield grader
    grader.bench.close()


@pytest.fixture(scope="session")
def sandboxed():
    """In the sandbox."""
    grader = Warm(sandbox=True)
    yield grader
    grader.bench.close()


@pytest.fixture(scope="session")
def arena():
    """In the sandbox, with a neighbour to look after."""
    os.environ["GRADSCHOOL_SECRET"] = SECRET
    grader = Warm(sandbox=True, limits=QUICK)
    yield Arena(grader)
    grader.bench.close()
    del os.environ["GRADSCHOOL_SECRET"]


@pytest.fixture(scope="session")
def small_key():
    return homework.key(homework.BEFORE, homework.TARGET, homework.AFTER)


@pytest.fixture
def small_grader(small_key):
    with Grader(homework.to_bytes(small_key)) as grader:
        yield grader
