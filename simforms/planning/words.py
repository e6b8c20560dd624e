"""The words to look for on a Japanese page, in a menu or on a sign (reads templates/words.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simforms.knowledge.content import read_toml


@dataclass(frozen=True)
class Word:
    """A Japanese word to look for."""

    ja: str
    kana: str
    meaning: str


@cache
def _all(content: Path) -> tuple[tuple[Word, frozenset[str]], ...]:
    entries = read_toml(content / "templates" / "words.toml")["word"]
    return tuple((Word(entry["ja"], entry["kana"], entry["meaning"]), frozenset(entry["for"])) for entry in entries)


def words(content: Path, channel: str) -> tuple[Word, ...]:
    """Return the words that are met on a way."""
    return tuple(word for word, channels in _all(content) if channel in channels)
