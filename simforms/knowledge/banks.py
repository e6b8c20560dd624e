"""The directory of Japanese banks and branches (zengin-code, 全銀): by code or by any usual spelling of the name."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import jaconv

POST_BANK = "9900"


@dataclass(frozen=True)
class Institution:
    """A bank or a branch: its code (4 or 3 figures) and its name."""

    code: str
    name: str
    kana: str
    romaji: str


def dated() -> str:
    """Return the day of the directory, as in 2026-08-24."""
    day = (_data() / "updated_at").read_text(encoding="utf-8").strip()
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def bank(text: str) -> Institution | None:
    """Return the bank of that code or name.

    >>> bank("0005").name, bank("三菱UFJ銀行").code, bank("ゆうちょ銀行").code
    ('三菱ＵＦＪ', '0005', '9900')
    """
    return _find(text, _banks(), "銀行")


def branch(of: Institution, text: str) -> Institution | None:
    """Return the branch of a bank.

    >>> branch(bank("0005"), "梅田支店").code, branch(bank("0005"), "001").name
    ('044', '本店')
    """
    return _find(text, _branches(of.code), "支店")


def near(text: str, of: Institution | None = None) -> list[str]:
    """Return the names most like this one, of banks or of a bank's branches."""
    ending, institutions = ("支店", _branches(of.code)) if of else ("銀行", _banks())
    names = {name: institution.name for institution in institutions for name in _names(institution, ending)}
    return list(dict.fromkeys(names[name] for name in get_close_matches(_plain(text, ending), names, n=3, cutoff=0.5)))


def matching(text: str, of: Institution | None = None, most: int = 12) -> list[Institution]:
    """Return the banks, or the branches of a bank, in whose name or at the start of whose code the text stands, likeliest first.

    Kana, kanji and romaji are understood, long vowels written or not.

    >>> [place.name for place in matching("sumitomo")], [place.name for place in matching("takadanobaba", bank("0005"))][0]
    (['三井住友', '三井住友信託'], '高田馬場')
    """
    ending, institutions = ("支店", _branches(of.code)) if of else ("銀行", _banks())
    wanted, sound = _plain(text, ending), _sound(_plain(text, ending))
    found = []
    for institution in institutions:
        spellings = (_plain(institution.name, ending), _sound(_plain(institution.kana, "")))
        if institution.code.startswith(wanted):
            found.append((0, institution))
        elif wanted and (wanted in spellings[0] or (sound and sound in spellings[1])):
            exact = wanted == spellings[0] or sound == spellings[1]
            begins = spellings[0].startswith(wanted) or bool(sound and spellings[1].startswith(sound))
            found.append((0 if exact else 1 if begins else 2, institution))
    return [institution for _, institution in sorted(found, key=lambda one: (one[0], one[1].code))][:most]


def full_name(institution: Institution, of: Institution | None = None) -> str:
    """Return the name as a form writes it: with 銀行 or 支店 where people add it.

    >>> full_name(matching("0005")[0]), full_name(branch(bank("0005"), "044"), bank("0005"))
    ('三菱UFJ銀行', '梅田支店')
    """
    name = unicodedata.normalize("NFKC", institution.name)
    if of:
        return name if re.search("(店|部|所|センター|センタ|役所|課)$", name) else f"{name}支店"
    return f"{name}銀行" if (institution.code < "1000" or institution.code == POST_BANK) and not name.endswith("銀行") else name


_LARGE = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")


def _sound(text: str) -> str:
    """Return kana without what people write in different ways: large ones only, unvoiced, vowels short; empty for kanji.

    >>> _sound("tokyo") == _sound("トウキョウ") == _sound("とうきょう"), _sound("takadanobaba") == _sound("タカタノババ")
    (True, True)
    """
    kana = jaconv.hira2kata(jaconv.alphabet2kana(text)).translate(_LARGE)
    kana = re.sub("[\u3099\u309a]", "", unicodedata.normalize("NFD", kana))
    if not re.fullmatch("[ァ-ヺー－-]*", kana):
        return ""
    short = re.sub("(?<=[オコソトノホモヨロヲ])[ウオ]", "", re.sub("[ー－-]", "", kana))
    return re.sub("(?<=[ウクスツヌフムユル])ウ", "", short)


def _find(text: str, institutions: Iterable[Institution], ending: str) -> Institution | None:
    wanted = _plain(text, ending)
    return next((institution for institution in institutions if wanted in {institution.code, *_names(institution, ending)}), None)


def _names(institution: Institution, ending: str) -> list[str]:
    return [_plain(name, ending) for name in (institution.name, institution.kana, institution.romaji)]


def _plain(text: str, ending: str) -> str:
    folded = re.sub(r"[\s－-]", "", jaconv.hira2kata(unicodedata.normalize("NFKC", text))).casefold()
    return folded.removesuffix(ending).removesuffix(ending[1:]) or folded


def _data() -> Path:
    spec = find_spec("zengin_code")  # its files only: importing the package reads every branch of every bank
    if not spec or not spec.submodule_search_locations:
        raise ModuleNotFoundError("zengin_code")
    return Path(spec.submodule_search_locations[0]) / "source-data" / "data"


@cache
def _banks() -> tuple[Institution, ...]:
    return _read(_data() / "banks.json")


@cache
def _branches(code: str) -> tuple[Institution, ...]:
    return _read(_data() / "branches" / f"{code}.json")


def _read(path: Path) -> tuple[Institution, ...]:
    entries = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Institution(entry["code"], entry["name"], entry["kana"], entry["roma"]) for entry in entries.values())
