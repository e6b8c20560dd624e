"""A plan becomes HTML (the only module that knows Jinja). It asks nothing and decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Namespace
from markupsafe import Markup

from simforms.cases.check import Value
from simforms.errors import ContentError, Location
from simforms.knowledge import certified_mail as certified
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.documents import Document
from simforms.knowledge.evidence import Mark, credit, explained
from simforms.knowledge.facts import Fact
from simforms.knowledge.rules import rules
from simforms.knowledge.vocabulary import Vocabulary, vocabulary
from simforms.language import kana as reading
from simforms.language.catalogs import JAPANESE, translate
from simforms.messages import Message, say
from simforms.papers.wording import LINE, BlankValue, PrintedValue, Wording, language_names, quoted, ruby, unbroken
from simforms.planning.history import Entry
from simforms.planning.plan import Plan


def document_html(plan: Plan, document: Document, *, size: float = 0, moved: frozenset[str] = frozenset()) -> str:
    """Return one document of a plan as HTML that is whole in itself.

    With `size`, in points, values are set in that type; those of the fields in `moved` stand on an extra sheet at the end.
    Raises ContentError where a template is broken.
    """
    language = Wording(plan.content, JAPANESE if document.certified else plan.language)
    names = [f"{document.name}/{name}.html.j2" for name in (plan.carrier.slug, "document") if name]
    addressee = _addressee(plan.carrier)
    values = _field_values(plan, language, document, moved) | {"document": document, "addressee": addressee, "size": size}
    values["moved"] = [_printed_value(plan, name, language) for name in vocabulary(plan.content) if name in moved]
    return _filled_template(plan, language, names, document.title, values)


def _addressee(carrier: Carrier) -> str:
    """Return whom a letter is to: the company, with the brand where that is another name; else what the carrier is called."""
    known = carrier.addressee
    if not known or not known.printable:
        return carrier.name(JAPANESE) or LINE
    return f"{known.name}（{known.brand}）" if known.brand else known.name


def cover_html(plan: Plan, papers: Sequence[CoverEntry]) -> str:
    """Return the sheet that lies on top of a packet. Raises ContentError where its template is broken."""
    return _filled_template(
        plan, Wording(plan.content, plan.language), ["shared/cover.html.j2"], COVER, {"papers": papers, "size": 0, "moved": []}
    )


def handout_html(content: Path, language: str, today: date, rows: Sequence[tuple[int, Any]], page: str) -> str:
    """Return a page of the sheet for handing out: of each row a number; an id, a person, a count of papers. Raises as `cover_html`."""
    wording = Wording(content, language)
    values = {"rows": rows, "page": page, "today": wording.date_with_era(today)}
    values |= {"title_text": translate(content, JAPANESE, INDEX), "title": wording.both(INDEX)}
    return _template(content, language, ["shared/index.html.j2"], values)


INDEX = say("Sheet for handing out").text


def worksheet(content: Path, values: Mapping[str, Any]) -> str:
    """Return the page with which people look facts up again. Raises as `cover_html`."""
    return _template(content, JAPANESE, ["shared/due.html.j2"], dict(values))


def _filled_template(plan: Plan, language: Wording, names: list[str], title: str, values: dict[str, Any]) -> str:
    """Return the first of these templates that there is, filled in."""
    common = {
        "plan": plan,
        "carrier": plan.carrier,
        "title": language.both(title),
        "title_text": f"{translate(plan.content, JAPANESE, title)} {plan.reference}".strip(),
        "today": _date_on_paper(plan, language),
        "cite": _Citations(plan.carrier.name(language.code)),
    }
    return _template(plan.content, language.code, names, values | common)


def _template(content: Path, language: str, names: list[str], values: dict[str, Any]) -> str:
    try:
        return _environment(content, language).select_template(names).render(values)
    except TemplateError as error:
        location = getattr(error, "filename", None) or names[-1]
        raise ContentError(location, f"{error.message} (line {getattr(error, 'lineno', '?')})") from error


COVER = say("Papers for ending the line").text


@dataclass(frozen=True)
class CoverEntry:
    """A paper in a packet: on which pages of the file it stands."""

    document: Document
    first: int
    last: int


def _date_on_paper(plan: Plan, language: Wording) -> PrintedValue | BlankValue:
    field = vocabulary(plan.content)["date"]
    if plan.blank and "date" not in plan.values:
        return BlankValue(field)
    return PrintedValue(Value(field, "", plan.date, Location("")), language)


@cache
def _environment(content: Path, language: str) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(content / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    speaker = Wording(content, language)
    environment.globals.clear()
    environment.globals |= {
        "namespace": Namespace,
        "range": safe_range,
        "both": speaker.both,
        "mine": speaker.companion_first,
        "told": speaker.message,
        "own": speaker.companion_only,
        "dated": speaker.date_with_era,
        "joined": speaker.joined,
        "say": say,
        "plain": partial(speaker.plain_sentence, JAPANESE),
        "written": speaker.written,
        "spoken": speaker.spoken,
        "fields": vocabulary(content),
        "companion": language,
        "named": language_names,
        "sources": _sources,
        "quoted": quoted,
        "qr": speaker.qr,
        "ruby": ruby,
        "rules": rules(),
        "figures": reading.DIGITS,
        "spelled": reading.phonetic_spelling,
        "certified_sheets": certified.sheets,
        "certified_grids": certified.GRIDS,
        "open_line": LINE,
    }
    environment.filters["unbroken"] = unbroken
    environment.filters["romaji"] = reading.romaji
    environment.filters["source"] = lambda name: Markup(environment.loader.get_source(environment, name)[0])  # type: ignore[union-attr] # noqa: S704 - a stylesheet of our own
    return environment


class _Citations:
    """Numbers the sources of a paper in the order in which they are used."""

    def __init__(self, company: str) -> None:
        self.company = company
        self.numbers: dict[tuple[str, Mark], int] = {}
        self.facts: list[Fact] = []

    def __call__(self, fact: Fact | None) -> Markup:
        """Return the number of a fact's source; nothing for what rests on no page, or may not be told."""
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
    """Return one fact of each page that facts, or lists of facts, rest on."""
    flat = [fact for entry in facts for fact in (entry if isinstance(entry, list) else [entry]) if fact and fact.printable]
    return list({fact.counting[0].page: fact for fact in flat}.values())


def _field_values(plan: Plan, language: Wording, document: Document, moved: frozenset[str]) -> dict[str, Any]:
    """Return every field of the vocabulary under its name, `person.name`, and the log as a list of entries.

    What the case does not give is None; on a blank form, a gap where the document has room for it.
    """
    words = vocabulary(plan.content)
    open_ = set(words.within_all((*document.needs, *document.blank))) if plan.blank else set()
    root: dict[str, Any] = {"log": [_log_entry(words, entry, language) for entry in plan.log.entries]}
    for name in words:
        if "[]" in name:
            continue
        *sections, last = name.split(".")
        scope = root
        for section in sections:
            scope = scope.setdefault(section, SimpleNamespace()).__dict__
        scope[last] = _printed_value(plan, name, language, moved) if name in plan.values else None
        if scope[last] is None and name in open_:
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
