"""What a worker answers is checked before any of it is used: plain data only, sizes, names that the parent knows."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import pickle
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from hypothesis import given
from hypothesis import strategies as st
from outside_names import HOSTILE
from strange import paper

from simforms.batches import results
from simforms.batches.job import Job
from simforms.batches.journal import journal
from simforms.batches.outcome import Answer, Crashed, Made, PrintedFile, Refused, Stopped
from simforms.batches.results import AnswerError, Expected, packed, unpacked
from simforms.batches.run import run
from simforms.batches.tables.reader import Record
from simforms.errors import Location, Problem
from simforms.messages import Message, say
from simforms.texts import EMPTY, Text

JOB = Job(TODAY)
PLACE = Location("people.csv", 7)
EXPECTED = Expected(frozenset({"call-log-en", "proxy-en"}), {"en", "ja"}, printed=True)
WARNING = Problem(
    PLACE, "line.number", say("this field has no value: %(reason)s", reason=say("no")), say("write %(near)s", near=3), "warning"
)
ERROR = dataclasses.replace(WARNING, severity="error")
MADE = Made((paper("call-log-en", "A"), paper("proxy-en", "B")), (WARNING,), "ja", {"": 2})


def _packed(answer: Answer) -> bytes:
    return packed(lambda *_: answer, JOB, None)


@pytest.mark.parametrize(
    "answer",
    [MADE, Refused((ERROR, WARNING), "en"), Crashed(say("stopped")), Stopped(say("no font in %(file)s", file="a"))],
)
def test_what_a_worker_answers_arrives(answer: Answer) -> None:
    assert unpacked(_packed(answer), EXPECTED, PLACE) == answer


def _changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    line, _, rest = _packed(MADE).partition(b"\n")
    head = json.loads(line)
    change(head)
    return json.dumps(head).encode() + b"\n" + rest


def _with_paper(one: PrintedFile) -> bytes:
    return _packed(Made((one,)))


def _with_message(message: list[Any]) -> bytes:
    return _changed(lambda head: head["problems"].__setitem__(0, [[1, 1], "", message, ["x", {}], "warning"]))


def _nested(depth: int) -> list[Any]:
    return ["%(a)s", {"a": _nested(depth - 1)}] if depth else ["x", {}]


class _Runs:
    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.system, ("exit 1",)


HOSTILE_ANSWERS: list[object] = [
    None,
    "text",
    b"",
    b"\n",
    b"[]\n",
    b"{}\n",
    b"[" * 50_000 + b"\n",
    bytearray(_packed(MADE)),
    MADE,
    pickle.dumps(_Runs()),
    json.dumps({"is": "Crashed", "reason": ["x" * results.MOST_HEAD, {}]}).encode(),
    _packed(MADE)[:-1],
    _packed(MADE) + b"x",
    _packed(Refused((ERROR,))) + b"%PDF-",
    *(_with_paper(paper(name, "A")) for name in HOSTILE),
    _with_paper(paper("counter-card-en", "A")),
    _with_paper(PrintedFile("call-log-en", b"<html>", json.dumps({"sha256": hashlib.sha256(b"<html>").hexdigest()}).encode())),
    _with_paper(PrintedFile("call-log-en", b"%PDF-1.7 other", paper("call-log-en", "A").manifest)),
    _with_paper(PrintedFile("call-log-en", paper("call-log-en", "A").body, b"{}")),
    _with_paper(PrintedFile("call-log-en", paper("call-log-en", "A").body, b"#!/bin/sh")),
    _with_paper(PrintedFile("call-log-en", paper("call-log-en", "A").body, paper("x", "A").manifest + b" " * 70_000)),
    _packed(Made((paper("call-log-en", "A"), paper("call-log-en", "B")))),
    _packed(Made((), (ERROR,))),
    _packed(Refused((WARNING,))),
    _packed(Refused(())),
    _packed(dataclasses.replace(MADE, language="../../etc")),
    _changed(lambda head: head.update({"is": "Stopper"})),
    _changed(lambda head: head.update({"is": "Stopped"})),
    _changed(lambda head: head.update(papers=[["call-log-en", -5, 2]])),
    _changed(lambda head: head.update(papers=[["call-log-en", True, 2]])),
    _changed(lambda head: head.update(papers=[["call-log-en", 1e9, 2]])),
    _changed(lambda head: head.update(papers=[[["call-log-en"], 1, 2]])),
    _changed(lambda head: head.update(papers=head["papers"] * 60)),
    _changed(lambda head: head.update(layouts={"": -1})),
    _changed(lambda head: head.update(layouts=[1])),
    _changed(lambda head: head.update(problems=[[]])),
    _changed(lambda head: head.update(problems=[[[1, 1], 7, ["x", {}], ["x", {}], "warning"]])),
    _changed(lambda head: head.update(problems=[[[1, -1], "", ["x", {}], ["x", {}], "warning"]])),
    _changed(lambda head: head.update(problems=[[[1, 1], "", ["x", {}], ["x", {}], "fatal"]])),
    _with_message(["%(a)999999999s", {"a": "x"}]),
    _with_message(["%(a)s %(b)s", {"a": "x"}]),
    _with_message(["%(a)s %d", {"a": "x"}]),
    _with_message(["%(a)s", {"a": None}]),
    _with_message(["%(a)s", {"a": {"x": 1}}]),
    _with_message([7, {}]),
    _with_message(["x", []]),
    _with_message(_nested(20)),
]


@pytest.mark.parametrize("answer", HOSTILE_ANSWERS, ids=range(len(HOSTILE_ANSWERS)))
def test_an_answer_that_is_not_one_of_ours_is_refused(answer: object) -> None:
    with pytest.raises(AnswerError):
        unpacked(answer, EXPECTED, PLACE)


def test_an_answer_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MOST_BYTES", len(_packed(MADE)) - 1)
    with pytest.raises(AnswerError):
        unpacked(_packed(MADE), EXPECTED, PLACE)


@given(st.binary(max_size=200), st.integers(0, 2000), st.binary(max_size=3))
def test_bytes_changed_on_the_way_are_refused_or_mean_the_same_papers(begin: bytes, at: int, put: bytes) -> None:
    body = _packed(MADE)
    for changed in (begin, begin + b"\n" + body, body[: at % len(body)] + put + body[at % len(body) + len(put) :]):
        try:
            answer = unpacked(changed, EXPECTED, PLACE)
        except AnswerError:
            continue
        assert not isinstance(answer, Made) or {one.body for one in answer.papers} <= {one.body for one in MADE.papers}


def test_a_place_in_another_file_is_not_taken_over() -> None:
    elsewhere = dataclasses.replace(ERROR, location=Location("/etc/passwd", 3, 4))
    answer = unpacked(_packed(Refused((elsewhere,))), EXPECTED, PLACE)

    assert isinstance(answer, Refused)
    assert answer.problems[0].location == Location("people.csv", 3, 4)


def test_a_paper_that_is_only_named_has_no_body() -> None:
    named = Expected(EXPECTED.names, EXPECTED.languages, printed=False)
    answer = _packed(Made((PrintedFile("call-log-en", b"", b""), PrintedFile("proxy-en", b"", b""))))

    assert isinstance(unpacked(answer, named, PLACE), Made)
    with pytest.raises(AnswerError):
        unpacked(_packed(MADE), named, PLACE)
    with pytest.raises(AnswerError):
        unpacked(answer, EXPECTED, PLACE)


@pytest.mark.parametrize("answer", [None, b"x", pickle.dumps(_Runs()), MADE])
def test_a_record_whose_answer_cannot_be_used_costs_only_itself(tmp_path: Path, answer: object) -> None:
    records = [
        Record(n, f"A-{n}", dataclasses.replace(EMPTY, entries={"reference": Text("R", PLACE)}), (), {}) for n in (1, 2, 3)
    ]

    def submit(function: Any, *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(answer if arguments[-1].id == "A-2" else function(*arguments))
        return future

    with journal(tmp_path) as opened:
        done = run(JOB, records, opened, submit, work=lambda *_: Made((paper("call-log-en", "A"),)))
        found = {record.id: outcome for record, outcome in done if outcome}

    assert [found[one].failed for one in ("A-1", "A-2", "A-3")] == [False, True, False]
    assert isinstance(found["A-2"], Crashed)
    assert "AnswerError" in str(found["A-2"].reason)
    assert isinstance(found["A-2"].reason, Message)
