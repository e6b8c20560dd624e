"""The carriers and the help desks (reads data/carriers/*.yaml and data/desks/*.yaml)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import jaconv

from simforms.errors import ContentError, UnknownNameError
from simforms.knowledge.content import data
from simforms.knowledge.facts import (
    Address,
    Channel,
    Effective,
    Fact,
    Fee,
    FirstDays,
    Name,
    Paper,
    Phone,
    Return,
    known_keys,
    read,
    read_all,
)
from simforms.load import record
from simforms.messages import say
from simforms.texts import Section, Text

CHANNELS = ("online", "app", "shop", "chat", "phone", "email", "post")
"""The ways to end a line, the least trouble first."""
STATUS = ("active", "closed", "merged", "retailer", "unknown")
KINDS = ("postpaid", "prepaid", "esim", "data", "tourist")


@dataclass(frozen=True)
class Carrier:
    """A carrier or brand. Of an unknown one only the name is known."""

    slug: str
    names: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    status: str = "active"
    see: str = ""
    """For a closed or merged brand, the slug of the one that took it over."""
    kinds: tuple[str, ...] = ()
    """What it sells; a coarse filter, not a fact."""
    operator: Name | None = None
    addressee: Name | None = None
    """The full Japanese name for the head of a letter."""
    about: Fact | None = None
    """What a reader must know first: closed since, sold by, run by."""
    channels: Mapping[str, Channel] = field(default_factory=dict)
    phones: Mapping[str, Phone] = field(default_factory=dict)
    papers: Mapping[str, Paper] = field(default_factory=dict)
    fees: Mapping[str, Fee] = field(default_factory=dict)
    effective: Effective | None = None
    refund: Fact | None = None
    first_days: FirstDays | None = None
    sim_return: Return | None = None
    return_address: Address | None = None
    """Where SIM cards go."""
    esim: Fact | None = None
    lost: Fact | None = None
    deleted: Fact | None = None
    survives: Mapping[str, Fact] = field(default_factory=dict)
    """What does not end with the line."""
    after: Mapping[str, Fact] = field(default_factory=dict)
    """What comes after the end: bills, access to them."""
    file: str = ""

    def name(self, language: str) -> str:
        """Return its name as the language writes it."""
        return self.names.get(language, self.names.get("ja" if language.startswith("ja") else "en", self.names["ja"]))

    def channel(self, name: str) -> Channel | None:
        """Return what is known, and may be told, of a way to end a line."""
        found = self.channels.get(name)
        return found if found and found.print != "never" else None

    def desks(self, language: str, *, purpose: str = "general", abroad: bool = False) -> list[Phone]:
        """Return the desks to call from where the person is: those that speak the language, else those that may."""
        spoken = language.partition("-")[0]
        desks = [phone for phone in self.phones.values() if phone.purpose == purpose and phone.print != "never"]
        reached = [phone for phone in desks if (phone.reach == "overseas") == abroad]
        return [phone for phone in reached if spoken in phone.languages] or [
            phone for phone in reached if not phone.languages or "ja" in phone.languages
        ]

    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Yield every fact with its pointer, such as `channels.online`."""
        for section in ("channels", "phones", "papers", "fees", "survives", "after"):
            for name, fact in getattr(self, section).items():
                yield f"{section}.{name}", fact
        singles = (
            "operator",
            "addressee",
            "about",
            "effective",
            "refund",
            "first_days",
            "sim_return",
            "return_address",
            "esim",
            "lost",
            "deleted",
        )
        for name in singles:
            if fact := getattr(self, name):
                yield name, fact


def unknown(name: str) -> Carrier:
    """Return a carrier of which only the name is known."""
    return Carrier(slug="", names={"ja": name}, status="unknown")


@cache
def carriers(folder: Path | None = None) -> dict[str, Carrier]:
    """Return every carrier by slug. Raises ContentError, with file and line, where a record is broken."""
    found = {path.stem: _carrier(path) for path in _records(folder)}
    for known in found.values():
        if known.see and known.see not in found:
            raise ContentError(known.file, f"see: there is no carrier {known.see}")
    return found


def _records(folder: Path | None = None) -> list[Path]:
    return sorted((folder or data("carriers")).glob("*.yaml"))


@cache
def desks(folder: Path | None = None) -> dict[str, Carrier]:
    """Return the consumer help desks by slug; they are written like carriers."""
    return {path.stem: _carrier(path) for path in sorted((folder or data("desks")).glob("*.yaml"))}


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
    """Return the carrier that goes by this name in any of its spellings.

    It is known by its slug, else only records in whose text the name stands are read, and first those where it stands near
    the top, where names stand: reading all takes twenty times as long.
    """
    wanted = _plain(name)
    if found := next((path for path in _records() if _plain(path.stem) == wanted), None):
        return _carrier(found)
    texts = {path: _plain(f"{path.stem} {path.read_text(encoding='utf-8')}") for path in _records() if wanted}
    candidates = sorted((path for path, text in texts.items() if wanted in text), key=lambda path: texts[path].index(wanted))
    return next((known for path in candidates if wanted in _spellings(known := _carrier(path))), None)


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
    """Return the carrier that goes by this name, else all in whose names it stands, in kana or Latin letters too."""
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


_WORDS = {"names", "aliases", "status", "see", "kinds"}
_SINGLE = {
    "operator": Name, "addressee": Name, "about": Fact, "effective": Effective, "refund": Fact, "first_days": FirstDays,
    "sim_return": Return, "return_address": Address, "esim": Fact, "lost": Fact, "deleted": Fact,
}  # fmt: skip
_MANY = {"channels": Channel, "phones": Phone, "papers": Paper, "fees": Fee, "survives": Fact, "after": Fact}


@cache
def _carrier(path: Path) -> Carrier:
    said = record(path)
    known_keys(said, {*_WORDS, *_SINGLE, *_MANY})
    entries = said.entries
    names = entries.get("names")
    if not isinstance(names, Section) or "ja" not in names.entries:
        raise ContentError(said.locations.get("names", said.location), "names: the Japanese name (ja) is missing")
    if isinstance(channels := entries.get("channels"), Section):
        known_keys(channels, set(CHANNELS))
    return Carrier(
        slug=path.stem,
        names={language: text.text for language, text in names.leaves()},
        aliases=tuple(filter(None, _word(said, "aliases").split(", "))),
        status=_one_of(said, "status", STATUS) or "active",
        see=_word(said, "see"),
        kinds=tuple(_one_of(said, "kinds", KINDS).split()),
        file=str(path),
        **{name: read(kind, entries.get(name)) for name, kind in _SINGLE.items()},  # type: ignore[arg-type] # each kind is its field's
        **{name: read_all(kind, entries.get(name)) for name, kind in _MANY.items()},  # type: ignore[arg-type] # the same
    )


def _word(said: Section, name: str) -> str:
    found = said.entries.get(name)
    return found.text if isinstance(found, Text) else ""


def _one_of(said: Section, name: str, known: tuple[str, ...]) -> str:
    words = _word(said, name)
    for word in words.split():
        if word not in known:
            raise ContentError(said.locations[name], f"{name}: write of {', '.join(known)}")
    return words
