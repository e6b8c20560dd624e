"""The encoding of a text table: UTF-8 and UTF-16 are found by their form, cp932 by its characters; others are only suggested."""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from simforms.batches.tables.record import DAMAGED, unreadable
from simforms.errors import Location, Problem, UnknownNameError
from simforms.messages import Message, say

Known = Callable[[str], bool]
"""Whether a text is a heading of a field."""
Characters = Callable[[str], Collection[str]]
"""The characters that the sentences of simforms use in a language."""

NAME_IT = say("give its encoding with `--encoding`, e.g. `cp932`, `gb18030` or `big5`, or save it again as UTF-8")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOOKED_AT = 200_000
"""Characters by which an encoding is found out."""
_SUGGESTED = {"gb18030": "zh-Hans", "big5": "zh-Hant", "cp949": "ko", "euc-jp": "ja", "cp1252": "", "cp932": "ja"}
"""Encodings that are suggested, with the language that is written in each; none for those of the Latin alphabet."""
_LIKELY = 0.5
"""The share of characters that the language uses, for an encoding to be suggested."""
_SAMPLES = 3
_LONGEST_SAMPLE = 20
"""Characters."""
_SEPARATORS = re.compile('[,;\t|"\r\n=]+')


def encoding_of(file: str, body: bytes, named: str, known: Known, characters: Characters) -> tuple[str, int, list[Problem]]:
    """Return the encoding of a text, how many bytes to skip, and what to say about it.

    Raises CaseError where it is not known, UnknownNameError for a name that is none of an encoding.
    """
    if named:
        return _named(file, body, named), 0, []
    marked = next((name for mark, name in _MARKS if body.startswith(mark)), "utf-8")
    if (wrong := wrong_byte(body, marked)) < 0:
        mail = _MAIL.search(body) and wrong_byte(body, "iso2022_jp") < 0
        return ("iso2022_jp", 0, [_read_in(file, body, "iso2022_jp")]) if mail else (marked, 0, [])
    skipped = len(codecs.BOM_UTF8) if marked == "utf-8-sig" else 0  # a mark that a program put before another encoding
    rest = body[skipped:]
    if _is_cp932(rest, known):
        return "cp932", skipped, [_read_in(file, rest, "cp932")]
    if marked != "utf-16" and _is_cut(rest):
        raise unreadable(file, *DAMAGED)
    line = body.count(b"\n", 0, wrong) + 1
    raise unreadable(file, say("the file is not in UTF-8"), _suggestion(rest, known, characters), line)


_MAIL = re.compile(rb"\x1b\$[@B]")
"""Japanese in ISO-2022-JP, which mail programs write: it is ASCII, too."""


def _read_in(file: str, body: bytes, encoding: str) -> Problem:
    """Return that an encoding was found out, with what it reads."""
    what = say("read in the encoding %(encoding)s: %(samples)s", encoding=encoding, samples=_samples(body, encoding))
    return Problem(Location(file), "", what, say("if characters look wrong, give another encoding with `--encoding`"), "note")


def _is_cut(body: bytes) -> bool:
    """Return whether a text is UTF-8 whose end is missing.

    >>> _is_cut("王小明".encode()[:-1]), _is_cut("王小明".encode()), _is_cut("王小明".encode("gb18030"))
    (True, False, False)
    """
    try:
        body.decode()
    except UnicodeDecodeError as error:
        return error.end == len(body) and "end of data" in error.reason and not body[: error.start].isascii()
    return False


def without_mark(body: bytes) -> str:
    """Return the encoding that a text without a mark seems to have if it contains zeros; an empty text for none."""
    zeros = [body[start:_LOOKED_AT:2].count(0) for start in (0, 1)]
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be" if zeros[0] > zeros[1] else ""


def wrong_byte(body: bytes, encoding: str) -> int:
    """Return the position of the first byte that an encoding does not allow, else -1."""
    try:
        body.decode(encoding)
    except UnicodeError as error:
        return int(getattr(error, "start", 0))
    return -1


def _named(file: str, body: bytes, name: str) -> str:
    try:
        "a".encode(name)
        plain = codecs.lookup(name).name
    except (LookupError, UnicodeError):
        raise UnknownNameError(say("there is no encoding “%(name)s”", name=name)) from None
    if (wrong := wrong_byte(body, name)) >= 0:
        what = say("the file is not in the encoding %(encoding)s", encoding=name)
        raise unreadable(file, what, NAME_IT, body.count(b"\n", 0, wrong) + 1)
    return "utf-8-sig" if plain == "utf-8" else name


