"""The days on which one can act, each worked out to its end, and the one that is proposed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from simforms.knowledge.fact_kinds import Billing, Effective, Fee
from simforms.knowledge.fact_kinds import Way as WayFact
from simforms.planning.days import DAY, Days, business_day, open_on
from simforms.planning.ends import NOON, Due, barred, end, fees, handled, last_request, late, limit, paid, usable
from simforms.planning.scopes import met
from simforms.planning.situation import Situation

HORIZON = timedelta(days=75)
"""So far ahead every day is worked out: two month ends and the fee of a contract that is nearly a year old."""


@dataclass(frozen=True)
class Rules:
    """What decides the days of one way."""

    way: WayFact | None
    """With the hours of its desk, where it states none of its own."""
    effective: Effective | None
    billing: Billing | None
    closed_on: Collection[str] = ()
    """The days on which its desk does not answer."""


@dataclass(frozen=True)
class Moment:
    """What a request brings that is made on a day: a range where something is not certain."""

    day: date
    handled: Days
    before: time | None = None
    """The hour on that day after which another outcome holds."""
    after: bool = False
    """Whether it is after that hour."""
    end: Days | None = None
    paid: Days | None = None
    """The last day that is paid for; None where that is not known."""
    fees: tuple[Due, ...] = ()

    @property
    def due(self) -> tuple[Due, ...]:
        """The fees that are charged, or may be."""
        return tuple(fee for fee in self.fees if fee.status != "not due")

    @property
    def charged(self) -> int:
        """How many fees are charged for certain."""
        return sum(fee.status == "due" for fee in self.fees)


def rule(situation: Situation) -> Effective | None:
    """Return the rule on the end of the line that is about this case; None where none is known to be."""
    known = (one for one in situation.carrier.ends if one.printable and one.rule != "unknown" and situation.bound_by(one))
    return next((one for one in known if met(one.only, situation.traits) is True), None)


def moments(situation: Situation, rules: Rules) -> tuple[Moment, ...]:
    """Return what a request brings, first now, then later today, then on each day ahead; days that are closed are left out."""
    now, found = situation.now, []
    if usable(rules.way, now.time) and _accepted(rules, now.day, now.time):
        found.append(_moment(situation, rules, now.day, now.time))
        cut = limit(rules.way) if now.day == found[0].day else None
        if cut and now.time and not late(rules.way, now.time) and not (rules.way and rules.way.outside == "closed"):
            found.append(_moment(situation, rules, now.day, time.max))
    ahead = (situation.departure, situation.given("cancellation.date"), now.day + HORIZON)
    last = max(day for day in ahead if day)
    day = now.day + DAY
    while day <= min(last, now.day + 8 * HORIZON):
        if _accepted(rules, day, NOON):
            found.append(_moment(situation, rules, day, NOON))
        day += DAY
    return tuple(found)


def _accepted(rules: Rules, day: date, hour: time | None) -> bool:
    """Return whether a request can be made on a day: somebody answers, and the company does not wait for the next month."""
    return open_on(day, rules.closed_on) and not barred(rules.effective, day, hour)


def _moment(situation: Situation, rules: Rules, day: date, hour: time | None) -> Moment:
    start = situation.given("line.start_date")
    known = handled(rules.way, day, hour)
    wish = situation.given("cancellation.date")
    ends = [end(rules.effective, one, hour, start=start, wish=wish) for one in (known.first, known.last)]
    ended = Days.among(day for one in ends if one for day in (one.first, one.last))
    begun = situation.contract_date
    return Moment(
        day,
        known,
        before=limit(rules.way) or _hour_of(rules.effective, day, hour),
        after=hour is not None and late(rules.way, hour),
        end=ended,
        paid=paid(rules.billing, ended, closing=situation.given("line.closing_day"), start=start),
        fees=fees(_fees(situation), begun, ended.first if ended else day, situation.traits),
    )


def _hour_of(effective: Effective | None, day: date, hour: time | None) -> time | None:
    """Return the hour of the rule, if it is one of this day and still to come."""
    if not effective or not effective.at or effective.rule != "month-end" or last_request(effective, day) != day:
        return None
    return effective.at if hour is None or hour <= effective.at else None


def _fees(situation: Situation) -> Iterator[tuple[str, Fee]]:
    """Yield the fees for ending; others are for what comes back late, or for another aim."""
    for name, fee in situation.carrier.fees.items():
        ends = fee.due_on == "end" and "end-line" in fee.only.get("aim", ("end-line",))
        if ends and fee.printable and situation.bound_by(fee):
            yield name, fee


def proposed(found: Sequence[Moment], situation: Situation, rules: Rules) -> Moment | None:
    """Return the moment to act: never dearer than another that is shown, unless a day is wished or a sum is not known."""
    wish, same_day = situation.given("cancellation.date"), bool(rules.effective and rules.effective.rule == "same-day")
    last = None if wish else _before_flight(situation)
    able = [one for one in found if (not last or one.day <= last) and not (wish and one.end and one.end.first > wish)]
    able = able or list(found[:1])
    if not able:
        return None
    if wish and same_day:
        in_time = [one for one in able if one.end and one.end.last <= wish]
        return in_time[-1] if in_time else next((one for one in able if one.end and one.end.first == wish), able[0])
    best = able[0]
    for one in able[1:]:
        if _cheaper(one, best, rules.billing):
            best = one
    equal = [one for one in able if _known(one, rules.billing) and _cost(one, rules.billing) == _cost(best, rules.billing)]
    if not (last and same_day):
        return best
    return next((one for one in reversed(equal) if one.day == business_day(one.day) and not one.after), best)


def _before_flight(situation: Situation) -> date | None:
    """Return the last business day before the holder leaves, or today."""
    flight = situation.departure
    return max(situation.today, business_day(flight - DAY, -1)) if flight else None


def _known(one: Moment, billing: Billing | None) -> bool:
    return bool(billing and billing.last) and (one.paid is not None or (billing is not None and billing.last != "full"))


def _cost(one: Moment, billing: Billing | None) -> tuple[object, ...]:
    """Return what can be compared: by the day or by use, the days paid for are the days used."""
    return (one.charged, one.paid) if billing and billing.last == "full" else (one.charged,)


def _cheaper(one: Moment, best: Moment, billing: Billing | None) -> bool:
    """Return whether a later moment saves a fee and costs no further month."""
    if not (_known(one, billing) and _known(best, billing)) or one.charged >= best.charged:
        return False
    if one.paid and best.paid and billing and billing.last == "full":
        return one.paid.first <= best.paid.first and one.paid.last <= best.paid.last
    return one.day.replace(day=1) == best.day.replace(day=1)
