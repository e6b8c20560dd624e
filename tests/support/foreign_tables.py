"""Tables as people's programs save them: each a file, and what is to be read from it and said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from raw_workbooks import (
    DAY,
    EXCEL,
    GOOGLE,
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
JAPANESE = (
    "番号 (id)",
    "契約先 (carrier)",
    "氏名 (person.name)",
    "住所 (person.address)",
    "電話 (person.phone)",
    "メール (person.email)",
)
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


def lines(*rows: Sequence[str], separator: str = ",", end: str = "\r\n") -> str:
    return "".join(
        separator.join(f'"{cell}"' if separator in cell or "\n" in cell else cell for cell in row) + end for row in rows
    )


def _with(row: Sequence[str], **changes: str) -> tuple[str, ...]:
    return tuple(changes.get(name.rpartition(".")[2], cell) for name, cell in zip(NAMES, row, strict=True))


def _csv() -> Iterator[Foreign]:
    yield from _encodings()
    yield from _marks()
    yield from _tricks()
    yield from _shapes()
    yield from _shifted()


def _encodings() -> Iterator[Foreign]:
    rare = {
        "vendor kanji": ("髙橋 﨑子", "東京都足立区神明町①番地"),
        "second-level kanji": ("纐纈 龕惠", "岐阜県瑞浪市釜戸町"),
        "only rare kanji": ("髙﨑 濵", "邉 祗 欅"),
        "half-width kana": ("ﾜﾝ ｼｬｵﾐﾝ", "東京都北区ｺｰﾎﾟ桜201"),
        "a company": ("㈱髙島電設", "神奈川県横浜市中区日本大通1"),
        "names only": ("王 小明", ""),
    }
    for what, (name, address) in rare.items():
        people = [_with(person, name=name, address=address) for person in PEOPLE]
        for headings in (NAMES, JAPANESE):
            kind = "ours in ASCII" if headings is NAMES else "Japanese"
            body = lines(headings, *people).encode("cp932")
            yield Foreign(f"cp932: {what}, headings {kind}.csv", body, people, ["read in the encoding cp932", name[:2]])
    foreign = {
        "gb18030": ("王小明", "上海市浦东新区世纪大道100号", "李雷", "张伟"),
        "big5": ("王小明", "臺北市信義區市府路1號", "陳怡君", "張家豪"),
        "cp949": ("김철수", "부산광역시 해운대구 우동 1-2", "이영희", "박민수"),
        "euc-jp": ("高橋花子", "東京都新宿区高田馬場1-2-3", "佐藤太郎", "鈴木一郎"),
        "cp1258": ("Đặng Sơn", "Đường số 3, Quận 1", "Nguyễn Văn An", "Trần Thị Hoa"),
        "cp1252": ("Adéla Résés", "12 rue Général-Leclerc", "José Núñez", "Zoë Müller"),
    }
    labels = {"gb18030": "姓名", "big5": "姓名", "cp949": "성명", "euc-jp": "氏名", "cp1258": "Ho ten", "cp1252": "Nom"}
    for encoding, (first, address, *others) in foreign.items():
        people = [
            _with(person, name=name, address=address.replace(",", ""))
            for person, name in zip(PEOPLE, (first, *others), strict=True)
        ]
        for headings in (NAMES, _with(NAMES, name=f"{labels[encoding]} (person.name)")):
            body = lines(headings, *people).encode(encoding, "replace" if encoding == "cp1258" else "strict")
            words = ["the file is not in UTF-8", "give its encoding with `--encoding`"]
            words += [] if encoding == "cp1258" else [f"with {encoding}, it reads", first]
            heading = "own" if headings is not NAMES else "ours"
            yield Foreign(f"{encoding}, headings {heading}.csv", body, refused=words)
    tabs = lines(NAMES, *PEOPLE, separator="\t")
    for encoding in ("utf-16-le", "utf-16-be"):
        words = [f"with {encoding}, it reads “東京都新宿区高田馬場1-2-3”"]
        yield Foreign(f"{encoding} without a mark.csv", lines(NAMES, *PEOPLE).encode(encoding), refused=words)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        for end in ("\r\n", "\n", "\r"):
            kind = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}[end]
            yield Foreign(f"{encoding} with {kind}.csv", lines(NAMES, *PEOPLE, end=end).encode(encoding), PEOPLE, quiet=True)
        yield Foreign(f"{encoding} with tabs.tsv", tabs.encode(encoding), PEOPLE, quiet=True)
    yield Foreign("cp932 with CR, a Mac.csv", lines(JAPANESE, *PEOPLE, end="\r").encode("cp932"), PEOPLE)
    yield Foreign("semicolons.csv", lines(NAMES, *PEOPLE, separator=";").encode(), PEOPLE, quiet=True)


def _marks() -> Iterator[Foreign]:
    plain = lines(NAMES, *PEOPLE)
    yield Foreign("two byte order marks.csv", ("\ufeff\ufeff" + plain).encode(), PEOPLE)
    yield Foreign("a mark before quotes.csv", ('\ufeff"id"' + plain[2:]).encode(), PEOPLE)
    yield Foreign("a mark inside quotes.csv", ('"\ufeffid"' + plain[2:]).encode(), PEOPLE)
    yield Foreign("a mark after an empty line.csv", ("\r\n\ufeff" + plain).encode(), PEOPLE)
    yield Foreign("a mark before each row.csv", plain.replace("A-", "\ufeffA-").encode(), PEOPLE)
    yield Foreign("a mark at the end.csv", (plain + "\ufeff").encode(), PEOPLE)
    yield Foreign("a mark before cp932.csv", b"\xef\xbb\xbf" + lines(JAPANESE, *PEOPLE).encode("cp932"), PEOPLE, ["cp932"])
    joined = lines(NAMES, WANG) + "\ufeff" + lines(NAMES, NGUYEN, KIM)
    yield Foreign("two files joined.csv", joined.encode(), PEOPLE, ["rows that repeat the headings were left out: 3"])
    for encoding in ("utf-8", "cp932", "utf-16"):
        yield Foreign(f"a final 0x1A in {encoding}.csv", (lines(JAPANESE, *PEOPLE) + "\x1a").encode(encoding), PEOPLE)
    for separator in (",", ";", "\t", "|"):
        body = lines(NAMES, *PEOPLE, separator=separator)
        for first in (f"sep={separator}", f'"sep={separator}"', f"SEP={separator}"):
            yield Foreign(f"{first.replace(chr(9), 'tab')}.csv", f"{first}\r\n{body}".encode(), PEOPLE)
    yield Foreign("a mark before sep.csv", ("\ufeffsep=;\r\n" + lines(NAMES, *PEOPLE, separator=";")).encode(), PEOPLE)
    yield Foreign("a mark after sep.csv", ("sep=,\r\n\ufeff" + plain).encode(), PEOPLE)
    yield Foreign("sep in UTF-16.csv", ("sep=\t\r\n" + lines(NAMES, *PEOPLE, separator="\t")).encode("utf-16"), PEOPLE)
    yield Foreign("sep in cp932.csv", ("sep=,\r\n" + lines(JAPANESE, *PEOPLE)).encode("cp932"), PEOPLE, ["cp932"])


def _tricks() -> Iterator[Foreign]:
    phone = "08012345678"
    bare = lines(NAMES, *PEOPLE).replace(f",{phone},", f',="{phone}",')
    yield Foreign("a number kept as text by a formula.csv", bare.encode(), PEOPLE)
    quoted = lines(NAMES, *PEOPLE).replace(f",{phone},", f',"=""{phone}""",')
    yield Foreign("the same between quotes.csv", quoted.encode(), PEOPLE)
    all_tricks = "".join(",".join(f'="{cell}"' for cell in row) + "\r\n" for row in (NAMES, *PEOPLE))
    yield Foreign("every cell kept as text.csv", all_tricks.encode(), PEOPLE)
    yield Foreign("a leading apostrophe.csv", lines(NAMES, *(_with(one, phone=f"'{one[4]}") for one in PEOPLE)).encode(), PEOPLE)
    plus = [_with(WANG, phone="+818012345678")]
    yield Foreign("an apostrophe before a plus.csv", lines(NAMES, _with(WANG, phone="'+818012345678")).encode(), plus)
    tonga = [_with(WANG, name="'Ofa Vaea")]
    yield Foreign("an apostrophe that is a letter.csv", lines(NAMES, *tonga).encode(), tonga)
    yield Foreign("a real formula.csv", lines(NAMES, _with(WANG, phone='=CONCATENATE("080")')).encode(), wrong={2: "a formula"})
    yield Foreign("a number that was rounded.csv", lines(NAMES, _with(WANG, phone="8.01E+10")).encode(), wrong={2: "rounded"})
    spaced = "".join(
        ", ".join(f'"{cell}"' for cell in row) + "\r\n"
        for row in (NAMES, *(_with(one, address=f"{one[3]}, 201") for one in PEOPLE))
    )
    comma = [_with(one, address=f"{one[3]}, 201") for one in PEOPLE]
    yield Foreign("spaces before quotes.csv", spaced.encode(), comma)
    yield Foreign("spaces before quotes, semicolons.csv", spaced.replace('", "', '"; "').encode(), comma)
    yield Foreign("spaces around all.csv", lines(NAMES, *PEOPLE, separator=" , ").encode(), PEOPLE)


