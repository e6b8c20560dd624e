"""XLSX files (the only module that knows openpyxl): one is read as rows; one to fill in and one to mend are written."""

from __future__ import annotations

import io
import warnings
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from simforms.batches.tables.record import MOST_ROWS, Cell, Row, too_many_rows, unreadable
from simforms.batches.tables.xlsx_guard import Part, damaged, look
from simforms.errors import CaseError, Location, Problem
from simforms.messages import Message, say

CASES = "cases"
"""The sheet that holds the cases, where there are several."""


EXAMPLE = "example"
"""The id of a row that only shows how a row is written."""


def rows(file: str, body: bytes) -> tuple[list[Row], list[Problem]]:
    """Return the rows that are not empty, all as wide as the headings at least, and what to know about the file.

    Raises CaseError where it is no workbook, too large, or where cells are merged.
    """
    parts, seen = look(file, body)
    try:
        return _rows(file, seen, parts)
    except (CaseError, MemoryError):
        raise
    except Exception:  # a damaged file fails anywhere in the library
        raise damaged(file) from None


def _rows(file: str, body: bytes, parts: Mapping[str, Part]) -> tuple[list[Row], list[Problem]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - half a second that only tables pay for
    from openpyxl.cell.read_only import EMPTY_CELL  # noqa: PLC0415 - the same

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what else stands in the file
        book = load_workbook(io.BytesIO(body), read_only=True, keep_links=False)
        visible = [one for one in book.worksheets if one.sheet_state == "visible"] or book.worksheets
        sheet: Any = next((one for one in visible if one.title.strip().casefold() == CASES), visible[0])
        what = say("only the sheet “%(sheet)s” is read", sheet=sheet.title)
        suggestion = say("give the sheet with the cases the name “%(name)s”, if it is another", name=CASES)
        notes = [Problem(Location(file), "", what, suggestion, "note")] if len(book.sheetnames) > 1 else []
        part = parts[sheet._worksheet_path.lstrip("/")]  # it has no public name
        if part.merged:
            what = say("merged cells: %(ranges)s", ranges=", ".join(part.merged))
            raise unreadable(file, what, say("split them, and fill in each"))
        sheet.reset_dimensions()  # some programs write wrong ones, and rows would be lost
        found: list[Row] = []
        struck: list[int] = []
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if number in part.hidden_rows:
                continue
            shown = [EMPTY_CELL if column in part.hidden_columns else cell for column, cell in enumerate(cells, 1)]
            values = _filled(shown)
            if values and _struck(shown):
                struck.append(number)
            elif values:
                found.append(Row(number, (*values, *[""] * (len(found[0].cells) - len(values) if found else 0))))
            if len(found) > MOST_ROWS + 1:
                raise too_many_rows(file)
    notes += _left_out(
        file, say("rows %(numbers)s are hidden and were left out", numbers=_listed(part.hidden_rows)), part.hidden_rows
    )
    notes += _left_out(
        file, say("columns %(numbers)s are hidden and were left out", numbers=_letters(part.hidden_columns)), part.hidden_columns
    )
    notes += _left_out(file, say("rows %(numbers)s are struck through and were left out", numbers=_listed(struck)), struck)
    return found, notes


def _left_out(file: str, what: Message, numbers: Collection[int]) -> list[Problem]:
    suggestion = say("show them, or take the line away, if they are to be printed")
    return [Problem(Location(file), "", what, suggestion, "warning")] if numbers else []


_MOST_LISTED = 20


def _listed(numbers: Collection[int]) -> str:
    return ", ".join(map(str, sorted(numbers)[:_MOST_LISTED])) + (" …" if len(numbers) > _MOST_LISTED else "")


def _letters(numbers: Collection[int]) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - see _rows

    shown = [get_column_letter(number) for number in sorted(numbers)[:_MOST_LISTED]]
    return ", ".join(shown) + (" …" if len(numbers) > _MOST_LISTED else "")


def _struck(cells: Sequence[Any]) -> bool:
    """Return whether every cell of a row that holds something is struck through."""
    return all(cell.font.strike for cell in cells if cell.value is not None and str(cell.value).strip())


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
