"""A call that may never come back, on any thread, with threads and without."""

import sys
import threading
import time

import numpy as np
import pytest

from gradschool.figures import deadline
from gradschool.figures.deadline import TooSlow, limited


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(60)


def stubborn() -> None:
    for _ in range(10):
        try:
            spin()
        except:  # noqa: E722 - a learner's bare except
            continue


@pytest.fixture(params=["threads", "no threads"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "no threads":

        def refused() -> None:
            raise RuntimeError("can't start new thread")

        monkeypatch.setattr(deadline, "_ready_worker", refused)
    return str(request.param)


def test_a_result_comes_back(way: str) -> None:
    assert limited(lambda: 6 * 7, 5) == 42


def test_an_exception_comes_back_as_itself(way: str) -> None:
    with pytest.raises(KeyError, match="lost"):
        limited(lambda: {}["lost"], 5)


def test_leaving_the_interpreter_is_an_ordinary_error(way: str) -> None:
    with pytest.raises(RuntimeError, match="SystemExit"):
        limited(sys.exit, 5)


def test_an_endless_loop_ends(way: str) -> None:
    began = time.monotonic()
    with pytest.raises(TooSlow):
        limited(spin, 0.2)
    assert time.monotonic() - began < 5


def test_a_sleeper_is_left_asleep() -> None:
    began = time.monotonic()
    with pytest.raises(TooSlow):
        limited(sleep, 0.2)
    assert time.monotonic() - began < 5


def test_the_next_call_is_not_hurt_by_a_hung_one(way: str) -> None:
    for _ in range(5):
        with pytest.raises(TooSlow):
            limited(spin, 0.05)
        assert [limited(lambda: 1, 5) for _ in range(20)] == [1] * 20


def hung_threads() -> set[threading.Thread]:
    return {t for t in threading.enumerate() if t.name == "gradschool-figure" and t not in deadline._idle}


def test_the_thread_of_a_hung_call_ends() -> None:
    before = hung_threads()
    with pytest.raises(TooSlow):
        limited(stubborn, 0.05)
    hung = hung_threads() - before
    assert len(hung) == 1
    for thread in hung:
        thread.join(20)
        assert not thread.is_alive()


def test_a_sleeper_holds_up_nobody_who_is_traced() -> None:
    with pytest.raises(TooSlow):
        limited(sleep, 0.1)
    for thread in threading.enumerate():
        if thread.name == "gradschool-nudge":
            thread.join(0.2)  # long enough for several nudges
    began = time.monotonic()
    assert deadline._limited_by_tracing(lambda: 1, 30) == 1
    assert time.monotonic() - began < 10


def test_it_holds_off_the_main_thread(way: str) -> None:
    seen: list[object] = []

    def elsewhere() -> None:
        try:
            limited(spin, 0.1)
        except TooSlow as error:
            seen.append(error)
        seen.append(limited(lambda: "after", 5))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join(20)
    assert isinstance(seen[0], TooSlow)
    assert seen[1] == "after"


def test_calls_at_once_do_not_meet() -> None:
    results: list[int] = []
    threads = [threading.Thread(target=lambda k=k: results.append(limited(lambda: k, 5))) for k in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(results) == list(range(20))


def test_numpys_error_state_goes_along() -> None:
    with np.errstate(divide="raise"), pytest.raises(FloatingPointError):
        limited(lambda: np.ones(1) / np.zeros(1), 5)


def test_tracing_gives_back_the_tracer_that_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(deadline, "_ready_worker", refused)
    before = sys.gettrace()
    limited(lambda: None, 5)
    assert sys.gettrace() is before
