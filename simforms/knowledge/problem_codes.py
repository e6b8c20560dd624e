"""The code of each sentence that says what is wrong: the same in every language and wording (reads data/codes.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from simforms.knowledge.content import data
from simforms.knowledge.typed_toml import read_table, refuse
from simforms.messages import Message


@dataclass(frozen=True)
class _Codes:
    codes: Mapping[str, tuple[str, ...]]


@cache
def approved() -> Mapping[str, str]:
    """Return the code of each English sentence. Raises ContentError."""
    path = data("codes.toml")
    found = read_table(path, _Codes).codes
    sentences = [sentence for several in found.values() for sentence in several]
    refuse(path, (f"codes: “{one}” has several codes; keep one" for one in sorted(set(sentences)) if sentences.count(one) > 1))
    return {sentence: code for code, several in found.items() for sentence in several}


def code(message: Message) -> str:
    """Return the code of what is wrong; one made of the words of a sentence that has none, as in somebody's own templates."""
    return approved().get(message.text) or made_of_words(message.text)


def made_of_words(sentence: str) -> str:
    """Return a code for a sentence.

    >>> made_of_words("the name stands twice, first in line %(line)s")
    'the-name-stands-twice-first-in-line'
    """
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"%\(\w+\)s", "", sentence).lower()).strip("-")
