"""The two fonts: where their files are, which characters they lack, and the parts of them that a PDF embeds.

Both are Noto Sans CJK JP (regular, bold), which also has the glyphs of Chinese and Korean: `lang` on the page selects them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from simforms.errors import RenderError
from simforms.messages import say
from simforms.pdf.native import pip_command

if TYPE_CHECKING:
    import uharfbuzz

FACES = {
    # (package, file): SHA-256 of the font with which the samples were approved
    (
        "noto_cjk_sans_jp_regular",
        "NotoSansCJKjp-Regular.otf",
    ): "68a3fc98800b2a27b371f2fb79991daf3633bd89309d4ffaa6946fd587f375b5",
    (
        "noto_cjk_sans_jp_bold",
        "NotoSansCJKjp-Bold.otf",
    ): "e53dcb0dcb2922e45d01aae1ebd2f382bb81d4229b18b6b883bd170678af1f76",
}
SIZES = {"NotoSansCJKjp-Regular.otf": 16467736, "NotoSansCJKjp-Bold.otf": 17032620}
"""Bytes, for a quick check before each use; `damaged_fonts` compares the checksums."""
_UNNEEDED_TABLES = (b"BASE", b"GDEF", b"GPOS", b"GSUB", b"cmap", b"vhea", b"vmtx")
"""Tables that a font cut to its glyphs does not need."""
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{folders}<cachedir>{folder}/cache</cachedir></fontconfig>
"""


def font_files() -> list[Path]:
    """Return the paths of the font files. Raises RenderError, with the install command, if one is missing or damaged."""
    paths = []
    for package, file in FACES:
        names = {"file": file, "command": pip_command(package.replace("_", "-"))}
        try:
            path = _file(package, file)
            size = path.stat().st_size
            with path.open("rb"):
                pass
        except (ModuleNotFoundError, OSError):
            what = say("the font %(file)s cannot be read; install it again with: %(command)s", **names)
            raise RenderError(what) from None
        if size != SIZES[file]:
            raise RenderError(
                say("the font %(file)s is damaged or is a different version; install it again with: %(command)s", **names)
            )
        paths.append(path)
    return paths


def _file(package: str, name: str) -> Path:
    spec = find_spec(package)
    if not spec or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(spec.submodule_search_locations[0]) / name


def damaged_fonts() -> list[str]:
    """Return the fonts that are missing, or differ from those with which the samples were approved."""
    return [file for (package, file), checksum in FACES.items() if _checksum(package, file) != checksum]


def _checksum(package: str, file: str) -> str:
    try:
        return hashlib.sha256(_file(package, file).read_bytes()).hexdigest()
    except (ModuleNotFoundError, OSError):
        return ""


ALWAYS_PRINTABLE = re.compile(r"[ -~\nぁ-ゖァ-ー一-\u9fea가-힣！-～]*")
"""Characters that both fonts are known to have, without opening them."""


def missing_glyphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each character that cannot be printed, with its index: a font lacks it, or it is invisible."""
    if ALWAYS_PRINTABLE.fullmatch(text):
        return
    known, variations = _supported_characters()
    for index, character in enumerate(text):
        if character == "\n":
            continue
        if character in variations:
            if index == 0 or ord(text[index - 1]) not in variations[character]:
                yield index, character
        elif ord(character) not in known or unicodedata.category(character) in _UNPRINTABLE:
            yield index, character


@cache
def _supported_characters() -> tuple[uharfbuzz.Set, dict[str, frozenset[int]]]:
    """Return the code points that both fonts have, and the base characters of each variation selector."""
    faces = [_face(path) for path in font_files()]
    known = faces[0].unicodes
    for face in faces[1:]:
        known &= face.unicodes
    variations = {chr(selector): frozenset(faces[0].variation_unicodes(selector)) for selector in faces[0].variation_selectors}
    return known, variations


@cache
def glyph_key(character: str) -> str:
    """Return a key that is the same for all characters drawn with one glyph: the text of a PDF cannot distinguish them.

    >>> glyph_key("\u2011") == glyph_key("-"), glyph_key("\u2fa6") == glyph_key("\u91d1"), glyph_key("A") == glyph_key("B")
    (True, True, False)
    """
    glyph = _regular().get_nominal_glyph(ord(character))
    return f"{glyph}," if glyph else character


@cache
def _regular() -> uharfbuzz.Font:
    import uharfbuzz

    return uharfbuzz.Font(_face(font_files()[0]))


@cache
def _face(path: Path) -> uharfbuzz.Face:
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


def write_fontconfig(folder: Path) -> Path:
    """Write a fontconfig file that lists our fonts and nothing else; return its path."""
    folders = "".join(f"<dir>{escape(str(path.parent))}</dir>" for path in font_files())
    path = folder / "fonts.conf"
    path.write_text(_CONFIGURATION.format(folders=folders, folder=escape(str(folder))), encoding="utf-8")
    return path


def subset(glyphs: Iterable[int], *, bold: bool) -> bytes:
    """Return the CFF table of a font that is cut to some glyphs, as a PDF embeds it.

    A PDF addresses these glyphs by CID. In the whole font, the CID is the glyph number. The cut font has new glyph numbers and
    keeps the CIDs in its charset (CFF specification, section 13); programs read that only in a bare CFF.
    """
    import uharfbuzz

    wanted, face, part = set(glyphs), _face(font_files()[bold]), _subset_faces[bold]
    if not part.glyph_numbers.keys() >= wanted:
        part = _subset_faces[bold] = part.with_more(face, wanted)
    if part.glyph_numbers.keys() >= wanted:
        face, wanted = part.face, {part.glyph_numbers[glyph] for glyph in wanted}
    return bytes(uharfbuzz.subset(face, _subset_input(wanted)).reference_table("CFF ").data)


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
