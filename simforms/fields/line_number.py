"""The number of the line that ends (回線の電話番号): a Japanese mobile number, or the 020 number of a data card.

070, 080 and 090 have eleven figures, 060 joined them in July 2026; 020 numbers have eleven, 0200 fourteen
(https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/tel_number/m2m.html).
"""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.fields import phone
from simforms.language.normalize import normalized
from simforms.messages import say

show = phone.show

READ_AS = True


def parse(text: str) -> str:
    """Return the number in groups.

    >>> parse("+81 90 1234 5678"), parse("02012345678"), parse("0200 1234 567890")
    ('090-1234-5678', '020-1234-5678', '0200-1234-567890')
    """
    figures = re.sub(r"[-\s().]", "", normalized(text))
    figures = phone.national_number(figures)
    for shape, groups in (
        (r"(0[6-9]0)([1-9]\d{3})(\d{4})", 3),
        (r"(020)([1-35-9]\d{3})(\d{4})", 3),
        (r"(0200)(\d{4})(\d{6})", 3),
    ):
        if found := re.fullmatch(shape, figures, re.ASCII):
            return "-".join(found.group(*range(1, groups + 1)))
    raise ValueProblem(
        say("this is not the number of a Japanese mobile line"),
        say("write eleven figures with the leading 0, e.g. 090-1234-5678"),
    )
