"""The days that matter, each with its rule: estimates, never promises."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from simforms.knowledge.facts import Fact
from simforms.messages import Message, say

if TYPE_CHECKING:
    from simforms.planning.situation import Situation

EIGHT_DAYS = timedelta(days=7)
"""Day 1 counts: the last day is seven days later (start 2 January, last day 9 January)."""
BILLS_LAG = 2
"""Months for which bills and refunds may still come after the end."""
_BANKS_REST = {(12, 31), (1, 1), (1, 2), (1, 3)}
"""Month and day, besides weekends and public holidays (銀行法施行令 5)."""


@dataclass(frozen=True)
class Deadline:
    """A day, what happens or must have happened, and the fact it rests on."""

    id: str
    day: date
    what: Message
    fact: Fact | None = None


def deadlines(situation: Situation) -> tuple[Deadline, ...]:
    """Return the days in their order."""
    found = [*_eight_days(situation), *_departure(situation)]
    if situation.wants_to_end:
        found += [*_request(situation), *_end(situation)]
    return tuple(sorted(found, key=lambda one: (one.day, one.id)))


def end_of_line(situation: Situation) -> date | None:
    """Return the day on which the line is thought to end; None where no rule is known."""
    effective, wished = situation.carrier.effective, situation.given("cancellation.date")
    if situation.ends_by_itself:
        return expiry(situation)
    if not effective or effective.print == "never" or effective.rule in {"closed", "unknown"}:
        return None
    request = request_day(situation)
    if effective.rule == "month-end":
        late = effective.by_day is not None and request.day > effective.by_day
        end = month_end(request, 1 if late else 0)
        return max(end, month_end(wished, 0)) if wished else end
    return max(request, wished) if wished else request


def request_day(situation: Situation) -> date:
    """Return the day on which the request is thought to be made: before leaving Japan, else today."""
    departure = situation.given("person.departure_date")
    if departure and departure > situation.today and not situation.given("cancellation.date"):
        return max(situation.today, business_day(departure - timedelta(days=1), -1))
    return situation.today


def expiry(situation: Situation) -> date | None:
    """Return the day on which a prepaid line ends by itself."""
    if stated := situation.given("line.expiry_date"):
        return stated  # type: ignore[no-any-return] # the field's type is a day
    start, effective = situation.given("line.start_date"), situation.carrier.effective
    if start and effective and effective.days:
        return start + timedelta(days=effective.days - 1)  # type: ignore[no-any-return] # the same
    return None


def month_end(day: date, months: int) -> date:
    """Return the last day of the month so many months later.

    >>> month_end(date(2028, 1, 31), 1)
    datetime.date(2028, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month.

    >>> months_later(date(2026, 12, 31), 2)
    datetime.date(2027, 2, 28)
    """
    last = month_end(day, months)
    return last.replace(day=min(day.day, last.day))


def business_day(day: date, step: int, *, bank: bool = False) -> date:
    """Return the nearest business day on or after (step 1) or on or before (step -1) a day.

    Banks also rest from 31 December to 3 January.

    >>> business_day(date(2027, 1, 1), 1, bank=True), business_day(date(2026, 11, 23), -1)
    (datetime.date(2027, 1, 4), datetime.date(2026, 11, 20))
    """
    while day.weekday() >= 5 or _is_holiday(day, bank=bank):  # noqa: PLR2004 - Saturday
        day += timedelta(days=step)
    return day


@cache
def _is_holiday(day: date, *, bank: bool) -> bool:
    import jpholiday  # noqa: PLC0415 - only a plan pays for it

    return (bank and (day.month, day.day) in _BANKS_REST) or jpholiday.is_holiday(day)


def _eight_days(situation: Situation) -> Iterator[Deadline]:
    right, last = situation.carrier.first_days, last_of_eight(situation)
    if not right or not last:
        return
    if right.regime == "free":
        what = say("Last day to leave without a reason (8-day exit). A notice counts when it is sent.")
    else:
        what = say("Last day to leave for a bad signal, a poor explanation or missing papers (8-day exit).")
    yield Deadline("eight-days", last, what, right)


def last_of_eight(situation: Situation) -> date | None:
    """Return the last day of the eight, where the brand gives the right and it is not over."""
    right, first = situation.carrier.first_days, first_day(situation)
    if not right or not first or right.print == "never" or right.regime not in {"free", "conditional"}:
        return None
    if right.lines == "voice" and situation.given("line.use") == "data":
        return None
    last = first + EIGHT_DAYS
    return last if last >= situation.today else None


def first_day(situation: Situation) -> date | None:
    """Return day 1 of the eight days, by the brand's own count; where that is not known, the earlier date."""
    right, start, papers = situation.carrier.first_days, situation.given("line.start_date"), situation.given("line.document_date")
    if not right:
        return None
    electronic = situation.given("line.notice") == "electronic"
    counted = {
        "start": [start],
        "contract": [start],
        "notice": [papers],
        "later": [max(filter(None, (start, papers)), default=None)],
    }.get(right.counts_from, [])
    if electronic and right.counts_from == "later":
        counted = [start]  # an electronic notice can start the count at the service start alone
    return next(filter(None, counted), None) or min(filter(None, (start, papers)), default=None)


def _request(situation: Situation) -> Iterator[Deadline]:
    effective, today = situation.carrier.effective, situation.today
    if (
        situation.ends_by_itself
        or not effective
        or effective.print == "never"
        or effective.rule != "month-end"
        or not effective.by_day
    ):
        return
    this_month = today.day <= effective.by_day
    by = today.replace(day=effective.by_day) if this_month else _next_month(today, effective.by_day)
    end = month_end(by, 0)
    yield Deadline("request-by", by, say("Apply by this day to end on %(day)s; later means a month more.", day=end), effective)


def _next_month(today: date, of_month: int) -> date:
    last = month_end(today, 1)
    return last.replace(day=min(of_month, last.day))


def _end(situation: Situation) -> Iterator[Deadline]:
    end = end_of_line(situation)
    if not end:
        return
    if situation.ends_by_itself:
        yield Deadline("expiry", end, say("The line ends by itself."), situation.carrier.effective)
        return
    wished = situation.given("cancellation.date") == end
    request = request_day(situation)
    if wished and situation.carrier.effective and situation.carrier.effective.rule == "same-day":
        what = say("Your desired date. The line ends on the day on which you apply: apply on this day.")
    elif wished:
        what = say("The line ends on this day, if your desired date is accepted.")
    elif request > situation.today:
        what = say("The line ends, if you apply on %(day)s, the last business day before you leave.", day=request)
    else:
        what = say("The line ends, if you apply today.")
    yield Deadline("end", end, what, situation.carrier.effective)
    account = business_day(months_later(end, BILLS_LAG), 1, bank=True)
    yield Deadline(
        "account",
        account,
        say("Keep your bank account in Japan open at least until about this day: final bills and refunds come late."),
    )


def _departure(situation: Situation) -> Iterator[Deadline]:
    departure = situation.given("person.departure_date")
    if not departure or departure < situation.today:
        return
    yield Deadline("departure", departure, say("You leave Japan."))
    last, shop = business_day(departure - timedelta(days=1), -1), situation.carrier.channel("shop")
    if last >= situation.today and not (shop and shop.available == "no"):
        yield Deadline(
            "last-visit",
            last,
            say("Last business day before you leave: visit a shop by then, while you have your residence card."),
        )
