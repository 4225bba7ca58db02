"""`gradschool lab`, from the command line to a running server."""

import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner
from urllib3 import PoolManager, Retry

from gradschool.cli import app
from gradschool.cli.lab import _own_name, arguments

NAME = "1_small.ipynb"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of one notebook in two languages, which the command finds."""
    course = tmp_path / "course"
    (course / "source").mkdir(parents=True)
    (course / "autograde").mkdir()
    (course / "autograde" / "nbgrader_config.py").touch()
    publish(course, edition="first")
    monkeypatch.setenv("GRADSCHOOL_COURSE", str(course))
    monkeypatch.setattr("gradschool.language._current", "en")
    return course


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, bool]]:
    """What JupyterLab would have been opened on."""
    opened: list[tuple[Path, bool]] = []
    monkeypatch.setattr("gradschool.cli.lab._open_jupyterlab", lambda *asked: opened.append(asked))
    return opened


def publish(course: Path, edition: str) -> None:
    for language in ("ko", "en"):
        folder = course / "notebooks" / language / "lecture4"
        folder.mkdir(parents=True, exist_ok=True)
        notebook = {"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {"gradschool": {"edition": edition}}}
        (folder / NAME).write_text(json.dumps(notebook))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["lab", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_opens_the_learners_own_copies_in_the_language_asked_for(
    course: Path, opened: list[tuple[Path, bool]], language: str
) -> None:
    said = run("--lang", language)

    assert f"homework/{language}/lecture4/{NAME}" in said
    assert opened == [(course / "homework" / language, False)]
    assert (course / "homework" / language / "lecture4" / NAME).is_file()


def test_without_a_language_it_takes_the_machines(
    course: Path, opened: list[tuple[Path, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")

    run("--no-browser")

    assert opened == [(course / "homework" / "ko", True)]


def test_another_language_is_refused(course: Path, opened: list[tuple[Path, bool]]) -> None:
    result = CliRunner().invoke(app, ["lab", "--lang", "de"])

    assert result.exit_code == 2
    assert opened == []


def test_a_newer_edition_is_told_with_what_to_do(course: Path, opened: list[tuple[Path, bool]]) -> None:
    run("--lang", "en")
    publish(course, edition="second")

    said = run("--lang", "en")

    assert f"newer edition of homework/en/lecture4/{NAME}" in said
    assert " update`" in said
    assert len(opened) == 2


def test_it_names_itself_so_that_it_can_be_typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / ".venv" / "bin" / "gradschool"
    program.parent.mkdir(parents=True)
    program.touch(0o755)
    monkeypatch.setattr("sys.argv", [str(program), "lab"])
    monkeypatch.chdir(tmp_path)

    monkeypatch.setenv("PATH", str(tmp_path))
    assert _own_name() == os.path.join(".venv", "bin", "gradschool")
    monkeypatch.setenv("PATH", str(program.parent))
    assert _own_name() == "gradschool"


def test_it_speaks_the_notebooks_language(course: Path, opened: list[tuple[Path, bool]]) -> None:
    assert "답" in run("--lang", "ko")
    assert "Yours" in run("--lang", "en")


def test_without_jupyterlab_it_copies_nothing(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jupyterlab", None)

    with pytest.raises(ModuleNotFoundError):
        run("--lang", "en")
    assert not (course / "homework").exists()


def test_a_folder_that_is_no_course_is_one_line_and_exit_status_2(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from gradschool.cli import main; main()", "lab", "--no-browser"]
    environment = {**os.environ, "GRADSCHOOL_COURSE": str(tmp_path)}

    result = subprocess.run(command, env=environment, capture_output=True, text=True)

    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert str(tmp_path) in result.stderr


def test_no_browser_is_handed_on(tmp_path: Path) -> None:
    assert "--no-browser" in arguments(tmp_path, no_browser=True)
    assert "--no-browser" not in arguments(tmp_path, no_browser=False)


@contextmanager
def serving(course: Path, home: Path) -> Iterator[str]:
    """Run the command as a learner would, on a free port, and give the address it prints."""
    command = [sys.executable, "-c", "from gradschool.cli import main; main()", "lab", "--lang", "en", "--no-browser"]
    environment = {**os.environ, "HOME": str(home), "JUPYTER_PORT": "0", "GRADSCHOOL_COURSE": str(course)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            printed = (re.search(r"http://127\.0\.0\.1:\S+", line) for line in process.stderr)
            yield next(found[0] for found in printed if found)
        finally:
            process.terminate()


def ask(address: str, path: str) -> Any:
    """What the server answers; it prints its address a moment before it listens, so a refusal is asked again."""
    server, token = re.fullmatch(r"(http://[^/]+)/\S*\?token=(\w+)", address).groups()
    patient = Retry(connect=30, backoff_factor=0.05, backoff_max=1.0)
    with PoolManager(retries=patient) as pool:
        answer = pool.request("GET", f"{server}{path}?token={token}", timeout=60.0)
    assert answer.status == 200, answer.data
    return json.loads(answer.data) if path.startswith("/api/") else answer.data.decode()


def test_the_printed_address_leads_to_the_homework_and_to_this_environments_python(
    course: Path, tmp_path: Path
) -> None:
    stray = tmp_path / ".local" / "share" / "jupyter" / "kernels" / "python3"
    stray.mkdir(parents=True)
    (stray / "kernel.json").write_text('{"argv": ["another-python"], "display_name": "Stray", "language": "python"}')

    with serving(course, home=tmp_path) as address:
        listed = [entry["name"] for entry in ask(address, "/api/contents/lecture4")["content"]]
        kernels = ask(address, "/api/kernelspecs")
        page = ask(address, "/lab")

    assert listed == [NAME]
    assert kernels["default"] == "python3"
    assert "another-python" not in kernels["kernelspecs"]["python3"]["spec"]["argv"]
    settings = json.loads(re.search(r'id="jupyter-config-data"[^>]*>\s*(\{.*?\})\s*</script>', page, re.DOTALL)[1])
    assert "@jupyterlab/apputils-extension:announcements" in settings["disabledExtensions"]
    assert settings["news"] == {"disabled": True}


def test_the_server_sends_every_message_of_a_kernel_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (given,) = [each for each in arguments(tmp_path, no_browser=True) if "connection_class" in each]
    module, name = given.split("=")[1].rsplit(".", 1)
    channels = getattr(importlib.import_module(module), name)
    asked: list[Any] = []
    monkeypatch.setattr(channels.__mro__[1], "connect", lambda self: asked.append("connect"))
    page = SimpleNamespace(set_nodelay=asked.append)
    connection = object.__new__(type("Channels", (channels,), {"websocket_handler": page}))
    connection.connect()
    assert asked == [True, "connect"]
