"""The grid of certified mail (内容証明): what it may hold, and how its characters are counted.

Conditions of Japan Post (https://www.post.japanpost.jp/service/fuka_service/syomei/use.html): kana, kanji, digits, brackets,
marks and general signs; Latin letters in proper names only. Counting by http://legal-cp.com/civil/2-3.html and
https://office-kiku.com (謄本の書き方): every letter, mark and digit is one, a pair of brackets is one and belongs to the line
that opens it, a unit such as ㎡ is two, a framed number counts its digits and its frame.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

GRIDS = {"20x26": (20, 26), "26x20": (26, 20), "13x40": (13, 40)}
"""Characters in a line and lines on a sheet, in horizontal writing."""
USUAL = "26x20"
_CLOSING = "）」』】〕)]｝"
_LATIN = re.compile(r"[A-Za-z]")


def refused(text: str) -> Iterator[str]:
    """Yield the characters that the post office, or its online service, does not take; Latin letters are left to the writer.

    >>> list(refused("王小明 WANG")), list(refused("한글é"))
    ([], ['한', '글', 'é'])
    """
    for sign in dict.fromkeys(text):
        try:
            code = sign.encode("shift_jis")  # JIS levels 1 and 2
        except UnicodeEncodeError:
            yield sign
            continue
        if len(code) == 1 and not (" " <= sign <= "~"):
            yield sign  # half-width kana


def counted(text: str) -> int:
    """Return how many characters a text counts for.

    >>> counted("解約（本日）"), counted("①㎡%")
    (5, 5)
    """
    return sum(_count(sign) for sign in text)


def _count(sign: str) -> int:
    if sign in _CLOSING:
        return 0
    spelled = unicodedata.normalize("NFKC", sign)
    if unicodedata.category(sign) == "No":
        return len(spelled) + 1
    return max(1, len(spelled))


def lines(paragraphs: list[str], grid: str) -> list[list[str]]:
    """Return the lines of each paragraph. No line has more characters, counted or drawn, than the grid is wide.

    >>> lines(["あいうえおかきくけこさしすせ。"], "13x40")
    [['あいうえおかきくけこさしす', 'せ。']]
    """
    width, _ = GRIDS[grid]
    return [list(_broken(paragraph, width)) for paragraph in paragraphs if paragraph]


def _broken(text: str, width: int) -> Iterator[str]:
    line = ""
    for sign in text:
        if len(line) == width or counted(line + sign) > width:
            yield line
            line = ""
        line += sign
    yield line


def sheets(paragraphs: list[str], grid: str) -> list[list[tuple[str, bool]]]:
    """Return the sheets: lines in their order, each with whether it goes on with the paragraph of the line before."""
    _, height = GRIDS[grid]
    flat = [(line, index > 0) for paragraph in lines(paragraphs, grid) for index, line in enumerate(paragraph)]
    return [flat[start : start + height] for start in range(0, len(flat), height)]
