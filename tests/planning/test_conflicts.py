"""What in a case does not go together is told at its place, with what to do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import table

from simforms.errors import CaseError
from simforms.knowledge.content import content
from simforms.planning.plan import Plan, plan
from simforms.texts import Section

TODAY = date(2026, 11, 20)


def _plan(carrier: str, today: date = TODAY, **given: Any) -> Plan:
    """Return the plan of these values, named with __ for a dot."""
    tree: dict[str, Any] = {"language": "en", "carrier": carrier}
    for name, value in given.items():
        *sections, last = name.split("__")
        entry = tree
        for section in sections:
            entry = entry.setdefault(section, {})
        entry[last] = value
    case = table.section(tree)
    assert isinstance(case, Section)
    return plan(content(), case, today, needs_papers=False)


PHONE, SHOP = ({"cancellation__channel": way} for way in ("phone", "shop"))

# what the case says, the field, what is told
CONFLICTS: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "au",
        {"person__phone": "090-1234-5678", "line__number": "09012345678"},
        "person.phone",
        "the contact number is the line you are cancelling",
    ),
    (
        "au",
        {"person__phone": "+81-90-1234-5678", "line__number": "09012345678"},
        "person.phone",
        "the contact number is the line you are cancelling",
    ),
    ("au", {"person__birth_date": "2009-11-21"}, "person.birth_date", "the person is under 18"),
    ("au", {"cancellation__date": "2036-12-20"}, "cancellation.date", "this date is far from today"),
    ("au", {"cancellation__date": "2026-11-19"}, "cancellation.date", "the cancellation date you want has already passed"),
    (
        "au",
        {"person__departure_date": "2026-11-19", "person__place": "japan"},
        "person.departure_date",
        "your departure date has already passed",
    ),
    (
        "au",
        {"person__departure_date": "2026-12-01", "cancellation__date": "2026-12-05"},
        "person.departure_date",
        "after you leave on",
    ),
    (
        "sakura-mobile",
        {"person__departure_date": "2026-11-28", "line__billing": "postpaid"},
        "person.departure_date",
        "after you leave on",
    ),
    ("au", {"line__document_date": "2026-11-21"}, "line.document_date", "this date is in the future"),
    (
        "au",
        {"line__contract_date": "2026-11-10", "line__document_date": "2026-11-09"},
        "line.document_date",
        "this date is before the contract date",
    ),
    (
        "au",
        {"line__contract_date": "2026-11-10", "line__start_date": "2026-11-09"},
        "line.start_date",
        "this date is before the contract date",
    ),
    (
        "au",
        {"line__start_date": "2026-07-01", "line__document_date": "2026-11-09"},
        "line.document_date",
        "it is long after the day on which the service began",
    ),
    (
        "b-mobile-visitor",
        {"line__start_date": "2026-11-10", "line__expiry_date": "2026-11-09"},
        "line.expiry_date",
        "the line would be cancelled before the service started",
    ),
    (
        "au",
        {"log": [{"date": "2026-11-10", "what": "applied"}, {"date": "2026-11-09", "what": "confirmed"}]},
        "log[2].date",
        "this answer is dated before the request it answers",
    ),
    ("au", {"log": [{"date": "2026-11-21", "what": "applied"}]}, "log[1].date", "this date is in the future"),
    (
        "au",
        {"log": [{"date": "2026-11-10", "what": "applied"}, {"date": "2026-11-11", "what": "moved"}]},
        "log",
        "both a number move and an application",
    ),
    (
        "au",
        {"refund__ground": "deposit", "refund__account__kind": "bank", "refund__account__closing_date": "2026-12-01"},
        "refund.account.closing_date",
        "account will be closed before",
    ),
    ("softbank", PHONE, "cancellation.channel", "you cannot cancel with this method"),
    ("rakuten-mobile", SHOP, "cancellation.channel", "you cannot cancel with this method"),
    ("docomo-prepaid", {}, "carrier", "this service has ended"),
]


@pytest.mark.parametrize(("carrier", "given", "name", "told"), CONFLICTS)
def test_what_does_not_go_together_is_told(carrier: str, given: dict[str, Any], name: str, told: str) -> None:
    found = [problem for problem in _plan(carrier, **given).conflicts if told in str(problem.what)]

    assert [problem.name for problem in found] == [name]
    assert str(found[0].suggestion)


@pytest.mark.parametrize(("birth", "minor"), [("2008-11-20", False), ("2008-11-21", True)])
def test_a_person_is_of_age_on_the_eighteenth_birthday(birth: str, minor: bool) -> None:
    told = [str(problem) for problem in _plan("au", person__birth_date=birth).conflicts]

    assert any("under 18" in line for line in told) == minor


def test_who_leaves_later_and_goes_to_a_shop_is_asked_for_a_day() -> None:
    found = _plan("softbank", person__departure_date="2027-03-20", **SHOP)
    online = _plan("rakuten-mobile", person__departure_date="2027-03-20")

    assert any("no cancellation date, so" in str(problem) for problem in found.conflicts)
    assert not any("no cancellation date, so" in str(problem) for problem in online.conflicts)


def test_a_case_about_money_is_told_nothing_about_the_end_of_the_line() -> None:
    found = _plan("softbank", person__phone="090-1234-5678", line__number="09012345678", refund__ground="double-billing")

    assert not found.conflicts
    assert [matter.name for matter in found.matters] == ["refund"]


@pytest.mark.parametrize("code", ["169-007", "SW1A 1AA", "90210", "169-00755"])
def test_a_postcode_of_another_form_is_refused_for_an_address_in_japan_only(code: str) -> None:
    with pytest.raises(CaseError, match="postal_code: a Japanese postcode has 7 digits"):
        _plan("softbank", person__postal_code=code, person__address="東京都新宿区高田馬場1-2-3")

    assert not _plan("softbank", person__postal_code=code, person__address="1 Example Street, London").conflicts


def test_a_quiet_case_has_no_conflicts() -> None:
    given = {"person__phone": "080-1111-2222", "line__number": "090-1234-5678", "person__birth_date": "1990-01-01"}

    assert not _plan("softbank", **given, **SHOP).conflicts


@pytest.mark.parametrize("spelling", ["+81-50-33{}-{}", "050-33{}-{}", "+81 (50) 33{} {}", "０５０－３３{}－{}", "+815033{}{}"])
@pytest.mark.parametrize("end", ["0000", "2222", "3333"])
def test_the_invented_numbers_are_known_in_any_spelling(spelling: str, end: str) -> None:
    with pytest.raises(CaseError, match="known to be wrong"):
        _plan("softbank", person__phone=spelling.format("76", end))


def test_a_number_like_them_is_not_accused() -> None:
    assert not _plan("softbank", person__phone="+81-50-3376-0001").conflicts


def test_a_paper_asked_for_by_name_that_does_not_fit_carries_its_note() -> None:
    case = table.section({"language": "en", "carrier": "softbank"})
    assert isinstance(case, Section)

    found = plan(content(), case, TODAY, wanted=["call-script", "online-worksheet", "data-erasure"], needs_papers=False)

    assert set(found.misfits) == {"call-script", "data-erasure"}
    assert "Its own method" in found.misfits["call-script"].text
    assert "does not ask" in found.misfits["data-erasure"].text
