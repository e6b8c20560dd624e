"""Cuts the fonts to the glyphs of a file, as a PDF embeds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from simforms.pdf import fonts

if TYPE_CHECKING:
    import uharfbuzz

_UNNEEDED_TABLES = (b"BASE", b"GDEF", b"GPOS", b"GSUB", b"cmap", b"vhea", b"vmtx")
"""Tables that a font cut to its glyphs does not need."""


def cut(glyphs: Iterable[int], *, bold: bool) -> bytes:
    """Return the CFF table of a font that is cut to some glyphs, as a PDF embeds it.

    A PDF addresses these glyphs by CID. In the whole font, the CID is the glyph number. The cut font has new glyph numbers and
    keeps the CIDs in its charset (CFF specification, section 13); programs read that only in a bare CFF.
    """
    import uharfbuzz

    wanted, face, part = set(glyphs), fonts.face(fonts.font_files()[bold]), _subset_faces[bold]
    if not part.glyph_numbers.keys() >= wanted:
        part = _subset_faces[bold] = part.with_more(face, wanted)
    if part.glyph_numbers.keys() >= wanted:
        face, wanted = part.face, {part.glyph_numbers[glyph] for glyph in wanted}
    return bytes(uharfbuzz.subset(face, _subset_input(wanted)).reference_table("CFF ").data)


def cut_letters(glyphs: Iterable[int], weight: int) -> bytes:
    """Return Noto Sans in one weight (CSS font-weight), cut to some glyphs, as a PDF embeds it: TrueType, glyph numbers kept."""
    import uharfbuzz

    face = fonts.face(fonts.font_files()[2])
    request = _subset_input(glyphs)
    request.flags |= uharfbuzz.SubsetFlags.RETAIN_GIDS
    request.pin_axis_location(face, "wght", weight)
    request.pin_axis_to_default(face, "wdth")
    return bytes(uharfbuzz.subset(face, request).blob.data)


@dataclass(frozen=True)
class _SubsetFace:
    """A font cut to the glyphs printed so far. Cutting from it gives the same result as from the whole font, but faster."""

    face: uharfbuzz.Face = None
    glyph_numbers: Mapping[int, int] = field(default_factory=dict)
    """Glyph numbers: in the whole font → in this one."""
    requested: frozenset[int] = frozenset()
    """All glyphs that were requested when one was missing."""
    misses: int = 0
    """How often a glyph was missing. The font is cut again at the 1st, 2nd, 4th, 8th … time, from the 4th with common glyphs."""

    def with_more(self, whole: uharfbuzz.Face, glyphs: Iterable[int]) -> _SubsetFace:
        """Return the cut font after some glyphs were missing: with them, or unchanged."""
        import uharfbuzz

        requested, misses = self.requested.union(glyphs), self.misses + 1
        if misses.bit_count() > 1:
            return replace(self, requested=requested, misses=misses)
        plan = uharfbuzz.SubsetPlan(
            whole, _subset_input(requested.union(_common_glyphs(whole)) if misses >= MISSES_BEFORE_COMMON else requested)
        )
        return _SubsetFace(plan.execute(), dict(plan.old_to_new_glyph_mapping), requested, misses)


MISSES_BEFORE_COMMON = 4
"""After so many misses, expect many more people, and add the common glyphs."""
_subset_faces = {bold: _SubsetFace() for bold in (False, True)}


@cache
def _common_glyphs(face: uharfbuzz.Face) -> frozenset[int]:
    """Return the glyphs of European letters, kana, and level 1 of JIS X 0208 and GB 2312: a batch may use any of them."""
    import uharfbuzz

    font = uharfbuzz.Font(face)
    european = map(chr, (*range(0x20, 0x250), *range(0x1E00, 0x1F00)))
    eastern = (
        bytes((row, cell)).decode(code, "ignore")
        for code, rows in (("euc_jp", range(0xA1, 0xD0)), ("gb2312", range(0xB0, 0xD8)))
        for row in rows
        for cell in range(0xA1, 0xFF)
    )
    return frozenset(font.get_nominal_glyph(ord(sign)) or 0 for sign in (*european, *eastern) if sign)


def _subset_input(glyphs: Iterable[int]) -> uharfbuzz.SubsetInput:
    import uharfbuzz

    request = uharfbuzz.SubsetInput()
    request.glyph_set.update(glyphs)
    request.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    request.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _UNNEEDED_TABLES)
    return request
