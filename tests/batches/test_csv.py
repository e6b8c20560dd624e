"""A table of text becomes cases, whatever a desk's computer made of it; what is wrong is told by its row and its column."""

from __future__ import annotations

import time

import pytest
from tables import FULL, FULL_ROW, HEADINGS, ROW, Write, csv, read, refusal, table_of, texts, told_of, wrong_with

from simforms.batches.tables.headings import written
from simforms.errors import CaseError, UnknownNameError
from simforms.knowledge.content import content
from simforms.knowledge.vocabulary import vocabulary


def test_a_row_is_a_case_that_knows_its_places(write: Write) -> None:
    [record] = read(write(csv((*FULL, "log[1].date", "log[1].who"), (*FULL_ROW, "2026-11-19", "田中"))))

    assert (record.number, record.id, record.problems) == (2, "a-1", ())
    assert texts(record)["log.1.who"] == "田中"
    phone = dict(record.case.leaves())["person.phone"]
    assert (phone.text, phone.location.line, phone.location.column) == ("080-1234-5678", 2, 8)
    assert record.cells["person.name"] == "WANG XIAOMING"
    assert wrong_with(record) == []


def test_the_same_table_can_be_read_again(write: Write) -> None:
    table = table_of(write(csv(FULL, FULL_ROW)))

    assert list(table) == list(table)
    assert (len(table), table.headings) == (1, FULL)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_a_spreadsheet_saves_as_csv_is_read(write: Write, encoding: str, separator: str) -> None:
    table = table_of(write(csv(FULL, FULL_ROW, separator=separator), encoding=encoding))

    assert [texts(record)["person.address"] for record in table] == ["東京都新宿区1-2-3"]
    assert [str(note.what).replace("“ワン シャオミン”, ", "") for note in table.notes] == [
        "read in the encoding cp932: “東京都新宿区1-2-3”"
    ] * (encoding == "cp932")


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
    body = csv(("id", "person.name", "person.address"), ("1", name, address)).encode(encoding, "xmlcharrefreplace")
    assert not looks_like_cp932 or body.decode("cp932")

    assert "the file is not in UTF-8; give its encoding with `--encoding`" in refusal(write(body))
    assert texts(read(write(body), encoding)[0])["person.name"]


@pytest.mark.parametrize(
    ("encoding", "language"), [("gb18030", "zh-Hans"), ("big5", "zh-Hant"), ("euc-kr", "ko"), ("euc-jp", "ja")]
)
def test_our_own_headings_in_another_encoding_are_not_taken_for_cp932(write: Write, encoding: str, language: str) -> None:
    for name in vocabulary(content()):
        text = csv((written(content(), language, name.replace("[]", "[1]")), "id"), ("x", "1"))
        body = text.encode(encoding, "replace")

        assert body.isascii() or "the file is not in UTF-8" in refusal(write(body))


def test_a_heading_in_japanese_settles_cp932_also_where_the_rest_is_in_half_width_kana(write: Write) -> None:
    text = csv(("id", written(content(), "ja", "person.name_kana")), ("1", "ﾜﾝ ｼｬｵﾐﾝ"))

    assert texts(read(write(text, encoding="cp932"))[0])["person.name_kana"] == "ﾜﾝ ｼｬｵﾐﾝ"


def test_a_wrong_encoding_is_told(write: Write) -> None:
    path = write(csv(FULL, FULL_ROW, FULL_ROW))

    assert "desk.csv:2: the file is not in the encoding ascii" in refusal(path, "ascii")
    assert read(write(csv(FULL, FULL_ROW), encoding="utf-8-sig"), "utf-8")[0].id == "a-1"
    for name in ("latin-99", "hex"):
        with pytest.raises(UnknownNameError, match="there is no encoding"):
            table_of(path, name)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", "desk.csv: the file is empty; write the headings in the first row"),
        (" \r\n\r\n", "desk.csv: the file is empty"),
        (",,\r\n,,\r\n", "desk.csv: no row is filled in"),
        ("Foo;Bar\r\n1;2\r\n", "desk.csv:1: Bar: there is no such field"),
        (csv(HEADINGS), "desk.csv: no row is filled in"),
        (csv(HEADINGS, ("example", *ROW[1:])), "desk.csv: no row is filled in"),
        (
            "id,person.nam,電話,colour\r\n1,a,b,c\r\n",
            "desk.csv:1: person.nam: there is no such field; did you mean person.name?\ndesk.csv:1: 電話: there is no such field",
        ),
        ("id,PIN\r\n1,1234\r\n", "desk.csv:1: PIN: a PIN, password or security code must not be written in a case"),
        (
            "id,Code (暗証番号)\r\n1,1234\r\n",
            "desk.csv:1: Code (暗証番号): a PIN, password or security code must not be written in a case",
        ),
        ("id,PIN番号\r\n1,1234\r\n", "desk.csv:1: PIN番号: a PIN, password or security code must not be written in a case"),
        ("id,my_number\r\n1,1234\r\n", "desk.csv:1: my_number: this is a My Number"),
        (
            "id,こうざを作った人の名前\r\n1,x\r\n",
            "desk.csv:1: こうざを作った人の名前: the heading could mean several fields; write one of",
        ),
        ("id,log[].date\r\n1,x\r\n", "log[].date: there is no such field; did you mean log[1].date?"),
        ("id,log[0].date\r\n1,x\r\n", "log[0].date: there is no such field"),
        ("person.name,id,Full name\r\na,1,b\r\n", "desk.csv:1: Full name: the heading appears twice, first in column A"),
        ("id,,person.name\r\n1,,a\r\n2,x,b\r\n", "desk.csv:3: there is no heading above B3"),
        ("id,person.\0name\r\n1,ab\r\n", "desk.csv:1: the character U+0000 is not allowed"),
        ("id,person.name\r\n1,a\r\n2," + "x" * 140_000 + "\r\n", "desk.csv:3: the row is too long"),
        ("id,person.name\r\n1,a\r\n2," + "x" * 300_000, "desk.csv:3: the row is too long"),
        ("x," * 800 + "\r\n1\r\n", "desk.csv:1: it has more than 702 columns"),
        ('id,person.name\r\n1,"a"b\r\n', "desk.csv:2: there is text after a closing quotation mark"),
        ("id\r\n" + "1\r\n" * 50_001, "desk.csv: it has more than 50000 rows; split it"),
        (b"PK\x03\x04\0\0\xff\xff\r\n", "desk.csv: the file is damaged, or its content does not match its file name extension"),
    ],
    ids=lambda value: repr(value)[:26],
)
def test_a_table_that_cannot_be_read_says_why(write: Write, body: str | bytes, told: str) -> None:
    assert told in refusal(write(body))


