"""Characters in what a person typed: which cannot be printed, which are doubtful, and figures that must not be written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from simforms.errors import Remark
from simforms.language.normalize import normalized
from simforms.messages import Message, say
from simforms.pdf import fonts

LONGEST = 200
"""Characters in a value of one line: a cell grows with it, a paper of two such values still has its pages."""
MARKS = 4
"""Combining marks on one letter; Vietnamese has two."""
_INVISIBLE = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
_KANGXI = re.compile("[\u2e80-\u2fdf]")
_MOJIBAKE = re.compile("縺|繧|譁|譚|ã[\u0080-\u00bf]|Ã|ï¿½")
_CARD = re.compile(r"(4|5[1-5]|2[2-7]|3[47]|35|62)[0-9]*")

MY_NUMBER = (
    say("this is a My Number (個人番号)"),
    say("delete it: the law forbids carriers to collect it; show only the front of the card"),
)
_PIN = re.compile(
    r"(暗証番号|(?<![A-Za-z])PIN|パスワード|密码|密碼|password|passcode)\s*[:=は是]*\s*[0-9]{4}(?![0-9])", re.IGNORECASE
)
_SECRET = say("delete it; say it only on a call that you started yourself")

_ANOTHER_WAY = say("write it another way, e.g. a name as in the passport; delete it if you cannot see it")


def unprintable(text: str) -> Iterator[tuple[Message, Message]]:
    """Yield what keeps a text from being printed whole, and what to do."""
    if len(text) > LONGEST:
        yield (
            say("it has %(length)s characters, at most %(longest)s fit", length=len(text), longest=LONGEST),
            say("make it shorter"),
        )
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
        yield say("too many marks stand on one letter, at character %(index)s", index=index), _ANOTHER_WAY


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


def doubtful(text: str) -> Iterator[Remark]:
    """Yield what is printed as typed, but is perhaps not meant."""
    if text != text.strip():
        yield Remark(say("a space stands before or after it"), say("delete the space, if it is not meant"))
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
        yield Remark(say("quotation marks stand around it, and are printed"), say('delete them, or type plain ones: "'))
    if _MOJIBAKE.search(text):
        yield Remark(say("it looks like text read in a wrong encoding"), say("look at it; save the file as UTF-8"))


def forbidden(text: str) -> Iterator[tuple[Message, Message]]:
    """Yield numbers that a paper for a carrier must never hold: a My Number, a payment card.

    >>> [str(what) for what, _ in forbidden("6214 9832 0257")]
    ['this is a My Number (個人番号)']
    """
    folded = normalized(text)
    if _PIN.search(folded):
        yield say("this looks like a PIN or a password"), _SECRET
    for figures in _numbers(folded):
        if _is_my_number(figures):
            yield MY_NUMBER
        elif _is_card(figures):
            yield (
                say("this is the number of a payment card"),
                say("delete it: no paper needs it, and whoever sees it can pay with it"),
            )


def _is_my_number(figures: str) -> bool:
    if len(figures) != 12:  # noqa: PLR2004 - as long as a My Number is
        return False
    from stdnum.jp import in_  # noqa: PLC0415 - only a number that may be one pays for it

    return in_.is_valid(figures)


def _is_card(figures: str) -> bool:
    if len(figures) < 14 or not _CARD.fullmatch(figures):  # noqa: PLR2004 - the shortest
        return False
    from stdnum import luhn  # noqa: PLC0415 - only a number that may be one pays for it

    return luhn.is_valid(figures)


def _numbers(text: str) -> list[str]:
    """Return the long numbers in a text: runs of groups, and the groups of four in them that cards are written in.

    >>> _numbers("さくら 201 6214-9832-0257"), _numbers("+86 138 1234 5678")
    (['201621498320257', '621498320257'], [])
    """
    found = []
    for run in re.findall(r"(?<![0-9+])[0-9]+(?:[ -][0-9]+)*", text):
        found.append(run)
        found += re.findall(r"(?=(?<![0-9])([0-9]{4}(?:[ -][0-9]{4}){2,3})(?![0-9]))", run)
        found += re.findall(r"[0-9]{12,}", run)
    figures = (re.sub(r"[^0-9]", "", number) for number in found)
    return list(dict.fromkeys(number for number in figures if len(number) >= 12))  # noqa: PLR2004 - a My Number
