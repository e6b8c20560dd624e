"""Phone numbers that are known to be wrong (reads data/wrong-numbers.toml)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache

from simforms.knowledge.content import data
from simforms.knowledge.typed_toml import read_list, refuse
from simforms.language.normalize import normalized


def known_wrong(text: str) -> str:
    """Return why a phone number in a text is known to be wrong; empty where none is.

    The numbers themselves are not stored, only their digests, so that no page can ever print them.
    """
    known = _wrong()
    numbers = (_figures(found)[-10:] for found in re.findall(r"[+\d][\d\s().-]{8,}\d", normalized(text)))
    digests = (hashlib.sha256(number.encode()).hexdigest() for number in numbers)
    return next((known[digest] for digest in digests if digest in known), "")


@dataclass(frozen=True)
class _WrongNumber:
    sha256: str
    why: str


@cache
def _wrong() -> dict[str, str]:
    path = data("wrong-numbers.toml")
    found = read_list(path, "number", _WrongNumber)
    refuse(
        path,
        (
            f"number[{index}].sha256: this is not a digest; write 64 digits from 0 to f"
            for index, one in enumerate(found)
            if not re.fullmatch("[0-9a-f]{64}", one.sha256)
        ),
    )
    return {one.sha256: one.why for one in found}


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text)
