"""A reading in kana with figures between (住所のフリガナ), for saying it aloud."""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.language import kana as reading
from simforms.messages import say


def parse(text: str) -> str:
    """Return the reading as typed.

    >>> parse("とうきょうと しんじゅくく 1-2-3")
    'とうきょうと しんじゅくく 1-2-3'
    """
    if stray := re.sub(r"[ぁ-ゖァ-ヶー・ 　0-9０-９-]", "", text):
        raise ValueProblem(
            say("“%(typed)s” is not kana", typed=stray[0]),
            say("write it in kana with figures, e.g. しんじゅくく 1-2-3"),
        )
    return text


def show(value: str, language: str) -> str:
    """Return the reading; said aloud, its figures one by one.

    >>> show("たかだのばば 1-23", "ja-Hira")
    'たかだのばば いち の に さん'
    """
    if language != "ja-Hira":
        return value
    return re.sub(r"[0-9０-９-]+", lambda figures: reading.digits(figures[0]), value)


def romaji(value: str) -> str:
    """Return the reading in Latin letters, names with capitals.

    >>> romaji("たかだのばば 1-2")
    'Takadanobaba ichi no ni'
    """
    words = reading.romaji(show(value, "ja-Hira")).split()
    return " ".join(word if word in _SMALL else word.capitalize() for word in words)


_SMALL = {reading.romaji(word) for word in (*reading.DIGITS, "の")}
