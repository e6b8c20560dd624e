"""The two faces, a folder holding exactly the characters a job needs, and the characters nobody has.

The faces are Noto Sans CJK JP, which also has the letter forms of Chinese and Korean: `lang` on the page chooses them.
"""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from simforms.errors import RenderError

FAMILY = "Noto Sans CJK JP"
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
"""Bytes: a quick look before each use; `faults` compares the checksums."""
_ALWAYS = "".join(map(chr, range(0x20, 0x7F)))
"""With these a cut face is never so small that its charset has no room for a range (see `_number_by_glyph`)."""
_FEATURES = (b"ccmp", b"kern", b"liga", b"locl", b"mark", b"mkmk")
"""What horizontal text uses; `locl` holds the letter forms of the languages."""
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


def paths() -> list[Path]:
    """Return the files of the faces. Raises RenderError, with the remedy, where one is missing, unreadable or cut short."""
    found = []
    for package, file in FACES:
        remedy = f"reinstall the package {package.replace('_', '-')}, or run `simforms doctor`"
        try:
            path = _file(package, file)
            size = path.stat().st_size
            with path.open("rb"):
                pass
        except (ModuleNotFoundError, OSError):
            raise RenderError(f"the font {file} cannot be read; {remedy}") from None
        if size != SIZES[file]:
            raise RenderError(f"the font {file} is damaged or another version; {remedy}")
        found.append(path)
    return found


def _file(package: str, name: str) -> Path:
    spec = find_spec(package)
    if not spec or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(spec.submodule_search_locations[0]) / name


def faults() -> list[str]:
    """Return what is wrong with the faces on this machine."""
    found = []
    for (package, file), checksum in FACES.items():
        try:
            body = _file(package, file).read_bytes()
        except (ModuleNotFoundError, OSError):
            found.append(f"{file} is missing: install the package {package.replace('_', '-')}")
            continue
        if hashlib.sha256(body).hexdigest() != checksum:
            found.append(f"{file} is damaged or another version: reinstall the package {package.replace('_', '-')}")
    return found


def missing(text: str) -> Iterator[tuple[int, str]]:
    """Yield each character that cannot be printed, with its index: no face has it, or it is invisible."""
    known, variations = _characters()
    for index, sign in enumerate(text):
        if sign == "\n":
            continue
        if sign in variations:
            if index == 0 or ord(text[index - 1]) not in variations[sign]:
                yield index, sign
        elif ord(sign) not in known or unicodedata.category(sign) in _UNPRINTABLE:
            yield index, sign


@cache
def _characters() -> tuple[Any, dict[str, frozenset[int]]]:
    """Return what every face has: its characters, and the bases of each variation selector."""
    faces = [_face(path) for path in paths()]
    known = faces[0].unicodes
    for face in faces[1:]:
        known &= face.unicodes
    variations = {chr(selector): frozenset(faces[0].variation_unicodes(selector)) for selector in faces[0].variation_selectors}
    return known, variations


@cache
def like(sign: str) -> str:
    """Return the same text for all characters that are drawn with one glyph: a PDF cannot tell them apart.

    >>> like("\u2011") == like("-"), like("\u2fa6") == like("\u91d1"), like("A") == like("B")
    (True, True, False)
    """
    import uharfbuzz  # noqa: PLC0415 - see _face

    glyph = uharfbuzz.Font(_face(paths()[0])).get_nominal_glyph(ord(sign))
    return f"{glyph}," if glyph else sign


@cache
def _face(path: Path) -> Any:
    import uharfbuzz  # noqa: PLC0415 - commands that touch no text do not pay for it

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


def cut(characters: Iterable[str], folder: Path) -> Path:
    """Write the faces, cut to these characters, and a fontconfig file that knows nothing else; return that file."""
    wanted = set(map(ord, set(_ALWAYS).union(*characters)))
    for path in paths():
        (folder / path.name).write_bytes(_number_by_glyph(_cut(_face(path), wanted)))
    configuration = folder / "fonts.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder), encoding="utf-8")
    return configuration


def _cut(face: Any, wanted: set[int]) -> bytes:
    import uharfbuzz  # noqa: PLC0415 - see _face

    request = uharfbuzz.SubsetInput()
    request.unicode_set.update(wanted)
    request.flags = uharfbuzz.SubsetFlags.NO_HINTING
    request.layout_feature_tag_set.clear()
    request.layout_feature_tag_set.update(int.from_bytes(tag, "big") for tag in _FEATURES)
    request.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in (b"VORG", b"vhea", b"vmtx"))
    return bytes(uharfbuzz.subset(face, request).blob.data)


def _number_by_glyph(font: bytes) -> bytes:
    """Return the font with each character's CID equal to its glyph number.

    Cutting numbers the glyphs anew but leaves the old CIDs in the CFF charset; a PDF addresses glyphs by CID, so by the
    standard every character would point at nothing. The charset becomes one range (CFF specification, section 13, format 2).
    """
    table, _ = _table(font, b"CFF ")
    at = table + _charset_offset(font[table:])
    count = struct.unpack_from(">H", font, _table(font, b"maxp")[0] + 4)[0]
    size = _charset_size(font, at, count)
    return font[:at] + struct.pack(">BHH", 2, 1, count - 2).ljust(size, b"\0") + font[at + size :]


def _table(font: bytes, tag: bytes) -> tuple[int, int]:
    tables = struct.unpack_from(">H", font, 4)[0]
    for index in range(tables):
        name, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if name == tag:
            return offset, length
    raise ValueError(tag)


def _charset_offset(cff: bytes) -> int:
    """Return where the charset begins: operator 15 of the first Top DICT (section 9)."""
    names = _index(cff, cff[2])
    at, end = _index(cff, names[1])
    start = at
    operands: list[int] = []
    while start < end:
        first = cff[start]
        if first <= 21:  # an operator
            if first == 15:  # charset
                return operands[-1]
            start += 2 if first == 12 else 1  # the escape of two-byte operators
            operands = []
            continue
        value, start = _operand(cff, start)
        operands.append(value)
    raise ValueError("charset")


def _operand(cff: bytes, at: int) -> tuple[int, int]:
    """Return a number of a DICT and where the next one begins (section 4, table 3); a real number counts as 0."""
    first = cff[at]
    if first == 28:
        return struct.unpack_from(">h", cff, at + 1)[0], at + 3
    if first == 29:
        return struct.unpack_from(">i", cff, at + 1)[0], at + 5
    if first == 30:
        while cff[at] & 0xF != 0xF:
            at += 1
        return 0, at + 1
    if first <= 246:
        return first - 139, at + 1
    sign, base = (1, 247) if first <= 250 else (-1, 251)
    return sign * ((first - base) * 256 + cff[at + 1] + 108), at + 2


def _index(cff: bytes, at: int) -> tuple[int, int]:
    """Return where the first object of an INDEX begins and where the INDEX ends (section 5)."""
    count, size = struct.unpack_from(">HB", cff, at)
    data = at + 3 + (count + 1) * size - 1
    last = int.from_bytes(cff[at + 3 + count * size : at + 3 + (count + 1) * size], "big")
    return data + 1, data + last


def _charset_size(font: bytes, at: int, glyphs: int) -> int:
    """Return the length in bytes of the charset at `at` (section 13)."""
    form, start, covered = font[at], at + 1, 1
    if form == 0:
        return 1 + 2 * (glyphs - 1)
    shape = ">HB" if form == 1 else ">HH"
    while covered < glyphs:
        covered += struct.unpack_from(shape, font, start)[1] + 1
        start += struct.calcsize(shape)
    return start - at
