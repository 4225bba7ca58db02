"""Homework that wants to see what is not its own, or to leave something behind for others.

What a sandbox must hide is taken from the lists of isolate and autograder-sandbox; the rest is about our own secrets.
"""

import os
import socket
from itertools import pairwise
from pathlib import Path

import homework
import pytest
from arena import EVERYTHING, HIDDEN, KEY, SECRET, Attack, output

from gradschool.grading.sandbox import Sandbox

REPOSITORY = Path(__file__).resolve().parents[2]

# Says "denied" for each thing that fails, and what came for each that does not.
ATTEMPT = """
def attempt(what, action):
    try:
        print("GOT", what, repr(action())[:200])
    except BaseException as error:
        print("denied", what, type(error).__name__)
"""


def tries(*actions):
    """A submission that tries things and answers honestly besides; none of them may come to anything."""
    lines = [f"attempt({str(number)!r}, lambda: {action})" for number, action in enumerate(actions)]
    return Attack(None, first="\n".join(("import ctypes, os, signal, socket, sys", ATTEMPT, *lines)), points=EVERYTHING)


def reads(*paths):
    return tries(*(f"open({str(path)!r}, 'rb').read(100) or os.listdir({str(path)!r})" for path in paths))


SECRETS = {
    "the course": reads(
        REPOSITORY, REPOSITORY / "source", REPOSITORY / "autograde" / "answers", REPOSITORY / "README.md"
    ),
    "the grader's own code and the reference": reads(
        REPOSITORY / "src", REPOSITORY / "src/gradschool/reference.py", REPOSITORY / "src/gradschool/check/core.py"
    ),
    "other people's accounts": reads(
        "/root/.ssh", "/root/.bashrc", "/home/../root/.profile", "/etc/shadow", "/etc/hosts"
    ),
    "processes": reads("/proc/1/environ", "/proc/self/maps", "/proc/self/mem", "/proc/self/fd", "/proc/cpuinfo"),
    "the kernel": reads("/sys", "/sys/kernel", "/dev/mem", "/dev/kmsg", "/dev/sda", "/run", "/var", "/boot"),
    "shared memory of others": reads("/dev/shm/x", "/dev/mqueue", "/run/shm"),
}


@pytest.mark.parametrize("name", SECRETS)
def test_nothing_of_the_machine_is_seen(name, arena):
    result = arena.holds(SECRETS[name])
    assert "GOT" not in output(result)
    assert "denied" in output(result)


def test_what_is_forbidden_is_also_there_to_be_found_outside(arena):
    """The paths above are no inventions: whoever grades can read them."""
    assert (REPOSITORY / "src/gradschool/reference.py").read_bytes()
    assert (REPOSITORY / "autograde/answers").is_dir()


def test_no_notebook_no_gradebook_and_no_check_lies_anywhere_in_sight(arena):
    look = """
import os, sysconfig
ours = ('hypotheses.py', 'judge.py', 'course.toml')
for place in ('/home', '/env/lib', '/tmp', '/root', '/etc', '/dev', '/work', '/opt', '/srv', '/mnt'):
    for folder, _, files in os.walk(place):
        print(*(f'FOUND {folder}/{f}' for f in files if f.endswith(('.ipynb', '.db', '.sqlite', '.csv.bak')) or f in ours))
import gradschool.reference, gradschool.check
print('HOLLOW', gradschool.reference.__file__, gradschool.reference.sigmoid is not None, gradschool.check.backward(1))
"""
    result = arena.holds(
        Attack(
            None,
            first=look,
            points=EVERYTHING,
            says=("HOLLOW /env/lib/gradschool/reference.py",),
            limits={"step_cpu": 20.0},
        )
    )
    assert "FOUND" not in output(result)


def test_environment_and_arguments_tell_nothing_of_who_grades(arena):
    assert SECRET in os.environ.values()
    look = "import os, sys, pwd\nprint(dict(os.environ), sys.argv, os.uname(), pwd.getpwall(), os.getcwd(), os.path.expanduser('~'))"
    printed = output(arena.holds(Attack(None, first=look, points=EVERYTHING, says=("/home/learner",))))
    for told in (SECRET, os.uname().nodename, str(REPOSITORY), "root:"):
        assert told not in printed


