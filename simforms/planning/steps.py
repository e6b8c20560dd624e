"""What to do on the way to an aim: before, when applying, and afterwards (reads data/steps.toml)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from simforms.errors import ContentError
from simforms.knowledge.content import data, read_toml
from simforms.knowledge.facts import Fact
from simforms.knowledge.rules import rules
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
    found = []
    for entry in read_toml(path)["step"]:
        try:
            found.append(Written(**{name: _value(value) for name, value in entry.items()}))
        except TypeError as error:
            raise ContentError(path, f"a step: {error}") from None
        if found[-1].when not in WHEN or (found[-1].rule and found[-1].rule not in rules()):
            raise ContentError(path, f"a step: {found[-1].todo}: its `when` or its `rule` is not known")
    return tuple(found)


def _value(value: Any) -> Any:
    """Return lists as tuples, also those within."""
    if isinstance(value, dict):
        return {name: tuple(values) for name, values in value.items()}
    return tuple(value) if isinstance(value, list) else value


def steps(aim: str, state: str, situation: Situation, traits: Traits) -> Iterator[Step]:
    """Yield the steps that belong to an aim in a state, for this person."""
    for one in _written():
        if aim not in one.aims or state not in one.states:
            continue
        if met(one.only, traits) is not True or (one.unless and met(one.unless, traits) is True):
            continue
        fact = rules().get(one.rule) if one.rule else getattr(situation.carrier, one.fact) if one.fact else None
        yield Step(one.when, say(one.todo), fact if fact and fact.printable else None)
