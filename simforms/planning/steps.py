"""What to do on the way to an aim: before, when applying, and afterwards (reads data/steps.toml)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from simforms.knowledge.content import data
from simforms.knowledge.facts import Fact
from simforms.knowledge.rules import rules
from simforms.knowledge.typed_toml import not_one_of, read_list, refuse
from simforms.messages import Message, say
from simforms.planning.scopes import Condition, Traits, met
from simforms.planning.situation import Situation

WHEN = ("before", "at", "after")


@dataclass(frozen=True)
class Step:
    """Something to do, and when."""

    when: str
    what: Message
    fact: Fact | None = None
    of: str = ""
    """The service it is about, as the person calls it."""


@dataclass(frozen=True)
class Written:
    """A step as the file has it."""

    aims: tuple[str, ...]
    when: str
    todo: str
    states: tuple[str, ...] = ("open",)
    only: Condition = field(default_factory=dict)
    unless: Condition = field(default_factory=dict)
    fact: str = ""
    rule: str = ""


@cache
def _written() -> tuple[Written, ...]:
    path = data("steps.toml")
    found = read_list(path, "step", Written)
    refuse(
        path,
        (
            not_one_of(f"step[{number}].{key}", key, given, known)
            for number, step in enumerate(found)
            for key, given, known in (("when", step.when, WHEN), ("rule", step.rule, ("", *rules())))
            if given not in known
        ),
    )
    return found


def steps(aim: str, state: str, situation: Situation, traits: Traits) -> Iterator[Step]:
    """Yield the steps that belong to an aim in a state, for this person."""
    for one in _written():
        if aim not in one.aims or state not in one.states:
            continue
        if met(one.only, traits) is not True or (one.unless and met(one.unless, traits) is True):
            continue
        fact = rules().get(one.rule) if one.rule else getattr(situation.carrier, one.fact) if one.fact else None
        yield Step(one.when, say(one.todo), fact if fact and fact.printable else None)
