"""Keeps a written PDF in pieces and regenerates only the parts that depend on the values.

While a file is written, every text that the engine draws is noted: its place in its stream, the state of the stream
before it, and the glyphs it uses. Of the objects of the file the bytes are kept. For other values, the texts of their lines
are drawn again with the engine's own function, each from the state that was noted, and put in the place of the old ones;
faces and title are made by the engine as always. That gives the same bytes as writing the file as a whole, as long as the
new lines have the same boxes as the old ones, and whatever they show besides text is in the same place; else it is refused.
Only what the engine made is looked at here; `engine` knows where it comes from.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from simforms.pdf.reuse.layout import NotReusableError, all_boxes
from simforms.pdf.reuse.objects import SerializedObject, encoded
from simforms.pdf.reuse.recording import Drawing, Faces, Notes, merged


@dataclass(frozen=True, eq=False)
class _Value:
    """A text in the lines of a slot: which slot, which text of it, and how it was drawn."""

    slot: int
    index: int
    drawing: Drawing


class FilePieces:
    """A file that was written, in pieces, and the lines that were drawn last. Raises NotReusableError where it cannot be one."""

    def __init__(self, notes: Notes, lines: Sequence[Sequence[Any]]) -> None:
        self.known: dict[bytes, bytes] = {}
        """What of it need not be compressed again, see `objects`."""
        self._first, self._lines = list(lines), list(lines)
        places = {id(box): (slot, index) for slot, made in enumerate(lines) for index, box in enumerate(_texts(made))}
        self._pieces = [*_pieces(notes.drawings, places)]
        values = [piece for piece in self._pieces if isinstance(piece, _Value)]
        self._values = {slot: [value for value in values if value.slot == slot] for slot in range(len(lines))}
        self._drawn = {id(value): (_slice(value.drawing), value.drawing.faces) for value in values}
        streams = {value.drawing.stream.number: value.drawing.stream for value in values}
        self._streams = [(number, _head(stream), _cut(stream, values)) for number, stream in streams.items()]
        self._faces = merged(drawing.faces for drawing in notes.drawings)
        self._objects = [_kept(entry, changes=entry.number in streams) for entry in notes.objects]
        described = [entry.number for entry in notes.objects if getattr(entry, "extra", {}).get("Type") == "/Metadata"]
        if len(described) != 1:
            raise NotReusableError("the file has another number of metadata")
        self._metadata = described[0]
        self._notes = replace(notes, drawings=[], objects=())
        for stream in streams.values():
            stream.stream = []  # all of it is in the pieces

    def write(self, lines: Sequence[Sequence[Any]], title: str, patch_objects: Callable[[Any, Any], None]) -> bytes:
        """Return the file with other lines and another title; `patch_objects` changes it just before. Raises NotReusableError.

        After any other error it must not be used again: some texts are those of other lines.
        """
        import pydyf

        for slot, other in enumerate(lines):
            if other is not self._lines[slot]:
                self._draw(slot, other)
        file = pydyf.PDF()
        file.objects = list(self._objects)
        for number, head, parts in self._streams:
            body = [part if isinstance(part, bytes) else self._drawn[id(part)][0] for part in parts]
            file.objects[number] = pydyf.Stream([part for part in body if part], *head)
            file.objects[number].number = number
        used = merged(piece if isinstance(piece, dict) else self._drawn[id(piece)][1] for piece in self._pieces)
        _put(file, self._notes.faces, lambda other: self._notes.build(other, used))
        _put(file, range(self._metadata, self._metadata + 1), self._notes.describe)
        file.catalog = self._objects[self._notes.catalog]
        file.info = pydyf.Dictionary({**self._notes.info, "Title": pydyf.String(title)})
        if not title:
            del file.info["Title"]
        patch_objects(None, file)
        output = io.BytesIO()
        file.write(output, *self._notes.how)
        return output.getvalue()

    def _draw(self, slot: int, lines: Sequence[Any]) -> None:
        _compare(self._first[slot], lines)
        before, now = _texts(self._lines[slot]), _texts(lines)
        drawn = {}
        for value in self._values[slot]:
            one, other = before[value.index], now[value.index]
            if _look(one) != _look(other):
                drawn[id(value)] = value.drawing.redraw(other, self._faces)
        self._drawn |= drawn  # all of them or none: a text that is not drawn again is that of the lines before
        self._lines[slot] = lines


def _put(file: Any, numbers: range, make: Callable[[Any], object]) -> None:
    """Put objects in the place of those that were made in the same way. Raises NotReusableError where they are more or fewer."""
    other = type(file)()
    other.objects = [None] * numbers.start
    make(other)
    made = other.objects[numbers.start :]
    if len(made) != len(numbers):
        raise NotReusableError("other faces are used")
    file.objects[numbers.start : numbers.stop] = made


def _pieces(drawings: Sequence[Drawing], places: Mapping[int, tuple[int, int]]) -> Iterator[Faces | _Value]:
    """Yield, in the order of drawing, the texts in slots, and the glyphs of all texts between them."""
    for fixed, part in groupby(drawings, lambda drawing: id(drawing.box) not in places):
        if fixed:
            yield merged(drawing.faces for drawing in part)
        else:
            yield from (_Value(*places[id(drawing.box)], drawing) for drawing in part)


def _cut(stream: Any, values: Sequence[_Value]) -> list[bytes | _Value]:
    """Return what a stream is made of: values, and the bytes between them."""
    parts: list[bytes | _Value] = []
    position = 0
    for value in values:
        if value.drawing.stream is stream:
            parts += [_joined(stream, position, value.drawing.begin), value]
            position = value.drawing.end
    return [*parts, _joined(stream, position, len(stream.stream))]


def _slice(drawing: Drawing) -> bytes:
    return _joined(drawing.stream, drawing.begin, drawing.end)


def _joined(stream: Any, begin: int, end: int) -> bytes:
    return b"\n".join(encoded(part) for part in stream.stream[begin:end])


def _head(stream: Any) -> tuple[Any, bool]:
    """Return what a stream is made with, besides its parts."""
    return stream.extra, stream.compress


def _kept(entry: Any, *, changes: bool) -> Any:
    if changes or entry.free == "f":
        return entry
    return SerializedObject(entry.number, entry.data, entry.compressible)


def _texts(lines: Sequence[Any]) -> list[Any]:
    return [box for line in lines for box in all_boxes(line) if type(box).__name__ == "TextBox"]


def _compare(before: Sequence[Any], lines: Sequence[Any]) -> None:
    """Raise UnfitError where lines have other boxes than before, or show something besides text in another place."""
    old, new = ([box for line in made for box in all_boxes(line)] for made in (before, lines))
    if [(type(box), id(box.style)) for box in old] != [(type(box), id(box.style)) for box in new]:
        raise NotReusableError("a line has other parts")
    for one, other in zip(old, new, strict=True):
        if not _bare(other) and (type(one).__name__ == "TextBox" or _place(one) != _place(other)):
            raise NotReusableError("a part of a line that is more than text moves")


def _place(box: Any) -> tuple[float, ...]:
    return box.position_x, box.position_y, box.width, box.height


def _look(text: Any) -> tuple[Any, ...]:
    """Return all that the drawing of a text depends on, besides its style."""
    line = text.pango_layout
    return text.text, text.baseline, *_place(text), line.text, line.justification_spacing, line.max_width


def _bare(box: Any) -> bool:
    """Tell whether a box shows nothing but text."""
    style = box.style
    if type(box).__name__ == "TextBox":
        return bool(style["text_decoration_line"] == "none")
    return (
        type(box).__name__ in {"LineBox", "InlineBox"}
        and box.background is None
        and not any(style[f"border_{side}_width"] for side in ("top", "right", "bottom", "left"))
        and style["outline_style"] == "none"
        and style["position"] == "static"
        and style["opacity"] == 1
        and not style["transform"]
    )
