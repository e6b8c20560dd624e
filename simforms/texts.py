"""A tree of texts, each knowing its place in a file: what a case or a record says, before anything is understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simforms.errors import Location


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
