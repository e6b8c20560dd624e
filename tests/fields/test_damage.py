"""Damage is noticed in any language, and whole words are not accused: both are derived, by damaging sample words."""

from __future__ import annotations

import unicodedata

import pytest

from simforms.cases import damage
from simforms.knowledge import banks

WORDS = [
    "Nguyễn Thị Hoa",
    "Phạm Đức",
    "王小明",
    "東京都新宿区高田馬場",
    "北京市朝阳区建国路",
    "김철수 서울특별시",
    "さくらハイツ",
    "São João",
    "Müller",
]


EASTERN = [word for word in WORDS if max(word) > "\u2e80"]
"""Those of several bytes a character: of others, Chinese and Japanese programs make kanji that names have too."""
READ = [
    *((word, encoding) for word in WORDS for encoding in ("cp1252", "cp1258")),
    *((word, encoding) for word in EASTERN for encoding in ("gbk", "cp932")),
]


@pytest.mark.parametrize(("word", "encoding"), READ)
def test_a_word_read_in_a_wrong_encoding_is_noticed(word: str, encoding: str) -> None:
    assert list(damage.damaged(word.encode().decode(encoding, "replace"), "address"))


@pytest.mark.parametrize("word", WORDS)
def test_a_whole_word_is_not_accused(word: str) -> None:
    assert list(damage.damaged(word, "address")) == []


def test_no_name_of_a_bank_or_branch_is_accused() -> None:
    names = {place.name for bank in banks.matching("", most=2000) for place in (bank, *banks.matching("", bank, most=2000))}

    accused = [name for name in names for form in (name, unicodedata.normalize("NFKC", name)) if damage.wrong_encoding(form)]
    assert len(names) > 10_000
    assert accused == []


@pytest.mark.parametrize("word", [word for word in WORDS if not word.isascii()])
def test_characters_that_became_question_marks_are_noticed(word: str) -> None:
    lost = word.encode("ascii", "replace").decode()

    assert list(damage.damaged(lost, "name"))
