"""A figure on a page: ipywidgets around the picture, and nothing else in the front end."""

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from gradschool.figures.frame import Button, Choice, Control, Figure, Live, Slider, Steps, Toggle, say
from gradschool.figures.style import DRAWING_RULES, PAGE_RULES
from gradschool.figures.svg import Drawing

_HEAD = f"<style>{PAGE_RULES}{DRAWING_RULES}</style>"
_BACK = {"en": "one step back", "ko": "한 단계 뒤로"}
_ON = {"en": "one step on", "ko": "한 단계 앞으로"}


def view(figure: Figure) -> Any:
    """Return the widget that shows a figure and moves with its controls."""
    picture = _picture_widget(figure)
    readout = widgets.HTML()
    verdict = widgets.HTML()
    controls: dict[str, Any] = {}

    def refresh() -> None:
        _paint(figure, picture)
        readout.value = _wrapped("gs-readout", figure.readout())
        verdict.value = _wrapped("gs-verdict", figure.verdict())
        for name, value in figure.state.items():
            if controls[name].value != value:
                controls[name].value = value

    figure.live = Live(refresh, controls)
    boxes = [_control_box(control, figure, controls) for control in figure.controls]
    panel = widgets.Box(boxes)
    panel.add_class("gs-controls")
    head = widgets.HTML(f'{_HEAD}<div class="gs-title">{figure.heading()}</div>')
    caption = widgets.HTMLMath(_wrapped("gs-caption", figure.question()))
    refresh()
    whole = widgets.VBox([head, picture, panel, readout, caption, verdict])
    whole.add_class("gs-figure")
    return whole


def _picture_widget(figure: Figure) -> Any:
    if isinstance(figure.show(), Drawing):
        return widgets.HTML()
    image = widgets.Image(format="png")
    image.add_class("gs-plot")
    return image


def _paint(figure: Figure, picture: Any) -> None:
    shown = figure.show()
    alt = figure.alt()
    if isinstance(shown, Drawing):
        picture.value = shown.inline(alt)
    else:
        picture.value = shown
        picture.tooltip = alt


def _wrapped(kind: str, html: str) -> str:
    return f'<div class="{kind}">{html}</div>' if html else ""


def _control_box(control: Control, figure: Figure, controls: dict[str, Any]) -> Any:
    if isinstance(control, Button):
        return _button(say(control.label), lambda: figure.pressed(control.name))
    widget = _widget(control)
    controls[control.name] = widget

    def moved(change: dict[str, Any]) -> None:
        if figure.state[control.name] != change["new"]:
            figure.set(**{control.name: change["new"]})

    widget.observe(moved, "value")
    return _with_buttons(widget, control) if isinstance(control, Steps) else widget


def _widget(control: Slider | Choice | Toggle | Steps) -> Any:
    label = say(control.label)
    wide = {"description_width": "auto"}
    if isinstance(control, Choice):
        options = [(say(text), value) for value, text in control.options]
        return widgets.Dropdown(options=options, value=control.value, description=label, style=wide)
    if isinstance(control, Toggle):
        return widgets.Checkbox(value=control.value, description=label, indent=False)
    layout = widgets.Layout(width="250px")
    if isinstance(control, Steps):
        return widgets.IntSlider(
            control.value, 0, control.last, description=label, style=wide, layout=widgets.Layout(width="300px")
        )
    if control.log:
        return widgets.FloatLogSlider(
            control.value, base=10, min=control.low, max=control.high, step=control.step, description=label,
            readout_format=".1e", style=wide, layout=layout,
        )  # fmt: skip
    kind = widgets.IntSlider if control.whole else widgets.FloatSlider
    form = "d" if control.whole else f".{control.digits}f"
    return kind(
        control.value, min=control.low, max=control.high, step=control.step, description=label,
        readout_format=form, style=wide, layout=layout,
    )  # fmt: skip


def _with_buttons(slider: Any, control: Steps) -> Any:
    def by(amount: int) -> Callable[[], None]:
        def step() -> None:
            slider.value = min(max(slider.value + amount, 0), control.last)

        return step

    play = widgets.Play(value=control.value, min=0, max=control.last, interval=control.pause)
    play.show_repeat = False
    widgets.jslink((play, "value"), (slider, "value"))
    back, on = _button("◀", by(-1), say(_BACK)), _button("▶", by(1), say(_ON))
    for button in (back, on):
        button.layout.width = "38px"
    return widgets.HBox([back, on, slider, play])


def _button(label: str, press: Callable[[], None], tooltip: str = "") -> Any:
    button = widgets.Button(description=label, tooltip=escape(tooltip), layout=widgets.Layout(width="auto"))
    button.on_click(lambda _: press())
    return button
