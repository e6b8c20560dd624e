"""An account as a bank clerk checks it: bank, branch, number and holder together; what can be added is added and reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from simforms.cases.check import Value, Values
from simforms.errors import Problem, Severity
from simforms.fields import account_kana
from simforms.knowledge import banks
from simforms.knowledge.bank_names import former
from simforms.knowledge.content import data
from simforms.knowledge.typed_toml import read_tables, refuse
from simforms.knowledge.vocabulary import Vocabulary
from simforms.messages import Message, say

_ACCOUNT = "refund.account."
FIGURES = 7
"""Of a Japanese account number; shorter ones are written with zeros in front."""
_CONSENT = say("if the account belongs to someone else, the carrier will ask for that person's consent")
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
            f"{name}: label and digits belong together; write both, or neither"
            for name, country in found.items()
            if bool(country.label) != bool(country.figures)
        ),
    )
    return found


def account(values: Values, vocabulary: Vocabulary) -> tuple[dict[str, Value], list[Problem]]:
    """Return values to add, such as the codes of bank and branch, and what is wrong or doubtful."""
    kind = values.get(f"{_ACCOUNT}kind")
    added: dict[str, Value] = {}
    problems = [*_KINDS[kind.parsed](values, vocabulary, added)] if kind else []
    return added, [*problems, *_holder(values)]


def _problem(values: Values, name: str, what: Message, suggestion: Message, severity: Severity = "error") -> Problem:
    return Problem(values[f"{_ACCOUNT}{name}"].location, f"{_ACCOUNT}{name}", what, suggestion, severity)


def _text(values: Values, name: str) -> str:
    found = values.get(f"{_ACCOUNT}{name}")
    return str(found.parsed) if found else ""


def _bank(values: Values, vocabulary: Vocabulary, added: dict[str, Value]) -> Iterator[Problem]:
    number = yield from _figures(values, "number", added)
    if number and not number.isdigit():
        yield _problem(
            values, "number", say("only digits are allowed here"), say("copy all the digits from the bankbook, including every 0")
        )
    elif number and len(number) != FIGURES:
        suggestion = (
            say("include the leading 0, so that there are 7 digits")
            if len(number) < FIGURES
            else say("copy all 7 digits from the bankbook")
        )
        yield _problem(
            values,
            "number",
            say("a Japanese account number has 7 digits, but this one has %(count)s", count=len(number)),
            suggestion,
        )
    name = _text(values, "bank")
    if not name:
        return
    bank = banks.bank(name)
    if not bank:
        yield _problem(values, "bank", _unknown(), _perhaps(banks.near(name)), "warning")
        return
    yield from _named(values, added, "bank", bank)
    if bank.code == banks.POST_BANK:
        what = say("Japan Post Bank accounts have their own symbol and number")
        yield _problem(
            values, "bank", what, say("write `kind: post` with `symbol` and `number`, if your bankbook shows them"), "warning"
        )
    yield from _code(values, vocabulary, added, "bank", bank)
    branch = banks.branch(bank, _text(values, "branch")) if _text(values, "branch") else None
    if branch:
        yield from _named(values, added, "branch", branch, bank)
        yield from _code(values, vocabulary, added, "branch", branch)
    elif _text(values, "branch"):
        yield _problem(values, "branch", _unknown(), _perhaps(banks.near(_text(values, "branch"), bank)), "warning")


def _figures(values: Values, name: str, added: dict[str, Value]) -> Generator[Problem, None, str]:
    """Return a number without the hyphens people put in to read it, and report where some were left out."""
    given = values.get(f"{_ACCOUNT}{name}")
    if not given:
        return ""
    figures = re.sub(r"[-/]", "", given.parsed)
    if figures != given.parsed:
        added[given.field.name] = Value(given.field, given.text, figures, given.location)
        yield _problem(values, name, say("it is printed without hyphens"), say("no correction is needed"), "note")
    return figures


def _named(
    values: Values, added: dict[str, Value], name: str, found: banks.Institution, of: banks.Institution | None = None
) -> Iterator[Problem]:
    """Print the name instead of a code, a reading, an earlier name or one in another language, and say so."""
    given = values[f"{_ACCOUNT}{name}"]
    if banks.written_as(given.parsed, found, of):
        return
    full = banks.full_name(found, of)
    added[given.field.name] = Value(given.field, given.text, full, given.location)
    if not of and (earlier := former(given.parsed)):
        what = (
            say("since %(day)s its name is %(name)s", day=earlier.since, name=full)
            if earlier.since
            else say("its name is now %(name)s", name=full)
        )
        yield _problem(values, name, what, say("no correction is needed"), "warning")
    else:
        yield _problem(values, name, say("it was read as %(typed)s", typed=full), say("no correction is needed"), "note")


def _unknown() -> Message:
    return say("it is not in the bank directory of %(day)s, and may have been renamed", day=banks.dated())


def _perhaps(near: list[str]) -> Message:
    return say("did you mean %(near)s?", near=", ".join(near)) if near else say("copy it from the bankbook")


def _code(
    values: Values, vocabulary: Vocabulary, added: dict[str, Value], name: str, found: banks.Institution
) -> Iterator[Problem]:
    """Add the code of a bank or branch, or say that the one given is another's."""
    field = vocabulary[f"{_ACCOUNT}{name}_code"]
    given = values.get(field.name)
    if not given:
        added[field.name] = Value(field, found.code, found.code, values[f"{_ACCOUNT}{name}"].location)
        what = say("code %(code)s was added from the bank directory of %(day)s", code=found.code, day=banks.dated())
        yield _problem(values, name, what, say("no correction is needed"), "note")
    elif given.parsed != found.code:
        what = say("the code of %(typed)s is %(code)s", typed=found.name, code=found.code)
        yield _problem(values, f"{name}_code", what, say("correct the code or the name"))


