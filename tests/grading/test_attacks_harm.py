"""Homework that wants to stop the grader, to slow it down, to use the machine up, or to live on: its own points at most.

Fork bombs, memory, disk, floods of output and children that outlive their parent are what isolate and DMOJ's judge try
on themselves.
"""

import pytest
from arena import EVERYTHING, NOTHING, Attack, output

FAST = {"step_wall": 2.0}
SMALL = {"memory": 1500 << 20, "disk_bytes": 8 << 20, "file_bytes": 4 << 20}


def cell(source, points=EVERYTHING, says=(), **limits):
    """A cell of its own that does harm, in a submission that is right otherwise: it keeps every point."""
    return Attack(None, first=source, points=points, says=says, limits=limits)


def call(*lines, **limits):
    """An answer that does harm whenever it is called."""
    return Attack("\n".join(("def target(x):", *(f"    {line}" for line in lines))), points=NOTHING, limits=limits)


ENDS = {
    "os._exit in a cell": cell("import os\nos._exit(0)", says=("ended",)),
    "os._exit in a call": call("import os", "os._exit(0)"),
    "exit, quit and sys.exit": cell("import sys\nexit()\nquit()\nsys.exit(0)"),
    "sys.exit in a call": call("import sys", "sys.exit(0)"),
    "a crash in a cell": cell("import ctypes\nctypes.string_at(0)", says=("ended",)),
    "a crash in a call": call("import ctypes", "ctypes.string_at(0)"),
    "abort": cell("import os\nos.abort()", says=("ended",)),
    "recursion into the stack's end": cell(
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(n):\n    return [f(n + 1)]\nf(0)", says=("ended",)
    ),
    "another program takes over": cell("import os\nos.execv('/bin/true', ['true'])", says=("ended",)),
    "another program takes over and sleeps": cell("import os\nos.execv('/bin/sleep', ['sleep', '99'])", **FAST),
    "a kill of everything": cell("import os, signal\nos.kill(-1, signal.SIGKILL)"),
    "a stop of itself": cell("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", **FAST),
    "the connection is closed": cell("import os\nos.close(3)", says=("ended",)),
    "the connection is another file": cell("import os\nos.dup2(os.open('/dev/zero', 2), 3)", says=("ended",), **FAST),
    "every descriptor is closed": cell("import os\nos.closerange(0, 100)", says=("ended",)),
    "the connection is shut down": cell("import socket\nsocket.socket(fileno=3).shutdown(2)", says=("ended",)),
    "the shell deletes itself": cell("get_ipython().reset()\nget_ipython().user_module.__dict__.clear()"),
    "modules of ours are deleted": cell(
        "import sys\nfor n in list(sys.modules):\n    'gradschool' in n and sys.modules.pop(n)"
    ),
    "numpy is deleted": cell(
        "import sys\nfor n in list(sys.modules):\n    n.startswith('numpy') and sys.modules.pop(n)"
    ),
    "debuggers": cell("breakpoint()"),
    "questions to whoever sits there": cell("input('your password? ')"),
    "a thread that ends the process later": Attack(
        None,
        first="import os, threading\nthreading.Timer(0.05, os._exit, [0]).start()",
        last="import time\ntime.sleep(0.3)",
        points=EVERYTHING,
        says=("ended",),
    ),
    "dying more often than it is started again": Attack(
        None, last="import os\nos._exit(1)", points=EVERYTHING, limits={"restarts": 1}
    ),
}

