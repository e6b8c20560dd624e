"""XLSX files (the only module that knows openpyxl): one is read as rows; one to fill in and one to mend are written."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from simforms.batches.tables.record import MOST_ROWS, Cell, Row, too_many_rows, unreadable
from simforms.batches.tables.xlsx_guard import Part, damaged, look
from simforms.errors import CaseError, Location, Problem
from simforms.messages import say

CASES = "cases"
"""The sheet that holds the cases, where there are several."""


EXAMPLE = "example"
"""The id of a row that only shows how a row is written."""


def rows(file: str, body: bytes) -> tuple[list[Row], list[Problem]]:
    """Return the rows that are not empty, all as wide as the headings at least, and what to know about the file.

    Raises CaseError where it is no workbook, too large, or where cells are merged.
    """
    parts = look(file, body)
    try:
        return _rows(file, body, parts)
    except CaseError:
        raise
    except Exception:  # a damaged file fails anywhere in the library
        raise damaged(file) from None


def _rows(file: str, body: bytes, parts: Mapping[str, Part]) -> tuple[list[Row], list[Problem]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - half a second that only tables pay for

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what else stands in the file
        book = load_workbook(io.BytesIO(body), read_only=True, keep_links=False)
        sheet: Any = next((one for one in book.worksheets if one.title.strip().casefold() == CASES), book.worksheets[0])
        what = say("only the sheet “%(sheet)s” is read", sheet=sheet.title)
        suggestion = say("give the sheet with the cases the name “%(name)s”, if it is another", name=CASES)
        notes = [Problem(Location(file), "", what, suggestion, "note")] if len(book.sheetnames) > 1 else []
        part = parts[sheet._worksheet_path.lstrip("/")]  # it has no public name
        if part.merged:
            what = say("merged cells: %(ranges)s", ranges=", ".join(part.merged))
            raise unreadable(file, what, say("split them, and fill in each"))
        sheet.reset_dimensions()  # some programs write wrong ones, and rows would be lost
        found: list[Row] = []
        for number, cells in enumerate(sheet.iter_rows(max_col=part.width or 1), 1):
            values = _filled(cells)
            if values:
                found.append(Row(number, (*values, *[""] * (len(found[0].cells) - len(values) if found else 0))))
            if len(found) > MOST_ROWS + 1:
                raise too_many_rows(file)
    return found, notes


def _filled(cells: Sequence[Any]) -> list[Cell]:
    """Return what the cells of a row hold, up to the last that holds something."""
    values = [_value(cell) if cell.value is not None else "" for cell in cells]
    width = next((width for width in range(len(values), 0, -1) if str(values[width - 1]).strip()), 0)
    return values[:width]


def _value(cell: Any) -> Cell:
    """Return a cell's value; a formula and what else is no value of a person's is told by its text."""
    if isinstance(cell.value, bool):
        return str(cell.value).upper()
    if isinstance(cell.value, Cell):
        return cell.value
    return f"={getattr(cell.value, 'text', '')}"  # a formula for several cells
