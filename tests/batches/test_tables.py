"""A table becomes cases, whatever a desk's computer made of it; what is wrong is told by its row, its column and its cell."""

from __future__ import annotations

import datetime
import io
import json
import os
import re
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import TODAY
from openpyxl import Workbook, load_workbook

from simforms.batches.tables.headings import meant, written
from simforms.batches.tables.reader import LARGEST_FILE, Record, Table, records
from simforms.batches.tables.xlsx_writer import columns, failed, template
from simforms.errors import CaseError, Problem, UnknownNameError
from simforms.knowledge.content import content
from simforms.knowledge.documents import documents
from simforms.knowledge.vocabulary import vocabulary
from simforms.language.catalogs import JAPANESE, companion_languages, translate_message
from simforms.messages import say
from simforms.planning.plan import plan

HEADINGS = ("id", "carrier", "language", "person.name", "person.name_kana", "person.birth_date", "person.address", "person.phone")
ROW = ("a-1", "softbank", "zh-Hans", "WANG XIAOMING", "ワン シャオミン", "1999-04-01", "東京都新宿区1-2-3", "080-1234-5678")
LINE = {"line.number": "090-1234-5678", "line.card": "esim", "cancellation.channel": "post"}
FULL, FULL_ROW = (*HEADINGS, *LINE), (*ROW, *LINE.values())

Write = Callable[..., Path]


def _csv(*rows: Sequence[str], separator: str = ",") -> str:
    return "".join(separator.join(row) + "\r\n" for row in rows)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a table and return its path."""

    def put(body: str | bytes, name: str = "desk.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(body.encode(encoding) if isinstance(body, str) else body)
        return path

    return put


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook of one sheet, changed by a function, and return its path."""

    def put(*rows: Sequence[object], change: Callable[[Workbook], object] = lambda _: None) -> Path:
        book = Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        change(book)
        book.save(tmp_path / "desk.xlsx")
        return tmp_path / "desk.xlsx"

    return put


def _read(path: Path, encoding: str = "") -> list[Record]:
    return list(records(content(), path, encoding=encoding))


def _texts(record: Record) -> dict[str, str]:
    return {name: text.text for name, text in record.case.leaves()}


def _refusal(path: Path, encoding: str = "") -> str:
    """Return why a table cannot be read at all, without the folder."""
    with pytest.raises(CaseError) as caught:
        records(content(), path, encoding=encoding)
    return str(caught.value).replace(f"{path.parent}/", "")


def _told(record: Record) -> list[str]:
    return [f"{problem.location.line}:{problem.location.column} {problem.name}: {problem.what}" for problem in record.problems]


def _planned(record: Record) -> list[Problem]:
    """Return what is wrong with a record when its paper is planned."""
    try:
        plan(content(), record.case, TODAY, wanted=["cancellation-request"], noticed=record.problems)
    except CaseError as error:
        return [problem for problem in error.problems if problem.severity == "error"]
    return []


def test_a_row_is_a_case_that_knows_its_places(write: Write) -> None:
    [record] = _read(write(_csv((*FULL, "log[1].date", "log[1].who"), (*FULL_ROW, "2026-11-19", "田中"))))

    assert (record.number, record.id, record.problems) == (2, "a-1", ())
    assert _texts(record)["log.1.who"] == "田中"
    phone = dict(record.case.leaves())["person.phone"]
    assert (phone.text, phone.location.line, phone.location.column) == ("080-1234-5678", 2, 8)
    assert record.cells["person.name"] == "WANG XIAOMING"
    assert _planned(record) == []


def test_the_same_table_can_be_read_again(write: Write) -> None:
    table = records(content(), write(_csv(FULL, FULL_ROW)))

    assert list(table) == list(table)
    assert (len(table), table.headings) == (1, FULL)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_a_spreadsheet_saves_as_csv_is_read(write: Write, encoding: str, separator: str) -> None:
    table = records(content(), write(_csv(FULL, FULL_ROW, separator=separator), encoding=encoding))

    assert [_texts(record)["person.address"] for record in table] == ["東京都新宿区1-2-3"]
    assert [str(note.what) for note in table.notes] == ["read in the encoding cp932"] * (encoding == "cp932")


