"""What holds for every company, case, moment and language: tried on many random cases."""

from __future__ import annotations

import dataclasses
import json
import random
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
import table

from simforms import clock
from simforms.knowledge import carriers
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.content import content
from simforms.language.catalogs import companion_languages
from simforms.language.columns import display_width
from simforms.planning import matters as deciding
from simforms.planning.aims import aims
from simforms.planning.matters import Matter, matters
from simforms.planning.plan import plan
from simforms.planning.situation import HOLDER, Situation
from simforms.planning.views.plan_json import as_json
from simforms.planning.views.screen import COLUMNS, LINES, screen
from simforms.planning.ways import VERDICTS
from simforms.texts import Section

COUNT = 600
SEED = 7


def _day(rnd: random.Random, around: date, spread: int) -> date:
    return around + timedelta(days=rnd.randint(-spread, spread))


def random_case(rnd: random.Random) -> tuple[dict[str, Any], str]:
    """Return a case and a moment: anything that the fields allow may come together."""
    today = date(2027, 1, 1) + timedelta(days=rnd.randint(0, 720))
    person: dict[str, Any] = {"place": rnd.choice(["japan", "abroad"])}
    line: dict[str, Any] = {
        "card": rnd.choice(["sim", "esim"]),
        "billing": rnd.choice(["postpaid", "prepaid"]),
        "use": rnd.choice(["voice", "data"]),
    }
    ending: dict[str, Any] = {}
    case: dict[str, Any] = {
        "carrier": rnd.choice([*sorted(carriers.carriers()), "ツバメモバイル"]),
        "person": person,
        "line": line,
        "cancellation": ending,
    }
    maybe = lambda chance: rnd.random() < chance  # noqa: E731 - one word for one draw
    if maybe(0.5):
        person["departure_date"] = _day(rnd, today, 40)
    for name in ("contract_date", "start_date", "document_date"):
        if maybe(0.5):
            line[name] = _day(rnd, today - timedelta(days=15), 15) if maybe(0.6) else _day(rnd, today - timedelta(days=400), 300)
    for chance, part, name, values in (
        (0.3, line, "notice", ["paper", "electronic"]),
        (0.15, line, "state", ["lost", "stolen"]),
        (0.15, line, "contract", ["reseller"]),
        (0.2, line, "closing_day", ["10", "20", "last"]),
        (0.3, line, "keep_number", ["keep", "give-up"]),
        (0.3, ending, "kind", ["first-8-days"]),
        (0.6, ending, "reason", ["leaving-japan", "price", "other-carrier", "signal"]),
        (0.3, ending, "visitor", ["family", "other"]),
        (0.3, ending, "channel", ["online", "shop", "phone", "email", "post"]),
    ):
        if maybe(chance):
            part[name] = rnd.choice(values)
    if maybe(0.2):
        case["first_days"] = {"ground": rnd.choice(["signal", "explanation", "papers"])}
    if maybe(0.2):
        case["refund"] = {"ground": rnd.choice(["overpayment", "deposit", "prepaid-balance", "undelivered-service"])}
    if maybe(0.2):
        case["log"] = [
            {"date": _day(rnd, today - timedelta(days=20), 20), "what": rnd.choice(["applied", "notice", "confirmed"])}
        ]
    hour = f"T{rnd.randint(0, 23):02}:{rnd.choice([0, 9, 10, 11, 30, 59]):02}" if maybe(0.8) else ""
    return case, today.isoformat() + hour


_RND = random.Random(SEED)  # noqa: S311 - the same cases each time
CASES = [random_case(_RND) for _ in range(COUNT)]


def _decided(case: dict[str, Any], now: str) -> tuple[Situation, dict[str, Matter]]:
    person = table.situation(case, now)
    return person, {matter.name: matter for matter in matters(person)}


