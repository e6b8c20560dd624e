"""Keeps a laid-out page for the next person: only the lines that contain values are laid out again.

A page description without its values is its skeleton. Pages of one skeleton differ in those lines only, as long as each of
them takes as many lines of the same height as before; then the engine's own line maker is run again on just those lines, and
the file is the same, byte by byte, as that of a full layout. Whatever may change more than its line is refused, with the reason:
the page is then laid out as a whole. Only boxes are looked at here; `engine` knows where they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from html import unescape
from typing import Any

from simforms.pdf.field_marks import ATTRIBUTE, MARKED

_FREE = {"FlexBox", "InlineFlexBox", "GridBox", "InlineGridBox", "InlineBlockBox", "InlineTableBox"}
"""Boxes that grow with their text."""
Heights = tuple[tuple[float, ...], ...]
"""Of the lines of each slot."""


class NotReusableError(Exception):
    """These values, or this page, need a layout of the whole page; says why."""


@dataclass(frozen=True)
class MarkedPage:
    """A page description, taken apart."""

    skeleton: str
    fields: tuple[str, ...]
    texts: tuple[str, ...]
    """The title, where there is one, and the value of each field, in the order of the page."""

    @property
    def values(self) -> list[tuple[str, str]]:
        """Each value with the name of its field."""
        return [(name, text) for name, text in zip(self.fields, self.texts, strict=True) if name]


def split_values(html: str) -> MarkedPage:
    """Return the skeleton of a page description, and its values.

    >>> split_values('<title>T</title><td data-field="person.name">Wang &amp; Li</td>')
    MarkedPage(skeleton='<title></title><td data-field="person.name"></td>', fields=('', 'person.name'), texts=('T', 'Wang & Li'))
    """
    found = MARKED.findall(html)
    return MarkedPage(MARKED.sub(r"\1", html), tuple(name for _, name, _ in found), tuple(unescape(text) for *_, text in found))


@dataclass(frozen=True, eq=False)
class LineRun:
    """A run of the engine's line maker: what it was given, what it made, and where."""

    make: Callable[..., Iterator[tuple[Any, Any]]]
    context: Any
    box: Any
    position_y: float
    bottom_space: float
    skip: Any
    block: Any
    others: tuple[Any, ...]
    floats: list[Any]
    made: list[tuple[Any, float, float]]

    def rerun(self) -> list[Any]:
        """Return the lines that come out now. Raises NotReusableError where they bring more than lines."""
        aside: tuple[list[Any], list[Any]] = [], []
        self.context.create_block_formatting_context(self, list(self.floats))
        try:
            given = (self.context, self.box, self.position_y, self.bottom_space, self.skip, self.block)
            lines = [line for line, _ in self.make(*given, *aside, *self.others)]
        finally:
            self.context.finish_block_formatting_context()
        if any(aside):
            raise NotReusableError("a part of a line is elsewhere")
        return lines


@contextmanager
def record_lines(block_layout: Any) -> Iterator[list[LineRun]]:
    """Note every run of the engine's line maker (`block_layout` is the module that calls it)."""
    make = block_layout.iter_line_boxes
    found: list[LineRun] = []

    def noted(  # noqa: PLR0913, PLR0917 - the engine's own parameters
        context: Any, box: Any, position_y: float, bottom_space: float, skip: Any, block: Any, _: Any, __: Any, *others: Any
    ) -> Iterator[tuple[Any, Any]]:
        floats = list(context.excluded_shapes or ())
        making = LineRun(make, context, box, position_y, bottom_space, skip, copy(block), others, floats, [])  # as it is now
        found.append(making)
        for line, resume in make(context, box, position_y, bottom_space, skip, block, _, __, *others):
            making.made.append((line, line.position_x, line.position_y))
            yield line, resume

    block_layout.iter_line_boxes = noted
    try:
        yield found
    finally:
        block_layout.iter_line_boxes = make


@dataclass(frozen=True)
class _Slot:
    """Lines that hold values, in the laid-out page."""

    page: Any
    parent: Any
    making: LineRun
    texts: Sequence[Any]
    """The boxes of the values, as they were before the layout."""
    moved: tuple[float, float]
    """How far the page has moved the lines since they were made."""
    heights: tuple[float, ...]


