"""A batch: one bad record costs only itself, what ails all stops it, and after any interruption it goes on exactly."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from conftest import CHECKOUT, TODAY
from strange import crash, eat, hang, paper, print_or_misbehave

from simforms.batches import pool as workers
from simforms.batches import run as batch
from simforms.batches import worker
from simforms.batches.job import Job
from simforms.batches.journal import NAME, JournalError, journal
from simforms.batches.outcome import Crashed, Made, Outcome, Refused, Stopped
from simforms.batches.run import BatchError
from simforms.batches.tables.reader import Record
from simforms.load import load
from simforms.messages import say
from simforms.texts import Text

JOB = Job(TODAY, ("call-log",))
LETTER = "call-log-zh-Hans"


def _record(number: int, **said: str) -> Record:
    """Return a record; what it says besides stands in its reference."""
    case, _ = load(CHECKOUT / "samples" / "softbank-student" / "case.yaml")
    texts = {name: Text(text, case.location) for name, text in said.items()}
    whole = dataclasses.replace(
        case, entries={**case.entries, **texts}, locations={**case.locations, **dict.fromkeys(texts, case.location)}
    )
    return Record(number=number, id=f"A-{number}", case=whole, problems=(), cells={})


def _here(function: Any, *arguments: Any) -> Future[Any]:
    """Call a function in this process, as a worker would."""
    future: Future[Any] = Future()
    future.set_result(function(*arguments))
    return future


def _made(_: Job, record: Record) -> Outcome:
    return Made((paper(LETTER, record.id),))


def _checked(job: Job, record: Record) -> Outcome | Stopped:
    """Check a record, and print a paper of it where nothing is wrong."""
    answer = worker.check_record(job, record)
    return _made(job, record) if isinstance(answer, Made) else answer


def _folder(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != NAME}


def _run(folder: Path, records: list[Record], work: Any = _made, job: Job = JOB) -> list[tuple[str, Outcome | None]]:
    with journal(folder) as kept:
        return [(record.id, outcome) for record, outcome in batch.run(job, records, kept, _here, work=work)]


@pytest.fixture(scope="module")
def submit() -> Iterator[workers.Submit]:
    with workers.local(2, 3) as pool:
        yield pool


def test_a_record_that_hangs_crashes_or_eats_memory_costs_only_itself(submit: workers.Submit, tmp_path: Path) -> None:
    records = [
        _record(number, reference=strange) for number, strange in enumerate(["fine", crash, "fine", hang, "fine", eat, "fine"])
    ]
    begun = time.monotonic()
    with journal(tmp_path) as kept:
        found = {
            record.id: outcome for record, outcome in batch.run(JOB, records, kept, submit, work=print_or_misbehave) if outcome
        }
    told = {identity: str(outcome.reason) for identity, outcome in found.items() if isinstance(outcome, Crashed)}

    assert told == {
        "A-1": "the program crashed while printing this row (ProcessExpired)",
        "A-3": "it took too long and was stopped",
        "A-5": "it used more memory than is allowed",
    }
    assert time.monotonic() - begun < 3 + 8
    assert len([name for name in _folder(tmp_path) if name.endswith(".pdf")]) == 4


def test_a_real_paper_from_a_worker_is_that_of_this_process(submit: workers.Submit) -> None:
    [(_, theirs)] = batch.outcomes(submit, [_record(1)], worker.print_record, JOB, at_once=1)
    ours = worker.print_record(JOB, _record(1))

    assert isinstance(ours, Made)
    assert [one.name for one in theirs.papers] == ["call-log-zh-Hans"]
    assert theirs.papers == ours.papers


def test_a_worker_with_other_templates_or_another_version_says_so() -> None:
    assert worker.probe(JOB, JOB.digest) == worker.READY
    assert worker.probe(JOB, "of another machine") == worker.OTHER
    with pytest.raises(BatchError, match="different templates or a different version"):
        batch.ready(lambda *_: _here(lambda: worker.OTHER), JOB)


def test_a_wrong_record_is_told_with_its_field_and_the_others_are_printed(tmp_path: Path) -> None:
    wrong = _record(2, carrier="")
    found = dict(_run(tmp_path, [_record(1), wrong, _record(3)], _checked))

    assert found["A-1"]
    assert not found["A-1"].failed
    assert found["A-2"]
    assert isinstance(found["A-2"], Refused)
    assert [problem.name for problem in found["A-2"].problems if problem.severity == "error"] == ["carrier"]
    last = json.loads((tmp_path / NAME).read_text(encoding="utf-8").splitlines()[2])
    assert last["id"] == "A-2"
    assert last["faults"] == [["it-is-missing", "carrier"]]


@pytest.mark.parametrize("stop", ["no font", "no space left"])
def test_what_ails_all_records_stops_the_batch_and_marks_none(tmp_path: Path, stop: str) -> None:
    with pytest.raises(BatchError, match=stop):
        _run(tmp_path, [_record(1), _record(2)], lambda *_: Stopped(say(stop)))

    assert len((tmp_path / NAME).read_text(encoding="utf-8").splitlines()) == 1
    assert _folder(tmp_path) == {}


def test_many_strange_records_in_a_row_are_no_fault_of_theirs(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="5 consecutive rows"):
        _run(tmp_path, [_record(number) for number in range(9)], lambda *_: Crashed(say("stopped")))

    assert len((tmp_path / NAME).read_text(encoding="utf-8").splitlines()) == 1


def test_a_disk_that_is_full_stops_the_batch_and_marks_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simforms.batches.save.write", full)
    with pytest.raises(OSError, match="No space left"):
        _run(tmp_path, [_record(1)])

    assert len((tmp_path / NAME).read_text(encoding="utf-8").splitlines()) == 1


def test_what_is_printed_is_skipped_and_what_is_gone_or_asked_otherwise_is_printed_again(tmp_path: Path) -> None:
    records = [_record(number) for number in range(4)]
    _run(tmp_path, records)
    (tmp_path / "A-1-call-log-zh-Hans.pdf").unlink()
    again = dict(_run(tmp_path, [*records[:3], _record(3, reference="other")]))

    assert {identity for identity, outcome in again.items() if outcome} == {"A-1", "A-3"}
    assert all(outcome for _, outcome in _run(tmp_path, records, job=Job(TODAY, ("sim-return",))))


def test_a_paper_that_was_changed_after_it_was_made_stays_and_its_row_says_so(tmp_path: Path) -> None:
    records = [_record(number) for number in range(2)]
    _run(tmp_path, records)
    changed, journal_before = tmp_path / "A-0-call-log-zh-Hans.pdf", (tmp_path / NAME).read_bytes()
    changed.write_bytes(b"signed")
    again = dict(_run(tmp_path, records))

    assert isinstance(refused := again["A-0"], Refused)
    assert str(refused.problems[0].what) == f"{changed.name} was changed after it was made"
    assert again["A-1"] is None
    assert changed.read_bytes() == b"signed"
    assert (tmp_path / NAME).read_bytes().startswith(journal_before)

    changed.rename(tmp_path / "signed.pdf")
    assert isinstance(dict(_run(tmp_path, records))["A-0"], Made)
    assert _folder(tmp_path)[changed.name] == paper(LETTER, "A-0").body


def test_a_fact_of_a_carrier_that_changed_is_printed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records, out = tmp_path / "records", tmp_path / "out"
    records.mkdir()
    out.mkdir()
    (records / "softbank.yaml").write_text("a", encoding="utf-8")
    monkeypatch.setattr("simforms.batches.job.data", lambda _: records)
    _run(out, [_record(1)])
    assert _run(out, [_record(1)]) == [("A-1", None)]

    (records / "softbank.yaml").write_text("b", encoding="utf-8")
    assert [outcome for _, outcome in _run(out, [_record(1)]) if outcome]


def test_what_a_record_no_longer_has_is_removed(tmp_path: Path) -> None:
    _run(tmp_path, [_record(1)])
    _run(tmp_path, [_record(1)], lambda *_: Made((paper("proxy-en", "x"),)), Job(TODAY))

    assert sorted(_folder(tmp_path)) == ["A-1-proxy-en.pdf", "A-1-proxy-en.pdf.manifest.json"]


def test_a_failed_record_is_tried_again(tmp_path: Path) -> None:
    _run(tmp_path, [_record(1)], lambda *_: Crashed(say("it took too long and was stopped")))
    [(_, outcome)] = _run(tmp_path, [_record(1)])

    assert outcome
    assert not outcome.failed


def test_the_journal_holds_codes_and_one_with_sentences_is_still_read(tmp_path: Path) -> None:
    records = [_record(1, carrier=""), _record(2)]
    _run(tmp_path, records, _checked)
    path = tmp_path / NAME
    head, *entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    assert [entry["faults"] for entry in entries] == [[["it-is-missing", "carrier"]], []]
    entries[0]["faults"] = [["this field has no value: %(reason)s", "carrier"]]  # as it was written before there were codes
    path.write_text("".join(json.dumps(entry) + "\n" for entry in (head, *entries)), encoding="utf-8")
    assert [identity for identity, outcome in _run(tmp_path, records, _checked) if outcome] == ["A-1"]


def test_the_journal_holds_no_value_of_a_record(tmp_path: Path) -> None:
    _run(tmp_path, [_record(1), _record(2, carrier="")], _checked)
    text = (tmp_path / NAME).read_text(encoding="utf-8")

    for value in ("WANG", "090", "softbank", hashlib.sha256(b"WANG XIAOMING").hexdigest()):
        assert value not in text
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


def test_a_line_that_was_cut_short_is_taken_away(tmp_path: Path) -> None:
    _run(tmp_path, [_record(1), _record(2)])
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes()[:-9])

    assert [identity for identity, outcome in _run(tmp_path, [_record(1), _record(2)]) if outcome] == ["A-2"]
    assert all(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def test_two_batches_never_share_a_folder(tmp_path: Path) -> None:
    with journal(tmp_path), pytest.raises(JournalError, match="another batch"), journal(tmp_path):
        pass


def test_a_file_of_another_kind_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("my notes\n", encoding="utf-8")

    with pytest.raises(JournalError, match="not the journal"), journal(tmp_path):
        pass
    assert (tmp_path / NAME).read_text(encoding="utf-8") == "my notes\n"


def test_rows_that_are_wrong_never_stop_a_batch_however_many_there_are(tmp_path: Path) -> None:
    found = dict(_run(tmp_path, [_record(number, carrier="") for number in range(12)], _checked))

    assert [isinstance(outcome, Refused) for outcome in found.values()] == [True] * 12


def test_a_fault_of_ours_in_every_row_is_told_for_each_and_stops_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OverflowError("WANG XIAOMING")

    monkeypatch.setattr("simforms.planning.plan_case.plan_case", broken)
    found = dict(_run(tmp_path, [_record(number) for number in range(12)], worker.print_record))

    for outcome in found.values():
        assert isinstance(outcome, Refused)
        assert [str(problem.what) for problem in outcome.problems] == ["it cannot be printed (OverflowError)"]
    assert "WANG" not in (tmp_path / NAME).read_text(encoding="utf-8")


def test_a_crash_between_others_stops_nothing(tmp_path: Path) -> None:
    def sometimes(job: Job, record: Record) -> Outcome:
        return _made(job, record) if record.number % 5 == 4 else Crashed(say("stopped"))

    found = dict(_run(tmp_path, [_record(number) for number in range(30)], sometimes))

    assert [identity for identity, outcome in found.items() if outcome and not outcome.failed] == [
        f"A-{number}" for number in range(4, 30, 5)
    ]
