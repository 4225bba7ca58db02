"""From a key on a slider to a painted change: every figure beside its `interact` twin, in one JupyterLab.

    python benchmarks/figures.py [NAME ...]

The twin draws about as many axes, curves and planes, with matplotlib, anew at every move: what a notebook does when
nobody takes care. A figure's time runs from the key press to the first frame after its picture changed; the frame rate
limit is off, so that times are not rounded to sixtieths of a second.
"""

import json
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "tests" / "figures")]

import every  # noqa: E402
import lab  # noqa: E402

MOVES = 20
WARM = 3


@dataclass(frozen=True)
class Case:
    """A figure drawn by a learner's functions, the slider that moves, and what its twin draws: axes, curves on each, planes, texts."""

    name: str
    slider: int
    axes: int
    curves: int
    planes: int = 0
    texts: int = 0
    limit: float = 33.0
    moves: str = ""


CIRCUIT = 16.0

CASES = (
    Case("derivative_error", 0, 2, 3),
    Case("descent", 0, 2, 10),
    Case("circuit", 1, 1, 6, texts=14, limit=CIRCUIT),
    Case("neuron", 1, 1, 14, texts=36, limit=CIRCUIT),
    Case("neuron", 0, 1, 14, texts=36, limit=CIRCUIT, moves="step"),
    Case("value", 1, 1, 8, texts=20, limit=CIRCUIT),
    Case("gates", 0, 3, 3, texts=18, limit=CIRCUIT),
    Case("value_circuit", 1, 1, 14, texts=30, limit=CIRCUIT),
    Case("net", 1, 1, 22, texts=50, limit=CIRCUIT),
    Case("jacobian_map", 0, 3, 12, planes=1),
    Case("norm_arrows", 0, 1, 12, texts=16),
    Case("linear_shapes", 0, 1, 12, texts=24, limit=CIRCUIT),
    Case("integrate_and_fire", 1, 2, 3),
    Case("neuron_plane", 0, 2, 3, planes=1),
    Case("flowers", 0, 2, 3, planes=1, texts=4),
    Case("xor", 0, 2, 6, planes=1, texts=12),
    Case("activations", 0, 12, 1),
    Case("collapse", 0, 2, 24, planes=13),
    Case("saturation", 0, 4, 10),
    Case("softmax", 0, 2, 4, texts=8),
    Case("misread", 0, 1, 10, planes=8, texts=28),
    Case("playground", 0, 2, 13, planes=7),
)

TWIN = """
import ipywidgets, matplotlib.pyplot as plt, numpy as np
def twin(axes, curves, planes, texts):
    x = np.linspace(-5, 5, 100)
    def draw(w=0.0):
        figure, rows = plt.subplots(1, axes, figsize=(8, 3), squeeze=False)
        for ax in rows[0]:
            for k in range(curves):
                ax.plot(x, np.tanh((1 + 0.1 * w) * x + k))
        for k in range(planes):
            rows[0][0].imshow(np.outer(np.sin(x[:40] + w), x[:40]), extent=(-5 + k, -4 + k, -1, 1), aspect="auto")
        for k in range(texts):
            rows[0][0].text(-5 + k / 3, 0, f"{w:.2f}")
        plt.show()
    return ipywidgets.interact(draw, w=(-5.0, 5.0, 0.05))
"""

#: Tells of a key how many milliseconds later the first frame came in which the picture is another one. `next` is called before
#: the key and `took` waited for after it: to ask again and again would keep the page drawing frames.
WATCH = """
(root) => {
  let before, markup, pressed = null, tell;
  const picture = () => root.querySelector('svg.gs-moving, .widget-output img, .jp-OutputArea-output img');
  const looks = (drawn) => drawn?.src ?? drawn;
  window.next = () => {
    before = looks(picture());
    markup = picture()?.outerHTML;
    window.took = new Promise((resolve, reject) => {
      tell = resolve;
      setTimeout(() => reject(new Error('no other picture came')), 15_000);
    });
  };
  root.addEventListener('keydown', () => { pressed = performance.now(); }, true);
  const painted = (began) => requestAnimationFrame(() => {
    const done = () => {
      const took = performance.now() - began;
      if (picture()?.outerHTML === markup) pressed = began;
      else tell(took);
    };
    // right after this frame's painting, and not behind what Lab has to do about the kernel's next messages
    scheduler.postTask(done, {priority: 'user-blocking'});
  });
  new MutationObserver(() => {
    const now = picture();
    if (pressed === null || !now || looks(now) === before) return;
    const began = pressed;
    pressed = null;
    if (now.decode) now.decode().then(() => painted(began), () => painted(began));
    else painted(began);
  }).observe(root, {childList: true, subtree: true, attributes: true, attributeFilter: ['src']});
}
"""


def measure(notebook: lab.Notebook, root: lab.Locator, slider: int) -> list[float]:
    """Move one slider key by key; return milliseconds from key to paint."""
    page = notebook.page
    root.scroll_into_view_if_needed()
    root.evaluate(WATCH)
    handle = root.locator(".noUi-handle").nth(slider)
    handle.focus()
    times: list[float] = []
    for move in range(WARM + MOVES):
        page.evaluate("window.next()")
        page.keyboard.press("ArrowRight" if move % 2 == 0 else "ArrowLeft")
        times.append(page.evaluate("window.took"))
        page.wait_for_timeout(30)
    return times[WARM:]


def written(case: Case) -> list[str]:
    """Return the cells of a case: the figure and its twin."""
    twin = f"twin({case.axes}, {case.curves}, {case.planes}, {case.texts});"
    return [every.opening("en"), TWIN, every.BY_NAME[case.name].written(), twin]


def quantile(times: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def main() -> None:
    chosen = [case for case in CASES if not sys.argv[1:] or case.name in sys.argv[1:]]
    print(f"{'figure':20} {'median':>8} {'p95':>8}   {'interact':>8} {'p95':>8}   {'ratio':>6}   limit")
    missed = []
    with (
        tempfile.TemporaryDirectory() as folder,
        lab.browser("--disable-frame-rate-limit", "--disable-gpu-vsync") as browser,
        lab.server(Path(folder), Path(folder) / ".settings") as address,
    ):
        for case in chosen:
            (Path(folder) / "one.ipynb").write_text(json.dumps(lab.notebook(written(case))))
            notebook = lab.Notebook(browser, address, "one.ipynb")
            notebook.run_all()
            ours = measure(notebook, notebook.page.locator(".gs-figure").first, case.slider)
            theirs = measure(notebook, notebook.page.locator(".widget-interact").first, 0)
            notebook.close()
            median, twin = statistics.median(ours), statistics.median(theirs)
            good = median <= case.limit and 2 * median <= twin
            missed += [] if good else [case.name]
            print(
                f"{f'{case.name} {case.moves}':20} {median:8.1f} {quantile(ours):8.1f}   {twin:8.1f} {quantile(theirs):8.1f}"
                f"   {twin / median:6.1f}   {case.limit:.0f} ms{'' if good else '   MISSED'}",
                flush=True,
            )
    print(f"missed: {', '.join(missed)}" if missed else "every figure within its limit, and twice as fast as its twin")


if __name__ == "__main__":
    main()
