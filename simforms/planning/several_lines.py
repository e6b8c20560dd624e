"""A case with a list of lines becomes a case for each: its own matters and reference, the person the same in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from simforms.cases.check import LINE, SEVERAL_LINES, check
from simforms.cases.written_case import WrittenCase
from simforms.errors import Problem
from simforms.knowledge.vocabulary import Vocabulary, vocabulary
from simforms.messages import say
from simforms.planning.plan import case_reference
from simforms.texts import Section, Text

MOST_LINES = 20
_REFERENCE = "reference"
_SAID_ONCE = {"person", "language", "date", _REFERENCE, LINE}
"""What is the same for all lines, and cannot be written with one of them."""
_WRITE = say("write the fields on the next lines, indented by two more spaces")
Entries = Mapping[str, Text | Section]


def each_line(content: Path, case: WrittenCase) -> list[WrittenCase]:
    """Return a case for each line of a list, or the case itself if it has no list.

    What is written with a line overrides what the case says for all. The references are that of the case with -1, -2 …
    """
    lines = case.section.entries.get(LINE)
    if not isinstance(lines, Section) or not lines.listed:
        return [case]
    words = vocabulary(content)
    shared = {name: one for name, one in lines.entries.items() if not name.isdigit()}  # such as `--set line.card=esim`
    wrong = [*case.problems, *_wrong(lines)]
    found = [one for name, one in lines.entries.items() if name.isdigit() and isinstance(one, Section) and not one.listed]
    cases = [WrittenCase(_with_line(words, case.section, one, shared), tuple(wrong)) for one in found[:MOST_LINES]]
    if not cases:
        return [WrittenCase(_without_list(case.section), tuple(wrong))]
    base = case_reference(check(cases[0].section, words)[0])
    return [replace(_with_reference(one, f"{base}-{number}"), lines_of=base) for number, one in enumerate(cases, 1)]


def references(content: Path, case: WrittenCase) -> list[tuple[str, str]]:
    """Return the references that papers of a case may have, each with that of the case whose lines they are, or nothing.

    With several lines these are also those that it had with more or fewer.
    """
    words = vocabulary(content)
    [first, *_] = each_line(content, case)
    reference = case_reference(check(first.section, words)[0])
    lines = case.section.entries.get(LINE)
    if not isinstance(lines, Section) or not lines.listed or not reference:
        return [(reference, "")]
    base = reference.removesuffix("-1")
    return [(base, ""), *((f"{base}-{number}", base) for number in range(1, MOST_LINES + 1))]


def _wrong(lines: Section) -> Iterator[Problem]:
    for number, one in lines.entries.items():
        if number.isdigit() and (not isinstance(one, Section) or one.listed):
            yield Problem(lines.locations[number], f"{LINE}[{number}]", say("this must contain fields, not a value"), _WRITE)
    count = sum(name.isdigit() for name in lines.entries)
    if count > MOST_LINES:
        what = say("it has %(count)s entries, but the limit is %(most)s", count=count, most=MOST_LINES)
        yield Problem(lines.location, LINE, what, SEVERAL_LINES[1])
    if not count:
        yield Problem(lines.location, LINE, say("this field has no value"), _WRITE)


def _without_list(case: Section) -> Section:
    return replace(case, entries={name: one for name, one in case.entries.items() if name != LINE})


def _with_line(words: Vocabulary, case: Section, line: Section, shared: Entries) -> Section:
    """Return the case with one line; what is written with it and belongs to the case goes there."""
    own, others = dict(line.entries), {}
    for name in line.entries:
        top = name.partition(".")[0]
        known = name in words or top in {one.split(".")[0].removesuffix("[]") for one in words.sections}
        if known and f"{LINE}.{name}" not in words and top not in _SAID_ONCE:
            others[name] = own.pop(name)
    merged = _merged(_without_list(case), Section(others, line.locations, line.location))
    inner = Section({**own, **shared}, {**line.locations, **dict.fromkeys(shared, line.location)}, line.location)
    entries = {**merged.entries, LINE: inner}
    return replace(merged, entries=entries, locations={**merged.locations, LINE: line.location})


def _merged(below: Section, above: Section) -> Section:
    """Return two sections as one; where both say something, the upper one does, except for the fields of a section."""
    entries = dict(below.entries)
    for name, one in above.entries.items():
        old = entries.get(name)
        both = isinstance(one, Section) and isinstance(old, Section) and not one.listed and not old.listed
        entries[name] = _merged(old, one) if both and isinstance(old, Section) and isinstance(one, Section) else one
    return replace(below, entries=entries, locations={**below.locations, **above.locations})


def _with_reference(case: WrittenCase, reference: str) -> WrittenCase:
    location = case.section.locations.get(_REFERENCE, case.section.location)
    return case.overridden([(_REFERENCE, reference)], location)
