"""A long number of a card or a device (製造番号・ICCID, EID, IMEI): shown in groups of four, as people check and say it."""

from __future__ import annotations

import re

from simforms import reading
from simforms.fields import code

parse = code.parse


def show(value: str, language: str) -> str:
    """Return the number in groups of four.

    >>> show("8981200012345678901", "ja")
    '8981 2000 1234 5678 901'
    """
    groups = re.findall(r".{1,4}", value)
    return "、".join(map(reading.letters, groups)) if language == "ja-Hira" else " ".join(groups)
