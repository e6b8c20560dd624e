"""The directory of Japanese banks and branches (zengin-code, 全銀): by code or by any usual spelling of the name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path

from simforms.knowledge.bank_names import names, official, plain, shortened, sounds

POST_BANK = "9900"


@dataclass(frozen=True)
class Institution:
    """A bank or a branch: its code (4 or 3 digits) and its name."""

    code: str
    name: str
    kana: str
    romaji: str


def dated() -> str:
    """Return the day of the directory, as in 2026-08-24."""
    day = (_data() / "updated_at").read_text(encoding="utf-8").strip()
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def bank(text: str) -> Institution | None:
    """Return the bank of that code or name: the official one, the directory's, an earlier one, its reading.

    >>> bank("0005").name, bank("三菱UFJ銀行").code, bank("城南信用金庫").code, bank("ゆうちょ銀行").code
    ('三菱ＵＦＪ', '0005', '1344', '9900')
    """
    return _find(text, _banks(), "銀行")


def branch(of: Institution, text: str) -> Institution | None:
    """Return the branch of a bank.

    >>> branch(bank("0005"), "梅田支店").code, branch(bank("0005"), "001").name, branch(bank("0005"), "うめだ").name
    ('044', '本店', '梅田')
    """
    return _find(text, _branches(of.code), "支店")


def written_as(text: str, found: Institution, of: Institution | None = None) -> bool:
    """Return whether a text is the name of the institution in its own writing, not its code, its reading or another name.

    >>> written_as("城南信用金庫", bank("1344")), written_as("1344", bank("1344")), written_as("SMBC", bank("0009"))
    (True, False, False)
    """
    ending = "支店" if of else "銀行"
    return plain(found.name, ending) in shortened(plain(text, ending))


def near(text: str, of: Institution | None = None) -> list[str]:
    """Return the names most like this one, of banks or of a bank's branches: in the same writing, else none.

    >>> near("Japan Post Savings"), near("三菱UFG銀行")
    ([], ['三菱ＵＦＪ', '三菱ＵＦＪ信託'])
    """
    ending, institutions = ("支店", _branches(of.code)) if of else ("銀行", _banks())
    typed = plain(text, ending)
    names = {name: one.name for one in institutions for name in _names(one, ending) if _writing(name) & _writing(typed)}
    alike = get_close_matches(typed, names, n=3, cutoff=_NEAR_KANJI if "kanji" in _writing(typed) else _NEAR)
    return list(dict.fromkeys(names[name] for name in alike))


_NEAR, _NEAR_KANJI = 0.75, 0.5
"""How alike names are that are offered: a kanji says more than a letter."""


def _writing(plain_name: str) -> set[str]:
    """Return the writings of a name: kanji where it has some, else kana or Latin letters."""
    kinds = {"kanji": "[一-鿿々〇]", "kana": "[ァ-ヺ]", "latin": "[a-z]"}
    found = {kind for kind, signs in kinds.items() if re.search(signs, plain_name)}
    return {"kanji"} if "kanji" in found else found


def matching(text: str, of: Institution | None = None, most: int = 12) -> list[Institution]:
    """Return the banks, or the branches of a bank, whose name contains the text or whose code begins with it, likeliest first.

    Kana, kanji and romaji are understood, long vowels written or not.

    >>> [place.name for place in matching("sumitomo")], [place.name for place in matching("takadanobaba", bank("0005"))][0]
    (['三井住友', '三井住友信託'], '高田馬場')
    """
    ending, institutions = ("支店", _branches(of.code)) if of else ("銀行", _banks())
    wanted, code = plain(text, ending), unicodedata.normalize("NFKC", text).strip()
    sound = _spoken(wanted)
    found = []
    for institution in institutions:
        spellings = (plain(institution.name, ending), _spoken(plain(institution.kana, "支店")))
        if institution.code.startswith(code):
            found.append((0, institution))
        elif wanted and (wanted in spellings[0] or (sound and sound in spellings[1])):
            exact = wanted == spellings[0] or sound == spellings[1]
            begins = spellings[0].startswith(wanted) or bool(sound and spellings[1].startswith(sound))
            found.append((0 if exact else 1 if begins else 2, institution))
    return [institution for _, institution in sorted(found, key=lambda one: (one[0], one[1].code))][:most]


def _spoken(plain_name: str) -> str:
    """Return how a name sounds; empty for kanji."""
    return next((sound for sound in sounds(plain_name) if sound != plain_name), plain_name if _KANA.fullmatch(plain_name) else "")


_KANA = re.compile("[ァ-ヺー]+")


def full_name(institution: Institution, of: Institution | None = None) -> str:
    """Return the name as a form writes it: with 銀行 or 支店 where people add it.

    >>> full_name(matching("0005")[0]), full_name(branch(bank("0005"), "044"), bank("0005"))
    ('三菱UFJ銀行', '梅田支店')
    >>> full_name(bank("1344"))
    '城南信用金庫'
    """
    name = unicodedata.normalize("NFKC", institution.name)
    if of:
        return name if re.search("(店|部|所|センター|センタ|役所|課)$", name) else f"{name}支店"
    return (
        f"{name}銀行"
        if (institution.code < "1000" or institution.code == POST_BANK) and not name.endswith("銀行")
        else official(name)
    )


def _find(text: str, institutions: tuple[Institution, ...], ending: str) -> Institution | None:
    """Return the one institution of that code or name; None where several have a name that sounds alike."""
    code = re.sub("(支店|店)$", "", unicodedata.normalize("NFKC", text).strip())
    if found := next((one for one in institutions if one.code == code), None):
        return found
    wanted = plain(text, ending)
    by_name, by_reading = _index(institutions, ending)
    for name in shortened(wanted):
        if found := by_name.get(name):
            return found
    if ending == "銀行" and (other := _other_names().get(wanted)):
        return next(one for one in institutions if one.code == other)
    for reading in zip_longest(*(sounds(name) for name in shortened(wanted)), fillvalue=""):
        alike = {one for sound in reading for one in by_reading.get(sound, ())}
        if len(alike) == 1:
            return alike.pop()
    return None


@cache
def _index(institutions: tuple[Institution, ...], ending: str) -> tuple[dict[str, Institution], dict[str, list[Institution]]]:
    """Return the institutions by their plain names, and by what those sound like."""
    by_name: dict[str, Institution] = {}
    by_reading: dict[str, list[Institution]] = {}
    for part in ("name", "romaji"):
        for one in institutions:
            by_name.setdefault(plain(getattr(one, part), ending), one)
    for one in institutions:
        for sound in {*sounds(plain(one.kana, "支店")), *sounds(plain(one.name, ending))}:
            by_reading.setdefault(sound, []).append(one)
    return by_name, by_reading


@cache
def _other_names() -> dict[str, str]:
    """Return the codes of banks by their names in other languages, and by earlier ones."""
    others = [(name, known.code) for known in names().known for name in known.names]
    return {plain(name, "銀行"): code for name, code in (*others, *((one.name, one.code) for one in names().former))}


def _names(institution: Institution, ending: str) -> list[str]:
    return [plain(name, ending) for name in (institution.name, institution.kana, institution.romaji)]


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
    import json  # noqa: PLC0415 - only a case with a bank pays for it

    entries = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Institution(entry["code"], entry["name"], entry["kana"], entry["roma"]) for entry in entries.values())
