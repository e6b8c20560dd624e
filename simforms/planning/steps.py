"""The steps of an advice: what to do before, when applying, and afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from simforms.knowledge.facts import Fact
from simforms.knowledge.rules import rules
from simforms.messages import Message, say
from simforms.planning.deadlines import last_of_eight
from simforms.planning.routes import Route
from simforms.planning.situation import Situation

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Step:
    """Something to do, and when: before, at the counter or on the page, after."""

    when: str
    what: Message
    fact: Fact | None = None


def _printable(fact: Fact | None) -> Fact | None:
    return fact if fact and fact.print != "never" else None


def _steps(situation: Situation, way: Route | None) -> Iterator[Step]:
    if not situation.wants_to_end:
        yield Step("at", say("Hand in or send the refund request. Ask the carrier which desk takes it."))
        yield Step("after", say("Keep a bank account in Japan open until the final bill and any refund are settled."))
        return
    yield from _before(situation, way)
    yield from _applying(situation, way)
    yield from _after(situation)


def _before(situation: Situation, way: Route | None) -> Iterator[Step]:
    carrier = situation.carrier
    yield Step("before", say("Change the phone number registered for log-ins, two-step verification and your bank."))
    if situation.lost:
        yield Step("before", say("Have the line stopped at once: others could use it."), _printable(carrier.lost))
    else:
        yield Step(
            "before",
            say("Save photos, contacts and e-mails. The carrier's e-mail addresses stop working when the line ends."),
            _printable(carrier.deleted),
        )
    if situation.ends_by_itself:
        return
    yield Step("before", say("Settle open bills, and ask about instalments for the phone: they go on."), rules()["unpaid"])
    if situation.leaving or situation.wants_money:
        yield Step("before", say("Keep a bank account in Japan open until the final bill and any refund are settled."))
    if situation.leaving:
        yield Step("before", say("Tell the carrier where the final bill reaches you after you leave."))
    if way and way.channel == "shop" and situation.leaving and not situation.abroad:
        yield Step("before", say("Visit the shop before you give up your residence card at the airport."))


def _applying(situation: Situation, way: Route | None) -> Iterator[Step]:
    carrier = situation.carrier
    if situation.esim and not situation.ends_by_itself:
        yield Step("at", say("You have an eSIM: where a SIM card is asked for, show the phone instead."))
    if last := last_of_eight(situation):
        yield Step(
            "at", say("Until %(day)s you may use the 8-day exit instead; it has a way of its own.", day=last), carrier.first_days
        )
    if situation.ends_by_itself and carrier.effective:
        yield Step("at", say("Nothing to do: the line ends by itself."), _printable(carrier.effective))
    elif situation.ends_by_itself:
        yield Step(
            "at", say("A prepaid line normally ends by itself when it expires. Check the day, and that nothing renews by itself.")
        )
    elif way and way.works == "yes":
        yield Step("at", say("Apply this way: %(way)s.", way=way.name), way.fact)
    elif way:
        yield Step("at", say("Ask the carrier whether the line can be ended this way: %(way)s.", way=way.name), way.fact)
    else:
        yield Step("at", say("Ask the carrier how the line ends: no way is known."))
    if not situation.ends_by_itself:
        yield Step("at", say("Ask for something in writing that shows the cancellation date and the amount of the final bill."))


def _after(situation: Situation) -> Iterator[Step]:
    carrier = situation.carrier
    if situation.esim:
        yield Step(
            "after",
            say(
                "There is no card to return. Deleting the eSIM profile does not cancel the line; "
                "delete it only when the line has ended."
            ),
            _printable(carrier.esim),
        )
    elif carrier.sim_return and carrier.sim_return.print != "never" and carrier.sim_return.needed != "unknown":
        what = {
            "yes": say("Return the SIM card."),
            "no": say("The SIM card need not be returned."),
            "choice": say("Return the SIM card, or cut it up and throw it away."),
        }[carrier.sim_return.needed]
        yield Step("after", what, carrier.sim_return)
    else:
        yield Step("after", say("Whether the SIM card must be returned is not known; ask."))
    addresses = [carrier.return_address] if carrier.return_address and not situation.esim else []
    for fact in (*addresses, *_now(situation, carrier.survives), *_now(situation, carrier.after)):
        if fact.print != "never":
            yield Step("after", say(fact.text), fact)
    if not situation.ends_by_itself:
        yield Step(
            "after", say("Check your bills for two months. If no confirmation comes, ask again with the reference number.")
        )


def in_first_days(situation: Situation) -> bool:
    """Whether the 8-day exit is wished, or still open."""
    return situation.first_days or last_of_eight(situation) is not None


def _now(situation: Situation, facts: Mapping[str, F]) -> list[F]:
    """Return the facts without those that are about the first days only, where these are over or not known."""
    return [fact for fact in facts.values() if in_first_days(situation) or "first-days" not in fact.only.get("aim", ())]
