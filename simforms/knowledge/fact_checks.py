"""What must hold in every fact beyond its form: small checks, each with an id, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from simforms.knowledge.carrier import Carrier
from simforms.knowledge.evidence import Page, refusal, strength
from simforms.knowledge.fact_kinds import Address, Agent, Billing, Effective, Fee, NumberChange, Phone, Survivor, Way
from simforms.knowledge.facts import Fact
from simforms.knowledge.time_checks import untyped

LONGEST = 220
"""Characters of a fact: one or two short sentences."""
OLD = timedelta(days=3652)
"""A page of so long ago is reason enough to withdraw what it says."""


@dataclass(frozen=True)
class Check:
    """A rule: its id, and what breaks it, as (message, suggestion)."""

    id: str
    of: Callable[[Carrier, Fact, date], Iterator[tuple[str, str]]]
    severity: Literal["error", "warning"] = "error"


def _pages(fact: Fact) -> Iterator[Page]:
    for one in filter(None, (fact, fact.but)):
        yield from (*one.pages, *(one.withdrawn.pages if one.withdrawn else ()))


def _future(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:
    for page in _pages(fact):
        if page.latest and page.latest > today:
            yield f"the day {page.latest} lies in the future", "write the day the page states, or on which it was read"


def _refused(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001 - all checks are called alike
    for page in _pages(fact):
        if page.whose == "refused":
            yield f"{page.host} counts for nothing: {refusal(page.page)}", "find the same on another page, or delete the fact"


def _twice(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    addresses = [page.page for page in fact.pages]
    if len(set(addresses)) < len(addresses):
        yield "a page is named twice", "keep one of the two"


def _withdrawn(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:
    """Yield where nothing shows why a fact is withheld: no page against it, and its own not old."""
    if fact.withdrawn and not fact.withdrawn.pages:
        newest = max(filter(None, (page.latest for page in fact.pages)), default=None)
        if newest is None or today - newest < OLD:
            yield "nothing shows why it is withdrawn", "state under withdrawn: the pages that disprove it"


def _sentence(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001 - all checks are called alike
    for one in filter(None, (fact, fact.but)):
        if len(one.text) > LONGEST:
            yield f"the text has {len(one.text)} characters", f"at most {LONGEST}: split it into two facts"
        if re.search(r"https?://|\bwww\.", one.text):
            yield "the text contains an address", "put it under pages, or into url"
        if one.text and one.text != one.text.strip():
            yield "there is white space around the text", "remove it"


def _wording(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if not isinstance(fact, Phone) and fact.text and not fact.text.endswith((".", "?", "」")):
        yield "the text is not a sentence", "end it with a full stop"


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
        yield f"“{fact.number}” is neither in international form nor a short code", "write +81… or the digits"


def _possible(number: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - a list of carriers does not pay for it

    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False


def _dialled(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if isinstance(fact, Phone):
        digits, dialled = re.sub(r"\D", "", fact.number), re.sub(r"\D", "", fact.dial)
        same = {digits, "0" + digits.removeprefix("81")}
        if not dialled or not any(dialled.endswith(one) for one in same):
            yield f"dialled as {fact.dial}, but the number is {fact.number}", "write both from one page"


def _reachable(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if isinstance(fact, Phone) and fact.reach == "overseas" and not fact.number.startswith("+"):
        yield "a number for calls from abroad needs its international form", 'write number: "+81…", or another reach'


def _hours(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if not isinstance(fact, Way | Phone):
        return
    opens, closes = fact.opens, fact.closes
    if (opens is None) != (closes is None):
        yield "only one end of the hours is given", "write opens and closes"
    if opens and closes and opens >= closes:
        yield "it closes before it opens", "write 24-hour times"
    if getattr(fact, "always", "") and opens:
        yield "it answers day and night, and has hours", "keep one of the two"


def _languages(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    for language in getattr(fact, "languages", ()):
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", language):
            yield f"“{language}” is not a language code", "write en, zh, ko, vi …"


def _way(carrier: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if isinstance(fact, Way):
        if fact.url and not fact.url.startswith(("https://", "http://")):
            yield "url is not an address", "write https://…"
        if fact.available == "no" and (fact.opens or fact.after):
            yield "hours of a way that does not work", "delete them, or say why in text"
        if fact.outside and not fact.opens:
            yield "outside says what happens outside the hours, and there are none", "write opens and closes"
        if fact.desk and fact.desk not in carrier.phones:
            yield f"there is no desk {fact.desk} under phones", f"write one of {', '.join(carrier.phones) or '(none)'}"


def _answers(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    """Yield where an answer and what is said against it do not go together."""
    if not isinstance(fact, Way | Agent):
        return
    against = fact.but.available if isinstance(fact.but, Way | Agent) else "unknown"
    if fact.available == "unclear" and against not in {"yes", "no"}:
        yield "unclear, but nothing is said against it", "write but: with available: yes or no and its pages"
    if fact.available == "yes" and against == "no":
        yield "yes, and another page says no", "write available: unclear"
    if fact.available == "no" and against == "yes" and fact.but and strength(fact.but.pages) >= strength(fact.pages):
        yield "no, and a page of the same weight says yes", "write available: unclear"


def _ends(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if not isinstance(fact, Effective):
        return
    if fact.rule == "month-end" and fact.by and not re.fullmatch(r"last(-\d)?|[1-9]|[12]\d|3[01]", fact.by):
        yield f"by: “{fact.by}” is not a day of the month", 'write a number, "last" or "last-1"'
    if fact.rule == "renewal" and fact.by and not fact.by.isdigit():
        yield f"by: “{fact.by}” is not a number of days", "write how many days before the renewal"
    if fact.by and fact.rule not in {"month-end", "renewal"}:
        yield "by belongs to month-end and renewal", "correct rule or delete by"
    if fact.february and not re.fullmatch(r"last(-\d)?|[1-9]|1\d|2[0-8]", fact.february):
        yield f"february: “{fact.february}” is not a day of February", 'write a number, "last" or "last-1"'
    if (fact.at or fact.on_rest_day or fact.february) and not fact.by:
        yield "at, on_rest_day and february belong to a day", "write by, or delete them"
    if isinstance(fact, Effective) and fact.rule == "expiry" and not fact.terms and not fact.stated_in:
        yield "it expires, and not a word says when", "write terms: [{days: 30, of: start}]"
    if fact.terms and fact.rule != "expiry":
        yield "terms belong to expiry", "correct rule or delete terms"


def _billing(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if isinstance(fact, Billing):
        for day in fact.closes:
            if day not in {"last", "start-day"} and not (day.isdigit() and 1 <= int(day) <= 28):  # noqa: PLR2004 - days of every month
                yield f"closes: “{day}” is not a closing day", "write last, start-day or days such as 10 20"
        if fact.lag_day is not None and fact.lag_months is None:
            yield "lag_day without lag_months", "write both"


def _fee(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if isinstance(fact, Fee | Survivor) and fact.yen and f"{fact.yen:,}" not in fact.text:
        yield f"the text does not name {fact.yen:,} yen", "say the same in yen and text"
    if isinstance(fact, Fee):
        if fact.since and fact.until and fact.since > fact.until:
            yield "since is after until", "correct the days"
        if fact.free and not fact.months:
            yield "free names a day after so many months, and there are none", "write months, or delete free"
    if isinstance(fact, Survivor) and fact.yen is not None and not fact.per:
        yield "yen without per", "write per: month or year"


def _never(carrier: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    """Yield where an amount that must not be printed is printed by another fact."""
    if isinstance(fact, Phone) and fact.withdrawn:
        for pointer, other in carrier.facts():
            if other.printable and (fact.dial in other.text or fact.dial == getattr(other, "dial", "")):
                yield f"{pointer} prints it", "withdraw that one too, or remove the number"


def _number_change(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    if not isinstance(fact, NumberChange):
        return
    against = fact.but.old_number if isinstance(fact.but, NumberChange) else ""
    if (fact.old_number == "unclear") != (against in {"needed", "not-needed"}):
        yield "old_number: unclear and what is said against it do not go together", "write both, or neither"


def _address(_: Carrier, fact: Fact, today: date) -> Iterator[tuple[str, str]]:  # noqa: ARG001
    """Yield an address that a Japanese label cannot show."""
    if isinstance(fact, Address) and fact.address and not re.search(r"[\u3041-\u30ff\u4e00-\u9fff]", fact.address):
        yield "the address is not in Japanese letters", "copy it from a Japanese page; leave the key out until there is one"


CHECKS = (
    Check("future", _future),
    Check("refused", _refused),
    Check("twice", _twice),
    Check("withdrawn", _withdrawn),
    Check("sentence", _sentence),
    Check("wording", _wording, "warning"),
    Check("empty", _said),
    Check("phone-number", _phone_number),
    Check("dialled", _dialled),
    Check("reach", _reachable),
    Check("hours", _hours),
    Check("language", _languages),
    Check("way", _way),
    Check("answers", _answers),
    Check("ends", _ends),
    Check("billing", _billing),
    Check("fee", _fee),
    Check("never", _never),
    Check("number-change", _number_change),
    Check("untyped", untyped),
    Check("address", _address),
)
