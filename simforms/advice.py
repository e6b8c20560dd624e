"""What really works for this person: the way, the steps, what to bring, the days, and what does not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from simforms.carriers import Carrier, desks
from simforms.check import Value
from simforms.conflicts import conflicts
from simforms.content import read_toml
from simforms.deadlines import Deadline, deadlines, last_of_eight
from simforms.errors import Message, Problem, say
from simforms.facts import Fact, Phone
from simforms.routes import Route, chosen, routes
from simforms.situation import Situation


@dataclass(frozen=True)
class Step:
    """Something to do, and when: before, at the counter or on the page, after."""

    when: str
    what: Message
    fact: Fact | None = None


@dataclass(frozen=True)
class Word:
    """A Japanese word to look for."""

    ja: str
    kana: str
    meaning: str


@dataclass(frozen=True)
class Advice:
    """Everything that is decided about a situation; a pure function of case, directory and date."""

    situation: Situation
    ends_by_itself: bool
    about: Fact | None
    routes: tuple[Route, ...]
    way: Route | None
    """The way the papers are for."""
    steps: tuple[Step, ...]
    bring: tuple[Fact, ...]
    words: tuple[Word, ...]
    desks: tuple[Phone, ...]
    help: tuple[Phone, ...]
    """Consumer desks, those that speak the language first."""
    deadlines: tuple[Deadline, ...]
    rules: tuple[tuple[str, Fact], ...]
    """The carrier's rules on money and dates, with their pointers."""
    conflicts: tuple[Problem, ...]


def advise(content: Path, carrier: Carrier, values: Mapping[str, Value], today: date, language: str) -> Advice:
    """Return the advice for a case on a day."""
    situation = Situation(today, carrier, values)
    ways = routes(situation)
    way = None if situation.ends_by_itself or not situation.wants_to_end else chosen(situation, ways)
    return Advice(
        situation=situation,
        ends_by_itself=situation.ends_by_itself,
        about=_printable(carrier.about),
        routes=ways if situation.wants_to_end else (),
        way=way,
        steps=tuple(_steps(situation, way)),
        bring=tuple(_papers(situation, way)),
        words=_words(content, way),
        desks=tuple(_desks(situation, language)),
        help=tuple(_help(situation, language)),
        deadlines=deadlines(situation),
        rules=tuple(_rules(situation)),
        conflicts=conflicts(situation, ways),
    )


def _printable(fact: Fact | None) -> Fact | None:
    return fact if fact and fact.print != "never" else None


def _steps(situation: Situation, way: Route | None) -> Iterator[Step]:
    if not situation.wants_to_end:
        yield Step("at", say("Hand in or send the refund request. Ask the carrier which desk takes it."))
        yield Step("after", say("Keep a bank account in Japan open until the last bill and any refund are settled."))
        return
    yield from _before(situation, way)
    yield from _applying(situation, way)
    yield from _after(situation)


def _before(situation: Situation, way: Route | None) -> Iterator[Step]:
    carrier = situation.carrier
    yield Step("before", say("Move log-ins, two-step verification and your bank to another number."))
    if situation.lost:
        yield Step("before", say("Have the line stopped at once: others could use it."), _printable(carrier.lost))
    else:
        yield Step(
            "before",
            say("Save photos, contacts and mails. Mail addresses of the carrier end with the line."),
            _printable(carrier.deleted),
        )
    if situation.ends_by_itself:
        return
    yield Step("before", say("Settle open bills, and ask about instalments for the phone: they go on."))
    if situation.leaving or situation.wants_money:
        yield Step("before", say("Keep a bank account in Japan open until the last bill and any refund are settled."))
    if way and way.channel == "shop" and situation.leaving and not situation.abroad:
        yield Step("before", say("Visit the shop before you give up your residence card at the airport."))


