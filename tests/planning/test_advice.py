"""What really works, by situation: the way, the papers, the days and the warnings, each row a person on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from simforms.errors import CaseError, Place
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.carriers import carriers
from simforms.knowledge.content import content
from simforms.knowledge.evidence import Page
from simforms.knowledge.fact_kinds import Effective, FirstDays, Way
from simforms.language.catalogs import languages
from simforms.planning.advice import Advice
from simforms.planning.export import as_calendar, as_json
from simforms.planning.plan import Plan, plan
from simforms.planning.summary import lines
from simforms.texts import Section, Text

TODAY = date(2026, 11, 20)


def _case(carrier: str, **given: str) -> Section:
    """Return a case of these values, named with __ for a dot."""
    place = Place("case.yaml", 1)
    tree: dict[str, Any] = {"language": "en", "carrier": carrier}
    for name, value in given.items():
        *sections, last = name.split("__")
        entry = tree
        for section in sections:
            entry = entry.setdefault(section, {})
        entry[last] = value
    return _section(tree, place)


def _section(tree: dict[str, Any], place: Place) -> Section:
    entries = {name: _section(value, place) if isinstance(value, dict) else Text(value, place) for name, value in tree.items()}
    return Section(entries, dict.fromkeys(tree, place), place)


def _plan(carrier: str, today: date = TODAY, language: str = "", **given: str) -> Plan:
    return plan(content(), _case(carrier, **given), today, language=language, needs_papers=False)


def _days(advice: Advice) -> dict[str, date]:
    return {one.id: one.day for one in advice.deadlines}


JAPAN, ABROAD = {"person__place": "japan"}, {"person__place": "abroad"}
LEAVING = {"cancellation__reason": "leaving-japan"}
SHOP, PHONE, ONLINE, POST = ({"cancellation__channel": way} for way in ("shop", "phone", "online", "post"))
PREPAID = {"line__billing": "prepaid"}
LOST = {"line__state": "lost"}
FAMILY = {"cancellation__visitor": "family"}
RESELLER = {"line__contract": "reseller"}
REFUND = {"refund__ground": "double-billing", "refund__account__kind": "bank"}

# carrier, what the case says, the way, the papers
WAYS: list[tuple[str, dict[str, str], str | None, list[str]]] = [
    ("softbank", {}, "online", ["online-worksheet"]),
    ("softbank", SHOP, "shop", ["counter-card", "cancellation-request"]),
    ("softbank", PHONE, "online", ["online-worksheet"]),  # a call alone ends nothing
    ("softbank", ONLINE, "online", ["online-worksheet"]),
    ("softbank", ABROAD, "online", ["online-worksheet"]),
    ("softbank", ABROAD | SHOP, "online", ["online-worksheet"]),
    ("softbank", FAMILY, "shop", ["counter-card", "proxy", "cancellation-request"]),
    ("softbank", FAMILY | ABROAD, "post", ["proxy", "cancellation-request"]),  # nothing known works: what is not known may
    ("softbank", RESELLER, "reseller", []),
    ("softbank", REFUND, None, ["refund-request"]),
    ("softbank", REFUND | SHOP, "shop", ["counter-card", "cancellation-request", "refund-request"]),
    ("softbank", PREPAID, None, []),
    ("softbank", PREPAID | REFUND, None, ["refund-request"]),
    ("softbank", LOST | SHOP, "shop", ["stop-line", "counter-card", "cancellation-request"]),
    ("ntt-docomo", {}, "online", ["online-worksheet"]),
    ("ntt-docomo", SHOP, "shop", ["counter-card", "cancellation-request"]),
    ("ntt-docomo", PHONE, "online", ["online-worksheet"]),
    ("ntt-docomo", ABROAD, "online", ["online-worksheet"]),
    ("ntt-docomo", FAMILY, "shop", ["counter-card", "proxy", "cancellation-request"]),
    ("ntt-docomo", REFUND, None, ["refund-request"]),
    ("ahamo", {}, "online", ["online-worksheet"]),
    ("ahamo", SHOP, "online", ["online-worksheet"]),
    ("ahamo", PHONE, "online", ["online-worksheet"]),
    ("ahamo", LOST, "post", ["stop-line"]),  # SIM gone: its own form, by post; ours does not replace it
    ("au", {}, "online", ["online-worksheet"]),
    ("au", SHOP, "shop", ["counter-card", "cancellation-request"]),
    ("au", PHONE, "phone", ["call-script", "call-log"]),  # not known: ask first
    ("au", PHONE | ABROAD, "phone", ["call-script", "call-log"]),
    ("au", FAMILY, "shop", ["counter-card", "proxy", "cancellation-request"]),
    ("uq-mobile", {}, "online", ["online-worksheet"]),
    ("povo2", {}, "online", ["online-worksheet"]),
    ("povo2", SHOP, "online", ["online-worksheet"]),
    ("povo2", PREPAID, "online", ["online-worksheet"]),
    ("ymobile", SHOP, "shop", ["counter-card", "cancellation-request"]),
    ("ymobile", POST, "post", []),
    ("linemo", {}, "online", ["online-worksheet"]),
    ("rakuten-mobile", {}, "online", ["online-worksheet", "sim-return"]),
    ("rakuten-mobile", SHOP, "online", ["online-worksheet", "sim-return"]),
    ("rakuten-mobile", POST, "online", ["online-worksheet", "sim-return"]),
    ("rakuten-mobile", FAMILY, "chat", ["online-worksheet", "proxy", "message", "sim-return"]),
    ("iijmio", {}, "online", ["online-worksheet", "sim-return"]),
    ("mineo", {}, "online", ["online-worksheet", "sim-return"]),
    ("b-mobile", {}, "online", ["online-worksheet"]),
    ("mobal", {}, "online", ["online-worksheet"]),
    ("sakura-mobile", {}, "online", ["online-worksheet"]),
    ("his-mobile", {}, "online", ["online-worksheet"]),
    ("nuro-mobile", {}, "online", ["online-worksheet", "sim-return"]),
    ("softbank-prepaid", {}, None, []),
    ("b-mobile-visitor", {}, None, []),
    ("japan-travel-sim", {}, None, []),
    ("docomo-prepaid", {}, None, []),
    ("au-prepaid", {}, None, []),
    ("laox", {}, "reseller", []),
    ("ヒマワリモバイル", {}, "online", ["counter-card", "online-worksheet", "cancellation-request", "call-script", "call-log"]),
    ("ヒマワリモバイル", SHOP, "shop", ["counter-card", "cancellation-request"]),
    ("ヒマワリモバイル", PHONE, "phone", ["call-script", "call-log"]),
    ("ヒマワリモバイル", PREPAID, None, []),
    ("ヒマワリモバイル", REFUND, None, ["refund-request"]),
]


@pytest.mark.parametrize(
    ("carrier", "given", "way", "papers"), WAYS, ids=[f"{row[0]}-{'-'.join(row[1].values())}" for row in WAYS]
)
def test_the_way_and_its_papers(carrier: str, given: dict[str, str], way: str | None, papers: list[str]) -> None:
    found = _plan(carrier, **given)

    assert (found.advice.way.channel if found.advice.way else None) == way
    assert [kind.name for kind in found.documents] == papers


def test_ways_that_work_stand_first_and_each_says_why() -> None:
    found = _plan("softbank").advice.routes

    assert [way.works for way in found] == sorted((way.works for way in found), key=["yes", "unknown", "no"].index)
    assert all(way.why for way in found)


def _carrier(**more: Any) -> Carrier:
    return Carrier(slug="x", names={"ja": "テスト"}, **more)


def _fact(kind: type, **more: Any) -> Any:
    return kind(pages=(Page("https://example.com/", whose="own"),), **more)


BY_25 = _fact(Effective, rule="month-end", by="25")

# today, by the 25th: the day to apply by, the end
MONTH_ENDS = [
    (date(2026, 11, 1), date(2026, 11, 25), date(2026, 11, 30)),
    (date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 30)),
    (date(2026, 11, 25), date(2026, 11, 25), date(2026, 11, 30)),
    (date(2026, 11, 26), date(2026, 12, 25), date(2026, 12, 31)),
    (date(2026, 12, 25), date(2026, 12, 25), date(2026, 12, 31)),
    (date(2026, 12, 31), date(2027, 1, 25), date(2027, 1, 31)),
    (date(2027, 1, 31), date(2027, 2, 25), date(2027, 2, 28)),
    (date(2028, 1, 31), date(2028, 2, 25), date(2028, 2, 29)),
    (date(2028, 2, 29), date(2028, 3, 25), date(2028, 3, 31)),
]


@pytest.mark.parametrize(("today", "by", "end"), MONTH_ENDS, ids=str)
def test_by_the_25th_ends_with_the_month_later_a_month_more(
    today: date, by: date, end: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simforms.knowledge.carriers.find", lambda _: _carrier(ends=(BY_25,)))

    found = _days(_plan("x", today).advice)

    assert (found["request-by"], found["end"]) == (by, end)


# today, months later, the first bank day on or after it
ACCOUNTS = [
    (date(2026, 10, 31), date(2027, 1, 4)),  # 31 December to 3 January the banks rest
    (date(2026, 11, 1), date(2027, 1, 4)),
    (date(2026, 10, 28), date(2026, 12, 28)),
    (date(2026, 10, 30), date(2026, 12, 30)),
    (date(2026, 12, 31), date(2027, 3, 1)),  # 28 February 2027 is a Sunday
    (date(2027, 12, 31), date(2028, 2, 29)),
]


@pytest.mark.parametrize(("today", "account"), ACCOUNTS, ids=str)
def test_the_bank_account_stays_open_for_two_months_until_a_bank_day(today: date, account: date) -> None:
    assert _days(_plan("softbank", today).advice)["account"] == account


# departure, the last business day before it
DEPARTURES = [
    (date(2026, 11, 25), date(2026, 11, 24)),
    (date(2026, 11, 24), date(2026, 11, 20)),  # Monday the 23rd is a holiday
    (date(2027, 1, 4), date(2026, 12, 31)),  # shops go by public holidays: 1 January, then the weekend
    (date(2027, 3, 1), date(2027, 2, 26)),
]


@pytest.mark.parametrize(("departure", "last"), DEPARTURES, ids=str)
def test_the_last_visit_is_a_business_day_before_departure(departure: date, last: date) -> None:
    assert _days(_plan("softbank", person__departure_date=departure.isoformat()).advice)["last-visit"] == last


# how the brand counts, start, papers, how they came, the last day
EIGHT_DAYS = [
    (
        "start",
        "2027-01-02",
        "2027-01-05",
        "paper",
        date(2027, 1, 9),
    ),  # the operator's own example: start 2 January, last day 9 January
    ("later", "2027-01-02", "2027-01-05", "paper", date(2027, 1, 12)),
    ("later", "2027-01-05", "2027-01-02", "paper", date(2027, 1, 12)),
    ("later", "2027-01-02", "2027-01-05", "electronic", date(2027, 1, 9)),  # an electronic notice: the start alone
    ("notice", "2027-01-02", "2027-01-05", "electronic", date(2027, 1, 12)),
    ("contract", "2027-01-02", "2027-01-05", "paper", date(2027, 1, 9)),
    ("unknown", "2027-01-02", "2027-01-05", "paper", date(2027, 1, 9)),  # not known: the earlier day
    ("unknown", "2028-02-22", "2028-02-23", "paper", date(2028, 2, 29)),
]


@pytest.mark.parametrize(("counts", "start", "papers", "notice", "last"), EIGHT_DAYS)
def test_the_eight_days_are_counted_as_the_brand_counts(
    counts: str, start: str, papers: str, notice: str, last: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = _fact(FirstDays, regime="free", counts={} if counts == "unknown" else {"paper": counts})
    monkeypatch.setattr("simforms.knowledge.carriers.find", lambda _: _carrier(first_days=right))

    found = _plan("x", date.fromisoformat(start), line__start_date=start, line__document_date=papers, line__notice=notice)

    assert _days(found.advice)["eight-days"] == last


@pytest.mark.parametrize("regime", ["outside", "unknown"])
def test_no_eight_days_are_promised_where_the_brand_gives_none(regime: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "simforms.knowledge.carriers.find",
        lambda _: _carrier(first_days=_fact(FirstDays, regime=regime, counts={"paper": "start"})),
    )

    assert "eight-days" not in _days(_plan("x", line__start_date="2026-11-19").advice)


def test_the_eight_days_are_over_when_they_are_over() -> None:
    assert "eight-days" in _days(_plan("au", date(2026, 11, 20), line__start_date="2026-11-13").advice)
    assert "eight-days" not in _days(_plan("au", date(2026, 11, 21), line__start_date="2026-11-13").advice)


def test_a_prepaid_line_says_when_it_ends_by_itself() -> None:
    found = _plan("b-mobile-visitor", line__expiry_date="2026-12-05").advice

    assert found.ends_by_itself
    assert _days(found)["expiry"] == date(2026, 12, 5)
    assert "Nothing to do: the line ends by itself." in [str(step.what) for step in found.steps]


# what the case says, what is told
CONFLICTS: list[tuple[str, dict[str, str], str]] = [
    ("au", {"person__phone": "090-1234-5678", "line__number": "09012345678"}, "the contact number is the line that ends"),
    ("au", {"person__birth_date": "2009-11-21"}, "the person is under 18"),
    ("au", {"person__phone": "+81-90-1234-5678", "line__number": "09012345678"}, "the contact number is the line that ends"),
    ("au", {"cancellation__date": "2036-12-20"}, "the day is far from today"),
    ("au", {"cancellation__date": "2026-11-19"}, "the wished day is past"),
    ("au", {"person__departure_date": "2026-12-01", "cancellation__date": "2026-12-05"}, "after you leave on"),
    ("sakura-mobile", {"person__departure_date": "2026-11-28"}, "after you leave on"),
    (
        "au",
        {"refund__ground": "deposit", "refund__account__kind": "bank", "refund__account__closing_date": "2026-12-01"},
        "account closes before",
    ),
    ("softbank", PHONE, "this way does not end the line"),
    ("rakuten-mobile", SHOP, "this way does not end the line"),
    ("softbank", RESELLER, "the contract is with a seller"),
    ("laox", {}, "the contract is with a seller"),
    ("docomo-prepaid", {}, "this service has ended"),
]


@pytest.mark.parametrize(("carrier", "given", "told"), CONFLICTS)
def test_what_does_not_go_together_is_told(carrier: str, given: dict[str, str], told: str) -> None:
    assert any(told in str(problem) for problem in _plan(carrier, **given).advice.conflicts)


@pytest.mark.parametrize(("birth", "minor"), [("2008-11-20", False), ("2008-11-21", True)])
def test_a_person_is_of_age_on_the_eighteenth_birthday(birth: str, minor: bool) -> None:
    told = [str(problem) for problem in _plan("au", person__birth_date=birth).advice.conflicts]

    assert any("under 18" in line for line in told) == minor


def test_who_leaves_later_applies_on_the_last_business_day_before() -> None:
    found = _plan("softbank", person__departure_date="2027-03-20", **SHOP).advice

    assert _days(found)["end"] == date(2027, 3, 19)
    assert _days(found)["account"] == date(2027, 5, 19)
    assert any("no desired date is given" in str(problem) for problem in found.conflicts)


def test_no_paper_no_word_about_its_day_and_no_shop_no_last_visit() -> None:
    found = _plan("rakuten-mobile", person__departure_date="2027-03-20").advice

    assert not any("no desired date is given" in str(problem) for problem in found.conflicts)
    assert "last-visit" not in _days(found)
    assert "last-visit" in _days(_plan("softbank", person__departure_date="2027-03-20").advice)


@pytest.mark.parametrize(("visitor", "warned"), [("family", False), ("other", True)])
def test_who_sends_a_friend_where_only_family_is_known_to_be_taken_is_told(visitor: str, warned: bool) -> None:
    found = _plan("ymobile", cancellation__visitor=visitor, **LEAVING).advice

    assert any("family members only" in str(problem) for problem in found.conflicts) == warned


def test_a_lost_phone_abroad_is_given_numbers_that_can_be_called_from_there() -> None:
    desks = _plan("softbank", **LOST, **ABROAD).advice.desks

    assert [desk.dial for desk in desks] == ["+81-92-687-0025"]


def test_a_case_that_only_asks_for_money_gets_no_plan_to_end_the_line() -> None:
    found = _plan("softbank", **REFUND).advice

    assert not found.routes
    assert {one.id for one in found.deadlines} == set()


def test_within_the_eight_days_their_own_way_is_no_conflict() -> None:
    inside = _plan("rakuten-mobile", line__start_date="2026-11-16", **POST).advice
    later = _plan("rakuten-mobile", line__start_date="2026-10-16", **POST).advice

    assert not any("this way does not end the line" in str(problem) for problem in inside.conflicts)
    assert any("8-day exit instead" in str(step.what) for step in inside.steps)
    assert any("this way does not end the line" in str(problem) for problem in later.conflicts)


def test_a_data_line_has_no_eight_days_where_only_voice_lines_have() -> None:
    assert "eight-days" in _days(_plan("mineo", line__start_date="2026-11-16", line__use="voice").advice)
    assert "eight-days" not in _days(_plan("mineo", line__start_date="2026-11-16", line__use="data").advice)


def test_a_prepaid_line_whose_end_nobody_described_is_not_promised_to_end() -> None:
    told = [str(step.what) for step in _plan("ヒマワリモバイル", **PREPAID).advice.steps]

    assert "Nothing to do: the line ends by itself." not in told
    assert any("normally ends by itself" in line for line in told)


def test_a_quiet_case_has_no_conflicts() -> None:
    given = {"person__phone": "080-1111-2222", "line__number": "090-1234-5678", "person__birth_date": "1990-01-01"}

    assert not _plan("softbank", **given, **SHOP).advice.conflicts


@pytest.mark.parametrize("spelling", ["+81-50-33{}-{}", "050-33{}-{}", "+81 (50) 33{} {}", "０５０－３３{}－{}", "+815033{}{}"])
@pytest.mark.parametrize("end", ["0000", "2222", "3333"])
def test_the_invented_numbers_are_refused_in_any_spelling(spelling: str, end: str) -> None:
    with pytest.raises(CaseError) as caught:
        _plan("softbank", person__phone=spelling.format("76", end))

    assert "known to be wrong" in str(caught.value)
    assert "nothing has to be corrected" not in str(caught.value)


def test_an_invented_number_in_a_text_is_told_and_the_text_is_kept() -> None:
    found = _plan("softbank", line__plan="S, 050-33{}-0000".format("76"))

    assert any("known to be wrong" in str(problem) for problem in found.advice.conflicts)


def test_a_number_like_them_is_not_accused() -> None:
    assert not _plan("softbank", person__phone="+81-50-3376-0001").advice.conflicts


def test_a_way_that_needs_the_line_is_closed_when_the_phone_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = _fact(Way, available="yes", needs=("line",), text="Over the line.")
    monkeypatch.setattr("simforms.knowledge.carriers.find", lambda _: _carrier(ways={"end-line": {"online": (channel,)}}))

    [online] = [way for way in _plan("x", **LOST).advice.routes if way.channel == "online"]

    assert online.works == "no"
    assert "It needs the line itself, which is lost." in map(str, online.why)


@pytest.mark.parametrize("slug", sorted(carriers()))
@pytest.mark.parametrize("billing", ["postpaid", "prepaid"])
@pytest.mark.parametrize("place", ["japan", "abroad"])
def test_every_carrier_plans_in_every_language(slug: str, billing: str, place: str) -> None:
    for language in languages(content()):
        found = _plan(
            slug, language=language, line__billing=billing, person__place=place, line__state="lost", line__start_date="2026-11-18"
        )
        never = [fact.text for _, fact in carriers()[slug].facts() if not fact.printable and fact.text]

        text = "\n".join(lines(found))

        assert text
        assert as_json(found)
        assert not [one for one in never if one in text]


def test_a_plan_is_pure() -> None:
    assert as_json(_plan("au", **LEAVING)) == as_json(_plan("au", **LEAVING))
    assert as_calendar(_plan("au", **LEAVING)) == as_calendar(_plan("au", **LEAVING))