@pytest.mark.parametrize(
    ("encoding", "name", "address", "looks_like_cp932"),
    [
        ("gb18030", "李雷", "上海市", True),
        ("euc-jp", "高橋花子", "高橋", True),
        ("cp1252", "“Adéla Résés", "Paris", True),
        ("big5", "王小明", "東京都", False),
        ("euc-kr", "김철수", "부산", False),
        ("cp1258", "Đặng Sơn", "Đường Số 3", False),
    ],
)
def test_another_encoding_is_asked_for_and_never_guessed(
    write: Write, encoding: str, name: str, address: str, looks_like_cp932: bool
) -> None:
    body = _csv(("id", "person.name", "person.address"), ("1", name, address)).encode(encoding, "xmlcharrefreplace")
    assert not looks_like_cp932 or body.decode("cp932")

    assert "the file is not in UTF-8; name its encoding with `--encoding`" in _refusal(write(body))
    assert _texts(_read(write(body), encoding)[0])["person.name"]


@pytest.mark.parametrize(
    ("encoding", "language"), [("gb18030", "zh-Hans"), ("big5", "zh-Hant"), ("euc-kr", "ko"), ("euc-jp", "ja")]
)
def test_our_own_headings_in_another_encoding_are_not_taken_for_cp932(write: Write, encoding: str, language: str) -> None:
    for name in vocabulary(content()):
        text = _csv((written(content(), language, name.replace("[]", "[1]")), "id"), ("x", "1"))
        body = text.encode(encoding, "replace")

        assert body.isascii() or "the file is not in UTF-8" in _refusal(write(body))


def test_a_heading_in_japanese_settles_cp932_also_where_the_rest_is_in_half_width_kana(write: Write) -> None:
    text = _csv(("id", written(content(), "ja", "person.name_kana")), ("1", "ﾜﾝ ｼｬｵﾐﾝ"))

    assert _texts(_read(write(text, encoding="cp932"))[0])["person.name_kana"] == "ﾜﾝ ｼｬｵﾐﾝ"


def test_a_wrong_encoding_is_told(write: Write) -> None:
    path = write(_csv(FULL, FULL_ROW, FULL_ROW))

    assert "desk.csv:2: the file is not in the encoding ascii" in _refusal(path, "ascii")
    assert _read(write(_csv(FULL, FULL_ROW), encoding="utf-8-sig"), "utf-8")[0].id == "a-1"
    for name in ("latin-99", "hex"):
        with pytest.raises(UnknownNameError, match="there is no encoding"):
            records(content(), path, encoding=name)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", "desk.csv: the file is empty; write the headings in the first row"),
        (" \r\n\r\n", "desk.csv: the file is empty"),
        (",,\r\n,,\r\n", "desk.csv: no row is filled in"),
        ("Foo;Bar\r\n1;2\r\n", "desk.csv:1: Bar: there is no such field"),
        (_csv(HEADINGS), "desk.csv: no row is filled in"),
        (_csv(HEADINGS, ("example", *ROW[1:])), "desk.csv: no row is filled in"),
        (
            "id,person.nam,電話,colour\r\n1,a,b,c\r\n",
            "desk.csv:1: person.nam: there is no such field; do you mean person.name?\ndesk.csv:1: 電話: there is no such field",
        ),
        ("id,PIN\r\n1,1234\r\n", "desk.csv:1: PIN: a secret is never written in a case"),
        ("id,Code (暗証番号)\r\n1,1234\r\n", "desk.csv:1: Code (暗証番号): a secret is never written in a case"),
        ("id,PIN番号\r\n1,1234\r\n", "desk.csv:1: PIN番号: a secret is never written in a case"),
        ("id,my_number\r\n1,1234\r\n", "desk.csv:1: my_number: this is a My Number"),
        ("id,诉求\r\n1,x\r\n", "desk.csv:1: 诉求: the heading may mean several fields; write one of refund.wish, trouble.wish"),
        ("id,log[].date\r\n1,x\r\n", "log[].date: there is no such field; do you mean log[1].date?"),
        ("id,log[0].date\r\n1,x\r\n", "log[0].date: there is no such field"),
        ("person.name,id,Full name\r\na,1,b\r\n", "desk.csv:1: Full name: the heading stands twice, first in column A"),
        ("id,,person.name\r\n1,,a\r\n2,x,b\r\n", "desk.csv:3: no heading stands over B3"),
        ("id,person.name\r\n1,a\0b\r\n", "desk.csv:2: the character U+0000 is not allowed"),
        ("id,person.name\r\n1,a\r\n2," + "x" * 140_000 + "\r\n", "desk.csv:3: the row is too long"),
        ("id,person.name\r\n1,a\r\n2," + "x" * 300_000, "desk.csv:3: the row is too long"),
        ("x," * 800 + "\r\n1\r\n", "desk.csv:1: it has more than 702 columns"),
        ('id,person.name\r\n1,"a"b\r\n', "desk.csv:2: text stands behind a closing quotation mark"),
        ("id\r\n" + "1\r\n" * 50_001, "desk.csv: it has more than 50000 rows; split it"),
        (b"PK\x03\x04\0\0\xff\xff\r\n", "desk.csv:1: the file is not in UTF-8"),
    ],
    ids=lambda value: repr(value)[:26],
)
def test_a_table_that_cannot_be_read_says_why(write: Write, body: str | bytes, told: str) -> None:
    assert told in _refusal(write(body))


