"""What is wrong with the rows of a batch is told by row, what is doubtful by what it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simforms.cli.failures import tell_problems
from simforms.cli.voice import spoken
from simforms.errors import Problem
from simforms.messages import say

if TYPE_CHECKING:
    from simforms.batches.job import Outcome
    from simforms.batches.tables.reader import Record


class Told:
    """Collects what is wrong, by row, and what is doubtful, by what it is."""

    def __init__(self) -> None:
        self.failed: list[tuple[Record, Sequence[Problem]]] = []
        self.doubts: dict[tuple[str, str], tuple[Problem, str, list[int]]] = {}

    def add(self, record: Record, outcome: Outcome) -> None:
        """Take note of what became of a record."""
        if outcome.failed:
            again = say("run the batch again; if it fails again, print the row by itself")
            strange = [Problem(record.case.location, "", outcome.fault, again)] if outcome.fault else []
            self.failed.append((record, [*outcome.problems, *strange]))
            return
        for problem in outcome.problems:
            key = str(problem.what), problem.name
            self.doubts.setdefault(key, (problem, outcome.language, []))[2].append(record.number)

    def tell(self) -> None:
        """Print it, in the language to talk in."""
        language = spoken()
        for record, problems in sorted(self.failed, key=lambda entry: entry[0].number):
            tell_problems([_of(record, problem) for problem in problems if problem.severity == "error"], language)
        for problem, _, rows in self.doubts.values():
            shown = ", ".join(map(str, sorted(rows)[:SHOWN])) + (" …" if len(rows) > SHOWN else "")
            what = say("%(what)s (%(count)s rows: %(rows)s)", what=problem.what, count=len(rows), rows=shown)
            location = dataclasses.replace(problem.location, line=0)
            tell_problems([dataclasses.replace(problem, location=location, what=what)], language)


SHOWN = 5
"""Rows that are named with what is doubtful about them."""


def _of(record: Record, problem: Problem) -> Problem:
    """Return a problem with the record's id before its field, and its column before that."""
    from simforms.batches.tables.record import column_letters  # noqa: PLC0415 - `--help` does not pay for it

    column = column_letters(problem.location.column) if problem.location.column and record.cells else ""
    return dataclasses.replace(problem, name=": ".join(filter(None, (column, record.id, problem.name))))
