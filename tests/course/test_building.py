import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
import small
from typer.testing import CliRunner

from gradschool.cli import app
from gradschool.course import building
from gradschool.course.complaints import AuthorError
from gradschool.course.place import Course

NOTEBOOK = f"{small.NAME}.ipynb"


def load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_bytes())


def cells(path: Path) -> dict[str, dict[str, Any]]:
    return {cell["id"]: {**cell, "source": "".join(cell["source"])} for cell in load(path)["cells"]}


def edit_source(course: Course, old: str, new: str) -> None:
    path = course.source / f"{small.NAME}.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def checked(course: Course) -> list[str]:
    return [str(complaint) for complaint in building.check(course)]


# What comes out


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", ["notebooks", "solutions"])
def test_what_learners_open_is_a_valid_notebook_without_an_authors_secret(
    built_once: Course, kind: str, language: str
) -> None:
    path = built_once.root / kind / language / "lecture4" / NOTEBOOK
    nbformat.validate(nbformat.read(path, as_version=4))
    text = path.read_text(encoding="utf-8")
    for secret in ("BEGIN", "END", "HIDDEN", "a secret", "-14.0", "{lang}", "# %%"):
        assert secret not in text


def test_a_learner_gets_stubs_and_one_language(built_once: Course) -> None:
    korean = cells(built_once.notebooks("ko") / NOTEBOOK)
    assert korean["table"]["source"].endswith('    """\n    raise NotImplementedError')
    assert 'READER = "ko"' in korean["setup"]["source"]
    assert korean["opening-text-1"]["source"] == "# 작은 공책"
    assert all(cell["outputs"] == [] for cell in korean.values() if cell["cell_type"] == "code")
    about = load(built_once.notebooks("ko") / NOTEBOOK)["metadata"]["gradschool"]
    assert (about["language"], about["notebook"]) == ("ko", small.NAME)


def test_the_learners_copy_is_what_nbgrader_itself_releases(built_once: Course) -> None:
    ours, nbgraders = cells(built_once.notebooks("en") / NOTEBOOK), cells(built_once.release / NOTEBOOK)
    assert ours == nbgraders


def test_a_solution_shows_what_its_cells_put_out(built_once: Course) -> None:
    english = cells(built_once.solutions("en") / NOTEBOOK)
    assert english["opening-code-1"]["outputs"][0]["text"] == ["en [0 1 2]\n"]
    assert english["opening-code-1"]["outputs"][1]["execution_count"] == english["opening-code-1"]["execution_count"]
    assert english["gates-hidden"]["outputs"] == [
        {"name": "stdout", "output_type": "stream", "text": ["Other numbers.\n"]}
    ]
    picture, words = english["table-code-1"]["outputs"]
    assert picture["data"].keys() == {"image/png", "text/plain"}
    assert words["data"] == {"text/html": ["<b>a picture</b>"]}
    code = [cell for cell in english.values() if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))


def test_the_key_has_what_the_grader_needs(built_once: Course) -> None:
    key = cells(built_once.keys / NOTEBOOK)
    assert "### BEGIN HIDDEN TESTS" in key["gates-hidden"]["source"]
    assert "### BEGIN SOLUTION" in key["gates-mul"]["source"]
    assert 'READER = "en"' in key["setup"]["source"]
    assert key["gates-check"]["metadata"]["nbgrader"] == {
        "grade": True,
        "grade_id": "gates-check",
        "locked": True,
        "points": 2.0,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }


def test_the_outline_tells_titles_minutes_points_and_ids(built_once: Course) -> None:
    (notebook,) = load(built_once.outline)["notebooks"]
    assert (notebook["name"], notebook["minutes"]) == (small.NAME, 10)
    assert notebook["exercises"][1] == {
        "id": "table",
        "title": {"ko": "표", "en": "A table"},
        "minutes": 2.5,
        "points": 2.0,
        "solutions": ["table"],
        "checks": [
            {"id": "table-check", "points": 1.5, "hidden": False},
            {"id": "table-hidden", "points": 0.5, "hidden": True},
        ],
    }


# The same bytes


def test_the_same_source_gives_the_same_bytes_whoever_builds_it_and_where(built_once: Course, tmp_path: Path) -> None:
    elsewhere = small.make(tmp_path / "another place" / "course")
    home = tmp_path / "home"
    home.mkdir()
    somebody = {
        **os.environ,
        "HOME": str(home),
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Seoul",
        "LANG": "C",
        "COLUMNS": "40",
    }
    somebody |= {"MPLBACKEND": "svg", "GRADSCHOOL_COURSE": str(elsewhere.root)}
    program = (
        f"from gradschool.course import building; building._ROOMS = {small.ROOMS}; "
        "from gradschool.cli import main; main()"
    )
    subprocess.run(
        [sys.executable, "-c", program, "build"], check=True, cwd=tmp_path, env=somebody, capture_output=True
    )
    assert small.made_files(elsewhere) == small.made_files(built_once)


