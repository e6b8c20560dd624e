"""Certified mail (内容証明) keeps to the grid, the count and the characters that the post office takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import CHECKOUT, planned

from simforms.errors import CaseError
from simforms.knowledge import certified_mail as certified
from simforms.papers.html import document_html
from simforms.papers.plain_text import plain_text
from simforms.planning.views.details import details

FIRST_DAYS = CHECKOUT / "samples" / "mineo-first-days" / "case.yaml"
COMPLAINT = CHECKOUT / "samples" / "complaint" / "case.yaml"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("解約", 2),
        ("、。", 2),
        ("（注）", 2),
        ("「解約」", 3),
        ("12", 2),
        ("%", 1),
        ("㎡", 2),
        ("①", 2),
        ("⑬", 3),
        ("ABC", 3),
        ("　", 1),
    ],
)
def test_characters_count_as_the_post_office_counts_them(text: str, count: int) -> None:
    assert certified.counted(text) == count


@pytest.mark.parametrize("grid", list(certified.GRIDS))
@pytest.mark.parametrize("path", [FIRST_DAYS, COMPLAINT], ids=["notice", "complaint"])
def test_no_line_and_no_sheet_is_longer_than_its_grid(path: Path, grid: str, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(f"{path.read_text(encoding='utf-8')}certified_mail: {{grid: {grid}}}\n", encoding="utf-8")
    made = planned(case, "certified-mail")
    html = document_html(made, made.documents[0])
    width, height = certified.GRIDS[grid]

    sheets = [re.findall(r'<p class="row.*?</p>', sheet) for sheet in html.split("<section")[1:]]

    assert sheets
    assert {len(rows) for rows in sheets} == {height}
    for rows in sheets:
        assert {row.count('class="cell"') for row in rows} == {width}
        assert all(certified.counted(re.sub(r"<[^>]+>", "", row)) <= width for row in rows)


def test_only_japanese_stands_in_it_whatever_the_language() -> None:
    texts = {
        plain_text(document_html(made, made.documents[0]))
        for language in ("en", "ko", "vi")
        if (made := planned(FIRST_DAYS, "certified-mail", language=language))
    }

    assert len(texts) == 1
    [text] = texts
    assert "初期契約解除通知書" in text
    assert set(re.findall(r"[A-Za-z]+", text)) == {"KIM", "MINJUN"}


def test_the_text_for_the_online_service_has_whole_paragraphs_and_nothing_else() -> None:
    made = planned(FIRST_DAYS, "certified-mail")
    lines = plain_text(document_html(made, made.documents[0])).splitlines()

    assert lines[1] == "　電気通信事業法第26条の3に基づき、次の契約を解除します。"
    assert lines[0] == "初期契約解除通知書"
    assert lines[-1] == "株式会社オプテージ　代表者様"
    assert made.reference not in lines


@pytest.mark.parametrize("name", ["Nguyễn Văn An", "김민준", "ｷﾑ ﾐﾝｼﾞｭﾝ", "𠮷田"])
def test_a_character_that_the_post_office_refuses_is_told(name: str, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(FIRST_DAYS.read_text(encoding="utf-8").replace("name: KIM MINJUN", f"name: {name}"), encoding="utf-8")

    with pytest.raises(CaseError, match="certified mail does not accept"):
        planned(case, "certified-mail")
    assert planned(case, "initial-cancellation")


# carrier, line, days: whether our notice serves the 8-day exit
EXITS = [
    ("mineo", "voice", "2026-11-17", ""),
    ("his-mobile", "voice", "2026-11-17", ""),
    ("sakura-mobile", "voice", "2026-11-17", ""),
    ("softbank", "voice", "2026-11-17", ""),  # on a ground
    ("ntt-docomo", "voice", "2026-11-17", ""),
    ("au", "voice", "2026-11-17", ""),
    ("mineo", "data", "2026-11-17", "for lines with voice calls"),
    ("his-mobile", "data", "2026-11-17", "for lines with voice calls"),
    ("rakuten-mobile", "voice", "2026-11-17", "on its own form"),
    ("iijmio", "voice", "2026-11-17", "but not by post"),
    ("povo2", "voice", "2026-11-17", "but not by post"),
    ("b-mobile-visitor", "voice", "2026-11-17", "The 8-day cancellation does not apply to this contract"),
    ("mineo", "voice", "2026-11-13", ""),  # the last day itself
    ("mineo", "voice", "2026-11-12", "the last day for the 8-day cancellation was 2026-11-19"),
]


@pytest.mark.parametrize(("carrier", "use", "start", "told"), EXITS)
def test_the_notice_of_the_first_days_is_printed_only_where_it_serves(
    carrier: str, use: str, start: str, told: str, tmp_path: Path
) -> None:
    text = (
        FIRST_DAYS.read_text(encoding="utf-8")
        .replace("carrier: mineo", f"carrier: {carrier}")
        .replace("use: voice", f"use: {use}")
    )
    text = re.sub(r"(start|document|contract)_date: .*", rf"\1_date: {start}", text)
    case = tmp_path / "case.yaml"
    case.write_text(text, encoding="utf-8")

    if told:
        with pytest.raises(CaseError, match=told):
            planned(case, "initial-cancellation")
        assert "initial-cancellation" not in [kind.name for kind in planned(case).documents]
    else:
        assert "initial-cancellation" in [kind.name for kind in planned(case).documents]
        assert planned(case).last_of_eight.isoformat() == ("2026-11-20" if start.endswith("13") else "2026-11-24")


@pytest.mark.parametrize("carrier", ["rakuten-mobile", "iijmio", "povo2"])
def test_where_the_notice_does_not_serve_the_plan_says_where(carrier: str, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(FIRST_DAYS.read_text(encoding="utf-8").replace("carrier: mineo", f"carrier: {carrier}"), encoding="utf-8")
    made = planned(case, language="en")

    shown = "\n".join(details(made))
    assert made.carrier.first_days is not None
    assert made.carrier.first_days.text.split(".")[0] in shown
    assert "online-worksheet" not in [kind.name for kind in made.documents], "the ordinary end is another thing"


def test_an_ordinary_case_gets_no_notice() -> None:
    with pytest.raises(CaseError, match="the case asks for an ordinary cancellation"):
        planned(CHECKOUT / "samples" / "softbank-student" / "case.yaml", "initial-cancellation")
