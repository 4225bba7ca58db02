"""One zip to hand out: learners' notebooks, the package as a wheel, a start sheet. The same course gives the same bytes."""

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gradschool.course import start_sheet
from gradschool.course.place import ASSIGNMENT, Course
from gradschool.errors import GradschoolError
from gradschool.language import translate as _

# The earliest moment that a zip can name: nothing in a bundle tells when it was made.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_LONG_AGO_SECONDS = "315532800"


def pack(course: Course, languages: Sequence[str], names: Sequence[str] = ()) -> bytes:
    """Return the zip.

    languages : "ko", "en" or both; with one, the notebooks lie beside the wheel, with both each language has a folder
    names : the notebooks wanted ("1_scalar_backprop"), all where empty
    Raises GradschoolError for a notebook that there is not.
    """
    wheel_name, wheel = _wheel(course.root)
    files: dict[str, bytes] = {}
    for language in languages:
        folder = f"gradschool-{ASSIGNMENT}/" + (f"{language}/" if len(languages) > 1 else "")
        notebooks = {path.name: path.read_bytes() for path in _notebooks(course, language, names)}
        files |= {folder + name: content for name, content in notebooks.items()}
        files[folder + wheel_name] = wheel
        titles = [(name, _title(content)) for name, content in notebooks.items()]
        files[f"{folder}START.html"] = start_sheet.page(language, wheel_name, titles).encode()
    return _zip(files)


def _notebooks(course: Course, language: str, names: Sequence[str]) -> list[Path]:
    made = {path.stem: path for path in sorted(course.notebooks(language).glob("*.ipynb"))}
    if not made:
        where = course.relative(course.notebooks(language))
        raise GradschoolError(_("there is nothing in {path}: make it with `gradschool build`").format(path=where))
    wanted = [Path(name).stem for name in names] or list(made)
    unknown = [name for name in wanted if name not in made]
    if unknown:
        words = _("no notebook {unknown}: there are {names}")
        raise GradschoolError(words.format(unknown=", ".join(unknown), names=", ".join(made)))
    return [made[name] for name in wanted]


def _title(notebook: bytes) -> str:
    cells = json.loads(notebook)["cells"]
    first = "".join(cells[0]["source"])
    return first.splitlines()[0].lstrip("# ")


def _wheel(root: Path) -> tuple[str, bytes]:
    from hatchling import build

    with tempfile.TemporaryDirectory() as folder, _standing_in(root), _made_long_ago():
        name = build.build_wheel(folder)
        return name, (Path(folder) / name).read_bytes()


@contextmanager
def _standing_in(directory: Path) -> Iterator[None]:
    # a build backend builds the directory it stands in (PEP 517)
    before = Path.cwd()
    os.chdir(directory)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _made_long_ago() -> Iterator[None]:
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = _LONG_AGO_SECONDS
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return packed.getvalue()
