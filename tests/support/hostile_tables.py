"""Tables of text and of JSON that try to hold, fill or break their reader; each with words of what is said about it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import hostile_workbooks

HEAD = "id,carrier,person.name,person.address\r\n"
ROW = "1,au,WANG,Tokyo\r\n"


def _csv(text: Callable[[], str], encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: text().encode(encoding)


def _lines(lines: Callable[[], Iterable[str]]) -> Callable[[], bytes]:
    return lambda: "\n".join(lines()).encode()


def _headings(start: str) -> str:
    return ",".join(f"{start}{number}" for number in range(700)) + "\r\n1\r\n"


def _id_of_another(number: int) -> str:
    return f"row-{number + 1}{'-x' * (number % 17)},A\r\n"


def _log(number: int) -> str:
    return f'"log[{number}].date": "x"'


def _keys(count: int, first: int = 0) -> str:
    return "{" + ",".join(f'"k{number}": "v"' for number in range(first, first + count)) + "}"


LONG, OPEN, UNKNOWN = "the row is too long", "a quotation mark opens here", "there is no such field"
NAMELESS = "no heading above"
COLUMNS, CHARACTERS = "it has more than 702 columns", "characters, but the limit is"

CSV: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "one field of 30 MB": (lambda: (HEAD + "2,au,").encode() + b"x" * 30_000_000, LONG),
    "a field as long as may be": (_csv(lambda: HEAD + "2,au," + "x" * 131_000 + ",y\r\n"), CHARACTERS),
    "many long fields": (_csv(lambda: HEAD + ("2,au," + "x" * 131_000 + ",y\r\n") * 200), CHARACTERS),
    "a mark that stays open": (_csv(lambda: HEAD + '2,"au,' + ROW * 20_000), OPEN),
    "a mark that opens in each row": (_csv(lambda: HEAD + '2,"au\r\n' * 10_000), OPEN),
    "a mark before a long line": (_csv(lambda: HEAD + '2,"' + "x," * 90_000), LONG),
    "only marks": (_csv(lambda: '"' * 200_000), UNKNOWN),
    "marks in pairs": (_csv(lambda: HEAD + '2,"' + '""' * 60_000 + '",a,b\r\n'), CHARACTERS),
    "only commas": (_csv(lambda: "," * 199_000 + "\r\n"), "no row is filled in"),
    "a million commas": (_csv(lambda: "," * 1_000_000), LONG),
    "only line ends": (_csv(lambda: "\n" * 5_000_000), "the file is empty"),
    "headings, then line ends": (_csv(lambda: HEAD + "\n" * 5_000_000 + ROW), ""),
    "headings, then empty rows": (_csv(lambda: HEAD + ",,,\n" * 1_000_000), "no row is filled in"),
    "headings, then spaces": (_csv(lambda: HEAD + " , , , \r\n" * 500_000 + ROW), ""),
    "a heading of brackets": (_csv(lambda: "[" * 100_000 + "\r\n1\r\n"), UNKNOWN),
    "a heading of parentheses": (_csv(lambda: "(" * 100_000 + ")" * 1000 + "\r\n1\r\n"), UNKNOWN),
    "a heading of spaces": (_csv(lambda: "a" + " " * 100_000 + "b\r\n1\r\n"), UNKNOWN),
    "a heading that grows": (_csv(lambda: "\ufdfa" * 60_000 + "\r\n1\r\n"), UNKNOWN),
    "a heading of log[[[": (_csv(lambda: "log" + "[1]" * 30_000 + ".date\r\n1\r\n"), UNKNOWN),
    "700 unknown headings": (_csv(lambda: _headings("person.addresz")), UNKNOWN),
    "700 long unknown headings": (_csv(lambda: _headings("person.addresz " * 10)), UNKNOWN),
    "many cells of headings": (_csv(lambda: "person.name (," * 10_000 + "\r\n1\r\n"), COLUMNS),
    "rows of 700 cells under one heading": (_csv(lambda: "id\r\n" + ("1" + "," * 699 + "\r\n") * 20_000), ""),
    "rows of 700 filled cells under one heading": (_csv(lambda: "id\r\n" + ("1," * 700 + "\r\n") * 1_000), NAMELESS),
    "columns without a heading": (_csv(lambda: "id," + "," * 600 + "person.name\r\n" + ("1," * 602 + "\r\n") * 2_000), NAMELESS),
    "50,001 rows": (_csv(lambda: "id\r\n" + "1\r\n" * 50_001), "it has more than 50000 rows"),
    "20,000 rows of one id": (_csv(lambda: "id,person.name\r\n" + "1,A\r\n" * 20_000), "the ID appears twice"),
    "ids that are those of other rows": (_csv(lambda: "id,person.name\r\n" + "".join(map(_id_of_another, range(20_000)))), ""),
    "an id of 160 bytes": (
        _csv(lambda: "id,person.name\r\n" + "\U00020bb7" * 40 + ",A\r\n"),
        "this cannot be used as a file name",
    ),
    "UTF-16 without a mark": (_csv(lambda: HEAD + ROW * 1000, "utf-16-le"), "U+0000"),
    "UTF-16 of an odd length": (lambda: (HEAD + ROW).encode("utf-16") + b"x", "the file is not in UTF-8"),
    "UTF-16 with half a character": (lambda: HEAD.encode("utf-16") + b"\x00\xd8" * 50_000, "the file is not in UTF-8"),
    "UTF-32": (_csv(lambda: HEAD + ROW * 1000, "utf-32"), "U+0000"),
    "UTF-32 of big ends": (lambda: b"\0\0\xfe\xff" + (HEAD + ROW).encode("utf-32-be"), "the file is not in UTF-8"),
    "random bytes": (lambda: bytes(range(256)) * 2000, "the file is not in UTF-8"),
    "bytes of cp932": (lambda: "漢".encode("cp932") * 100_000, UNKNOWN),
    "half-width kana": (lambda: b"id,\xb1\r\n" + b"\xb1\xb1,\xb2\r\n" * 20_000, "the file is not in UTF-8"),
    "a zero byte at the end": (_csv(lambda: HEAD + ROW * 20_000 + "1,a\0u\r\n"), ""),
    "a day in the year 9999": (_csv(lambda: "id,carrier,person.departure_date\r\n1,softbank,9999-12-31\r\n"), ""),
    "only spaces": (_csv(lambda: " " * 1_000_000), "the file is empty"),
    "lines of spaces in a cell": (_csv(lambda: HEAD + '1,au,"' + " \n" * 15 + '",x\r\n'), ""),
    "carriage returns": (_csv(lambda: HEAD + "\r" * 1_000_000), "no row is filled in"),
}

JSONL: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "20,000 keys": (_lines(lambda: [_keys(20_000)]), COLUMNS),
    "20,000 keys of one log": (
        _lines(lambda: ['{"log": [' + ",".join('{"date": "2026-11-01"}' for _ in range(20_000)) + "]}"]),
        COLUMNS,
    ),
    "other keys in each line": (_lines(lambda: [_keys(100, n * 100) for n in range(2_000)]), COLUMNS),
    "a key of 5 MB": (_lines(lambda: ['{"' + "k" * 5_000_000 + '": "v"}']), "this is not the name of a field"),
    "a key of dots": (_lines(lambda: ['{"' + "a." * 100_000 + 'b": "v"}']), "this is not the name of a field"),
    "a key of 100 dots": (_lines(lambda: ['{"' + "a." * 100 + 'b": "v"}']), "this is not the name of a field"),
    "a key of 40 dots": (_lines(lambda: ['{"' + "a." * 40 + 'b": "v"}']), UNKNOWN),
    "a key of brackets": (_lines(lambda: ['{"' + "[1]" * 30 + '": "v"}']), UNKNOWN),
    "keys that differ in a bracket": (_lines(lambda: ["{" + ",".join(map(_log, range(1, 700))) + "}"]), "but the limit is 300"),
    "half a character as a key": (_lines(lambda: ['{"\\ud800": "v"}']), "this is not the name of a field"),
    "half a character in a key": (_lines(lambda: ['{"person.name\\udfff": "v"}']), "this is not the name of a field"),
    "half a character in an inner key": (
        _lines(lambda: ['{"person": {"\\ud800": {"a": "b"}}}']),
        "this is not the name of a field",
    ),
    "a key that moves the cursor": (_lines(lambda: ['{"\\u001b[2Jred": "v"}']), "this is not the name of a field"),
    "a key with a line end": (_lines(lambda: ['{"person\\n.name": "v"}']), "this is not the name of a field"),
    "half a character as an id": (
        _lines(lambda: ['{"id": "\\ud800", "person.name": "A"}']),
        "this cannot be used as a file name",
    ),
    "half a character as a value": (_lines(lambda: ['{"person.name": "\\ud800"}']), ""),
    "brackets": (_lines(lambda: ["[" * 1_000_000]), "it is nested too deeply"),
    "braces": (_lines(lambda: ['{"a":' * 200_000]), "it is nested too deeply"),
    "nested 25 times": (_lines(lambda: ['{"a":' * 25 + "1" + "}" * 25]), "it is nested too deeply"),
    "wide and deep": (_lines(lambda: ['{"log":[' + ",".join(["[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]"] * 20_000) + "]}"]), ""),
    "a number of a million digits": (_lines(lambda: ['{"line.eid": ' + "8" * 1_000_000 + "}"]), CHARACTERS),
    "a number with a million decimals": (_lines(lambda: ['{"line.eid": 0.' + "8" * 1_000_000 + "}"]), "contains a number"),
    "a number beyond all": (_lines(lambda: ['{"line.eid": 1e999999999}']), "it is not valid JSON"),
    "minus infinity": (_lines(lambda: ['{"line.eid": -Infinity}']), "it is not valid JSON"),
    "a text of 20 MB": (_lines(lambda: ['{"person.name": "' + "x" * 20_000_000 + '"}']), CHARACTERS),
    "a text of escapes": (_lines(lambda: ['{"person.name": "' + "\\u6f22" * 1_000_000 + '"}']), CHARACTERS),
    "a text of line ends": (_lines(lambda: ['{"person.name": "' + "\\n" * 1_000_000 + '"}']), ""),
    "a text that stays open": (_lines(lambda: ['{"person.name": "' + "x" * 10_000_000]), "it is not valid JSON"),
    "empty lines": (lambda: b"\n" * 5_000_000 + b'{"person.name": "A"}', ""),
    "lines of brackets": (_lines(lambda: [*["{}"] * 50_000]), ""),
    "50,001 lines": (_lines(lambda: [*["{}"] * 50_001]), "it has more than 50000 rows"),
    "lines of spaces": (lambda: (b" " * 1000 + b"\n") * 10_000, "the file is empty"),
    "one name again and again": (_lines(lambda: ["{" + ",".join(['"a": 1'] * 200_000) + "}"]), COLUMNS),
    "UTF-32": (lambda: '{"person.name": "A"}'.encode("utf-32"), ""),
    "UTF-16": (lambda: ('{"person.name": "A"}\n' * 1000).encode("utf-16"), ""),
    "zeros": (lambda: bytes(1_000_000), "it is not valid JSON"),
    "a log in the year 9999": (
        _lines(lambda: ['{"carrier": "softbank", "log": [{"date": "9999-12-31", "what": "applied"}]}']),
        "",
    ),
}


def _pipe(folder: Path) -> Path:
    os.mkfifo(path := folder / "pipe.csv")
    return path


def _device(folder: Path) -> Path:
    (path := folder / "zero.csv").symlink_to("/dev/zero")
    return path


def _terminal(folder: Path) -> Path:
    (path := folder / "tty.xlsx").symlink_to("/dev/tty")
    return path


def _socket(folder: Path) -> Path:
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path := folder / "s.jsonl"))
    server.close()
    return path


def _hole(folder: Path) -> Path:
    (path := folder / "hole.csv").touch()
    os.truncate(path, 1 << 40)
    return path


def _hole_as_large_as_may_be(folder: Path) -> Path:
    (path := folder / "hole.csv").touch()
    os.truncate(path, 64_000_000)
    return path


def _odd_folder(folder: Path) -> Path:
    (path := folder / "cases").mkdir()
    os.mkfifo(path / "pipe.yaml")
    (path / "zero.yaml").symlink_to("/dev/zero")
    (path / "loop.yaml").symlink_to("loop.yaml")
    (path / "folder.yaml").mkdir()
    (path / "large.yaml").write_bytes(b"a: b\n" * 100_000)
    (path / "deep.json").write_bytes(b"[" * 200_000)
    (path / "good.yaml").write_bytes(b"carrier: au\n")
    return path


def _self_in_folder(folder: Path) -> Path:
    (path := folder / "cases").mkdir()
    (path / "self").symlink_to(path)
    return path


SPECIAL: Mapping[str, tuple[Callable[[Path], Path], str]] = {
    "a pipe": (_pipe, "a file of this kind cannot be read"),
    "a device": (_device, "a file of this kind cannot be read"),
    "a terminal": (_terminal, "a file of this kind cannot be read"),
    "a socket": (_socket, "a file of this kind cannot be read"),
    "a terabyte of nothing": (_hole, "larger than 64 MB"),
    "64 MB of nothing": (_hole_as_large_as_may_be, "U+0000"),
    "a folder of odd things": (_odd_folder, "larger than"),
    "a folder in itself": (_self_in_folder, "there is no case in the folder"),
}

KINDS = {"csv": CSV, "jsonl": JSONL, "xlsx": hostile_workbooks.XLSX}
NAMES = [f"{kind}: {name}" for kind, tables in KINDS.items() for name in tables] + [f"special: {name}" for name in SPECIAL]


def expected(name: str) -> str:
    """Return words of what is said about a table; empty where it is read."""
    kind, _, own = name.partition(": ")
    return (KINDS | {"special": SPECIAL})[kind][own][1]  # type: ignore[dict-item] # only the words are taken


def made(name: str, folder: Path) -> Path:
    """Write a table and return its path."""
    kind, _, own = name.partition(": ")
    if kind == "special":
        return SPECIAL[own][0](folder)
    path = folder / f"desk.{kind}"
    path.write_bytes(KINDS[kind][own][0]())
    return path
