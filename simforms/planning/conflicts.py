"""Warnings about what does not go together in a case, each with what to do; only what is impossible stops the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from simforms.errors import Location, Problem
from simforms.fields import phone
from simforms.knowledge.wrong_numbers import _figures, known_wrong
from simforms.messages import Message, say
from simforms.planning.days import months_later
from simforms.planning.deadlines import BILLS_LAG
from simforms.planning.matters import Matter
from simforms.planning.situation import ADULT, Situation, years

Matters = Sequence[Matter]

OLDEST = 120
"""Years."""


SOON = 14
"""Days: who leaves later than this hardly wants the line to end today."""


LATE_PAPERS = timedelta(days=60)
"""After the start of the service: papers come with the card, or soon after it."""


FAR = timedelta(days=730)
"""From today: no line is ended two years ahead."""


def conflicts(situation: Situation, matters: Matters) -> tuple[Problem, ...]:
    """Return what does not go together, with the place in the case."""
    return tuple(problem for check in _CHECKS for problem in check(situation, matters))


def _warning(situation: Situation, name: str, what: Message, suggestion: Message) -> Problem:
    location = situation.values[name].location if name in situation.values else Location("")
    return Problem(location, name, what, suggestion, "warning")


def _ending(matters: Matters) -> Matter | None:
    """Return the matter of a line that is to end by an act."""
    return next((matter for matter in matters if matter.name == "end-line" and matter.open), None)


def _end(matter: Matter | None) -> date | None:
    return matter.moment.end.last if matter and matter.moment and matter.moment.end else None


def _dies(matters: Matters) -> bool:
    """Return whether the line, with its number and its mail address, is to end."""
    return any(matter.name in {"end-line", "first-days"} and matter.state in {"open", "by-itself"} for matter in matters)


def _contact(situation: Situation, matters: Matters) -> Iterator[Problem]:
    contact, line = situation.given("person.phone"), situation.given("line.number")
    if _dies(matters) and contact and line and _figures(phone.national_number(contact)) == _figures(line):
        yield _warning(
            situation,
            "person.phone",
            say("the contact number is the line you are cancelling: nobody can reach you on it afterwards"),
            say("write a number that will still work, or a friend's number"),
        )


def _minor(situation: Situation, _: Matters) -> Iterator[Problem]:
    birth = situation.given("person.birth_date")
    if birth and birth <= situation.today and years(birth, situation.today) < ADULT:
        yield _warning(
            situation,
            "person.birth_date",
            say("the person is under 18: the carrier will ask for a parent's consent"),
            say("go together with a parent, or ask the carrier for its consent form"),
        )


def _born(situation: Situation, _: Matters) -> Iterator[Problem]:
    birth = situation.given("person.birth_date")
    if birth and (birth > situation.today or years(birth, situation.today) > OLDEST):
        location = situation.values["person.birth_date"].location
        yield Problem(location, "person.birth_date", say("this cannot be a date of birth"), say("check the year"))


_IN_JAPAN = re.compile(r"東京都|北海道|(?:京都|大阪)府|県|[ぁ-ヿ]|\bJapan\b", re.IGNORECASE)
"""What only addresses in Japan contain: a prefecture, kana, the country."""
_POSTCODES = {
    "person.postal_code": "person.address",
    "final_bill.postal_code": "final_bill.address",
    "first_days.send_to_postal_code": "first_days.send_to",
}


def _postcode(situation: Situation, _: Matters) -> Iterator[Problem]:
    """Yield postcodes of a form that Japan does not have, next to an address in Japan."""
    for name, address in _POSTCODES.items():
        code = situation.given(name)
        if code and _IN_JAPAN.search(situation.given(address) or "") and not re.fullmatch(r"[0-9]{3}-[0-9]{4}", code):
            location = situation.values[name].location
            yield Problem(location, name, say("a Japanese postcode has 7 digits"), say("write 7 digits, e.g. 169-0075"))


def _far(situation: Situation, _: Matters) -> Iterator[Problem]:
    for name in ("date", "cancellation.date", "person.departure_date"):
        day = situation.given(name)
        if day and abs(day - situation.today) > FAR:
            yield _warning(situation, name, say("this date is far from today"), say("check the year"))


def _order(situation: Situation, _: Matters) -> Iterator[Problem]:
    for name in ("line.start_date", "line.document_date", "line.contract_date"):
        day = situation.given(name)
        if day and day > situation.today and not (name == "line.start_date" and situation.given("line.contract_date")):
            yield _warning(situation, name, say("this date is in the future"), say("write the actual date"))
    start, contract = situation.given("line.start_date"), situation.given("line.contract_date")
    for name in ("cancellation.date", "line.expiry_date"):
        day = situation.given(name)
        if start and day and day < start:
            yield _warning(
                situation, name, say("the line would be cancelled before the service started"), say("check both dates")
            )
    papers = situation.given("line.document_date")
    if start and papers and papers - start > LATE_PAPERS:
        yield _warning(
            situation, "line.document_date", say("it is long after the day on which the service began"), say("check both dates")
        )
    for name in ("line.start_date", "line.document_date"):
        day = situation.given(name)
        if day and contract and day < contract:
            yield _warning(situation, name, say("this date is before the contract date"), say("check both dates"))


def _log(situation: Situation, _: Matters) -> Iterator[Problem]:
    """Yield entries of the log that contradict each other, or the calendar."""
    entries = situation.log.entries
    for entry in entries:
        if not entry.day:
            continue
        location = entry.values["date"].location
        name = next(name for name, value in situation.values.items() if value is entry.values["date"])
        if entry.day > situation.today:
            what, suggestion = say("this date is in the future"), say("write the actual date")
            yield Problem(location, name, what, suggestion, "warning")
        ended = entry.choice.ends if entry.choice else ()
        asked = [one.day for one in entries if one.key in ended and one.day]
        if asked and entry.day < min(asked):
            yield Problem(
                location,
                name,
                say("this answer is dated before the request it answers"),
                say("check the dates of both entries"),
                "warning",
            )
    if situation.log.has("moved") and situation.log.has("applied"):
        yield _warning(
            situation,
            "log",
            say("the log has both a number move and an application to cancel: moving the number also cancels the line"),
            say("keep only the correct entry"),
        )


def _mail(situation: Situation, matters: Matters) -> Iterator[Problem]:
    """Yield where the mail address is one of the carrier's own: it ends with the line."""
    mail = situation.given("person.email")
    labels = set(re.split(r"[@.]", mail.lower())[1:]) if mail else set()
    known = situation.carrier
    if _dies(matters) and labels & {
        re.sub(r"[^a-z0-9]", "", name.lower()) for name in (known.slug, *known.names.values(), *known.aliases)
    } - {""}:
        yield _warning(
            situation,
            "person.email",
            say("this is one of the carrier's own e-mail addresses: it stops working when you cancel"),
            say("write an address that will still work"),
        )


