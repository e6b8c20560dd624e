"""A tree of texts, each knowing its place in a file: what a case or a record says, before anything is understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from simforms.errors import Location
from simforms.messages import say


@dataclass(frozen=True)
class Text:
    """A scalar as typed. An empty one means 'not given'."""

    text: str
    location: Location


@dataclass(frozen=True)
class Section:
    """Named entries, in the order of the file."""

    entries: Mapping[str, Text | Section]
    locations: Mapping[str, Location]
    """The place of each name."""
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
    r"""Whether a text may be the name of a field, known or not: short, and nothing but visible characters and spaces.

    >>> is_name("log[2].date"), is_name("\x1b[2J"), is_name("\ud800"), is_name("a" * 101)
    (True, False, False, False)
    """
    return 0 < len(name) <= LONGEST_NAME and name.isprintable()


_NUMBER = r"[1-9][0-9]{0,3}"
"""Of an entry of a list, counted from 1."""
_NAME = re.compile(rf"[^.\[\]]+(\.[^.\[\]]+|\[{_NUMBER}\])*")
_STEP = re.compile(r"\[[0-9]+\]|[^.\[\]]+")
_OF_AN_ENTRY = re.compile(rf"\[{_NUMBER}\]")


@lru_cache(maxsize=2000)
def steps(name: str) -> tuple[str, ...]:
    """Return the steps that lead to a field from the top of a case. A text that is not the name of a field is one step.

    >>> steps("refund.account.kind"), steps("log[2].date"), steps("a..b"), steps("log[0].date")
    (('refund', 'account', 'kind'), ('log', '[2]', 'date'), ('a..b',), ('log[0].date',))
    """
    return tuple(_STEP.findall(name)) if _NAME.fullmatch(name) else (name,)


def is_entry(step: str) -> bool:
    """Whether a step leads to an entry of a list.

    >>> is_entry("[2]"), is_entry("date")
    (True, False)
    """
    return bool(_OF_AN_ENTRY.fullmatch(step))


def any_number(name: str) -> str:
    """Return the name that all entries of a list share.

    >>> any_number("log[2].date"), any_number("person.name")
    ('log[].date', 'person.name')
    """
    return _OF_AN_ENTRY.sub("[]", name)
