"""The days of a matter, each with what must have happened and the fact it rests on: estimates, never promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from simforms.knowledge.facts import Fact, Term
from simforms.messages import Message, say
from simforms.planning import first_days
from simforms.planning.bills import late_bills
from simforms.planning.days import DAY, Days, bank_day, business_day, day_of_month, desk_day, months_later, period_end
from simforms.planning.ends import end, handled, last_request, paid
from simforms.planning.moments import Moment, Rules
from simforms.planning.scopes import met, named
from simforms.planning.situation import Situation
from simforms.planning.ways import Way, term_end

BILLS_LAG = 2
"""Months for which bills and refunds may still come after the end."""
_POSTED = {"letter", "own-form", "post"}


@dataclass(frozen=True)
class Deadline:
    """A day, and what happens or must have happened by then."""

    id: str
    day: date
    what: Message
    fact: Fact | None = None
    at: time | None = None
    """The hour on that day, where it matters."""


def calendar(  # noqa: PLR0913, PLR0917 - what a matter has been decided from
    aim: str,
    state: str,
    situation: Situation,
    ways: Sequence[Way],
    rules: Rules,
    found: Sequence[Moment],
    best: Moment | None,
) -> tuple[Deadline, ...]:
    """Return the days of a matter in their order."""
    days: list[Deadline] = []
    if aim == "first-days":
        days += exit_days(situation, ways)
    elif aim == "end-line" and state == "by-itself":
        days += [*expiring(situation, rules.effective), *departing(situation)]
    elif aim == "end-line":
        days += [*stated(situation), *ending(situation, rules, found, best)]
    elif aim == "move-number" and state == "open":
        days += survivors(situation)
    elif aim == "confirm":
        days += requested(situation, rules)
    elif aim == "complain":
        days.append(Deadline("desk-opens", desk_day(situation.today), say("The next day on which the public desks work.")))
    elif aim == "final-bill":
        days += account(situation, None, situation.log.day("applied"))
    elif aim == "refund" and state == "open":
        days += windows(situation, ways)
    if aim in {"end-line", "refund"}:
        days += by_terms(situation, best.end.first if best and best.end else None)
    return tuple(sorted(days, key=lambda one: (one.day, one.id)))


def exit_days(situation: Situation, ways: Sequence[Way]) -> Iterator[Deadline]:
    """Yield the last of the eight days: one where the count is known, else the safe one and the last that may hold."""
    found, fact = first_days.window(situation), first_days.right(situation)
    if not found:
        return
    over = first_days.over(situation, situation.today)
    if first_days.counted(situation):
        what = say("The 8 days ended.") if over else say("Last of the 8 days. A notice counts when it is sent.")
        yield Deadline("eight-days", found.last, what, fact)
    elif first_days.unsettled(situation):
        what = say("Perhaps still in time; it depends on a day that the case does not give.")
        yield Deadline("eight-days-perhaps", found.last, what, fact)
    else:
        yield Deadline("eight-days-safe", found.first, say("Safe last day of the 8-day exit, however they are counted."), fact)
        if not found.certain:
            what = say("Perhaps still in time; it depends on how the contract papers came.")
            yield Deadline("eight-days-perhaps", found.last, what, fact)
    if over:
        return
    if situation.traits["ground"] == "signal" and any(way.channel == "desk" for way in ways):
        yield Deadline("signal-support", found.first, say("By then, ask for a check of the signal."), fact)
    counter = business_day(found.first, -1)
    if counter != found.first and counter >= situation.today and any(way.channel in _POSTED and way.works for way in ways):
        yield Deadline("post-counter", counter, say("Last day on which a post office counter is sure to be open."))


def ending(situation: Situation, rules: Rules, found: Sequence[Moment], best: Moment | None) -> Iterator[Deadline]:
    """Yield the days of a line that is to end by an act."""
    yield from _apply_by(situation, rules, found)
    due = found[0].due if found else ()
    if free := max((fee.free_from for fee in due if fee.free_from and fee.free_from > situation.today), default=None):
        yield Deadline("fee-free", free, say("From this day on without the early fee."), due[0].fact)
    if best and best.end:
        yield Deadline("end", best.end.first, say("The line ends, if you apply on %(day)s.", day=best.day), rules.effective)
        if not best.end.certain:
            yield Deadline("end-latest", best.end.last, say("Perhaps the line ends on this day only."), rules.effective)
    if best and best.paid:
        yield Deadline("paid-until", best.paid.last, say("You pay until this day."), rules.billing)
    ended = best.end.last if best and best.end else None
    yield from account(situation, ended)
    yield from departing(situation)


def _apply_by(situation: Situation, rules: Rules, found: Sequence[Moment]) -> Iterator[Deadline]:
    """Yield the last day to apply at the same price, and the end for those who miss it."""
    now, effective = (found[0] if found else None), rules.effective
    what = say("Last day to apply for this end; later means a month more.")
    if now and now.end and effective and effective.rule in {"month-end", "renewal"}:
        same = [one for one in found if one.end == now.end]
        following = next((one.end for one in found if one.end and one.end.last > now.end.last), None)
        at = effective.at if effective.rule == "month-end" else None
        yield Deadline("apply-by", same[-1].day, what, effective, at)
        if following:
            yield Deadline("end-if-later", following.last, say("The line ends, if that day is missed."), effective)
        if effective.counts == "arrival":
            last = last_request(effective, situation.today)
            yield Deadline("item-back", last, say("What goes back must have arrived."), effective)
    elif now and now.end and now.paid and rules.billing and rules.billing.last == "full":
        same = [one for one in found if one.paid and one.paid.last == now.paid.last]
        later = next((one.end for one in found[1:] if one.end and one.end.first > now.end.first), None)
        what = say("Last day to apply without paying for a further month.")
        yield Deadline("apply-by", same[-1].day, what, rules.billing, same[-1].before)
        if later and same[-1].day == now.day:
            yield Deadline("end-if-later", later.first, say("The line ends, if that day is missed."), effective)
    elif not effective and (own := _own_month(situation, rules)):
        yield Deadline("apply-by", own, say("Last day of the month counted from the start of the service."), rules.billing)
    for _, one in situation.carrier.facts():
        before = (day for term in one.terms if term.of == "departure" and (day := _counted(term, situation)))
        yield from (Deadline("apply-by", day, say("Last day to apply before you leave."), one) for day in before if one.printable)
    yield from survivors(situation)


def _own_month(situation: Situation, rules: Rules) -> date | None:
    start = situation.given("line.start_date")
    if not rules.billing or rules.billing.closes != ("start-day",):
        return None
    return period_end(situation.today, start) if start and start <= situation.today else None


def survivors(situation: Situation) -> Iterator[Deadline]:
    """Yield the days by which a second contract must be ended, which would go on and cost."""
    for name, fact in situation.carrier.survives.items():
        if fact.printable and fact.by.isdigit() and met(fact.only, situation.traits) is not False:
            by = day_of_month(situation.today, int(fact.by))
            if by < situation.today:
                by = day_of_month(situation.today, int(fact.by), 1)
            what = say("By then, end the contract that goes on: %(name)s.", name=fact.end or name)
            yield Deadline(f"apply-by.{name}", by, what, fact)


def account(situation: Situation, ended: date | None, requested: date | None = None) -> Iterator[Deadline]:
    """Yield the day until which bills and refunds may still come."""
    if not situation.leaving and situation.given("refund.ground") is None:
        return
    late = late_bills(situation)
    what = say("Keep your bank account or card in Japan at least until then: final bills and refunds come late.")
    if late and late.lag_months and late.lag_day:
        last = day_of_month(requested or situation.today, late.lag_day, late.lag_months)
        yield Deadline("account", bank_day(last), what, late)
    elif ended:
        yield Deadline("account", bank_day(months_later(ended, BILLS_LAG)), what)


def departing(situation: Situation) -> Iterator[Deadline]:
    """Yield the day on which the holder leaves."""
    if situation.departure:
        yield Deadline("departure", situation.departure, say("You leave Japan."))


def expiring(situation: Situation, effective: Fact | None) -> Iterator[Deadline]:
    """Yield the days on which a prepaid line ends by itself: several where its plan is not known."""
    what = say("The line ends by itself.")
    if stated := situation.given("line.expiry_date"):
        yield Deadline("expiry", stated, what, effective)
        return
    for day in _expiries(situation, effective.terms if effective else ()):
        yield Deadline("expiry", day, what, effective)


def _expiries(situation: Situation, terms: Sequence[Term]) -> list[date]:
    plan = situation.given("line.plan") or ""
    fitting = [term for term in terms if plan and named(str(term.days), plan)] or terms
    of = "start" if any(term.of == "start" for term in fitting) else "contract"
    ends = [_counted(term, situation, including=True) for term in fitting if term.of == of]
    return sorted({day for day in ends if day})


def _counted(term: Term, situation: Situation, *, ended: date | None = None, including: bool = False) -> date | None:
    """Return the day that a term ends on. Where the first day counts, as in a plan of 10 days, the last is nine days later."""
    day = term_end(term, situation, ended=ended)
    return day - DAY if day and including and term.days and not term.months else day


def stated(situation: Situation) -> Iterator[Deadline]:
    """Yield the day that stands on a prepaid card, where no fact says that the line ends with it."""
    if day := situation.given("line.expiry_date"):
        yield Deadline("expiry", day, say("The day on the card: its use ends. Whether anything renews is not known."))


def windows(situation: Situation, ways: Sequence[Way]) -> Iterator[Deadline]:
    """Yield the last day of each way that is open for a time only."""
    for way in ways:
        if way.fact and way.fact.within and (last := term_end(way.fact.within, situation)):
            yield Deadline("money", last, say("Last day to ask for the money."), way.fact, way.fact.within.at)
            return


def requested(situation: Situation, rules: Rules) -> Iterator[Deadline]:
    """Yield the days that follow from what the log says was asked for."""
    log = situation.log
    if log.next and log.due:
        yield Deadline(log.next.name, log.due, say("If nothing has come by then: %(step)s.", step=say(log.next.title)))
    asked, back = next((entry for entry in log.waiting if entry.key == "applied"), None), log.day("returned")
    if not asked or not asked.day:
        return
    known = situation.carrier.ways.get("end-line", {}).get(asked.channel, ())
    way = next((fact for fact in known if fact.printable), None)
    counted = handled(way, back or asked.day, None)
    if way and way.outside == "closed":
        counted = Days.on(counted.first)  # it cannot have been made at another hour
    start, wish = situation.given("line.start_date"), situation.given("cancellation.date")
    ends = [end(rules.effective, day, None, start=start, wish=wish) for day in (counted.first, counted.last)]
    ended = Days.among(day for one in ends if one for day in (one.first, one.last))
    if not ended:
        return
    what = say("The line ends, by the day on which you applied.")
    yield Deadline("end", ended.first, what, rules.effective)
    if not ended.certain:
        yield Deadline("end-latest", ended.last, say("Perhaps the line ends on this day only."), rules.effective)
    cost = paid(rules.billing, ended, closing=situation.given("line.closing_day"), start=start)
    if cost:
        yield Deadline("paid-until", cost.first, say("You pay until this day."), rules.billing)
        if not cost.certain:
            yield Deadline("paid-until-latest", cost.last, say("Perhaps you pay until this day."), rules.billing)
    yield from account(situation, ended.last, asked.day)


_TERMS = {"sim_return": "item-back", "refund": "money", "after": "records", "ends": "start"}


def by_terms(situation: Situation, ended: date | None) -> Iterator[Deadline]:
    """Yield the days that follow from facts with a term: what goes back, money, bills that can be seen, a card to be started."""
    for pointer, fact in situation.carrier.facts():
        name = _TERMS.get(pointer.partition(".")[0])
        if not name or not fact.terms or not fact.printable or met(fact.only, situation.traits) is False:
            continue
        terms = _to_start(fact.terms, situation) if name == "start" else fact.terms
        counted = sorted({day for term in terms if (day := _counted(term, situation, ended=ended))})
        if ahead := [day for day in counted if day >= situation.today] or counted[-1:]:
            yield Deadline(name, ahead[0], say(fact.text), fact, next((term.at for term in terms if term.at), None))


def _to_start(terms: Sequence[Term], situation: Situation) -> list[Term]:
    """Return the terms within which a card must be started: counted from the purchase, beside others from the start."""
    begun = any(term.of == "start" for term in terms)
    return [term for term in terms if begun and term.of == "contract" and not situation.given("line.start_date")]
