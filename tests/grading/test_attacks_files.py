"""Files that are no notebooks, or hostile ones, one by one and among a class's: nobody else notices."""

import gzip
import io
import json
import os
import shutil
import zipfile

import homework
import pytest
from arena import HONEST, KEY, stored

from gradschool.course import Course, find_course
from gradschool.grading.run import Options, grade_class

GRADED = homework.handed_in(KEY)


def changed(**parts):
    return json.dumps({**GRADED, **parts}).encode()


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


NO_NOTEBOOKS = {
    "nothing": b"",
    "blanks": b" \n\t" * 1000,
    "zeros": bytes(1000),
    "noise": bytes(range(256)) * 40,
    "text": "숙제입니다. 늦어서 죄송합니다.".encode(),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a PDF": b"%PDF-1.7\n",
    "a zip": zipped({"small.ipynb": HONEST}),
    "a gzip": gzip.compress(HONEST),
    "a program": b"\x7fELF" + bytes(100),
    "a web page": b"<!DOCTYPE html><html><body>Sign in</body></html>",
    "a pickle": b"\x80\x04\x95" + bytes(20),
    "Python": b"import numpy as np\n\ndef target(x):\n    return x * x\n",
    "a number": b"1" * 10_000,
    "a list": b"[]",
    "null": b"null",
    "an empty object": b"{}",
    "half a notebook": HONEST[: len(HONEST) // 2],
    "a conflict": b'{\n<<<<<<< HEAD\n "cells": []\n=======\n "cells": [1]\n>>>>>>> mine\n}',
    "lists without end": b"[" * 200_000,
    "objects without end": b'{"a":' * 200_000,
    "cells that are none": changed(cells=17),
    "cells in an object": changed(cells={"0": GRADED["cells"][0]}),
    "more than a notebook may have": b'{"cells": [' + b" " * 2_000_000 + b"]}",
    "too many cells": changed(cells=[{"cell_type": "markdown", "source": "", "metadata": {}}] * 6000),
}


@pytest.mark.parametrize("name", NO_NOTEBOOKS)
def test_what_is_no_notebook_gets_a_result_that_says_so(name, arena):
    result = arena.grade(NO_NOTEBOOKS[name], notebook_bytes=1_500_000)
    assert (result.status, result.score, result.max_score) == ("unreadable", 0.0, 6.0)
    assert len(result.warnings) == 1
    assert len(result.warnings[0]) < 300


ODD = {
    "twice the same name in an object": HONEST.replace(b'{"cells"', b'{"cells": [], "cells"'),
    "numbers that are none": HONEST.replace(b'"execution_count": null', b'"execution_count": NaN'),
    "numbers of many digits": HONEST.replace(b'"execution_count": null', b'"execution_count": ' + b"9" * 4000),
    "metadata of every kind": changed(metadata=[1, {"gradschool": 7}]),
    "a notebook and a language from elsewhere": changed(
        metadata={"gradschool": {"notebook": "../../x", "language": ["ko"]}}
    ),
    "cells of every kind": changed(
        cells=[None, 1, "x", [], {}, {"cell_type": "code"}, *GRADED["cells"], {"source": {}}]
    ),
    "ids of every kind": changed(cells=[{**cell, "id": number} for number, cell in enumerate(GRADED["cells"])]),
    "sources as lists": changed(
        cells=[{**cell, "source": cell["source"].splitlines(keepends=True)} for cell in GRADED["cells"]]
    ),
    "outputs of megabytes": changed(
        cells=[{**cell, "outputs": [{"output_type": "stream", "text": "x" * 100_000}]} for cell in GRADED["cells"]]
    ),
    "attachments and widgets with scripts": changed(
        metadata={
            **GRADED["metadata"],
            "widgets": {"application/vnd.jupyter.widget-state+json": {"state": "<script>"}},
        },
        cells=[
            {
                **cell,
                "attachments": {"x.svg": {"image/svg+xml": "<script>"}},
                "metadata": {**cell["metadata"], "html": "<script>"},
            }
            for cell in GRADED["cells"]
        ],
    ),
    "a kernel from elsewhere": changed(
        metadata={**GRADED["metadata"], "kernelspec": {"name": "../../bin/sh", "argv": ["sh"]}}
    ),
    "text after the end": HONEST + b"\n\n" + HONEST,
    "another format's number": changed(nbformat=10**9, nbformat_minor=-1),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_about_a_notebook_costs_nothing(name, arena):
    result = arena.grade(ODD[name])
    assert (result.status, result.score) == ("graded", 6.0), result.warnings
    assert b"<script>" not in stored(result)


@pytest.fixture
def course(tmp_path):
    made = Course(tmp_path / "course")
    made.keys.mkdir(parents=True)
    shutil.copy(find_course().config, made.config)
    (made.keys / "small.ipynb").write_bytes(homework.to_bytes(KEY))
    return made


def points(course, paths, tmp_path):
    grade_class(course, paths, Options(jobs=1), json_file=tmp_path / "results.json", csv_file=tmp_path / "points.csv")
    report = json.loads((tmp_path / "results.json").read_text("utf-8"))
    return {each["student"]: each["score"] for each in report["submissions"]}


@pytest.mark.sandbox
def test_a_class_with_everything_in_it_is_graded_to_its_end(course, tmp_path, capsys):
    """Every name, link and file here stopped a run, or would have read or written what it should not."""
    inbox = tmp_path / "inbox"
    killer = homework.to_bytes(homework.handed_in(KEY, {"target": "import os\nos.kill(-1, 9)\nos._exit(0)"}))
    halves = json.dumps(
        homework.handed_in(KEY, insert={"setup": ["print('\ud800')\nraise ValueError('\ud801\x1b[2J')"]})
    )
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(HONEST)
    files = {
        "honest": HONEST,
        "killer": killer,
        "halves": halves.encode(),
        "picture": b"\x89PNG",
        "empty": b"",
        "=cmd()|x": HONEST,
        os.fsdecode(b"b\xffd"): HONEST,
        "up\x1b[2Jdown": HONEST,
        "l" * 255: HONEST,
        "<script>": HONEST,
        "..dots..": HONEST,
    }
    for name, data in files.items():
        folder = inbox / name / "lecture4"
        folder.mkdir(parents=True)
        (folder / "small.ipynb").write_bytes(data)
    (inbox / "honest" / "lecture4" / "timestamp.txt").symlink_to("/dev/zero")
    os.mkfifo(inbox / "killer" / "lecture4" / "timestamp.txt")
    os.mkfifo(inbox / "killer" / "lecture4" / "pipe.ipynb")
    (inbox / "link" / "lecture4").mkdir(parents=True)
    (inbox / "link" / "lecture4" / "small.ipynb").symlink_to(secret)
    (inbox / "round").symlink_to(inbox)
    (inbox / "zipped").mkdir()
    (inbox / "zipped" / "all.zip").write_bytes(
        zipped({"../../../../up.ipynb": HONEST, "/etc/cron.d/x.ipynb": b"{}", "a/" * 100 + "small.ipynb": HONEST})
    )
    (inbox / "broken").mkdir()
    (inbox / "broken" / "all.zip").write_bytes(zipped({"small.ipynb": HONEST})[:-30])

    got = points(course, [inbox], tmp_path)

    assert got.pop("honest") == 6.0
    assert got.pop("killer") == 4.0
    assert got.pop("halves") == 6.0
    assert got.pop("picture") == got.pop("empty") == 0.0
    assert "link" not in got
    assert all(score in (0.0, 6.0) for score in got.values())
    assert sum(score == 6.0 for score in got.values()) >= 6
    printed = "".join(capsys.readouterr())
    assert "\x1b[2J" not in printed
    assert "\ud800" not in printed
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "course",
        "inbox",
        "points.csv",
        "results.json",
        "secret.ipynb",
    ]
    assert "\n=cmd" not in (tmp_path / "points.csv").read_text("utf-8-sig")