@pytest.mark.parametrize("rows_behind", [0, 5, 5000])
@pytest.mark.parametrize("quoted_behind", [False, True])
def test_a_quotation_mark_that_is_not_closed_swallows_no_row(write: Write, rows_behind: int, quoted_behind: bool) -> None:
    rest = ['x,"東京",c' if quoted_behind else "x,b,c"] * rows_behind
    path = write("\n".join(["id,person.address,person.email", "1,a,b", '2,"東京,b', *rest, ""]))

    assert _refusal(path).startswith("desk.csv:3: a quotation mark opens here and is not closed; close it")
    with pytest.raises(CaseError) as caught:
        records(content(), path)
    assert caught.value.problems[0].location.column == 2


def test_a_quotation_mark_that_closes_by_chance_much_later_is_told_too(write: Write) -> None:
    path = write("\n".join(["id,person.address,person.email", '1,"東京,b', *["x,b,c"] * 30, 'x,b",c', ""]))

    assert _refusal(path).startswith("desk.csv:2: a quotation mark opens here and is not closed")


def test_rows_of_other_lengths_are_told_and_the_others_read(write: Write) -> None:
    found = _read(write("id,person.name,person.email\n1,a\n\n2,b,,,\n3,c,,x,y\n4,d,e\n"))

    assert [record.number for record in found] == [2, 4, 5, 6]
    assert [_told(record) for record in found] == [
        ["2:2 : the row has 2 cells, for 3 headings"],
        [],
        ["5:4 : no heading stands over D5", "5:5 : no heading stands over E5"],
        [],
    ]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('"=""0312345678"""', "holds a formula"),
        ("#N/A", "a value of the spreadsheet's own"),
        ("TRUE", "a value of the spreadsheet's own"),
        ("9.01E+10", "a number that was rounded"),
        ('"080-1234\n5678"', "a line break stands in it"),
    ],
)
def test_marks_of_a_spreadsheet_are_no_values(write: Write, cell: str, told: str) -> None:
    [record] = _read(write(_csv(FULL, (*FULL_ROW[:7], cell, *FULL_ROW[8:]))))

    assert [told in line and line.startswith("2:8 person.phone: ") for line in _told(record)] == [True]
    assert [problem.name for problem in _planned(record)] == ["person.phone"], "it is told once, not also as missing"


def test_text_that_begins_like_a_formula_elsewhere_is_text(write: Write) -> None:
    [record] = _read(write(_csv(("id", "person.phone", "person.address"), ("1", "+81 80-1234-5678", "@home -1"))))

    assert _texts(record) == {"person.phone": "+81 80-1234-5678", "person.address": "@home -1"}
    assert not record.problems


def test_every_label_and_every_name_is_a_heading_in_every_language() -> None:
    words = vocabulary(content())
    for language in (JAPANESE, *companion_languages(content())):
        for name in ("id", *(name for name in words if "[]" not in name)):
            full = written(content(), language, name)
            wide = full.replace("(", "（").replace(")", "）").upper()
            assert meant(content(), full) == meant(content(), f" {wide} *") == meant(content(), name) == (name,)
            assert name in meant(content(), full.removesuffix(f"({name})"))


