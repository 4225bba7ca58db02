"""What the READMEs show can be typed, and is there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import typer

from gradschool.cli import app

ROOT = Path(__file__).parents[2]
LANGUAGE_OF = {"README.md": "en", "README.ko.md": "ko"}
BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str) -> list[str]:
    return [body for label, body in BLOCK.findall(text_of(name)) if label == kind]


def every_block(name: str) -> list[str]:
    return [body for _, body in BLOCK.findall(text_of(name))]


def shell_lines(name: str) -> list[list[str]]:
    """Every command that is shown, cut into words."""
    lines = [line for kind in ("sh", "bat") for block in blocks(name, kind) for line in block.splitlines()]
    spans = re.findall(r"`([^`\n]+)`", BLOCK.sub("", text_of(name)))
    inline = [span for span in spans if re.match(r"(\.venv/bin/\w+|make|gradschool|python) ", span)]
    return [shlex.split(line.replace("\\", "/"), comments=True) for line in [*lines, *inline]]


@pytest.mark.parametrize("name", LANGUAGE_OF)
def test_every_picture_and_file_that_is_linked_is_there(name: str) -> None:
    linked = [target for target in re.findall(r"\]\(([^)#]+)\)", text_of(name)) if "://" not in target]

    assert [target for target in linked if not (ROOT / target).exists()] == []
    assert len(linked) > 3


@pytest.mark.parametrize("name", LANGUAGE_OF)
def test_every_command_and_option_that_is_shown_exists(name: str) -> None:
    commands = typer.main.get_command(app).commands
    shown = [words[1:] for words in shell_lines(name) if words and Path(words[0]).name == "gradschool"]

    assert {words[0] for words in shown if not words[0].startswith("--")} <= set(commands)
    for command, *rest in shown:
        if command in commands:
            known = {option for parameter in commands[command].params for option in parameter.opts}
            assert {word for word in rest if word.startswith("--")} <= known
    assert len(shown) > 4


@pytest.mark.parametrize("name", LANGUAGE_OF)
def test_every_make_target_that_is_shown_exists(name: str) -> None:
    targets = set(re.findall(r"^(\w+):", text_of("Makefile"), re.MULTILINE))
    shown = {words[1] for words in shell_lines(name) if words[:1] == ["make"]}

    assert {"lab", "test"} <= shown <= targets


@pytest.mark.parametrize("name", LANGUAGE_OF)
def test_the_lines_for_pip_are_what_make_does(name: str) -> None:
    in_make = re.findall(r"-m (pip install) --quiet (.*)", text_of("Makefile"))
    wanted = [f"{pip} {rest}".replace("'.[$*]'", ".[lab]") for pip, rest in in_make]
    shown = [" ".join(words[2:]) for words in shell_lines(name) if words[1:3] == ["-m", "pip"]]

    assert shown == wanted


def test_both_languages_show_the_same_commands() -> None:
    korean, english = ({" ".join(words) for words in shell_lines(name)} for name in ("README.ko.md", "README.md"))

    assert {re.sub(r"\bko\b", "en", line) for line in korean} == english
    assert len(english) > 15


@pytest.mark.needs("bwrap")
@pytest.mark.parametrize("name", LANGUAGE_OF)
def test_the_class_of_two_gets_what_is_printed(name: str, tmp_path: Path) -> None:
    tour, printed = next(
        (block, following) for block, following in pairwise(every_block(name)) if "gradschool grade" in block
    )
    for folder in ("source", f"notebooks/{LANGUAGE_OF[name]}", f"solutions/{LANGUAGE_OF[name]}"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "autograde").mkdir()
    shutil.copy(ROOT / "autograde" / "nbgrader_config.py", tmp_path / "autograde")
    program = tmp_path / ".venv" / "bin" / "gradschool"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from gradschool.cli import main; main()" "$@"\n')
    program.chmod(0o755)

    tour = tour.replace("make env\n", "")
    spoken = {"en": "C.UTF-8", "ko": "ko_KR.UTF-8"}[LANGUAGE_OF[name]]
    elsewhere = {name: value for name, value in os.environ.items() if name != "GRADSCHOOL_COURSE"} | {"LC_ALL": spoken}
    done = subprocess.run(["sh", "-e", "-c", tour], cwd=tmp_path, env=elsewhere, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert [line for line in printed.splitlines() if line not in done.stdout] == []
    assert (tmp_path / "results.json").is_file()
