"""Colours, contrast, axes, and the picture that is left on paper."""

import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.utils.capture import capture_output

from gradschool import figures
from gradschool.figures import axes, style, svg

TEXT_ROLES = ("ink", "muted", "value", "gradient", "numeric", "learner", "reference")
#: What a dichromat sees, in linear light (Viénot, Brettel and Mollon 1999, via Machado 2009 at full severity).
SIGHTS = {
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "tritanopia": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


def linear(colour: str) -> np.ndarray:
    channels = np.frombuffer(bytes.fromhex(colour[1:]), dtype=np.uint8) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("shade", [style.light, style.dark])
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_every_role_can_be_read_as_text(role: str, shade: object) -> None:
    for ground in ("panel", "soft"):
        assert contrast(shade(role), shade(ground)) >= 4.5  # type: ignore[operator]


@pytest.mark.parametrize("shade", [style.light, style.dark])
@pytest.mark.parametrize("sight", SIGHTS)
def test_value_and_gradient_stay_apart_for_every_eye(sight: str, shade: object) -> None:
    seen = [np.clip(SIGHTS[sight] @ linear(shade(role)), 0, 1) for role in ("value", "gradient")]  # type: ignore[operator]
    assert np.linalg.norm(seen[0] ** (1 / 2.2) - seen[1] ** (1 / 2.2)) > 0.3


def test_asking_for_the_room_loads_neither_widgets_nor_matplotlib() -> None:
    code = "import sys; from gradschool import figures; figures.descent().show(); print([m for m in ('ipywidgets', 'matplotlib', 'IPython') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@given(
    st.floats(-1e6, 1e6).flatmap(lambda low: st.tuples(st.just(low), st.floats(low + 1e-3, low + 2e6))),
    st.integers(2, 9),
)
def test_ticks_are_few_round_and_inside(span: tuple[float, float], about: int) -> None:
    found = axes.ticks(span, about)
    assert len(found) <= about + 1
    room = 1e-6 * (span[1] - span[0])
    assert all(span[0] - room <= tick <= span[1] + room for tick in found)


def test_logarithmic_ticks_are_powers_of_ten() -> None:
    assert axes.ticks((1e-15, 1.0), 5, log=True) == pytest.approx([1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1.0])


def test_a_heat_map_is_a_picture_that_others_can_read() -> None:
    from io import BytesIO

    from PIL import Image

    pixels = np.random.default_rng(0).integers(0, 256, (5, 7, 4), dtype=np.uint8)
    assert np.array_equal(np.asarray(Image.open(BytesIO(axes.png(pixels)))), pixels)


@pytest.mark.parametrize(
    ("number", "written"),
    [(0.0, "0.00"), (-0.001, "0.00"), (-12.0, "−12.00"), (float("inf"), "∞"), (12345.6, "1.2·10⁴"), (-2e-7, "0.00")],
)
def test_numbers_are_set_as_mathematics(number: float, written: str) -> None:
    assert svg.number(number) == written


def test_indices_go_below() -> None:
    assert svg.plain_name("w10") == "w₁₀"
    assert svg.html_name("x_1") == '<span class="gs-var">x</span><sub>1</sub>'
    assert svg.split_name("relu") == ("relu", "")


@pytest.fixture
def outputs(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("GRADSCHOOL_STATIC", "1")

    def shown(figure: object) -> list[dict[str, object]]:
        from IPython.core.interactiveshell import InteractiveShell

        InteractiveShell.instance()
        with capture_output() as captured:
            figure._ipython_display_()  # type: ignore[attr-defined]
        InteractiveShell.clear_instance()
        return [{"data": output.data, "metadata": output.metadata} for output in captured.outputs]

    return shown


def test_on_paper_a_figure_is_a_picture_and_its_question(outputs: object) -> None:
    picture, caption = outputs(figures.circuit("sum_times"))  # type: ignore[operator]
    assert set(picture["data"]) == {"image/svg+xml", "text/plain"}
    assert picture["data"]["image/svg+xml"].startswith("<svg")
    assert picture["metadata"]["image/svg+xml"]["alt"] == picture["data"]["text/plain"]
    assert set(caption["data"]) == {"text/markdown", "text/plain"}
    assert "widget" not in json.dumps([picture, caption])


def test_on_paper_every_gradient_of_a_circuit_is_known(outputs: object) -> None:
    picture, _ = outputs(figures.circuit("sum_times"))  # type: ignore[operator]
    assert picture["data"]["image/svg+xml"].count("−4.00") >= 3
