"""What forty people send, in the ways in which forty people send files: nothing is lost, and nobody is guessed."""

import errno
import io
import json
import os
import time
import unicodedata
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gradschool.course import Course
from gradschool.errors import GradschoolError
from gradschool.grading import finding
from gradschool.grading.collect import Who, collect
from gradschool.grading.people import Person, Roster
from gradschool.grading.register import remarks, take_in

KNOWN = ["1_scalar_backprop", "3_neuron"]
NEURON = "3_neuron"
MINJI = Person("20261234", "김민지", "minji@school.example")
JUN = Person("20265678", "Jun Park", "jp@school.example")
ROSTER = Roster([MINJI, JUN])


def notebook(text="mine", name=NEURON):
    cell = {"cell_type": "code", "id": "a", "source": text, "metadata": {}, "outputs": []}
    return json.dumps({"cells": [cell], "metadata": {"gradschool": {"notebook": name}}}).encode()


def zipped(files, **how):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, how.get("when", (2026, 3, 10, 12, 0, 0)))
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def renamed(packed, old, new):
    """A zip in which a member is called by other bytes, and nothing says in which code they are."""
    assert len(old) == len(new)
    return packed.replace(old, new)


def put(path, data, when=None):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if when is not None:
        os.utime(path, (when, when))
    return path


def came(collected):
    return {each.student: sorted(each.files) for each in collected.submissions}


def test_nbgraders_layout(tmp_path):
    for student in ("s01", "s02"):
        put(tmp_path / "submitted" / student / "lecture4" / "3_neuron.ipynb", notebook())
    assert came(collect([tmp_path / "submitted"], KNOWN)) == {"s01": [NEURON], "s02": [NEURON]}


def test_the_time_that_nbgrader_wrote_down_counts(tmp_path):
    path = put(tmp_path / "s01" / "lecture4" / "3_neuron.ipynb", notebook())
    path.with_name("timestamp.txt").write_text("2026-03-12 10:00:00.000000 UTC")
    assert collect([tmp_path], KNOWN).submissions[0].time == 1773309600.0


def test_a_flat_folder_and_a_zip_of_everything_are_the_same_to_it(tmp_path):
    names = [f"김민지_4411_99871_{NEURON}.ipynb", f"Jun Park - {NEURON}.ipynb"]
    for name in names:
        put(tmp_path / "flat" / name, notebook())
    put(tmp_path / "all.zip", zipped({name: notebook() for name in names}))
    wanted = {MINJI.id: [NEURON], JUN.id: [NEURON]}
    assert came(collect([tmp_path / "flat"], KNOWN, Who(ROSTER))) == wanted
    assert came(collect([tmp_path / "all.zip"], KNOWN, Who(ROSTER))) == wanted


def test_a_zip_in_moodles_zip_is_its_senders(tmp_path):
    inner = zipped({"homework/3_neuron.ipynb": notebook()})
    put(tmp_path / "moodle.zip", zipped({"Jun Park_70012_assignsubmission_file_/homework.zip": inner}))
    assert came(collect([tmp_path / "moodle.zip"], KNOWN, Who(ROSTER))) == {JUN.id: [NEURON]}


def test_a_zip_of_nbgraders_directories_is_everybodys_wherever_it_lies(tmp_path):
    files = {f"{student}/lecture4/{NEURON}.ipynb": notebook() for student in ("s01", "s02")}
    put(tmp_path / "downloads" / "all.zip", zipped(files))
    assert came(collect([tmp_path / "downloads"], KNOWN)) == {"s01": [NEURON], "s02": [NEURON]}


def test_a_learners_whole_homework_folder_in_a_zip_is_theirs(tmp_path):
    put(
        tmp_path / "in" / "kim.zip",
        zipped({f"homework/ko/lecture4/{name}.ipynb": notebook(name=name) for name in KNOWN}),
    )
    put(tmp_path / "in" / "lee.zip", zipped({f"{NEURON}.ipynb": notebook()}))
    assert came(collect([tmp_path / "in"], KNOWN)) == {"kim": sorted(KNOWN), "lee": [NEURON]}


