"""Workbooks that try to hold, fill or break their reader; each with words of what is said about it."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from openpyxl import Workbook

Parts = dict[str, bytes]
Change = Callable[[Parts], object]

SHEET, STRINGS, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
TYPES, RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
NAMELESS = "no heading above"
DAMAGED, LARGE, COLUMNS = "the file is damaged", "when unpacked, it is too large to be a table", "it has more than 702 columns"


@cache
def _plain() -> tuple[tuple[str, bytes], ...]:
    book = Workbook()
    for row in (("id", "carrier", "person.name"), ("1", "au", "WANG")):
        book.worksheets[0].append(row)
    book.save(body := io.BytesIO())
    with zipfile.ZipFile(body) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


def packed(parts: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return parts as an archive; a name may stand twice."""
    with zipfile.ZipFile(body := io.BytesIO(), "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, text in parts:
            archive.writestr(name, text)
    return body.getvalue()


def _book(change: Callable[[], Change], method: int = zipfile.ZIP_DEFLATED) -> Callable[[], bytes]:
    def make() -> bytes:
        change()(parts := dict(_plain()))
        return packed(parts.items(), method)

    return make


def _in(part: str, old: bytes, new: bytes) -> Change:
    def change(parts: Parts) -> None:
        assert old in parts[part], parts[part]
        parts[part] = parts[part].replace(old, new, 1)

    return change


def _rows(rows: bytes, head: bytes = b"") -> Change:
    """Put rows behind those of the sheet."""
    return lambda parts: parts.update({SHEET: (head or parts[SHEET]).replace(b"</sheetData>", rows + b"</sheetData>")})


def _strings_elsewhere(text: bytes) -> Change:
    """Keep the texts in a part that is not called as they usually are."""

    def change(parts: Parts) -> None:
        parts["xl/other.bin"] = text
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        parts[TYPES] = re.sub(rb"<Override [^>]*sharedStrings[^>]*/>", b"", parts[TYPES]).replace(
            b"</Types>", b'<Override PartName="/xl/other.bin" ContentType="' + kind + b'"/></Types>'
        )

    return change


def _both(*changes: Change) -> Change:
    return lambda parts: [change(parts) for change in changes]


def _bomb_in_attribute(size: int) -> Change:
    return _in(SHEET, b"<sheetData>", b'<sheetData><row r="1" ht="' + b"9" * size + b'"/></sheetData><sheetData>')


def _far_heading(rows: int) -> Change:
    head = b'<row r="3"><c r="ZZ3" t="inlineStr"><is><t>x</t></is></c></row>'
    return _rows(head + b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(4, rows + 4)))


def _far_cells(rows: int) -> Change:
    return _rows(b"".join(b'<row r="%d"><c r="ZZ%d"><v>1</v></c></row>' % (n, n) for n in range(3, rows + 3)))


def _overlapping() -> bytes:
    """Return an archive whose entries are all the same megabyte, as many times as it is named."""
    body = packed([("a.xml", b"<a>" + b" " * 1_000_000 + b"</a>")])
    start = body.index(b"PK\x01\x02")
    end = body.index(b"PK\x05\x06")
    entries = []
    for number in range(120):
        entry = body[start:end].replace(b"a.xml", b"%05d" % number)
        entries.append(entry)
    directory = b"".join(entries)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), start, 0)
    return body[:start] + directory + tail


def _lying_size() -> bytes:
    """Return a workbook whose directory says that a part of 100 MB has ten bytes."""
    body = packed([*_plain(), ("xl/media/a.xml", b"<a>" + b" " * 100_000_000 + b"</a>")])
    return body.replace(struct.pack("<L", 100_000_007), struct.pack("<L", 10))


def _many_entries(count: int) -> bytes:
    return packed([*_plain(), *((f"x/{number}", b"") for number in range(count))])


def _nested(depth: int) -> bytes:
    body = packed([("a.xml", b" " * 1_000_000)])
    for _ in range(depth):
        body = packed([(f"{number}.zip", body) for number in range(16)])
    return packed([*_plain(), ("xl/embeddings/a.zip", body)])


def _doctype(inner: bytes) -> Change:
    return _in(SHEET, b"<worksheet", b"<!DOCTYPE a [" + inner + b"]><worksheet")


DATA_END, RELATED = b"</sheetData>", b"</Relationships>"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A_SHEET = b'<sheet name="s" sheetId="1" r:id="rId1" xmlns:r="' + _OFFICE + b'"/>'
_A_NAME = b'<definedName name="a">A</definedName>'
_A_RELATION = b'<Relationship Id="x" Type="y" Target="z"/>'
_A_RULE = b'<dataValidation sqref="A1"/>'
_LAUGHS = b'<!ENTITY a "ha">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))

