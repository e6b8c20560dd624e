"""What a case says about a person, a line and a moment, in the words that aims, ways and days are decided by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from simforms.cases.check import Value
from simforms.clock import Now
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.facts import Fact
from simforms.planning.history import History, history
from simforms.planning.scopes import FIELDS, Traits, met

HOLDER = "holder"
ADULT = 18
"""Years; since 2022-04-01 (paper of a minor: consent of a parent)."""


@dataclass(frozen=True)
class Situation:
    """A person with a line, at a moment in Japan."""

    now: Now
    carrier: Carrier
    values: Mapping[str, Value]

    def given(self, name: str) -> Any:
        """Return the typed value of a field; None where the case does not say."""
        return self.values[name].parsed if name in self.values else None

    @property
    def today(self) -> date:
        """The day in Japan."""
        return self.now.day

    @property
    def paper_date(self) -> date:
        """The day on which the papers are used: the date that the case gives them, else today."""
        return self.given("date") or self.today

    @property
    def abroad(self) -> bool:
        """Whether the holder is outside Japan, or has left by today."""
        return self.abroad_on(self.today)

    def abroad_on(self, day: date) -> bool:
        """Return whether the holder is outside Japan on a day."""
        departure = self.given("person.departure_date")
        return self.given("person.place") == "abroad" or (departure is not None and departure < day)

    @property
    def placed(self) -> bool:
        """Whether the case says where the holder is."""
        return self.given("person.place") is not None or self.given("person.departure_date") is not None

    @property
    def departure(self) -> date | None:
        """The day on which the holder leaves Japan, if that is still to come."""
        day: date | None = self.given("person.departure_date")
        return day if day and day >= self.today and not self.abroad else None

    @property
    def leaving(self) -> bool:
        """Whether the holder leaves Japan, or has left."""
        return self.abroad or bool(self.given("person.departure_date")) or self.given("cancellation.reason") == "leaving-japan"

    @property
    def agent(self) -> str:
        """Who goes or calls for the holder; empty where the holder does it."""
        visitor = self.given("cancellation.visitor")
        return visitor if visitor and visitor != "self" else ""

    @property
    def holder_died(self) -> bool:
        """Whether an heir acts: what the holder alone can do is closed."""
        return self.agent == "heir"

    @property
    def lost(self) -> bool:
        """Whether the phone or the card is gone."""
        return self.given("line.state") in {"lost", "stolen"}

    @property
    def from_reseller(self) -> bool:
        """Whether the contract is with somebody who resells the line."""
        return bool(self.given("line.contract") == "reseller")

    def bound_by(self, fact: Fact) -> bool:
        """Return whether a rule of the company holds for this contract: for one with a reseller only if the pages say so."""
        reseller = self.carrier.counterparty.get("reseller")
        ends_here = bool(reseller and reseller.printable and reseller.ends == "carrier")
        return not self.from_reseller or ends_here or "reseller" in fact.only.get("contract", ())

    @property
    def from_retailer(self) -> bool:
        """Whether the name in the case is that of a shop, which runs no line."""
        return self.carrier.status == "retailer"

    @property
    def other_billing(self) -> bool:
        """Whether the line is prepaid, and only postpaid lines of the company are on record."""
        kinds = self.carrier.kinds
        return self.given("line.billing") == "prepaid" and "postpaid" in kinds and "prepaid" not in kinds

    @property
    def esim(self) -> bool:
        """Whether there is no card that could be returned."""
        return bool(self.given("line.card") == "esim")

    @property
    def keeps_number(self) -> bool:
        """Whether the number is to be taken along."""
        return bool(self.given("line.keep_number") == "keep")

    @property
    def contract_date(self) -> date | None:
        """The day of the contract, or of the start where only that is known."""
        day: date | None = self.given("line.contract_date") or self.given("line.start_date")
        return day

    @cached_property
    def log(self) -> History:
        """What was done so far."""
        return history(self.values)

    @cached_property
    def traits(self) -> Traits:
        """What is known of person and line, in the words of records, manifests and steps."""
        return {
            **self.line,
            "place": "abroad" if self.abroad else "japan",
            "leaving": "yes" if self.leaving else "no",
            "log": "yes" if self.log.entries else "no",
            "stage": self.log.next.name if self.log.next and self.log.due and self.log.due <= self.paper_date else "none",
            "account": self.given("refund.account.owner"),
            "back": self._back,
        }

    @cached_property
    def line(self) -> Traits:
        """What is known of person and line, in the words of the records."""
        known = {name: self.given(field) for name, field in FIELDS.items()}
        reason = known["reason"]
        return {
            **known,
            "ground": known["ground"] or ("signal" if reason == "signal" else "none" if reason else None),
            "state": known["state"] or "working",
            "contract": known["contract"] or "direct",
            "holder": self._holder,
        }

    @property
    def _back(self) -> str:
        """Whether the card goes back: yes, no, choice, unknown; of a card that is gone, or has gone back, no question remains."""
        known = self.carrier.sim_return
        if self.esim or self.lost or self.log.has("returned"):
            return "none"
        fits = known is not None and known.printable and met(known.only, self.line) is True
        return known.needed if known and fits else "unknown"

    @property
    def _holder(self) -> str | None:
        if self.holder_died:
            return "dead"
        birth = self.given("person.birth_date")
        if birth is None:
            return None
        return "minor" if years(birth, self.today) < ADULT else "adult"


def years(birth: date, today: date) -> int:
    """Return how old somebody is."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
