"""A residence card's number (在留カード番号): two letters, eight figures, two letters; each new card has another."""

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

    >>> parse("ab 12345678 cd")
    'AB12345678CD'
    """
    number = without_separators(text)
    if not re.fullmatch(r"[A-Z]{2}[0-9]{8}[A-Z]{2}", number):
        raise ValueProblem(
            say("this is not the number of a residence card"),
            say("write two letters, eight figures, two letters, as at the top right of the card"),
        )
    return number
