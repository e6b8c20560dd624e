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
from simforms.load import MOST_VALUES, ONE_EACH, TOO_DEEP, TOO_MANY
from simforms.messages import Message, say
from simforms.papers.files import OutputFormat, planned_papers
from simforms.planning.plan import Plan
from simforms.planning.plan_case import plan_case
from simforms.planning.remarks import cautions
from simforms.texts import DEEPEST, Section, Text

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
    Raises CaseError with all its problems, UnknownNameError for a wrong name, ValueError for an instant without a zone and
    for a year before 1000 or after 9000.
    """
    now = clock.in_japan(at) if at else clock.Now(today) if today else clock.now()
    return plan_case(_written(case), now, wanted=documents, language=language, needs_papers=False)


def render(
    case: Case, *, documents: Sequence[str] = (), language: str = "", today: date | None = None, duplex: bool = False
) -> bytes:
    """Return the papers of a case as one PDF file: a single one as it is, several after a cover that says what to do with each.

    With `duplex`, each paper begins on a fresh sheet. Otherwise as `plan`; raises RenderError too, where it cannot be printed.
    """
    written = _written(case)
    found = plan_case(written, clock.Now(today or clock.today()), wanted=documents, language=language)
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

    job = Job(clock.Now(today or clock.today()).day, tuple(documents), language, OutputFormat(packet=packet))
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
    reader = _Reader()
    return WrittenCase(reader.section(case, ""), tuple(reader.problems))


_HERE = Location("case")


class _Reader:
    """Turns what a program gives into sections and texts as `load` would, within the same bounds."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.count = 0

    def section(self, case: Mapping[str, Value], name: str, depth: int = 1) -> Section:
        inner: dict[str, Text | Section] = {}
        for key, one in case.items():
            full = f"{name}.{key}".lstrip(".")
            inner[str(key)] = self.entry(one, full, depth)
        return Section(inner, dict.fromkeys(inner, _HERE), _HERE)

    def entry(self, value: Value, name: str, depth: int) -> Text | Section:
        """Return a value; one of another type becomes a problem."""
        self.count += 1
        if self.count > MOST_VALUES:
            raise CaseError([*self.problems, Problem(_HERE, "", TOO_MANY, ONE_EACH)])
        if isinstance(value, str):
            return Text(value, _HERE)
        if isinstance(value, date) and not isinstance(value, datetime):
            return Text(value.isoformat(), _HERE)
        if isinstance(value, Mapping | Sequence) and not isinstance(value, bytes):
            if depth >= DEEPEST:
                self.complain(name, TOO_DEEP, say("write one value"))
            elif isinstance(value, Mapping):
                return self.section(value, name, depth + 1)
            else:
                listed = {str(number): self.entry(one, f"{name}[{number}]", depth + 1) for number, one in enumerate(value, 1)}
                return Section(listed, dict.fromkeys(listed, _HERE), _HERE, listed=True)
        else:
            self.complain(name, say("it is not text"), say("write it as text, including every leading 0"))
        return Text("", _HERE)

    def complain(self, name: str, what: Message, suggestion: Message) -> None:
        self.problems.append(Problem(_HERE, name, what, suggestion))
