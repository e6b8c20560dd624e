"""A plan becomes HTML: passes the values of the case, the date and the sources to the templates. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from simforms.cases.check import Value
from simforms.errors import Location
from simforms.knowledge import certified_mail as certified
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.content import foreign
from simforms.knowledge.documents import Document
from simforms.knowledge.evidence import Mark, credit, explained
from simforms.knowledge.facts import Fact
from simforms.knowledge.rules import rules
from simforms.knowledge.vocabulary import Vocabulary, vocabulary
from simforms.language import kana as reading
from simforms.language.catalogs import JAPANESE, translate
from simforms.messages import Message, say
from simforms.papers.markup import language_names, quoted, unbroken
from simforms.papers.sandboxed import Called, Environment
from simforms.papers.self_contained import self_contained
from simforms.papers.wording import LINE, BlankValue, PrintedValue, Wording
from simforms.planning.history import Entry
from simforms.planning.plan import Plan


def document_html(  # noqa: PLR0913 - each is a way in which the same paper may be printed
    plan: Plan,
    document: Document,
    *,
    tight: bool = False,
    size: float = 0,
    moved: frozenset[str] = frozenset(),
    place: PacketPlace | None = None,
) -> str:
    """Return one document of a plan as HTML that contains everything it needs.

    With `tight`, its gaps are smaller. `size` is the type size of values in points, 0 for the default. Values of the fields in
    `moved` are printed on an extra sheet at the end. `place` is its place in a packet. Raises ContentError if a template is
    broken.
    """
    language = Wording(plan.content, plan.language)
    names = [f"{document.name}/{name}.html.j2" for name in (plan.carrier.slug, "document") if name]
    addressee = _addressee(plan.carrier)
    values = _field_values(plan, language, document, moved) | {"document": document, "addressee": addressee, "size": size}
    values |= {"tight": tight, "packet": _numbers(place)}
    values["moved"] = [_printed_value(plan, name, language) for name in vocabulary(plan.content) if name in moved]
    return _filled_template(plan, language, names, document.title, values)


def _addressee(carrier: Carrier) -> str:
    """Return whom a letter is to: the company, with the brand where that is another name; else what the carrier is called."""
    known = carrier.addressee
    if not known or not known.printable:
        return carrier.name(JAPANESE) or LINE
    return f"{known.name}（{known.brand}）" if known.brand else known.name


def cover_html(plan: Plan, papers: Sequence[CoverEntry]) -> str:
    """Return the cover of a packet. Raises ContentError if its template is broken."""
    values = {"papers": [SimpleNamespace(**vars(paper)) for paper in papers], "tight": False, "size": 0, "moved": []}
    values["packet"] = _numbers(PacketPlace(0, papers[-1].last if papers else 1))
    return _filled_template(plan, Wording(plan.content, plan.language), ["shared/cover.html.j2"], COVER, values)


def handout_html(content: Path, language: str, today: date, rows: Sequence[tuple[int, Any]], page: str) -> str:
    """Return a page of the distribution list; `rows` are a number with an ID, person or count of papers. Raises ContentError."""
    wording = Wording(content, language)
    known = [(number, SimpleNamespace(id=row.id, person=row.person, papers=row.papers)) for number, row in rows]
    values = {"rows": known, "page": page, "today": wording.date_with_era(today)}
    values |= {"title_text": translate(content, JAPANESE, INDEX), "title": wording.both(INDEX)}
    return _template(content, language, ["shared/index.html.j2"], values)


INDEX = say("Distribution list").text


def worksheet(content: Path, values: Mapping[str, Any]) -> str:
    """Return the page with which people look facts up again. Raises as `cover_html`."""
    return _template(content, JAPANESE, ["shared/due.html.j2"], dict(values))


def _filled_template(plan: Plan, language: Wording, names: list[str], title: str, values: dict[str, Any]) -> str:
    """Return the first of these templates that exists, filled in."""
    common = {
        "plan": plan,
        "carrier": plan.carrier,
        "title": language.both(title),
        "title_text": f"{translate(plan.content, JAPANESE, title)} {plan.reference}".strip(),
        "today": _date_on_paper(plan, language),
        "cite": _Citations(plan.carrier.name(language.code)),
    }
    page = _template(plan.content, language.code, names, values | common)
    return self_contained(page) if foreign() else page


def _template(content: Path, language: str, names: list[str], values: dict[str, Any]) -> str:
    return _environment(content, language).fill(names, values)


COVER = say("Papers for your cancellation").text


def _numbers(place: PacketPlace | None) -> SimpleNamespace | None:
    return SimpleNamespace(before=place.before, total=place.total) if place else None


@dataclass(frozen=True)
class PacketPlace:
    """How many sheets of a packet come before a paper, and how many there are; sheets are printed pages."""

    before: int
    total: int


@dataclass(frozen=True)
class CoverEntry:
    """A paper in a packet, with the numbers of its first and last page in the file."""

    document: Document
    first: int
    last: int


def _date_on_paper(plan: Plan, language: Wording) -> PrintedValue | BlankValue:
    field = vocabulary(plan.content)["date"]
    if plan.blank and "date" not in plan.values:
        return BlankValue(field)
    return PrintedValue(Value(field, "", plan.date, Location("")), language)


@cache
def _environment(content: Path, language: str) -> Environment:
    wording = Wording(content, language)
    functions = {
        "both": wording.both,
        "companion_first": wording.companion_first,
        "message": wording.message,
        "companion_only": wording.companion_only,
        "date_with_era": wording.date_with_era,
        "day_with_weekday": wording.day,
        "weekday": wording.weekday,
        "messages": wording.messages,
        "say": say,
        "plain": partial(wording.plain_sentence, JAPANESE),
        "plain_value": wording.plain_value,
        "spoken": wording.spoken,
        "fields": vocabulary(content),
        "companion": language,
        "language_names": language_names,
        "sources": _sources,
        "quoted": quoted,
        "qr": wording.qr,
        "rules": rules(),
        "digit_readings": reading.DIGITS,
        "phonetic_spelling": reading.phonetic_spelling,
        "certified_sheets": certified.sheets,
        "certified_grids": certified.GRIDS,
        "open_line": LINE,
    }
    return Environment(
        content / "templates", functions, {"unbroken": unbroken, "romaji": reading.romaji, "without_marks": reading.without_marks}
    )


class _Citations(Called):
    """Numbers the sources of a paper in the order in which they are cited."""

    def __init__(self, company: str) -> None:
        self.company = company
        self.numbers: dict[tuple[str, Mark], int] = {}
        self.facts: list[Fact] = []

    def __call__(self, fact: Fact | None) -> Markup:
        """Return the citation mark of a fact, such as [1]; nothing if it has no source or must not be printed."""
        if not fact or not fact.printable:
            return Markup()
        key = (fact.counting[0].page, fact.mark)
        if key not in self.numbers:
            self.facts.append(fact)
        number = self.numbers.setdefault(key, len(self.facts))
        return Markup('<span class="cite">[{}]</span>').format(number)

    def owner(self, fact: Fact) -> Message | str:
        """Return whose page it is, where that says more than the address."""
        found = credit(fact.counting[0], self.company)
        return found if isinstance(found, Message) else ""

    @property
    def legend(self) -> list[Message]:
        """What the marks used here mean."""
        return explained(fact.mark for fact in self.facts)


def _sources(*facts: Any) -> list[Fact]:
    """Return one fact for each source of these facts or lists of facts."""
    listed = [fact for entry in facts for fact in (entry if isinstance(entry, list) else [entry]) if fact and fact.printable]
    return list({fact.counting[0].page: fact for fact in listed}.values())


def _field_values(plan: Plan, language: Wording, document: Document, moved: frozenset[str]) -> dict[str, Any]:
    """Return the values for the template: nested by field name, as in `person.name`, and the log as a list of entries.

    A value that the case does not give is None; on a blank form it is a BlankValue if the document has room for it.
    """
    words = vocabulary(plan.content)
    left_blank = set(words.within_all((*document.needs, *document.blank))) if plan.blank else set()
    root: dict[str, Any] = {"log": [_log_entry(words, entry, language) for entry in plan.log.entries]}
    for name in words:
        if "[]" in name:
            continue
        *sections, last = name.split(".")
        scope = root
        for section in sections:
            scope = scope.setdefault(section, SimpleNamespace()).__dict__
        scope[last] = _printed_value(plan, name, language, moved) if name in plan.values else None
        if scope[last] is None and name in left_blank:
            scope[last] = BlankValue(words[name])
    return root


def _printed_value(plan: Plan, name: str, language: Wording, moved: frozenset[str] = frozenset()) -> PrintedValue:
    value = plan.values[name]
    return PrintedValue(value, language, moved=name in moved, masked=plan.masked and value.field.private)


def _log_entry(words: Vocabulary, entry: Entry, language: Wording) -> SimpleNamespace:
    names = (name.rpartition(".")[2] for name in words.within("log[]"))
    return SimpleNamespace(
        **{name: PrintedValue(entry.values[name], language) if name in entry.values else None for name in names}
    )
