"""Tables for spreadsheets: no cell is a formula, whatever somebody calls themselves; a file is whole or as it was."""

import csv
import errno
import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradschool.errors import GradschoolError
from gradschool.grading.writing import safe, table, write_whole

STARTS = "=+-@|%＝＋－＠"
CLASSICS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "kim;=1+1",
    'kim",=1+1',
    "kim\n=1+1",
    "kim\t=1+1",
]


def cells(text, **how):
    return [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), **how) for cell in row]


def is_formula(cell):
    visible = cell.lstrip("".join(map(chr, [*range(0x21), 0x7F, 0xA0, 0xAD, 0x200B, 0x2060, 0xFEFF])))
    return visible.startswith(tuple(STARTS))


@pytest.mark.parametrize("name", CLASSICS)
@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_no_name_is_a_formula_in_a_spreadsheet_of_any_country(name, separator):
    text = table((name, "points"), [(name, 3.5)])
    assert [cell for cell in cells(text, delimiter=separator) if is_formula(cell)] == []


@given(st.text(alphabet=st.sampled_from([*STARTS, *" \t\r\n;,\"'\u00a0\u200b", "a", "김"]), max_size=12))
def test_no_text_is_a_formula(text):
    made = table(("a", text), [(text, text)])
    assert [cell for cell in cells(made) if is_formula(cell)] == []
    assert [cell for cell in cells(made, delimiter=";") if is_formula(cell)] == []


@given(st.text(alphabet="abc김민 ._()0123456789", max_size=20))
def test_an_ordinary_name_is_left_alone(text):
    assert safe(text) == text


def test_points_stay_numbers():
    assert [safe(cell) for cell in (3, 2.5, 0.0, -1.0)] == ["3", "2.5", "0", "-1"]


def test_hangul_is_utf8_to_excel():
    assert table(("이름",), [("김민지",)]).encode().startswith(b"\xef\xbb\xbf")


def test_a_full_disk_is_one_line_and_the_old_file_is_still_there(tmp_path, monkeypatch):
    path = tmp_path / "grades.csv"
    write_whole(path, "old")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GradschoolError, match=r"cannot write .*grades\.csv: No space left on device") as raised:
        write_whole(path, "new")
    assert "\n" not in str(raised.value)
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["grades.csv"]


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, "results")
        assert os.read(reader, 100) == b"results"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
