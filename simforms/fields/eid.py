"""An eSIM's EID: 32 digits with a check number, ISO 7064 MOD 97-10 (https://github.com/Infineon/optiga-connect-iot/wiki/How-to-verify-an-EID)."""

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


@folds("width", "apostrophe", "separators", "dots", labels=("EID",))
def parse(text: str) -> str:
    """Return the 32 digits.

    >>> parse("8903 4011 5600 1000 0000 0000 0000 0121")
    '89034011560010000000000000000121'
    """
    if not re.fullmatch(r"[0-9]{32}", text):
        raise ValueProblem(
            say("an EID has 32 digits, but this one has %(count)s", count=len(text)), say("copy it from the phone's settings")
        )
    return text


def remarks(value: str) -> Iterator[Remark]:
    """Yield a warning if the check digits do not match.

    >>> len(list(remarks("89034011560010000000000000000121"))), len(list(remarks("89034011560010000000000000000122")))
    (0, 1)
    """
    if int(value) % 97 != 1:  # ISO 7064 MOD 97-10; the library for it would slow down the start of each command
        yield Remark(say("the check digit is wrong"), say("compare it with the phone's settings, digit by digit"))
