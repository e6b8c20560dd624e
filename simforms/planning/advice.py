"""What really works for this person: the way, the steps, what to bring, the days, and what does not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from simforms.cases.check import Value
from simforms.errors import Problem
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.carriers import desks
from simforms.knowledge.content import read_toml
from simforms.knowledge.fact_kinds import Phone
from simforms.knowledge.facts import Fact
from simforms.messages import say
from simforms.planning.conflicts import conflicts
from simforms.planning.deadlines import Deadline, deadlines
from simforms.planning.history import Story, story
from simforms.planning.occasions import Reason, occasions, reasons
from simforms.planning.routes import Route, chosen, routes
from simforms.planning.situation import Situation
from simforms.planning.steps import Step, _now, _printable, _steps, in_first_days


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


def _papers(situation: Situation, way: Route | None) -> Iterator[Fact]:
    """Yield what to bring, or to have ready."""
    if situation.ends_by_itself or not way:
        return
    wanted = {"holder"} | ({"family", "agent"} if situation.through_others else set())
    yield from (paper for paper in _now(situation, situation.carrier.papers) if paper.who in wanted and paper.print != "never")


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
        *(("effective", fact) for fact in carrier.billing if not fact.stated_in),
        *((f"fees.{name}", fee) for name, fee in carrier.fees.items() if fee in _now(situation, carrier.fees)),
    ):
        if _printable(fact) and fact and fact.text:
            yield pointer, fact


@cache
def _all_words(content: Path) -> tuple[tuple[Word, frozenset[str]], ...]:
    entries = read_toml(content / "templates" / "words.toml")["word"]
    return tuple((Word(entry["ja"], entry["kana"], entry["meaning"]), frozenset(entry["for"])) for entry in entries)


def _words(content: Path, way: Route | None) -> tuple[Word, ...]:
    return tuple(word for word, ways in _all_words(content) if way and way.channel in ways)
