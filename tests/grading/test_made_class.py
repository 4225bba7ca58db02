"""A week with a made class of forty: everything that was planted in it is found again, and nothing leaks."""

import csv
import os
import re
import shlex
import subprocess
import sys
import zipfile
from contextlib import redirect_stdout
from io import StringIO
from types import SimpleNamespace

import lab
import pytest
import typer

from gradschool.cli import app, main
from gradschool.course import find_course, regions
from gradschool.errors import GradschoolError
from gradschool.grading import demo, insights
from gradschool.grading.class_report import page as report_page
from gradschool.grading.classbook import open_classbook
from gradschool.grading.collect import Who, collect
from gradschool.grading.key import read_key
from gradschool.grading.keys import find_key, known_notebooks
from gradschool.grading.people import read_roster
from gradschool.grading.progress import Progress
from gradschool.grading.register import ROSTER, read_register, remarks
from gradschool.grading.run import Options, grade_class
from gradschool.grading.similarity import pairs, worked_solutions
from gradschool.language import use as speak

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


# --- in a browser -----------------------------------------------------------------------------------------------

# Words that stand on each other, and words cut off at the page's edge.
CROWDED = """
() => {
  const seen = [...document.querySelectorAll('h1, h2, h3, p, td, th, .n, .name, li, figcaption')].filter(e => e.innerText.trim());
  const edge = document.documentElement.clientWidth;
  const inWide = e => e.closest('.wide, pre');
  return seen.filter(e => !inWide(e) && (e.getBoundingClientRect().right > edge + 1 || e.scrollWidth > e.clientWidth + 1))
    .map(e => e.innerText.slice(0, 40));
}
"""


@pytest.fixture(scope="module")
def browser():
    with lab.browser() as started:
        yield started


@pytest.fixture(scope="module")
def opened(week, tmp_path_factory):
    """The pages that people look at: a report in each language, and a Korean and an English page of feedback."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for language in ("ko", "en"):
        found[f"report-{language}"] = folder / f"report-{language}.html"
        alike = pairs(week.book, worked_solutions(COURSE))
        found[f"report-{language}"].write_text(report_page(week.book, language, alike=alike), encoding="utf-8")
        speaks = [member for member in week.book.members if member.language == language]
        lowest = min(speaks, key=lambda member: member.score)  # who has the most to read
        found[f"feedback-{language}"] = week.give_back / "pages" / f"{lowest.student}.html"
    return found


PAGES = ["report-ko", "report-en", "feedback-ko", "feedback-en"]


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_screen_asks_for_nothing_and_complains_of_nothing(browser, opened, name, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    address = opened[name].as_uri()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CROWDED) == []
    assert asked == [address]
    assert complaints == []
    page.close()


@pytest.mark.needs("chromium")
def test_hangul_over_the_table_of_mistakes_is_not_upside_down(browser, opened):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(opened["report-ko"].as_uri())
    styles = page.evaluate(
        "[...document.querySelectorAll('th.up')].map(e => [getComputedStyle(e).textOrientation, e.offsetHeight > e.offsetWidth])"
    )
    assert len(styles) > 8
    assert all(style == ["sideways", True] for style in styles)
    page.close()


@pytest.mark.needs("chromium", "pdftotext")
@pytest.mark.parametrize("name", PAGES)
def test_on_paper_every_word_is_there(browser, opened, name, tmp_path):
    page = browser.new_page()
    page.goto(opened[name].as_uri())
    paper = tmp_path / "page.pdf"
    page.pdf(path=paper, format="A4", print_background=True, prefer_css_page_size=True)
    words = set(re.findall(r"\w{2,}", page.evaluate("document.body.innerText")))
    page.close()
    done = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True)
    printed = re.sub(r"\s+", "", done.stdout)
    lost = {word for word in words if word not in printed}
    assert len(lost) <= len(words) / 50, sorted(lost)[:20]  # a word cut at a line's or a page's end


# --- autograde/README.md ----------------------------------------------------------------------------------------

LANGUAGE_OF = {"README.md": "en", "README.ko.md": "ko"}


def shown(name):
    """Every command of the page, with the lines that it is said to print."""
    text = (COURSE.autograde / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^( *)```(\w*)\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    printed = {}
    command = None
    for indent, label, body in blocks:
        lines = [line.removeprefix(indent) for line in body.splitlines()]
        if label == "sh":
            command = lines[-1] if lines[-1].startswith(".venv/bin/gradschool ") else None
            printed.setdefault(lines[-1], [])
        elif command is not None:
            printed[command] += lines
    return printed


def pattern(line):
    """What a line says to somebody who made up another class: other numbers, other names, and what … stands for."""
    pieces = re.split(r"([0-9]+(?:\.[0-9]+)?|(?<=/)[가-힣]+|…)", line.rstrip())
    return re.compile("".join(map(_place, pieces)) + r"\s*")


def _place(piece):
    if piece == "…":
        return ".*"
    if re.fullmatch(r"[0-9.]+", piece):
        return r"[0-9]+(?:\.[0-9]+)?"
    if re.fullmatch("[가-힣]+", piece):
        return "[가-힣]+"
    return re.sub(r"(\\ )+", r"\\s+", re.escape(piece))


@pytest.fixture(params=LANGUAGE_OF)
def name(request, monkeypatch):
    """A page, on a machine of its language."""
    monkeypatch.setenv("LC_ALL", {"en": "C.UTF-8", "ko": "ko_KR.UTF-8"}[LANGUAGE_OF[request.param]])
    yield request.param
    speak("en")


def graded_aloud(week, spoken, capsys):
    """What grading prints: the tour's own words in English, the same files and results once more in another language."""
    if spoken == "en":
        return week.said.replace(f"{week.made.course.root}/", "")
    speak(spoken)
    course = week.made.course
    who = Who(read_roster(course.autograde / ROSTER), due=demo.DUE)
    for remark in remarks(course, collect(week.made.handed_in, known_notebooks(course), who)):
        print(remark)
    with Progress(2, 78) as progress:
        for member in week.book.members:
            for result in member.results.values():
                progress.done(member.student, result)
    return capsys.readouterr().out.replace(f"{course.root}/", "")