def test_without_a_roster_a_zip_among_others_is_one_persons(tmp_path):
    for student in ("kim", "lee"):
        put(tmp_path / "class" / f"{student}.zip", zipped({"work/3_neuron.ipynb": notebook()}))
    assert came(collect([tmp_path / "class"], KNOWN)) == {"kim": [NEURON], "lee": [NEURON]}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("marked", [True, False], ids=["named as UTF-8", "not named"])
def test_hangul_in_a_zip_from_a_mac(tmp_path, form, marked):
    name = unicodedata.normalize(form, f"{NEURON}_김민지.ipynb").encode()
    if marked:
        packed = zipped({name.decode(): notebook()})
    else:  # as macOS writes it: UTF-8, and no flag that says so
        packed = renamed(zipped({"x" * len(name): notebook()}), b"x" * len(name), name)
    put(tmp_path / "mac.zip", packed)
    assert came(collect([tmp_path / "mac.zip"], KNOWN, Who(ROSTER))) == {MINJI.id: [NEURON]}


def test_hangul_in_a_zip_from_a_korean_windows(tmp_path):
    name = f"{NEURON}_김민지.ipynb".encode("cp949")
    packed = renamed(zipped({"x" * len(name): notebook()}), b"x" * len(name), name)
    put(tmp_path / "windows.zip", packed)
    collected = collect([tmp_path / "windows.zip"], KNOWN, Who(ROSTER))
    assert came(collected) == {MINJI.id: [NEURON]}
    assert "김민지" in collected.submissions[0].files[NEURON].origin


def test_of_two_files_from_one_person_the_newer_counts_and_both_are_named(tmp_path):
    put(tmp_path / "in" / f"Jun Park - {NEURON}.ipynb", notebook("old"), when=1_000_000)
    put(tmp_path / "in" / f"20265678_{NEURON} (1).ipynb", notebook("new"), when=2_000_000)
    (submission,) = collect([tmp_path / "in"], KNOWN, Who(ROSTER)).submissions
    assert submission.files[NEURON].data == notebook("new")
    assert submission.twice == [NEURON]
    (said,) = submission.warnings
    assert "20265678_3_neuron (1).ipynb was graded" in said
    assert "Jun Park - 3_neuron.ipynb, which is older, was not" in said


def test_a_file_of_nobody_is_named_and_its_answer_is_taken(tmp_path):
    put(tmp_path / "in" / "진짜최종.ipynb", notebook())
    put(tmp_path / "in" / f"Jun Park - {NEURON}.ipynb", notebook())
    asked = collect([tmp_path / "in"], KNOWN, Who(ROSTER))
    assert asked.unknown == ["in/진짜최종.ipynb"]
    assert came(asked) == {JUN.id: [NEURON]}
    answered = collect([tmp_path / "in"], KNOWN, Who(ROSTER, {"in/진짜최종.ipynb": MINJI.id}))
    assert answered.unknown == []
    assert came(answered) == {MINJI.id: [NEURON], JUN.id: [NEURON]}


def test_what_a_file_was_renamed_to_does_not_matter_when_it_says_what_it_is(tmp_path):
    put(tmp_path / "in" / "s01" / "homework final.ipynb", notebook(name="1_scalar_backprop"))
    assert came(collect([tmp_path / "in"], KNOWN)) == {"s01": ["1_scalar_backprop"]}


# --- late -------------------------------------------------------------------------------------------------------

DUE = time.mktime((2026, 3, 12, 23, 59, 0, 0, 0, -1))


def test_what_was_changed_after_the_deadline_is_late(tmp_path):
    put(tmp_path / "in" / f"Jun Park - {NEURON}.ipynb", notebook(), when=DUE - 60)
    put(tmp_path / "in" / f"김민지 - {NEURON}.ipynb", notebook(), when=DUE + 60)
    collected = collect([tmp_path / "in"], KNOWN, Who(ROSTER, due=DUE))
    assert {each.student: each.late for each in collected.submissions} == {JUN.id: False, MINJI.id: True}


