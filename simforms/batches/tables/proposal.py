"""A map is proposed for somebody else's table, by its headings and its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from simforms.batches.tables import headings
from simforms.batches.tables.record import Row, cell_of
from simforms.errors import ValueProblem
from simforms.knowledge import carriers
from simforms.knowledge.foreign_headings import IGNORED, candidates, folded
from simforms.knowledge.vocabulary import Vocabulary, vocabulary

_SAMPLED = 50
"""Values of a column by which its field is proposed."""
_ENOUGH = 0.6
"""The share of these that must be values of the field."""
_BY_VALUE = ("person.email", "line.number", "person.postal_code", "person.residence_card", "carrier")
"""Fields that can be recognised by their values alone."""


def propose(content: Path, typed: Sequence[str], rows: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    """Return for each heading the fields that it may mean, the likeliest first; IGNORED for one that is not a field.

    What the heading says is proposed, first those of which most values of the column can be; where it says nothing, a field
    by whose values nothing else looks.
    """
    words = vocabulary(content)
    proposed: list[tuple[str, ...]] = []
    taken: set[str] = set()
    for index, heading in enumerate(typed):
        values = [text for row in rows if (text := str(cell_of(row, index)).strip())][:_SAMPLED]
        meant = headings.meant(content, heading) or candidates(heading) or _before_brackets(heading)
        meant = tuple(name for name in meant if name in words or name in {headings.ID, IGNORED})
        if meant:
            found = sorted(meant, key=lambda name: not _fits(words, name, values))
        else:
            found = [name for name in _BY_VALUE if values and _fits(words, name, values)][:1]
        free = [name for name in found if name not in taken]
        taken.update(free[:1] if free[:1] != [IGNORED] else ())
        proposed.append(tuple(free))
    return tuple(proposed)


def _before_brackets(heading: str) -> tuple[str, ...]:
    """Return the fields of what a heading says before its brackets, such as `電話番号（ハイフンなし）`."""
    parts = re.fullmatch(r"(.*)\([^()]*\)", folded(heading))
    return candidates(parts[1]) if parts else ()


def _fits(words: Vocabulary, name: str, values: Sequence[str]) -> bool:
    """Return whether most values of a column can be those of a field."""
    return name not in words or sum(_can_be(words, name, value) for value in values) >= _ENOUGH * len(values)


def _can_be(words: Vocabulary, name: str, value: str) -> bool:
    if name == "carrier":
        return carriers.find(value) is not None
    try:
        words[name].parse(value)
    except ValueProblem:
        return False
    return True
