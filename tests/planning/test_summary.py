"""A plan in the terminal, as JSON and as a calendar: every fact with its source, every doubt said."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CHECKOUT, SAMPLES
from icalendar import Calendar

from simforms.cli.main import main
from simforms.knowledge.carriers import carriers, desks
from simforms.knowledge.content import content
from simforms.knowledge.rules import rules
from simforms.knowledge.vocabulary import vocabulary

TODAY = date(2026, 11, 20)


_OWN = [fact for carrier in (*carriers().values(), *desks().values()) for _, fact in carrier.facts()] + list(rules().values())
FACTS = _OWN + [fact.but for fact in _OWN if fact.but]


def _run(*arguments: object) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_every_source_at_the_foot_is_one_of_the_directory(path: Path, language: str) -> None:
    shown = _run("plan", path, "-l", language)
    foot = re.findall(r"^  \[(\d+)\] (\S+)", shown, re.MULTILINE)
    known = {fact.source for fact in FACTS}

    assert foot
    assert {source for _, source in foot} <= known
    assert set(re.findall(r"\[(\d+)\]", shown)) == {number for number, _ in foot}


def test_json_is_what_its_description_says() -> None:
    found = json.loads(_run("plan", SAMPLES[0], "--json"))
    described = re.findall(r"^\| `(\w+)` \|", (CHECKOUT / "docs" / "plan-json.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert list(found) == described
    assert found["way"] == "phone"
    assert {"channel", "works", "why", "source", "source_kind", "seen", "print"} == set(found["routes"][0])


def test_json_and_calendar_hold_no_personal_value(tmp_path: Path) -> None:
    body = _run("plan", SAMPLES[0], "--json") + _run("plan", SAMPLES[0], "--calendar", tmp_path / "a.ics")
    body += (tmp_path / "a.ics").read_text(encoding="utf-8")

    for value in ("SMITH", "スミス", "2345-6789", "900123", "1992", "anna"):
        assert value not in body


def test_the_calendar_is_read_by_a_strict_parser(tmp_path: Path) -> None:
    _run("plan", SAMPLES[0], "--calendar", tmp_path / "plan.ics")

    calendar = Calendar.from_ical((tmp_path / "plan.ics").read_bytes())

    assert not calendar.errors
    assert [event["dtstart"].dt for event in calendar.walk("VEVENT")] == sorted(
        event["dtstart"].dt for event in calendar.walk("VEVENT")
    )
    assert all(event["summary"] and event["uid"] for event in calendar.walk("VEVENT"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_each_number_and_address_on_a_page_is_the_users_or_has_a_source(path: Path) -> None:
    """On every approved page: phone numbers, web addresses and amounts come from the case or from a record with its source."""
    case = re.sub(r"[^0-9a-z.@]", "", path.read_text(encoding="utf-8").lower())
    examples = [re.sub(r"\D", "", field.example) for field in vocabulary(content()).fields.values()]  # the sample of a form
    printable = [fact for fact in FACTS if fact.printable]
    numbers = {re.sub(r"\D", "", getattr(fact, "dial", "")) for fact in printable} - {""} | set(examples)
    sources = [page for fact in printable for page in (fact.page, getattr(fact, "url", "")) if page]
    said = " ".join(fact.text for fact in printable)
    for page in path.parent.glob("*/page-*.txt"):
        text = page.read_text(encoding="utf-8").replace("\ufffe", "-")
        for address in re.findall(r"https?://[^\s（）()]+", text):
            assert any(source.startswith(address) for source in sources), f"{page}: {address}"
        for number in re.findall(r"(?<![\w-])\+?0?\d{2,4}-\d{2,4}-\d{3,6}(?:-\d+)*", text):
            figures = re.sub(r"\D", "", number)
            assert figures in case or figures in numbers, f"{page}: {number}"
        for amount in re.findall(r"(?<![\d,.])([\d,.]+)(?:円|日元|日圓|엔| yên)|¥([\d,]+)", text):
            figures = re.sub(r"\D", "", "".join(amount))
            assert figures in case or f"{int(figures):,} yen" in said, f"{page}: {amount}"
