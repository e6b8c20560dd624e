"""The accounts that are tied to the number of a line: which to give another number first, and by which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from simforms.knowledge import carriers
from simforms.knowledge.carrier import SERVICE_GROUPS, Carrier
from simforms.knowledge.fact_kinds import NumberChange
from simforms.messages import say
from simforms.planning.matters import Matter
from simforms.planning.situation import Situation
from simforms.planning.steps import Step
from simforms.planning.terms import Deadline

ACCOUNTS = "move-accounts"
_FIELD = "line.services"
_ORDER = ("needed", "unclear", "", "not-needed")
"""By what is known of a code to the old number: what needs one, or may, comes first."""


@dataclass(frozen=True)
class Account:
    """An account with a service; of one that is not in the directory only the name is known."""

    name: str
    service: Carrier | None

    @property
    def old_number(self) -> str:
        """Whether a code must reach the old number: needed, unclear, not-needed; empty where it is not known."""
        change = self.service.change if self.service else None
        return change.old_number if isinstance(change, NumberChange) and change.printable else ""


def accounts(situation: Situation) -> tuple[Account, ...]:
    """Return the accounts that a case names, in the order in which to deal with them."""
    text = situation.given(_FIELD) or ""
    names = dict.fromkeys(name.strip() for name in re.split(r"[,、，;；\n]", text) if name.strip())
    found: dict[str, Account] = {}
    for name in names:
        service = carriers.service(name)
        found.setdefault(service.slug if service else name, Account(name, service))
    return tuple(sorted(found.values(), key=lambda one: (_ORDER.index(one.old_number), _group(one))))


def _group(account: Account) -> int:
    return SERVICE_GROUPS.index(account.service.group) if account.service else len(SERVICE_GROUPS)


def with_accounts(found: Sequence[Matter], situation: Situation) -> tuple[Matter, ...]:
    """Return the matters, that of the accounts with its steps and its day: before the line can end."""
    return tuple(_filled(matter, found, situation) if matter.name == ACCOUNTS else matter for matter in found)


def _filled(matter: Matter, found: Sequence[Matter], situation: Situation) -> Matter:
    return replace(matter, steps=tuple(_steps(accounts(situation))), days=tuple(_days(found)))


def _steps(known: Sequence[Account]) -> Iterator[Step]:
    for account in known:
        service = account.service
        facts = (service.change, service.before, service.abroad, service.risk) if service else ()
        said = [fact for fact in facts if fact and fact.printable]
        yield from (Step("before", say(fact.text), fact, account.name) for fact in said)
        if not any(isinstance(fact, NumberChange) for fact in said):
            what = say(
                "We do not know how to change its number. While the line still works, look in its settings, or ask the service."
            )
            yield Step("before", what, of=account.name)


def _days(found: Sequence[Matter]) -> Iterator[Deadline]:
    for matter in found:
        if matter.name == "end-line" and matter.state == "by-itself" and (day := matter.day("expiry")):
            yield Deadline("accounts", day, say("This is the last day on which this number can receive a code."))
        elif matter.name == "end-line" and matter.moment:
            what = say("Before you apply on this date, change the number of your accounts. The number can stop working at once.")
            yield Deadline("accounts", matter.moment.day, what)
