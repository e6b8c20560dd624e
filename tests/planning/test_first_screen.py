"""The first screen of every carrier in every language: it fits a terminal, and in an emergency it begins with the call."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from simforms.cases.written_case import WrittenCase
from simforms.clock import in_japan
from simforms.knowledge import carriers
from simforms.language.columns import display_width
from simforms.planning.desks import spoken
from simforms.planning.plan import Plan
from simforms.planning.plan_case import plan_case
from simforms.planning.views.phrases import Phrases
from simforms.planning.views.screen import (
    ASK,
    BY,
    CALL,
    COLUMNS,
    COSTS,
    DOUBT,
    ELSE,
    HAVE,
    LINES,
    ORDER,
    PAGE,
    UNKNOWN,
    WHERE,
    screen,
)

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


FULL = {
    **BASE,
    "line.use": "voice",
    "line.billing": "postpaid",
    "cancellation.reason": "price",
    "final_bill.address": "ソウル",
    "refund.ground": "deposit",
    "erasure.action": "erase",
}


def _rows(plan: Plan) -> list[tuple[str, str]]:
    """Return the rows of the first matter's block as label and text, lines joined."""
    lines = list(screen(plan))
    start = next(number for number, line in enumerate(lines) if line.startswith("1 "))
    block = lines[start : lines.index("", start)]
    labels = {Phrases(plan)(label) for label in (CALL, WHERE, PAGE, ASK, BY, HAVE, COSTS, DOUBT, ELSE, ORDER)}
    rows: list[tuple[str, str]] = []
    for line in (line for line in block if line.startswith("  ")):
        label = next((label for label in labels if line.startswith(f"  {label}  ")), "")
        if label:
            rows.append((label, line.removeprefix(f"  {label}").strip()))
        elif rows:
            rows[-1] = (rows[-1][0], rows[-1][1] + line.strip())
    return rows


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("slug", sorted(carriers.carriers()))
@pytest.mark.parametrize("place", ["", "japan", "abroad"])
def test_of_a_lost_line_the_number_to_call_is_the_first_thing_or_it_is_said_not_to_be_known(slug: str, place: str) -> None:
    values = {**LOST, "person.place": place} if place else LOST
    for language in LANGUAGES:
        plan = _plan(slug, values, language)
        words = Phrases(plan)
        matter = plan.matters[0]
        desks = spoken(matter.desks, language)
        label, text = _rows(plan)[0]

        assert matter.name == "stop-line", language
        assert label == words(CALL), language
        assert len({desk.number or desk.dial for desk in matter.desks}) == len(matter.desks)
        assert text.startswith(desks[0].dial if desks else words(UNKNOWN)[:10]), language
        assert desks or not plan.carrier.domains or any(label == words(PAGE) for label, _ in _rows(plan)), language


@pytest.mark.parametrize("slug", sorted(carriers.carriers()))
def test_the_way_taken_comes_with_its_page_its_doubt_and_its_cost(slug: str) -> None:
    for language in LANGUAGES:
        plan = _plan(slug, FULL, language)
        words, matter, rows = Phrases(plan), plan.matters[0], dict(_rows(plan))
        if not matter.open or matter.name != "end-line":
            continue
        way = matter.way
        if way and way.fact and way.fact.url:
            assert _plain(rows[words(WHERE)]) == way.fact.url, language
        if way and way.fact and way.fact.doubt and way.fact.doubt.text:
            assert _plain(rows[words(DOUBT)])[:20] in _plain(words.against(way.fact)), language
        assert (words(COSTS) in rows) == any(words.costs(matter)), language
        assert words(BY) in rows, language
