"""What is wrong in the records: every check over every fact, and what must hold between records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from simforms.errors import ContentError
from simforms.knowledge import carriers
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.fact_checks import CHECKS


@dataclass(frozen=True)
class Finding:
    """Something wrong in a record: which rule, where, what, and what to write instead."""

    id: str
    severity: Literal["error", "warning"]
    location: str
    pointer: str
    message: str
    suggestion: str

    def __str__(self) -> str:
        where = f"{self.pointer}: " if self.pointer else ""
        cure = f"; {self.suggestion}" if self.suggestion else ""
        return f"{self.location}: {self.severity} {self.id}: {where}{self.message}{cure}"


def all_findings(today: date) -> list[Finding]:
    """Return everything that is wrong in the records of carriers, help desks and services."""
    (companies, of_companies), (desks, of_desks), (services, of_services) = map(carriers.readable, carriers.folders())
    of_form = [one for error in (*of_companies, *of_desks, *of_services) for one in _form(error)]
    return [*of_form, *findings(companies | desks, today), *findings(services, today)]


def _form(error: ContentError) -> Iterator[Finding]:
    """Yield what is wrong in the form of a record that cannot be read."""
    for line in str(error.message).split("\n"):
        location, _, what = line.partition(": ")
        yield Finding("form", "error", location, "", *_split(what))


def _split(what: str) -> tuple[str, str]:
    message, _, suggestion = what.partition("; ")
    return message, suggestion


def findings(directory: dict[str, Carrier], today: date) -> list[Finding]:
    """Return everything that is wrong in the records, in their order."""
    found = [
        Finding(check.id, check.severity, fact.location, pointer, message, suggestion)
        for carrier in directory.values()
        for pointer, fact in carrier.facts()
        for check in CHECKS
        for message, suggestion in check.of(carrier, fact, today)
    ]
    return [*found, *_no_name(directory), *_same_names(directory), *_about(directory), *_looked_up(directory, today)]


def _no_name(directory: dict[str, Carrier]) -> Iterator[Finding]:
    for carrier in directory.values():
        for language, name in carrier.names.items():
            if not name.strip():
                yield Finding(
                    "no-name", "error", carrier.file, f"names.{language}", "it is empty", "write the name, or remove the line"
                )


def _same_names(directory: dict[str, Carrier]) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for carrier in directory.values():
        for name in {*carrier.names.values(), *carrier.aliases, carrier.slug}:
            key = re.sub(r"\s", "", name).casefold()
            if owners.setdefault(key, carrier.slug) != carrier.slug:
                yield Finding(
                    "same-name", "error", carrier.file, "names", f"“{name}” is also {owners[key]}", "keep it in one record"
                )


def _looked_up(directory: dict[str, Carrier], today: date) -> Iterator[Finding]:
    """Yield records whose day is missing, or cannot be: a page of a later day cannot have been read on it."""
    for carrier in directory.values():
        day, pages = carrier.looked_up, [page for _, fact in carrier.facts() for page in fact.pages]
        newest = max((page.day for page in pages if page.day and not page.seen), default=date.min)
        if day is None:
            what = "the day on which the record was checked is missing"
        elif day > today:
            what = f"the day {day} is in the future"
        elif day < newest:
            what = f"a page is of {newest}, after that day"
        else:
            continue
        suggestion = "write the day on which its facts were looked up on their pages"
        yield Finding("looked-up", "error", carrier.file, "looked_up", what, suggestion)


def _about(directory: dict[str, Carrier]) -> Iterator[Finding]:
    for carrier in directory.values():
        if carrier.status in {"closed", "merged", "retailer"} and not carrier.about:
            yield Finding(
                "about", "error", carrier.file, "about", f"a {carrier.status} brand must say what happened", "write about"
            )
