"""The reader's language: which one it is, and a message's words in it."""

import gettext
import locale
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("ko", "en")

_current = "en"


def use(code: str) -> None:
    """Speak this language from now on.

    code : "ko" or "en"
    Raises ValueError for any other.
    """
    global _current
    if code not in LANGUAGES:
        raise ValueError(f"no language {code!r}: there are {' and '.join(LANGUAGES)}")
    _current = code


def current() -> str:
    """Return the language spoken now, "ko" or "en"."""
    return _current


def of_machine(environment: Mapping[str, str]) -> str:
    """The language that the machine speaks, or English where it is not one of ours.

    environment : the process's environment variables
    """
    named = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next(filter(None, named), None) or locale.getlocale()[0] or ""
    # "ko_KR.UTF-8" on most machines, "Korean_Korea" on Windows.
    return next((code for code in LANGUAGES if spoken.lower().startswith(code)), "en")


def translate(message: str) -> str:
    """Return an English message in the reader's language; `_` elsewhere, so that messages can be collected."""
    return _catalogue(_current).gettext(message)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("gradschool", Path(__file__).parent / "locale", [code], fallback=code == "en")


def message(text: str) -> str:
    """Mark a message for the catalogue where it is written down before it is said."""
    return text
