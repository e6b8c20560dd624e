"""A number whose zeros count (口座番号, 記号・番号): figures only, never calculated with."""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.language import kana as reading
from simforms.language.normalize import without_separators
from simforms.messages import say

READ_AS = True


def parse(text: str) -> str:
    """Return the figures.

    >>> parse("0012345"), parse("１２３-４")
    ('0012345', '1234')
    """
    figures = without_separators(text)
    if not re.fullmatch(r"[0-9]{1,20}", figures):
        raise ValueProblem(say("only figures may stand here"), say("copy them from the bankbook, with every 0"))
    return figures


def show(value: str, language: str) -> str:
    """Return the figures; as a reading, one by one.

    >>> show("012", "ja-Hira")
    'ゼロ いち に'
    """
    return reading.digits(value) if language == "ja-Hira" else value
