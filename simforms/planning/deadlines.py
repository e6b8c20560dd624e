"""The days of a matter, each with what must have happened and the fact it rests on: estimates, never promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from simforms.messages import say
from simforms.planning import first_days
from simforms.planning.bills import late_bills
from simforms.planning.days import Days, bank_day, business_day, day_of_month, desk_day, months_later, period_end
from simforms.planning.ends import end, handled, last_request, paid
from simforms.planning.moments import Moment, Rules
from simforms.planning.scopes import met
from simforms.planning.situation import Situation
from simforms.planning.terms import Deadline, by_terms, expiring, stated, term_day, windows
from simforms.planning.ways import Way

BILLS_LAG = 2
"""Months for which bills and refunds may still come after the end."""
_POSTED = {"letter", "own-form", "post"}


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
        days += exit_days(situation, ways) if first_days.given(situation) else ()
    elif aim == "end-line" and state == "by-itself":
        days += [*expiring(situation, rules.effective), *departing(situation)]
    elif aim == "end-line":
        days += [*stated(situation), *ending(situation, rules, found, best)]
    elif aim == "move-number" and state == "open":
        days += survivors(situation)
    elif aim == "confirm":
        days += requested(situation, rules)
    elif aim == "complain":
        days.append(
            Deadline("desk-opens", desk_day(situation.today), say("Next date on which the public consumer centres are open."))
        )
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
        what = (
            say("The 8 days ended on this date.")
            if over
            else say("Last of the 8 days. A notice takes effect on the date you send it.")
        )
        yield Deadline("eight-days", found.last, what, fact)
    elif first_days.unsettled(situation):
        what = say("You may still be in time. This depends on a date that is not in the case.")
        yield Deadline("eight-days-perhaps", found.last, what, fact)
    else:
        yield Deadline(
            "eight-days-safe", found.first, say("Safe last day for the 8-day cancellation, however the 8 days are counted."), fact
        )
        if not found.certain:
            what = say("You may still be in time until this date. It depends on how you received the contract documents.")
            yield Deadline("eight-days-perhaps", found.last, what, fact)
    if over:
        return
    if situation.traits["ground"] == "signal" and any(way.channel == "desk" for way in ways):
        yield Deadline("signal-support", found.first, say("Ask for a check of the signal by this date."), fact)
    counter = business_day(found.first, -1)
    if counter != found.first and counter >= situation.today and any(way.channel in _POSTED and way.works for way in ways):
        yield Deadline("post-counter", counter, say("Last day to post it at a post office counter that is sure to be open."))


def ending(situation: Situation, rules: Rules, found: Sequence[Moment], best: Moment | None) -> Iterator[Deadline]:
    """Yield the days of a line that is to end by an act."""
    yield from _apply_by(situation, rules, found)
    due = found[0].due if found else ()
    if free := max((fee.free_from for fee in due if fee.free_from and fee.free_from > situation.today), default=None):
        yield Deadline("fee-free", free, say("From this date, you can cancel without an early cancellation fee."), due[0].fact)
    disputed = (fee.free_latest for fee in due if fee.free_latest and fee.free_latest > situation.today)
    if latest := max(disputed, default=None):
        what = say("Sources disagree: perhaps you can cancel without an early cancellation fee only from this date.")
        yield Deadline("fee-free-latest", latest, what, due[0].fact)
    if best and best.end:
        yield Deadline(
            "end",
            best.end.first,
            say("The line is cancelled on this date if you apply on %(day)s.", day=best.day),
            rules.effective,
        )
        if not best.end.certain:
            yield Deadline("end-latest", best.end.last, say("The line may be cancelled as late as this date."), rules.effective)
    if best and best.paid:
        yield Deadline("paid-until", best.paid.last, say("You are charged until this date."), rules.billing)
    ended = best.end.last if best and best.end else None
    yield from account(situation, ended)
    yield from departing(situation)


def _apply_by(situation: Situation, rules: Rules, found: Sequence[Moment]) -> Iterator[Deadline]:
    """Yield the last day to apply at the same price, and the end for those who miss it."""
    now, effective = (found[0] if found else None), rules.effective
    what = say("Last day to apply for this cancellation date. If you apply later, cancellation is a month later.")
    if now and now.end and effective and effective.rule in {"month-end", "renewal"}:
        same = [one for one in found if one.end == now.end]
        following = next((one.end for one in found if one.end and one.end.last > now.end.last), None)
        at = effective.at if effective.rule == "month-end" else None
        yield Deadline("apply-by", same[-1].day, what, effective, at)
        if following:
            yield Deadline(
                "end-if-later",
                following.last,
                say("The line is cancelled on this date if you miss the last day to apply."),
                effective,
            )
        if effective.counts == "arrival":
            last = last_request(effective, situation.today)
            yield Deadline("item-back", last, say("Items that you return must have arrived by this date."), effective)
    elif now and now.end and now.paid and rules.billing and rules.billing.last == "full":
        same = [one for one in found if one.paid and one.paid.last == now.paid.last]
        later = next((one.end for one in found[1:] if one.end and one.end.first > now.end.first), None)
        what = say("Last day to apply without being charged for another month.")
        yield Deadline("apply-by", same[-1].day, what, rules.billing, same[-1].before)
        if later and same[-1].day == now.day:
            yield Deadline(
                "end-if-later",
                later.first,
                say("The line is cancelled on this date if you miss the last day to apply."),
                effective,
            )
    elif not effective and (own := _own_month(situation, rules)):
        yield Deadline("apply-by", own, say("Last day of the month that is counted from the service start date."), rules.billing)
    for _, one in situation.carrier.facts():
        before = (day for term in one.terms if term.of == "departure" and (day := term_day(term, situation)))
        yield from (
            Deadline("apply-by", day, say("Last day to apply before you leave Japan."), one) for day in before if one.printable
        )
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
            what = say("By this date, also cancel the contract that continues: %(name)s.", name=fact.end or name)
            yield Deadline(f"apply-by.{name}", by, what, fact)


def account(situation: Situation, ended: date | None, requested: date | None = None) -> Iterator[Deadline]:
    """Yield the day until which bills and refunds may still come."""
    if not situation.leaving and situation.given("refund.ground") is None:
        return
    late = late_bills(situation)
    what = say("Keep your bank account or card in Japan at least until this date. Final bills and refunds come late.")
    if late and late.lag_months and late.lag_day:
        last = day_of_month(requested or situation.today, late.lag_day, late.lag_months)
        yield Deadline("account", bank_day(last), what, late)
    elif ended:
        yield Deadline("account", bank_day(months_later(ended, BILLS_LAG)), what)


def departing(situation: Situation) -> Iterator[Deadline]:
    """Yield the day on which the holder leaves."""
    if situation.departure:
        yield Deadline("departure", situation.departure, say("You leave Japan."))


def requested(situation: Situation, rules: Rules) -> Iterator[Deadline]:
    """Yield the days that follow from what the log says was asked for."""
    log = situation.log
    if log.next and log.due:
        yield Deadline(
            log.next.name, log.due, say("If nothing has come by this date, send this next: %(step)s.", step=say(log.next.title))
        )
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
    what = say("The line is cancelled on this date, going by the date on which you applied.")
    yield Deadline("end", ended.first, what, rules.effective)
    if not ended.certain:
        yield Deadline("end-latest", ended.last, say("The line may be cancelled as late as this date."), rules.effective)
    cost = paid(rules.billing, ended, closing=situation.given("line.closing_day"), start=start)
    if cost:
        yield Deadline("paid-until", cost.first, say("You are charged until this date."), rules.billing)
        if not cost.certain:
            yield Deadline("paid-until-latest", cost.last, say("You may be charged until this date."), rules.billing)
    yield from account(situation, ended.last, asked.day)