@pytest.mark.parametrize(
    ("ids", "found", "told"),
    [
        (("A", "a"), ["A", "row-3"], "the id stands twice, first in row 2"),
        (("x", ""), ["x", "row-3"], ""),
        (("row-3", ""), ["row-3", "row-3-x"], "the id stands twice, first in row 2"),
        (("東-1", "１２"), ["東-1", "１２"], ""),
        (("1", "１"), ["1", "row-3"], "the id stands twice"),
        (("x", ".a"), ["x", "row-3"], "papers cannot be named like this"),
        (("x", "-a"), ["x", "row-3"], "papers cannot be named like this"),
        (("x", "a/b"), ["x", "row-3"], "papers cannot be named like this"),
        (("x", "a."), ["x", "row-3"], "papers cannot be named like this"),
        (("x", "a" * 41), ["x", "row-3"], "papers cannot be named like this"),
        (("x", "a" * 40), ["x", "a" * 40], ""),
        (("x", "Con.1"), ["x", "row-3"], "papers cannot be named like this"),
        (("x", "com0"), ["x", "row-3"], "papers cannot be named like this"),
        (("x", "company"), ["x", "company"], ""),
    ],
)
def test_an_id_can_name_a_file_and_stands_once(write: Write, ids: tuple[str, str], found: list[str], told: str) -> None:
    one, other = _read(write(_csv(("id", "person.name"), *((own, "A") for own in ids))))

    assert [one.id, other.id] == found
    assert not one.problems
    assert [told in line and line.startswith("3:") for line in _told(other)] == [True] * bool(told)


def test_comments_and_the_column_of_problems_are_no_fields(write: Write) -> None:
    text = "id,#problem: 需更正之处,person.name,# 備考\n1,x,A,call again\n"
    [record] = _read(write(text))

    assert _texts(record) == {"person.name": "A"}
    assert record.cells == {"id": "1", "person.name": "A", "# 備考": "call again"}


def test_ten_thousand_rows_are_read_in_a_moment_and_the_bad_ones_told(write: Write) -> None:
    names = [name for name in vocabulary(content()) if "[]" not in name][:29]
    bad = {number * 50 for number in range(200)}
    rows = [(f"r{number}", *(["=A1"] if number in bad else ["値"]), *["値"] * 28) for number in range(10_000)]
    path = write(_csv(("id", *names), *rows))
    begin = time.monotonic()

    found = [(record.id, len(record.problems)) for record in records(content(), path)]

    assert time.monotonic() - begin < 8
    assert len(found) == 10_000
    assert [int(name[1:]) for name, problems in found if problems] == sorted(bad)


@pytest.mark.parametrize("name", ["desk.csv", "desk.xlsx", "desk.jsonl"])
def test_a_file_of_two_gigabytes_is_refused_by_its_size(write: Write, name: str) -> None:
    path = write(b"", name)
    os.truncate(path, 2_000_000_000)
    begin = time.monotonic()

    assert _refusal(path) == f"{name}: the file is larger than {LARGEST_FILE // 1_000_000} MB; split it into smaller files"
    assert time.monotonic() - begin < 1