XLSX: Mapping[str, tuple[Callable[[], bytes], str]] = {
    # the archive
    "a bomb": (_book(lambda: lambda parts: parts.update({SHEET: parts[SHEET] + b" " * 200_000_000})), LARGE),
    "a bomb in a picture": (_book(lambda: lambda parts: parts.update({"xl/media/a.png": bytes(200_000_000)})), LARGE),
    "a bomb packed with bzip2": (
        _book(lambda: lambda parts: parts.update({"a.xml": b" " * 100_000_000}), zipfile.ZIP_BZIP2),
        DAMAGED,
    ),
    "a bomb packed with LZMA": (
        _book(lambda: lambda parts: parts.update({"a.xml": b" " * 100_000_000}), zipfile.ZIP_LZMA),
        DAMAGED,
    ),
    "archives in archives": (lambda: _nested(3), ""),
    "entries that overlap": (_overlapping, DAMAGED),
    "a size that lies": (_lying_size, DAMAGED),
    "60,000 entries": (lambda: _many_entries(60_000), DAMAGED),
    "two sheets of one name": (lambda: packed([*_plain(), (SHEET, dict(_plain())[SHEET])]), DAMAGED),
    "a way out of the archive": (lambda: packed([*_plain(), ("../../evil.xml", b"<a/>"), ("/etc/evil.xml", b"<a/>")]), ""),
    "half an archive": (lambda: packed(_plain())[:-200], DAMAGED),
    "no sheet": (lambda: packed((name, text) for name, text in _plain() if name != SHEET), DAMAGED),
    "no types": (lambda: packed((name, text) for name, text in _plain() if name != TYPES), DAMAGED),
    # XML
    "entities that laugh": (_book(lambda: _doctype(_LAUGHS)), DAMAGED),
    "an entity of a file": (_book(lambda: _doctype(b'<!ENTITY a SYSTEM "file:///etc/passwd">')), DAMAGED),
    "entities in the texts under another name": (
        _book(lambda: _strings_elsewhere(b"<!DOCTYPE a [" + _LAUGHS + b"]><sst " + MAIN + b"><si><t>&j;</t></si></sst>")),
        DAMAGED,
    ),
    "an attribute of 20 MB": (_book(lambda: _bomb_in_attribute(20_000_000)), LARGE),
    "an attribute of 120 MB": (_book(lambda: _bomb_in_attribute(120_000_000)), LARGE),
    "a comment of 100 MB": (_book(lambda: _in(SHEET, b"<sheetData>", b"<!--" + b"<a>" * 33_000_000 + b"--><sheetData>")), LARGE),
    "an instruction of 100 MB": (
        _book(lambda: _in(SHEET, b"<sheetData>", b"<?a " + b"b>" * 50_000_000 + b"?><sheetData>")),
        LARGE,
    ),
    "a tag of 50 MB": (_book(lambda: _in(SHEET, b"<sheetData>", b"<" + b"a" * 50_000_000 + b"/><sheetData>")), LARGE),
    "a million attributes": (
        _book(lambda: _in(SHEET, b"<sheetData>", b"<a " + b" ".join(b'a%d=""' % n for n in range(1_000_000)) + b"/><sheetData>")),
        LARGE,
    ),
    "elements in elements": (
        _book(lambda: _in(SHEET, b"<sheetData>", b"<a>" * 300_000 + b"</a>" * 300_000 + b"<sheetData>")),
        LARGE,
    ),
    "a cell in cells": (_book(lambda: _rows(b'<row r="3">' + b"<c>" * 100_000 + b"</c>" * 100_000 + b"</row>")), LARGE),
    "a text of runs": (
        _book(lambda: _rows(b'<row r="3"><c t="inlineStr"><is>' + b"<r><t>x</t></r>" * 3_000_000 + b"</is></c></row>")),
        LARGE,
    ),
    "a sheet in UTF-16": (_book(lambda: lambda parts: parts.update({SHEET: parts[SHEET].decode().encode("utf-16")})), ""),
    "a sheet in UTF-7": (
        _book(lambda: lambda parts: parts.update({SHEET: b'<?xml version="1.0" encoding="utf-7"?>' + parts[SHEET]})),
        DAMAGED,
    ),
    # the sheet
    "a heading in ZZ and 50,000 rows": (_book(lambda: _far_heading(49_000)), NAMELESS),
    "50,000 cells in ZZ": (_book(lambda: _far_cells(49_990)), LARGE),
    "a heading in ZZ1, rows far apart": (
        _book(lambda: _rows(b'<row r="3"><c r="ZZ3"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
        NAMELESS,
    ),
    "a million empty rows": (_book(lambda: _rows(b"".join(b'<row r="%d"/>' % n for n in range(3, 1_000_000)))), ""),
    "a million empty cells": (
        _book(lambda: _rows(b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(3, 1_000_000)))),
        "",
    ),
    "rows that go back": (_book(lambda: _rows(b'<row r="1048576"/><row r="3"/>' * 1000)), DAMAGED),
    "cells that go back": (_book(lambda: _rows(b'<row r="3"><c r="C3"><v>1</v></c><c r="A3"><v>2</v></c></row>')), DAMAGED),
    "rows beyond the last": (_book(lambda: _rows(b'<row r="99999999999999999999"/>')), DAMAGED),
    "a row that is no number": (_book(lambda: _rows(b'<row r="x"/>')), DAMAGED),
    "a row that is a fraction": (_book(lambda: _rows(b'<row r="1e6"/>')), DAMAGED),
    "a cell beyond the last column": (_book(lambda: _rows(b'<row r="3"><c r="XFD3"><v>1</v></c></row>')), COLUMNS),
    "a number of 20 million digits": (
        _book(lambda: _rows(b'<row r="3"><c r="A3"><v>' + b"9" * 20_000_000 + b"</v></c></row>")),
        DAMAGED,
    ),
    "a fraction of 20 million digits": (
        _book(lambda: _rows(b'<row r="3"><c r="C3"><v>0.' + b"9" * 20_000_000 + b"</v></c></row>")),
        "contains a number",
    ),
    "a text of 20 million letters": (
        _book(lambda: _rows(b'<row r="3"><c r="C3" t="inlineStr"><is><t>' + b"x" * 20_000_000 + b"</t></is></c></row>")),
        "characters, but the limit is",
    ),
    "a day beyond all days": (
        _book(lambda: _both(_in(SHEET, b't="inlineStr"><is><t>1</t></is>', b't="d"><v>99999-99-99</v>'))),
        DAMAGED,
    ),
    "a cell of an unknown kind": (_book(lambda: _in(SHEET, b't="inlineStr"><is><t>WANG', b't="zz"><is><t>WANG')), ""),
    "a text that is not there": (_book(lambda: _in(SHEET, b't="inlineStr"><is><t>WANG</t></is>', b't="s"><v>7</v>')), DAMAGED),
    "one long text in each of 40,000 cells": (
        _book(
            lambda: _both(
                _strings_elsewhere(b"<sst " + MAIN + b"><si><t>" + b"x" * 32_000 + b"</t></si></sst>"),
                _rows(b"".join(b'<row r="%d"><c r="C%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(3, 40_000))),
            )
        ),
        LARGE,
    ),
    "100 MB of texts under another name": (
        _book(lambda: _strings_elsewhere(b"<sst " + MAIN + b">" + b"<si/>" * 20_000_000 + b"</sst>")),
        LARGE,
    ),
    "a million merged ranges": (
        _book(
            lambda: _in(SHEET, DATA_END, DATA_END + b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 1_000_000 + b"</mergeCells>")
        ),
        "merged cells",
    ),
    "10,000 sheets": (_book(lambda: _in(BOOK, b"</sheets>", _A_SHEET * 10_000 + b"</sheets>")), LARGE),
    "a million styles": (_book(lambda: _in(STYLES, b"</cellXfs>", b'<xf numFmtId="0"/>' * 1_000_000 + b"</cellXfs>")), LARGE),
    "a million names": (
        _book(lambda: _in(BOOK, b"</sheets>", b"</sheets><definedNames>" + _A_NAME * 1_000_000 + b"</definedNames>")),
        LARGE,
    ),
    "a million relations": (_book(lambda: _in(RELATIONS, RELATED, _A_RELATION * 1_000_000 + RELATED)), LARGE),
    "a million rules": (
        _book(lambda: _in(SHEET, DATA_END, DATA_END + b"<dataValidations>" + _A_RULE * 500_000 + b"</dataValidations>")),
        LARGE,
    ),
    "a link to another file": (_book(lambda: _in(RELATIONS, b"worksheets/sheet1.xml", b"../../../../../../etc/passwd")), DAMAGED),
}
"""By what it is: the workbook, and words of what is said about it; none where it is read."""
