"""More tables as they come by mail or from a web form: cut, renamed, filtered, with totals, titles and headings again."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence

from foreign_tables import JAPANESE, KIM, NAMES, NGUYEN, PEOPLE, WANG, Foreign, lines
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

OTHER_KIND = "its content does not match its file name extension"
BORN = (*NAMES, "person.birth_date")


def everyday() -> Iterator[Foreign]:
    yield from _texts()
    yield from _mail()
    yield from _workbooks()


def _texts() -> Iterator[Foreign]:
    plain = lines(NAMES, *PEOPLE)
    unicode_text = "\ufeff" + lines(NAMES, *PEOPLE, separator="\t")
    yield Foreign("Unicode text of Excel.csv", unicode_text.encode("utf-16-le"), PEOPLE, quiet=True)
    yield Foreign("line ends of an old Mac.csv", lines(NAMES, *PEOPLE, end="\r").encode(), PEOPLE, quiet=True)
    named = "\ufeffsep=;\r\n" + lines(NAMES, *PEOPLE, separator=";")
    yield Foreign("a mark, then sep=.csv", named.encode(), PEOPLE, quiet=True)
    for sign in "|，；":
        yield Foreign(f"columns between {sign}.csv", lines(NAMES, *PEOPLE, separator=sign).encode(), PEOPLE, quiet=True)
    tabbed = lines(NAMES, *((*person[:4], f"{person[4]}\t", person[5]) for person in PEOPLE))
    yield Foreign("a tab after each phone number.csv", tabbed.encode(), PEOPLE, quiet=True)
    again = lines(NAMES, WANG, NGUYEN, NAMES, KIM)
    yield Foreign("headings on each page.csv", again.encode(), PEOPLE, ["rows that repeat the headings were left out: 4"])
    total = f"{plain},,,,,\r\n,,,,,\r\n合計 3名,,,,,\r\n"
    yield Foreign("a total below.csv", total.encode(), PEOPLE, wrong={7: "this cannot be used as a file name"})
    titled = "表1,,,,,\n" + lines(NAMES, *PEOPLE, end="\n")
    yield Foreign("the title of Numbers.csv", titled.encode(), refused=["the headings are in row 2"])
    rounded = lines(NAMES, *((*person[:4], "8.01E+09", person[5]) for person in PEOPLE))
    yield Foreign("rounded phone numbers.csv", rounded.encode(), wrong=dict.fromkeys((2, 3, 4), "a number that was rounded"))
    quoted = lines(NAMES, WANG) + 'A-2,ahamo,"NGUYEN ""BI"" AN",埼玉県川口市西川口2-3-4,08023456789,an@example.com\r\n'
    yield Foreign(
        "quotation marks in a name.csv", quoted.encode(), [WANG, (*NGUYEN[:2], 'NGUYEN "BI" AN', *NGUYEN[3:])], quiet=True
    )
    opened = lines(NAMES, WANG) + lines(NGUYEN, KIM).replace("NGUYEN", '"NGUYEN')
    yield Foreign("a quotation mark that is not closed.csv", opened.encode(), refused=[":3:", "is not closed"])
    for what, body in (("only headings", lines(NAMES).encode()), ("only a mark", b"\xef\xbb\xbf")):
        yield Foreign(f"{what}.csv", body, refused=["no row is filled in"])


def _mail() -> Iterator[Foreign]:
    people = [(*person[:2], "高橋 花子", *person[3:]) for person in PEOPLE]
    for headings in (NAMES, JAPANESE):
        body = lines(headings, *people).encode("iso2022_jp")
        kind = "ours in ASCII" if headings is NAMES else "Japanese"
        yield Foreign(f"a mail's encoding, headings {kind}.csv", body, people, ["read in the encoding iso2022_jp", "高橋 花子"])
    plain = lines(NAMES, *PEOPLE).encode()
    cut = plain[: plain.rindex("大阪".encode()) + 1]
    yield Foreign("cut in a character.csv", cut, refused=["the file is damaged"])
    broken = plain.replace("高".encode(), "高".encode()[:2], 1)
    yield Foreign("a broken character.csv", broken, refused=[":2:", "the file is not in UTF-8"])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("desk.csv", plain)
    page = f"<!DOCTYPE html><html><table><tr><td>{'</td><td>'.join(NAMES)}</td></tr></table></html>".encode()
    others = {
        "an archive": packed.getvalue(),
        "a PDF": b"%PDF-1.7\n%\xe2\xe3",
        "a photo": b"\xff\xd8\xff\xe0",
        "a web page": page,
    }
    for what, body in others.items():
        yield Foreign(f"{what} with another ending.csv", body, refused=[OTHER_KIND])
    yield Foreign("a web page with another ending.xlsx", page, refused=[OTHER_KIND])
    yield Foreign("an older workbook.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000), refused=["the older format"])


def _filtered(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:F4"
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True


def _grouped(sheet: Worksheet) -> None:
    sheet.column_dimensions.group("E", "F", hidden=True)


def _below_a_title(sheet: Worksheet) -> None:
    sheet.insert_rows(1, 2)
    sheet["A1"] = "解約希望者名簿"
    sheet.merge_cells("A1:F1")


def _behind_a_hidden_sheet(sheet: Worksheet) -> None:
    hidden = sheet.parent.create_sheet("設定", 0)
    hidden.append(["x"])
    hidden.sheet_state, sheet.parent.active = "veryHidden", 1


def _with_a_total(sheet: Worksheet) -> None:
    sheet.append(["計", "", "=COUNTA(C2:C4)"])


def _with_formats(sheet: Worksheet) -> None:
    for row in (2, 3, 4):
        sheet.cell(row, 5).value, sheet.cell(row, 5).number_format = int(PEOPLE[row - 2][4]), "00000000000"


def _with_links(sheet: Worksheet) -> None:
    for row in (2, 3, 4):
        sheet.cell(row, 6).hyperlink = f"mailto:{PEOPLE[row - 2][5]}"


def _with_eras(sheet: Worksheet) -> None:
    for row in (1, 2, 3, 4):
        sheet.cell(row, 7).value = "person.birth_date" if row == 1 else datetime.datetime(1990, 5, 1)
        sheet.cell(row, 7).number_format = '[$-411]ggge"年"m"月"d"日"'


def _nothing(_: Worksheet) -> None:
    pass


def _workbooks() -> Iterator[Foreign]:
    short = [(*person[:4], "", "") for person in PEOPLE]
    yield Foreign("filtered.xlsx", _book(_filtered), [WANG], ["hidden rows were left out: 3, 4"])
    yield Foreign("filtered, all of it.xlsx", _book(_filtered), PEOPLE, options={"hidden": True})
    yield Foreign("grouped columns.xlsx", _book(_grouped), short, ["hidden columns were left out: E, F"])
    yield Foreign("below a merged title.xlsx", _book(_below_a_title), refused=["the headings are in row 3"])
    yield Foreign("behind a hidden sheet.xlsx", _book(_behind_a_hidden_sheet), PEOPLE, ["only the sheet “名簿” is read"])
    yield Foreign("a total below.xlsx", _book(_with_a_total), PEOPLE, wrong={5: "C5 contains a formula"})
    lost = dict.fromkeys((2, 3, 4), "any leading 0 is lost")
    yield Foreign("phone numbers that only look right.xlsx", _book(_with_formats), wrong=lost)
    yield Foreign("links.xlsx", _book(_with_links), PEOPLE, quiet=True)
    born = [(*person, "1990-05-01") for person in PEOPLE]
    yield Foreign("days in eras.xlsx", _book(_with_eras), born, names=BORN, quiet=True)
    breaks = [heading.replace(" (", "\n(") for heading in JAPANESE]
    yield Foreign("headings with line breaks.xlsx", _book(_nothing, breaks), PEOPLE, quiet=True)
    form = ("タイムスタンプ", "氏名 (person.name)", "携帯会社")
    yield Foreign("columns of a web form.xlsx", _book(_nothing, form), refused=["タイムスタンプ", "write a map for the table"])


def _book(change: Callable[[Worksheet], None], headings: Sequence[str] = NAMES) -> bytes:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "名簿"
    for row in (headings, *PEOPLE):
        sheet.append(list(row)[: len(headings)])
    change(sheet)
    body = io.BytesIO()
    workbook.save(body)
    return body.getvalue()
