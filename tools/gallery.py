"""One page with every figure as readers see it, for a person to look at: light and dark, wide and narrow, in both languages.

    python tools/gallery.py [FOLDER]

writes FOLDER/index.html and its pictures (FOLDER is gallery/ unless named). Needs what the tests need: Chromium.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "tests" / "figures")]

import every  # noqa: E402
import lab  # noqa: E402

FIGURES = tuple(every.BY_NAME.values())
LANGUAGES = ("en", "ko")
WIDTHS = {"wide": 1280, "narrow": 640}
PAGE = """\
<!doctype html><meta charset="utf-8"><title>Figures</title>
<style>body{{font:15px sans-serif;margin:1em}}td{{vertical-align:top;padding:4px}}img{{max-width:100%}}th{{text-align:left}}</style>
{body}
"""


def photographed(browser: lab.Browser, folder: Path, theme: str) -> Iterator[tuple[str, str, str]]:
    """Take every figure's picture in one theme; give its name, language and width."""
    with tempfile.TemporaryDirectory() as scratch:
        notebooks, settings = Path(scratch, "notebooks"), Path(scratch, "settings")
        notebooks.mkdir()
        with lab.server(notebooks, settings, dark=theme == "dark") as address:
            for language in LANGUAGES:
                name = f"gallery_{language}.ipynb"
                cells = [every.opening(language), *(each.written() for each in FIGURES)]
                (notebooks / name).write_text(json.dumps(lab.notebook(cells)), encoding="utf-8")
                notebook = lab.Notebook(browser, address, name)
                notebook.run_all()
                notebook.page.keyboard.press("Control+b")  # the file list goes
                for width, pixels in WIDTHS.items():
                    notebook.page.set_viewport_size({"width": pixels, "height": 1000})
                    for each, figure in zip(FIGURES, notebook.figures(), strict=True):
                        figure.screenshot(path=folder / f"{each.name}_{language}_{theme}_{width}.png")
                        yield each.name, language, width
                notebook.close()


def page() -> str:
    """Return the page: a row a figure and language, light beside dark, wide above narrow."""
    rows = []
    for each in FIGURES:
        for language in LANGUAGES:
            rows.append(f"<h2>{escape(each.name)} · {language}</h2><table>")
            for width in WIDTHS:
                cells = (
                    f'<td><img src="{each.name}_{language}_{theme}_{width}.png" alt="{escape(each.name)}, {theme}, {width}"></td>'
                    for theme in ("light", "dark")
                )
                rows.append(f"<tr>{''.join(cells)}</tr>")
            rows.append("</table>")
    return PAGE.format(body="\n".join(rows))


def main() -> None:
    """Take all pictures, and write the page."""
    folder = Path(sys.argv[1] if sys.argv[1:] else ROOT / "gallery")
    folder.mkdir(parents=True, exist_ok=True)
    with lab.browser() as browser:
        for theme in ("light", "dark"):
            taken = len(list(photographed(browser, folder, theme)))
            print(f"{taken} pictures, {theme}", flush=True)
    (folder / "index.html").write_text(page(), encoding="utf-8")
    print(folder / "index.html")


if __name__ == "__main__":
    main()
