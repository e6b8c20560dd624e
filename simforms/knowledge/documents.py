"""The kinds of document (reads templates/*/document.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path

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
class Document:
    """A kind of paper. Texts are English; the catalogs hold the other languages."""

    name: str
    title: str
    purpose: str
    needs: tuple[str, ...]
    uses: tuple[str, ...]
    """Fields, or sections standing for all their fields."""
    routes: tuple[str, ...] = ()
    """The ways of ending a line on which it helps; none for a document that is about something else."""
    fits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """It is printed unasked where a field has one of these values; an empty list means any value."""
    occasions: tuple[str, ...] = ()
    """It is printed unasked where the situation calls for it: lost, agent, follow-up … (see advice.py)."""
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
    """It is refused where none of its occasions has come."""
    unasked: bool = True
    """Whether it is ever printed without being named."""


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
    entry["fits"] = {name: tuple(values) for name, values in entry.get("fits", {}).items()}
    for name in ("needs", "uses", "routes", "occasions", "blank"):
        if name in entry:
            entry[name] = tuple(entry[name])
    try:
        entry["sheets"] = tuple(Sheet(**sheet) for sheet in entry.get("sheets", ()))
        made = Document(name=path.parent.name, **entry)
    except TypeError as error:
        raise ContentError(path, str(error)) from None
    for name in (*made.needs, *made.uses, *made.fits, *made.blank):
        if not vocabulary(content).within(name):
            raise ContentError(path, f"there is no field {name} in templates/fields.toml")
    return made
