"""What a person wants, by the case and its log (reads data/aims.toml). What is not asked for is not here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from simforms.knowledge.content import data
from simforms.knowledge.documents import State
from simforms.knowledge.typed_toml import not_one_of, read_list, refuse
from simforms.planning.situation import Situation

Fields = Mapping[str, tuple[str, ...]]
CONFIRM = "confirm"


@dataclass(frozen=True)
class Aim:
    """Something a person can want. Texts are English; the catalogs hold the other languages."""

    name: str
    title: str
    ask: str
    desks: tuple[str, ...]
    asked: Fields = field(default_factory=dict)
    unless: Fields = field(default_factory=dict)
    default: bool = False
    done: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    replaces: str = ""
    agents: bool = False
    place: bool = False
    beside: bool = False
    facts: tuple[str, ...] = ()


@cache
def aims() -> Mapping[str, Aim]:
    """Return every aim by name, in the order of a plan. Raises ContentError."""
    path = data("aims.toml")
    found = {aim.name: aim for aim in read_list(path, "aim", Aim)}
    refuse(
        path,
        (
            not_one_of(f"{aim.name}.{key}", "aim", other, found)
            for aim in found.values()
            for key, others in (("excludes", aim.excludes), ("replaces", (aim.replaces,)))
            for other in others
            if other and other not in found
        ),
    )
    return found


def wanted(situation: Situation) -> tuple[Aim, ...]:
    """Return the aims of a case in the order of a plan; those that are done are among them.

    What was asked of the company and is not answered yet has become `confirm`.
    """
    log = situation.log
    asked = {aim.name: aim for aim in aims().values() if _asked(aim, situation)}
    asked = {name: aim for name, aim in asked.items() if log.has(*aim.done) or not log.has(*aim.requests)}
    if log.waiting:
        asked[CONFIRM] = aims()[CONFIRM]
    gone = set(_excluded(asked))
    asked = {name: aim for name, aim in asked.items() if name not in gone}
    if all(aim.beside for aim in asked.values()):
        asked |= {aim.name: aim for aim in aims().values() if aim.default and not log.has(*aim.requests)}
    return tuple(aim for aim in aims().values() if aim.name in asked)


def _asked(aim: Aim, situation: Situation) -> bool:
    return _any(aim.asked, situation) and not _any(aim.unless, situation)


def _any(fields: Fields, situation: Situation) -> bool:
    given = {name: situation.given(name) for name in fields}
    return any(given[name] is not None and (not values or given[name] in values) for name, values in fields.items())


def _excluded(asked: Mapping[str, Aim]) -> Iterator[str]:
    for aim in asked.values():
        yield from aim.excludes
        yield from filter(None, [aim.replaces])


def again(aims_with_states: Mapping[str, State]) -> str:
    """Return the aim that comes back because the one in its place is over or refused; empty where none does.

    >>> again({"first-days": "over"}), again({"move-number": "open", "first-days": "refused"}), again({"first-days": "open"})
    ('end-line', '', '')
    """
    for name, state in aims_with_states.items():
        back = aims()[name].replaces
        if back and state in {"over", "refused"} and not any(back in aims()[other].excludes for other in aims_with_states):
            return back
    return ""
