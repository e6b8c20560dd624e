"""Answers by their names, such as `person.name`: as a case, and those of the command line over those of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simforms.errors import Location
from simforms.texts import Section, Text

COMMAND_LINE = Location("--set")


def override(case: Section, given: Iterable[tuple[str, str]], location: Location = COMMAND_LINE) -> Section:
    """Return the case with these answers instead of its own. The only place where they meet: flags beat file, file beats default.

    An empty answer takes back what the file says.

    >>> flatten(override(override(Section({}, {}, Location("")), [("line.card", "sim"), ("carrier", "au")]), [("line.card", "esim")]))
    {'line.card': 'esim', 'carrier': 'au'}
    """
    for name, text in given:
        case = _with_text(case, re.findall(r"[^.\[\]]+", name) or [""], text, location, listed="[" in name)
    return case


def _with_text(section: Section, steps: list[str], text: str, location: Location, *, listed: bool) -> Section:
    """Return the section with a text put at the end of these steps; where `listed`, the second one is a number in a list."""
    first, *rest = steps
    inner = section.entries.get(first)
    if not rest:
        entry: Text | Section = Text(text, location)
    elif isinstance(inner, Section):
        entry = _with_text(inner, rest, text, location, listed=False)
    else:
        entry = _with_text(Section({}, {}, location, listed=listed), rest, text, location, listed=False)
    return Section(
        {**section.entries, first: entry}, {first: location, **section.locations}, section.location, listed=section.listed
    )


def flatten(case: Section, prefix: str = "") -> dict[str, str]:
    """Return every text of a case by its name, such as `log[1].date`; those that say nothing are left out.

    >>> flatten(override(Section({}, {}, Location("")), [("log[1].what", "applied"), ("person.name", "")]))
    {'log[1].what': 'applied'}
    """
    found: dict[str, str] = {}
    for key, entry in case.entries.items():
        name = f"{prefix}[{key}]" if case.listed else f"{prefix}.{key}" if prefix else key
        if isinstance(entry, Section):
            found |= flatten(entry, name)
        elif entry.text.strip():
            found[name] = entry.text
    return found
