"""A person's name in Chinese characters (漢字氏名), as on the contract or the card. It is kept as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simforms.errors import Remark
from simforms.fields import name
from simforms.messages import say

FREE_TEXT = True

parse = name.parse


def show(value: str, language: str) -> str | None:
    """Return the name, or None for its reading, which only the person knows."""
    return None if language == "ja-Hira" else value


def remarks(value: str) -> Iterator[Remark]:
    """Yield a warning if there are Latin letters instead of characters.

    >>> [str(remark.what) for remark in remarks("LI NA")]
    ['it contains Latin letters']
    """
    if re.search(r"[A-Za-z]", value):
        yield Remark(
            say("it contains Latin letters"),
            say("write the kanji (Chinese characters) here, and the name in Latin letters in person.name"),
        )
