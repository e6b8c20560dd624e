"""The words to look for on a Japanese page, in a menu or on a sign (reads templates/words.toml)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from simforms.knowledge.carrier import WAYS
from simforms.knowledge.typed_toml import not_one_of, read_list, refuse


@dataclass(frozen=True)
class Word:
    """A Japanese word to look for."""

    ja: str
    kana: str
    meaning: str
    ways: tuple[str, ...] = field(metadata={"key": "for"})
    """The ways on which it is met."""


@cache
def _all(content: Path) -> tuple[Word, ...]:
    path = content / "templates" / "words.toml"
    found = read_list(path, "word", Word)
    refuse(
        path,
        (
            not_one_of(f"word[{number}].for", "channel", way, WAYS)
            for number, word in enumerate(found)
            for way in word.ways
            if way not in WAYS
        ),
    )
    return found


def words(content: Path, channel: str) -> tuple[Word, ...]:
    """Return the words that are met on a way. Raises ContentError."""
    return tuple(word for word in _all(content) if channel in word.ways)
