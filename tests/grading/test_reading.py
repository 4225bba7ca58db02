"""Forgiving reading: what editors, platforms and people do to a notebook costs no point that its other cells earn."""

import copy
import io
import json
import zipfile

import homework
import nbformat
import pytest
from homework import AFTER, BEFORE, TARGET, checks, handed_in, key, release, scores, to_bytes

from gradschool.course import find_course, notebooks, source

FULL = {"before": 2.0, "target": 2.0, "after": 2.0}
ALL_BUT_TARGET = {"before": 2.0, "target": 0.0, "after": 2.0}
CHANGED = "the check {id} was changed; the original was used"
MISSING = "the check {id} is missing; the original was used"
UNLABELLED = "the cells lost their labels; they were recognised by what stands in them"
ANOTHER_ORDER = "cells stand in another order than they were given in"

SMALL = key(BEFORE, TARGET, AFTER)
SOLVED = handed_in(SMALL)
SECOND = homework.exercise("second", "return 2 * x", "assert second(1.0) == 2.0", "assert second(-3.0) == -6.0")


def edited(change, notebook=SOLVED):
    """A copy of a notebook after `change(notebook)`."""
    made = copy.deepcopy(notebook)
    change(made)
    return made


def without(*ids):
    return edited(lambda notebook: notebook.update(cells=[c for c in notebook["cells"] if c["id"] not in ids]))


def with_source(cell_id, source, **more):
    def change(notebook):
        for cell in notebook["cells"]:
            if cell["id"] == cell_id:
                cell.update(source=source, **more)

    return edited(change)


def each_cell(change):
    return edited(lambda notebook: [change(cell) for cell in notebook["cells"]])


def retyped(*ids):
    """Cells of these ids turned into text, as a slip on the keyboard does."""

    def change(cell):
        if cell["id"] in ids:
            cell["cell_type"] = "markdown"
            del cell["outputs"], cell["execution_count"]

    return each_cell(change)


def stripped(cell):
    cell["metadata"] = {}
    del cell["id"]


TWINS = key(
    *[homework.exercise(name, "return x", f"assert {name}(1) == 1", "pass") for name in ("one", "two", "three")]
)


@pytest.mark.parametrize("repeat", [1, 2])
def test_checks_that_read_alike_are_told_apart_by_where_they_stand(repeat, warm):
    """What a hidden check shows of itself can be the same sentence in several exercises."""
    cells = [copy.deepcopy(cell) for cell in handed_in(TWINS)["cells"] for _ in range(repeat)]
    for cell in cells:
        stripped(cell)
    result = warm.grade(TWINS, {**TWINS, "cells": cells})
    assert result.score == 6.0
    twice = [
        f"{name}{kind} stands there 2 times" for name in ("one", "two", "three") for kind in ("", "-check", "-hidden")
    ]
    assert list(result.warnings) == [UNLABELLED, *(twice if repeat == 2 else [])]


# --- what a platform or an editor makes of a notebook -------------------------------------------------------------


def colab():
    """Colab's: its own ids in the metadata, nbgrader's kept, outputs with their own extras."""

    def change(notebook):
        notebook["metadata"] = {
            "colab": {"provenance": [], "toc_visible": True},
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python"},
        }
        notebook["nbformat_minor"] = 0
        for number, cell in enumerate(notebook["cells"]):
            del cell["id"]
            cell["metadata"] |= {"id": f"aBcD{number}", "colab": {"base_uri": "https://localhost"}}

    return edited(change)


def kaggle():
    """Kaggle's: uuids, `trusted`, execution times, nothing of nbgrader's."""

    def change(notebook):
        notebook["metadata"] = {"kaggle": {"accelerator": "none", "dataSources": []}, "kernelspec": {"name": "python3"}}
        for number, cell in enumerate(notebook["cells"]):
            del cell["id"]
            cell["metadata"] = {"_uuid": f"{number:032x}", "trusted": True, "execution": {"shell.execute_reply": "now"}}

    return edited(change)


def vscode():
    """VS Code's: its own language tag on each cell, new ids, carriage returns."""

    def change(notebook):
        notebook["metadata"] = {"language_info": {"name": "python", "version": "3.12.1"}, "vscode": {"interpreter": {}}}
        for number, cell in enumerate(notebook["cells"]):
            cell["id"] = f"W{number}sZmlsZQ=="
            cell["metadata"] = {"vscode": {"languageId": "python"}}
            cell["source"] = cell["source"].replace("\n", "\r\n")

    return edited(change)


def version_3():
    """The format of 2014: cells in worksheets, `input` for `source`, headings of their own."""
    notebook = nbformat.from_dict(each_cell(lambda cell: cell.update(metadata={})))
    old = json.loads(nbformat.writes(notebook, version=3))
    old["worksheets"][0]["cells"].insert(
        0, {"cell_type": "heading", "level": 1, "source": ["Homework"], "metadata": {}}
    )
    return old


