"""Whatever a learner's process sends, the judge goes on: each message is an answer that a function could have given, or
the end of that process.
"""

import json
import random
import socket
import struct
import threading
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradschool.grading.inside.wire import Channel, ConnectionLostError, WireError
from gradschool.grading.judge import Clock
from gradschool.grading.limits import Limits
from gradschool.grading.session import LearnerLostError, RemoteError, Session, TimeIsUpError

LIMITS = Limits(text_bytes=10_000, block_bytes=10_000, step_wall=5.0, depth=5)
FINE = (Exception, LearnerLostError, TimeIsUpError)


class Nobody:
    """A process that is not there."""

    killed = False

    def cpu_seconds(self):
        return None

    def company(self):
        return 1

    def interrupt(self):
        return False

    def kill(self):
        self.killed = True


def frame(message, block=b""):
    text = message if isinstance(message, bytes) else json.dumps(message).encode()
    return struct.pack(">II", len(text), len(block)) + text + block


class Scripted:
    """A session whose other end says what a test wants it to."""

    def __init__(self, limits=LIMITS):
        mine, self.other = socket.socketpair()
        self.process = Nobody()
        self.clock = Clock(limits)
        channel = Channel(mine, limits.text_bytes, limits.block_bytes, self.clock.check)
        self.session = Session(self.process, channel, limits, self.clock)
        self.clock.begin(self.process)

    def says(self, *chunks):
        for chunk in chunks:
            self.other.sendall(chunk)
        return self

    def hangs_up(self):
        self.other.shutdown(socket.SHUT_WR)
        return self

    def close(self):
        self.session.close()
        self.other.close()


@pytest.fixture
def scripted():
    made = []

    def make(limits=LIMITS):
        made.append(Scripted(limits))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_an_answer_is_taken(scripted):
    learner = scripted().says(frame(["value", 1, 3.5, [], []]))
    assert learner.session.get(1, "x") == 3.5


WRONG = {
    "no list": {"value": 1},
    "empty": [],
    "another number": ["value", 2, 3.5, [], []],
    "a number that is true": ["value", True, 3.5, [], []],
    "no number": ["value", "1", 3.5, [], []],
    "an unknown kind": ["passed", 1, 3.5, [], []],
    "too short": ["value", 1],
    "too long": ["value", 1, 2, 3, [], [], []],
    "a value that is none": ["value", 1, ["a", "|O", [1], 0], [], []],
    "a handle without a number": ["value", 1, ["kept", "x", "y"], [], []],
    "a handle with a dict for a name": ["value", 1, ["kept", 1, {}], [], []],
    "a handle that shows a number": ["value", 1, ["kept", 1, "y", 5], [], []],
    "a loan that was never given": ["value", 1, ["given", 1], [], []],
    "a loan of a negative number": ["value", 1, ["given", -1], [], []],
    "a shared number of ours": ["value", 1, ["=", 5, ["l"]], [], []],
    "a shared thing that cannot change": ["value", 1, ["=", -5, 1.0], [], []],
    "warnings that are none": ["value", 1, 1, {}, []],
    "a warning of no kind": ["value", 1, 1, [["Exception", "x"]], []],
    "a warning that is a function": ["value", 1, 1, [["exit", "x"]], []],
    "a thousand warnings": ["value", 1, 1, [["UserWarning", "x"]] * 1000, []],
    "changes that are none": ["value", 1, 1, [], 7],
    "an exception without a name": ["raised", 1, None, "ValueError", [], "", [], []],
    "an exception with objects": ["raised", 1, "ValueError", "ValueError", [[]], "", [], []],
    "an exception with a thousand arguments": ["raised", 1, "ValueError", "ValueError", [1] * 1000, "", [], []],
    "a cell that ran, when none was asked for": ["ran", 1, [], None],
    "a question without a number": ["ask", None, None, [], {}],
    "a question of a wrong form": ["ask", 1, None, []],
    "a question with a method that is a number": ["ask", 1, 7, [], {}],
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_answer_ends_the_process(case, scripted):
    learner = scripted().says(frame(WRONG[case]))
    with pytest.raises(LearnerLostError):
        learner.session.get(1, "x")
    assert learner.process.killed
    with pytest.raises(LearnerLostError):
        learner.session.get(1, "y")


def test_names_that_are_there_are_handed_over(scripted):
    learner = scripted().says(frame(["named", 1, {"y": ["l", 1]}]))
    assert learner.session.names(["x", "y"]) == {"y": [1]}


WRONG_NAMES = {
    "a value": ["value", 1, {"x": 1}, [], []],
    "an exception": ["raised", 1, "ValueError", "ValueError", ["x"], "", [], []],
    "no dict": ["named", 1, ["x"]],
    "a name that was not asked for": ["named", 1, {"x": 1, "check": 1}],
    "a name of no kind": ["named", 1, {"x": ["a"]}],
    "more than names": ["named", 1, {"x": 1}, []],
    "nothing": ["named", 1],
}


@pytest.mark.parametrize("case", WRONG_NAMES)
def test_what_is_no_dict_of_the_names_asked_for_ends_the_process(case, scripted):
    learner = scripted().says(frame(WRONG_NAMES[case]))
    with pytest.raises(LearnerLostError):
        learner.session.names(["x"])
    assert learner.process.killed


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\0",
        b"\0" * 7,
        frame(b"{"),
        frame(b"\xff\xfe"),
        frame(b"[" * 5000),
        struct.pack(">II", 1 << 31, 0),
        struct.pack(">II", 2, 1 << 31),
        frame(b"1" * 9000),
        frame(["value", 1, 1, [], []])[:-1],
    ],
    ids=[
        "nothing",
        "a byte",
        "half a head",
        "half JSON",
        "no UTF-8",
        "deep JSON",
        "a huge text",
        "a huge block",
        "a huge number",
        "half a message",
    ],
)
def test_broken_frames_end_the_process(sent, scripted):
    learner = scripted().says(sent).hangs_up()
    with pytest.raises(LearnerLostError):
        learner.session.get(1, "x")
    assert learner.process.killed


