"""Records what WeasyPrint draws and puts into a file, so that parts of the file can be written again.

Of every text its place in its stream is noted, the state of the stream before it, and the glyphs it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from simforms.pdf.reuse.layout import NotReusableError

Faces = dict[Any, Any]
"""The engine's faces by its keys for them; each holds the glyphs that are used of it, in the order of their first use."""


@dataclass(frozen=True, eq=False)
class Drawing:
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

    def redraw(self, box: Any, faces: Mapping[Any, Any]) -> tuple[bytes, Faces]:
        """Draw another text in its place; return what draws it, and the glyphs it uses. Raises NotReusableError."""
        stream = copy(self.before)
        stream.stream, stream._fonts = [], {key: unused(face) for key, face in faces.items()}
        self.draw(stream, box, *self.others)
        if any(face.missing for face in stream._fonts.values()):
            raise NotReusableError("a glyph is missing")
        return b"\n".join(stream.stream), {key: face for key, face in stream._fonts.items() if face.widths}


def _not_yet(*_: object) -> None:
    raise AssertionError("the file is not written yet")


@dataclass
class Notes:
    """What is noted while a file is written."""

    drawings: list[Drawing] = field(default_factory=list)
    faces: range = range(0)
    """The numbers of the objects of faces."""
    build: Callable[[Any, Faces], Any] = _not_yet
    """Puts the objects of faces into a file."""
    describe: Callable[[Any], None] = _not_yet
    """Puts the metadata into a file."""
    info: Mapping[str, Any] = field(default_factory=dict)
    objects: Sequence[Any] = ()
    catalog: int = 0
    how: tuple[Any, ...] = ()
    """What the file was written with."""

    def capture(self, file: Any) -> None:
        """Note what is in a file just before it is written."""
        self.objects, self.catalog = list(file.objects), file.catalog.number
        write = file.write

        def written(output: Any, *how: Any) -> None:
            self.how = how
            write(output, *how)

        file.write = written


@contextmanager
def record(drawing: Any, printing: Any, metadata: Any) -> Iterator[Notes]:
    """Note how a file is written; `drawing` and `printing` are the modules of the engine that call what draws and embeds."""
    notes = Notes()
    draw, build, describe = drawing.draw_text, printing.build_fonts_dictionary, metadata.include_in_pdf

    def drawn(stream: Any, box: Any, *others: Any) -> None:
        faces, before, begin = stream._fonts, copy(stream), len(stream.stream)
        before.stream, stream._fonts = [], {}
        draw(stream, box, *others)
        notes.drawings.append(Drawing(box, stream, begin, len(stream.stream), draw, before, others, stream._fonts))
        add(faces, stream._fonts)
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


def merged(parts: Iterable[Faces]) -> Faces:
    """Return the faces with the glyphs that are used in several places, as if all were drawn one after the other."""
    found: Faces = {}
    for part in parts:
        add(found, part)
    return found


def add(faces: Faces, used: Faces) -> None:
    """Add the glyphs that are used in another place to those of faces."""
    for key, face in used.items():
        if key not in faces:
            faces[key] = unused(face)
        for name in ("to_unicode", "widths"):
            own = getattr(faces[key], name)
            own.update((glyph, value) for glyph, value in getattr(face, name).items() if glyph not in own)


def unused(face: Any) -> Any:
    """Return a face none of whose glyphs is used."""
    face = copy(face)
    face.to_unicode, face.widths, face.missing = {}, {}, {}
    return face
