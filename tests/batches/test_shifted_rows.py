"""A row whose values are a column too far is one mistake: it is said once, with its cause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from tables import FULL, FULL_ROW, Write, csv, read

from simforms.batches.job import Job
from simforms.batches.outcome import Made, Refused
from simforms.batches.tables.reader import Record
from simforms.batches.worker import check_record

NAMES = (*FULL, "person.email", "person.departure_date", "line.plan")
ROW = (*FULL_ROW, "wang@example.com", "2027-01-31", "")
TODAY = date(2026, 11, 20)


def _said(record: Record) -> list[str]:
    outcome = check_record(Job(TODAY, ("cancellation-request",)), record)
    assert isinstance(outcome, Made | Refused)
    return [
        f"{problem.location.line}:{problem.location.column} {problem.what}"
        for problem in outcome.problems
        if problem.severity == "error"
    ]


def _moved(row: Sequence[str], column: int, step: int) -> list[str]:
    """Return a row of the same width whose values from a column on stand one column further right or left."""
    before, rest = list(row[: column - 1]), list(row[column - 1 :])
    return [*before, "201", *rest[:-1]] if step > 0 else [*before, *rest[1:], ""]


def test_the_row_itself_is_right(write: Write) -> None:
    assert _said(read(write(csv(NAMES, ROW)))[0]) == []


@pytest.mark.parametrize("column", [6, 8, 9])
def test_a_separator_in_a_value_is_said_once_also_where_the_row_is_as_wide_as_the_others(write: Write, column: int) -> None:
    [record] = read(write(csv(NAMES, _moved(ROW, column, 1))))

    [said] = _said(record)

    assert "one column too far to the right" in said


@pytest.mark.parametrize("column", [5, 6, 8])
def test_a_cell_that_was_deleted_is_said_once_in_a_workbook_too(sheet: Callable[..., Path], column: int) -> None:
    [record] = read(sheet(NAMES, _moved(ROW, column, -1)))

    [said] = _said(record)

    assert "one column too far to the left" in said


def test_two_mistakes_of_their_own_are_two(write: Write) -> None:
    row = [*ROW[:5], "1999-13-01", *ROW[6:7], "12", *ROW[8:]]

    assert len(_said(read(write(csv(NAMES, row)))[0])) == 2
