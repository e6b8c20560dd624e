"""An XLSX file is looked at before it is opened: whether it is one, how much it holds, and which cells are merged."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from simforms.batches.tables.record import MOST_COLUMNS, SAVE_AS, SPLIT, unreadable
from simforms.errors import CaseError
from simforms.messages import Message, say

LARGEST_UNPACKED = 128_000_000
"""Bytes; ten thousand rows of thirty columns take 20 million."""
MOST_ELEMENTS = 5_000_000
"""Of XML; the library keeps something for each."""
LAST_ROW = 1_048_576
MOST_MERGED = 50
"""Merged ranges that are told; more need not be counted."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_DAMAGED = say("the file is damaged, or not of the kind that its name says"), SAVE_AS
_LOCKED = say("it is locked with a password, or of the older kind (`.xls`)"), say("save it without a password, as `.xlsx`")
_TOO_LARGE = say("unpacked, it is larger than a table can be"), SPLIT


@dataclass
class Part:
    """What was seen in a part of a workbook."""

    merged: list[str] = field(default_factory=list)
    """Ranges, such as B3:C4."""
    width: int = 0
    """The last column of a sheet."""


class _RefusedError(Exception):
    def __init__(self, reason: tuple[Message, Message]) -> None:
        self.reason = reason


def look(file: str, body: bytes) -> dict[str, Part]:
    """Return what the parts of a workbook hold, by their names; it is gone through in small pieces.

    Raises CaseError where the file is no workbook, is locked, or is too large once unpacked.
    """
    try:
        return _looked_through(body)
    except _RefusedError as error:
        raise unreadable(file, *error.reason) from None
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, NotImplementedError, OSError, ValueError):
        raise damaged(file) from None


def damaged(file: str) -> CaseError:
    """Return the error for a file that is no workbook."""
    return unreadable(file, *_DAMAGED)


def _looked_through(body: bytes) -> dict[str, Part]:
    if body.startswith(_OLE):
        raise _RefusedError(_LOCKED)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise _RefusedError(_LOCKED)
        if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            raise _RefusedError(_TOO_LARGE)
        scan = _Scan()
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")):
                with archive.open(entry) as source:
                    scan.read(entry.filename, source)
        return scan.parts


class _Scan:
    """Goes through the parts of a workbook without keeping them."""

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}
        self._elements = self._column = 0
        self._part = Part()

    def read(self, name: str, source: IO[bytes]) -> None:
        self._part = self.parts.setdefault(name, Part())
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._element
        parser.StartDoctypeDeclHandler = self._entities
        parser.ParseFile(source)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise _RefusedError(_TOO_LARGE)
        kind = name.rpartition(":")[2]
        if kind == "c":
            self._column = _column(attributes["r"].rstrip("0123456789")) if "r" in attributes else self._column + 1
            self._part.width = max(self._part.width, self._column)
            if self._column > MOST_COLUMNS:
                raise _RefusedError((say("it has more than %(columns)s columns", columns=MOST_COLUMNS), SPLIT))
        elif kind == "row":
            self._column = 0
            if int(attributes.get("r", "1")[:9]) > LAST_ROW:
                raise _RefusedError(_DAMAGED)
        elif kind == "mergeCell" and len(self._part.merged) < MOST_MERGED:
            self._part.merged.append(attributes.get("ref", ""))

    def _entities(self, *_: object) -> None:
        raise _RefusedError(_DAMAGED)  # they can grow without end, and no program writes them into a workbook


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
