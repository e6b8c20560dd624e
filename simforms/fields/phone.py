"""A phone number (電話番号) in Japan or abroad, as it is dialled."""

from __future__ import annotations

import re

from simforms import reading
from simforms.errors import ValueProblem, say
from simforms.fields.plain import plain


def parse(text: str) -> str:
    """Return the number with hyphens between its groups; groups are only made for Japanese mobile numbers.

    >>> parse("080-1234-5678"), parse("０８０ １２３４ ５６７８"), parse("08012345678"), parse("+86 138 1234 5678")
    ('080-1234-5678', '080-1234-5678', '080-1234-5678', '+86-138-1234-5678')
    """
    number = re.sub(r"[-\s().]+", "-", plain(text)).strip("-")
    figures = re.sub(r"\D", "", number)
    if not re.fullmatch(r"\+?[0-9-]+", number) or not 8 <= len(figures) <= 15:  # noqa: PLR2004 - ITU-T E.164: at most 15 figures
        raise ValueProblem(
            say("this is not a phone number"), say("write all its figures, e.g. 080-1234-5678 or +86-138-1234-5678")
        )
    if number[0] not in "0+":
        raise ValueProblem(
            say("the number does not start with 0 or +"),
            say("write the leading 0 (a spreadsheet may have cut it), or + and the country: 080-1234-5678, +86-138-1234-5678"),
        )
    return re.sub(r"^(0[6-9]0)(\d{4})(\d{4})$", r"\1-\2-\3", number)


def show(value: str, language: str) -> str:
    """Return the number; as a reading, figure by figure.

    >>> show("080-12", "ja-Hira"), show("+86-1", "ja-Hira")
    ('ゼロ はち ゼロ の いち に', 'プラス はち ろく の いち')
    """
    if language != "ja-Hira":
        return value
    return ("プラス " if value.startswith("+") else "") + reading.digits(value)
