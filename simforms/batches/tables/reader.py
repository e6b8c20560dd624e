"""A table becomes cases, one for each row."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from simforms.batches.tables import headings
from simforms.batches.tables.asking import answer
from simforms.batches.tables.ids import Identities
from simforms.batches.tables.parse import DELIMITED, LINES, SHEET
from simforms.batches.tables.plain_data import Head, Line, head, json_line, row
from simforms.batches.tables.record import (
    AS_IT_IS,
    DAMAGED,
    LARGEST_FILE,
    MOST_ROWS,
    SAVE_AS,
    SPLIT,
    Reading,
    Record,
    Row,
    Table,
    cell_of,
    column_letters,
    nameless,
    too_many_rows,
    unreadable,
)
from simforms.batches.tables.row_to_case import AS_TEXT, QUOTED, Given, record
from simforms.batches.tables.shifted import SEPARATED
from simforms.errors import CaseError, CommandLineError, Location, Problem
from simforms.knowledge.vocabulary import Vocabulary, vocabulary
from simforms.load import load
from simforms.messages import say
from simforms.papers.manifest import SUFFIX, is_manifest
from simforms.read import opened, refused
from simforms.texts import EMPTY

__all__ = ["LARGEST_FILE", "Reading", "Record", "Table", "records"]

_MOST_PIECES = 3
"""Cells of a row of text without a heading that may come from separators in a value."""
_MOST_STRAYS = 20
"""Cells of a row without a heading that are reported."""
_CASES = {".json", ".yaml", ".yml"}


Found = TypeVar("Found")


def records(content: Path, path: Path, reading: Reading = AS_IT_IS) -> Table:
    """Return the records of a CSV, XLSX or JSONL file, or of a folder of cases.

    Raises CaseError where the table as a whole cannot be read, UnknownNameError for an encoding or a sheet that does not exist.
    """
    kind = path.suffix.lower()
    if reading.columns and (kind in LINES or _is_folder(path)):
        raise CommandLineError(_MAP_FOR)
    if _is_folder(path):
        return _folder(path)
    return table(content, str(path), kind, _answer(content, path, reading))


_MAP_FOR = say("a map is for a table with headings: CSV or XLSX")


def proposal(content: Path, path: Path, reading: Reading) -> Head:
    """Return the headings of a table, each with the fields that it may mean, separated by spaces, and what to know about it.

    Raises CaseError, UnknownNameError, CommandLineError.
    """
    if path.suffix.lower() in LINES or _is_folder(path):
        raise CommandLineError(_MAP_FOR)
    [line, *_] = _answer(content, path, replace(reading, propose=True, columns={}))
    try:
        return head(str(path), line)
    except ValueError:
        raise unreadable(str(path), *DAMAGED) from None


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        raise refused(path, error) from None


def _answer(content: Path, path: Path, reading: Reading) -> list[bytes]:
    file, kind = str(path), path.suffix.lower()
    if not path.is_file() or kind not in LINES | DELIMITED | SHEET:
        raise unreadable(file, say("a file of this kind cannot be read as a table"), SAVE_AS)
    with opened(path) as source:
        if os.fstat(source.fileno()).st_size > LARGEST_FILE:
            raise unreadable(file, say("the file is larger than %(size)s MB", size=LARGEST_FILE // 1_000_000), SPLIT)
        return answer(file, source, content, kind, reading)


def table(content: Path, file: str, kind: str, lines: Sequence[bytes]) -> Table:
    """Return the table of the lines that its reader answers. Raises CaseError, UnknownNameError."""
    try:
        first, rest, words = head(file, lines[0]), lines[1:], vocabulary(content)
    except ValueError:
        raise unreadable(file, *DAMAGED) from None
    if first.count != len(rest) or len(first.columns) != len(first.fields):
        raise unreadable(file, *DAMAGED)
    named = dict(zip(first.columns, first.fields, strict=True))
    if kind in LINES:
        named = {name: field for name, field in named.items() if not name.startswith(headings.PROBLEM)}
        return Table(
            tuple(named), named, first.notes, first.count, partial(_each, file, json_line, partial(_of_line, words, file), rest)
        )
    named = {heading: field for heading, field in named.items() if heading.strip()}
    columns = [
        (heading, name, column, column_letters(column))
        for column, (heading, name) in enumerate(zip(first.columns, first.fields, strict=True), 1)
        if heading.strip() and not heading.startswith(headings.PROBLEM)
    ]
    make = partial(_of_row, words, file, columns, len(first.columns), first.fields, kind in DELIMITED)
    return Table(first.columns, named, first.notes, first.count, partial(_each, file, row, make, rest))


def _each(
    file: str, read: Callable[[bytes], Found], make: Callable[[Identities, Found], Record], lines: Sequence[bytes]
) -> Iterator[Record]:
    identities = Identities()
    for line in lines:
        try:
            found = read(line)
        except ValueError:
            raise unreadable(file, *DAMAGED) from None
        yield make(identities, found)


def _of_row(  # noqa: PLR0913, PLR0917 - what all rows share, and the one
    words: Vocabulary,
    file: str,
    columns: Sequence[tuple[str, str, int, str]],
    width: int,
    names: tuple[str, ...],
    separated: bool,
    identities: Identities,
    found: Row,
) -> Record:
    wide = range(width, len(found.cells))
    strays = [index for index in wide if str(found.cells[index]).strip()]
    wrong = [nameless(file, found.number, index) for index in strays[:_MOST_STRAYS]]
    split = 0 < len(strays) <= _MOST_PIECES and separated
    if len(found.cells) < width or split:
        count = strays[-1] + 1 if split else len(found.cells)
        what = say("the row has %(cells)s cells, but there are %(headings)s headings", cells=count, headings=width)
        suggestion = SEPARATED if split else say("check whether a separator or a quotation mark is missing")
        wrong = [Problem(Location(file, found.number, count), "", what, suggestion)]
    cells = [
        Given(heading, name, cell, column, letters)
        for heading, name, column, letters in columns
        if (cell := cell_of(found, column - 1)) != ""
    ]
    location = Location(file, found.number)
    made = record(words, identities, location, cells, wrong, AS_TEXT)
    if len(found.cells) < width or split:  # what else is wrong in it is wrong by that
        return replace(made, case=replace(EMPTY, location=location), problems=tuple(wrong))
    return replace(made, columns=names)


def _of_line(words: Vocabulary, file: str, identities: Identities, found: Line) -> Record:
    location = Location(file, found.number)
    given = [
        Given(name, "" if name.startswith(headings.COMMENT) else name, cell)
        for name, cell in found.cells.items()
        if not name.startswith(headings.PROBLEM)
    ]
    return record(words, identities, location, given, [Problem(location, *wrong) for wrong in found.wrong], QUOTED)


def _folder(path: Path) -> Table:
    """Return the table of the cases in a folder, in the order of their names."""
    try:
        cases = sorted(one for one in path.iterdir() if _is_case(one))
    except OSError as error:
        raise refused(path, error) from None
    if not cases:
        suggestion = say("put one file for each case there, with a name ending in `.yaml`, `.yml` or `.json`")
        raise unreadable(str(path), say("there is no case in the folder"), suggestion)
    if len(cases) > MOST_ROWS:
        raise too_many_rows(str(path))
    return Table((), {}, (), len(cases), partial(_each_file, cases))


def _is_case(path: Path) -> bool:
    """Return whether a file of a folder is a case: by its ending, and not a manifest that was written there with a paper."""
    named = path.suffix.lower() in _CASES and path.name[0] != "." and path.is_file()
    return named and not (path.name.endswith(SUFFIX) and is_manifest(path))


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
