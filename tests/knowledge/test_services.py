"""Services that are tied to a number: records like those of carriers, found by the names that people use."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from simforms import clock
from simforms.knowledge import carrier_checks, carriers
from simforms.knowledge.carrier import SERVICE_GROUPS

NAMES = {
    "LINE": "line", "ライン": "line", "line": "line", "微信": "wechat", "Apple ID": "apple-account", "ゆうちょ": "yucho",
    "メルカリ": "mercari", "Pay Pay": "paypay", "三井住友": "smbc", "카카오톡": "kakaotalk", "ＬＩＮＥ": "line", "Twitter": "x",
}  # fmt: skip


def test_there_are_at_least_twenty_and_each_says_something_that_may_be_printed() -> None:
    known = carriers.services()

    assert len(known) >= 20
    for service in known.values():
        assert any(fact.printable for _, fact in service.facts()), service.slug
        assert service.group in SERVICE_GROUPS


@pytest.mark.parametrize(("name", "slug"), NAMES.items())
def test_a_service_is_found_by_what_people_call_it(name: str, slug: str) -> None:
    found = carriers.service(name)

    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize("name", ["", "  ", "LI", "みずほ銀行", "LINEMO"])
def test_another_name_is_never_taken_for_one_that_is_near(name: str) -> None:
    assert carriers.service(name) is None


def test_no_two_records_have_one_slug_and_every_check_holds() -> None:
    assert len(carriers.records()) == len(carriers.carriers()) + len(carriers.desks()) + len(carriers.services())
    assert carrier_checks.all_findings(clock.in_japan(datetime.now(UTC)).day) == []


def test_a_code_to_the_old_number_is_disputed_only_where_a_page_says_otherwise() -> None:
    for service in carriers.services().values():
        if service.change and service.change.old_number == "unclear":
            assert service.change.doubt is not None, service.slug
