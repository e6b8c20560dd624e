"""The problems of a batch: errors are printed row by row, warnings once each, with the rows they are about."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simforms.cli.failures import for_the_person, print_problems
from simforms.cli.ui_language import ui_language
from simforms.errors import Problem
from simforms.messages import say

if TYPE_CHECKING:
    from simforms.batches.outcome import Outcome
    from simforms.batches.tables.reader import Record


def errors_of(record: Record, outcome: Outcome) -> Sequence[Problem]:
    """Return the problems of a record that failed."""
    from simforms.batches.outcome import Crashed  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.batches.worker import AGAIN  # noqa: PLC0415 - the same

    if isinstance(outcome, Crashed):
        return [Problem(record.case.location, "", outcome.reason, AGAIN)]
    return outcome.problems


class ProblemReport:
    """Collects errors by row, and warnings by what they say."""

    def __init__(self) -> None:
        self.failed: list[tuple[Record, Sequence[Problem]]] = []
        self.warnings: dict[tuple[str, str], tuple[Problem, list[int]]] = {}
        self.told: set[int] = set()
        """Rows whose id was reported before anything was printed."""

    def tell_id(self, record: Record) -> None:
        """Print what is wrong with the id of a record, and do not repeat it."""
        self.told.add(record.number)
        print_problems([_with_row(record, problem) for problem in record.problems if problem.name == ID], ui_language())

    def add(self, record: Record, outcome: Outcome) -> None:
        """Add the problems of a record's outcome."""
        if outcome.failed:
            self.failed.append((record, errors_of(record, outcome)))
            return
        for problem in outcome.problems:
            key = str(problem.what), problem.name
            self.warnings.setdefault(key, (for_the_person(problem), []))[1].append(record.number)

    def print(self) -> None:
        """Print everything, in the UI language."""
        language = ui_language()
        for record, problems in sorted(self.failed, key=lambda entry: entry[0].number):
            new = [one for one in problems if one.severity == "error" and not (one.name == ID and record.number in self.told)]
            print_problems([_with_row(record, problem) for problem in new], language)
        for problem, rows in self.warnings.values():
            shown = ", ".join(map(str, sorted(rows)[:ROWS_SHOWN])) + (" …" if len(rows) > ROWS_SHOWN else "")
            what = say("%(what)s (%(count)s rows: %(rows)s)", what=problem.what, count=len(rows), rows=shown)
            location = dataclasses.replace(problem.location, line=0)
            print_problems([dataclasses.replace(problem, location=location, what=what)], language)


ID = "id"
ROWS_SHOWN = 5
"""Rows that are listed with a warning."""


def _with_row(record: Record, problem: Problem) -> Problem:
    """Return a problem with the column and the id of its record before the name of the field."""
    from simforms.batches.tables.record import column_letters  # noqa: PLC0415 - `--help` does not pay for it

    column = column_letters(problem.location.column) if problem.location.column and record.cells else ""
    return dataclasses.replace(for_the_person(problem), name=": ".join(filter(None, (column, record.id, problem.name))))
