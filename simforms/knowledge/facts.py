"""Facts: something a page says, with its source, its date, and whether it may be printed. Strict: unknown keys are errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import unquote

from simforms.errors import ContentError
from simforms.messages import Message, say
from simforms.texts import Section, Text

LIMIT = timedelta(days=180)
"""A fact last seen longer ago than this is to be checked before anybody relies on it: the one setting."""

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class Fact:
    """Something that is said somewhere, in one English sentence; the catalogs hold the other languages."""

    source: str
    source_kind: Literal["official", "secondary"]
    print: Literal["ok", "warn", "never"]
    """"warn": check before relying on it; "never": must not reach a page."""
    text: str = ""
    seen: date | None = None
    """The date the source itself states; None where it has none."""
    but: Fact | None = None
    """What another source says against it."""
    location: str = ""
    """File and line of the record."""

    def doubtful(self, today: date) -> bool:
        """Whether it must be checked before it is relied on: old, undated, weak or disputed."""
        return self.print == "warn" or self.seen is None or today - self.seen > LIMIT

    @property
    def page(self) -> str:
        """The address as people read it: its own letters instead of their codes."""
        return unquote(self.source)

    @property
    def host(self) -> str:
        """The site that the page belongs to."""
        return self.source.split("/")[2]

    def standing(self, today: date) -> Message:
        """Return when it was last confirmed, and whether it must be checked before it is relied on."""
        if self.seen is None:
            return say("not dated: check before you rely on it")
        if self.doubtful(today):
            return say("last confirmed on %(day)s: check before you rely on it", day=self.seen)
        return say("last confirmed on %(day)s", day=self.seen)


@dataclass(frozen=True)
class Name(Fact):
    """A company's name as it writes it; not translated."""

    name: str = ""


@dataclass(frozen=True)
class Channel(Fact):
    """A way in which a line can, or cannot, be ended."""

    available: Answer = "unknown"
    url: str = ""
    opens: time | None = None
    closes: time | None = None
    needs_line: Literal["yes", "no", ""] = ""
    """Whether the line itself must still work for it (a code by SMS, a log-in over it)."""
    own_form: Literal["yes", "no", ""] = ""
    """Whether only the company's own form is taken."""


@dataclass(frozen=True)
class Phone(Fact):
    """A desk that answers the phone."""

    number: str = ""
    """In the form of E.164 where it has one, else the figures of a short or access code."""
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
    languages: tuple[str, ...] = ()
    """As in BCP 47; empty where they are not known."""


@dataclass(frozen=True)
class Paper(Fact):
    """A document that is asked for."""

    who: Literal["holder", "family", "agent", "heir"] = "holder"


@dataclass(frozen=True)
class Fee(Fact):
    """Money that ending costs."""

    yen: int | None = None
    since: date | None = None
    """For contracts from this day on."""
    months: int | None = None
    """Only within so many months of the contract's start."""


@dataclass(frozen=True)
class Effective(Fact):
    """When the line ends after the request."""

    rule: Literal["same-day", "month-end", "chosen-day", "expiry", "closed", "unknown"] = "unknown"
    by_day: int | None = None
    """Month-end: a request after this day of the month ends a month later."""
    cutoff: time | None = None
    """A request after this time counts as one of the next day."""
    days: int | None = None
    """Expiry: so many days after the start."""


@dataclass(frozen=True)
class FirstDays(Fact):
    """The right to leave within the first eight days."""

    regime: Literal["free", "conditional", "outside", "unknown"] = "unknown"
    """Without a ground (初期契約解除), on stated grounds only (確認措置), or not at all."""
    ways: tuple[str, ...] = ()
    """Channels, or "own-form"."""
    lines: Literal["voice", ""] = ""
    """"voice": data lines have no such right."""
    counts_from: Literal["later", "start", "contract", "notice", "unknown"] = "unknown"
    """Day 1: the later of start and paper, the start of service, the contract, the notice in the member page."""


@dataclass(frozen=True)
class Address(Fact):
    """Where something is sent, as the page writes it."""

    name: str = ""
    postal_code: str = ""
    address: str = ""


@dataclass(frozen=True)
class Return(Fact):
    """Whether the SIM card goes back."""

    needed: Literal["yes", "no", "choice", "unknown"] = "unknown"


F = TypeVar("F", bound=Fact)


def read(kind: type[F], entry: Section | Text | None) -> F | None:
    """Return the fact that a record states; None where it says `unknown` or nothing. Raises ContentError with file and line."""
    if entry is None or (isinstance(entry, Text) and entry.text in {"", "unknown"}):
        return None
    if isinstance(entry, Text):
        raise ContentError(entry.location, "fields of a fact are missing here; write them, or `unknown`")
    return kind(**_values(kind, entry))


def read_all(kind: type[F], entry: Section | Text | None) -> dict[str, F]:
    """Return facts by their names."""
    if entry is None or (isinstance(entry, Text) and entry.text in {"", "unknown"}):
        return {}
    if isinstance(entry, Text):
        raise ContentError(entry.location, "names of facts are missing here")
    return {name: fact for name in entry.entries if (fact := read(kind, entry.entries[name]))}


def known_keys(entry: Section, keys: set[str]) -> None:
    """Raise ContentError at a key that is not one of these, with the nearest."""
    for name in entry.entries:
        if name not in keys:
            near = get_close_matches(name, keys, n=1)
            hint = f"do you mean {near[0]}?" if near else f"write one of {', '.join(sorted(keys))}"
            raise ContentError(entry.locations[name], f"there is no key {name} here; {hint}")


@cache
def _declared(kind: type[Fact]) -> Mapping[str, Any]:
    """Return the type of each field; working it out takes longer than reading the fact."""
    return get_type_hints(kind)


def _values(kind: type[Fact], entry: Section) -> dict[str, Any]:
    known = _declared(kind)  # type: ignore[arg-type] # a class can be hashed, whatever its instances can
    known_keys(entry, set(known) - {"location"})
    values: dict[str, Any] = {"location": str(entry.location)}
    for name, value in entry.entries.items():
        if name == "but":
            values[name] = read(Fact, value)
        elif isinstance(value, Section):
            raise ContentError(entry.locations[name], f"{name}: one value belongs here, not fields")
        elif value.text or name == "text":
            values[name] = _value(known[name], name, value)
    for name in ("source", "source_kind", "print"):
        if name not in values:
            raise ContentError(entry.location, f"{name}: every fact needs it")
    if not re.fullmatch(r"https?://[^/\s]+\.[^\s]+", values["source"]):
        raise ContentError(entry.locations["source"], "source: write the address of the page, https://…")
    return values


def _value(kind: Any, name: str, value: Text) -> Any:
    """Return a text as the type that its field is declared with."""
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        if value.text not in choices:
            raise ContentError(value.location, f"{name}: write one of {', '.join(filter(None, choices))}")
        return value.text
    convert, example = _CONVERT.get(kind, (str, ""))
    try:
        return convert(value.text)
    except ValueError:
        raise ContentError(value.location, f"{name}: write it like {example}") from None


_CONVERT: Mapping[Any, tuple[Callable[[str], Any], str]] = {
    date | None: (date.fromisoformat, "2026-06-06"),
    time | None: (time.fromisoformat, "09:00"),
    int | None: (int, "1100"),
    tuple[str, ...]: (lambda text: tuple(text.split()), "en zh"),
}
