"""Warnings about what does not go together in a case, each with what to do; only an impossible day stops the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from simforms.errors import Location, Problem
from simforms.fields import phone
from simforms.knowledge.wrong_numbers import _figures, known_wrong
from simforms.messages import Message, say
from simforms.planning.deadlines import BILLS_LAG, deadlines, end_of_line, last_of_eight, months_later
from simforms.planning.routes import Route, best
from simforms.planning.situation import Situation

OLDEST = 120
"""Years."""


SOON = 14
"""Days: who leaves later than this hardly wants the line to end today."""


FAR = timedelta(days=730)
"""From today: no line is ended two years ahead."""


ADULT = 18
"""Years; since 2022-04-01 (paper of a minor: consent of a parent)."""


def conflicts(situation: Situation, ways: tuple[Route, ...]) -> tuple[Problem, ...]:
    """Return what does not go together, with the place in the case."""
    return tuple(problem for check in _CHECKS for problem in check(situation, ways))


def _warning(situation: Situation, name: str, what: Message, suggestion: Message) -> Problem:
    location = situation.values[name].location if name in situation.values else Location("")
    return Problem(location, name, what, suggestion, "warning")


def _contact(situation: Situation, _: tuple[Route, ...]) -> Iterator[Problem]:
    contact, line = situation.given("person.phone"), situation.given("line.number")
    if contact and line and _figures(phone.national_number(contact)) == _figures(line):
        yield _warning(
            situation,
            "person.phone",
            say("the contact number is the line that ends: nobody can reach you there afterwards"),
            say("write a number that goes on working, or one of a friend"),
        )


def _minor(situation: Situation, _: tuple[Route, ...]) -> Iterator[Problem]:
    birth = situation.given("person.birth_date")
    if birth and birth <= situation.today and _years(birth, situation.today) < ADULT:
        yield _warning(
            situation,
            "person.birth_date",
            say("the person is under 18: the carrier will ask for a parent's consent"),
            say("go together with a parent, or ask the carrier for its consent form"),
        )


def _born(situation: Situation, _: tuple[Route, ...]) -> Iterator[Problem]:
    birth = situation.given("person.birth_date")
    if birth and (birth > situation.today or _years(birth, situation.today) > OLDEST):
        location = situation.values["person.birth_date"].location
        yield Problem(location, "person.birth_date", say("nobody was born on this day"), say("look at the year"))


def _far(situation: Situation, _: tuple[Route, ...]) -> Iterator[Problem]:
    for name in ("date", "cancellation.date", "person.departure_date"):
        day = situation.given(name)
        if day and abs(day - situation.today) > FAR:
            yield _warning(situation, name, say("the day is far from today"), say("look at the year"))


def _order(situation: Situation, _: tuple[Route, ...]) -> Iterator[Problem]:
    for name in ("line.start_date", "line.document_date"):
        day = situation.given(name)
        if day and day > situation.today:
            yield _warning(situation, name, say("the day lies in the future"), say("write the day on which it was"))
    start, wished = situation.given("line.start_date"), situation.given("cancellation.date")
    if start and wished and wished < start:
        yield _warning(situation, "cancellation.date", say("the line would end before it began"), say("look at both days"))


def _mail(situation: Situation, _: tuple[Route, ...]) -> Iterator[Problem]:
    """Yield where the mail address is one of the carrier's own: it ends with the line."""
    mail = situation.given("person.email")
    labels = set(re.split(r"[@.]", mail.lower())[1:]) if mail else set()
    known = situation.carrier
    if labels & {re.sub(r"[^a-z0-9]", "", name.lower()) for name in (known.slug, *known.names.values(), *known.aliases)} - {""}:
        yield _warning(
            situation,
            "person.email",
            say("this is an address of the carrier: it ends with the line"),
            say("write an address that goes on working"),
        )


def _agent(situation: Situation, _: tuple[Route, ...]) -> Iterator[Problem]:
    who = {paper.who for paper in situation.carrier.papers.values() if paper.print != "never"}
    if situation.given("cancellation.visitor") == "other" and "family" in who and "agent" not in who:
        yield _warning(
            situation,
            "cancellation.visitor",
            say("this carrier is known to take family members only"),
            say("send a family member, or ask the carrier first"),
        )


