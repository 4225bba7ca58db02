import base64
import struct
import zlib
from typing import Any

from gradschool.course import outputs


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


START = b"\x89PNG\r\n\x1a\n"
HEAD, DATA, END = chunk(b"IHDR", bytes(13)), chunk(b"IDAT", b"picture"), chunk(b"IEND", b"")
BARE = START + HEAD + DATA + END
TALKATIVE = START + HEAD + chunk(b"tEXt", b"Software\0some") + DATA + chunk(b"tIME", bytes(7)) + END


def settled(*produced: dict[str, Any], models: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": models or {}}}
    cell = {"cell_type": "code", "execution_count": 7, "outputs": list(produced)}
    notebook = {"cells": [{"cell_type": "markdown"}, cell], "metadata": {"widgets": widgets}}
    outputs.settle(notebook)
    assert notebook["metadata"] == {}
    assert cell["execution_count"] == 1
    return cell["outputs"]


def display(**data: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {k.replace("_", "/"): v for k, v in data.items()}}


def test_a_png_loses_its_remarks_and_nothing_else() -> None:
    assert outputs.png_without_remarks(TALKATIVE) == BARE
    assert outputs.png_without_remarks(BARE) == BARE
    assert outputs.png_without_remarks(b"no picture") == b"no picture"


def test_pictures_in_outputs_and_in_their_html_lose_their_remarks() -> None:
    text, want = base64.b64encode(TALKATIVE).decode(), base64.b64encode(BARE).decode()
    (shown,) = settled(display(image_png=text, text_html=f'<img src="data:image/png;base64,{text}" alt="a">'))
    assert shown["data"] == {"image/png": want, "text/html": f'<img src="data:image/png;base64,{want}" alt="a">'}


def test_results_are_counted_anew() -> None:
    (shown,) = settled({"output_type": "execute_result", "execution_count": 7, "metadata": {}, "data": {}})
    assert shown["execution_count"] == 1


def test_a_widget_becomes_what_it_showed() -> None:
    def model(name: str, buffers: tuple[Any, ...] = (), **state: Any) -> dict[str, Any]:
        return {"model_name": name, "state": state, "buffers": list(buffers)}

    picture = {"path": ["value"], "data": base64.b64encode(TALKATIVE).decode()}
    vector = {"path": ["value"], "data": base64.b64encode(b"<svg/>").decode()}
    models = {
        "box": model("VBoxModel", children=[f"IPY_MODEL_{name}" for name in ("slider", "html", "png", "svg", "words")]),
        "slider": model("IntSliderModel", value=3),
        "html": model("HTMLModel", value="<b>bold</b>"),
        "png": model("ImageModel", (picture,), format="png"),
        "svg": model("ImageModel", (vector,), format="svg+xml"),
        "words": model("LabelModel", value="a < b"),
    }
    view = display(text_plain="VBox(...)")
    view["data"]["application/vnd.jupyter.widget-view+json"] = {"model_id": "box"}
    assert [shown["data"] for shown in settled(view, models=models)] == [
        {"text/html": "<b>bold</b>"},
        {"image/png": base64.b64encode(BARE).decode()},
        {"image/svg+xml": "<svg/>"},
        {"text/html": "a &lt; b"},
    ]


def test_a_widget_that_brings_its_own_picture_keeps_it() -> None:
    view = display(text_plain="a figure", text_html="<p>still</p>")
    view["data"]["application/vnd.jupyter.widget-view+json"] = {"model_id": "gone"}
    (shown,) = settled(view)
    assert shown["data"] == {"text/plain": "a figure", "text/html": "<p>still</p>"}


def test_an_address_in_an_output_is_found() -> None:
    printed = {"output_type": "stream", "name": "stdout", "text": "<function f at 0x7f00deadbeef>\n"}
    assert outputs.unsteady({"outputs": [printed]}) == "at 0x7f00deadbeef"
    assert outputs.unsteady({"outputs": [display(text_plain="<A at 0x10ab33c0>")]}) == "at 0x10ab33c0"
    assert outputs.unsteady({"outputs": [display(text_plain="3 at most")]}) is None
