"""A figure on a page: ipywidgets around the picture, and nothing else in the front end."""

from collections.abc import Callable
from copy import copy
from functools import partial
from html import escape
from typing import Any

import ipywidgets as widgets
from traitlets import link

from gradschool.figures.frame import Button, Choice, Figure, Live, Note, Slider, Steps, Toggle, say
from gradschool.figures.style import DRAWING_RULES, PAGE_RULES

#: Said once to a page by the browser: Notebook 7 takes the arrow keys for itself wherever they are pressed
#: (github.com/jupyter/notebook/issues/7716), unless what they are pressed on forbids it. On a slider's handle it does.
_ARROWS_ARE_THE_SLIDERS = (
    "if(!window.gsArrows){window.gsArrows=true;window.addEventListener('keydown',event=>{"
    "const handle=event.target.closest&&event.target.closest('.gs-figure .noUi-handle');"
    "if(handle)handle.toggleAttribute('data-lm-suppress-shortcuts',event.key.startsWith('Arrow'))},true)}"
)
_HEAD = f'<style onload="{_ARROWS_ARE_THE_SLIDERS}">{PAGE_RULES}{DRAWING_RULES}</style>'
_NOT_DRAWN = {
    "en": "There is no picture for these settings ({error}). Move a slider back.",
    "ko": "이 설정으로는 그림을 그릴 수 없어요({error}). 슬라이더를 되돌려 봐요.",
}
_BACK = {"en": "one step back", "ko": "한 단계 뒤로"}
_ON = {"en": "one step on", "ko": "한 단계 앞으로"}


def _without_echo(kind: Any) -> Any:
    """Return a kind of widget whose value the kernel takes without repeating it: the first thing it sends is the picture."""
    value = copy(kind.value)
    value.metadata = {**value.metadata, "echo_update": False}
    return type(kind.__name__, (kind,), {"value": value})


_FloatSlider, _FloatLogSlider, _IntSlider, _Play, _Text = map(
    _without_echo, (widgets.FloatSlider, widgets.FloatLogSlider, widgets.IntSlider, widgets.Play, widgets.Text)
)


def view(figure: Figure) -> Any:
    """Return the widget that shows a figure and moves with its controls."""
    still, moving = widgets.HTML(), widgets.HTML()
    picture = widgets.Box([still, moving])
    picture.add_class("gs-picture")
    readout = widgets.HTML()
    verdict = widgets.HTML()
    controls: dict[str, Any] = {}

    def refresh() -> None:
        try:
            drawing, alt, words = figure.show(), figure.alt(), figure.readout()
        except Exception as error:  # else the last picture would stand there as if it were this one
            note = Note(_NOT_DRAWN, error=type(error).__name__)
            drawing, alt, words = note.show(), note.alt(), ""
        moving.value = drawing.inline(alt)
        still.value = drawing.inline_still()
        readout.value = _wrapped("gs-readout", words)
        verdict.value = _wrapped("gs-verdict", figure.verdict())
        for name, value in figure.state.items():
            if controls[name].value != value:
                controls[name].value = value

    figure.live = Live(refresh, controls)
    buttons = [_button(say(c.label), partial(figure.pressed, c.name)) for c in figure.controls if isinstance(c, Button)]
    boxes = [_control_box(c, figure, controls) for c in figure.controls if not isinstance(c, Button)]
    panel = widgets.Box([*([_row(buttons)] if buttons else []), *boxes])
    panel.add_class("gs-controls")
    head = widgets.HTML(f'{_HEAD}<div class="gs-title">{figure.heading()}</div>')
    caption = widgets.HTMLMath(_wrapped("gs-caption", figure.question()))
    refresh()
    whole = widgets.VBox([head, picture, panel, readout, caption, verdict, _pointer(figure)])
    whole.add_class("gs-figure")
    return whole


def _pointer(figure: Figure) -> Any:
    """Return the hidden line of text into which a drawing's grips write."""
    line = _Text()
    line.add_class("gs-pointer")

    def moved(change: dict[str, Any]) -> None:
        place, across, up, down, _ = change["new"].split(" ")
        figure.pointed(place, float(across), float(up), down == "1")

    line.observe(moved, "value")
    return line


def _wrapped(kind: str, html: str) -> str:
    return f'<div class="{kind}">{html}</div>' if html else ""


def _control_box(control: Slider | Choice | Toggle | Steps, figure: Figure, controls: dict[str, Any]) -> Any:
    widget = _widget(control)
    controls[control.name] = widget

    def moved(change: dict[str, Any]) -> None:
        if figure.state[control.name] != change["new"]:
            figure.set(**{control.name: change["new"]})

    widget.observe(moved, "value")
    return _with_buttons(widget, control) if isinstance(control, Steps) else widget


def _widget(control: Slider | Choice | Toggle | Steps) -> Any:
    label = say(control.label)
    common: dict[str, Any] = {
        "description": label, "style": {"description_width": "auto"}, "layout": widgets.Layout(width="auto"),
    }  # fmt: skip
    if isinstance(control, Choice):
        options = [(say(text), value) for value, text in control.options]
        return widgets.Dropdown(options=options, value=control.value, **common)
    if isinstance(control, Toggle):
        return widgets.Checkbox(value=control.value, description=label, indent=False)
    if isinstance(control, Steps):
        common["layout"] = widgets.Layout(width="340px")
        return _IntSlider(control.value, 0, control.last, **common)
    span = {"min": control.low, "max": control.high, "step": control.step}
    if control.log:
        # a front end writes 1e-5 with a hyphen: what goes beyond plain decimals is left to the figure's own readout
        plain = control.low >= -3
        return _FloatLogSlider(
            control.value, base=10, **span, readout=plain, readout_format=".2g", **common
        )  # fmt: skip
    kind = _IntSlider if control.whole else _FloatSlider
    form = "d" if control.whole else f".{control.digits}f"
    return kind(control.value, **span, readout_format=form, **common)


def _with_buttons(slider: Any, control: Steps) -> Any:
    def by(amount: int) -> Callable[[], None]:
        def step() -> None:
            slider.value = min(max(slider.value + amount, 0), control.last)

        return step

    play = _Play(value=control.value, min=0, max=control.last, interval=control.pause)
    play.show_repeat = False
    # in the kernel: linked in the page, Play would speak before its slider at every move
    link((play, "value"), (slider, "value"))
    back, on = _button("◀", by(-1), say(_BACK)), _button("▶", by(1), say(_ON))
    for button in (back, on):
        button.layout.width = "38px"
    return _row([back, on, slider, play])


def _row(boxes: list[Any]) -> Any:
    row = widgets.HBox(boxes)
    row.add_class("gs-row")
    return row


def _button(label: str, press: Callable[[], None], tooltip: str = "") -> Any:
    button = widgets.Button(description=label, tooltip=escape(tooltip), layout=widgets.Layout(width="auto"))
    button.on_click(lambda _: press())
    return button
