"""XLSX files are read (the only module that does): a sheet becomes rows, and what is not visible in it is marked or left out."""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from simforms.batches.tables.headings import PROBLEM
from simforms.batches.tables.record import (
    MOST_ROWS,
    Cell,
    Found,
    Marked,
    Plain,
    Reading,
    Row,
    column_letters,
    too_many_rows,
    unreadable,
)
from simforms.batches.tables.xlsx_guard import damaged, look
from simforms.batches.tables.xlsx_hidden import Part
from simforms.errors import CaseError, Location, Problem, UnknownNameError
from simforms.messages import Message, say

CASES = "cases"
"""The sheet with the cases, if there are several."""
EXAMPLE = "example"
"""The id of a row that only shows how a row is written."""
_LISTED = 10
"""Rows or columns of a kind that are listed in a note."""
_NOT_SHOWN = re.compile(r"\s*;;;\s*")
"""The number format that shows nothing, whatever the value."""


def rows(file: str, body: bytes, reading: Reading) -> Found:
    """Return the rows that are not empty, all at least as wide as the headings.

    Raises CaseError where it is not a workbook or too large, UnknownNameError for a sheet that does not exist.
    """
    parts, seen = look(file, body)
    try:
        return _rows(file, seen, parts, reading)
    except (CaseError, UnknownNameError, MemoryError):
        raise
    except Exception:  # a damaged file fails anywhere in the library
        raise damaged(file) from None


def _rows(file: str, body: bytes, parts: Mapping[str, Part], reading: Reading) -> Found:
    from openpyxl import load_workbook  # noqa: PLC0415 - half a second that only tables pay for

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what else is in the file
        book = load_workbook(io.BytesIO(body), read_only=True, keep_links=False)
        sheet = _sheet(file, book, reading.sheet)
        part = parts[sheet._worksheet_path.lstrip("/")]  # it has no public name
        _mark_struck(sheet._shared_strings, parts.values())  # the same
        sheet.reset_dimensions()  # some programs write wrong ones, and rows would be lost
        visible = _Visible(part, every=reading.hidden)
        found: list[Row] = []
        for number, cells in enumerate(sheet.iter_rows(), 1):
            values = visible.values(number, cells)
            if values:
                found.append(Row(number, (*values, *[""] * (len(found[0].cells) - len(values) if found else 0))))
            if len(found) > MOST_ROWS + 1:
                raise too_many_rows(file)
    only = say("only the sheet “%(sheet)s” is read", sheet=sheet.title), say("to read another sheet, choose it with `--sheet`")
    chosen = [only] if len(book.sheetnames) > 1 and not reading.sheet else []
    conditional = [_CONDITIONAL] if any(part.conditional_formats & other.struck_formats for other in parts.values()) else []
    notes = [Problem(Location(file), "", *note, "note") for note in (*chosen, *visible.left_out(), *conditional)]
    return Found(found, notes, tuple(part.merged))


_CONDITIONAL = (
    say("rows that are struck through only by a conditional format are read like all other rows"),
    say("delete the ones you do not want"),
)


def _sheet(file: str, book: Any, name: str) -> Any:
    """Return the sheet of a name, else the one called `cases`, else the first one; a hidden one only by its name."""
    wanted = _folded(name or CASES)
    sheets = [sheet for sheet in book.worksheets if name or sheet.sheet_state == "visible"]
    chosen = next((sheet for sheet in sheets if _folded(sheet.title) == wanted), None)
    if chosen is None and name:
        listed = ", ".join(sheet.title for sheet in sheets)
        raise UnknownNameError(say("there is no sheet “%(name)s”; the sheets are: %(sheets)s", name=name, sheets=listed))
    if not sheets and book.worksheets:
        raise unreadable(file, say("no sheet is visible"), say("choose one with `--sheet`"))
    return chosen or sheets[0]


def _folded(title: str) -> str:
    return unicodedata.normalize("NFKC", title).strip().casefold()


class _Struck(str):
    """A text that has pieces struck through."""

    __slots__ = ("whole",)
    whole: bool


