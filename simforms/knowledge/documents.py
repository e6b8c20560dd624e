"""The kinds of document (reads templates/*/document.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Literal

from simforms.errors import UnknownNameError
from simforms.knowledge.carrier import WAYS
from simforms.knowledge.facts import AIMS, SCOPES
from simforms.knowledge.stages import stages
from simforms.knowledge.typed_toml import not_one_of, read_table, refuse
from simforms.knowledge.vocabulary import CHOICE, vocabulary
from simforms.messages import say

MANIFEST = "document.toml"
ALWAYS_NEEDED = "carrier"
"""The field every document needs."""


State = Literal["open", "waiting", "done", "over", "refused", "by-itself"]
"""Of an aim."""


@dataclass(frozen=True)
class Sheet:
    """A part of a document that goes its own way."""

    todo: str
    """What the person does with it."""
    label: str = ""
    """The words at its head that say for whom it is."""


@dataclass(frozen=True)
class Serves:
    """What a document is for: every key that is written must hold."""

    aims: tuple[str, ...] = ()
    """The aims of data/aims.toml; none: whatever a case is about."""
    states: tuple[State, ...] = ("open",)
    channels: tuple[str, ...] = ()
    """The ways on which it helps; none: any. "ask" is the letter to a company of which no way is known."""
    by: tuple[str, ...] = ()
    """Who acts on the way, where it is not the holder."""
    every_way: bool = False
    """It helps on each way that works, not only on the one that is taken."""
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The fields that ask for it, each with its values; an empty list means any value."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For whom, in the words of a record."""


