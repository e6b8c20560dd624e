"""The id of a row names its papers: what it may be, and each but once."""

from __future__ import annotations

import re
import unicodedata

from simforms.messages import Message, say

LONGEST = 40
LONGEST_IN_BYTES = 120
"""A file's name has room for 255; the name of the paper, and that of a person, come after the id."""
_ALLOWED = re.compile(r"\w([\w.-]*[\w-])?")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(10))}
"""Names that Windows keeps for itself, with any ending."""

Reason = tuple[Message, Message]


class Identities:
    """The ids of a table, given out in the order of its rows."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}

    def of(self, row: int, typed: str) -> tuple[str, Reason | None]:
        """Return the id of a row, and what is wrong with the one typed: then the row goes by its number."""
        own = unicodedata.normalize("NFC", typed.strip()) or f"row-{row}"
        reason = _refused(own)
        if not reason and (first := self._rows.get(_same(own))):
            reason = say("the ID appears twice, first in row %(row)s", row=first), say("give each row its own ID")
        if reason:
            own = f"row-{row}"
            while _same(own) in self._rows:
                own += "-x"
        self._rows[_same(own)] = row
        return own, reason


def _same(name: str) -> str:
    """Return what two names have in common that some machine takes for one file."""
    return unicodedata.normalize("NFKC", name).casefold()


def _refused(name: str) -> Reason | None:
    short = len(name) <= LONGEST and len(name.encode(errors="surrogatepass")) <= LONGEST_IN_BYTES
    if short and _ALLOWED.fullmatch(name) and _same(name).partition(".")[0] not in _DEVICES:
        return None
    return (
        say("this cannot be used as a file name"),
        say("use at most %(longest)s letters, digits, -, _ or .; do not start with . or -", longest=LONGEST),
    )
