"""A case is a story: its log decides which request is due, and none is printed before its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CHECKOUT, planned

from simforms import clock
from simforms.cases.written_case import WrittenCase, read_case
from simforms.cli.main import main
from simforms.errors import CaseError
from simforms.knowledge.stages import stages
from simforms.papers.html import document_html
from simforms.planning.plan_case import plan_case

Case = Callable[..., Path]
APPLIED = "{date: 2026-10-30, what: applied, channel: post}"


def _with(case: Case, *entries: str, today: str = "2026-11-20") -> Path:
    log = "".join(f"  - {entry}\n" for entry in entries)
    return case(("cancellation: {channel: post}", f"date: {today}\nlog:\n{log}"))


@pytest.mark.parametrize(
    ("entries", "step", "due"),
    [
        ([], None, None),
        (["{date: 2026-11-01, what: call}"], None, None),
        ([APPLIED], "follow-up", date(2026, 11, 16)),  # 3 November is a holiday
        (
            [APPLIED, "{date: 2026-11-10, what: answer}"],
            "follow-up",
            date(2026, 11, 25),
        ),  # an answer that settles nothing; 23 November
        ([APPLIED, "{date: 2026-11-17, what: follow-up}"], "second-request", date(2026, 12, 2)),
        (
            [APPLIED, "{date: 2026-11-17, what: follow-up}", "{date: 2026-12-03, what: second-request}"],
            "complaint",
            date(2026, 12, 17),
        ),
        ([APPLIED, "{date: 2026-11-10, what: confirmed}"], None, None),
        (["{date: 2026-10-30, what: refund-asked}", "{date: 2026-11-10, what: confirmed}"], "follow-up", date(2026, 11, 16)),
        (["{date: 2026-10-30, what: refund-asked}", "{date: 2026-11-10, what: refunded}"], None, None),
        (["{date: 2026-11-10, what: confirmed}", APPLIED], None, None),  # in the order of days, not of the file
    ],
)
def test_the_next_step_and_its_day_follow_from_the_log(
    case: Case, entries: list[str], step: str | None, due: date | None
) -> None:
    story = planned(_with(case, *entries)).log

    assert (story.next.name if story.next else None, story.due) == (step, due)


@pytest.mark.parametrize("today", ["2026-10-30", "2026-11-13", "2026-11-15"])
def test_no_request_is_printed_or_offered_before_its_day(case: Case, today: str) -> None:
    path = _with(case, APPLIED, today=today)

    assert [kind.name for kind in planned(path).documents] == ["proof-sheet"]
    with pytest.raises(CaseError, match="it is too early: “Request for confirmation” can be sent from 2026-11-16"):
        planned(path, "follow-up")


def test_on_its_day_it_is_printed_with_the_reference_of_the_case(case: Case) -> None:
    before, due = planned(_with(case, APPLIED, today="2026-11-15")), planned(_with(case, APPLIED, today="2026-11-16"))

    assert [kind.name for kind in due.documents] == ["follow-up", "proof-sheet"]
    assert due.reference == before.reference == planned(case()).reference
    assert due.reference in document_html(due, due.documents[0])


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([], "is still waiting for an answer"),
        ([APPLIED], "there is an earlier step first: Request for confirmation, from 2026-11-16"),
        (
            [
                APPLIED,
                "{date: 2026-11-17, what: follow-up}",
                "{date: 2026-11-18, what: second-request}",
                "{date: 2026-11-19, what: complaint}",
            ],
            "you have already sent every request of this kind",
        ),
    ],
)
def test_a_later_step_says_what_comes_first(case: Case, entries: list[str], told: str) -> None:
    with pytest.raises(CaseError, match=told):
        planned(_with(case, *entries), "follow-up" if not entries or len(entries) > 1 else "certified-mail")


def test_what_is_asked_for_is_not_asked_for_again(case: Case) -> None:
    waiting = case(("cancellation: {channel: post}", f"cancellation: {{channel: post}}\nlog:\n  - {APPLIED}\n"))

    assert "cancellation-request" not in [kind.name for kind in planned(waiting).documents]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{date: 2026-13-01, what: applied}", "log[1].date: there is no such date"),
        ("{date: 2026-10-01, what: aplied}", "log[1].what: “aplied” is not one of the choices; write applied"),
        ("{day: 2026-10-01}", "log[1].day: there is no such field"),
        ("sent", "log[1]: this must contain fields, not a value"),
        ("{date: 2026-10-01, note: 暗証番号 1234}", "log[1].note: this looks like a PIN"),
    ],
)
def test_a_fault_in_the_log_is_told_at_its_entry(case: Case, entry: str, told: str) -> None:
    with pytest.raises(CaseError) as caught:
        planned(_with(case, entry))

    assert any(told in str(problem) for problem in caught.value.problems), [str(problem) for problem in caught.value.problems]


def test_a_log_that_is_no_list_and_a_list_that_is_no_log_are_told(case: Case) -> None:
    with pytest.raises(CaseError, match="log: this must be a list"):
        planned(case(("cancellation:", "log: {date: 2026-10-01}\ncancellation:")))
    with pytest.raises(CaseError, match="this must not be a list"):
        planned(case(("cancellation:", "refund: [a]\ncancellation:")))


def test_every_stage_has_its_word_in_the_log() -> None:
    text = (CHECKOUT / "templates" / "fields.toml").read_text(encoding="utf-8")

    assert all(f'.stage = "{stage.name}"' in text for stage in stages())


def test_the_plan_tells_what_was_done_and_when_to_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: clock.Now(date(2026, 11, 6)))
    shown = CliRunner().invoke(main, ["plan", str(CHECKOUT / "samples" / "no-answer" / "case.yaml"), "-l", "en"]).stdout

    assert "What has been done\n  30 October 2026  Applied to cancel the line  By post" in shown
    assert "18 November 2026  If nothing has come by then: Request for confirmation." in shown or "16 November 2026" in shown


def test_a_new_case_shows_how_a_log_is_written(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    CliRunner().invoke(main, ["new", str(path), "--empty", "-l", "en", "-d", "proof-sheet"])
    text = path.read_text(encoding="utf-8")

    assert "log:\n" in text
    assert "  # - date:" in text
    assert CliRunner().invoke(main, ["check", str(path), "-d", "call-log"]).exit_code == 1  # only the carrier is missing


GAP = """\
language: en
carrier: softbank
person: {name: WANG XIAOMING}
line: {number: 090-1234-5678}
log:
%s
"""
PHONED = "  - {date: 2026-11-01, what: applied, channel: phone}\n"


@pytest.mark.parametrize(
    ("body", "given"),
    [
        (GAP % f"  - {{}}\n{PHONED}", {}),
        (GAP % f"  - {{note: ''}}\n{PHONED}", {}),
        (GAP.replace("log:\n%s", ""), {"log[3].date": "2026-11-01", "log[3].what": "applied"}),
        (GAP % PHONED, {"log[9].date": "2026-11-02", "log[9].what": "call"}),
    ],
)
def test_an_entry_after_a_number_that_is_missing_is_not_lost(body: str, given: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(body, encoding="utf-8")

    log = plan_case(read_case(path).overridden(given.items()), date(2026, 12, 1), needs_papers=False).log

    assert log.has("applied")
    assert log.has("call") == ("log[9].date" in given)


@pytest.mark.parametrize("number", ["0", "00", "01", "-1", "１", "", "x", "10000", "1.5", " 1"])
def test_an_entry_that_cannot_be_is_told(number: str) -> None:
    case = WrittenCase().overridden([("language", "en"), (f"log[{number}].what", "applied")])
    with pytest.raises(CaseError, match=r"there is no such field; did you mean log\[1\]\.what\?"):
        plan_case(case, date(2026, 12, 1), needs_papers=False)
