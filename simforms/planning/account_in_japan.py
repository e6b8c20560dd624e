"""An account at a bank in Japan: its number, and the names and codes of bank and branch."""

from __future__ import annotations

from collections.abc import Iterator

from simforms.cases.check import Value, Values
from simforms.errors import Problem
from simforms.knowledge import banks
from simforms.knowledge.bank_names import former
from simforms.knowledge.vocabulary import Vocabulary
from simforms.messages import Message, say
from simforms.planning.account_values import ACCOUNT, DIGITS, problem, text_of, without_hyphens


def check_bank(values: Values, vocabulary: Vocabulary, added: dict[str, Value]) -> Iterator[Problem]:
    """Check number, bank and branch, and add their full names and their codes from the directory."""
    number = yield from without_hyphens(values, "number", added)
    if number and not number.isdigit():
        yield problem(
            values, "number", say("only digits are allowed here"), say("copy all the digits from the bankbook, including every 0")
        )
    elif number and len(number) != DIGITS:
        suggestion = (
            say("include the leading 0, so that there are 7 digits")
            if len(number) < DIGITS
            else say("copy all 7 digits from the bankbook")
        )
        yield problem(
            values,
            "number",
            say("a Japanese account number has 7 digits, but this one has %(count)s", count=len(number)),
            suggestion,
        )
    name = text_of(values, "bank")
    if not name:
        return
    bank = banks.bank(name)
    if not bank:
        yield problem(values, "bank", _unknown(), _perhaps(banks.near(name)), "warning")
        return
    yield from _named(values, added, "bank", bank)
    if bank.code == banks.POST_BANK:
        what = say("Japan Post Bank accounts have their own symbol and number")
        yield problem(
            values, "bank", what, say("write `kind: post` with `symbol` and `number`, if your bankbook shows them"), "warning"
        )
    yield from _code(values, vocabulary, added, "bank", bank)
    branch = banks.branch(bank, text_of(values, "branch")) if text_of(values, "branch") else None
    if branch:
        yield from _named(values, added, "branch", branch, bank)
        yield from _code(values, vocabulary, added, "branch", branch)
    elif text_of(values, "branch"):
        yield problem(values, "branch", _unknown(), _perhaps(banks.near(text_of(values, "branch"), bank)), "warning")


def _named(
    values: Values, added: dict[str, Value], name: str, found: banks.Institution, of: banks.Institution | None = None
) -> Iterator[Problem]:
    """Print the name instead of a code, a reading, an earlier name or one in another language, and say so."""
    given = values[f"{ACCOUNT}{name}"]
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
        yield problem(values, name, what, say("no correction is needed"), "warning")
    else:
        yield problem(values, name, say("it was read as %(typed)s", typed=full), say("no correction is needed"), "note")


def _unknown() -> Message:
    return say("it is not in the bank directory of %(day)s, and may have been renamed", day=banks.dated())


def _perhaps(near: list[str]) -> Message:
    return say("did you mean %(near)s?", near=", ".join(near)) if near else say("copy it from the bankbook")


def _code(
    values: Values, vocabulary: Vocabulary, added: dict[str, Value], name: str, found: banks.Institution
) -> Iterator[Problem]:
    """Add the code of a bank or branch, or say that the one given is another's."""
    field = vocabulary[f"{ACCOUNT}{name}_code"]
    given = values.get(field.name)
    if not given:
        added[field.name] = Value(field, found.code, found.code, values[f"{ACCOUNT}{name}"].location)
        what = say("code %(code)s was added from the bank directory of %(day)s", code=found.code, day=banks.dated())
        yield problem(values, name, what, say("no correction is needed"), "note")
    elif given.parsed != found.code:
        what = say("the code of %(typed)s is %(code)s", typed=found.name, code=found.code)
        yield problem(values, f"{name}_code", what, say("correct the code or the name"))
