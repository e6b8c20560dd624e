"""An account as a bank clerk checks it: bank, branch, number and holder together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import planned

from simforms.errors import CaseError, ContentError, Problem
from simforms.knowledge.content import data, read_toml
from simforms.papers.html import document_html
from simforms.planning import account_abroad

Case = Callable[..., Path]
BANK = "kind: bank, bank: 三菱UFJ銀行, branch: 梅田支店, type: ordinary, number: '0123456', holder_kana: ワン シャオミン"
POST = "kind: post, symbol: '17300', number: '19927651', holder_kana: ワン シャオミン"
ABROAD = "kind: abroad, country: China, bank: Example Bank, swift: EXAMCNBJ, number: '6222021234567890123', holder: WANG XIAOMING"


def _case(case: Case, account: str) -> Path:
    return case(("cancellation: {channel: post}", f"refund: {{ground: deposit, account: {{{account}}}}}"))


def _told(case: Case, account: str) -> list[Problem]:
    try:
        return list(planned(_case(case, account)).warnings)
    except CaseError as error:
        return list(error.problems)


def test_the_codes_of_bank_and_branch_are_added_and_told_with_their_date(case: Case) -> None:
    plan = planned(_case(case, BANK))

    assert (plan.values["refund.account.bank_code"].parsed, plan.values["refund.account.branch_code"].parsed) == ("0005", "044")
    assert any("code 0005 was added from the bank directory of 20" in str(problem) for problem in plan.warnings)
    assert "0005" in document_html(plan, plan.documents[0])


def test_the_holder_is_printed_as_a_transfer_writes_it(case: Case) -> None:
    plan = planned(_case(case, BANK))

    assert "ﾜﾝ ｼﾔｵﾐﾝ" in document_html(plan, plan.documents[0])


POSTS = [
    # symbol, number, branch, account: the post bank's own rule, with published examples
    ("17300", "19927651", "738", "1992765"),
    ("10530", "12345671", "058", "1234567"),
    ("11940", "12345671", "198", "1234567"),
    ("01940", "123456", "199", "0123456"),
    ("01940-1", "123456", "199", "0123456"),
    ("11940-2", "12345671", "198", "1234567"),
    ("11940", "1231", "198", "0000123"),
]


@pytest.mark.parametrize(("symbol", "number", "branch", "account"), POSTS)
def test_a_post_bank_account_shows_both_ways_to_write_it(case: Case, symbol: str, number: str, branch: str, account: str) -> None:
    plan = planned(_case(case, POST.replace("17300", symbol).replace("19927651", number)))

    assert plan.values["refund.account.transfer_branch"].parsed == branch
    assert plan.values["refund.account.transfer_number"].parsed == account
    assert plan.values["refund.account.symbol"].parsed == symbol[:5]
    html = document_html(plan, plan.documents[0])
    name = "".join("〇一二三四五六七八九"[int(digit)] for digit in branch)
    kind = "当座" if symbol[0] == "0" else "普通"
    assert all(text in html for text in (symbol[:5], number, branch, kind, account))
    assert (f"{name}店" in html) == (branch != "198")  # the one that the directory does not have


FAULTS = [
    (BANK, "0123456", "123456", "error", "include the leading 0, so that there are 7 digits"),
    (BANK, "0123456", "12345678", "error", "copy all 7 digits from the bankbook"),
    (BANK, "三菱UFJ銀行", "三菱東京UFJ銀行", "warning", "since 2018-04-01 its name is 三菱UFJ銀行"),
    (BANK, "三菱UFJ銀行", "MUFG Bank", "note", "read as 三菱UFJ銀行"),
    (BANK, "三菱UFJ銀行", "'0005'", "note", "read as 三菱UFJ銀行"),
    (BANK, "三菱UFJ銀行", "三菱UFG銀行", "warning", "did you mean 三菱ＵＦＪ"),
    (BANK, "梅田支店", "うめだ", "note", "read as 梅田支店"),
    (BANK, "三菱UFJ銀行", "Barclays", "warning", "it is not in the bank directory of"),
    (BANK, "梅田支店", "梅だ支店", "warning", "did you mean 梅田"),
    (BANK, "三菱UFJ銀行", "ゆうちょ銀行", "warning", "Japan Post Bank accounts have their own symbol"),
    (BANK, "branch:", "bank_code: '0001', branch:", "error", "the code of 三菱ＵＦＪ is 0005"),
    (BANK, "branch:", "branch_code: '001', branch:", "error", "the code of 梅田 is 044"),
    (BANK, "ワン シャオミン", "スミス ジョン", "warning", "the account holder's name differs from the reading of your own name"),
    (BANK, "ワン シャオミン", "ワン・シャオミン", "error", "a middle dot"),
    (
        BANK,
        "ワン シャオミン",
        "ワンシャオミン, holder: SMITH JOHN",
        "warning",
        "the account holder's name is different from your own name",
    ),
    (BANK, "0123456", "abc1234", "error", "only digits are allowed here"),
    (BANK, "0123456", "012-3456", "note", "it is printed without hyphens"),
    (POST, "17300", "17300-2", "note", "the digit between the symbol and the number is left out"),
    (POST, "17300", "11500", "warning", "its branch, 158, is not in the bank directory"),
    (POST, "17300", "01730", "error", "with this symbol, the number has at most 7"),
    (POST, "17300", "1730", "error", "a symbol has 5 digits"),
    (POST, "17300", "27300", "error", "a symbol has 5 digits"),
    (POST, "19927651", "199276512", "error", "the number has at most 8 digits"),
    (POST, "19927651", "19927652", "error", "with this symbol the number ends in 1"),
    (ABROAD, "EXAMCNBJ", "EXAMCN", "error", "a SWIFT code has 8 or 11"),
    (ABROAD, "EXAMCNBJ", "EXAMJPJT", "warning", "this is a bank in Japan"),
    (ABROAD, "holder:", "routing: '12345', holder:", "warning", "the code (CNAPS) must have 12 digits, but this one has 5"),
    (ABROAD, "EXAMCNBJ", "EXAMTWTP, routing: '12'", "warning", "the code (Taiwan bank code) must have 3/7 digits"),
    (ABROAD, "EXAMCNBJ", "EXAMHKHH, routing: '1234'", "warning", "the code (Hong Kong bank and branch code) must have 3/6"),
    (ABROAD, "EXAMCNBJ", "EXAMUS33, routing: '1234'", "warning", "the code (ABA routing number) must have 9 digits"),
    (ABROAD, "EXAMCNBJ", "EXAMCNBJ", "note", "a transfer in yuan needs the 12-digit CNAPS code"),
    (ABROAD, "EXAMCNBJ", "EXAMKRSE", "note", "a transfer in won, you may be asked for your phone number"),
    (ABROAD, "EXAMCNBJ", "EXAMVNVX", "note", "which codes a bank in Vietnam needs"),
    (ABROAD, "6222021234567890123", "DE89370400440532013001", "error", "it looks like an IBAN"),
    (ABROAD, "6222021234567890123", "DE863704004405320130", "warning", "its bank or its length is not in the list for DE"),
    (ABROAD, "6222021234567890123", "ES4121000418990200051332", "warning", "its bank or its length is not in the list for ES"),
    (ABROAD, "6222021234567890123", "JP3300051234567", "warning", "JP is not in the list of countries that use IBANs"),
    (ABROAD, "6222021234567890123", "CN496222021234567890", "warning", "CN is not in the list of countries that use IBANs"),
    (ABROAD, "6222021234567890123", "VN12ABCD1234567890", "warning", "VN is not in the list of countries that use IBANs"),
    (ABROAD, "holder:", "routing: 'EXAMCNBJ', holder:", "warning", "this is a SWIFT code, not a CNAPS"),
]


@pytest.mark.parametrize(("account", "old", "new", "severity", "told"), FAULTS, ids=[row[4][:30] for row in FAULTS])
def test_what_a_clerk_would_stumble_over_is_told(case: Case, account: str, old: str, new: str, severity: str, told: str) -> None:
    assert old in account

    found = [problem for problem in _told(case, account.replace(old, new, 1)) if told in str(problem)]

    assert found
    assert found[0].severity == severity


GOOD = [
    (BANK, "0123456", "012-3456"),
    (BANK, "梅田支店", "umeda"),
    (BANK, "type: ordinary", "type: 普通"),
    (BANK, "type: ordinary", "type: 当座預金"),
    (BANK, "type: ordinary", "type: Ordinary"),
    (BANK, "0123456", "7654321"),
    (BANK, "ワン シャオミン", "ﾜﾝ ｼﾔｵﾐﾝ"),
    (ABROAD, "6222021234567890123", "DE89370400440532013000"),
    (ABROAD, "holder:", "routing: '102100099996', holder:"),
    (ABROAD, "EXAMCNBJ", "EXAMTWTP, routing: '0120123'"),
    (ABROAD, "EXAMCNBJ", "EXAMHKHH, routing: '004-123'"),
    (ABROAD, "6222021234567890123", "621498320258"),  # looks like a My Number: an account abroad may
]


@pytest.mark.parametrize(("account", "old", "new"), GOOD)
def test_a_right_account_is_not_refused(case: Case, account: str, old: str, new: str) -> None:
    assert not [
        problem
        for problem in _told(case, account.replace(old, new, 1))
        if problem.severity != "note" and "account abroad" not in str(problem)
    ]


@pytest.mark.parametrize(("country", "rule"), read_toml(data("accounts-abroad.toml")).items())
def test_what_a_country_asks_for_has_a_source_or_is_said_to_be_not_known(country: str, rule: dict[str, Any]) -> None:
    assert set(rule) <= {"label", "figures", "note", "source", "kind", "seen"}
    assert len(country) == 2
    assert ("label" in rule) == ("figures" in rule)
    if rule["source"]:
        assert rule["source"].startswith("https://")
        assert rule["kind"] in {"official", "secondary"}
    else:
        assert (
            "we could not find out which codes a bank in Vietnam needs: ask your bank what a transfer from Japan needs"
            in rule["note"]
        )
        assert "figures" not in rule


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ('[BR]\nsource = ""\nkind = "secondary"\nnote = "a"\n', "BR: source: it is empty"),
        (
            '[BRA]\nsource = "https://example.com"\nkind = "secondary"\nnote = "a"\n',
            "BRA: the name must be the two capital letters",
        ),
        ('[BR]\nsource = "https://example.com"\nkind = "secondary"\nlabel = "a"\n', "BR: label and figures belong together"),
    ],
)
def test_what_another_country_asks_for_needs_its_letters_and_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, wrong: str
) -> None:
    (tmp_path / "accounts-abroad.toml").write_text(entry, encoding="utf-8")
    monkeypatch.setattr(account_abroad, "data", tmp_path.joinpath)

    with pytest.raises(ContentError, match=wrong):
        account_abroad.countries.__wrapped__()
