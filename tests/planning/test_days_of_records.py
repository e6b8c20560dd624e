"""Days that records type: another last day in February, a day of a later month, the age of the record itself."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import SMALL

from simforms.knowledge.carriers import carriers
from simforms.knowledge.content import content
from simforms.knowledge.fact_kinds import Effective
from simforms.load import load
from simforms.planning.days import Days
from simforms.planning.ends import end, last_request
from simforms.planning.plan import Plan, plan
from simforms.planning.views.details import details

RULE = Effective(rule="month-end", by="25", february="24")


def _plan(folder: Path, carrier: str, today: date, line: str = "number: 090-1234-5678, card: sim") -> Plan:
    text = SMALL.replace("zh-Hans", "en").replace("softbank", carrier).replace("number: 090-1234-5678, card: esim", line)
    (path := folder / "case.yaml").write_text(text.replace("{channel: post}", "{}"), encoding="utf-8")
    return plan(content(), load(path)[0], today, needs_papers=False)


@pytest.mark.parametrize(
    ("asked", "last", "ended"),
    [
        (date(2027, 2, 24), date(2027, 2, 24), date(2027, 2, 28)),
        (date(2027, 2, 25), date(2027, 2, 24), date(2027, 3, 31)),
        (date(2027, 3, 25), date(2027, 3, 25), date(2027, 3, 31)),
        (date(2027, 3, 26), date(2027, 3, 25), date(2027, 4, 30)),
    ],
)
def test_february_has_a_last_day_of_its_own_where_the_record_says_so(asked: date, last: date, ended: date) -> None:
    assert last_request(RULE, asked) == last
    assert end(RULE, asked, None, start=None, wish=None) == Days.on(ended)


@pytest.mark.parametrize(("today", "back"), [(date(2027, 1, 10), date(2027, 3, 25)), (date(2027, 1, 28), date(2027, 4, 25))])
def test_what_goes_back_by_a_day_of_a_later_month_has_that_day_in_the_plan(tmp_path: Path, today: date, back: date) -> None:
    found = _plan(tmp_path, "tone-mobile", today)

    assert [one.day for matter in found.matters for one in matter.days if one.id == "item-back"] == [back]


@pytest.mark.parametrize(("days", "old"), [(180, False), (181, True)])
def test_a_plan_says_that_what_is_known_of_its_carrier_is_old(tmp_path: Path, days: int, old: bool) -> None:
    day = carriers()["softbank"].looked_up
    assert day

    told = "\n".join(details(_plan(tmp_path, "softbank", day + timedelta(days=days))))

    assert ("was last checked on" in told) == old
