"""A workbook becomes cases; what a program made of a text is refused by its cell, and what is none is refused whole."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from tables import FULL, FULL_ROW, Write, read, refusal, table_of, texts, told_of, wrong_with


def test_a_workbook_is_read_as_text(sheet: Callable[..., Path]) -> None:
    [record] = read(sheet(FULL, FULL_ROW))

    assert (record.number, record.id, record.problems) == (2, "a-1", ())
    assert wrong_with(record) == []


def test_empty_rows_and_columns_are_skipped_and_the_rows_keep_their_numbers(sheet: Callable[..., Path]) -> None:
    found = read(sheet([], ["id", None, "person.name", None], [1, None, "A"], [None, " "], [], ["2", None, "B"]))

    assert [(record.number, record.id, texts(record)) for record in found] == [
        (3, "1", {"person.name": "A"}),
        (6, "2", {"person.name": "B"}),
    ]


@pytest.mark.parametrize(
    ("name", "cell", "told"),
    [
        ("person.phone", 8012345678, "C2 contains a number, so any leading 0 is lost"),
        ("person.postal_code", 600001, "C2 contains a number"),
        ("refund.account.number", 123456.0, "C2 contains a number"),
        ("person.birth_date", 36251, "C2 contains a number"),
        ("person.phone", True, "C2 contains a spreadsheet value"),
        ("person.address", "=B2", "C2 contains a formula"),
        ("person.address", "#N/A", "C2 contains a spreadsheet value"),
        ("refund.period", datetime.date(2026, 10, 1), "C2 contains a spreadsheet date or time"),
        ("person.birth_date", datetime.datetime(1999, 4, 1, 12, 30), "C2 contains a spreadsheet date or time"),
        ("person.birth_date", datetime.time(12, 30), "C2 contains a spreadsheet date or time"),
    ],
)
def test_what_a_program_made_of_a_text_is_refused_by_its_cell(
    sheet: Callable[..., Path], name: str, cell: object, told: str
) -> None:
    [record] = read(sheet(["id", "carrier", name], ["a", "au", cell]))

    assert [line.startswith(f"2:3 {name}: {told}") for line in told_of(record)] == [True]
    assert texts(record) == {"carrier": "au"}


def test_days_amounts_and_ids_may_be_cells_of_their_own_kind(sheet: Callable[..., Path]) -> None:
    given = ["id", "person.birth_date", "refund.amount", "dispute.amount"]
    [record] = read(sheet(given, [7, datetime.date(1999, 4, 1), 3278, 10450.0]))

    assert record.id == "7"
    assert texts(record) == {"person.birth_date": "1999-04-01", "refund.amount": "3278", "dispute.amount": "10450"}


def test_merged_cells_are_refused_by_their_range(sheet: Callable[..., Path]) -> None:
    def merge(book: Workbook) -> None:
        book.worksheets[0].merge_cells("B2:B3")
        book.worksheets[0].merge_cells("A5:C5")

    path = sheet(FULL, FULL_ROW, FULL_ROW, change=merge)

    assert refusal(path) in {
        f"desk.xlsx: merged cells: {ranges}; unmerge these cells, and fill in each one"
        for ranges in ("B2:B3, A5:C5", "A5:C5, B2:B3")
    }


def test_of_several_sheets_one_is_read_and_named(sheet: Callable[..., Path]) -> None:
    def more(book: Workbook) -> None:
        book.create_sheet("hidden").sheet_state = "hidden"
        book.worksheets[1].merge_cells("A1:B2")

    table = table_of(sheet(FULL, FULL_ROW, change=more))
    assert [str(note.what) for note in table.notes] == ["only the sheet “Sheet” is read"]

    def second(book: Workbook) -> None:
        book.create_sheet("Cases").append(["id", "person.name"])
        book.worksheets[1].append(["x", "A"])

    table = table_of(sheet(["anything"], ["else"], change=second))
    assert [record.id for record in table] == ["x"]


def _zip(*parts: tuple[str, bytes]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts:
            archive.writestr(name, text)
    return body.getvalue()


def _with_sheet(path: Path, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook whose sheet's XML is changed."""
    with zipfile.ZipFile(path) as archive:
        parts = [(part, archive.read(part)) for part in archive.namelist()]
    return _zip(*((part, change(text) if part.endswith("sheet1.xml") else text) for part, text in parts))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"PK\x03\x04 broken", "the file is damaged"),
        (b"id,person.name\n1,A\n", "the file is damaged"),
        (_zip(("word/document.xml", b"<a/>")), "the file is damaged"),
        (_zip(("xl/workbook.xml", b"<a>")), "the file is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "it is locked with a password, or is in the older format (`.xls`)"),
        (_zip(("xl/worksheets/sheet1.xml", b" " * 130_000_000)), "when unpacked, it is too large to be a table"),
    ],
    ids=["broken", "csv", "word", "half", "locked", "bomb"],
)
def test_a_file_that_is_no_workbook_is_refused(write: Write, body: bytes, told: str) -> None:
    assert refusal(write(body, "desk.xlsx")).startswith(f"desk.xlsx: {told}")


