"""What a case says about the person's situation, in the words that routes, dates and conflicts are decided by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from simforms.carriers import Carrier
from simforms.check import Value


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
    def esim(self) -> bool:
        """Whether there is no card that could be returned."""
        return bool(self.given("line.card") == "esim")

    @property
    def wants_to_end(self) -> bool:
        """Whether the line is to end; a case that only asks for money says nothing about that."""
        return self.given("refund.ground") is None or any(name.startswith("cancellation.") for name in self.values)

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
