"""What the directory shows people: the lists, and a record with the mark of each fact and its sources at the foot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from simforms.errors import UnknownNameError
from simforms.fields import day as days
from simforms.knowledge import age, carriers
from simforms.knowledge.carrier import GROUPS, SERVICE_GROUPS, Carrier
from simforms.knowledge.content import content
from simforms.knowledge.evidence import LEGEND, Page, credit
from simforms.knowledge.fact_kinds import Agent, Name, NumberChange, Phone, Way
from simforms.knowledge.facts import Fact
from simforms.language.catalogs import translate_message
from simforms.language.columns import table_lines
from simforms.messages import Message, say
from simforms.planning.views.phrases import REACH, VERDICTS

_STATUS = {
    "closed": say("closed"),
    "merged": say("taken over"),
    "retailer": say("seller only"),
    "unknown": say("not known"),
}
_GROUPS = {
    "network": say("Network operators"),
    "brand": say("Brands of the network operators"),
    "online-brand": say("Online-only brands"),
    "resold": say("Carriers that resell a network (MVNO)"),
    "home-internet": say("Home internet and pocket WiFi"),
    "travel": say("For travellers"),
    "seller": say("Sellers only"),
    "": say("Help desks"),
    "bank": say("Banks"),
    "payment": say("Payment apps"),
    "shopping": say("Shops"),
    "transport": say("Transport cards on the phone"),
    "account": say("Accounts"),
    "messenger": say("Messengers"),
    "social": say("Social networks"),
}
_WAYS = {
    "online": say("Online"),
    "app": say("In the app"),
    "shop": say("At a shop"),
    "chat": say("By chat"),
    "phone": say("By phone"),
    "desk": say("By phone"),
    "email": say("By e-mail"),
    "own-form": say("With the carrier's own form"),
    "letter": say("By letter"),
    "post": say("By post"),
    "seller": say("Through the seller"),
    "ask": say("Ask"),
}
_AIMS = {
    "stop-line": say("Loss or theft"),
    "move-number": say("Moving the number"),
    "first-days": say("8-day cancellation"),
    "refund": say("Refunds"),
    "erase-data": say("Personal data"),
}
_ALONE = {
    "ends": say("Cancellation date"),
    "billing": say("Charges for the final month"),
    "refund": say("Refunds"),
    "first_days": say("8-day cancellation"),
    "sim_return": say("Return of the SIM card"),
    "lost": say("Loss or theft"),
}
_OF_SERVICES = {
    "change": say("Changing the number"),
    "before": say("While the line still works"),
    "abroad": say("Outside Japan"),
    "risk": say("When the number no longer works"),
}
_OLD_NUMBER = {
    "needed": say("the old number must receive a code"),
    "not-needed": say("the old number does not have to receive a code"),
    "unclear": say("sources disagree on whether the old number must receive a code"),
}


def listed(language: str, today: date) -> Iterator[str]:
    """Yield every carrier by its group, then the help desks, and how old the whole is where that matters."""
    words = _Words(language)
    known = [*carriers.carriers().values(), *carriers.desks().values()]
    yield from _grouped(known, (*GROUPS, ""), words)
    yield words(say("%(carriers)s carriers and help desks; `simforms carriers NAME` shows one.", carriers=len(known)))
    if old := age.notice(today):
        yield words(old)


def services_listed(language: str, today: date) -> Iterator[str]:
    """Yield every service that is tied to a phone number by its group, and how old the whole is where that matters."""
    words = _Words(language)
    known = list(carriers.services().values())
    yield from _grouped(known, SERVICE_GROUPS, words)
    yield words(say("%(services)s services; `simforms services NAME` shows one.", services=len(known)))
    if old := age.notice(today):
        yield words(old)


def _grouped(known: Sequence[Carrier], groups: Sequence[str], words: _Words) -> Iterator[str]:
    for group in groups:
        rows = [(one.slug, _named(one, words)) for one in known if one.group == group]
        if rows:
            yield words(_GROUPS[group])
            yield from (f"  {line}" for line in table_lines(rows))
            yield ""


def _named(known: Carrier, words: _Words) -> str:
    own, japanese = known.name(words.language), known.name("ja")
    status = f" [{words(_STATUS[known.status])}]" if known.status != "active" else ""
    return f"{own}{'' if own == japanese else f' ({japanese})'}{status}"


def described(name: str, language: str, today: date) -> Iterator[str]:
    """Yield what is known of a carrier or a help desk. Raises UnknownNameError."""
    yield from _described(carriers.desks().get(name) or carriers.carrier(name), _ALONE, language, today)


def service_described(name: str, language: str, today: date) -> Iterator[str]:
    """Yield what is known of a service. Raises UnknownNameError."""
    known = carriers.service(name)
    if not known:
        raise UnknownNameError(say("there is no service “%(name)s”; see `simforms services`", name=name))
    yield from _described(known, {"change": _OF_SERVICES["change"]}, language, today)


def _described(known: Carrier, wanted: Mapping[str, Message], language: str, today: date) -> Iterator[str]:
    words = _Words(language, known.name(language))
    yield f"{known.slug}: {_named(known, words)}"
    for pointer, fact in known.facts():
        if fact.printable and not (fact.stated_in and not isinstance(fact, Way | Agent)):
            yield ""
            yield f"{_pointed(pointer, words)}: {_said(fact, words)}  ({words.mark(fact)})"
            if url := getattr(fact, "url", ""):
                yield f"  {url}"
            if fact.doubt:
                against = say("Another source says: %(text)s", text=say(fact.doubt.text))
                yield f"  {words(against)}  ({words.mark(fact.doubt)})"
    missing = [pointer for pointer in wanted if not getattr(known, pointer)]
    if missing:
        yield ""
        yield words(
            say("%(names)s: not known; ask the company", names=", ".join(_pointed(pointer, words) for pointer in missing))
        )
    yield from words.foot()
    if old := age.notice(today):
        yield words(old)


def _pointed(pointer: str, words: _Words) -> str:
    """Return what a fact is about: a way, a rule, else its name in the record."""
    section, _, rest = pointer.partition(".")
    aim, _, channel = rest.partition(".")
    if section == "ways":
        way = words(_WAYS[channel.partition(".")[0]])
        return f"{words(_AIMS[aim])}, {way}" if aim in _AIMS else way
    return words((_ALONE | _OF_SERVICES)[section]) if section in _ALONE | _OF_SERVICES else pointer


def _said(fact: Fact, words: _Words) -> str:
    if isinstance(fact, Name):
        return fact.name
    text = words(say(fact.text)) if fact.text else ""
    if isinstance(fact, Phone):
        hours = say("hours not known")
        if fact.always:
            hours = say("24 hours a day")
        elif fact.opens and fact.closes:
            hours = say("%(opens)s–%(closes)s (Japan time)", opens=f"{fact.opens:%H:%M}", closes=f"{fact.closes:%H:%M}")
        return " · ".join(filter(None, (fact.dial, words(hours), words(REACH[fact.reach]), text)))
    if isinstance(fact, NumberChange) and fact.old_number:
        return f"{text} – {words(_OLD_NUMBER[fact.old_number])}"
    return " – ".join(filter(None, (words(VERDICTS[fact.available]), text))) if isinstance(fact, Way | Agent) else text


@dataclass
class _Words:
    """A language, and the sources named in it so far."""

    language: str
    company: str = ""
    sources: dict[str, Page] = field(default_factory=dict)

    def __call__(self, message: Message) -> str:
        return translate_message(content(), self.language, _dated(message, partial(days.show, language=self.language)))

    def mark(self, fact: Fact) -> str:
        """Return a fact's mark, and the numbers of its pages at the foot."""
        numbers = []
        for page in fact.pages:
            if page.counts:
                self.sources.setdefault(page.page, page)
                numbers.append(f"[{list(self.sources).index(page.page) + 1}]")
        return f"{self(fact.mark.full)} {''.join(numbers)}"

    def foot(self) -> Iterator[str]:
        """Yield the pages by their numbers, then what the marks mean."""
        if not self.sources:
            return
        yield ""
        for number, page in enumerate(self.sources.values(), 1):
            owner = credit(page, self.company)
            yield f"[{number}] {f'{self(owner)}: ' if isinstance(owner, Message) else ''}{page.address}"
        yield ""
        yield from map(self, LEGEND)


def _dated(message: Message, show: Any) -> Message:
    """Return the message with the days in it as its language writes them."""
    values = {
        name: show(value) if isinstance(value, date) else _dated(value, show) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    return Message(message.text, values)
