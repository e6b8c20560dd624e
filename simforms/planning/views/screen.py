"""The first screen: what works, where, by when, what to have ready, what it costs, what else; 24 lines of 80 columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter

from simforms.knowledge import age
from simforms.knowledge.facts import Fact
from simforms.language.columns import display_width, pad
from simforms.messages import Message, say
from simforms.planning.days import Days
from simforms.planning.desks import spoken
from simforms.planning.matters import Matter
from simforms.planning.moments import Moment
from simforms.planning.plan import Plan
from simforms.planning.views.phrases import NEEDS, Phrases
from simforms.planning.views.rows import Row, broken, marked

LINES, COLUMNS = 24, 80
FULL = 2
"""Open matters that are shown in full; of every other one, only the first line is shown."""

PAPERS = say("Papers")
CALL, WHERE, ORDER, ASK, BY, HAVE, COSTS, DOUBT, ELSE = (
    say("Call"),
    say("Where"),
    say("In order"),
    say("Ask"),
    say("By when"),
    say("Have ready"),
    say("Costs"),
    say("Unclear"),
    say("Other ways"),
)
PAGE = say("Web page")
"""Of other aims; the catalogs say of `Where` that it is where a line is ended."""
UNKNOWN = say("We do not know the number to call for this. Look on the carrier's website, or ask at any of its shops.")
_SHORTENED = (ELSE, HAVE, ORDER, ASK, COSTS, CALL, DOUBT, BY)
"""The rows in the order in which they lose lines where the screen is too small; an address that is cut would lead nowhere."""


def screen(plan: Plan) -> Iterator[str]:
    """Yield the first screen of a plan."""
    words = Phrases(plan)
    old = age.notice(plan.today)
    head = [*broken(_head(plan, words), COLUMNS), *(broken(words(old), COLUMNS) if old else [])]
    yield from head
    if not plan.matters:
        yield ""
        yield words(say("According to the log of the case, everything is done."))
    blocks = list(_blocks(plan, words))
    papers = Row(PAPERS, list(broken(_papers(plan, words), COLUMNS - _indent(words))))
    _fit(blocks, LINES - 1 - len(papers.lines) - len(head), COLUMNS - _indent(words))
    for title, rows in blocks:
        yield ""
        yield from title
        yield from _laid_out(rows, words)
    yield ""
    yield from _laid_out([papers], words)


def _papers(plan: Plan, words: Phrases) -> str:
    return " · ".join(kind.name for kind in plan.documents) or words(say("No paper is needed."))


def gist(plan: Plan) -> Iterator[str]:
    """Yield the same of its matters alone: for a conversation, before the papers are chosen."""
    words = Phrases(plan)
    for title, rows in _blocks(plan, words):
        yield from title
        yield from _laid_out(rows, words)


def _head(plan: Plan, words: Phrases) -> str:
    name, day = plan.carrier.name(plan.language), plan.today
    if plan.now.time:
        return words(say("%(carrier)s · %(day)s, %(hour)s in Japan", carrier=name, day=day, hour=plan.now.time))
    return words(say("%(carrier)s · %(day)s in Japan", carrier=name, day=day))


def _blocks(plan: Plan, words: Phrases) -> Iterator[tuple[list[str], list[Row]]]:
    shown = [matter for matter in plan.matters if matter.open][:FULL]
    for number, matter in enumerate(plan.matters, 1):
        title = list(broken(f"{number} {words.title(matter)}", COLUMNS))
        mark = words.mark(_rests_on(matter))
        if mark and display_width(title[-1]) + display_width(mark) + 3 <= COLUMNS:
            title[-1] = pad(title[-1], COLUMNS - display_width(mark)) + mark
        elif mark:
            title.append(" " * max(0, COLUMNS - display_width(mark)) + mark)
        yield title, list(_rows(plan, matter, words)) if matter in shown or not matter.open else []


def _rests_on(matter: Matter) -> Fact | None:
    if matter.way:
        return matter.way.fact
    if matter.refusal:
        return matter.refusal.fact
    return matter.rule if matter.state == "by-itself" else None


def _rows(plan: Plan, matter: Matter, words: Phrases) -> Iterator[Row]:
    columns = COLUMNS - _indent(words)
    for label, text in _labelled(plan, matter, words):
        lines = [line for part in filter(None, text) for line in broken(part, columns)]
        if lines:
            yield Row(label, lines)


def _labelled(plan: Plan, matter: Matter, words: Phrases) -> Iterator[tuple[Message, list[str]]]:
    urgent = matter.name == "stop-line" and matter.open
    calls = matter.open and matter.desks and (matter.name in {"stop-line", "complain"} or _by_phone(matter) or matter.asking)
    if calls:
        yield CALL, [_short(words.desk(desk)) for desk in spoken(matter.desks, plan.language)[:2]]
    elif urgent:
        yield CALL, [words(UNKNOWN)]
    if address := _address(plan, matter, urgent=urgent and not calls):
        yield WHERE if matter.name == "end-line" else PAGE, [address]
    if matter.aim.beside:
        yield ORDER, [" · ".join(dict.fromkeys(step.of for step in matter.steps))]
    if matter.asking:
        yield ASK, [words(say(matter.aim.ask))]
    yield BY, list(_by(plan, matter, words))
    if matter.way and matter.way.fact:
        yield HAVE, [" · ".join(words(NEEDS[need]) for need in matter.way.fact.needs)] if matter.way.fact.needs else []
    if matter.name == "end-line" and matter.open:
        yield COSTS, [" · ".join(words.costs(matter))]
    yield DOUBT, list(_doubt(matter, words))
    others = [way for way in matter.ways if way is not matter.way]
    if matter.open and matter.name != "complain":
        yield ELSE, [" · ".join(words.verdict(way) for way in others)] if others else []


def _address(plan: Plan, matter: Matter, *, urgent: bool) -> str:
    """Return where the way is taken; of a lost line without a number the company's own page, else its own site."""
    fact = matter.way.fact if matter.way else None
    if fact and fact.url:
        return fact.url
    if matter.name != "stop-line" or not matter.open:
        return ""
    pages = (page.address for page in fact.pages if page.counts and page.official) if fact else iter(())
    return next(pages, "") or (plan.carrier.domains[0] if urgent and plan.carrier.domains else "")