@pytest.mark.parametrize(
    "name",
    [
        "StopIteration",
        "StopAsyncIteration",
        "SystemExit",
        "KeyboardInterrupt",
        "exit",
        "print",
        "nothing",
        "",
        "__import__",
    ],
)
def test_only_ordinary_built_in_exceptions_come_as_themselves(name, scripted):
    learner = scripted().says(frame(["raised", 1, name, name, ["x"], "", [], []]))
    with pytest.raises(RemoteError) as caught:
        learner.session.get(1, "x")
    assert caught.value.kind == name


def test_an_exception_that_wants_other_arguments_is_still_one(scripted):
    learner = scripted().says(frame(["raised", 1, "UnicodeDecodeError", "UnicodeDecodeError", ["x"], "", [], []]))
    with pytest.raises(RemoteError):
        learner.session.get(1, "x")


def test_a_trickle_does_not_outlast_the_deadline(scripted):
    """One byte at a time, each well before any single wait is over: the limit is on the whole message."""
    limits = Limits(step_wall=0.5, total_wall=60.0)
    learner = scripted(limits)
    stop = threading.Event()

    def trickle():
        for byte in frame(b" " * 1000):
            if stop.wait(0.02):
                return
            learner.other.sendall(bytes([byte]))

    sender = threading.Thread(target=trickle)
    sender.start()
    try:
        with pytest.raises(TimeIsUpError):
            learner.session.get(1, "x")
    finally:
        stop.set()
        sender.join()
    assert learner.process.killed


def test_a_learner_that_does_not_read_does_not_hang_the_judge(scripted):
    learner = scripted(Limits(step_wall=0.5))
    with pytest.raises(TimeIsUpError):
        learner.session.run("x" * 4_000_000)


ANSWERS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats()
    | st.sampled_from(
        [
            "value",
            "raised",
            "ran",
            "named",
            "ask",
            "kept",
            "given",
            "=",
            "a",
            "t",
            "l",
            "d",
            "f",
            "<f8",
            "ValueError",
            "UserWarning",
            "__class__",
        ]
    ),
    lambda inner: st.lists(inner, max_size=7),
    max_leaves=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(ANSWERS, st.binary(max_size=16)), max_size=4),
    st.sampled_from(["names", "run", "call", "get", "settle"]),
)
def test_no_conversation_gets_out_of_the_session(replies, request_kind):
    """Whatever is answered: a value, an exception, or a learner that is gone; and nothing lent is left behind."""
    learner = Scripted()
    try:
        learner.says(*(frame(message, block) for message, block in replies)).hangs_up()
        requests = {
            "names": lambda: learner.session.names(["x", "y"]),
            "run": lambda: learner.session.run("x"),
            "call": lambda: learner.session.call(1, ([1.0], lambda v: v), {}),
            "get": lambda: learner.session.get(1, "x"),
            "settle": lambda: (learner.session.operate("add", 1, 2), learner.session.settle()),
        }
        assert not isinstance(_ended_with(requests[request_kind]), WireError | ConnectionLostError)
        assert not learner.session._lent
    finally:
        learner.close()


def test_bits_flipped_in_a_real_conversation_never_pass_a_check(scripted):
    """Answers of a real call with bits turned over: what comes is that value, another value, an error, or the end."""
    random.seed(7)
    true = frame(["value", 1, ["t", ["=", -1, ["a", "<f8", [2], 0]], 2.0], [], []], struct.pack("<2d", 1.5, 2.5))
    for _ in range(300):
        flipped = bytearray(true)
        for _ in range(random.randint(1, 3)):
            flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
        learner = scripted().says(bytes(flipped)).hangs_up()
        ended = _ended_with(partial(learner.session.call, 1, (), {}))
        assert not isinstance(ended, WireError | ConnectionLostError)


def _ended_with(action):
    """The exception that an action raised, or None; what is no business of a check's goes through."""
    try:
        action()
    except FINE as error:
        return error
    return None
