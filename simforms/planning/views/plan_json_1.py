"""A plan as JSON of version 1, for programs that read it still; it goes with the next release."""

from __future__ import annotations

import json
from typing import Any

from simforms.knowledge.facts import Fact
from simforms.messages import say
from simforms.planning.plan import Plan
from simforms.planning.views.phrases import Phrases
from simforms.planning.views.plan_json import conflicts

_WORKS = {"yes": "yes", "unclear": "unknown", "unknown": "unknown", "no": "no"}
_CHANNELS = {"own-form": "post", "letter": "post", "seller": "reseller", "desk": "phone"}


def as_json_1(plan: Plan) -> str:
    """Return the plan as JSON, version 1: the first open matter, in the names of old."""
    words, matter = Phrases(plan), plan.matter("end-line") or plan.first
    found = {
        "version": 1,
        "reference": plan.reference,
        "language": plan.language,
        "date": plan.today.isoformat(),
        "carrier": plan.carrier.slug or None,
        "ends_by_itself": bool(matter and matter.state == "by-itself"),
        "way": _channel(matter.way.channel) if matter and matter.way else None,
        "routes": [
            {
                "channel": _channel(way.channel),
                "works": _WORKS[way.verdict],
                "why": [words(reason.what) for reason in way.reasons],
                **_source(way.fact),
            }
            for way in (matter.ways if matter and matter.name == "end-line" else ())
        ],
        "steps": [
            {"when": step.when, "what": words(step.what), **_source(step.fact)} for one in plan.matters for step in one.steps
        ],
        "bring": [{"what": words(say(fact.text)), **_source(fact)} for one in plan.matters for fact in one.have],
        "rules": [
            {"pointer": pointer, "what": words(say(fact.text)), **_source(fact)}
            for one in plan.matters
            for pointer, fact in one.facts
        ],
        "deadlines": [
            {"id": one.id, "day": one.day.isoformat(), "what": words(one.what), **_source(one.fact)}
            for each in plan.matters
            for one in each.days
        ],
        "conflicts": [
            {name: value for name, value in one.items() if name != "severity"}
            for one in conflicts((*plan.warnings, *plan.conflicts), words)
        ],
        "log": [
            {"day": entry.day and entry.day.isoformat(), "what": entry.choice and words(say(entry.choice.label))}
            for entry in plan.log.entries
        ],
        "desks": [_desk(desk) for desk in plan.desks],
        "help": [_desk(desk) for desk in plan.help],
        "words": [
            {"ja": word.ja, "kana": word.kana.replace("-", ""), "meaning": words(say(word.meaning))}
            for word in plan.words_for(plan.way.channel if plan.way else "")
        ],
        "documents": [kind.name for kind in plan.documents],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _channel(name: str) -> str:
    return _CHANNELS.get(name, name)


def _desk(desk: Any) -> dict[str, Any]:
    hours = {
        "opens": desk.opens and f"{desk.opens:%H:%M}",
        "closes": desk.closes and f"{desk.closes:%H:%M}",
        "always": bool(desk.always),
    }
    return {"dial": desk.dial, "reach": desk.reach, "languages": list(desk.languages), **hours, **_source(desk)}


def _source(fact: Fact | None) -> dict[str, Any]:
    if not fact or not fact.printable:
        return {"source": None, "source_kind": None, "seen": None, "print": None}
    mark, page = fact.mark, next(page for page in fact.pages if page.counts)
    return {
        "source": page.page,
        "source_kind": "official" if page.official else "secondary",
        "seen": page.latest and page.latest.isoformat(),
        "print": "ok" if mark.certain else "warn",
    }
