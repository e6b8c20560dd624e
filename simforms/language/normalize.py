"""What people type, paste and export, before its type reads it: one cleaning for all, and the foldings that a type states."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from typing import Literal, TypeVar

import jaconv

T = TypeVar("T")
Folding = Literal["width", "compatibility", "capitals", "separators", "dots", "apostrophe", "kana", "lines"]

_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー﹣", "-") | {"（": "(", "）": ")", "　": " "})
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Soft hyphens and marks of direction, which address books and chats put around what is copied; nobody types or sees them."""
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
"""Spaces of other widths, which web pages and word processors put in."""
_APART = re.compile(r"[^\W\d_][\u0300-\u036f\u3099\u309a]+|[\u1100-\u11ff]{2,}")
"""A letter with its marks after it, and the parts of a Korean syllable: how a Mac writes them in names of files."""


def cleaned(text: str) -> str:
    r"""Return a value without what nobody typed: every type reads it like this first.

    Letters are composed, invisible marks and the space around it are left out, spaces of other widths are plain ones, and
    line breaks those of this machine. Nothing else changes: a variant of a character stays itself.

    >>> cleaned(" \u200e080-1234-5678\u202c\n"), cleaned("ワ\u3099") == "ヷ", cleaned("\ufa19田") == "\ufa19田"
    ('080-1234-5678', True, True)
    """
    visible = _SPACES.sub(" ", _INVISIBLE.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")
    return _APART.sub(lambda found: unicodedata.normalize("NFC", found[0]), visible).strip()


def folds(*kinds: Folding, labels: tuple[str, ...] = ()) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """State what a type's `parse` does not distinguish; it then gets the text without it.

    `labels` are words that people copy along with a value, such as TEL.

    >>> folds("width", "separators", labels=("TEL",))(str)("TEL：０９０－１２３４")
    '0901234'
    """

    def with_folding(parse: Callable[[str], T]) -> Callable[[str], T]:
        @functools.wraps(parse)
        def folding(text: str) -> T:
            return parse(_folded(text, kinds, labels))

        return folding

    return with_folding


def _folded(text: str, kinds: tuple[Folding, ...], labels: tuple[str, ...]) -> str:
    for kind in kinds:
        text = _FOLDINGS[kind](text)
        if kind in {"width", "compatibility"} and labels:
            text = _labelled(labels).sub("", text).strip()
    return text


@functools.cache
def _labelled(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of the labels before a value: those of Latin letters only where no letter follows at once."""
    words = "|".join(
        re.escape(label) + (r"(?![^\W\d_])" if label[-1].isascii() and label[-1].isalnum() else "")
        for label in sorted({form(label) for label in labels for form in _FORMS}, key=len, reverse=True)
    )
    return re.compile(rf"^(?:(?:{words})[\s.:]*)+", re.IGNORECASE)


def normalized(text: str) -> str:
    """Return a code or number with ASCII letters, digits and hyphens, without spaces around it.

    >>> normalized(" ０９０ー１２３４ ")
    '090-1234'
    """
    return unicodedata.normalize("NFKC", text.translate(_HYPHENS)).translate(_HYPHENS).strip()


def without_separators(text: str) -> str:
    """Return a number without the spaces and hyphens that people add to read it.

    >>> without_separators("12-34 5・6")
    '123456'
    """
    return re.sub(r"[-\s・]", "", text)


def katakana(text: str) -> str:
    """Return kana as full-width katakana; everything else as typed.

    >>> katakana("わん ｼｬｵﾐﾝ A"), katakana("リ―"), katakana("A―B")
    ('ワン シャオミン A', 'リー', 'A―B')
    """
    kana = str(jaconv.hira2kata(jaconv.h2z(text, kana=True, ascii=False, digit=False)))
    return re.sub(r"(?<=[ァ-ヺー])[‐‑–—―−－]", "ー", kana)


_FORMS = (normalized, functools.partial(unicodedata.normalize, "NFKC"))
"""Of a label, after the folding of widths and after that of compatible characters."""
_FOLDINGS: dict[Folding, Callable[[str], str]] = {
    "width": normalized,
    "compatibility": lambda text: unicodedata.normalize("NFKC", text),
    "capitals": str.upper,
    "separators": without_separators,
    "dots": lambda text: re.sub("[./]", "", text),  # only where the length is fixed: `1234.0` is not 12340
    "apostrophe": lambda text: re.sub("^['\u2019](?=.)", "", text),  # a spreadsheet's mark for text
    "kana": katakana,
    "lines": lambda text: re.sub(r"\s*\n\s*", " ", text),
}
