"""Before the line ends, its number is taken out of every account: those first that need a code to it, and in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import TODAY

from simforms.cases.written_case import WrittenCase
from simforms.knowledge import carriers
from simforms.load import load
from simforms.planning.accounts import ACCOUNTS
from simforms.planning.matters import Matter
from simforms.planning.plan import Plan
from simforms.planning.plan_case import plan_case
from simforms.planning.views.screen import screen

Case = Callable[..., Path]


def _plan(path: Path, language: str = "en") -> Plan:
    case, problems = load(path)
    return plan_case(WrittenCase(case, problems), TODAY, language=language, needs_papers=False)


def _matter(plan: Plan) -> Matter:
    found = plan.matter(ACCOUNTS)
    assert found is not None
    return found


def _services(case: Case, typed: str, *more: tuple[str, str]) -> Path:
    return case(("card: esim}", f"card: esim, services: '{typed}'}}"), *more)


def test_what_may_need_a_code_to_the_old_number_comes_first_and_money_before_the_rest(case: Case) -> None:
    plan = _plan(_services(case, "LINE, Instagram, WhatsApp, 三井住友、PayPay"))

    assert list(dict.fromkeys(step.of for step in _matter(plan).steps)) == ["WhatsApp", "三井住友", "PayPay", "LINE", "Instagram"]


def test_each_step_is_a_sentence_of_the_record_with_its_page(case: Case) -> None:
    plan = _plan(_services(case, "LINE"))
    line = carriers.services()["line"]

    assert [step.fact for step in _matter(plan).steps] == [line.change, line.before, line.risk]


@pytest.mark.parametrize("name", ["みずほ銀行", "Mercari"])
def test_where_it_is_not_known_how_the_number_is_changed_that_is_said(case: Case, name: str) -> None:
    steps = _matter(_plan(_services(case, name))).steps

    assert steps[-1].of == name
    assert steps[-1].what.text.startswith("We do not know how to change its number")
    assert steps[-1].fact is None


def test_a_service_that_is_named_twice_appears_once(case: Case) -> None:
    steps = _matter(_plan(_services(case, "LINE, ライン; LINE"))).steps

    assert {step.of for step in steps} == {"LINE"}
    assert len(steps) == 3


def test_it_is_due_before_the_day_on_which_the_line_can_end(case: Case) -> None:
    plan = _plan(_services(case, "LINE"))
    end = plan.matter("end-line")

    assert end is not None
    assert end.moment is not None
    assert _matter(plan).day("accounts") == end.moment.day


def test_of_a_card_that_ends_by_itself_it_is_due_on_its_last_day(case: Case) -> None:
    card = ("{number: 090-1234-5678, card: esim", "{number: 090-1234-5678, expiry_date: 2026-12-05, card: esim")
    plan = _plan(_services(case, "LINE", ("carrier: softbank", "carrier: b-mobile-visitor"), card))

    assert _matter(plan).day("accounts") == date(2026, 12, 5)


def test_it_comes_beside_the_end_of_the_line_and_is_never_the_way_of_the_plan(case: Case) -> None:
    plan = _plan(_services(case, "LINE", ("cancellation: {channel: post}\n", "")))

    assert [matter.name for matter in plan.matters] == ["end-line", ACCOUNTS]
    assert plan.first is plan.matters[0]
    assert not _matter(plan).asking


@pytest.mark.parametrize("more", ["cancellation: {reason: other-carrier}", "line: {keep_number: keep}"])
def test_a_number_that_is_taken_along_stays_in_its_accounts(case: Case, more: str) -> None:
    kept = ("card: esim", "card: esim, keep_number: keep") if "keep" in more else ("{channel: post}", "{reason: other-carrier}")

    assert _plan(_services(case, "LINE", kept)).matter(ACCOUNTS) is None


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant", "ko", "vi", "ja-x-easy"])
def test_the_first_screen_names_them_in_their_order_and_the_day(case: Case, language: str) -> None:
    shown = list(screen(_plan(_services(case, "LINE, WhatsApp"), language)))

    assert any("WhatsApp · LINE" in line for line in shown)
    assert len(shown) <= 24
