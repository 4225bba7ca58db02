"""constraints.txt, environment.yml and pyproject.toml say the same, for every platform and Python that we allow."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from itertools import product
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+( ; .+)?")

# What packages ask about a machine, in the words of the three that a learner may have.
PLATFORMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
MACHINES = [
    pytest.param({**platform, "python_version": python, "python_full_version": f"{python}.0"}, id=f"{system} {python}")
    for (system, platform), python in product(PLATFORMS.items(), PYTHONS)
]


def lines_of_constraints() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def lines_of_environment() -> list[str]:
    """The pip section, without the package itself."""
    return [line for line in pip_section() if not line.startswith("-e ")]


def pip_section() -> list[str]:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    return next(entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict))


def pinned(lines: list[str], machine: dict[str, str]) -> dict[str, str]:
    """The versions that hold on a machine, by name."""
    requirements = [Requirement(line) for line in lines]
    holds = [each for each in requirements if each.marker is None or each.marker.evaluate(machine)]
    return {canonicalize_name(each.name): str(each.specifier).removeprefix("==") for each in holds}


def needed(extra: str, machine: dict[str, str]) -> Iterator[Requirement]:
    """Everything that the package with an extra needs on a machine, through and through.

    Packages that are not installed here, being another platform's, are named but not looked into.
    """
    todo = [Requirement(f"gradschool[{extra}]")]
    seen = set()
    while todo:
        requirement = todo.pop()
        yield requirement
        for asked in ("", *requirement.extras):
            if (requirement.name, asked) in seen:
                continue
            seen.add((requirement.name, asked))
            for line in _requires(requirement.name):
                further = Requirement(line)
                if further.marker is None or further.marker.evaluate({**machine, "extra": asked}):
                    todo.append(further)


@cache
def _requires(name: str) -> list[str]:
    if name == "gradschool":
        extras = PROJECT["project"]["optional-dependencies"]
        return PROJECT["project"]["dependencies"] + [
            f'{line} ; extra == "{extra}"' for extra, lines in extras.items() for line in lines
        ]
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def test_every_line_is_a_name_and_one_version() -> None:
    names = [canonicalize_name(Requirement(line).name) for line in lines_of_constraints()]

    assert [line for line in lines_of_constraints() if not PIN.fullmatch(line)] == []
    assert len(names) == len(set(names)) > 100


@pytest.mark.parametrize("machine", MACHINES)
def test_whatever_an_environment_holds_is_pinned_within_its_range(machine: dict[str, str]) -> None:
    pins = pinned(lines_of_constraints(), machine)
    missing, outside = set(), set()
    for requirement in needed("test", machine):
        name = canonicalize_name(requirement.name)
        if name == "gradschool":
            continue
        if name not in pins:
            missing.add(name)
        elif not requirement.specifier.contains(pins[name], prereleases=True):
            outside.add(f"{requirement} is pinned to {pins[name]}")

    assert (missing, outside) == (set(), set())


def test_what_builds_the_package_is_pinned_within_its_range() -> None:
    pins = pinned(lines_of_constraints(), {})

    for line in PROJECT["build-system"]["requires"]:
        assert Requirement(line).specifier.contains(pins[Requirement(line).name])
    assert "editables" in pins, "an editable install needs it"


def test_condas_environment_has_the_same_lines() -> None:
    assert set(lines_of_environment()) <= set(lines_of_constraints())


@pytest.mark.parametrize("machine", MACHINES)
def test_condas_environment_is_all_that_a_learner_needs(machine: dict[str, str]) -> None:
    pins = pinned(lines_of_environment(), machine)

    names = {canonicalize_name(requirement.name) for requirement in needed("lab", machine)}

    assert names - {"gradschool"} - set(pins) == set()
    assert "pytest" not in pins


def test_condas_environment_installs_the_package_with_its_lab() -> None:
    assert pip_section()[-1] == "-e .[lab]"


def test_condas_environment_allows_the_pythons_that_the_package_allows() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python = next(entry for entry in environment["dependencies"] if str(entry).startswith("python "))

    assert SpecifierSet(python.removeprefix("python ")) == SpecifierSet(PROJECT["project"]["requires-python"])
    assert [
        version for version in ("3.10", *PYTHONS, "3.15") if version in SpecifierSet(python.removeprefix("python "))
    ] == [*PYTHONS]


@pytest.mark.parametrize("name", ["constraints.txt", "environment.yml", "Makefile", ".ci/run", "pyproject.toml"])
def test_no_address_of_a_registry_is_written_down(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert re.findall(r"\S*://\S*|--(?:extra-)?index-url|--find-links", text) == []