LASTS = {
    "a loop in a cell": cell("while True:\n    pass", says=("TimeoutError",)),
    "a loop in a call": call("while True:", "    pass"),
    "a loop that catches everything": cell(
        "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
    ),
    "a loop in a call that catches everything": call(
        "while True:", "    try:", "        while True: pass", "    except BaseException: pass"
    ),
    "a sleep": cell("import time\ntime.sleep(99)", says=("TimeoutError",), step_wall=1.0),
    "a sleep in a call": call("import time", "time.sleep(99)", step_wall=1.0),
    "signals are ignored": cell(
        "import signal\nfor n in range(1, 65):\n    try:\n        signal.signal(n, signal.SIG_IGN)\n    except (OSError, ValueError):\n"
        "        pass\nwhile True:\n    pass",
        says=("ended",),
    ),
    "signals are blocked": cell(
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))\nwhile True:\n    pass"
    ),
    "arithmetic that takes years": cell("print(7 ** 7 ** 9 > 0)"),
    "an expression that never matches": cell("import re\nre.match('(a+)+$', 'a' * 60 + 'b')"),
    "a sort that never ends": cell(
        "class Evil:\n    def __lt__(self, other):\n        while True:\n            pass\nsorted([Evil(), Evil()])"
    ),
    "showing what it is takes for ever": cell(
        "class Slow:\n    def __repr__(self):\n        while True:\n            pass\nSlow()"
    ),
    "saying what went wrong takes for ever": call(
        "class Slow(Exception):", "    def __str__(self):", "        while True: pass", "raise Slow(object())"
    ),
    "going away takes for ever": cell(
        "class Slow:\n    def __del__(self):\n        while True:\n            pass\nSlow()"
    ),
    "children at work, and a parent that waits": cell(
        "import os\nfor _ in range(3):\n    if os.fork() == 0:\n        while True:\n            pass\nos.wait()",
        says=("processor time",),
    ),
    "a pipe that nobody reads": cell("import os\nr, w = os.pipe()\nos.write(w, bytes(1 << 20))", step_wall=1.0),
    "a lock that is held": cell(
        "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()", step_wall=1.0
    ),
    "a notebook takes all the time that it may": Attack(
        None, last="import time\ntime.sleep(99)", points=EVERYTHING, limits={"total_wall": 6.0}
    ),
}

TAKES = {
    "a fork bomb": cell(
        "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass", **FAST
    ),
    "a fork bomb of the shell's": cell("!f() { f | f & }; f; sleep 9", **FAST),
    "a bomb of threads": cell(
        "import threading, time\ntry:\n    while True:\n        threading.Thread(target=time.sleep, args=[99], daemon=True).start()\n"
        "except RuntimeError as error:\n    print('no more threads')",
        says=("no more threads",),
    ),
    "all memory": cell(
        "kept = []\nwhile True:\n    kept.append(bytearray(64 << 20))", says=("MemoryError",), step_cpu=5.0, **SMALL
    ),
    "all memory, in children": cell(
        "import os, time\nfor _ in range(6):\n    if os.fork() == 0:\n        try:\n            kept = [bytearray(b'x') * (32 << 20)]\n"
        "            while True:\n                kept.append(kept[0] * 2)\n        except MemoryError:\n            time.sleep(9)\ntime.sleep(0.5)",
        **SMALL,
    ),
    "a billion numbers": call("return np.zeros((1 << 30, 4))", **SMALL),
    "memory that has no name": cell("import os\nos.memfd_create('x')", says=("PermissionError",)),
    "the whole disk": cell(
        "n = 0\ntry:\n    while True:\n        open(f'f{n}', 'wb').write(bytes(1 << 20))\n        n += 1\nexcept OSError as error:\n    print(n, error)",
        says=("No space left",),
        **SMALL,
    ),
    "a disk's worth of shared memory": cell(
        "n = 0\ntry:\n    while True:\n        open(f'/dev/shm/f{n}', 'wb').write(bytes(1 << 20))\n        n += 1\nexcept OSError as error:\n    print(n, error)",
        says=("No space left",),
        **SMALL,
    ),
    "one large file": cell(
        "import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\ntry:\n    open('f', 'wb').write(bytes(5 << 20))\nexcept OSError as error:\n    print(error)",
        says=("File too large",),
        **SMALL,
    ),
    "a million files": cell(
        "try:\n    for n in range(1_000_000):\n        open(f'f{n}', 'w').close()\nexcept OSError as error:\n    print(error)",
        says=("No space left",),
        step_cpu=5.0,
    ),
    "every descriptor": cell(
        "kept = []\ntry:\n    while True:\n        kept.append(open('/dev/null'))\nexcept OSError as error:\n    print(error)\n    kept.clear()",
        says=("Too many open files",),
    ),
    "directories without a bottom": cell(
        "import os\ntry:\n    while True:\n        os.mkdir('d')\n        os.chdir('d')\nexcept OSError as error:\n    print('bottom')",
        says=("bottom",),
        step_cpu=5.0,
    ),
    "more priority": cell("import os\nos.nice(-20)", says=("PermissionError",)),
    "another core": cell("import os\nos.sched_setaffinity(0, [0])", says=("PermissionError",)),
}

