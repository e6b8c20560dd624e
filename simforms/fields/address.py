"""An address (住所), on one line however many lines it was typed on."""

from __future__ import annotations

from simforms.fields import text as line
from simforms.language.normalize import folds

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
