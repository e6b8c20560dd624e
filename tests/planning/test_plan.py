"""All problems of a case are told at once, each at its place; a plan decides, and decides the same again."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import planned

from simforms.errors import CaseError, UnknownNameError

Case = Callable[..., Path]
REFUND = (
    "refund: {ground: double-billing, account: {kind: bank, bank: X, branch: Y, type: ordinary, "
    "number: '0123456', holder_kana: ワン}}"
)


def _told(path: Path, *wanted: str) -> list[str]:
    with pytest.raises(CaseError) as caught:
        planned(path, *wanted)
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


def test_the_small_case_gets_the_paper_of_its_way_and_of_the_way_that_works(case: Case) -> None:
    assert [kind.name for kind in planned(case()).documents] == ["online-worksheet", "cancellation-request"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("  name:", "  nane:"), "4: person.nane: there is no such field; did you mean person.name?"),
        (("carrier:", "carier:"), "2: carier: there is no such field; did you mean carrier?"),
        (("carrier: softbank", ""), "1: carrier: this field has no value: every paper needs it"),
        (("language: zh-Hans", "language: zh-Hand"), "1: language: there is no language “zh-Hand”; did you mean zh-Hant?"),
        (("language: zh-Hans", ""), "language: this field has no value; write one of"),
        (("1999-04-01", "1999-02-30"), "6: person.birth_date: there is no such date"),
        (
            ("1999-04-01", "04/01/1999"),
            ("6: person.birth_date: it is not clear which number is the month; write year-month-day, e.g. 2026-12-20"),
        ),
        (("ワン シャオミン", "Wang"), "5: person.name_kana: “W” is not kana"),
        (("090-1234-5678", "90-1234-5678"), "9: line.number: this is not a Japanese mobile phone number"),
        (("esim", "esin"), "9: line.card: “esin” is not one of the choices; write esim"),
        (("  phone: 080-1234-5678", "  phone: 8012345678"), "8: person.phone: the number does not start with 0 or +"),
        (
            ("  phone: 080-1234-5678", ""),
            ("3: person.phone: this field has no value: “Cancellation application” needs it; write a value, e.g. 080"),
        ),
        (
            ("WANG XIAOMING", "สมชาย"),
            "4: person.name: characters 1 to 5 cannot be printed; the first is U+0E2A THAI CHARACTER SO SUA",
        ),
        (("WANG XIAOMING", "WANGส"), "4: person.name: character 5, U+0E2A THAI CHARACTER SO SUA, cannot be printed"),
        (("WANG XIAOMING", '"\\ud800"'), "4: person.name: character 1, U+D800, cannot be printed"),
        (("WANG XIAOMING", '"A\\nB"'), "4: person.name: it contains a line break"),
        (("WANG XIAOMING", "A" * 201), "4: person.name: it has 201 characters, but the limit is 200"),
        (("cancellation: {channel: post}", "cancellation: shop"), "10: cancellation: this must contain fields, not a value"),
        (("carrier: softbank", "carrier: {name: softbank}"), "2: carrier: this must be one value, not fields"),
        (
            ("cancellation: {channel: post}", REFUND.replace("kind: bank", "kind: post")),
            "refund.account.branch: this field is not used when",
        ),
        (
            ("cancellation: {channel: post}", REFUND.replace("bank: X, ", "")),
            "refund.account.bank: this field has no value: “Bank account in Japan”",
        ),
    ],
    ids=lambda value: value[1][:24] if isinstance(value, tuple) else "",
)
def test_what_is_wrong_is_told_with_line_field_and_cure(case: Case, change: tuple[str, str], told: str) -> None:
    found = _told(case(change))

    assert any(told in line for line in found), found


@pytest.mark.parametrize("birth", ["2030-01-01", "1880-01-01"])
def test_a_day_of_birth_that_cannot_be_stops_the_paper(case: Case, birth: str) -> None:
    with pytest.raises(CaseError, match="this cannot be a date of birth"):
        planned(case(("1999-04-01", birth)))


def test_a_warning_is_told_together_with_what_is_wrong(case: Case) -> None:
    found = _told(case(("carrier: softbank", "carrier: softbnak"), ("1999-04-01", "x")))

    assert [line.partition(": ")[2][:20] for line in found if "person.phone" not in line][:2] == [
        "carrier: “softbnak” ",
        "person.birth_date: t",
    ]


def test_all_problems_are_told_at_once_in_the_order_of_the_file(case: Case) -> None:
    found = _told(case(("softbank", '""'), ("WANG XIAOMING", "A1"), ("1999-04-01", "x"), ("esim", "x"), ("090-1234-5678", "1")))

    assert [line.split(": ")[1] for line in found] == ["carrier", "person.name", "person.birth_date", "line.number", "line.card"]


def test_a_value_that_is_wrong_is_not_also_missing(case: Case) -> None:
    assert len(_told(case(("1999-04-01", "x")))) == 1


def test_a_message_never_repeats_an_account_number(case: Case) -> None:
    refund = REFUND.replace("number: '0123456'", "number: '12345678901234567890123456789012345678901'").replace(
        "holder_kana: ワン", "holder_kana: X"
    )

    assert "1234567890" not in "".join(_told(case(("cancellation: {channel: post}", refund))))


@pytest.mark.parametrize("name", ["cancelation-request", "xyz"])
def test_an_unknown_document_is_a_wrong_command_line(case: Case, name: str) -> None:
    with pytest.raises(UnknownNameError, match="cancellation-request"):
        planned(case(), name)


def test_an_unknown_carrier_is_printed_by_its_name_with_a_warning_and_without_a_number(case: Case) -> None:
    plan = planned(case(("softbank", "ヒマワリモバイル")))

    assert plan.carrier.name("ja") == "ヒマワリモバイル"
    assert not plan.carrier.phones
    assert "is not in the directory" in str(plan.warnings[0])


@pytest.mark.parametrize("spelling", ["SoftBank", "ソフトバンク", "软银", "soft bank", "ｓｏｆｔｂａｎｋ"])
def test_a_carrier_is_found_in_any_spelling(case: Case, spelling: str) -> None:
    assert planned(case(("softbank", spelling))).carrier.slug == "softbank"


def test_a_near_miss_of_a_carrier_is_offered(case: Case) -> None:
    assert "if you mean softbank, write that" in str(planned(case(("softbank", "sofbank"))).warnings[0])


@pytest.mark.parametrize(("typed", "slug"), [("rakutn", "rakuten-mobile"), ("ahamoo", "ahamo"), ("Soft bank mobile", "softbank")])
def test_a_part_of_a_name_is_offered_too(case: Case, typed: str, slug: str) -> None:
    assert f"if you mean {slug}, write that" in str(planned(case(("softbank", typed))).warnings[0])


def test_an_empty_field_is_missing_at_its_own_line(case: Case) -> None:
    assert any(
        line.startswith("8: person.phone: this field has no value")
        for line in _told(case(("  phone: 080-1234-5678", "  phone:")))
    )


@pytest.mark.parametrize("code", ["zh", "zh_CN", "zh-CN", "ZH-hans", "zh-Hans"])
def test_a_language_is_understood_in_other_spellings(case: Case, code: str) -> None:
    assert planned(case(("zh-Hans", code))).language == "zh-Hans"
    assert planned(case(), language=code).language == "zh-Hans"


def test_a_prepaid_balance_warns_that_the_law_bars_its_payout(case: Case) -> None:
    plan = planned(case(("cancellation: {channel: post}", REFUND.replace("double-billing", "prepaid-balance"))))

    assert any("Japanese law" in str(warning) for warning in plan.warnings)


def test_the_reference_stays_while_line_and_name_do(case: Case) -> None:
    first = planned(case()).reference
    later = planned(case(("{channel: post}", "{channel: shop, date: 2026-12-01}"), ("080-1234-5678", "080-1111-2222"))).reference
    other = planned(case(("090-1234-5678", "090-1234-5679"))).reference

    assert first == later != other


def test_a_reference_of_ones_own_is_kept(case: Case) -> None:
    assert planned(case(("carrier:", "reference: UNI-0042\ncarrier:"))).reference == "UNI-0042"


def test_a_plan_is_frozen(case: Case) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        planned(case()).reference = "x"  # type: ignore[misc] # the very thing that must not work


def test_the_language_of_the_command_line_goes_before_the_cases_own(case: Case) -> None:
    assert planned(case(), language="en").language == "en"


def test_the_small_case_needs_no_language_where_the_command_line_gives_one(case: Case) -> None:
    assert planned(case(("language: zh-Hans", "")), language="en").language == "en"


def test_each_working_way_names_its_papers_also_where_another_is_taken(case: Case) -> None:
    found = planned(case(("cancellation: {channel: post}", "cancellation: {channel: online}")))
    matter = found.matters[0]
    papers = {way.key: [kind.name for kind in found.other_papers(way)] for way in matter.ways if way.works}

    assert matter.way is not None
    assert matter.way.key == "online"
    assert papers["shop"] == ["counter-card", "cancellation-request"]
    assert papers["online"] == ["online-worksheet"]
