"""Letters that the Japanese font lacks are printed from Noto Sans, in the weight of the page, and are read back."""

from __future__ import annotations

import unicodedata

import pypdfium2
import pytest
from pypdfium2 import raw

from simforms.pdf import fonts, press
from simforms.pdf.press import print_pdf

PAGE = """<!doctype html><html lang="ja"><head><title>t</title><style>html { font-family: "Noto Sans CJK JP"; font-size: 8pt }
.accents { font-family: "Noto Sans", "Noto Sans CJK JP"; font-feature-settings: "ccmp" 0 }</style></head><body>%s</body></html>"""
LETTERS = [
    unicodedata.normalize("NFC", chr(code))
    for first, last in ((0x00C0, 0x0250), (0x1E00, 0x1F00), (0x0370, 0x03E2), (0x0400, 0x0530), (0x1F00, 0x2000))
    for code in range(first, last)
    if unicodedata.category(chr(code)) in {"Lu", "Ll", "Lt"}
]
"""Latin-1, Latin Extended-A, -B and Additional (with Vietnamese), Greek without Coptic, Cyrillic."""


@pytest.fixture(autouse=True)
def _fresh() -> None:
    press._press().reusable.clear()


def _page(*values: str, weight: int = 400) -> str:
    kinds = ("accents" if fonts.drawn_by_noto_sans(value) else "" for value in values)
    lines = (
        f'<p><span class="{kind}" data-field="{value}">{value}</span></p>' for kind, value in zip(kinds, values, strict=True)
    )
    return PAGE % f'<div style="font-weight: {weight}">{"".join(lines)}</div>'


def _inks(body: bytes) -> dict[str, int]:
    """Return how many dark points the first page has, by its fonts."""
    page = pypdfium2.PdfDocument(body)[0]
    names = {thing.get_font().get_base_name() for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])}
    picture = page.render(scale=3).to_pil().convert("L")
    return {", ".join(sorted(name.partition("+")[2] or name for name in names)): sum(picture.histogram()[:128])}


@pytest.mark.parametrize("weight", [400, 700])
def test_every_letter_of_latin_greek_and_cyrillic_is_printed_and_read_back(weight: int) -> None:
    assert not [letter for letter in LETTERS if any(fonts.missing_glyphs(letter))]
    lines = ["".join(LETTERS[begin : begin + 20]) for begin in range(0, len(LETTERS), 20)]

    print_pdf(_page(*lines, weight=weight), 9)  # raises if a letter cannot be read back


@pytest.mark.parametrize("text", ["Ọlọ\u0301run Ẹ\u0300kó", "xx\u030c q\u0303 M\u0304", "Ṣẹ\u0301gun ṃ", "м\u0301 α\u0304"])
def test_an_accent_by_itself_is_read_back_with_its_letter(text: str) -> None:
    print_pdf(_page("".join(dict.fromkeys(text)), text), 1)


@pytest.mark.parametrize("text", ["ไทย", "محمد", "😀", "हिन्दी", "\u0600"])
def test_other_scripts_stay_refused(text: str) -> None:
    assert any(fonts.missing_glyphs(text))


def test_bold_letters_are_bolder_and_come_from_the_same_file() -> None:
    [(regular, thin)], [(bold, thick)] = (_inks(print_pdf(_page("ŁŚŻŁŚŻ", weight=weight), 1)).items() for weight in (400, 700))

    assert (regular, bold) == ("Noto-Sans", "Noto-Sans-Bold")
    assert thick > thin * 1.2


def test_the_next_persons_letters_give_the_file_of_a_full_layout() -> None:
    values = ["Łódź", "Żary", "Łask", "Śrem", "Kępno"]
    bodies = [print_pdf(_page(value), 1) for value in values]
    assert press._press().reusable
    for value, body in zip(values, bodies, strict=True):
        press._press().reusable.clear()

        assert print_pdf(_page(value), 1) == body


def test_a_value_without_such_letters_stays_in_the_first_font() -> None:
    for text in ("Nguyễn Thị Hoa", "Kraków", "王 磊", "Москва", "プランα"):
        assert not fonts.drawn_by_noto_sans(text)
        assert "Noto-Sans-CJK-JP" in next(iter(_inks(print_pdf(_page(text), 1))))
