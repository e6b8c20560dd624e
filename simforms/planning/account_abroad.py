"""An account abroad: SWIFT code, IBAN, and what the banks of some countries ask for besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from simforms.cases.check import Value, Values
from simforms.errors import Problem
from simforms.knowledge.content import data
from simforms.knowledge.typed_toml import read_tables, refuse
from simforms.knowledge.vocabulary import Vocabulary
from simforms.messages import say
from simforms.planning.account_values import problem, text_of

_IBAN_COUNTRY = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}")


@dataclass(frozen=True)
class Country:
    """What a bank of a country is asked for besides the account number, and where that is written."""

    source: str
    kind: Literal["official", "secondary", ""]
    seen: str = ""
    """The day, month or year that the source states."""
    label: str = ""
    """The name of its bank code."""
    figures: tuple[int, ...] = ()
    """How many digits the code may have."""
    note: str = ""
    """What to know if no code is given."""


@cache
def countries() -> dict[str, Country]:
    """Return the countries by their two letters (reads data/accounts-abroad.toml). Raises ContentError."""
    path = data("accounts-abroad.toml")
    found = read_tables(path, Country)
    refuse(
        path,
        (
            f"{name}: {wrong}"
            for name, country in found.items()
            for wrong, is_wrong in (
                ("label and figures belong together; write both, or neither", bool(country.label) != bool(country.figures)),
                ("the name must be the two capital letters of the country in a SWIFT code", not re.fullmatch("[A-Z]{2}", name)),
                ("source: it is empty; write the page", bool(country.kind) != bool(country.source)),
            )
            if is_wrong
        ),
    )
    return found


def check_abroad(values: Values, vocabulary: Vocabulary, added: dict[str, Value]) -> Iterator[Problem]:  # noqa: ARG001 - kinds are called alike
    """Check SWIFT code, account number and the code that banks of its country use."""
    from stdnum import bic  # noqa: PLC0415 - only an account abroad pays for it

    swift, number = text_of(values, "swift"), text_of(values, "number")
    if swift and not bic.is_valid(swift):
        yield problem(
            values,
            "swift",
            say("a SWIFT code has 8 or 11 letters and digits (bank, country, location)"),
            say("ask the bank for it"),
        )
    if _IBAN_COUNTRY.fullmatch(number):
        yield from _iban(values, number)
    yield from _routing(values, swift[4:6], text_of(values, "routing"))
    if swift[4:6] == "JP":
        yield problem(
            values, "swift", say("this is a bank in Japan"), say("write `kind: bank` with the Japanese account"), "warning"
        )


def _iban(values: Values, number: str) -> Iterator[Problem]:
    """Yield an error only where the international check fails: a national list may be older than a bank."""
    from stdnum import iban, numdb  # noqa: PLC0415 - only an account abroad pays for it
    from stdnum.iso7064 import mod_97_10  # noqa: PLC0415

    if not numdb.get("iban").info(number)[0][1]:
        what = say("%(country)s is not in the list of countries that use IBANs", country=number[:2])
        yield problem(values, "number", what, say("write the account number as the bank writes it"), "warning")
    elif not mod_97_10.is_valid(number[4:] + number[:4]):
        what = say("it looks like an IBAN, but its check digits are wrong")
        yield problem(values, "number", what, say("check it digit by digit"))
    elif not iban.is_valid(number):
        what = say("this is an IBAN, but its bank or its length is not in the list for %(country)s", country=number[:2])
        yield problem(values, "number", what, say("check it digit by digit"), "warning")


def _routing(values: Values, country: str, code: str) -> Iterator[Problem]:
    """Yield what a bank of that country, in two letters, is asked for besides the account number."""
    from stdnum import bic  # noqa: PLC0415 - only an account abroad pays for it

    rule, given = countries().get(country), re.sub(r"[^0-9]", "", code)
    if not rule:
        return
    if rule.note and not code:
        yield problem(values, "swift", say(rule.note), say("no correction is needed"), "note")
    elif rule.label and bic.is_valid(code):
        what = say("this is a SWIFT code, not a %(code)s", code=say(rule.label))
        yield problem(values, "routing", what, say("ask the bank for it"), "warning")
    elif rule.label and len(given) not in rule.figures:
        likely = say(
            "the code (%(code)s) must have %(figures)s digits, but this one has %(count)s",
            code=say(rule.label),
            figures="/".join(map(str, rule.figures)),
            count=len(given),
        )
        yield problem(values, "routing", likely, say("ask the bank for it"), "warning")
