"""Numbers and words that a paper for a carrier must never contain: a My Number, a payment card, a PIN, a password.

What is certain is refused. Where one in ten honest numbers looks alike, it is only pointed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from simforms.cases import number_groups
from simforms.errors import Remark
from simforms.knowledge.secret_words import bare, card_brand, names, pattern
from simforms.language.digits import with_plain_digits
from simforms.messages import Message, say

MY_NUMBER = (
    say("this is a My Number (個人番号)"),
    say("delete it: the law forbids carriers to collect it; show only the front of the card"),
)
_CARD = (
    say("this is a payment card number"),
    say("delete it: no paper needs it, and anyone who sees it could pay with it"),
)
_SPOKEN_ONLY = say("delete it; say it only on a call that you started yourself")
_PIN = (say("this looks like a PIN or a password"), _SPOKEN_ONLY)
_LENGTH = 12
"""Digits of a My Number."""
_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}[0-9]{2}(?:[ -]?[a-z0-9]){8,30}(?![a-z0-9])")
_DEVICE = re.compile(r"(?<![a-z])(?:imei(?:sv)?|eid|iccid|端末識別番号|製造番号|串号|串號)[^0-9a-z]{0,4}[0-9][0-9 /-]*")

_PARTICLE = (
    "(?:は|が|を|の|も|です|だ|私|コード|番号|4桁|is|was|are|my|the|as|a|number|code|no|"
    "là|của|tôi|số|是|为|為|的|我|号码|號碼|4位|은|는|이|가|을|를|번호)"
)
_LINK = rf"(?:[^\w]|_|{_PARTICLE}){{0,12}}?"
_QUOTES = r"[\s「」'\"]*"
_TO_WORD = (
    rf"{_QUOTES}(?:は|が|の|is|was|as|=|:|\(|là|是|为|為|이|가|은|는|를|을){_QUOTES}"
    rf"(?:[^\w\s]|\s|{_PARTICLE}|ネットワーク){{0,8}}?"
)
_END = r"[12]?(?:です|だ|입니다|$|(?!\w))"
_PLAIN = r"(?<![0-9])(?:[0-9]{4,8}|[0-9](?:[\s._・-]{1,2}[0-9]){3,7}|[0-9]{2}[\s-][0-9]{2})"
_NO_DATE = r"(?![0-9]|[./-]\s?[0-9]|\s?(?:年|月|日|円|時|년|월|일|원|桁|位|자리|số|chữ|digits|figures))"
_WITH_A_DIGIT = r"(?=[!-~]{0,30}[0-9])(?![0-9]{1,4}[./:-][0-9]{1,2}(?:[./:-]|\b))(?:[!-~]{4,64})"


def refused(text: str, *, codes: bool = False) -> Iterator[tuple[Message, Message]]:
    """Yield what is surely a secret, and what to do. `codes`: the field takes numbers that may look like a My Number.

    >>> [str(what) for what, _ in refused("6214 9832 0257")], list(refused("6214 9832 0257", codes=True))
    (['this is a My Number (個人番号)'], [])
    """
    folded = with_plain_digits(text)
    if not re.search("[0-9]", folded):
        return
    if _names_a_secret(folded):
        yield _PIN
    if _named_my_number(folded) or (not codes and _my_number(folded)):
        yield MY_NUMBER
    if _cards(folded):
        yield _CARD


def suspected(text: str, *, account: bool = False) -> Iterator[Remark]:
    """Yield that a number, such as that of a parcel or an account, may be a secret, as one in ten honest ones looks like it.

    Accounts in China have the numbers of their UnionPay cards.

    >>> len(list(suspected("6214-9832-0257"))), len(list(suspected("6214-9832-0258")))
    (1, 0)
    """
    folded = with_plain_digits(text)
    if _my_number(folded):
        yield Remark(
            say(
                "this may be a My Number (個人番号): it has 12 digits and its check digit is correct, but 1 in 10 "
                "other numbers looks the same"
            ),
            _IF,
        )
    if account and _cards(folded) - {"UnionPay"}:
        yield Remark(
            say("this may be a payment card number: its check digit is correct, but 1 in 10 other numbers looks the same"), _IF
        )


_IF = say("delete it if it is one; otherwise you can keep it")


def secret_name(name: str) -> tuple[Message, Message] | None:
    """Return why nothing of that name is ever written down; None if it may be."""
    plain = bare(name.rpartition(".")[2])
    if plain in names("my_number"):
        return MY_NUMBER
    if plain in names("pin", "password", "card_code", "field"):
        return say("a PIN, password or security code must not be written in a case"), _SPOKEN_ONLY
    return None


def _my_number(folded: str) -> bool:
    found = (number for run in _runs(folded) for number in number_groups.evenly_grouped(run, _LENGTH))
    return any(map(_fits_my_number, found))


def _named_my_number(folded: str) -> bool:
    """Return whether a My Number is next to a word for it, in groups of any size."""
    run = rf"[0-9]+(?:{number_groups.BETWEEN}[0-9]+)*"
    if not re.search(pattern("my_number"), folded):
        return False
    near = [*re.finditer(rf"{pattern('my_number')}[^0-9]{{0,12}}({run})", folded)]
    near += re.finditer(rf"({run})[^0-9]{{0,8}}{pattern('my_number')}", folded)
    for found in near:
        groups = re.findall("[0-9]+", found[1])
        for first in range(len(groups)):
            for last in range(first + 1, len(groups) + 1):
                if _fits_my_number("".join(groups[first:last])):
                    return True
    return False


def _fits_my_number(number: str) -> bool:
    if len(number) != _LENGTH:
        return False
    from stdnum.jp import in_

    return bool(in_.is_valid(number))


def _cards(folded: str) -> set[str]:
    """Return the brands of the payment cards in a text."""
    numbers = (number for run in _runs(folded) for number in number_groups.grouped_as_on_cards(run))
    return {brand for number in numbers if (brand := card_brand(number)) and _fits_luhn(number)}


def _fits_luhn(number: str) -> bool:
    from stdnum import luhn

    return bool(luhn.is_valid(number))


def _runs(folded: str) -> Iterator[number_groups.Run]:
    """Yield the runs of digits, except those of an IBAN or of a device that is named."""
    return number_groups.runs(_DEVICE.sub(" x ", _IBAN.sub(_unless_iban, folded)))


def _unless_iban(found: re.Match[str]) -> str:
    from stdnum import iban

    return " x " if iban.is_valid(found[0]) else found[0]


def _names_a_secret(folded: str) -> bool:
    return bool(_words().search(folded)) and any(found.search(folded) for found in _patterns())


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(map(pattern, ("pin", "password", "card_code"))))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return patterns of secrets next to their words: a PIN, a password, the code on the back of a payment card."""
    pin, password, code = map(pattern, ("pin", "password", "card_code"))
    indian = rf"(?<![a-z])pin(?:\s?code)?{_LINK}[0-9]{{3}}\s?[0-9]{{3}}(?![0-9])"  # a postcode in India
    return (
        re.compile(rf"(?!{indian}){pin}[12]?{_LINK}{_PLAIN}{_NO_DATE}"),
        re.compile(rf"{_PLAIN}{_TO_WORD}{pin}{_END}"),
        re.compile(rf"{password}(?:[^\w!-~]|[:=\s(]|{_PARTICLE}){{1,12}}?{_WITH_A_DIGIT}{_NO_DATE}"),
        re.compile(rf"(?<![!-~]){_WITH_A_DIGIT}{_TO_WORD}{password}{_END}"),
        re.compile(rf"{code}{_LINK}[0-9]{{3,4}}(?![0-9])"),
    )
