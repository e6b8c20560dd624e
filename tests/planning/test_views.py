"""A plan in the terminal, as JSON and as a calendar: every fact with its source, every doubt said."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CHECKOUT, SAMPLES
from icalendar import Calendar

import simforms
from simforms.cli.main import main
from simforms.knowledge.carriers import carriers, desks
from simforms.knowledge.content import content
from simforms.knowledge.rules import rules
from simforms.knowledge.vocabulary import vocabulary

_OWN = [fact for carrier in (*carriers().values(), *desks().values()) for _, fact in carrier.facts()] + list(rules().values())
FACTS = _OWN + [fact.but for fact in _OWN if fact.but]
PAGES = {page.address for fact in FACTS for page in fact.pages} | {page.page for fact in FACTS for page in fact.pages}


def _run(*arguments: object) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_every_source_at_the_foot_is_one_of_the_directory(path: Path, language: str) -> None:
    shown = _run("plan", path, "-l", language)
    foot = re.findall(r"^  \[(\d+)\] (\S+)", shown, re.MULTILINE)

    assert foot
    assert {source for _, source in foot} <= PAGES
    assert set(re.findall(r"\[(\d+)\]", shown)) == {number for number, _ in foot}
    assert len({source for _, source in foot}) == len(foot)


def _described(part: str) -> list[str]:
    return re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)


def test_json_is_what_its_description_says() -> None:
    found = json.loads(_run("plan", SAMPLES[0], "--json"))
    whole, matter = (CHECKOUT / "docs" / "plan-json.md").read_text(encoding="utf-8").split("A matter:")

    assert list(found) == _described(whole)
    assert list(found["matters"][0]) == _described(matter)
    assert found["version"] == 2


def test_json_of_version_1_is_still_written() -> None:
    found = json.loads(_run("plan", SAMPLES[0], "--json-1"))

    assert found["version"] == 1
    assert {"channel", "works", "why", "source", "source_kind", "seen", "print"} == set(found["routes"][0])
    assert {"ends_by_itself", "way", "steps", "bring", "rules", "deadlines", "desks", "documents"} <= set(found)


def test_json_and_calendar_hold_no_personal_value(tmp_path: Path) -> None:
    body = _run("plan", SAMPLES[0], "--json") + _run("plan", SAMPLES[0], "--calendar", tmp_path / "a.ics")
    body += (tmp_path / "a.ics").read_text(encoding="utf-8")

    for value in ("SMITH", "スミス", "2345-6789", "900123", "1992", "anna"):
        assert value not in body


def test_the_calendar_is_read_by_a_strict_parser(tmp_path: Path) -> None:
    _run("plan", SAMPLES[0], "--calendar", tmp_path / "plan.ics")

    calendar = Calendar.from_ical((tmp_path / "plan.ics").read_bytes())

    assert not calendar.errors
    assert calendar.walk("VEVENT")
    assert all(event["summary"] and event["uid"] and event["dtstart"].dt for event in calendar.walk("VEVENT"))


AU = """\
language: en
carrier: au
person: {place: abroad, departure_date: 2027-02-20}
line: {card: esim, billing: postpaid, use: voice, contract_date: 2024-01-15}
cancellation: {reason: leaving-japan}
"""


def test_the_moment_is_japans_and_the_hour_decides(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(AU, encoding="utf-8")

    in_time = json.loads(_run("plan", path, "--json", "--at", "2027-02-28T21:10"))["matters"][0]["proposed"]
    late = json.loads(_run("plan", path, "--json", "--at", "2027-02-28T12:30+00:00"))["matters"][0]["proposed"]
    unknown = json.loads(_run("plan", path, "--json", "--at", "2027-02-28"))["matters"][0]["proposed"]

    assert in_time["paid_until"] == ["2027-02-28", "2027-02-28"]
    assert late["paid_until"] == ["2027-03-31", "2027-03-31"]
    assert unknown["paid_until"] == ["2027-02-28", "2027-03-31"]


@pytest.mark.parametrize("typed", ["yesterday", "2027-13-01", "2027-07-20T25:00", ""])
def test_a_moment_that_is_none_is_told_with_the_cure(typed: str) -> None:
    result = CliRunner().invoke(main, ["plan", str(SAMPLES[0]), "--at", typed])

    assert result.exit_code == 2
    assert f"`--at {typed}` is not a date and time" in result.stderr
    assert "`--at 2027-07-20T19:30`" in result.stderr


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        simforms.plan(SAMPLES[0], at=datetime(2027, 7, 20, 19, 30))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_each_number_and_address_on_a_page_is_the_users_or_has_a_source(path: Path) -> None:
    """On every approved page: phone numbers, web addresses and amounts come from the case or from a record with its source."""
    case = re.sub(r"[^0-9a-z.@]", "", path.read_text(encoding="utf-8").lower())
    examples = [re.sub(r"\D", "", field.example) for field in vocabulary(content()).fields.values()]  # the sample of a form
    printable = [fact for fact in FACTS if fact.printable]
    numbers = {re.sub(r"\D", "", getattr(fact, "dial", "")) for fact in printable} - {""} | set(examples)
    sources = [*PAGES, *(url for fact in printable if (url := getattr(fact, "url", "")))]
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
            assert figures in case or re.search(rf"(¥{int(figures):,}|\b{int(figures):,} yen)(?![\d,])", said), (
                f"{page}: {amount}"
            )


def test_a_confirmed_end_says_that_everything_is_settled(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "language: en\ncarrier: au\nlog:\n  - {date: 2026-11-01, what: applied}\n  - {date: 2026-11-02, what: confirmed}\n",
        encoding="utf-8",
    )

    shown = _run("plan", path)

    assert "everything is done" in shown
    assert "When you apply" not in shown


def test_what_to_note_names_its_field_and_is_said_once() -> None:
    """A note, such as that no paper shows a field, is for `check`."""
    line = [
        "plan",
        str(SAMPLES[-1].parent.parent / "softbank-student" / "case.yaml"),
        "--set",
        "carrier=mineo",
        "-l",
        "en",
        "--ui",
        "en",
    ]
    shown = (
        CliRunner().invoke(main, [*line, "--set", "cancellation.channel=online", "--set", "person.phone=090-1234-5678"]).stdout
    )
    noted = shown.partition("Please note\n")[2].partition("\n\n")[0].splitlines()

    assert any(one.strip().startswith("Contact number: ") for one in noted), noted
    assert "none of the papers to be printed" not in shown
    assert len(noted) == len(set(noted))