def _by_phone(matter: Matter) -> bool:
    return bool(matter.way and matter.way.channel in {"phone", "desk"})


def _short(text: str) -> str:
    """Return a line without the numbers of sources: these are at the foot of the details."""
    return re.sub(r" \[\d+\]", "", text)


def _by(plan: Plan, matter: Matter, words: Phrases) -> Iterator[str]:
    moment = matter.moment
    if matter.name == "end-line" and matter.open and moment:
        if moment.before and not moment.handled.certain and moment.end:
            yield words.moment(*_split(moment, words.when(moment), first=True))
            yield words.moment(*_split(moment, words(say("later")), first=False))
            return
        yield words.moment(moment, words.when(moment))
        by = matter.day("apply-by")
        if by and by > moment.day:
            yield words(say("the same if you apply by %(day)s", day=by))
        later = next((one for one in matter.moments if _past(one, by or moment.day) and _worse(one, moment)), None)
        if later:
            yield words.moment(later, words(say("later")))
        return
    always = any(desk.always for desk in matter.desks)
    if moment and moment.day > plan.today and not always:
        yield words(say("open again on %(day)s", day=moment.day))
    kinds = _DAYS.get((matter.name, matter.state), _DAYS.get((matter.name, ""), ()))
    found = [one for one in matter.days if one.id.partition(".")[0] in kinds]
    for _, same in groupby(found, key=lambda one: (one.fact, one.what) if one.id.startswith("money") else one):
        days = list(same)
        shown = " · ".join(f"{words.day(one.day)}{f', {one.at:%H:%M}' if one.at else ''}" for one in days)
        yield f"{shown} – {words(days[0].what)}"
    if matter.state == "by-itself" and not found:
        yield words(say("We do not know the date. Find out when the line expires."))


_DAYS = {
    ("first-days", "open"): ("eight-days", "eight-days-safe", "eight-days-perhaps", "signal-support"),
    ("end-line", "by-itself"): ("expiry", "start"),
    ("refund", "open"): ("money", "money-later", "item-back"),
    ("move-number", ""): ("apply-by",),
    ("confirm", ""): ("end", "end-latest", "follow-up", "second-request", "complaint"),
    ("complain", ""): ("desk-opens",),
    ("final-bill", ""): ("account",),
    ("move-accounts", ""): ("accounts",),
}
"""The days that the first screen shows for each aim; the others are in the details."""


def _past(one: Moment, day: date) -> bool:
    """Return whether a moment is after a day, or on it after the hour until which it counts."""
    return one.day > day or (one.day == day and one.after)


def _worse(one: Moment, moment: Moment) -> bool:
    return one.end is not None and (one.end, one.paid) != (moment.end, moment.paid)


def _split(moment: Moment, when: str, *, first: bool) -> tuple[Moment, str]:
    """Return one of the two outcomes of a moment whose hour is not known."""
    pick = attrgetter("first" if first else "last")
    end = Days.on(pick(moment.end)) if moment.end else None
    return replace(moment, end=end, paid=Days.on(pick(moment.paid)) if moment.paid else None), when


def _doubt(matter: Matter, words: Phrases) -> Iterator[str]:
    if matter.caution:
        yield words(matter.caution)
    if not matter.way:
        return
    if against := words.against(matter.way.fact):
        yield _short(against.strip())
    elif matter.way.verdict == "unclear":
        yield from (words(reason.what) for reason in matter.way.reasons)


def _indent(words: Phrases) -> int:
    return max(display_width(words(label)) for label in (*_SHORTENED, WHERE, PAGE, PAPERS)) + 4


def _laid_out(rows: list[Row], words: Phrases) -> Iterator[str]:
    indent = _indent(words)
    for row in rows:
        label = pad(f"  {words(row.label)}", indent)
        for line in row.lines:
            yield f"{label}{line}"
            label = " " * indent


def _fit(blocks: list[tuple[list[str], list[Row]]], room: int, columns: int) -> None:
    """Shorten rows until everything fits: each keeps its first line, marked where something was cut."""

    def used() -> int:
        return sum(1 + len(title) + sum(len(row.lines) for row in rows) for title, rows in blocks)

    for label in _SHORTENED:
        for _, rows in reversed(blocks):
            for row in rows:
                while row.label == label and len(row.lines) > 1 and used() > room:
                    del row.lines[-1]
                    row.lines[-1] = marked(row.lines[-1], columns)
    for label in _SHORTENED[:2]:
        for _, rows in reversed(blocks):
            if used() > room:
                rows[:] = [row for row in rows if row.label != label]
