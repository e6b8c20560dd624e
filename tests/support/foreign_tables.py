"""Tables as people's programs save them: each a file, and what is to be read from it and said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from raw_workbooks import (
    DAY,
    EXCEL,
    INVISIBLE,
    MINIMAL,
    PLAIN,
    PROGRAMS,
    QUOTED,
    STRICT_EXCEL,
    STRUCK,
    STRUCK_TEXT,
    TEXT,
    Cell,
    Program,
    Sheet,
    workbook,
)

NAMES = ("id", "carrier", "person.name", "person.address", "person.phone", "person.email")
WANG = ("A-1", "softbank", "WANG XIAOMING", "東京都新宿区高田馬場1-2-3", "08012345678", "wang@example.com")
NGUYEN = ("A-2", "ahamo", "NGUYEN VAN AN", "埼玉県川口市西川口2-3-4", "08023456789", "an@example.com")
KIM = ("A-3", "au", "KIM MINSU", "大阪府大阪市北区梅田3-4-5", "08034567890", "kim@example.com")
PEOPLE = (WANG, NGUYEN, KIM)


@dataclass(frozen=True)
class Foreign:
    """A file, and what must come of it."""

    name: str
    body: bytes
    right: Sequence[Sequence[str]] = ()
    """The rows that are read, without anything wrong; a text for each of NAMES."""
    said: Sequence[str] = ()
    """Words of the notes about the table."""
    refused: Sequence[str] = ()
    """Words of the reason why it is not read at all."""
    wrong: Mapping[int, str] = field(default_factory=dict)
    """Rows with one problem, and words of it."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """How it is read."""
    names: tuple[str, ...] = ()
    """Of the fields in `right`, if not NAMES."""
    planned: bool = False
    """Whether `wrong` is what is said when the papers are planned."""
    quiet: bool = False
    """Nothing at all may be said."""


def _with(row: Sequence[str], **changes: str) -> tuple[str, ...]:
    return tuple(changes.get(name.rpartition(".")[2], cell) for name, cell in zip(NAMES, row, strict=True))


def _xlsx() -> Iterator[Foreign]:
    for program in PROGRAMS:
        for one in _workbooks(program):
            yield replace(one, name=f"{program.name}: {one.name}.xlsx")
    yield Foreign("minimal: no places.xlsx", workbook(MINIMAL, Sheet(dict(enumerate((NAMES, *PEOPLE), 1)))), PEOPLE, quiet=True)
    yield from _strict()
    yield from _numbers()


def _rows(
    *rows: Sequence[str | int | float | Cell | None], first: int = 1
) -> dict[int, Sequence[str | int | float | Cell | None]]:
    return dict(enumerate(rows, first))


def _styled(row: Sequence[str], style: int) -> list[str | int | float | Cell | None]:
    return [Cell(cell, style) for cell in row]


def _workbooks(program: Program) -> Iterator[Foreign]:
    yield from _hidden(program)
    yield from _marked(program)
    yield from _sheets(program)


def _hidden(program: Program) -> Iterator[Foreign]:
    every = _rows(NAMES, *PEOPLE)
    yield Foreign("as it is", workbook(program, Sheet(every)), PEOPLE, quiet=True)
    gone, left_out = [WANG, KIM], ["hidden rows are left out: 3"]
    hidden = workbook(program, Sheet(every, hidden_rows=[3]))
    yield Foreign("a hidden row", hidden, gone, [*left_out, "--hidden"])
    yield Foreign("a hidden row, taken", hidden, PEOPLE, options={"hidden": True})
    yield Foreign(
        "two hidden rows", workbook(program, Sheet(every, hidden_rows=[3, 4])), [WANG], ["hidden rows are left out: 3, 4"]
    )
    yield Foreign("a filter", workbook(program, Sheet(every, hidden_rows=[3], filtered="A1:F4")), gone, left_out)
    yield Foreign("a row of no height", workbook(program, Sheet(every, flat_rows=[3])), gone, left_out)
    no_mail = [_with(one, email="") for one in PEOPLE]
    column = ["hidden columns are left out: F", "--hidden"]
    yield Foreign("a hidden column", workbook(program, Sheet(every, hidden_columns=[6])), no_mail, column)
    yield Foreign("a hidden column, taken", workbook(program, Sheet(every, hidden_columns=[6])), PEOPLE, options={"hidden": True})
    yield Foreign("a column of no width", workbook(program, Sheet(every, narrow_columns=[6])), no_mail, column)
    strange = _rows((*NAMES, "社内メモ"), *((*one, "x") for one in PEOPLE))
    yield Foreign(
        "a hidden column of their own",
        workbook(program, Sheet(strange, hidden_columns=[7])),
        PEOPLE,
        ["hidden columns are left out: G"],
    )


def _marked(program: Program) -> Iterator[Foreign]:
    every, gone = _rows(NAMES, *PEOPLE), [WANG, KIM]
    struck = _rows(NAMES, WANG, _styled(NGUYEN, STRUCK), KIM)
    yield Foreign(
        "a row struck through",
        workbook(program, Sheet(struck)),
        gone,
        ["rows that are struck through are left out: 3", "--hidden"],
    )
    yield Foreign("a row struck through, taken", workbook(program, Sheet(struck)), PEOPLE, options={"hidden": True})
    struck_text = _rows(NAMES, WANG, _styled(NGUYEN, STRUCK_TEXT), KIM)
    yield Foreign("a row of text struck through", workbook(program, Sheet(struck_text)), gone, ["struck through"])
    conditional = workbook(program, Sheet(every, conditional=True))
    yield Foreign("a condition that strikes rows through", conditional, PEOPLE, ["a conditional format strikes through"])
    one_cell = _rows(NAMES, WANG, (*NGUYEN[:4], Cell(NGUYEN[4], STRUCK), NGUYEN[5]), KIM)
    yield Foreign("a cell struck through", workbook(program, Sheet(one_cell)), gone, wrong={3: "E3 is struck through"})
    run = Cell(runs=[("09011112222", True), (" 08023456789", False)])
    part = _rows(NAMES, WANG, (*NGUYEN[:4], run, NGUYEN[5]), KIM)
    yield Foreign("a part of a cell struck through", workbook(program, Sheet(part)), gone, wrong={3: "E3 is struck through"})
    unseen = _rows(NAMES, WANG, (*NGUYEN[:4], Cell(NGUYEN[4], INVISIBLE), NGUYEN[5]), KIM)
    yield Foreign(
        "a cell that is not shown", workbook(program, Sheet(unseen)), gone, wrong={3: "E3 is hidden by its number format"}
    )
    equals = [_with(WANG, address="=東京都新宿区1-2-3"), NGUYEN]
    for kind, style in {"general": PLAIN, "text": TEXT, "quoted": QUOTED}.items():
        row = [*equals[0][:3], Cell(equals[0][3], style), *equals[0][4:]]
        yield Foreign(f"a text that begins with =, {kind}", workbook(program, Sheet(_rows(NAMES, row, NGUYEN))), equals)
    formula = _rows(NAMES, WANG, (*NGUYEN[:4], Cell(NGUYEN[4], formula='"080"&"23456789"'), NGUYEN[5]))
    yield Foreign("a formula", workbook(program, Sheet(formula)), [WANG], wrong={3: "E3 holds a formula"})
    number = _rows(NAMES, WANG, (*NGUYEN[:4], 8023456789, NGUYEN[5]))
    yield Foreign("a phone that became a number", workbook(program, Sheet(number)), [WANG], wrong={3: "E3 holds a number"})


def _sheets(program: Program) -> Iterator[Foreign]:
    every = _rows(NAMES, *PEOPLE)
    title = ["the headings are in row 3", "delete the rows above"]
    titled = {1: ["退学者一覧　2026年度"], **_rows(NAMES, *PEOPLE, first=3)}
    yield Foreign("a title", workbook(program, Sheet(titled)), refused=title)
    yield Foreign("a merged title", workbook(program, Sheet(titled, merged=["A1:F1"])), refused=title)
    other = Sheet(_rows(["集計"], ["3名"]), "集計")
    cover = Sheet(other.rows, "集計", "hidden")
    roster = Sheet(every, "名簿")
    yield Foreign("a hidden sheet first", workbook(program, cover, roster), PEOPLE, ["only the sheet “名簿” is read", "--sheet"])
    deep = Sheet(other.rows, "集計", "veryHidden")
    yield Foreign("a very hidden sheet first", workbook(program, deep, roster), PEOPLE, ["only the sheet “名簿” is read"])
    yield Foreign("another sheet first", workbook(program, other, roster), refused=["集計", "--sheet"])
    yield Foreign("another sheet first, ours named", workbook(program, other, roster), PEOPLE, options={"sheet": "名簿"})
    yield Foreign(
        "a sheet called cases, hidden", workbook(program, roster, Sheet(other.rows, "cases", "hidden")), PEOPLE, ["“名簿”"]
    )
    yield Foreign(
        "a hidden sheet, named", workbook(program, other, Sheet(every, "名簿", "hidden")), PEOPLE, options={"sheet": "名簿"}
    )


def _strict() -> Iterator[Foreign]:
    names = ("id", "carrier", "person.name", "person.birth_date")
    day = Cell("1999-04-01", DAY, iso=True)
    row = ("A-1", "softbank", "WANG XIAOMING", "1999-04-01")
    every = _rows(NAMES, *PEOPLE)
    yield Foreign("strict: as it is.xlsx", workbook(STRICT_EXCEL, Sheet(every)), PEOPLE, quiet=True)
    yield Foreign("strict: a day.xlsx", workbook(STRICT_EXCEL, Sheet(_rows(names, (*row[:3], day)))), [row], names=names)
    yield Foreign("strict: a hidden row.xlsx", workbook(STRICT_EXCEL, Sheet(every, hidden_rows=[3])), [WANG, KIM], ["hidden row"])
    struck = _rows(NAMES, WANG, _styled(NGUYEN, STRUCK), KIM)
    yield Foreign("strict: a row struck through.xlsx", workbook(STRICT_EXCEL, Sheet(struck)), [WANG, KIM], ["struck through"])


def _numbers() -> Iterator[Foreign]:
    summary = Sheet(_rows(["この書類は以下から書き出されました：", "書き出しの概要"]), "書き出しの概要")
    table = Sheet({1: ["表1"], **_rows(NAMES, *PEOPLE, first=2)}, "シート1 - 表1", merged=["A1:F1"])
    yield Foreign("numbers: with a summary.xlsx", workbook(EXCEL, summary, table), refused=["書き出しの概要", "--sheet"])
    yield Foreign(
        "numbers: its table.xlsx",
        workbook(EXCEL, summary, table),
        refused=["the headings are in row 2"],
        options={"sheet": "シート1 - 表1"},
    )


def corpus() -> list[Foreign]:
    return list(_xlsx())
