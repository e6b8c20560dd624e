"""For whom a fact holds: a condition meets what the case says with yes, no, or not known."""

from __future__ import annotations

import re
from collections.abc import Mapping

Traits = Mapping[str, str | None]
"""What is known of person and line, by the names that records use; None where the case does not say."""
Condition = Mapping[str, tuple[str, ...]]
"""By trait, the values for which a fact holds."""

FIELDS = {
    "billing": "line.billing",
    "card": "line.card",
    "contract": "line.contract",
    "ground": "first_days.ground",
    "installed": "line.installed",
    "plan": "line.plan",
    "reason": "cancellation.reason",
    "refund": "refund.ground",
    "state": "line.state",
    "use": "line.use",
}
"""The field that answers each trait."""


def met(condition: Condition, traits: Traits) -> bool | None:
    """Return whether a case meets a condition; None where it does not say. One `no` is enough for no.

    >>> met({"billing": ("prepaid",), "use": ("data",)}, {"billing": "postpaid", "use": None})
    False
    >>> met({"use": ("data",)}, {"use": None}) is None
    True
    """
    answers = [_one(name, wanted, traits.get(name)) for name, wanted in condition.items()]
    if False in answers:
        return False
    return None if None in answers else True


def unanswered(condition: Condition, traits: Traits) -> tuple[str, ...]:
    """Return the fields that would decide a condition which is neither met nor failed."""
    if met(condition, traits) is not None:
        return ()
    return tuple(FIELDS[name] for name in condition if traits.get(name) is None and name in FIELDS)


def _one(name: str, wanted: tuple[str, ...], given: str | None) -> bool | None:
    if given is None:
        return None
    return any(named(word, given) for word in wanted) if name == "plan" else given in wanted


def named(word: str, plan: str) -> bool:
    """Return whether the name of a plan contains a word that no other Latin letter or digit touches.

    >>> named("D", "マイピタ Dプラン"), named("D", "Dual"), named("60", "60 days")
    (True, False, True)
    """
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", plan, re.IGNORECASE) is not None