def test_canvas_says_itself_what_is_late_whenever_its_zip_was_made(tmp_path):
    """Canvas writes the download's time on every file: by that everybody would be late, or nobody."""
    files = {f"parkjun_4400_99000_{NEURON}.ipynb": notebook(), f"김민지_LATE_4401_99010_{NEURON}.ipynb": notebook()}
    for name, when in (("after", (2026, 3, 14, 9, 0, 0)), ("before", (2026, 3, 1, 9, 0, 0))):
        put(tmp_path / f"{name}.zip", zipped(files, when=when))
        collected = collect([tmp_path / f"{name}.zip"], KNOWN, Who(ROSTER, due=DUE))
        assert {each.student: (each.late, each.time > DUE) for each in collected.submissions} == {
            JUN.id: (False, False),
            MINJI.id: (True, True),
        }


# --- what is wrong with what came -------------------------------------------------------------------------------


def refused(paths, **how):
    with pytest.raises(GradschoolError) as raised:
        collect(paths, KNOWN, **how)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_wrong_path_is_one_line(tmp_path):
    assert refused([tmp_path / "clas"]) == f"there is no {tmp_path / 'clas'}"


def test_an_empty_folder_is_one_line(tmp_path):
    assert "no notebook found in" in refused([tmp_path])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and then nothing", b"not a zip at all"])
def test_a_zip_that_is_none_is_one_line(tmp_path, content):
    assert "is no zip, or a damaged one" in refused([put(tmp_path / "a.zip", content)])


def test_a_bomb_among_others_costs_its_sender_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(finding, "MAX_ZIP_IN_ZIP", 1 << 20)
    bomb = zipped({f"{number}.ipynb": bytes(300_000) for number in range(9)})
    assert len(bomb) < 20_000
    files = {"Jun Park_70012_assignsubmission_file_/work.zip": bomb}
    files |= {f"김민지_70015_assignsubmission_file_/{NEURON}.ipynb": notebook()}
    put(tmp_path / "moodle.zip", zipped(files))
    collected = collect([tmp_path / "moodle.zip"], KNOWN, Who(ROSTER))
    assert came(collected) == {JUN.id: [], MINJI.id: [NEURON]}
    assert "unpacks to more than 1 MB: is it a zip bomb?" in collected.submissions[1].warnings[0]


def test_bombs_in_bombs_are_counted_together(tmp_path, monkeypatch):
    monkeypatch.setattr(finding, "MAX_ZIP_IN_ZIP", 1 << 20)
    inner = zipped({"a.ipynb": bytes(600_000)})
    put(tmp_path / "in" / "kim.zip", zipped({"one.zip": inner, "two.zip": inner}))
    put(tmp_path / "in" / "lee.zip", zipped({f"{NEURON}.ipynb": notebook()}))
    collected = collect([tmp_path / "in"], KNOWN)
    assert came(collected)["lee"] == [NEURON]
    assert any("zip bomb" in said for each in collected.submissions for said in each.warnings)


@pytest.mark.parametrize("together", [False, True], ids=["in a directory", "in everybody's zip"])
def test_bombs_of_one_person_take_no_room_from_others(together, tmp_path, monkeypatch):
    """Four zips of 250 KB unpacked to all that everybody may have; whoever's came after them was lost, or all were."""
    monkeypatch.setattr(finding, "MAX_TOTAL", 1 << 20)
    monkeypatch.setattr(finding, "MAX_ZIP_IN_ZIP", 1 << 19)
    monkeypatch.setattr(finding, "FAIR_SHARE", 1 << 17)
    large = zipped({f"{number}.ipynb": bytes(130_000) for number in range(2)})
    files = {f"Jun Park_70012_assignsubmission_file_/{number}.zip": large for number in range(5)}
    files |= {f"김민지_70015_assignsubmission_file_/{NEURON}.zip": zipped({f"{NEURON}.ipynb": notebook("x" * 90_000)})}
    files |= {f"한서윤_70018_assignsubmission_file_/{NEURON}.ipynb": notebook("x" * 90_000)}
    if together:
        put(tmp_path / "in.zip", zipped(files))
    else:
        for name, data in files.items():
            put(tmp_path / "in" / name, data)
    collected = collect([tmp_path / ("in.zip" if together else "in")], KNOWN)
    assert {student: files for student, files in came(collected).items() if student != "Jun Park"} == {
        "김민지": [NEURON],
        "한서윤": [NEURON],
    }
    (jun,) = (each for each in collected.submissions if each.student == "Jun Park")
    assert any("is it a zip bomb?" in said for said in jun.warnings)


