"""A tree of texts, each knowing its place in a file: what a case or a record says, before anything is understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simforms.errors import Location
from simforms.messages import say


@dataclass(frozen=True)
class Text:
    """A scalar as typed. An empty one stands for 'not given'."""

    text: str
    location: Location


@dataclass(frozen=True)
class Section:
    """Named entries, in the order of the file."""

    entries: Mapping[str, Text | Section]
    locations: Mapping[str, Location]
    """Where each name stands."""
    location: Location
    listed: bool = False
    """Whether it is a list; its entries are then named by their numbers, "1", "2" …"""

    def leaves(self, prefix: str = "") -> Iterator[tuple[str, Text]]:
        """Yield every text with its path, `section.field`."""
        for name, entry in self.entries.items():
            if isinstance(entry, Section):
                yield from entry.leaves(f"{prefix}{name}.")
            else:
                yield f"{prefix}{name}", entry


EMPTY = Section({}, {}, Location(""))
"""A case that says nothing."""

DEEPEST = 20
"""Levels of nesting; a case has three."""
NO_NAME = say("this is not the name of a field")
LONGEST_NAME = 100
"""Characters of a name with those of its sections; ours have at most 30."""


def is_name(name: str) -> bool:
    r"""Whether a text may stand for the name of a field, known or not: short, and nothing but visible characters and spaces.

    >>> is_name("log[2].date"), is_name("\x1b[2J"), is_name("\ud800"), is_name("a" * 101)
    (True, False, False, False)
    """
    return 0 < len(name) <= LONGEST_NAME and name.isprintable()
