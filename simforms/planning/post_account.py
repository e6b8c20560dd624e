"""An account at Japan Post Bank: symbol and number, and what other banks transfer to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simforms.cases.check import Value, Values
from simforms.errors import Problem
from simforms.knowledge import banks
from simforms.knowledge.vocabulary import Vocabulary
from simforms.messages import say
from simforms.planning.account_values import ACCOUNT, DIGITS, problem, text_of


def check_post(values: Values, vocabulary: Vocabulary, added: dict[str, Value]) -> Iterator[Problem]:
    """Check symbol and number, and add what other banks transfer to: name and number of the branch, type and account.

    記号 1…: branch = its 2nd and 3rd digits and 8, account = 番号 without its last digit, a 1; 記号 0…: branch ends in 9,
    the account is the whole 番号, a cheque account. One digit between the two is not used
    (https://www.jp-bank.japanpost.jp/kojin/sokin/koza/kj_sk_kz_furikomi_ksk.html).
    """
    symbol, number = text_of(values, "symbol"), text_of(values, "number")
    if re.fullmatch(r"[01][0-9]{5}", symbol):
        symbol = symbol[:-1]
        given = values[f"{ACCOUNT}symbol"]
        added[given.field.name] = Value(given.field, given.text, symbol, given.location)
        yield problem(
            values,
            "symbol",
            say("the digit between the symbol and the number is left out: it is not used"),
            say("no correction is needed"),
            "note",
        )
    if symbol and not re.fullmatch(r"[01][0-9]{4}", symbol):
        yield problem(
            values, "symbol", say("a symbol has 5 digits and starts with 1 or 0"), say("copy the 記号 from the bankbook")
        )
        return
    if not number or not symbol:
        return
    if not re.fullmatch(r"[0-9]{1,8}", number):
        yield problem(values, "number", say("the number has at most 8 digits"), say("copy the 番号 from the bankbook"))
        return
    current = symbol[0] == "0"
    if not current and number[-1] != "1":
        yield problem(values, "number", say("with this symbol the number ends in 1"), say("copy the 番号 from the bankbook"))
        return
    if current and len(number) > DIGITS:
        yield problem(
            values, "number", say("with this symbol, the number has at most 7 digits"), say("copy the 番号 from the bankbook")
        )
        return
    code, account = (symbol[1:3] + "9", number) if current else (symbol[1:3] + "8", number[:-1])
    bank = banks.bank(banks.POST_BANK)
    branch = banks.branch(bank, code) if bank else None
    if not branch:
        yield problem(
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
        "transfer_number": account.zfill(DIGITS),
    }
    for name, text in derived.items():
        field = vocabulary[f"{ACCOUNT}{name}"]
        added[field.name] = Value(field, text, text, values[f"{ACCOUNT}symbol"].location)
