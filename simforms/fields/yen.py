"""An amount in yen (円): a whole number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simforms.errors import Remark, ValueProblem
from simforms.language import kana as reading
from simforms.language.locales import locale
from simforms.language.normalize import folds
from simforms.messages import Message, say

LARGEST = 99_999_999
"""The largest amount that can be read aloud (`language.kana.number`)."""
PLAUSIBLE = 300_000
"""Larger amounts give a warning."""

READ_AS = True


@folds(
    "width",
    "apostrophe",
    labels=("合計金額", "合計", "請求金額", "請求額", "ご請求額", "総額", "金額", "計", "税込", "(税込)", "内税", "金"),
)
def parse(text: str) -> int:
    """Return the amount.

    >>> parse("3278"), parse("¥3,278"), parse("３，２７８円")
    (3278, 3278, 3278)
    """
    match = _AMOUNT.fullmatch(text)
    amount = int(re.sub(r"\D", "", match[1])) if match else 0
    if not 0 < amount <= LARGEST:
        raise ValueProblem(say("this is not an amount in yen"), say("write a whole number, e.g. 3278"))
    return amount


_AMOUNT = re.compile(
    r"\*?(?:[¥\\]|JPY|金)?\s*(\d{1,3}(?:[,、' ]\d{3})+|\d{1,3}(?:\.\d{3})+(?=\s*yên)|\d+)(?:\.0{1,2})?\s*"
    r"(?:円|yen|yên|JPY|¥|日元|日圓|엔)?\s*(?:\.?-|也)?\s*(?:\(?(?:税込み?|内税)\)?)?[。.]?",
    re.ASCII | re.IGNORECASE,
)
"""As receipts, contracts and spreadsheets write it: `¥3,278-`, `金3,278円也`, `3,278円（税込）`, `3278.0`."""


def show(value: int, language: str) -> str | Message:
    """Return the amount as the language writes it: a Message with the digits, whose word for yen comes from the catalog.

    >>> show(3278, "ja"), str(show(3278, "zh-Hans")), show(3300, "ja-Hira")
    ('3,278円', '¥3,278', 'さんぜん さんびゃく えん')
    """
    if language == "ja-Hira":
        return reading.yen(value)
    return f"{value:,}円" if language == "ja" else say("¥%(amount)s", amount=with_thousands_separators(value, language))


def with_thousands_separators(value: int, language: str) -> str:
    """Return a number with the thousands separators of the language.

    >>> with_thousands_separators(3278, "vi")
    '3.278'
    """
    from babel.numbers import format_decimal

    return format_decimal(value, locale=locale(language))


def remarks(value: int) -> Iterator[Remark]:
    """Yield a warning if the amount is larger than most phone bills.

    >>> len(list(remarks(3278))), len(list(remarks(327_800)))
    (0, 1)
    """
    if value > PLAUSIBLE:
        yield Remark(say("the amount is very large"), say("check whether there is one 0 too many"))
