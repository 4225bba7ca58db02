"""What was handed in, as cells: whatever an editor, a browser or a mail program did to the file on the way."""

import json
from dataclasses import dataclass, field
from typing import Any

from gradschool.language import LANGUAGES
from gradschool.language import message as N_
from gradschool.language import translate as _

from .legible import storable

_MAX_CELLS = 5_000
_SPEAKS = {code: f'check.language("{code}")' for code in LANGUAGES}


class UnreadableError(Exception):
    """The file is no notebook; the message says what it is instead."""


@dataclass(frozen=True)
class SubmittedCell:
    """A cell as it was handed in. `id` and `grade_id` are empty where the file has none."""

    kind: str
    source: str
    id: str = ""
    grade_id: str = ""
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class Submitted:
    """A notebook as it was handed in."""

    cells: tuple[SubmittedCell, ...]
    metadata: dict[str, Any]
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The notebook that this says it is a copy of; empty where it does not say."""
        ours = self.metadata.get("gradschool")
        name = ours.get("notebook") if isinstance(ours, dict) else None
        return name if isinstance(name, str) else ""

    @property
    def language(self) -> str:
        """The learner's language: as the set-up cell has it, else as the notebook's metadata say, else English."""
        for cell in self.cells:
            for code, call in _SPEAKS.items():
                if call in cell.source.replace("'", '"'):
                    return code
        ours = self.metadata.get("gradschool")
        said = ours.get("language") if isinstance(ours, dict) else None
        return str(said) if said in LANGUAGES else "en"


def read_submission(data: bytes, limit: int) -> Submitted:
    """Read a submitted file.

    limit : int, bytes that it may have
    Raises UnreadableError for a file that is no notebook, with what it is instead.
    """
    if len(data) > limit:
        raise UnreadableError(
            _("the file has {size} MB, more than the {limit} MB that a notebook may have").format(
                size=len(data) >> 20, limit=limit >> 20
            )
        )
    warnings: list[str] = []
    notebook = _parse(_decode(data, warnings), warnings)
    cells = [_cell(raw) for raw in _raw_cells(notebook)]
    metadata = notebook.get("metadata")
    found = tuple(cell for cell in cells if cell is not None)
    if len(found) > _MAX_CELLS:
        raise UnreadableError(_("the notebook has {count} cells").format(count=len(found)))
    if len(found) < len(cells):
        warnings.append(_("{count} cells could not be read").format(count=len(cells) - len(found)))
    return Submitted(found, metadata if isinstance(metadata, dict) else {}, tuple(warnings))


def _decode(data: bytes, warnings: list[str]) -> str:
    if not data.strip():
        raise UnreadableError(_("the file is empty"))
    for start, what in _FOREIGN.items():
        if data.startswith(start):
            raise UnreadableError(_("this is {what}, not a notebook").format(what=_(what)))
    has_utf16_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if has_utf16_mark else ("utf-8-sig", "cp949"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "utf-8-sig":
            warnings.append(_("the file was saved as {encoding}, not as UTF-8").format(encoding=encoding))
        return text
    warnings.append(_("some letters of the file are damaged"))
    return data.decode("utf-8", errors="replace")


_FOREIGN = {
    b"PK\x03\x04": N_("a zip or an office document"),
    b"%PDF": N_("a PDF"),
    b"\x89PNG": N_("a picture"),
    b"\xff\xd8\xff": N_("a picture"),
    b"\x1f\x8b": N_("a gzip archive"),
    b"\x7fELF": N_("a program"),
}


def _parse(text: str, warnings: list[str]) -> dict[str, Any]:
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped[:1] == "<":
        raise UnreadableError(_("this is {what}, not a notebook").format(what=_("a web page")))
    if "<<<<<<<" in text and ">>>>>>>" in text and not _is_json(stripped):
        raise UnreadableError(_("the file has an unsolved merge conflict in it (<<<<<<<)"))
    try:
        notebook, end = json.JSONDecoder(strict=False).raw_decode(stripped)
    except (ValueError, RecursionError) as error:
        if stripped[:1] == "{":
            raise UnreadableError(_("the notebook is damaged or cut off ({error})").format(error=error)) from error
        raise UnreadableError(_("this is no notebook: a notebook's file begins with {{").format()) from error
    if stripped[end:].strip("\0 \t\r\n"):
        warnings.append(_("something follows the end of the notebook in its file; it was ignored"))
    if not isinstance(notebook, dict):
        raise UnreadableError(_("this is no notebook: a notebook's file begins with {{").format())
    return notebook


def _is_json(text: str) -> bool:
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _raw_cells(notebook: dict[str, Any]) -> list[Any]:
    """The cells, wherever this version of the format keeps them."""
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):
        sheets = [sheet for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets for cell in sheet.get("cells") or ()]
    if not isinstance(cells, list):
        raise UnreadableError(_("this is no notebook: it has no cells"))
    return cells


def _cell(raw: Any) -> SubmittedCell | None:
    if not isinstance(raw, dict):
        return None
    kind = raw.get("cell_type")
    source = raw.get("source", raw.get("input", ""))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if kind not in ("code", "markdown", "raw", "heading", "html") or not isinstance(source, str):
        return None
    metadata = raw.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    grading = metadata.get("nbgrader")
    grade_id = grading.get("grade_id") if isinstance(grading, dict) else None
    cell_id = raw.get("id") or metadata.get("id")
    return SubmittedCell(
        kind="code" if kind == "code" else "raw" if kind == "raw" else "markdown",
        source=storable(source.replace("\r\n", "\n")),
        id=cell_id if isinstance(cell_id, str) else "",
        grade_id=grade_id if isinstance(grade_id, str) else "",
        raw=raw,
    )
