"""Maps each language to the Babel locale that formats its numbers, dates and times."""

from __future__ import annotations


def locale(language: str) -> str:
    """Return the name of the Babel locale. "en" alone would write dates as in the United States, month first.

    >>> locale("zh-Hans"), locale("en"), locale("ja-x-easy")
    ('zh_Hans', 'en_GB', 'ja')
    """
    return {"en": "en_GB"}.get(language, language.partition("-x-")[0].replace("-", "_"))
