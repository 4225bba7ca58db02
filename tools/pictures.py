"""The README's pictures, taken from real notebooks in a real browser: docs/*.png.

    python tools/pictures.py

Needs what the tests need: the built notebooks, and Chromium.
"""

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "tests" / "figures")]

import every  # noqa: E402
import lab  # noqa: E402

DOCS = ROOT / "docs"
LANGUAGES = ("en", "ko")
PIECES = (
    "setup",
    "neuron_graph-forward",
    "neuron_graph-backward",
    "neuron_graph-code-3",
    "gates-add",
    "gates-mul",
    "gates-max",
    "gates-check",
)
EPOCHS = 200  # until the moons are parted
STEPS = 13  # from the start into the backward pass, with a gate in hand

WRONG = """\
def mul_forward(x, y):
    return x * y, (x, y)


def mul_backward(dout, cache):
    x, y = cache
    return y, x
"""


def pieces(language):
    """The cells to be shown, from the worked solution, with one answer made wrong."""
    path = ROOT / "solutions" / language / "lecture4" / "1_scalar_backprop.ipynb"
    cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}
    return [WRONG if name == "gates-mul" else cells[name] for name in PIECES]


def more(language):
    """The cells of what is shown by its drawing alone; they come first, for the check at the end stops the rest."""
    trained = f"play = {every.BY_NAME['playground'].written()}\nplay.advance({EPOCHS})\nplay"
    return [every.opening(language), every.BY_NAME["activations"].written(), trained]


def take(notebook, language):
    """Photograph the circuit some steps into its backward pass, what a check says of the wrong answer, and two drawings."""
    DOCS.mkdir(exist_ok=True)
    activations, playground, figure = notebook.figures()
    for name, each in (("activations", activations), ("playground", playground)):
        each.locator(".gs-picture").screenshot(path=DOCS / f"{name}.{language}.png")
    stepper = figure.get_by_role("slider").first
    stepper.focus()
    for key in ("Home", *["ArrowRight"] * STEPS):
        notebook.page.keyboard.press(key)
        notebook.page.wait_for_timeout(100)
    figure.screenshot(path=DOCS / f"circuit.{language}.png")

    told = notebook.page.get_by_role("note")
    told.screenshot(path=DOCS / f"failed_check.{language}.png")


def main():
    """Take both pictures in both languages."""
    with tempfile.TemporaryDirectory() as scratch, lab.browser() as browser:
        folder, settings = Path(scratch, "notebooks"), Path(scratch, "settings")
        folder.mkdir()
        with lab.server(folder, settings) as address:
            for language in LANGUAGES:
                name = f"pictures_{language}.ipynb"
                (folder / name).write_text(
                    json.dumps(lab.notebook(more(language) + pieces(language))), encoding="utf-8"
                )
                notebook = lab.Notebook(browser, address, name)
                notebook.run_all()
                take(notebook, language)
                notebook.close()


if __name__ == "__main__":
    main()
