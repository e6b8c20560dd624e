"""The carriers (reads data/carriers/*.yaml): every fact with its source, its date, and whether it may be printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal

from simforms.content import data
from simforms.errors import ContentError, UnknownNameError, say
from simforms.load import Section, Text, load

Mark = Literal["ok", "warn", "never"]


@dataclass(frozen=True)
class Fact:
    """Something that is said somewhere. `print` is "ok", "warn" (check before relying on it) or "never"."""

    source: str
    source_kind: Literal["official", "secondary"]
    seen: date | None
    """The date the source itself states; None where it has none."""
    print: Mark
    text: str = ""


@dataclass(frozen=True)
class Phone(Fact):
    """A desk that answers the phone."""

    dial: str = ""
    reach: Literal["handset", "japan", "overseas"] = "japan"
    """From where the number can be called: from the carrier's own phones, inside Japan, from abroad."""
    purpose: str = "general"
    opens: time | None = None
    closes: time | None = None
    """Hours in Japan time; None where they are not known."""
    languages: tuple[str, ...] = ()
    """Languages as in BCP 47; empty where they are not known."""


@dataclass(frozen=True)
class Carrier:
    """A carrier or brand. An unknown one has a name and nothing else."""

    slug: str
    names: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    addressee: Fact | None = None
    """The full name for the head of a letter."""
    ends_by_phone: Fact | None = None
    """Whether a line can be ended on the phone: `text` is "yes" or "no"; None where it is not known."""
    phones: Mapping[str, Phone] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """Return its name as the language writes it."""
        return self.names.get(language, self.names["ja"])

    def desks(self, language: str) -> list[Phone]:
        """Return the general desks to call from inside Japan: those that speak the language, else those that speak Japanese."""
        spoken = language.partition("-")[0]
        desks = [
            phone
            for phone in self.phones.values()
            if phone.purpose == "general" and phone.reach != "overseas" and phone.print != "never"
        ]
        return [phone for phone in desks if spoken in phone.languages] or [
            phone for phone in desks if not phone.languages or "ja" in phone.languages
        ]


def unknown(name: str) -> Carrier:
    """Return a carrier of which only the name is known."""
    return Carrier(slug="", names={"ja": name})


@cache
def carriers(folder: Path | None = None) -> dict[str, Carrier]:
    """Return every carrier by slug. Raises ContentError, with file and line, where a record is broken."""
    return {path.stem: _carrier(path) for path in sorted((folder or data("carriers")).glob("*.yaml"))}


def carrier(slug: str) -> Carrier:
    """Return the carrier of that slug or name. Raises UnknownNameError, offering the nearest."""
    if found := find(slug):
        return found
    near = nearest(slug)
    raise UnknownNameError(
        say("there is no carrier “%(name)s”; do you mean %(near)s?", name=slug, near=near)
        if near
        else say("there is no carrier “%(name)s”; see `simforms carriers`", name=slug)
    )


def find(name: str) -> Carrier | None:
    """Return the carrier that goes by this name in any of its spellings."""
    return next((known for known in carriers().values() if _plain(name) in _spellings(known)), None)


def nearest(name: str) -> str | None:
    """Return the slug of the carrier whose name looks most like this one."""
    spellings = {spelling: known.slug for known in carriers().values() for spelling in _spellings(known)}
    near = get_close_matches(_plain(name), spellings, n=1, cutoff=0.75)
    return spellings[near[0]] if near else None


def _spellings(known: Carrier) -> set[str]:
    return {_plain(name) for name in (known.slug, *known.names.values(), *known.aliases)}


def _plain(name: str) -> str:
    return re.sub(r"[\s\-_・!！]", "", unicodedata.normalize("NFKC", name)).casefold()


_KEYS = {"names", "aliases", "addressee", "ends_by_phone", "phones"}
_FACT = {"source", "source_kind", "seen", "print", "text"}
_PHONE = {*_FACT, "dial", "reach", "purpose", "opens", "closes", "languages"}


def _carrier(path: Path) -> Carrier:
    record, problems = load(path)
    if problems:
        raise ContentError(problems[0].place, f"{problems[0].what}; {problems[0].cure}")
    _known_keys(record, _KEYS)
    names = {language: text.text for language, text in _section(record, "names").leaves()}
    if "ja" not in names:
        raise ContentError(record.place, "names: the Japanese name (ja) is missing")
    phones = _section(record, "phones").entries if "phones" in record.entries else {}
    return Carrier(
        slug=path.stem,
        names=names,
        aliases=tuple(_text(record, "aliases").split(", ")) if "aliases" in record.entries else (),
        addressee=_fact(_section(record, "addressee")) if "addressee" in record.entries else None,
        ends_by_phone=_fact(_section(record, "ends_by_phone")) if "ends_by_phone" in record.entries else None,
        phones={name: _phone(_section(_section(record, "phones"), name)) for name in phones},
    )


def _fact(entry: Section) -> Fact:
    _known_keys(entry, _FACT)
    return Fact(**_provenance(entry))


def _phone(entry: Section) -> Phone:
    _known_keys(entry, _PHONE)
    return Phone(
        **_provenance(entry),
        dial=_text(entry, "dial"),
        reach=_one_of(entry, "reach", "handset", "japan", "overseas"),  # type: ignore[arg-type] # one of the literals
        purpose=_text(entry, "purpose"),
        opens=_time(entry, "opens"),
        closes=_time(entry, "closes"),
        languages=tuple(_text(entry, "languages").split()),
    )


def _provenance(entry: Section) -> dict[str, Any]:
    return {
        "source": _source(entry),
        "source_kind": _one_of(entry, "source_kind", "official", "secondary"),
        "seen": _seen(entry),
        "print": _one_of(entry, "print", "ok", "warn", "never"),
        "text": _text(entry, "text"),
    }


def _source(entry: Section) -> str:
    source = _text(entry, "source")
    if not re.match(r"https?://[^/\s]+\.[^\s]+", source):
        raise ContentError(entry.place, "source: a fact needs the address of the page it was read on")
    return source


def _seen(entry: Section) -> date | None:
    try:
        return date.fromisoformat(_text(entry, "seen")) if _text(entry, "seen") else None
    except ValueError:
        raise ContentError(entry.places["seen"], "seen: write year-month-day, or nothing where the page has no date") from None


def _time(entry: Section, name: str) -> time | None:
    try:
        return time.fromisoformat(_text(entry, name)) if _text(entry, name) else None
    except ValueError:
        raise ContentError(entry.places[name], f"{name}: write hours and minutes, e.g. 09:00") from None


def _one_of(entry: Section, name: str, *values: str) -> str:
    if _text(entry, name) not in values:
        raise ContentError(entry.places.get(name, entry.place), f"{name}: write one of {', '.join(values)}")
    return _text(entry, name)


def _text(entry: Section, name: str) -> str:
    found = entry.entries.get(name)
    return found.text if isinstance(found, Text) else ""


def _section(entry: Section, name: str) -> Section:
    found = entry.entries.get(name)
    if not isinstance(found, Section):
        raise ContentError(entry.places.get(name, entry.place), f"{name}: fields are missing here")
    return found


def _known_keys(entry: Section, keys: set[str]) -> None:
    for name in entry.entries:
        if name not in keys:
            near = get_close_matches(name, keys, n=1)
            raise ContentError(
                entry.places[name],
                f"there is no key {name} here; "
                + (f"do you mean {near[0]}?" if near else f"write one of {', '.join(sorted(keys))}"),
            )
