"""The widgets around a picture: what a hand on a slider does."""

import asyncio
from typing import Any

import ipywidgets as widgets
import pytest
from every import ALL, BY_NAME, Every

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
    return "".join(w.value for w in inside(whole) if isinstance(w, widgets.HTML) and "<svg" in w.value)


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


def test_play_and_its_slider_go_together() -> None:
    figure = figures.circuit("sum_times")
    whole = view(figure)
    play = next(w for w in inside(whole) if isinstance(w, widgets.Play))
    slider = next(w for w in inside(whole) if isinstance(w, widgets.IntSlider))
    play.set_state({"value": 2})
    assert slider.value == figure.state["_step"] == 2
    slider.set_state({"value": 1})
    assert play.value == figure.state["_step"] == 1


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


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("circuit", {"x": 1.0}),
        ("circuit", {"_step": 2}),
        ("neuron", {"_step": 1}),
        ("net", {"w11": 3.0}),
        ("gates", {"x": 6.0}),
        ("descent", {"rate": 0.1}),
        ("derivative_error", {"h": 1e-3}),
        ("activations", {"x": 2.0}),
        ("saturation", {"scale": 3.0}),
        ("softmax", {"z1": -4.0}),
        ("neuron_plane", {"w0": -3.0}),
        ("xor", {"x0": 0.0}),
        ("norm_arrows", {"x1": 0.9}),
        ("collapse", {"turn": 60}),
    ],
)
def test_what_keeps_still_is_sent_once(name: str, by: dict[str, float]) -> None:
    figure = BY_NAME[name].by_reference()
    whole = view(figure)
    sheets = [w for w in inside(whole) if isinstance(w, widgets.HTML) and "<svg" in w.value]
    still, moving = (sheet.value for sheet in sheets)
    figure.set(**by)
    assert sheets[0].value == still
    assert sheets[1].value != moving


@EACH
def test_the_picture_is_the_first_thing_sent_after_a_hand_moved_a_slider(
    each: Every, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = view(each.by_reference())
    sent: list[Any] = []
    monkeypatch.setattr(widgets.Widget, "_send", lambda self, message, buffers=None: sent.append(message))
    moved = 0
    for widget in inside(whole):
        if isinstance(widget, widgets.IntSlider | widgets.FloatSlider | widgets.FloatLogSlider):
            low = 10.0**widget.min if hasattr(widget, "base") else widget.min
            high = 10.0**widget.max if hasattr(widget, "base") else widget.max
            sent.clear()
            widget.set_state({"value": low if widget.value != low else high})
            assert sent[0]["method"] == "update", widget.description
            assert "<svg" in sent[0]["state"]["value"], widget.description
            moved += 1
    assert moved


def pointer(whole: Any) -> Any:
    return next(w for w in inside(whole) if isinstance(w, widgets.Text))


@pytest.mark.parametrize(
    ("name", "place", "lands"),
    [
        ("jacobian_map", "x", {"x1": -0.85, "x2": 1.85}),
        ("norm_arrows", "x", {"x1": -0.62, "x2": 0.62}),
        ("xor", "x", {"x0": 0.0, "x1": 1.0}),
        ("activations", "x", {"x": -2.5}),
    ],
)
def test_a_pointer_on_the_picture_does_what_the_sliders_do(name: str, place: str, lands: dict[str, float]) -> None:
    figure = BY_NAME[name].by_reference()
    whole = view(figure)
    assert f'data-name="{place}"' in picture(whole)
    before = picture(whole)
    pointer(whole).value = f"{place} 0.25 0.75 0 1234.5"
    assert {key: figure.state[key] for key in lands} == lands
    assert picture(whole) != before
    sliders = [w.value for w in inside(whole) if isinstance(w, widgets.FloatSlider)]
    assert set(lands.values()) <= set(sliders)


@pytest.mark.parametrize("share", ["-3", "7"])
def test_a_pointer_beyond_the_edge_stops_where_the_slider_does(share: str) -> None:
    figure = figures.jacobian_map()
    pointer(view(figure)).value = f"x {share} {share} 0 1"
    assert abs(figure.state["x1"]) == abs(figure.state["x2"]) == 2


def test_a_click_adds_a_point_to_the_playground_and_drawing_along_adds_none() -> None:
    figure = figures.playground()
    whole = view(figure)
    line, before = pointer(whole), figure.alt()
    line.value = "plane 0.5 0.5 1 1"
    line.value = "plane 0.6 0.6 0 2"
    assert "of 120 points" in before
    assert "of 121 points" in figure.alt()
    assert figure.state["data"] == "own"
    figure.pressed("clear")
    assert "of 0 points" in figure.alt()
    figure.set(label=0.0)
    line.value = "plane 0.25 0.75 1 3"
    line.value = "plane 0.25 0.75 1 4"
    assert figure._own[0].tolist() == [[-1.0, 1.0], [-1.0, 1.0]]
    assert figure._own[1].ravel().tolist() == [0.0, 0.0]
    figure.advance(3)
    assert figure._epochs == 3


def test_own_points_are_learnt_by_the_learners_functions_too() -> None:
    figure = BY_NAME["playground"].by_learner()
    figure.pressed("clear")
    for across, up, label in ((0.2, 0.2, 0.0), (0.8, 0.8, 1.0)):
        figure.set(label=label)
        figure.pointed("plane", across, up, True)
    figure.advance(100)
    assert all(borrowed.yours for borrowed in figure.borrowed), figure.verdict()
    assert "2 of 2 points right" in figure.alt()


def test_nothing_is_trained_where_there_is_no_point() -> None:
    figure = figures.playground()
    figure.pressed("clear")
    figure.pressed("once")
    assert figure._epochs == 0


def test_picking_an_activation_puts_it_between_the_layers() -> None:
    figure = figures.collapse()
    whole = view(figure)
    assert "straight" in figure.alt()
    figure.set(activation="relu")
    assert "bends" in figure.alt()
    assert next(w for w in inside(whole) if isinstance(w, widgets.Checkbox)).value


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


def test_settings_without_a_picture_say_so_instead_of_leaving_the_last_one() -> None:
    figure = figures.descent()
    whole = view(figure)
    before = picture(whole)
    broken = figure.show
    figure.show = lambda: 1 / 0  # type: ignore[method-assign,assignment,return-value]
    figure.set(rate=0.3)
    assert "no picture for these settings (ZeroDivisionError)" in picture(whole)
    figure.show = broken  # type: ignore[method-assign]
    figure.set(rate=0.9)
    assert picture(whole) == before


def test_training_that_came_to_its_end_goes_on_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gradschool.figures.training._MOST_EPOCHS", 3)
    figure = figures.playground()

    async def train() -> list[int]:
        seen = []
        for _ in range(2):
            figure.pressed("train")
            while figure._task is not None:
                await asyncio.sleep(0.01)
            seen.append(figure._epochs)
        return seen

    first, second = asyncio.run(train())
    assert second >= first + 3


def test_a_point_on_the_wrong_side_costs_at_once() -> None:
    figure = figures.playground(points=([[-1.0, -1.0], [1.0, 1.0]], [0, 1]))
    figure.advance(300)
    before = float(figure._written_loss())
    figure.set(label=0.0)
    figure.pointed("plane", 0.75, 0.75, True)
    assert float(figure._written_loss()) > before + 0.5


def test_a_walk_that_flew_off_is_not_told_numbers_from_beyond_the_wall() -> None:
    figure = figures.descent()
    figure.set(rate=1.2, start=3.0, steps=30)
    assert "beyond ±50" in figure.readout()
    assert "w = " not in figure.readout()
    assert "beyond ±50" in figure.alt()
