"""Workbooks that are written: an empty table to fill in, and the rows that failed, to correct."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simforms.batches.tables.headings import ID, PROBLEM, written
from simforms.batches.tables.record import Cell, Marked, Record, Table, column_letters
from simforms.batches.tables.xlsx_rows import CASES, EXAMPLE
from simforms.cases.empty_case import help_line, needed_and_used
from simforms.errors import Problem
from simforms.knowledge.documents import ALWAYS_NEEDED, Document, documents
from simforms.knowledge.vocabulary import vocabulary
from simforms.language.catalogs import ENGLISH, companion_languages, translate_message
from simforms.language.columns import display_width
from simforms.messages import say, without_values

ROWS_TO_FILL = 1000


_LISTS = "lists"


_TEXT = "@"


_NEEDED, _WRONG = "FFE699", "F8CBAD"
"""Colours: of a heading that must be filled, of a cell to correct."""


_WIDEST = 40


_FIGURES = 15
"""A number with more digits is rounded in a spreadsheet."""


@dataclass(frozen=True)
class Column:
    """A column of the table to fill in."""

    heading: str
    help: str
    example: str
    choices: tuple[str, ...] = ()
    needed: bool = False


def template(content: Path, language: str, kinds: Sequence[Document]) -> bytes:
    """Return a workbook to fill in for these documents: a column for each field, those that must be filled first.

    Its headings and explanations are in `language`; its columns are text, so that no 0 in front is lost.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - see _rows
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    wanted = columns(content, language, kinds)
    book = Workbook(write_only=True)
    cases, help_, lists = (book.create_sheet(name) for name in (CASES, translate_message(content, language, say("Help")), _LISTS))
    lists.sheet_state = "hidden"
    _lay_out(cases, [(column.heading, column.example) for column in wanted])
    cases.append([_cell(cases, column.heading, bold=column.needed, fill=_NEEDED if column.needed else "") for column in wanted])
    cases.append([_cell(cases, column.example, italic=True) for column in wanted])
    offered = [(column_letters(index), column.choices) for index, column in enumerate(wanted, 1) if column.choices]
    for row, (letters, choices) in enumerate(offered, 1):
        lists.append([_cell(lists, choice) for choice in choices])
        listed = f"{_LISTS}!$A${row}:${column_letters(len(choices))}${row}"
        choose = DataValidation(type="list", formula1=listed, allow_blank=True, errorStyle="warning", showErrorMessage=True)
        choose.add(f"{letters}2:{letters}{ROWS_TO_FILL + 1}")
        cases.data_validations.append(choose)
    for line in (translate_message(content, language, _HOW), *(f"{column.heading}: {column.help}" for column in wanted)):
        help_.append([_cell(help_, line)])
    return _saved(book)


_HOW = say("Fill in one row for each case. You must fill in the coloured columns. The row `example` is ignored.")


def columns(content: Path, language: str, kinds: Sequence[Document]) -> list[Column]:
    """Return the columns for the papers of these documents, those that must be filled in first."""
    words = vocabulary(content)
    needed, used = needed_and_used(words, kinds)
    if len(kinds) < len(documents(content)):  # they were named: each of them is printed for each row
        needed = set().union(*(needed_and_used(words, [kind])[0] for kind in kinds))
    first = [ALWAYS_NEEDED, "language"]
    spoken = language if language in companion_languages(content) else ENGLISH
    names = [*first, *sorted((name for name in words if name in used and name not in first), key=lambda name: name not in needed)]
    about = say("letters and digits for the file names of the papers; do not use the person's name")
    found = [Column(written(content, language, ID), translate_message(content, language, about), EXAMPLE)]
    for name in names:
        field, heading = words[name], written(content, language, name.replace("[]", "[1]"))
        choices = tuple(companion_languages(content)) if name == "language" else tuple(field.choices)
        example = spoken if name == "language" else field.example.strip('"')
        explained = help_line(content, language, field, needed=name in needed)
        found.append(Column(heading, explained, example, choices, name in needed))
    return found


