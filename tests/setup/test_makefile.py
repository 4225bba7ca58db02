"""The Makefile, on a machine of stand-ins: its Pythons are scripts that write down what they were asked."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.needs("make", "sh")

# A Python that we can use makes an environment whose programs add a line to the diary.
USABLE = """\
#!/bin/sh
case "$1" in
-c) exit 0 ;;
-V) echo "Python 3.12.0" ;;
-m) echo "venv by $0" >>"$DIARY"
    mkdir -p .venv/bin
    for program in python gradschool; do
        printf '#!/bin/sh\\ncase "$*" in "-m pip --version") exit 0 ;; esac\\necho "%s $*" >>"$DIARY"\\n' $program >.venv/bin/$program
        chmod +x .venv/bin/$program
    done ;;
esac
"""
UNUSABLE = "#!/bin/sh\nexit 1\n"


class Machine:
    """A folder with a course in it, and a few Pythons."""

    def __init__(self, folder: Path) -> None:
        self.course = folder / "a course"
        self.course.mkdir(parents=True)
        for name in ("Makefile", "pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, self.course)
        self.diary = folder / "diary"
        self.programs = folder / "bin"
        self.programs.mkdir()

    def has_python(self, name: str, script: str) -> None:
        path = self.programs / name
        path.write_text(script)
        path.chmod(0o755)

    def make(self, *arguments: str, pythons: str = "old good") -> subprocess.CompletedProcess[str]:
        """Run make; whatever a make that runs these tests handed down does not count."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
        environment = {
            **inherited,
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
            "DIARY": str(self.diary),
        }
        return subprocess.run(
            ["make", *arguments, f"PYTHON={pythons}"], cwd=self.course, env=environment, capture_output=True, text=True
        )

    def done(self) -> list[str]:
        """What was written into the diary since it was last read."""
        lines = self.diary.read_text().splitlines() if self.diary.exists() else []
        self.diary.write_text("")
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.has_python("old", UNUSABLE)
    machine.has_python("good", USABLE)
    return machine


def test_lab_makes_the_environment_from_the_pins_and_opens_the_course(machine: Machine) -> None:
    assert machine.make("lab", "LAB_ARGS=--no-browser --lang ko").returncode == 0

    venv, build_tools, package, lab = machine.done()
    assert venv.endswith("good")
    assert build_tools.endswith("-c constraints.txt hatchling editables")
    assert package.endswith("-c constraints.txt --no-build-isolation -e .[lab]")
    assert lab == "gradschool lab --no-browser --lang ko"


def test_test_makes_the_environment_and_runs_every_test(machine: Machine) -> None:
    assert machine.make("test").returncode == 0

    *_, package, tests = machine.done()
    assert package.endswith("-e .[test]")
    assert tests.startswith("python -m pytest ")
    assert "tests" not in tests


def test_demo_makes_the_environment_and_grades_a_made_class(machine: Machine) -> None:
    assert machine.make("demo", "DEMO_ARGS=--no-browser").returncode == 0

    *_, package, demo = machine.done()
    assert package.endswith("-e .[test]")
    assert demo == "gradschool demo --no-browser"


def test_the_second_time_nothing_is_installed(machine: Machine) -> None:
    machine.make("lab")
    machine.done()

    assert machine.make("lab").returncode == 0
    assert machine.done() == ["gradschool lab"]


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_what_is_asked_for_has_changed_and_is_installed(machine: Machine, name: str) -> None:
    machine.make("lab")
    machine.done()
    stamp = (machine.course / ".venv" / "ready-lab").stat().st_mtime
    os.utime(machine.course / name, (stamp + 10, stamp + 10))

    machine.make("lab")

    build_tools, package, _ = machine.done()
    assert "pip install" in build_tools
    assert "pip install" in package


def test_a_course_that_was_moved_gets_a_new_environment(machine: Machine) -> None:
    machine.make("lab")
    machine.done()
    machine.course = machine.course.rename(machine.course.with_name("moved"))

    assert "moved" in machine.make("lab").stdout
    assert machine.done()[0].startswith("venv")


def test_no_python_that_we_can_use_is_one_clear_line(machine: Machine) -> None:
    result = machine.make("lab", pythons="old older")

    said = [line for line in result.stderr.splitlines() if not line.startswith("make")]
    assert result.returncode != 0
    assert len(said) == 1
    assert "Python 3.11 to 3.14" in said[0]
    assert "old older" in said[0]
    assert not (machine.course / ".venv").exists()


def test_an_install_that_failed_is_tried_again(machine: Machine) -> None:
    machine.has_python("good", USABLE.replace('echo "%s $*" >>"$DIARY"', 'echo "%s $*" >>"$DIARY"; exit 1'))
    assert machine.make("lab").returncode != 0
    machine.done()

    assert machine.make("lab").returncode != 0
    assert "pip install" in machine.done()[0]


@pytest.mark.parametrize(("version", "allowed"), [((3, 10), False), ((3, 11), True), ((3, 14), True), ((3, 15), False)])
def test_the_pythons_that_we_can_use_are_the_packages(version: tuple[int, int], allowed: bool) -> None:
    question = re.search(r"sys\.exit\((.*)\)'", (ROOT / "Makefile").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    machine = SimpleNamespace(version_info=(*version, 0))

    assert question
    assert eval(question[1], {"sys": machine}) is not allowed
    assert SpecifierSet(project["requires-python"]).contains("{}.{}.0".format(*version)) is allowed
