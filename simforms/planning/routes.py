"""The ways to end a line: which work, best first, and which do not, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from simforms.knowledge.carrier import CHANNELS
from simforms.knowledge.fact_kinds import Way
from simforms.knowledge.facts import Answer
from simforms.messages import Message, say
from simforms.planning.situation import Situation

NAMES = {
    "online": say("Online"),
    "app": say("In the app"),
    "shop": say("At a shop"),
    "chat": say("By chat"),
    "phone": say("By phone"),
    "email": say("By e-mail"),
    "post": say("By post"),
    "reseller": say("At the seller"),
}
_COMMON = ("online", "shop", "phone", "post")
"""The ways people ask for: told even where nothing is known of them."""
_ORDER: dict[Answer, int] = {"yes": 0, "unclear": 1, "unknown": 1, "no": 2}


@dataclass(frozen=True)
class Route:
    """One way, whether it works for this person, and why."""

    channel: str
    works: Answer
    why: tuple[Message, ...]
    fact: Way | None = None

    @property
    def name(self) -> Message:
        """What people call it."""
        return NAMES[self.channel]


def routes(situation: Situation) -> tuple[Route, ...]:
    """Return every way, those that work first; among them the one the person wants, then the least trouble."""
    wished = situation.given("cancellation.channel")
    found = [_route(channel, situation) for channel in CHANNELS if channel in situation.carrier.channels or channel in _COMMON]
    if situation.from_reseller:
        why = say("Your contract is with the seller. Ask there first: only the seller can say how it ends.")
        found = [
            Route("reseller", "yes", (why,)),
            *(Route(way.channel, _no_better(way.works), way.why, way.fact) for way in found),
        ]
    return tuple(sorted(found, key=lambda way: (_ORDER[way.works], way.channel != wished)))


def _no_better(works: Answer) -> Answer:
    return "unknown" if works == "yes" else works


def best(ways: tuple[Route, ...]) -> Route | None:
    """Return the way to take; None where none is known to work or may work."""
    return next((way for way in ways if way.works != "no"), None)


def chosen(situation: Situation, ways: tuple[Route, ...]) -> Route | None:
    """Return the way the papers are for: the wished one unless it is known not to work, else the best."""
    wished = situation.given("cancellation.channel")
    return next((way for way in ways if way.channel == wished and way.works != "no"), None) or best(ways)


def _route(channel: str, situation: Situation) -> Route:
    fact = situation.carrier.channel(channel)
    works: Answer = fact.available if fact and fact.available != "unclear" else "unknown"
    why = [say(fact.text)] if fact and fact.text else []
    if works == "unknown":
        why.append(say("Not known; ask."))
    if works != "no":
        hindrances = list(_hindrances(channel, situation, fact))
        if hindrances:
            return Route(channel, "no", tuple(hindrances), fact)
    if fact and fact.own_form == "yes" and works == "yes":
        why.append(say("Only the company's own form is taken: ask for it, or print it from its site."))
    if situation.through_others and channel == "phone" and works != "no":
        why.append(say("The desk may want to speak to the contract holder."))
    return Route(channel, works, tuple(why), fact)


def _hindrances(channel: str, situation: Situation, fact: Way | None) -> list[Message]:
    """Return what keeps this person from a way that others can take."""
    found = []
    if channel == "shop" and situation.abroad:
        found.append(say("You are not in Japan."))
    if situation.lost and fact and fact.needs_line == "yes":
        found.append(say("It needs the line itself, which is lost."))
    if channel in {"online", "app"} and situation.through_others:
        found.append(say("Only the contract holder can log in."))
    return found