@pytest.mark.parametrize("name", ["desk.txt", "desk", "desk.xls", "case.yaml"])
def test_files_of_other_kinds_are_refused(write: Write, name: str) -> None:
    assert "a file of this kind is not read as a table; save it as `.xlsx`" in _refusal(write("x", name))


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    assert "the file cannot be read (there is no such file)" in _refusal(tmp_path / "none.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    assert "a file of this kind is not read" in _refusal(tmp_path / "pipe.csv")


# --- XLSX


def test_a_workbook_is_read_as_text(sheet: Callable[..., Path]) -> None:
    [record] = _read(sheet(FULL, FULL_ROW))

    assert (record.number, record.id, record.problems) == (2, "a-1", ())
    assert _planned(record) == []


def test_empty_rows_and_columns_are_skipped_and_the_rows_keep_their_numbers(sheet: Callable[..., Path]) -> None:
    found = _read(sheet([], ["id", None, "person.name", None], [1, None, "A"], [None, " "], [], ["2", None, "B"]))

    assert [(record.number, record.id, _texts(record)) for record in found] == [
        (3, "1", {"person.name": "A"}),
        (6, "2", {"person.name": "B"}),
    ]


@pytest.mark.parametrize(
    ("name", "cell", "told"),
    [
        ("person.phone", 8012345678, "C2 holds a number: a 0 in front is lost"),
        ("person.postal_code", 600001, "C2 holds a number"),
        ("refund.account.number", 123456.0, "C2 holds a number"),
        ("person.birth_date", 36251, "C2 holds a number"),
        ("person.phone", True, "C2 holds a value of the spreadsheet's own"),
        ("person.address", "=B2", "C2 holds a formula"),
        ("person.address", "#N/A", "C2 holds a value of the spreadsheet's own"),
        ("refund.period", datetime.date(2026, 10, 1), "C2 holds a date or a time"),
        ("person.birth_date", datetime.datetime(1999, 4, 1, 12, 30), "C2 holds a date or a time"),
        ("person.birth_date", datetime.time(12, 30), "C2 holds a date or a time"),
    ],
)
def test_what_a_program_made_of_a_text_is_refused_by_its_cell(
    sheet: Callable[..., Path], name: str, cell: object, told: str
) -> None:
    [record] = _read(sheet(["id", "carrier", name], ["a", "au", cell]))

    assert [line.startswith(f"2:3 {name}: {told}") for line in _told(record)] == [True]
    assert _texts(record) == {"carrier": "au"}


def test_days_amounts_and_ids_may_be_cells_of_their_own_kind(sheet: Callable[..., Path]) -> None:
    given = ["id", "person.birth_date", "refund.amount", "dispute.amount"]
    [record] = _read(sheet(given, [7, datetime.date(1999, 4, 1), 3278, 10450.0]))

    assert record.id == "7"
    assert _texts(record) == {"person.birth_date": "1999-04-01", "refund.amount": "3278", "dispute.amount": "10450"}


def test_merged_cells_are_refused_by_their_range(sheet: Callable[..., Path]) -> None:
    def merge(book: Workbook) -> None:
        book.worksheets[0].merge_cells("B2:B3")
        book.worksheets[0].merge_cells("A5:C5")

    path = sheet(FULL, FULL_ROW, FULL_ROW, change=merge)

    assert _refusal(path) in {
        f"desk.xlsx: merged cells: {ranges}; split them, and fill in each" for ranges in ("B2:B3, A5:C5", "A5:C5, B2:B3")
    }


def test_of_several_sheets_one_is_read_and_named(sheet: Callable[..., Path]) -> None:
    def more(book: Workbook) -> None:
        book.create_sheet("hidden").sheet_state = "hidden"
        book.worksheets[1].merge_cells("A1:B2")

    table = records(content(), sheet(FULL, FULL_ROW, change=more))
    assert [str(note.what) for note in table.notes] == ["only the sheet “Sheet” is read"]

    def second(book: Workbook) -> None:
        book.create_sheet("Cases").append(["id", "person.name"])
        book.worksheets[1].append(["x", "A"])

    table = records(content(), sheet(["anything"], ["else"], change=second))
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
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "it is locked with a password, or of the older kind (`.xls`)"),
        (_zip(("xl/worksheets/sheet1.xml", b" " * 130_000_000)), "unpacked, it is larger than a table can be"),
    ],
    ids=["broken", "csv", "word", "half", "locked", "bomb"],
)
def test_a_file_that_is_no_workbook_is_refused(write: Write, body: bytes, told: str) -> None:
    assert _refusal(write(body, "desk.xlsx")).startswith(f"desk.xlsx: {told}")


def test_a_zip_with_a_password_is_refused(write: Write) -> None:
    body = _zip(("xl/workbook.xml", b"<a/>"))
    locked = body.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    assert locked != body

    assert "it is locked with a password" in _refusal(write(locked, "desk.xlsx"))


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

    assert f"desk.xlsx: {told}" in _refusal(write(body, "desk.xlsx"))


