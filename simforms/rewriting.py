"""A file that was written is kept in pieces: for other values only what holds a value, or hangs on its glyphs, is written anew.

While a file is written, every text that the engine draws is noted: where it stands in its stream, the state of the stream
before it, and the glyphs it uses. Of the objects of the file the bytes are kept. For other values, the texts of their lines
are drawn again with the engine's own function, each from the state that was noted, and put in the place of the old ones;
faces and title are made by the engine as always. That gives the same bytes as writing the file as a whole, as long as the
new lines have the same boxes as the old ones, and whatever they show besides text stands where it stood; else it is refused.
Only what the engine made is looked at here; `engine` knows where it comes from.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from simforms.kept import UnfitError, all_boxes

Faces = dict[Any, Any]
"""The engine's faces by its keys for them; each holds the glyphs that are used of it, in the order of their first use."""


@dataclass
class Bytes:
    """An object of a file as its bytes; to the writer of files it is an object like others."""

    number: int
    data: bytes
    compressible: bool
    """Whether it is written among others that are compressed together: so are those that are the same for all values."""
    offset: int = 0
    generation: int = 0
    free: str = "n"

    @property
    def reference(self) -> bytes:
        """What other objects call it by."""
        return b"%d 0 R" % self.number

    @property
    def indirect(self) -> bytes:
        """The object as it stands by itself."""
        return b"%d 0 obj\n%b\nendobj" % (self.number, self.data)


def apart(entry: Any) -> Bytes:
    """Return an object to be written by itself, as it hangs on values."""
    return Bytes(entry.number, entry.data, compressible=False)


@dataclass(frozen=True, eq=False)
class _Drawing:
    """A text that was drawn."""

    box: Any
    stream: Any
    begin: int
    end: int
    draw: Callable[..., None]
    before: Any
    """The stream as it was before, but empty."""
    others: tuple[Any, ...]
    """What else the text was drawn with."""
    faces: Faces

    def again(self, box: Any, faces: Mapping[Any, Any]) -> tuple[bytes, Faces]:
        """Draw another text in its place; return what draws it, and the glyphs it uses. Raises UnfitError."""
        stream = copy(self.before)
        stream.stream, stream._fonts = [], {key: _unused(face) for key, face in faces.items()}
        self.draw(stream, box, *self.others)
        if any(face.missing for face in stream._fonts.values()):
            raise UnfitError("a glyph is missing")
        return b"\n".join(stream.stream), {key: face for key, face in stream._fonts.items() if face.widths}


@dataclass
class Notes:
    """What is noted while a file is written."""

    drawings: list[_Drawing] = field(default_factory=list)
    faces: range = range(0)
    """The numbers of the objects of faces."""
    build: Callable[[Any, Faces], Any] = print
    """Puts the objects of faces into a file."""
    describe: Callable[[Any], None] = print
    """Puts the metadata into a file."""
    info: Mapping[str, Any] = field(default_factory=dict)
    objects: Sequence[Any] = ()
    catalog: int = 0
    how: tuple[Any, ...] = ()
    """What the file was written with."""

    def taken(self, file: Any) -> None:
        """Note what is in a file just before it is written."""
        self.objects, self.catalog = list(file.objects), file.catalog.number
        write = file.write

        def written(output: Any, *how: Any) -> None:
            self.how = how
            write(output, *how)

        file.write = written


@contextmanager
def noted(drawing: Any, printing: Any, metadata: Any) -> Iterator[Notes]:
    """Note how a file is written; `drawing` and `printing` are the modules of the engine that call what draws and embeds."""
    notes = Notes()
    draw, build, describe = drawing.draw_text, printing.build_fonts_dictionary, metadata.include_in_pdf

    def drawn(stream: Any, box: Any, *others: Any) -> None:
        faces, before, begin = stream._fonts, copy(stream), len(stream.stream)
        stream._fonts = {}
        draw(stream, box, *others)
        notes.drawings.append(_Drawing(box, stream, begin, len(stream.stream), draw, before, others, stream._fonts))
        _add(faces, stream._fonts)
        stream._fonts = faces

    def built(file: Any, faces: Faces, *others: Any) -> Any:
        first = len(file.objects)
        found = build(file, faces, *others)
        notes.faces = range(first, len(file.objects))
        notes.build = lambda another, used: build(another, used, *others)
        return found

    def described(file: Any, *others: Any, **named: Any) -> None:
        describe(file, *others, **named)
        notes.describe = lambda another: describe(another, *others, **named)

    drawing.draw_text, printing.build_fonts_dictionary, metadata.include_in_pdf = drawn, built, described
    try:
        yield notes
    finally:
        drawing.draw_text, printing.build_fonts_dictionary = draw, build


@contextmanager
def packed_once(streams: Any, known: dict[bytes, bytes]) -> Iterator[None]:
    """Let each stream of a file be compressed once, though its writer asks twice; what is `known` is not compressed again.

    `streams` is the writer's class of them. Of a file only the one that holds other objects becomes known.
    """
    data = streams.data

    def packed(stream: Any) -> bytes:
        own = vars(stream)
        if "packed" not in own:
            plain = b"\n".join(_encoded(part) for part in stream.stream) if stream.extra.get("Type") == "/ObjStm" else b""
            own["packed"] = known.get(plain) or data.fget(stream)
            if plain and plain not in known:
                known.clear()
                known[plain] = own["packed"]
        return bytes(own["packed"])

    streams.data = property(packed)
    try:
        yield
    finally:
        streams.data = data


def _encoded(part: bytes | str) -> bytes:
    return part if isinstance(part, bytes) else part.encode()


@dataclass(frozen=True, eq=False)
class _Value:
    """A text in the lines of a slot: which slot, which text of it, and how it was drawn."""

    slot: int
    index: int
    drawing: _Drawing


