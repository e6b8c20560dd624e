"""An address (住所), on one line however many lines it was typed on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simforms.errors import Remark, ValueProblem
from simforms.fields import day
from simforms.fields import text as line
from simforms.language.normalize import folds
from simforms.messages import say

FREE_TEXT = True
READ_AS = True
show = line.show


@folds("lines")
def parse(text: str) -> str:
    r"""Return the address on one line: Alt+Enter in a spreadsheet is a space.

    >>> parse("東京都新宿区高田馬場1-2-3\nさくらハイツ201")
    '東京都新宿区高田馬場1-2-3 さくらハイツ201'
    """
    return text


def remarks(value: str) -> Iterator[Remark]:
    """Yield a warning if it is a date, as where the cells of a row have moved; a spreadsheet shows some as numbers.

    >>> len(list(remarks("2026-05-01"))), len(list(remarks("45292"))), len(list(remarks("新宿区1-2-3")))
    (1, 1, 0)
    """
    try:
        day.parse(value)
    except ValueProblem:
        if not re.fullmatch("[0-9]{5}", value):
            return
    yield Remark(say("this is a date, not an address"), say("write the address"))
