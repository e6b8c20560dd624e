"""The two faces, what of them a PDF embeds, and the characters nobody has.

The faces are Noto Sans CJK JP, which also has the letter forms of Chinese and Korean: `lang` on the page chooses them.
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
from typing import Any

from simforms.errors import RenderError
from simforms.messages import say
from simforms.pdf.native import pip_command

FACES = {
    # package, its file: SHA-256 of the face the samples were approved with
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
"""Bytes: a quick look before each use; `damaged_fonts` compares the checksums."""
_UNNEEDED_TABLES = (b"BASE", b"GDEF", b"GPOS", b"GSUB", b"cmap", b"vhea", b"vmtx")
"""Tables that need not be cut where only glyphs are wanted."""
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{folders}<cachedir>{folder}/cache</cachedir></fontconfig>
"""


def font_files() -> list[Path]:
    """Return the files of the faces. Raises RenderError, with the remedy, where one is missing, unreadable or cut short."""
    found = []
    for package, file in FACES:
        names = {"file": file, "command": pip_command(package.replace("_", "-"))}
        try:
            path = _file(package, file)
            size = path.stat().st_size
            with path.open("rb"):
                pass
        except (ModuleNotFoundError, OSError):
            what = say("the font %(file)s cannot be read; install it again: %(command)s", **names)
            raise RenderError(what) from None
        if size != SIZES[file]:
            raise RenderError(say("the font %(file)s is damaged or another version; install it again: %(command)s", **names))
        found.append(path)
    return found


def _file(package: str, name: str) -> Path:
    spec = find_spec(package)
    if not spec or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(spec.submodule_search_locations[0]) / name


def damaged_fonts() -> list[str]:
    """Return the faces that are missing here, or are not byte for byte those the samples were approved with."""
    return [file for (package, file), checksum in FACES.items() if _checksum(package, file) != checksum]


def _checksum(package: str, file: str) -> str:
    try:
        return hashlib.sha256(_file(package, file).read_bytes()).hexdigest()
    except (ModuleNotFoundError, OSError):
        return ""


ALWAYS_PRINTABLE = re.compile(r"[ -~\nぁ-ゖァ-ー一-\u9fea가-힣！-～]*")
"""What every face has, known without opening one."""


