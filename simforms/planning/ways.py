"""The ways to reach an aim, each with its verdict: the lowest of its checks. No check can raise it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from simforms.knowledge import fact_kinds as records
from simforms.knowledge.facts import Fact, Term
from simforms.messages import Message, say
from simforms.planning import days, scopes
from simforms.planning.aims import Aim
from simforms.planning.first_days import letter_by_law, open_with_number, right, unsettled
from simforms.planning.situation import HOLDER, Situation

Verdict = Literal["no", "unknown", "unclear", "yes"]
VERDICTS: tuple[Verdict, ...] = ("no", "unknown", "unclear", "yes")
"""From the lowest."""
NAMES = {
    "online": say("Online"),
    "app": say("In the app"),
    "desk": say("At the dedicated desk"),
    "shop": say("At a shop"),
    "chat": say("By chat"),
    "phone": say("By phone"),
    "email": say("By e-mail"),
    "own-form": say("On the carrier's own form, by post"),
    "letter": say("By letter"),
    "post": say("By post"),
    "seller": say("Through the seller"),
    "ask": say("Ask the carrier"),
}
"""Every channel by the name that people call it, the least trouble first."""
_COMMON = ("online", "shop", "phone", "letter")
"""The ways to end a line that people ask for: shown even where nothing is known about them."""
_IN_PERSON = ("shop", "phone")
"""The channels on which somebody can act for the holder."""
_OTHERS = say("What we know applies to other kinds of contract.")
_UNSAID = say("It depends on something that the case does not say.")
_WISHED = {"post": ("post", "letter", "own-form")}


@dataclass(frozen=True)
class Reason:
    """Why a verdict is not higher."""

    check: str
    """fact, scope, demand, actor, place, need, window or counterparty."""
    verdict: Verdict
    what: Message
    fact: Fact | None = None
    fields: tuple[str, ...] = ()
    """What the case would have to say."""


@dataclass(frozen=True)
class Way:
    """A channel, who acts on it, and whether it works for this person."""

    aim: str
    channel: str
    by: str
    """holder, or who acts for the holder."""
    fact: records.Way | None
    reasons: tuple[Reason, ...]
    """Those that set the verdict; of one that works, none."""

    @property
    def verdict(self) -> Verdict:
        """The lowest of the checks."""
        return self.reasons[0].verdict if self.reasons else "yes"

    @property
    def name(self) -> Message:
        """What people call it."""
        return NAMES[self.channel]

    @property
    def works(self) -> bool:
        """Whether it can be taken: it works, or only sources disagree."""
        return self.verdict in {"yes", "unclear"}

    @property
    def key(self) -> str:
        """Its name in JSON and tables: the channel, with who acts where it is not the holder."""
        return self.channel if self.by == HOLDER else f"{self.channel} by {self.by}"


def ways(aim: Aim, situation: Situation) -> tuple[Way, ...]:
    """Return every way to an aim, the best first; among equals the agent sent, the way wished, the least trouble."""
    found = [*_ways(aim, situation)]
    return tuple(sorted(found, key=lambda way: (-VERDICTS.index(way.verdict), *_rank(way, situation))))


def taken(found: tuple[Way, ...], situation: Situation) -> Way | None:
    """Return the one way to take; None where none works: then the company, or the seller, is asked."""
    walked = [way for way in found if not (situation.agent and way.by == HOLDER and way.channel in _IN_PERSON)]
    return next((way for way in walked if way.works), None)


def wished(found: tuple[Way, ...], situation: Situation) -> Way | None:
    """Return the way that the case names, if it is not known to be closed."""
    channel = situation.given("cancellation.channel")
    named = [way for way in found if way.channel in _WISHED.get(channel, (channel,)) and way.verdict != "no"]
    return named[0] if channel and named else None


def _rank(way: Way, situation: Situation) -> tuple[bool, bool, int]:
    channel = situation.given("cancellation.channel")
    others = way.by == HOLDER if situation.agent else way.by != HOLDER
    return others, way.channel not in _WISHED.get(channel, (channel,)), list(NAMES).index(way.channel)


def _ways(aim: Aim, situation: Situation) -> Iterator[Way]:
    for channel, fact in _facts(aim, situation).items():
        yield _way(aim, channel, HOLDER, fact, situation)
        if situation.agent and channel in _IN_PERSON:
            yield _way(aim, channel, situation.agent, fact, situation)


def _facts(aim: Aim, situation: Situation) -> dict[str, records.Way | None]:
    """Return what is known of each channel for this case; None where it is only asked for."""
    known = situation.carrier.ways.get(aim.name, {})
    found: dict[str, records.Way | None] = {}
    for channel, facts in known.items():
        if printable := [fact for fact in facts if fact.printable]:
            found[channel] = _fitting(printable, situation)
    if aim.name == "end-line":
        found |= {channel: None for channel in _COMMON if channel not in found}
        if situation.from_reseller:
            found.setdefault("seller", None)
    if aim.name == "first-days" and letter_by_law(situation):
        found.setdefault("letter", None)
    if aim.name == "complain":
        found["desk"] = None
    return found


def _fitting(facts: list[records.Way], situation: Situation) -> records.Way:
    """Return the fact that is about this case, else one that may be, else any."""
    order: dict[bool | None, int] = {True: 0, None: 1, False: 2}
    return min(facts, key=lambda fact: order[scopes.met(fact.only, situation.traits)])


def _way(aim: Aim, channel: str, by: str, fact: records.Way | None, situation: Situation) -> Way:
    checks = [*_said(aim, channel, fact, situation), *_hindrances(aim, channel, by, fact, situation)]
    lowest = min((VERDICTS.index(reason.verdict) for reason in checks), default=len(VERDICTS))
    return Way(aim.name, channel, by, fact, tuple(reason for reason in checks if VERDICTS.index(reason.verdict) == lowest))


def _said(aim: Aim, channel: str, fact: records.Way | None, situation: Situation) -> Iterator[Reason]:
    """Yield what keeps the way from working for anybody, or for somebody like this."""
    if fact is None:
        yield from _unsaid(aim, channel, situation)
        return
    if fact.available != "yes":
        yield Reason("fact", fact.available, say(fact.text) if fact.text else say("We do not know; ask the carrier."), fact)
    if aim.name == "end-line" and situation.other_billing:
        yield Reason("scope", "unknown", _OTHERS, fact)
    fits = scopes.met(fact.only, situation.traits)
    if fits is not True:
        what = _OTHERS if fits is False else _UNSAID
        yield Reason("scope", "unknown", what, fact, scopes.unanswered(fact.only, situation.traits))
    able = scopes.met(fact.requires, situation.traits)
    if able is False:
        yield Reason("demand", "no", say("It is only for other situations."), fact)
    elif able is None:
        fields = scopes.unanswered(fact.requires, situation.traits)
        yield Reason("demand", "unknown", _UNSAID, fact, fields)


def _unsaid(aim: Aim, channel: str, situation: Situation) -> Iterator[Reason]:
    if aim.name == "complain":
        return
    if channel == "letter" and aim.name == "first-days" and not situation.carrier.ways.get("first-days"):
        yield from _by_law(situation)
        return
    if channel == "seller" and _only_seller(situation):
        return
    yield Reason("fact", "unknown", say("We do not know; ask the carrier."))


def _by_law(situation: Situation) -> Iterator[Reason]:
    """Yield what a page says against the written notice that the law gives."""
    known = right(situation)
    if known and known.regime == "unknown" and known.text:
        yield Reason("fact", "unclear", say(known.text), known)


def _only_seller(situation: Situation) -> bool:
    fact = situation.carrier.counterparty.get("reseller")
    return bool(fact and fact.printable and fact.ends == "only-seller")


def _hindrances(aim: Aim, channel: str, by: str, fact: records.Way | None, situation: Situation) -> Iterator[Reason]:
    """Yield what keeps this person, or who acts for them, from a way that others can take."""
    yield from _actor(aim, by, fact, situation)
    yield from _place(aim, channel, by, fact, situation)
    if fact and set(fact.needs) & {"line", "sms"} and situation.lost:
        yield Reason("need", "no", say("It needs the line itself, which is lost or stolen."), fact)
    if fact and fact.within and (last := term_end(fact.within, situation)) and situation.today > last:
        yield Reason("window", "no", say("The last day for this was %(day)s.", day=last), fact)
    if aim.name == "first-days" and (fields := unsettled(situation)):
        what = say("You may still be in time. This depends on a date that is not in the case.")
        yield Reason("window", "unclear", what, right(situation), fields)
    if aim.name == "first-days" and not open_with_number(situation):
        yield Reason("demand", "no", say("You cannot use it if you move your number to another carrier."), right(situation))
    if aim.name == "end-line" and channel != "seller":
        yield from _counterparty(situation)


def _actor(aim: Aim, by: str, way: records.Way | None, situation: Situation) -> Iterator[Reason]:
    if by == HOLDER:
        if situation.holder_died:
            yield Reason("actor", "no", say("The contract holder has died."))
        return
    if way and way.by:
        if by not in way.by:
            yield Reason("actor", "no", say(way.text), way)
        return
    fact = situation.carrier.agents.get(by)
    if fact and fact.printable and aim.agents:
        if fact.available != "yes":
            yield Reason("actor", fact.available, say(fact.text) if fact.text else say("We do not know; ask the carrier."), fact)
    else:
        yield Reason(
            "actor", "unknown", say("We do not know whether someone else can do it for the contract holder. Ask the carrier.")
        )


def _place(aim: Aim, channel: str, by: str, fact: records.Way | None, situation: Situation) -> Iterator[Reason]:
    if by != HOLDER or not situation.abroad:
        return
    if channel == "shop":
        yield Reason("place", "no", say("You are not in Japan."))
    elif fact and fact.from_abroad == "no":
        yield Reason("place", "no", say("You cannot use it from abroad."), fact)
    elif channel == "phone" and not (fact and fact.from_abroad == "yes"):
        purposes = aim.desks[:1]
        phones = situation.carrier.phones.values()
        if not any(phone.reach == "overseas" and phone.purpose in purposes and phone.printable for phone in phones):
            yield Reason("place", "unknown", say("We know of no number that you can call from abroad."))


def _counterparty(situation: Situation) -> Iterator[Reason]:
    if situation.from_retailer:
        what = say("This is a shop. The company named on the package or the contract provides the line.")
        yield Reason("counterparty", "unknown", what, situation.carrier.about)
    elif situation.from_reseller and _only_seller(situation):
        fact = situation.carrier.counterparty["reseller"]
        yield Reason("counterparty", "no", say("Only the seller can cancel a line that it sold."), fact)
    elif situation.from_reseller:
        what = say("Your contract is with the seller. What we know applies to the carrier's own customers.")
        yield Reason("counterparty", "unknown", what)


def term_end(term: Term, situation: Situation, *, ended: date | None = None) -> date | None:
    """Return the day that a term ends on; None where the case does not give the day it counts from.

    `ended` is the day on which the line ends, where one is known.
    """
    begun = {
        "start": situation.given("line.start_date"),
        "contract": situation.given("line.contract_date"),
        "expiry": situation.given("line.expiry_date"),
        "departure": situation.given("person.departure_date"),
        "end": ended,
    }.get(term.of)
    if not begun:
        return None
    if term.day:
        return days.closing_day(days.day_of_month(begun, 1, term.months), term.day)
    return days.after(begun, term.days, term.months)
