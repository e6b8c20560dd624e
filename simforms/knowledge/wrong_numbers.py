"""Phone numbers that are known to be wrong (reads data/wrong-numbers.toml)."""

from __future__ import annotations

import hashlib
import re
from functools import cache

from simforms.knowledge.content import data, read_toml
from simforms.language.normalize import normalized


def known_wrong(text: str) -> str:
    """Return why a phone number in a text is known to be wrong; empty where none is.

    The numbers themselves stand nowhere: only their digests, so that no page can ever print them.
    """
    known = _wrong()
    numbers = (_figures(found)[-10:] for found in re.findall(r"[+\d][\d\s().-]{8,}\d", normalized(text)))
    digests = (hashlib.sha256(number.encode()).hexdigest() for number in numbers)
    return next((known[digest] for digest in digests if digest in known), "")


@cache
def _wrong() -> dict[str, str]:
    return {entry["sha256"]: entry["why"] for entry in read_toml(data("wrong-numbers.toml"))["number"]}


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text)