def test_a_zip_with_a_password_is_refused(write: Write) -> None:
    body = _zip(("xl/workbook.xml", b"<a/>"))
    locked = body.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    assert locked != body

    assert "it is locked with a password" in refusal(write(locked, "desk.xlsx"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b'r="2"', b'r="999999999999"', "the file is damaged"),
        (b'r="B2"', b'r="ZZZZZZ2"', "it has more than 702 columns"),
        (b'<row r="2"', b"<row><" + b"c/><" * 800 + b'/row><row r="2"', "it has more than 702 columns"),
        (b't="inlineStr"><is><t>id</t></is>', b't="s"><v>7</v>', "the file is damaged"),
        (b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', "the file is damaged"),
        (b't="inlineStr"><is><t>id</t></is>', b't="n"><v>' + b"9" * 5000 + b"</v>", "the file is damaged"),
    ],
)
def test_numbers_beyond_all_bounds_take_no_memory(
    sheet: Callable[..., Path], write: Write, old: bytes, new: bytes, told: str
) -> None:
    body = _with_sheet(sheet(FULL, FULL_ROW), lambda text: text.replace(old, new, 1))

    assert f"desk.xlsx: {told}" in refusal(write(body, "desk.xlsx"))


def test_more_elements_than_a_table_has_are_refused_before_they_are_kept(
    sheet: Callable[..., Path], write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simforms.batches.tables.xlsx_guard.MOST_ELEMENTS", 1000)
    body = _with_sheet(sheet(FULL, FULL_ROW), lambda text: text.replace(b"<row ", b"<row/>" * 1000 + b"<row ", 1))

    assert "when unpacked, it is too large to be a table" in refusal(write(body, "desk.xlsx"))


def test_the_strings_of_excel_are_read_without_their_readings(sheet: Callable[..., Path], write: Write) -> None:
    """Excel keeps texts apart from the sheet, in Japan with their kana; some programs write wrong dimensions."""
    strings: list[bytes] = []

    def shared(found: re.Match[bytes]) -> bytes:
        strings.append(found[1])
        return b't="s"><v>%d</v>' % (len(strings) - 1)

    with zipfile.ZipFile(sheet(FULL, FULL_ROW)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = re.sub(rb't="inlineStr"><is>(.*?)</is>', shared, parts[name])
    parts[name] = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1"', parts[name])
    reading = "<rPh sb='0' eb='2'><t>トウキョウ</t></rPh>".encode()
    listed = b"".join(b"<si>" + text + reading + b"</si>" for text in strings)
    parts["xl/sharedStrings.xml"] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + listed + b"</sst>"
    )
    kind = b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"'
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        b"</Types>", b'<Override PartName="/xl/sharedStrings.xml" ' + kind + b"/></Types>"
    )

    [record] = read(write(_zip(*parts.items()), "desk.xlsx"))

    assert tuple(record.cells.values()) == FULL_ROW
