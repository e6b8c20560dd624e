"""When a request is handled, when the line ends, until when it is paid, and what ending costs. Dates and rules in, dates out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from simforms.knowledge.fact_kinds import Billing, Effective, Fee, Way
from simforms.planning.days import (
    DAY,
    Days,
    business_day,
    business_days_later,
    closing_day,
    day_of_month,
    month_end,
    months_later,
    period_end,
)
from simforms.planning.scopes import Traits, met

NOON = time(12)
"""The hour that a later day is worked out for: inside every window."""
FEBRUARY = 2
Status = Literal["due", "perhaps", "not due"]


@dataclass(frozen=True)
class Due:
    """A fee for ending early, on a day."""

    name: str
    fact: Fee
    status: Status
    free_from: date | None = None
    """The first day on which it is no longer due; None where that day is not known or never comes."""
    free_latest: date | None = None
    """The same by pages that disagree, where it is later."""


def usable(way: Way | None, hour: time | None) -> bool:
    """Return whether a request can still be made on the day of this hour."""
    return not (way and way.outside == "closed" and way.closes and hour and hour >= way.closes)


def limit(way: Way | None) -> time | None:
    """Return the hour after which a request counts for a later day."""
    return (way.after or (way.closes if way.outside else None)) if way else None


def late(way: Way | None, hour: time) -> bool:
    """Return whether a request at this hour counts for a later day. One in the very minute of `after` is still in time."""
    if not way:
        return False
    return bool((way.after and hour > way.after) or (way.outside and way.closes and hour >= way.closes))


def handled(way: Way | None, day: date, hour: time | None) -> Days:
    """Return the day on which a request is handled: a range where it depends on an hour that is not known."""
    if hour is None:
        return Days(day, _later(way, day) if limit(way) else day)
    if late(way, hour):
        return Days.on(_later(way, day))
    if way and way.outside == "next-business-day" and way.opens and hour < way.opens:
        return Days(business_day(day), _later(way, day))
    return Days.on(day)


def _later(way: Way | None, day: date) -> date:
    return business_days_later(day, 1) if way and way.outside == "next-business-day" else day + DAY


def end(rule: Effective | None, day: date, hour: time | None, *, start: date | None, wish: date | None) -> Days | None:
    """Return the day on which the line ends after a request handled on a day; None where no rule is known."""
    if rule is None:
        return None
    if rule.rule == "same-day":
        slipped = {"": day, "next-day": day + DAY}
        return Days(day, slipped[rule.slips] if rule.slips in slipped else business_days_later(day, 1))
    if rule.rule == "month-end":
        return _month_end(rule, day, hour, start)
    if rule.rule == "chosen-day":
        return Days.on(max(wish or day, day))
    if rule.rule == "renewal" and start:
        return Days.on(_renewal(rule, day, start))
    return None


def _month_end(rule: Effective, day: date, hour: time | None, start: date | None) -> Days:
    last = last_request(rule, day)
    on_the_day = day == last and rule.at is not None
    first_use = month_end(start) if start else date.min
    this, following = max(month_end(day), first_use), max(month_end(day, 1), first_use)
    if day > last or (on_the_day and hour and rule.at and hour > rule.at):
        return Days.on(following)
    return Days(this, following if on_the_day and hour is None else this)


def last_request(rule: Effective, day: date) -> date:
    """Return the last day for a request in the month of a day."""
    by = rule.february if rule.february and day.month == FEBRUARY else rule.by
    if by == "last-1":
        return month_end(day) - DAY
    return day_of_month(day, int(by)) if by.isdigit() else month_end(day)


def barred(rule: Effective | None, day: date, hour: time | None) -> bool:
    """Return whether no request is accepted any more in the month of a day."""
    if not rule or rule.outside != "closed":
        return False
    last = last_request(rule, day)
    return day > last or bool(day == last and rule.at and hour and hour > rule.at)


def _renewal(rule: Effective, day: date, start: date) -> date:
    count = 1
    while _renewal_request(rule, months_later(start, count)) < day:
        count += 1
    return months_later(start, count) - DAY


def _renewal_request(rule: Effective, renewed: date) -> date:
    last = renewed - int(rule.by or 0) * DAY
    return business_day(last, -1 if rule.on_rest_day == "before" else 1) if rule.on_rest_day else last


def paid(billing: Billing | None, ended: Days | None, *, closing: str | None, start: date | None) -> Days | None:
    """Return the last day that is paid for; None where that is not known."""
    if not billing or not ended or not billing.last:
        return None
    if billing.last in {"by-day", "by-use"}:
        return ended
    first, last = _month_of(billing, ended.first, closing, start), _month_of(billing, ended.last, closing, start)
    return Days(first, last) if first and last else None


def _month_of(billing: Billing, day: date, closing: str | None, start: date | None) -> date | None:
    if billing.closes == ("start-day",):
        return period_end(day, start) if start else None
    if len(billing.closes) < 2:  # noqa: PLR2004 - one for all; a page that names none means the month
        return closing_day(day, billing.closes[0] if billing.closes else "last")
    return closing_day(day, closing) if closing else None


def fees(known: Iterable[tuple[str, Fee]], begun: date | None, day: date, traits: Traits) -> tuple[Due, ...]:
    """Return the fees for ending early, if the line ends on a day; `begun` is the day of the contract."""
    early = [(name, fee) for name, fee in known if _early(fee)]
    sums = {_period(fee) for _, fee in early if fee.yen is not None}
    return tuple(_due(name, fee, begun, day, traits) for name, fee in early if fee.yen is not None or _period(fee) not in sums)


def _period(fee: Fee) -> tuple[object, ...]:
    """Return whose fee it is and for how long: one without a sum says more about the fee of the same people and time."""
    return fee.since, fee.until, fee.months, tuple(sorted(fee.only.items()))


def _early(fee: Fee) -> bool:
    """Return whether it is a fee for ending, not another rule about money or a sentence about when a fee is free."""
    return fee.yen is not None or fee.months is not None or bool(fee.perhaps)


def _due(name: str, fee: Fee, begun: date | None, day: date, traits: Traits) -> Due:
    fits = met(fee.only, traits)
    if fits is False or fee.yen == 0:
        return Due(name, fee, "not due")
    if begun is None and (fee.since or fee.until or fee.months is not None):
        return Due(name, fee, "perhaps")
    if begun and ((fee.since and begun < fee.since) or (fee.until and begun > fee.until)):
        return Due(name, fee, "not due")
    free = free_from(fee, begun) if begun else None
    latest = _free_by_others(fee, begun) if begun and free else None
    if free and day >= free:
        return Due(name, fee, "perhaps", latest) if latest and day < latest else Due(name, fee, "not due", free)
    return Due(name, fee, "perhaps" if fee.perhaps or fee.disputed or fits is None else "due", free, latest)


def _free_by_others(fee: Fee, begun: date) -> date | None:
    """Return the first day without the fee by pages that disagree about how long it is charged, if it is later."""
    doubt = fee.doubt if fee.disputed else None
    free, theirs = free_from(fee, begun), free_from(doubt, begun) if isinstance(doubt, Fee) else None
    return theirs if free and theirs and theirs > free else None


def free_from(fee: Fee, begun: date) -> date | None:
    """Return the first day without the fee: the anniversary where the page says so, else the day after it."""
    if fee.months is None:
        return None
    if fee.months == 0:
        return month_end(begun) + DAY
    return months_later(begun, fee.months) + (DAY if fee.free != "day" else 0 * DAY)
