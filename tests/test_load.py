"""A file becomes texts that know their line; what is wrong with its form is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from simforms.errors import CaseError, ContentError
from simforms.load import load, record
from simforms.texts import Text


def _read(tmp_path: Path, body: str | bytes, name: str = "case.yaml") -> dict[str, Text]:
    path = tmp_path / name
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    case, problems = load(path)
    assert not problems
    return dict(case.leaves())


def _told(tmp_path: Path, body: str | bytes, name: str = "case.yaml") -> list[str]:
    path = tmp_path / name
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    try:
        _, problems = load(path)
    except CaseError as error:
        problems = list(error.problems)
    return [str(problem).removeprefix(str(tmp_path / name)) for problem in problems]


@pytest.mark.parametrize(
    "text",
    ["0312345670", "0600001", "007", "NO", "yes", "1_000", "12:34:56", "2026-01-02", "1.10", "9.01E+10", "0x1F", "NaN", "true"],
)
def test_every_scalar_is_the_text_that_was_typed(tmp_path: Path, text: str) -> None:
    assert _read(tmp_path, f"a: {text}")["a"].text == text
    assert _read(tmp_path, f'{{"a": {text}}}', "case.json")["a"].text == text


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    found = _read(tmp_path, "# first\nperson:\n  name: A\nline: {number: 1}\n")

    assert (found["person.name"].location.line, found["line.number"].location.line) == (3, 4)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("", ""),
        ("null", ""),
        ("~", ""),
        ('"null"', "null"),
        ("Null", "Null"),
        ('"0123456"', "0123456"),
        ('"\\ud842\\udfb7\\/x"', "𠮷/x"),
        ("\ufa19", "\ufa19"),
        ("Jose\u0301", "Jose\u0301"),
    ],
    ids=["empty", "null", "tilde", "quoted null", "Null", "quoted", "joined surrogates", "compatibility kanji", "decomposed"],
)
def test_a_value_is_neither_guessed_nor_normalised(tmp_path: Path, typed: str, text: str) -> None:
    assert _read(tmp_path, f"a: {typed}")["a"].text == text


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    assert "a" in _read(tmp_path, "\ufeffa: 1")


BROKEN = [
    ("phone: 1\na: 2\nphone: 3\n", ":3: phone: the name appears twice, first in line 1"),
    ("address: 東京都 #201\n", ":1: address: the text from # onwards would be lost"),
    ("a: 1\r# another system\r\naddress: 東京都 #201\n", ":3: address: the text from # onwards would be lost"),
    ('address: "東京都" #201\n', ":1: address: the text from # onwards would be lost"),
    ("a:\n  address: #201\n  b: 1\n", ":2: a.address: the text from # onwards would be lost"),
    ("address: #201", ":1: address: the text from # onwards would be lost"),
    ("a: 1\nb: &x 1\nc: *x\n", ":2: b: a value that starts with !, & or *"),
    ("a: !!int 3\n", ":1: a: a value that starts with !, & or *"),
    ("- a\n", ":1: this is not a case"),
    ("", ":1: this is not a case"),
    ("a: [\n", ": it is not valid YAML"),
    ("a: 1\nbirth_date 1999-04-01\nb: 2\n", ":2: there is no colon after the name"),
    ("person\n  name: X\n", ":1: there is no colon after the name"),
    ('a: 1\nname: "WANG\nb: 2\n', ":2: a quotation mark opens here and is not closed"),
    ("a:\n\u3000b: 1\n  c: 2\n", ":2: the line starts with a different kind of space"),
    ("a:\n\u00a0\u00a0b: 1\n", ":2: the line starts with a different kind of space"),
    ("\ta: 1\n", ":1: the line starts with a tab"),
    ("x:\n  a: 1\n\tb: 2\n", ":3: the line starts with a tab"),
    ("姓名: 1\n氏名：x\nperson: 1\n", ":2: the colon after the name is full-width"),
    ("carrier:softbank\nperson:\n  name: A\n", ":1: there is no space after the colon"),
    ('a: "\x01"\n', ":1: the character U+0001 is not allowed in a file"),
    ("{" * 5000, ":1: it is nested too deeply"),
    (b"a: \xff\n", ":1: the file is not in UTF-8"),
    ("[1, 2]: x\n", ":1: this is not the name of a field"),
    ("a: " + "x" * 256_000, ": the file is larger than 256 kB, which is too large for a case; write one file for each case"),
]
"""A text that is not a case as it should be, and what is told about it."""


@pytest.mark.parametrize(("body", "told"), BROKEN, ids=lambda value: value[:14] if isinstance(value, str) else "bytes")
def test_what_is_wrong_with_the_form_is_told_with_its_place(tmp_path: Path, body: str | bytes, told: str) -> None:
    found = _told(tmp_path, body)

    assert found
    assert any(told in line for line in found), found


@pytest.mark.parametrize(
    "body", [body for body, _ in BROKEN], ids=lambda value: value[:14] if isinstance(value, str) else "bytes"
)
def test_a_record_of_ours_is_refused_for_the_same_reasons(tmp_path: Path, body: str | bytes) -> None:
    path = tmp_path / "record.yaml"
    first = _told(tmp_path, body, path.name)[0].rpartition(": ")[2]

    with pytest.raises((CaseError, ContentError)) as refused:
        record(path)

    assert first in str(refused.value)


def test_a_comment_behind_a_value_is_no_problem(tmp_path: Path) -> None:
    assert _read(tmp_path, "language: zh-Hans   # printed beside the Japanese\n")["language"].text == "zh-Hans"


def test_a_file_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"none\.yaml: the file cannot be read"):
        load(tmp_path / "none.yaml")


def test_ten_thousand_nested_aliases_are_refused_at_once(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9))

    assert "a value that starts with" in _told(tmp_path, bomb)[0] or "a list" in _told(tmp_path, bomb)[0]


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (b"language: ko\nline:\n\tcard: esim\n", "ko"),
        (b'carrier: au\nperson: {name: WANG}\n"language": zh-Hans\nline: card: esim\n', "zh-Hans"),
        (b'{"log": [{"language": "vi"}], "language": "ko", "line": {"card": }', "ko"),
        ("language: ko\nperson: {name: M\u00fcller}\n".encode("latin-1"), "ko"),
        (b"language: ko\n\x00", ""),
        (b"line: {language: ko}\n\tx", ""),
        (b"- language: ko\n- x: y: z\n", ""),
        (b"\tlanguage: ko\n", ""),
        (b"language: ko\n" + b"[" * 2000, "ko"),
        (b"[" * 200 + b"language: ko", ""),
    ],
    ids=range(10),
)
def test_a_file_that_cannot_be_read_still_says_its_language(body: bytes, language: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(body)

    with pytest.raises(CaseError) as caught:
        load(path)

    assert caught.value.language == language
