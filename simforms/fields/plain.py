"""What several types share: understanding full-width figures and the many hyphens people type."""

from __future__ import annotations

import unicodedata

_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー﹣", "-") | {"（": "(", "）": ")", "　": " "})


def plain(text: str) -> str:
    """Return codes and figures in their plain form, without spaces around them.

    >>> plain(" ０９０ー１２３４ ")
    '090-1234'
    """
    return unicodedata.normalize("NFKC", text.translate(_HYPHENS)).translate(_HYPHENS).strip()
