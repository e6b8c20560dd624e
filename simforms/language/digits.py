"""Digits in any script that people type them in, as 0 to 9."""

from __future__ import annotations

import re
import unicodedata

_KANJI = dict(zip("〇一二三四五六七八九", "0123456789", strict=True)) | dict.fromkeys("零○◯", "0")
_KANJI_DIGITS = str.maketrans(_KANJI)
_NOT_ZERO = re.compile("[一二三四五六七八九]")


def with_plain_digits(text: str) -> str:
    """Return a text for a search: every digit as 0 to 9, letters in half width and lower case, nothing invisible.

    Circles alone are not zeros: they mark what is left out.

    >>> with_plain_digits("６２一四-⑨⓪"), with_plain_digits("ﾏｲﾅﾝﾊﾞｰ ○○○○")
    ('6214-90', 'マイナンバー ○○○○')
    """
    visible = (sign for sign in unicodedata.normalize("NFKC", _without_rings(text)) if unicodedata.category(sign) != "Cf")
    folded = "".join(visible).casefold()
    return folded.translate(_KANJI_DIGITS) if _NOT_ZERO.search(folded) else folded


def _without_rings(text: str) -> str:
    """Return a text with circled and other dressed digits as 0 to 9."""
    return "".join(sign if sign.isascii() else str(unicodedata.digit(sign, sign)) for sign in text)
