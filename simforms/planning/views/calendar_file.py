"""The days of a plan as an iCalendar file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from simforms.knowledge.facts import Fact
from simforms.messages import Message, say
from simforms.planning.plan import Plan
from simforms.planning.views.phrases import Phrases


def as_calendar(*plans: Plan) -> bytes:
    """Return the days of what is open, and the day that is proposed for it, as a file for calendars."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - only this output pays for it

    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    for plan in plans:
        words = Phrases(plan)
        for name, day, what, fact in _days(plan):
            event = Event()
            event.add("uid", hashlib.sha256(f"{plan.reference}{name}".encode()).hexdigest()[:24] + "@simforms")
            event.add("dtstamp", datetime.combine(plan.today, time.min, UTC))
            event.add("dtstart", day)
            event.add("summary", words(what))
            if fact and fact.printable:
                event.add("description", f"{fact.pages[0].address} ({words.mark(fact)})")
            calendar.add_component(event)
    return bytes(calendar.to_ical())


_MAKER = "-//simforms//plan//EN"


BEGIN = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{_MAKER}\r\n".encode()
"""How `as_calendar` begins."""


def _days(plan: Plan) -> Iterator[tuple[str, date, Message, Fact | None]]:
    for matter in plan.matters:
        if matter.open and matter.moment and matter.way:
            what = say("%(aim)s: %(way)s", aim=say(matter.aim.title), way=matter.way.name)
            yield f"{matter.name}.propose", matter.moment.day, what, matter.way.fact
        if matter.state in {"open", "waiting", "by-itself"}:
            for number, one in enumerate(matter.days):
                yield f"{matter.name}.{one.id}.{number}", one.day, one.what, one.fact
