"""An account as a bank clerk checks it: bank, branch, number and holder together; what can be added is added and reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from simforms.cases.check import Value, Values
from simforms.errors import Problem
from simforms.fields import account_kana
from simforms.knowledge.vocabulary import Vocabulary
from simforms.messages import say
from simforms.planning.account_abroad import check_abroad
from simforms.planning.account_in_japan import check_bank
from simforms.planning.account_values import ACCOUNT, problem
from simforms.planning.post_account import check_post

_CONSENT = say("if the account belongs to someone else, the carrier will ask for that person's consent")


def account(values: Values, vocabulary: Vocabulary) -> tuple[dict[str, Value], list[Problem]]:
    """Return values to add, such as the codes of bank and branch, and what is wrong or doubtful."""
    kind = values.get(f"{ACCOUNT}kind")
    added: dict[str, Value] = {}
    problems = [*_KINDS[kind.parsed](values, vocabulary, added)] if kind else []
    return added, [*problems, *_holder(values)]


def _holder(values: Values) -> Iterator[Problem]:
    """Yield where the account is perhaps somebody else's."""
    mine, holder = values.get("person.name_kana"), values.get(f"{ACCOUNT}holder_kana")
    if mine and holder and not _same_sound(mine.parsed, holder.parsed):
        yield problem(
            values,
            "holder_kana",
            say("the account holder's name differs from the reading of your own name"),
            _CONSENT,
            "warning",
        )
    name, latin = values.get("person.name"), values.get(f"{ACCOUNT}holder")
    if name and latin and latin.parsed.isascii() and _letters(name.parsed) != _letters(latin.parsed):
        yield problem(values, "holder", say("the account holder's name is different from your own name"), _CONSENT, "warning")


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
    "bank": check_bank,
    "post": check_post,
    "abroad": check_abroad,
}
