"""What a fact rests on, and the one rule that turns it into a mark (reads data/pages.toml).

No record states how good a fact is. It states pages: the address, the day, what they say. Whose page it is follows from its
address and the record's own domains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from simforms.knowledge.content import data, read_toml
from simforms.messages import Message, say

LIMIT = timedelta(days=180)
"""A page whose day is longer ago than this is looked at again before the others."""

Whose = Literal["own", "public", "other", "refused"]
Grade = Literal["official", "second-hand", "disputed", "unknown"]


@dataclass(frozen=True)
class Page:
    """A page that says something."""

    page: str
    """The address at which it was read."""
    whose: Whose = "other"
    """Worked out from the address: the company's own, a public body's, anybody else's, or of a host that counts for nothing."""
    day: date | None = None
    """The day that the page itself states; of a month or a year, its first day. None where it states none."""
    dated: str = ""
    """That day as far as the page states it: 2026-06-06, 2026-06 or 2026."""
    seen: date | None = None
    """The day on which a person last read it there."""
    says: str = ""
    """What it says in other words, in English; for those who look it up, never printed."""
    copy: Literal["yes", ""] = ""
    """Whether its text was read in somebody else's copy, with the day of the copy: then it is not an own page."""
    gone: Literal["yes", "changed", ""] = ""
    """Whether a person found that it no longer exists, or no longer says so (on the day `seen`)."""
    location: str = field(default="", repr=False)
    """File and line of the record."""

    @property
    def counts(self) -> bool:
        """Whether the fact may rest on it."""
        return self.whose != "refused" and not self.gone

    @property
    def official(self) -> bool:
        """Whether the company itself, or a public body, says it."""
        return self.whose in {"own", "public"}

    @property
    def latest(self) -> date | None:
        """The last day on which it is known to have said so."""
        return max(filter(None, (self.day, self.seen)), default=None)

    @property
    def host(self) -> str:
        """The site it belongs to, in its own letters."""
        return letters(urlsplit(self.page).hostname or "")

    @property
    def address(self) -> str:
        """The address as people read it: its own letters instead of their codes."""
        parts = urlsplit(self.page)
        return unquote(self.page.replace(parts.netloc, letters(parts.netloc), 1))


@dataclass(frozen=True)
class Withdrawn:
    """Why a fact must not reach any page: `pages` that disprove it; none where the age of its own pages is the reason."""

    why: str
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True)
class Mark:
    """How good a fact is, and how old: worked out by `marked`, shown beside it, the same everywhere."""

    grade: Grade
    sites: int = 0
    """How many sites say it."""
    dated: str = ""
    """The newest page's own day, as far as it states one: 2026-06-06, 2026-06 or 2026."""
    seen: date | None = None
    """The last day on which a person read it there."""

    @property
    def certain(self) -> bool:
        """Whether it may be said without reserve: on an official page, or on several sites that agree."""
        return self.grade == "official" or (self.grade == "second-hand" and self.sites > 1)

    @property
    def said(self) -> Message:
        """The mark in words, without the age."""
        if self.grade == "second-hand":
            several = say("second-hand, %(sites)s sites agree", sites=self.sites)
            return several if self.sites > 1 else say("second-hand, one page only")
        return _GRADES[self.grade]

    @property
    def full(self) -> Message:
        """Mark and age: the page's own day, or the later one on which a person read it there."""
        if self.grade == "unknown":
            return self.said
        if self.seen:
            return say("%(mark)s · read on %(day)s", mark=self.said, day=self.seen)
        if self.dated:
            return say("%(mark)s · %(day)s", mark=self.said, day=_day(self.dated) or self.dated)
        return say("%(mark)s · undated", mark=self.said)


_GRADES: Mapping[Grade, Message] = {
    "official": say("official"),
    "disputed": say("sources disagree"),
    "unknown": say("not known"),
}

_MEANINGS: Mapping[Grade, Message] = {
    "official": say("official: a page of the company itself, or of a public body, says so."),
    "second-hand": say("second-hand: only pages by third parties say so. A single page can be wrong."),
    "disputed": say("sources disagree: pages contradict each other. Ask the company."),
    "unknown": say("not known: we found no page that says so."),
}
_AGES = say("The date is the one on the page. An undated page shows no date.")
LEGEND = (*_MEANINGS.values(), _AGES)
"""What the marks mean: once, at the foot."""


def explained(marks: Iterable[Mark]) -> list[Message]:
    """Return what these marks mean, for a foot with little room; empty without any."""
    grades = {mark.grade for mark in marks}
    return [*(meaning for grade, meaning in _MEANINGS.items() if grade in grades), _AGES] if grades else []


def marked(pages: Iterable[Page], *, disputed: bool = False) -> Mark:
    """Return the mark of what these pages say: the only place where one is made."""
    counting = [page for page in pages if page.counts]
    if not counting:
        return Mark("unknown")
    grade: Grade = "disputed" if disputed else "official" if any(page.official for page in counting) else "second-hand"
    best = [page for page in counting if page.official] or counting
    newest = max(best, key=lambda page: page.latest or date.min)
    return Mark(grade, len({site(page.page) for page in counting}), newest.dated, newest.seen)


def strength(pages: Iterable[Page]) -> tuple[bool, date, int]:
    """Return how much weight pages have against others: official, then the newest day, then how many sites."""
    counting = [page for page in pages if page.counts]
    newest = max((page.latest or date.min for page in counting), default=date.min)
    return any(page.official for page in counting), newest, len({site(page.page) for page in counting})


def credit(page: Page, company: str) -> Message | str:
    """Return whose page it is, in words that a person knows; `company` is the name of the record's company."""
    if page.copy:
        return say("a copy of %(company)s's own page", company=company)
    if page.whose == "own":
        return say("%(company)s's own page", company=company)
    return say("a public body") if page.whose == "public" else page.host


def whose(address: str, domains: Iterable[str] = ()) -> Whose:
    """Return whose page an address is, for a record with these domains of its own.

    >>> whose("https://www.au.com/x", ["au.com"]), whose("https://www.soumu.go.jp/x"), whose("https://a-blog.jp/")
    ('own', 'public', 'other')
    """
    host = (urlsplit(address).hostname or "").lower()
    if refusal(address):
        return "refused"
    if any(_within(host, domain) for domain in domains):
        return "own"
    return "public" if any(re.search(pattern, host) for pattern in _hosts()["public"]["hosts"]) else "other"


def refusal(address: str) -> str:
    """Return why a page of this site counts for nothing; empty where it counts."""
    host = (urlsplit(address).hostname or "").lower()
    return next((str(entry["reason"]) for entry in _hosts()["refused"] if _within(host, entry["host"])), "")


def site(address: str) -> str:
    """Return the site of an address: pages of one site are one voice.

    >>> site("https://www.example.com/a"), site("https://example.com/b")
    ('example.com', 'example.com')
    """
    return (urlsplit(address).hostname or "").lower().removeprefix("www.")


def letters(host: str) -> str:
    """Return a host in its own letters.

    >>> letters("xn--nfv31nctot9l.jp")
    '解約方法.jp'
    """
    parts = (part.encode().decode("idna") if part.startswith("xn--") else part for part in host.split("."))
    return ".".join(parts)


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if len(text) == len("2026-06-06") else None


@cache
def _hosts() -> Mapping[str, Any]:
    return read_toml(data("pages.toml"))
