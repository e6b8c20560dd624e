"""A postcode (郵便番号): seven digits in Japan; a foreign postcode is kept as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simforms.errors import Remark, ValueProblem
from simforms.language import kana as reading
from simforms.language.normalize import folds
from simforms.messages import say

_JAPANESE = re.compile(r"[0-9]{3}-[0-9]{4}")

READ_AS = True


@folds("width", "apostrophe", labels=("〒", "〠", "郵便番号", "邮编", "郵遞區號", "우편번호", "postcode", "ZIP"))
def parse(text: str) -> str:
    """Return the postcode.

    >>> parse("1690075"), parse("〒１６９－００７５"), parse("SW1A 1AA")
    ('169-0075', '169-0075', 'SW1A 1AA')
    """
    code = re.sub(r"^\(〒?(.*)\)$", r"\1", text)
    if japanese := re.fullmatch(r"T?(\d{3})(\d{4})", re.sub(r"(?<=\d)[-\s・.の]+(?=\d)", "", code), re.ASCII):
        return "-".join(japanese.groups())
    if not re.fullmatch(r"[A-Z0-9](?:[A-Z0-9 -]{0,8}[A-Z0-9])", code, re.ASCII | re.IGNORECASE):
        raise ValueProblem(say("this is not a postcode"), say("write 7 digits, e.g. 169-0075"))
    return code


def show(value: str, language: str) -> str | None:
    """Return the postcode.

    >>> show("169-0075", "ja"), show("169-0075", "ja-Hira")
    ('169-0075', 'いち ろく きゅう の ゼロ ゼロ なな ご')
    """
    if language != "ja-Hira":
        return value
    return reading.digits(value) if _JAPANESE.fullmatch(value) else None


def form(value: str) -> str:
    """Return the postcode as a form writes it: a Japanese one with 〒.

    >>> form("169-0075"), form("SW1A 1AA")
    ('〒169-0075', 'SW1A 1AA')
    """
    return f"〒{value}" if _JAPANESE.fullmatch(value) else value


def remarks(value: str) -> Iterator[Remark]:
    """Yield a warning if it has only digits, but not seven as in Japan.

    >>> len(list(remarks("169-0075"))), len(list(remarks("169-075"))), len(list(remarks("SW1A 1AA")))
    (0, 1, 0)
    """
    if not _JAPANESE.fullmatch(value) and re.fullmatch(r"[0-9-]+", value):
        yield Remark(
            say("a Japanese postcode has 7 digits"), say("add the missing digits; if the address is abroad, keep it as it is")
        )
