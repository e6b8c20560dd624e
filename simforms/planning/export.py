"""A plan as JSON for programs, and as a calendar file."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from simforms.knowledge.facts import Fact, Phone
from simforms.knowledge.problem_codes import code
from simforms.knowledge.vocabulary import vocabulary
from simforms.messages import say, without_values
from simforms.planning.plan import Plan
from simforms.planning.summary import _Words


def as_json(plan: Plan) -> str:
    """Return the plan as JSON; docs/plan-json.md describes it. It holds no value of the case but dates of the plan."""
    advice, words, known = plan.advice, _Words(plan), vocabulary(plan.content)
    return json.dumps(
        {
            "version": 1,
            "reference": plan.reference,
            "language": plan.language,
            "date": advice.situation.today.isoformat(),
            "carrier": plan.carrier.slug or None,
            "ends_by_itself": advice.ends_by_itself,
            "way": advice.way.channel if advice.way else None,
            "routes": [
                {"channel": way.channel, "works": way.works, "why": [words(reason) for reason in way.why], **_fact(way.fact)}
                for way in advice.routes
            ],
            "steps": [{"when": step.when, "what": words(step.what), **_fact(step.fact)} for step in advice.steps],
            "bring": [{"what": words(say(fact.text)), **_fact(fact)} for fact in advice.bring],
            "rules": [{"pointer": pointer, "what": words(say(fact.text)), **_fact(fact)} for pointer, fact in advice.rules],
            "deadlines": [
                {"id": one.id, "day": one.day.isoformat(), "what": words(one.what), **_fact(one.fact)} for one in advice.deadlines
            ],
            "conflicts": [
                {
                    "code": code(problem.what),
                    "field": known.known_part(problem.name),
                    "what": words(without_values(problem.what)),
                    "cure": words(without_values(problem.suggestion)),
                }
                for problem in (*plan.warnings, *advice.conflicts)
            ],
            "log": [
                {"day": entry.day and entry.day.isoformat(), "what": entry.choice and words(say(entry.choice.label))}
                for entry in advice.story.entries
            ],
            "desks": [_desk(desk) for desk in advice.desks],
            "help": [_desk(desk) for desk in advice.help],
            "words": [
                {"ja": word.ja, "kana": word.kana.replace("-", ""), "meaning": words(say(word.meaning))} for word in advice.words
            ],
            "documents": [kind.name for kind in plan.documents],
        },
        ensure_ascii=False,
        indent=2,
    )


def _desk(desk: Phone) -> dict[str, Any]:
    hours = {
        "opens": desk.opens and f"{desk.opens:%H:%M}",
        "closes": desk.closes and f"{desk.closes:%H:%M}",
        "always": bool(desk.always),
    }
    return {"dial": desk.dial, "reach": desk.reach, "languages": list(desk.languages), **hours, **_fact(desk)}


def _fact(fact: Fact | None) -> dict[str, Any]:
    if not fact or fact.print == "never":
        return {"source": None, "source_kind": None, "seen": None, "print": None}
    return {
        "source": fact.source,
        "source_kind": fact.source_kind,
        "seen": fact.seen and fact.seen.isoformat(),
        "print": fact.print,
    }


def as_calendar(plan: Plan) -> bytes:
    """Return the days of the plan as an iCalendar file."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - only this output pays for it

    words = _Words(plan)
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    for one in plan.advice.deadlines:
        event = Event()
        event.add("uid", hashlib.sha256(f"{plan.reference}{one.id}".encode()).hexdigest()[:24] + "@simforms")
        event.add("dtstamp", _midnight(plan.advice.situation.today))
        event.add("dtstart", one.day)
        event.add("summary", words(one.what))
        if one.fact:
            event.add("description", f"{one.fact.source} ({words(one.fact.standing(plan.advice.situation.today))})")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


_MAKER = "-//simforms//plan//EN"


def is_calendar(body: bytes) -> bool:
    """Return whether this begins as `as_calendar` writes it."""
    return body.startswith(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{_MAKER}\r\n".encode())


def _midnight(day: date) -> Any:
    from datetime import UTC, datetime, time  # noqa: PLC0415 - the same

    return datetime.combine(day, time.min, UTC)
