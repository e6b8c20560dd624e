"""Workbooks as the programs that people use write them, part by part: openpyxl writes only one of these dialects."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from simforms.batches.tables.record import column_letters

TRANSITIONAL = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
STRICT = ("http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships")
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

PLAIN, TEXT, STRUCK, STRUCK_TEXT, DAY, INVISIBLE, QUOTED = range(7)
"""The styles that each workbook has."""


@dataclass(frozen=True)
class Cell:
    """A cell: a text, a number, or a formula with the value that was calculated last."""

    value: str | int | float = ""
    style: int = PLAIN
    formula: str = ""
    runs: Sequence[tuple[str, bool]] = ()
    """Pieces of a text, and whether each is struck through."""
    iso: bool = False
    """A day as Strict Open XML writes it."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows by their numbers, and what is hidden or merged."""

    rows: Mapping[int, Sequence[str | int | float | Cell | None]]
    name: str = "Sheet1"
    state: str = ""
    hidden_rows: Sequence[int] = ()
    flat_rows: Sequence[int] = ()
    """Rows of no height."""
    hidden_columns: Sequence[int] = ()
    narrow_columns: Sequence[int] = ()
    """Columns of no width."""
    merged: Sequence[str] = ()
    filtered: str = ""
    """The range of an automatic filter."""
    conditional: bool = False
    """Whether a condition strikes rows through."""


@dataclass(frozen=True)
class Program:
    """How a program writes."""

    name: str
    yes: str = "1"
    no: str = ""
    """Written where something is not hidden; most write nothing."""
    prefix: str = ""
    inline: bool = False
    names: tuple[str, str] = TRANSITIONAL
    reading: bool = False
    """Whether texts have their kana beside them."""
    empty_cells: bool = False
    references: bool = True
    """Whether rows and cells say where they are."""
    parts: Mapping[str, bytes] = field(default_factory=dict)


EXCEL = Program("excel", reading=True, parts={"xl/theme/theme1.xml": b"<a:theme xmlns:a='x'/>"})
LIBREOFFICE = Program("libreoffice", yes="true", no="false")
GOOGLE = Program("google", no="0", empty_cells=True)
WPS = Program("wps", parts={"docProps/custom.xml": b"<Properties xmlns='x'/>"})
SDK = Program("sdk", prefix="x:", inline=True)
MINIMAL = Program("minimal", inline=True, references=False)
STRICT_EXCEL = Program("strict", names=STRICT)
PROGRAMS = (EXCEL, LIBREOFFICE, GOOGLE, WPS, SDK)


