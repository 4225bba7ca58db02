import unicodedata

import pytest

from gradschool.errors import GradschoolError
from gradschool.grading.people import Person, Roster, read_answers, read_roster, signature

NOTEBOOKS = ["1_scalar_backprop", "3_neuron"]
MINJI = Person("20261234", "김민지", "minji@school.example")
JUN = Person("20265678", "Jun Park", "jp@school.example")
KIM = Person("20260001", "Kim", "kim@school.example")


def signed(*parts):
    return signature(parts, NOTEBOOKS, "lecture4")


@pytest.fixture
def roster():
    return Roster([MINJI, JUN, KIM])


@pytest.mark.parametrize(
    ("parts", "platform", "whose"),
    [
        (("kim_LATE_4411_99871_1_scalar_backprop.ipynb",), "canvas", KIM),
        (("김민지_4411_99871_3_neuron-1.ipynb",), "canvas", MINJI),
        (("Jun Park_70012_assignsubmission_file_", "3_neuron.ipynb"), "moodle", JUN),
        (("class", "Jun Park_70012_assignsubmission_file_", "deep", "3_neuron.ipynb"), "moodle", JUN),
        (("김민지 - 1_scalar_backprop.ipynb",), "classroom", MINJI),
        (("3_neuron - Jun Park.ipynb",), "classroom", JUN),
        (("20261234", "lecture4", "3_neuron.ipynb"), "nbgrader", MINJI),
        (("minji@school.example", "3_neuron.ipynb"), "nbgrader", MINJI),
        (("1_scalar_backprop_김민지.ipynb",), "plain", MINJI),
        (("20265678_3_neuron (2).ipynb",), "plain", JUN),
        (("jp 1_scalar_backprop.ipynb",), "plain", JUN),
    ],
)
def test_a_platforms_names_are_read(parts, platform, whose, roster):
    said = signed(*parts)
    assert said.platform == platform
    assert roster.whose(said) == whose


def test_late_is_what_canvas_marked():
    assert signed("kim_LATE_4411_99871_3_neuron.ipynb").late
    assert not signed("kim_4411_99871_3_neuron.ipynb").late


def test_hangul_is_the_same_in_both_unicode_forms(roster):
    apart = unicodedata.normalize("NFD", "김민지")
    assert apart != "김민지"
    assert roster.whose(signed(f"1_scalar_backprop_{apart}.ipynb")) == MINJI
    assert Roster([Person("1", apart)]).whose(signed("김민지 - 3_neuron.ipynb")) is not None


@pytest.mark.parametrize(
    "parts", [("1_scalar_backprop.ipynb",), ("Kimberly_1_scalar_backprop.ipynb",), ("202612345_3_neuron.ipynb",)]
)
def test_nobody_is_guessed(parts, roster):
    assert roster.whose(signed(*parts)) is None


def test_two_of_one_name_stay_unknown():
    twins = Roster([Person("1", "이서준"), Person("2", "이서준")])
    assert twins.whose(signed("이서준 - 3_neuron.ipynb")) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_roster_is_read_whatever_the_order_of_its_columns(tmp_path, encoding):
    path = tmp_path / "roster.csv"
    path.write_text("E-mail,ID,Name\nminji@school.example,20261234,김민지\n\n", encoding=encoding)
    assert read_roster(path).people == (MINJI,)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,email\nA,b\n", "no column id"),
        ("", "no column id, name"),
        ("id,name\n,A\n", "line 2: no id"),
        ("id,name\n1,A\n1,B\n", "more than once"),
    ],
)
def test_a_roster_that_cannot_be_used_is_one_clear_line(tmp_path, text, says):
    path = tmp_path / "roster.csv"
    path.write_text(text)
    with pytest.raises(GradschoolError, match=says) as raised:
        read_roster(path)
    assert "\n" not in str(raised.value)


def test_answers_for_unknown_files_are_read_and_blanks_left_out(tmp_path):
    path = tmp_path / "unknown.csv"
    path.write_text("file,id\na.ipynb,20261234\nb.ipynb,\n", encoding="utf-8")
    assert read_answers(path) == {"a.ipynb": "20261234"}
