"""An XLSX file is looked through before it is opened: every part of it, and how much it contains."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from functools import lru_cache
from xml.parsers import expat

from simforms.batches.tables.record import DAMAGED, MOST_COLUMNS, SPLIT, unreadable
from simforms.batches.tables.xlsx_hidden import Part, Watcher
from simforms.errors import CaseError
from simforms.messages import Message, say

LARGEST_UNPACKED = 128_000_000
"""Bytes; ten thousand rows of thirty columns take 20 million."""
MOST_ELEMENTS = 5_000_000
"""Of rows, cells and texts; the library keeps something for each."""
MOST_OTHERS = 200_000
"""Of all other elements, such as styles: the library takes ten times as long for them."""
MOST_AREA = 5_000_000
"""Cells of a sheet if each row were filled up to its last cell, as the library fills them."""
MOST_PARTS = 1000
MOST_SHEETS = 100
DEEPEST = 100
"""Levels of elements; a workbook has ten."""
LONGEST_TOKEN = 256 * 1024
"""Bytes of a tag or a comment: older readers of XML start again with each piece of one that arrives."""
LAST_ROW = 1_048_576
_PIECE = 64 * 1024
_CELLS = {"row", "c", "v", "is", "t", "si", "r", "rPr", "f", "rPh", "phoneticPr", "col", "mergeCell"}
_UNREAD = "xl/chartsheets/"
"""Where sheets are that hold a chart only: the library would open their pictures."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LOCKED = say("it is locked with a password, or is in the older format (`.xls`)"), say("save it without a password, as `.xlsx`")
_TOO_LARGE = say("when unpacked, it is too large to be a table"), SPLIT


class _RefusedError(Exception):
    def __init__(self, reason: tuple[Message, Message]) -> None:
        self.reason = reason


def look(file: str, body: bytes) -> tuple[dict[str, Part], bytes]:
    """Return what the parts of a workbook hold, by their names, and a workbook of these parts alone: nothing else is opened.

    Raises CaseError where the file is not a workbook, is locked, or is too large once unpacked.
    """
    try:
        return _looked_through(body)
    except _RefusedError as error:
        raise unreadable(file, *error.reason) from None
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, NotImplementedError, OSError, ValueError, LookupError):
        raise damaged(file) from None


def damaged(file: str) -> CaseError:
    """Return the error for a file that is not a workbook."""
    return unreadable(file, *DAMAGED)


def _looked_through(body: bytes) -> tuple[dict[str, Part], bytes]:
    if body.startswith(_OLE):
        raise _RefusedError(_LOCKED)
    seen = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as archive, zipfile.ZipFile(seen, "w") as kept:
        entries = archive.infolist()
        _allowed(entries, archive.start_dir)
        scan = _Scan()
        for entry in entries:
            if entry.filename.startswith(_UNREAD):
                continue
            text = _transitional(entry.filename, archive.read(entry))
            if scan.read(entry.filename, text):
                kept.writestr(entry.filename, text)
    return scan.parts, seen.getvalue()


_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(spreadsheetml|officeDocument)/")
_HEAD = 4096
"""Bytes in which a part names its spaces; after them, the same text may be in a cell."""


def _transitional(name: str, text: bytes) -> bytes:
    """Return a part with the names of Strict Open XML replaced by those that the library knows; nothing else differs."""
    head = len(text) if name.endswith(".rels") else _HEAD
    return _STRICT.sub(_usual, text[:head]) + text[head:]


def _usual(found: re.Match[bytes]) -> bytes:
    return b"http://schemas.openxmlformats.org/%s/2006/" % found[1]


def _allowed(entries: Sequence[zipfile.ZipInfo], end: int) -> None:
    """Raise _RefusedError where an archive is locked, or unpacks to more than it seems to."""
    if any(entry.flag_bits & 1 for entry in entries):
        raise _RefusedError(_LOCKED)
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise _RefusedError(_TOO_LARGE)
    names = {entry.filename.casefold() for entry in entries}
    usual = all(entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries)
    starts = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    follow = [start for start, _ in starts[1:]] + [end]
    apart = all(start + size < after for (start, size), after in zip(starts, follow, strict=True))
    if len(entries) > MOST_PARTS or len(names) < len(entries) or not usual or not apart:
        raise _RefusedError(DAMAGED)


class _Scan:
    """Goes through the parts of a workbook."""

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}
        self._cells = self._others = self._area = self._sheets = 0
        self._column = self._row = self._depth = 0
        self._watcher = Watcher()

    def read(self, name: str, text: bytes) -> bool:
        """Return whether a part is XML; a picture is not. Raises ExpatError where it should be."""
        self._watcher = Watcher()
        self._column = self._row = self._area = self._depth = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._element
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._entities
        try:
            for start in range(0, len(text), _PIECE):
                parser.Parse(text[start : start + _PIECE], False)
                if start - parser.CurrentByteIndex > LONGEST_TOKEN:
                    raise _RefusedError(_TOO_LARGE)
            parser.Parse(b"", True)
        except expat.ExpatError:
            if name.endswith((".xml", ".rels")):
                raise
            return False
        self.parts[name] = self._watcher.part
        return True

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        self._depth += 1
        if kind in _CELLS:
            self._cells += 1
        else:
            self._others += 1 + len(attributes) // 10
        if self._cells > MOST_ELEMENTS or self._others > MOST_OTHERS or self._depth > DEEPEST:
            raise _RefusedError(_TOO_LARGE)
        if kind == "c":
            self._cell(attributes)
        elif kind == "row":
            self._column = 0
            row = int(attributes.get("r", self._row + 1))
            if not self._row < row <= LAST_ROW:
                raise _RefusedError(DAMAGED)  # the library would leave it out
            self._row = row
        elif kind == "sheet":
            self._sheets += 1
            if self._sheets > MOST_SHEETS:
                raise _RefusedError(_TOO_LARGE)
        self._watcher.start(kind, attributes, self._row)

    def _cell(self, attributes: dict[str, str]) -> None:
        before = self._column
        self._column = _column(attributes["r"].rstrip("0123456789")) if "r" in attributes else before + 1
        if self._column > MOST_COLUMNS:
            raise _RefusedError((say("it has more than %(columns)s columns", columns=MOST_COLUMNS), SPLIT))
        self._area += self._column - before
        if self._column <= before:
            raise _RefusedError(DAMAGED)  # the library would leave it out
        if self._area > MOST_AREA:
            raise _RefusedError(_TOO_LARGE)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._watcher.end(name.rpartition(":")[2], self._row, self._column)

    def _entities(self, *_: object) -> None:
        raise _RefusedError(DAMAGED)  # they can grow without end, and no program writes them into a workbook


@lru_cache(maxsize=1000)
def _column(letters: str) -> int:
    """Return the number of a column, at most one more than a table has.

    >>> _column("A"), _column("AB"), _column("ZZZZZZZZ")
    (1, 28, 703)
    """
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return min(number, MOST_COLUMNS + 1)
