"""A CSV file becomes rows of texts: its separator and its tricks are understood, and no quotation mark swallows a row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

from simforms.batches.tables.record import (
    DAMAGED,
    MOST_COLUMNS,
    MOST_ROWS,
    SPLIT,
    Cell,
    Found,
    Marked,
    Row,
    too_many_rows,
    unreadable,
)
from simforms.batches.tables.text_encodings import NAME_IT, Characters, Known, cleaned, encoding_of, without_mark
from simforms.errors import CaseError
from simforms.messages import say

SEPARATORS = ",;\t"
_RARE_SEPARATORS = "|，；"
"""Taken only where they part headings of ours: what is typed by hand, and what databases write."""
MOST_LINES = 20
"""Lines that a cell between quotation marks may go over; a mark that was not closed swallows all that follow."""
LONGEST_LINE = 200_000
"""Characters."""
_NAMED_SEPARATOR = re.compile(r"""\s*(["']?)sep=([^\w\s"']|\t)\1\s*""", re.IGNORECASE)
"""The first line that tells Excel which separator follows."""
_OTHER_FILES = re.compile(
    rb"PK\x03\x04|%PDF-|\xd0\xcf\x11\xe0|\x89PNG|\xff\xd8\xff|GIF8|\{\\rtf|(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml)",
    re.IGNORECASE,
)
"""How files begin that are not a text table, whatever their name says."""
_KEPT_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
"""A formula that is only a text: programs write numbers so, to keep a 0 in front."""
_APOSTROPHE = re.compile(r"\s*'(?=[0-9+=@-])")
"""A mark for the same purpose; before a letter it may be one of the name."""


def rows(file: str, body: bytes, encoding: str, known: Known, characters: Characters) -> Found:
    """Return the rows that are not empty, the headings first.

    Raises CaseError, UnknownNameError for an encoding that does not exist.
    """
    if _OTHER_FILES.match(body):
        raise unreadable(file, *DAMAGED)
    encoding, skipped, notes = encoding_of(file, body, encoding, known, characters)
    lines = cleaned(_pieces(io.TextIOWrapper(io.BytesIO(body[skipped:]), encoding, newline="")))
    first = next((line for line in lines if line.strip()), "")
    separator = named[2] if (named := _NAMED_SEPARATOR.fullmatch(first)) else _separator(first, known)
    lines = cleaned(_pieces(io.TextIOWrapper(io.BytesIO(body[skipped:]), encoding, newline="")))
    if "\0" in first and (likely := without_mark(body)):
        what = say("the character %(code)s is not allowed in a file", code="U+0000")
        raise unreadable(file, what, say("give its encoding with `--encoding`, e.g. %(encoding)s", encoding=likely), 1)
    found: list[Row] = []
    for row in _rows(file, lines, separator):
        if named and not found and _NAMED_SEPARATOR.fullmatch(separator.join(map(str, row.cells))):
            named = None
            continue
        found.append(row)
        if len(found) > MOST_ROWS + 1:
            raise too_many_rows(file)
        if len(row.cells) > MOST_COLUMNS:
            raise unreadable(file, say("it has more than %(columns)s columns", columns=MOST_COLUMNS), SPLIT, row.number)
    return Found(found, notes)


def _separator(first: str, known: Known) -> str:
    """Return the separator that parts most headings of ours in a line, or else is most frequent."""

    def fits(sign: str) -> tuple[int, int]:
        return sum(known(str(cell)) for cell in _cells(first, sign)), first.count(sign) if sign in SEPARATORS else 0

    return max(SEPARATORS + _RARE_SEPARATORS, key=fits)


def in_utf8(file: str, body: bytes, encoding: str, characters: Characters) -> bytes:
    """Return a text in UTF-8 without a mark, so that its lines can be separated as bytes.

    Without a mark and without `encoding`, the bytes are as they were: lines that are not UTF-8 are reported one by one.
    """
    if not encoding and not body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.removeprefix(codecs.BOM_UTF8)
    chosen, _, _ = encoding_of(file, body, encoding, lambda _: False, characters)
    return body.decode(chosen).encode(errors="replace")


def _pieces(lines: io.TextIOWrapper) -> Iterator[str]:
    """Yield lines; one without an end comes in pieces that are known to be too long."""
    return iter(lambda: lines.readline(LONGEST_LINE + 1), "")


def _cells(line: str, separator: str) -> list[Cell]:
    try:
        return list(map(_cell, next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])[:MOST_COLUMNS]))
    except csv.Error:
        return []  # it is reported when the row is read


def _rows(file: str, lines: Iterable[str], separator: str) -> Iterator[Row]:
    watched = _Watched(file, lines, separator)
    reader = csv.reader(watched, delimiter=separator, strict=True, skipinitialspace=True)
    while True:
        watched.begin = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise watched.refusal(str(error)) from None
        if any(cell.strip() for cell in cells):
            yield Row(watched.begin, tuple(map(_cell, cells)))


def _cell(text: str) -> Cell:
    """Return what a cell contains; a text that begins with = is a formula: no kind of cell says that it is none."""
    if kept := _KEPT_AS_TEXT.fullmatch(text.strip()):
        return kept[1].replace('""', '"')
    text = _APOSTROPHE.sub("", text, count=1) if _APOSTROPHE.match(text) else text
    return Marked("formula", text) if text.startswith("=") else text


class _Watched:
    """Hands out the lines of a file, and stops where a row goes over more of them than a cell can."""

    def __init__(self, file: str, lines: Iterable[str], separator: str) -> None:
        self.begin = 1
        """The line in which the row begins."""
        self._file, self._separator = file, separator
        self._lines = enumerate(lines, 1)
        self._number, self._first = 0, ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self._number, line = next(self._lines)
        if self._number == self.begin:
            self._first = line
        elif self._number - self.begin > MOST_LINES:
            raise self._open()
        if self._number == 1 and "\0" in line:  # in another row it is that row's problem
            what = say("the character %(code)s is not allowed in a file", code="U+0000")
            raise unreadable(self._file, what, NAME_IT, self._number)
        if len(line) > LONGEST_LINE:
            raise self._too_long()
        return line

    def refusal(self, error: str) -> CaseError:
        """Return what an error of the reader means."""
        if "limit" in error:
            return self._too_long()
        if self._number > self.begin or "end of data" in error:
            return self._open()
        what = say("there is text after a closing quotation mark")
        return unreadable(self._file, what, say("to write a quotation mark inside a value, type it twice"), self.begin)

    def _too_long(self) -> CaseError:
        suggestion = say("check whether a separator or a quotation mark is missing")
        return unreadable(self._file, say("the row is too long"), suggestion, self.begin)

    def _open(self) -> CaseError:
        """Return that a quotation mark is not closed, with the column of the last that opens in the first line."""
        column = opened = 1
        quoted = False
        for sign in self._first:
            if sign == '"':
                quoted = not quoted
                opened = column
            column += sign == self._separator and not quoted
        what = say("a quotation mark opens here and is not closed")
        suggestion = say("close it with the same mark at the end of the value")
        return unreadable(self._file, what, suggestion, self.begin, opened)
