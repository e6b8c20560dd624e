"""Case files that try to hold, fill or break their reader, each with words of what is said about it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

FULL = 256_000
"""Bytes: the most that is read as a case."""

Body = Callable[[int], bytes]
"""Makes a case of about so many bytes."""


def _filled(unit: str, *, before: str = "", after: str = "") -> Body:
    def make(size: int) -> bytes:
        room = size - len((before + after).encode())
        return (before + unit * (room // len(unit.encode())) + after).encode()

    return make


def _numbered(line: str, *, before: str = "", after: str = "") -> Body:
    def make(size: int) -> bytes:
        room = size - len((before + after).encode())
        return (before + "".join(line.format(number) for number in range(room // len(line.format(0).encode()))) + after).encode()

    return make


def _stairs(size: int) -> bytes:
    return "".join(f"{' ' * level}a:\n" for level in range(int((2 * size) ** 0.5) - 3)).encode()


def _doubling(_: int) -> bytes:
    lines = (f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise("abcdefghijklmnopqrstuvwxyz"))
    return ("a: &a [x, x]\n" + "".join(lines)).encode()


MANY, DEEP, FORM = "it contains more than", "it is nested too deeply", "it is not valid YAML"
MEANING, OPEN = "has a special meaning", "a quotation mark opens here"
NO_CASE, UNKNOWN = "this is not a case", "there is no such field"

BODIES: Mapping[str, tuple[Body, str]] = {
    # repetition
    "many fields": (_numbered("k{:06}: v\n"), MANY),
    "many fields of a section": (_numbered("  k{:06}: v\n", before="person:\n"), MANY),
    "many long unknown names": (
        _numbered("person.addresz-of-the-holder-{:06}-and-a-long-tail-of-words-to-compare: v\n"),
        UNKNOWN,
    ),
    "one name again and again": (_filled("carrier: au\n"), MANY),
    "many entries of a log": (_numbered("- {{who: x{:06}}}\n", before="log:\n"), MANY),
    "many empty entries": (_filled("- \n", before="log:\n"), MANY),
    "many entries on one line": (_filled("[],", before="log: [", after="]"), MANY),
    "many fields on one line": (_filled("a: b,", before="{", after="c: d}"), MANY),
    "many fields of JSON": (_numbered('"k{:06}":"v",', before="{", after='"a":"b"}'), MANY),
    "many list entries": (_filled("- a\n", before="person:\n"), MANY),
    "many keys that are lists": (_filled("? [a]\n: b\n"), MANY),
    "anchors everywhere": (_numbered("k{0:06}: &a{0:06} v\n"), MANY),
    "one anchor again and again": (_numbered("k{:06}: &a v\n"), MANY),
    "aliases everywhere": (_numbered("k{:06}: *a\n", before="a: &a v\n"), MANY),
    "aliases that double": (_doubling, MEANING),
    "merges everywhere": (_numbered("k{:06}: {{<<: *a}}\n", before="a: &a {b: c}\n"), MANY),
    "an alias of itself": (lambda _: b"a: &a [*a]\n", MEANING),
    "tags everywhere": (_numbered("k{:06}: !!python/object/apply:os.system v\n"), MANY),
    "many documents": (_filled("---\na: b\n"), FORM),
    "many directives": (_filled("%A b\n"), FORM),
    "words without a colon": (_filled("aaaa\n"), NO_CASE),
    "words, then a tab": (_filled("aaaa\n", after="\ta: b"), "starts with a tab"),
    "lines of spaces, then an error": (_filled(f"{' ' * 50}a\n", after="\t: ["), "starts with a tab"),
    # length
    "only spaces": (_filled(" "), NO_CASE),
    "only line ends": (_filled("\n"), NO_CASE),
    "only carriage returns": (_filled("\r"), NO_CASE),
    "only line separators": (_filled("\u2028"), NO_CASE),
    "only braces of the language": (_filled("{ \n", after='"language'), DEEP),
    "only a comment": (_filled("#"), NO_CASE),
    "comments": (_filled("# aaaaaaaaaa\n"), NO_CASE),
    "a long value": (_filled("a ", before="carrier: au\nperson:\n  address: "), "characters, but the limit is"),
    "a long value over lines": (_filled("    a\n", before="carrier: au\nperson:\n  address:\n"), "characters, but the limit is"),
    "a long quoted value": (
        _filled("\\x41", before='carrier: au\nperson:\n  address: "', after='"'),
        "characters, but the limit is",
    ),
    "a long single-quoted value": (
        _filled("''", before="carrier: au\nperson:\n  address: '", after="'"),
        "characters, but the limit is",
    ),
    "a long block": (_filled("    a\n", before="carrier: au\nperson:\n  address: |\n"), "characters, but the limit is"),
    "a block of empty lines": (_filled("\n", before="carrier: au\nperson:\n  address: |+\n"), ""),
    "a quotation mark that stays open": (_filled("a: b\n", before='a: "'), OPEN),
    "an apostrophe that stays open": (_filled("a: b\n", before="a: '"), OPEN),
    "a number of a quarter million digits": (
        _filled("9", before="carrier: au\nline:\n  number: "),
        "characters, but the limit is",
    ),
    "a long name": (_filled("a", after=": b\n"), FORM),
    "a long quoted name": (_filled("a", before='? "', after='"\n: b\n'), "this is not the name of a field"),
    "colons": (_filled("a:"), "there is no space after the colon"),
    "hash signs after values": (_numbered("k{:06}: a #b\n"), MANY),
    "one line of values before spaces": (_filled("a: b," + " " * 50, before="{", after="c: d}"), MANY),
    # depth
    "open brackets": (_filled("[", before="a: "), DEEP),
    "open braces": (_filled('{"a":', before=""), DEEP),
    "closed brackets": (lambda size: b"a: " + b"[" * (size // 2 - 9) + b"]" * (size // 2 - 9), DEEP),
    "dashes on one line": (_filled("- "), DEEP),
    "question marks on one line": (_filled("? "), DEEP),
    "stairs": (_stairs, DEEP),
    # encoding
    "UTF-16": (lambda size: ("a: " + "b" * (size // 2 - 9)).encode("utf-16"), "the file is not in UTF-8"),
    "UTF-32": (lambda size: ("a: " + "b" * (size // 4 - 9)).encode("utf-32"), "the file is not in UTF-8"),
    "UTF-7": (lambda size: b"carrier: +" + b"2D3cAA" * (size // 6 - 9), "characters, but the limit is"),
    "bytes of no encoding": (lambda size: b"a: \xff" + b"\xfe" * (size - 9), "the file is not in UTF-8"),
    "zeros": (bytes, "is not allowed in a file"),
    "control characters at the end": (_filled("a: b\n", after="\x1b"), "the character U+001B is not allowed"),
    "halves of characters as names": (_numbered('"\\ud800{:06}": v\n'), MANY),
    "half a character as a name": (lambda _: b'carrier: au\n"\\ud800": v\n', "this is not the name of a field"),
    "half a character as a value": (lambda _: b'carrier: au\nperson: {address: "\\udfff"}\n', "U+DFFF"),
    "a name that moves the cursor": (lambda _: b'carrier: au\n"\\e[2J\\e[31mred": v\n', "this is not the name of a field"),
    "byte order marks": (_filled("\ufeff"), NO_CASE),
    # days
    "the last day of all": (lambda _: b"carrier: softbank\nperson: {departure_date: 9999-12-31}\n", "the year"),
    "the first day of all": (lambda _: b"carrier: softbank\nline: {start_date: 0001-01-01}\n", "the year"),
    "a log in the year 9999": (lambda _: b"carrier: softbank\nlog: [{date: 9999-12-31, what: applied}]\n", "the year"),
    # sizes just over
    "a byte too much": (lambda size: b"a: " + b"b" * (size - 2), "larger than 256 kB"),
    "five megabytes": (lambda size: b"a: b\n" * size * 4, "larger than 256 kB"),
    "1,200 entries of a log": (
        _numbered("- {{date: 2026-11-01, who: x{:06}}}\n", before="carrier: softbank\nlog:\n"),
        "but the limit is 300",
    ),
}
"""By what it is: the case, and words of what is said about it; none where it is read."""

SIZES = {"1,200 entries of a log": 46_000, "five megabytes": 256_000, "many long unknown names": 200_000}
"""Of those that are not as large as a case may be."""


def _device(_: Path) -> Path:
    return Path("/dev/zero")


def _pipe(folder: Path) -> Path:
    os.mkfifo(path := folder / "pipe.yaml")
    return path


def _folder(folder: Path) -> Path:
    (path := folder / "folder.yaml").mkdir()
    return path


def _socket(folder: Path) -> Path:
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path := folder / "s.yaml"))
    server.close()
    return path


def _endless_link(folder: Path) -> Path:
    (path := folder / "loop.yaml").symlink_to(path)
    return path


def _link_to_a_device(folder: Path) -> Path:
    (path := folder / "zero.yaml").symlink_to("/dev/zero")
    return path


def _large_hole(folder: Path) -> Path:
    (path := folder / "hole.yaml").touch()
    os.truncate(path, 1 << 40)
    return path


SPECIAL: Mapping[str, tuple[Callable[[Path], Path], str]] = {
    "a device": (_device, "neither a file nor a folder"),
    "a pipe": (_pipe, "neither a file nor a folder"),
    "a folder": (_folder, "it is a folder"),
    "a socket": (_socket, "neither a file nor a folder"),
    "a link to itself": (_endless_link, "the file cannot be read"),
    "a link to a device": (_link_to_a_device, "neither a file nor a folder"),
    "a terabyte of nothing": (_large_hole, "larger than 256 kB"),
    "a name of 160 bytes that is not there": (lambda folder: folder / ("漢" * 53 + ".yaml"), "there is no such file"),
    "a name too long for any folder": (lambda folder: folder / ("x" * 5000), "the file cannot be read"),
}
"""What is no ordinary file."""


def expected(name: str) -> str:
    """Return words of what is said about a case; empty where it is read."""
    return BODIES[name][1] if name in BODIES else SPECIAL[name][1]


def made(name: str, folder: Path) -> Path:
    """Write a case and return its path."""
    if name in SPECIAL:
        return SPECIAL[name][0](folder)
    path = folder / "case.yaml"
    path.write_bytes(BODIES[name][0](SIZES.get(name, FULL)))
    return path
