"""The table: a person, a line and a moment in Japan a row; aims, ways, days, fees and papers are decided as expected."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
import table

from simforms import clock
from simforms.knowledge.content import content
from simforms.planning.plan import Plan, plan
from simforms.planning.views.details import details
from simforms.planning.views.plan_json import as_json
from simforms.planning.views.screen import COLUMNS, LINES, screen
from simforms.texts import Section

OTHERWISE = {
    "ahamo-price-is-no-ground": "own-form: the page also names devices that receive no SMS, so for others it is unknown, not no",
    "ahamo-friend-goes-holder-in-paris": "the same",
    "docomo-home-5g-no-booking": "phone: the page that says yes is the newer one, so sources disagree",
    "sakura-first-days-and-the-number": "no page that could be read names 1,100 yen more for the number",
    "sim-point-no-rule-read": "no page with a source was found: the company is not in the directory",
}
"""Rows of the table that a page shows wrong; each with what the page says."""
ROWS = [row for name in ("situations.yaml", "situations_own.yaml", "situations_advice.yaml") for row in table.rows(name)]


def _params(rows: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(row, id=row["id"]) for row in rows if row["id"] not in OTHERWISE]


def _plan(row: dict[str, Any]) -> Plan:
    case = table.section({"language": "en", **row["case"]})
    assert isinstance(case, Section)
    return plan(content(), case, clock.written(row["now"]), needs_papers=False)


def _plain(text: str) -> str:
    return re.sub(r"[\s-]", "", text)


@pytest.mark.parametrize("row", _params(ROWS))
def test_a_situation_is_decided_as_expected(row: dict[str, Any]) -> None:
    assert not table.differences(row)


@pytest.mark.parametrize("row", _params(ROWS))
def test_a_situation_gets_the_papers_and_the_words_it_needs(row: dict[str, Any]) -> None:
    found, expect = _plan(row), row["expect"]
    first = list(screen(found))
    text = "\n".join((*first, *details(found), as_json(found)))
    names = {kind.name for kind in found.documents}

    assert set(expect.get("papers", ())) <= names
    assert not names & set(expect.get("papers_not", ()))
    assert len(first) <= LINES
    assert all(len(line) <= COLUMNS for line in first)
    assert not [word for word in expect.get("screen", {}).get("shows", ()) if _plain(word) not in _plain("\n".join(first))]
    assert not [word for word in expect.get("shows", ()) if _plain(word) not in _plain(text)]
    assert not [word for word in expect.get("hides", ()) if any(_plain(word) in _plain(line) for line in text.splitlines())]


def test_few_rows_are_shown_wrong_and_each_exists() -> None:
    assert len(OTHERWISE) <= 5
    assert set(OTHERWISE) <= {row["id"] for row in ROWS}


def test_the_table_covers_what_it_must() -> None:
    own = table.rows("situations_own.yaml")

    assert len(table.rows("situations.yaml")) >= 197
    assert len(own) >= 60
    assert len(table.rows("situations_advice.yaml")) >= 60
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def _day(text: str) -> date:
    return datetime.strptime(text, "%d %B %Y").replace(tzinfo=clock.JAPAN).date()


@pytest.mark.parametrize("row", _params(ROWS))
def test_what_a_later_request_brings_is_told_of_a_request_after_the_last_day(row: dict[str, Any]) -> None:
    told = re.sub(r"\s+", " ", " ".join(screen(_plan(row))))

    for by, end in re.findall(r"the same if you apply by (\d+ \w+ \d+) later: cancelled on (\d+ \w+ \d+)", told):
        assert _day(end) > _day(by)
