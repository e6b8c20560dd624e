"""How names of banks and branches are written besides the way in which the directory has them (reads data/bank-names.toml)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import jaconv

from simforms.knowledge.content import data
from simforms.knowledge.typed_toml import read_table
from simforms.language.kana import LETTERS


@dataclass(frozen=True)
class Ending:
    """How the directory shortens the end of a name."""

    stored: str
    official: str
    reading: str = ""
    written: tuple[str, ...] = ()
    prefix: str = ""
    """What people write in front instead of the ending: JA東京みらい."""


@dataclass(frozen=True)
class Known:
    """Names of a bank in other languages."""

    code: str
    names: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Former:
    """An earlier name of a bank, and the first day of the new one; empty where it is not known."""

    name: str
    code: str
    source: str
    since: str = ""


@dataclass(frozen=True)
class Names:
    """All that data/bank-names.toml says."""

    ending: tuple[Ending, ...]
    known: tuple[Known, ...]
    former: tuple[Former, ...]


@cache
def names() -> Names:
    """Return what the file says. Raises ContentError."""
    return read_table(data("bank-names.toml"), Names)


def official(name: str) -> str:
    """Return a name of the directory with its ending in full.

    >>> official("城南信金"), official("東京みらい農協"), official("りそな")
    ('城南信用金庫', '東京みらい農業協同組合', 'りそな')
    """
    ending = next((one for one in _longest_first() if name.endswith(one.stored)), None)
    return name.removesuffix(ending.stored) + ending.official if ending else name


def former(text: str) -> Former | None:
    """Return the earlier name that a text is."""
    wanted = plain(text, "銀行")
    return next((one for one in names().former if plain(one.name, "銀行") == wanted), None)


@cache
def _longest_first() -> tuple[Ending, ...]:
    return tuple(sorted(names().ending, key=lambda one: len(one.stored), reverse=True))


_ENDINGS = {
    "銀行": re.compile("(銀行|ギンコウ|bank(ltd|co|corporation)*|行)$"),
    "支店": re.compile("(支店|シテン|店|branch|出張所)$"),
}
_SAME = str.maketrans("ァィゥェォッャュョヮヶガ○◯零0", "アイウエオツヤユヨワケケ〇〇〇〇")
"""What people write for one another; ヶ, ケ and が in a name of a place are one sound."""


def plain(text: str, ending: str) -> str:
    """Return a name for a comparison, without company forms, the code after it and the ending 銀行 or 支店.

    >>> plain("㈱三菱ＵＦＪ銀行（0005）", "銀行"), plain("霞が関支店", "支店") == plain("霞ヶ関", "支店")
    ('三菱ufj', True)
    """
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    folded = re.sub(r"\s*\(?\b[0-9]{3,4}\)?$", "", folded) if re.search(r"[^\W\d_]", folded) else folded
    folded = re.sub(r"株式会社|\(株\)|[\s・,.、－ー‐-]", "", jaconv.hira2kata(folded)).translate(_SAME)
    return _ENDINGS[ending].sub("", folded, count=1) or folded


def shortened(text: str) -> Iterator[str]:
    """Yield a plain name as the directory may have it: with its ending shortened.

    >>> list(shortened(plain("城南信用金庫", "銀行"))), list(shortened(plain("JA東京みらい", "銀行")))
    (['城南信用金庫', '城南信金'], ['ja東京ミライ', '東京ミライ農協', '東京ミライ信連'])
    """
    yield text
    for one in names().ending:
        for written in (one.official, *one.written):
            ending = plain(written, "支店")
            if text.endswith(ending):
                yield text.removesuffix(ending) + one.stored
        prefix = one.prefix.casefold()
        if prefix and text.startswith(prefix) and text != prefix:
            rest = text.removeprefix(prefix)
            yield rest if rest.endswith(one.stored) else rest + one.stored


def sounds(text: str) -> Iterator[str]:
    """Yield a plain name as it may sound, without what people write in different ways; only itself for kanji.

    First as it is written. Then kana are large, unvoiced, their vowels short; Latin letters are read as rōmaji, or one by one.

    >>> set(sounds("tokyo")) & set(sounds("トウキョウ")), "ミツヒシユエフシエ" in set(sounds("ミツビシufj"))
    ({'トキヨ'}, True)
    """
    for one in names().ending:
        text = re.sub(f"(?<=[ァ-ヺー]){one.stored}$", one.reading or one.stored, text)
    yield text
    spelled = "".join(LETTERS.get(sign.upper(), sign) if sign.isascii() else sign for sign in text)
    for kana in (jaconv.alphabet2kana(text), spelled):
        large = jaconv.hira2kata(kana).translate(str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ"))
        large = re.sub("[\u3099\u309a]", "", unicodedata.normalize("NFD", large))
        if re.fullmatch("[ァ-ヺー－-]+", large):
            short = re.sub("(?<=[オコソトノホモヨロヲ])[ウオ]", "", re.sub("[ー－-]", "", large))
            short = re.sub("(?<=[エケセテネヘメレ])[イエ]", "", short)
            yield re.sub("(?<=[ウクスツヌフムユル])ウ", "", short)
