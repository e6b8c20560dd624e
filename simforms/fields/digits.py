"""A number in which leading zeros count (口座番号, 記号・番号): digits only, kept as text."""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.language import kana as reading
from simforms.language.normalize import folds
from simforms.messages import say

READ_AS = True


@folds("width", "apostrophe", "separators")
def parse(text: str) -> str:
    """Return the digits.

    >>> parse("0012345"), parse("１２３-４")
    ('0012345', '1234')
    """
    if not re.fullmatch(r"[0-9]{1,20}", text):
        raise ValueProblem(say("only digits are allowed here"), say("copy all the digits from the bankbook, including every 0"))
    return text


def show(value: str, language: str) -> str:
    """Return the digits; as a reading, one by one.

    >>> show("012", "ja-Hira")
    'ゼロ いち に'
    """
    return reading.digits(value) if language == "ja-Hira" else value
