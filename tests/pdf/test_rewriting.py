"""A file that is written for one value after the other is that of a full layout, or it is written as a whole."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
import uharfbuzz

from simforms.errors import RenderError
from simforms.pdf import font_cutting, fonts, guarantees, text_layer
from simforms.pdf import press as pdf
from simforms.pdf.press import print_pdf

PAGE = """<!doctype html><html lang="ja"><head><title>%s</title><style>html { font-family: "Noto Sans CJK JP" } %s</style></head>
<body>%s</body></html>"""
NAMES = ("WANG 王", "LI 李 \u2010", "PARK-1 朴", "NGUYỄN")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Let no page of another test be kept."""
    pdf._press().reusable.clear()
    pdf._press().rewrite_counts.clear()
    yield
    pdf._press().reusable.clear()


def _bodies(around: str, style: str = "", values: tuple[str, ...] = NAMES) -> list[bytes]:
    """Print a page for one value after the other; every file is that of a full layout."""
    pages = [PAGE % (value, style, around % f'<span data-field="x">{value}</span>') for value in values]
    bodies = [print_pdf(page) for page in pages]
    for page, body in zip(pages, bodies, strict=True):
        pdf._press().reusable.clear()
        assert print_pdf(page) == body
    return bodies


@pytest.mark.parametrize(
    ("around", "style"),
    [
        ("<p>%s</p>", ""),
        ("<p>before - %s after, all in one line</p><p>– after</p>", ""),
        ("<p>%s</p>", "p { text-align: right } span { color: red; font-weight: bold; font-size: 20pt }"),
        ("<p>%s</p>", "p { opacity: .5 } @page { @bottom-center { content: 'page' } }"),
        ("<p><b>%s</b> text</p><table style='table-layout: fixed'><tr><td>a<td>%%s</table>", "b { border: 0 }"),
    ],
)
def test_the_third_file_is_written_from_pieces_and_the_same(around: str, style: str) -> None:
    _bodies(around.replace("%%s", "%%"), style)

    assert pdf._press().rewrite_counts == {"": 2}


@pytest.mark.parametrize(
    ("around", "style", "why"),
    [
        ("<p>%s</p>", "span { border: 1pt solid }", "more than text moves"),
        ("<p>%s</p>", "span { background: yellow }", "more than text moves"),
        ("<p>%s</p>", "span { text-decoration: underline }", "more than text moves"),
        ("<p>%s <i>after</i></p>", "i { display: inline-block; border: 1pt solid }", "more than text moves"),
        ("<p>%s <i>after</i></p>", "i { position: relative; outline: 1pt solid }", "more than text moves"),
    ],
)
def test_what_shows_more_than_text_beside_a_value_is_written_as_a_whole(around: str, style: str, why: str) -> None:
    _bodies(around, style)

    assert [reason for reason in pdf._press().rewrite_counts if why in reason]
    assert not pdf._press().rewrite_counts[""]


def test_an_engine_that_draws_in_a_way_not_known_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf.preload()
    drawing = pytest.importorskip("weasyprint.draw")
    draw, count = drawing.draw_text, iter(range(1000))

    def counting(stream: Any, *others: Any) -> None:
        draw(stream, *others)
        stream.stream.append(b"%d w" % next(count))

    monkeypatch.setattr(drawing, "draw_text", counting)
    for value in NAMES:
        print_pdf(PAGE % (value, "", f'<p><span data-field="x">{value}</span></p>'))

    assert pdf._press().rewrite_counts == {"a file that is written again is different": 1}


def test_a_value_that_cannot_be_drawn_is_refused_each_time() -> None:
    for value in (*NAMES, "\U00013000", "\U00013000", "WANG"):
        page = PAGE % ("t", "", f'<p><span data-field="x">{value}</span></p>')
        if value.isascii() or value in NAMES:
            print_pdf(page)
        else:
            with pytest.raises(RenderError, match="would not look as meant"):
                print_pdf(page)


def test_the_text_of_a_file_is_what_any_reader_finds() -> None:
    for body in _bodies("<p>- 直骨門 <b>bold</b> %s</p><p>second</p>", "p { break-after: page }"):
        found = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(body))

        assert guarantees._as_drawn(text_layer.drawn_text(body)) == guarantees._as_drawn(found)


def test_a_value_that_is_not_in_the_text_of_a_file_is_found_out() -> None:
    body = _bodies("<p>%s</p>")[-1]

    assert guarantees.missing_values_in_rewrite([("name", NAMES[-1]), ("other", NAMES[0])], body) == {"other"}


@pytest.mark.parametrize("bold", [False, True])
def test_a_part_of_a_face_is_cut_out_as_from_the_whole_face(bold: bool) -> None:
    dice = random.Random(1)  # noqa: S311 - a choice of glyphs, not a secret
    face = fonts.face(fonts.font_files()[bold])
    for count in (1, 2, 3, 40, 400):
        glyphs = dice.sample(range(1, 60000), count)
        whole = uharfbuzz.subset(face, font_cutting._subset_input(glyphs)).reference_table("CFF ").data

        assert font_cutting.cut(glyphs, bold=bold) == whole
        assert font_cutting.cut(glyphs[: count // 2 + 1], bold=bold) == bytes(
            uharfbuzz.subset(face, font_cutting._subset_input(glyphs[: count // 2 + 1])).reference_table("CFF ").data
        )
