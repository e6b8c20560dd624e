"""Answers by field name, such as `person.name`: turned into a case, and answers that override those of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from simforms.errors import Location
from simforms.texts import DEEPEST, Section, Text

COMMAND_LINE = Location("--set")


def override(case: Section, given: Iterable[tuple[str, str]], location: Location = COMMAND_LINE) -> Section:
    """Return the case with these answers, which override its own. This is the only place where that is decided.

    The command line overrides the file, and the file overrides defaults. An empty answer deletes the answer of the file.

    >>> case = override(Section({}, {}, Location("")), [("line.card", "sim"), ("carrier", "au")])
    >>> flatten(override(case, [("line.card", "esim")]))
    {'line.card': 'esim', 'carrier': 'au'}
    """
    for name, text in given:
        steps = re.findall(r"[^.\[\]]+", name) or [""]
        if len(steps) > 1 and name in case.entries:  # written as one name, such as `person.name: …`
            case = replace(case, entries={other: entry for other, entry in case.entries.items() if other != name})
        if len(steps) > DEEPEST:  # no field is called so: it is reported under its whole name
            steps = [name]
        case = _with_text(case, steps, text, location, listed="[" in name and len(steps) > 1)
    return case


def _with_text(section: Section, steps: list[str], text: str, location: Location, *, listed: bool) -> Section:
    """Return the section with a text at the path `steps`. With `listed`, the second step is the number of a list entry."""
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
    """Return the texts of a case by field name, such as `log[1].date`, without the empty ones.

    >>> flatten(override(Section({}, {}, Location("")), [("log[1].what", "applied"), ("person.name", "")]))
    {'log[1].what': 'applied'}
    """
    texts: dict[str, str] = {}
    for key, entry in case.entries.items():
        name = f"{prefix}[{key}]" if case.listed else f"{prefix}.{key}" if prefix else key
        if isinstance(entry, Section):
            texts |= flatten(entry, name)
        elif entry.text.strip():
            texts[name] = entry.text
    return texts