def _without(case: dict[str, Any], **changes: dict[str, Any]) -> dict[str, Any]:
    return {**case, **{name: {**case.get(name, {}), **values} for name, values in changes.items()}}


def test_an_open_matter_has_one_answer_and_the_best() -> None:
    for case, now in CASES:
        person, found = _decided(case, now)
        assert list(found) == [name for name in aims() if name in found], (case, now)
        for matter in found.values():
            walked = [way for way in matter.ways if not (person.agent and way.by == HOLDER and way.channel in {"shop", "phone"})]
            best = max((VERDICTS.index(way.verdict) for way in walked), default=0)
            if matter.way:
                assert matter.open, (case, now)
                assert matter.way.works, (case, now)
                assert VERDICTS.index(matter.way.verdict) == best, (case, now)
            elif matter.open:
                assert best < VERDICTS.index("unclear"), (case, now)


def test_moving_the_number_never_meets_what_ends_the_line() -> None:
    seen = 0
    for case, now in CASES:
        _, found = _decided(case, now)
        if "move-number" not in found:
            continue
        seen += 1
        assert "end-line" not in found, (case, now)
        made = _plan(case, now)
        assert not {"online-worksheet", "cancellation-request", "counter-card", "call-script"} & {
            kind.name for kind in made.documents
        }, (case, now)
    assert seen > 20


def test_no_other_day_is_cheaper_than_the_proposed_one() -> None:
    seen = 0
    for case, now in CASES:
        person, found = _decided(case, now)
        matter = found.get("end-line")
        if not matter or not matter.moment or not matter.moment.paid or person.given("cancellation.date"):
            continue
        bills = deciding.billing(person)
        if not bills or bills.last != "full":
            continue
        mine = (matter.moment.charged, matter.moment.paid.first, matter.moment.paid.last)
        for one in matter.moments:
            if one.paid and not (person.departure and one.day >= person.departure):
                seen += 1
                other = (one.charged, one.paid.first, one.paid.last)
                assert other == mine or not all(left <= right for left, right in zip(other, mine, strict=True)), (case, now, one)
    assert seen > 1000


@pytest.mark.parametrize("instead", ["unknown", "gone"])
def test_what_is_taken_away_never_makes_a_way_work(instead: str) -> None:
    rnd = random.Random(SEED)  # noqa: S311 - the same cases each time
    for case, now in CASES:
        person, found = _decided(case, now)
        for aim, channels in person.carrier.ways.items():
            if aim not in found:
                continue
            channel = rnd.choice(sorted(channels))
            poorer = {name: ways for name, ways in channels.items() if name != channel or instead == "unknown"}
            if instead == "unknown":
                poorer[channel] = tuple(dataclasses.replace(way, available="unknown") for way in channels[channel])
            carrier = dataclasses.replace(person.carrier, ways={**person.carrier.ways, aim: poorer})
            again = {way.key: way for way in _ways(person, carrier, aim)}
            assert not any(
                way.verdict == "yes"
                for key, way in again.items()
                if key.partition(" ")[0] == channel
                and not (
                    aim == "first-days" and channel == "letter"  # the law gives it, whatever a record says
                )
            ), (case, now, aim, channel)


def _ways(person: Situation, carrier: Carrier, aim: str) -> Any:
    return deciding.ways(aims()[aim], dataclasses.replace(person, carrier=carrier))


def test_the_same_instant_is_the_same_plan_on_any_clock() -> None:
    rnd = random.Random(SEED)  # noqa: S311 - the same cases each time
    for _, now in CASES:
        if "T" not in now:
            continue
        instant = datetime.fromisoformat(now).replace(tzinfo=clock.JAPAN)
        there = instant.astimezone(timezone(timedelta(hours=rnd.choice([-10, -5, 0, 1, 7, 13]))))
        assert clock.in_japan(there) == clock.written(now), now


