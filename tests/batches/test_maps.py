"""A table with columns of somebody else's is read by a map; one is proposed, and nothing is mapped without being said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tables import FULL, FULL_ROW, Write, csv, texts, wrong_with

from simforms.batches.tables.headings import ID, meant
from simforms.batches.tables.mapping import map_yaml, read_map
from simforms.batches.tables.reader import AS_IT_IS, Reading, Record, proposal, records
from simforms.batches.tables.xlsx_writer import failed
from simforms.errors import CaseError, CommandLineError
from simforms.knowledge.content import content
from simforms.knowledge.foreign_headings import IGNORED, listed
from simforms.knowledge.vocabulary import vocabulary

ROSTER = ("学籍番号", "氏名", "国籍", "電話番号", "携帯会社", "備考")
STUDENTS = [
    ("25D001", "WANG XIAOMING", "中国", "090-1234-5671", "ソフトバンク", "4月退学"),
    ("25D002", "NGUYEN VAN AN", "ベトナム", "080-2345-6789", "ahamo", ""),
]
MAP = "id: 学籍番号\nperson.name: 氏名\nline.number: 電話番号\ncarrier: 携帯会社\nignore:\n- 国籍\n- 備考\n"


def _map(folder: Path, text: str) -> Path:
    path = folder / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _read(table: Path, text: str) -> tuple[list[Record], str]:
    """Return what is read by a map, and what is said about it."""
    found = records(content(), table, Reading(columns=read_map(content(), _map(table.parent, text))))
    return list(found), "\n".join(map(str, found.notes))


def test_a_roster_is_read_by_its_map_and_each_column_is_said(write: Write) -> None:
    found, said = _read(write(csv(ROSTER, *STUDENTS)), MAP)

    assert [record.id for record in found] == ["25D001", "25D002"]
    assert texts(found[0]) == {
        "person.name": "WANG XIAOMING",
        "line.number": "090-1234-5671",
        "carrier": "ソフトバンク",
    }
    assert "学籍番号 → id, 氏名 → person.name, 電話番号 → line.number, 携帯会社 → carrier" in said
    assert "these columns are ignored, as the map says: 国籍, 備考" in said


@pytest.mark.parametrize("encoding", ["cp932", "utf-16"])
def test_a_map_helps_whatever_the_encoding_and_the_separator(write: Write, encoding: str) -> None:
    found, _ = _read(write(csv(ROSTER, *STUDENTS, separator="\t"), encoding=encoding), MAP)

    assert [record.id for record in found] == ["25D001", "25D002"]


def test_a_column_that_the_map_does_not_name_is_refused_and_one_of_ours_needs_no_map(write: Write) -> None:
    with pytest.raises(CaseError, match="備考: there is no such field; delete the column, or write a map"):
        _read(write(csv(ROSTER, *STUDENTS)), MAP.replace("- 備考\n", ""))
    found, _ = _read(write(csv((*ROSTER, "language"), (*STUDENTS[0], "vi"))), MAP)
    assert texts(found[0])["language"] == "vi"


def test_a_column_of_the_map_that_is_not_there_is_said(write: Write) -> None:
    _, said = _read(write(csv(ROSTER[:4], STUDENTS[0][:4])), MAP)

    assert "the table does not have these columns of the map: 携帯会社, 備考" in said


def test_a_secret_is_refused_whatever_the_map_says(write: Write) -> None:
    for text in ("id: 番号\nignore: [暗証番号]\n", "id: 番号\nperson.name: 暗証番号\n"):
        with pytest.raises(CaseError, match="a PIN, password or security code must not be written in a case"):
            _read(write(csv(("番号", "暗証番号"), ("1", "1234"))), text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("person.nam: 氏名\n", "map.yaml:1: person.nam: there is no such field; did you mean person.name?"),
        (
            "person.name: 氏名\nline.number: 氏 名\ncarrier: '氏名 '\n",
            "map.yaml:3: carrier: the map has the heading “氏名” twice",
        ),
        ("id: a\nid: b\n", "map.yaml:2: id: the name appears twice"),
        ("id: [a]\n", "id[1]: there is no such field"),
        ("- a\n", "map.yaml:1: this is not a case"),
        ("ignore:\n" + "".join(f"- '{number:0300}'\n" for number in range(210)), "the map is too long"),
    ],
)
def test_a_wrong_map_is_refused_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(CaseError) as caught:
        read_map(content(), _map(tmp_path, text))

    assert told in str(caught.value)


def test_a_map_and_a_proposal_are_for_tables_with_headings(write: Write, tmp_path: Path) -> None:
    lines = write('{"id": "1"}\n', "desk.jsonl")
    for read in (
        lambda path: records(content(), path, Reading(columns={"a": "id"})),
        lambda path: proposal(content(), path, AS_IT_IS),
    ):
        for path in (lines, tmp_path):
            with pytest.raises(CommandLineError, match="a map is for a table with headings"):
                read(path)


def test_rows_that_failed_come_back_without_the_map(write: Write, tmp_path: Path) -> None:
    table = write(csv(ROSTER, (*STUDENTS[0][:3], "09O-1234", *STUDENTS[0][4:])))
    found = records(content(), table, Reading(columns=read_map(content(), _map(tmp_path, MAP))))
    wrong = [(record, problems) for record in found if (problems := wrong_with(record))]
    assert wrong
    (tmp_path / "failed.xlsx").write_bytes(failed(content(), "ja", found, wrong))

    [again] = records(content(), tmp_path / "failed.xlsx")

    assert (again.id, texts(again)["line.number"]) == ("25D001", "09O-1234")
    assert again.cells["# 備考"] == "4月退学"


def _proposed(table: Path, language: str = "en") -> str:
    found = proposal(content(), table, AS_IT_IS)
    return map_yaml(content(), language, found.columns, [names.split() for names in found.fields])


@pytest.mark.parametrize("language", ["en", "ja", "vi"])
def test_a_proposed_map_is_right_for_a_roster_and_leaves_open_what_it_does_not_know(write: Write, language: str) -> None:
    text = _proposed(write(csv(ROSTER, *STUDENTS)), language)

    lines = [line.partition("  # ")[0] for line in text.splitlines()[2:]]
    assert lines == [
        "id: 学籍番号",
        "person.name: 氏名",
        "line.number: 電話番号",
        "carrier: 携帯会社",
        "ignore:",
        "# - 国籍",
        "# - 備考",
    ]
    with pytest.raises(CaseError, match="国籍: there is no such field"):
        _read(write(csv(ROSTER, *STUDENTS)), text)
    found, _ = _read(write(csv(ROSTER, *STUDENTS)), text.replace("# - ", "- "))
    assert [record.id for record in found] == ["25D001", "25D002"]


ROSTERS: dict[str, tuple[Sequence[str], Sequence[str], Sequence[str]]] = {
    "a form, Japanese": (
        ("タイムスタンプ", "メールアドレス", "お名前（ローマ字）", "生年月日", "解約する電話番号 *", "契約会社", "その他"),
        ("2026/11/01 10:00:00", "a@example.com", "KIM MINSU", "2001-02-03", "090-1234-5678", "au", "x"),
        (IGNORED, "person.email", "person.name", "person.birth_date", "line.number", "carrier", ""),
    ),
    "a roster, Chinese": (
        ("学号", "姓名", "出生日期", "手机号", "运营商", "日本地址", "邮箱"),
        ("1", "王小明", "2001-02-03", "080-1234-5678", "softbank", "東京都新宿区1-2-3", "w@example.com"),
        ("id", "person.name", "person.birth_date", "line.number", "carrier", "person.address", "person.email"),
    ),
    "a roster, Korean": (
        ("학번", "영문 이름", "전화번호", "통신사", "연락처"),
        ("1", "KIM MINSU", "080-1234-5678", "ahamo", "070-1111-2222"),
        ("id", "person.name", "line.number", "carrier", "person.phone"),
    ),
    "a roster, Vietnamese": (
        ("MSSV", "Họ và tên", "Ngày sinh", "Số điện thoại", "Nhà mạng", "Ngày về nước"),
        ("1", "NGUYEN VAN AN", "2001-02-03", "080-1234-5678", "UQ mobile", "2026-12-20"),
        ("id", "person.name", "person.birth_date", "line.number", "carrier", "person.departure_date"),
    ),
    "headings that say nothing": (
        ("A", "B", "C", "D", "E"),
        ("a@example.com", "090-1234-5678", "ソフトバンク", "160-0022", "hello"),
        ("person.email", "line.number", "carrier", "person.postal_code", ""),
    ),
    "two phones": (
        ("電話番号", "携帯電話番号"),
        ("03-1234-5678", "090-1234-5678"),
        ("person.phone", "line.number"),
    ),
}


@pytest.mark.parametrize("name", ROSTERS)
def test_columns_are_proposed_by_their_headings_and_their_values(write: Write, name: str) -> None:
    headings, row, fields = ROSTERS[name]

    found = proposal(content(), write(csv(headings, row)), AS_IT_IS)

    assert [names.partition(" ")[0] for names in found.fields] == list(fields)


def test_a_workbook_of_a_form_is_proposed_for_too(sheet: Callable[..., Path]) -> None:
    path = sheet(("タイムスタンプ", *FULL), (46000.5, *FULL_ROW))

    assert proposal(content(), path, AS_IT_IS).fields == (IGNORED, *FULL)


def test_each_field_and_heading_of_others_is_known_and_said_once() -> None:
    words = {*vocabulary(content()), ID, IGNORED}

    assert {name for names in listed().values() for name in names} <= words
    own = {heading for heading in listed() if (ours := meant(content(), heading)) and not {*ours} & {*listed()[heading]}}
    assert not own, "our own labels mean something else"
