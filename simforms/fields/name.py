"""A person's name (氏名) as on the identity document. It is kept as typed: not reordered, cut or normalised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simforms.errors import Remark, ValueProblem
from simforms.language import kana as reading
from simforms.messages import say

FREE_TEXT = True


def parse(text: str) -> str:
    """Return the name as typed.

    >>> parse("WANG XIAOMING"), parse("王小明")
    ('WANG XIAOMING', '王小明')
    """
    if "\n" in text or "\r" in text:
        raise ValueProblem(say("it contains a line break"), say("write it on one line"))
    if "@" in text:
        raise ValueProblem(say("this is an e-mail address"), say("write the name here, and the address in person.email"))
    if re.search(r"[0-9０-９]", text) and not _FIRM.search(text):
        raise ValueProblem(
            say("the name contains a digit"), say("write the name as on your identity document, e.g. WANG XIAOMING")
        )
    return text


_FIRM = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|法人|協同組合|㈱|㈲|学校|大学|有限公司|주식회사|\(株\)|（株）|công ty|"
    r"\b(?:Inc|Ltd|Limited|LLC|Corp|Corporation|Co|K\.?K|GmbH|Company|School|University)\b",
    re.IGNORECASE,
)
"""What only the names of firms and schools contain; digits are right in them."""


def show(value: str, language: str) -> str | None:
    """Return the name; as a reading, its Latin letters one by one, to spell it on the phone.

    >>> show("LI NA", "ja-Hira"), show("王", "ja-Hira")
    ('エル アイ、エヌ エー', None)
    """
    if language != "ja-Hira":
        return value
    try:
        words = [word for word in value.split() if re.search(r"\w", word)]
        return "、".join(map(reading.spelled_name, words))
    except KeyError:
        return None


def remarks(value: str) -> Iterator[Remark]:
    """Yield a warning if there are no Latin letters, which the documents of foreigners have, or full-width ones.

    >>> [str(remark.what) for remark in remarks("李娜")]
    ['it contains no Latin letters']
    """
    if re.search(r"[Ａ-Ｚａ-ｚ]", value):
        yield Remark(say("it is written in full-width letters"), say("write half-width letters, as in the passport: WANG"))
    elif not re.search(r"[A-Za-z]", value):
        yield Remark(
            say("it contains no Latin letters"),
            say(
                "write it in Latin letters, as on the residence card or in the passport; write kanji (Chinese "
                "characters) in person.name_kanji"
            ),
        )
