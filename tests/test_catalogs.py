"""The catalogs are whole: nothing missing, nothing fuzzy, the same places for values, no English in Japanese."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import messages
import pytest
from conftest import CHECKOUT

from simforms import catalogs, reading
from simforms.content import content

FOLDERS = sorted(path for path in (CHECKOUT / "locales").iterdir() if path.is_dir())
LANGUAGES = [folder for folder in FOLDERS if folder.name != messages.READING]


@cache
def _texts() -> frozenset[str]:
    return frozenset(str(message.id) for message in messages.template() if message.id)


@pytest.mark.parametrize("folder", LANGUAGES, ids=lambda folder: folder.name)
def test_every_text_is_translated_and_none_is_left_over(folder: Path) -> None:
    assert set(messages.finished(folder)) == _texts()


def test_every_line_to_be_spoken_has_a_reading() -> None:
    assert set(messages.finished(CHECKOUT / "locales" / messages.READING)) == messages.spoken()


def _places(text: str) -> list[str]:
    return sorted(set(re.findall(r"%\(\w+\)s|%", text)))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_translation_has_the_same_places_for_values(folder: Path) -> None:
    for text, translation in messages.finished(folder).items():
        assert _places(translation) == _places(text)


BRANDS = set("ahamo au com docomo eoID for garden home jp ku mineo mioID mobal mobile my ne net povo povo2".split())


def test_no_english_word_stands_in_a_japanese_text() -> None:
    """Only names: words in capitals that the English has too, brands in small letters, and what a user types."""
    typed = (
        r"%\(\w+\)s|first-8-days|log|`[^`]+`|wang@example\.com|[\w.]+@[\w.]+|[a-z]+\.[a-z_]+|simforms( \w+)?|-d\b|https?://\S+"
    )
    for english, japanese in messages.finished(CHECKOUT / "locales" / "ja").items():
        words = re.findall(r"[A-Za-z][A-Za-z0-9]+", re.sub(typed, "", japanese))
        names = {word for word in re.findall(r"[A-Za-z][A-Za-z0-9]+", english) if word[0].isupper()}
        assert {word for word in words if not word.isupper()} <= names | BRANDS | {"eSIM", "LINEMO", "Web", "Wi", "Fi"}, japanese


def test_readings_are_kana_that_can_be_written_as_romaji() -> None:
    for translation in messages.finished(CHECKOUT / "locales" / messages.READING).values():
        kana = re.sub(r"%\(\w+\)s", "", translation)
        assert re.fullmatch(r"[ぁ-んァ-ヶー、。| -]*", kana), kana
        assert re.fullmatch(r"[a-zāīūēō',. -]*", reading.romaji(kana)), reading.romaji(kana)


def _locales(folder: Path, message: str) -> Path:
    """Make a content folder whose Japanese catalog holds just this message."""
    po = folder / "locales" / "ja" / "LC_MESSAGES" / "simforms.po"
    po.parent.mkdir(parents=True)
    po.write_text(message, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "message",
    ['msgid "other"\nmsgstr "x"\n', 'msgid "Price"\nmsgstr ""\n', '#, fuzzy\nmsgid "Price"\nmsgstr "料金"\n'],
    ids=["missing", "empty", "fuzzy"],
)
def test_an_unfinished_translation_is_an_error_not_english(tmp_path: Path, message: str) -> None:
    with pytest.raises(catalogs.MissingTranslationError, match="Price"):
        catalogs.translate(_locales(tmp_path, message), "ja", "Price")


def test_a_finished_translation_is_found(tmp_path: Path) -> None:
    assert catalogs.translate(_locales(tmp_path, 'msgid "Price"\nmsgstr "料金"\n'), "ja", "Price") == "料金"


def test_the_languages_call_themselves_by_their_own_names() -> None:
    assert catalogs.languages(content()) == {
        "en": "English",
        "ja-x-easy": "やさしい日本語",
        "ko": "한국어",
        "vi": "Tiếng Việt",
        "zh-Hans": "简体中文",
        "zh-Hant": "繁體中文",
    }


STRAYS = [
    "注销",
    "註銷",
    "戸名",
    "回執",
    "発票",
    "手続費",
    "滞納金",
    "停機",
    "検討します",
    "結構です",
    "大丈夫",
    "下さい",
    "致します",
    "出来",
]


@pytest.mark.parametrize("stray", STRAYS)
def test_words_that_mislead_a_counter_are_not_in_the_japanese(stray: str) -> None:
    japanese = messages.finished(CHECKOUT / "locales" / "ja").values()

    assert not [translation for translation in japanese if stray in translation]
