"""Everything is decided here: language, carrier, matters, documents, warnings. A plan is frozen and pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from simforms.cases.check import Value, Values, check
from simforms.cases.reference import short_reference
from simforms.clock import Now
from simforms.errors import CaseError, Location, Problem
from simforms.knowledge import carriers
from simforms.knowledge import certified_mail as certified
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.documents import Document, document, documents
from simforms.knowledge.fact_kinds import Phone
from simforms.knowledge.facts import Fact
from simforms.knowledge.vocabulary import Field, Vocabulary, vocabulary
from simforms.language import catalogs
from simforms.messages import Message, say
from simforms.planning.accounts import with_accounts
from simforms.planning.bank_account import account
from simforms.planning.completeness import missing, stray, unused
from simforms.planning.conflicts import conflicts
from simforms.planning.desks import public, spoken
from simforms.planning.history import History
from simforms.planning.matters import Matter, matters
from simforms.planning.paper_choice import called_for, misfit, not_now, of_use, on
from simforms.planning.situation import Situation
from simforms.planning.ways import Way
from simforms.planning.words import Word, words
from simforms.texts import Section


@dataclass(frozen=True)
class Plan:
    """What a person wants, decided, and what will be printed. Rendering asks it nothing that it would have to work out."""

    content: Path = field(repr=False)
    reference: str
    date: datetime.date
    language: str
    situation: Situation
    matters: tuple[Matter, ...]
    """What the case is about, in the order in which to deal with it."""
    documents: tuple[Document, ...]
    misfits: Mapping[str, Message]
    """The papers that do not fit, by name, each with the note that it carries."""
    warnings: tuple[Problem, ...]
    conflicts: tuple[Problem, ...]
    """What in the case does not go together."""
    blank: bool = False
    """What the case does not give is left open, to be filled in by hand."""
    masked: bool = False
    """Only the last two characters of private values are shown."""
    lines_of: str = ""
    """Of one of several lines: the reference of the case that has them all."""

    @property
    def now(self) -> Now:
        """The moment in Japan that everything was decided for."""
        return self.situation.now

    @property
    def today(self) -> datetime.date:
        """The day in Japan."""
        return self.situation.today

    @property
    def carrier(self) -> Carrier:
        """The carrier or brand."""
        return self.situation.carrier

    @property
    def values(self) -> Mapping[str, Value]:
        """The values of the case, by the names of their fields."""
        return self.situation.values

    @property
    def log(self) -> History:
        """What was done so far."""
        return self.situation.log

    @property
    def about(self) -> Fact | None:
        """What a reader must know of the carrier first."""
        known = self.carrier.about
        return known if known and known.printable else None

    @property
    def first(self) -> Matter | None:
        """The matter to deal with first: the first that is open, else the first."""
        return next((matter for matter in self.matters if matter.open), next(iter(self.matters), None))

    @property
    def way(self) -> Way | None:
        """The way of the first matter."""
        return self.first.way if self.first else None

    @property
    def desks(self) -> tuple[Phone, ...]:
        """The numbers of the first matter, of desks that speak the language of the papers."""
        return spoken(self.first.desks, self.language) if self.first else ()

    @property
    def help(self) -> tuple[Phone, ...]:
        """The public desks that can be called from where the holder is."""
        code = self.language.partition("-")[0]
        return tuple(sorted(public(self.situation), key=lambda desk: code not in desk.languages))

    def matter(self, name: str) -> Matter | None:
        """Return the matter of an aim; None where the case is not about it."""
        return next((matter for matter in self.matters if matter.name == name), None)

    @property
    def last_of_eight(self) -> datetime.date | None:
        """The last of the eight days that is right by every count; None where they are not asked for, or not known."""
        found = self.matter("first-days")
        return (found.day("eight-days") or found.day("eight-days-safe")) if found and found.open else None

    def known(self, channel: str) -> Way | None:
        """Return a way of the first matter by its channel; None where nothing is known of it."""
        return next((way for way in (self.first.ways if self.first else ()) if way.channel == channel), None)

    def of_use(self, kind: Document) -> bool:
        """Return whether a document serves what the case is about, on any way that works."""
        return of_use(kind, self.matters, self.situation)

    def words_for(self, channel: str) -> tuple[Word, ...]:
        """Return the words to look for on a way."""
        return words(self.content, channel)

    def fields(self, names: Iterable[str]) -> tuple[Field, ...]:
        """Return fields by their names."""
        return tuple(vocabulary(self.content)[name] for name in names)

    def papers_of(self, matter: Matter) -> tuple[Document, ...]:
        """Return the papers of the plan that serve a matter."""
        return tuple(kind for kind in self.documents if called_for(kind, (matter,), self.situation))

    def other_papers(self, way: Way) -> tuple[Document, ...]:
        """Return the papers that help on a way that is not the one taken."""
        matter = self.matter(way.aim)
        kinds = documents(self.content).values()
        return tuple(kind for kind in kinds if matter and kind.unasked and on(way, kind, matter, self.situation))


def plan(  # noqa: PLR0913 - each is a decision of the caller's
    content: Path,
    case: Section,
    now: Now | date,
    *,
    wanted: Sequence[str] = (),
    language: str = "",
    noticed: Sequence[Problem] = (),
    needs_papers: bool = True,
    blank: bool = False,
) -> Plan:
    """Decide what to do and to print for a case, at a moment in Japan; of a bare day the hour is not known.

    `wanted` names the documents, else the case decides; `language` goes before the case's own; `noticed` are the problems
    of the file's form. Without `needs_papers`, what a document lacks is not a problem; `blank` leaves room for it. Raises
    CaseError with every problem, UnknownNameError for a wrong `wanted` or `language`.
    """
    values, found = check(case, vocabulary(content))
    added, in_accounts = account(values, vocabulary(content))
    values |= added
    found += in_accounts
    problems = [*noticed, *(problem for problem in found if problem.severity == "error")]
    remarks = [problem for problem in found if problem.severity != "error"]
    wrong = {problem.name for problem in problems}
    companion = _language(content, values, language, case.location)
    if isinstance(companion, Problem):
        problems += [companion] if "language" not in wrong else []
        near = companion.suggestion.values.get("near")
        companion = str(near) if near in catalogs.companion_languages(content) else catalogs.ENGLISH
    given = values["carrier"].parsed if "carrier" in values else ""
    carrier = carriers.find(given) or carriers.unknown(given)
    situation = Situation(now if isinstance(now, Now) else Now(now), carrier, values)
    decided = with_accounts(matters(situation), situation)
    chosen = tuple(document(content, name) for name in dict.fromkeys(wanted)) or _called_for(content, decided, situation)
    against = conflicts(situation, decided)
    if not blank:
        problems += missing(values, chosen if needs_papers else (), wrong, case, vocabulary(content))
        problems += _not_now(chosen, decided, situation, case.location)
    problems += _not_certified(chosen, values, vocabulary(content))
    problems += stray(values, vocabulary(content))
    problems += [problem for problem in against if problem.severity == "error"]
    if problems:
        told = (*remarks, *_warnings(values, carrier), *against)
        doubts = [problem for problem in told if problem.severity == "warning"]
        raise CaseError([*problems, *doubts], companion)
    notes = {kind.name: misfit(kind, decided, situation) for kind in chosen} if not blank else {}
    return Plan(
        content=content,
        reference=case_reference(values) if not blank or "line.number" in values else "",
        date=values["date"].parsed if "date" in values else situation.today,
        language=companion,
        situation=situation,
        matters=decided,
        documents=chosen,
        misfits={name: note for name, note in notes.items() if note},
        warnings=(*remarks, *_warnings(values, carrier), *unused(values, chosen, vocabulary(content))),
        conflicts=against,
        blank=blank,
    )


def _called_for(content: Path, decided: Sequence[Matter], situation: Situation) -> tuple[Document, ...]:
    return tuple(kind for kind in documents(content).values() if called_for(kind, decided, situation))


def _not_now(
    chosen: Sequence[Document], decided: Sequence[Matter], situation: Situation, location: Location
) -> Iterator[Problem]:
    """Yield why a paper that has its time is not printed at another."""
    named = {matter.name: matter for matter in decided}
    for kind in chosen:
        if why := not_now(kind, named, situation):
            what, suggestion = why
            yield Problem(location, "", say("%(document)s: %(why)s", document=say(kind.title), why=what), suggestion)


def _not_certified(chosen: Sequence[Document], values: Values, words: Vocabulary) -> Iterator[Problem]:
    """Yield the values that the post office refuses in certified mail."""
    names = {name for kind in chosen if kind.certified for name in words.within_all((*kind.needs, *kind.uses))}
    for name in names & set(values):
        refused = (
            "".join(certified.refused(str(values[name].parsed))) if values[name].field.type in {"name", "text", "address"} else ""
        )
        if refused:
            what = say("content-certified mail does not accept “%(typed)s”", typed=refused)
            yield Problem(values[name].location, name, what, say("write it in Japanese characters, or in letters from A to Z"))


def _language(content: Path, values: Values, asked: str, location: Location) -> str | Problem:
    if asked:
        return catalogs.known_language(content, asked)
    known = catalogs.companion_languages(content)
    if "language" not in values:
        return Problem(
            location, "language", say("this field has no value"), say("write one of these: %(choices)s", choices=", ".join(known))
        )
    given = values["language"]
    if found := catalogs.match_language(content, given.parsed):
        return found
    from difflib import get_close_matches  # noqa: PLC0415 - only a misspelled language pays for it

    near = get_close_matches(given.parsed, known, n=1) or [code for code, name in known.items() if name.startswith(given.parsed)]
    return Problem(
        given.location,
        "language",
        say("there is no language “%(typed)s”", typed=given.parsed),
        say("did you mean %(near)s?", near=near[0]) if near else say("write one of these: %(choices)s", choices=", ".join(known)),
    )


def case_reference(values: Values) -> str:
    """Return the case's own reference, else a short one that stays the same while carrier, line and name do."""
    if "reference" in values:
        return str(values["reference"].parsed)
    return short_reference(str(values[name].parsed) for name in ("carrier", "line.number", "person.name") if name in values)


def _warnings(values: Values, carrier: Carrier) -> Iterator[Problem]:
    if not carrier.slug and "carrier" in values:
        given = values["carrier"]
        near = carriers.nearest(given.parsed)
        yield Problem(
            given.location,
            "carrier",
            say("“%(typed)s” is not in the directory: we do not know its phone numbers and rules", typed=given.parsed),
            say("if you mean %(near)s, write that", near=near)
            if near
            else say("copy the address and the phone number from your contract documents"),
            "warning",
        )
    chosen = {name: value.field.choices[value.parsed] for name, value in values.items() if value.field.choices}
    settled = {name for choice in chosen.values() for name in choice.settles}
    for name, choice in chosen.items():
        if choice.warning and name not in settled:
            value = values[name]
            yield Problem(value.location, value.field.name, say(choice.warning), say("no correction is needed"), "warning")
