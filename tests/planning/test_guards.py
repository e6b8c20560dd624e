"""Each rule of the model is guarded: where it is taken away, the table notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import table

from simforms.planning import aims, deadlines, ends, first_days, matters, moments, situation, terms, ways
from simforms.planning.days import Days, month_end

ROWS = {row["id"]: row for name in ("situations.yaml", "situations_own.yaml") for row in table.rows(name)}
Change = Callable[[pytest.MonkeyPatch], None]


def _instead(module: Any, name: str, made: Any) -> Change:
    return lambda patch: patch.setattr(module, name, made)


_end, _window, _actor = ends.end, first_days.window, ways._actor
_AIMS = aims.aims()
_MOVE = _AIMS["move-number"]

GUARDED: list[tuple[str, Change, list[str]]] = [
    ("no cut-off and no hours", _instead(moments, "handled", lambda _, day, __: Days.on(day)), ["ymobile-flatmate-would-go"]),
    (
        "no next business day",
        _instead(ends, "business_days_later", lambda day, count: day + timedelta(days=count)),
        ["docomo-friday-before-a-month-that-ends-on-sunday"],
    ),
    (
        "nothing slips",
        _instead(moments, "end", lambda rule, day, hour, **more: (one := _end(rule, day, hour, **more)) and Days.on(one.first)),
        ["docomo-leaves-early-next-month", "docomo-wishes-the-last-of-the-month"],
    ),
    (
        "no day of the month by which",
        _instead(ends, "last_request", lambda _, day: month_end(day)),
        ["sakura-the-26th-has-begun-in-japan"],
    ),
    (
        "everything is paid by the month",
        _instead(ends, "closing_day", lambda day, _: month_end(day)),
        ["softbank-closes-on-the-20th-half-past-eight"],
    ),
    (
        "an agent may always",
        _instead(ways, "_actor", lambda *_: iter(())),
        ["ymobile-flatmate-would-go", "uq-mother-goes-holder-in-lima"],
    ),
    (
        "who may walk a way is not read",
        _instead(ways, "_actor", lambda aim, by, way, case: _actor(aim, by, way and replace(way, by=()), case)),
        ["docomo-lost-family-acts", "aeon-a-sister-wants-to-call"],
    ),
    (
        "a holder who has died logs in",
        _instead(situation.Situation, "holder_died", False),
        ["rakuten-heir", "ahamo-heir"],
    ),
    (
        "a number is kept only by those who change the company",
        _instead(
            aims, "aims", lambda: {**_AIMS, "move-number": replace(_MOVE, asked={"cancellation.reason": ("other-carrier",)})}
        ),
        ["keeps-number-and-leaves-japan", "keeps-number-says-nothing-else"],
    ),
    (
        "days that the case does not give are taken for known",
        _instead(first_days, "_not_given", lambda _: ()),
        ["gtn-unknown-dates", "uq-signal-the-day-of-the-contract-is-not-given"],
    ),
    (
        "a sentence about a fee is a fee",
        _instead(ends, "_early", lambda fee: bool(fee.since or fee.until)),
        ["rakuten-fee-two-more-days"],
    ),
    ("a counter works from abroad", _instead(ways, "_place", lambda *_: iter(())), ["docomo-nobody-goes-holder-in-manila"]),
    ("whom a fact is about does not matter", _instead(ways.scopes, "met", lambda *_: True), ["sakura-travel-esim"]),
    ("the seller does not matter", _instead(ways, "_counterparty", lambda *_: iter(())), ["softbank-sim-through-a-school"]),
    ("windows never close", _instead(terms, "term_end", lambda *_: None), ["saily-installed-and-in-time"]),
    (
        "the 8 days are never over and never refused",
        _instead(matters, "_exit_state", lambda _: ("open", None)),
        ["softbank-two-days-too-late", "au-cheaper-offer-is-no-ground"],
    ),
    (
        "the earlier day is told as certain",
        _instead(first_days, "window", lambda case: (found := _window(case)) and Days.on(found.first)),
        ["softbank-dead-spot-at-work-electronic-notice"],
    ),
    (
        "the log is not read",
        _instead(matters, "wanted", lambda _: tuple(aim for aim in matters.aims().values() if aim.default)),
        ["sakura-applied-on-the-24th"],
    ),
    ("nothing ends by itself", _instead(matters, "ends_by_itself", lambda _: False), ["ubigi-plan-of-january"]),
    (
        "any prepaid line ends by itself",
        _instead(matters, "ends_by_itself", lambda case: case.given("line.billing") == "prepaid"),
        ["airalo-forgotten-plan"],
    ),
    ("fees are not looked at", _instead(moments, "fees", lambda *_: ()), ["au-two-days-before-the-first-year-is-over"]),
    (
        "always today",
        _instead(matters, "proposed", lambda found, *_: found[0]),
        ["mineo-by-the-day-keeps-the-line-until-the-flight"],
    ),
    (
        "always the day before the flight",
        _instead(moments, "_cheaper", lambda *_: False),
        ["au-two-days-before-the-first-year-is-over"],
    ),
    ("late bills are not known", _instead(deadlines, "late_bills", lambda _: None), ["sunrise-bills-three-months-later"]),
    (
        "the billing month of the customer is not known",
        _instead(matters, "billing", lambda _: None),
        ["softbank-closes-on-the-10th-flies-on-the-9th"],
    ),
]


@pytest.mark.parametrize(("rule", "change", "rows"), GUARDED, ids=lambda one: one if isinstance(one, str) else "")
def test_a_rule_that_is_taken_away_is_missed(rule: str, change: Change, rows: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert not [row for row in rows if table.differences(ROWS[row])], rule
    change(monkeypatch)

    assert all(_noticed(ROWS[row]) for row in rows), rule


def _noticed(row: dict[str, Any]) -> bool:
    try:
        return bool(table.differences(row))
    except (AttributeError, TypeError):
        return True