@dataclass(frozen=True)
class ReusableLayout:
    """A laid-out page with the places of its values."""

    document: Any
    texts: Sequence[Sequence[Any]]
    """For each mark, the boxes of its text, as they were before the layout; none for the title."""
    slots: Sequence[_Slot]
    lay_out_backgrounds: Callable[[Any, Any, Any], None]
    """Gives the boxes in a line of a page their background, as the engine does last of all."""

    @property
    def lines(self) -> list[Sequence[Any]]:
        """The lines of each slot; those that are made again are another list."""
        return [slot.parent.children for slot in self.slots]

    @property
    def heights(self) -> Heights:
        """The heights of the lines of each slot."""
        return tuple(slot.heights for slot in self.slots)

    def fill(self, marked: MarkedPage) -> Any:
        """Put other values in, and return the page. Raises NotReusableError, and then leaves it as it was.

        After any other error it must not be used again: the engine was stopped in the middle of a line.
        """
        if any(text != " ".join(text.split()) for text in marked.texts):
            raise NotReusableError("a value with spaces or lines of its own")
        given = [(box, text) for boxes, text in zip(self.texts, marked.texts, strict=True) for box in boxes]
        before = {id(box): (box, box.text) for box, text in given if box.text != text}
        slots = [slot for slot in self.slots if any(id(box) in before for box in slot.texts)]
        for box, text in given:
            box.text = text
        try:
            lines = [self._lines(slot) for slot in slots]
        except BaseException:
            for box, text in before.values():
                box.text = text
            raise
        for slot, made in zip(slots, lines, strict=True):
            slot.parent.children = made
        if marked.fields[:1] == ("",):
            self.document.metadata.title = marked.texts[0]
        return self.document

    def _lines(self, slot: _Slot) -> list[Any]:
        lines = slot.making.rerun()
        if tuple(line.height for line in lines) != slot.heights:
            raise NotReusableError("a value takes another number of lines")
        for line in lines:
            line.translate(*slot.moved)
            self.lay_out_backgrounds(slot.page, line, slot.making.context.get_image_from_uri)
        return lines


def reusable_layout(
    document: Any,
    marked: MarkedPage,
    page: Any,
    line_runs: Sequence[LineRun],
    lay_out_backgrounds: Callable[[Any, Any, Any], None],
) -> ReusableLayout:
    """Return a page as a form: `page` is its element tree, `line_runs` how its lines were made. Raises NotReusableError."""
    elements = [element for element in page.iter() if element.get(ATTRIBUTE) and (element.text or "").strip()]
    titled = marked.fields[:1] == ("",)
    if [element.text for element in elements] != list(marked.texts[titled:]):
        raise NotReusableError("a value is not on the page as it was written")
    if titled and document.metadata.title != marked.texts[0]:
        raise NotReusableError("the title is not as it was written")
    labels = [label for sheet in document.pages for _, label, *_ in sheet.bookmarks]
    if any(text in label for text in marked.texts[titled:] for label in labels):
        raise NotReusableError("a value is in a bookmark")
    places = {id(element): number for number, element in enumerate(elements, titled)}
    by_line = {id(line): making for making in line_runs for line, *_ in making.made}
    texts: list[list[Any]] = [[] for _ in marked.texts]
    slots = []
    for place in _places(document, by_line):
        boxes = [box for box in _texts(place.making.box) if id(box.element) in places]
        for box in boxes:
            number = places[id(box.element)]
            if box.text != marked.texts[number]:
                raise NotReusableError("a value is not set as it was written")
            texts[number].append(box)
        if boxes:
            slots.append(_slot(place, boxes))
    if not all(texts[titled:]):
        raise NotReusableError("a value is outside of lines")
    return ReusableLayout(document, texts, slots, lay_out_backgrounds)


@dataclass(frozen=True)
class _Place:
    """A box of the laid-out page that holds lines, how they were made, and what around them grows with its text."""

    page: Any
    box: Any
    making: LineRun
    grows: str


def _places(document: Any, by_line: Mapping[int, LineRun]) -> Iterator[_Place]:
    for sheet in document.pages:
        yield from _within(sheet._page_box, sheet._page_box, by_line, "")


def _within(page: Any, box: Any, by_line: Mapping[int, LineRun], grows: str) -> Iterator[_Place]:
    box = getattr(box, "_box", box)  # what the engine has put elsewhere
    children = getattr(box, "children", ())
    grows = grows or _grows(box)
    if children and type(children[0]).__name__ == "LineBox":
        yield _Place(page, box, by_line[id(children[0])], grows)
        return
    for child in children:
        yield from _within(page, child, by_line, grows)


def _grows(box: Any) -> str:
    """Return what makes a box as wide as its text, if anything does."""
    kind, style = type(box).__name__, box.style
    loose = kind == "MarginBox" or style["float"] != "none" or style["position"] in {"absolute", "fixed"}
    free = kind == "TableBox" and (style["table_layout"] != "fixed" or style["width"] == "auto")  # CSS 2, 17.5.2: both are needed
    if kind in _FREE or (loose and style["width"] == "auto") or free:
        return kind
    return ""


def all_boxes(box: Any) -> Iterator[Any]:
    """Yield a box, and all that it holds."""
    yield box
    for child in getattr(box, "children", ()):
        yield from all_boxes(child)


def _texts(box: Any) -> Iterator[Any]:
    """Yield the boxes of text in a box."""
    return (one for one in all_boxes(box) if type(one).__name__ == "TextBox")


def _slot(place: _Place, texts: Sequence[Any]) -> _Slot:
    making = place.making
    if place.grows:
        raise NotReusableError(f"a value is in a box that grows with it ({place.grows})")
    if making.skip is not None or [id(line) for line in place.box.children] != [id(line) for line, *_ in making.made]:
        raise NotReusableError("a value is in a paragraph on two pages")
    if any(box.link or box.style["anchor"] or box.style["bookmark_level"] != "none" for box in all_boxes(making.box)):
        raise NotReusableError("a value is beside a link or its target")
    first, x, y = making.made[0]
    heights = tuple(line.height for line, *_ in making.made)
    return _Slot(place.page, place.box, making, texts, (first.position_x - x, first.position_y - y), heights)