def test_a_list_of_very_many_members_is_not_read(tmp_path, monkeypatch):
    """Two hundred megabytes of list pack into less than one, and took gigabytes and half a minute to be counted."""
    several = zipped({f"{number}_{NEURON}.ipynb": notebook() for number in range(40)})
    put(tmp_path / "in" / "kim.zip", zipped({"all.zip": several}))
    put(tmp_path / "in" / "jun.zip", several)
    put(tmp_path / "in" / "lee.zip", zipped({f"{NEURON}.ipynb": notebook()}))
    monkeypatch.setattr(finding, "_LONGEST_LIST", 1_000)
    collected = collect([tmp_path / "in"], KNOWN)
    assert came(collected) == {"jun": [], "kim": [], "lee": [NEURON]}
    assert ["its list of files is too long" in " ".join(each.warnings) for each in collected.submissions] == [
        True,
        True,
        False,
    ]


def test_a_bomb_given_by_itself_is_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(finding, "MAX_TOTAL", 1 << 20)
    bomb = put(tmp_path / "all.zip", zipped({f"{number}_{NEURON}.ipynb": bytes(300_000) for number in range(9)}))
    assert f"{bomb} unpacks to more than 1 MB: is it a zip bomb?" == refused([bomb])


def test_a_file_larger_than_any_notebook_is_read_no_further(tmp_path, monkeypatch):
    monkeypatch.setattr(finding, "MAX_FILE", 1_000)
    monkeypatch.setattr(finding, "TOO_LARGE", bytes(1_001))
    put(tmp_path / "all.zip", zipped({f"kim_{NEURON}.ipynb": bytes(50_000)}))
    (submission,) = collect([tmp_path / "all.zip"], KNOWN).submissions
    assert len(submission.files[NEURON].data) == 1_001


@pytest.mark.parametrize("name", ["../../etc/3_neuron.ipynb", "/abs/3_neuron.ipynb", "a\\..\\..\\3_neuron.ipynb"])
def test_a_name_that_leads_out_of_the_zip_writes_nothing_and_is_told(tmp_path, name):
    outer = tmp_path / "room"
    put(outer / "in" / "kim.zip", zipped({name: notebook()}))
    (submission,) = collect([outer / "in"], KNOWN).submissions
    assert submission.student == "kim"
    assert list(submission.files) == [NEURON]
    assert "names a place outside the zip" in submission.warnings[0]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in", "kim.zip", "room"]


def test_zips_deeper_than_anybody_packs_them_cost_their_sender_alone(tmp_path):
    deep = zipped({f"{NEURON}.ipynb": notebook()})
    for _ in range(5):
        deep = zipped({"inner.zip": deep})
    put(tmp_path / "in" / "kim.zip", deep)
    put(tmp_path / "in" / "lee.zip", zipped({f"{NEURON}.ipynb": notebook()}))
    collected = collect([tmp_path / "in"], KNOWN)
    assert came(collected) == {"kim": [], "lee": [NEURON]}
    assert "more than 3 zips" in collected.submissions[0].warnings[0]