class Written:
    """A file that was written, in pieces, and the lines that were drawn last."""

    def __init__(self, notes: Notes, lines: Sequence[Sequence[Any]]) -> None:
        self.first, self.lines = list(lines), list(lines)
        self.known: dict[bytes, bytes] = {}
        self._notes = notes
        places = {id(box): (slot, index) for slot, made in enumerate(lines) for index, box in enumerate(_texts(made))}
        self._pieces = [*_pieces(notes.drawings, places)]
        values = [piece for piece in self._pieces if isinstance(piece, _Value)]
        self._drawn = {id(value): (_slice(value.drawing), value.drawing.faces) for value in values}
        self._values = {slot: [value for value in values if value.slot == slot] for slot in range(len(lines))}
        streams = {id(value.drawing.stream): value.drawing.stream for value in values}
        self._streams = [(stream, _cut(stream, values)) for stream in streams.values()]
        self._faces = _together(drawing.faces for drawing in notes.drawings)
        self._objects = [entry if entry.free == "f" else _kept(entry, changes=id(entry) in streams) for entry in notes.objects]

    def written(self, lines: Sequence[Sequence[Any]], title: str, finished: Callable[[Any, Any], None]) -> bytes:
        """Return the file with other lines and another title. Raises UnfitError."""
        import pydyf  # noqa: PLC0415 - the engine's writer of files

        for slot, other in enumerate(lines):
            if other is not self.lines[slot]:
                self._draw(slot, other)
        file = pydyf.PDF()
        file.objects = list(self._objects)
        for stream, parts in self._streams:
            body = [part if isinstance(part, bytes) else self._drawn[id(part)][0] for part in parts]
            made = file.objects[stream.number] = pydyf.Stream([part for part in body if part], stream.extra, stream.compress)
            made.number = stream.number
        used = _together(piece if isinstance(piece, dict) else self._drawn[id(piece)][1] for piece in self._pieces)
        self._put(file, self._notes.faces, lambda other: self._notes.build(other, used))
        [description] = [entry.number for entry in self._notes.objects if getattr(entry, "extra", {}).get("Type") == "/Metadata"]
        self._put(file, range(description, description + 1), self._notes.describe)
        file.catalog = self._objects[self._notes.catalog]
        file.info = pydyf.Dictionary({**self._notes.info, **({"Title": pydyf.String(title)} if title else {})})
        finished(None, file)
        output = io.BytesIO()
        file.write(output, *self._notes.how)
        return output.getvalue()

    def _draw(self, slot: int, lines: Sequence[Any]) -> None:
        _compare(self.first[slot], lines)
        before, now = _texts(self.lines[slot]), _texts(lines)
        for value in self._values[slot]:
            one, other = before[value.index], now[value.index]
            if _look(one) != _look(other):
                self._drawn[id(value)] = value.drawing.again(other, self._faces)
        self.lines[slot] = lines

    @staticmethod
    def _put(file: Any, numbers: range, make: Callable[[Any], object]) -> None:
        """Put objects in the place of those that were made in the same way. Raises UnfitError where they are more or fewer."""
        other = type(file)()
        other.objects = [None] * numbers.start
        make(other)
        made = other.objects[numbers.start :]
        if len(made) != len(numbers):
            raise UnfitError("other faces are used")
        file.objects[numbers.start : numbers.stop] = made


def _pieces(drawings: Sequence[_Drawing], places: Mapping[int, tuple[int, int]]) -> Iterator[Faces | _Value]:
    """Yield, in the order of drawing, the texts in slots, and the glyphs of all texts between them."""
    for fixed, part in groupby(drawings, lambda drawing: id(drawing.box) not in places):
        if fixed:
            yield _together(drawing.faces for drawing in part)
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


def _slice(drawing: _Drawing) -> bytes:
    return _joined(drawing.stream, drawing.begin, drawing.end)


def _joined(stream: Any, begin: int, end: int) -> bytes:
    return b"\n".join(_encoded(part) if isinstance(part, bytes | str) else part.data for part in stream.stream[begin:end])


def _kept(entry: Any, *, changes: bool) -> Any:
    return None if changes else Bytes(entry.number, entry.data, entry.compressible)


def _together(parts: Iterable[Faces]) -> Faces:
    found: Faces = {}
    for part in parts:
        _add(found, part)
    return found


def _add(faces: Faces, used: Faces) -> None:
    """Add glyphs that are used to those of faces, as if the texts had been drawn one after the other."""
    for key, face in used.items():
        if key not in faces:
            faces[key] = _unused(face)
        for name in ("to_unicode", "widths"):
            own = getattr(faces[key], name)
            own.update((glyph, value) for glyph, value in getattr(face, name).items() if glyph not in own)


def _unused(face: Any) -> Any:
    face = copy(face)
    face.to_unicode, face.widths, face.missing = {}, {}, {}
    return face


def _texts(lines: Sequence[Any]) -> list[Any]:
    return [box for line in lines for box in all_boxes(line) if type(box).__name__ == "TextBox"]


def _compare(before: Sequence[Any], lines: Sequence[Any]) -> None:
    """Raise UnfitError where lines have other boxes than before, or show something besides text in another place."""
    old, new = ([box for line in made for box in all_boxes(line)] for made in (before, lines))
    if [(type(box), id(box.style)) for box in old] != [(type(box), id(box.style)) for box in new]:
        raise UnfitError("a line has other parts")
    for one, other in zip(old, new, strict=True):
        if not _bare(other) and (type(one).__name__ == "TextBox" or _place(one) != _place(other)):
            raise UnfitError("a part of a line that is more than text moves")


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