def test_a_second_build_has_nothing_to_do(built: Course) -> None:
    before = small.made_files(built)
    assert building.build(built) == []
    assert small.made_files(built) == before


def test_another_edition_is_known_by_its_name(built: Course) -> None:
    def edition() -> str:
        return load(built.notebooks("en") / NOTEBOOK)["metadata"]["gradschool"]["edition"]

    before = edition()
    edit_source(built, "# # A small notebook", "# # A very small notebook")
    told: list[str] = []
    building.build(built, building.Listener(tell=told.append))
    assert edition() != before
    assert "made notebooks/en/lecture4/1_small.ipynb" in told
    assert "ran solutions/en/lecture4/1_small.ipynb" in told
    assert checked(built) == []


# What --check says


def test_what_was_just_built_is_fine(built_once: Course) -> None:
    assert checked(built_once) == []


def test_a_fresh_clone_without_keys_is_fine(built: Course) -> None:
    for ignored in ("source", "release"):
        shutil.rmtree(built.autograde / ignored)
    (built.autograde / "gradebook.db").unlink()
    assert checked(built) == []


def test_a_checkout_with_other_line_ends_is_fine(built: Course) -> None:
    for path in [*built.root.glob("*/*/lecture4/*.ipynb"), built.outline, *built.sources()]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert checked(built) == []


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("notebooks/ko/lecture4/1_small.ipynb", "notebooks/ko/lecture4/1_small.ipynb: missing; run gradschool build"),
        ("solutions/en/lecture4/1_small.ipynb", "solutions/en/lecture4/1_small.ipynb: missing; run gradschool build"),
        ("src/gradschool/data/course.json", "src/gradschool/data/course.json: missing; run gradschool build"),
    ],
)
def test_a_missing_file_is_told(built: Course, what: str, said: str) -> None:
    (built.root / what).unlink()
    assert checked(built) == [said]


@pytest.mark.parametrize("kind", ["notebooks", "solutions"])
def test_a_file_edited_by_hand_is_told(built: Course, kind: str) -> None:
    path = built.root / kind / "ko" / "lecture4" / NOTEBOOK
    path.write_text(path.read_text(encoding="utf-8").replace("작은 공책", "큰 공책"), encoding="utf-8")
    assert checked(built) == [f"{kind}/ko/lecture4/1_small.ipynb: edited by hand; run gradschool build"]


def test_outputs_edited_by_hand_are_told(built: Course) -> None:
    path = built.solutions("en") / NOTEBOOK
    path.write_text(path.read_text(encoding="utf-8").replace("en [0 1 2]", "en [0 1 3]"), encoding="utf-8")
    assert checked(built) == ["solutions/en/lecture4/1_small.ipynb: edited by hand; run gradschool build"]


@pytest.mark.parametrize("kind", ["notebooks", "solutions"])
def test_a_file_that_is_no_notebook_is_told(built: Course, kind: str) -> None:
    path = built.root / kind / "en" / "lecture4" / NOTEBOOK
    path.write_text("nothing", encoding="utf-8")
    told = f"{kind}/en/lecture4/1_small.ipynb: no notebook that gradschool made; run gradschool build"
    assert checked(built) == [told]


def test_a_changed_source_makes_everything_stale(built: Course) -> None:
    edit_source(built, "# # A small notebook", "# # A very small notebook")
    stale = [line.split(":")[0] for line in checked(built) if "stale" in line]
    assert stale == [
        "autograde/source/lecture4/1_small.ipynb",
        "notebooks/en/lecture4/1_small.ipynb",
        "notebooks/ko/lecture4/1_small.ipynb",
        "solutions/en/lecture4/1_small.ipynb",
        "solutions/ko/lecture4/1_small.ipynb",
    ]


def test_a_changed_outline_is_stale(built: Course) -> None:
    built.outline.write_text("{}\n", encoding="utf-8")
    assert checked(built) == ["src/gradschool/data/course.json: stale; run gradschool build"]