def test_a_damaged_file_in_everybodys_zip_costs_its_sender_alone(tmp_path):
    packed = bytearray(zipped({f"kim_{NEURON}.ipynb": notebook("x" * 500), f"lee_{NEURON}.ipynb": notebook()}))
    start = packed.index(b"kim_") + len(f"kim_{NEURON}.ipynb")
    packed[start : start + 20] = bytes(20)
    put(tmp_path / "all.zip", bytes(packed))
    collected = collect([tmp_path / "all.zip"], KNOWN)
    assert came(collected) == {"kim": [], "lee": [NEURON]}
    assert "cannot be read" in collected.submissions[0].warnings[0]


def test_a_zip_without_a_notebook_is_told_of_its_sender(tmp_path):
    put(tmp_path / "in" / "kim.zip", zipped({"photo.jpg": b"..."}))
    (submission,) = collect([tmp_path / "in"], KNOWN).submissions
    assert "has no notebook in it" in submission.warnings[0]


def test_links_are_not_followed(tmp_path):
    secret = put(tmp_path / "elsewhere" / f"{NEURON}.ipynb", notebook("secret"))
    put(tmp_path / "in" / "s02" / f"{NEURON}.ipynb", notebook())
    (tmp_path / "in" / "s01").mkdir()
    (tmp_path / "in" / "s01" / f"{NEURON}.ipynb").symlink_to(secret)
    assert came(collect([tmp_path / "in"], KNOWN)) == {"s02": [NEURON]}


def test_an_id_that_is_no_directorys_name_is_made_one(tmp_path):
    put(tmp_path / "in" / f"{NEURON}.ipynb", notebook())
    who = Who(ROSTER, {f"in/{NEURON}.ipynb": "../../2026/1"})
    (submission,) = collect([tmp_path / "in"], KNOWN, who).submissions
    assert "/" not in submission.student
    assert not submission.student.startswith(".")


@pytest.mark.parametrize(
    "name", [b"s\xff01", b"s\x1b[2J01", "s\u202e01".encode(), b"s\n01", b"x" * 255, "가".encode() * 85]
)
def test_a_name_that_no_file_or_terminal_takes_is_made_one(name, tmp_path):
    folder = os.fsencode(tmp_path / "in") + b"/" + name
    os.makedirs(folder)
    for number in range(2):  # twice, so that there is something to say of it
        Path(os.fsdecode(folder), f"{NEURON} ({number}).ipynb").write_bytes(notebook())
    (submission,) = collect([tmp_path / "in"], KNOWN).submissions
    told = [submission.student, *submission.warnings, submission.files[NEURON].origin]
    assert all(character.isprintable() or character == "\ufffd" for text in told for character in text)
    assert "".join(told).encode()
    assert len(f"autograded {submission.student}.html".encode()) < 255


def test_a_notebooks_long_name_is_cut_and_stays_its_own(tmp_path):
    for end in "ab":
        put(tmp_path / "in" / "s01" / f"{'x' * 240}{end}.ipynb", b"{}")
    (submission,) = collect([tmp_path / "in"], KNOWN).submissions
    assert len(submission.files) == 2
    assert all(len(name) < 200 for name in submission.files)


def test_a_time_stamp_that_is_no_file_is_not_waited_for(tmp_path):
    """A pipe nobody writes to, and a link to something without an end."""
    for student, make in (("s01", os.mkfifo), ("s02", lambda path: path.symlink_to("/dev/zero"))):
        put(tmp_path / "in" / student / f"{NEURON}.ipynb", notebook())
        make(tmp_path / "in" / student / "timestamp.txt")
    assert came(collect([tmp_path / "in"], KNOWN)) == {"s01": [NEURON], "s02": [NEURON]}


@pytest.mark.parametrize("stamp", ["9999-12-31 23:59:59.999999 UTC", "0001-01-01 00:00:00", "x" * 1000, "\0"])
def test_a_time_that_no_calendar_has_is_some_time(stamp, tmp_path):
    path = put(tmp_path / "in" / "s01" / f"{NEURON}.ipynb", notebook())
    path.with_name("timestamp.txt").write_text(stamp)
    (submission,) = collect([tmp_path / "in"], KNOWN).submissions
    assert datetime.fromtimestamp(submission.time, UTC).year < 10_000


