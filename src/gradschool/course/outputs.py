"""What a cell put out, made still: the same bytes each time, and readable where no kernel runs.

Widgets become what they showed: their pictures and their words. PNG pictures lose what tells when and by what they
were made. Counts of execution become 1, 2, 3.
"""

import base64
import html
import re
import struct
from collections.abc import Iterator
from typing import Any

_VIEW = "application/vnd.jupyter.widget-view+json"
_STATE = "application/vnd.jupyter.widget-state+json"
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_REMARKS = {b"tEXt", b"iTXt", b"zTXt", b"tIME"}
_PNG_IN_HTML = re.compile(r"(?<=data:image/png;base64,)[A-Za-z0-9+/=\s]+")
_MODEL = "IPY_MODEL_"
_ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}")


def settle(notebook: dict[str, Any]) -> None:
    """Make an executed notebook's outputs still, in place, and take the widgets' state away."""
    models = notebook["metadata"].pop("widgets", {}).get(_STATE, {}).get("state", {})
    count = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        count += 1
        cell["execution_count"] = count
        cell["outputs"] = [still for output in cell["outputs"] for still in _settled(output, models, count)]


def unsteady(cell: dict[str, Any]) -> str | None:
    """Return an object's address that a cell printed (another one each time), None where there is none."""
    for output in cell["outputs"]:
        texts = [output.get("text", ""), *(text for text in output.get("data", {}).values() if isinstance(text, str))]
        for text in texts:
            if address := _ADDRESS.search(text):
                return address[0]
    return None


def png_without_remarks(picture: bytes) -> bytes:
    """Return a PNG without its remarks (software, dates); anything else as it is."""
    if not picture.startswith(_PNG_START):
        return picture
    kept, position = [_PNG_START], len(_PNG_START)
    while position < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, position)
        end = position + 12 + length
        if kind not in _PNG_REMARKS:
            kept.append(picture[position:end])
        position = end
    return b"".join(kept)


def _settled(output: dict[str, Any], models: dict[str, Any], count: int) -> Iterator[dict[str, Any]]:
    data = output.get("data")
    if data is None:
        yield output
        return
    if output["output_type"] == "execute_result":
        output["execution_count"] = count
    view = data.pop(_VIEW, None)
    if view is not None and not data.keys() - {"text/plain"}:
        for shown in _shown(view["model_id"], models):
            yield {"output_type": "display_data", "metadata": {}, "data": _without_remarks(shown)}
        return
    output["data"] = _without_remarks(data)
    yield output


def _without_remarks(data: dict[str, Any]) -> dict[str, Any]:
    for kind, content in data.items():
        if kind == "image/png":
            data[kind] = _strip_base64(content)
        elif kind == "text/html":
            data[kind] = _PNG_IN_HTML.sub(lambda found: _strip_base64(found[0]), content)
    return data


def _strip_base64(text: str) -> str:
    return base64.b64encode(png_without_remarks(base64.b64decode(text))).decode()


def _shown(model_id: str, models: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a widget shows, as displays: its own picture or words, then its children's."""
    model = models.get(model_id)
    if model is None:
        return
    state = model["state"]
    match model["model_name"]:
        case "ImageModel":
            picture = _buffer(model, "value")
            if picture is not None:
                kind = {"svg+xml": "image/svg+xml"}.get(state["format"], f"image/{state['format']}")
                yield {kind: picture.decode() if kind == "image/svg+xml" else base64.b64encode(picture).decode()}
        case "HTMLModel" | "HTMLMathModel":
            if state.get("value"):
                yield {"text/html": state["value"]}
        case "LabelModel":
            yield {"text/html": html.escape(state["value"])}
        case "OutputModel":
            for output in state.get("outputs", ()):
                if "data" in output:
                    yield {kind: content for kind, content in output["data"].items() if kind != _VIEW}
                elif "text" in output:
                    yield {"text/plain": output["text"]}
        case _:
            for child in state.get("children", ()):
                yield from _shown(child.removeprefix(_MODEL), models)


def _buffer(model: dict[str, Any], name: str) -> bytes | None:
    for buffer in model.get("buffers", ()):
        if buffer["path"] == [name]:
            return base64.b64decode(buffer["data"])
    return None
