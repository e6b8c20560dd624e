"""An account holder in kana (口座名義カナ), within the limits of transfers (全銀協規定フォーマット: 30 half-width characters).

Small kana become large, the long vowel mark becomes a hyphen, ゛ and ゜ count as characters; a middle dot is rejected
(https://spreadsheets.kmlog.com/, https://biz.corporate.bk.mufg.jp/faq/show/811).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import jaconv

from simforms.errors import Remark, ValueProblem
from simforms.fields import kana
from simforms.language.normalize import folds
from simforms.messages import say

FREE_TEXT = True

LONGEST = 30
"""Half-width characters in a transfer (全銀: 受取人名 C30)."""
romaji = kana.romaji
_LARGE = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
_ALLOWED = re.compile(r"[ｱ-ﾝｦﾞﾟA-Z0-9 ()./｢｣\\-]*")


@folds("kana", "compatibility")
def parse(text: str) -> str:
    """Return the holder's kana in full width. Raises ValueProblem.

    >>> parse("ﾜﾝ ｼｬｵﾐﾝ"), parse("カ)サクラ")
    ('ワン シャオミン', 'カ)サクラ')
    """
    if "・" in text:
        raise ValueProblem(say("it contains a middle dot (・), which banks do not accept"), say("write a space instead"))
    if not _ALLOWED.fullmatch(zengin(text)):
        stray = _ALLOWED.sub("", zengin(text))[:1]
        raise ValueProblem(
            say("“%(typed)s” is not allowed in the katakana name used by banks", typed=stray),
            say("write katakana as in the bankbook, e.g. ワン シャオミン"),
        )
    return text


def zengin(value: str) -> str:
    """Return the kana as a transfer contains it: half-width, large, with ゛ and ゜ as separate characters.

    >>> zengin("グエン ヴァン アン"), zengin("ミツビシュー")
    ('ｸﾞｴﾝ ｳﾞｱﾝ ｱﾝ', 'ﾐﾂﾋﾞｼﾕ-')
    """
    large = value.upper().replace("\u3000", " ").translate(_LARGE).replace("ー", "-")
    return str(jaconv.z2h(large, kana=True, ascii=True, digit=True)).replace("ｰ", "-")


def show(value: str, language: str) -> str:
    """Return the kana."""
    return kana.show(value, language)


def form(value: str) -> str:
    """Return the kana as typed, and as a transfer contains it: its first 30 characters.

    >>> form("ワン シャオミン")
    'ワン シャオミン（ﾜﾝ ｼﾔｵﾐﾝ）'
    """
    return f"{value}（{zengin(value)[:LONGEST].rstrip()}）"


def remarks(value: str) -> Iterator[Remark]:
    """Yield what is changed for the transfer, and where banks differ.

    >>> [str(remark.what) for remark in remarks("ワン")], len(list(remarks("リー")))
    ([], 1)
    """
    if "ー" in value:
        yield Remark(
            say("the long mark ー is printed as - for the transfer"), say("compare it with your bankbook: some banks use ー")
        )
    for sign in _WHERE_BANKS_DIFFER:
        if sign in value:
            yield Remark(say("some banks do not accept %(sign)s", sign=sign), say("write it as in the bankbook"))
    if (length := len(zengin(value))) > LONGEST:
        yield Remark(
            say("it takes %(length)s characters, but a transfer allows only %(longest)s", length=length, longest=LONGEST),
            say("the paper shows all of it, and also the first %(longest)s characters", longest=LONGEST),
        )


_WHERE_BANKS_DIFFER = "ヲ.「」\\"
"""Each is on the page of one bank or office and missing from, or refused on, another one's:
https://jinjer-kyuyo.zendesk.com/hc/ja/articles/900002885563, https://www.keiyobank.co.jp/alpha_dbank/internet/typing.html."""
