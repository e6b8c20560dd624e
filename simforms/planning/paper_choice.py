"""Which papers a plan's matters call for, and why another does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from simforms.knowledge.documents import Document, Serves
from simforms.knowledge.stages import Stage, stages
from simforms.messages import Message, say
from simforms.planning import first_days
from simforms.planning.history import History
from simforms.planning.matters import Matter
from simforms.planning.scopes import met
from simforms.planning.situation import Situation
from simforms.planning.ways import Way

Reason = tuple[Message, Message]
"""What is wrong, and what to do instead."""
_DONE = say("The log of the case says that this has been done.")
_SEE = say("see `simforms plan` for the method that works")


def called_for(kind: Document, matters: Sequence[Matter], situation: Situation) -> bool:
    """Return whether a document is printed unasked: it serves an open matter on the way to take."""
    return kind.unasked and any(_serves(one, matters, situation, every_way=False) for one in kind.serves)


def of_use(kind: Document, matters: Sequence[Matter], situation: Situation) -> bool:
    """Return whether a document serves a matter on any way that works."""
    return any(_serves(one, matters, situation, every_way=True) for one in kind.serves)


def on(way: Way, kind: Document, matter: Matter, situation: Situation) -> bool:
    """Return whether a document helps on a way that is not the one taken."""
    return any(
        matter.name in one.aims and way.channel in one.channels and not one.only and _asked(one, situation) for one in kind.serves
    )


def _serves(one: Serves, matters: Sequence[Matter], situation: Situation, *, every_way: bool) -> bool:
    if not _asked(one, situation) or met(one.only, situation.traits) is not True:
        return False
    if not one.aims and not one.by:
        return True
    return any(_fits(one, matter, every_way=every_way) for matter in matters if not one.aims or matter.name in one.aims)


def _asked(one: Serves, situation: Situation) -> bool:
    given = {name: situation.given(name) for name in one.asked}
    asked = (given[name] is not None and (not values or given[name] in values) for name, values in one.asked.items())
    return not given or any(asked)


def _fits(one: Serves, matter: Matter, *, every_way: bool) -> bool:
    if matter.state not in one.states:
        return False
    if not one.channels and not one.by:
        return True
    if "ask" in one.channels and matter.asking and not matter.ways:
        return True
    walked = _walked(matter, every_way=every_way or one.every_way)
    return any((not one.channels or way.channel in one.channels) and (not one.by or way.by in one.by) for way in walked)


def _walked(matter: Matter, *, every_way: bool) -> Iterator[Way]:
    """Yield the ways that papers are for: the one taken and the one wished, else those that may work for this person."""
    if matter.way:
        yield matter.way
    if matter.wished:
        yield matter.wished
    if every_way:
        yield from (way for way in matter.ways if way.works)
    if matter.asking:
        yield from (way for way in matter.ways if way.verdict == "unknown" and _may_work(way))


def _may_work(way: Way) -> bool:
    able = all(reason.check in {"actor", "place"} or reason.fields for reason in way.reasons)
    return bool(way.fact and way.fact.available == "yes" and able)


def misfit(kind: Document, matters: Sequence[Matter], situation: Situation) -> Message | None:
    """Return what a paper that was asked for by name carries where it does not fit; None where it does."""
    served = [one for one in kind.serves if one.aims]
    if not served or len(served) < len(kind.serves) or of_use(kind, matters, situation):
        return None
    about = [matter for matter in matters if any(matter.name in one.aims for one in served)]
    return _state_note(next((matter for matter in about if matter.open), about[0])) if about else _not_asked(matters)


def _state_note(matter: Matter) -> Message:
    if matter.state == "by-itself":
        return say("This line ends automatically: you do not have to apply.")
    if matter.refusal:
        return matter.refusal.what
    if not matter.open:
        return _DONE
    if matter.way:
        return say("We have no information that this carrier accepts this paper. Its own method: %(way)s.", way=matter.way.name)
    return say("We have no information that this carrier accepts this paper. Ask which method it accepts.")


def _not_asked(matters: Sequence[Matter]) -> Message:
    if any(matter.name == "confirm" for matter in matters):
        return _DONE
    return say("The case does not ask for this.")


def not_now(kind: Document, matters: Mapping[str, Matter], situation: Situation) -> Reason | None:
    """Return why a document that has its time is not printed at another; None where its time has come."""
    if not kind.only_then:
        return None
    aims = {aim for one in kind.serves for aim in one.aims}
    if "first-days" in matters and "first-days" in aims and (past := _past(matters["first-days"], situation)):
        return past
    if of_use(kind, tuple(matters.values()), situation):
        return None
    log = situation.log
    if "confirm" in aims and (log.waiting or "first-days" not in aims):
        named = [stage for one in kind.serves for stage in one.only.get("stage", ())]
        return _not_due(log, named)
    if "first-days" not in matters and situation.given("cancellation.kind") == "first-8-days":
        return None  # the log says that the notice was sent: it carries a note
    return _not_by_notice(matters.get("first-days"), situation)


def _not_by_notice(exit_: Matter | None, situation: Situation) -> Reason:
    if not exit_:
        return say("the case asks for an ordinary cancellation"), say(
            "write `cancellation.kind: first-8-days` if you want to cancel within the first 8 days"
        )
    if exit_.refusal:
        return exit_.refusal.what, _SEE
    name = situation.carrier.name("en")
    if any(way.channel == "own-form" and way is exit_.way for way in exit_.ways):
        return say("%(carrier)s accepts the 8-day cancellation only on its own form", carrier=name), _SEE
    return say("%(carrier)s accepts the 8-day cancellation, but not by post", carrier=name), _SEE


def _past(exit_: Matter, situation: Situation) -> Reason | None:
    """Return why a notice that is dated after the eight days is none."""
    last = max((one.day for one in exit_.days if one.id in {"eight-days", "eight-days-safe", "eight-days-perhaps"}), default=None)
    if last is None or not first_days.over(situation, situation.paper_date):
        return None
    return say("the last day for the 8-day cancellation was %(day)s", day=last.isoformat()), say(
        "apply for an ordinary cancellation, or ask a consumer centre"
    )


def _not_due(log: History, named: Sequence[str]) -> Reason:
    if not log.waiting:
        return (
            say("nothing in the log of the case is still waiting for an answer"),
            say("write what you sent, and when, under `log`"),
        )
    if not log.next or not log.due:
        return say("you have already sent every request of this kind"), say(
            "ask a consumer centre, and take the case summary with you"
        )
    step, day = say(log.next.title), log.due.isoformat()
    if named and log.next.name not in named and log.next in _before(named[0]):
        return (
            say("there is an earlier step first: %(step)s, from %(day)s", step=step, day=day),
            say("send it, and record it under `log`"),
        )
    return (
        say("it is too early: “%(step)s” can be sent from %(day)s", step=step, day=day),
        say("wait until then, or record under `log` what has happened since"),
    )


def _before(name: str) -> list[Stage]:
    return list(takewhile(lambda stage: stage.name != name, stages()))
