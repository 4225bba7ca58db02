"""What this notebook has shown so far: which checks passed, said in one line each, and the progress view."""

import json
import sys
from html import escape
from importlib.resources import files
from typing import Any

from gradschool import language
from gradschool.check.mistakes import CheckFailed
from gradschool.language import translate as _

_passed: dict[str, set[str]] = {}
_failed: dict[str, tuple[str, ...]] = {}


def passed(exercise: str, name: str, line: str) -> None:
    """Note that a check passed, and say so in a line."""
    _passed.setdefault(exercise, set()).add(name)
    _failed.pop(exercise, None)
    print(f"✓ {line}")


def failed(exercise: str, name: str, failure: CheckFailed) -> CheckFailed:
    """Note that a check failed, show its box where there is a notebook to show it in, and return the exception to raise."""
    _passed.get(exercise, set()).discard(name)
    _failed[exercise] = failure.mistakes
    if _in_notebook():
        _display(failure.html, failure.text)
        failure.boxed = True
    return failure


def later(*, en: str, ko: str) -> None:
    """Say, in the reader's language, what a hidden check will try once the homework is handed in."""
    print(
        {"en": "▸ When graded: ", "ko": "▸ 채점할 때: "}[language.current()] + {"en": en, "ko": ko}[language.current()]
    )


def progress(notebook: str) -> None:
    """Show what passed in this notebook, its points, and what to look at next.

    notebook : str, "1_scalar_backprop" and so on
    Points count the visible checks alone: the hidden ones are run when the homework is graded.
    """
    course = json.loads((files("gradschool") / "data" / "course.json").read_text(encoding="utf-8"))
    exercises = next((each["exercises"] for each in course["notebooks"] if each["name"] == notebook), None)
    if exercises is None:
        raise ValueError(f"no notebook {notebook!r} in this course")
    rows = [_row(exercise) for exercise in exercises]
    earned, most = sum(row["earned"] for row in rows), sum(row["most"] for row in rows)
    held_back = sum(row["hidden"] for row in rows)
    upcoming = next((row for row in rows if row["state"] != "passed"), None)
    total = _("{earned} of {most} points from the visible checks; {hidden} more are given when it is graded.").format(
        earned=f"{earned:g}", most=f"{most:g}", hidden=f"{held_back:g}"
    )
    if not _passed and not _failed:
        last = _("This counts what was run since the kernel started. Run All brings it back.")
    elif upcoming is None:
        last = _("Every visible check has passed. Hand it in!")
    else:
        last = _("Next: {title}, about {minutes} minutes.").format(title=upcoming["title"], minutes=upcoming["minutes"])
    marks = {"passed": "✓", "failed": "✗", "open": "○"}
    lines = [f"{marks[row['state']]} {row['title']}  {row['earned']:g}/{row['most']:g}" for row in rows]
    text = "\n".join([*lines, total, last])
    if _in_notebook():
        _display(_table(rows, marks, total, last), text)
    else:
        print(text)


def _row(exercise: dict[str, Any]) -> dict[str, Any]:
    done, mistakes = _passed.get(exercise["id"], set()), _failed.get(exercise["id"])
    state = "failed" if mistakes and mistakes != ("not-attempted",) else "passed" if done and not mistakes else "open"
    visible = sum(check["points"] for check in exercise["checks"] if not check["hidden"])
    return {
        "title": exercise["title"][language.current()],
        "minutes": exercise["minutes"],
        "state": state,
        "earned": visible if state == "passed" else 0,
        "most": visible,
        "hidden": sum(check["points"] for check in exercise["checks"] if check["hidden"]),
    }


def _table(rows: list[dict[str, Any]], marks: dict[str, str], total: str, last: str) -> str:
    body = "".join(
        f'<tr><td>{marks[row["state"]]}</td><td style="text-align:left">{escape(row["title"])}</td>'
        f"<td>{row['earned']:g} / {row['most']:g}</td></tr>"
        for row in rows
    )
    return f"<table>{body}</table><p>{escape(total)}</p><p><strong>{escape(last)}</strong></p>"


def _in_notebook() -> bool:
    """Tell whether a notebook's shell is running, without importing IPython where there is none."""
    shell = sys.modules.get("IPython")
    return shell is not None and getattr(shell.get_ipython(), "kernel", None) is not None


def _display(html: str, text: str) -> None:
    sys.modules["IPython"].display.display({"text/html": html, "text/plain": text}, raw=True)
