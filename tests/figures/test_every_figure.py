"""What holds for each figure of the course, whoever's functions draw it."""

import re
import time
from typing import Any
from xml.etree import ElementTree

import learner
import pytest
from every import ALL, BY_NAME, Every

from gradschool import figures, language
from gradschool.figures import trust
from gradschool.figures.frame import Button, Choice, Figure, Slider, Steps, Toggle
from gradschool.figures.svg import Drawing

SVG_TAGS = {"svg", "style", "rect", "g", "path", "circle", "line", "text", "tspan", "image"}
EACH = pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)


def forever(*_: Any, **__: Any) -> None:
    while True:
        pass


def unwritten(*_: Any, **__: Any) -> None:
    raise NotImplementedError


def raising(*_: Any, **__: Any) -> None:
    raise ZeroDivisionError("division by zero")


def nothing(*_: Any, **__: Any) -> None:
    return None


def words(*_: Any, **__: Any) -> tuple[str, str]:
    return "out", "cache"


def not_a_number(*_: Any, **__: Any) -> float:
    return float("nan")


def leaving(*_: Any, **__: Any) -> None:
    raise SystemExit


def ends(figure: Figure) -> list[dict[str, Any]]:
    """Every control at each of its ends, one at a time."""
    settings: list[dict[str, Any]] = []
    for control in figure.controls:
        match control:
            case Slider():
                span = [10.0**control.low, 10.0**control.high] if control.log else [control.low, control.high]
                settings += [{control.name: value} for value in span]
            case Steps():
                settings += [{control.name: value} for value in (0, 1, control.last)]
            case Choice():
                settings += [{control.name: value} for value, _ in control.options]
            case Toggle():
                settings += [{control.name: value} for value in (False, True)]
    return settings


def drawn(figure: Figure) -> str:
    """The picture as an XML document that a browser could read; fails on numbers that are none."""
    shown = figure.show()
    assert isinstance(shown, Drawing)
    text = shown.standalone(figure.alt())
    figure.readout()
    ElementTree.fromstring(text)
    assert "nan" not in re.sub(r"base64,[^\"]*", "", str(shown.body))
    return text


@EACH
def test_the_learners_own_functions_draw(each: Every) -> None:
    figure = each.by_learner()
    drawn(figure)
    assert all(borrowed.yours for borrowed in figure.borrowed), figure.verdict()
    assert "gs-yours" in figure.verdict()
    assert "gs-theirs" not in figure.verdict()


@EACH
def test_learner_and_reference_draw_the_same_numbers(each: Every) -> None:
    assert each.by_learner().alt() == each.by_reference().alt()


@EACH
def test_the_reference_draws_where_nothing_is_given(each: Every) -> None:
    figure = each.by_reference()
    drawn(figure)
    assert "by the reference" in figure.verdict()


@EACH
def test_a_stub_is_named_calmly(each: Every) -> None:
    figure = each.make(dict.fromkeys(each.takes, unwritten))
    drawn(figure)
    assert "is not written yet" in figure.verdict()
    assert "NotImplementedError" not in figure.verdict()


@EACH
@pytest.mark.parametrize("broken", [raising, nothing, words, not_a_number, leaving])
def test_a_broken_function_costs_a_sentence_not_the_figure(each: Every, broken: Any) -> None:
    for name in each.takes:
        figure = each.by_learner(**{name: broken})
        assert drawn(figure)
        assert "gs-theirs" in figure.verdict(), name
        assert name.removesuffix("_forward").removesuffix("_backward") in figure.verdict()


@EACH
def test_a_function_that_hangs_is_left_behind(each: Every, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trust, "SECONDS", 0.2)
    began = time.monotonic()
    figure = each.by_learner(**{each.takes[-1]: forever})
    assert drawn(figure)
    assert "did not come back within 0.2 s" in figure.verdict()
    assert time.monotonic() - began < 60


@EACH
def test_a_function_that_breaks_later_costs_a_sentence_too(each: Every) -> None:
    name = each.takes[0]
    good, breaks = getattr(learner, name), [False]

    def fickle(*arguments: Any, **named: Any) -> Any:
        if breaks[0]:
            raise ValueError("not this time")
        return good(*arguments, **named)

    figure = each.by_learner(**{name: fickle})
    assert all(borrowed.yours for borrowed in figure.borrowed), figure.verdict()
    breaks[0] = True
    for setting in ends(figure):
        figure.set(**setting)
        drawn(figure)
    if any(not borrowed.yours for borrowed in figure.borrowed):
        assert "not this time" in figure.verdict()
    else:
        assert each.name == "xor"  # its gates are asked once


@EACH
def test_every_control_reaches_both_ends(each: Every) -> None:
    figure = each.by_reference()
    for setting in ends(figure):
        figure.set(**setting)
        drawn(figure)


@EACH
def test_every_control_changes_the_picture(each: Every) -> None:
    for control in each.by_reference().controls:
        figure = each.by_reference()
        pictures = {drawn(figure)}
        for setting in ends(figure):
            if control.name in setting:
                figure.set(**setting)
                pictures.add(drawn(figure))
        assert len(pictures) > 1 or isinstance(control, Button), control.name


@EACH
def test_the_picture_is_the_same_every_time(each: Every) -> None:
    def printed() -> str:
        figure = each.by_reference()
        figure.opened_for_print()
        return drawn(figure)

    assert printed() == printed()


@pytest.mark.parametrize("each", BY_NAME.values(), ids=lambda each: each.name)
def test_a_picture_on_paper_stands_alone(each: Every) -> None:
    # as an image on a page without scripts: no page's colours, nobody to point at it, nothing to fetch
    figure = each.by_learner()
    figure.opened_for_print()
    picture = figure.picture()
    svg = ElementTree.fromstring(picture["image/svg+xml"])
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-label"] == picture["text/plain"] != ""
    assert {"width", "height", "viewBox"} <= set(svg.attrib)
    assert "var(" not in picture["image/svg+xml"]
    for element in svg.iter():
        assert not [name for name in element.attrib if name.startswith("on")], element.attrib
        assert element.attrib.get("href", "data:").startswith("data:")
        assert element.tag.rpartition("}")[2] in SVG_TAGS


@EACH
def test_both_languages_are_there(each: Every) -> None:
    hangul = re.compile(r"[가-힣]")
    english = each.by_reference()
    assert not hangul.search(
        drawn(english) + english.heading() + english.question() + english.verdict() + english.alt()
    )
    language.use("ko")
    korean = each.by_reference()
    for text in (korean.heading(), korean.question(), korean.verdict()):
        assert hangul.search(text)


@EACH
def test_the_caption_asks(each: Every) -> None:
    for code in language.LANGUAGES:
        language.use(code)
        assert "?" in each.by_reference().question()


@EACH
def test_the_alternative_text_tells_numbers(each: Every) -> None:
    assert re.search(r"\d", each.by_reference().alt())


def test_every_figure_of_the_room_is_tried_here() -> None:
    # two show what only the learner has: a graph of their own (test_value), a network of their own (test_handwriting)
    assert {each.name for each in ALL} >= set(figures.__all__) - {"value_circuit", "misread"}
    assert set(BY_NAME) >= set(figures.__all__)


def test_no_figure_is_hidden_by_a_module_of_its_name() -> None:
    for name in figures.__all__:
        getattr(figures, name)
        assert callable(getattr(figures, name)), name


def test_an_unknown_control_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no control 'q': there are rate, start"):
        figures.descent().set(q=1)
