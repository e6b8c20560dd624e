"""The same in Python: a case becomes a plan or a PDF file, many cases become one outcome each.

A case is the path of a file, or a mapping of the same shape: names to texts, days or mappings, a list for the log.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from simforms import clock
from simforms.batches.job import Job, Outcome
from simforms.batches.run import outcomes, ready
from simforms.batches.tables.reader import Record
from simforms.batches.worker import printed
from simforms.errors import CaseError, Location, Problem
from simforms.knowledge.content import content
from simforms.load import load
from simforms.messages import say
from simforms.papers.files import OutputFormat, planned_papers
from simforms.planning.plan import Plan
from simforms.planning.plan import plan as decided
from simforms.planning.remarks import told_with_papers
from simforms.texts import Section, Text

__all__ = ["Case", "Outcome", "Plan", "batch", "plan", "render"]

Value = str | date | Mapping[str, "Value"] | Sequence["Value"]
Case = Mapping[str, Value] | str | os.PathLike[str]
"""A path, or what a file would hold."""


def plan(
    case: Case, *, documents: Sequence[str] = (), language: str = "", today: date | None = None, at: datetime | None = None
) -> Plan:
    """Return which way really ends the line, by when, and which papers help; nothing is printed.

    `documents` are the names of papers (`simforms documents`), else the case decides; `language` goes before the case's own;
    `at` is the instant to decide for, with its zone; `today` a day in Japan whose hour is not known. Without both it is now.
    Raises CaseError with all its problems, UnknownNameError for a wrong name, ValueError for an instant without a zone.
    """
    section, noticed = _section(case)
    now = clock.in_japan(at) if at else clock.Now(today) if today else clock.now()
    return decided(content(), section, now, wanted=documents, language=language, noticed=noticed, needs_papers=False)


def render(
    case: Case, *, documents: Sequence[str] = (), language: str = "", today: date | None = None, duplex: bool = False
) -> bytes:
    """Return the papers of a case as one PDF file: a single one as it is, several behind a cover that says what to do with each.

    With `duplex`, each paper begins on a fresh sheet. Otherwise as `plan`; raises RenderError too, where it cannot be printed.
    """
    section, noticed = _section(case)
    found = decided(content(), section, today or clock.today(), wanted=documents, language=language, noticed=noticed)
    if not found.documents:
        told = told_with_papers(Path(section.location.file), found)
        raise CaseError([replace(problem, severity="error") for problem in told], found.language)
    [paper] = planned_papers(found, OutputFormat(packet=len(found.documents) > 1, duplex=duplex))
    return paper.body()


def batch(  # noqa: PLR0913 - each is decided by the caller
    cases: Mapping[str, Case],
    *,
    documents: Sequence[str] = (),
    language: str = "",
    today: date | None = None,
    packet: bool = False,
    workers: int = os.cpu_count() or 1,
    deadline: float = 60,
) -> Iterator[tuple[str, Outcome]]:
    """Yield the name of each case with what became of it, in the order in which they are done.

    They are printed in `workers` processes: a case that is wrong, crashes, or takes longer than `deadline` seconds costs only
    itself (`outcome.failed`, `.problems`, `.fault`); the others have `.papers`, each with `.name` and `.body`. Raises BatchError
    for what ails all. A program that calls it needs `if __name__ == "__main__":`, as always where processes are started.
    """
    from simforms.batches.pool import local  # noqa: PLC0415 - who prints one case does not pay for it

    job = Job(today or clock.today(), tuple(documents), language, OutputFormat(packet=packet))
    with local(workers, deadline) as submit:
        ready(submit, job)
        for record, outcome in outcomes(submit, _records(cases), printed, job, at_once=2 * workers):
            yield record.id, outcome


def _records(cases: Mapping[str, Case]) -> Iterator[Record]:
    for number, (name, case) in enumerate(cases.items(), 1):
        try:
            section, problems = _section(case)
        except CaseError as error:
            section, problems = Section({}, {}, Location(name)), list(error.problems)
        yield Record(number=number, id=name, case=section, problems=tuple(problems), cells={})


def _section(case: Case) -> tuple[Section, list[Problem]]:
    if not isinstance(case, Mapping):
        return load(Path(case))
    problems: list[Problem] = []
    entry = _entry(case, "", problems)
    assert isinstance(entry, Section)  # noqa: S101 - a mapping becomes nothing else
    return entry, problems


_PLACE = Location("case")


def _entry(value: object, name: str, problems: list[Problem]) -> Text | Section:
    """Return a value as `load` would; what is no text, day, mapping or list becomes a problem."""
    if isinstance(value, Mapping):
        inner = {str(key): _entry(one, f"{name}.{key}".lstrip("."), problems) for key, one in value.items()}
        return Section(inner, dict.fromkeys(inner, _PLACE), _PLACE)
    if isinstance(value, str):
        return Text(value, _PLACE)
    if isinstance(value, date) and not isinstance(value, datetime):
        return Text(value.isoformat(), _PLACE)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        listed = {str(number): _entry(one, f"{name}[{number}]", problems) for number, one in enumerate(value, 1)}
        return Section(listed, dict.fromkeys(listed, _PLACE), _PLACE, listed=True)
    suggestion = say("write it as a text, with every 0 in front")
    problems.append(Problem(_PLACE, name, say("it is no text"), suggestion))
    return Text("", _PLACE)
