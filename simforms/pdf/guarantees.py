"""Checks a printed page: each value is inside its cell and its page, and each of its characters can be read from the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from simforms.pdf import fonts, text_layer
from simforms.pdf.field_marks import ATTRIBUTE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import weasyprint
    from weasyprint.formatting_structure.boxes import Box

TOLERANCE = 1.0
"""Points by which a text may extend over an edge: borders are thicker than that."""
_CSS_PIXEL = 4 / 3
"""Pixels per point."""


class BoundedBox(NamedTuple):
    """A box of the laid-out page, and the edges that a text in it must not cross."""

    box: Box
    field: str
    """The field whose value it contains; "" for text of the template."""
    right: float
    """The right edge of its cell or of the page, in CSS pixels."""
    bottom: float
    """The bottom edge of the page, in CSS pixels."""


def bounded_boxes(document: weasyprint.Document, boxes: Collection[int] = ()) -> list[BoundedBox]:
    """Return the pages of a laid-out document as boxes; with `boxes`, only the boxes whose `id()` is among them."""
    pages = [sheet._page_box for sheet in document.pages]
    whole = [BoundedBox(page, "", page.margin_width(), page.content_box_y() + page.height) for page in pages]
    return [inner for page in whole for inner in _boxes_within(page) if id(inner.box) in boxes] if boxes else whole


def overflowing_fields(boxes: Iterable[BoundedBox]) -> set[str]:
    """Return the fields whose text crosses the edge of its cell or of the page; "" means text of the template."""
    fields = set()
    for text, field, right, bottom in (inner for box in boxes for inner in _boxes_within(box)):
        if type(text).__name__ != "TextBox" or not text.text.strip():
            continue
        below = text.position_y + text.baseline > bottom
        beyond = text.position_x + text.width > right + TOLERANCE * _CSS_PIXEL
        if beyond or below or text.position_x < 0:
            fields.add(field)
    return fields


def _boxes_within(outer: BoundedBox) -> Iterator[BoundedBox]:
    """Yield a box and all boxes in it, each with its field and edges."""
    box, field, right, bottom = outer
    box = getattr(box, "_box", box)  # a placeholder of the engine for a box that is laid out elsewhere
    element = getattr(box, "element", None)
    field = field if element is None else element.get(ATTRIBUTE) or field
    kind = type(box).__name__  # the engine's classes are not imported: this module is loaded before the engine
    if kind == "TableCellBox":
        right = box.border_box_x() + box.border_width()
    if kind == "MarginBox":
        bottom = inf
    yield BoundedBox(box, field, right, bottom)
    for child in getattr(box, "children", ()):
        yield from _boxes_within(BoundedBox(child, field, right, bottom))


def marked_values(page: Element) -> list[tuple[str, str]]:
    """Return each value of a page as (field, text), see `field_marks`."""
    return [
        (element.get(ATTRIBUTE, ""), text)
        for element in page.iter()
        if element.get(ATTRIBUTE) and (text := "".join(element.itertext())).strip()
    ]


def missing_values(wanted: Iterable[tuple[str, str]], body: bytes) -> set[str]:
    """Return the fields whose value is not in the text of a PDF file. `wanted` are (field, text)."""
    import pypdfium2

    wanted = list(wanted)
    with pypdfium2.PdfDocument(body) as document:
        lost = _missing(wanted, "".join(sheet.get_textpage().get_text_range() for sheet in document))
    accented = [(name, text) for name, text in wanted if name in lost and any(map(unicodedata.combining, text))]
    if not accented:
        return lost
    # PDFium sorts an accent that is raised above a capital letter after its word: the file itself has the right order.
    unsorted = {name for name, _ in accented} - _missing(
        [pair for pair in wanted if pair[0] in lost], text_layer.drawn_text(body)
    )
    return lost - unsorted


def missing_values_in_rewrite(wanted: Iterable[tuple[str, str]], body: bytes) -> set[str]:
    """Return the same, but faster, for a file that differs only in its values from one that has passed `missing_values`."""
    return _missing(wanted, text_layer.drawn_text(body))


def _missing(wanted: Iterable[tuple[str, str]], text: str) -> set[str]:
    printed = _as_drawn(text)
    return {name for name, value in wanted if _as_drawn(value) not in printed}


def _as_drawn(text: str) -> str:
    """Return a text as it is drawn: without white space, and with one key for all characters that share a glyph."""
    unspaced = re.sub("[\\s\ufe00-\ufe0f\U000e0100-\U000e01ef]", "", text.replace("\ufffe", "-"))
    return "".join(fonts.glyph_key(character) for character in unicodedata.normalize("NFC", unspaced))
