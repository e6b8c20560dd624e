"""A plan as people read it in a terminal, as JSON for programs, and as a calendar file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from simforms.errors import Problem
from simforms.fields import day as days
from simforms.knowledge.fact_kinds import Phone
from simforms.knowledge.facts import Fact
from simforms.language.catalogs import tell
from simforms.messages import Message, say
from simforms.planning.history import Entry
from simforms.planning.plan import Plan
from simforms.planning.routes import NAMES
from simforms.planning.steps import Step

_WORKS = {"yes": say("works"), "unknown": say("not known"), "no": say("does not work")}


_RULES = {
    "effective": say("End of the line"),
    "refund": say("Refunds"),
    "first_days": say("First 8 days"),
    "fees": say("Fees"),
}


_REACH = {
    "handset": say("only from this carrier's phones"),
    "japan": say("from inside Japan"),
    "overseas": say("from abroad"),
}


_WHEN = {"before": say("Before"), "at": say("When you apply"), "after": say("Afterwards")}


def lines(plan: Plan) -> Iterator[str]:
    """Yield the plan in the person's language."""
    advice, words = plan.advice, _Words(plan)
    yield words(say("%(carrier)s, as of %(day)s", carrier=plan.carrier.name(plan.language), day=advice.situation.today))
    if advice.about:
        yield words.fact(advice.about)
    yield from words.section(
        say("What works"),
        (
            f"{words(_WORKS[way.works])}: {words(way.name)}{_because(words, way.why)}{words.source(way.fact)}"
            for way in advice.routes
        ),
    )
    yield from words.section(say("What was done"), map(words.entry, advice.story.entries))
    yield from words.section(say("Look out"), (_problem(words, problem) for problem in (*plan.warnings, *advice.conflicts)))
    for when, name in _WHEN.items():
        yield from words.section(name, (f"{words(step.what)}{words.more(step)}" for step in advice.steps if step.when == when))
    yield from words.section(say("What to bring"), map(words.fact, advice.bring))
    yield from words.section(say("Money and rules"), (words.rule(pointer, fact) for pointer, fact in advice.rules))
    yield from words.section(
        say("Days (estimates)"), (f"{words.day(one.day)}  {words(one.what)}{words.source(one.fact)}" for one in advice.deadlines)
    )
    yield from words.section(say("Phone"), map(words.desk, advice.desks))
    yield from words.section(
        say("Words to look for"),
        (f"{word.ja}（{word.kana.replace('-', '')}）  {words(say(word.meaning))}" for word in advice.words),
    )
    yield from words.section(say("If the carrier does not help"), map(words.desk, advice.help))
    yield from words.section(say("Papers"), (f"{kind.name}  {words(say(kind.title))}" for kind in plan.documents))
    if not plan.documents:
        yield ""
        yield words(say("No paper is needed."))
    yield from words.section(say("Sources"), words.foot())


def gist(plan: Plan) -> Iterator[str]:
    """Yield the plan in a few sentences: which ways end the line, which do not, and how."""
    advice, words = plan.advice, _Words(plan)
    if advice.about:
        yield words(say(advice.about.text))
    if advice.ends_by_itself or not advice.situation.wants_to_end:
        at = next(step for step in advice.steps if step.when == "at")
        yield words(at.what)
        if at.fact and at.fact.text:
            yield words(say(at.fact.text))
        return
    routes = sorted(
        advice.routes, key=lambda way: list(NAMES).index(way.channel)
    )  # in one order, whichever way the person prefers
    ways = {works: " · ".join(words(way.name) for way in routes if way.works == works) for works in _WORKS}
    for works, sentence in (
        ("yes", say("This ends the line: %(ways)s.", ways=ways["yes"])),
        ("no", say("This does not end it: %(ways)s.", ways=ways["no"])),
        ("unknown", say("Not known, ask first: %(ways)s.", ways=ways["unknown"])),
    ):
        if ways[works]:
            yield words(sentence)
    if advice.way and advice.way.works == "yes" and advice.way.fact and advice.way.fact.text:
        yield f"{words(advice.way.name)} – {words(say(advice.way.fact.text))}"
    yield from (words(say(fact.text)) for pointer, fact in advice.rules if pointer == "effective")
    yield from (f"{words.day(one.day)} – {words(one.what)}" for one in advice.deadlines if one.id in {"eight-days", "expiry"})


def _because(words: _Words, why: tuple[Message, ...]) -> str:
    return "".join(f" – {words(reason)}" for reason in why)


def _problem(words: _Words, problem: Problem) -> str:
    return words(say("%(what)s; %(cure)s", what=problem.what, cure=problem.cure))


class _Words:
    """The words of a plan's language, with sources and doubts."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.sources: dict[tuple[str, Message], int] = {}

    def __call__(self, message: Message) -> str:
        dated = {name: self.day(value) if isinstance(value, date) else value for name, value in message.values.items()}
        return tell(self.plan.content, self.plan.language, Message(message.text, dated))

    def day(self, value: date) -> str:
        return str(days.show(value, self.plan.language))

    def section(self, name: Message, entries: Iterator[str] | Any) -> Iterator[str]:
        found = list(entries)
        if found:
            yield ""
            yield self(name)
            yield from (f"  {entry}" for entry in found)

    def fact(self, fact: Fact) -> str:
        disputed = ""
        if fact.but and fact.but.print != "never":
            against = say("Another source says: %(text)s", text=say(fact.but.text))
            disputed = f" {self(against)}{self.source(fact.but)}"
        return f"{self(say(fact.text))}{self.source(fact)}{disputed}"

    def entry(self, entry: Entry) -> str:
        """Return one line of the log."""
        shown = {name: value.field.show(value.parsed, self.plan.language) for name, value in entry.values.items()}
        return "  ".join(self(one) if isinstance(one, Message) else one for one in shown.values() if one)

    def rule(self, pointer: str, fact: Fact) -> str:
        return f"{self(_RULES[pointer.partition('.')[0]])}: {self.fact(fact)}"

    def desk(self, desk: Phone) -> str:
        """Return a number with what it is for, its hours, and from where it can be called."""
        parts = [self(say(desk.text))]
        if desk.always:
            parts.append(self(say("day and night")))
        elif desk.opens and desk.closes:
            parts.append(
                self(say("%(opens)s–%(closes)s (Japan time)", opens=f"{desk.opens:%H:%M}", closes=f"{desk.closes:%H:%M}"))
            )
        if desk.days:
            parts.append(self(say(desk.days)))
        parts.append(self(_REACH[desk.reach]))
        return f"{desk.dial}  {' · '.join(parts)}{self.source(desk)}"

    def more(self, step: Step) -> str:
        if not step.fact or step.fact.print == "never":
            return ""
        same = step.what.text == step.fact.text or not step.fact.text
        return self.source(step.fact) if same else f" – {self.fact(step.fact)}"

    def source(self, fact: Fact | None) -> str:
        """Return the number of a fact's source at the foot."""
        if not fact or fact.print == "never":
            return ""
        return (
            f" [{self.sources.setdefault((fact.source, fact.standing(self.plan.advice.situation.today)), len(self.sources) + 1)}]"
        )

    def foot(self) -> Iterator[str]:
        """Yield the sources, each with the day it was last confirmed on."""
        for (source, seen), number in self.sources.items():
            yield f"[{number}] {source} ({self(seen)})"