def _applying(situation: Situation, way: Route | None) -> Iterator[Step]:
    carrier = situation.carrier
    if last := last_of_eight(situation):
        yield Step(
            "at", say("Until %(day)s you may use the 8-day exit instead; it has a way of its own.", day=last), carrier.first_days
        )
    if situation.ends_by_itself and carrier.effective:
        yield Step("at", say("Nothing to do: the line ends by itself."), _printable(carrier.effective))
    elif situation.ends_by_itself:
        yield Step(
            "at", say("A prepaid line normally ends by itself when it expires. Check the day, and that nothing renews by itself.")
        )
    elif way and way.works == "yes":
        yield Step("at", say("Apply this way: %(way)s.", way=way.name), way.fact)
    elif way:
        yield Step("at", say("Ask the carrier whether the line can be ended this way: %(way)s.", way=way.name), way.fact)
    else:
        yield Step("at", say("Ask the carrier how the line ends: no way is known."))
    if not situation.ends_by_itself:
        yield Step("at", say("Ask for something in writing that shows the day of the end and the last amount."))


def _after(situation: Situation) -> Iterator[Step]:
    carrier = situation.carrier
    if situation.esim:
        yield Step(
            "after",
            say("There is no card to return. Deleting the eSIM profile ends nothing; delete it only when the line has ended."),
            _printable(carrier.esim),
        )
    elif carrier.sim_return and carrier.sim_return.print != "never" and carrier.sim_return.needed != "unknown":
        what = {
            "yes": say("Return the SIM card."),
            "no": say("The SIM card need not be returned."),
            "choice": say("Return the SIM card, or cut it up and throw it away."),
        }[carrier.sim_return.needed]
        yield Step("after", what, carrier.sim_return)
    else:
        yield Step("after", say("Whether the SIM card must be returned is not known; ask."))
    for fact in (*carrier.survives.values(), *carrier.after.values()):
        if fact.print != "never":
            yield Step("after", say(fact.text), fact)
    if not situation.ends_by_itself:
        yield Step(
            "after", say("Check your bills for two months. If no confirmation comes, ask again with the reference number.")
        )


def _papers(situation: Situation, way: Route | None) -> Iterator[Fact]:
    """Yield what to bring, or to have ready."""
    if situation.ends_by_itself or not way:
        return
    wanted = {"holder"} | ({"family", "agent"} if situation.through_others else set())
    yield from (paper for paper in situation.carrier.papers.values() if paper.who in wanted and paper.print != "never")


def _desks(situation: Situation, language: str) -> Iterator[Phone]:
    """Yield the desks to call from where the person is: for a lost phone first."""
    purposes = ("lost", "general") if situation.lost else ("general",)
    for purpose in purposes:
        for desk in situation.carrier.desks(language, purpose=purpose, abroad=situation.abroad):
            if not (situation.lost and desk.reach == "handset"):
                yield desk


def _help(situation: Situation, language: str) -> Iterator[Phone]:
    """Yield the consumer desks that can be called from where the person is."""
    found = [phone for desk in desks().values() for phone in desk.desks(language, purpose="consumer", abroad=situation.abroad)]
    yield from sorted(found, key=lambda phone: language.partition("-")[0] not in phone.languages)


def _rules(situation: Situation) -> Iterator[tuple[str, Fact]]:
    carrier = situation.carrier
    singles = {
        "effective": carrier.effective,
        "refund": carrier.refund if situation.wants_money else None,
        "first_days": carrier.first_days,
    }
    for pointer, fact in (*singles.items(), *((f"fees.{name}", fee) for name, fee in carrier.fees.items())):
        if _printable(fact) and fact and fact.text:
            yield pointer, fact


@cache
def _all_words(content: Path) -> tuple[tuple[Word, frozenset[str]], ...]:
    entries = read_toml(content / "templates" / "words.toml")["word"]
    return tuple((Word(entry["ja"], entry["kana"], entry["meaning"]), frozenset(entry["for"])) for entry in entries)


def _words(content: Path, way: Route | None) -> tuple[Word, ...]:
    return tuple(word for word, ways in _all_words(content) if way and way.channel in ways)
