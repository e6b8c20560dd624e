"""A matter is one aim with its ways, its days and what belongs to them. Whatever a plan shows is read off its matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from simforms.knowledge.documents import State
from simforms.knowledge.fact_kinds import Address, Billing, Effective, Fee, Paper, Phone
from simforms.knowledge.facts import Fact
from simforms.messages import Message, say
from simforms.planning import first_days
from simforms.planning.aims import CONFIRM, Aim, again, aims, wanted
from simforms.planning.bills import billing
from simforms.planning.deadlines import calendar
from simforms.planning.desks import answering, desks, with_hours
from simforms.planning.moments import Moment, Rules, moments, proposed, rule
from simforms.planning.refusal import Refusal
from simforms.planning.scopes import Traits, met, unanswered
from simforms.planning.situation import HOLDER, Situation
from simforms.planning.steps import Step, steps
from simforms.planning.terms import Deadline
from simforms.planning.ways import Way, taken, ways, wished

_WHO = {"": ("holder",), "family": ("holder", "family", "agent"), "heir": ("heir",), "guardian": ("guardian", "agent")}


@dataclass(frozen=True)
class Matter:
    """One aim, decided."""

    aim: Aim
    state: State
    refusal: Refusal | None = None
    """Why it is over or refused."""
    caution: Message | None = None
    """Why it may be refused."""
    ways: tuple[Way, ...] = ()
    """The best first."""
    way: Way | None = None
    """The one to take; None where there is nothing to do, or the company has to be asked."""
    wished: Way | None = None
    """The one that the case names, unless it is known to be closed."""
    rule: Effective | None = None
    """When the line ends; of one that ends by itself, the fact that says so."""
    moments: tuple[Moment, ...] = ()
    moment: Moment | None = None
    """The one that is proposed."""
    days: tuple[Deadline, ...] = ()
    have: tuple[Paper, ...] = ()
    """What to bring, or to have ready."""
    steps: tuple[Step, ...] = ()
    facts: tuple[tuple[str, Fact], ...] = ()
    """What else the record says about it, with the pointers."""
    desks: tuple[Phone, ...] = ()
    """Numbers to call from where the person is, the best first."""
    asks: tuple[str, ...] = ()
    """The fields whose answer would decide more."""

    @property
    def name(self) -> str:
        """What records, manifests and JSON call the aim."""
        return self.aim.name

    @property
    def open(self) -> bool:
        """Whether there is something to do now."""
        return self.state == "open"

    @property
    def asking(self) -> bool:
        """Whether the company, or the seller, has to be asked, because no way is known to work."""
        return self.open and self.way is None and not self.aim.beside

    @property
    def seller(self) -> bool:
        """Whether it is the seller who has to be asked."""
        return self.asking and any(way.channel == "seller" for way in self.ways)

    def day(self, name: str) -> date | None:
        """Return a day by its name; None where it is not known."""
        return next((one.day for one in self.days if one.id == name), None)


def matters(situation: Situation) -> tuple[Matter, ...]:
    """Return the matters of a case in the order of a plan."""
    found = {aim.name: _matter(aim, situation) for aim in wanted(situation)}
    if back := again({name: matter.state for name, matter in found.items()}):
        found[back] = _matter(aims()[back], situation)
    return tuple(found[name] for name in aims() if name in found)


def _matter(aim: Aim, situation: Situation) -> Matter:
    known = ways(aim, situation)
    state, refusal = _state(aim, situation, known)
    way = taken(known, situation) if state == "open" else None
    traits = _traits(situation, aim, way)
    effective = rule(situation)
    desk = answering(way, situation)
    rules = Rules(with_hours(way, desk), effective, billing(situation), desk.closed_on if desk else ())
    ends_line = aim.name == "end-line" and state == "open"
    found = moments(situation, rules) if ends_line else _waits_for_hours(situation, rules) if way else ()
    best = proposed(found, situation, rules) if found else None
    return Matter(
        aim=aim,
        state=state,
        refusal=refusal,
        caution=_caution(aim, state, situation),
        ways=known,
        way=way,
        wished=wished(known, situation) if state == "open" and aim.name in {"end-line", "first-days"} else None,
        rule=effective,
        moments=found,
        moment=best,
        days=calendar(aim.name, state, situation, known, rules, found, best),
        have=tuple(_have(situation, traits, way)) if state == "open" else (),
        steps=tuple(steps(aim.name, state, situation, traits)),
        facts=tuple(_facts(aim, situation, traits)),
        desks=desks(aim, way, situation) if state in {"open", "waiting"} else (),
        asks=tuple(dict.fromkeys(_asks(aim, state, situation, known))),
    )


def _state(aim: Aim, situation: Situation, known: Sequence[Way]) -> tuple[State, Refusal | None]:
    if situation.log.has(*aim.done) and aim.name != CONFIRM:
        return "done", None
    if aim.name == CONFIRM:
        due = situation.log.due
        return ("open" if due and due <= situation.paper_date else "waiting"), None
    if aim.name == "first-days":
        return _exit_state(situation)
    if aim.name == "end-line" and ends_by_itself(situation):
        return "by-itself", None
    if aim.name == "refund" and (refused := _no_refund(known)):
        return "refused", refused
    return "open", None


def _exit_state(situation: Situation) -> tuple[State, Refusal | None]:
    if refused := first_days.refusal(situation):
        return "refused", refused
    last = first_days.window(situation)
    if last and first_days.over(situation, situation.today):
        return "over", Refusal(say("The 8 days ended on %(day)s.", day=last.last), first_days.right(situation))
    return "open", None


def ends_by_itself(situation: Situation) -> bool:
    """Return whether the line ends without an act: only by a fact that may be printed and that no other disputes."""
    effective = rule(situation)
    by_rule = bool(effective and effective.rule in {"expiry", "closed"} and not effective.disputed)
    return by_rule and not situation.from_reseller and not situation.from_retailer


def _no_refund(known: Sequence[Way]) -> Refusal | None:
    if not known or any(way.verdict != "no" for way in known):
        return None
    return next((Refusal(reason.what, reason.fact) for reason in known[0].reasons), None)


def _caution(aim: Aim, state: State, situation: Situation) -> Message | None:
    """Return what the law says against a refund on this ground, where the company itself has not refused it."""
    if aim.name != "refund" or state != "open":
        return None
    ground = situation.values["refund.ground"]
    warning = ground.field.choices[ground.parsed].warning
    return say(warning) if warning else None


def _traits(situation: Situation, aim: Aim, way: Way | None) -> Traits:
    """Return what is known of the case, and what has been decided: for the facts and steps that depend on it."""
    return {
        **situation.traits,
        "aim": aim.name,
        "channel": way.channel if way else None,
        "by": way.by if way else HOLDER,
    }


def _waits_for_hours(situation: Situation, rules: Rules) -> tuple[Moment, ...]:
    """Return the first moment that a way with hours is open; of an aim that ends no line it has no end and no price."""
    if not rules.way or not (rules.way.closes or rules.closed_on):
        return ()
    return moments(situation, replace(rules, effective=None, billing=None))[:1]


def _have(situation: Situation, traits: Traits, way: Way | None) -> Iterator[Paper]:
    """Yield what to bring to the way taken, or to have ready; where no way is known, what is asked of an heir alone."""
    who = _WHO.get(situation.agent, ("holder", "agent"))
    for paper in situation.carrier.papers.values():
        known = way is not None or paper.who == "heir"
        if known and paper.printable and paper.who in who and met(paper.only, traits) is not False:
            yield paper


def _facts(aim: Aim, situation: Situation, traits: Traits) -> Iterator[tuple[str, Fact]]:
    """Yield what the record says about the aim for somebody like this, with its pointers."""
    seen: set[str] = set()
    for pointer, fact in situation.carrier.facts():
        if pointer.partition(".")[0] not in aim.facts or not fact.printable or not fact.text:
            continue
        if isinstance(fact, Billing | Effective | Fee) and not situation.bound_by(fact):
            continue
        if isinstance(fact, Address) and traits.get("back") in {"no", "none"}:
            continue
        if met(fact.only, traits) is not False and fact.text not in seen:
            seen.add(fact.text)
            yield pointer, fact


def _asks(aim: Aim, state: State, situation: Situation, known: Sequence[Way]) -> Iterator[str]:
    """Yield the fields whose answer would decide more; only where something known depends on them."""
    if state not in {"open", "by-itself", "over"}:
        return
    for way in known:
        for reason in way.reasons:
            yield from reason.fields
    missing = {name for name in _DECIDING if situation.given(name) is None}
    yield from (name for name in _DECIDING if name in missing and name in _depending(aim, state, situation))


_DECIDING = (
    "line.keep_number",
    "line.start_date",
    "line.document_date",
    "line.notice",
    "line.contract_date",
    "line.expiry_date",
    "line.closing_day",
)


def _depending(aim: Aim, state: State, situation: Situation) -> Iterator[str]:
    """Yield the fields that something known about an aim depends on."""
    bills, effective = billing(situation), rule(situation)
    if aim.name == "move-number":
        yield "line.keep_number"
    elif aim.name == "first-days":
        yield from first_days.decided_by(situation)
    elif aim.name == "end-line" and state == "by-itself":
        yield from ("line.start_date", "line.expiry_date") if not situation.given("line.expiry_date") else ()
    elif aim.name == "end-line":
        if bills and len(bills.closes) > 1:
            yield "line.closing_day"
        if (bills and bills.closes == ("start-day",)) or (effective and effective.rule == "renewal"):
            yield "line.start_date"
        if any(fee.since or fee.until or fee.months is not None for fee in situation.carrier.fees.values() if fee.printable):
            yield from ("line.contract_date",) if not situation.contract_date else ()
        for one in situation.carrier.ends:
            yield from unanswered(one.only, situation.traits) if one.printable else ()