def foreign_kernel(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "conda-env-study-py", "display_name": "my env", "language": "python"}


LOOKS = {
    "as it was given": (SOLVED, []),
    "Colab's": (colab(), []),
    "Kaggle's": (kaggle(), [UNLABELLED]),
    "VS Code's": (vscode(), [UNLABELLED]),
    "nbformat 3": (version_3(), [UNLABELLED]),
    "metadata and ids stripped": (each_cell(stripped), [UNLABELLED]),
    "no metadata at all": (edited(lambda notebook: notebook.pop("metadata")), []),
    "metadata that is no object": (edited(lambda notebook: notebook.update(metadata=[1])), []),
    "ids alone missing": (each_cell(lambda cell: cell.pop("id")), []),
    "every id the same": (each_cell(lambda cell: cell.update(id="same")), []),
    "sources as lists of lines": (each_cell(lambda cell: cell.update(source=cell["source"].splitlines(True))), []),
    "carriage returns": (each_cell(lambda cell: cell.update(source=cell["source"].replace("\n", "\r\n"))), []),
    "the carriage returns of old": (each_cell(lambda cell: cell.update(source=cell["source"].replace("\n", "\r"))), []),
    "a foreign kernel": (edited(foreign_kernel), []),
    "outputs of another run, and counts out of order": (
        each_cell(lambda cell: cell.update(execution_count=99, outputs=[{"output_type": "stream", "text": "old"}])),
        [],
    ),
    "no outputs and no counts": (
        each_cell(lambda cell: [cell.pop(name, 0) for name in ("outputs", "execution_count")]),
        [],
    ),
    "a check deleted": (without("target-check"), [MISSING.format(id="target-check")]),
    "every check deleted": (
        without(*[f"{name}-{kind}" for name in FULL for kind in ("check", "hidden")]),
        [MISSING.format(id=f"{name}-{kind}") for name in FULL for kind in ("check", "hidden")],
    ),
    "a check made easier": (with_source("target-check", "assert True"), [CHANGED.format(id="target-check")]),
    "a check emptied": (with_source("target-hidden", ""), [CHANGED.format(id="target-hidden")]),
    "a check that stops the kernel": (
        with_source("target-check", "import os\nos._exit(0)"),
        [CHANGED.format(id="target-check")],
    ),
    "checks that are text now": (
        retyped("target-check", "target-hidden"),
        [f"target-{kind} was turned into text; it was taken as code" for kind in ("check", "hidden")],
    ),
    "an answer that is text now": (retyped("target"), ["target was turned into text; it was taken as code"]),
    "the set-up that is text now": (retyped("setup"), []),
    "the set-up deleted": (without("setup"), []),
    "every text cell deleted": (without(*[f"{name}-text-1" for name in FULL]), []),
    "every cell twice": (
        edited(lambda notebook: notebook.update(cells=[copy.deepcopy(c) for c in notebook["cells"] for _ in range(2)])),
        [f"{name}{kind} stands there 2 times" for name in FULL for kind in ("", "-check", "-hidden")],
    ),
    "the whole notebook twice": (
        edited(lambda notebook: notebook.update(cells=notebook["cells"] * 2)),
        [f"{name}{kind} stands there 2 times" for name in FULL for kind in ("", "-check", "-hidden")],
    ),
    "the untouched notebook below it": (
        edited(lambda notebook: notebook.update(cells=notebook["cells"] + release(SMALL)["cells"])),
        [f"{name}-{kind} stands there 2 times" for name in FULL for kind in ("check", "hidden")],
    ),
    "the untouched notebook above it": (
        edited(lambda notebook: notebook.update(cells=release(SMALL)["cells"] + notebook["cells"])),
        [f"{name}-{kind} stands there 2 times" for name in FULL for kind in ("check", "hidden")] + [ANOTHER_ORDER],
    ),
    "checks before what they check": (
        edited(
            lambda notebook: notebook["cells"].sort(key=lambda c: not c["id"].endswith(("setup", "-check", "-hidden")))
        ),
        [ANOTHER_ORDER],
    ),
    "from the end to the beginning": (edited(lambda notebook: notebook["cells"].reverse()), [ANOTHER_ORDER]),
    "a line that installs something, at the top": (
        edited(
            lambda notebook: notebook["cells"].insert(
                0,
                homework.code("own", "%pip install gradschool\n!pip install -q numpy\n%matplotlib inline\n%load_ext x"),
            )
        ),
        [],
    ),
    "magics at the top of an answer": (with_source("target", f"%matplotlib inline\n{TARGET.right}"), []),
    "a magic among an answer's lines": (
        with_source("target", f"n = 3\n{TARGET.right}\n%timeit -n 1 -r 1 target(n)"),
        [],
    ),
    "an answer that waits": (
        with_source("target", f"import asyncio\nawait asyncio.sleep(0)\n{TARGET.right}\nawait asyncio.sleep(0)"),
        [],
    ),
    "a timed answer": (with_source("target", f"%%time\n{TARGET.right}"), []),
    "what an answer says on stderr": (
        with_source(
            "target", f"import sys, warnings\n{TARGET.right}\nprint('x', file=sys.stderr)\nwarnings.warn('old')"
        ),
        [],
    ),
    "an answer that calls display, input and exit": (
        with_source(
            "target", f"{TARGET.right}\ndisplay(target(2))\nexit\ntry:\n    input()\nexcept EOFError:\n    pass"
        ),
        [],
    ),
    "an answer below a cell of one's own": (
        edited(
            lambda notebook: [
                notebook["cells"].insert(5, homework.code("mine", TARGET.right)),
                notebook["cells"][6].update(source=""),
            ]
        ),
        [],
    ),
    "a cell of a kind that there is not": (
        edited(lambda notebook: notebook["cells"].append({"cell_type": "poem", "source": "…", "metadata": {}})),
        ["1 cells could not be read"],
    ),
    "cells that are no cells": (
        edited(lambda notebook: notebook["cells"].extend([None, 3, {"cell_type": "code", "source": {"a": 1}}])),
        ["3 cells could not be read"],
    ),
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_point_is_kept_and_what_was_recognised_is_named(look, warm):
    notebook, warnings = LOOKS[look]
    result = warm.grade(SMALL, notebook)
    assert (result.status, scores(result)) == ("graded", FULL)
    assert list(result.warnings) == warnings


FILES = {
    "a byte order mark": (b"\xef\xbb\xbf" + to_bytes(SOLVED), []),
    "UTF-16": (json.dumps(SOLVED).encode("utf-16"), ["the file was saved as utf-16, not as UTF-8"]),
    "a Korean Windows' encoding": (
        to_bytes(with_source("before", f"# 더하기\n{BEFORE.right}")).decode().encode("cp949"),
        ["the file was saved as cp949, not as UTF-8"],
    ),
    "carriage returns between the lines of the file": (json.dumps(SOLVED, indent=1).replace("\n", "\r\n").encode(), []),
    "zeros at the end": (to_bytes(SOLVED) + bytes(512), []),
    "something after the end": (
        to_bytes(SOLVED) + b"\n<!-- saved from a browser -->",
        ["something follows the end of the notebook in its file; it was ignored"],
    ),
    "half a character in a text cell": (
        to_bytes(with_source("before-text-1", "X")).replace(b'"X"', b'"\xed\x9c\xff\xb4"'),
        ["some letters of the file are damaged"],
    ),
}


@pytest.mark.parametrize("look", FILES)
def test_whatever_happened_to_the_file_on_its_way(look, warm):
    data, warnings = FILES[look]
    result = warm.grade(SMALL, data)
    assert (scores(result), list(result.warnings)) == (FULL, warnings)


def _zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.ipynb", "{}")
    return out.getvalue()


NO_NOTEBOOKS = {
    "nothing": (b"", "the file is empty"),
    "blanks": (b" \n\t ", "the file is empty"),
    "a zip": (_zip(), "this is a zip or an office document, not a notebook"),
    "a PDF": (b"%PDF-1.7\n...", "this is a PDF, not a notebook"),
    "a web page": (b"\n<!DOCTYPE html><title>Sign in</title>", "this is a web page, not a notebook"),
    "a program": (b"def f(x):\n    return x\n", "this is no notebook: a notebook's file begins with {"),
    "a list": (b"[1, 2]", "this is no notebook: a notebook's file begins with {"),
    "an empty object": (b"{}", "no cells"),
    "half of a notebook": (to_bytes(SOLVED)[:700], "the notebook is damaged or cut off"),
    "a merge that was never finished": (
        b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n]}',
        "the file has an unsolved merge conflict in it (<<<<<<<)",
    ),
    "brackets a million deep": (b'{"cells": ' + b"[" * 1_000_000, "the notebook is damaged or cut off"),
}


