"""An identifier of Latin letters and digits (番号): customer number, SWIFT code."""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.language import kana as reading
from simforms.language.normalize import folds
from simforms.messages import say

READ_AS = True
FREE_TEXT = True


LABELS = (
    "お客様番号",
    "お客さま番号",
    "契約番号",
    "契約者番号",
    "ご契約番号",
    "顧客番号",
    "会員番号",
    "受理番号",
    "受付番号",
    "お問い合わせ番号",
    "口座番号",
    "番号",
    "No.",
    "ID:",
    "IBAN",
    "SWIFT:",
    "SWIFTコード",
    "SWIFT CODE",
    "BIC:",
    "客户号",
    "客戶編號",
    "고객번호",
    "계좌번호",
    "mã khách hàng",
)


@folds("width", "apostrophe", "capitals", labels=LABELS)
def parse(text: str) -> str:
    """Return the code in capitals, without the spaces that people add to read it.

    >>> parse("8981 2000 1234 5678 901"), parse("ｂｏｔｋｊｐｊｔ")
    ('8981200012345678901', 'BOTKJPJT')
    """
    code = text.replace(" ", "")
    if not re.fullmatch(r"[A-Z0-9][A-Z0-9/-]{0,39}", code, re.ASCII):
        raise ValueProblem(
            say("only letters A–Z, digits, - and / are allowed here"), say("copy it from the card or the document")
        )
    return code


def show(value: str, language: str) -> str:
    """Return the code; as a reading, character by character.

    >>> show("AB1", "ja-Hira")
    'エー ビー いち'
    """
    return reading.letters(value.replace("/", "")) if language == "ja-Hira" else value
