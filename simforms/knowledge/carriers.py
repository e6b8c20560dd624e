"""The carriers, the help desks and the services tied to a number (reads data/carriers, data/desks and data/services)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import jaconv

from simforms.errors import ContentError, UnknownNameError, together
from simforms.knowledge.carrier import GROUPS, KINDS, MANY, SERVICE_GROUPS, SINGLE, STATUS, WAYS, Carrier
from simforms.knowledge.content import data
from simforms.knowledge.fact_kinds import Billing, Effective, Way
from simforms.knowledge.facts import AIMS
from simforms.knowledge.reading import Reader, known_keys, read_record
from simforms.messages import say
from simforms.texts import Section, Text


def unknown(name: str) -> Carrier:
    """Return a carrier of which only the name is known."""
    return Carrier(slug="", names={"ja": name}, status="unknown")


@cache
def carriers(folder: Path | None = None) -> dict[str, Carrier]:
    """Return every carrier by slug. Raises ContentError, with every file and line, where records are wrong."""
    return _all(folder or data("carriers"))


def folders() -> tuple[Path, Path, Path]:
    """Return the folders with the records of carriers, of help desks, and of services."""
    return data("carriers"), data("desks"), data("services")


def readable(folder: Path) -> tuple[dict[str, Carrier], list[ContentError]]:
    """Return the records of a folder that can be read, by slug, and what is wrong in the others."""
    found: dict[str, Carrier] = {}
    wrong = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found[path.stem] = _carrier(path)
        except ContentError as error:
            wrong.append(error)
    return found, wrong


def _all(folder: Path) -> dict[str, Carrier]:
    found, wrong = readable(folder)
    if wrong:
        raise together(wrong)
    return found


def read_again() -> None:
    """Forget what was read: a record has changed."""
    carriers.cache_clear()
    desks.cache_clear()
    services.cache_clear()
    _carrier.cache_clear()


def _records() -> list[Path]:
    return sorted(data("carriers").glob("*.yaml"))


@cache
def desks(folder: Path | None = None) -> dict[str, Carrier]:
    """Return the consumer help desks by slug; they are written like carriers."""
    return _all(folder or data("desks"))


@cache
def services(folder: Path | None = None) -> dict[str, Carrier]:
    """Return the services that are tied to a phone number, by slug; they are written like carriers."""
    return _all(folder or data("services"))


def records() -> dict[str, Carrier]:
    """Return every record by slug. Two records never have one slug."""
    return carriers() | desks() | services()


def service(name: str) -> Carrier | None:
    """Return the service that goes by this name in any of its spellings."""
    wanted = _plain(name)
    return next((known for known in services().values() if wanted and wanted in _spellings(known)), None)


def carrier(slug: str) -> Carrier:
    """Return the carrier of that slug or name. Raises UnknownNameError, offering the nearest."""
    if found := find(slug):
        return found
    near = nearest(slug)
    raise UnknownNameError(
        say("there is no carrier “%(name)s”; did you mean %(near)s?", name=slug, near=near)
        if near
        else say("there is no carrier “%(name)s”; see `simforms carriers`", name=slug)
    )


def find(name: str) -> Carrier | None:
    """Return the carrier that goes by this name in any of its spellings.

    It is known by its slug, else only records that contain the name are read, and first those that have it near
    the top, where the names are: reading all takes twenty times as long.
    """
    wanted = _plain(name)
    if (kana := jaconv.hira2kata(name)) != name and (known := find(kana)):
        return known
    if found := next((path for path in _records() if _plain(path.stem) == wanted), None):
        return _carrier(found)
    texts = {path: _plain(f"{path.stem} {path.read_text(encoding='utf-8')}") for path in _records() if wanted}
    candidates = sorted((path for path, text in texts.items() if wanted in text), key=lambda path: texts[path].index(wanted))
    return next((one for path in candidates if wanted in _spellings(one := _carrier(path))), None)


def nearest(name: str) -> str | None:
    """Return the slug of the carrier whose name looks most like this one."""
    spellings = {spelling: known.slug for known in carriers().values() for spelling in _spellings(known)}
    wanted = _plain(name)
    near = get_close_matches(wanted, spellings, n=1, cutoff=0.75) or sorted(
        (spelling for spelling in spellings if len(wanted) > 1 and (wanted in spelling or spelling in wanted)),
        key=len,
        reverse=True,
    )
    return spellings[near[0]] if near else None


def matching(text: str) -> list[Carrier]:
    """Return the carrier with this name, else all whose names contain it, in kana or Latin letters too."""
    if exact := find(text) or find(jaconv.hira2kata(text)):
        return [exact]
    typed = _plain(text)
    sounds = {typed, jaconv.hira2kata(typed), jaconv.hira2kata(jaconv.alphabet2kana(typed))} - {""}
    spelled = {known.slug: {jaconv.hira2kata(name) for name in _spellings(known)} for known in carriers().values()}
    places = {
        slug: min((name.index(sound) for name in names for sound in sounds if sound in name), default=-1)
        for slug, names in spelled.items()
    }
    return [carriers()[slug] for slug in sorted(places, key=lambda slug: (places[slug], slug)) if places[slug] >= 0]


def _spellings(known: Carrier) -> set[str]:
    return {_plain(name) for name in (known.slug, *known.names.values(), *known.aliases)}


def _plain(name: str) -> str:
    return re.sub(r"[\s\-_・!！]", "", unicodedata.normalize("NFKC", name)).casefold()


_WORDS = {"names", "aliases", "status", "looked_up", "see", "group", "kinds", "domains"}
_NAMES = {
    "agents": {"family", "care", "staff", "guardian", "heir", "other"},
    "counterparty": {"reseller", "app"},
}


@cache
def _carrier(path: Path) -> Carrier:
    said = read_record(path)
    entries = said.entries
    reader = Reader(record=said)
    domains = tuple((reader.tried(_word, said, "domains") or "").split())
    reader = replace(reader, domains=domains)
    reader.tried(known_keys, said, {*_WORDS, *SINGLE, *MANY, "ways", "ends", "billing"})
    for section, known in _NAMES.items():
        if isinstance(entry := entries.get(section), Section):
            reader.tried(known_keys, entry, known)
    facts: dict[str, Any] = {name: reader.one(kind, entries.get(name)) for name, kind in SINGLE.items()}
    facts |= {name: reader.many(kind, entries.get(name)) for name, kind in MANY.items()}
    found = Carrier(
        slug=path.stem,
        names=reader.tried(_names, said) or {},
        aliases=tuple(filter(None, (reader.tried(_word, said, "aliases") or "").split(", "))),
        status=reader.tried(_one_of, said, "status", STATUS) or "active",
        looked_up=reader.tried(_day, said, "looked_up"),
        see=reader.tried(_word, said, "see") or "",
        group=reader.tried(_one_of, said, "group", (*GROUPS, *SERVICE_GROUPS)) or "",
        kinds=tuple((reader.tried(_one_of, said, "kinds", KINDS) or "").split()),
        domains=domains,
        ways=_ways(reader, entries.get("ways")),
        ends=reader.several(Effective, entries.get("ends")),
        billing=reader.several(Billing, entries.get("billing")),
        file=str(path),
        **facts,
    )
    if found.see and not (path.parent / f"{found.see}.yaml").exists():
        reader.wrong.append(ContentError(said.locations["see"], f"see: there is no carrier {found.see}; write the slug of one"))
    if reader.wrong:
        raise together(reader.wrong)
    return found


def _names(said: Section) -> dict[str, str]:
    """Return the names by language."""
    names = said.entries.get("names")
    if not isinstance(names, Section) or "ja" not in names.entries:
        raise ContentError(
            said.locations.get("names", said.location), "names: the Japanese name (ja) is missing; write names: and ja:"
        )
    for language, name in names.entries.items():
        if isinstance(name, Section):
            raise ContentError(names.locations[language], f"names.{language}: one name belongs here, not fields or a list")
    return {language: text.text for language, text in names.leaves()}


def _ways(reader: Reader, entry: Section | Text | None) -> dict[str, dict[str, tuple[Way, ...]]]:
    if not isinstance(entry, Section):
        return {}
    reader.tried(known_keys, entry, set(AIMS))
    found = {}
    for aim, channels in entry.entries.items():
        if isinstance(channels, Section):
            reader.tried(known_keys, channels, set(WAYS))
            found[aim] = {
                channel: ways
                for channel, way in channels.entries.items()
                if (ways := reader.several(Way, way, aim=aim, channel=channel))
            }
    return found


def _word(said: Section, name: str) -> str:
    found = said.entries.get(name)
    if isinstance(found, Section):
        raise ContentError(said.locations[name], f"{name}: one value belongs here, not fields or a list")
    return found.text if found else ""


def _day(said: Section, name: str) -> date | None:
    try:
        return date.fromisoformat(word) if (word := _word(said, name)) else None
    except ValueError:
        raise ContentError(said.locations[name], f"{name}: write it like 2026-06-06") from None


def _one_of(said: Section, name: str, known: tuple[str, ...]) -> str:
    words = _word(said, name)
    for word in words.split():
        if word not in known:
            raise ContentError(said.locations[name], f"{name}: write of {', '.join(known)}")
    return words
