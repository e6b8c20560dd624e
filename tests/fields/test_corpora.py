"""Values as people write, paste and export them: the right ones are read, the broken ones are refused or pointed out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from one_value import checked

from simforms.errors import Problem
from simforms.knowledge import banks, carriers

CORPORA = Path(__file__).with_name("corpora")
FIELDS = {
    "account-kana": "refund.account.holder_kana",
    "code": "line.customer_number",
    "day": "person.birth_date",
    "digits": "refund.account.symbol",
    "eid": "line.eid",
    "email": "person.email",
    "imei": "line.imei",
    "kana": "person.name_kana",
    "kana-line": "person.address_kana",
    "kanji-name": "person.name_kanji",
    "line-number": "line.number",
    "name": "person.name",
    "passport": "person.passport",
    "phone": "person.phone",
    "postal-code": "person.postal_code",
    "residence-card": "person.residence_card",
    "serial": "line.serial",
    "text": "person.address",
    "yen": "refund.amount",
}
"""The field in which a value of each type is tried."""


def rows(file: str) -> dict[str, list[dict[str, str]]]:
    """Return the rows of a corpus by their kinds."""
    with (CORPORA / file).open(encoding="utf-8", newline="") as lines:
        found = sorted(csv.DictReader(lines, delimiter="\t"), key=lambda row: row["kind"])
    return {kind: list(group) for kind, group in groupby(found, key=lambda row: row["kind"])}


RIGHT, BROKEN = rows("right.tsv"), rows("broken.tsv")


def _checked(kind: str, text: str) -> tuple[str, list[Problem]]:
    values, problems = checked(FIELDS[kind], text)
    return (str(values[FIELDS[kind]].parsed) if FIELDS[kind] in values else ""), problems


def _found(kind: str, text: str) -> str:
    """Return the code of a bank, of a bank and a branch, or the slug of a carrier; empty where none is found."""
    if kind == "carrier":
        found = carriers.find(text)
        return found.slug if found else ""
    of, _, branch = text.partition("/") if kind == "branch" else (text, "", "")
    bank = banks.bank(of)
    if not bank or kind == "bank":
        return bank.code if bank else ""
    one = banks.branch(bank, branch)
    return f"{bank.code}/{one.code}" if one else ""


def _misread(kind: str) -> Iterator[tuple[str, str]]:
    for row in RIGHT[kind]:
        read, problems = (_found(kind, row["value"]), []) if kind not in FIELDS else _checked(kind, row["value"])
        if read != row["expected"]:
            yield row["value"], read or str(*[problem.what for problem in problems if problem.severity == "error"][:1])


def _passed(kind: str) -> Iterator[tuple[str, str]]:
    for row in BROKEN[kind]:
        if kind not in FIELDS:
            if found := _found(kind, row["value"]):
                yield row["value"], found
            continue
        read, problems = _checked(kind, row["value"])
        said = [str(problem.what) for problem in problems if problem.severity == row["expected"]]
        if not any(row["contains"] in what for what in said) or (row["expected"] == "error" and read):
            yield row["value"], read or "; ".join(str(problem.what) for problem in problems)


@pytest.mark.parametrize("kind", RIGHT)
def test_right_values_are_read_as_they_are_meant(kind: str) -> None:
    assert list(_misread(kind)) == []


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_values_are_refused_or_pointed_out(kind: str) -> None:
    assert list(_passed(kind)) == []
