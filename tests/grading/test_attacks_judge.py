"""Attacks on whoever judges, and on whoever looks at the result: found with the grader's source open."""

import json
import os
import signal
import subprocess
import sys
from multiprocessing import Pipe
from pathlib import Path
from unittest.mock import Mock

import homework
import pytest
from arena import EVERYTHING, HONEST, KEY, NOTHING, WIRE, Attack, messages, output, stored
from homework import checks, exercise, handed_in, key, scores
from nbconvert.filters import markdown2html

from gradschool.grading import Limits, bench, similarity, snippets
from gradschool.grading.bench import Bench, Job
from gradschool.grading.cgroups import ControlGroup
from gradschool.grading.classbook import Exercise
from gradschool.grading.inside.learner import Learner
from gradschool.grading.inside.wire import ConnectionLostError
from gradschool.grading.legible import harmless, legible, storable
from gradschool.grading.results import NotebookResult

ODD = "\ud800 \x1b[2J \x9b31m \u202e \x07 \r"


@pytest.mark.parametrize(
    "attack",
    [
        Attack(f"def target(x):\n    raise ValueError({ODD!a})"),
        Attack(f"def target(x):\n    raise type({ODD!a}.replace(chr(0xd800), ''), (Exception,), {{}})('x')"),
        Attack(f"def target(x):\n    class Odd:\n        pass\n    Odd.__name__ = {ODD[2:]!a}\n    return Odd()"),
        Attack(
            None,
            first=f"import sys\nprint({ODD!a})\nsys.stderr.write({ODD!a})\nraise ValueError({ODD!a})",
            points=EVERYTHING,
        ),
        Attack(
            None,
            first=f"from IPython.display import display\ndisplay({{'text/plain': {ODD!a}}}, raw=True)",
            points=EVERYTHING,
        ),
    ],
    ids=["an exception", "its name", "a class", "output", "a display"],
)
def test_a_result_can_be_written_down_and_shown_whatever_is_said(attack, arena):
    """Half a character, which no file holds; and what a terminal obeys, which a message must not have."""
    result = arena.holds(attack)
    assert stored(result)
    assert all(
        character.isprintable() or character in "\n\t\ufffd" for text in messages(result).values() for character in text
    )


def test_source_with_half_a_character_is_graded_and_written_down(arena):
    notebook = handed_in(KEY, {"target": f"x = '{ODD[0]}'\ndef target(x):\n    return x * x"})
    assert scores(arena.grade(json.dumps(notebook).encode())) == EVERYTHING


def test_text_is_made_legible_and_otherwise_left_alone():
    assert legible("가나다 ∂L/∂x\n\t😀") == "가나다 ∂L/∂x\n\t😀"
    assert storable("\ud83d\ude00 \ud83d") == "😀 \ufffd"
    assert legible("a\x1b[31mb\u202ec\x00") == "a\ufffd[31mb\ufffdc\ufffd"


ACTIVE = {
    "a script": "hello <script>alert(1)</script>",
    "an image": "<img src=x onerror=alert(1)>",
    "an image over two lines": "a <IMG\nsrc=x\nonerror=alert(1)>",
    "a plain tag with more in it": "<b onclick=alert(1)>b</b>",
    "in a fence that is closed": "```\n```\n<script>alert(1)</script>",
    "a link": "[here](javascript:alert(1))",
    "a link with entities": "[here](&#106;avascript:alert(1))",
    "a link with spaces": "[here](<java\tscript:alert(1)>)",
    "a link elsewhere": "[here]\n\n[here]: VBScript:alert(1)",
    "a frame": "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "a comment": "<!--><script>alert(1)</script>-->",
    "a picture that is not there": "![x](attachment:x.png)",
    "a picture that is not there, hidden": "![x](attachment\\:x.png)",
}


@pytest.mark.parametrize("name", ACTIVE)
def test_markdown_of_a_learners_does_nothing_in_a_graders_browser(name, arena):
    """Formgrader renders it as nbconvert does, in a page that is logged in to the grader's Jupyter."""
    shown = markdown2html(harmless(ACTIVE[name]))
    assert "<code>" in shown
    for active in ("<script", "<img", "<IMG", "<iframe", "<b ", "href", "<!--"):
        assert active not in shown
    notebook = handed_in(KEY)
    notebook["cells"].append({"cell_type": "markdown", "id": "own", "metadata": {}, "source": ACTIVE[name]})
    notebook["cells"].append(
        homework.code("own-2", f"from IPython.display import Markdown, display\ndisplay(Markdown({ACTIVE[name]!r}))")
    )
    own, displayed = arena.grade(homework.to_bytes(notebook)).document["cells"][-2:]
    assert own["source"] == displayed["outputs"][0]["data"]["text/markdown"] == harmless(ACTIVE[name])


