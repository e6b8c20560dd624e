"""A plan becomes HTML (the only module that knows Jinja). It asks nothing and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape
from jinja2.utils import Namespace
from markupsafe import Markup, escape

from simforms import certified, reading
from simforms.catalogs import MAIN, READING, tell, translate
from simforms.check import Value
from simforms.documents import Document
from simforms.errors import ContentError, Message, Place, say
from simforms.facts import Fact
from simforms.fields import TYPES
from simforms.fields.locale import locale
from simforms.plan import Plan
from simforms.rules import rules
from simforms.story import Entry
from simforms.vocabulary import Field, Vocabulary, vocabulary


def render(plan: Plan, document: Document) -> str:
    """Return one document of a plan as HTML that is whole in itself. Raises ContentError where a template is broken."""
    code = MAIN if document.certified else plan.language
    language = _Language(plan.content, code)
    templates = [f"{document.name}/{name}.html.j2" for name in (plan.carrier.slug, "document") if name]
    try:
        return (
            _environment(plan.content, code)
            .select_template(templates)
            .render(
                _printed(plan, language, document),
                plan=plan,
                document=document,
                title=language.both(document.title),
                title_text=f"{translate(plan.content, MAIN, document.title)} {plan.reference}".strip(),
                today=_today(plan, language),
                carrier=plan.carrier,
                addressee=plan.carrier.addressee.name if plan.carrier.addressee else plan.carrier.name(MAIN) or LINE,
                cite=_Cites(plan.advice.situation.today),
            )
        )
    except TemplateError as error:
        raise ContentError(
            getattr(error, "filename", None) or templates[-1], f"{error.message} (line {getattr(error, 'lineno', '?')})"
        ) from error


def cover(plan: Plan, papers: Sequence[Contents]) -> str:
    """Return the sheet that lies on top of a packet. Raises ContentError where its template is broken."""
    language = _Language(plan.content, plan.language)
    try:
        return (
            _environment(plan.content, plan.language)
            .get_template("shared/cover.html.j2")
            .render(
                plan=plan,
                carrier=plan.carrier,
                papers=papers,
                title=language.both(COVER),
                title_text=f"{translate(plan.content, MAIN, COVER)} {plan.reference}".strip(),
                today=_today(plan, language),
            )
        )
    except TemplateError as error:
        raise ContentError(
            getattr(error, "filename", None) or "shared/cover.html.j2", f"{error.message} (line {getattr(error, 'lineno', '?')})"
        ) from error


COVER = say("Papers for ending the line").text


@dataclass(frozen=True)
class Contents:
    """A paper in a packet: on which pages of the file it stands."""

    document: Document
    first: int
    last: int


def _today(plan: Plan, language: _Language) -> _Printed | _Gap:
    field = vocabulary(plan.content)["date"]
    if plan.blank and "date" not in plan.values:
        return _Gap(field)
    return _Printed(Value(field, "", plan.date, Place("")), language)


@cache
def _environment(content: Path, language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(content / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    speaker = _Language(content, language)
    environment.globals.clear()
    environment.globals |= {
        "namespace": Namespace,
        "range": range,
        "both": speaker.both,
        "mine": speaker.mine,
        "told": speaker.told,
        "own": speaker.own,
        "joined": speaker.joined,
        "say": say,
        "plain": partial(speaker.sentence_of, MAIN),
        "written": speaker.written,
        "spoken": speaker.spoken,
        "fields": vocabulary(content),
        "companion": language,
        "named": _named,
        "sources": _sources,
        "quoted": _quoted,
        "qr": speaker.qr,
        "ruby": _ruby,
        "rules": rules(),
        "spelled": reading.spelled,
        "certified_sheets": certified.sheets,
        "certified_grids": certified.GRIDS,
        "open_line": LINE,
    }
    environment.filters["unbroken"] = _unbroken
    environment.filters["romaji"] = reading.romaji
    environment.filters["source"] = lambda name: Markup(environment.loader.get_source(environment, name)[0])  # type: ignore[union-attr] # noqa: S704 - a stylesheet of our own
    return environment


@dataclass(frozen=True)
class _Language:
    """The words of one companion language beside the Japanese."""

    content: Path
    code: str

    def both(self, text: str, **values: Any) -> Markup:
        """Return a sentence in Japanese and, under it, in the companion language unless that says the very same."""
        japanese, companion = self.sentence(MAIN, text, values), self.sentence(self.code, text, values)
        pair = Markup('<span class="ja" lang="ja">{}</span>').format(japanese)
        return pair if japanese == companion else pair + self.companion(companion)

    def mine(self, text: str, **values: Any) -> Markup:
        """Return a sentence in the companion language and, under it, in Japanese: for papers that the person reads."""
        japanese, companion = self.sentence(MAIN, text, values), self.sentence(self.code, text, values)
        small = Markup('<span class="ja" lang="ja">{}</span>').format(japanese)
        return small if japanese == companion else self.companion(companion) + small

    def sentence_of(self, language: str, text: str, **values: Any) -> str:
        """Return a sentence in a language, as plain text."""
        plain = {name: self.written(value) if isinstance(value, _Printed | _Gap) else value for name, value in values.items()}
        return str(self.sentence(language, text, plain).unescape())

    def written(self, value: Any) -> str:
        """Return a value as plain Japanese text."""
        if isinstance(value, _Gap):
            return LINE
        return str(value.value.field.show(value.value.parsed, MAIN)) if isinstance(value, _Printed) else str(value)

    def told(self, message: Message) -> Markup:
        """Return a message of the plan as `mine` does a sentence."""
        return self.mine(message.text, **message.values)

    def own(self, message: Message) -> Markup:
        """Return a message in the companion language only: for what no clerk reads."""
        return self.companion(self.sentence(self.code, message.text, dict(message.values)))

    def joined(self, messages: Sequence[Message]) -> Markup:
        """Return short messages in a row, as `mine` does a sentence."""
        small, large = (
            Markup(" · ").join(self.sentence(code, one.text, dict(one.values)) for one in messages) for code in (MAIN, self.code)
        )
        return self.companion(large) + Markup('<span class="ja" lang="ja">{}</span>').format(small)

    def qr(self, address: str) -> Markup:
        """Return an address as a QR code (JIS X 0510), with a text for those who cannot see it."""
        import segno  # noqa: PLC0415 - only a paper with a code pays for it

        title = f"{translate(self.content, MAIN, QR_CODE)} {address}"
        return Markup(segno.make(address, error="m", micro=False).svg_inline(scale=1, title=title, svgclass="qr", lineclass=None))  # noqa: S704 - drawn by a library that escapes the title

    def companion(self, text: str) -> Markup:
        """Return a text as one of the companion language."""
        return Markup('<span class="companion" lang="{}">{}</span>').format(self.code, text)

    def spoken(
        self, text: str, written: Mapping[str, Any] | None = None, meaning: Mapping[str, Any] | None = None, **values: Any
    ) -> Markup:
        """Return a line to say: its kana, the Japanese, its rōmaji, and what it means.

        `written` holds values that the Japanese line shows instead, `meaning` those of the companion language: an address in
        kanji, a name in Latin letters, where the kana is what is said.
        """
        shown = values | dict(written or {})
        pieces = _PLACE.split(translate(self.content, READING, text))  # text, name, text, name, … text
        kana = [self.said(values[piece]) if place % 2 else reading.kana(piece) for place, piece in enumerate(pieces)]
        latin = [_romaji(values[piece]) if place % 2 else reading.romaji(piece) for place, piece in enumerate(pieces)]
        romaji = _capital(re.sub(r" ([.,])", r"\1", " ".join(filter(None, latin))))
        return (
            Markup('<span class="kana" lang="ja">{}</span>').format(_unbroken("".join(kana)))
            + Markup('<span class="ja" lang="ja">{}</span>').format(self.sentence(MAIN, text, shown))
            + Markup('<span class="romaji" lang="ja-Latn">{}</span>').format(_unbroken(romaji))
            + self.companion(self.sentence(self.code, text, shown | dict(meaning or {})))
        )

    def sentence(self, language: str, text: str, values: dict[str, Any]) -> Markup:
        """Return a sentence with its values as the language writes them, all escaped."""
        sentence = Markup.escape(translate(self.content, language, text))
        return sentence % {name: self.shown(value, language) for name, value in values.items()} if values else sentence

    def shown(self, value: Any, language: str) -> Markup:
        """Return a value in a language."""
        if isinstance(value, date):
            return escape(TYPES["day"].show(value, language))
        if isinstance(value, time):
            return escape(_clock(value, language))
        if callable(value):
            return escape(value(language))
        if isinstance(value, Message):
            return escape(tell(self.content, language, value))
        if not isinstance(value, _Printed):
            return Markup('<span class="gap">{}</span>').format(LINE) if isinstance(value, _Gap) else escape(value)
        return self.marked(value, language, value.value.field.show(value.value.parsed, language))

    def marked(self, value: _Printed, language: str, found: str | Message | None) -> Markup:
        """Return a value's text, marked as the value of its field."""
        text = tell(self.content, language, found) if isinstance(found, Message) else found
        return Markup('<span class="value" data-field="{}">{}</span>').format(value.value.field.name, text)

    def said(self, value: Any) -> str:
        """Return how a value is said, as kana. Raises ContentError where only a person can know it."""
        found = value.reading if isinstance(value, _Printed | _Gap) else value
        if found is None:
            raise ContentError(value.value.field.name, "a line to be spoken uses it, but its reading is not known")
        return str(found)