def test_where_the_holder_is_changes_nothing_for_who_goes() -> None:
    seen = 0
    for case, now in CASES:
        if not case["cancellation"].get("visitor"):
            continue
        away = {**case, "person": {"place": "abroad"}}
        here = {**case, "person": {"place": "japan"}}
        ways = []
        for one in (away, here):
            found = _decided(one, now)[1]
            ways.append({way.key: way.verdict for matter in found.values() for way in matter.ways if way.by != HOLDER})
        seen += len(ways[0])
        assert ways[0] == ways[1], (case, now)
    assert seen > 50


def test_who_is_sent_changes_nothing_for_ways_over_a_distance() -> None:
    for case, now in CASES:
        alone = {name: value for name, value in case["cancellation"].items() if name != "visitor"}
        sent = _without(case, cancellation={"visitor": "other"})
        verdicts = []
        for one in ({**case, "cancellation": alone}, sent):
            found = _decided(one, now)[1]
            verdicts.append({(m.name, way.channel): way.verdict for m in found.values() for way in m.ways if way.by == HOLDER})
        assert verdicts[0] == verdicts[1], (case, now)


def test_what_ends_by_itself_rests_on_a_printable_fact() -> None:
    seen = 0
    for case, now in CASES:
        for matter in _decided(case, now)[1].values():
            if matter.state == "by-itself":
                seen += 1
                assert matter.rule, (case, now)
                assert matter.rule.rule in {"expiry", "closed"}, (case, now)
                assert matter.rule.printable, (case, now)
                assert not matter.rule.disputed, (case, now)
            if matter.state == "over":
                assert all(one.day < clock.written(now).day for one in matter.days if one.id.startswith("eight-days")), (
                    case,
                    now,
                )
    assert seen > 5


def test_what_is_confirmed_is_not_ended_again() -> None:
    for case, now in CASES:
        day = clock.written(now).day
        answered = {"date": day, "what": "confirmed"}
        for log in ([{"date": day, "what": "applied"}, answered], [answered]):
            found = _decided({**case, "log": log}, now)[1]
            assert not {"end-line", "confirm", "first-days"} & set(found), (case, now)


def test_a_doubt_raises_no_verdict_and_a_later_moment_ends_no_earlier() -> None:
    for case, now in CASES[:200]:
        _, found = _decided(case, now)
        matter = found.get("end-line")
        if not matter or not matter.moments:
            continue
        ends = [one.end.last for one in matter.moments if one.end]
        paid = [one.paid.last for one in matter.moments if one.paid]
        assert ends == sorted(ends), (case, now)
        assert paid == sorted(paid), (case, now)


def _plan(case: dict[str, Any], now: str, language: str = "en") -> Any:
    read = table.section({"language": language, **case})
    assert isinstance(read, Section)
    return plan(content(), read, clock.written(now), needs_papers=False)


SENTENCES = {"what", "cure", "title", "language", "days"}


def _bare(found: Any) -> Any:
    """Return JSON without its sentences."""
    if isinstance(found, dict):
        return {name: _bare(value) for name, value in found.items() if name not in SENTENCES or not isinstance(value, str)}
    return [_bare(value) for value in found] if isinstance(found, list) else found


def test_a_language_decides_nothing_and_the_first_screen_fits_in_each() -> None:
    for case, now in CASES[:40]:
        plans = {language: _plan(case, now, language) for language in companion_languages(content())}
        bare = {language: _bare(json.loads(as_json(found))) for language, found in plans.items()}
        assert len({json.dumps({**one, "misfits": None}, sort_keys=True) for one in bare.values()}) == 1, (case, now)
        for language, found in plans.items():
            lines = list(screen(found))
            assert len(lines) <= LINES, (language, case, now)
            assert max(map(display_width, lines)) <= COLUMNS, (language, case, now)
            stop = found.matter("stop-line")
            if stop and stop.open and stop.desks:
                assert any(desk.dial in line for desk in stop.desks for line in lines[:5]), (language, case, now)
