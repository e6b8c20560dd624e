"""The reference of a case: the same on all its papers, and telling nothing about the person."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no letter that looks like a digit
_BITS = 5
"""Of a character."""


def random_reference() -> str:
    """Return a reference that nobody can derive from the case: 40 random bits. It is made once and kept.

    >>> len(random_reference())
    12
    """
    return long_reference(os.urandom(5))


def long_reference(digest: bytes) -> str:
    """Return a reference made of the first 40 bits of a random value or a keyed digest.

    >>> long_reference(bytes(8))
    'SF-0000-0000'
    """
    written = _written(digest, 8)
    return f"SF-{written[:4]}-{written[4:]}"


def short_reference(values: Iterable[str]) -> str:
    """Return the reference of a case that has none of its own: the same on every machine, and short.

    20 bits of an unkeyed hash, so that it can be calculated again. Somebody who knows the carrier and the name and tries all
    numbers of mobile phones (060, 070, 080 and 090: 400 million) finds about 380 numbers for each reference.

    >>> short_reference(["softbank", "+819012345678", "WANG XIAOMING"])
    'SF-W6J2'
    """
    return f"SF-{_written(hashlib.sha256(chr(10).join(values).encode()).digest(), 4)}"


def _written(digest: bytes, characters: int) -> str:
    """Return the first bits of a digest in base 32."""
    number = int.from_bytes(digest, "big") >> (8 * len(digest) - _BITS * characters)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(_BITS * (characters - 1), -1, -_BITS))