def missing_glyphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each character that cannot be printed, with its index: no face has it, or it is invisible."""
    if ALWAYS_PRINTABLE.fullmatch(text):
        return
    known, variations = _supported_characters()
    for index, sign in enumerate(text):
        if sign == "\n":
            continue
        if sign in variations:
            if index == 0 or ord(text[index - 1]) not in variations[sign]:
                yield index, sign
        elif ord(sign) not in known or unicodedata.category(sign) in _UNPRINTABLE:
            yield index, sign


@cache
def _supported_characters() -> tuple[Any, dict[str, frozenset[int]]]:
    """Return what every face has: its characters, and the bases of each variation selector."""
    faces = [_face(path) for path in font_files()]
    known = faces[0].unicodes
    for face in faces[1:]:
        known &= face.unicodes
    variations = {chr(selector): frozenset(faces[0].variation_unicodes(selector)) for selector in faces[0].variation_selectors}
    return known, variations


@cache
def glyph_key(sign: str) -> str:
    """Return the same text for all characters that are drawn with one glyph: a PDF cannot tell them apart.

    >>> glyph_key("\u2011") == glyph_key("-"), glyph_key("\u2fa6") == glyph_key("\u91d1"), glyph_key("A") == glyph_key("B")
    (True, True, False)
    """
    glyph = _regular().get_nominal_glyph(ord(sign))
    return f"{glyph}," if glyph else sign


@cache
def _regular() -> Any:
    import uharfbuzz  # noqa: PLC0415 - see _face

    return uharfbuzz.Font(_face(font_files()[0]))


@cache
def _face(path: Path) -> Any:
    import uharfbuzz  # noqa: PLC0415 - commands that touch no text do not pay for it

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


def write_fontconfig(folder: Path) -> Path:
    """Write a fontconfig file that knows the faces and nothing else; return it."""
    folders = "".join(f"<dir>{escape(str(path.parent))}</dir>" for path in font_files())
    path = folder / "fonts.conf"
    path.write_text(_CONFIGURATION.format(folders=folders, folder=escape(str(folder))), encoding="utf-8")
    return path


def subset(glyphs: Iterable[int], *, bold: bool) -> bytes:
    """Return a face cut to some of its glyphs, as a PDF embeds it: its CFF table, and nothing else.

    A PDF addresses the glyphs of such a face by CID. In the whole face that is the number of the glyph; what is cut out is
    numbered anew and keeps its CIDs in the charset (CFF specification, section 13), which programs look up in a bare CFF only.
    """
    import uharfbuzz  # noqa: PLC0415 - see _face

    wanted, face, part = set(glyphs), _face(font_files()[bold]), _subset_faces[bold]
    if not part.places.keys() >= wanted:
        part = _subset_faces[bold] = part.with_more(face, wanted)
    if part.places.keys() >= wanted:
        face, wanted = part.face, {part.places[glyph] for glyph in wanted}
    return bytes(uharfbuzz.subset(face, _subset_input(wanted)).reference_table("CFF ").data)


@dataclass(frozen=True)
class _SubsetFace:
    """A face cut to the glyphs of what was printed: a part of it is the same as of the whole face, and cut out sooner."""

    face: Any = None
    places: Mapping[int, int] = field(default_factory=dict)
    """The numbers that its glyphs have in it, by those in the whole face."""
    asked: frozenset[int] = frozenset()
    """All glyphs that were asked for when it lacked one."""
    lacked: int = 0
    """How often it lacked a glyph: it is made anew the 1st, 2nd, 4th, 8th time …, from then on with everyday glyphs."""

    def with_more(self, whole: Any, glyphs: Iterable[int]) -> _SubsetFace:
        """Return the part after it lacked some glyphs, with them or without."""
        import uharfbuzz  # noqa: PLC0415 - see _face

        asked, lacked = self.asked.union(glyphs), self.lacked + 1
        if lacked.bit_count() > 1:
            return replace(self, asked=asked, lacked=lacked)
        plan = uharfbuzz.SubsetPlan(
            whole, _subset_input(asked.union(_common_glyphs(whole)) if lacked >= MISSES_BEFORE_COMMON else asked)
        )
        return _SubsetFace(plan.execute(), dict(plan.old_to_new_glyph_mapping), asked, lacked)


MISSES_BEFORE_COMMON = 4
"""How often a part lacks a glyph until one may take it that many more people will come."""
_subset_faces = {bold: _SubsetFace() for bold in (False, True)}


@cache
def _common_glyphs(face: Any) -> frozenset[int]:
    """Return the glyphs of European letters, kana, and the first levels of JIS X 0208 and GB 2312: a batch uses any of them."""
    import uharfbuzz  # noqa: PLC0415 - see _face

    font = uharfbuzz.Font(face)
    european = map(chr, (*range(0x20, 0x250), *range(0x1E00, 0x1F00)))
    eastern = (
        bytes((row, cell)).decode(code, "ignore")
        for code, rows in (("euc_jp", range(0xA1, 0xD0)), ("gb2312", range(0xB0, 0xD8)))
        for row in rows
        for cell in range(0xA1, 0xFF)
    )
    return frozenset(font.get_nominal_glyph(ord(sign)) or 0 for sign in (*european, *eastern) if sign)


def _subset_input(glyphs: Iterable[int]) -> Any:
    import uharfbuzz  # noqa: PLC0415 - see _face

    request = uharfbuzz.SubsetInput()
    request.glyph_set.update(glyphs)
    request.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    request.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _UNNEEDED_TABLES)
    return request