@pytest.mark.parametrize("name", ["copy" * 60 + "x", "-copy" * 48 + "!", "(1)" * 80 + "x", " - " * 80, "a_11_" * 48])
def test_no_name_takes_long_to_read(name, tmp_path):
    put(tmp_path / "in" / f"{name}.ipynb", notebook())
    put(tmp_path / "in" / "zip.zip", zipped({f"{name * 20}/{name * 20}.ipynb": notebook()}))
    assert len(collect([tmp_path / "in"], KNOWN).submissions) == 2


CLASS = Roster([Person("s01", "김민지", "s01@school.example"), Person("s02", "Jun Park", "s02@school.example")])
STEALS = {
    "a zip like nbgrader's": (None, "s02.zip", {f"{who}/lecture4/{NEURON}.ipynb": "stolen" for who in ("s01", "s03")}),
    "a zip as Moodle makes it": (CLASS, "s02.zip", {f"s01_7_assignsubmission_file_/{NEURON}.ipynb": "stolen"}),
    "a zip as Canvas makes it": (CLASS, "s02.zip", {f"s01_4411_99871_{NEURON}.ipynb": "stolen"}),
    "a file as Canvas names it": (None, "s02/lecture4/s01_4411_99871_3_neuron.ipynb", None),
    "a file as Classroom names it": (None, "s02/lecture4/s01 - 3_neuron.ipynb", None),
}


@pytest.mark.parametrize("name", STEALS)
def test_nobody_hands_in_for_somebody_else(name, tmp_path):
    """Everybody packs their own zip and names their own files: what they lie in says whose they are."""
    roster, place, files = STEALS[name]
    data = zipped({path: notebook(text) for path, text in files.items()}, when=(2099, 1, 1, 0, 0, 0)) if files else None
    put(tmp_path / "in" / "s01" / "lecture4" / f"{NEURON}.ipynb", notebook("mine"), when=1_600_000_000)
    put(tmp_path / "in" / place, data or notebook("stolen"))
    submissions = {each.student: each for each in collect([tmp_path / "in"], KNOWN, Who(roster)).submissions}
    assert b"mine" in submissions["s01"].files[NEURON].data
    assert b"stolen" in submissions["s02"].files[NEURON].data


def test_in_moodles_zip_the_outermost_name_is_moodles(tmp_path):
    evil = {"Jun Park_70012_assignsubmission_file_/김민지_1_assignsubmission_file_/3_neuron.ipynb": notebook()}
    put(tmp_path / "moodle.zip", zipped(evil))
    assert came(collect([tmp_path / "moodle.zip"], KNOWN, Who(ROSTER))) == {JUN.id: [NEURON]}


def test_a_path_of_any_length_can_be_asked_about_again(tmp_path):
    """Zips in zips made one of 190,000 characters: the list of unknown files took it, and could never be read again."""
    deep = "a/" * 32_000
    packed = zipped({f"{deep}x.ipynb": notebook()})
    for name in "yz":
        packed = zipped({f"{deep}{name}.zip": packed})
    put(tmp_path / "in" / "nobody.zip", packed)
    put(tmp_path / "in" / f"Jun Park - {NEURON}.ipynb", notebook())
    put(tmp_path / "course" / "autograde" / "roster.csv", f"id,name\n{JUN.id},{JUN.name}\n".encode())
    course = Course(tmp_path / "course")
    first, second = (take_in(course, [tmp_path / "in"], KNOWN) for _ in range(2))
    assert first.unknown == second.unknown
    assert max(len(line) for line in remarks(course, second)) < 20_000


