"""The reading of a name (フリガナ) as registered. Hiragana and half-width kana become full-width katakana."""

from __future__ import annotations

import re

from simforms.errors import ValueProblem
from simforms.language import kana as reading
from simforms.language.normalize import folds
from simforms.messages import say

READ_AS = True
FREE_TEXT = True


@folds("kana")
def parse(text: str) -> str:
    """Return the kana as full-width katakana. Raises ValueProblem.

    >>> parse("ワン シャオミン"), parse("ﾜﾝ ｼｬｵﾐﾝ"), parse("わん しゃおみん")
    ('ワン シャオミン', 'ワン シャオミン', 'ワン シャオミン')
    """
    if stray := re.sub(r"[ァ-ヺー・ 　]", "", text):
        raise ValueProblem(
            say("“%(typed)s” is not kana", typed=stray[0]),
            say("write it in katakana as registered, e.g. ワン シャオミン; ask the carrier if you do not know it"),
        )
    return text


def show(value: str, language: str) -> str:  # noqa: ARG001 - every language prints the kana itself
    """Return the kana.

    >>> show("ワン", "zh-Hans")
    'ワン'
    """
    return value


def romaji(value: str) -> str:
    """Return the reading in Latin letters, each word capitalised.

    >>> romaji("ワン シャオミン")
    'Wan Shaomin'
    """
    return " ".join(word.capitalize() for word in reading.romaji(value).split())
