"""The only place that reads the clock. Everything is decided by the day and the hour in Japan, wherever the machine is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

JAPAN = timezone(timedelta(hours=9))
"""Japan has no summer time."""


FIRST_YEAR, LAST_YEAR = 1000, 9000
"""A calendar begins with the year 1 and ends with 9999: every day that is calculated from a moment between these exists."""


@dataclass(frozen=True)
class Now:
    """A moment in Japan. Without a time, the hour is not known: whatever depends on it has two outcomes.

    Raises ValueError for a year so early or so late that nothing can be calculated from it.
    """

    day: date
    time: time | None = None

    def __post_init__(self) -> None:
        if self.day.year > LAST_YEAR:
            raise ValueError(f"the year {self.day.year} is too late: at most {LAST_YEAR}")
        if self.day.year < FIRST_YEAR:
            raise ValueError(f"the year {self.day.year} is too early: at least {FIRST_YEAR}")


def now() -> Now:
    """Return the moment, to the minute."""
    return in_japan(datetime.now(JAPAN))


def today() -> date:
    """Return the day in Japan."""
    return now().day


def in_japan(instant: datetime) -> Now:
    """Return the moment of an instant. Raises ValueError where it has no zone (no machine's own zone is guessed), and as `Now`.

    >>> in_japan(datetime.fromisoformat("2027-02-28T12:30:00+00:00"))
    Now(day=datetime.date(2027, 2, 28), time=datetime.time(21, 30))
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone, such as datetime.now(UTC); a day alone leaves the hour open")
    try:
        there = instant.astimezone(JAPAN)
    except OverflowError:  # an hour before the first day of the calendar, or after its last
        there = instant
    return Now(there.date(), there.time().replace(second=0, microsecond=0))


def written(text: str) -> Now:
    """Return the moment that a text means: `2027-07-20`, `2027-07-20T19:30` in Japan, or an instant with its zone.

    Raises ValueError.

    >>> written("2027-03-31T17:10+02:00")
    Now(day=datetime.date(2027, 4, 1), time=datetime.time(0, 10))
    """
    if "T" not in text and " " not in text:
        return Now(date.fromisoformat(text))
    instant = datetime.fromisoformat(text)
    return in_japan(instant if instant.tzinfo else instant.replace(tzinfo=JAPAN))
