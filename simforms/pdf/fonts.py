"""The fonts: where their files are, and which characters they lack.

Noto Sans CJK JP (regular, bold) also has the glyphs of Chinese and Korean: `lang` on the page selects them. Noto Sans, one file
with all weights, has the Latin, Greek and Cyrillic letters that it lacks: the text layout takes a glyph from the next font if
the first one has none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from simforms.errors import RenderError
from simforms.messages import say

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
    (
        "fontpkg_noto_sans",
        "files/NotoSans[wdth,wght].ttf",
    ): "bfb7bb691513f12e734dc346c03a03f784912432d7e3fa8e56efcf906fe86b3d",
}
SIZES = {"NotoSansCJKjp-Regular.otf": 16467736, "NotoSansCJKjp-Bold.otf": 17032620, "files/NotoSans[wdth,wght].ttf": 2049096}
"""Bytes, for a quick check before each use; `damaged_fonts` compares the checksums."""
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{folders}<selectfont><rejectfont><glob>*Italic*</glob></rejectfont></selectfont>
<cachedir>{folder}/cache</cachedir></fontconfig>
"""


def font_files() -> list[Path]:
    """Return the paths of the font files. Raises RenderError, with the install command, if one is missing or damaged."""
    paths = []
    for package, file in FACES:
        try:
            path = _file(package, file)
            size = path.stat().st_size
            with path.open("rb"):
                pass
        except (ModuleNotFoundError, OSError):
            what = say("the font %(file)s cannot be read; install it again with: %(command)s", **_install_again(package, file))
            raise RenderError(what) from None
        if size != SIZES[file]:
            what = say(
                "the font %(file)s is damaged or is a different version; install it again with: %(command)s",
                **_install_again(package, file),
            )
            raise RenderError(what)
        paths.append(path)
    return paths


def _install_again(package: str, file: str) -> dict[str, str]:
    from simforms.pdf.native import pip_command

    return {"file": file, "command": pip_command(package.replace("_", "-"))}


def _file(package: str, name: str) -> Path:
    spec = find_spec(package)
    if not spec or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(spec.submodule_search_locations[0]) / name


def damaged_fonts() -> list[str]:
    """Return the fonts that are missing, or differ from those with which the samples were approved."""
    return [file for (package, file), checksum in FACES.items() if _checksum(package, file) != checksum]


def _checksum(package: str, file: str) -> str:
    import hashlib

    try:
        return hashlib.sha256(_file(package, file).read_bytes()).hexdigest()
    except (ModuleNotFoundError, OSError):
        return ""


ALWAYS_PRINTABLE = re.compile(r"[ -~\nぁ-ゖァ-ー一-\u9fea가-힣！-～]*")
"""Characters that the first two fonts are known to have, without opening them."""
_LETTERS = re.compile("[\u0100-\u052f\u1e00-\u1fff]")
"""Letters, and marks on them, that are printed from Noto Sans if the first two fonts lack them. It has other scripts as well, but
their letters change with their neighbours: nobody has looked whether they come out right."""


def missing_glyphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each character that cannot be printed, with its index: no font has it, or it is invisible."""
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


def drawn_by_noto_sans(text: str) -> bool:
    """Tell whether a value is to be drawn by Noto Sans first: it has letters that only Noto Sans has, or accents by themselves.

    One font for all letters looks better; and Noto Sans CJK JP draws an accent by itself on the letter after it.
    """
    found = _LETTERS.findall(text)
    return bool(found) and any(unicodedata.combining(sign) or ord(sign) not in face(font_files()[0]).unicodes for sign in found)


@cache
def _supported_characters() -> tuple[uharfbuzz.Set, dict[str, frozenset[int]]]:
    """Return the code points that can be printed in every weight, and the base characters of each variation selector."""
    regular, bold, letters = map(face, font_files())
    known = regular.unicodes
    known &= bold.unicodes
    known.update(code for code in letters.unicodes if _LETTERS.match(chr(code)))
    variations = {chr(selector): frozenset(regular.variation_unicodes(selector)) for selector in regular.variation_selectors}
    return known, variations


@cache
def letters_of_glyphs() -> dict[int, str]:
    """Return the letters and accents of Noto Sans by the numbers of their glyphs; no two of them share one."""
    import uharfbuzz

    letters = face(font_files()[2])
    font = uharfbuzz.Font(letters)
    return {font.get_nominal_glyph(code): chr(code) for code in letters.unicodes}


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

    return uharfbuzz.Font(face(font_files()[0]))


@cache
def face(path: Path) -> uharfbuzz.Face:
    """Return the font in a file."""
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


def write_fontconfig(folder: Path) -> Path:
    """Write a fontconfig file that lists our fonts and nothing else; return its path."""
    from html import escape

    folders = "".join(f"<dir>{escape(str(path.parent))}</dir>" for path in font_files())
    path = folder / "fonts.conf"
    path.write_text(_CONFIGURATION.format(folders=folders, folder=escape(str(folder))), encoding="utf-8")
    return path