@pytest.mark.parametrize("rows_behind", [0, 5, 5000])
@pytest.mark.parametrize("quoted_behind", [False, True])
def test_a_quotation_mark_that_is_not_closed_swallows_no_row(write: Write, rows_behind: int, quoted_behind: bool) -> None:
    rest = ['x,"東京",c' if quoted_behind else "x,b,c"] * rows_behind
    path = write("\n".join(["id,person.address,person.email", "1,a,b", '2,"東京,b', *rest, ""]))

    assert refusal(path).startswith("desk.csv:3: a quotation mark opens here and is not closed; close it")
    with pytest.raises(CaseError) as caught:
        table_of(path)
    assert caught.value.problems[0].location.column == 2


def test_a_quotation_mark_that_closes_by_chance_much_later_is_told_too(write: Write) -> None:
    path = write("\n".join(["id,person.address,person.email", '1,"東京,b', *["x,b,c"] * 30, 'x,b",c', ""]))

    assert refusal(path).startswith("desk.csv:2: a quotation mark opens here and is not closed")


def test_rows_of_other_lengths_are_told_and_the_others_read(write: Write) -> None:
    found = read(write("id,person.name,person.email\n1,a\n\n2,b,,,\n3,c,,x,y\n4,d,e\n"))

    assert [record.number for record in found] == [2, 4, 5, 6]
    assert [told_of(record) for record in found] == [
        ["2:2 : the row has 2 cells, but there are 3 headings"],
        [],
        ["5:5 : the row has 5 cells, but there are 3 headings"],
        [],
    ]
    assert not found[2].case.entries, "what else is wrong in it is wrong by that"


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('"=""0312345678""&""1"""', "contains a formula"),
        ("=B2", "contains a formula"),
        ("#N/A", "a spreadsheet value"),
        ("TRUE", "a spreadsheet value"),
        ("9.01E+10", "a number that was rounded"),
        ('"080-1234\n5678"', "it contains a line break"),
    ],
)
def test_marks_of_a_spreadsheet_are_no_values(write: Write, cell: str, told: str) -> None:
    [record] = read(write(csv(FULL, (*FULL_ROW[:7], cell, *FULL_ROW[8:]))))

    assert [told in line and line.startswith("2:8 person.phone: ") for line in told_of(record)] == [True]
    assert [problem.name for problem in wrong_with(record)] == ["person.phone"], "it is told once, not also as missing"


def test_text_that_begins_like_a_formula_elsewhere_is_text(write: Write) -> None:
    [record] = read(write(csv(("id", "person.phone", "person.address"), ("1", "+81 80-1234-5678", "@home -1"))))

    assert texts(record) == {"person.phone": "+81 80-1234-5678", "person.address": "@home -1"}
    assert not record.problems


def test_ten_thousand_rows_are_read_in_a_moment_and_the_bad_ones_told(write: Write) -> None:
    names = [name for name in vocabulary(content()) if "[]" not in name][:29]
    bad = {number * 50 for number in range(200)}
    rows = [(f"r{number}", *(["=A1"] if number in bad else ["値"]), *["値"] * 28) for number in range(10_000)]
    path = write(csv(("id", *names), *rows))
    begin = time.process_time()

    found = [(record.id, len(record.problems)) for record in table_of(path)]

    assert time.process_time() - begin < 8
    assert len(found) == 10_000
    assert [int(name[1:]) for name, problems in found if problems] == sorted(bad)
