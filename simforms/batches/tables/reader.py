"""A table becomes cases, one for each row."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from simforms.batches.tables import csv_rows as delimited
from simforms.batches.tables import headings
from simforms.batches.tables import jsonl_rows as json_lines
from simforms.batches.tables import xlsx_rows as spreadsheets
from simforms.batches.tables.ids import Identities
from simforms.batches.tables.record import (
    MOST_ROWS,
    SAVE_AS,
    SPLIT,
    Cell,
    Record,
    Row,
    Table,
    column_letters,
    too_many_rows,
    unreadable,
)
from simforms.batches.tables.row_to_case import AS_TEXT, QUOTED, Given, record
from simforms.errors import CaseError, Location, Problem
from simforms.knowledge.vocabulary import Vocabulary, vocabulary
from simforms.load import load, refused
from simforms.messages import say
from simforms.texts import EMPTY

__all__ = ["LARGEST_FILE", "Record", "Table", "records"]

LARGEST_FILE = 64_000_000
"""Bytes."""
_LINES = {".jsonl", ".ndjson"}
_DELIMITED = {".csv", ".tsv"}
_SHEET = {".xlsx"}
_CASES = {".json", ".yaml", ".yml"}
_A_ROW_EACH = say("write the headings in the first row, and below them a row for each case")
_RIGHT = say("nothing has to be corrected")


def records(content: Path, path: Path, *, encoding: str = "") -> Table:
    """Return the records of a CSV, XLSX or JSONL file, or of a folder of cases.

    `encoding` is that of a text file, where it is neither UTF-8, UTF-16 with its mark, nor the cp932 of Japanese Windows.
    Raises CaseError where the table as a whole cannot be read, UnknownNameError for an encoding that does not exist.
    """
    if path.is_dir():
        return _folder(path)
    file, kind = str(path), path.suffix.lower()
    body = _body(path, known=kind in _LINES | _DELIMITED | _SHEET)
    if not body.strip():
        raise unreadable(file, say("the file is empty"), _A_ROW_EACH)
    if kind in _LINES:
        return _of_lines(vocabulary(content), file, delimited.in_utf8(file, body, encoding))
    if kind in _SHEET:
        rows, notes = spreadsheets.rows(file, body)
    else:
        rows, notes = delimited.rows(file, body, encoding, lambda heading: bool(headings.meant(content, heading)))
    return _of_rows(content, file, rows, notes)


def _body(path: Path, *, known: bool) -> bytes:
    """Return the bytes of a file; its kind and its size are asked before it is read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or not known:
            raise unreadable(str(path), say("a file of this kind is not read as a table"), SAVE_AS)
        if status.st_size > LARGEST_FILE:
            raise unreadable(str(path), say("the file is larger than %(size)s MB", size=LARGEST_FILE // 1_000_000), SPLIT)
        with path.open("rb") as file:
            return file.read(LARGEST_FILE)
    except OSError as error:
        raise refused(path, error) from None


def _of_rows(content: Path, file: str, rows: Sequence[Row], notes: Sequence[Problem]) -> Table:
    """Return the table whose first row holds the headings."""
    typed = tuple(str(cell) for cell in rows[0].cells) if rows else ()
    while typed and not typed[-1].strip():
        typed = typed[:-1]
    fields = headings.fields(content, typed, file, rows[0].number) if rows else ()
    _all_named(file, typed, rows[1:])
    ids = fields.index(headings.ID) if headings.ID in fields else -1
    examples = [row for row in rows[1:] if str(_cell(row, ids)).strip().casefold() == spreadsheets.EXAMPLE]
    shown = {row.number for row in examples}
    real = [row for row in rows[1:] if row.number not in shown]
    if not real:
        raise unreadable(file, say("no row is filled in"), _A_ROW_EACH)
    left_out = [Problem(Location(file, row.number), "", say("the example is left out"), _RIGHT, "note") for row in examples]
    return Table(
        headings=typed,
        fields={heading: name for heading, name in zip(typed, fields, strict=True) if heading.strip()},
        notes=(*notes, *left_out),
        count=len(real),
        read=partial(_each_row, vocabulary(content), file, typed, fields, real),
    )


def _cell(row: Row, index: int) -> Cell:
    return row.cells[index] if 0 <= index < len(row.cells) else ""


def _all_named(file: str, typed: Sequence[str], rows: Sequence[Row]) -> None:
    """Raise CaseError for the columns without a heading in which something stands."""
    nameless = [index for index, heading in enumerate(typed) if not heading.strip()]
    filled = {index: next((row.number for row in rows if str(_cell(row, index)).strip()), 0) for index in nameless}
    if any(filled.values()):
        raise CaseError([_nameless(file, row, index) for index, row in filled.items() if row])


def _nameless(file: str, row: int, index: int) -> Problem:
    what = say("no heading stands over %(cell)s", cell=f"{column_letters(index + 1)}{row}")
    return Problem(Location(file, row, index + 1), "", what, say("write a heading, or empty the cell"))


def _each_row(words: Vocabulary, file: str, typed: Sequence[str], fields: Sequence[str], rows: Sequence[Row]) -> Iterator[Record]:
    identities = Identities()
    columns = [
        (heading, name, column, column_letters(column))
        for column, (heading, name) in enumerate(zip(typed, fields, strict=True), 1)
        if heading.strip() and not heading.startswith(headings.PROBLEM)
    ]
    for row in rows:
        wide = range(len(typed), len(row.cells))
        wrong = [_nameless(file, row.number, index) for index in wide if str(row.cells[index]).strip()]
        if len(row.cells) < len(typed):
            what = say("the row has %(cells)s cells, for %(headings)s headings", cells=len(row.cells), headings=len(typed))
            suggestion = say("look whether a separator or a quotation mark is missing")
            wrong.append(Problem(Location(file, row.number, len(row.cells)), "", what, suggestion))
        cells = [
            Given(heading, name, cell, column, letters)
            for heading, name, column, letters in columns
            if (cell := _cell(row, column - 1)) != ""
        ]
        yield record(words, identities, Location(file, row.number), cells, wrong, AS_TEXT)


def _of_lines(words: Vocabulary, file: str, body: bytes) -> Table:
    """Return the table of lines of JSON; its headings are the names in them, in the order in which they come."""
    count, names = 0, dict[str, str]()
    for number, line in json_lines.lines(body):
        count += 1
        if count > MOST_ROWS:
            raise too_many_rows(file)
        names |= {name: "" if name.startswith(headings.COMMENT) else name for name in json_lines.cells(line, number)[0]}
    shown = {name: field for name, field in names.items() if not name.startswith(headings.PROBLEM)}
    return Table(tuple(shown), shown, (), count, partial(_each_line, words, file, body))


def _each_line(words: Vocabulary, file: str, body: bytes) -> Iterator[Record]:
    identities = Identities()
    for number, line in json_lines.lines(body):
        location = Location(file, number)
        cells, reasons = json_lines.cells(line, number)
        given = [
            Given(name, "" if name.startswith(headings.COMMENT) else name, cell)
            for name, cell in cells.items()
            if not name.startswith(headings.PROBLEM)
        ]
        yield record(words, identities, location, given, [Problem(location, name, *reason) for name, reason in reasons], QUOTED)


def _folder(path: Path) -> Table:
    """Return the table of the cases in a folder, in the order of their names."""
    try:
        cases = sorted(one for one in path.iterdir() if one.suffix.lower() in _CASES and one.name[0] != "." and one.is_file())
    except OSError as error:
        raise refused(path, error) from None
    if not cases:
        suggestion = say("put a file for each case there, ending in `.yaml`, `.yml` or `.json`")
        raise unreadable(str(path), say("no case is in the folder"), suggestion)
    if len(cases) > MOST_ROWS:
        raise too_many_rows(str(path))
    return Table((), {}, (), len(cases), partial(_each_file, cases))


def _each_file(cases: Sequence[Path]) -> Iterator[Record]:
    identities = Identities()
    for number, path in enumerate(cases, 1):
        identity, reason = identities.of(number, path.stem)
        named = [Problem(Location(str(path)), "", *reason)] if reason else []
        try:
            case, problems = load(path)
        except CaseError as error:
            case, problems = replace(EMPTY, location=Location(str(path))), list(error.problems)
        yield Record(number, identity, case, (*named, *problems), {})