def _mark_struck(texts: list[str], parts: Iterable[Part]) -> None:
    """Put a _Struck in place of each text of a workbook that has pieces struck through."""
    for part in parts:
        for index, whole in part.struck_texts.items():
            if index < len(texts):
                texts[index] = _Struck(texts[index])
                texts[index].whole = whole  # type: ignore[attr-defined]


class _Visible:
    """Tells what is visible in a sheet, and keeps in mind what is left out."""

    def __init__(self, part: Part, *, every: bool) -> None:
        self._part, self._every = part, every
        self._hidden_rows: list[int] = []
        self._struck_rows: list[int] = []
        self._columns: set[int] = set()
        self._corrects: bool | None = None

    def values(self, number: int, cells: Sequence[Any]) -> list[Cell]:
        """Return what the cells of a row contain, up to the last that is filled; nothing if the row is left out."""
        values = [self._value(cell) if cell.value is not None else "" for cell in cells]
        if not self._every:
            filled = [index for index, value in enumerate(values) if str(value).strip()]
            if filled and number in self._part.hidden_rows:
                self._hidden_rows.append(number)
                return []
            if filled and all(self._is_struck(cells[index]) for index in filled):
                self._struck_rows.append(number)
                return []
            for index in filled:
                if index + 1 in self._part.hidden_columns:
                    self._columns.add(index + 1)
                    values[index] = ""
        width = next((width for width in range(len(values), 0, -1) if str(values[width - 1]).strip()), 0)
        if width and self._corrects is None:
            self._corrects = any(str(value).startswith(PROBLEM) for value in values)
        return values[:width]

    def left_out(self) -> Iterator[tuple[Message, Message]]:
        """Yield what to say about what is left out."""
        suggestion = say("to read them too, add `--hidden`")
        if self._hidden_rows:
            yield say("hidden rows were left out: %(rows)s", rows=_listed(self._hidden_rows)), suggestion
        if self._columns:
            letters = [column_letters(column) for column in sorted(self._columns)]
            yield say("hidden columns were left out: %(columns)s", columns=_listed(letters)), suggestion
        if self._struck_rows:
            yield say("rows that are struck through were left out: %(rows)s", rows=_listed(self._struck_rows)), suggestion

    def _value(self, cell: Any) -> Cell:
        """Return a cell's value, marked where the sheet says that it is a formula, deleted or not to be seen."""
        value = _plain(cell)
        if isinstance(value, Marked):
            return value
        text = isinstance(value, str) and value.startswith("=")
        if text and self._corrects and not cell.style_array.quotePrefix:  # a formula, as we write it for the person to correct
            return Marked("formula", value)
        if not self._every and self._is_struck(cell, partly=True):
            return Marked("struck", value)
        if not self._every and _NOT_SHOWN.fullmatch(cell.number_format):
            return Marked("invisible", value)
        return value

    def _is_struck(self, cell: Any, *, partly: bool = False) -> bool:
        if isinstance(cell.value, _Struck):
            return partly or cell.value.whole
        runs = self._part.struck_cells.get((cell.row, cell.column))
        return bool(cell.font.strike) or (runs is not None and (partly or runs))


def _plain(cell: Any) -> Cell:
    """Return a cell's value; a formula is marked as one, and what a person did not type is returned as its text."""
    if cell.data_type == "f":
        return Marked("formula", f"={getattr(cell.value, 'text', '')}" if not isinstance(cell.value, str) else cell.value)
    if isinstance(cell.value, bool):
        return str(cell.value).upper()
    if isinstance(cell.value, str):
        return str(cell.value)
    return cell.value if isinstance(cell.value, Plain) else str(cell.value)


def _listed(places: Sequence[object]) -> str:
    """Return the first of some rows or columns, and how many there are if those are not all.

    >>> _listed([3, 4]), _listed(range(1, 13))
    ('3, 4', '1, 2, 3, 4, 5, 6, 7, 8, 9, 10 … (12)')
    """
    more = f" … ({len(places)})" if len(places) > _LISTED else ""
    return ", ".join(map(str, places[:_LISTED])) + more
