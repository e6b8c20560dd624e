"""A date (日付) with a western year, or a year of the Japanese eras 令和, 平成, 昭和.

The eras begin on 1926-12-25, 1989-01-08 and 2019-05-01 (元号を改める政令; https://www8.cao.go.jp/chosei/gengou/index.html).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from simforms.errors import ValueProblem
from simforms.language import kana as reading
from simforms.language.locales import locale
from simforms.language.normalize import folds
from simforms.messages import say

ERAS = (("令和", "R", date(2019, 5, 1)), ("平成", "H", date(1989, 1, 8)), ("昭和", "S", date(1926, 12, 25)))

FIRST_YEAR, LAST_YEAR = 1800, 2100
"""Far more than a case needs; whatever is worked out from a day between them is a day too."""

READ_AS = True
_ERA = "令和|平成|昭和|[RHS令平昭]"


@folds("width", "apostrophe", labels=("生年月日", "誕生日", "日付", "DOB"))
def parse(text: str) -> date:
    """Return the date.

    >>> parse("20261220"), parse("２０２６年１２月２０日"), parse("令和8年12月20日")
    (datetime.date(2026, 12, 20), datetime.date(2026, 12, 20), datetime.date(2026, 12, 20))
    """
    typed = _MIDNIGHT.sub("", _BORN.sub("", _kanji_digits(text)))
    if twice := _WITH_ERA.fullmatch(typed):
        return _agreed(*twice.groups())
    plain_text = re.sub(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", typed, flags=re.ASCII)
    parts = re.fullmatch(
        rf"(\d{{4}}|(?:{_ERA})\s*(?:\d{{1,2}}|元))[-/._年]\s*(\d{{1,2}})[-/._月]\s*(\d{{1,2}})[日号號]?",
        plain_text,
        re.ASCII,
    )
    if re.match(r"(中華)?民[國国]|1\d\d[-/.]|\d{2,3}年", typed):
        raise ValueProblem(
            say("the year is not in the Western calendar"),
            say("write the Western year, e.g. 2026-12-20; 民國115 and 令和8 are both 2026"),
        )
    dated = not parts and _YEAR.search(typed)
    if dated and (read := _in_words(typed)):
        return parse(read)
    if dated and (split := _without_weekday(typed)):
        return _on_weekday(parse(split[0]), split[1])
    if not parts and (read := _year_last(plain_text)):
        return parse(read)
    if not parts and re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{2}|\d{4})", plain_text, re.ASCII):
        raise ValueProblem(say("it is not clear which number is the month"), say("write year-month-day, e.g. 2026-12-20"))
    if not parts:
        raise ValueProblem(say("this is not a date"), say("write year-month-day, e.g. 2026-12-20"))
    try:
        day = _date(parts[1], int(parts[2]), int(parts[3]))
    except ValueError:
        raise ValueProblem(
            say("there is no such date"), say("check the calendar, and write year-month-day, e.g. 2026-12-20")
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        what = say("the year is not between %(first)s and %(last)s", first=FIRST_YEAR, last=LAST_YEAR)
        raise ValueProblem(what, say("write year-month-day, e.g. 2026-12-20"))
    return day


def _kanji_digits(text: str) -> str:
    """Return a day whose numbers are kanji with plain ones.

    >>> _kanji_digits("一九九〇年五月十日"), _kanji_digits("二〇二六年十二月二十日"), _kanji_digits("R8.1.2")
    ('1990年5月10日', '2026年12月20日', 'R8.1.2')
    """
    return re.sub(r"[〇零一二三四五六七八九十]+(?=[年月日])", lambda found: _number(found[0].replace("零", "〇")), text)


def _number(kanji: str) -> str:
    tens, ten, ones = kanji.rpartition("十")
    digits = "".join(str("〇一二三四五六七八九".index(sign)) for sign in (ones if ten else kanji))
    return str((int(_number(tens)) if tens else 1) * 10 + int(digits or 0)) if ten else digits


_YEAR = re.compile(rf"\d{{4}}|(?:{_ERA})\s*(?:\d|元)", re.ASCII)
"""No text without it is a day; to look for names of months and weekdays takes longer than all the rest."""
_MIDNIGHT = re.compile(r"[T ]\s*0{1,2}:00(:00(\.0+)?)?Z?$")
"""What a spreadsheet writes after a day."""
_BORN = re.compile(r"(?<=日)\s*(生まれ|生)$")
_WITH_ERA = re.compile(r"(.*日)\s*\(((?:令和|平成|昭和)(?:\d{1,2}|元)年\d{1,2}月\d{1,2}日)\)")
"""What a form writes: a day, and the same day with its era."""


def _agreed(day: str, with_era: str) -> date:
    """Return the day that is written in two ways."""
    if (read := parse(day)) != parse(with_era):
        raise ValueProblem(say("there is no such date"), say("check the calendar, and write year-month-day, e.g. 2026-12-20"))
    return read


def _year_last(text: str) -> str:
    """Return a day with its year at the end as 2026-12-20, if there is one way only to read it; empty otherwise.

    >>> _year_last("25.3.1992"), _year_last("3/25/1992"), _year_last("5/3/1992"), _year_last("25/13/1992")
    ('1992-3-25', '1992-3-25', '', '')
    """
    parts = re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", text, re.ASCII)
    if not parts:
        return ""
    first, second = int(parts[1]), int(parts[3])
    months = {month: day for month, day in ((first, second), (second, first)) if month <= _MONTHS}
    [(month, day), *others] = months.items() or [(0, 0)]
    return f"{parts[4]}-{month}-{day}" if month and not others else ""


_MONTHS = 12


def _without_weekday(text: str) -> tuple[str, str] | None:
    """Return a day, and the name of its weekday, in any language in which days are shown.

    >>> _without_weekday("1990-05-01(火)"), _without_weekday("Tuesday, May 1, 1990"), _without_weekday("5월")
    (('1990-05-01', '火'), ('May 1, 1990', 'Tuesday'), None)
    """
    words = "|".join(map(re.escape, sorted(_weekdays(), key=len, reverse=True)))
    found = re.search(rf"^({words})[\s.,]+|\s*\(({words})\)$|(?<=[日일.])\s*({words})$", text, re.IGNORECASE)
    return (text[: found.start()] + text[found.end() :], found[found.lastindex or 0]) if found else None


def _on_weekday(day: date, name: str) -> date:
    if day.weekday() not in _weekdays()[name.casefold()]:
        raise ValueProblem(say("there is no such date"), say("check the calendar, and write year-month-day, e.g. 2026-12-20"))
    return day


@cache
def _weekdays() -> Mapping[str, frozenset[int]]:
    """Return the days of a week, from 0 for Monday, by their names."""
    from babel.dates import get_day_names

    found: dict[str, frozenset[int]] = {}
    for language in ("ja", *_LANGUAGES):
        for width in ("wide", "abbreviated"):
            for number, name in get_day_names(width, "format", locale(language)).items():
                plain = str(name).rstrip(".").casefold()
                found[plain] = found.get(plain, frozenset()) | {number}
    return found


_LANGUAGES = ("en", "ko", "vi", "zh-Hans")
"""Those in which a day is shown in another way than the Japanese one, with numbers and words (`show`)."""


def _in_words(text: str) -> str:
    """Return a day as `show` writes it in any language as 2026-12-20; empty where it is none."""
    for language in _LANGUAGES:
        for pattern, months in _shown(language):
            if found := pattern.fullmatch(text.casefold()):
                month = found["month"]
                return f"{found['year']}-{months.get(month, month)}-{found['day']}"
    return ""


_MORE = {"en": ["d MMMM y", "d MMM y", "MMMM d y", "MMM d y", "y MMMM d"], "vi": ["'ngày' d 'tháng' M 'năm' y"]}
"""What people write besides."""


@cache
def _shown(language: str) -> tuple[tuple[re.Pattern[str], Mapping[str, int]], ...]:
    """Return the ways in which a language writes a day, each with its names of months."""
    from babel.dates import get_date_format, get_month_names

    name = locale(language)
    named = {
        str(word).casefold().rstrip("."): number
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, word in get_month_names(width, context, name).items()
    }
    written = [_PATTERNS.get(language, ""), *(get_date_format(form, name).pattern for form in ("long", "medium"))]
    written += _MORE.get(language, [])
    return tuple((re.compile(_as_expression(pattern, named), re.ASCII), named) for pattern in written if pattern)


def _as_expression(pattern: str, named: Mapping[str, int]) -> str:
    """Return the regular expression of a pattern of Babel's, in which spaces, commas and full stops are free."""
    words = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    parts = {"y": r"(?<!\d)(?P<year>\d{4})", "d": r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of\b)?"}
    parts["M"] = r"(?<!\d)(?P<month>\d{1,2})"
    found = []
    for token in re.findall(r"'[^']*'|y+|M+|d+|[^'yMd]+", pattern):
        if token[0] in parts:
            found.append(rf"0?(?P<month>{words})" if token.startswith("MMM") else parts[token[0]])
        else:
            found.append(r"[\s,./-]*".join(map(re.escape, re.findall(r"\w", token.strip("'").casefold()))))
    return r"[\s,./-]*".join(found) + r"[\s.]*"


