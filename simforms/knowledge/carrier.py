"""What is known of one carrier, brand, help desk, or service that is tied to a phone number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from simforms.knowledge.fact_kinds import (
    Address,
    Agent,
    Billing,
    Counterparty,
    Effective,
    Fee,
    FirstDays,
    Name,
    NumberChange,
    Paper,
    Phone,
    Refund,
    Return,
    Survivor,
    Way,
)
from simforms.knowledge.facts import Fact

F = TypeVar("F", bound=Fact)

WAYS = ("online", "app", "shop", "chat", "phone", "desk", "email", "own-form", "letter", "post", "seller", "ask")
"""The channels in which an aim can be reached, the least trouble first. desk: a number for it; post: sending the item itself."""
STATUS = ("active", "closed", "merged", "retailer", "unknown")
KINDS = ("postpaid", "prepaid", "esim", "data", "tourist")
SERVICE_GROUPS = ("bank", "payment", "shopping", "transport", "account", "messenger", "social")
"""What kind of service it is, those with money in them first."""
GROUPS = ("network", "brand", "online-brand", "resold", "home-internet", "travel", "seller")
"""What kind of company it is, for the list."""
SINGLE = {
    "operator": Name, "addressee": Name, "about": Fact, "refund": Refund, "first_days": FirstDays,
    "sim_return": Return, "return_address": Address, "esim": Fact, "lost": Fact, "deleted": Fact,
    "change": NumberChange, "before": Fact, "abroad": Fact, "risk": Fact,
}  # fmt: skip
"""The parts of a record that are one fact."""
MANY = {
    "agents": Agent, "counterparty": Counterparty, "phones": Phone, "papers": Paper, "fees": Fee, "survives": Survivor,
    "after": Fact,
}  # fmt: skip
"""The parts of a record that are facts by name."""


@dataclass(frozen=True)
class Carrier:
    """A carrier or brand. Of an unknown one only the name is known."""

    slug: str
    names: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    status: str = "active"
    looked_up: date | None = None
    """The day on which its facts were last gone through."""
    see: str = ""
    """For a closed or merged brand, the slug of the one that took it over."""
    group: str = ""
    kinds: tuple[str, ...] = ()
    """What it sells; a coarse filter, not a fact."""
    domains: tuple[str, ...] = ()
    """The sites of the company itself: their pages are its own."""
    operator: Name | None = None
    addressee: Name | None = None
    """The full Japanese name for the head of a letter."""
    about: Fact | None = None
    """What a reader must know first: closed since, sold by, run by."""
    ways: Mapping[str, Mapping[str, tuple[Way, ...]]] = field(default_factory=dict)
    """By aim and channel; several where they differ by whom they are for."""
    agents: Mapping[str, Agent] = field(default_factory=dict)
    """Who may act for the holder: family, care (of a facility), staff (of the company that holds it), guardian, heir, other."""
    counterparty: Mapping[str, Counterparty] = field(default_factory=dict)
    """Where a contract made with another (`reseller`, `app`) ends."""
    phones: Mapping[str, Phone] = field(default_factory=dict)
    papers: Mapping[str, Paper] = field(default_factory=dict)
    fees: Mapping[str, Fee] = field(default_factory=dict)
    ends: tuple[Effective, ...] = ()
    """When the line ends; several where it differs by whom it is for."""
    billing: tuple[Billing, ...] = ()
    """What is known of the last month and the bills; several where different pages say different parts."""
    refund: Refund | None = None
    first_days: FirstDays | None = None
    sim_return: Return | None = None
    return_address: Address | None = None
    """Where SIM cards go."""
    esim: Fact | None = None
    lost: Fact | None = None
    deleted: Fact | None = None
    survives: Mapping[str, Survivor] = field(default_factory=dict)
    """What does not end with the line."""
    after: Mapping[str, Fact] = field(default_factory=dict)
    """What comes after the end: bills, access to them."""
    change: NumberChange | None = None
    """Of a service: how it is given another number."""
    before: Fact | None = None
    """Of a service: what to do while the line still works."""
    abroad: Fact | None = None
    """Of a service: what is different outside Japan."""
    risk: Fact | None = None
    """Of a service: what is lost, or what helps, when the number no longer works."""
    file: str = field(default="", repr=False)

    def name(self, language: str) -> str:
        """Return its name as the language writes it."""
        return self.names.get(language, self.names.get("ja" if language.startswith("ja") else "en", self.names["ja"]))

    def desks(self, language: str, *, purpose: str = "general", abroad: bool = False) -> list[Phone]:
        """Return the desks to call from where the person is: those that speak the language, else those that may."""
        spoken = language.partition("-")[0]
        desks = [phone for phone in self.phones.values() if phone.purpose == purpose and phone.printable]
        reached = [phone for phone in desks if (phone.reach == "overseas") == abroad]
        return [phone for phone in reached if spoken in phone.languages] or [
            phone for phone in reached if not phone.languages or "ja" in phone.languages
        ]

    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Yield every fact with its pointer, such as `ways.end-line.online`, `fees.first-year`, `ends`, `ends.2`."""
        for aim, channels in self.ways.items():
            for channel, ways in channels.items():
                yield from _numbered(f"ways.{aim}.{channel}", ways)
        yield from _numbered("ends", self.ends)
        yield from _numbered("billing", self.billing)
        for name in MANY:
            for key, fact in getattr(self, name).items():
                yield f"{name}.{key}", fact
        for name in SINGLE:
            if fact := getattr(self, name):
                yield name, fact


def _numbered(pointer: str, facts: tuple[F, ...]) -> Iterator[tuple[str, F]]:
    for number, fact in enumerate(facts, 1):
        yield pointer if number == 1 else f"{pointer}.{number}", fact
