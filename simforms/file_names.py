"""Names of files that came from outside: what a name may be, and when two names mean one file."""

from __future__ import annotations

import re
import unicodedata

MOST_BYTES = 255
"""Of a file's name in UTF-8: what ext4, APFS and NTFS take at least."""
_SEPARATORS = frozenset('/\\:<>|?*"')
"""Characters that are not part of a name on some system."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.ASCII)
"""Names that Windows keeps for itself, with any ending."""


def is_plain(name: object) -> bool:
    r"""Return whether this is the plain name of a file: one that stays in its folder and does nothing to a terminal.

    It has no separator, no control or invisible character, no lone surrogate, no dot, hyphen or space at its start, no dot or
    space at its end, is not a device of Windows, and takes at most `MOST_BYTES`.

    >>> [is_plain(name) for name in ("A-1-call-log-vi.pdf", "王-packet.pdf", "a/b", "..", ".bashrc", "a\n", "\ud800", "", None)]
    [True, True, False, False, False, False, False, False, False]
    """
    if not isinstance(name, str) or not name or name[0] in ".- " or name[-1] in ". " or _SEPARATORS & set(name):
        return False
    if any(unicodedata.category(character) in _NOT_PRINTED for character in name):
        return False
    return len(name.encode()) <= MOST_BYTES and not _DEVICES.fullmatch(name.casefold())


_NOT_PRINTED = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def same_file(name: str) -> str:
    """Return what all names have in common that some system takes for one file: case and composition do not matter.

    >>> same_file("É.pdf") == same_file("e\u0301.PDF")
    True
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def shortened(text: str, most_bytes: int) -> str:
    """Return as many characters of a text as fit into so many bytes of UTF-8.

    >>> shortened("王小明", 7)
    '王小'
    """
    return text.encode(errors="ignore")[:most_bytes].decode(errors="ignore")
