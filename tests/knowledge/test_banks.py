"""Every bank and branch of the directory is found by each of its names; no name finds another one."""

from __future__ import annotations

import pytest

from simforms.knowledge import bank_names, banks

BANKS = banks.matching("", most=2000)


def test_every_bank_is_found_by_its_official_name_its_stored_name_its_kana_and_its_code() -> None:
    lost = [
        (bank.code, name)
        for bank in BANKS
        for name in (bank.name, banks.full_name(bank), bank_names.official(bank.name), bank.kana, bank.code)
        if (found := banks.bank(name)) != bank and not (name == bank.kana and _alike(bank, found))
    ]

    assert len(BANKS) > 1000
    assert lost == []


def _alike(one: banks.Institution, found: banks.Institution | None) -> bool:
    """Return whether nothing was found because another bank sounds the same."""
    sound = set(bank_names.sounds(bank_names.plain(one.kana, "支店")))
    return found is None and any(
        other != one and sound & set(bank_names.sounds(bank_names.plain(other.kana, "支店"))) for other in BANKS
    )


def test_every_branch_is_found_by_its_name_and_its_code() -> None:
    lost = [
        (bank.code, branch.code, name)
        for bank in BANKS
        for branch in banks.matching("", bank, most=2000)
        for name in (branch.name, banks.full_name(branch, bank), branch.code)
        if (found := banks.branch(bank, name)) is None or (found != branch and found.name != branch.name)
    ]

    assert lost == []


def test_no_reading_of_a_branch_finds_a_branch_that_sounds_otherwise() -> None:
    wrong = [
        (bank.code, branch.kana, found.kana)
        for bank in BANKS
        for branch in banks.matching("", bank, most=2000)
        if (found := banks.branch(bank, branch.kana)) and found != branch and branch.kana not in {found.kana, found.name}
    ]

    assert wrong == []


@pytest.mark.parametrize("typed", ["Japan Post Savings", "Bank of Nowhere", "Barclays Nagano", "zzz", "ない銀行"])
def test_better_no_name_is_offered_than_another_banks(typed: str) -> None:
    assert banks.near(typed) == []


@pytest.mark.parametrize("name", [one.name for one in bank_names.names().former])
def test_an_earlier_name_finds_the_bank_of_today(name: str) -> None:
    found = banks.bank(f"{name}銀行")

    assert found
    assert not banks.written_as(f"{name}銀行", found)
    assert bank_names.former(f"{name}銀行")