FLOODS = {
    "lines without end": cell("while True:\n    print('spam')", says=("TimeoutError",)),
    "one enormous line": cell("print('x' * 50_000_000)", says=("cut:",)),
    "an enormous line of errors": cell("import sys\nsys.stderr.write('x' * 50_000_000)", says=("cut:",)),
    "past Python, to where output would go": cell(
        "import os\nfor fd in (0, 1, 2):\n    os.write(fd, b'x' * 1_000_000)"
    ),
    "a program's output": cell("!head -c 3000000 /dev/zero | tr '\\0' x", says=("cut:",)),
    "pictures": cell(
        "from IPython.display import display, Image\nfor _ in range(5000):\n    display(Image(data=b'x' * 1000, format='png'))"
    ),
    "an exception with a book in it": cell("raise ValueError('x' * 50_000_000)"),
    "an exception from a thousand calls": cell(
        "def f(n):\n    f(n - 1) if n else 1 / 0\nf(900)", says=("division by zero",)
    ),
    "exceptions in exceptions": cell(
        "error = ValueError('first')\nfor n in range(400):\n    new = ValueError(str(n))\n    new.__context__ = error\n    error = new\nraise error"
    ),
    "a message of a book in a call": call("raise ValueError('x' * 50_000_000)"),
    "warnings without end": cell("import warnings\nfor n in range(100_000):\n    warnings.warn(str(n))", step_cpu=5.0),
    "questions without end": Attack(
        "import gc\nfrom gradschool_learner import learner\nmine = next(e for e in gc.get_objects() if type(e) is learner.Learner)\n"
        "def target(x):\n    while True:\n        mine._channel.send(['ask', 1, None, [], {}])\n        mine._channel.receive()",
        limits=FAST,
    ),
    "a listening thread, and questions without end": Attack(
        "import gc, threading, os, json, struct\ntext = json.dumps(['ask', 1, None, [], {}]).encode()\n"
        "block = (struct.pack('>II', len(text), 0) + text) * 500\n"
        "def drain():\n    while os.read(3, 1 << 16):\n        pass\n"
        "def target(x):\n    threading.Thread(target=drain, daemon=True).start()\n    while True:\n        os.write(3, block)",
        limits=FAST,
    ),
}

LIVES_ON = {
    "a thread": cell(
        "import threading\ndef spin():\n    while True:\n        pass\nthreading.Thread(target=spin, daemon=True).start()"
    ),
    "a child": cell("import subprocess\nsubprocess.Popen(['sleep', '99'])"),
    "a grandchild in a session of its own": cell(
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(99)\n    os._exit(0)"
    ),
    "a child deaf to every signal": cell(
        "import os, signal, time\nif os.fork() == 0:\n    for n in range(1, 65):\n        try:\n            signal.signal(n, signal.SIG_IGN)\n"
        "        except (OSError, ValueError):\n            pass\n    time.sleep(99)"
    ),
    "a child that went on as the notebook": cell("import os\nos.fork()"),
    "a child that answers in the parent's place": Attack(
        "import os\ndef target(x):\n    return x * 0 if os.fork() else x * x", points=NOTHING
    ),
    "a child that holds the connection": cell(
        "import os, time\nif os.fork() == 0:\n    time.sleep(99)\nos._exit(0)", says=("ended",), **FAST
    ),
    "a program in the background": cell("get_ipython().system('nohup sleep 99 >/dev/null 2>&1 &')"),
    "an errand for the end": cell(
        "import atexit, os, time\natexit.register(time.sleep, 99)\nos.register_at_fork(after_in_child=lambda: time.sleep(9))"
    ),
    "noise between the answers": cell(
        "import os, threading, time\ndef noise():\n    while True:\n        os.write(3, os.urandom(9))\n        time.sleep(0.01)\n"
        "threading.Thread(target=noise, daemon=True).start()\ntime.sleep(0.05)",
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_an_end_costs_what_it_ends(name, arena):
    arena.holds(ENDS[name])


@pytest.mark.parametrize("name", LASTS)
def test_what_lasts_for_ever_is_ended_and_costs_itself(name, arena):
    arena.holds(LASTS[name])


@pytest.mark.parametrize("name", TAKES)
def test_nobody_takes_more_than_there_is_for_one(name, arena):
    arena.holds(TAKES[name])


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_is_cut_off(name, arena):
    result = arena.holds(FLOODS[name])
    assert len(output(result)) < 200_000
    assert all(len(check.message) <= 4000 for each in result.exercises for check in each.checks)


@pytest.mark.parametrize("name", LIVES_ON)
def test_nothing_outlives_its_notebook(name, arena):
    arena.holds(LIVES_ON[name])


def test_the_outputs_of_a_whole_notebook_are_bounded(arena):
    result = arena.holds(
        Attack(
            None,
            first="print('x' * 19_000)",
            last="print('y' * 19_000)",
            points=EVERYTHING,
            limits={"total_output_bytes": 30_000},
        )
    )
    assert ("x" * 19_000 in output(result), "y" * 19_000 in output(result)) == (True, False)
    assert "cut:" in output(result)
