"""Answers by field name, such as `person.name`: turned into a case, and answers that override those of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from simforms.errors import Location
from simforms.texts import DEEPEST, Section, Text, is_entry, steps

COMMAND_LINE = Location("--set")


def override(case: Section, given: Iterable[tuple[str, str]], location: Location = COMMAND_LINE) -> Section:
    """Return the case with these answers, which override its own. This is the only place where that is decided.

    The command line overrides the file, and the file overrides defaults. An empty answer deletes the answer of the file.

    >>> case = override(Section({}, {}, Location("")), [("line.card", "sim"), ("carrier", "au")])
    >>> flatten(override(case, [("line.card", "esim")]))
    {'line.card': 'esim', 'carrier': 'au'}
    """
    for name, text in given:
        way = steps(name)
        if len(way) > 1 and name in case.entries:  # written as one name, such as `person.name: …`
            case = replace(case, entries={other: entry for other, entry in case.entries.items() if other != name})
        if len(way) > DEEPEST:  # no field is called so: it is reported under its whole name
            way = (name,)
        case = _with_text(case, way, Text(text, location))
    return case


def _with_text(section: Section, way: Sequence[str], text: Text) -> Section:
    """Return the section with a text at the end of these steps; what is on the way there and holds no fields is replaced."""
    first, *rest = way
    name = first.strip("[]") if is_entry(first) else first
    inner = section.entries.get(name)
    entry: Text | Section = text
    if rest:
        known = inner if isinstance(inner, Section) else Section({}, {}, text.location, listed=is_entry(rest[0]))
        entry = _with_text(known, rest, text)
    entries, locations = {**section.entries, name: entry}, {name: text.location, **section.locations}
    return replace(section, entries=entries, locations=locations)


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
