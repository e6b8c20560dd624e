"""Rows that failed are written with what is wrong, corrected, and read again."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from raw_workbooks import EXCEL, INVISIBLE, STRUCK, Cell, Sheet, workbook
from tables import FULL, FULL_ROW, Write, csv, read, table_of, texts, wrong_with

from simforms.batches.tables.headings import meant
from simforms.batches.tables.reader import Record, Table
from simforms.batches.tables.xlsx_writer import failed
from simforms.knowledge.content import content
from simforms.language.catalogs import translate_message
from simforms.messages import say


def _mended(tmp_path: Path, table: Table, language: str, **changes: str) -> tuple[Workbook, list[Record]]:
    """Write the rows that fail, change cells of the first by their field, and read them again."""
    wrong = [(record, problems) for record in table if (problems := wrong_with(record))]
    path = tmp_path / "failed.xlsx"
    path.write_bytes(failed(content(), language, table, wrong))
    book = load_workbook(path)
    columns = {next(iter(meant(content(), cell.value)), ""): cell.column for cell in book["cases"][1]}
    for name, text in changes.items():
        book["cases"].cell(2, columns[name.replace("__", ".")], text)
    book.save(path)
    return book, read(path)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh-Hans", "vi"])
def test_rows_that_failed_are_mended_and_fed_back(
    write: Write, sheet: Callable[..., Path], tmp_path: Path, kind: str, language: str
) -> None:
    bad = (*FULL_ROW[:5], "1999-13-01", *FULL_ROW[6:])
    good = ("b-2", *FULL_ROW[1:])
    if kind == "csv":
        path = write(csv(FULL, good, bad))
    elif kind == "xlsx":
        path = sheet(FULL, good, bad)
    else:
        path = write("".join(json.dumps(dict(zip(FULL, row, strict=True))) + "\n" for row in (good, bad)), "desk.jsonl")
    table = table_of(path)

    book, again = _mended(tmp_path, table, language)
    cells = book["cases"]
    [problem] = wrong_with(list(table)[1])
    assert [cell.value for cell in cells[1]] == [
        *FULL,
        f"#problem: {translate_message(content(), language, say('What is wrong'))}",
    ]
    assert [cell.value for cell in cells[2]][: len(FULL)] == list(bad)
    assert translate_message(content(), language, problem.what) in cells.cell(2, len(FULL) + 1).value
    assert [cell.column_letter for cell in cells[2] if cell.fill.fill_type] == ["F"]
    assert [problem.name for problem in wrong_with(again[0])] == ["person.birth_date"]

    _, mended = _mended(tmp_path, table, language, person__birth_date="1999-12-01")
    assert [(record.id, wrong_with(record)) for record in mended] == [("a-1", [])]


def test_rows_to_mend_keep_their_names_and_get_a_column_for_what_is_missing(write: Write, tmp_path: Path) -> None:
    table = table_of(write(csv((*FULL[1:7], *FULL[8:], "# note"), (*FULL_ROW[1:7], *FULL_ROW[8:], "call"))))

    book, mended = _mended(tmp_path, table, "ja", person__phone="080-1234-5678")

    assert book["cases"]["A1"].value == "id"
    assert (book["cases"]["A2"].value, mended[0].id, wrong_with(mended[0])) == ("row-2", "row-2", [])
    assert mended[0].cells["# note"] == "call"


def test_entries_of_a_log_are_read_in_the_order_of_their_numbers_and_mended_in_their_own_columns(
    write: Write, tmp_path: Path
) -> None:
    names = ("log[10].who", "log[2].date", "log[2].what", "log[1].date")
    table = table_of(write(csv((*FULL, *names), (*FULL_ROW, "田中", "2026-13-01", "call", ""))))

    book, _ = _mended(tmp_path, table, "en")

    [record] = table
    assert {name: text for name, text in texts(record).items() if name.startswith("log")} == {
        "log.1.date": "2026-13-01",
        "log.1.what": "call",
        "log.2.who": "田中",
    }
    coloured = [cell.column for cell in book["cases"][2] if cell.fill.fill_type]
    assert [book["cases"].cell(1, column).value for column in coloured] == ["log[2].date"]


def test_what_looks_like_a_formula_is_written_as_text_and_numbers_stay_refused(
    write: Write, sheet: Callable[..., Path], tmp_path: Path
) -> None:
    odd = ("=1+1", "+81", "-1", "@x", "#N/A", "a\x0bb")
    names = ("person.name", "person.phone", "person.email", "person.address", "person.passport", "line.plan")
    table = table_of(write(csv(("id", *names), ("1", *odd))))
    book, _ = _mended(tmp_path, table, "en")
    written_cells = [book["cases"].cell(2, column) for column in range(2, 8)]
    assert [
        cell.data_type for cell in load_workbook(io.BytesIO((tmp_path / "failed.xlsx").read_bytes()), read_only=True)["cases"][2]
    ][1:5] == ["s"] * 4
    assert [cell.value for cell in written_cells] == [*odd[:5], "a\ufffdb"]

    table = table_of(sheet(("id", "person.phone", "refund.period"), ("1", 8012345678, datetime.date(2026, 10, 1))))
    _, again = _mended(tmp_path, table, "en")
    assert {"person.phone", "refund.period"} <= {problem.name for problem in again[0].problems}


def _failing(write: Write, *cells: object) -> Path:
    """Return a workbook with a row whose birth date is wrong, and these cells of a phone and an address."""
    names = ("id", "carrier", "person.name", "person.birth_date", "person.phone", "person.address")
    return write(workbook(EXCEL, Sheet({1: names, 2: ("1", "au", "WANG", "1999-13-01", *cells)})), "desk.xlsx")


def test_a_zero_typed_over_a_number_is_kept_and_amounts_stay_numbers(sheet: Callable[..., Path], tmp_path: Path) -> None:
    row = (*FULL_ROW[:5], "1999-13-01", *FULL_ROW[6:])
    table = table_of(sheet((*FULL, "person.postal_code", "refund.amount"), (*row, 600001, 3278)))

    book, _ = _mended(tmp_path, table, "en")

    formats = {book["cases"].cell(1, cell.column).value: cell.number_format for cell in book["cases"][2]}
    assert formats["person.postal_code"] == formats["person.phone"] == "@"
    typed_anew = {name: dimension.number_format for name, dimension in book["cases"].column_dimensions.items()}
    assert set(typed_anew.values()) == {"@"}


@pytest.mark.parametrize(
    ("phone", "told"),
    [
        (Cell("08012345678", STRUCK), "E2 is struck through"),
        (Cell(8012345678, STRUCK), "E2 is struck through"),
        (Cell(8012345678, INVISIBLE), "E2 contains a number"),
        (Cell("0", formula='"080"&"1"'), "E2 contains a formula"),
    ],
)
def test_what_is_marked_in_a_table_stays_refused_until_it_is_corrected(
    write: Write, tmp_path: Path, phone: Cell, told: str
) -> None:
    table = table_of(_failing(write, phone, "東京都新宿区1-2-3"))

    _, [again] = _mended(tmp_path, table, "en", person__birth_date="1999-12-01")

    assert [told in str(problem.what) for problem in again.problems] == [True]


def test_a_text_that_begins_like_a_formula_is_still_a_text_when_it_comes_back(write: Write, tmp_path: Path) -> None:
    table = table_of(_failing(write, "08012345678", "=東京都新宿区1-2-3"))

    _, [again] = _mended(tmp_path, table, "en")

    assert (texts(again)["person.address"], again.problems) == ("=東京都新宿区1-2-3", ())
