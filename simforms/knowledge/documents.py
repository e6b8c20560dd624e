"""The kinds of document (reads templates/*/document.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from simforms.errors import ContentError, UnknownNameError
from simforms.knowledge.content import read_toml
from simforms.knowledge.vocabulary import vocabulary
from simforms.messages import say

MANIFEST = "document.toml"
ALWAYS_NEEDED = "carrier"
"""The field every document needs."""


@dataclass(frozen=True)
class Sheet:
    """A part of a document that goes its own way."""

    todo: str
    """What the person does with it."""
    label: str = ""
    """What stands at its head: for whom it is."""


@dataclass(frozen=True)
class Serves:
    """What a document is for: every key that is written must hold."""

    aims: tuple[str, ...] = ()
    """The aims of data/aims.toml; none: whatever a case is about."""
    states: tuple[str, ...] = ("open",)
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
    certified: bool = False
    """It goes by certified mail, which refuses other languages: no companion stands on it."""
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
            say("there is no document “%(name)s”; do you mean %(near)s?", name=name, near=near[0])
            if near
            else say("there is no document “%(name)s”; there are %(known)s", name=name, known=", ".join(known))
        )
    return known[name]


def _document(content: Path, path: Path) -> Document:
    entry = read_toml(path)
    for name in ("needs", "uses", "blank"):
        if name in entry:
            entry[name] = tuple(entry[name])
    try:
        served = [*entry.pop("serves", ()), *_of_version_1(entry)]
        entry["serves"] = tuple(Serves(**{name: _frozen(value) for name, value in one.items()}) for one in served)
        entry["sheets"] = tuple(Sheet(**sheet) for sheet in entry.get("sheets", ()))
        made = Document(name=path.parent.name, **entry)
    except TypeError as error:
        raise ContentError(path, str(error)) from None
    for name in (*made.needs, *made.uses, *made.asked, *made.blank):
        if not vocabulary(content).within(name):
            raise ContentError(path, f"there is no field {name} in templates/fields.toml")
    return made


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: tuple(values) for name, values in value.items()}
    return tuple(value) if isinstance(value, list) else value


_OCCASIONS: Mapping[str, dict[str, Any]] = {
    "lost": {"aims": ["stop-line"]},
    "agent": {"by": ["family", "other"], "every_way": True},
    "log": {"only": {"log": ["yes"]}},
    "sim-return": {"aims": ["end-line", "confirm"], "states": ["open", "waiting"], "only": {"back": ["yes", "choice"]}},
    "first-days": {"aims": ["first-days"], "channels": ["letter", "shop"], "every_way": True},
    "follow-up": {"aims": ["confirm"], "only": {"stage": ["follow-up"]}},
    "second-request": {"aims": ["confirm"], "only": {"stage": ["second-request"]}},
    "complaint": {"aims": ["confirm"], "only": {"stage": ["complaint"]}},
}


def _of_version_1(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what the keys of a manifest of 0.1 (`routes`, `occasions`, `fits`) mean, and take them out of it."""
    if routes := entry.pop("routes", ()):
        channels = [name for route in routes for name in (("letter", "own-form") if route == "post" else (route,))]
        yield {"aims": ["end-line"], "channels": channels}
    for occasion in entry.pop("occasions", ()):
        if occasion not in _OCCASIONS:
            raise TypeError(f"occasions: there is no {occasion}; write [[serves]] instead")
        yield _OCCASIONS[occasion]
    for name, values in entry.pop("fits", {}).items():
        yield {"asked": {name: values}}
