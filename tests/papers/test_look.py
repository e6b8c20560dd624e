"""One look for all papers: five sizes, one grid, boxes that are seen, cells to write in, pages that are used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pypdfium2
import pytest
from babel.dates import format_date
from conftest import CHECKOUT, TODAY, planned
from printed import printed
from pypdfium2 import raw
from test_samples import FIRST, LANGUAGES

from simforms.knowledge.content import content
from simforms.knowledge.documents import documents
from simforms.language.locales import locale
from simforms.pdf.press import _press
from simforms.planning.plan import plan
from simforms.texts import EMPTY

SIZES = {9.0, 10.5, 12.0, 18.0, 27.0}
POINTS = 72 / 25.4
PIXELS = 96 / 25.4
SHEETS = sorted(
    path for path in (CHECKOUT / "templates").rglob("*") if path.suffix in {".css", ".j2"} and path.name != "due.html.j2"
)
FILES = [(name, LANGUAGES[number % len(LANGUAGES)]) for number, name in enumerate(FIRST)]
MAY_BE_SHORT = {"certified-mail", "data-erasure", "initial-cancellation"}
"""A grid that begins a sheet of its own; the sheet for the person, with nothing but what is known; the end of its sources."""


@cache
def _file(name: str, language: str, *, blank: bool = False) -> tuple[str, int, bytes]:
    made = (
        plan(content(), EMPTY, TODAY, wanted=[name], language=language, blank=True)
        if blank
        else planned(FIRST[name], name, language=language)
    )
    return printed(made, made.documents[0])


def _texts(body: bytes) -> Iterator[tuple[int, float, float, float, float]]:
    """Yield page, left, bottom, right and size of each text, in points."""
    for number, page in enumerate(pypdfium2.PdfDocument(body), 1):
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            left, bottom, right, _ = thing.get_bounds()
            yield number, left, bottom, right, thing.get_font_size() * 0.75  # the engine draws in CSS pixels


def test_a_template_brings_no_size_of_its_own() -> None:
    own = re.compile(r"font(?:-size)?:(?!\s*(?:var\(--|inherit))\s*([^;}]*)")
    found = {path.name: own.findall(path.read_text(encoding="utf-8")) for path in SHEETS}

    assert {name: sizes for name, sizes in found.items() if sizes} == {
        "page.css": ['700 12pt/1.25 "Noto Sans CJK JP"'],  # of the margin, which has no variables
        "page.html.j2": ["{{ size "],  # of values that are too long
    }
    stated = re.findall(r"--(?:small|note|text|key|top): ([\d.]+)pt", (CHECKOUT / "templates/shared/page.css").read_text("utf-8"))
    assert {float(size) for size in stated} == SIZES


@pytest.mark.parametrize(("name", "language"), FILES)
def test_type_stands_in_five_sizes_and_inside_the_margins(name: str, language: str) -> None:
    texts = list(_texts(_file(name, language)[2]))

    assert {size for *_, size in texts} <= SIZES
    assert min(left for _, left, *_ in texts) >= 19.5 * POINTS, "two holes"
    assert max(right for _, _, _, right, _ in texts) <= 196.5 * POINTS
    assert min(bottom for _, _, bottom, *_ in texts) >= 8 * POINTS, "what a convenience store prints"


@pytest.mark.parametrize(("name", "language"), [(name, language) for name in FIRST for language in LANGUAGES])
def test_no_page_is_used_for_less_than_a_quarter(name: str, language: str) -> None:
    body = _file(name, language)[2]
    lowest: dict[int, float] = {}
    for number, _, bottom, _, _ in _texts(body):
        if bottom > 49 * POINTS:  # above any foot
            lowest[number] = min(bottom, lowest.get(number, 842.0))

    short = [number for number, bottom in sorted(lowest.items()) if bottom > (297 - 66) * POINTS]
    assert not short or name in MAY_BE_SHORT, short


def _boxes(html: str, most: int) -> Iterator[Any]:
    for sheet in _press().lay_out(html, most).document.pages:
        yield from _within(sheet._page_box)


def _within(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)  # what the engine has put elsewhere
    yield box
    for child in getattr(box, "children", ()):
        yield from _within(child)


@pytest.mark.parametrize(("name", "blank"), [(name, blank) for name, _ in FILES for blank in (False, True)])
def test_there_is_room_for_stamps_and_hands(name: str, blank: bool) -> None:
    language = dict(FILES)[name]
    html, most, _ = _file(name, language, blank=blank)
    for box in _boxes(html, most):
        if type(box).__name__ != "TableCellBox":
            continue
        kind, empty = box.element.get("class") or "", not "".join(box.element.itertext()).strip()
        millimetres = box.border_height() / PIXELS
        assert "stamp" not in kind.split() or millimetres >= 20
        if blank and empty and box.element.tag == "td":
            assert millimetres >= 7.9, name


@pytest.mark.parametrize("name", list(FIRST))
def test_a_blank_form_decides_nothing(name: str) -> None:
    html, _, _ = _file(name, dict(FILES)[name], blank=True)

    body = html.partition("<body>")[2]
    sample = body.partition("記入例")[2] if name == "proxy" else ""
    assert "box ticked" not in body.removesuffix(sample)
    assert "放棄" not in body


def test_a_tick_is_larger_than_its_box_and_its_words_are_bold() -> None:
    html, most, _ = _file("cancellation-request", "en")
    boxes = list(_boxes(html, most))
    signs = [box for box in boxes if getattr(box, "text", "") == "✓"]
    squares = [
        box for box in boxes if box.element is not None and box.element.get("class") == "box ticked" and hasattr(box, "width")
    ]

    assert signs
    assert squares
    assert {round(box.style["font_size"] * 0.75, 1) for box in signs} == {18.0}
    assert {box.style["font_weight"] for box in signs} == {700}
    assert {round(box.border_width() / PIXELS, 1) for box in squares if type(box).__name__ == "BlockBox"} == {4.2}


@pytest.mark.parametrize("name", list(documents(content())))
def test_no_foot_covers_the_page(name: str) -> None:
    longest = planned(CHECKOUT / "samples" / "every-field" / "case.yaml", name, language="vi")
    html, most, _ = printed(longest, longest.documents[0])
    for sheet in _press().lay_out(html, most).document.pages:
        page = sheet._page_box
        edge = page.content_box_y() + page.height
        feet = [box for box in page.descendants() if box.element is not None and box.element.get("class") == "foot"]
        tops = [box.position_y for box in feet if type(box).__name__ == "BlockBox"]
        assert all(top >= edge - 1 for top in tops), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_call_script_of_a_sample_has_four_pages_and_help_on_each(language: str) -> None:
    body = _file("call-script", language)[2]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body)]

    assert len(pages) <= 4
    said = "もう すこし ゆっくり" if language == "ja-x-easy" else "Mō sukoshi yukkuri"
    assert all(said in text for text in pages)


def test_a_blank_plan_names_no_day() -> None:
    html, _, _ = _file("departure-plan", "en", blank=True)

    assert str(TODAY.year) not in html.partition("<body>")[2].partition("Sources")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_of_the_plan_says_where_when_what_it_costs_and_whom_to_call(language: str) -> None:
    made = planned(FIRST["departure-plan"], "departure-plan", language=language)
    body = _file("departure-plan", language)[2]
    front = pypdfium2.PdfDocument(body)[0].get_textpage().get_text_range()
    moment = made.matters[0].moment

    assert moment
    assert next(iter(made.desks)).dial in front
    assert format_date(moment.day, "EEEE", locale=locale(language)) in front
    assert len(pypdfium2.PdfDocument(body)) <= 2


@pytest.mark.parametrize("name", ["final-bill", "data-erasure", "billing-dispute", "follow-up"])
def test_the_longest_letter_keeps_to_one_sheet(name: str) -> None:
    longest = planned(CHECKOUT / "samples" / "every-field" / "case.yaml", name, language="vi")

    assert len(pypdfium2.PdfDocument(printed(longest, longest.documents[0])[2])) == len(longest.documents[0].sheets)


@pytest.mark.parametrize("name", [name for name, _ in FILES if name not in {"departure-plan", "call-script", "counter-card"}])
def test_a_blank_form_takes_no_more_sheets_than_a_filled_one(name: str) -> None:
    filled, blank = (len(pypdfium2.PdfDocument(_file(name, "vi", blank=choice)[2])) for choice in (False, True))

    assert blank <= filled


def test_a_letter_is_folded_where_it_begins_and_nothing_else_is() -> None:
    html, most, _ = _file("billing-dispute", "en")
    pages = _press().lay_out(html, most).document.pages
    folds = [
        sum(
            1 for box in _within(page._page_box) if box.element is not None and "fold" in (box.element.get("class") or "").split()
        )
        for page in pages
    ]

    assert [bool(marks) for marks in folds] == [True, False, True], "the letter, the answer sheet, the copy"


def test_the_sender_of_certified_mail_has_a_sheet_in_their_language() -> None:
    letter, own = pypdfium2.PdfDocument(_file("certified-mail", "en")[2])

    assert "Complaint" not in letter.get_textpage().get_text_range()
    assert "Complaint" in own.get_textpage().get_text_range()
