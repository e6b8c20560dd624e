"""A residence card number (在留カード番号): two letters, eight digits, two letters. Each new card has a new number."""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.fields.code import show
from simforms.language.normalize import folds
from simforms.messages import say

__all__ = ["parse", "show"]
READ_AS = True
FREE_TEXT = True


@folds("width", "apostrophe", "separators", "capitals", labels=("在留カード番号", "在留カード", "番号", "No.", "第"))
def parse(text: str) -> str:
    """Return the number.

    >>> parse("ab 12345678 cd")
    'AB12345678CD'
    """
    if not re.fullmatch(r"[A-Z]{2}[0-9]{8}[A-Z]{2}号?", text):
        raise ValueProblem(
            say("this is not a residence card number"),
            say("write the two letters, eight digits and two letters at the top right of the card"),
        )
    return text.removesuffix("号")
