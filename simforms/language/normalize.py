"""What several types share: understanding full-width figures and the many hyphens people type."""

from __future__ import annotations

import re
import unicodedata

import jaconv

_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー﹣", "-") | {"（": "(", "）": ")", "　": " "})


def normalized(text: str) -> str:
    """Return codes and figures in their plain form, without spaces around them.

    >>> normalized(" ０９０ー１２３４ ")
    '090-1234'
    """
    return unicodedata.normalize("NFKC", text.translate(_HYPHENS)).translate(_HYPHENS).strip()


def without_separators(text: str) -> str:
    """Return a number in capitals, without the spaces and hyphens people put in to read it.

    >>> without_separators("ab１２-34 5")
    'AB12345'
    """
    return re.sub(r"[-\s]", "", normalized(text)).upper()


def katakana(text: str) -> str:
    """Return kana as full-width katakana; everything else as typed.

    >>> katakana("わん ｼｬｵﾐﾝ A")
    'ワン シャオミン A'
    """
    return str(jaconv.hira2kata(jaconv.h2z(text, kana=True, ascii=False, digit=False)))
