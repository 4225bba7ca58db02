"""Machines that allow less: a grader who is not root, and a system on which no namespace may be made inside the sandbox."""

import os
import shutil

import classroom
import pytest
from homework import AFTER, BEFORE, TARGET, handed_in, key

pytestmark = [pytest.mark.sandbox, pytest.mark.timeout(300)]

ONE = key(BEFORE, TARGET, AFTER, name="one")
SOMEBODY = ["bwrap", "--dev-bind", "/", "/", "--unshare-user", "--uid", "1000", "--gid", "1000"]
POWERLESS = ["setpriv", "--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all"]

# What each of them does in the cell before its right answer, and the points that are left.
CLASS = {
    "honest": ("pass", 6.0),
    "killer": ("import os\nos._exit(0)", 4.0),
    "looker": (f"import os\nassert not os.path.exists({str(classroom.__file__)!r}) and os.getpid() < 10", 6.0),
    "caller": (
        "import socket\n"
        "try:\n    socket.create_connection(('127.0.0.1', 22), 1)\nexcept OSError:\n    pass\nelse:\n    raise SystemError\n"
        "assert socket.socket().connect_ex(('1.1.1.1', 53)) != 0",
        6.0,
    ),
    "writer": (
        "open('mine', 'w').write('x')\ntry:\n    open('/usr/x', 'w')\nexcept OSError:\n    pass\nelse:\n    raise SystemError",
        6.0,
    ),
    "forker": (
        "import os, time\nfor _ in range(100):\n    try:\n        if os.fork() == 0:\n            time.sleep(600)\n"
        "    except OSError:\n        break",
        6.0,
    ),
}


@pytest.fixture
def strangers(tmp_path):
    """A course, and a class of strangers who did it right and more than that."""
    course = classroom.make_course(tmp_path / "course", one=ONE)
    for student, (deed, _points) in CLASS.items():
        classroom.hand_in(tmp_path / "class", student, "one", handed_in(ONE, {"target": f"{deed}\n{TARGET.right}"}))
    return course, tmp_path / "class"


def points_of(course):
    return {student: of["one"] for student, of in classroom.points(course).items()}


def test_a_class_is_graded_safely_by_somebody_who_is_not_root(strangers):
    course, handed = strangers
    done = classroom.grade(course, handed, "--jobs", 2, inside=[*SOMEBODY, *POWERLESS])
    assert len(classroom.graded(done)) == len(CLASS)
    assert points_of(course) == {student: points for student, (_deed, points) in CLASS.items()}


def test_where_no_namespace_may_be_made_inside_each_notebook_has_a_sandbox_of_its_own(strangers, tmp_path):
    course, handed = strangers
    strict = tmp_path / "bin" / "bwrap"
    strict.parent.mkdir()
    strict.write_text(f'#!/bin/sh\nexec {shutil.which("bwrap")} --disable-userns "$@"\n')
    strict.chmod(0o755)
    path = f"PATH={strict.parent}{os.pathsep}{os.environ['PATH']}"
    done = classroom.grade(course, handed, "--jobs", 2, inside=[*SOMEBODY, *POWERLESS, "env", path])
    assert done.returncode == 0
    assert done.stderr.count("each notebook starts a sandbox of its own") == 1
    assert len(done.stderr.splitlines()) == 1
    assert points_of(course) == {student: points for student, (_deed, points) in CLASS.items()}
