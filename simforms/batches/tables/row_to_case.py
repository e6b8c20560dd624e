"""A row becomes a case: its cells by the names of their fields, each a text; what a program made of a text is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from simforms.batches.tables.headings import ID
from simforms.batches.tables.ids import Identities
from simforms.batches.tables.record import Cell, Marked, Record
from simforms.cases.characters import LONGEST
from simforms.errors import Location, Problem
from simforms.knowledge.vocabulary import Vocabulary
from simforms.messages import Message, say
from simforms.texts import Section, Text, is_entry, steps


@dataclass(frozen=True)
class Given:
    """A filled cell."""

    heading: str
    name: str
    """The field; nothing for a comment."""
    cell: Cell
    column: int = 0
    letters: str = ""
    """Over its column in a spreadsheet."""


LONGEST_CELL = 32_767
"""Characters; a spreadsheet takes no more."""
AS_TEXT = say("format the column as text and type it again")
QUOTED = say("put it in quotation marks")


def record(  # noqa: PLR0913, PLR0917 - each says something else of the row
    words: Vocabulary,
    identities: Identities,
    location: Location,
    cells: Iterable[Given],
    wrong: Sequence[Problem],
    suggestion: Message,
) -> Record:
    """Return a row as a record; `wrong` is known of it already, `suggestion` is how a number becomes a text in its file."""
    texts: dict[str, Text] = {}
    typed: dict[str, str] = {}
    refused: dict[str, Cell] = {}
    problems = list(wrong)
    own, own_place = "", location
    for given in cells:
        text, at = _text(given.cell), Location(location.file, location.line, given.column)
        if not text.strip():
            continue
        typed[given.heading] = text
        reason = _refusal(words, given, location.line, suggestion) if given.name else None
        if reason:
            problems.append(Problem(at, given.name, *reason))
            refused |= {} if isinstance(given.cell, str) else {given.heading: given.cell}
        elif given.name == ID:
            own, own_place = text, at
        elif given.name:
            texts[given.name] = Text(text, at)
    identity, reason = identities.of(location.line, own)
    if reason:
        problems.append(Problem(own_place, ID, *reason))
    case, twice = _nested(texts, location)
    return Record(location.line, identity, case, (*problems, *twice), typed, refused)


def _text(cell: Cell) -> str:
    """Return what a person sees in a cell: a whole number without its point, a day as year-month-day."""
    if isinstance(cell, Marked):
        return _text(cell.value)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)


_DAMAGE = (
    (r"[\r\n]", say("it contains a line break"), say("write it on one line")),
    (
        r"^(TRUE|FALSE|#(N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|DIV/0!|SPILL!|CALC!|#+))$",
        say("%(cell)s contains a spreadsheet value such as TRUE or #N/A"),
        say("enter the value itself, as text"),
    ),
    (r"^[0-9](\.[0-9]+)?E\+[0-9]+$", say("%(cell)s contains a number that was rounded"), AS_TEXT),
)
"""Texts that no person types: marks of a spreadsheet, and of a value that is lost."""
_MARKED = {
    "formula": (say("%(cell)s contains a formula"), say("enter the value itself, as text")),
    "struck": (say("%(cell)s is struck through"), say("delete it, or remove the strikethrough")),
    "invisible": (say("%(cell)s is hidden by its number format"), say("delete it, or choose another number format")),
}
"""Values that are not printed for what the file says about them."""
_DAMAGED = re.compile("|".join(sign for sign, _, _ in _DAMAGE))


def _refusal(words: Vocabulary, given: Given, row: int, suggestion: Message) -> tuple[Message, Message] | None:
    """Return why a cell is not taken for what the person meant; None where it is."""
    cell, where = given.cell, f"{given.letters}{row}" if given.letters else given.name
    if isinstance(cell, Marked):
        what, remedy = _MARKED[cell.why]
        return Message(what.text, {"cell": where}), remedy
    if isinstance(cell, str):
        return _lost(cell, where)
    kind = words[given.name].type if given.name in words else ""
    if isinstance(cell, int | float):
        if kind == "yen" or given.name == ID:
            return None
        return say("%(cell)s contains a number, so any leading 0 is lost", cell=where), suggestion
    midnight = isinstance(cell, datetime) and cell.time() == time()
    if kind == "day" and (midnight or type(cell) is date):
        return None
    return say("%(cell)s contains a spreadsheet date or time", cell=where), AS_TEXT


def _lost(cell: str, where: str) -> tuple[Message, Message] | None:
    """Return why a text is not what a person typed, or too long to look through; None where it may be."""
    if len(cell) > LONGEST_CELL:
        what = say("it has %(length)s characters, but the limit is %(longest)s", length=len(cell), longest=LONGEST)
        return what, say("make it shorter")
    if not _DAMAGED.search(cell):
        return None
    what, remedy = next((what, remedy) for sign, what, remedy in _DAMAGE if re.search(sign, cell))
    return Message(what.text, {"cell": where}), remedy


def _nested(texts: dict[str, Text], location: Location) -> tuple[Section, list[Problem]]:
    """Return texts as the sections that their names say; the entries of a list are numbered again, without gaps."""
    tree: dict[str, Any] = {}
    problems = []
    for name, text in texts.items():
        *sections, last = steps(name)
        inner = tree
        for section in sections:
            inner = inner.setdefault(section, {}) if isinstance(inner, dict) else inner
        if not isinstance(inner, dict) or last in inner:
            what, suggestion = say("it is written both as a single value and as fields"), say("keep one of the two")
            problems.append(Problem(text.location, name, what, suggestion))
        else:
            inner[last] = text
    return _section(tree, location), problems


def _section(tree: dict[str, Any], location: Location) -> Section:
    listed = bool(tree) and all(is_entry(step) for step in tree)
    if listed:
        ordered = sorted(tree, key=lambda step: int(step[1:-1]))
        tree = {str(number): tree[step] for number, step in enumerate(ordered, 1)}
    entries = {step: _section(entry, location) if isinstance(entry, dict) else entry for step, entry in tree.items()}
    locations = {step: entry.location for step, entry in entries.items()}
    first = next(iter(locations.values()), location)
    return Section(
        entries, locations, Location(location.file, location.line, first.column) if listed else location, listed=listed
    )
