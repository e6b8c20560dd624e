"""A day (日付): western years, or the Japanese eras 令和, 平成, 昭和.

The eras begin on 1926-12-25, 1989-01-08 and 2019-05-01 (元号を改める政令; https://www8.cao.go.jp/chosei/gengou/index.html).
"""

from __future__ import annotations

import re
from datetime import date

from simforms.errors import ValueProblem
from simforms.language import kana as reading
from simforms.language.locales import locale
from simforms.language.normalize import normalized
from simforms.messages import say

ERAS = (("令和", "R", date(2019, 5, 1)), ("平成", "H", date(1989, 1, 8)), ("昭和", "S", date(1926, 12, 25)))

READ_AS = True


def parse(text: str) -> date:
    """Return the day.

    >>> parse("20261220"), parse("２０２６年１２月２０日"), parse("令和8年12月20日")
    (datetime.date(2026, 12, 20), datetime.date(2026, 12, 20), datetime.date(2026, 12, 20))
    """
    plain_text = re.sub(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", normalized(text), flags=re.ASCII)
    found = re.fullmatch(
        r"(\d{4}|(?:令和|平成|昭和|[RHS])\s*(?:\d{1,2}|元))[-/.年]\s*(\d{1,2})[-/.月]\s*(\d{1,2})日?",
        plain_text,
        re.ASCII,
    )
    if re.match(r"(中華)?民[國国]|1\d\d[-/.]|\d{2,3}年", normalized(text)):
        raise ValueProblem(
            say("the year is not a western one"),
            say("write the western year, e.g. 2026-12-20; 民國115 and 令和8 are both 2026"),
        )
    if not found:
        raise ValueProblem(say("this is not a date"), say("write year-month-day, e.g. 2026-12-20"))
    try:
        return _in_year(found[1], int(found[2]), int(found[3]))
    except ValueError:
        raise ValueProblem(
            say("there is no such day"), say("look at the calendar; write year-month-day, e.g. 2026-12-20")
        ) from None


def _in_year(year: str, month: int, of_month: int) -> date:
    if year.isdigit():
        return date(int(year), month, of_month)
    for index, (era, letter, begin) in enumerate(ERAS):
        if year.startswith((era, letter)):
            count = year.removeprefix(era).removeprefix(letter).strip()
            day = date(begin.year + (1 if count == "元" else int(count)) - 1, month, of_month)
            if day < begin or (index and day >= ERAS[index - 1][2]):
                raise ValueError
            return day
    raise ValueError


def show(value: date, language: str) -> str:
    """Return the day as the language writes it.

    >>> day = date(2026, 12, 20)
    >>> show(day, "ja"), show(day, "zh-Hans"), show(day, "en")
    ('2026年12月20日', '2026年12月20日', '20 December 2026')
    """
    if language == "ja-Hira":
        return reading.day(value)
    if language == "ja":
        return f"{value.year}年{value.month}月{value.day}日"
    from babel.dates import format_date  # noqa: PLC0415 - only what is printed pays for it

    return format_date(value, _PATTERNS.get(language, "long"), locale=locale(language))


_PATTERNS = {"vi": "d 'tháng' M 'năm' y"}
"""Where the library's long form is not the one of letters."""


def form(value: date) -> str:
    """Return the day as a form writes it: the western year, then the era.

    >>> form(date(2026, 12, 20)), form(date(2019, 5, 1))
    ('2026年12月20日（令和8年12月20日）', '2019年5月1日（令和元年5月1日）')
    """
    western = show(value, "ja")
    for era, _, begin in ERAS:
        if value >= begin:
            year = value.year - begin.year + 1
            return f"{western}（{era}{'元' if year == 1 else year}年{value.month}月{value.day}日）"
    return western
