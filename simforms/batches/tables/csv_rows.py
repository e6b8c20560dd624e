"""A CSV file becomes rows of texts: its encoding and its separator are made out, and no quotation mark swallows a row."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from simforms.batches.tables.record import MOST_COLUMNS, MOST_ROWS, SPLIT, Cell, Found, Marked, Row, too_many_rows, unreadable
from simforms.errors import CaseError, Location, Problem, UnknownNameError
from simforms.messages import say

SEPARATORS = ",;\t"
MOST_LINES = 20
"""Lines that a cell between quotation marks may go over; a mark that was not closed swallows all that follow."""
LONGEST_LINE = 200_000
"""Characters."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOOKED_AT = 500_000
"""Characters by which an encoding is made out."""
_NAME_IT = say("name its encoding with `--encoding`, e.g. `cp932`, `gb18030` or `big5`; or save it again as UTF-8")

Known = Callable[[str], bool]


def rows(file: str, body: bytes, encoding: str, known: Known) -> Found:
    """Return the rows that are not empty, the headings first.

    `known` tells whether a text is a heading of ours. Raises CaseError, UnknownNameError for an encoding that does not exist.
    """
    encoding, notes = _encoding(file, body, encoding, known)
    lines = io.TextIOWrapper(io.BytesIO(body), encoding, newline="")
    first = next((line for line in _pieces(lines) if line.strip()), "")
    separator = max(SEPARATORS, key=lambda sign: (sum(map(known, _cells(first, sign))), first.count(sign)))
    lines = io.TextIOWrapper(io.BytesIO(body), encoding, newline="")
    found: list[Row] = []
    for row in _rows(file, _pieces(lines), separator):
        found.append(row)
        if len(found) > MOST_ROWS + 1:
            raise too_many_rows(file)
        if len(row.cells) > MOST_COLUMNS:
            raise unreadable(file, say("it has more than %(columns)s columns", columns=MOST_COLUMNS), SPLIT, row.number)
    return Found(found, notes)


def in_utf8(file: str, body: bytes, encoding: str) -> bytes:
    """Return a text in UTF-8 without a mark, so that its lines can be told apart as bytes.

    Without a mark and without `encoding`, the bytes are as they were: lines that are no UTF-8 are told one by one.
    """
    if not encoding and not body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.removeprefix(codecs.BOM_UTF8)
    chosen, _ = _encoding(file, body, encoding, lambda _: False)
    return body.decode(chosen).encode(errors="replace")


def _pieces(lines: io.TextIOWrapper) -> Iterator[str]:
    """Yield lines; one without an end comes in pieces that are known to be too long."""
    return iter(lambda: lines.readline(LONGEST_LINE + 1), "")


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])[:MOST_COLUMNS]
    except csv.Error:
        return []  # it is told when the row is read


def _encoding(file: str, body: bytes, named: str, known: Known) -> tuple[str, list[Problem]]:
    marked = next((name for mark, name in _MARKS if body.startswith(mark)), "utf-8")
    if not named and (wrong := _wrong(body, marked)) >= 0:
        if not _is_cp932(body, known):
            raise unreadable(file, say("the file is not in UTF-8"), _NAME_IT, body.count(b"\n", 0, wrong) + 1)
        what = say("read in the encoding %(encoding)s", encoding="cp932")
        suggestion = say("if signs look wrong, name another encoding with `--encoding`")
        return "cp932", [Problem(Location(file), "", what, suggestion, "note")]
    if not named:
        return marked, []
    try:
        "a".encode(named)
        plain = codecs.lookup(named).name
    except (LookupError, UnicodeError):
        raise UnknownNameError(say("there is no encoding “%(name)s”", name=named)) from None
    if (wrong := _wrong(body, named)) >= 0:
        what = say("the file is not in the encoding %(encoding)s", encoding=named)
        raise unreadable(file, what, _NAME_IT, body.count(b"\n", 0, wrong) + 1)
    return ("utf-8-sig" if plain == "utf-8" else named), []


def _wrong(body: bytes, encoding: str) -> int:
    """Return where the first byte stands that an encoding does not allow, else -1."""
    try:
        body.decode(encoding)
    except UnicodeError as error:
        return int(getattr(error, "start", 0))
    return -1


def _is_cp932(body: bytes, known: Known) -> bool:
    """Whether the bytes read as Japanese of Windows: a heading of ours says so, else kana and everyday kanji alone.

    Chinese, Korean and other Japanese encodings read as cp932 are mostly half-width kana and rare kanji.
    """
    try:
        text = body.decode("cp932")
    except UnicodeDecodeError:
        return False
    first = next((line for line in io.StringIO(text) if line.strip()), "")[:LONGEST_LINE]
    labels = {re.split("[(（]", cell)[0] for sign in SEPARATORS for cell in _cells(first, sign)}
    if any(
        known(label) for label in labels if not label.isascii()
    ):  # not by a name in brackets: that is ASCII, and proves nothing
        return True
    foreign = "".join(sign for sign in text[:_LOOKED_AT] if not sign.isascii())
    return sum(map(_everyday, foreign)) > 0.9 * len(foreign)  # names have rare kanji, but few


def _everyday(sign: str) -> bool:
    """Whether a character is kana, a full-width sign, or a kanji of the first level of JIS X 0208."""
    if unicodedata.name(sign, "").startswith(("HIRAGANA", "KATAKANA", "FULLWIDTH", "IDEOGRAPHIC", "LEFT CORNER", "RIGHT CORNER")):
        return True
    code = sign.encode("cp932")
    return b"\x88\x9f" <= code <= b"\x98\x72"


def _rows(file: str, lines: Iterable[str], separator: str) -> Iterator[Row]:
    watched = _Watched(file, lines, separator)
    reader = csv.reader(watched, delimiter=separator, strict=True)
    while True:
        watched.begin = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise watched.told(str(error)) from None
        if any(cell.strip() for cell in cells):
            yield Row(watched.begin, tuple(map(_cell, cells)))


def _cell(text: str) -> Cell:
    """Return what a cell contains; a text that begins with = is a formula: no kind of cell says that it is none."""
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
        if "\0" in line:
            what = say("the character %(code)s is not allowed in a file", code="U+0000")
            raise unreadable(self._file, what, _NAME_IT, self._number)
        if len(line) > LONGEST_LINE:
            raise self._too_long()
        return line

    def told(self, error: str) -> CaseError:
        """Return what an error of the reader means."""
        if "limit" in error:
            return self._too_long()
        if self._number > self.begin or "end of data" in error:
            return self._open()
        what = say("text stands behind a closing quotation mark")
        return unreadable(self._file, what, say("write two quotation marks for one inside a value"), self.begin)

    def _too_long(self) -> CaseError:
        suggestion = say("look whether a separator or a quotation mark is missing")
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
