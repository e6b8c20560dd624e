"""Characters in what a person typed: which cannot be printed, and which are doubtful."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from simforms.cases import damage
from simforms.errors import Remark
from simforms.messages import Message, say
from simforms.pdf import fonts

LONGEST = 200
"""Characters in a value of one line: a cell grows with it, a paper of two such values still has its pages."""
MARKS = 4
"""Combining marks on one letter; Vietnamese has two."""
_INVISIBLE = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
_UNREAD = re.compile("[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]{2}")
"""Greek and Cyrillic."""
_KANGXI = re.compile("[\u2e80-\u2fdf]")

_ANOTHER_WAY = say("write it differently, e.g. a name as in the passport; if the character is invisible, delete it")


def unprintable(text: str) -> Iterator[tuple[Message, Message]]:
    """Yield what keeps a text from being printed whole, and what to do."""
    if len(text) > LONGEST:
        yield (
            say("it has %(length)s characters, but the limit is %(longest)s", length=len(text), longest=LONGEST),
            say("make it shorter"),
        )
        return
    spoilt = next((index for index, sign in fonts.missing_glyphs(text) if sign == "\ufffd" or "\x80" <= sign < "\xa0"), None)
    if spoilt is None and damage.surely_wrong_encoding(text):
        spoilt = next(index for index, sign in enumerate(text) if not sign.isascii())
    if spoilt is None and damage.wrong_encoding(text):
        spoilt = next((index for index, _ in fonts.missing_glyphs(text)), None)
    if spoilt is not None:
        what = say("the text is damaged at character %(index)s: it was saved or opened with the wrong encoding", index=spoilt + 1)
        yield what, say("type it again; save the file as UTF-8 or XLSX")
        return
    for first, last in _runs(index for index, _ in fonts.missing_glyphs(text)):
        code = described(text[first])
        if first == last:
            yield say("character %(index)s, %(code)s, cannot be printed", index=first + 1, code=code), _ANOTHER_WAY
        else:
            yield (
                say(
                    "characters %(first)s to %(last)s cannot be printed; the first is %(code)s",
                    first=first + 1,
                    last=last + 1,
                    code=code,
                ),
                _ANOTHER_WAY,
            )
    for found in _INVISIBLE.finditer(text):
        yield say("character %(index)s, %(code)s, is invisible", index=found.start() + 1, code=described(found[0])), _ANOTHER_WAY
    if index := _piled(text):
        yield say("there are too many accents on one letter, at character %(index)s", index=index), _ANOTHER_WAY


def _runs(indexes: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of neighbours.

    >>> _runs([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    runs: list[tuple[int, int]] = []
    for index in indexes:
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def described(sign: str) -> str:
    """Return a character by its number and name: `U+0E2A THAI CHARACTER SO SUA`.

    >>> described("ส")
    'U+0E2A THAI CHARACTER SO SUA'
    """
    return f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip()


def _piled(text: str) -> int:
    run = 0
    for index, sign in enumerate(text):
        run = run + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if run > MARKS:
            return index + 1
    return 0


def doubtful(text: str, kind: str = "text") -> Iterator[Remark]:
    """Yield what is printed as typed, but is perhaps not meant."""
    if text != text.strip():
        yield Remark(say("there is a space before or after it"), say("delete the space if you do not want it"))
    if found := _KANGXI.search(text):
        meant = unicodedata.normalize("NFKC", found[0])
        yield Remark(
            say(
                "character %(index)s is a radical that only looks like %(code)s",
                index=found.start() + 1,
                code=described(meant[0]),
            ),
            say("type the character again"),
        )
    if re.search("^[“”„「『].*[“”」』]$", text):
        yield Remark(
            say("it is in quotation marks, and they will be printed"), say('delete the quotation marks, or type plain ones: "')
        )
    if kind in {"name", "kanji-name", "address"} and _UNREAD.search(text):
        yield Remark(
            say("a Japanese clerk is perhaps unable to read Greek or Cyrillic letters"), say("write it in Latin letters")
        )
    yield from damage.damaged(text, kind)
