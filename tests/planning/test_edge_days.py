"""Whatever day a case says, a plan is made or the day is refused: no day that is worked out from it lies beyond all days."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import SMALL, TODAY

from simforms.cases.check import check
from simforms.errors import CaseError
from simforms.fields.day import FIRST_YEAR, LAST_YEAR
from simforms.knowledge.carriers import carriers
from simforms.knowledge.content import content
from simforms.knowledge.vocabulary import vocabulary
from simforms.load import load
from simforms.planning.plan import plan
from simforms.planning.views import calendar_file, details, plan_json, plan_json_1, screen
from simforms.texts import Section, Text

DAYS = [name for name in vocabulary(content()) if vocabulary(content())[name].type == "day"]
EDGES = [date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)]
BEYOND = [date.min, EDGES[0] - timedelta(days=1), EDGES[1] + timedelta(days=1), date(9999, 12, 30), date.max]


def _with(case: Section, name: str, day: date) -> Section:
    """Return a case with a day in a field, which may be one of a list."""
    first, _, rest = name.partition(".")
    if not rest:
        return dataclasses.replace(case, entries={**case.entries, name: Text(day.isoformat(), case.location)})
    listed = first.endswith("[]")
    first = first.removesuffix("[]")
    old = case.entries.get(first)
    inner = old if isinstance(old, Section) and not listed else Section({}, {}, case.location)
    made: Section = _with(inner, rest, day)
    made = Section({"1": made}, {"1": case.location}, case.location, listed=True) if listed else made
    return dataclasses.replace(case, entries={**case.entries, first: made}, locations={**case.locations, first: case.location})


@pytest.fixture
def small(tmp_path: Path) -> Section:
    (path := tmp_path / "case.yaml").write_text(SMALL, encoding="utf-8")
    return load(path)[0]


@pytest.mark.one_in(5)
@pytest.mark.parametrize("day", EDGES, ids=str)
@pytest.mark.parametrize("carrier", sorted(carriers()))
def test_a_plan_is_made_with_the_first_and_the_last_day_in_every_field(carrier: str, day: date, small: Section) -> None:
    case = dataclasses.replace(small, entries={**small.entries, "carrier": Text(carrier, small.location)})
    for names in ([name] for name in DAYS), [DAYS]:
        for some in names:
            dated = case
            for name in some:
                dated = _with(dated, name, day)
            try:
                found = plan(content(), dated, TODAY, needs_papers=False)
            except CaseError:
                continue
            assert screen.screen(found)
            assert details.details(found)
            assert plan_json.as_json(found)
            assert plan_json_1.as_json_1(found)
            assert calendar_file.as_calendar(found)


@pytest.mark.parametrize("day", BEYOND, ids=str)
@pytest.mark.parametrize("name", DAYS)
def test_a_day_beyond_them_is_the_problem_of_its_field(name: str, day: date, small: Section) -> None:
    _, problems = check(_with(small, name, day), vocabulary(content()))

    assert [str(problem.what) for problem in problems if problem.severity == "error"] == ["the year is not between 1800 and 2100"]