@dataclass(frozen=True)
class _Printed:
    """A value as templates see it: printed by itself, it stands as a Japanese form writes it."""

    value: Value
    language: _Language

    def __html__(self) -> str:
        form = self.language.marked(self, MAIN, self.value.field.form(self.value.parsed))
        return Markup(re.sub(rf"（[^（]{{1,{LONG // 2}}}）(?=</span>$)", r'<span class="nowrap">\g<0></span>', str(form)))  # noqa: S704 - it is escaped already

    @property
    def chosen(self) -> Any:
        """The typed value, for conditions."""
        return self.value.parsed

    @property
    def companion(self) -> Markup:
        """The value in the companion language; empty where that would only repeat the Japanese."""
        text = self.language.shown(self, self.language.code)
        return Markup() if text == self.language.shown(self, MAIN) else self.language.companion(text)

    @property
    def reading(self) -> str | None:
        """How it is said, as kana; None where only a person can know."""
        found = self.value.field.show(self.value.parsed, READING)
        return found if isinstance(found, str) else None

    @property
    def romaji(self) -> str | None:
        """How it is said, as rōmaji."""
        return self.value.field.romaji(self.value.parsed)


LINE = "＿＿＿＿＿＿＿＿"
"""Stands in a sentence where something is to be written by hand."""
QR_CODE = say("QR code").text


