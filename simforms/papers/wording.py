"""A sentence in Japanese and in the companion language, with its values; a line to be said, with its reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from simforms.cases.check import Value
from simforms.errors import ContentError
from simforms.fields import TYPES
from simforms.fields import day as calendar_day
from simforms.knowledge.vocabulary import Field
from simforms.language import kana as reading
from simforms.language.catalogs import JAPANESE, READING, translate, translate_message
from simforms.language.locales import locale
from simforms.messages import Message, say


@dataclass(frozen=True)
class Wording:
    """The words of one companion language beside the Japanese."""

    content: Path
    code: str

    def both(self, text: str, **values: Any) -> Markup:
        """Return a sentence in Japanese and, under it, in the companion language unless that says the very same."""
        japanese, companion = self.sentence(JAPANESE, text, values), self.sentence(self.code, text, values)
        pair = Markup('<span class="ja" lang="ja">{}</span>').format(japanese)
        return pair if japanese == companion else pair + self.companion(companion)

    def companion_first(self, text: str, **values: Any) -> Markup:
        """Return a sentence in the companion language and, under it, in Japanese: for papers that the person reads."""
        japanese, companion = self.sentence(JAPANESE, text, values), self.sentence(self.code, text, values)
        small = Markup('<span class="ja" lang="ja">{}</span>').format(japanese)
        return small if japanese == companion else self.companion(companion) + small

    def plain_sentence(self, language: str, text: str, **values: Any) -> str:
        """Return a sentence in a language, as plain text."""
        plain = {
            name: self.written(value) if isinstance(value, PrintedValue | BlankValue) else value for name, value in values.items()
        }
        return str(self.sentence(language, text, plain).unescape())

    def written(self, value: Any) -> str:
        """Return a value as plain Japanese text."""
        if isinstance(value, BlankValue):
            return LINE
        return str(value.value.field.show(value.value.parsed, JAPANESE)) if isinstance(value, PrintedValue) else str(value)

    def message(self, message: Message) -> Markup:
        """Return a message of the plan as `companion_first` does a sentence."""
        return self.companion_first(message.text, **message.values)

    def date_with_era(self, day: date) -> Markup:
        """Return a day as a form writes it, with its era, and in the companion language."""
        japanese, companion = self.formatted(day, JAPANESE), self.formatted(day, self.code)
        return escape(calendar_day.form(day)) + (self.companion(companion) if companion != japanese else Markup())

    def companion_only(self, message: Message) -> Markup:
        """Return a message in the companion language only: for what no clerk reads."""
        return self.companion(self.sentence(self.code, message.text, dict(message.values)))

    def joined(self, messages: Sequence[Message], *, clerk: bool = False) -> Markup:
        """Return short messages in a row, as `companion_first` does a sentence; for a clerk the Japanese comes first."""
        small, large = (
            mark.join(self.sentence(code, one.text, dict(one.values)) for one in messages)
            for code, mark in ((JAPANESE, Markup("／")), (self.code, Markup(" · ")))
        )
        japanese = Markup('<span class="ja" lang="ja">{}</span>').format(small)
        return japanese + self.companion(large) if clerk else self.companion(large) + japanese

    def qr(self, address: str) -> Markup:
        """Return an address as a QR code (JIS X 0510), with a text for those who cannot see it."""
        import segno  # noqa: PLC0415 - only a paper with a code pays for it

        title = f"{translate(self.content, JAPANESE, QR_CODE)} {address}"
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
        formatted = values | dict(written or {})
        pieces = _PLACEHOLDER.split(translate(self.content, READING, text))  # text, name, text, name, … text
        kana = [self.said(values[piece]) if place % 2 else reading.without_marks(piece) for place, piece in enumerate(pieces)]
        latin = [_romaji(values[piece]) if place % 2 else reading.romaji(piece) for place, piece in enumerate(pieces)]
        romaji = _capital(re.sub(r" ([.,])", r"\1", " ".join(filter(None, latin))))
        return (
            Markup('<span class="kana" lang="ja">{}</span>').format(unbroken("".join(kana)))
            + Markup('<span class="ja" lang="ja">{}</span>').format(self.sentence(JAPANESE, text, formatted))
            + Markup('<span class="romaji" lang="ja-Latn">{}</span>').format(unbroken(romaji))
            + self.companion(self.sentence(self.code, text, formatted | dict(meaning or {})))
        )

    def sentence(self, language: str, text: str, values: dict[str, Any]) -> Markup:
        """Return a sentence with its values as the language writes them, all escaped."""
        sentence = Markup.escape(translate(self.content, language, text))
        return sentence % {name: self.formatted(value, language) for name, value in values.items()} if values else sentence

    def formatted(self, value: Any, language: str) -> Markup:
        """Return a value in a language."""
        if isinstance(value, date):
            return escape(TYPES["day"].show(value, language))
        if isinstance(value, time):
            return escape(_clock(value, language))
        if callable(value):
            return escape(value(language))
        if isinstance(value, Message):
            return self.sentence(language, value.text, dict(value.values))
        if not isinstance(value, PrintedValue):
            return Markup('<span class="gap">{}</span>').format(LINE) if isinstance(value, BlankValue) else escape(value)
        return self.field_span(value, language, value.value.field.show(value.value.parsed, language))

    def field_span(self, value: PrintedValue, language: str, found: str | Message | None) -> Markup:
        """Return a value's text, marked as the value of its field."""
        found = MOVED if value.moved else found
        found = _masked(found) if value.masked and isinstance(found, str) else found
        text = translate_message(self.content, language, found) if isinstance(found, Message) else found
        return Markup('<span class="value" data-field="{}">{}</span>').format(value.value.field.name, text)

    def said(self, value: Any) -> str:
        """Return how a value is said, as kana. Raises ContentError where only a person can know it."""
        found = value.reading if isinstance(value, PrintedValue | BlankValue) else value
        if found is None:
            raise ContentError(value.value.field.name, "a line to be spoken uses it, but its reading is not known")
        return str(found)


