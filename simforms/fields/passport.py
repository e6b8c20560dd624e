"""A passport number (旅券番号): six to nine letters and digits (ICAO Doc 9303: nine characters; countries differ)."""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.fields.code import show
from simforms.language.normalize import folds
from simforms.messages import say

__all__ = ["parse", "show"]
READ_AS = True
FREE_TEXT = True


@folds(
    "width",
    "apostrophe",
    "separators",
    "capitals",
    labels=("Passport", "No.", "旅券番号", "旅券", "护照号码", "护照号", "護照號碼", "여권번호", "hộ chiếu", "số"),
)
def parse(text: str) -> str:
    """Return the number.

    >>> parse("e1234567 8")
    'E12345678'
    """
    if not re.fullmatch(r"[A-Z0-9]{6,9}", text):
        raise ValueProblem(
            say("this is not a passport number"),
            say("write the six to nine letters and digits at the top right of the photo page"),
        )
    return text
