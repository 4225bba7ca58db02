"""One colour a role, the same in every figure, in SVG and in the page around it.

The hues are Okabe and Ito's (2008), which stay apart for colour-blind readers; some are a shade darker, so that they
can be read as text on a light panel. On a dark page the lighter shade of the same hue speaks.
"""

import re
from typing import Final

#: role -> (on a light panel, on a dark panel)
ROLES: Final[dict[str, tuple[str, str]]] = {
    "ink": ("#1f2328", "#e8eaed"),
    "muted": ("#656d76", "#a3abb5"),
    "line": ("#b7bec7", "#596270"),
    "panel": ("#ffffff", "#1c2026"),
    "soft": ("#f1f3f5", "#2a3038"),
    "value": ("#0072b2", "#56b4e9"),
    "gradient": ("#b54900", "#ff9a56"),
    "numeric": ("#a3447c", "#e59cc8"),
    "learner": ("#00795a", "#35cfa4"),
    "reference": ("#6b6257", "#c5b8a5"),
    "lit": ("#ffe9a8", "#5c4a10"),
    "lit-line": ("#b57d00", "#f0c648"),
}


def light(role: str) -> str:
    """Return a role's colour on a light panel, as #rrggbb."""
    return ROLES[role][0]


def dark(role: str) -> str:
    """Return a role's colour on a dark panel, as #rrggbb."""
    return ROLES[role][1]


def css(role: str) -> str:
    """Return a role's colour for SVG and HTML: the page's choice, or the light one where no page has chosen."""
    return f"var(--gs-{role}, {light(role)})"


def in_light(markup: str) -> str:
    """Return markup with every `css` colour as the light one, for readers that know no variables."""
    return re.sub(r"var\(--gs-[\w-]+, (#\w+)\)", r"\1", markup)


def _variables(column: int) -> str:
    return "".join(f"--gs-{role}:{pair[column]};" for role, pair in ROLES.items())


#: Where a page says that it is dark: JupyterLab and Notebook, VS Code, Colab.
_DARK_PAGES: Final = ('[data-jp-theme-light="false"]', "body.vscode-dark", 'html[theme="dark"]', ".gs-dark")

_MATHS: Final = "'STIX Two Text','Latin Modern Roman','Cambria',Georgia,'Times New Roman',serif"
_PLAIN: Final = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans CJK KR','Apple SD Gothic Neo','Malgun Gothic',sans-serif"

#: The rules that a drawing needs wherever it stands, alone in a file as well.
DRAWING_RULES: Final = (
    f".gs-drawing text{{font-family:{_PLAIN};font-variant-numeric:tabular-nums}}"
    f".gs-drawing .gs-var{{font-family:{_MATHS};font-style:italic}}"
    f".gs-drawing .gs-maths{{font-family:{_MATHS}}}"
    f".gs-drawing .gs-halo{{paint-order:stroke;stroke:{css('panel')};stroke-width:3px;stroke-linejoin:round}}"
)

#: The rules of the page around the pictures.
PAGE_RULES: Final = (
    f".gs-figure{{{_variables(0)}"
    "color:var(--gs-ink);background:var(--gs-panel);border:1px solid var(--gs-line);border-radius:8px;"
    f"padding:10px 14px 12px;max-width:880px;font:14px/1.5 {_PLAIN};box-sizing:border-box;overflow:hidden}}"
    + ",".join(f"{page} .gs-figure" for page in _DARK_PAGES)
    + f"{{{_variables(1)}color-scheme:dark}}"
    + ",".join(f"{page} .gs-figure .gs-pixels" for page in _DARK_PAGES)
    + "{filter:brightness(1.9)}"
    # the arrow of a list is ipywidgets' own picture, black on every page
    + ",".join(f"{page} .gs-figure select" for page in _DARK_PAGES)
    + "{appearance:auto;background-image:none}"
    ".gs-figure .widget-html-content,.gs-figure .jupyter-widgets{color:var(--gs-ink)}"
    ".gs-figure .widget-html-content{line-height:1.5;width:100%}"
    ".gs-figure .widget-html,.gs-figure .widget-htmlmath{height:auto;margin:0;width:100%}"
    ".gs-figure .gs-title{font-weight:600;font-size:15px;margin:0 0 2px}"
    ".gs-figure .gs-caption{color:var(--gs-ink);margin:6px 0 0}"
    ".gs-figure .gs-verdict{color:var(--gs-muted);font-size:12.5px;margin-top:2px}"
    ".gs-figure .gs-verdict b{font-weight:600}"
    ".gs-figure .gs-yours b{color:var(--gs-learner)}.gs-figure .gs-theirs b{color:var(--gs-reference)}"
    ".gs-figure .gs-readout{font-variant-numeric:tabular-nums;min-height:1.5em;margin:4px 0}"
    ".gs-figure .gs-picture{display:grid;overflow:auto hidden;contain:content}.gs-figure .gs-picture>*{grid-area:1/1}"
    ".gs-figure .gs-drawing{display:block;width:100%;height:auto}"
    ".gs-figure .gs-grip{cursor:crosshair;touch-action:none}.gs-figure .gs-pointer{display:none}"
    ".gs-figure .gs-controls>:only-child{grid-column:1/-1;max-width:400px}"
    f".gs-figure math{{font-size:1.12em;padding-block:3px;font-family:{_MATHS}}}"
    f".gs-figure .gs-readout .gs-var{{font-family:{_MATHS};font-style:italic;font-size:1.08em}}"
    ".gs-figure .gs-value{color:var(--gs-value)}.gs-figure .gs-gradient{color:var(--gs-gradient)}"
    ".gs-figure .gs-numeric{color:var(--gs-numeric)}.gs-figure .gs-muted{color:var(--gs-muted)}"
    ".gs-figure .gs-on{background:var(--gs-lit);border-radius:3px;box-shadow:0 0 0 2px var(--gs-lit)}"
    ".gs-figure pre.gs-code{background:var(--gs-soft);color:var(--gs-ink);border-radius:6px;padding:6px 10px;"
    "margin:4px 0;font-size:12.5px;line-height:1.45;overflow-x:auto;white-space:pre}"
    ".gs-figure pre.gs-code span{display:block;margin:0 -10px;padding:0 10px}"
    ".gs-figure pre.gs-code .gs-here{background:var(--gs-lit);box-shadow:inset 3px 0 var(--gs-lit-line)}"
    ".gs-figure .gs-controls{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,260px),1fr));"
    "gap:2px 18px;margin-top:4px;overflow:visible}.gs-figure .gs-controls>.gs-row{grid-column:1/-1}"
    ".gs-figure .gs-controls .widget-label,.gs-figure .gs-controls .widget-readout{color:var(--gs-ink)}"
)
