"""A plan in words: verdicts, moments, costs, numbers and sources, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import TYPE_CHECKING

from simforms.fields import day as calendar_day
from simforms.knowledge.evidence import LEGEND, Mark, Page
from simforms.knowledge.fact_kinds import Phone
from simforms.knowledge.facts import Fact
from simforms.language.catalogs import translate_message
from simforms.messages import Message, say
from simforms.planning.bills import billing
from simforms.planning.days import Days

if TYPE_CHECKING:
    from simforms.planning.ends import Due
    from simforms.planning.matters import Matter
    from simforms.planning.moments import Moment
    from simforms.planning.plan import Plan
    from simforms.planning.ways import Way

VERDICTS = {
    "yes": say("works"),
    "unclear": say("sources disagree"),
    "unknown": say("not known"),
    "no": say("does not work"),
}
ACTORS = {
    "family": say("by a family member"),
    "other": say("by another person"),
    "guardian": say("by the legal guardian"),
    "heir": say("by an heir"),
    "care": say("by an employee of a care facility"),
    "staff": say("by an employee of the company that is the contract holder"),
}
NEEDS = {
    "line": say("the line itself"),
    "sms": say("the code sent by SMS"),
    "account": say("your login details"),
    "pin": say("the PIN of the contract"),
    "own-form": say("the carrier's own form"),
    "no-open-bill": say("no unpaid bills"),
    "no-instalments": say("no remaining instalments"),
}
REACH = {
    "handset": say("only from this carrier's phones"),
    "japan": say("from inside Japan"),
    "overseas": say("from abroad"),
}
_STATES = {"by-itself": say("it ends automatically"), "done": say("done")}
_LAST = {
    "full": say("final month charged in full"),
    "by-day": say("final month charged by the day"),
    "by-use": say("final month charged by use"),
}


class Phrases:
    """The words of a plan's language; it numbers the sources in the order in which they are used."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.sources: dict[str, tuple[Page, Mark]] = {}

    def __call__(self, message: Message) -> str:
        """Return a message in the language, its days as the language writes them."""
        return translate_message(self.plan.content, self.plan.language, Message(message.text, dict(self._shown(message))))

    def _shown(self, message: Message) -> Iterator[tuple[str, object]]:
        for name, value in message.values.items():
            if isinstance(value, date):
                yield name, self.day(value)
            elif isinstance(value, time):
                yield name, f"{value:%H:%M}"
            else:
                yield name, self(value) if isinstance(value, Message) else value

    def day(self, value: date) -> str:
        """Return a day."""
        return str(calendar_day.show(value, self.plan.language))

    def days(self, found: Days) -> str:
        """Return a day, or both that are possible."""
        return self.day(found.first) if found.certain else self(say("%(first)s or %(last)s", first=found.first, last=found.last))

    def way(self, way: Way) -> str:
        """Return what people call a way, with who acts on it where that is not the holder."""
        actor = ACTORS.get(way.by)
        return f"{self(way.name)} ({self(actor)})" if actor else self(way.name)

    def mark(self, fact: Fact | None) -> str:
        """Return how good and how old a fact is."""
        return self(fact.mark.full) if fact and fact.printable else ""

    def title(self, matter: Matter) -> str:
        """Return an aim and what becomes of it."""
        return self(say("%(aim)s: %(way)s", aim=say(matter.aim.title), way=self.outcome(matter)))

    def verdict(self, way: Way) -> str:
        """Return a way and whether it works."""
        return self(say("%(aim)s: %(way)s", aim=self.way(way), way=VERDICTS[way.verdict]))

    def outcome(self, matter: Matter) -> str:
        """Return what becomes of a matter, in a few words."""
        if matter.refusal:
            return self(matter.refusal.what)
        if matter.name == "confirm":
            due = self.plan.log.due
            return self(say("ask now") if matter.open or not due else say("wait until %(day)s", day=due))
        if matter.state in _STATES:
            return self(_STATES[matter.state])
        if matter.way:
            return self.way(matter.way)
        if matter.aim.beside:
            return self(say("change their numbers first"))
        return self(say("ask the seller") if matter.seller else say("ask the carrier"))

    def fact(self, fact: Fact) -> str:
        """Return what a fact says, with its source, and what is said against it."""
        return f"{self(say(fact.text))}{self.source(fact)}{self.against(fact)}"

    def against(self, fact: Fact | None) -> str:
        """Return what another page says against a fact, with its source; empty where none does."""
        doubt = fact.doubt if fact else None
        if not doubt or not doubt.text:
            return ""
        return f" {self(say('Another source says: %(text)s', text=say(doubt.text)))}{self.source(doubt)}"

    def source(self, fact: Fact | None) -> str:
        """Return the number of a fact's source at the foot; empty where it rests on no page."""
        if not fact or not fact.printable:
            return ""
        page = next(page for page in fact.pages if page.counts)
        number = list(self.sources).index(page.page) + 1 if page.page in self.sources else len(self.sources) + 1
        self.sources.setdefault(page.page, (page, fact.mark))
        return f" [{number}]"

    def foot(self) -> Iterator[str]:
        """Yield the sources with their marks, and once what the marks mean."""
        for number, (page, mark) in enumerate(self.sources.values(), 1):
            yield f"[{number}] {page.address} ({self(mark.full)})"
        if self.sources:
            yield from (self(line) for line in LEGEND)

    def moment(self, moment: Moment, when: str) -> str:
        """Return what a request at a moment brings."""
        if not moment.end:
            return self(say("%(when)s: cancellation date not known; ask the carrier", when=when))
        end = self.days(moment.end)
        if not moment.paid:
            return self(say("%(when)s: cancelled on %(end)s", when=when, end=end))
        return self(
            say("%(when)s: cancelled on %(end)s, charged until %(paid)s", when=when, end=end, paid=self.days(moment.paid))
        )

    def when(self, moment: Moment) -> str:
        """Return the day of a moment, with the hour by which to act where the hour matters."""
        today = moment.day == self.plan.today
        if moment.before and not moment.after:
            hour = moment.before
            return self(
                say("today before %(hour)s", hour=hour) if today else say("%(day)s before %(hour)s", day=moment.day, hour=hour)
            )
        return self(say("today")) if today else self.day(moment.day)

    def costs(self, matter: Matter) -> Iterator[str]:
        """Yield what ending costs, if one acts when it is proposed, and what is saved by waiting until then."""
        moment, carrier = matter.moment, self.plan.carrier
        known = moment.fees if moment else ()
        for due in known:
            if due.status != "not due":
                yield self(self._fee(due))
        if known and not any(due.status != "not due" for due in known):
            yield self(say("no early cancellation fee"))
            now = matter.moments[0]
            saved = (due for due in now.due if now.day < moment.day) if moment else ()
            yield from (self(say("%(aim)s: %(way)s", aim=say("today"), way=self._fee(due))) for due in saved)
        if free := matter.day("fee-free"):
            free_days = Days(free, matter.day("fee-free-latest") or free)
            yield self(say("no early cancellation fee from %(day)s", day=self.days(free_days)))
        bills = billing(self.plan.situation)
        if bills and bills.last:
            yield self(_LAST[bills.last])
        for name, fact in carrier.survives.items():
            if fact.printable and fact.yen and fact.per == "month":
                yield self(
                    say(
                        "you pay ¥%(yen)s a month until you also cancel this: %(name)s",
                        yen=f"{fact.yen:,}",
                        name=fact.end or name,
                    )
                )

    @staticmethod
    def _fee(due: Due) -> Message:
        """Return a fee that is charged, or may be."""
        certain = due.status == "due"
        if due.fact.yen is None:
            return (
                say("an early cancellation fee (amount not known; ask the carrier)")
                if certain
                else say("perhaps an early cancellation fee")
            )
        yen = f"{due.fact.yen:,}"
        return (
            say("early cancellation fee: ¥%(yen)s", yen=yen)
            if certain
            else say("perhaps an early cancellation fee: ¥%(yen)s", yen=yen)
        )

    def desk(self, desk: Phone) -> str:
        """Return a number with what it is for, its hours, from where it can be called, and what is said against it."""
        parts = [self(say(desk.text)), *self._hours(desk), self(REACH[desk.reach])]
        return f"{desk.dial}  {' · '.join(parts)}{self.source(desk)}{self.against(desk)}"

    def _hours(self, desk: Phone) -> Iterable[str]:
        if desk.always:
            yield self(say("24 hours a day"))
        elif desk.opens and desk.closes:
            yield self(say("%(opens)s–%(closes)s (Japan time)", opens=desk.opens, closes=desk.closes))
        if desk.days:
            yield self(say(desk.days))