def _shapes() -> Iterator[Foreign]:
    plain = lines(NAMES, *PEOPLE)
    yield Foreign(
        "all cells quoted, LibreOffice.csv",
        "".join(",".join(f'"{c}"' for c in row) + "\n" for row in (NAMES, *PEOPLE)).encode(),
        PEOPLE,
        quiet=True,
    )
    yield Foreign("no line end at the end, Google.csv", plain.rstrip().encode(), PEOPLE, quiet=True)
    yield Foreign(
        "empty columns and rows at the end, Excel.csv",
        (plain.replace("\r\n", ",,,\r\n") + ",,,,,,,,\r\n" * 3).encode(),
        PEOPLE,
        quiet=True,
    )
    yield Foreign("empty lines between.csv", plain.replace("\r\n", "\r\n\r\n").encode(), PEOPLE, quiet=True)
    for title, first in (
        ("a table's name, Numbers", "表1\r\n"),
        ("a title and an empty row", "退学者一覧　2026年度,,,,,\r\n,,,,,\r\n"),
        ("the day of printing", "出力日,2026-11-20,,,,\r\n"),
        ("three rows", "国際学生課,,,,,\r\n作成 田中,,,,,\r\n\r\n"),
    ):
        number = first.count("\n") + 1
        yield Foreign(
            f"{title}.csv", (first + plain).encode(), refused=[f"the headings are in row {number}", "delete the rows above"]
        )
        yield Foreign(
            f"{title}, cp932.csv",
            (first + lines(JAPANESE, *PEOPLE)).encode("cp932"),
            refused=[f"the headings are in row {number}"],
        )
    note = lines((*NAMES, "#メモ"), (*WANG, "一行目\n二行目"), (*KIM, ""))
    yield Foreign("a line break in a comment.csv", note.encode(), [WANG, KIM], quiet=True)