def _dates(situation: Situation, ways: tuple[Route, ...]) -> Iterator[Problem]:
    wished, departure, end = (
        situation.given("cancellation.date"),
        situation.given("person.departure_date"),
        end_of_line(situation),
    )
    if wished and wished < situation.today:
        yield _warning(
            situation, "cancellation.date", say("the wished day is past"), say("write a day from today on, or leave it out")
        )
    way = best(ways)
    on_paper = way is not None and way.channel not in {"online", "app"}
    if on_paper and departure and not wished and (departure - situation.today).days > SOON and not situation.ends_by_itself:
        yield _warning(
            situation,
            "cancellation.date",
            say("no desired date is given: the paper asks for the earliest possible day"),
            say("write the day on which the line is to end"),
        )
    if departure and departure < situation.today and situation.given("person.place") == "japan":
        yield _warning(
            situation, "person.departure_date", say("the day you leave is past"), say("correct it, or write `place: abroad`")
        )
    if departure and end and end > departure >= situation.today and not situation.ends_by_itself:
        yield _warning(
            situation,
            "person.departure_date",
            say("the line ends on about %(end)s, after you leave on %(departure)s", end=end, departure=departure),
            say("apply earlier, or make sure that the last bill can be paid from abroad"),
        )
    request = next((one.day for one in deadlines(situation) if one.id == "request-by"), None)
    if departure and request and request.month != situation.today.month and departure < request:
        yield _warning(
            situation,
            "person.departure_date",
            say("the day to apply by for this month is past"),
            say("apply at once; the line ends a month later"),
        )


def _account(situation: Situation, _: tuple[Route, ...]) -> Iterator[Problem]:
    closing, end = situation.given("refund.account.closing_date"), end_of_line(situation) or situation.today
    if closing and closing < months_later(end, BILLS_LAG):
        yield _warning(
            situation,
            "refund.account.closing_date",
            say("the account closes before the last bill and the refund can be settled"),
            say("keep it open for about two months after the end, or name another account"),
        )


def _channel(situation: Situation, ways: tuple[Route, ...]) -> Iterator[Problem]:
    wished = situation.given("cancellation.channel")
    refused = next((way for way in ways if way.channel == wished and way.works == "no"), None)
    working = [way for way in ways if way.works == "yes"]
    right = situation.carrier.first_days
    if right and wished in right.ways and last_of_eight(situation):
        return  # the 8-day exit goes this way
    if refused and not situation.ends_by_itself:
        suggestion = (
            say("take another way: %(way)s", way=working[0].name) if working else say("ask the carrier which way it takes")
        )
        yield _warning(situation, "cancellation.channel", say("this way does not end the line"), suggestion)


def _reseller(situation: Situation, _: tuple[Route, ...]) -> Iterator[Problem]:
    if situation.from_reseller:
        yield _warning(
            situation,
            "carrier",
            say("the contract is with a seller, not with the carrier"),
            say("look on the receipt or the package for the company that runs the line, and ask the seller"),
        )


def _closed(situation: Situation, _: tuple[Route, ...]) -> Iterator[Problem]:
    carrier = situation.carrier
    if carrier.status == "closed":
        suggestion = say("see %(carrier)s", carrier=carrier.see) if carrier.see else say("look on your contract papers")
        yield _warning(situation, "carrier", say("this service has ended"), suggestion)
    elif carrier.status == "merged":
        suggestion = say("its own ways still hold; for questions see also %(carrier)s", carrier=carrier.see)
        yield _warning(situation, "carrier", say("this brand takes no new contracts"), suggestion)


def _wrong_numbers(situation: Situation, _: tuple[Route, ...]) -> Iterator[Problem]:
    for name, value in situation.values.items():
        if why := known_wrong(value.text):
            yield _warning(
                situation,
                name,
                say("this number is known to be wrong: %(why)s", why=say(why)),
                say("copy the number from the carrier's own site"),
            )


def _years(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


_CHECKS = (_agent, _contact, _minor, _born, _far, _order, _mail, _dates, _account, _channel, _reseller, _closed, _wrong_numbers)
