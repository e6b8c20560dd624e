"""The days that follow from a term on a fact: what expires, what goes back, until when money can be asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from simforms.knowledge.facts import Fact, Term
from simforms.messages import Message, say
from simforms.planning.days import DAY
from simforms.planning.scopes import met, named
from simforms.planning.situation import Situation
from simforms.planning.ways import Way, term_end


@dataclass(frozen=True)
class Deadline:
    """A day, and what happens or must have happened by then."""

    id: str
    day: date
    what: Message
    fact: Fact | None = None
    at: time | None = None
    """The hour on that day, where it matters."""


def expiring(situation: Situation, effective: Fact | None) -> Iterator[Deadline]:
    """Yield the days on which a prepaid line ends by itself: several where its plan is not known."""
    what = say("The line ends automatically on this date.")
    if stated := situation.given("line.expiry_date"):
        yield Deadline("expiry", stated, what, effective)
        return
    for day in _expiries(situation, effective.terms if effective else ()):
        yield Deadline("expiry", day, what, effective)


def _expiries(situation: Situation, terms: Sequence[Term]) -> list[date]:
    plan = situation.given("line.plan") or ""
    fitting = [term for term in terms if plan and named(str(term.days), plan)] or terms
    of = "start" if any(term.of == "start" for term in fitting) else "contract"
    ends = [term_day(term, situation, including=True) for term in fitting if term.of == of]
    return sorted({day for day in ends if day})


def term_day(term: Term, situation: Situation, *, ended: date | None = None, including: bool = False) -> date | None:
    """Return the day that a term ends on. Where the first day counts, as in a plan of 10 days, the last is nine days later."""
    day = term_end(term, situation, ended=ended)
    return day - DAY if day and including and term.days and not term.months else day


def stated(situation: Situation) -> Iterator[Deadline]:
    """Yield the day that is printed on a prepaid card, where no fact says that the line ends with it."""
    if day := situation.given("line.expiry_date"):
        yield Deadline(
            "expiry",
            day,
            say(
                "Date on the card: its use ends on this date. We do not know whether anything renews "
                "automatically; ask the carrier."
            ),
        )


def windows(situation: Situation, ways: Sequence[Way]) -> Iterator[Deadline]:
    """Yield the last day of each way that is open for a time only."""
    for way in ways:
        if not way.fact or not way.fact.within or not situation.bound_by(way.fact):
            continue
        if last := term_end(way.fact.within, situation):
            yield Deadline("money", last, say("Last day to ask for the refund."), way.fact, way.fact.within.at)
            return


_TERMS = {"sim_return": "item-back", "refund": "money", "after": "records", "ends": "start"}


def by_terms(situation: Situation, ended: date | None) -> Iterator[Deadline]:
    """Yield the days that follow from facts with a term: what goes back, money, bills that can be seen, a card to be started."""
    for pointer, fact in situation.carrier.facts():
        name = _TERMS.get(pointer.partition(".")[0])
        if not name or not fact.terms or not fact.printable or not situation.bound_by(fact):
            continue
        if met(fact.only, situation.traits) is False:
            continue
        terms = _to_start(fact.terms, situation) if name == "start" else fact.terms
        counted = sorted({day for term in terms if (day := term_day(term, situation, ended=ended))})
        ahead = [day for day in counted if day >= situation.today] or counted[-1:]
        at = next((term.at for term in terms if term.at), None)
        yield from (Deadline(name, day, say(fact.text), fact, at) for day in ahead[:1])
        if name == "money":  # a sum that falls step by step
            yield from (Deadline("money-later", day, say(fact.text), fact, at) for day in ahead[1:])


def _to_start(terms: Sequence[Term], situation: Situation) -> list[Term]:
    """Return the terms within which a card must be started: counted from the purchase, beside others from the start."""
    begun = any(term.of == "start" for term in terms)
    return [term for term in terms if begun and term.of == "contract" and not situation.given("line.start_date")]
