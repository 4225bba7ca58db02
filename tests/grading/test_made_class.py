"""A week with a made class of forty: everything that was planted in it is found again, and nothing leaks."""

import csv
import os
import re
import zipfile
from contextlib import redirect_stdout
from io import StringIO
from types import SimpleNamespace

import pytest

from gradschool.course import find_course, regions
from gradschool.errors import GradschoolError
from gradschool.grading import demo, insights
from gradschool.grading.class_report import page as report_page
from gradschool.grading.classbook import open_classbook
from gradschool.grading.key import read_key
from gradschool.grading.keys import find_key, known_notebooks
from gradschool.grading.register import read_register
from gradschool.grading.run import Options, grade_class
from gradschool.grading.similarity import pairs, worked_solutions

pytestmark = [pytest.mark.xdist_group("made class"), pytest.mark.timeout(900), pytest.mark.needs("bwrap")]

COURSE = find_course()


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    """The tour, as `make demo` does it: what it made, what it printed, and the class afterwards."""
    said = StringIO()
    with redirect_stdout(said):
        made = demo.tour(COURSE, tmp_path_factory.mktemp("week") / "demo")
    book = open_classbook(made.course)
    give_back = made.course.autograde / "give_back"
    return SimpleNamespace(made=made, said=said.getvalue(), book=book, give_back=give_back)


@pytest.fixture(scope="module")
def pages(week):
    return {path.stem: path.read_text(encoding="utf-8") for path in (week.give_back / "pages").iterdir()}


def test_every_mistake_that_was_planted_is_counted_and_no_other(week):
    assert len(week.made.mistakes) > 40
    assert insights.counts(insights.standings(week.book, "ko")) == week.made.mistakes


def test_forty_people_handed_in_and_each_gets_a_page(week, pages):
    assert len(week.book.handed_in) == demo.SIZE
    assert set(pages) == {member.student for member in week.book.members}


def test_the_late_are_found_by_the_platforms_mark_and_by_the_deadline(week):
    assert {member.student for member in week.book.members if member.entry.late} == week.made.late
    assert len(week.made.late) == 2


def test_the_double_is_found_and_both_files_are_named(week):
    assert [member.student for member in week.book.members if member.entry.twice] == [week.made.double]
    (line,) = {line for line in week.said.splitlines() if "handed in twice" in line}
    name = next(member.name for member in week.book.members if member.student == week.made.double)
    assert f"{name} - 1_scalar_backprop.ipynb was graded" in line
    assert f"{name} - 1_scalar_backprop (1).ipynb, which is older, was not" in line


def test_the_broken_are_told_why_in_their_own_language(week, pages):
    results = {member.student: member.results["1_scalar_backprop"] for member in week.book.members}
    assert {student for student, result in results.items() if result.status == "unreadable"} == week.made.broken
    assert len(week.made.broken) == 3
    spoken = {member.student: member.language for member in week.book.members}
    for student in week.made.broken:
        reason = results[student].reasons[spoken[student]]
        assert re.search("[가-힣]", reason) if spoken[student] == "ko" else reason.isascii()
        assert reason.partition("(")[0] in pages[student]


def test_the_unknown_was_asked_for_and_graded_after_the_answer(week):
    assert "2 files are from nobody known: write ids into autograde/unknown.csv and run this again" in week.said
    assert "진짜최종_1_scalar_backprop.ipynb" in week.said
    assert read_register(week.made.course).unknown == ()
    unknown = next(member for member in week.book.members if member.student == week.made.unknown)
    assert len(unknown.results) == 2
    assert "78 notebooks have not changed since they were graded; 2 to grade." in week.said


def test_a_run_that_has_nothing_new_grades_nothing(week, capsys):
    grade_class(week.made.course, week.made.handed_in, Options(due=demo.DUE))
    assert "80 notebooks have not changed since they were graded; 0 to grade." in capsys.readouterr().out


# --- what goes back ---------------------------------------------------------------------------------------------


def test_nobody_elses_name_is_on_a_page(week, pages):
    people = {member.student: {member.student, member.name} for member in week.book.members}
    for student, page in pages.items():
        others = set().union(*(names for whose, names in people.items() if whose != student))
        assert people[student] <= set(re.findall(r"\w+", page)) | {student}
        assert [name for name in others if name in page] == []


def test_no_page_has_a_line_of_a_hidden_check_in_it(week, pages):
    hidden, open_lines = set(), set()
    for name in known_notebooks(COURSE):
        for cell in read_key(find_key(COURSE, name), name).cells:
            raw = "".join(cell.raw["source"])
            inside = set(map(str.strip, regions.only(raw, regions.HIDDEN).splitlines())) if cell.hidden else set()
            hidden |= inside
            open_lines |= set(map(str.strip, raw.splitlines())) - inside
    secret = {line for line in hidden - open_lines if len(line) > 30}
    assert len(secret) > 40
    texts = [re.sub(r"<[^>]*>", "", page) for page in pages.values()]
    texts.append(re.sub(r"<[^>]*>", "", week.made.report.read_text(encoding="utf-8")))
    assert [line for line in secret for text in texts if line in text] == []


