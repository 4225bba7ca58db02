"""Each notebook of the course, the learner's and the worked one, opened in JupyterLab and used."""

import shutil
from collections.abc import Callable
from pathlib import Path

import hands
import lab
import pytest

ROOT = Path(__file__).resolve().parents[2]
LEARNERS = sorted((ROOT / "notebooks").glob("*/lecture4/*.ipynb"))
SOLVED = sorted((ROOT / "solutions").glob("*/lecture4/*.ipynb"))

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.timeout(300), pytest.mark.xdist_group("browser")]

Run = Callable[..., lab.Notebook]


def named(path: Path) -> str:
    return f"{path.parts[-4]}-{path.parts[-3]}-{path.stem}"


def used(path: Path, folder: Path, run: Run) -> lab.Notebook:
    """Run a copy, and put a hand on every slider; fails on overlaps and on the page's complaints."""
    shutil.copy(path, folder / f"{named(path)}.ipynb")
    notebook = run(f"{named(path)}.ipynb")
    figures = notebook.figures()
    assert figures
    found = []
    for figure in figures:
        found += hands.crowded(figure)
        found += [pair for slider in hands.sliders(figure) for pair in slider.step()]
    assert notebook.complaints == []
    assert found == []
    return notebook


@pytest.mark.parametrize("path", LEARNERS, ids=named)
def test_a_fresh_notebook_runs_to_the_end(path: Path, folder: Path, run: Run) -> None:
    notebook = used(path, folder, run)
    said = verdicts(notebook)
    assert all("gs-theirs" in verdict and "gs-yours" not in verdict for verdict in said), said  # nothing is written yet


@pytest.mark.parametrize("path", SOLVED, ids=named)
def test_a_worked_notebook_draws_with_its_own_functions(path: Path, folder: Path, run: Run) -> None:
    notebook = used(path, folder, run)
    said = verdicts(notebook)
    assert notebook.tracebacks() == []
    assert any("gs-yours" in verdict for verdict in said), said
    assert not any("for now" in verdict or "지금은" in verdict for verdict in said), said


def verdicts(notebook: lab.Notebook) -> list[str]:
    return [verdict.inner_html() for verdict in notebook.page.locator(".gs-verdict").all()]