def _post(values: Values, vocabulary: Vocabulary, added: dict[str, Value]) -> Iterator[Problem]:
    """Check symbol and number, and add what other banks transfer to: name and number of the branch, type and account.

    記号 1…: branch = its 2nd and 3rd digits and 8, account = 番号 without its last digit, a 1; 記号 0…: branch ends in 9,
    the account is the whole 番号, a cheque account. One digit between the two is not used
    (https://www.jp-bank.japanpost.jp/kojin/sokin/koza/kj_sk_kz_furikomi_ksk.html).
    """
    symbol, number = _text(values, "symbol"), _text(values, "number")
    if re.fullmatch(r"[01][0-9]{5}", symbol):
        symbol = symbol[:-1]
        given = values[f"{_ACCOUNT}symbol"]
        added[given.field.name] = Value(given.field, given.text, symbol, given.location)
        yield _problem(
            values,
            "symbol",
            say("the digit between the symbol and the number is left out: it is not used"),
            say("no correction is needed"),
            "note",
        )
    if symbol and not re.fullmatch(r"[01][0-9]{4}", symbol):
        yield _problem(
            values, "symbol", say("a symbol has 5 digits and starts with 1 or 0"), say("copy the 記号 from the bankbook")
        )
        return
    if not number or not symbol:
        return
    if not re.fullmatch(r"[0-9]{1,8}", number):
        yield _problem(values, "number", say("the number has at most 8 digits"), say("copy the 番号 from the bankbook"))
        return
    current = symbol[0] == "0"
    if not current and number[-1] != "1":
        yield _problem(values, "number", say("with this symbol the number ends in 1"), say("copy the 番号 from the bankbook"))
        return
    if current and len(number) > FIGURES:
        yield _problem(
            values, "number", say("with this symbol, the number has at most 7 digits"), say("copy the 番号 from the bankbook")
        )
        return
    code, account = (symbol[1:3] + "9", number) if current else (symbol[1:3] + "8", number[:-1])
    bank = banks.bank(banks.POST_BANK)
    branch = banks.branch(bank, code) if bank else None
    if not branch:
        yield _problem(
            values,
            "symbol",
            say("its branch, %(code)s, is not in the bank directory of %(day)s", code=code, day=banks.dated()),
            say("copy the 記号 from the bankbook"),
            "warning",
        )
    derived = {"transfer_branch_name": f"{branch.name}店"} if branch else {}
    derived |= {
        "transfer_branch": code,
        "transfer_type": "current" if current else "ordinary",
        "transfer_number": account.zfill(FIGURES),
    }
    for name, text in derived.items():
        field = vocabulary[f"{_ACCOUNT}{name}"]
        added[field.name] = Value(field, text, text, values[f"{_ACCOUNT}symbol"].location)


