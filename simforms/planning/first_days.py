"""The exit within the first eight days: whether the right is given, and until when it may run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from simforms.knowledge.fact_kinds import FirstDays
from simforms.messages import say
from simforms.planning.days import Days, eight_days
from simforms.planning.refusal import Refusal
from simforms.planning.situation import Situation


def right(situation: Situation) -> FirstDays | None:
    """Return what is known about the right, and may be printed."""
    found = situation.carrier.first_days
    return found if found and found.printable else None


def window(situation: Situation) -> Days | None:
    """Return the last of the eight days: the safe one, and the last that may hold. None where the case gives no day."""
    start, papers, contract = (situation.given(f"line.{name}") for name in ("start_date", "document_date", "contract_date"))
    return eight_days(_counts(situation), situation.given("line.notice"), start, papers, contract)


def counted(situation: Situation) -> bool:
    """Return whether the last day is certain: one count holds, and the case gives the day that it begins on."""
    found = window(situation)
    return bool(found and found.certain and not _not_given(situation))


def over(situation: Situation, day: date) -> bool:
    """Return whether the right has ended by a day: by every count, and by days that the case gives."""
    found = window(situation)
    return bool(found and found.last < day and not _not_given(situation))


def unsettled(situation: Situation) -> tuple[str, ...]:
    """Return the fields that would say whether it is still in time; empty where it is, or is not, by what the case gives."""
    found, fields = window(situation), _not_given(situation)
    early = "line.contract_date" in fields
    return fields if found and (early or found.last < situation.today) else ()


def _not_given(situation: Situation) -> tuple[str, ...]:
    """Return the days that the count begins on, and that the case does not give."""
    begins = {"line.document_date": _by_papers(situation), "line.contract_date": "contract" in _counts(situation).values()}
    return tuple(name for name, counts in begins.items() if counts and not situation.given(name))


def decided_by(situation: Situation) -> Iterator[str]:
    """Yield the fields that the last of the eight days depends on."""
    yield "line.start_date"
    if _by_papers(situation):
        yield "line.document_date"
    if not counted(situation):
        yield "line.notice"
    if "contract" in _counts(situation).values():
        yield "line.contract_date"


def _counts(situation: Situation) -> Mapping[str, str]:
    known = right(situation)
    return (known.grounds.get(situation.traits["ground"] or "") or known.counts) if known else {}


def _by_papers(situation: Situation) -> bool:
    """Return whether the day of the contract papers may begin the count."""
    notice = situation.given("line.notice")
    counts = _counts(situation)
    kinds = [notice] if notice else ["paper", "electronic"]
    return any(counts.get(kind) not in {"contract", "start"} for kind in kinds)


def given(situation: Situation) -> bool:
    """Return whether a contract like this has the right at all; another answer in the case could not change that."""
    known = right(situation)
    return not known or known.disputed or not (known.regime == "outside" or _voice_only(known, situation))


def _voice_only(known: FirstDays, situation: Situation) -> bool:
    return known.lines == "voice" and bool(situation.given("line.use") == "data")


def open_with_number(situation: Situation) -> bool:
    """Return whether the exit may serve who keeps the number; True where the number does not matter."""
    known = right(situation)
    return not (known and known.with_number == "no" and situation.keeps_number)


def letter_by_law(situation: Situation) -> bool:
    """Return whether the law lets a written notice end the contract: postpaid, and no other regime (rule `first-days`)."""
    known = right(situation)
    return situation.given("line.billing") != "prepaid" and not (known and known.regime in {"conditional", "outside"})


def refusal(situation: Situation) -> Refusal | None:
    """Return why this person has no such right; None where it may run. What sources dispute refuses nobody."""
    known = right(situation)
    if not known or known.disputed:
        return None
    if known.regime == "outside":
        return Refusal(say("The 8-day cancellation does not apply to this contract."), known)
    if _voice_only(known, situation):
        return Refusal(say("The 8-day cancellation is only for lines with voice calls."), known)
    if known.regime == "conditional" and situation.traits["ground"] == "none":
        what = say(
            "This carrier accepts the 8-day cancellation only for a bad signal, a poor explanation or missing contract documents."
        )
        return Refusal(what, known)
    if not open_with_number(situation):
        return Refusal(say("You cannot use the 8-day cancellation if you move your number to another carrier."), known)
    return None
