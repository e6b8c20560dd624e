"""What other Python programs call: a case becomes a plan or a PDF file, many cases become one outcome each.

A case is the path of a file, or a mapping of the same shape: names to texts, days or mappings, a list for the log.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from simforms import clock
from simforms.batches.job import Job
from simforms.batches.outcome import Crashed, Made, Outcome, Refused
from simforms.batches.run import outcomes, ready
from simforms.batches.tables.reader import Record
from simforms.batches.worker import print_record
from simforms.cases.written_case import WrittenCase, read_case
from simforms.errors import CaseError, Location, Problem
from simforms.messages import say
from simforms.papers.files import OutputFormat, planned_papers
from simforms.planning.plan import Plan
from simforms.planning.plan_case import plan_case
from simforms.planning.remarks import cautions
from simforms.texts import Section, Text

__all__ = ["Case", "Crashed", "Made", "Outcome", "Plan", "Refused", "batch", "plan", "render"]

Value = str | date | Mapping[str, "Value"] | Sequence["Value"]
Case = Mapping[str, Value] | str | os.PathLike[str]
"""A path, or what a file would hold."""


def plan(
    case: Case, *, documents: Sequence[str] = (), language: str = "", today: date | None = None, at: datetime | None = None
) -> Plan:
    """Return which way really ends the line, by when, and which papers help; nothing is printed.

    `documents` are the names of papers (`simforms documents`); without them the case decides. `language` overrides that of the
    case. `at` is the instant to decide for, with its zone; `today` a day in Japan without its hour. Without both it is now.
    Raises CaseError with all its problems, UnknownNameError for a wrong name, ValueError for an instant without a zone.
    """
    now = clock.in_japan(at) if at else clock.Now(today) if today else clock.now()
    return plan_case(_written(case), now, wanted=documents, language=language, needs_papers=False)


def render(
    case: Case, *, documents: Sequence[str] = (), language: str = "", today: date | None = None, duplex: bool = False
) -> bytes:
    """Return the papers of a case as one PDF file: a single one as it is, several behind a cover that says what to do with each.

    With `duplex`, each paper begins on a fresh sheet. Otherwise as `plan`; raises RenderError too, where it cannot be printed.
    """
    written = _written(case)
    found = plan_case(written, today or clock.today(), wanted=documents, language=language)
    if not found.documents:
        reasons = cautions(Path(written.section.location.file), found)
        raise CaseError([replace(problem, severity="error") for problem in reasons], found.language)
    [paper] = planned_papers(found, OutputFormat(packet=len(found.documents) > 1, duplex=duplex))
    return paper.make_body()


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
    """Yield the name of each case with its outcome, in the order in which they are done.

    They are printed in `workers` processes. A case that is wrong, crashes, or takes longer than `deadline` seconds affects only
    itself: its outcome is Refused (with `.problems`) or Crashed (`.reason`); the others are Made (`.papers`, each with `.name`
    and `.body`). Raises BatchError for a failure common to all. A program that calls it needs `if __name__ == "__main__":`, as
    always where processes are started.
    """
    from simforms.batches.pool import local  # noqa: PLC0415 - who prints one case does not pay for it

    job = Job(today or clock.today(), tuple(documents), language, OutputFormat(packet=packet))
    with local(workers, deadline) as submit:
        ready(submit, job)
        for record, outcome in outcomes(submit, _records(cases), print_record, job, at_once=2 * workers):
            yield record.id, outcome


def _records(cases: Mapping[str, Case]) -> Iterator[Record]:
    for number, (name, case) in enumerate(cases.items(), 1):
        try:
            written = _written(case)
        except CaseError as error:
            written = WrittenCase(Section({}, {}, Location(name)), error.problems)
        yield Record(number=number, id=name, case=written.section, problems=written.problems, cells={})


def _written(case: Case) -> WrittenCase:
    """Return a case as a file would hold it. Raises CaseError if it is a path to what cannot be read."""
    if not isinstance(case, Mapping):
        return read_case(Path(case))
    problems: list[Problem] = []
    return WrittenCase(_section(case, "", problems), tuple(problems))


_HERE = Location("case")


def _section(case: Mapping[str, Value], name: str, problems: list[Problem]) -> Section:
    inner = {str(key): _entry(one, f"{name}.{key}".lstrip("."), problems) for key, one in case.items()}
    return Section(inner, dict.fromkeys(inner, _HERE), _HERE)


def _entry(value: Value, name: str, problems: list[Problem]) -> Text | Section:
    """Return a value as `load` would; a value of another type becomes a problem."""
    if isinstance(value, Mapping):
        return _section(value, name, problems)
    if isinstance(value, str):
        return Text(value, _HERE)
    if isinstance(value, date) and not isinstance(value, datetime):
        return Text(value.isoformat(), _HERE)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        listed = {str(number): _entry(one, f"{name}[{number}]", problems) for number, one in enumerate(value, 1)}
        return Section(listed, dict.fromkeys(listed, _HERE), _HERE, listed=True)
    suggestion = say("write it as a text, with every 0 in front")
    problems.append(Problem(_HERE, name, say("it is no text"), suggestion))
    return Text("", _HERE)
