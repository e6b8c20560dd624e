"""The kinds of facts of a record, each with its typed keys; docs/records.md shows how they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

from simforms.knowledge.facts import Answer, Fact, Term


@dataclass(frozen=True, eq=False, repr=False)
class Name(Fact):
    """A company's name as it writes it; not translated."""

    name: str = ""
    brand: str = ""
    """The brand, in Japanese, that a letter to the company names after it: ソフトバンク株式会社（ワイモバイル）."""


@dataclass(frozen=True, eq=False, repr=False)
class Way(Fact):
    """A way in which an aim can, or cannot, be reached: `ways.<aim>.<channel>` of a record."""

    money = True
    available: Answer = "unknown"
    """unclear: pages disagree, `but` says how."""
    url: str = ""
    """Where it begins, on the company's own site."""
    opens: time | None = None
    closes: time | None = None
    outside: Literal["closed", "opening", "next-day", "next-business-day", ""] = ""
    """A request outside the hours: cannot be made, is handled at the next opening, counts for the next (business) day."""
    after: time | None = None
    """A request after this time of day counts for the next day."""
    needs: tuple[Literal["line", "sms", "account", "pin", "own-form", "no-open-bill", "no-instalments"], ...] = ()
    """line: the line itself must work; sms: a code must reach it; own-form: only the company's own form is taken."""
    by: tuple[Literal["holder", "family", "care", "staff", "guardian", "heir", "other"], ...] = ()
    """Who may walk it, where the page says; empty: not said."""
    from_abroad: Literal["yes", "no", ""] = ""
    languages: tuple[str, ...] = ()
    """As in BCP 47; empty where they are not known."""
    desk: str = ""
    """The desk to call: its name under `phones`."""
    within: Term | None = None
    """The way is open until this day only."""
    aim: str = ""
    channel: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class NumberChange(Fact):
    """How a service is given another phone number: `change` of its record."""

    money = True
    old_number: Literal["needed", "not-needed", "unclear", ""] = ""
    """Whether a code must reach the old number for it; unclear: pages disagree, `but` says how; empty: not known."""


@dataclass(frozen=True, eq=False, repr=False)
class Agent(Fact):
    """Whether somebody may act for the holder, at a counter or on the phone: `agents.<who>` of a record."""

    available: Answer = "unknown"


@dataclass(frozen=True, eq=False, repr=False)
class Phone(Fact):
    """A desk that answers the phone."""

    number: str = ""
    """In the form of E.164 where it has one, else the digits of a short or access code."""
    dial: str = ""
    """As it is dialled."""
    reach: Literal["handset", "japan", "overseas"] = "japan"
    """From where it can be called: the carrier's own phones, inside Japan, abroad."""
    purpose: Literal["general", "lost", "payment", "privacy", "billing", "porting", "business", "consumer", "store"] = "general"
    opens: time | None = None
    closes: time | None = None
    always: Literal["yes", ""] = ""
    """Whether it answers day and night."""
    days: str = ""
    """Days on which it answers, in English; empty for every day or unknown."""
    closed_on: tuple[Literal["weekend", "holidays", "new-year"], ...] = ()
    """Of these, the days on which it certainly does not answer; new-year: 29 December to 3 January."""
    languages: tuple[str, ...] = ()
    """As in BCP 47; empty where they are not known."""


@dataclass(frozen=True, eq=False, repr=False)
class Paper(Fact):
    """A document that is asked for."""

    who: Literal["holder", "family", "agent", "heir", "guardian", "company"] = "holder"


@dataclass(frozen=True, eq=False, repr=False)
class Fee(Fact):
    """Money that ending costs. The day on which the line ends decides."""

    money = True
    yen: int | None = None
    since: date | None = None
    """For contracts from this day on."""
    until: date | None = None
    """For contracts up to this day."""
    months: int | None = None
    """Only within so many months of the contract's start; 0: in the month of the contract only."""
    free: Literal["day", "next-day", ""] = ""
    """The first free day: the day of the month on which it was made, or the next; empty: not known, the later is used."""
    due_on: Literal["end", "return", "other"] = "end"
    """For ending the line, for what comes back late or not at all, for something else."""
    perhaps: Literal["yes", ""] = ""
    """Whether the company judges if it is due, as for "not normal use"."""


