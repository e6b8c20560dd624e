"""What really works for this person: the way, the steps, what to bring, the days, and what does not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from simforms.carriers import CHANNELS, Carrier, desks
from simforms.check import Value
from simforms.conflicts import conflicts
from simforms.deadlines import Deadline, deadlines, last_of_eight
from simforms.errors import Message, Problem, say
from simforms.facts import Fact, Phone
from simforms.occasions import Reason, occasions, reasons
from simforms.routes import Route, chosen, routes
from simforms.rules import rules
from simforms.situation import Situation
from simforms.story import Story, story
from simforms.typed_toml import not_one_of, read_list, refuse

F = TypeVar("F", bound=Fact)


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
    ways: tuple[str, ...] = field(metadata={"key": "for"})
    """The ways of ending a line on which one meets it."""


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
    story: Story
    occasions: frozenset[str]
    """What it calls for beside the way; papers name them in their manifests."""
    not_yet: Mapping[str, Reason]
    """Why the other occasions have not come."""

    @property
    def in_first_days(self) -> bool:
        """Whether the 8-day exit is wished, or still open."""
        return in_first_days(self.situation)


def advise(content: Path, carrier: Carrier, values: Mapping[str, Value], today: date, language: str) -> Advice:
    """Return the advice for a case on a day."""
    situation = Situation(today, carrier, values)
    ways = routes(situation)
    told = story(situation)
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
        deadlines=tuple(sorted([*deadlines(situation), *_next_step(told)], key=lambda one: (one.day, one.id))),
        rules=tuple(_rules(situation)),
        conflicts=conflicts(situation, ways),
        story=told,
        occasions=occasions(situation, told),
        not_yet=reasons(situation, told),
    )


def _next_step(told: Story) -> Iterator[Deadline]:
    if told.next and told.due:
        yield Deadline("next-step", told.due, say("If nothing has come by then: %(step)s.", step=say(told.next.title)))


def _printable(fact: Fact | None) -> Fact | None:
    return fact if fact and fact.print != "never" else None


def _steps(situation: Situation, way: Route | None) -> Iterator[Step]:
    if not situation.wants_to_end:
        yield Step("at", say("Hand in or send the refund request. Ask the carrier which desk takes it."))
        yield Step("after", say("Keep a bank account in Japan open until the final bill and any refund are settled."))
        return
    yield from _before(situation, way)
    yield from _applying(situation, way)
    yield from _after(situation)


def _before(situation: Situation, way: Route | None) -> Iterator[Step]:
    carrier = situation.carrier
    yield Step("before", say("Change the phone number registered for log-ins, two-step verification and your bank."))
    if situation.lost:
        yield Step("before", say("Have the line stopped at once: others could use it."), _printable(carrier.lost))
    else:
        yield Step(
            "before",
            say("Save photos, contacts and e-mails. The carrier's e-mail addresses stop working when the line ends."),
            _printable(carrier.deleted),
        )
    if situation.ends_by_itself:
        return
    yield Step("before", say("Settle open bills, and ask about instalments for the phone: they go on."), rules()["unpaid"])
    if situation.leaving or situation.wants_money:
        yield Step("before", say("Keep a bank account in Japan open until the final bill and any refund are settled."))
    if situation.leaving:
        yield Step("before", say("Tell the carrier where the final bill reaches you after you leave."))
    if way and way.channel == "shop" and situation.leaving and not situation.abroad:
        yield Step("before", say("Visit the shop before you give up your residence card at the airport."))


def _applying(situation: Situation, way: Route | None) -> Iterator[Step]:
    carrier = situation.carrier
    if situation.esim and not situation.ends_by_itself:
        yield Step("at", say("You have an eSIM: where a SIM card is asked for, show the phone instead."))
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
        yield Step("at", say("Ask for something in writing that shows the cancellation date and the amount of the final bill."))


def _after(situation: Situation) -> Iterator[Step]:
    carrier = situation.carrier
    if situation.esim:
        yield Step(
            "after",
            say(
                "There is no card to return. Deleting the eSIM profile does not cancel the line; "
                "delete it only when the line has ended."
            ),
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
    addresses = [carrier.return_address] if carrier.return_address and not situation.esim else []
    for fact in (*addresses, *_now(situation, carrier.survives), *_now(situation, carrier.after)):
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
    yield from (paper for paper in _now(situation, situation.carrier.papers) if paper.who in wanted and paper.print != "never")


def in_first_days(situation: Situation) -> bool:
    """Whether the 8-day exit is wished, or still open."""
    return situation.first_days or last_of_eight(situation) is not None


def _now(situation: Situation, facts: Mapping[str, F]) -> list[F]:
    """Return the facts without those that are about the first days only, where these are over or not known."""
    return [fact for name, fact in facts.items() if in_first_days(situation) or not name.startswith("first-days")]


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
    for pointer, fact in (
        *singles.items(),
        *((f"fees.{name}", fee) for name, fee in carrier.fees.items() if fee in _now(situation, carrier.fees)),
    ):
        if _printable(fact) and fact and fact.text:
            yield pointer, fact


@cache
def _all_words(content: Path) -> tuple[Word, ...]:
    path = content / "templates" / "words.toml"
    found = read_list(path, "word", Word)
    refuse(
        path,
        (
            not_one_of(f"word[{number}].for", "channel", way, CHANNELS)
            for number, word in enumerate(found)
            for way in word.ways
            if way not in CHANNELS
        ),
    )
    return found


def _words(content: Path, way: Route | None) -> tuple[Word, ...]:
    return tuple(word for word in _all_words(content) if way and way.channel in word.ways)
