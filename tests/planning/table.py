"""The table of situations: cases with a moment in Japan, and what a plan must decide (tests/planning/*.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from simforms import clock
from simforms.cases.check import check
from simforms.errors import Location
from simforms.knowledge import carriers
from simforms.knowledge.content import content
from simforms.knowledge.vocabulary import vocabulary
from simforms.planning.matters import Matter, matters
from simforms.planning.situation import Situation
from simforms.texts import Section, Text

HERE = Path(__file__).parent
WORDS = {"yes": "works", "no": "not", "unclear": "unclear", "unknown": "unknown"}
"""The verdicts as the table calls them."""
DAYS = {
    "eight_days_last": "eight-days", "eight_days_safe": "eight-days-safe", "eight_days_perhaps": "eight-days-perhaps",
    "signal_support_by": "signal-support", "post_counter_by": "post-counter", "apply_by": "apply-by",
    "end_if_later": "end-if-later", "fee_free_from": "fee-free", "expiry": "expiry", "account_until": "account",
    "item_back_by": "item-back", "records_until": "records", "start_by": "start", "money_by": "money",
    "desk_opens": "desk-opens", "follow_up_due": "follow-up", "second_request_due": "second-request",
    "complaint_due": "complaint",
}  # fmt: skip
"""The days as the plan calls them."""


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(YAML(typ="safe", pure=True).load((HERE / name).read_text(encoding="utf-8"))["situations"])


PLACE = Location("case")


def section(value: Any) -> Section | Text:
    """Return a case of the table as a file would hold it."""
    if isinstance(value, Mapping):
        inner = {name: section(one) for name, one in value.items()}
        return Section(inner, dict.fromkeys(inner, PLACE), PLACE)
    if isinstance(value, list):
        listed = {str(number): section(one) for number, one in enumerate(value, 1)}
        return Section(listed, dict.fromkeys(listed, PLACE), PLACE, listed=True)
    return Text(str(value), PLACE)


def situation(case: Mapping[str, Any], now: str) -> Situation:
    read = section(case)
    assert isinstance(read, Section)
    values, problems = check(read, vocabulary(content()))
    assert not [problem for problem in problems if problem.severity == "error"], problems
    given = str(case["carrier"])
    return Situation(clock.written(now), carriers.find(given) or carriers.unknown(given), values)


def differences(row: Mapping[str, Any]) -> list[str]:
    """Return what the plan decides otherwise than a row of the table expects."""
    person = situation(row["case"], row["now"])
    found, expect = {matter.name: matter for matter in matters(person)}, row["expect"]
    return [
        *_aims(found, expect["aims"]),
        *_ways(found, expect.get("ways", {})),
        *_take(found, expect.get("take", {})),
        *_days(found, expect.get("dates", {})),
        *_fees(person, found, expect),
    ]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _aims(found: Mapping[str, Matter], wanted: Mapping[str, Any]) -> Iterator[str]:
    states = {name: matter.state for name, matter in found.items()}
    if list(states) != list(wanted) or any(states[name] not in _listed(state) for name, state in wanted.items()):
        yield f"aims {states} ≠ {wanted}"


def _ways(found: Mapping[str, Matter], wanted: Mapping[str, Any]) -> Iterator[str]:
    for aim, ways in wanted.items():
        known = {way.key: WORDS[way.verdict] for way in found[aim].ways} if aim in found else {}
        for key, verdicts in ways.items():
            names = ("post", "letter", "own-form") if key == "post" else (key,)
            verdict = next((known[name] for name in names if name in known), "unknown")
            if verdict not in _listed(verdicts):
                yield f"{aim}, {key}: {verdict} ≠ {verdicts}"


def _take(found: Mapping[str, Matter], wanted: Mapping[str, Any]) -> Iterator[str]:
    for aim, keys in wanted.items():
        matter = found.get(aim)
        taken = (
            "none" if not matter or not matter.open else matter.way.key if matter.way else "seller" if matter.seller else "ask"
        )
        if taken not in _listed(keys):
            yield f"{aim}, way taken: {taken} ≠ {keys}"


def _days(found: Mapping[str, Matter], wanted: Mapping[str, Any]) -> Iterator[str]:
    for key, told in wanted.items():
        shown = day(found, key)
        spare = 1 if told.get("about") else 0
        days = _listed(told["day"])
        if len(shown) != len(days) or any(abs((one - other).days) > spare for one, other in zip(shown, days, strict=True)):
            yield f"{key}: {[str(one) for one in shown]} ≠ {told['day']}"


def day(found: Mapping[str, Matter], key: str) -> list[date]:
    """Return the days that a plan gives for a key of the table: those of one who acts now, unless another is named."""
    end, confirm = found.get("end-line"), found.get("confirm")
    now = end.moments[0] if end and end.moments else None
    if key in DAYS:
        known = [one for matter in found.values() for one in matter.days if one.id.partition(".")[0] == DAYS[key]]
        return [one.day for one in known]
    if key == "propose":
        moment = next((matter.moment for matter in found.values() if matter.moment), None)
        return [moment.day] if moment else []
    if key == "handled":
        return [now.handled.first] if now else []
    ids = {"end": "end", "end_latest": "end-latest", "charged_until": "paid-until", "charged_until_latest": "paid-until-latest"}
    if confirm:
        return [one.day for one in confirm.days if one.id == ids[key]]
    ranges = {"end": now and now.end, "charged_until": now and now.paid}
    known = ranges[key.removesuffix("_latest")]
    if not known:
        return []
    return [known.last if key.endswith("_latest") else known.first]


def _fees(person: Situation, found: Mapping[str, Matter], expect: Mapping[str, Any]) -> Iterator[str]:
    end = found.get("end-line") or next(iter(found.values()), None)
    if "fee" not in expect or not end:
        return
    today = "dates" in expect and "propose" not in expect["dates"]
    moment = (end.moments[0] if today else end.moment) if end.moments else None
    known = {fee.name: fee.status for fee in moment.fees} if moment else fees_on(person)
    for name, status in expect["fee"].items():
        if known.get(name, "not due") != status:
            yield f"fee {name}: {known.get(name)} ≠ {status}"


def fees_on(person: Situation) -> dict[str, str]:
    from simforms.planning.ends import fees  # noqa: PLC0415

    known = [(name, fee) for name, fee in person.carrier.fees.items() if fee.printable]
    return {fee.name: fee.status for fee in fees(known, person.contract_date, person.today, person.traits)}