def test_hidden_checks_are_nowhere_in_the_learners_memory(arena):
    """Every string that Python's collector reaches is looked at, from a function that a hidden check calls."""
    search = f"""
import gc
def strings():
    seen, todo = set(), gc.get_objects()
    while todo:
        each = todo.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if type(each) is str:
            yield each
        else:
            todo += gc.get_referents(each)
def target(x):
    global found
    wanted = "".join({list(HIDDEN)!r})
    found = [s for s in strings() if wanted in s and s is not wanted]
    return x * x
"""
    say = "print('FOUND', len(found))"
    arena.holds(Attack(search, points=EVERYTHING, last=say, says=("FOUND 0",), limits={"step_cpu": 20.0}))
    assert HIDDEN in homework.to_bytes(KEY).decode()


def test_a_submission_is_not_in_the_memory_of_the_next(arena):
    """Both are forks of one template, which never sees either."""
    arena.holds(Attack(None, first="kept = ['left over ' + 'from me'] * 1000", points=EVERYTHING))
    look = "import gc\nprint('SAW', sum('left over ' + 'from me' in l for l in gc.get_objects() if type(l) is list))"
    arena.holds(Attack(None, first=look, points=EVERYTHING, says=("SAW 0",)))


def test_only_one_descriptor_leads_anywhere(arena):
    look = """
import os, socket, stat
for number in range(128):
    try:
        mode = os.fstat(number).st_mode
    except OSError:
        continue
    print(number, 'socket' if stat.S_ISSOCK(mode) else 'null' if os.fstat(number).st_rdev == os.stat('/dev/null').st_rdev else 'OTHER')
"""
    printed = output(arena.holds(Attack(None, first=look, points=EVERYTHING, says=("3 socket",))))
    assert "OTHER" not in printed
    assert printed.count("socket") == 1


MARK = "gradschool-was-here"

# Every place where something could be left that somebody finds later.
PLACES = (
    "/",
    "/etc",
    "/usr",
    "/usr/lib",
    "/env",
    "/env/lib",
    "/env/lib/gradschool",
    "/env/lib/gradschool_learner",
    "/env/site0",
    "/dev",
    "/dev/pts",
    "/proc",
    "/home",
    "/var/tmp",
    "/run",
    "/root",
    "..",
    "../..",
    "/tmp/..",
    "/dev/shm/..",
)

