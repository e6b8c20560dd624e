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
class Place:
    """A bank or a branch: its code (4 or 3 figures) and its name."""

    code: str
    name: str
    kana: str
    romaji: str


def dated() -> str:
    """Return the day of the directory, as in 2026-08-24."""
    day = (_data() / "updated_at").read_text(encoding="utf-8").strip()
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def bank(text: str) -> Place | None:
    """Return the bank of that code or name.

    >>> bank("0005").name, bank("三菱UFJ銀行").code, bank("ゆうちょ銀行").code
    ('三菱ＵＦＪ', '0005', '9900')
    """
    return _find(text, _banks(), "銀行")


def branch(of: Place, text: str) -> Place | None:
    """Return the branch of a bank.

    >>> branch(bank("0005"), "梅田支店").code, branch(bank("0005"), "001").name
    ('044', '本店')
    """
    return _find(text, _branches(of.code), "支店")


def near(text: str, of: Place | None = None) -> list[str]:
    """Return the names most like this one, of banks or of a bank's branches."""
    ending, places = ("支店", _branches(of.code)) if of else ("銀行", _banks())
    names = {name: place.name for place in places for name in _names(place, ending)}
    return list(dict.fromkeys(names[name] for name in get_close_matches(_plain(text, ending), names, n=3, cutoff=0.5)))


def _find(text: str, places: Iterable[Place], ending: str) -> Place | None:
    wanted = _plain(text, ending)
    return next((place for place in places if wanted in {place.code, *_names(place, ending)}), None)


def _names(place: Place, ending: str) -> list[str]:
    return [_plain(name, ending) for name in (place.name, place.kana, place.romaji)]


def _plain(text: str, ending: str) -> str:
    folded = re.sub(r"[\s－-]", "", jaconv.hira2kata(unicodedata.normalize("NFKC", text))).casefold()
    return folded.removesuffix(ending).removesuffix(ending[1:]) or folded


def _data() -> Path:
    spec = find_spec("zengin_code")  # its files only: importing the package reads every branch of every bank
    if not spec or not spec.submodule_search_locations:
        raise ModuleNotFoundError("zengin_code")
    return Path(spec.submodule_search_locations[0]) / "source-data" / "data"


@cache
def _banks() -> tuple[Place, ...]:
    return _read(_data() / "banks.json")


@cache
def _branches(code: str) -> tuple[Place, ...]:
    return _read(_data() / "branches" / f"{code}.json")


def _read(path: Path) -> tuple[Place, ...]:
    entries = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Place(entry["code"], entry["name"], entry["kana"], entry["roma"]) for entry in entries.values())
