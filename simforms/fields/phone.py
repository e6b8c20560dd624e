"""A phone number (電話番号) in Japan or abroad, as it is dialled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simforms.errors import Remark, ValueProblem
from simforms.language import kana as reading
from simforms.language.normalize import folds
from simforms.messages import say

READ_AS = True


LABELS = (
    "TEL",
    "電話",
    "電話番号",
    "携帯",
    "携帯電話",
    "フリーダイヤル",
    "☎",
    "📞",
    "📱",
    "手机",
    "電話號碼",
    "手機",
    "전화",
    "휴대폰",
    "điện thoại",
    "SĐT",
    "phone",
    "mobile",
)


@folds("width", "apostrophe", labels=LABELS)
def parse(text: str) -> str:
    """Return the number with hyphens between its groups.

    >>> parse("080-1234-5678"), parse("０８０ １２３４ ５６７８"), parse("08012345678"), parse("+86 138 1234 5678")
    ('080-1234-5678', '080-1234-5678', '080-1234-5678', '+86-138-1234-5678')
    """
    number = _with_plus(with_hyphens(text))
    digits = re.sub(r"\D", "", number)
    if not re.fullmatch(r"\+?[0-9-]+", number) or not 8 <= len(digits) <= 15:  # noqa: PLR2004 - ITU-T E.164: at most 15 digits
        raise ValueProblem(
            say("this is not a phone number"), say("write all the digits, e.g. 080-1234-5678 or +86-138-1234-5678")
        )
    number = re.sub(r"^\+81-?0-?", "+81-", number)
    if number[0] not in "0+":
        raise ValueProblem(
            say("the number does not start with 0 or +"),
            say(
                "write the leading 0 (a spreadsheet may have removed it), or + and the country code: "
                "080-1234-5678, +86-138-1234-5678"
            )
            if _length(f"0{digits}") == len(digits) + 1
            else say("write all the digits, e.g. 080-1234-5678 or +86-138-1234-5678"),
        )
    dialled = re.sub(r"\D", "", national_number(number)) if number.startswith("+81") else digits
    needed = _length(dialled)
    if dialled[0] == "0" and number.startswith(("0", "+81")) and needed and len(dialled) != needed:
        raise ValueProblem(
            say(
                "a Japanese number of this kind has %(needed)s digits, but this one has %(count)s",
                needed=needed,
                count=len(dialled),
            ),
            say("write all the digits, e.g. 080-1234-5678 or +86-138-1234-5678"),
        )
    return in_groups(re.sub(r"^(0[6-9]0)([1-9]\d{3})(\d{4})$", r"\1-\2-\3", number))


def with_hyphens(text: str) -> str:
    """Return a number with a hyphen for whatever is between its digits.

    >>> with_hyphens("(080)1234・5678"), with_hyphens("+81 (0)80 1234 5678"), with_hyphens("080-1234-5678(携帯)")
    ('080-1234-5678', '+81-80-1234-5678', '080-1234-5678')
    """
    dialled = re.sub(r"(?<=\d)\s*\(0\)\s*", "-", re.sub(r"\((?:携帯|自宅|本人|mobile)\)$", "", text, flags=re.IGNORECASE))
    return re.sub(r"[-\s()./・]+", "-", dialled).strip("-")


def _with_plus(number: str) -> str:
    """Return a number abroad with + for 00 or 010, which are dialled before it; any other as it is.

    >>> _with_plus("0086-138-1234-5678"), _with_plus("010-86-13812345678"), _with_plus("010-1234-5678")
    ('+86-138-1234-5678', '+86-13812345678', '010-1234-5678')
    """
    abroad = re.fullmatch(r"(?:010|00)-?([1-9][0-9-]+)", number)
    if not abroad:
        return number
    import phonenumbers

    try:
        known = phonenumbers.is_valid_number(phonenumbers.parse(f"+{abroad[1]}"))
    except phonenumbers.NumberParseException:
        return number
    return f"+{abroad[1]}" if known else number


def in_groups(number: str) -> str:
    """Return a number in the groups of its country's numbering plan, where the plan knows it and a group is long.

    A 0 that is dialled only inside the country is left out after the country.

    >>> in_groups("+82-010-1234-5678"), in_groups("+39-06-1234-5678"), in_groups("03-54490906")
    ('+82-10-1234-5678', '+39-06-1234-5678', '03-5449-0906')
    >>> in_groups("+819044445555"), in_groups("0354490906"), in_groups("03-5449-0906"), in_groups("0000000000")
    ('+81-90-4444-5555', '03-5449-0906', '03-5449-0906', '0000000000')
    """
    with_trunk_zero = re.match(r"\+[1-9]\d{0,2}-0", number)
    if not with_trunk_zero and not re.search(r"\d{7}", number):
        return number
    import phonenumbers

    try:
        known = phonenumbers.parse(number, "JP")
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_valid_number(known):
        return number
    if with_trunk_zero and not re.search(r"\d{7}", number):
        return number if known.italian_leading_zero else re.sub("-0", "-", number, count=1)
    form = phonenumbers.PhoneNumberFormat
    return re.sub(r"[\s()-]+", "-", phonenumbers.format_number(known, form.INTERNATIONAL if number[0] == "+" else form.NATIONAL))


def _length(digits: str) -> int:
    """Return how many digits a Japanese number has that begins like this; 0 where that is not fixed.

    020 to 090 are phones that move, pagers and the internet, 0800 is free; numbers of machines begin with 0200 and have 14
    digits; all others are in places (総務省: 電気通信番号計画).
    """
    if re.match("00|0200", digits):
        return 0
    return 11 if re.match("0[256789]0", digits) else 10


def national_number(number: str) -> str:
    """Return a number as it is dialled inside Japan; a foreign number is returned unchanged.

    >>> national_number("+81-90-1234-5678"), national_number("+8109012345678"), national_number("+86-138")
    ('090-1234-5678', '09012345678', '+86-138')
    """
    return re.sub(r"^\+81-?0?-?", "0", number)


def remarks(value: str) -> Iterator[Remark]:
    """Yield a warning if no number of its country has this form.

    >>> [str(remark.what) for remark in remarks("03-1234")], list(remarks("080-1234-5678"))
    (['phone numbers in this format are not in use'], [])
    """
    if _MOBILE.fullmatch(value) or _JUST_OPENED.match(value):
        return
    import phonenumbers

    try:
        valid = phonenumbers.is_valid_number(phonenumbers.parse(value, "JP"))
    except phonenumbers.NumberParseException:
        valid = False
    if not valid:
        yield Remark(
            say("phone numbers in this format are not in use"),
            say("check it digit by digit; a number abroad starts with + and the country code, e.g. +86"),
        )


_MOBILE = re.compile(r"0[789]0-[1-9][0-9]{3}-[0-9]{4}")  # most numbers: the library is not needed
_JUST_OPENED = re.compile(r"(060|\+81-?60)")  # in use since July 2026: the library's tables may be older


def show(value: str, language: str) -> str:
    """Return the number; as a reading, digit by digit.

    >>> show("080-12", "ja-Hira"), show("+86-1", "ja-Hira")
    ('ゼロ はち ゼロ の いち に', 'プラス はち ろく の いち')
    """
    if language != "ja-Hira":
        return value
    return ("プラス " if value.startswith("+") else "") + reading.digits(value)