def run(folder, command, capsys):
    program, *arguments = shlex.split(command)
    assert program == ".venv/bin/gradschool"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("GRADSCHOOL_COURSE", raising=False)
        patch.setattr(sys, "argv", ["gradschool", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
    said = capsys.readouterr()
    assert ended.value.code in (0, None), said.err
    return said.out


def test_the_week_on_paper_prints_what_it_shows(week, name, capsys):
    steps = shown(name)
    first = graded_aloud(week, LANGUAGE_OF[name], capsys)
    ran = []
    for command, lines in steps.items():
        if not lines:
            continue
        if "gradschool bundle" in command:
            continue  # the course that is bundled has a wheel to build: the next test
        out = first if "gradschool grade" in command else run(week.made.course.root, command, capsys)
        said = out.splitlines()
        lost = [line for line in lines if line != "…" and not any(pattern(line).fullmatch(each) for each in said)]
        assert lost == []
        ran.append(command.split()[1])
    assert ran == ["grade", "feedback", "report"]


def test_handing_out_prints_what_it_shows(name, tmp_path, capsys, monkeypatch):
    ((command, (line,)),) = [(each, lines) for each, lines in shown(name).items() if "gradschool bundle" in each]
    monkeypatch.setenv("GRADSCHOOL_COURSE", str(COURSE.root))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["gradschool", *shlex.split(command)[1:]])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert pattern(line).fullmatch(capsys.readouterr().out.rstrip("\n"))
    assert (tmp_path / "gradschool-lecture4.zip").is_file()


def test_both_languages_show_the_same_week():
    english, korean = map(shown, LANGUAGE_OF)
    assert [command.replace("--lang en", "--lang ko") for command in english] == list(korean)
    assert [len(lines) for lines in english.values()] == [len(lines) for lines in korean.values()]


def test_every_command_option_and_file_of_the_week_exists(name):
    commands = typer.main.get_command(app).commands
    for words in map(shlex.split, shown(name)):
        if words[0] == ".venv/bin/gradschool":
            known = {option for parameter in commands[words[1]].params for option in parameter.opts}
            assert {word for word in words if word.startswith("--")} <= known
    text = (COURSE.autograde / name).read_text(encoding="utf-8")
    linked = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    assert [target for target in linked if not (COURSE.autograde / target).exists()] == []


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
