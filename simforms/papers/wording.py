"""Sentences, values and QR codes on papers: in Japanese and in the companion language; lines to say, with their reading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from simforms.language.locales import locale, weekday
from simforms.messages import Message, say
from simforms.papers.markup import unbroken
from simforms.pdf.field_marks import ATTRIBUTE
from simforms.pdf.fonts import drawn_by_noto_sans


@dataclass(frozen=True)
class Wording:
    """Writes sentences in Japanese and in one companion language."""

    content: Path = field(repr=False)
    code: str

    def both(self, text: str, /, **values: Any) -> Markup:
        """Return a sentence in Japanese and, under it, in the companion language; only in Japanese if both are the same."""
        japanese, companion = self.sentence(JAPANESE, text, values), self.sentence(self.code, text, values)
        pair = Markup('<span class="ja" lang="ja">{}</span>').format(japanese)
        return pair if japanese == companion else pair + self.companion(companion)

    def companion_first(self, text: str, /, **values: Any) -> Markup:
        """Return a sentence in the companion language and, under it, in Japanese: for papers that the person reads."""
        japanese, companion = self.sentence(JAPANESE, text, values), self.sentence(self.code, text, values)
        small = Markup('<span class="ja" lang="ja">{}</span>').format(japanese)
        return small if japanese == companion else self.companion(companion) + small

    def plain_sentence(self, language: str, text: str, /, **values: Any) -> str:
        """Return a sentence in a language, as plain text."""
        plain = {
            name: self.plain_value(value) if isinstance(value, PrintedValue | BlankValue) else value
            for name, value in values.items()
        }
        return str(self.sentence(language, text, plain).unescape())

    def plain_value(self, value: Any) -> str:
        """Return a value as plain Japanese text."""
        if isinstance(value, BlankValue):
            return LINE
        return str(value.value.field.show(value.value.parsed, JAPANESE)) if isinstance(value, PrintedValue) else str(value)

    def day(self, day: date) -> Markup:
        """Return a day with its weekday, in the companion language only."""
        return self.companion(self.sentence(self.code, DAY.text, {"day": day, "weekday": weekday(day, self.code, short=True)}))

    def weekday(self, day: date) -> Markup:
        """Return the weekday of a day, in the companion language only."""
        return self.companion(weekday(day, self.code))

    def message(self, message: Message) -> Markup:
        """Return a message, written like a sentence by `companion_first`."""
        return self.companion_first(message.text, **message.values)

    def date_with_era(self, day: date) -> Markup:
        """Return a date as a Japanese form writes it, with its era, and in the companion language."""
        japanese, companion = self.formatted(day, JAPANESE), self.formatted(day, self.code)
        return escape(calendar_day.form(day)) + (self.companion(companion) if companion != japanese else Markup())

    def companion_only(self, message: Message) -> Markup:
        """Return a message in the companion language only: for text that no clerk reads."""
        return self.companion(self.sentence(self.code, message.text, dict(message.values)))

    def messages(self, messages: Sequence[Message], *, clerk: bool = False) -> Markup:
        """Return short messages on one line, in both languages. With `clerk`, the Japanese comes first."""
        small, large = (
            mark.join(self.sentence(code, one.text, dict(one.values)) for one in messages)
            for code, mark in ((JAPANESE, Markup("／")), (self.code, Markup("\N{NO-BREAK SPACE}· ")))
        )
        japanese = Markup('<span class="ja" lang="ja">{}</span>').format(small)
        return japanese + self.companion(large) if clerk else self.companion(large) + japanese

    def qr(self, address: str) -> Markup:
        """Return an address as a QR code (JIS X 0510) with an alternative text."""
        import segno

        title = f"{translate(self.content, JAPANESE, QR_CODE)} {address}"
        return Markup(segno.make(address, error="m", micro=False).svg_inline(scale=1, title=title, svgclass="qr", lineclass=None))  # noqa: S704 - drawn by a library that escapes the title

    def companion(self, text: str) -> Markup:
        """Return a text marked as the companion language."""
        return Markup('<span class="companion" lang="{}">{}</span>').format(self.code, text)

    def spoken(
        self, text: str, written: Mapping[str, Any] | None = None, meaning: Mapping[str, Any] | None = None, **values: Any
    ) -> Markup:
        """Return a line to say: in rōmaji, in kana, in the companion language, and in Japanese.

        `values` are read aloud. `written` replaces some of them in the Japanese line (an address in kanji), `meaning` in the
        companion language (a name in Latin letters).
        """
        shown = values | dict(written or {})
        pieces = _PLACEHOLDER.split(translate(self.content, READING, text))  # text, name, text, name, … text
        kana = [
            self.reading(values[piece]) if number % 2 else reading.without_marks(piece) for number, piece in enumerate(pieces)
        ]
        latin = [_romaji(values[piece]) if number % 2 else reading.romaji(piece) for number, piece in enumerate(pieces)]
        romaji = _capital(re.sub(r" ([.,])", r"\1", " ".join(filter(None, latin))))
        return (
            Markup('<span class="romaji" lang="ja-Latn">{}</span>').format(unbroken(romaji))
            + Markup('<span class="kana" lang="ja">{}</span>').format(unbroken("".join(kana)))
            + self.companion(self.sentence(self.code, text, shown | dict(meaning or {})))
            + Markup('<span class="ja" lang="ja">{}</span>').format(self.sentence(JAPANESE, text, shown))
        )

    def sentence(self, language: str, text: str, values: dict[str, Any]) -> Markup:
        """Return a sentence with its values as the language writes them. Everything is escaped."""
        sentence = Markup.escape(translate(self.content, language, text))
        return sentence % {name: self.formatted(value, language) for name, value in values.items()} if values else sentence

    def formatted(self, value: Any, language: str) -> Markup:
        """Return a value as the language writes it, escaped; a blank value is a line to write on."""
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

    def field_span(self, value: PrintedValue, language: str, shown: str | Message | None) -> Markup:
        """Return the text of a value, marked as `pdf.field_marks` describes: the file is checked to contain it."""
        shown = MOVED if value.moved else shown
        shown = _masked(shown) if value.masked and isinstance(shown, str) else shown
        text = translate_message(self.content, language, shown) if isinstance(shown, Message) else shown
        kind = "value accents" if text and drawn_by_noto_sans(text) else "value"
        return Markup('<span class="{}" {}="{}">{}</span>').format(kind, ATTRIBUTE, value.value.field.name, text)

    def reading(self, value: Any) -> str:
        """Return the reading of a value in kana. Raises ContentError if only a person can know it."""
        kana = value.reading if isinstance(value, PrintedValue | BlankValue) else value
        if kana is None:
            raise ContentError(value.value.field.name, "a line to be spoken uses it, but its reading is not known")
        return str(kana)


@dataclass(frozen=True)
class PrintedValue:
    """A value of the case. In a template, `{{ value }}` prints it as a Japanese form writes it."""

    value: Value
    language: Wording
    moved: bool = False
    """Whether it is printed on the extra sheet instead."""
    masked: bool = False
    """Whether only its last two characters are shown."""

    def __html__(self) -> str:
        form = self.language.field_span(self, JAPANESE, self.value.field.form(self.value.parsed))
        if self.value.field.type != "day":
            return form
        nowrap = rf'<span class="nowrap" {ATTRIBUTE}="{self.value.field.name}">\g<0></span>'
        return Markup(re.sub(r"（[^（]*）(?=</span>$)", nowrap, str(form)))  # noqa: S704 - it is escaped already

    @property
    def chosen(self) -> Any:
        """The typed value, for conditions."""
        return self.value.parsed

    @property
    def companion(self) -> Markup:
        """The value in the companion language; empty if that is the same as the Japanese."""
        text = self.language.formatted(self, self.language.code)
        return Markup() if text == self.language.formatted(self, JAPANESE) else self.language.companion(text)

    @property
    def reading(self) -> str | None:
        """Its reading in kana; None if only a person can know it."""
        reading = self.value.field.show(self.value.parsed, READING)
        return reading if isinstance(reading, str) else None

    @property
    def romaji(self) -> str | None:
        """Its reading in rōmaji."""
        return self.value.field.romaji(self.value.parsed)


LINE = "＿＿＿＿＿＿＿＿"
"""A blank in a sentence, to write on by hand."""


@dataclass(frozen=True)
class BlankValue:
    """A value to be written by hand: an empty cell, a line in a sentence. It has the attributes of PrintedValue."""

    field: Field
    chosen: None = None
    companion: str = ""
    reading: str = LINE
    romaji: str = "______"

    def __html__(self) -> str:
        return Markup('<span class="gap">{}</span>').format({"day": "　　　　年　　月　　日"}.get(self.field.type, ""))


QR_CODE = say("QR code").text
DAY = say("%(day)s (%(weekday)s)")
MOVED = say("(see the extra sheet)")


def _masked(text: str) -> str:
    """Return a text with all but its last two characters masked.

    >>> _masked("0123456")
    '*****56'
    """
    return "*" * len(text[:-2]) + text[-2:]


_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def _romaji(value: Any) -> str:
    return str(value.romaji) if isinstance(value, PrintedValue | BlankValue) else reading.romaji(value)


_CLOCKS = {"en": ("HH:mm", "HH:mm"), "ko": ("HH:mm", "HH:mm"), "ja-x-easy": ("ah時", "ah時m分")}
"""How a language writes a full hour, and any other time. Default: H:mm."""


def _clock(value: time, language: str) -> str:
    from babel.dates import format_time

    full, other = _CLOCKS.get(language, ("H:mm", "H:mm"))
    return format_time(value, other if value.minute else full, locale=locale(language))


def _capital(text: str) -> str:
    return re.sub(r"(^|[.?] )([a-zāīūēō])", lambda match: match[1] + match[2].upper(), text)
