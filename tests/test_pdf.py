"""What comes out: a valid, small, reproducible file in which every character is real and every value is only data."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from conftest import CHECKOUT, SAMPLES, planned
from fontTools.ttLib import TTFont

from simforms import fonts
from simforms.errors import RenderError
from simforms.pdf import print_pdf
from simforms.render import render

Case = Callable[..., Path]
PAGE = (
    '<!doctype html><html lang="ja"><head><title>t</title><style>html { font-family: "Noto Sans CJK JP" }</style></head><body>%s'
)


def _body(pdf: bytes) -> str:
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf))


def _printed(path: Path, *wanted: str) -> list[bytes]:
    plan = planned(path, *wanted)
    return [print_pdf(render(plan, kind), kind.pages) for kind in plan.documents]


def test_the_same_case_gives_the_same_bytes_in_another_process_and_another_place(tmp_path: Path) -> None:
    made = []
    for name, more in (
        ("a", {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}),
        ("b", {"PYTHONHASHSEED": "2", "TZ": "UTC"}),
    ):
        command = [sys.executable, "-m", "simforms", "render", str(SAMPLES[-1]), "-o", str(tmp_path / name)]
        subprocess.run(command, check=True, cwd=CHECKOUT, env=os.environ | more, capture_output=True)
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})

    assert made[0] == made[1]


def test_a_paper_is_the_same_alone_and_beside_others() -> None:
    alone = _printed(SAMPLES[0])
    _printed(SAMPLES[1])

    assert _printed(SAMPLES[0]) == alone


@pytest.mark.parametrize(
    "value",
    [
        "<b>x</b>&amp;",
        "{{7*7}}{% raw %}",
        "</style><style>p{color:red}",
        '" onload="x',
        "%(name)s %s",
        "<img src=file:///etc/hostname>",
    ],
)
def test_a_value_is_printed_as_typed_whatever_it_looks_like(case: Case, value: str) -> None:
    [body] = _printed(case(("東京都新宿区高田馬場1-2-3", "'" + value + "'")))
    document = pypdfium2.PdfDocument(body)

    assert "".join(value.split()) in "".join(_body(body).split())
    assert len(document) == 2


@pytest.mark.parametrize(
    "name", ["\ufa19田", "神田", "髙橋 﨑山", "𠮷野", "葛\U000e0100城", "Nguyễn Thị", "Jose\u0301", "김철수"]
)
def test_a_name_stands_on_the_page_as_typed(case: Case, name: str) -> None:
    [body] = _printed(case(("WANG XIAOMING", name)))

    assert name.replace("\U000e0100", "") in _body(body).replace("\U000e0100", "").replace("\U000e0101", "")


def test_each_language_has_its_own_letter_forms() -> None:
    def picture(language: str) -> bytes:
        body = print_pdf(PAGE % f'<p lang="{language}">直骨門角令誤社</p>')
        return bytes(pypdfium2.PdfDocument(body)[0].render(scale=2).to_pil().tobytes())

    assert len({picture(language) for language in ("ja", "zh-Hans", "zh-Hant")}) == 3


def test_the_number_of_a_character_is_that_of_its_glyph(tmp_path: Path) -> None:
    """A PDF addresses glyphs by CID: the charset of a cut face must say CID = glyph."""
    fonts.cut(["王小明 解約申込書"], tmp_path)

    for path in tmp_path.glob("*.otf"):
        charset = TTFont(path)["CFF "].cff.topDictIndex[0].charset
        assert charset == [".notdef", *(f"cid{number:05d}" for number in range(1, len(charset)))]


def test_a_cut_face_knows_only_its_own_characters(tmp_path: Path) -> None:
    fonts.cut(["王"], tmp_path)

    assert all(path.stat().st_size < 60_000 for path in tmp_path.glob("*.otf"))


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ('<img src="file:///etc/hostname">', "wanted to fetch something"),
        ('<img src="http://127.0.0.1:9/x.png">', "wanted to fetch something"),
        ('<svg><image href="http://127.0.0.1:9/x.png"/></svg>', "wanted to fetch something"),
        ('<link rel="attachment" href="file:///etc/hostname">', "wanted to fetch something"),
        ('<style>@import "http://127.0.0.1:9/x.css"</style>', "wanted to fetch something"),
        ('<style>p { background: url("file:///etc/hostname") }</style><p>x', "wanted to fetch something"),
        ('<p style="colour: red">x', "would not look as meant"),
        ("<p>\U00013000", "would not look as meant"),
    ],
)
def test_a_page_that_fetches_or_cannot_be_drawn_is_refused(markup: str, told: str) -> None:
    with pytest.raises(RenderError, match=told):
        print_pdf(PAGE % markup)


def test_more_pages_than_a_document_may_have_are_refused() -> None:
    with pytest.raises(RenderError, match="2 pages, more than the 1 it may have"):
        print_pdf(PAGE % '<p>1<p style="break-before: page">2', 1)
