"""The first screen of every carrier in every language: it fits a terminal, and in an emergency it begins with the call."""

from __future__ import annotations

from datetime import datetime

import pytest

from simforms.cases.written_case import WrittenCase
from simforms.clock import in_japan
from simforms.knowledge import carriers
from simforms.language.columns import display_width
from simforms.planning.plan import Plan
from simforms.planning.plan_case import plan_case
from simforms.planning.views.screen import COLUMNS, LINES, screen

LANGUAGES = ("en", "zh-Hans", "zh-Hant", "ko", "vi", "ja-x-easy")
NOW = datetime.fromisoformat("2026-12-01T10:00+09:00")
BASE = {"person.name": "WANG XIAOMING", "person.birth_date": "1999-04-01", "line.number": "090-1234-5678"}
LOST = {**BASE, "line.state": "lost"}
LONG = {
    **BASE,
    "line.services": "LINE, PayPay, 三井住友, WhatsApp, Mercari, Amazon, Google, Apple, モバイルSuica, ゆうちょ",
    "cancellation.reason": "leaving-japan",
    "person.departure_date": "2026-12-20",
    "refund.ground": "overpayment",
}


def _plan(carrier: str, values: dict[str, str], language: str) -> Plan:
    case = WrittenCase().overridden([("language", language), ("carrier", carrier), *values.items()])
    return plan_case(case, in_japan(NOW), needs_papers=False)


def _cases() -> list[str]:
    return [slug for slug, known in carriers.carriers().items() if known.status == "active"]


@pytest.mark.parametrize("slug", _cases())
@pytest.mark.parametrize("values", [LOST, LONG], ids=["lost", "long"])
def test_it_fits_a_terminal(slug: str, values: dict[str, str]) -> None:
    for language in LANGUAGES:
        shown = list(screen(_plan(slug, values, language)))

        assert len(shown) <= LINES, language
        assert max(map(display_width, shown)) <= COLUMNS, language


@pytest.mark.parametrize("slug", _cases())
@pytest.mark.parametrize("place", ["", "japan", "abroad"])
def test_of_a_lost_line_the_number_to_call_is_the_first_thing_or_it_is_said_not_to_be_known(slug: str, place: str) -> None:
    values = {**LOST, "person.place": place} if place else LOST
    plan = _plan(slug, values, "en")
    shown = list(screen(plan))
    matter = plan.matters[0]
    first = next(line for line in shown[2:] if line.startswith("  "))

    assert matter.name == "stop-line"
    assert first.startswith("  Call")
    assert len({desk.number or desk.dial for desk in matter.desks}) == len(matter.desks)
    assert (matter.desks[0].dial if matter.desks else "We do not know the number") in first
