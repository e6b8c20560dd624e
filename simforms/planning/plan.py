"""Everything is decided here: language, carrier, documents, dates, warnings. A plan is frozen and pure."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from simforms.cases.check import Value, Values, check
from simforms.errors import CaseError, Place, Problem
from simforms.knowledge import carriers
from simforms.knowledge import certified_mail as certified
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.documents import Document, document, documents
from simforms.knowledge.vocabulary import Vocabulary, vocabulary
from simforms.language import catalogs
from simforms.messages import say
from simforms.planning.advice import Advice, advise
from simforms.planning.bank_account import account
from simforms.planning.completeness import missing, stray, unused
from simforms.planning.occasions import last_day, why_not
from simforms.texts import Section

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no letter that looks like a figure


@dataclass(frozen=True)
class Plan:
    """What will be printed."""

    content: Path
    reference: str
    date: date
    language: str
    carrier: Carrier
    documents: tuple[Document, ...]
    values: Mapping[str, Value]
    warnings: tuple[Problem, ...]
    advice: Advice
    blank: bool = False
    """What the case does not give is left open, to be filled in by hand."""
    masked: bool = False
    """Private values show their last two signs only."""

    @property
    def last_of_eight(self) -> datetime.date | None:
        """The last of the first 8 days."""
        return last_day(self.advice.situation)

    def fits(self, kind: Document) -> bool:
        """Whether a document is of use on the way that the plan names."""
        working = {way.channel for way in self.advice.routes if way.works == "yes"}
        return not kind.routes or bool(working & set(kind.routes)) or kind in _fitting(self.content, self.values, self.advice)


def plan(  # noqa: PLR0913 - each is a decision of the caller's
    content: Path,
    case: Section,
    today: date,
    *,
    wanted: Sequence[str] = (),
    language: str = "",
    noticed: Sequence[Problem] = (),
    needs_papers: bool = True,
    blank: bool = False,
) -> Plan:
    """Decide what to print for a case.

    `wanted` names the documents, else the case decides; `language` goes before the case's own; `noticed` are the problems
    of the file's form. Without `needs_papers`, what a document lacks is no problem; `blank` leaves room for it. Raises
    CaseError with every problem, UnknownNameError for a wrong `wanted` or `language`.
    """
    values, found = check(case, vocabulary(content))
    added, in_accounts = account(values, vocabulary(content))
    values |= added
    found += in_accounts
    problems = [*noticed, *(problem for problem in found if problem.severity == "error")]
    remarks = [problem for problem in found if problem.severity != "error"]
    wrong = {problem.name for problem in problems}
    companion = _language(content, values, language, case.place)
    if isinstance(companion, Problem):
        problems += [companion] if "language" not in wrong else []
        near = companion.cure.values.get("near")
        companion = str(near) if near in catalogs.languages(content) else catalogs.SOURCE
    given = values["carrier"].parsed if "carrier" in values else ""
    carrier = carriers.find(given) or carriers.unknown(given)
    advice = advise(content, carrier, values, today, companion)
    chosen = tuple(document(content, name) for name in dict.fromkeys(wanted)) or _fitting(content, values, advice)
    if not blank:
        problems += missing(values, chosen if needs_papers else (), wrong, case, vocabulary(content))
        problems += _not_now(chosen, advice, case.place)
    problems += _not_certified(chosen, values, vocabulary(content))
    problems += stray(values, vocabulary(content))
    problems += [problem for problem in advice.conflicts if problem.severity == "error"]
    if problems:
        told = (*remarks, *_warnings(values, carrier), *advice.conflicts)
        doubts = [problem for problem in told if problem.severity == "warning"]
        raise CaseError([*problems, *doubts], companion)
    return Plan(
        content=content,
        reference=_reference(values) if not blank or "line.number" in values else "",
        date=values["date"].parsed if "date" in values else today,
        language=companion,
        carrier=carrier,
        documents=chosen,
        values=values,
        warnings=(*remarks, *_warnings(values, carrier), *unused(values, chosen, vocabulary(content))),
        advice=advice,
        blank=blank,
    )


def _not_now(chosen: Sequence[Document], advice: Advice, place: Place) -> Iterator[Problem]:
    """Yield why a paper that has its time is not printed at another."""
    for kind in chosen:
        if kind.only_then and not advice.occasions & set(kind.occasions):
            what, cure = why_not(kind.occasions, advice.story, advice.not_yet)
            yield Problem(place, "", say("%(document)s: %(why)s", document=say(kind.title), why=what), cure)


def _not_certified(chosen: Sequence[Document], values: Values, words: Vocabulary) -> Iterator[Problem]:
    """Yield the values that the post office refuses in certified mail."""
    names = {field for kind in chosen if kind.certified for field in words.within_all((*kind.needs, *kind.uses))}
    for name in names & set(values):
        refused = "".join(certified.refused(str(values[name].parsed))) if values[name].field.type in {"name", "text"} else ""
        if refused:
            what = say("certified mail does not take “%(typed)s”", typed=refused)
            yield Problem(values[name].place, name, what, say("write it in Japanese signs, or in letters from A to Z"))


def _fitting(content: Path, values: Values, advice: Advice) -> tuple[Document, ...]:
    """Return the documents that help on the way of the advice; on all ways that may work, where none is known to."""
    way = advice.way
    if advice.story.waiting:
        ways: set[str] = set()  # it is asked for already
    elif advice.situation.first_days:
        right = advice.situation.carrier.first_days
        ways = {"online" if way == "own-form" else way for way in (right.ways if right else ())} - {"post", "shop", "phone"}
    elif way is None or (way.fact and way.fact.own_form == "yes"):
        ways = set()  # a letter of ours does not replace the company's own form
    elif way.works == "yes" or (way.channel == advice.situation.given("cancellation.channel")):
        ways = {way.channel}
    else:
        ways = {other.channel for other in advice.routes if other.works == "unknown"}
    return tuple(kind for kind in documents(content).values() if _called_for(kind, ways, values, advice))


def _called_for(kind: Document, ways: set[str], values: Values, advice: Advice) -> bool:
    if kind.only_then and not advice.occasions & set(kind.occasions):
        return False
    return kind.unasked and bool(ways & set(kind.routes) or advice.occasions & set(kind.occasions) or _asked_for(kind, values))


def _language(content: Path, values: Values, asked: str, place: Place) -> str | Problem:
    if asked:
        return catalogs.language(content, asked)
    known = catalogs.languages(content)
    if "language" not in values:
        return Problem(place, "language", say("it is missing"), say("write one of %(choices)s", choices=", ".join(known)))
    given = values["language"]
    if found := catalogs.understood(content, given.parsed):
        return found
    near = get_close_matches(given.parsed, known, n=1) or [code for code, name in known.items() if name.startswith(given.parsed)]
    return Problem(
        given.place,
        "language",
        say("there is no language “%(typed)s”", typed=given.parsed),
        say("do you mean %(near)s?", near=near[0]) if near else say("write one of %(choices)s", choices=", ".join(known)),
    )


def _asked_for(kind: Document, values: Values) -> bool:
    return any(name in values and (not fitting or values[name].parsed in fitting) for name, fitting in kind.fits.items())


def _reference(values: Values) -> str:
    """Return the case's own reference, else one that stays the same while line and name do.

    40 bits of a hash: enough to tell the cases of a desk apart, too few to hold the line's number.
    """
    if "reference" in values:
        return str(values["reference"].parsed)
    identity = "\n".join(str(values[name].parsed) for name in ("carrier", "line.number", "person.name") if name in values)
    number = int.from_bytes(hashlib.sha256(identity.encode()).digest()[:5], "big")
    signs = "".join(_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"SF-{signs[:4]}-{signs[4:]}"


def _warnings(values: Values, carrier: Carrier) -> Iterator[Problem]:
    if not carrier.slug and "carrier" in values:
        given = values["carrier"]
        near = carriers.nearest(given.parsed)
        yield Problem(
            given.place,
            "carrier",
            say("“%(typed)s” is not in the directory: its numbers and rules are not known", typed=given.parsed),
            say("if you mean %(near)s, write that", near=near)
            if near
            else say("copy address and number from your contract papers"),
            "warning",
        )
    chosen = {name: value.field.choices[value.parsed] for name, value in values.items() if value.field.choices}
    settled = {name for choice in chosen.values() for name in choice.settles}
    for name, choice in chosen.items():
        if choice.warning and name not in settled:
            value = values[name]
            yield Problem(value.place, value.field.name, say(choice.warning), say("nothing has to be corrected"), "warning")
