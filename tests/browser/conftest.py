import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "figures"))
sys.path.insert(0, str(Path(__file__).parent))

import lab


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="session")
def address(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with lab.server(folder, tmp_path_factory.mktemp("settings")) as address:
        yield address


@pytest.fixture(scope="module")  # no longer: while Playwright is there, no other test of this process can start asyncio
def browser() -> Iterator[lab.Browser]:
    with lab.browser() as browser:
        yield browser


@pytest.fixture
def run(browser: lab.Browser, address: str, folder: Path) -> Iterator[Callable[..., lab.Notebook]]:
    """Write cells into a notebook, or take one that is there; open it, and run it all."""
    opened: list[lab.Notebook] = []

    def run(name: str, cells: list[str] | None = None, **where: str) -> lab.Notebook:
        if cells is not None:
            (folder / name).write_text(json.dumps(lab.notebook(cells)), encoding="utf-8")
        opened.append(lab.Notebook(browser, address, name, **where))
        opened[-1].run_all()
        return opened[-1]

    yield run
    for notebook in opened:
        notebook.close()