def _shifted() -> Iterator[Foreign]:
    raw = lines(NAMES, *PEOPLE)
    address = NGUYEN[3]
    yield Foreign(
        "a comma in an address.csv", raw.replace(address, f"{address}, 201").encode(), [WANG, KIM], wrong={3: "7 cells"}
    )
    yield Foreign(
        "two commas in an address.csv",
        raw.replace(address, f"{address}, コーポ桜, 201").encode(),
        [WANG, KIM],
        wrong={3: "8 cells"},
    )
    yield Foreign("a cell that was left out.csv", raw.replace("NGUYEN VAN AN,", "").encode(), [WANG, KIM], wrong={3: "5 cells"})
    yield Foreign(
        "a row that ends early.csv", raw.replace(",08023456789,an@example.com", "").encode(), [WANG, KIM], wrong={3: "4 cells"}
    )


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
    gone, left_out = [WANG, KIM], ["hidden rows were left out: 3"]
    hidden = workbook(program, Sheet(every, hidden_rows=[3]))
    yield Foreign("a hidden row", hidden, gone, [*left_out, "--hidden"])
    yield Foreign("a hidden row, taken", hidden, PEOPLE, options={"hidden": True})
    yield Foreign(
        "two hidden rows", workbook(program, Sheet(every, hidden_rows=[3, 4])), [WANG], ["hidden rows were left out: 3, 4"]
    )
    yield Foreign("a filter", workbook(program, Sheet(every, hidden_rows=[3], filtered="A1:F4")), gone, left_out)
    yield Foreign("a row of no height", workbook(program, Sheet(every, flat_rows=[3])), gone, left_out)
    no_mail = [_with(one, email="") for one in PEOPLE]
    column = ["hidden columns were left out: F", "--hidden"]
    yield Foreign("a hidden column", workbook(program, Sheet(every, hidden_columns=[6])), no_mail, column)
    yield Foreign("a hidden column, taken", workbook(program, Sheet(every, hidden_columns=[6])), PEOPLE, options={"hidden": True})
    yield Foreign("a column of no width", workbook(program, Sheet(every, narrow_columns=[6])), no_mail, column)
    strange = _rows((*NAMES, "社内メモ"), *((*one, "x") for one in PEOPLE))
    yield Foreign(
        "a hidden column of their own",
        workbook(program, Sheet(strange, hidden_columns=[7])),
        PEOPLE,
        ["hidden columns were left out: G"],
    )


def _marked(program: Program) -> Iterator[Foreign]:
    every, gone = _rows(NAMES, *PEOPLE), [WANG, KIM]
    struck = _rows(NAMES, WANG, _styled(NGUYEN, STRUCK), KIM)
    yield Foreign(
        "a row struck through",
        workbook(program, Sheet(struck)),
        gone,
        ["rows that are struck through were left out: 3", "--hidden"],
    )
    yield Foreign("a row struck through, taken", workbook(program, Sheet(struck)), PEOPLE, options={"hidden": True})
    struck_text = _rows(NAMES, WANG, _styled(NGUYEN, STRUCK_TEXT), KIM)
    yield Foreign("a row of text struck through", workbook(program, Sheet(struck_text)), gone, ["struck through"])
    conditional = workbook(program, Sheet(every, conditional=True))
    yield Foreign("a condition that strikes rows through", conditional, PEOPLE, ["only by a conditional format"])
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
    yield Foreign("a formula", workbook(program, Sheet(formula)), [WANG], wrong={3: "E3 contains a formula"})
    number = _rows(NAMES, WANG, (*NGUYEN[:4], 8023456789, NGUYEN[5]))
    yield Foreign("a phone that became a number", workbook(program, Sheet(number)), [WANG], wrong={3: "E3 contains a number"})


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
    form = _rows(("タイムスタンプ", *NAMES), *((46000.5, *one) for one in PEOPLE))
    yield Foreign(
        "google: answers of a form.xlsx", workbook(GOOGLE, Sheet(form, "フォームの回答 1")), refused=["タイムスタンプ", "--map"]
    )


def corpus() -> list[Foreign]:
    return [*_csv(), *_xlsx()]
