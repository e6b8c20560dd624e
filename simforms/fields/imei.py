"""A device's IMEI (端末識別番号): 15 digits with a Luhn check digit, or 16 with the software version (3GPP TS 23.003)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simforms.errors import Remark, ValueProblem
from simforms.fields import _grouped as grouped
from simforms.language.normalize import folds
from simforms.messages import say

READ_AS = True
DEVICE_NUMBER = True
WITH_CHECK_DIGIT = 15
show = grouped.show


@folds("width", "apostrophe", "separators", "dots", labels=("IMEI1", "IMEI2", "IMEI", "端末識別番号"))
def parse(text: str) -> str:
    """Return the digits.

    >>> parse("49-015420-323751-8"), parse("4901542032375101")
    ('490154203237518', '4901542032375101')
    """
    if not re.fullmatch(r"[0-9]{15,16}", text):
        raise ValueProblem(
            say("an IMEI has 15 or 16 digits, but this one has %(count)s", count=len(text)),
            say("copy it from the phone's settings"),
        )
    return text


def remarks(value: str) -> Iterator[Remark]:
    """Yield a warning if the check digit does not match; 16 digits have no check digit.

    >>> len(list(remarks("490154203237518"))), len(list(remarks("490154203237519"))), len(list(remarks("4901542032375101")))
    (0, 1, 0)
    """
    from stdnum import luhn

    if len(value) == WITH_CHECK_DIGIT and not luhn.is_valid(value):
        yield Remark(say("the check digit is wrong"), say("compare it with the phone's settings, digit by digit"))
