"""The text of a PDF file of ours, read from its bytes alone: each glyph that is drawn, as the file says what it stands for."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from struct import iter_unpack

_STREAM = re.compile(rb"(\d+) 0 obj\n(<<.*>>)\nstream\n")
_LENGTH = re.compile(rb"/Length (\d+)")
_OTHER = re.compile(rb"/(CIDFontType0C|ObjStm|XRef|Metadata)\b|/N ")
"""Streams without text: faces, other objects, colours."""
_FACE = re.compile(rb"/Subtype /Type0/BaseFont /(\w+)\+.*/ToUnicode (\d+) 0 R")
_MAPPED = re.compile(rb"^<(\w{4})> <(\w+)>$", re.MULTILINE)
_SHOWN = re.compile(rb"\n(?:/(\w+) \S+ Tf|\[(.*)\] TJ)(?=\n)")
_GLYPHS = re.compile(rb"<(\w+)>")


def drawn_text(body: bytes) -> str:
    """Return the text of a file, in the order in which it is drawn; U+FFFD for a glyph that stands for nothing.

    Much sooner than a reader of any PDF would, which looks at the outline of each glyph; but it knows only what we write.
    """
    streams = dict(_streams(body))
    faces = {name: _glyph_map(streams.get(int(number), b"")) for name, number in _FACE.findall(body)}
    found: list[str] = []
    characters: dict[int, str] = {}
    for number in sorted(streams):
        for face, shown in _SHOWN.findall(streams[number]):
            if face:
                characters = faces.get(face, {})
                continue
            glyphs = bytes.fromhex(b"".join(_GLYPHS.findall(shown)).decode())
            found += [characters.get(glyph, "\ufffd") for (glyph,) in iter_unpack(">H", glyphs)]
    return "".join(found)


def _streams(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the streams that may hold text, with their numbers."""
    position = 0
    while start := _STREAM.search(body, position):
        length = _LENGTH.search(start[2])
        position = start.end() + (int(length[1]) if length else 0)
        if not _OTHER.search(start[2]):
            data = body[start.end() : position]
            yield int(start[1]), zlib.decompress(data) if b"/FlateDecode" in start[2] else data


def _glyph_map(mapping: bytes) -> dict[int, str]:
    """Return what the glyphs of a face stand for."""
    listed = mapping[mapping.find(b"beginbfchar") :]
    return {int(glyph, 16): bytes.fromhex(code.decode()).decode("utf-16-be") for glyph, code in _MAPPED.findall(listed)}
