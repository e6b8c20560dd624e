"""What the rows of a table become: records, each a case of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Literal

from simforms.errors import CaseError, Location, Problem
from simforms.messages import Message, say
from simforms.texts import Section

Plain = str | int | float | date | time | timedelta
"""A value. An empty text means nothing; other types come from a spreadsheet or from JSON."""


@dataclass(frozen=True)
class Marked:
    """A value that is not printed, because of what its file says about it."""

    why: Literal["formula", "struck", "invisible"]
    value: Plain

    def __str__(self) -> str:
        return str(self.value)


Cell = Plain | Marked
"""What a cell contains."""


@dataclass(frozen=True)
class Reading:
    """How a person wants a table to be read."""

    encoding: str = ""
    """Of a text; empty if it is to be found out."""
    sheet: str = ""
    """Of a workbook; empty for the first one that is visible."""
    hidden: bool = False
    """Whether hidden rows and columns, and values that are struck through, are read like all others."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """The field of each heading, folded, as a map says; an empty text for a column to ignore."""
    propose: bool = False
    """Whether only the headings are wanted, each with the fields that it may mean."""


LARGEST_FILE = 64_000_000
"""Bytes of a table."""
LARGEST_ANSWER = 96_000_000
"""Bytes of its rows as they are handed back by the process that reads it."""
MOST_ROWS = 50_000
MOST_COLUMNS = 26 + 26 * 26
"""From A to ZZ."""


AS_IT_IS = Reading()


@dataclass(frozen=True)
class Row:
    """A row as it is in a file, before it is known what its columns mean."""

    number: int
    """As a person counts it: the row of a sheet, the line of a text."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Found:
    """What was found in a file."""

    rows: list[Row]
    notes: list[Problem]
    merged: tuple[str, ...] = ()
    """Ranges of merged cells; no row below the headings can be read if there are any."""


@dataclass(frozen=True)
class Record:
    """A row as a case."""

    number: int
    id: str
    """Names its papers: the text of the column `id`, else "row-7"; in a folder, the file's name without its ending."""
    case: Section
    problems: tuple[Problem, ...]
    """What is wrong with the form of this row."""
    cells: Mapping[str, str]
    """Every filled cell as typed, by its heading, to write it back; nothing for a file of a folder."""
    refused: Mapping[str, Cell] = field(default_factory=dict)
    """The cells that could not be taken because they hold no text, as they were."""
    columns: tuple[str, ...] = ()
    """The field of each column; of a sheet or a text only."""


@dataclass(frozen=True)
class Table:
    """A table that can be read: its headings, what to know about it, and its records, as often as one asks."""

    headings: tuple[str, ...]
    """As written; none for a folder of cases."""
    fields: Mapping[str, str]
    """The field that each heading means; a comment means none."""
    notes: tuple[Problem, ...]
    count: int
    """How many records it has."""
    read: Callable[[], Iterator[Record]]

    def __iter__(self) -> Iterator[Record]:
        """Yield the records, each made when it is asked for: ten thousand at once would take ten times the memory."""
        return self.read()

    def __len__(self) -> int:
        return self.count


SPLIT = say("split it into smaller files")
SAVE_AS = say("save it as `.xlsx`, `.csv` or `.jsonl`, or give a folder of cases")
DAMAGED = say("the file is damaged, or its content does not match its file name extension"), SAVE_AS


def column_letters(column: int) -> str:
    """Return the letters over a column, counted from 1.

    >>> column_letters(3), column_letters(28)
    ('C', 'AB')
    """
    rest, last = divmod(column - 1, 26)
    return (column_letters(rest) if rest else "") + chr(ord("A") + last)


def unreadable(file: str, what: Message, suggestion: Message, line: int = 0, column: int = 0) -> CaseError:
    """Return the error for a table that cannot be read as a whole."""
    return CaseError([Problem(Location(file, line, column), "", what, suggestion)])


def too_many_rows(file: str) -> CaseError:
    """Return the error for a table with more rows than `MOST_ROWS`."""
    return unreadable(file, say("it has more than %(rows)s rows", rows=MOST_ROWS), SPLIT)


def cell_of(row: Row, index: int) -> Cell:
    """Return a cell of a row; an empty one where it has none."""
    return row.cells[index] if 0 <= index < len(row.cells) else ""


def nameless(file: str, row: int, index: int) -> Problem:
    """Return the problem of a filled cell without a heading."""
    what = say("there is no heading above %(cell)s", cell=f"{column_letters(index + 1)}{row}")
    return Problem(Location(file, row, index + 1), "", what, say("write a heading, or clear the cell"))
