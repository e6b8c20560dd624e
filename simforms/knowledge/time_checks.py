"""Hours, days and times in the sentences of a record must be typed in it too: a plan computes with keys, never with sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from simforms.knowledge.carrier import Carrier
from simforms.knowledge.fact_kinds import Billing, Effective, Fee, FirstDays, Phone, Survivor, Way
from simforms.knowledge.facts import Fact, Term

_WORDS = {
    name: number
    for number, name in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), 1
    )
} | {"twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
_NUMBER = rf"\d+|{'|'.join(_WORDS)}"
_UNITS = {"hour": (1, "hours"), "day": (1, "days"), "week": (7, "days"), "month": (1, "months"), "year": (12, "months")}
_MONTHS = "January February March April May June July August September October November December".split()
_HOUR = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_SPAN = re.compile(
    rf"\b(?:({_NUMBER}) (?:to|or) )?({_NUMBER})[ -](?:business |working |full |more )?({'|'.join(_UNITS)})s?\b(?!')",
    re.IGNORECASE,
)
_DATE = re.compile(rf"\b(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) (\d{{4}})\b")
_LATER = (0, 1)
"""By so much a day in a sentence may be later than its key: "from the 26th" for by 25."""
_NEAR = (-1, 0, 1)
"""By so many days a time may differ from its key: "within 8 days" for 7 after the first, "more than 30 days before" for 31."""


@dataclass(frozen=True)
class Typed:
    """What a record types of hours, days of a month, times and dates."""

    hours: frozenset[time]
    days: frozenset[int]
    spans: frozenset[tuple[int, str]]
    dates: frozenset[date]

    def unknown(self, text: str, *, dates: bool) -> Iterator[str]:
        """Yield what a sentence says of them that is not typed; dates only where they decide."""
        minute = timedelta(minutes=1)
        for found in _HOUR.finditer(text):
            hour = timedelta(hours=int(found[1]), minutes=int(found[2]))
            if not any(timedelta(hours=one.hour, minutes=one.minute) in {hour, hour - minute} for one in self.hours):
                yield found[0]
        for found in _DAY.finditer(text):
            if int(found[1]) != 1 and not any(int(found[1]) - near in self.days for near in _LATER):
                yield found[0]
        for found in _SPAN.finditer(text):
            numbers = [_WORDS.get(one.lower()) or int(one) for one in found.groups()[:2] if one]
            factor, unit = _UNITS[found[3].lower()]
            near = _NEAR if unit == "days" else (0,)
            if not all(any((one * factor - by, unit) in self.spans for by in near) for one in numbers):
                yield found[0]
        for found in _DATE.finditer(text) if dates else ():
            day = date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1] or 1))
            if not any(abs((day - one).days) <= 1 for one in self.dates):
                yield found[0]


def typed(carrier: Carrier) -> Typed:
    """Return what a record types."""
    facts = [one for _, fact in carrier.facts() for one in (fact, fact.but) if one]
    terms = [term for fact in facts for term in _terms(fact)]
    spans = {(abs(term.days), "days") for term in terms} | {(abs(term.months), "months") for term in terms}
    hours, days, dates = {term.at for term in terms}, {term.day for term in terms}, set[date | None]()
    for fact in facts:
        if isinstance(fact, Way | Phone):
            hours |= {fact.opens, fact.closes, getattr(fact, "after", None)}
        if isinstance(fact, Phone) and fact.always:
            spans.add((24, "hours"))
        if isinstance(fact, Effective):
            hours.add(fact.at)
            days |= {fact.by, fact.february}
            spans |= {(int(fact.by), "days")} if fact.rule == "renewal" and fact.by.isdigit() else set()
        if isinstance(fact, Billing):
            days |= {*fact.closes, str(fact.lag_day or "")}
            spans.add((fact.lag_months or 0, "months"))
        if isinstance(fact, Fee):
            spans.add((fact.months or 0, "months"))
            dates |= {fact.since, fact.until}
        if isinstance(fact, Survivor):
            days.add(fact.by)
        if isinstance(fact, FirstDays):
            spans.add((8, "days"))
    return Typed(
        frozenset(filter(None, hours)),
        _numbers(days),
        frozenset(spans - {(0, "days"), (0, "months")}),
        frozenset(filter(None, dates)),
    )


def _terms(fact: Fact) -> Iterator[Term]:
    yield from fact.terms
    if isinstance(fact, Way) and fact.within:
        yield fact.within


def _numbers(days: Iterable[str]) -> frozenset[int]:
    return frozenset(int(day) for day in days if day.isdigit())


def untyped(carrier: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001 - all checks are called alike
    """Yield each hour, day or time of a sentence that no key of the record types, unless `untyped` says why."""
    known = typed(carrier)
    for one in filter(None, (fact, fact.but)):
        missing = list(known.unknown(re.sub(r"\b(?:8|eight)-day\b", "", one.text), dates=isinstance(one, Fee)))
        if missing and not one.untyped and not one.withdrawn and not one.stated_in:
            what = f"“{missing[0]}” is in the sentence and in no key, so no plan reckons with it"
            yield what, "write its key (opens, closes, after, by, at, terms, within, since …), or under untyped: why none fits"
        if one.untyped and not missing:
            yield "untyped says why a time has no key, and the sentence has none such", "delete untyped"
