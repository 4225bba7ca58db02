"""The widgets around a picture: what a hand on a slider does."""

import asyncio
from typing import Any

import ipywidgets as widgets
import pytest
from every import ALL, Every

from gradschool import figures
from gradschool.figures.frame import Note
from gradschool.figures.live import view

EACH = pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)


def inside(widget: Any) -> list[Any]:
    found = [widget]
    for child in getattr(widget, "children", ()):
        found += inside(child)
    return found


def picture(whole: Any) -> str:
    return next(w.value for w in inside(whole) if isinstance(w, widgets.HTML) and "<svg" in w.value)


@EACH
def test_nothing_but_ipywidgets_is_needed_in_front(each: Every) -> None:
    for widget in inside(view(each.by_reference())):
        assert widget._view_module.startswith("@jupyter-widgets/"), widget


@EACH
def test_a_slider_moves_the_picture(each: Every) -> None:
    whole = view(each.by_reference())
    moved = 0
    for widget in inside(whole):
        if isinstance(widget, widgets.IntSlider | widgets.FloatSlider | widgets.FloatLogSlider):
            before = picture(whole)
            low, high = (10.0**widget.min, 10.0**widget.max) if hasattr(widget, "base") else (widget.min, widget.max)
            widget.value = low if widget.value != low else high
            assert picture(whole) != before, widget.description
            moved += 1
    assert moved


def test_buttons_step_one_gate_and_stop_at_the_ends() -> None:
    figure = figures.circuit("sum_times")
    whole = view(figure)
    back, on = [w for w in inside(whole) if isinstance(w, widgets.Button)]
    slider = next(w for w in inside(whole) if isinstance(w, widgets.IntSlider))
    for _ in range(9):
        on.click()
    assert slider.value == slider.max == 5
    for _ in range(9):
        back.click()
    assert slider.value == 0


def test_moving_a_figure_by_hand_moves_its_sliders() -> None:
    figure = figures.descent()
    whole = view(figure)
    figure.set(rate=0.3)
    assert next(w for w in inside(whole) if getattr(w, "description", "") == "α").value == 0.3


def test_unchanged_texts_are_not_sent_again() -> None:
    figure = figures.circuit("sum_times")
    whole = view(figure)
    sent: list[str] = []
    for widget in inside(whole):
        if isinstance(widget, widgets.HTML):
            widget.observe(lambda change: sent.append(change["new"]), "value")
    figure.set(x=1.0)
    assert len(sent) == 1


def test_a_note_is_shown_like_a_figure() -> None:
    assert "nothing" in picture(view(Note({"en": "There is nothing to see.", "ko": "볼 것이 없어요."})))


def test_training_goes_on_in_slices_and_stops() -> None:
    figure = figures.playground()
    view(figure)

    async def train() -> tuple[int, int, int]:
        figure.pressed("train")
        start = figure._epochs
        while figure._epochs < start + 3:
            await asyncio.sleep(0.01)
        others_turn = figure._epochs
        figure.pressed("train")
        await asyncio.sleep(0.1)
        return start, others_turn, figure._epochs

    start, during, after = asyncio.run(train())
    assert start < during
    assert after == during


def test_training_survives_a_change_of_everything() -> None:
    figure = figures.playground()

    async def train() -> None:
        figure.pressed("train")
        for setting in ({"units": 8}, {"layers": 3}, {"data": "spiral"}, {"activation": "relu"}, {"rate": 1.0}):
            figure.set(**setting)
            await asyncio.sleep(0.02)
        figure.pressed("reset")

    asyncio.run(train())
    assert figure._epochs == 0


def test_without_a_loop_the_button_trains_a_piece_at_once() -> None:
    figure = figures.playground()
    before = figure._epochs
    figure.pressed("train")
    assert figure._epochs > before


def test_the_playground_takes_own_points() -> None:
    figure = figures.playground(points=([[0.0, 0.0], [1.0, 1.0], [-1.0, 0.5]], [0, 1, 1]))
    assert "of 3 points" in figure.alt()