def test_a_changed_package_makes_solutions_stale_and_nothing_else(
    built: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_ROOMS", ("numeric",))
    assert [line.split(":")[0] for line in checked(built)] == [
        "solutions/en/lecture4/1_small.ipynb",
        "solutions/ko/lecture4/1_small.ipynb",
    ]


@pytest.mark.parametrize("marker", ["### BEGIN SOLUTION", "### END HIDDEN TESTS", "# %% setup"])
def test_an_authors_marker_that_survived_is_told_with_its_cell(built: Course, marker: str) -> None:
    path = built.notebooks("en") / NOTEBOOK
    notebook = load(path)
    notebook["cells"][2]["source"].append(f"\n{marker}")
    path.write_text(json.dumps(notebook), encoding="utf-8")
    (told,) = (line for line in checked(built) if "survived" in line)
    assert told.startswith("notebooks/en/lecture4/1_small.ipynb: the author's marker ")
    assert told.endswith("survived in the cell opening-code-1; run gradschool build")


def test_a_notebook_without_a_source_is_told_and_removed(built: Course) -> None:
    old = built.notebooks("ko") / "0_old.ipynb"
    shutil.copy(built.notebooks("ko") / NOTEBOOK, old)
    assert checked(built) == ["notebooks/ko/lecture4/0_old.ipynb: has no source; run gradschool build"]
    assert building.build(built) == [old]
    assert not old.exists()


def test_mistakes_in_the_source_are_told_by_check_too(built: Course) -> None:
    edit_source(built, '[markdown] lang="en" hints="gates"', '[markdown] hints="gates"')
    assert any("without a language" in line for line in checked(built))


def test_build_mends_whatever_check_complained_of(built: Course) -> None:
    (built.notebooks("ko") / NOTEBOOK).unlink()
    (built.solutions("ko") / NOTEBOOK).write_text("nothing", encoding="utf-8")
    building.build(built)
    assert checked(built) == []


# Solutions must pass their own checks


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("return dout * y, dout * x", "return dout, dout", "the solution fails gates-check: AssertionError"),
        ("== (-14.0, 10.0)", "== (-14.0, 11.0)", "the solution fails the hidden test of gates-hidden: AssertionError"),
        (
            "return x * y, (x, y)",
            "return 1 / 0 * x, x",
            "the solution fails gates-check: ZeroDivisionError: division by zero",
        ),
        ("plt.show()", "print(plt.show)", "table-code-1 shows 'at 0x"),
        (
            "assert table(3) == [0, 1, 4]",
            "import sys\n\nassert table(3)\nprint('oh', file=sys.stderr)",
            "table-check writes to stderr, which nbgrader takes for a failure: oh",
        ),
        ("plt.show()", "import os\n\nos._exit(1)", "the solution could not be run to its end"),
    ],
)
def test_a_solution_that_fails_fails_the_build_by_name(unbuilt: Course, old: str, new: str, said: str) -> None:
    edit_source(unbuilt, old, new)
    with pytest.raises(AuthorError) as caught:
        building.build(unbuilt)
    assert any(said in str(found) for found in caught.value.complaints), caught.value
    assert not (unbuilt.solutions("en") / NOTEBOOK).exists()


def test_a_mistake_in_the_source_stops_a_build_before_it_writes(unbuilt: Course) -> None:
    edit_source(unbuilt, "points=2 ", "")
    with pytest.raises(AuthorError):
        building.build(unbuilt)
    assert not unbuilt.outline.exists()


def test_no_source_at_all_is_said(unbuilt: Course) -> None:
    (unbuilt.source / f"{small.NAME}.py").unlink()
    assert checked(unbuilt) == ["source/lecture4: there is no source file *.py to build from"]


# The command


def run(course: Course, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Any:
    monkeypatch.setenv("GRADSCHOOL_COURSE", str(course.root))
    return CliRunner().invoke(app, ["build", *arguments])


def test_the_command_is_content_with_what_is_built(built_once: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = run(built_once, monkeypatch, "--check")
    assert (checked.exit_code, checked.stdout) == (0, "Everything is as its source says.\n")
    again = run(built_once, monkeypatch)
    assert (again.exit_code, again.stdout) == (0, "Everything was up to date.\n")


def test_the_command_says_what_it_made_line_by_line(built: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    (built.notebooks("ko") / NOTEBOOK).unlink()
    assert run(built, monkeypatch).stdout == "made notebooks/ko/lecture4/1_small.ipynb\n"


def test_check_exits_1_with_a_line_for_each_complaint(built: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    (built.notebooks("ko") / NOTEBOOK).unlink()
    result = run(built, monkeypatch, "--check")
    assert result.exit_code == 1
    assert result.stdout == "notebooks/ko/lecture4/1_small.ipynb: missing; run gradschool build\n"


def test_an_authors_mistake_exits_2_with_file_and_line(unbuilt: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    edit_source(unbuilt, "points=2 ", "")
    result = run(unbuilt, monkeypatch)
    line = small.line_of('check="gates-check"')
    assert result.exit_code == 2
    assert result.stderr == f"source/lecture4/1_small.py:{line}: the check gates-check has no points: points=1\n"
