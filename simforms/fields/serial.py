"""A SIM card's serial number (製造番号): the ICCID, or the number that docomo prints instead.

An ICCID has 19 or 20 digits starting with 89 (telecom); some lists omit the Luhn check digit at its end (ITU-T E.118).
docomo's cards show two letters and 13 digits, and the last digit often differs from the real check digit
(https://www.weblio.jp/content/%E8%A3%BD%E9%80%A0%E7%95%AA%E5%8F%B7%E3%81%A8ICCID): it is never rejected for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from simforms.errors import Remark, ValueProblem
from simforms.fields import _grouped as grouped
from simforms.language.normalize import folds
from simforms.messages import say

READ_AS = True
DEVICE_NUMBER = True
show = grouped.show


@folds("width", "apostrophe", "separators", "dots", "capitals", labels=("ICCID", "SIM", "製造番号"))
def parse(text: str) -> str:
    """Return the number without spaces.

    >>> parse("8981 2000 1234 5678 904"), parse("ab1234567890123")
    ('8981200012345678904', 'AB1234567890123')
    """
    if not re.fullmatch(r"89[0-9]{16,18}F?|[A-Z]{2}[0-9]{13}", text):
        raise ValueProblem(
            say("this is not a SIM card serial number"),
            say("copy it from the card: 19 or 20 digits that start with 89, or two letters and 13 digits"),
        )
    return text


def remarks(value: str) -> Iterator[Remark]:
    """Yield a warning if the check digit does not match.

    >>> [str(remark.what) for remark in remarks("8981200012345678905")]
    ['the check digit is wrong']
    """
    from stdnum import luhn

    if value.isdigit() and not luhn.is_valid(value):
        yield Remark(say("the check digit is wrong"), say("compare it with the card, digit by digit"))
