"""The locale whose habits a language's figures, days and hours follow."""

from __future__ import annotations


def locale(language: str) -> str:
    """Return the name Babel knows. Plain "en" would write a day as in the United States, month first.

    >>> locale("zh-Hans"), locale("en"), locale("ja-x-easy")
    ('zh_Hans', 'en_GB', 'ja')
    """
    return {"en": "en_GB"}.get(language, language.partition("-x-")[0].replace("-", "_"))