@pytest.mark.parametrize(
    "text",
    [
        "# A title\n\n$x < y$ and `a < b` and a < b > c",
        "<details><summary>Why?</summary>\n\n*so*\n\n</details>",
        "x<br/>y",
    ],
)
def test_markdown_with_nothing_active_in_it_stays_as_it_is(text):
    assert harmless(text) == text


def test_nothing_but_text_and_pictures_is_kept_of_what_is_displayed(arena):
    first = """
from IPython.display import display
for kind in ("text/html", "image/svg+xml", "application/javascript", "application/vnd.jupyter.widget-view+json", "text/plain"):
    display({kind: "<script>alert(1)</script>" + kind}, raw=True)
"""
    result = arena.holds(Attack(None, first=first, points=EVERYTHING))
    data = [each["data"] for cell in result.document["cells"] for each in cell.get("outputs", ()) if "data" in each]
    assert data == [{"text/plain": "<script>alert(1)</script>text/plain"}]


def test_a_message_that_cannot_be_made_is_a_failed_check_and_no_lost_notebook(arena):
    """A check looks up what came in a table; an integer of so many digits cannot be printed."""
    course = key(exercise("answer", "return 1", "{1: 2}[answer()]", "pass", ""), homework.AFTER)
    result = arena.grade(homework.to_bytes(handed_in(course, {"answer": "def answer():\n    return 10**9000"})), course)
    assert scores(result) == {"answer": 1.0, "after": 2.0}
    assert "KeyError" in checks(result)["answer-check"].message


def test_an_array_of_no_bytes_does_not_become_one_of_many_in_the_judge(arena):
    """Four hundred million empty rows are no bytes on the wire, and three gigabytes once somebody sums them."""
    course = key(
        exercise("answer", "return np.zeros((3, 0))", "assert len(answer().sum(axis=1))", "pass", ""), homework.AFTER
    )
    wrong = {"answer": "def answer():\n    return np.zeros((400_000_000, 0))"}
    result = arena.grade(homework.to_bytes(handed_in(course, wrong)), course, memory=1 << 30)
    assert scores(result) == {"answer": 1.0, "after": 2.0}
    assert "MemoryError" in checks(result)["answer-check"].message


@pytest.fixture
def own_bench():
    """A bench of this test's own, to be broken."""
    bench = Bench(sandbox=True)
    yield bench
    bench.close()


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.sandbox
def test_a_template_that_is_gone_is_started_again(own_bench):
    """The kernel may choose the wrong process to end when memory is short: it costs nobody a point, and no run its end."""
    job = Job("small", homework.to_bytes(KEY), HONEST, Limits())
    first = own_bench.grade(job)
    (sandbox,) = children(own_bench._process.pid)
    os.kill(sandbox, signal.SIGKILL)
    assert own_bench.grade(job) == first
    assert scores(first) == EVERYTHING


@pytest.mark.sandbox
def test_a_judge_that_dies_costs_nobody_who_comes_later(own_bench):
    """A new template says once that it is ready: the first judge after a dead one heard it, the second waited in vain."""
    job = Job("small", homework.to_bytes(KEY), HONEST, Limits())
    first = own_bench.grade(job)
    course = key(exercise("answer", "return 1", "import os\nos._exit(1)", "pass", ""))
    deadly = Job("small", homework.to_bytes(course), homework.to_bytes(handed_in(course)), Limits())
    assert own_bench.grade(deadly).status == "unreadable"
    assert [own_bench.grade(job) for _ in range(3)] == [first] * 3


def test_the_last_words_of_a_judge_are_seen_and_not_obeyed(capfd):
    """Whoever mends the grader needs them; in them may be whatever a learner sent."""
    launcher = Mock()
    launcher.launch.side_effect = RuntimeError("\x1b]0;obeyed\x07")
    mine, its = Pipe()
    assert bench._grade_in_fork(Job("small", homework.to_bytes(KEY), HONEST, Limits()), launcher, mine) == b""
    its.close()
    said = capfd.readouterr().err
    assert "RuntimeError: \ufffd]0;obeyed\ufffd" in said
    assert "\x1b" not in said


