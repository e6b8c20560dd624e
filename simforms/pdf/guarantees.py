"""What must be true of a printed paper: each value inside its cell and its page, each of its characters in the file's text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from math import inf
from typing import Any, NamedTuple

from simforms.pdf import fonts, text_layer

TOLERANCE = 1.0
"""Points by which a text may reach over an edge: frames are thicker than that."""
_CSS_PIXEL = 4 / 3
"""Pixels in a point."""


class BoundedBox(NamedTuple):
    """A box of the laid-out page, and what a text in it must keep."""

    box: Any
    field: str
    """Whose text it is; "" for a text of ours."""
    right: float
    """The edge that a text may not reach over: of its cell, or of the page."""
    bottom: float


def bounded_boxes(document: Any, boxes: Collection[int] = ()) -> list[BoundedBox]:
    """Return the pages of a document, which is laid out by the engine; or, by their ids, some boxes of them."""
    pages = [sheet._page_box for sheet in document.pages]
    whole = [BoundedBox(page, "", page.margin_width(), page.content_box_y() + page.height) for page in pages]
    return [room for page in whole for room in _boxes_within(page) if id(room.box) in boxes] if boxes else whole


def overflowing_fields(places: Iterable[BoundedBox]) -> set[str]:
    """Return the fields whose text, in these places, reaches over the edge of its cell or of the page; "" for a text of ours."""
    found = set()
    for text, field, right, bottom in (room for place in places for room in _boxes_within(place)):
        if type(text).__name__ != "TextBox" or not text.text.strip():
            continue
        low = text.position_y + text.baseline > bottom
        over = text.position_x + text.width > right + TOLERANCE * _CSS_PIXEL
        if over or low or text.position_x < 0:
            found.add(field)
    return found


def _boxes_within(room: BoundedBox) -> Iterator[BoundedBox]:
    """Yield the room of every box in a box, and its own."""
    box, field, right, bottom = room
    box = getattr(box, "_box", box)  # what the engine has put elsewhere
    element = getattr(box, "element", None)
    field = field if element is None else element.get("data-field") or field
    kind = type(box).__name__
    if kind == "TableCellBox":
        right = box.border_box_x() + box.border_width()
    if kind == "MarginBox":
        bottom = inf
    yield BoundedBox(box, field, right, bottom)
    for child in getattr(box, "children", ()):
        yield from _boxes_within(BoundedBox(child, field, right, bottom))


def marked_values(page: Any) -> list[tuple[str, str]]:
    """Return each value of a page description with the name of its field."""
    marked = ((element.get("data-field"), "".join(element.itertext())) for element in page.iter() if element.get("data-field"))
    return [(name, text) for name, text in marked if text.strip()]


def missing_values(wanted: Iterable[tuple[str, str]], body: bytes) -> set[str]:
    """Return the fields whose value the text of a PDF file does not hold, letter by letter, as its face draws them."""
    import pypdfium2  # noqa: PLC0415 - commands that print nothing do not pay for it

    return _missing(wanted, "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(body)))


def missing_values_in_rewrite(wanted: Iterable[tuple[str, str]], body: bytes) -> set[str]:
    """Return the same for a file that differs only in its values from one of which nothing was `missing_values`."""
    return _missing(wanted, text_layer.drawn_text(body))


def _missing(wanted: Iterable[tuple[str, str]], text: str) -> set[str]:
    printed = _as_drawn(text)
    return {name for name, value in wanted if _as_drawn(value) not in printed}


def _as_drawn(text: str) -> str:
    """Return a text as its face draws it: without white space, each character as the first of those that share its glyph."""
    plain = unicodedata.normalize("NFC", text.replace("\ufffe", "-"))
    return "".join(fonts.glyph_key(sign) for sign in re.sub("[\\s\ufe00-\ufe0f\U000e0100-\U000e01ef]", "", plain))