def _suggestion(body: bytes, known: Known, characters: Characters) -> Message:
    """Return that the encoding must be named, with the likeliest one and what it reads."""
    if (wide := without_mark(body)) and wrong_byte(body, wide) < 0:
        return _reads(body, wide)
    likely: dict[str, float] = {}
    for encoding, language in _SUGGESTED.items():
        if wrong_byte(body, encoding) < 0:
            text = body.decode(encoding)[:_LOOKED_AT]
            share = _share(text, characters(language)) if language else _latin_share(text)
            likely[encoding] = share + _has_heading(text, known)
    best = max(likely, key=lambda encoding: likely[encoding], default="")
    if not best or likely[best] < _LIKELY:
        return NAME_IT
    return _reads(body, best)


def _reads(body: bytes, encoding: str) -> Message:
    samples = _samples(body, encoding)
    return say("give its encoding with `--encoding`; with %(encoding)s, it reads %(samples)s", encoding=encoding, samples=samples)


def _share(text: str, used: Collection[str]) -> float:
    """Return the share of the foreign characters of a text that a language uses."""
    foreign = [character for character in text if not character.isascii()]
    return sum(character in used for character in foreign) / max(len(foreign), 1)


def _latin_share(text: str) -> float:
    """Return the share of the foreign characters of a text that are letters within words of Latin letters."""
    foreign = sum(not character.isascii() for character in text)
    found = re.findall(r"(?<=[A-Za-z])[à-öø-ÿœšž](?![À-ÿ])|(?<![A-Za-zÀ-ÿ])[À-ÖØ-ÞŒŠŽ](?=[a-z])|[“”‘’–]", text)
    return len(found) / max(foreign, 1)


def _has_heading(text: str, known: Known) -> bool:
    """Return whether the first line has a heading of ours that is not ASCII: one in ASCII is the same in every encoding."""
    first = next((line for line in io.StringIO(text) if line.strip() and not _is_separator_line(line)), "")[:_LOOKED_AT]
    labels = {re.split("[(（]", cell)[0] for cell in _SEPARATORS.split(first)[:1000]}
    return any(known(label) for label in labels if not label.isascii())


def _is_separator_line(line: str) -> bool:
    return line.strip().strip('"').casefold().startswith("sep=")


def _samples(body: bytes, encoding: str) -> str:
    """Return the first values that are not ASCII, without the headings."""
    lines = (line for line in body.decode(encoding)[:_LOOKED_AT].splitlines() if line.strip() and not _is_separator_line(line))
    next(lines, "")
    found: dict[str, None] = {}
    for line in lines:
        found |= dict.fromkeys(cell.strip()[:_LONGEST_SAMPLE] for cell in _SEPARATORS.split(line) if not cell.isascii())
        if len(found) >= _SAMPLES:
            break
    return ", ".join(f"“{cell}”" for cell in list(found)[:_SAMPLES] if cell.isprintable())


def _is_cp932(body: bytes, known: Known) -> bool:
    """Return whether bytes are Japanese of Windows: a heading of ours says so, or hardly a value is one that nobody writes.

    Other encodings that are read as cp932 give half-width kana next to rare kanji or letters, rare kanji within Latin words,
    and characters that have no meaning.
    """
    try:
        text = body.decode("cp932")[:_LOOKED_AT]
    except UnicodeDecodeError:
        return False
    if _has_heading(text, known):
        return True
    kinds = ["".join(map(_kind, cell)) for cell in _SEPARATORS.split(text) if not cell.isascii()]
    telling = [kind for kind in kinds if set(kind) & set("jxp")]  # half-width kana alone prove nothing
    odd = sum(bool(_ODD.search(kind)) for kind in telling)
    return bool(telling) and odd <= len(telling) // 10


_ODD = re.compile("p|hx|xh|hjh|ha|ax")
"""What nobody writes, by the kinds of its characters."""
_FIRST_RARE = 0xE0
"""First bytes from here on are those of rare kanji in cp932; in other encodings they are common."""


@lru_cache(maxsize=10_000)
def _kind(character: str) -> str:
    """Return the kind of a character of cp932: a Latin letter or a mark, half-width kana, no meaning, a rare kanji, others.

    >>> "".join(map(_kind, "Aｱ髙京1 "))
    'ahxj  '
    """
    if character.isascii():
        return " " if character.isdigit() or character in " -./" else "a"
    if "\uff61" <= character <= "\uff9f":
        return "h"
    if unicodedata.category(character) in {"Co", "Cc"}:
        return "p"
    return "x" if character.encode("cp932", "replace")[0] >= _FIRST_RARE else "j"


def cleaned(lines: Iterator[str]) -> Iterator[str]:
    r"""Yield lines without byte order marks, wherever they are, and without the mark at the end that DOS puts there.

    >>> list(cleaned(iter(["\ufeffa\n", "b\n", "\x1a"])))
    ['a\n', 'b\n', '']
    """
    last = None
    for line in lines:
        if last is not None:
            yield last
        last = line.replace("\ufeff", "")
    if last is not None:
        yield last.removesuffix("\x1a")
