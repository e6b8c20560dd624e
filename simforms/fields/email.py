"""An e-mail address (メールアドレス)."""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.language import kana as reading
from simforms.messages import say


def parse(text: str) -> str:
    """Return the address as typed.

    >>> parse("wang@example.com")
    'wang@example.com'
    """
    if not re.fullmatch(r"[^\s@<>(),;]+@[^\s@<>(),;]+\.[^\s@<>(),;.]{2,}", text):
        raise ValueProblem(say("this is not an e-mail address"), say("write it like wang@example.com"))
    return text


def show(value: str, language: str) -> str | None:
    """Return the address; as a reading, spelled.

    >>> show("li@example.com", "ja-Hira")
    'エル アイ アットマーク イー エックス エー エム ピー エル イー ドット シー オー エム'
    """
    if language != "ja-Hira":
        return value
    try:
        return reading.letters(value)
    except KeyError:
        return None
