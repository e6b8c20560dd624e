"""Facts: what a page says, as typed values that a plan can decide on and one English sentence, which the catalogs translate.

How good a fact is follows from its pages (simforms/knowledge/evidence.py). docs/records.md shows each shape as it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from typing import Literal

from simforms.knowledge.evidence import Mark, Page, Withdrawn, marked, strength

Answer = Literal["yes", "no", "unclear", "unknown"]
Scope = Mapping[str, tuple[str, ...]]
"""For whom something holds: a key of SCOPES, and the values of which one must be the case's."""

AIMS = (
    "stop-line", "move-number", "first-days", "end-line", "final-bill", "refund", "dispute", "erase-data", "confirm", "complain",
)  # fmt: skip
"""What a person may want; the ways of a record are sorted by it."""

SCOPES: Mapping[str, tuple[str, ...]] = {
    "aim": AIMS,
    "billing": ("postpaid", "prepaid"),
    "card": ("sim", "esim"),
    "channel": ("online", "app", "shop", "chat", "phone", "email", "own-form", "letter", "post"),
    "contract": ("direct", "reseller", "app"),
    "ground": ("signal", "explanation", "papers"),
    "holder": ("adult", "minor", "company", "dead"),
    "installed": ("not-yet", "installed", "activated"),
    "plan": (),
    "reason": ("leaving-japan", "other-carrier", "not-needed", "price", "signal", "other"),
    "refund": (
        "overpayment", "double-billing", "deposit", "initial-cancellation", "undelivered-service", "prepaid-balance",
    ),
    "state": ("working", "lost", "stolen"),
    "use": ("voice", "data"),
}  # fmt: skip
"""What a scope can ask about, with the values; `plan` takes any text."""


@dataclass(frozen=True)
class Term:
    """A day that follows from another: so many days or months after it."""

    of: Literal["start", "contract", "end", "expiry", "arrival", "request", "departure", "balance"]
    """start: of the service; arrival: of what was ordered or goes back; balance: the day on which it is used up."""
    days: int = 0
    months: int = 0
    day: str = ""
    """Of the month so many months later: a number, or "last"; empty for the same day."""
    at: time | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Fact:
    """Something that pages say.

    All kinds inherit how they are compared and shown: methods that are generated for each kind cost every command 15 ms.
    """

    text: str = ""
    pages: tuple[Page, ...] = ()
    """The pages that say it; the first is the one to look at."""
    only: Scope = field(default_factory=dict, hash=False)
    """For whom the pages say it; of all others nothing is known."""
    requires: Scope = field(default_factory=dict, hash=False)
    """What the pages demand; who does not meet it has no such way."""
    terms: tuple[Term, ...] = ()
    but: Fact | None = None
    """What other pages say against it: a fact of the same kind, with the keys it disputes."""
    withdrawn: Withdrawn | None = None
    """Why it must not reach any page."""
    untyped: str = ""
    """Why an hour, a day or a time in its sentence has no typed key, in English; for those who look it up, never printed."""
    stated_in: str = ""
    """The fact of the same record that states it too, as `first_days`: its pages, and its sentence where this has none."""
    location: str = field(default="", repr=False)
    """File and line of the record."""
    money = False
    """Whether a mistake in it costs the reader money."""

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, one.name) == getattr(other, one.name) for one in fields(self))

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, one.name) for one in fields(self) if one.hash is not False))

    def __repr__(self) -> str:
        shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
        return f"{type(self).__name__}({', '.join(shown)})"

    @property
    def counting(self) -> tuple[Page, ...]:
        """The pages on which it may rest; the first is the one to show."""
        return tuple(page for page in self.pages if page.counts)

    @property
    def printable(self) -> bool:
        """Whether it may reach a page: nothing disproves it, and at least one page that counts says it."""
        return self.withdrawn is None and bool(self.counting)

    @property
    def doubt(self) -> Fact | None:
        """What may be said against it."""
        return self.but if self.but and self.but.printable else None

    @property
    def disputed(self) -> bool:
        """Whether pages of the same weight, or more, say otherwise."""
        if answer := getattr(self, "available", None):
            return bool(answer == "unclear")
        return bool(self.doubt and strength(self.doubt.pages) >= strength(self.pages))

    @property
    def mark(self) -> Mark:
        """How good and how old it is."""
        return marked(self.pages, disputed=self.disputed) if self.printable else Mark("unknown")
