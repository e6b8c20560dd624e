"""The number of the line to be cancelled (回線の電話番号): a Japanese mobile number, or the 020 number of a data card.

070, 080 and 090 numbers have 11 digits, and so have 060 numbers since July 2026; 020 numbers have 11, 0200 numbers 14
(https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/tel_number/m2m.html).
"""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.fields import phone
from simforms.language.normalize import folds
from simforms.messages import say

show = phone.show

READ_AS = True


@folds("width", "apostrophe", labels=phone.LABELS)
def parse(text: str) -> str:
    """Return the number in groups, joined by hyphens.

    >>> parse("+81 90 1234 5678"), parse("02012345678"), parse("0200 1234 567890")
    ('090-1234-5678', '020-1234-5678', '0200-1234-567890')
    """
    digits = phone.national_number(phone.with_hyphens(text).replace("-", ""))
    for shape, groups in (
        (r"(0[6-9]0)([1-9]\d{3})(\d{4})", 3),
        (r"(020)([1-35-9]\d{3})(\d{4})", 3),
        (r"(0200)(\d{4})(\d{6})", 3),
    ):
        if number := re.fullmatch(shape, digits, re.ASCII):
            return "-".join(number.group(*range(1, groups + 1)))
    raise ValueProblem(
        say("this is not a Japanese mobile phone number"),
        say("write 11 digits with the leading 0, e.g. 090-1234-5678"),
    )
