"""A code names what is wrong for programs: it is approved, and no rewording changes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import SAMPLES
from problem_sentences import marked, of_the_code, of_the_content

from simforms.cli.main import main
from simforms.errors import ContentError
from simforms.knowledge import problem_codes as codes
from simforms.knowledge.content import data, read_toml
from simforms.knowledge.problem_codes import approved, code, made_of_words
from simforms.messages import say

SHARED = {"it-is-missing", "it-is-not-valid-yaml"}
"""Codes of two sentences that say the same, one of them with its reason."""


def test_every_sentence_that_says_what_is_wrong_has_a_code() -> None:
    written = of_the_code() | dict.fromkeys(of_the_content(), "a file of content")

    lacking = {sentence: place for sentence, place in written.items() if sentence not in approved()}
    assert not lacking, "give each a code in simforms/data/codes.toml; where a sentence was reworded, keep its code"


def test_no_code_is_left_without_its_sentence() -> None:
    assert set(approved()) <= marked() | of_the_content(), "keep the code of a sentence that was reworded"


def test_no_two_sentences_share_a_code_unless_they_say_the_same() -> None:
    listed = read_toml(data("codes.toml"))["codes"]

    assert {name for name, sentences in listed.items() if len(sentences) != 1} == SHARED
    assert all(name == made_of_words(name) for name in listed)
    assert list(listed) == sorted(listed)


def test_the_search_finds_sentences_wherever_they_are_written() -> None:
    """In calls, behind names, in either branch of a choice, in tuples, in what a function returns, in outcomes."""
    assert {
        "this is not a date",
        "it is not in the bank directory of %(day)s, and may have been renamed",
        "a SWIFT code has 8 or 11 letters and digits (bank, country, location)",
        "%(cell)s contains a formula",
        "you have already sent every request of this kind",
        "character %(index)s, %(code)s, is invisible",
        "it took too long and was stopped",
        "this field has no value",
    } <= set(of_the_code())


def _with_codes(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "codes.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(codes, "data", folder.joinpath)
    monkeypatch.setattr(codes, "approved", approved.__wrapped__)


def test_a_reworded_sentence_keeps_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_codes(tmp_path, '[codes]\nthis-is-not-a-date = ["write a date here"]\n', monkeypatch)

    assert code(say("write a date here")) == "this-is-not-a-date"


def test_a_sentence_without_a_code_is_told_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_codes(tmp_path, "[codes]\n", monkeypatch)

    assert code(say("this is not “%(typed)s”, 2 of them", typed="x")) == "this-is-not-2-of-them"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[codes]\na = "x"\n', 'codes.a: this is a text; write ["x"]'),
        ('[codes]\na = ["x"]\nb = ["x"]\n', "codes: “x” has several codes; keep one"),
    ],
)
def test_a_broken_list_of_codes_is_an_error(text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_codes(tmp_path, text, monkeypatch)

    with pytest.raises(ContentError) as caught:
        code(say("x"))
    assert str(caught.value) == f"{tmp_path / 'codes.toml'}: {told}"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_a_plan_and_a_check_give_the_same_codes(path: Path) -> None:
    plan, check = (json.loads(CliRunner().invoke(main, [command, str(path), "--json"]).stdout) for command in ("plan", "check"))

    known = set(approved().values())
    assert {problem["code"] for problem in plan["conflicts"]} <= {problem["code"] for problem in check} <= known
