"""The same in Python: from a script that stands anywhere, typed, with the promises of the commands."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from conftest import CHECKOUT, SMALL, TODAY

import simforms
from simforms.errors import CaseError

CASE: dict[str, Any] = {
    "language": "zh-Hans",
    "carrier": "softbank",
    "person": {
        "name": "WANG XIAOMING",
        "birth_date": datetime.date(1999, 4, 1),
        "address": "東京都新宿区高田馬場1-2-3",
        "phone": "080-1234-5678",
    },
    "line": {"number": "090-1234-5678", "card": "esim"},
}
SCRIPT = """
import json, sys
from datetime import date
import simforms
from simforms.errors import CaseError

CASE = {"language": "ko", "carrier": "softbank", "person": {"name": "KIM MINSU"}, "line": {"number": "090-1234-5678"}}

if __name__ == "__main__":
    day = date(2026, 11, 20)
    plan = simforms.plan(CASE, today=day)
    body = simforms.render(CASE, documents=["call-log"], today=day)
    wrong = {**CASE, "line": {"number": "12"}}
    found = dict(simforms.batch({"A": CASE, "B": wrong, "C": CASE}, documents=["call-log"], today=day, workers=2))
    print(json.dumps({
        "language": plan.language,
        "way": plan.way.channel,
        "pdf": body[:5].decode(),
        "same": found["A"].papers[0].body == body,
        "failed": [name for name, outcome in sorted(found.items()) if outcome.failed],
        "told": [problem.name for problem in found["B"].problems],
    }))
"""


def test_a_script_outside_the_checkout_plans_prints_and_prints_many(tmp_path: Path) -> None:
    script = tmp_path / "leavers.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60)

    assert json.loads(done.stdout) == {
        "language": "ko",
        "way": "online",
        "pdf": "%PDF-",
        "same": True,
        "failed": ["B"],
        "told": ["line.number"],
    }
    assert done.stderr == ""


def test_a_mapping_a_path_and_the_command_give_the_same_paper(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        SMALL.replace("  name_kana: ワン シャオミン\n", "").replace("cancellation: {channel: post}\n", ""), encoding="utf-8"
    )
    of_a_mapping = simforms.render(CASE, documents=["cancellation-request"], today=TODAY)

    assert simforms.render(path, documents=["cancellation-request"], today=TODAY) == of_a_mapping
    assert simforms.render(str(path), documents=["cancellation-request"], today=TODAY) == of_a_mapping


def test_several_papers_come_as_one_file_behind_a_cover() -> None:
    body = simforms.render(CASE | {"cancellation": {"channel": "shop"}}, documents=["counter-card", "call-log"], today=TODAY)

    assert "整理番号" in pypdfium2.PdfDocument(body)[0].get_textpage().get_text_range()
    assert len(pypdfium2.PdfDocument(body)) >= 3


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"line": {"number": 9012345678}}, "line.number"),
        ({"person": {"nane": "x"}}, "person.nane"),
        ({"line": ["090-1234-5678"]}, "line"),
        ({"carrier": None}, "carrier"),
        ({"language": b"ja"}, "language"),
    ],
)
def test_what_is_wrong_in_a_mapping_is_told_with_its_field(change: dict[str, Any], name: str) -> None:
    with pytest.raises(CaseError) as told:
        simforms.render(CASE | change, today=TODAY)

    assert name in [problem.name for problem in told.value.problems]


def test_a_case_that_needs_no_paper_is_told() -> None:
    prepaid = {"language": "en", "carrier": "b-mobile", "line": {"number": "090-1234-5678", "billing": "prepaid"}}
    with pytest.raises(CaseError, match="needs no paper"):
        simforms.render(prepaid, today=TODAY)


def test_what_is_public_is_typed_and_nothing_more(tmp_path: Path) -> None:
    assert set(dir(simforms)) >= {"__version__"}
    for name in simforms.__all__:
        assert getattr(simforms, name) is not None
    with pytest.raises(AttributeError):
        _ = simforms.nothing
    script = tmp_path / "typed.py"
    script.write_text(
        "import simforms\nbody: bytes = simforms.render({})\nreveal_type(simforms.plan({}).language)\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", script],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert 'Revealed type is "builtins.str"' in done.stdout or 'Revealed type is "str"' in done.stdout, done.stdout


def test_a_mapping_without_an_end_is_refused_like_a_file() -> None:
    loop: dict[str, Any] = dict(CASE)
    loop["person"] = loop
    listed: list[Any] = []
    listed += [listed, listed]
    many = {**CASE, **{f"field {number}": "x" for number in range(10_000)}}

    for case, told in (
        (loop, "nested too deeply"),
        ({**CASE, "log": listed}, "more than 8000 names"),
        (many, "more than 8000 names"),
    ):
        with pytest.raises(CaseError, match=told):
            simforms.plan(case, today=TODAY)


@pytest.mark.parametrize(
    "call", [simforms.plan, simforms.render, lambda case, today: next(simforms.batch({"a": case}, today=today))]
)
@pytest.mark.parametrize(
    ("day", "why"), [(datetime.date.max, "late"), (datetime.date(9001, 1, 1), "late"), (datetime.date.min, "early")]
)
def test_a_year_in_which_days_run_out_is_a_wrong_value(call: Callable[..., object], day: datetime.date, why: str) -> None:
    with pytest.raises(ValueError, match=f"too {why}"):
        call(CHECKOUT / "samples" / "softbank-student" / "case.yaml", today=day)


@pytest.mark.parametrize(("instant", "why"), [("9999-12-31T23:59+00:00", "late"), ("0001-01-01T00:00+23:59", "early")])
def test_an_instant_that_is_no_day_in_japan_is_a_wrong_value(instant: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"too {why}"):
        simforms.plan(CASE, at=datetime.datetime.fromisoformat(instant))


def test_an_error_of_the_library_shows_no_control_character() -> None:
    with pytest.raises(CaseError) as wrong:
        simforms.plan("/nowhere/\x1b[31mred.yaml")

    assert "\x1b" not in str(wrong.value)
    assert "U+001B[31mred.yaml" in str(wrong.value)
