"""An account holder in kana (口座名義カナ), in the characters banks transfer with (全銀協規定フォーマット: 30 half-width places).

Small kana become large, the long mark becomes a hyphen, ゛ and ゜ take a place of their own; a middle dot is refused
(https://spreadsheets.kmlog.com/, https://biz.corporate.bk.mufg.jp/faq/show/811).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import jaconv

from simforms.errors import Remark, ValueProblem
from simforms.fields import kana
from simforms.language.normalize import katakana
from simforms.messages import say

LONGEST = 30
"""Half-width places in a transfer (全銀: 受取人名 C30)."""
romaji = kana.romaji
_LARGE = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
_ALLOWED = re.compile(r"[ｱ-ﾝｦﾞﾟA-Z0-9 ()./-]*")


def parse(text: str) -> str:
    """Return the holder's kana in full width, as typed.

    >>> parse("ﾜﾝ ｼｬｵﾐﾝ"), parse("カ)サクラ")
    ('ワン シャオミン', 'カ)サクラ')
    """
    wide = katakana(text)
    if "・" in wide:
        raise ValueProblem(say("a middle dot (・) stands in it; banks refuse it"), say("write a space instead"))
    if not _ALLOWED.fullmatch(zengin(wide)):
        stray = _ALLOWED.sub("", zengin(wide))[:1]
        raise ValueProblem(
            say("“%(typed)s” cannot stand in a bank's kana", typed=stray),
            say("write katakana as in the bankbook, e.g. ワン シャオミン"),
        )
    if len(zengin(wide)) > LONGEST:
        raise ValueProblem(
            say("it takes %(length)s places, a transfer has %(longest)s", length=len(zengin(wide)), longest=LONGEST),
            say("write it as short as the bankbook does"),
        )
    return wide


def zengin(value: str) -> str:
    """Return the kana as it stands in a transfer: half-width, large, ゛ and ゜ apart.

    >>> zengin("グエン ヴァン アン"), zengin("ミツビシュー")
    ('ｸﾞｴﾝ ｳﾞｱﾝ ｱﾝ', 'ﾐﾂﾋﾞｼﾕ-')
    """
    large = value.upper().replace("\u3000", " ").translate(_LARGE).replace("ー", "-")
    return str(jaconv.z2h(large, kana=True, ascii=True, digit=True)).replace("ｰ", "-")


def show(value: str, language: str) -> str:
    """Return the kana."""
    return kana.show(value, language)


def form(value: str) -> str:
    """Return the kana as typed, and as it stands in a transfer.

    >>> form("ワン シャオミン")
    'ワン シャオミン（ﾜﾝ ｼﾔｵﾐﾝ）'
    """
    return f"{value}（{zengin(value)}）"


def remarks(value: str) -> Iterator[Remark]:
    """Yield what was changed for the transfer, and where banks differ.

    >>> [str(remark.what) for remark in remarks("ワン")], len(list(remarks("リー")))
    ([], 1)
    """
    if "ー" in value:
        yield Remark(
            say("the long mark ー is printed as - for the transfer"), say("compare it with your bankbook: some banks want ー")
        )
    if "ヲ" in value:
        yield Remark(say("some banks do not take ヲ"), say("write it as in the bankbook"))