@dataclass(frozen=True)
class PrintedValue:
    """A value as templates see it: printed by itself, it stands as a Japanese form writes it."""

    value: Value
    language: Wording
    moved: bool = False
    """Whether it stands on an extra sheet."""
    masked: bool = False
    """Whether only its last two signs show."""

    def __html__(self) -> str:
        form = self.language.field_span(self, JAPANESE, self.value.field.form(self.value.parsed))
        if self.value.field.type != "day":
            return form
        nowrap = rf'<span class="nowrap" data-field="{self.value.field.name}">\g<0></span>'
        return Markup(re.sub(r"（[^（]*）(?=</span>$)", nowrap, str(form)))  # noqa: S704 - it is escaped already

    @property
    def chosen(self) -> Any:
        """The typed value, for conditions."""
        return self.value.parsed

    @property
    def companion(self) -> Markup:
        """The value in the companion language; empty where that would only repeat the Japanese."""
        text = self.language.formatted(self, self.language.code)
        return Markup() if text == self.language.formatted(self, JAPANESE) else self.language.companion(text)

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
MOVED = say("(see the extra sheet)")


@dataclass(frozen=True)
class BlankValue:
    """A value that is to be written by hand: an empty cell, a line in a sentence."""

    field: Field
    chosen: None = None
    companion: str = ""
    reading: str = LINE
    romaji: str = "______"

    def __html__(self) -> str:
        return Markup('<span class="gap">{}</span>').format({"day": "　　　　年　　月　　日"}.get(self.field.type, ""))


def _masked(text: str) -> str:
    """Return a text of which only the last two signs show.

    >>> _masked("0123456")
    '*****56'
    """
    return "*" * len(text[:-2]) + text[-2:]


_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def _romaji(value: Any) -> str:
    return str(value.romaji) if isinstance(value, PrintedValue | BlankValue) else reading.romaji(value)


def quoted(text: str) -> Markup:
    """Return a Japanese word that a sentence of any language quotes, in its Japanese letter forms."""
    return Markup('<span class="nowrap" lang="ja">{}</span>').format(text)


def ruby(word: str, kana: str) -> Markup:
    """Return a Japanese word with its reading above it; the text below keeps its line and its order."""
    return Markup('<span class="ruby" lang="ja">{}<span class="reading">{}</span></span>').format(
        word, reading.without_marks(kana)
    )


def unbroken(text: str) -> Markup:
    """Return a reading whose words are not broken over two lines, once it is too long for one line."""
    if len(text) <= LONG:
        return escape(text)
    return Markup(" ").join(Markup('<span class="nowrap">{}</span>').format(word) for word in text.split(" "))


LONG = 36
"""Characters that fit a line in any case."""


def language_names(codes: Sequence[str]) -> Callable[[str], str]:
    """Return the names of some languages, to be written in the language that asks."""
    from babel import Locale  # noqa: PLC0415 - only what is printed pays for it
    from babel.lists import format_list  # noqa: PLC0415

    def names(language: str) -> str:
        known = locale(language)
        return format_list([Locale.parse(code).get_display_name(known) or code for code in codes], locale=known)

    return names


_CLOCKS = {"en": ("HH:mm", "HH:mm"), "ko": ("HH:mm", "HH:mm"), "ja-x-easy": ("ah時", "ah時m分")}
"""How a language writes the full hour, and any other time; else figures, without a 0 in front."""


def _clock(value: time, language: str) -> str:
    from babel.dates import format_time  # noqa: PLC0415 - only what is printed pays for it

    full, other = _CLOCKS.get(language, ("H:mm", "H:mm"))
    return format_time(value, other if value.minute else full, locale=locale(language))


def _capital(text: str) -> str:
    return re.sub(r"(^|[.?] )([a-zāīūēō])", lambda found: found[1] + found[2].upper(), text)