@dataclass(frozen=True)
class Document:
    """A kind of paper. Texts are English; the catalogs hold the other languages."""

    name: str
    title: str
    purpose: str
    needs: tuple[str, ...]
    uses: tuple[str, ...]
    """Fields, or sections standing for all their fields."""
    serves: tuple[Serves, ...] = ()
    """It is printed unasked where one of these holds."""
    sheets: tuple[Sheet, ...] = ()
    order: int = 50
    """Papers that are used earlier have smaller numbers."""
    blank: tuple[str, ...] = ()
    """Fields that its blank form has room for, besides those it needs."""
    pages: int = 4
    """More pages than this, all sheets together, are a mistake."""
    usual_pages: int = 0
    """Rather than more pages than this, it has smaller gaps; 0: `pages`."""
    certified: bool = False
    """It goes by certified mail, which refuses characters of other languages."""
    only_then: bool = False
    """It is refused where it serves nothing."""
    unasked: bool = True
    """Whether it is ever printed without being named."""

    @property
    def channels(self) -> tuple[str, ...]:
        """The ways on which it helps."""
        return tuple(dict.fromkeys(channel for one in self.serves for channel in one.channels))

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields that ask for it."""
        return tuple(dict.fromkeys(name for one in self.serves for name in one.asked))


@cache
def documents(content: Path) -> dict[str, Document]:
    """Return every document by name, in the order of use. Raises ContentError where a manifest is broken."""
    found = [_document(content, path) for path in (content / "templates").glob(f"*/{MANIFEST}")]
    return {kind.name: kind for kind in sorted(found, key=lambda kind: (kind.order, kind.name))}


def document(content: Path, name: str) -> Document:
    """Return the document of that name. Raises UnknownNameError, offering the nearest."""
    known = documents(content)
    if name not in known:
        near = get_close_matches(name, known, n=1)
        raise UnknownNameError(
            say("there is no document “%(name)s”; did you mean %(near)s?", name=name, near=near[0])
            if near
            else say("there is no document “%(name)s”; the documents are: %(known)s", name=name, known=", ".join(known))
        )
    return known[name]


@dataclass(frozen=True)
class _Manifest(Document):
    """A document as its file describes it, perhaps in the keys of 0.1."""

    routes: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()
    fits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _document(content: Path, path: Path) -> Document:
    written = read_table(path, _Manifest, name=path.parent.name)
    refuse(path, _unknown_names(content, written))
    known = {one.name: getattr(written, one.name) for one in fields(Document)}
    return Document(**known | {"serves": (*written.serves, *_of_version_1(written))})


def _unknown_names(content: Path, written: _Manifest) -> Iterator[str]:
    """Yield the fields, values, aims, channels, traits and occasions that a manifest names and nobody knows."""
    words = vocabulary(content)
    for key in ("needs", "uses", "blank"):
        for name in getattr(written, key):
            if not words.within(name):
                yield not_one_of(key, "field", name, (*words, *words.sections))
    traits = dict(TRAITS) | {"stage": tuple(stage.name for stage in stages())}
    for number, serves in enumerate(written.serves):
        where = f"serves[{number}]"
        yield from _not_in(f"{where}.aims", "aim", serves.aims, AIMS)
        yield from _not_in(f"{where}.channels", "channel", serves.channels, WAYS)
        yield from _not_in(f"{where}.by", "person", serves.by, WHO)
        yield from _unknown_values(content, f"{where}.asked", serves.asked)
        yield from _not_in(f"{where}.only", "trait", serves.only, traits)
        for name, values in serves.only.items():
            yield from _not_in(f"{where}.only.{name}", "value", values, traits.get(name) or values)
    yield from _unknown_values(content, "fits", written.fits)
    yield from _not_in("routes", "channel", written.routes, _ROUTES)
    yield from _not_in("occasions", "occasion", written.occasions, _OCCASIONS)


def _unknown_values(content: Path, where: str, asked: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    words = vocabulary(content)
    yield from _not_in(where, "field", asked, words)
    for name, values in asked.items():
        if name in words and words[name].type == CHOICE:
            yield from _not_in(f"{where}.{name}", "choice", values, words[name].choices)


def _not_in(where: str, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    listed = tuple(known)
    yield from (not_one_of(where, what, name, listed) for name in names if name not in listed)


WHO = ("family", "care", "staff", "guardian", "heir", "other")
"""Who may act for a holder."""
TRAITS: Mapping[str, tuple[str, ...]] = {
    **SCOPES,
    "account": (),
    "back": ("yes", "no", "choice", "unknown", "none"),
    "leaving": ("yes", "no"),
    "log": ("yes", "no"),
    "place": ("japan", "abroad"),
}
"""What is known of person and line, with the values; nothing limits those of an empty list. `stage` is one more."""
_ROUTES = ("online", "app", "shop", "chat", "phone", "email", "post")
"""The channels that a manifest of 0.1 can name."""
_OCCASIONS: Mapping[str, Serves] = {
    "lost": Serves(aims=("stop-line",)),
    "agent": Serves(by=("family", "other"), every_way=True),
    "log": Serves(only={"log": ("yes",)}),
    "sim-return": Serves(aims=("end-line", "confirm"), states=("open", "waiting"), only={"back": ("yes", "choice")}),
    "first-days": Serves(aims=("first-days",), channels=("letter", "shop"), every_way=True),
    "follow-up": Serves(aims=("confirm",), only={"stage": ("follow-up",)}),
    "second-request": Serves(aims=("confirm",), only={"stage": ("second-request",)}),
    "complaint": Serves(aims=("confirm",), only={"stage": ("complaint",)}),
}
"""What the occasions of 0.1 mean."""


def _of_version_1(written: _Manifest) -> Iterator[Serves]:
    """Yield what the keys of a manifest of 0.1 (`routes`, `occasions`, `fits`) mean."""
    if written.routes:
        channels = (name for route in written.routes for name in (("letter", "own-form") if route == "post" else (route,)))
        yield Serves(aims=("end-line",), channels=tuple(channels))
    yield from (_OCCASIONS[occasion] for occasion in written.occasions)
    for name, values in written.fits.items():
        yield Serves(asked={name: values})
