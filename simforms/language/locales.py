"""Maps each language to the Babel locale that formats its numbers, dates and times; names weekdays."""

from __future__ import annotations

from datetime import date


def locale(language: str) -> str:
    """Return the name of the Babel locale. "en" alone would write dates as in the United States, month first.

    >>> locale("zh-Hans"), locale("en"), locale("ja-x-easy")
    ('zh_Hans', 'en_GB', 'ja')
    """
    return {"en": "en_GB"}.get(language, language.partition("-x-")[0].replace("-", "_"))


def weekday(day: date, language: str, *, short: bool = False) -> str:
    """Return the weekday of a day as a language writes it.

    >>> weekday(date(2026, 12, 4), "en"), weekday(date(2026, 12, 4), "vi", short=True)
    ('Friday', 'T6')
    """
    from babel.dates import format_date

    pattern = "EEEE" if not short else "EEEEEE" if language == "vi" else "EEE"
    return format_date(day, pattern, locale=locale(language))
