"""Normalizes typed text: full-width characters, the many hyphens, kana."""

from __future__ import annotations

import re
import unicodedata

import jaconv

_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー﹣", "-") | {"（": "(", "）": ")", "　": " "})


_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Soft hyphens and marks of direction, which address books and chats put around what is copied; nobody types or sees them."""
_APART = re.compile(r"[^\W\d_][\u0300-\u036f\u3099\u309a]+|[\u1100-\u11ff]{2,}")
"""A letter with its marks after it, and the parts of a Korean syllable: how a Mac writes them in names of files."""


def cleaned(text: str) -> str:
    r"""Return a value without what nobody typed: every type reads it like this first.

    Letters are composed, invisible marks and the space around it are left out. Nothing else changes: a variant of a character
    stays itself.

    >>> cleaned(" \u200e080-1234-5678\u202c\n"), cleaned("ワ\u3099") == "ヷ", cleaned("\ufa19田") == "\ufa19田"
    ('080-1234-5678', True, True)
    """
    composed = _APART.sub(lambda found: unicodedata.normalize("NFC", found[0]), _INVISIBLE.sub("", text))
    return composed.strip()


def normalized(text: str) -> str:
    """Return a code or number with ASCII letters, digits and hyphens, without spaces around it.

    >>> normalized(" ０９０ー１２３４ ")
    '090-1234'
    """
    return unicodedata.normalize("NFKC", text.translate(_HYPHENS)).translate(_HYPHENS).strip()


def without_separators(text: str) -> str:
    """Return a number in capitals, without the spaces and hyphens that people add to read it.

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