@pytest.mark.parametrize("file", NO_NOTEBOOKS)
def test_a_file_that_is_no_notebook_gets_a_result_that_says_so(file, warm):
    data, says = NO_NOTEBOOKS[file]
    result = warm.grade(SMALL, data)
    assert (result.status, result.score, result.max_score) == ("unreadable", 0.0, 6.0)
    assert says in result.warnings[0]
    assert len(result.warnings[0].splitlines()) == 1


# --- cells that fail ----------------------------------------------------------------------------------------------

FAILURES = {
    "a killer": "import os\nos._exit(1)",
    "a killer in the function": "import os\ndef target(x):\n    os._exit(1)",
    "a crash": "import ctypes\nctypes.string_at(0)",
    "a killer by signal": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "a hang": "while True:\n    pass",
    "a hang that hears no Ctrl-C": (
        "while True:\n    try:\n        while True:\n            pass\n    except KeyboardInterrupt:\n        pass"
    ),
    "a hang in the function": "def target(x):\n    while True:\n        pass",
    "a recursion without end": "def target(x):\n    return target(x)",
    "memory without end": "def target(x):\n    return [bytearray(1 << 28) for _ in range(100)]",
    "a syntax error": "def target(x:\n    return x",
    "an indentation error": "def target(x):\nreturn x",
    "tabs and spaces": "def target(x):\n\tif x:\n        return x * x",
    "a name that there is not": "target = tarjet",
    "an exception": "1 / 0",
    "sys.exit": "import sys\nsys.exit(3)",
    "raise KeyboardInterrupt": "raise KeyboardInterrupt",
    "another language": "function target(x) { return x * x; }",
    "a cell magic that there is not": "%%nothing\nx",
    "a JavaScript cell": "%%javascript\nalert(1)",
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_cell_that_fails_costs_its_own_exercise(failure, warm):
    result = warm.grade(SMALL, handed_in(SMALL, {"target": FAILURES[failure]}))
    assert scores(result) == ALL_BUT_TARGET
    assert {check.mistakes for check in checks(result).values() if not check.passed} == {("raised",)}


@pytest.mark.parametrize("failure", ["a killer", "a hang that hears no Ctrl-C", "a syntax error", "an exception"])
def test_a_cell_of_ones_own_that_fails_costs_nothing(failure, warm):
    own = {"before-text-1": [FAILURES[failure]], "target-text-1": [FAILURES[failure]]}
    assert scores(warm.grade(SMALL, handed_in(SMALL, insert=own))) == FULL


def test_a_killer_is_told_what_it_did_and_what_was_printed_before_is_kept(warm):
    answers = {"target": "print('here')\nimport os\nos._exit(1)", "before": f"{BEFORE.right}\nprint('before')"}
    result = warm.grade(SMALL, handed_in(SMALL, answers))
    assert "the notebook's process ended" in checks(result)["target-check"].message
    printed = {cell["id"]: cell["outputs"] for cell in result.document["cells"] if cell["cell_type"] == "code"}
    assert printed["before"][0]["text"] == "before\n"
    assert printed["target"][0]["ename"] == "ProcessEnded"


# --- answers in other places --------------------------------------------------------------------------------------


def test_an_answer_in_another_exercises_cell_counts(warm):
    moved = handed_in(SMALL, {"before": f"{BEFORE.right}\n\n\n{TARGET.right}", "target": ""})
    assert scores(warm.grade(SMALL, moved)) == FULL


def test_an_answer_in_a_cell_without_a_label_after_its_check_counts(warm):
    late = handed_in(SMALL, {"target": ""}, insert={"target-hidden": [TARGET.right]})
    late = edited(lambda notebook: notebook.update(cells=[c for c in notebook["cells"] if c["id"] != "target"]), late)
    result = warm.grade(SMALL, late)
    assert scores(result) == FULL


def test_the_last_of_two_answers_counts_as_it_would_in_the_notebook(warm):
    wrong = TARGET.right.replace("x * x", "0.0")
    twice = edited(
        lambda notebook: notebook["cells"].insert(
            3, {**copy.deepcopy(homework.code("target", TARGET.solution, solution=True)), "source": wrong}
        )
    )
    result = warm.grade(SMALL, twice)
    assert scores(result) == FULL
    assert "target stands there 2 times" in result.warnings


def test_cells_of_two_exercises_exchanged_are_both_graded(warm):
    course = key(BEFORE, SECOND)
    swapped = handed_in(course, {"before": SECOND.right, "second": BEFORE.right})
    assert scores(warm.grade(course, swapped))["second"] == 2.0


def test_a_check_stands_where_it_stood_and_not_where_the_function_is_overwritten_later(warm):
    own = {"after-hidden": ["def before(x):\n    return None"]}
    assert scores(warm.grade(SMALL, handed_in(SMALL, insert=own))) == FULL


COURSE = find_course()


@pytest.mark.parametrize("notebook", [path.stem for path in COURSE.sources()])
def test_a_real_notebook_without_labels_and_ids_keeps_every_point(notebook, warm):
    read = source.read(COURSE.source / f"{notebook}.py")
    solved = notebooks.worked(read, "ko", COURSE.config)
    for cell in solved["cells"]:
        stripped(cell)
    result = warm.grade(notebooks.key(read), solved, step_cpu=30.0, step_wall=120.0, total_wall=600.0)
    assert (result.score, len(result.warnings)) == (25.0, 1), result.warnings
