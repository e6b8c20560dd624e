"""A plan becomes HTML (the only module that knows Jinja). It asks nothing and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape
from markupsafe import Markup, escape

from simforms import reading
from simforms.catalogs import MAIN, READING, tell, translate
from simforms.check import Value
from simforms.documents import Document
from simforms.errors import ContentError, Message
from simforms.facts import Fact
from simforms.fields import TYPES
from simforms.fields.locale import locale
from simforms.plan import Plan
from simforms.vocabulary import Field, vocabulary


def render(plan: Plan, document: Document) -> str:
    """Return one document of a plan as HTML that is whole in itself. Raises ContentError where a template is broken."""
    language = _Language(plan.content, plan.language)
    templates = [f"{document.name}/{name}.html.j2" for name in (plan.carrier.slug, "document") if name]
    try:
        return (
            _environment(plan.content, plan.language)
            .select_template(templates)
            .render(
                _printed(plan, language),
                plan=plan,
                document=document,
                title=language.both(document.title),
                title_text=f"{translate(plan.content, MAIN, document.title)} {plan.reference}",
                today=_Printed(Value(_today(plan), "", plan.date, next(iter(plan.values.values())).place), language),
                carrier=plan.carrier,
                addressee=plan.carrier.addressee.name if plan.carrier.addressee else plan.carrier.name(MAIN),
            )
        )
    except TemplateError as error:
        raise ContentError(
            getattr(error, "filename", None) or templates[-1], f"{error.message} (line {getattr(error, 'lineno', '?')})"
        ) from error


def _today(plan: Plan) -> Field:
    return vocabulary(plan.content)["date"]


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
        "both": speaker.both,
        "spoken": speaker.spoken,
        "fields": vocabulary(content),
        "companion": language,
        "named": _named,
        "sources": _sources,
        "quoted": _quoted,
    }
    environment.filters["unbroken"] = _unbroken
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
            return escape(value)
        return self.marked(value, language, value.value.field.show(value.value.parsed, language))

    def marked(self, value: _Printed, language: str, found: str | Message | None) -> Markup:
        """Return a value's text, marked as the value of its field."""
        text = tell(self.content, language, found) if isinstance(found, Message) else found
        return Markup('<span class="value" data-field="{}">{}</span>').format(value.value.field.name, text)

    def said(self, value: Any) -> str:
        """Return how a value is said, as kana. Raises ContentError where only a person can know it."""
        found = value.reading if isinstance(value, _Printed) else value
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
        return Markup(re.sub(r"（[^（]*）(?=</span>$)", r'<span class="nowrap">\g<0></span>', str(form)))  # noqa: S704 - it is escaped already

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


_PLACE = re.compile(r"%\((\w+)\)s")


def _romaji(value: Any) -> str:
    return str(value.romaji) if isinstance(value, _Printed) else reading.romaji(value)


def _quoted(text: str) -> Markup:
    """Return a Japanese word that a sentence of any language quotes, in its Japanese letter forms."""
    return Markup('<span class="nowrap" lang="ja">{}</span>').format(text)


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


def _printed(plan: Plan, language: _Language) -> dict[str, Any]:
    """Return every field of the vocabulary under its name, `person.name`; None where the case does not give it."""
    root: dict[str, Any] = {}
    for name in vocabulary(plan.content):
        *sections, last = name.split(".")
        entry = root
        for section in sections:
            entry = entry.setdefault(section, SimpleNamespace()).__dict__
        entry[last] = _Printed(plan.values[name], language) if name in plan.values else None
    return root
