"""The catalogs are whole: nothing missing, nothing fuzzy, the same places for values, no English in Japanese."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

import messages
import pytest
from conftest import CHECKOUT

from simforms.knowledge.content import content
from simforms.language import catalogs
from simforms.language import kana as reading

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


BRANDS = set(
    "ahamo au com dask docomo eoID for garden home iPhone jp ku mineo mioID mobal mobile my nanaco ne net nifty povo"
    " povo2".split()
)


def test_no_english_word_stands_in_a_japanese_text() -> None:
    """Only names: words in capitals that the English has too, brands in small letters, and what a user types."""
    typed = (
        r"%\(\w+\)s|pip install --upgrade simforms|first-8-days|log|chmod \d+|`[^`]+`|wang@example\.com|"
        r"[\w.]+@[\w.]+|[a-z]+\.[a-z_]+|simforms( \w+)?|-d\b|(https?|tcp)://\S+"
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
    assert catalogs.companion_languages(content()) == {
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


TERMS = [
    (row["en"], language, row[language])
    for row in csv.DictReader((CHECKOUT / "locales" / "glossary.csv").read_text(encoding="utf-8").splitlines())
    for language in row
    if language != "en" and row[language]
]


@pytest.mark.parametrize("language", sorted({language for _, language, _ in TERMS}))
def test_one_thing_has_one_word(language: str) -> None:
    """Where the English has a term of locales/glossary.csv, the translation has the language's own, in one of its forms."""
    known = messages.finished(CHECKOUT / "locales" / language)
    for english, _, term in (entry for entry in TERMS if entry[1] == language):
        with_it = {text: known[text] for text in known if re.search(rf"\b{re.escape(english)}\b", text.lower())}
        assert with_it, english
        words = term.lower().split("|")
        assert not {text: said for text, said in with_it.items() if not any(word in said.lower() for word in words)}, term


QUOTED = re.compile(r"「[^」]*」|『[^』]*』|%\(\w+\)s|`[^`]*`|[（(][^）)]*[）)]")


@pytest.mark.parametrize(("language", "charset"), [("zh_Hans", "gb2312"), ("zh_Hant", "big5")])
def test_no_letter_form_of_another_chinese_stands_in_a_translation(language: str, charset: str) -> None:
    allowed = set("〜–·…×−楽録亜ㄧ•・¥") | set("民國115")
    for english, said in messages.finished(CHECKOUT / "locales" / language).items():
        own = _own_words(english, said)
        assert not [sign for sign in own if sign > "\u2fff" and sign not in allowed and not _encodes(sign, charset)], said


def _own_words(english: str, said: str) -> str:
    """Return a translation without what it quotes, and without the Japanese that stands in the English as well."""
    said = QUOTED.sub("", said)
    for japanese in re.findall(r"[\u3000-\u9fff\uff00-\uffef]+", QUOTED.sub("", english)):
        said = said.replace(japanese, "")
    return said


def _encodes(sign: str, charset: str) -> bool:
    try:
        sign.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def test_korean_and_vietnamese_hold_no_han_or_kana_but_in_quotes() -> None:
    for language in ("ko", "vi"):
        for english, said in messages.finished(CHECKOUT / "locales" / language).items():
            own = _own_words(english, said)
            assert not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]{2,}", own), said


def test_vietnamese_is_written_with_composed_letters() -> None:
    for said in messages.finished(CHECKOUT / "locales" / "vi").values():
        assert said == unicodedata.normalize("NFC", said)


def test_a_new_language_gets_every_text_and_an_unsure_translation_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "fr"
    file = folder / "LC_MESSAGES" / "simforms.po"
    file.parent.mkdir(parents=True)
    file.write_text("# Français\n", encoding="utf-8")
    every = messages.update(folder)
    file.write_text(
        file.read_text(encoding="utf-8").replace(
            'msgid "Departure plan"\nmsgstr ""', '#, fuzzy\nmsgid "Departure plan"\nmsgstr "Plan ?"'
        ),
        encoding="utf-8",
    )
    still = messages.update(folder)

    assert "Departure plan" in every
    assert len(every) > 1000
    assert still == every
    assert '#, fuzzy\nmsgid "Departure plan"\nmsgstr "Plan ?"' in file.read_text(encoding="utf-8")
    assert file.read_text(encoding="utf-8").startswith("# Français\n")
