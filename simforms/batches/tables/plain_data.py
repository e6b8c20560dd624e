"""What the process that reads a table hands back: lines of JSON, which hold nothing but texts, numbers and days."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from simforms.batches.plain_problems import message_data, problem_data, read_message, read_problem
from simforms.batches.tables.record import Cell, Marked, Row
from simforms.errors import CaseError, Problem, UnknownNameError
from simforms.messages import Message

Wrong = tuple[str, Message, Message]
"""What is wrong with a line of JSON: the name of the field, what, and what to write."""


@dataclass(frozen=True)
class Head:
    """What a table says before its rows."""

    columns: tuple[str, ...]
    """The headings as written: of a text or a sheet all up to the last, of lines of JSON the names in them."""
    fields: tuple[str, ...]
    """The field of each column; empty for a comment."""
    notes: tuple[Problem, ...]
    count: int
    """How many rows there are to print."""


@dataclass(frozen=True)
class Line:
    """A line of JSON."""

    number: int
    cells: Mapping[str, Cell]
    wrong: Sequence[Wrong] = field(default_factory=tuple)


def packed_head(head: Head) -> bytes:
    """Return the first line of an answer."""
    notes = [problem_data(note) for note in head.notes]
    return _packed({"columns": head.columns, "fields": head.fields, "notes": notes, "count": head.count})


def packed_refusal(error: CaseError | UnknownNameError) -> bytes:
    """Return the only line of an answer: why the table cannot be read."""
    if isinstance(error, CaseError):
        return _packed({"problems": [problem_data(problem) for problem in error.problems]})
    return _packed({"unknown": message_data(error.message)})


def packed_row(row: Row) -> bytes:
    """Return a row of a text or a sheet as a line; empty cells at its end are only counted."""
    filled = len(row.cells)
    while filled and row.cells[filled - 1] == "":
        filled -= 1
    return _packed([row.number, len(row.cells), [_cell(cell) for cell in row.cells[:filled]]])


def packed_line(line: Line) -> bytes:
    """Return a line of JSON as a line."""
    wrong = [[name, message_data(what), message_data(suggestion)] for name, what, suggestion in line.wrong]
    return _packed([line.number, {name: _cell(cell) for name, cell in line.cells.items()}, wrong])


def head(file: str, line: bytes) -> Head:
    """Return what the first line says. Raises CaseError or UnknownNameError for a refusal, ValueError for anything else."""
    answer = _read(line)
    try:
        if "problems" in answer:
            raise CaseError([read_problem(problem, file) for problem in answer["problems"]])
        if "unknown" in answer:
            raise UnknownNameError(read_message(answer["unknown"]))
        columns, fields = (tuple(map(str, answer[name])) for name in ("columns", "fields"))
        notes = tuple(read_problem(note, file) for note in answer["notes"])
        return Head(columns, fields, notes, int(answer["count"]))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(type(error).__name__) from None


def row(line: bytes) -> Row:
    """Return a row of a text or a sheet. Raises ValueError."""
    try:
        number, width, cells = _read(line)
        return Row(int(number), (*map(_read_cell, cells), *[""] * (min(int(width), _WIDEST) - len(cells))))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(type(error).__name__) from None


_WIDEST = 1000
"""Columns; a table has fewer."""


def json_line(line: bytes) -> Line:
    """Return a line of JSON. Raises ValueError."""
    try:
        number, cells, wrong = _read(line)
        reasons = [(str(name), read_message(what), read_message(suggestion)) for name, what, suggestion in wrong]
        return Line(int(number), {str(name): _read_cell(cell) for name, cell in cells.items()}, reasons)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(type(error).__name__) from None


def _packed(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _read(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8", "surrogatepass"))
    except RecursionError:
        raise ValueError("too deep") from None


_DAYS: Mapping[str, Any] = {"datetime": datetime, "date": date, "time": time}


def _cell(cell: Cell) -> Any:
    if isinstance(cell, Marked):
        return {cell.why: _cell(cell.value)}
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    return {type(cell).__name__: cell.isoformat()} if isinstance(cell, date | time) else cell


def _read_cell(cell: Any) -> Cell:
    if isinstance(cell, dict):
        [(kind, text)] = cell.items()
        if kind in {"formula", "struck", "invisible"}:
            return _marked(kind, _read_cell(text))
        day: Cell = timedelta(seconds=float(text)) if kind == "seconds" else _DAYS[kind].fromisoformat(text)
        return day
    if isinstance(cell, str | int | float) and not isinstance(cell, bool):
        return cell
    raise TypeError(type(cell).__name__)


def _marked(why: Any, cell: Cell) -> Marked:
    if isinstance(cell, Marked):
        raise TypeError(why)
    return Marked(why, cell)


def within(lines: Iterable[bytes], most: int) -> list[bytes]:
    """Return lines that have at most so many bytes together. Raises OverflowError."""
    kept, size = [], 0
    for line in lines:
        size += len(line) + 1
        if size > most:
            raise OverflowError
        kept.append(line)
    return kept
