"""Odd and hostile text: each named case is refused, or printed exactly as typed; nothing is slow, nothing is told to a log."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from conftest import CHECKOUT, SMALL, planned
from hostile_texts import CLEANED, DOUBTFUL, PRINTED, REFUSED

from simforms.cli.main import main
from simforms.errors import CaseError
from simforms.papers.html import document_html
from simforms.pdf.press import print_pdf

Case = Callable[..., Path]
ADDRESS = "東京都新宿区高田馬場1-2-3"


def _with(case: Case, value: str) -> Path:
    return case((ADDRESS, json.dumps(value)))


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_printed_is_refused_at_once_and_never_repeated(case: Case, value: str) -> None:
    path = _with(case, value)
    started = time.perf_counter()

    with pytest.raises(CaseError) as caught:
        planned(path)

    assert time.perf_counter() - started < 5  # seconds, on a busy machine; a careless pattern takes minutes
    assert "person.address" in {problem.name for problem in caught.value.problems}
    assert all(sign not in str(caught.value) for sign in set(value) - set(SMALL) - set("0123456789U+"))


@pytest.mark.parametrize("value", PRINTED.values(), ids=PRINTED)
def test_what_can_be_printed_is_printed_as_typed(case: Case, value: str) -> None:
    plan = planned(_with(case, value), "cancellation-request")
    assert plan.values["person.address"].text == value

    pdf = print_pdf(document_html(plan, plan.documents[0]))
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()

    def bare(text: str) -> str:
        alike = str.maketrans({"‐": "-", "–": "-", "—": "-", "−": "-", "－": "-", "\U000e0100": None, "\U000e0101": None})
        return "".join(text.translate(alike).split())

    assert bare(value) in bare(text)


@pytest.mark.parametrize(("value", "read"), CLEANED.values(), ids=CLEANED)
def test_what_nobody_typed_is_left_out_and_that_is_said(case: Case, value: str, read: str) -> None:
    plan = planned(_with(case, value))

    assert plan.values["person.address"].parsed == read
    said = [
        problem
        for problem in plan.warnings
        if "invisible characters were removed, and each letter with its marks was read as" in str(problem)
    ]
    assert len(said) == (value.strip() != read)


@pytest.mark.parametrize(("value", "told"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_is_doubtful_is_printed_and_told(case: Case, value: str, told: str) -> None:
    assert any(told in str(problem) for problem in planned(_with(case, value)).warnings)


IN_ITS_FIELD = [
    ("v38-fullwidth-digits", "080-1234-5678", "０８０１２３４５６７８", "read as 080-1234-5678"),
    ("v39-arabic-digits", "080-1234-5678", "\u0660\u0668\u0660", "cannot be printed"),
    ("v40-homoglyph", "name: WANG", "passport: \u0391B1234567\n  name: WANG", "this is not a passport number"),
    ("v41-leading-zero-number", "080-1234-5678", "312345670", "write the leading 0"),
    ("v42-scientific", "080-1234-5678", "9.01E+10", "this is not a phone number"),
    ("v43-serial-date", "1999-04-01", "45292", "this is not a date"),
    ("v44-date-impossible", "1999-04-01", "2026-04-31", "there is no such date"),
    ("v45-era-edge", "1999-04-01", "昭和64年1月8日", "there is no such date"),
    ("v47-hyphen-zoo", "080-1234-5678", "080‐1234−5678", "read as 080-1234-5678"),
    ("v49-type-list", ADDRESS, "[a]", "this must not be a list"),
    ("v50-type-object", ADDRESS, "{a: 1}", "this must be one value, not fields"),
]


@pytest.mark.parametrize(("old", "new", "told"), [row[1:] for row in IN_ITS_FIELD], ids=[row[0] for row in IN_ITS_FIELD])
def test_what_does_not_fit_its_field_is_told(case: Case, old: str, new: str, told: str) -> None:
    path = case((old, new))
    try:
        found = planned(path).warnings
    except CaseError as error:
        found = error.problems

    assert any(told in str(problem) for problem in found)


USUAL = [
    *(
        ("WANG XIAOMING", name)
        for name in ("O'BRIEN-SMITH JR.", "NGUYỄN THỊ PHƯƠNG ĐẶNG", "SUKARNO", "d’Artagnan É", "KIM MIN-SU", "LI NA (李娜)")
    ),
    *(
        ("080-1234-5678", phone)
        for phone in (
            "+82-10-1234-5678",
            "+84 90 123 4567",
            "+886-912-345-678",
            "+852 9123 4567",
            "+86 13812345678",
            "060-1234-5678",
            "03-1234-5678",
            "050-1234-5678",
            "0120-123-456",
            "0980-12-3456",
        )
    ),
    *(
        (ADDRESS, address)
        for address in (
            "北京市朝阳区建国路88号 SOHO现代城A座1203室",
            "123 Lê Lợi, Quận 1, TP.HCM",
            "서울특별시 강남구 테헤란로 152",
            "'新宿区高田馬場1丁目2番3号 #201'",
            "Flat 12B, 8/F, 123 King's Road, Hong Kong",
        )
    ),
]


@pytest.mark.parametrize(("old", "new"), USUAL)
def test_what_people_really_write_is_taken_without_a_word(case: Case, old: str, new: str) -> None:
    assert not planned(case((old, new))).warnings


@pytest.mark.parametrize("value", ["\u3000", "\u00a0", " ", ""], ids=["ideographic space", "no-break space", "space", "empty"])
def test_a_blank_value_is_a_missing_one(case: Case, value: str) -> None:
    with pytest.raises(CaseError, match="this field has no value"):
        planned(_with(case, value))


@pytest.mark.parametrize(
    "key",
    ["pin", "PIN2", "puk", "password", "passcode", "secret", "cvv", "暗証番号", "密码"],
)
def test_a_secret_has_no_place_in_a_case(case: Case, key: str) -> None:
    with pytest.raises(CaseError, match="a PIN, password or security code must not be written in a case"):
        planned(case(("person:", f"person:\n  {key}: '1234'")))


@pytest.mark.parametrize("key", ["my_number", "mynumber", "マイナンバー", "個人番号"])
def test_a_my_number_has_no_field(case: Case, key: str) -> None:
    with pytest.raises(CaseError, match="this is a My Number"):
        planned(case(("person:", f"person:\n  {key}: '1'")))


@pytest.mark.parametrize("value", ["621498320257", "4111-1111-1111-1111"])
def test_a_my_number_in_another_field_is_not_asked_to_be_mended(case: Case, value: str) -> None:
    with pytest.raises(CaseError, match=r"this is (a My Number|a payment card number)"):
        planned(case(("080-1234-5678", value)))


def test_curly_quotes_are_told(case: Case) -> None:
    told = planned(_with(case, "“東京都新宿区1-2”")).warnings

    assert any("quotation marks" in str(problem) for problem in told)


CANARY = "ZQXCANARY"


def test_a_value_reaches_no_json_no_file_name_and_no_metadata(
    case: Case, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = case(("WANG XIAOMING", f"{CANARY} A"), (ADDRESS, f"{CANARY} street"))
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        SMALL.replace("WANG XIAOMING", f"{CANARY}1")
        .replace("ワン シャオミン", CANARY)
        .replace("esim", CANARY)
        .replace("softbank", CANARY),
        encoding="utf-8",
    )

    made = CliRunner().invoke(main, ["render", str(path), "-o", str(tmp_path / "out")])
    told = CliRunner().invoke(main, ["check", str(broken), "--json"])

    assert made.exit_code == 0, made.output
    assert told.exit_code == 1
    assert CANARY not in told.output + made.output + caplog.text + "".join(path.name for path in (tmp_path / "out").iterdir())
    for pdf in (tmp_path / "out").glob("*.pdf"):
        assert CANARY not in str(pypdfium2.PdfDocument(pdf).get_metadata_dict())


def test_json_names_code_severity_place_and_suggestion(case: Case) -> None:
    result = CliRunner().invoke(main, ["check", str(case(("1999-04-01", "x"))), "--json"])

    [problem] = json.loads(result.stdout)
    described = re.findall(r"^\| `(\w+)` \|", (CHECKOUT / "docs" / "check-json.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert list(problem) == described
    assert problem["code"] == "this-is-not-a-date"
    assert (problem["severity"], problem["line"], problem["column"], problem["field"]) == ("error", 6, 15, "person.birth_date")
    assert problem["message"] == "不是日期"
    assert problem["suggestion"]


def test_strict_makes_a_warning_an_error(case: Case) -> None:
    path = str(case(("WANG XIAOMING", "王小明")))

    assert CliRunner().invoke(main, ["check", path]).exit_code == 0
    assert CliRunner().invoke(main, ["check", path, "--strict"]).exit_code == 1


def test_what_was_read_in_another_way_is_shown(case: Case) -> None:
    told = CliRunner().invoke(main, ["check", str(case(("080-1234-5678", "０８０１２３４５６７８"))), "-l", "en"]).stderr

    assert "note: it was read as 080-1234-5678" in told
