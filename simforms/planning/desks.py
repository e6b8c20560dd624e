"""The numbers to call: which desks serve an aim, from where the holder is, and which of them speak a language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simforms.knowledge.carriers import desks as public_desks
from simforms.knowledge.fact_kinds import Phone
from simforms.knowledge.fact_kinds import Way as WayFact
from simforms.planning.aims import Aim
from simforms.planning.situation import Situation
from simforms.planning.ways import Way


def desks(aim: Aim, way: Way | None, situation: Situation) -> tuple[Phone, ...]:
    """Return the desks for an aim: that of the way first, then by what they are for, those that answer day and night first."""
    carrier = situation.carrier
    found = [carrier.phones[way.fact.desk]] if way and way.fact and way.fact.desk in carrier.phones else []
    unplaced = not situation.placed or (situation.agent and situation.abroad)  # who acts may be with the holder, or in Japan
    anywhere = bool(situation.lost and unplaced)  # in an emergency nobody is asked first
    known = [phone for phone in carrier.phones.values() if phone.printable and _reached(phone, situation, anywhere=anywhere)]
    for purpose in _purposes(aim, way):
        found += sorted((phone for phone in known if phone.purpose == purpose), key=lambda phone: not phone.always)
    found += (public(situation) or _public()) if "consumer" in aim.desks else []
    once: dict[str, Phone] = {}
    for phone in found:
        once.setdefault(phone.number or phone.dial, phone)
    return tuple(once.values())


def answering(way: Way | None, situation: Situation) -> Phone | None:
    """Return the desk that a call reaches; None where the record names none, or where it answers day and night."""
    fact = way.fact if way and way.channel in {"phone", "desk"} else None
    desk = situation.carrier.phones.get(fact.desk) if fact else None
    return desk if desk and desk.printable and not desk.always else None


def with_hours(way: Way | None, desk: Phone | None) -> WayFact | None:
    """Return what is known of a way, with the hours of its desk where it states none of its own."""
    fact = way.fact if way else None
    if fact and desk and desk.closes and not fact.closes:
        return replace(fact, opens=desk.opens, closes=desk.closes, outside="closed")
    return fact


def _purposes(aim: Aim, way: Way | None) -> list[str]:
    """Return what the desks are for: a general desk serves another aim than the end only where no other way is known."""
    elsewhere = way is not None and way.channel not in {"phone", "desk"} and not aim.default
    return [purpose for purpose in aim.desks if not (elsewhere and purpose == "general")]


def public(situation: Situation) -> list[Phone]:
    """Return the consumer desks that can be called from where the holder is."""
    return [phone for phone in _public() if _reached(phone, situation)]


def _public() -> list[Phone]:
    return [phone for desk in public_desks().values() for phone in desk.phones.values() if phone.printable]


def _reached(phone: Phone, situation: Situation, *, anywhere: bool = False) -> bool:
    abroad = situation.abroad and not situation.agent
    return (anywhere or (phone.reach == "overseas") == abroad) and not (phone.reach == "handset" and situation.lost)


def spoken(found: Sequence[Phone], language: str) -> tuple[Phone, ...]:
    """Return of each kind the desks that speak a language, else those that may, else all of that kind."""
    code = language.partition("-")[0]
    kinds = {desk.purpose: [one for one in found if one.purpose == desk.purpose] for desk in found}
    fitting = {
        kind: [desk for desk in desks if code in desk.languages]
        or [desk for desk in desks if not desk.languages or "ja" in desk.languages]
        or desks
        for kind, desks in kinds.items()
    }
    return tuple(desk for desk in found if desk in fitting[desk.purpose])
