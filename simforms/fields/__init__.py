"""One module for each type of value: how it is parsed, checked, printed and read aloud.

Each module has `parse(text)` and `show(value, language)`; some have `remarks(value)`, `form(value)` and `romaji(value)`.
`READ_AS = True`: the value is shown as it was understood if that differs from what was typed. `FREE_TEXT = True`: people type
freely here, so the text is checked for numbers that must not be written down. `DEVICE_NUMBER = True`: it is never checked for
those, because its own numbers look like them.

`parse` raises ValueProblem. `show` takes "ja", a companion language such as "zh-Hans", or "ja-Hira": then it returns the
reading in kana, or None if only a person can know it. A returned Message is still to be translated.
"""

from __future__ import annotations

from typing import Any, Protocol

from simforms.fields import (
    account_kana,
    address,
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
    """What each module of this folder has."""

    def parse(self, text: str, /) -> Any:
        """Return the value that the text means."""

    def show(self, value: Any, language: str, /) -> str | Message | None:
        """Return the value as the language writes it."""


TYPES: dict[str, Type] = {
    "account-kana": account_kana,
    "address": address,
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

FREE_TEXT_TYPES = {name for name, module in TYPES.items() if getattr(module, "FREE_TEXT", False)}
"""Types in which people type freely, and may type what they should not."""

DEVICE_NUMBERS = {name for name, module in TYPES.items() if getattr(module, "DEVICE_NUMBER", False)}
"""Types of long numbers that may look like a payment card or a My Number, and never are one."""
