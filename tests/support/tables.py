"""Rows of a table that is right, and how tests read one and what is said about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from simforms.batches.tables.parse import DELIMITED, LINES, SHEET, parsed
from simforms.batches.tables.reader import LARGEST_FILE, Reading, Record, Table, records, table
from simforms.errors import CaseError, Problem
from simforms.knowledge.content import content
from simforms.planning.plan import plan

HEADINGS = ("id", "carrier", "language", "person.name", "person.name_kana", "person.birth_date", "person.address", "person.phone")


ROW = ("a-1", "softbank", "zh-Hans", "WANG XIAOMING", "ワン シャオミン", "1999-04-01", "東京都新宿区1-2-3", "080-1234-5678")


LINE = {"line.number": "090-1234-5678", "line.card": "esim", "cancellation.channel": "post"}


FULL, FULL_ROW = (*HEADINGS, *LINE), (*ROW, *LINE.values())


Write = Callable[..., Path]


def csv(*rows: Sequence[str], separator: str = ",") -> str:
    return "".join(separator.join(row) + "\r\n" for row in rows)


def table_of(path: Path, encoding: str = "", *, sheet: str = "", hidden: bool = False) -> Table:
    """Return a table as `records` does, but read in this process: to start one for each test would take minutes."""
    kind, reading = path.suffix.lower(), Reading(encoding, sheet, hidden)
    if not path.is_file() or kind not in LINES | DELIMITED | SHEET or path.stat().st_size > LARGEST_FILE:
        return records(content(), path, reading)
    return table(content(), str(path), kind, parsed(content(), kind, path.read_bytes(), reading))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a table and return its path."""

    def put(body: str | bytes, name: str = "desk.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(body.encode(encoding) if isinstance(body, str) else body)
        return path

    return put


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook of one sheet, changed by a function, and return its path."""

    def put(*rows: Sequence[object], change: Callable[[Workbook], object] = lambda _: None) -> Path:
        book = Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        change(book)
        book.save(tmp_path / "desk.xlsx")
        return tmp_path / "desk.xlsx"

    return put


def read(path: Path, encoding: str = "") -> list[Record]:
    return list(table_of(path, encoding))


def texts(record: Record) -> dict[str, str]:
    return {name: text.text for name, text in record.case.leaves()}


def refusal(path: Path, encoding: str = "") -> str:
    """Return why a table cannot be read at all, without the folder."""
    with pytest.raises(CaseError) as caught:
        table_of(path, encoding)
    return str(caught.value).replace(f"{path.parent}/", "")


def told_of(record: Record) -> list[str]:
    return [f"{problem.location.line}:{problem.location.column} {problem.name}: {problem.what}" for problem in record.problems]


def wrong_with(record: Record) -> list[Problem]:
    """Return what is wrong with a record when its paper is planned."""
    try:
        plan(content(), record.case, date(2026, 11, 20), wanted=["cancellation-request"], noticed=record.problems)
    except CaseError as error:
        return [problem for problem in error.problems if problem.severity == "error"]
    return []