def _abroad(values: Values, vocabulary: Vocabulary, added: dict[str, Value]) -> Iterator[Problem]:  # noqa: ARG001 - kinds are called alike
    from stdnum import bic  # noqa: PLC0415 - only an account abroad pays for it

    swift, number = _text(values, "swift"), _text(values, "number")
    if swift and not bic.is_valid(swift):
        yield _problem(
            values,
            "swift",
            say("a SWIFT code has 8 or 11 letters and digits (bank, country, location)"),
            say("ask the bank for it"),
        )
    if _IBAN_COUNTRY.fullmatch(number):
        yield from _iban(values, number)
    yield from _routing(values, swift[4:6], _text(values, "routing"))
    if swift[4:6] == "JP":
        yield _problem(
            values, "swift", say("this is a bank in Japan"), say("write `kind: bank` with the Japanese account"), "warning"
        )


def _iban(values: Values, number: str) -> Iterator[Problem]:
    """Yield an error only where the international check fails: a national list may be older than a bank."""
    from stdnum import iban, numdb  # noqa: PLC0415 - only an account abroad pays for it
    from stdnum.iso7064 import mod_97_10  # noqa: PLC0415

    if not numdb.get("iban").info(number)[0][1]:
        what = say("%(country)s is not in the list of countries that use IBANs", country=number[:2])
        yield _problem(values, "number", what, say("write the account number as the bank writes it"), "warning")
    elif not mod_97_10.is_valid(number[4:] + number[:4]):
        what = say("it looks like an IBAN, but its check digits are wrong")
        yield _problem(values, "number", what, say("check it digit by digit"))
    elif not iban.is_valid(number):
        what = say("this is an IBAN, but its bank or its length is not in the list for %(country)s", country=number[:2])
        yield _problem(values, "number", what, say("check it digit by digit"), "warning")


def _routing(values: Values, country: str, code: str) -> Iterator[Problem]:
    """Yield what a bank of that country, in two letters, is asked for besides the account number."""
    from stdnum import bic  # noqa: PLC0415 - only an account abroad pays for it

    rule, given = countries().get(country), re.sub(r"[^0-9]", "", code)
    if not rule:
        return
    if rule.note and not code:
        yield _problem(values, "swift", say(rule.note), say("no correction is needed"), "note")
    elif rule.label and bic.is_valid(code):
        what = say("this is a SWIFT code, not a %(code)s", code=say(rule.label))
        yield _problem(values, "routing", what, say("ask the bank for it"), "warning")
    elif rule.label and len(given) not in rule.figures:
        likely = say(
            "the code (%(code)s) must have %(figures)s digits, but this one has %(count)s",
            code=say(rule.label),
            figures="/".join(map(str, rule.figures)),
            count=len(given),
        )
        yield _problem(values, "routing", likely, say("ask the bank for it"), "warning")


def _holder(values: Values) -> Iterator[Problem]:
    """Yield where the account is perhaps somebody else's."""
    mine, holder = values.get("person.name_kana"), values.get(f"{_ACCOUNT}holder_kana")
    if mine and holder and not _same_sound(mine.parsed, holder.parsed):
        yield _problem(
            values,
            "holder_kana",
            say("the account holder's name differs from the reading of your own name"),
            _CONSENT,
            "warning",
        )
    name, latin = values.get("person.name"), values.get(f"{_ACCOUNT}holder")
    if name and latin and latin.parsed.isascii() and _letters(name.parsed) != _letters(latin.parsed):
        yield _problem(values, "holder", say("the account holder's name is different from your own name"), _CONSENT, "warning")


def _same_sound(mine: str, holder: str) -> bool:
    """Return whether two readings are of one name, of which the holder's may be cut as a transfer cuts it.

    >>> _same_sound("ワン シャオミン", "ﾜﾝｼﾔｵﾐﾝ"), _same_sound("ワン シャオミン", "ワン シャオ")
    (True, False)
    """
    cut = account_kana.zengin(holder).rstrip()
    whole = account_kana.zengin(mine.replace("・", " "))
    return _sound(mine) == _sound(holder) or cut == whole[: account_kana.LONGEST].rstrip()


def _sound(kana: str) -> str:
    return re.sub(r"[^ｱ-ﾝﾞﾟ]", "", account_kana.zengin(kana.replace("・", " ")))


def _letters(name: str) -> list[str]:
    return sorted(re.findall(r"[A-Z]+", name.upper()))


_KINDS: dict[str, Callable[[Values, Vocabulary, dict[str, Value]], Iterator[Problem]]] = {
    "bank": _bank,
    "post": _post,
    "abroad": _abroad,
}
