"""The bytes of a table become its head and its rows: this runs in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from simforms.batches.tables import csv_rows as delimited
from simforms.batches.tables import headings
from simforms.batches.tables import jsonl_rows as json_lines
from simforms.batches.tables import xlsx_rows as spreadsheets
from simforms.batches.tables.plain_data import Head, packed_head, packed_line, packed_refusal, packed_row, within
from simforms.batches.tables.proposal import propose
from simforms.batches.tables.record import (
    LARGEST_ANSWER,
    MOST_COLUMNS,
    MOST_ROWS,
    SPLIT,
    Reading,
    Row,
    cell_of,
    nameless,
    too_many_rows,
    unreadable,
)
from simforms.errors import CaseError, Location, Problem, UnknownNameError
from simforms.knowledge.foreign_headings import candidates, folded
from simforms.language.catalogs import translations
from simforms.messages import say

LINES = {".jsonl", ".ndjson"}
DELIMITED = {".csv", ".tsv"}
SHEET = {".xlsx"}
_A_ROW_EACH = say("write the headings in the first row, and below them a row for each case")
_RIGHT = say("no correction is needed")
_FILE = ""
"""The process does not get the name of the file."""


def parsed(content: Path, kind: str, body: bytes, reading: Reading) -> list[bytes]:
    """Return the lines of an answer: the head and each row, or why the table cannot be read. `kind` is the end of its name."""
    try:
        if not body.strip():
            raise unreadable(_FILE, say("the file is empty"), _A_ROW_EACH)
        if kind in LINES:
            return within(
                _of_lines(delimited.in_utf8(_FILE, body, reading.encoding, partial(_characters, content))), LARGEST_ANSWER
            )
        return within(_of_rows(content, kind, body, reading), LARGEST_ANSWER)
    except (CaseError, UnknownNameError) as error:
        return [packed_refusal(error)]
    except OverflowError:
        return [packed_refusal(unreadable(_FILE, say("when unpacked, it is too large to be a table"), SPLIT))]
    except MemoryError:
        return [packed_refusal(unreadable(_FILE, say("it used more memory than is allowed"), SPLIT))]


def _of_rows(content: Path, kind: str, body: bytes, reading: Reading) -> Iterator[bytes]:
    """Yield the answer for a table whose first row holds the headings."""

    def known(heading: str) -> bool:
        if headings.mapped_to(heading, reading.columns) is not None:
            return True
        return bool(headings.meant(content, heading) or (reading.propose and candidates(heading)))

    table = (
        spreadsheets.rows(_FILE, body, reading)
        if kind in SHEET
        else delimited.rows(_FILE, body, reading.encoding, known, partial(_characters, content))
    )
    rows, notes = table.rows, table.notes
    typed = tuple(str(cell) for cell in rows[0].cells) if rows else ()
    while typed and not typed[-1].strip():
        typed = typed[:-1]
    _begin_with_headings(known, rows)
    if table.merged:
        raise unreadable(
            _FILE,
            say("merged cells: %(ranges)s", ranges=", ".join(table.merged)),
            say("unmerge these cells, and fill in each one"),
        )
    if reading.propose:
        proposed = propose(content, typed, rows[1:])
        yield packed_head(Head(typed, tuple(" ".join(names) for names in proposed), tuple(notes), 0))
        return
    try:
        fields = headings.fields(content, typed, _FILE, rows[0].number, reading.columns) if rows else ()
        _all_named(typed, rows[1:])
    except CaseError as error:
        raise CaseError([*error.problems, *notes]) from None  # they may say why, such as another sheet or a hidden row
    ids = fields.index(headings.ID) if headings.ID in fields else -1
    repeated = {row.number for row in rows[1:] if _texts(row) == _texts(rows[0])}
    if repeated:
        what = say("rows that repeat the headings were left out: %(rows)s", rows=", ".join(map(str, sorted(repeated)[:_LISTED])))
        notes.append(Problem(Location(_FILE), "", what, _RIGHT, "note"))
    examples = [row for row in rows[1:] if str(cell_of(row, ids)).strip().casefold() == spreadsheets.EXAMPLE]
    shown = {row.number for row in examples}
    real = [row for row in rows[1:] if row.number not in shown | repeated]
    if not real:
        raise unreadable(_FILE, say("no row is filled in"), _A_ROW_EACH)
    left_out = [Problem(Location(_FILE, row.number), "", say("the example row is ignored"), _RIGHT, "note") for row in examples]
    notes += _mapped(typed, fields, reading.columns)
    typed = tuple(headings.as_mapped(heading, name, reading.columns) for heading, name in zip(typed, fields, strict=True))
    yield packed_head(Head(typed, fields, (*notes, *left_out), len(real)))
    yield from map(packed_row, real)


def _characters(content: Path, language: str) -> frozenset[str]:
    """Return the characters that the sentences of a catalog use."""
    return frozenset().union(*translations(content, language).values())


def _mapped(typed: Sequence[str], fields: Sequence[str], columns: headings.Columns) -> Iterator[Problem]:
    """Yield what a map makes of the columns: no column is read or ignored by it without being listed."""
    found = [
        (heading.strip(), name)
        for heading, name in zip(typed, fields, strict=True)
        if headings.mapped_to(heading, columns) is not None
    ]
    read = ", ".join(f"{heading} → {name}" for heading, name in found if name)
    ignored = ", ".join(heading for heading, name in found if not name)
    there = {folded(heading)[: headings.LONGEST] for heading in typed}
    lacking = ", ".join(heading for heading in columns if heading not in there)
    correct = say("if that is wrong, correct the map")
    for listed, what in (
        (read, say("these columns are read as the map says: %(columns)s", columns=read)),
        (ignored, say("these columns are ignored, as the map says: %(columns)s", columns=ignored)),
        (lacking, say("the table does not have these columns of the map: %(columns)s", columns=lacking)),
    ):
        if listed:
            yield Problem(Location(_FILE), "", what, correct, "note")


def _begin_with_headings(known: Callable[[str], bool], rows: Sequence[Row]) -> None:
    """Raise CaseError where the headings come after other rows, such as a title."""
    counts = [sum(known(str(cell)) for cell in row.cells) for row in rows[:_ROWS_ABOVE]]
    most = max(counts, default=0)
    if most > 1 and counts[0] <= most // 2:
        row = rows[counts.index(most)].number
        raise unreadable(_FILE, say("the headings are in row %(row)s", row=row), say("delete the rows above them"), row)


_LISTED = 10
"""Rows of a kind that are listed in a note."""
_ROWS_ABOVE = 20
"""Rows in which the headings are looked for."""


def _texts(row: Row) -> list[str]:
    texts = [str(cell).strip() for cell in row.cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _all_named(typed: Sequence[str], rows: Sequence[Row]) -> None:
    """Raise CaseError for the columns that have values but no heading."""
    blank = [index for index, heading in enumerate(typed) if not heading.strip()]
    filled = {index: next((row.number for row in rows if str(cell_of(row, index)).strip()), 0) for index in blank}
    if any(filled.values()):
        raise CaseError([nameless(_FILE, row, index) for index, row in filled.items() if row])


def _of_lines(body: bytes) -> Iterator[bytes]:
    """Yield the answer for lines of JSON; the headings are the names in them, in the order in which they come."""
    names: dict[str, str] = {}
    found: list[bytes] = []
    for number, text in json_lines.lines(body):
        if len(found) == MOST_ROWS:
            raise too_many_rows(_FILE)
        line = json_lines.read(text, number)
        if len(names.keys() | line.cells.keys()) > MOST_COLUMNS:
            line = replace(line, cells={}, wrong=[("", *json_lines.TOO_MANY)])
        names |= {name: "" if name.startswith(headings.COMMENT) else name for name in line.cells}
        found.append(packed_line(line))
    yield packed_head(Head(tuple(names), tuple(names.values()), (), len(found)))
    yield from found
