"""What the rows of a table become: records, each a case of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from simforms.errors import CaseError, Location, Problem
from simforms.messages import Message, say
from simforms.texts import Section

Cell = str | int | float | date | time | timedelta
"""What a cell holds. An empty text stands for nothing; all but a text comes from a spreadsheet or from JSON."""

MOST_ROWS = 50_000
MOST_COLUMNS = 26 + 26 * 26
"""From A to ZZ."""


@dataclass(frozen=True)
class Row:
    """A row as it stands in a file, before it is known what its columns mean."""

    number: int
    """As a person counts it: the row of a sheet, the line of a text."""
    cells: tuple[Cell, ...]


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
SAVE_AS = say("save it as `.xlsx`, `.csv` or `.jsonl`, or name a folder of cases")


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
