"""The catalogue of messages: whole, in step with the code, and Korean to the last diagnosis."""

import re
from collections.abc import Iterator

import pytest

from gradschool import language
from gradschool.check.subjects import SUBJECTS
from gradschool.course import messages

HANGUL = re.compile("[가-힣]")
# what a Korean reader would have to read in two ways, by the last sound of whatever is put in
SOUND_BOUND = re.compile(r"\}(을|를|은|는|이|가|와|과|로|으로|이에요|예요)(?![가-힣])")


@pytest.fixture
def _in_korean() -> Iterator[None]:
    language.use("ko")
    yield
    language.use("en")


@pytest.mark.parametrize("code", messages.TRANSLATED)
def test_no_message_lacks_its_words(code):
    assert messages.lacking(code) == []


@pytest.mark.parametrize("code", messages.TRANSLATED)
def test_a_translation_says_the_same_names_as_its_message(code):
    assert list(messages.misplaced(code)) == []


@pytest.mark.parametrize("code", messages.TRANSLATED)
def test_both_files_of_a_catalogue_are_what_the_messages_of_the_code_make(code):
    source, compiled = messages.rendered(code)
    assert messages.source_of(code).read_bytes() == source
    assert messages.compiled_of(code).read_bytes() == compiled


def test_a_message_without_its_words_is_told(monkeypatch):
    monkeypatch.setattr(messages, "translations", lambda code: {"{function}: right": ""})
    assert "{function}: right" in messages.lacking("ko")


def test_a_translation_with_another_name_is_told(monkeypatch):
    monkeypatch.setattr(messages, "translations", lambda code: {"{function}: right": "{name}: 맞아요"})
    assert list(messages.misplaced("ko")) == ["{function}: right"]


def test_the_korean_is_all_in_one_polite_style():
    formal = [
        words
        for words in messages.translations("ko").values()
        if re.search(r"((?<!아)니다|니까|시오)[.?!)]*(\s|$)", words)
    ]
    assert formal == []


def test_no_particle_hangs_on_the_last_sound_of_what_is_put_in():
    assert [words for words in messages.translations("ko").values() if SOUND_BOUND.search(words)] == []


@pytest.mark.usefixtures("_in_korean")
@pytest.mark.parametrize("name", SUBJECTS)
def test_no_diagnosis_comes_out_in_english(name):
    subject = SUBJECTS[name]
    for suspect in (*subject.suspects, *subject.forward_suspects):
        assert HANGUL.search(language.translate(suspect.says)), suspect.says
