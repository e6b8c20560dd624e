"""The types of value: one module each, with `parse(text)` and `show(value, language)`, and sometimes `remarks(value)`.

`parse` raises ValueProblem. `show` takes "ja", a companion language such as "zh-Hans", or "ja-Hira": then it returns how
the value is said, as kana, or None where only a person can know the reading. A Message is still to be translated.
"""

from __future__ import annotations

from typing import Any, Protocol

from simforms.fields import (
    account_kana,
    code,
    day,
    digits,
    eid,
    email,
    imei,
    kana,
    kana_line,
    kanji_name,
    line_number,
    name,
    passport,
    phone,
    postal_code,
    residence_card,
    serial,
    text,
    yen,
)
from simforms.messages import Message


class Type(Protocol):
    """What every module of this folder offers."""

    def parse(self, text: str, /) -> Any:
        """Return the value that the text means."""

    def show(self, value: Any, language: str, /) -> str | Message | None:
        """Return the value as the language writes it."""


TYPES: dict[str, Type] = {
    "account-kana": account_kana,
    "code": code,
    "day": day,
    "digits": digits,
    "email": email,
    "kana": kana,
    "kana-line": kana_line,
    "eid": eid,
    "imei": imei,
    "kanji-name": kanji_name,
    "passport": passport,
    "residence-card": residence_card,
    "serial": serial,
    "line-number": line_number,
    "name": name,
    "phone": phone,
    "postal-code": postal_code,
    "text": text,
    "yen": yen,
}
