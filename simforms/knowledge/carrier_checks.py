"""What must hold in every carrier record beyond its form: small checks, each with an id, run by people and by the tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from simforms.knowledge.carriers import Carrier
from simforms.knowledge.facts import Channel, Effective, Fact, Fee, FirstDays, Phone

LONGEST = 220
"""Characters of a fact: one or two short sentences."""


@dataclass(frozen=True)
class Finding:
    """Something wrong in a record: which rule, where, what, and what to write instead."""

    id: str
    severity: Literal["error", "warning"]
    location: str
    pointer: str
    message: str
    suggestion: str

    def __str__(self) -> str:
        return f"{self.location}: {self.severity} {self.id}: {self.pointer}: {self.message}; {self.suggestion}"


@dataclass(frozen=True)
class Check:
    """A rule: its id, and what breaks it, as (message, suggestion)."""

    id: str
    of: Callable[[Carrier, Fact, date], Iterator[tuple[str, str]]]
    severity: Literal["error", "warning"] = "error"


def findings(directory: dict[str, Carrier], today: date) -> list[Finding]:
    """Return everything that is wrong in the records, in their order."""
    found = [
        Finding(check.id, check.severity, fact.location, pointer, message, suggestion)
        for carrier in directory.values()
        for pointer, fact in carrier.facts()
        for check in CHECKS
        for message, suggestion in check.of(carrier, fact, today)
    ]
    return [*found, *_same_names(directory), *_about(directory)]


def _future(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:
    if fact.seen and fact.seen > today:
        yield f"seen {fact.seen} lies in the future", "write the date the page states"


def _sentence(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001 - all checks are called alike
    for one in filter(None, (fact, fact.but)):
        if len(one.text) > LONGEST:
            yield f"the text has {len(one.text)} characters", f"at most {LONGEST}: split it into two facts"
        if re.search(r"https?://|\bwww\.", one.text):
            yield "an address stands in the text", "put it into source or url"
        if one.text and one.text != one.text.strip():
            yield "white space stands around the text", "remove it"


def _wording(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if not isinstance(fact, Phone) and fact.text and not fact.text.endswith((".", "?", "」")):
        yield "the text is no sentence", "end it with a full stop"


def _said(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if not fact.text and not getattr(fact, "name", ""):
        yield "it says nothing", "write text"


def _phone_number(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if not isinstance(fact, Phone):
        return
    if fact.number.startswith("+"):
        if not _possible(fact.number):
            yield f"{fact.number} is not a possible phone number", "copy it again from the page"
    elif not re.fullmatch(r"[0-9#]{3,11}", fact.number):
        yield f"“{fact.number}” is neither in international form nor a short code", "write +81… or the figures"


def _possible(number: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - a list of carriers does not pay for it

    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False


def _dialled(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if isinstance(fact, Phone):
        figures, dialled = re.sub(r"\D", "", fact.number), re.sub(r"\D", "", fact.dial)
        same = {figures, "0" + figures.removeprefix("81")}
        if not dialled or not any(dialled.endswith(one) for one in same):
            yield f"dialled as {fact.dial}, but the number is {fact.number}", "write both from one page"


def _reachable(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if isinstance(fact, Phone) and fact.reach == "overseas" and not fact.number.startswith("+"):
        yield "a number for calls from abroad needs its international form", 'write number: "+81…", or another reach'


def _hours(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    opens, closes = getattr(fact, "opens", None), getattr(fact, "closes", None)
    if (opens is None) != (closes is None):
        yield "only one end of the hours is given", "write opens and closes"
    if isinstance(opens, time) and isinstance(closes, time) and opens >= closes:
        yield "it closes before it opens", "write 24-hour times"
    if getattr(fact, "always", "") and opens:
        yield "it answers day and night, and has hours", "keep one of the two"


def _languages(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    for language in getattr(fact, "languages", ()):
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", language):
            yield f"“{language}” is not a language code", "write en, zh, ko, vi …"


def _channel(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if isinstance(fact, Channel):
        if fact.url and not fact.url.startswith(("https://", "http://")):
            yield "url is no address", "write https://…"
        if fact.available == "no" and fact.opens:
            yield "hours of a way that does not work", "delete them, or say why in text"


def _effective(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if isinstance(fact, Effective):
        if fact.by_day is not None and (fact.rule != "month-end" or not 1 <= fact.by_day <= 31):  # noqa: PLR2004 - days of a month
            yield "by_day belongs to month-end, from 1 to 31", "correct rule or by_day"
        if fact.days is not None and fact.rule != "expiry":
            yield "days belongs to expiry", "correct rule or delete days"


def _fee(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if isinstance(fact, Fee) and fact.yen is not None and fact.yen and f"{fact.yen:,}" not in fact.text:
        yield f"the text does not name {fact.yen:,} yen", "say the same in yen and text"


def _first_days(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if isinstance(fact, FirstDays):
        for way in fact.ways:
            if way not in {"online", "app", "shop", "chat", "phone", "email", "post", "own-form"}:
                yield f"“{way}” is not a way", "write channels, or own-form"


def _never(carrier: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    """Yield where a figure that must not be printed is printed by another fact."""
    if isinstance(fact, Phone) and fact.print == "never":
        for pointer, other in carrier.facts():
            if other.print != "never" and (fact.dial in other.text or fact.dial == getattr(other, "dial", "")):
                yield f"{pointer} prints it", "mark that one never too, or remove the number"


def _same_names(directory: dict[str, Carrier]) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for carrier in directory.values():
        for name in {*carrier.names.values(), *carrier.aliases, carrier.slug}:
            key = re.sub(r"\s", "", name).casefold()
            if owners.setdefault(key, carrier.slug) != carrier.slug:
                yield Finding(
                    "same-name", "error", carrier.file, "names", f"“{name}” is also {owners[key]}", "keep it in one record"
                )


def _about(directory: dict[str, Carrier]) -> Iterator[Finding]:
    for carrier in directory.values():
        if carrier.status in {"closed", "merged", "retailer"} and not carrier.about:
            yield Finding(
                "about", "error", carrier.file, "about", f"a {carrier.status} brand must say what happened", "write about"
            )


CHECKS = (
    Check("future", _future),
    Check("sentence", _sentence),
    Check("wording", _wording, "warning"),
    Check("empty", _said),
    Check("phone-number", _phone_number),
    Check("dialled", _dialled),
    Check("reach", _reachable),
    Check("hours", _hours),
    Check("language", _languages),
    Check("channel", _channel),
    Check("effective", _effective),
    Check("fee", _fee),
    Check("first-days", _first_days),
    Check("never", _never),
)