@pytest.mark.sandbox
def test_nothing_of_a_bench_is_left_when_it_is_closed(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    bench = Bench(sandbox=True)
    bench.grade(Job("small", homework.to_bytes(KEY), HONEST, Limits()))
    pid = bench._process.pid
    inside = children(pid)
    assert list(tmp_path.glob("gradschool-*"))
    bench.close()
    assert not any(Path(f"/proc/{each}").exists() for each in (pid, *inside))
    assert not list(Path("/sys/fs/cgroup").rglob(f"gradschool-{pid}"))
    assert not list(tmp_path.glob("gradschool-*"))


def test_a_group_that_a_killed_grader_left_is_swept_up_by_the_next():
    script = (
        "from gradschool.grading.cgroups import ControlGroup\nprint(*ControlGroup(1 << 30, 50).directories, sep='\\n')"
    )
    left = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    group = ControlGroup(1 << 30, 50)
    try:
        assert not any(Path(directory).exists() for directory in left)
        group.allow(2 << 30, 60)
        said = [file.read_text().strip() for each in group.directories for file in each.glob("memory.limit_in_bytes")]
        assert set(said) <= {str(2 << 30)}
    finally:
        group.close()


def test_a_warning_that_comes_with_a_name_is_not_printed_where_the_grader_works(capfd):
    """A forged message may bring warnings at any time; python prints them, and a terminal would obey."""
    bench = Bench(sandbox=False)
    forge = f"""{WIRE}
honest = mine._channel.send
def evil(message, block=b""):
    if message[0] == "value":
        message[3] = [["UserWarning", chr(27) + "[2J obeyed"]]
    honest(message, block)
mine._channel.send = evil
"""
    submission = homework.to_bytes(handed_in(KEY, insert={"setup": [forge]}))
    result = bench.grade(Job("small", homework.to_bytes(KEY), submission, Limits()))
    bench.close()
    assert scores(result) == EVERYTHING
    assert "obeyed" not in "".join(capfd.readouterr())


# What can be sent in place of `message` where no check is there to fail of it.
OUTSIDE_OF_CHECKS = {
    "an exception": ("named", "['raised', message[1], 'ValueError', 'ValueError', [chr(27) + '[2J'], '', [], []]"),
    "an exception that cannot be": ("named", "['raised', message[1], 'a' + chr(0), 'ValueError', [], '', [], []]"),
    "a warning that a terminal obeys": ("named", "['value', message[1], None, [['UserWarning', chr(27) + '[2J']], []]"),
    "a name without an end": ("named", "['named', message[1], {'x': endless}]"),
    "an output of no kind": ("ran", "['ran', message[1], [{'output_type': []}], None]"),
    "a question without an end": ("ran", "['ask', 1, None, endless, {}]"),
}


@pytest.mark.parametrize("name", OUTSIDE_OF_CHECKS)
def test_a_forged_message_outside_of_checks_ends_a_process_and_no_judge(name, arena, capfd):
    """While cells are run again in a new process, an exception of the learner's is not a check's to fail of."""
    kind, message = OUTSIDE_OF_CHECKS[name]
    forge = f"""{WIRE}
honest = channel.send
endless = 1.0
for number in range(300):
    endless = ["=", -1000 - number, ["l", endless]]
endless = [endless]
def evil(message, block=b""):
    honest({message} if message[0] == {kind!r} else message, block)
channel.send = evil
"""
    result = arena.grade(homework.to_bytes(handed_in(KEY, insert={"setup": [forge, "import os\nos._exit(0)"]})))
    assert result.status == "graded"
    assert capfd.readouterr().err == ""


def test_a_cell_that_spoils_the_process_is_blamed_itself(arena):
    """The next cell is the one to die of it, and the cells after that: none of them did anything."""
    first = f"{WIRE}mine._handlers.clear()"
    result = arena.holds(Attack(None, first=first, points=EVERYTHING))
    spoiled = next(cell for cell in result.document["cells"] if cell["source"] == first)
    assert spoiled["outputs"][0]["ename"] == "ProcessEnded"


def test_a_signal_that_comes_between_two_requests_costs_nothing():
    """An interrupt that comes late, a request, a timer of the learner's own, and the end."""
    request = (["settle", 1, [], [], []], b"")
    channel = Mock()
    channel.receive.side_effect = [KeyboardInterrupt(), request, ZeroDivisionError(), ConnectionLostError()]
    with pytest.raises(ConnectionLostError):
        Learner(channel, shell=None).serve()
    channel.send.assert_called_once_with(["value", 1, None, [], []], bytearray())


def test_what_children_work_counts(arena):
    first = "import os\nfor _ in range(4):\n    if os.fork() == 0:\n        while True:\n            pass\nimport time\ntime.sleep(99)"
    result = arena.holds(Attack(None, first=first, points=EVERYTHING))
    assert "processor time" in output(result)


def test_a_check_that_never_ends_with_what_it_was_given_fails_alone(arena):
    """It is the judge that works here, and the learner waits: no processor time of the learner's is used."""
    course = key(exercise("answer", "return 3", "for _ in range(answer()):\n    pass", "pass", ""), homework.AFTER)
    wrong = {"answer": "def answer():\n    return 10**15"}
    result = arena.grade(homework.to_bytes(handed_in(course, wrong)), course, step_wall=1.0)
    assert scores(result) == {"answer": 1.0, "after": 2.0}
    assert "did not come to an end" in checks(result)["answer-check"].message


def test_lists_made_of_one_another_by_forged_messages_cost_their_own_check_alone(arena):
    """Twenty levels of two each: a few thousand bytes on the wire, and a million items to whoever walks them."""
    forge = f"""{WIRE}
honest = channel.send
def tangled():
    for level in range(2, 21):
        below = ["=", 1 - level, ["l"]]
        yield ["=", -level, ["l", below, below]]
        for lower in range(level - 1, 1, -1):
            below = ["=", 1 - lower, ["l"]]
            yield ["=", -lower, ["l", below, below]]
def evil(message, block=b""):
    if message[0] == "value" and on:
        message = ["value", message[1], ["=", -20, ["l"]], [], [*tangled()]]
    honest(message, block)
on = []
channel.send = evil
def answer():
    on.append(1)
    return []
"""
    course = key(exercise("answer", "return []", "assert str(answer()) == '[]' and 0", "pass", ""), homework.BEFORE)
    order = handed_in(course, {"answer": forge})
    order["cells"] = [order["cells"][0], *order["cells"][5:], *order["cells"][1:5]]
    result = arena.grade(homework.to_bytes(order), course, step_wall=2.0)
    assert result.exercise("before").score == 2.0
    assert checks(result)["answer-check"].score == 0.0


BREAKS_PARSERS = {
    "brackets": "(" * 5000,
    "signs": "x = " + "-" * 100_000 + "1",
    "dots": "x" + ".x" * 20_000,
    "a null": "a\0b",
    "a string without an end": "'" * 99_999,
    "blocks in blocks": "\n".join(" " * depth + "if x:" for depth in range(150)),
    "millions of lines": "x = 1\n" * 1_000_000,
    "a quote at every other place": '"\\' * 1_000_000,
}


@pytest.mark.parametrize("name", BREAKS_PARSERS)
def test_code_that_no_parser_takes_stops_no_report_of_a_class(name):
    result = NotebookResult("small", "graded", document={"cells": [{"id": "target", "source": BREAKS_PARSERS[name]}]})
    ((_, code),) = snippets.cells(result, Exercise("small", "target", {}, 5.0, 2.0, ("target",), frozenset()))
    assert len(code) < 50_000
    assert snippets.html(code)
    assert isinstance(snippets.function(code, "target"), str)
    assert isinstance(similarity.tokens(code), tuple)


def test_an_answer_that_stands_there_a_thousand_times_is_shown_as_far_as_an_answer_goes():
    """Each of them would be coloured for a page, and compared with everybody's."""
    document = {"cells": [{"id": "target", "source": "x = 1\n" * 3000}] * 1000}
    result = NotebookResult("small", "graded", document=document)
    found = snippets.cells(result, Exercise("small", "target", {}, 5.0, 2.0, ("target",), frozenset()))
    assert sum(len(code) for _, code in found) < 50_000
    assert found[0] == ("target", document["cells"][0]["source"])


def test_keys_that_collide_cost_their_own_check_alone(arena):
    """Multiples of one prime are all of one hash: a dict of them takes the square of their number."""
    evil = "def target(x):\n    return {k * (2**61 - 1): 0 for k in range(1, 3000)}"
    arena.holds(Attack(evil, points=NOTHING))


def test_results_are_the_same_bytes_with_an_attack_in_between(arena):
    first = stored(arena.warm.grade(KEY, HONEST))
    arena.holds(Attack("import os\ndef target(x):\n    os._exit(0)"))
    assert stored(arena.warm.grade(KEY, HONEST)) == first
    assert json.loads(first)["score"] == 6.0