def failed(content: Path, language: str, table: Table, rows: Iterable[tuple[Record, Sequence[Problem]]]) -> bytes:
    """Return a workbook of rows to correct and print again: as typed, what is wrong coloured, and in a last column why.

    A column `id` is added where there is none, so that the papers of a corrected row keep their names, and one for each field
    that is missing. A row of a folder of cases has nothing to show but its id.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - see _rows

    wrong, words = list(rows), vocabulary(content)
    headings = _headings(content, table, [problem.name for _, problems in wrong for problem in problems])
    last = f"{PROBLEM}: {translate_message(content, language, say('What is wrong'))}"
    book = Workbook(write_only=True)
    sheet = book.create_sheet(CASES)
    _lay_out(sheet, [*((heading, "") for heading in headings), (last, "")])
    sheet.append([_cell(sheet, heading, bold=True) for heading in (*headings, last)])
    for record, problems in wrong:
        marked = {heading for problem in problems for heading in _meant_by(problem, table.headings, headings)}
        typed = {heading: record.id if name == ID else record.cells.get(heading, "") for heading, name in headings.items()}
        told = "\n".join(_told(content, language, problem) for problem in problems)
        sheet.append(
            [
                *(
                    _cell(
                        sheet,
                        record.refused.get(key, typed[key]),
                        fill=_WRONG if key in marked else "",
                        is_amount=name in words and words[name].type == "yen",
                    )
                    for key, name in headings.items()
                ),
                _cell(sheet, told),
            ]
        )
    return _saved(book)


def _headings(content: Path, table: Table, wanted: Iterable[str]) -> dict[str, str]:
    """Return the headings of the rows to correct, each with its field: those of the table, and those that it lacks."""
    own = {heading: name for heading, name in table.fields.items() if not heading.startswith(PROBLEM)}
    lacking = {name: name for name in wanted if name in vocabulary(content) and name not in own.values()}
    return ({} if ID in own.values() else {ID: ID}) | own | lacking


def _meant_by(problem: Problem, typed: Sequence[str], headings: Mapping[str, str]) -> list[str]:
    """Return the headings over what a problem is about: by its column, else by its field."""
    if 0 < problem.location.column <= len(typed):
        return [typed[problem.location.column - 1]]
    return [heading for heading, name in headings.items() if name == problem.name]


def _told(content: Path, language: str, problem: Problem) -> str:
    name = f"{problem.name}: " if problem.name else ""
    return name + translate_message(
        content,
        language,
        say("%(what)s; %(suggestion)s", what=without_values(problem.what), suggestion=without_values(problem.suggestion)),
    )


def _lay_out(sheet: Any, texts: Iterable[tuple[str, ...]]) -> None:
    """Make every column text, wide enough for its texts; keep the headings and the ids in sight."""
    sheet.freeze_panes = "B2"
    for index, column in enumerate(texts, 1):
        wide = max(map(display_width, column))
        dimension = sheet.column_dimensions[column_letters(index)]
        dimension.number_format, dimension.width = _TEXT, min(max(wide + 2, 12), _WIDEST)


def _cell(  # noqa: PLR0913 - each is a property of the cell
    sheet: Any, value: Cell, *, bold: bool = False, italic: bool = False, fill: str = "", is_amount: bool = False
) -> Any:
    """Return a cell of text, also if the text looks like a formula; a number or a date stays one, to be refused again.

    What is typed over a number becomes text, so that a 0 in front is kept, unless it is an amount. A formula becomes a text that
    is not marked as one: it is refused again.
    """
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - see _rows
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

    cell = WriteOnlyCell(sheet)
    why, plain = (value.why, value.value) if isinstance(value, Marked) else ("", value)
    if isinstance(plain, str) or (isinstance(plain, int) and len(str(plain)) > _FIGURES):
        cell.value = _UNWRITABLE.sub("\ufffd", str(plain))
        cell.data_type, cell.number_format = "s", _TEXT
        cell.quotePrefix = str(plain).startswith("=") and why != "formula"
    else:
        cell.value = plain
        if isinstance(plain, int | float) and not is_amount:
            cell.number_format = _TEXT
    if why == "struck":
        cell.font = Font(name="Calibri", size=11, family=2, scheme="minor", strike=True)
    if bold or italic:
        cell.font = Font(name="Calibri", size=11, family=2, scheme="minor", bold=bold, italic=italic)  # as all other cells
    if isinstance(value, str) and "\n" in value:
        cell.alignment = Alignment(wrap_text=True)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    return cell


_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _UndatedArchive(zipfile.ZipFile):
    """A ZIP file whose entries have no date: a clock that is wrong, even before 1980, does not matter."""

    def writestr(  # type: ignore[override] # openpyxl gives nothing more
        self, name: str, data: str | bytes
    ) -> None:
        """Add an entry."""
        entry = zipfile.ZipInfo(name)
        entry.compress_type, entry.external_attr = self.compression, 0o600 << 16
        super().writestr(entry, data)

    def write(self, path: str, name: str) -> None:  # type: ignore[override] # the same
        """Add the contents of a file."""
        self.writestr(name, Path(path).read_bytes())


def _saved(book: Any) -> bytes:
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415 - as above

    body = io.BytesIO()
    with _UndatedArchive(body, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        ExcelWriter(book, archive).write_data()
    return body.getvalue()
