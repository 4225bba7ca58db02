"""Each figure in JupyterLab, under a reader's hands: it answers every control, and nothing stands on anything else."""

import re
from collections.abc import Callable

import every
import hands
import lab
import pytest

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.timeout(300), pytest.mark.xdist_group("browser")]

Run = Callable[..., lab.Notebook]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_control_moves_the_picture_and_nothing_overlaps(language: str, run: Run) -> None:
    cells = [every.opening(language), *(each.written() for each in every.BY_NAME.values())]
    notebook = run(f"all_{language}.ipynb", cells)
    found = []
    for each, figure in zip(every.BY_NAME.values(), notebook.figures(), strict=True):
        seen = hands.crowded(figure)
        sliders = hands.sliders(figure)
        if language == "en":  # which numbers move a picture is the same in every language
            seen += [pair for slider in sliders for pair in slider.step()]
        seen += [pair for slider in sliders for pair in slider.stretch()]
        seen += hands.tick_every_box(figure) + hands.choose_every_option(figure)
        found += [f"{each.name}, {pair}" for pair in seen]
        hands.press_every_button(figure)
    assert notebook.tracebacks() == []
    assert notebook.complaints == []
    assert found == []


def test_in_notebook_7_the_same_figure_moves(run: Run) -> None:
    cells = [every.opening("ko"), *(each.written() for each in every.BY_NAME.values())]
    notebook = run("seven.ipynb", cells, place="notebooks")
    found = []
    for each, figure in zip(every.BY_NAME.values(), notebook.figures(), strict=True):
        figure.scroll_into_view_if_needed()
        seen = hands.crowded(figure)
        seen += [pair for slider in hands.sliders(figure) for pair in slider.step()]
        found += [f"{each.name}, {pair}" for pair in seen]
    assert notebook.tracebacks() == []
    assert notebook.complaints == []
    assert found == []


def test_play_walks_through_the_circuit_which_has_a_name_for_those_who_do_not_see_it(run: Run) -> None:
    notebook = run("play.ipynb", ["from gradschool import figures", 'figures.circuit("sum_times")'])
    (figure,) = notebook.figures()
    assert figure.get_by_role("img", name=re.compile("Circuit of .x . y..z at x = −2.00")).count() == 1
    hands.sliders(figure)[0].press("Home")
    handle = figure.locator(".noUi-handle").first
    figure.locator(".widget-play button").first.click()
    notebook.page.wait_for_function(
        "([handle, figure]) => handle.getAttribute('aria-valuenow') === '5.0' && figure.innerText.includes('1.00 × (−4.00)')",
        arg=[handle.element_handle(), figure.element_handle()],
        timeout=20_000,
    )


def test_training_runs_while_the_notebook_is_free(run: Run) -> None:
    notebook = run("training.ipynb", ["from gradschool import figures", "play = figures.playground(); play"])
    (figure,) = notebook.figures()
    train = figure.get_by_role("button", name="train")
    hands.mark(figure)
    train.click()
    hands.changed(figure, "training")
    figure.locator(".noUi-handle").last.press("ArrowLeft")  # the learning rate, while it trains
    hands.mark(figure)
    hands.changed(figure, "training after a new learning rate")
    train.click()
    notebook.page.wait_for_timeout(500)  # what was on its way has come
    hands.mark(figure)
    notebook.page.wait_for_timeout(500)
    assert not figure.evaluate(hands.MOVED)
    assert notebook.complaints == []


def test_a_hand_on_the_picture_drags_the_point_and_clicks_points_into_the_plane(run: Run) -> None:
    cells = ["from gradschool import figures", "figures.jacobian_map()", "figures.playground()"]
    notebook = run("pointer.ipynb", cells)
    jacobian, play = notebook.figures()
    mouse, grip = notebook.page.mouse, jacobian.locator(".gs-grip")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    assert box
    hands.mark(jacobian)
    mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    assert not jacobian.evaluate(hands.MOVED)  # nothing is held yet
    mouse.down()
    hands.changed(jacobian, "pressing on the plane")
    hands.mark(jacobian)
    mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.6 * box["height"])
    hands.changed(jacobian, "dragging across the plane")
    mouse.up()
    # the plane goes from −2.2 to 3.2 on both sides
    handles = [handle.get_attribute("aria-valuenow") for handle in jacobian.locator(".noUi-handle").all()[:2]]
    assert [float(now or "nan") for now in handles] == pytest.approx(
        [-1.1, 0.0], abs=0.11
    )  # what the handle says has one decimal
    hands.mark(play)
    play.locator(".gs-grip").click()
    hands.changed(play, "a click")
    assert "of 121 right" in play.inner_text()
    assert notebook.complaints == []


def test_a_hanging_function_does_not_hang_the_notebook(run: Run) -> None:
    hang = "def gradient_descent(gradient, w, learning_rate, steps):\n    while True: pass"
    notebook = run(
        "hanging.ipynb", ["from gradschool import figures", hang, "figures.descent(gradient_descent)", "6 * 7"]
    )
    (figure,) = notebook.figures()
    assert "did not come back within" in figure.inner_text()
    assert "42" in notebook.page.locator(".jp-OutputArea-output").last.inner_text()
