"""Invented people, as many as are asked for, each with other values: as a case, and as a table for `simforms batch`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

GIVEN = (
    ("MING", "明", "ミン"),
    ("BEI", "北", "ベイ"),
    ("NAN", "南", "ナン"),
    ("CHUN", "春", "チュン"),
    ("HUA", "華", "ホア"),
    ("LIN", "林", "リン"),
    ("PING", "平", "ピン"),
    ("YUN", "雲", "ユン"),
    ("JIANG", "江", "ジャン"),
    ("HE", "和", "フー"),
    ("XING", "星", "シン"),
)
"""The second syllable of a given name, in letters, characters and kana."""


def person(number: int) -> dict[str, str]:
    """Return the fields of the case of one person; no two numbers below 10 000 give the same."""
    letters, character, kana = GIVEN[number % len(GIVEN)]
    return {
        "carrier": "softbank",
        "language": "zh-Hans",
        "person.name": f"WANG XIAO{letters}",
        "person.name_kanji": f"王小{character}",
        "person.name_kana": f"ワン シャオ{kana}",
        "person.birth_date": f"{1980 + number % 24}-{1 + number % 12:02}-{1 + number % 28:02}",
        "person.postal_code": "169-0075",
        "person.address": f"東京都新宿区高田馬場1-2-{1 + number % 30} さくらハイツ{101 + number % 899}",
        "person.phone": f"080-1234-{number % 10_000:04}",
        "person.email": f"wang{number}@example.com",
        "line.number": f"090-1234-{number % 10_000:04}",
        "line.card": "esim",
        "line.billing": "postpaid",
        "line.use": "voice",
        "line.state": "lost",
        "person.place": "japan",
        "cancellation.reason": "leaving-japan",
        "cancellation.channel": "shop",
        "cancellation.date": "2026-12-20",
    }


def case(fields: dict[str, str]) -> dict[str, Any]:
    """Return fields as the tree that a case file holds.

    >>> case({"carrier": "softbank", "person.name": "WANG XIAOMING"})
    {'carrier': 'softbank', 'person': {'name': 'WANG XIAOMING'}}
    """
    root: dict[str, Any] = {}
    for name, value in fields.items():
        section, _, field = name.rpartition(".")
        (root.setdefault(section, {}) if section else root)[field] = value
    return root


def write_table(path: Path, rows: int) -> None:
    """Write a table for `simforms batch`: a column for each field, a row for each person."""
    people = [{"id": f"{number:05}", **person(number)} for number in range(rows)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(people[0]))
        writer.writeheader()
        writer.writerows(people)
