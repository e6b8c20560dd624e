"""Extracts the text of a PDF file that we wrote, directly from its bytes: each drawn glyph, as its font maps it to Unicode."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from struct import iter_unpack

_STREAM = re.compile(rb"(\d+) 0 obj\n(<<.*>>)\nstream\n")
_LENGTH = re.compile(rb"/Length (\d+)")
_OTHER = re.compile(rb"/(CIDFontType0C|Length1|ObjStm|XRef|Metadata)\b|/N ")
"""Streams without text: fonts, object streams, colour profiles."""
_FACE = re.compile(rb"/Subtype /Type0/BaseFont /(\w+)\+.*/ToUnicode (\d+) 0 R")
_MAPPED = re.compile(rb"^<(\w{4})> <(\w+)>$", re.MULTILINE)
_SHOWN = re.compile(rb"\n(?:/(\w+) \S+ Tf|\[(.*)\] TJ)(?=\n)")
_GLYPHS = re.compile(rb"<(\w+)>")


def drawn_text(body: bytes) -> str:
    """Return the text of a file in the order in which it is drawn, with U+FFFD for a glyph without a mapping.

    Much faster than a general PDF reader, which loads the outline of each glyph, but it reads only files that we wrote.
    """
    streams = dict(_streams(body))
    faces = {name: _glyph_map(streams.get(int(number), b"")) for name, number in _FACE.findall(body)}
    drawn: list[str] = []
    characters: dict[int, str] = {}
    for number in sorted(streams):
        for face, shown in _SHOWN.findall(streams[number]):
            if face:
                characters = faces.get(face, {})
                continue
            glyphs = bytes.fromhex(b"".join(_GLYPHS.findall(shown)).decode())
            drawn += [characters.get(glyph, "\ufffd") for (glyph,) in iter_unpack(">H", glyphs)]
    return "".join(drawn)


def _streams(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the streams that may contain text, each with its object number."""
    position = 0
    while start := _STREAM.search(body, position):
        length = _LENGTH.search(start[2])
        position = start.end() + (int(length[1]) if length else 0)
        if not _OTHER.search(start[2]):
            data = body[start.end() : position]
            yield int(start[1]), zlib.decompress(data) if b"/FlateDecode" in start[2] else data


def _glyph_map(mapping: bytes) -> dict[int, str]:
    """Return the text of each glyph, from the ToUnicode map of a font."""
    listed = mapping[mapping.find(b"beginbfchar") :]
    return {int(glyph, 16): bytes.fromhex(code.decode()).decode("utf-16-be") for glyph, code in _MAPPED.findall(listed)}
