import html
import io
import re
import zipfile

import pytest
import typer

from gradschool.cli import app
from gradschool.course import find_course
from gradschool.course.bundle import pack
from gradschool.errors import GradschoolError


@pytest.fixture(scope="module")
def course():
    return find_course()


@pytest.fixture(scope="module")
def korean(course):
    return pack(course, ["ko"])


def members(packed):
    """Every file in a bundle, the wheel's own files too."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            found[name] = archive.read(name)
            if name.endswith(".whl"):
                with zipfile.ZipFile(io.BytesIO(found[name])) as wheel:
                    found |= {f"{name}/{inner}": wheel.read(inner) for inner in wheel.namelist()}
    return found


def regions(course, begin, end):
    """Lines that the sources keep between two marks and nowhere else, long enough to be nobody else's by chance."""
    kept, shown = set(), set()
    for path in course.sources():
        inside = False
        for line in map(str.strip, path.read_text(encoding="utf-8").splitlines()):
            inside = (inside or line == begin) and line != end
            (kept if inside else shown).add(line)
    elsewhere = "\n".join(shown)  # a short line may be a piece of a longer one that is no secret
    return {line for line in kept if len(line) > 30 and line not in elsewhere}


def test_a_bundle_holds_notebooks_the_wheel_and_a_start_sheet(korean, course):
    names = set(zipfile.ZipFile(io.BytesIO(korean)).namelist())
    notebooks = {f"gradschool-lecture4/{path.name}" for path in course.notebooks("ko").glob("*.ipynb")}
    assert notebooks
    assert notebooks | {"gradschool-lecture4/START.html"} < names
    assert [name for name in names if name.endswith(".whl")] == [
        *names - notebooks - {"gradschool-lecture4/START.html"}
    ]


def test_no_hidden_check_and_no_solution_is_in_it(korean, course):
    text = b"\n".join(members(korean).values())
    hidden = regions(course, "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
    assert len(hidden) > 10
    assert [line for line in hidden if line.encode() in text] == []
    notebooks = b"\n".join(content for name, content in members(korean).items() if name.endswith(".ipynb"))
    solutions = regions(course, "### BEGIN SOLUTION", "### END SOLUTION")
    assert len(solutions) > 10
    assert [line for line in solutions if line.encode() in notebooks] == []
    assert not [name for name in members(korean) if name.startswith("source") or "answers/" in name]


def test_the_same_course_gives_the_same_bytes(korean, course):
    assert pack(course, ["ko"]) == korean


def test_both_languages_have_folders_of_their_own(course):
    names = zipfile.ZipFile(io.BytesIO(pack(course, ["ko", "en"], ["1_scalar_backprop"]))).namelist()
    folders = {name.split("/")[1] for name in names}
    assert folders == {"ko", "en"}
    assert len([name for name in names if name.endswith(".ipynb")]) == 2


def test_an_unknown_notebook_is_one_clear_line(course):
    with pytest.raises(GradschoolError, match="no notebook 9_nothing: there are 1_scalar_backprop"):
        pack(course, ["en"], ["9_nothing"])


def test_the_start_sheet_installs_what_lies_beside_it_and_shows_commands_that_there_are(korean):
    files = members(korean)
    sheet = html.unescape(files["gradschool-lecture4/START.html"].decode())
    (wheel,) = [name for name in files if name.endswith(".whl")]
    assert f'pip install jupyterlab "./{wheel.removeprefix("gradschool-lecture4/")}[cli]"' in sheet
    commands = set(re.findall(r"<code>gradschool (\w+)", sheet))
    assert commands == {"check", "progress"}
    assert commands <= set(typer.main.get_command(app).commands)
    notebooks = set(re.findall(r"\w+\.ipynb", sheet))
    assert {f"gradschool-lecture4/{name}" for name in notebooks} <= set(files)
