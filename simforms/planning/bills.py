"""What is known of the bills of a contract: the last month, the end of the billing month, and how late bills come."""

from __future__ import annotations

from dataclasses import replace

from simforms.knowledge.fact_kinds import Billing
from simforms.planning.scopes import met
from simforms.planning.situation import Situation


def billing(situation: Situation) -> Billing | None:
    """Return what is known of the last month, with the billing month from whichever page names it. None where it is not known."""
    known = _known(situation)
    last = next((one for one in known if one.last), None)
    closes = next((one.closes for one in known if one.closes), ())
    if last:
        return replace(last, closes=closes)
    return next((one for one in known if one.closes), None)


def late_bills(situation: Situation) -> Billing | None:
    """Return what is known of bills that come months later."""
    return next((one for one in _known(situation) if one.lag_months and one.lag_day), None)


def _known(situation: Situation) -> list[Billing]:
    printable = [one for one in situation.carrier.billing if one.printable and situation.bound_by(one)]
    return [one for one in printable if met(one.only, situation.traits) is True]
