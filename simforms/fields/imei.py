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


@folds("width", "apostrophe", "separators", labels=("IMEI1", "IMEI2", "IMEI", "端末識別番号"))
def parse(text: str) -> str:
    """Return the digits.

    >>> parse("49-015420-323751-8"), parse("490154203237518 / 01")
    ('490154203237518', '490154203237518')
    """
    number = re.sub("[./]", "", re.sub(r"^([0-9]{15})/[0-9]{2}$", r"\1", text))  # phones show the software version after it
    if not re.fullmatch(r"[0-9]{15,16}", number):
        raise ValueProblem(
            say("an IMEI has 15 or 16 digits, but this one has %(count)s", count=len(number)),
            say("copy it from the phone's settings"),
        )
    return number


def remarks(value: str) -> Iterator[Remark]:
    """Yield a warning if the check digit does not match; 16 digits have no check digit.

    >>> len(list(remarks("490154203237518"))), len(list(remarks("490154203237519"))), len(list(remarks("4901542032375101")))
    (0, 1, 0)
    """
    if len(value) == WITH_CHECK_DIGIT and not _fits(value):
        yield Remark(say("the check digit is wrong"), say("compare it with the phone's settings, digit by digit"))


def _fits(number: str) -> bool:
    from stdnum import luhn

    return bool(luhn.is_valid(number))
