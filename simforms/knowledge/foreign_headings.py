"""What tables of others call our fields (reads data/headings.toml)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from simforms.knowledge.content import data
from simforms.knowledge.typed_toml import read_table

IGNORED = "ignore"
"""What a column is called that is not a field."""


@dataclass(frozen=True)
class _Headings:
    ignored: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]


def candidates(heading: str) -> tuple[str, ...]:
    """Return the fields that a heading of somebody else may mean, the likeliest first, or IGNORED. Raises ContentError."""
    return listed().get(folded(heading), ())


def folded(heading: str) -> str:
    """Return a heading without what does not matter in it.

    >>> folded("　Ｅ－ｍａｉｌ： *")
    'e-mail'
    """
    return " ".join(unicodedata.normalize("NFKC", heading).casefold().strip(" \t\r\n\u3000*:?").split())


@cache
def listed() -> Mapping[str, tuple[str, ...]]:
    """Return the fields of each heading that is listed, folded."""
    found = read_table(data("headings.toml"), _Headings)
    words: dict[str, tuple[str, ...]] = {}
    for name, headings in (*found.fields.items(), (IGNORED, found.ignored)):
        for heading in dict.fromkeys(map(folded, headings)):
            words[heading] = (*words.get(heading, ()), name)
    return words
