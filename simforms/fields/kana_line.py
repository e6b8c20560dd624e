"""A reading in kana that may contain digits (住所のフリガナ), to be said aloud."""

from __future__ import annotations

import re

from jaconv import hira2kata, kata2hira

from simforms.errors import ValueProblem
from simforms.language import kana as reading
from simforms.messages import say

FREE_TEXT = True


def parse(text: str) -> str:
    """Return the reading; a mark between its digits is a hyphen, even if it looks like a long vowel.

    >>> parse("とうきょうと しんじゅくく 1-2-3")
    'とうきょうと しんじゅくく 1-2-3'
    """
    text = re.sub(r"(?<=[0-9０-９])[ー－‐‑–−―](?=[0-9０-９])", "-", text)
    if stray := re.sub(r"[ぁ-ゖァ-ヶー・ 　0-9０-９-]", "", text):
        raise ValueProblem(
            say("“%(typed)s” is not kana", typed=stray[0]),
            say("write it in kana and digits, e.g. しんじゅくく 1-2-3"),
        )
    return text


def show(value: str, language: str) -> str:
    """Return the reading; read aloud, its numbers with their counters, other digits one by one, and の for a hyphen.

    >>> show("たかだのばば 1-23", "ja-Hira")
    'たかだのばば いち の に さん'
    >>> show("しんじゅく 1ちょうめ 10ばん 6ごう さくらビル 6かい", "ja-Hira")
    'しんじゅく いっちょうめ じゅうばん ろくごう さくらビル ろっかい'
    """
    if language != "ja-Hira":
        return value
    said = _COUNTED.sub(lambda found: reading.counted(int(found[1]), kata2hira(found[2])), value)
    return re.sub(r"[0-9０-９-]+", lambda number: reading.digits(number[0]), said)


_COUNTED = re.compile(
    "(?<![-0-9０-９])([0-9０-９]{1,4})("
    + "|".join(f"{counter}|{hira2kata(counter)}" for counter in reading.COUNTERS)
    + ")(?![ぁ-ゖァ-ヶー])"
)


def romaji(value: str) -> str:
    """Return the reading in Latin letters, names capitalised.

    >>> romaji("たかだのばば 1-2")
    'Takadanobaba ichi no ni'
    """
    words = reading.romaji(show(value, "ja-Hira")).split()
    return " ".join(word if word in _SMALL else word.capitalize() for word in words)


_SMALL = {reading.romaji(word) for word in (*reading.DIGITS, "の")}
