"""The catalogue of messages: collected from the code, with the Korean beside each, compiled for `gettext`.

    python -m gradschool.course.messages

brings both files of a catalogue up to date after a message was written, changed or translated, and names the messages
that still lack their Korean. No date and no version goes into them: the same messages, the same bytes.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent
DOMAIN = "gradschool"
TRANSLATED = ("ko",)

_MARKS: dict[str, Any] = {"_": None, "N_": None}
_HEADER = "# {language}: the words of gradschool. `python -m gradschool.course.messages` keeps this file in order."
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


class _Dateless(Catalog):
    """A catalogue whose header says only what gettext needs to read it."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [("Language", str(self.locale)), ("Content-Type", "text/plain; charset=utf-8")]


def source_of(language: str) -> Path:
    """Return the file that a translator edits."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def compiled_of(language: str) -> Path:
    """Return the file that gettext reads."""
    return source_of(language).with_suffix(".mo")


def collected() -> dict[str, tuple[str, ...]]:
    """Return every message of the package, with the files that say it."""
    found: dict[str, set[str]] = {}
    for file, _line, message, _comments, _context in extract_from_dir(PACKAGE, keywords=_MARKS):
        found.setdefault(str(message), set()).add(Path(file).as_posix())
    return {message: tuple(sorted(files)) for message, files in sorted(found.items())}


def translations(language: str) -> dict[str, str]:
    """Return what a translator has written so far: message to its words in the language, "" for none."""
    path = source_of(language)
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file, locale=language) if entry.id}


def rendered(language: str) -> tuple[bytes, bytes]:
    """Return what the two files of a language must hold now: the translator's, and gettext's."""
    words = translations(language)
    header = _HEADER.format(language=language)
    catalogue = _Dateless(locale=language, domain=DOMAIN, header_comment=header, fuzzy=False)
    for message, files in collected().items():
        catalogue.add(message, words.get(message, ""), [(file, 0) for file in files])
    source, compiled = io.BytesIO(), io.BytesIO()
    write_po(source, catalogue, width=100, sort_by_file=True, include_lineno=False)
    write_mo(compiled, catalogue)
    return source.getvalue(), compiled.getvalue()


def lacking(language: str) -> list[str]:
    """Return the messages that have no words in a language yet."""
    words = translations(language)
    return [message for message in collected() if not words.get(message)]


def misplaced(language: str) -> Iterator[str]:
    """Yield the messages whose translation does not say the same {names}, as often."""
    for message, words in translations(language).items():
        if words and sorted(_PLACEHOLDER.findall(message)) != sorted(_PLACEHOLDER.findall(words)):
            yield message


def main() -> int:
    """Bring every catalogue up to date; return 1 where a message lacks its words."""
    complaints = []
    for language in TRANSLATED:
        source, compiled = rendered(language)
        source_of(language).parent.mkdir(parents=True, exist_ok=True)
        source_of(language).write_bytes(source)
        compiled_of(language).write_bytes(compiled)
        complaints += [f"{language} lacks words for: {message}" for message in lacking(language)]
        complaints += [f"{language} has other {{names}} than: {message}" for message in misplaced(language)]
    print(*complaints, sep="\n", end="\n" if complaints else "")
    print(f"{len(collected())} messages, {len(complaints)} to mend")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
