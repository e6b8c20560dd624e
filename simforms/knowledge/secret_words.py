"""What must never be printed: the words next to it, and the numbers of payment cards (reads data/secrets.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from simforms.knowledge.content import data
from simforms.knowledge.typed_toml import not_one_of, read_table, refuse
from simforms.language.digits import with_plain_digits

KINDS = ("my_number", "pin", "password", "card_code", "field")


@dataclass(frozen=True)
class _Brand:
    name: str
    prefixes: tuple[str, ...]
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class _Secrets:
    words: Mapping[str, tuple[str, ...]]
    brand: tuple[_Brand, ...]


@cache
def _secrets() -> _Secrets:
    path = data("secrets.toml")
    found = read_table(path, _Secrets)
    refuse(path, (not_one_of("words", "kind", kind, KINDS) for kind in {*KINDS} ^ found.words.keys()))
    refuse(
        path,
        (
            f"brand.{brand.name}: “{prefix}” is not a prefix; write digits, as in 4 or 51-55"
            for brand in found.brand
            for prefix in brand.prefixes
            if not re.fullmatch(r"[0-9]+(-[0-9]+)?", prefix)
        ),
    )
    return found


@cache
def pattern(kind: str) -> str:
    """Return a pattern that finds the words of a kind in a text with plain digits; Latin ones only as whole words."""
    words = sorted({with_plain_digits(word) for word in _secrets().words[kind]}, key=len, reverse=True)
    spaced = [re.escape(word).replace(r"\ ", r"[\s_-]*") for word in words]
    return f"(?:{'|'.join(rf'(?<![a-z]){word}(?![a-z])' if re.match('[a-z]', word) else word for word in spaced)})"


@cache
def names(*kinds: str) -> frozenset[str]:
    """Return the words of some kinds as the name of a field may be written."""
    return frozenset(bare(word) for kind in kinds for word in _secrets().words[kind])


def bare(name: str) -> str:
    """Return a name without what only divides or counts.

    >>> bare("My_Number"), bare("PIN2")
    ('mynumber', 'pin')
    """
    return re.sub(r"[\W\d_]", "", with_plain_digits(name))


@cache
def _prefixes() -> tuple[tuple[str, str, frozenset[int], str], ...]:
    return tuple(
        (first, last or first, frozenset(brand.lengths), brand.name)
        for brand in _secrets().brand
        for prefix in brand.prefixes
        for first, _, last in [prefix.partition("-")]
    )


def card_brand(number: str) -> str:
    """Return the brand of payment cards that has numbers of this beginning and length; empty if none has.

    >>> card_brand("4111111111111111"), card_brand("490154203237518")
    ('Visa', '')
    """
    brands = (
        name for first, last, lengths, name in _prefixes() if len(number) in lengths and first <= number[: len(first)] <= last
    )
    return next(brands, "")
