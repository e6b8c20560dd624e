"""Several lines of one person in one case: each has its own matters, papers and reference; the person is written once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import simforms
from simforms.batches.tables.reader import records
from simforms.cases.check import check
from simforms.cases.written_case import read_case
from simforms.cli.main import main
from simforms.cli.wizard.session import run_session
from simforms.errors import CaseError
from simforms.knowledge.content import content
from simforms.knowledge.vocabulary import vocabulary
from simforms.planning.several_lines import MOST_LINES, each_line

PERSON = """language: zh-Hans
carrier: softbank
person:
  name: WANG XIAOMING
  name_kana: ワン シャオミン
  birth_date: 1999-04-01
  address: 東京都新宿区1-2-3
  phone: 080-1234-5678
cancellation:
  reason: leaving-japan
"""
LINES = """line:
- number: 090-1234-5678
  card: esim
  cancellation:
    channel: shop
- number: 080-1111-2222
  card: sim
  carrier: ahamo
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return _case(tmp_path, f"reference: SF-AAAA-BBBB\n{PERSON}{LINES}")


def _case(folder: Path, text: str) -> Path:
    path = folder / "my.yaml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def _texts(path: Path) -> list[dict[str, str]]:
    return [one.texts() for one in each_line(content(), read_case(path))]


def test_each_line_is_a_case_with_the_person_and_its_own_matters(case: Path) -> None:
    one, other = _texts(case)

    assert one["person.name"] == other["person.name"] == "WANG XIAOMING"
    assert (one["reference"], other["reference"]) == ("SF-AAAA-BBBB-1", "SF-AAAA-BBBB-2")
    assert (one["line.number"], other["line.number"]) == ("090-1234-5678", "080-1111-2222")
    assert (one["carrier"], other["carrier"]) == ("softbank", "ahamo")
    assert (one["cancellation.channel"], other.get("cancellation.channel")) == ("shop", None)
    assert one["cancellation.reason"] == other["cancellation.reason"] == "leaving-japan"


def test_a_case_with_one_line_is_as_it_was(tmp_path: Path) -> None:
    written = read_case(_case(tmp_path, f"{PERSON}line:\n  number: 090-1234-5678\n"))

    assert each_line(content(), written) == [written]


def test_what_is_written_with_a_line_goes_where_it_belongs_also_under_dotted_names(tmp_path: Path) -> None:
    text = "line:\n- number: 090-1234-5678\n  refund.amount: '3278'\n  log:\n  - date: 2026-11-01\n    what: applied\n"

    [found] = _texts(_case(tmp_path, f"{PERSON}{text}"))

    assert (found["refund.amount"], found["log[1].what"], found["line.number"]) == ("3278", "applied", "090-1234-5678")