def test_more_elements_than_a_table_has_are_refused_before_they_are_kept(
    sheet: Callable[..., Path], write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simforms.batches.tables.xlsx_guard.MOST_ELEMENTS", 1000)
    body = _with_sheet(sheet(FULL, FULL_ROW), lambda text: text.replace(b"<row ", b"<row/>" * 1000 + b"<row ", 1))

    assert "unpacked, it is larger than a table can be" in _refusal(write(body, "desk.xlsx"))


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

    [record] = _read(write(_zip(*parts.items()), "desk.xlsx"))

    assert tuple(record.cells.values()) == FULL_ROW


# --- JSON lines


def test_lines_of_json_are_cases(write: Write) -> None:
    line = (
        '{"id": 7, "carrier": "au", "person": {"name": "A\u2028B"}, "log": [{"who": "C"}, {"who": null}], "refund.amount": 3278}'
    )
    table = records(content(), write(f"\ufeff{line}\n\n{line.replace('7', '8')}\r\n", "desk.ndjson"))

    one, other = table
    assert (one.number, one.id, other.number, other.id, len(table)) == (1, "7", 3, "8", 2)
    assert _texts(one) == {"carrier": "au", "person.name": "A\u2028B", "log.1.who": "C", "refund.amount": "3278"}
    assert table.headings == ("id", "carrier", "person.name", "log[1].who", "refund.amount")
    assert not one.problems


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"person": {"phone": 8012345678}}', "person.phone: person.phone holds a number: a 0 in front is lost"),
        ('{"line.eid": ' + "8" * 5000 + "}", "line.eid: it has 5000 characters"),
        ('{"refund.amount": 3.5}', "refund.amount: this is not an amount in yen"),
        ('{"person.name": "A", "person": {"name": "B"}}', "person.name: the name stands twice, first in line 2"),
        ('{"a": 1, "a": 2}', "a: the name stands twice, first in line 2"),
        ('{"person": "A", "person.name": "B"}', "person.name: it is written both as a value and as fields"),
        ('{"refund.amount": NaN}', "it is not valid JSON (NaN)"),
        ('{"refund.amount": 1e999}', "it is not valid JSON (1e999)"),
        ('{"person.phone": true}', "person.phone holds a value of the spreadsheet's own"),
        ('{"person.name": "\\ud800"}', "person.name: character 1, U+D800"),
        ('{"person.name": ["A", "B"]}', "person.name: a list does not belong here"),
        ('{"person.nam": "A"}', "person.nam: there is no such field; do you mean person.name?"),
        ('{"pin": "1234"}', "pin: a secret is never written in a case"),
        ('{"log": [{"date": "2026-01-01"}, "x"]}', "log[2]: fields belong here"),
        ("[" * 100_000, "it is nested too deeply"),
        ('{"a":' * 30 + "1" + "}" * 30, "it is nested too deeply"),
        ("[]", "this is not a case"),
        ("7", "this is not a case"),
        ('{"a"', "it is not valid JSON"),
        (b'{"a": "\xff"}', "the file is not in UTF-8"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_line_that_is_wrong_costs_only_itself(write: Write, line: str | bytes, told: str) -> None:
    good = json.dumps(dict(zip(FULL[1:], FULL_ROW[1:], strict=True))).encode()
    wrong = line if isinstance(line, bytes) else line.encode()
    found = _read(write(b"\n".join([good, wrong, good]), "desk.jsonl"))

    assert [record.id for record in found] == ["row-1", "row-2", "row-3"]
    assert _planned(found[0]) == _planned(found[2]) == []
    assert any(told in str(problem) for problem in _planned(found[1])), _planned(found[1])


# --- a folder of cases


def test_a_folder_of_cases_is_read_by_name_and_an_unreadable_one_is_told(tmp_path: Path) -> None:
    for name, text in {"b.yaml": "carrier: au\n", "a.json": '{"carrier": "au"}', "c.yml": "a: [\n", "B.json": "{}"}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "x y.yaml").write_text("carrier: au\n")
    for name in ("notes.txt", ".hidden.yaml", "folder.yaml/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    os.truncate(tmp_path / "c.yml", 2_000_000_000)

    tracemalloc.start()
    found = _read(tmp_path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < 20_000_000

    assert [(record.number, record.id) for record in found] == [(1, "B"), (2, "a"), (3, "row-3"), (4, "c"), (5, "row-5")]
    assert [[str(problem.what) for problem in record.problems] for record in found] == [
        [],
        [],
        ["the id stands twice, first in row 1"],
        ["the file is larger than a case can be"],
        ["papers cannot be named like this"],
    ]


def test_a_folder_without_cases_is_told(tmp_path: Path) -> None:
    assert "no case is in the folder; put a file for each case there" in _refusal(tmp_path)


# --- a table to fill in


EVERYTHING = list(documents(content()).values())


@pytest.mark.parametrize("language", [*companion_languages(content())])
def test_the_columns_to_fill_in_are_understood_in_every_language_for_every_document(language: str) -> None:
    for kinds in (*([kind] for kind in EVERYTHING), EVERYTHING[:3], EVERYTHING):
        found = columns(content(), language, kinds)
        names = [meant(content(), column.heading) for column in found]

        assert names[:3] == [("id",), ("carrier",), ("language",)]
        assert all(len(name) == 1 for name in names)
        assert len(set(names)) == len(names)
        needed = {name for (name,), column in zip(names, found, strict=True) if column.needed}
        wanted = {name for kind in kinds for name in kind.needs}
        assert needed >= {"carrier"} | (wanted if len(kinds) < len(EVERYTHING) else set())
        assert [column.needed for column in found[3:]] == sorted((column.needed for column in found[3:]), reverse=True)


@pytest.mark.parametrize(("number", "language"), list(enumerate(companion_languages(content()))))
def test_the_table_to_fill_in_is_text_marks_what_is_needed_and_shows_an_example(
    number: int, language: str, tmp_path: Path
) -> None:
    path = tmp_path / "desk.xlsx"
    for kinds in (EVERYTHING, [EVERYTHING[number]]):
        path.write_bytes(template(content(), language, kinds))
        cases = load_workbook(path)["cases"]
        found = columns(content(), language, kinds)

        assert [cell.value for cell in cases[1]] == [column.heading for column in found]
        assert [bool(cell.font.bold and cell.fill.fill_type) for cell in cases[1]] == [column.needed for column in found]
        assert [cell.value for cell in cases[2]] == [column.example for column in found]
        assert {one.number_format for one in cases.column_dimensions.values()} == {"@"}
        assert {cell.number_format for cell in cases[2]} == {"@"}
        assert "no row is filled in" in _refusal(path), "the headings are known, and the example is no case"


def test_the_choices_of_the_table_to_fill_in_are_offered_from_a_hidden_sheet() -> None:
    book = load_workbook(io.BytesIO(template(content(), "ko", [documents(content())["cancellation-request"]])))
    offered = {}
    for one in book["cases"].data_validations.dataValidation:
        first, last = one.formula1.removeprefix("lists!").split(":")
        [row] = book["lists"][f"{first}:{last}"]
        [column] = one.sqref.ranges
        assert (column.min_row, column.max_row) == (2, 1001)
        offered[meant(content(), book["cases"].cell(1, column.min_col).value)[0]] = [cell.value for cell in row]

    assert book["lists"].sheet_state == "hidden"
    assert offered["line.card"] == ["sim", "esim"]
    assert offered["language"] == list(companion_languages(content()))
    assert set(offered) == {"language"} | {
        meant(content(), cell.value)[0] for cell in book["cases"][1] if _choices(meant(content(), cell.value)[0])
    }


def _choices(name: str) -> bool:
    return name in vocabulary(content()) and bool(vocabulary(content())[name].choices)


def test_a_table_that_was_filled_in_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "desk.xlsx"
    book = load_workbook(io.BytesIO(template(content(), "zh-Hans", [documents(content())["cancellation-request"]])))
    given = dict(zip(FULL, FULL_ROW, strict=True))
    columns = {meant(content(), cell.value)[0]: cell.column for cell in book["cases"][1]}
    for name, text in given.items():
        book["cases"].cell(3, columns[name], text)
    book.save(path)

    table = records(content(), path)

    assert [(record.id, record.number, _planned(record)) for record in table] == [("a-1", 3, [])]
    assert sorted((str(note.what) for note in table.notes), reverse=True) == [
        "the example is left out",
        "only the sheet “cases” is read",
    ]


# --- rows to mend


def _mended(tmp_path: Path, table: Table, language: str, **changes: str) -> tuple[Workbook, list[Record]]:
    """Write the rows that fail, change cells of the first by their field, and read them again."""
    wrong = [(record, problems) for record in table if (problems := _planned(record))]
    path = tmp_path / "failed.xlsx"
    path.write_bytes(failed(content(), language, table, wrong))
    book = load_workbook(path)
    columns = {next(iter(meant(content(), cell.value)), ""): cell.column for cell in book["cases"][1]}
    for name, text in changes.items():
        book["cases"].cell(2, columns[name.replace("__", ".")], text)
    book.save(path)
    return book, _read(path)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh-Hans", "vi"])
def test_rows_that_failed_are_mended_and_fed_back(
    write: Write, sheet: Callable[..., Path], tmp_path: Path, kind: str, language: str
) -> None:
    bad = (*FULL_ROW[:5], "1999-13-01", *FULL_ROW[6:])
    good = ("b-2", *FULL_ROW[1:])
    if kind == "csv":
        path = write(_csv(FULL, good, bad))
    elif kind == "xlsx":
        path = sheet(FULL, good, bad)
    else:
        path = write("".join(json.dumps(dict(zip(FULL, row, strict=True))) + "\n" for row in (good, bad)), "desk.jsonl")
    table = records(content(), path)

    book, again = _mended(tmp_path, table, language)
    cells = book["cases"]
    [problem] = _planned(list(table)[1])
    assert [cell.value for cell in cells[1]] == [
        *FULL,
        f"#problem: {translate_message(content(), language, say('What is wrong'))}",
    ]
    assert [cell.value for cell in cells[2]][: len(FULL)] == list(bad)
    assert translate_message(content(), language, problem.what) in cells.cell(2, len(FULL) + 1).value
    assert [cell.column_letter for cell in cells[2] if cell.fill.fill_type] == ["F"]
    assert [problem.name for problem in _planned(again[0])] == ["person.birth_date"]

    _, mended = _mended(tmp_path, table, language, person__birth_date="1999-12-01")
    assert [(record.id, _planned(record)) for record in mended] == [("a-1", [])]


def test_rows_to_mend_keep_their_names_and_get_a_column_for_what_is_missing(write: Write, tmp_path: Path) -> None:
    table = records(content(), write(_csv((*FULL[1:7], *FULL[8:], "# note"), (*FULL_ROW[1:7], *FULL_ROW[8:], "call"))))

    book, mended = _mended(tmp_path, table, "ja", person__phone="080-1234-5678")

    assert book["cases"]["A1"].value == "id"
    assert (book["cases"]["A2"].value, mended[0].id, _planned(mended[0])) == ("row-2", "row-2", [])
    assert mended[0].cells["# note"] == "call"


def test_entries_of_a_log_are_read_in_the_order_of_their_numbers_and_mended_in_their_own_columns(
    write: Write, tmp_path: Path
) -> None:
    names = ("log[10].who", "log[2].date", "log[2].what", "log[1].date")
    table = records(content(), write(_csv((*FULL, *names), (*FULL_ROW, "田中", "2026-13-01", "call", ""))))

    book, _ = _mended(tmp_path, table, "en")

    [record] = table
    assert {name: text for name, text in _texts(record).items() if name.startswith("log")} == {
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
    table = records(content(), write(_csv(("id", *names), ("1", *odd))))
    book, _ = _mended(tmp_path, table, "en")
    written_cells = [book["cases"].cell(2, column) for column in range(2, 8)]
    assert [
        cell.data_type for cell in load_workbook(io.BytesIO((tmp_path / "failed.xlsx").read_bytes()), read_only=True)["cases"][2]
    ][1:5] == ["s"] * 4
    assert [cell.value for cell in written_cells] == [*odd[:5], "a\ufffdb"]

    table = records(content(), sheet(("id", "person.phone", "refund.period"), ("1", 8012345678, datetime.date(2026, 10, 1))))
    _, again = _mended(tmp_path, table, "en")
    assert {"person.phone", "refund.period"} <= {problem.name for problem in again[0].problems}
