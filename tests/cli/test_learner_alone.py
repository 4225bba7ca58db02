"""A learner alone: their own points, how far they are, what is next, and a newer edition with their answers in it."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from gradschool.cli import main
from gradschool.errors import GradschoolError

ROOT = Path(__file__).parents[2]
NAME = "1_scalar_backprop"


def own_copy(course, language, kind="notebooks", name=NAME):
    path = course / "homework" / language / "lecture4" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(course / kind / language / "lecture4" / f"{name}.ipynb", path)
    return path


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        (
            "ko",
            "1 역전파 (스칼라)",
            ["100점 중 25점, 앞으로 약 570분 남았어요.", "다음 문제: 2_vector_backprop.ipynb"],
        ),
        ("en", "1 Backpropagation (scalar)", ["25 of 100 points, about 570 minutes left.", "Next: 1. The numerical"]),
    ],
)
def test_progress_is_four_bars_what_is_next_and_the_minutes_left(course, gradschool, language, title, said):
    own_copy(course, language, "solutions")
    done = gradschool(course, "progress")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith(title)
    assert [line.count("█") for line in lines[:4]] == [20, 0, 0, 0]
    assert [line.count("░") for line in lines[:4]] == [0, 20, 20, 20]
    minutes = [minutes_of(name) for name in ("2_vector_backprop", "3_neuron", "4_neural_network")]
    assert sum(minutes) == 570
    assert [f"{number}" in line for number, line in zip(minutes, lines[1:4], strict=True)] == [True] * 3
    assert len(lines) == 6
    assert [line.startswith(start) for line, start in zip(lines[4:], said, strict=True)] == [True, True]

    readme = ROOT / {"ko": "README.ko.md", "en": "README.md"}[language]
    text = [line.strip() for line in readme.read_text(encoding="utf-8").splitlines()]
    assert text[text.index(lines[0].strip()) :][:6] == [line.strip() for line in lines]


def minutes_of(name):
    from gradschool.grading.classbook import outline

    return sum(exercise.minutes for chapter in outline() if chapter.name == name for exercise in chapter.exercises)


def test_progress_without_a_notebook_says_how_to_get_one(course, gradschool):
    done = gradschool(course, "progress")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "gradschool: you have no notebooks yet: `gradschool lab` makes your copies in homework/\n"


def test_progress_of_notebooks_that_were_handed_out_as_a_folder(course, monkeypatch, capsys):
    """A bundle is no course: the notebooks are where the learner stands, among whatever else is there."""

    def no_course(*_):
        raise GradschoolError("no course here")

    folder = own_copy(course, "en").parent
    (folder / "holidays.ipynb").write_text("{}")
    monkeypatch.setattr("gradschool.course.find_course", no_course)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["gradschool", "progress"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1 Backpropagation (scalar)")
    assert lines[-1] == "Next: 1. The numerical derivative in 1_scalar_backprop.ipynb, about 10 minutes."


def test_progress_of_another_notebook_is_one_line(course, gradschool):
    path = own_copy(course, "en")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"].pop("gradschool")
    other = path.with_name("holidays.ipynb")
    other.write_text(json.dumps({**notebook, "cells": []}), encoding="utf-8")
    done = gradschool(course, "progress", other)
    assert done.returncode == 2
    assert "holidays.ipynb is no notebook of this course: there are 1_scalar_backprop, " in done.stderr
    assert done.stderr.count("\n") == 1


def test_after_a_pass_check_links_to_the_worked_solution(course, gradschool):
    path = own_copy(course, "ko", "solutions")
    done = gradschool(course, "check", path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"내 풀이 옆에 놓고 볼 모범 풀이: solutions/ko/lecture4/{NAME}.ipynb"


def test_of_what_is_not_passed_check_shows_no_solution(course, gradschool):
    path = own_copy(course, "en")
    before = gradschool(course, "check", path)
    assert before.returncode == 1
    assert "solutions/" not in before.stdout

    solved = json.loads((course / "solutions" / "en" / "lecture4" / f"{NAME}.ipynb").read_text(encoding="utf-8"))
    code = {cell["id"]: cell["source"] for cell in solved["cells"]}
    mine = json.loads(path.read_text(encoding="utf-8"))
    for cell in mine["cells"]:
        if cell["id"] == "chain_rule":
            cell["source"] = code["chain_rule"]
    path.write_text(json.dumps(mine), encoding="utf-8")
    after = gradschool(course, "check", path)
    assert after.returncode == 1
    wanted = f"Passed, so look how the worked solution does it: chain_rule in solutions/en/lecture4/{NAME}.ipynb"
    assert after.stdout.splitlines()[-1] == wanted


# --- update -----------------------------------------------------------------------------------------------------


def test_update_carries_the_answers_and_says_what_it_did(course, gradschool):
    path = own_copy(course, "en")
    mine = json.loads(path.read_text(encoding="utf-8"))
    mine["metadata"]["gradschool"]["edition"] = "an older one"
    for cell in mine["cells"]:
        if cell["id"] == "chain_rule":
            cell["source"] = "def chain_rule(functions, derivatives, x):\n    return 'mine'"
    mine["cells"].append({"cell_type": "code", "id": "n", "source": "my_notes = 1", "metadata": {}, "outputs": []})
    path.write_text(json.dumps(mine), encoding="utf-8")
    before = path.read_bytes()

    done = gradschool(course, "update")
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout.splitlines()
    assert said[0].endswith(f"{NAME}.ipynb: the newest edition now, with 1 of your answers in it")
    assert said[1] == f"    your file as it was: {NAME}.before-update-1.ipynb"
    assert said[2] == "    no place for the cell that begins  my_notes = 1   (it is in your old file)"
    assert path.with_name(f"{NAME}.before-update-1.ipynb").read_bytes() == before
    cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}
    assert cells["chain_rule"].endswith("return 'mine'")

    again = gradschool(course, "update")
    assert again.stdout.splitlines() == [
        line for line in again.stdout.splitlines() if "the newest edition already" in line
    ]
    assert len(again.stdout.splitlines()) == 1


def test_update_without_homework_says_how_to_get_some(course, gradschool):
    assert gradschool(course, "update").stdout == "No notebooks in homework/: `gradschool lab` makes them.\n"


def test_update_of_a_file_that_is_not_there_is_one_line(course, gradschool):
    done = gradschool(course, "update", "nothing.ipynb")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "gradschool: cannot read nothing.ipynb: No such file or directory\n"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["update"], "homework/에 노트북이 없어요. `gradschool lab`을 실행하면 만들어져요.\n"),
        (["update", "nothing.ipynb"], "gradschool: 읽을 수 없어요: nothing.ipynb (No such file or directory)\n"),
        (["progress"], "gradschool: 아직 노트북이 없어요. `gradschool lab`을 실행하면 homework/에 만들어져요\n"),
        (["report"], "gradschool: 아직 채점한 것이 없어요. 먼저 `gradschool grade PATH`를 실행해 주세요\n"),
        (["grade", "nowhere"], "gradschool: 그런 파일이나 폴더가 없어요: nowhere\n"),
    ],
)
def test_on_a_korean_machine_the_command_line_speaks_korean(course, gradschool, command, said):
    done = gradschool(course, *command, LC_ALL="ko_KR.UTF-8")
    assert done.stdout + done.stderr == said