def _date(year: str, month: int, day_of_month: int) -> date:
    if year.isdigit():
        return date(int(year), month, day_of_month)
    for index, (era, letter, begin) in enumerate(ERAS):
        if year.startswith((era[0], letter)):
            count = year.removeprefix(era).removeprefix(era[0]).removeprefix(letter).strip()
            day = date(begin.year + (1 if count == "元" else int(count)) - 1, month, day_of_month)
            if day < begin or (index and day >= ERAS[index - 1][2]):
                raise ValueError
            return day
    raise ValueError


def show(value: date, language: str) -> str:
    """Return the date as the language writes it.

    >>> day = date(2026, 12, 20)
    >>> show(day, "ja"), show(day, "zh-Hans"), show(day, "en")
    ('2026年12月20日', '2026年12月20日', '20 December 2026')
    """
    if language == "ja-Hira":
        return reading.day(value)
    if language == "ja":
        return f"{value.year}年{value.month}月{value.day}日"
    from babel.dates import format_date

    return format_date(value, _PATTERNS.get(language, "long"), locale=locale(language))


_PATTERNS = {"vi": "d 'tháng' M 'năm' y"}
"""Where Babel's long format is not the one used in letters."""


def form(value: date) -> str:
    """Return the date as a Japanese form writes it: with the western year, then with the era.

    >>> form(date(2026, 12, 20)), form(date(2019, 5, 1))
    ('2026年12月20日（令和8年12月20日）', '2019年5月1日（令和元年5月1日）')
    """
    western = show(value, "ja")
    for era, _, begin in ERAS:
        if value >= begin:
            year = value.year - begin.year + 1
            return f"{western}（{era}{'元' if year == 1 else year}年{value.month}月{value.day}日）"
    return western
