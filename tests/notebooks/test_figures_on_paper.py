"""The worked solutions can be read where nothing runs: a picture of every figure stands in them, with words for the ear."""

import ast
import base64
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
import pytest
from nbconvert import HTMLExporter

ROOT = Path(__file__).resolve().parents[2]
SOLVED = sorted((ROOT / "solutions").glob("*/lecture4/*.ipynb"))
#: What each notebook lets its reader play with.
PLAY = {
    "1_scalar_backprop": {"derivative_error", "descent", "circuit", "gates"},
    "2_vector_backprop": {"jacobian_map", "norm_arrows", "linear_shapes"},
    "3_neuron": {"integrate_and_fire", "neuron_plane", "xor", "flowers"},
    "4_neural_network": {"activations", "collapse", "saturation", "softmax", "playground", "misread"},
}


def figure_of(source: str) -> str | None:
    """The name of the figure that a cell shows as its result."""
    last = ast.parse(source).body[-1:]
    match last:
        case [ast.Expr(ast.Call(ast.Attribute(ast.Name("figures"), name)))]:
            return name
    return None


def shown(path: Path) -> list[tuple[str, list[dict[str, Any]]]]:
    """Every figure of a notebook with its cell's outputs."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ((figure_of("".join(cell["source"])), cell["outputs"]) for cell in cells if cell["cell_type"] == "code")
    return [(name, outputs) for name, outputs in code if name]


EACH = pytest.mark.parametrize("path", SOLVED, ids=lambda path: f"{path.parts[-3]}-{path.stem}")


@EACH
def test_every_figure_left_its_picture_and_its_question(path: Path) -> None:
    found = shown(path)
    assert {name for name, _ in found} >= PLAY[path.stem]
    for name, outputs in found:
        picture, question = outputs
        assert set(picture["data"]) == {"image/svg+xml", "text/plain"}, name
        alt = "".join(picture["data"]["text/plain"])
        assert picture["metadata"]["image/svg+xml"]["alt"] == alt
        assert re.search(r"\d", alt), name
        assert "?" in "".join(question["data"]["text/markdown"]), name


@EACH
def test_a_page_without_scripts_shows_every_picture(path: Path) -> None:
    exporter = HTMLExporter(sanitize_html=True, exclude_input=True)
    page, _ = exporter.from_notebook_node(nbformat.read(path, as_version=4))
    pictures = re.findall(r'<img[^>]*src="data:image/svg\+xml;base64,([^"]+)"', page)
    assert len(pictures) == len(shown(path))
    for picture in pictures:
        svg = ElementTree.fromstring(base64.b64decode(picture))
        assert svg.tag.endswith("svg")
        assert len(list(svg.iter())) > 20
