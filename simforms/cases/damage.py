"""Damage that a text had before it was typed here: a wrong encoding, lost characters, a cell that points to another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simforms.errors import Remark
from simforms.messages import say

_AGAIN = say("type it again; save the file as UTF-8 or XLSX")
_WRONG_ENCODING = say("it looks like text read in the wrong encoding")
_LOST = say("this looks damaged: characters were lost when a file was saved")
_POINTS = re.compile(
    r"(同上|同左|同前|上に同じ|上と同じ|〃|々|″|ditto|same as above|위와 같음|상동|như trên)[。.]?", re.IGNORECASE
)
_ERROR_OF_A_CELL = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
_REPLACED = "[?〓●□■\ufffd]"
"""What programs write instead of a character that they cannot save or show."""
_WITHIN_A_WORD = re.compile(r"(?<=[^\W\d_])[?〓\ufffd](?=[^\W\d_])|[〓\ufffd]|(?<=\w)[●□■]+(?=\w)")
_WITHOUT_QUESTIONS = {"name", "kanji-name", "address"}
"""Types in which nobody asks a question or draws a box."""

_WESTERN = ("cp1252", "cp1258")
_EASTERN = ("gbk", "cp932")
_UTF8 = re.compile(rb"[\xc3-\xc6][\x80-\xbf]|\xe1[\xba\xbb]|[\xe2-\xef][\x80-\xbf]{2}")
"""Letters of Europe, Vietnam and the East as bytes of UTF-8; of a Vietnamese letter two bytes are enough."""
_EAST = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}|[\xea-\xed][\x80-\xbf]{2}){1,}")
_SYLLABLE = re.compile(rb"[\xea-\xed][\x80-\xbf]{2}")
_BYTES_AS_LETTERS = re.compile("[\u00a1-\u00ff]{4,}")
"""Chinese or Korean text whose bytes were shown one by one."""


def wrong_encoding(text: str) -> bool:
    """Return whether a text is UTF-8 that was read as an encoding of the West, of China or of Japan, or the other way round.

    The text is put back into the bytes that were read: if they are UTF-8, that was no accident.

    >>> wrong_encoding("王小明".encode().decode("gbk", "ignore")), wrong_encoding("Nguyễn".encode().decode("cp1252", "ignore"))
    (True, True)
    >>> wrong_encoding("王小明"), wrong_encoding("Nguyễn Thị Hoà"), wrong_encoding("MÜLLER"), wrong_encoding("김철수")
    (False, False, False, False)
    """
    if text.isascii():
        return False
    if _BYTES_AS_LETTERS.search(text):
        return True
    western = any(_UTF8.search(_bytes(text, code)) for code in _WESTERN if not _eastern(text))
    return western or any(_is_eastern(_bytes(text, code)) for code in _EASTERN)


def surely_wrong_encoding(text: str) -> bool:
    """Return whether a text has two Korean syllables in UTF-8, each shown as three characters of the West.

    Each of them begins with ê, ë, ì or í. Those of kanji begin with å, æ, ç, è or é, as words of many languages do.

    >>> surely_wrong_encoding("서울".encode().decode("cp1252")), surely_wrong_encoding("a café”…")
    (True, False)
    """
    return not text.isascii() and any(len(_SYLLABLE.findall(_bytes(text, code))) > 1 for code in _WESTERN if not _eastern(text))


def _eastern(text: str) -> bool:
    return any("\u2e80" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af" or "\uff66" <= sign <= "\uff9f" for sign in text)


def _bytes(text: str, encoding: str) -> bytes:
    """Return the bytes of a text; a sign that has none in the encoding is a control character of the same number, or left out."""
    found = bytearray()
    for sign in text:
        try:
            found += sign.encode(encoding)
        except UnicodeEncodeError:
            found += bytes([ord(sign)]) if 0x80 <= ord(sign) < 0xA0 else b""  # noqa: PLR2004 - the control characters
    return bytes(found)


def _is_eastern(bytes_read: bytes) -> bool:
    """Return whether bytes are common characters of the East in UTF-8, of which the last may be cut.

    Names of two or three rare kanji can be bytes of UTF-8 by chance: then they are characters that nobody uses.
    """
    high = bytes(byte for byte in bytes_read if byte > 0x7F)  # noqa: PLR2004 - ASCII
    whole = _EAST.match(high)
    if not whole or len(high) - whole.end() >= _BYTES:
        return False
    return len(whole[0]) > _BYTES and any(
        _common(whole[0].decode(errors="ignore"), code) for code in ("gb2312", "cp932", "euc_kr")
    )


_BYTES = 3
"""Of a character of the East in UTF-8."""


def _common(text: str, encoding: str) -> bool:
    """Return whether all characters are of the first level of a national standard: those that people write."""
    try:
        first = text.encode(encoding)[::2]
    except UnicodeEncodeError:
        return False
    return all(byte in _FIRST_LEVEL[encoding] for byte in first)


_FIRST_LEVEL = {"gb2312": range(0xB0, 0xD8), "cp932": range(0x81, 0x99), "euc_kr": range(0xB0, 0xC9)}


def damaged(text: str, kind: str) -> Iterator[Remark]:
    """Yield what is wrong with a text of a type, and what to do.

    >>> [str(remark.what)[:16] for text in ("TH? HOA", "同上") for remark in damaged(text, "name")], [*damaged("Why? So", "text")]
    (['this looks damag', 'this only refers'], [])
    """
    if _POINTS.fullmatch(text):
        yield Remark(say("this only refers to another entry"), say("write the value itself"))
    elif wrong_encoding(text):
        yield Remark(_WRONG_ENCODING, say("check the text, and save the file as UTF-8"))
    elif (
        _ERROR_OF_A_CELL.match(text)
        or (kind in _WITHOUT_QUESTIONS and re.search(_REPLACED, text))
        or ("://" not in text and _WITHIN_A_WORD.search(text))
    ):
        yield Remark(_LOST, _AGAIN)
