"""How long numbers of cards and devices are shown and said: in groups of four."""

from __future__ import annotations

import re

from simforms.language import kana as reading


def show(value: str, language: str) -> str:
    """Return the number in groups of four.

    >>> show("8981200012345678904", "ja")
    '8981 2000 1234 5678 904'
    """
    groups = re.findall(r".{1,4}", value)
    return "、".join(map(reading.letters, groups)) if language == "ja-Hira" else " ".join(groups)
