"""An e-mail address (メールアドレス)."""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.language import kana as reading
from simforms.language.normalize import folds
from simforms.messages import say

FREE_TEXT = True
READ_AS = True


@folds("compatibility", labels=("mailto", "e-mail", "email", "mail", "メール", "メールアドレス", "邮箱", "電子郵件", "이메일"))
def parse(text: str) -> str:
    """Return the address.

    >>> parse("wang@example.com"), parse("mailto:wang@example.com"), parse("ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ")
    ('wang@example.com', 'wang@example.com', 'wang@example.com')
    """
    address = named[1] if (named := re.fullmatch(r"[^<>@]*<([^<>]*)>", text)) else text
    address = re.sub(r"(?<=[^\s@])[,;]$|(?<=@)([^?]+)\?.*", r"\1", address)  # the end of a list, the subject in a link
    if not re.fullmatch(rf"[^\s@<>(),;]+@(?:{_LABEL}\.)+{_LABEL}", address) or re.search(r"\.[^.]$", address):
        raise ValueProblem(say("this is not an e-mail address"), say("write it like wang@example.com"))
    return address


_LABEL = r"(?!-)[^\s@<>(),;.?/:=&!%]+(?<!-)"
"""Of a name of a computer; no hyphen at its ends (RFC 1034)."""


def show(value: str, language: str) -> str | None:
    """Return the address; as a reading, letter by letter.

    >>> show("li@example.com", "ja-Hira")
    'エル アイ アットマーク イー エックス エー エム ピー エル イー ドット シー オー エム'
    """
    if language != "ja-Hira":
        return value
    try:
        return reading.letters(value)
    except KeyError:
        return None
