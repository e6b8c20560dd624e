"""A phone number (電話番号) in Japan or abroad, as it is dialled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simforms.errors import Remark, ValueProblem
from simforms.language import kana as reading
from simforms.language.normalize import normalized
from simforms.messages import say

READ_AS = True


def parse(text: str) -> str:
    """Return the number with hyphens between its groups; groups are only made for Japanese mobile numbers.

    >>> parse("080-1234-5678"), parse("０８０ １２３４ ５６７８"), parse("08012345678"), parse("+86 138 1234 5678")
    ('080-1234-5678', '080-1234-5678', '080-1234-5678', '+86-138-1234-5678')
    """
    number = re.sub(r"[-\s().]+", "-", normalized(text)).strip("-")
    figures = re.sub(r"\D", "", number)
    if not re.fullmatch(r"\+?[0-9-]+", number) or not 8 <= len(figures) <= 15:  # noqa: PLR2004 - ITU-T E.164: at most 15 figures
        raise ValueProblem(
            say("this is not a phone number"), say("write all its figures, e.g. 080-1234-5678 or +86-138-1234-5678")
        )
    number = re.sub(r"^\+81-?0-?", "+81-", number)
    if number[0] not in "0+":
        raise ValueProblem(
            say("the number does not start with 0 or +"),
            say("write the leading 0 (a spreadsheet may have cut it), or + and the country: 080-1234-5678, +86-138-1234-5678"),
        )
    return re.sub(r"^(0[6-9]0)(\d{4})(\d{4})$", r"\1-\2-\3", number)


def national_number(number: str) -> str:
    """Return a number as it is dialled inside Japan; one of another country stays as it is.

    >>> national_number("+81-90-1234-5678"), national_number("+8109012345678"), national_number("+86-138")
    ('090-1234-5678', '09012345678', '+86-138')
    """
    return re.sub(r"^\+81-?0?-?", "0", number)


def remarks(value: str) -> Iterator[Remark]:
    """Yield what is doubtful: a number that no plan of its country has.

    >>> [str(remark.what) for remark in remarks("03-1234")], list(remarks("080-1234-5678"))
    (['no number of this form is in use'], [])
    """
    if _MOBILE.fullmatch(value) or _JUST_OPENED.match(value):
        return
    import phonenumbers  # noqa: PLC0415 - only a number of another form pays for it

    try:
        valid = phonenumbers.is_valid_number(phonenumbers.parse(value, "JP"))
    except phonenumbers.NumberParseException:
        valid = False
    if not valid:
        yield Remark(
            say("no number of this form is in use"),
            say("compare it figure by figure; a number abroad starts with + and the country, e.g. +86"),
        )


_MOBILE = re.compile(r"0[789]0-[1-9][0-9]{3}-[0-9]{4}")  # most numbers, and all in use: the library need not be asked
_JUST_OPENED = re.compile(r"(060|\+81-?60)")  # in use since July 2026: younger than the library's tables may be


def show(value: str, language: str) -> str:
    """Return the number; as a reading, figure by figure.

    >>> show("080-12", "ja-Hira"), show("+86-1", "ja-Hira")
    ('ゼロ はち ゼロ の いち に', 'プラス はち ろく の いち')
    """
    if language != "ja-Hira":
        return value
    return ("プラス " if value.startswith("+") else "") + reading.digits(value)