def workbook(program: Program, *sheets: Sheet) -> bytes:
    """Return a workbook of these sheets as a program writes it."""
    texts: list[str] = []
    parts = {f"xl/worksheets/sheet{number}.xml": _sheet(program, sheet, texts) for number, sheet in enumerate(sheets, 1)}
    parts |= {"xl/workbook.xml": _book(program, sheets), "xl/styles.xml": _styles(program)}
    if not program.inline:
        parts["xl/sharedStrings.xml"] = _tag(program, "sst", f' count="{len(texts)}"', "".join(texts), names=True)
    kinds = {"sheet": "worksheet", "workbook": "sheet.main", "styles": "styles", "sharedStrings": "sharedStrings"}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{KIND}.{kind}+xml"/>'
        for name in parts
        for start, kind in kinds.items()
        if name.rpartition("/")[2].startswith(start)
    )
    types = f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'  # noqa: E501
    related = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    related += [("rIdStyles", "styles", "styles.xml")] + [("rIdTexts", "sharedStrings", "sharedStrings.xml")] * (
        not program.inline
    )
    every = {
        "[Content_Types].xml": types,
        "_rels/.rels": _relations([("rId1", f"{program.names[1]}/officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relations([(key, f"{program.names[1]}/{kind}", to) for key, kind, to in related]),
        **parts,
    }
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    with zipfile.ZipFile(body := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in every.items():
            archive.writestr(name, (head + text).encode())
        for name, own in program.parts.items():
            archive.writestr(name, own)
    return body.getvalue()


def _relations(relations: Sequence[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, kind, to in relations)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def _tag(program: Program, name: str, attributes: str, inner: str, *, names: bool = False) -> str:
    own = program.prefix
    spaces = f' xmlns{":" + own.rstrip(":") if own else ""}="{program.names[0]}" xmlns:r="{program.names[1]}"' if names else ""
    return f"<{own}{name}{spaces}{attributes}>{inner}</{own}{name}>" if inner else f"<{own}{name}{spaces}{attributes}/>"


def _book(program: Program, sheets: Sequence[Sheet]) -> str:
    listed = ""
    for number, sheet in enumerate(sheets, 1):
        state = f' state="{sheet.state}"' if sheet.state else ""
        listed += _tag(program, "sheet", f' name={quoteattr(sheet.name)} sheetId="{number}"{state} r:id="rId{number}"', "")
    return _tag(program, "workbook", "", _tag(program, "sheets", "", listed), names=True)


def _styles(program: Program) -> str:
    def tag(name: str, attributes: str, inner: str = "") -> str:
        return _tag(program, name, attributes, inner)

    strike = tag("strike", f' val="{program.yes}"' if program.no else "")
    plain = tag("sz", ' val="11"') + tag("name", ' val="Yu Gothic"')
    fonts = tag("fonts", ' count="2"', tag("font", "", plain) + tag("font", "", strike + plain))
    empty = tag("fills", ' count="1"', tag("fill", "", tag("patternFill", ' patternType="none"')))
    border = tag("borders", ' count="1"', tag("border", "", tag("left", "")))
    formats = tag("numFmts", ' count="1"', tag("numFmt", ' numFmtId="164" formatCode=";;;"'))
    styles = ((0, 0, ""), (49, 0, ""), (0, 1, ""), (49, 1, ""), (14, 0, ""), (164, 0, ""), (0, 0, ' quotePrefix="1"'))
    xfs = "".join(
        tag(
            "xf",
            f' numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0" applyFont="1" applyNumberFormat="1"{more}',
        )
        for number, font, more in styles
    )
    base = tag("cellStyleXfs", ' count="1"', tag("xf", ' numFmtId="0" fontId="0" fillId="0" borderId="0"'))
    named = tag("cellStyles", ' count="1"', tag("cellStyle", ' name="Normal" xfId="0" builtinId="0"'))
    conditional = tag(
        "dxfs", ' count="2"', tag("dxf", "", tag("font", "", tag("b", ""))) + tag("dxf", "", tag("font", "", strike))
    )
    inner = formats + fonts + empty + border + base + tag("cellXfs", ' count="7"', xfs) + named + conditional
    return _tag(program, "styleSheet", "", inner, names=True)


def _sheet(program: Program, sheet: Sheet, texts: list[str]) -> str:
    def tag(name: str, attributes: str, inner: str = "") -> str:
        return _tag(program, name, attributes, inner)

    def hidden(yes: bool) -> str:
        value = program.yes if yes else program.no
        return f' hidden="{value}"' if value else ""

    width = max((len(row) for row in sheet.rows.values()), default=1)
    columns = "".join(
        tag(
            "col",
            f' min="{number}" max="{number}" width="{0 if number in sheet.narrow_columns else 14.3}" customWidth="1"'
            + hidden(number in sheet.hidden_columns),
        )
        for number in range(1, width + 1)
    )
    rows = []
    for number, cells in sheet.rows.items():
        place = f' r="{number}" spans="1:{width}"' if program.references else ""
        flat = ' ht="0" customHeight="1"' if number in sheet.flat_rows else ""
        inner = "".join(_cell(program, cell, number, column, texts) for column, cell in enumerate(cells, 1))
        rows.append(tag("row", place + flat + hidden(number in sheet.hidden_rows), inner))
    merged = "".join(tag("mergeCell", f' ref="{one}"') for one in sheet.merged)
    filtered = tag("autoFilter", f' ref="{sheet.filtered}"') if sheet.filtered else ""
    rule = tag("cfRule", ' type="expression" dxfId="1" priority="1"', tag("formula", "", '$F2="x"'))
    condition = tag("conditionalFormatting", ' sqref="A2:F9"', rule) if sheet.conditional else ""
    inner = tag("cols", "", columns) + tag("sheetData", "", "".join(rows)) + filtered
    return _tag(program, "worksheet", "", inner + (tag("mergeCells", "", merged) if merged else "") + condition, names=True)


def _cell(program: Program, given: str | float | Cell | None, row: int, column: int, texts: list[str]) -> str:
    place = f' r="{column_letters(column)}{row}"' if program.references else ""
    if given is None or given == "":
        return _tag(program, "c", f'{place} s="0"', "") if program.empty_cells or not program.references else ""
    cell = given if isinstance(given, Cell) else Cell(given)
    place += f' s="{cell.style}"' if cell.style or program.no else ""
    if cell.formula:
        kind, value = (' t="str"', escape(str(cell.value))) if isinstance(cell.value, str) else ("", str(cell.value))
        return _tag(program, "c", place + kind, _tag(program, "f", "", escape(cell.formula)) + _tag(program, "v", "", value))
    if cell.iso:
        return _tag(program, "c", f'{place} t="d"', _tag(program, "v", "", str(cell.value)))
    if not isinstance(cell.value, str) and not cell.runs:
        return _tag(program, "c", place, _tag(program, "v", "", str(cell.value)))
    text = _text(program, cell)
    if program.inline:
        return _tag(program, "c", f'{place} t="inlineStr"', _tag(program, "is", "", text))
    texts.append(_tag(program, "si", "", text))
    return _tag(program, "c", f'{place} t="s"', _tag(program, "v", "", str(len(texts) - 1)))


def _text(program: Program, cell: Cell) -> str:
    def tag(name: str, inner: str, attributes: str = "") -> str:
        return _tag(program, name, attributes, inner)

    if not cell.runs:
        reading = tag("rPh", tag("t", "ヨミ"), ' sb="0" eb="1"') if program.reading else ""
        return tag("t", escape(str(cell.value)), ' xml:space="preserve"') + reading
    strike = tag("strike", "", f' val="{program.yes}"' if program.no else "")
    return "".join(
        tag(
            "r",
            (tag("rPr", strike + tag("sz", "", ' val="11"')) if struck else "") + tag("t", escape(text), ' xml:space="preserve"'),
        )
        for text, struck in cell.runs
    )