@dataclass(frozen=True, eq=False, repr=False)
class Effective(Fact):
    """When the line ends after the request: one entry of the list `ends` of a record."""

    money = True
    rule: Literal["same-day", "month-end", "chosen-day", "renewal", "expiry", "closed", "unknown"] = "unknown"
    """renewal: by the month from the start."""
    slips: Literal["next-day", "next-business-day", ""] = ""
    """At worst so much later."""
    by: str = ""
    """month-end: the last day of the month for a request: "25", "last", or "last-1" for the day before it.

    renewal: so many days before it.
    """
    february: str = ""
    """The same in February, where it differs."""
    at: time | None = None
    """The time of day up to which a request on that day counts."""
    outside: Literal["closed", ""] = ""
    """closed: after that day no request is accepted in this month; empty: a later request counts for the next month."""
    counts: Literal["request", "arrival"] = "request"
    """What must have happened by then: the request, or the arrival of what goes back."""
    on_rest_day: Literal["before", "after", ""] = ""
    """Where that day is not a business day: the one before or after it."""


@dataclass(frozen=True, eq=False, repr=False)
class Billing(Fact):
    """What the last month costs, and when bills stop coming."""

    money = True
    closes: tuple[str, ...] = ()
    """The last days of a billing month: "last", or "10", "20", "last" where it differs by customer, or "start-day"."""
    last: Literal["full", "by-day", "by-use", ""] = ""
    """The last month in full, by the day, or by use alone."""
    lag_months: int | None = None
    lag_day: int | None = None
    """What was used is billed so many months later, on that day."""


@dataclass(frozen=True, eq=False, repr=False)
class FirstDays(Fact):
    """The right to leave within the first eight days; its ways are `ways.first-days` of the record."""

    money = True
    regime: Literal["free", "conditional", "outside", "unknown"] = "unknown"
    """Without a ground (初期契約解除), on stated grounds only (確認措置), or not at all."""
    lines: Literal["voice", ""] = ""
    """"voice": data lines have no such right."""
    counts: Mapping[str, Literal["later", "start", "notice", "contract"]] = field(default_factory=dict, hash=False)
    """Day 1, by how the notice came (`paper`, `electronic`): the later of start and paper, the start of service, the notice in
    the member page, the contract."""
    grounds: Mapping[str, Mapping[str, Literal["later", "start", "notice", "contract"]]] = field(default_factory=dict, hash=False)
    """Another day 1 for one ground: `signal: {paper: contract, electronic: contract}`."""
    with_number: Literal["yes", "no", ""] = ""
    """Whether it is open to those who take their number along."""


@dataclass(frozen=True, eq=False, repr=False)
class Refund(Fact):
    """What is paid back."""

    money = True


@dataclass(frozen=True, eq=False, repr=False)
class Counterparty(Fact):
    """Where a contract made with somebody else ends: `counterparty.reseller` of a record."""

    money = True
    ends: Literal["only-seller", "carrier", ""] = ""


@dataclass(frozen=True, eq=False, repr=False)
class Survivor(Fact):
    """What does not end with the line."""

    money = True
    yen: int | None = None
    per: Literal["month", "year", ""] = ""
    end: str = ""
    """What ending it is called in Japanese, as 退会."""
    by: str = ""
    """The last day of the month for it."""


@dataclass(frozen=True, eq=False, repr=False)
class Address(Fact):
    """Where something is sent, as the page writes it."""

    name: str = ""
    postal_code: str = ""
    address: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Return(Fact):
    """Whether something goes back: the SIM card, a device."""

    money = True
    needed: Literal["yes", "no", "choice", "unknown"] = "unknown"
    what: tuple[Literal["card", "device"], ...] = ("card",)
    yen: int | None = None
    """What it costs not to send it."""