WRITES = {
    "a file": tries(*(f"open({place + '/' + MARK!r}, 'w')" for place in PLACES)),
    "a directory, a link, a pipe or a device": tries(
        *(
            f"os.{how}"
            for place in PLACES[:11]
            for how in (
                f"mkdir({place + '/' + MARK!r})",
                f"symlink('/etc/passwd', {place + '/' + MARK!r})",
                f"mkfifo({place + '/' + MARK!r})",
                f"mknod({place + '/' + MARK!r}, 0o20666, 0x103)",
            )
        )
    ),
    "over what is there": tries(
        *(
            f"{how}"
            for path in (
                "/etc/passwd",
                "/env/lib/gradschool/__init__.py",
                "/env/lib/gradschool_learner/wire.py",
                "/bin/sh",
            )
            for how in (
                f"open({path!r}, 'a')",
                f"os.remove({path!r})",
                f"os.rename({path!r}, '/tmp/x')",
                f"os.chmod({path!r}, 0o777)",
                f"os.chown({path!r}, 65534, 65534)",
                f"os.link({path!r}, '/tmp/x')",
                f"os.truncate({path!r}, 0)",
            )
        )
    ),
    "through a mount of its own": tries(
        "ctypes.CDLL(None, use_errno=True).mount(b'/', b'/tmp', None, 4096, None) == 0 or 1 / 0",
        "ctypes.CDLL(None).mount(b'none', b'/', None, 32, None) == 0 or 1 / 0",
        "ctypes.CDLL(None).umount2(b'/proc', 2) == 0 or 1 / 0",
        "ctypes.CDLL(None).unshare(0x10000000) == 0 or 1 / 0",
        "ctypes.CDLL(None).unshare(0x00020000) == 0 or 1 / 0",
        "ctypes.CDLL(None).setns(3, 0) == 0 or 1 / 0",
        "os.chroot('/tmp')",
        "ctypes.CDLL(None).pivot_root(b'/tmp', b'/tmp') == 0 or 1 / 0",
    ),
    "as somebody else": tries(
        "os.setuid(0)",
        "os.setgid(0)",
        "os.setgroups([0])",
        "os.seteuid(0)",
        "os.setresuid(0, 0, 0)",
        "ctypes.CDLL(None).capset(bytes([0x22, 5, 8, 0x20, 0, 0, 0, 0]), b'\\xff' * 24) == 0 or 1 / 0",
        "__import__('subprocess').run(['su', '-c', 'id'], check=True, capture_output=True)",
        "__import__('subprocess').run(['mount', '-t', 'tmpfs', 'x', '/tmp'], check=True, capture_output=True)",
        "__import__('subprocess').run(['unshare', '-U', 'id'], check=True, capture_output=True)",
    ),
    "with system calls that no notebook needs": tries(
        *(
            f"ctypes.CDLL(None).syscall({number}, 0, 0, 0, 0, 0, 0) >= 0 or 1 / 0"
            for number in (
                [101, 310, 311, 321, 298, 323, 425, 248, 319, 203, 246, 304, 435]
                if os.uname().machine == "x86_64"
                else [117, 270]
            )
        )
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_nothing_is_written_outside(name, arena):
    printed = output(arena.holds(WRITES[name]))
    assert "GOT" not in printed
    assert "denied" in printed
    assert not any(Path(place, MARK).exists() for place in (*PLACES, "/tmp", "/dev/shm", Path.home(), REPOSITORY))


def test_what_is_written_at_home_is_gone_before_the_next(arena):
    """A start-up file, a module that shadows one of ours, a font list: each would be run or read by the next notebook."""
    leave = """
import os
for path in ('~/sitecustomize.py', '~/numpy.py', '~/.ipython/profile_default/startup/0.py', '/tmp/matplotlib/x', '/tmp/json.py',
             '/dev/shm/x', '~/.config/matplotlib/matplotlibrc', '~/.local/lib/python3.11/site-packages/usercustomize.py'):
    path = os.path.expanduser(path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    open(path, 'w').write('raise SystemExit')
print('LEFT')
"""
    arena.holds(Attack(None, first=leave, points=EVERYTHING, says=("LEFT",)))
    look = "import os\nprint('HERE', [os.listdir(p) for p in ('/home/learner', '/tmp', '/dev/shm')])"
    arena.holds(Attack(None, first=look, points=EVERYTHING, says=("HERE [[], [], []]",)))


@pytest.fixture
def listening():
    """Servers of the machine's own; none may hear from a notebook."""
    tcp = socket.create_server(("127.0.0.1", 0))
    abstract = socket.socket(socket.AF_UNIX)
    abstract.bind(f"\0{MARK}-{os.getpid()}")
    abstract.listen()
    for server in (tcp, abstract):
        server.settimeout(0.2)
    yield tcp.getsockname()[1], f"\0{MARK}-{os.getpid()}"
    for server in (tcp, abstract):
        with pytest.raises(TimeoutError):
            server.accept()
        server.close()


def test_the_network_is_not_there(arena, listening):
    port, name = listening
    printed = output(
        arena.holds(
            tries(
                f"socket.create_connection(('127.0.0.1', {port}), 1)",
                f"socket.create_connection(('::1', {port}), 1)",
                f"socket.socket(socket.AF_UNIX).connect({name!r})",
                "socket.create_connection(('192.0.2.1', 80), 1)",
                "socket.getaddrinfo('example.org', 80)",
                "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
                "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
                "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
                "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
                "socket.socket(40, socket.SOCK_STREAM)",
                "__import__('urllib.request').request.urlopen('http://example.org', timeout=1)",
                "__import__('subprocess').run(['ping', '-c1', '127.0.0.1'], check=True, capture_output=True)",
            )
        )
    )
    assert "GOT" not in printed


@pytest.mark.parametrize("number", ["-1", "os.getppid()", "0"])
def test_signals_reach_nobody_else(number, arena):
    """The grader is not among the processes that can be named; a notebook that hits itself loses what it hits."""
    first = f"import os, signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nos.kill({number}, signal.SIGTERM)"
    arena.holds(Attack(None, first=first, points=EVERYTHING))


def test_no_process_number_is_anybody_elses(arena):
    look = "import os, signal\nhit = []\nfor n in range(2, 70_000):\n    try:\n        os.kill(n, signal.SIGKILL)\n        hit.append(n)\n"
    look += "    except ProcessLookupError:\n        pass\nprint('HIT', hit, os.getpid(), os.getppid())"
    arena.holds(Attack(None, first=look, points=EVERYTHING, says=("HIT [] 1 0",)))


@pytest.mark.sandbox
def test_without_root_too_nothing_can_be_left_in_dev(tmp_path):
    """Whoever built the sandbox owns its /dev, and without root that is the learner: the next one would find what is left."""
    asked = list(pairwise(Sandbox(tmp_path, []).command("{}", 1 << 20, 1)))
    assert {("--remount-ro", "/"), ("--remount-ro", "/dev")} <= set(asked)
