"""A passport's number (旅券番号): six to nine letters and figures (ICAO Doc 9303: nine places); countries differ."""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.fields.code import show
from simforms.language.normalize import without_separators
from simforms.messages import say

__all__ = ["parse", "show"]
READ_AS = True


def parse(text: str) -> str:
    """Return the number.

    >>> parse("e1234567 8")
    'E12345678'
    """
    number = without_separators(text)
    if not re.fullmatch(r"[A-Z0-9]{6,9}", number):
        raise ValueProblem(
            say("this is not the number of a passport"),
            say("write the six to nine letters and figures at the top right of its page"),
        )
    return number
