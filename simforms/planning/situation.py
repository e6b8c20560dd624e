"""What a case says about the person's situation, in the words that routes, dates and conflicts are decided by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from simforms.cases.check import Value
from simforms.knowledge.carrier import Carrier

_OTHER_MATTERS = ("refund.ground", "dispute.item", "erasure.action", "final_bill.address", "trouble.what")
"""What a case may be about instead of, or beside, the end of the line."""


@dataclass(frozen=True)
class Situation:
    """A person with a line, on a day."""

    today: date
    carrier: Carrier
    values: Mapping[str, Value]

    def given(self, name: str) -> Any:
        """Return the typed value of a field; None where the case does not say."""
        return self.values[name].parsed if name in self.values else None

    @property
    def abroad(self) -> bool:
        """Whether the person is outside Japan, or will have left by today."""
        departure = self.given("person.departure_date")
        return self.given("person.place") == "abroad" or (departure is not None and departure < self.today)

    @property
    def leaving(self) -> bool:
        """Whether the person leaves Japan, or has left."""
        return self.abroad or bool(self.given("person.departure_date")) or self.given("cancellation.reason") == "leaving-japan"

    @property
    def lost(self) -> bool:
        """Whether the phone or the card is gone."""
        return self.given("line.state") in {"lost", "stolen"}

    @property
    def through_others(self) -> bool:
        """Whether somebody else applies for the person."""
        return self.given("cancellation.visitor") in {"family", "other"}

    @property
    def from_reseller(self) -> bool:
        """Whether the contract is with a seller, not with the carrier."""
        return self.given("line.contract") == "reseller" or self.carrier.status == "retailer"

    @property
    def wants_money(self) -> bool:
        """Whether money is asked back."""
        return self.given("refund.ground") is not None and self.given("refund.wish") != "give-up"

    @property
    def paper_date(self) -> date:
        """The day on which the papers are used: the date that the case gives them, else today."""
        return self.given("date") or self.today

    @property
    def first_days(self) -> bool:
        """Whether the person wants to leave within the first 8 days."""
        return bool(self.given("cancellation.kind") == "first-8-days")

    @property
    def esim(self) -> bool:
        """Whether there is no card that could be returned."""
        return bool(self.given("line.card") == "esim")

    @property
    def wants_to_end(self) -> bool:
        """Whether the line is to end; a case that only asks for money, or about data, says nothing about that."""
        other = any(self.given(name) is not None for name in _OTHER_MATTERS)
        return not other or any(
            name.startswith("cancellation.") and value.text != value.field.default for name, value in self.values.items()
        )

    @property
    def ends_by_itself(self) -> bool:
        """Whether the line ends without anybody doing anything: prepaid, or closed."""
        if self.carrier.status == "closed":
            return True
        if self.from_reseller:
            return False
        kinds, billing = self.carrier.kinds, self.given("line.billing")
        rule = self.carrier.effective.rule if self.carrier.effective else "unknown"
        if rule == "expiry":
            return bool(billing != "postpaid")
        if rule != "unknown" and "postpaid" not in kinds:
            return False  # a prepaid brand whose record says how a request ends the line
        return bool(billing == "prepaid")
