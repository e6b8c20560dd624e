"""What a situation calls for beside the way to end the line, and why a paper is not for it, or not yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import takewhile

from simforms.messages import Message, say
from simforms.planning.deadlines import EIGHT_DAYS, first_day
from simforms.planning.history import Stage, Story, stages
from simforms.planning.situation import Situation

Reason = tuple[Message, Message]
"""What is wrong, and what to do instead."""

FIRST_DAYS = "first-days"


def occasions(situation: Situation, story: Story) -> frozenset[str]:
    """Return the names of what the situation calls for."""
    found = {
        "lost": situation.lost,
        "agent": situation.through_others,
        "log": bool(story.entries),
        "sim-return": _card_goes_back(situation),
        FIRST_DAYS: situation.first_days and not not_by_notice(situation),
    }
    if story.next and story.due and story.due <= situation.paper_date:
        found[story.next.name] = True
    return frozenset(name for name, called_for in found.items() if called_for)


def reasons(situation: Situation, story: Story) -> Mapping[str, Reason]:
    """Return, by occasion, why its time has not come or never will."""
    found = {stage.name: _not_due(story, stage.name) for stage in stages()}
    refused = not_by_notice(situation)
    if not situation.first_days:
        refused = refused or (
            say("the case asks for an ordinary cancellation"),
            say("write cancellation.kind: first-8-days if you want to leave within the first 8 days"),
        )
    return found | ({FIRST_DAYS: refused} if refused else {})


def why_not(names: Sequence[str], story: Story, found: Mapping[str, Reason]) -> Reason:
    """Return why none of these occasions has come: where something waits for an answer, what that means for the later steps."""
    later = [stage.name for stage in stages() if stage.name in names] if story.waiting else []
    return found[(later or [name for name in names if name in found])[0]]


def _not_due(story: Story, name: str) -> Reason:
    if not story.waiting:
        return (
            say("the log of the case names nothing that still waits for an answer"),
            say("write what you sent and when under log"),
        )
    if not story.next or not story.due:
        return say("every request of this kind has been sent"), say("turn to a consumer desk with the case summary")
    if story.next.name != name and story.next not in _before(name):
        return say("this step has been taken"), say("see `simforms plan` for the next one")
    if story.next.name != name:
        return (
            say("another step comes first: %(step)s, due on %(day)s", step=say(story.next.title), day=story.due.isoformat()),
            say("send it, and write it under log"),
        )
    return (
        say("it is too early: %(step)s is due on %(day)s", step=say(story.next.title), day=story.due.isoformat()),
        say("wait until then, or write under log what has happened since"),
    )


def _before(name: str) -> list[Stage]:
    return list(takewhile(lambda stage: stage.name != name, stages()))


def _card_goes_back(situation: Situation) -> bool:
    back = situation.carrier.sim_return
    return bool(
        back and back.print != "never" and back.needed in {"yes", "choice"} and not situation.esim and situation.wants_to_end
    )


def not_by_notice(situation: Situation) -> Reason | None:
    """Return why a notice of ours does not serve the exit within the first 8 days; None where it may."""
    right, name = situation.carrier.first_days, situation.carrier.name("en")
    see = say("see `simforms plan` for the way that works")
    if right and right.print == "never":
        right = None
    if right and right.regime == "outside":
        return say("%(carrier)s is outside the 8-day exit", carrier=name), see
    if right and right.lines == "voice" and situation.given("line.use") == "data":
        return say("the 8-day exit of %(carrier)s is for lines with voice calls only", carrier=name), see
    if right and "own-form" in right.ways:
        return say("%(carrier)s takes the 8-day exit on its own form only", carrier=name), see
    if right and right.regime == "free" and right.ways and "post" not in right.ways:
        return say("%(carrier)s takes the 8-day exit, but not by post", carrier=name), see
    last = last_day(situation)
    if last and last < situation.paper_date:
        return say("the last day of the 8-day exit was %(day)s", day=last.isoformat()), say(
            "ask for an ordinary cancellation, or ask a consumer desk"
        )
    return None


def last_day(situation: Situation) -> date | None:
    """Return the last day of the eight by what the case says, whether the brand's own count is known or not."""
    given = (situation.given("line.start_date"), situation.given("line.document_date"), situation.given("line.contract_date"))
    first = first_day(situation) or min(filter(None, given), default=None)
    return first + EIGHT_DAYS if first else None