def test_a_page_needs_nothing_from_outside(week, pages):
    for page in (*pages.values(), week.made.report.read_text(encoding="utf-8")):
        assert re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?(?!#)(\w+:|/)", page) == []
        assert "<script" not in page


def test_each_platform_gets_its_pages_under_its_own_names(week):
    found = {}
    for path in week.give_back.glob("feedback-*.zip"):
        with zipfile.ZipFile(path) as archive:
            found[path.stem.removeprefix("feedback-")] = archive.namelist()
    assert sum(map(len, found.values())) == demo.SIZE
    assert {platform: len(names) for platform, names in found.items()} == {
        "canvas": 14,
        "moodle": 12,
        "classroom": 6,
        "plain": 8,
    }
    assert all(re.fullmatch(r"[가-힣]+_\d+_\d+_feedback\.html", name) for name in found["canvas"])
    assert all(re.fullmatch(r"[가-힣]+_\d+_assignsubmission_file_/feedback\.html", name) for name in found["moodle"])


@pytest.mark.parametrize("name", ["grades.csv", "grades-canvas.csv", "grades-moodle.csv"])
def test_the_tables_of_points_agree_with_the_gradebook(week, name):
    rows = list(csv.reader((week.give_back / name).read_text(encoding="utf-8-sig").splitlines()))
    columns = {"grades.csv": ("id", "total"), "grades-canvas.csv": ("SIS User ID", "lecture4")}
    who, points = (rows[0].index(each) for each in columns.get(name, ("ID number", "Grade")))
    told = {row[who]: float(row[points]) for row in rows[1:] if row[who]}
    assert told == {member.student: member.score for member in week.book.members}


# --- the report -------------------------------------------------------------------------------------------------


def test_the_report_counts_what_was_planted(week):
    page = week.made.report.read_text(encoding="utf-8")
    figures = re.search(r'<div class="figures">(.*?)</div></div>', page, re.DOTALL)[1]
    assert re.findall(r"<b>([^<]*)</b>(?=늦게 제출한 사람|읽을 수 없는 파일|제출한 사람)", figures) == [
        "40 / 40",
        "2",
        "3",
    ]
    for member in week.book.members:
        assert f"<td>{member.name} " in page


def test_the_five_exercises_to_talk_about_are_those_where_most_was_lost(week):
    found = insights.standings(week.book, "ko")
    talks = insights.talks(found)
    assert len(talks) == 5
    assert [each.weight for each in talks] == sorted((each.weight for each in found), reverse=True)[:5]
    assert all(each.weight == each.lost + each.blank * each.exercise.points / 2 for each in talks)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_projector_shows_no_name_no_id_and_no_file(week, language):
    page = report_page(week.book, language, anonymous=True, alike=[])
    names = {word for member in week.book.members for word in (member.name, member.student)}
    assert [name for name in names if name in page] == []
    assert ".ipynb" not in page


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_report_speaks_one_language_alone(week, language):
    page = report_page(week.book, language, anonymous=True)
    shown = re.sub(r"<style>.*?</style>|<pre.*?</pre>|<[^>]*>", "", page, flags=re.DOTALL)
    korean = re.findall("[가-힣]+", shown)
    assert korean if language == "ko" else not korean


def test_a_number_in_the_grid_leads_to_its_example(week):
    page = week.made.report.read_text(encoding="utf-8")
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert len(anchors) > 30
    assert anchors <= set(re.findall(r'id="([^"]+)"', page))


def test_two_who_wrote_the_same_wrong_answers_are_a_place_to_look(week):
    found = pairs(week.book, worked_solutions(COURSE))
    assert [pair.weight for pair in found] == sorted((pair.weight for pair in found), reverse=True)
    for pair in found:
        assert set(pair.wrong) <= set(pair.exercises)
        assert pair.first.student < pair.second.student


# --- the made class itself --------------------------------------------------------------------------------------


def bytes_of(made):
    return {
        str(path.relative_to(made.course.root)): path.read_bytes() for root in made.handed_in for path in _files(root)
    }


def _files(root):
    return sorted(path for path in ([root] if root.is_file() else root.rglob("*")) if path.is_file())


def test_the_same_seed_makes_the_same_class_and_another_seed_another(tmp_path):
    one, same, other = (
        demo.make(COURSE, tmp_path / name, seed=seed, notebooks=1)
        for name, seed in (("one", 1), ("same", 1), ("other", 2))
    )
    assert bytes_of(one) == bytes_of(same)
    assert bytes_of(one) != bytes_of(other)
    assert one.mistakes == same.mistakes


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("three years")
    with pytest.raises(GradschoolError, match="holds something else"):
        demo.make(COURSE, tmp_path)
    assert os.listdir(tmp_path) == ["thesis.txt"]
