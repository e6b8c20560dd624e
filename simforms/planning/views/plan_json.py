"""A plan as JSON for programs; docs/plan-json.md describes it. No sentence in it decides anything."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from simforms.errors import Problem
from simforms.knowledge import carriers
from simforms.knowledge.fact_kinds import Phone
from simforms.knowledge.facts import Fact
from simforms.knowledge.problem_codes import code
from simforms.knowledge.vocabulary import vocabulary
from simforms.messages import say, without_values
from simforms.planning.days import Days
from simforms.planning.desks import public
from simforms.planning.matters import Matter
from simforms.planning.moments import Moment
from simforms.planning.plan import Plan
from simforms.planning.steps import Step
from simforms.planning.terms import Deadline
from simforms.planning.views.phrases import Phrases
from simforms.planning.ways import Way


def as_json(plan: Plan) -> str:
    """Return the plan as JSON, version 2. It holds no value of the case, only the days that follow from it."""
    words = Phrases(plan)
    found = {
        "version": 2,
        "reference": plan.reference,
        "language": plan.language,
        "now": {"day": plan.today.isoformat(), "time": plan.now.time and f"{plan.now.time:%H:%M}"},
        "carrier": plan.carrier.slug or None,
        "counterparty": counterparty(plan),
        "about": plan.about and fact(plan.about, words),
        "matters": [_matter(plan, matter, words) for matter in plan.matters],
        "conflicts": conflicts((*plan.warnings, *plan.conflicts), words),
        "log": [{"day": _iso(entry.day), "what": entry.key, "channel": entry.channel or None} for entry in plan.log.entries],
        "help": [desk(one, words) for one in public(plan.situation)],
        "papers": [kind.name for kind in plan.documents],
        "misfits": {name: words(note) for name, note in plan.misfits.items()},
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def counterparty(plan: Plan) -> str:
    """Return with whom the contract is: the carrier, a seller, or whoever the package names."""
    if plan.situation.from_retailer:
        return "package"
    return "seller" if plan.situation.from_reseller else "carrier"


def _matter(plan: Plan, matter: Matter, words: Phrases) -> dict[str, Any]:
    return {
        "aim": matter.name,
        "state": matter.state,
        "title": words.title(matter),
        "why": matter.refusal and {"what": words(matter.refusal.what), **source(matter.refusal.fact)},
        "ways": [_way(plan, matter, way, words) for way in matter.ways],
        "way": matter.way and matter.way.key,
        "ask": ("seller" if matter.seller else "company") if matter.asking else None,
        "proposed": matter.moment and _moment(matter.moment),
        "moments": [_moment(one) for one in matter.moments[:_SHOWN]],
        "rule": source(matter.rule) | {"rule": matter.rule.rule} if matter.rule else None,
        "days": [day(one, words) for one in matter.days],
        "have": [fact(one, words) for one in matter.have],
        "steps": [_step(one, words) for one in matter.steps],
        "facts": [{"pointer": pointer, **fact(one, words)} for pointer, one in matter.facts],
        "desks": [desk(one, words) for one in matter.desks],
        "papers": [kind.name for kind in plan.papers_of(matter)],
        "asks": list(matter.asks),
    }


def _step(one: Step, words: Phrases) -> dict[str, Any]:
    service = {"service": service.slug if (service := carriers.service(one.of)) else None} if one.of else {}
    return {"when": one.when, "what": words(without_values(one.what)), **service, **source(one.fact)}


_SHOWN = 2
"""Moments: what acting now brings, and what acting later today or tomorrow does."""


def _way(plan: Plan, matter: Matter, way: Way, words: Phrases) -> dict[str, Any]:
    known = way.fact
    return {
        "channel": way.channel,
        "by": way.by,
        "verdict": way.verdict,
        "reasons": [
            {"check": one.check, "what": words(one.what), "fields": list(one.fields), **source(one.fact)} for one in way.reasons
        ],
        "what": words(say(known.text)) if known and known.text and known.printable else None,
        "url": (known.url or None) if known and way.works else None,
        "needs": list(known.needs) if known else [],
        "papers": [kind.name for kind in plan.other_papers(way)] if way.works or way is matter.way else [],
        **source(known),
    }


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "day": moment.day.isoformat(),
        "before": moment.before and f"{moment.before:%H:%M}",
        "after": moment.after,
        "handled": _days(moment.handled),
        "end": _days(moment.end),
        "paid_until": _days(moment.paid),
        "fees": [
            {
                "name": one.name,
                "status": one.status,
                "yen": one.fact.yen,
                "free_from": _iso(one.free_from),
                **source(one.fact),
            }
            for one in moment.fees
        ],
    }


def _days(found: Days | None) -> list[str] | None:
    return [found.first.isoformat(), found.last.isoformat()] if found else None


def _iso(found: date | None) -> str | None:
    return found.isoformat() if found else None


def day(one: Deadline, words: Phrases) -> dict[str, Any]:
    """Return a day of a matter."""
    hour = one.at and f"{one.at:%H:%M}"
    return {"id": one.id, "day": one.day.isoformat(), "time": hour, "what": words(without_values(one.what)), **source(one.fact)}


def desk(one: Phone, words: Phrases) -> dict[str, Any]:
    """Return a number to call."""
    return {
        "dial": one.dial,
        "what": words(say(one.text)),
        "purpose": one.purpose,
        "reach": one.reach,
        "languages": list(one.languages),
        "opens": one.opens and f"{one.opens:%H:%M}",
        "closes": one.closes and f"{one.closes:%H:%M}",
        "always": bool(one.always),
        "days": words(say(one.days)) if one.days else None,
        "but": _against(one, words),
        **source(one),
    }


def conflicts(problems: Iterable[Problem], words: Phrases) -> list[dict[str, Any]]:
    """Return what does not go together."""
    return [
        {
            "code": code(one.what),
            "field": vocabulary(words.plan.content).known_part(one.name),
            "severity": one.severity,
            "what": words(without_values(one.what)),
            "cure": words(without_values(one.suggestion)),
        }
        for one in problems
    ]


def fact(found: Fact, words: Phrases) -> dict[str, Any]:
    """Return what a fact says, with what is said against it."""
    return {"what": words(say(found.text)) if found.text else None, "but": _against(found, words), **source(found)}


def _against(found: Fact, words: Phrases) -> dict[str, Any] | None:
    doubt = found.doubt
    return {"what": words(say(doubt.text)) if doubt.text else None, **source(doubt)} if doubt else None


def source(found: Fact | None) -> dict[str, Any]:
    """Return the page that a fact rests on, its grade, and the day of the page; all null where it rests on none."""
    if not found or not found.printable:
        return {"source": None, "grade": None, "seen": None}
    page, mark = next(page for page in found.pages if page.counts), found.mark
    return {"source": page.address, "grade": mark.grade, "seen": mark.seen.isoformat() if mark.seen else mark.dated or None}
