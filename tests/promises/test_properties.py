"""Whatever is typed: a value or a sentence about it comes out, never a traceback; what is printed is read back as it was."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from any_text import odd
from conftest import CHECKOUT, planned
from hypothesis import example, given
from hypothesis import strategies as st

from simforms.cases import characters, secrets
from simforms.errors import CaseError, Problem, ValueProblem
from simforms.fields import TYPES, day, yen
from simforms.knowledge.vocabulary import vocabulary
from simforms.load import load
from simforms.messages import Message

WORDS = vocabulary(CHECKOUT)

CANARY = "ZQXCANARY"

figures = st.text("0123456789", min_size=1, max_size=40)
latin = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ ", min_size=1, max_size=40)
katakana = st.text("アイウエオカガキシジタチツテトナノハパバマヤャラリレロワヲンー", min_size=1, max_size=14)

RIGHT: dict[str, st.SearchStrategy[str]] = {
    "account-kana": katakana,
    "code": st.from_regex(r"[A-Z0-9][A-Z0-9-]{0,20}", fullmatch=True),
    "day": st.dates(day.ERAS[2][2], date(day.LAST_YEAR, 12, 31)).map(day.date.isoformat),
    "digits": st.text("0123456789", min_size=1, max_size=20),
    "eid": st.from_regex(r"[0-9]{32}", fullmatch=True).filter(str.isascii),
    "email": st.just("wang@example.com"),
    "imei": st.text("0123456789", min_size=15, max_size=16),
    "kana": katakana,
    "kana-line": st.text("あいうかがきしたなはまらワン 0123456789-", min_size=1, max_size=40),
    "kanji-name": st.text("王小明李娜髙﨑神\ufa19\U00020bb7", min_size=1, max_size=10),
    "line-number": st.from_regex(r"0[6-9]0[1-9][0-9]{7}", fullmatch=True).filter(str.isascii),
    "name": latin,
    "passport": st.from_regex(r"[A-Z0-9]{6,9}", fullmatch=True),
    "phone": st.from_regex(r"0([1-9][1-9]|[134]0)[0-9]{7}|0[256789]0[0-9]{8}", fullmatch=True).filter(str.isascii),
    "postal-code": st.from_regex(r"[0-9]{7}", fullmatch=True).filter(str.isascii),
    "residence-card": st.from_regex(r"[A-Z]{2}[0-9]{8}[A-Z]{2}", fullmatch=True).filter(str.isascii),
    "serial": st.from_regex(r"89[0-9]{17,18}", fullmatch=True).filter(str.isascii),
    "address": odd.filter(lambda text: "\n" not in text),
    "text": odd.filter(lambda text: "\n" not in text),
    "yen": st.integers(1, yen.LARGEST).map(str),
}


def _parsed(kind: str, text: str) -> Any:
    try:
        return TYPES[kind].parse(text)
    except ValueProblem:
        return None


def _problems(read: Callable[[Path], object], path: Path) -> tuple[Problem, ...] | None:
    """Return what a file was refused for; None if it was taken."""
    try:
        read(path)
    except CaseError as error:
        return error.problems
    return None


def test_every_type_has_its_right_values() -> None:
    assert set(RIGHT) == set(TYPES)


@pytest.mark.parametrize("kind", TYPES)
@given(data=st.data())
def test_what_is_printed_is_read_back_as_it_was(kind: str, data: st.DataObject) -> None:
    value = TYPES[kind].parse(data.draw(RIGHT[kind]))

    assert TYPES[kind].parse(str(TYPES[kind].show(value, "ja"))) == value


@pytest.mark.parametrize("kind", TYPES)
@given(text=odd | figures | latin)
@example(text="１" * 200)
@example(text="²")
@example(text="٣٤٥")
@example(text="令和²年1月1日")
@example(text="令和99年1月1日")
@example(text="+81")
@example(text="9999-99-99")
@example(text="@")
def test_any_text_is_a_value_or_a_sentence(kind: str, text: str) -> None:
    value = _parsed(kind, text)

    if value is not None:
        module: Any = TYPES[kind]
        shown = [module.show(value, language) for language in ("ja", "ja-Hira", "zh-Hans", "en")]
        shown += [getattr(module, "form", str)(value)]
        assert all(isinstance(text, str | Message | None) for text in shown)
        assert all(str(remark.what) and str(remark.suggestion) for remark in getattr(module, "remarks", lambda _: ())(value))


@given(text=odd | figures)
@example(text="\ud800")
@example(text="\x00")
@example(text="a" + "\u0301" * 60)
def test_any_text_is_looked_through(text: str) -> None:
    for look in (characters.unprintable, secrets.refused):
        assert all(str(what) and str(suggestion) for what, suggestion in look(text))
    assert all(str(remark.what) for remark in characters.doubtful(text))


@given(text=odd)
@example(text="person: &a [*a]")
@example(text="person: {name: !!python/object:os.system x}")
@example(text="- 1\n- 2")
@example(text="person: {name: 1, name: 2}")
@example(text="%")
@example(text="\t")
def test_any_file_is_a_case_or_problems_with_a_place(text: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(text, encoding="utf-8", newline="")

    problems = _problems(planned, path)
    assert problems is None or problems
    assert all(problem.location.file == str(path) for problem in problems or ())


@given(bytes_=st.binary(max_size=80))
def test_any_bytes_are_a_case_or_problems(bytes_: bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_bytes(bytes_)

    problems = _problems(load, path)
    assert problems is None or problems


BASE = {
    "language": "zh-Hans",
    "carrier": "softbank",
    "person": {"name": "LI NA", "birth_date": "1999-04-01", "address": "東京都新宿区1-2", "phone": "080-1234-5678"},
    "line": {"number": "090-1234-5678", "card": "esim"},
    "cancellation": {"channel": "shop"},
    "refund": {"ground": "deposit", "account": {"kind": "abroad"}},
}


def _with(name: str, value: str) -> str:
    """Return a case in JSON, which YAML is too, with one field of that value."""
    case: dict[str, Any] = copy.deepcopy(BASE)
    *sections, key = name.split(".")
    within = case
    for section in sections:
        within = within.setdefault(section, {})
    within[key] = value
    return json.dumps(case)


@pytest.mark.parametrize("name", list(WORDS))
def test_a_canary_in_any_field_reaches_no_json_and_no_log(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    from simforms.cli.main import main  # noqa: PLC0415 - only this test starts the program

    caplog.set_level(logging.DEBUG)
    path = tmp_path / "case.yaml"
    path.write_text(_with(name, CANARY), encoding="utf-8")

    with pytest.raises(SystemExit):
        main(["check", str(path), "--json"])

    told = capsys.readouterr()
    assert json.loads(told.out)
    assert CANARY.casefold() not in (told.out + told.err + caplog.text).casefold()


@pytest.mark.parametrize("name", [name for name in WORDS if WORDS[name].type != "choice" and name not in {"language", "carrier"}])
@given(value=odd)
def test_any_value_in_any_field_gives_a_plan_or_problems(name: str, value: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(_with(name, value), encoding="utf-8")

    problems = _problems(planned, path)
    assert problems is None or problems
