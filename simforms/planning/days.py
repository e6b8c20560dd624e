"""Days in Japan: months, rest days, terms and the first eight days. Dates in, dates out."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
EIGHT_DAYS = timedelta(days=7)
"""Day 1 counts: the last day is seven days later (start 2 January, last day 9 January)."""
_BANKS_REST = {(12, 31), (1, 1), (1, 2), (1, 3)}
"""Month and day, besides weekends and public holidays (銀行法施行令 5)."""
_DESKS_REST = _BANKS_REST | {(12, 29), (12, 30)}
"""Consumer desks rest from 29 December to 3 January (消費者ホットライン)."""


@dataclass(frozen=True)
class Days:
    """A day, or a range of days where it is not certain. Both ends are possible."""

    first: date
    last: date

    @classmethod
    def on(cls, day: date) -> Days:
        """Return a single day."""
        return cls(day, day)

    @classmethod
    def among(cls, days: Iterable[date | None]) -> Days | None:
        """Return the range that some days span; None without any."""
        known = sorted(day for day in days if day)
        return cls(known[0], known[-1]) if known else None

    @property
    def certain(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last


def month_end(day: date, months: int = 0) -> date:
    """Return the last day of the month so many months later.

    >>> month_end(date(2028, 1, 31), 1)
    datetime.date(2028, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def day_of_month(day: date, number: int, months: int = 0) -> date:
    """Return a day of the month so many months later, or the last day of that month.

    >>> day_of_month(date(2027, 1, 31), 30, 1)
    datetime.date(2027, 2, 28)
    """
    last = month_end(day, months)
    return last.replace(day=min(number, last.day))


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month.

    >>> months_later(date(2026, 12, 31), 2)
    datetime.date(2027, 2, 28)
    """
    return day_of_month(day, day.day, months)


def after(day: date, days: int = 0, months: int = 0) -> date:
    """Return the day so many months and days later.

    >>> after(date(2027, 1, 31), days=1, months=1)
    datetime.date(2027, 3, 1)
    """
    return months_later(day, months) + days * DAY


def closing_day(day: date, closing: str) -> date:
    """Return the last day of the billing month that a day is in; `closing` is "last" or a day of the month.

    >>> closing_day(date(2027, 7, 21), "20"), closing_day(date(2027, 7, 20), "20"), closing_day(date(2027, 7, 21), "last")
    (datetime.date(2027, 8, 20), datetime.date(2027, 7, 20), datetime.date(2027, 7, 31))
    """
    if closing == "last":
        return month_end(day)
    this = day_of_month(day, int(closing))
    return this if day <= this else day_of_month(day, int(closing), 1)


def period_end(day: date, start: date) -> date:
    """Return the last day of the month, counted from the start of service, that a day is in.

    >>> period_end(date(2027, 2, 10), date(2026, 9, 18)), period_end(date(2027, 3, 1), date(2027, 1, 31))
    (datetime.date(2027, 2, 17), datetime.date(2027, 3, 30))
    """
    count = max(1, (day.year - start.year) * 12 + day.month - start.month)
    while months_later(start, count) <= day:
        count += 1
    return months_later(start, count) - DAY


def business_day(day: date, step: int = 1) -> date:
    """Return the nearest business day on or after (step 1) or on or before (step -1) a day.

    >>> business_day(date(2026, 11, 23), -1)
    datetime.date(2026, 11, 20)
    """
    while _rests(day):
        day += step * DAY
    return day


def business_days_later(day: date, count: int) -> date:
    """Return the day so many business days later.

    >>> business_days_later(date(2026, 11, 20), 1)
    datetime.date(2026, 11, 24)
    """
    for _ in range(count):
        day = business_day(day + DAY)
    return day


def bank_day(day: date) -> date:
    """Return the first day on or after a day on which banks work.

    >>> bank_day(date(2026, 12, 31))
    datetime.date(2027, 1, 4)
    """
    while _rests(day) or (day.month, day.day) in _BANKS_REST:
        day += DAY
    return day


def desk_day(day: date) -> date:
    """Return the first day on or after a day on which a public consumer desk works.

    >>> desk_day(date(2026, 12, 29))
    datetime.date(2027, 1, 4)
    """
    while _rests(day) or (day.month, day.day) in _DESKS_REST:
        day += DAY
    return day


def open_on(day: date, closed_on: Collection[str]) -> bool:
    """Return whether a desk that is closed on such days ("weekend", "holidays", "new-year") answers on a day.

    >>> open_on(date(2027, 5, 5), ["weekend", "holidays"]), open_on(date(2027, 5, 5), ["weekend"])
    (False, True)
    """
    return not (
        ("weekend" in closed_on and day.weekday() >= calendar.SATURDAY)
        or ("new-year" in closed_on and (day.month, day.day) in _DESKS_REST)
        or ("holidays" in closed_on and _holiday(day))
    )


def _rests(day: date) -> bool:
    return day.weekday() >= calendar.SATURDAY or _holiday(day)


@cache
def _holiday(day: date) -> bool:
    import jpholiday  # noqa: PLC0415 - a plan of a weekend does not pay for it

    return bool(jpholiday.is_holiday(day))


def eight_days(
    counts: Mapping[str, str], notice: str | None, start: date | None, papers: date | None, contract: date | None
) -> Days | None:
    """Return the last of the eight days: the safe one, and the last that may hold. None where no day is known.

    `counts` names day 1 by the kind of notice ("paper", "electronic"): the later of start and papers, the start, the notice,
    or the contract. Where a record does not say: on paper the later of both, else either of them.

    >>> eight_days({}, "paper", date(2027, 4, 5), date(2027, 4, 7), None)
    Days(first=datetime.date(2027, 4, 14), last=datetime.date(2027, 4, 14))
    >>> eight_days({"paper": "later"}, None, date(2027, 3, 5), date(2027, 3, 8), None)
    Days(first=datetime.date(2027, 3, 12), last=datetime.date(2027, 3, 15))
    """
    both = [day for day in (start, papers) if day]
    firsts: Mapping[str, list[date] | list[date | None]] = {
        "later": [max(both)] if both else [],
        "start": [start],
        "notice": [papers],
        "contract": [contract],
        "either": both,
    }
    by_law = {"paper": "later", "electronic": "either"}
    rules = [counts.get(notice, by_law[notice])] if notice else [counts.get(kind, "either") for kind in by_law]
    found = Days.among(day for rule in rules for day in firsts[rule]) or Days.among(both)
    return Days(found.first + EIGHT_DAYS, found.last + EIGHT_DAYS) if found else None
