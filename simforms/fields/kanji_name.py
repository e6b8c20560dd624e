"""A person's name in Chinese characters (漢字氏名), as the contract or the card shows it: nothing is normalised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simforms.errors import Remark
from simforms.fields import name
from simforms.messages import say

parse = name.parse


def show(value: str, language: str) -> str | None:
    """Return the name; its reading is not known."""
    return None if language == "ja-Hira" else value


def remarks(value: str) -> Iterator[Remark]:
    """Yield what is doubtful: Latin letters where characters are asked for.

    >>> [str(remark.what) for remark in remarks("LI NA")]
    ['Latin letters stand in it']
    """
    if re.search(r"[A-Za-z]", value):
        yield Remark(say("Latin letters stand in it"), say("write the characters here, and the Latin name in person.name"))