@dataclass(frozen=True)
class _Gap:
    """A value that is to be written by hand: an empty cell, a line in a sentence."""

    field: Field
    chosen: None = None
    companion: str = ""
    reading: str = LINE
    romaji: str = "______"

    def __html__(self) -> str:
        return Markup('<span class="gap">{}</span>').format({"day": "　　　　年　　月　　日"}.get(self.field.type, ""))


class _Cites:
    """Numbers the sources of a paper in the order in which they are used."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.numbers: dict[str, int] = {}
        self.facts: list[Fact] = []

    def __call__(self, fact: Fact | None) -> Markup:
        """Return the mark of a fact's source; nothing for what rests on no page, or may not be told."""
        if not fact or fact.print == "never" or not fact.source:
            return Markup()
        if fact.source not in self.numbers:
            self.facts.append(fact)
        number = self.numbers.setdefault(fact.source, len(self.facts))
        return Markup('<span class="cite">[{}]</span>').format(number)


_PLACE = re.compile(r"%\((\w+)\)s")


def _romaji(value: Any) -> str:
    return str(value.romaji) if isinstance(value, _Printed | _Gap) else reading.romaji(value)


def _quoted(text: str) -> Markup:
    """Return a Japanese word that a sentence of any language quotes, in its Japanese letter forms."""
    return Markup('<span class="nowrap" lang="ja">{}</span>').format(text)


def _ruby(word: str, kana: str) -> Markup:
    """Return a Japanese word with its reading above it; the text below keeps its line and its order."""
    return Markup('<span class="ruby" lang="ja">{}<span class="reading">{}</span></span>').format(word, reading.kana(kana))


def _unbroken(text: str) -> Markup:
    """Return a reading whose words are not broken over two lines, once it is too long for one line."""
    if len(text) <= LONG:
        return escape(text)
    return Markup(" ").join(Markup('<span class="nowrap">{}</span>').format(word) for word in text.split(" "))


LONG = 36
"""Characters that fit a line in any case."""


def _named(codes: Sequence[str]) -> Callable[[str], str]:
    """Return the names of some languages, to be written in the language that asks."""
    from babel import Locale  # noqa: PLC0415 - only what is printed pays for it
    from babel.lists import format_list  # noqa: PLC0415

    def names(language: str) -> str:
        known = locale(language)
        return format_list([Locale.parse(code).get_display_name(known) or code for code in codes], locale=known)

    return names


def _clock(value: time, language: str) -> str:
    from babel.dates import format_time  # noqa: PLC0415 - only what is printed pays for it

    return format_time(value, "short", locale=locale(language))


def _sources(*facts: Any) -> list[Fact]:
    """Return one fact of each page that facts, or lists of facts, rest on."""
    flat = [fact for entry in facts for fact in (entry if isinstance(entry, list) else [entry]) if fact]
    return list({fact.source: fact for fact in flat}.values())


def _capital(text: str) -> str:
    return re.sub(r"(^|[.?] )([a-zāīūēō])", lambda found: found[1] + found[2].upper(), text)


def _printed(plan: Plan, language: _Language, document: Document) -> dict[str, Any]:
    """Return every field of the vocabulary under its name, `person.name`, and the log as a list of entries.

    What the case does not give is None; on a blank form, a gap where the document has room for it.
    """
    words = vocabulary(plan.content)
    open_ = {field for name in (*document.needs, *document.blank) for field in words.within(name)} if plan.blank else set()
    root: dict[str, Any] = {"log": [_entry(words, entry, language) for entry in plan.advice.story.entries]}
    for name in words:
        if "[]" in name:
            continue
        *sections, last = name.split(".")
        scope = root
        for section in sections:
            scope = scope.setdefault(section, SimpleNamespace()).__dict__
        scope[last] = _Printed(plan.values[name], language) if name in plan.values else None
        if scope[last] is None and name in open_:
            scope[last] = _Gap(words[name])
    return root


def _entry(words: Vocabulary, entry: Entry, language: _Language) -> SimpleNamespace:
    names = (name.rpartition(".")[2] for name in words.within("log[]"))
    return SimpleNamespace(**{name: _Printed(entry.values[name], language) if name in entry.values else None for name in names})