def test_very_many_files_from_one_person_are_left_out(tmp_path):
    """Each would be a result of its own, a column of the table of points and a line on the terminal."""
    put(tmp_path / "in" / "s01.zip", zipped({f"{n}/{n % 100}x.ipynb": b"{}" for n in range(2000)}))
    put(tmp_path / "in" / "s02.zip", zipped({f"{n}/{NEURON}.ipynb": notebook() for n in range(2000)}))
    for submission in collect([tmp_path / "in"], KNOWN).submissions:
        assert len(submission.files) <= 20
        assert len(submission.warnings) <= 21


def test_a_zip_alone_in_a_directory_is_whose_the_directory_is(tmp_path):
    for student in ("s01", "s02"):
        put(tmp_path / "in" / student / "lecture4" / "homework.zip", zipped({f"{NEURON}.ipynb": notebook()}))
    assert came(collect([tmp_path / "in"], KNOWN)) == {"s01": [NEURON], "s02": [NEURON]}


# --- what may not be read ---------------------------------------------------------------------------------------------


def no(place):
    return PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))


def closed(monkeypatch, path):
    """Make a file or a directory one that others may not read; to root the system itself would not say no."""
    read, listed = Path.read_bytes, os.scandir

    def refuse(place):
        if Path(place) == path:
            raise no(place)

    monkeypatch.setattr(Path, "read_bytes", lambda self: refuse(self) or read(self))
    monkeypatch.setattr(os, "scandir", lambda place: refuse(place) or listed(place))


def test_a_closed_file_costs_the_one_whose_it_is(tmp_path, monkeypatch):
    put(tmp_path / "kim" / "3_neuron.ipynb", notebook())
    put(tmp_path / "lee" / "3_neuron.ipynb", notebook())
    closed(monkeypatch, tmp_path / "kim" / "3_neuron.ipynb")
    collected = collect([tmp_path], KNOWN)
    assert came(collected) == {"kim": [], "lee": [NEURON]}
    assert collected.submissions[0].warnings == [
        f"cannot read {tmp_path}/kim/3_neuron.ipynb: Permission denied",
    ]


def test_a_closed_directory_is_named(tmp_path, monkeypatch):
    put(tmp_path / "kim" / "lecture4" / "3_neuron.ipynb", notebook())
    put(tmp_path / "lee" / "lecture4" / "3_neuron.ipynb", notebook())
    closed(monkeypatch, tmp_path / "kim")
    collected = collect([tmp_path], KNOWN)
    assert came(collected) == {"kim": [], "lee": [NEURON]}
    assert collected.submissions[0].warnings == [f"cannot read {tmp_path}/kim: Permission denied"]


def test_in_a_directory_that_may_only_be_listed_each_file_is_named(tmp_path, monkeypatch):
    put(tmp_path / "kim" / "3_neuron.ipynb", notebook())
    put(tmp_path / "lee" / "3_neuron.ipynb", notebook())
    looked_at = Path.lstat

    def look(self):
        if self.parent == tmp_path / "kim":
            raise no(self)
        return looked_at(self)

    monkeypatch.setattr(Path, "lstat", look)
    collected = collect([tmp_path], KNOWN)
    assert came(collected) == {"kim": [], "lee": [NEURON]}
    assert collected.submissions[0].warnings == [f"cannot read {tmp_path}/kim/3_neuron.ipynb: Permission denied"]


def test_a_class_that_is_closed_is_one_line(tmp_path, monkeypatch):
    put(tmp_path / "class" / "kim" / "3_neuron.ipynb", notebook())
    monkeypatch.setattr(Path, "iterdir", lambda self: os.scandir(self))
    closed(monkeypatch, tmp_path / "class")
    with pytest.raises(GradschoolError, match=r"cannot read .*class: Permission denied"):
        collect([tmp_path / "class"], KNOWN)


def test_a_notebook_of_another_course_is_named(tmp_path):
    put(tmp_path / "kim" / "cats.ipynb", notebook(name="cats"))
    collected = collect([tmp_path], KNOWN)
    assert collected.submissions[0].warnings == [
        f"{tmp_path}/kim/cats.ipynb is no notebook of this course: there are 1_scalar_backprop, 3_neuron"
    ]
