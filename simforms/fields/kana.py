"""A name's reading (フリガナ) as registered. Hiragana and half-width kana are read as full-width katakana."""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.language import kana as reading
from simforms.language.normalize import katakana
from simforms.messages import say

READ_AS = True


def parse(text: str) -> str:
    """Return the kana as full-width katakana; everything else as typed.

    >>> parse("ワン シャオミン"), parse("ﾜﾝ ｼｬｵﾐﾝ"), parse("わん しゃおみん")
    ('ワン シャオミン', 'ワン シャオミン', 'ワン シャオミン')
    """
    kana = katakana(text)
    if stray := re.sub(r"[ァ-ヺー・ 　]", "", kana):
        raise ValueProblem(
            say("“%(typed)s” is not kana", typed=stray[0]),
            say("write it in katakana as registered, e.g. ワン シャオミン; ask the carrier if you do not know it"),
        )
    return kana


def show(value: str, language: str) -> str:  # noqa: ARG001 - every language prints the kana itself
    """Return the kana.

    >>> show("ワン", "zh-Hans")
    'ワン'
    """
    return value


def romaji(value: str) -> str:
    """Return the name in Latin letters, with capitals.

    >>> romaji("ワン シャオミン")
    'Wan Shaomin'
    """
    return " ".join(word.capitalize() for word in reading.romaji(value).split())