def _dates(situation: Situation, matters: Matters) -> Iterator[Problem]:
    wished, departure = situation.given("cancellation.date"), situation.given("person.departure_date")
    matter = _ending(matters)
    end = _end(matter)
    if wished and wished < situation.today:
        yield _warning(
            situation,
            "cancellation.date",
            say("the cancellation date you want has already passed"),
            say("write today's date or a later one, or leave it out"),
        )
    on_paper = matter is not None and matter.way is not None and matter.way.channel not in {"online", "app"}
    if on_paper and departure and not wished and (departure - situation.today).days > SOON:
        yield _warning(
            situation,
            "cancellation.date",
            say("you gave no cancellation date, so the paper asks for the earliest possible date"),
            say("write the date on which you want the line cancelled"),
        )
    if departure and departure < situation.today and situation.given("person.place") == "japan":
        yield _warning(
            situation,
            "person.departure_date",
            say("your departure date has already passed"),
            say("correct the date, or write `place: abroad`"),
        )
    if departure and end and end > departure >= situation.today:
        yield _warning(
            situation,
            "person.departure_date",
            say("the line will be cancelled around %(end)s, after you leave on %(departure)s", end=end, departure=departure),
            say("apply earlier, or make sure that you can pay the final bill from abroad"),
        )


def _account(situation: Situation, matters: Matters) -> Iterator[Problem]:
    closing, end = situation.given("refund.account.closing_date"), _end(_ending(matters)) or situation.today
    if closing and closing < months_later(end, BILLS_LAG):
        yield _warning(
            situation,
            "refund.account.closing_date",
            say("the account will be closed before the final bill and the refund can be settled"),
            say("keep it open for about two months after the cancellation, or give another account"),
        )


def _channel(situation: Situation, matters: Matters) -> Iterator[Problem]:
    matter, wished = _ending(matters), situation.given("cancellation.channel")
    if not matter or not wished or matter.wished:
        return
    if any(way.channel == wished and way.verdict == "no" for way in matter.ways):
        suggestion = (
            say("use another method: %(way)s", way=matter.way.name)
            if matter.way
            else say("ask the carrier which method it accepts")
        )
        yield _warning(situation, "cancellation.channel", say("you cannot cancel with this method"), suggestion)


def _closed(situation: Situation, _: Matters) -> Iterator[Problem]:
    carrier = situation.carrier
    if carrier.status == "closed":
        suggestion = say("see %(carrier)s", carrier=carrier.see) if carrier.see else say("check your contract documents")
        yield _warning(situation, "carrier", say("this service has ended"), suggestion)
    elif carrier.status == "merged":
        suggestion = say(
            "the existing procedures for this brand still apply; if you have questions, see also %(carrier)s", carrier=carrier.see
        )
        yield _warning(situation, "carrier", say("this brand no longer accepts new contracts"), suggestion)


def _wrong_numbers(situation: Situation, _: Matters) -> Iterator[Problem]:
    for name, value in situation.values.items():
        if why := known_wrong(value.text):
            yield _warning(
                situation,
                name,
                say("this number is known to be wrong: %(why)s", why=say(why)),
                say("copy the number from the carrier's website"),
            )


_CHECKS = (_contact, _minor, _born, _postcode, _far, _order, _log, _mail, _dates, _account, _channel, _closed, _wrong_numbers)
