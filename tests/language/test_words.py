"""Words that mislead or jar do not come back: locales/barred.csv has them, with the word to use."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import messages
import pytest
from conftest import CHECKOUT

LONGEST = 25
"""Words of an English sentence; 20 is the rule (locales/style.md)."""
BARRED = list(csv.DictReader((CHECKOUT / "locales" / "barred.csv").read_text(encoding="utf-8").splitlines()))
PLACEHOLDER = re.compile(r"%\(\w+\)s|`[^`]*`")
FULL_WIDTH = r"[\u3041-\u30ff\u4e00-\u9fff]"


def _texts(language: str) -> dict[str, str]:
    known = messages.finished(CHECKOUT / "locales" / ("ja" if language == "en" else language))
    return {english: english if language == "en" else text for english, text in known.items()}


@pytest.mark.parametrize("row", BARRED, ids=lambda row: f"{row['language']} {row['barred']}")
def test_a_barred_word_is_in_no_text(row: dict[str, str]) -> None:
    found = {
        english: text for english, text in _texts(row["language"]).items() if re.search(row["barred"], PLACEHOLDER.sub(" ", text))
    }

    assert row["use"]
    assert not found, f"use: {row['use']}"


def test_no_english_sentence_is_long() -> None:
    for text in _texts("en"):
        for sentence in re.split(r"(?<=[.!?;:]) ", text):
            assert len(re.findall(r"[\w%’'-]+", sentence)) <= LONGEST, text


@pytest.mark.parametrize("language", ["ja", "ja_x_easy", "zh_Hans", "zh_Hant"])
def test_between_full_width_characters_no_mark_is_half_width(language: str) -> None:
    for text in _texts(language).values():
        assert not re.search(rf"{FULL_WIDTH}[,.;:!?()]{FULL_WIDTH}", PLACEHOLDER.sub("字", text)), text


def test_each_language_has_its_rules() -> None:
    style = (CHECKOUT / "locales" / "style.md").read_text(encoding="utf-8")

    for folder in Path(CHECKOUT, "locales").iterdir():
        if folder.is_dir() and folder.name != messages.READING:
            assert (
                f"({folder.name.replace('_', '-') if '_' in folder.name and folder.name != 'ja_x_easy' else folder.name})"
                in style
            )