def test_without_a_reference_all_lines_share_the_one_that_the_first_line_alone_would_have(tmp_path: Path) -> None:
    one, other = _texts(_case(tmp_path, f"{PERSON}{LINES}"))

    assert one["reference"].removesuffix("-1") == other["reference"].removesuffix("-2")
    single = _case(tmp_path, f"{PERSON}line:\n  number: 090-1234-5678\n")
    plan = json.loads(_run("plan", single, "--json").stdout)
    assert one["reference"] == f"{plan['reference']}-1"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("line:\n- number: 12\n- number: 080-1111-2222\n", ":11: line.number:"),
        ("line:\n- 090-1234-5678\n", ":11: line[1]: this must contain fields, not a value"),
        ("line: []\n", ":10: line: this field has no value"),
        (
            "line:\n" + "- number: 090-1234-5678\n" * (MOST_LINES + 1),
            f":11: line: it has {MOST_LINES + 1} entries, but the limit is 20",
        ),
        ("line:\n- number: 090-1234-5678\n  person:\n    name: LI\n", ":12: line.person: there is no such field"),
        ("line:\n- number: 090-1234-5678\n  colour: red\n", ":12: line.colour: there is no such field"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_with_its_place(tmp_path: Path, lines: str, told: str) -> None:
    path = _case(tmp_path, f"{PERSON.replace('carrier: softbank', 'carrier: au', 1)}{lines}")

    done = _run("check", path, "-l", "en")

    place, _, what = told.partition(": ")
    number = int(place[1:])
    assert done.exit_code == 1
    assert any(f"my.yaml:{number + offset}: {what}" in done.stderr for offset in (0, 1)), done.stderr


def test_a_mistake_in_the_person_is_said_once(tmp_path: Path) -> None:
    text = f"{PERSON.replace('1999-04-01', '1999-13-01')}{LINES}"

    done = _run("check", _case(tmp_path, text), "-l", "en")

    assert done.exit_code == 1
    assert done.stderr.count("person.birth_date") == 1


def test_no_note_says_that_no_paper_shows_what_the_papers_of_another_line_show(case: Path) -> None:
    done = _run("check", case, "-l", "en")

    assert done.stdout.splitlines() == [
        f"{case}: SF-AAAA-BBBB-1: departure-plan, counter-card, cancellation-request",
        f"{case}: SF-AAAA-BBBB-2: departure-plan, online-worksheet",
    ]
    assert "person.name" not in done.stderr


def test_a_plan_shows_all_lines_together_and_has_one_calendar(case: Path, tmp_path: Path) -> None:
    done = _run("plan", case, "-l", "en", "--calendar", tmp_path / "days.ics")

    titles = [line for line in done.stdout.splitlines() if line.startswith("== ")]
    assert titles == ["== Line 1 of 2 · SF-AAAA-BBBB-1", "== Line 2 of 2 · SF-AAAA-BBBB-2"]
    found = json.loads(_run("plan", case, "--json").stdout)
    assert (found["version"], [line["carrier"] for line in found["lines"]]) == (2, ["softbank", "ahamo"])
    assert (tmp_path / "days.ics").read_bytes().count(b"BEGIN:VCALENDAR") == 1


def test_the_papers_of_all_lines_are_made_verified_and_forgotten(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    made = _run("render", case, "-o", out, "-d", "call-log").stdout.split()
    assert made == [f"{out}/SF-AAAA-BBBB-{number}-call-log-zh-Hans.pdf" for number in (1, 2)]
    assert _run("verify", *made).exit_code == 0

    case.write_text(f"reference: SF-AAAA-BBBB\n{PERSON}line:\n- number: 090-1234-5678\n", encoding="utf-8")
    (out / "SF-AAAA-CCCC-1-call-log-zh-Hans.pdf").write_bytes(b"of somebody else")
    forgotten = _run("forget", case, "-o", out)
    assert forgotten.stdout.split() == made, "also those of a line that is no longer in the case"
    assert [path.name for path in out.iterdir()] == ["SF-AAAA-CCCC-1-call-log-zh-Hans.pdf"]


def test_a_case_with_a_reference_like_that_of_a_line_keeps_its_papers(case: Path, tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "other"
    folder.mkdir()
    other = _case(folder, f"reference: SF-AAAA-BBBB-2\n{PERSON}line:\n  number: 090-9999-8888\n")
    [theirs] = _run("render", other, "-o", out, "-d", "call-log").stdout.split()
    before = Path(theirs).read_bytes()

    refused = _run("render", case, "-o", out, "-d", "call-log")
    forgotten = _run("forget", case, "-o", out)

    assert (refused.exit_code, forgotten.exit_code, forgotten.stdout) == (3, 0, "")
    assert Path(theirs).read_bytes() == before
    assert _run("forget", other, "-o", out).stdout.split() == [theirs]


def test_a_text_for_all_lines_can_be_given_on_the_command_line(case: Path) -> None:
    done = _run("plan", case, "--json", "--set", "carrier=au", "--set", "line[2].carrier=softbank")

    assert [line["carrier"] for line in json.loads(done.stdout)["lines"]] == ["au", "softbank"]


def test_where_one_case_is_one_line_several_are_refused_and_nothing_is_lost(case: Path, tmp_path: Path) -> None:
    [record] = records(content(), tmp_path)
    _, problems = check(record.case, vocabulary(content()))
    assert "this cannot be used for several lines of one person" in str([str(problem) for problem in problems])

    before = case.read_bytes()
    with pytest.raises(CaseError, match="this cannot be used for several lines of one person; write a case for each line"):
        run_session(case, "en", (), (), plain=True)
    assert case.read_bytes() == before
    with pytest.raises(CaseError, match="several lines"):
        simforms.plan(case)
