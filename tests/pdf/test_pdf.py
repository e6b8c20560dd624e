"""What comes out: a valid, small, reproducible file in which every character is real and every value is only data."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from conftest import CHECKOUT, SAMPLES, planned
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen

from simforms.errors import RenderError
from simforms.papers.html import document_html
from simforms.pdf import fonts
from simforms.pdf.press import print_pdf

Case = Callable[..., Path]
PAGE = (
    '<!doctype html><html lang="ja"><head><title>t</title><style>html { font-family: "Noto Sans CJK JP" }</style></head><body>%s'
)


def _body(pdf: bytes) -> str:
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf))


def _printed(path: Path, *wanted: str) -> list[bytes]:
    plan = planned(path, *wanted)
    return [print_pdf(document_html(plan, kind), kind.pages) for kind in plan.documents]


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
    [body] = _printed(case(("東京都新宿区高田馬場1-2-3", "'" + value + "'")), "cancellation-request")
    document = pypdfium2.PdfDocument(body)

    assert "".join(value.split()) in "".join(_body(body).split())
    assert len(document) == 2


@pytest.mark.parametrize("name", ["\ufa19田", "神田", "髙橋 﨑山", "𠮷野", "葛\U000e0100城", "Nguyễn Thị", "김철수"])
def test_a_name_stands_on_the_page_as_typed(case: Case, name: str) -> None:
    [body] = _printed(case(("WANG XIAOMING", name)), "cancellation-request")

    assert name.replace("\U000e0100", "") in _body(body).replace("\U000e0100", "").replace("\U000e0101", "")


def test_each_language_has_its_own_letter_forms() -> None:
    def picture(language: str) -> bytes:
        body = print_pdf(PAGE % f'<p lang="{language}">直骨門角令誤社</p>')
        return bytes(pypdfium2.PdfDocument(body)[0].render(scale=2).to_pil().tobytes())

    assert len({picture(language) for language in ("ja", "zh-Hans", "zh-Hant")}) == 3


def test_a_file_holds_just_its_glyphs_each_with_the_width_that_it_says() -> None:
    """Read with another library than the one that cuts."""
    body = print_pdf(PAGE % "<p>王小明 解約申込書 Wang, ﾜﾝ</p><b>太字</b>")
    file = pikepdf.open(io.BytesIO(body))
    faces = [entry for entry in file.objects if _is_face(entry)]

    assert len(faces) == 2
    for face in faces:
        font = CFFFontSet()
        font.decompile(io.BytesIO(face.FontDescriptor.FontFile3.read_bytes()), None)
        glyphs = font.topDictIndex[0].CharStrings
        said = _widths(list(face.W))
        drawn = {int(name[3:]): glyphs[name] for name in glyphs.keys() if name != ".notdef"}  # noqa: SIM118 - no mapping
        for glyph in drawn.values():
            glyph.draw(NullPen())
        assert {cid: glyph.width for cid, glyph in drawn.items()} == dict.fromkeys(drawn, 1000) | said  # 1000: by default
        assert len(drawn) < 20


def _is_face(entry: object) -> bool:
    return isinstance(entry, pikepdf.Dictionary) and entry.get("/Subtype") == "/CIDFontType0"


def _widths(entries: list[Any]) -> dict[int, int]:
    return {
        int(first) + at: int(width)
        for first, row in zip(entries[::2], entries[1::2], strict=True)
        for at, width in enumerate(row)
    }


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


def test_what_is_known_to_be_printable_is_in_every_face() -> None:
    sure = [chr(code) for code in range(0x10000) if fonts.ALWAYS_PRINTABLE.fullmatch(chr(code))]
    known, _ = fonts._supported_characters()

    assert len(sure) > 30_000
    assert [sign for sign in sure if sign != "\n" and ord(sign) not in known] == []
    assert {unicodedata.category(sign) for sign in sure if sign != "\n"} & fonts._UNPRINTABLE == set()


def test_more_pages_than_a_document_may_have_are_refused() -> None:
    with pytest.raises(RenderError, match="2 pages, more than the 1 it may have"):
        print_pdf(PAGE % '<p>1<p style="break-before: page">2', 1)
