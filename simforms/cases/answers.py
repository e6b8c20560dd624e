"""Answers by their names, such as `person.name`: as a case, and those of the command line over those of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simforms.errors import Place
from simforms.texts import Section, Text

COMMAND_LINE = Place("--set")


def over(case: Section, given: Iterable[tuple[str, str]], place: Place = COMMAND_LINE) -> Section:
    """Return the case with these answers instead of its own. The only place where they meet: flags beat file, file beats default.

    An empty answer takes back what the file says.

    >>> answers(over(over(Section({}, {}, Place("")), [("line.card", "sim"), ("carrier", "au")]), [("line.card", "esim")]))
    {'line.card': 'esim', 'carrier': 'au'}
    """
    for name, text in given:
        case = _with(case, re.findall(r"[^.\[\]]+", name) or [""], text, place, listed="[" in name)
    return case


def _with(section: Section, steps: list[str], text: str, place: Place, *, listed: bool) -> Section:
    """Return the section with a text put at the end of these steps; where `listed`, the second one is a number in a list."""
    first, *rest = steps
    inner = section.entries.get(first)
    if not rest:
        entry: Text | Section = Text(text, place)
    elif isinstance(inner, Section):
        entry = _with(inner, rest, text, place, listed=False)
    else:
        entry = _with(Section({}, {}, place, listed=listed), rest, text, place, listed=False)
    return Section({**section.entries, first: entry}, {first: place, **section.places}, section.place, listed=section.listed)


def answers(case: Section, prefix: str = "") -> dict[str, str]:
    """Return every text of a case by its name, such as `log[1].date`; those that say nothing are left out.

    >>> answers(over(Section({}, {}, Place("")), [("log[1].what", "applied"), ("person.name", "")]))
    {'log[1].what': 'applied'}
    """
    found: dict[str, str] = {}
    for key, entry in case.entries.items():
        name = f"{prefix}[{key}]" if case.listed else f"{prefix}.{key}" if prefix else key
        if isinstance(entry, Section):
            found |= answers(entry, name)
        elif entry.text.strip():
            found[name] = entry.text
    return found
