"""The kinds of document (reads templates/*/document.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from simforms.errors import UnknownNameError
from simforms.knowledge.stages import stages
from simforms.knowledge.typed_toml import not_one_of, read_table, refuse
from simforms.knowledge.vocabulary import CHOICE, vocabulary
from simforms.messages import say

MANIFEST = "document.toml"
ALWAYS_NEEDED = "carrier"
"""The field every document needs."""
WAYS = "cancellation.channel"
"""The field whose choices are the ways of ending a line."""
Occasion = Literal["lost", "agent", "log", "sim-return", "first-days"]
OCCASIONS: tuple[Occasion, ...] = get_args(Occasion)
"""What a situation may call for (occasions.py says when), besides the stages of data/stages.toml."""


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
    made = read_table(path, Document, name=path.parent.name)
    refuse(path, _unknown_names(content, made))
    return made


def _unknown_names(content: Path, made: Document) -> Iterator[str]:
    """Yield the fields, values, ways and occasions that a document names and nobody knows."""
    words = vocabulary(content)
    for key in ("needs", "uses", "blank"):
        for name in getattr(made, key):
            if not words.within(name):
                yield not_one_of(key, "field", name, (*words, *words.sections))
    for name, values in made.fits.items():
        if name not in words:
            yield not_one_of("fits", "field", name, words)
        elif words[name].type == CHOICE:
            choices = words[name].choices
            yield from (not_one_of(f"fits.{name}", "choice", value, choices) for value in values if value not in choices)
    ways = words[WAYS].choices
    yield from (not_one_of("routes", "channel", way, ways) for way in made.routes if way not in ways)
    known = (*OCCASIONS, *(stage.name for stage in stages()))
    yield from (not_one_of("occasions", "occasion", name, known) for name in made.occasions if name not in known)
