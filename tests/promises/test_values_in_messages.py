"""What is typed is repeated on the terminal only: private values by their end, and no file, program or journal gets any."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from conftest import CHECKOUT

from simforms.cli.failures import print_problems, problems_as_json
from simforms.cli.main import main
from simforms.errors import Location, Problem
from simforms.knowledge.vocabulary import vocabulary
from simforms.messages import Message, say

WORDS = vocabulary(CHECKOUT)
NAMES = [name.replace("[]", "[1]") for name in WORDS]
PRIVATE = [name for name in NAMES if WORDS[name].private]
CANARIES = ["ZQXCANARY", "９８７６５４３２１", "ZQ-987 654-321", "zqxカナリア"]
BASE = {"carrier": "softbank", "language": "en", "person.name": "LI NA", "line.number": "090-1234-5678", "line.card": "esim"}


def _bare(text: str) -> str:
    return re.sub(r"[\s\-]", "", text).casefold()


def _holds(output: str, typed: str) -> bool:
    """Return whether an output holds a value, as typed or as it may have been read."""
    return any(
        _bare(one) in _bare(unicodedata.normalize("NFKC", output)) for one in (typed, unicodedata.normalize("NFKC", typed))
    )


def _run(*arguments: object) -> Any:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def _check(tmp_path: Path, given: dict[str, str], *options: str) -> Any:
    tree: dict[str, Any] = {}
    for name, value in given.items():
        inner = tree
        *sections, last = name.split(".")
        for section in sections:
            key, listed, _ = section.partition("[")
            inner = inner.setdefault(key, [{}])[0] if listed else inner.setdefault(key, {})
        inner[last] = value
    path = tmp_path / "case.yaml"
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    path.chmod(0o600)
    return _run("check", path, *options)


@pytest.mark.parametrize("typed", CANARIES)
@pytest.mark.parametrize("name", NAMES)
def test_json_repeats_no_value_of_any_field(name: str, typed: str, tmp_path: Path) -> None:
    told = _check(tmp_path, BASE | {name: typed}, "--json")

    assert isinstance(json.loads(told.stdout), list)
    assert not _holds(told.output, typed)


@pytest.mark.parametrize("typed", CANARIES)
@pytest.mark.parametrize("name", PRIVATE)
def test_the_terminal_repeats_no_private_value_whole(name: str, typed: str, tmp_path: Path) -> None:
    told = _check(tmp_path, BASE | {name: typed})

    assert not _holds(told.output, typed)


@pytest.mark.parametrize("name", PRIVATE)
def test_whatever_a_sentence_says_of_a_private_field_is_masked_on_the_terminal(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = say("it was read as %(typed)s", typed="E12345678")
    problem = Problem(Location("x"), name, inner, say("%(text)s", text=inner))
    print_problems([problem], "en")

    told = capsys.readouterr().err
    assert told.count("…78") == 2
    assert "12345" not in told


def test_the_terminal_repeats_what_is_not_private(tmp_path: Path) -> None:
    assert "read as 080-1234-5678" in _check(tmp_path, BASE | {"person.phone": "０８０１２３４５６７８"}, "-l", "en").stderr


def test_json_keeps_what_is_ours_and_drops_whatever_else_a_sentence_contains() -> None:
    what = Message(
        "%(choices)s %(count)s %(anything)s %(inner)s",
        {"choices": "a, b", "count": 3, "anything": "ZQX", "inner": say("%(typed)s", typed="ZQX")},
    )
    [told] = json.loads(problems_as_json([Problem(Location("x"), "person.name", what, what)], "en"))

    assert told["message"] == told["suggestion"] == "a, b 3 … …"


UNKNOWN = {
    "zqxcanary": "",
    "person.zqxcanary": "person",
    "refund.account.zqxcanary": "refund.account",
    "log[1].zqxcanary": "log[1]",
}


@pytest.mark.parametrize(("name", "known"), list(UNKNOWN.items()))
def test_json_holds_no_name_that_is_not_ours(name: str, known: str, tmp_path: Path) -> None:
    told = _check(tmp_path, BASE | {name: "x"}, "--json")

    assert "zqxcanary" not in told.output
    assert known in {problem["field"] for problem in json.loads(told.stdout)}


def test_a_plan_as_json_repeats_no_value(tmp_path: Path) -> None:
    _check(
        tmp_path,
        BASE | {"person.phone": "０８０１２３４５６７８", "refund.account.bank": "ZQXCANARY銀行", "refund.account.kind": "bank"},
    )
    told = _run("plan", tmp_path / "case.yaml", "--json")

    assert json.loads(told.stdout)["conflicts"]
    assert not _holds(told.output, "ZQXCANARY")
    assert not _holds(told.output, "080-1234-5678")


def _batch(tmp_path: Path, headings: list[str], row: list[str]) -> tuple[Any, str, list[str]]:
    """Return what a batch of one row printed, its journal, and the texts of the table of failed rows but for the row itself."""
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells in (headings, row)]
    (tmp_path / "people.csv").write_text("\n".join(quoted), encoding="utf-8")
    out = tmp_path / "out"
    told = _run("batch", tmp_path / "people.csv", "-d", "call-log", "-o", out, "--yes", "-q", "--workers", "1")
    journal = (out / "batch.jsonl").read_text(encoding="utf-8") if (out / "batch.jsonl").exists() else ""
    failed = out / "failed.xlsx"
    texts = (
        []
        if not failed.exists()
        else [
            str(row[-1].value)
            for row in openpyxl.load_workbook(io.BytesIO(failed.read_bytes())).worksheets[0].iter_rows(min_row=2)
        ]
    )
    return told, journal, texts


@pytest.mark.parametrize("name", ["person.name_kana", "line.card", "refund.account.holder_kana", "carrier", *PRIVATE])
def test_a_batch_repeats_no_value_in_its_journal_and_its_table_of_failed_rows(name: str, tmp_path: Path) -> None:
    given = BASE | {"line.number": "1"} | {name: "ZQXCANARY!"}
    told, journal, texts = _batch(tmp_path, ["id", *given], ["A", *given.values()])

    assert journal
    assert texts
    assert not any(_holds(text, "ZQXCANARY") for text in (journal, *texts))
    assert name not in PRIVATE or not _holds(told.output, "ZQXCANARY")


@pytest.mark.parametrize("key", ["zqxcanary", "person.zqxcanary", "person.name.zqxcanary"])
def test_a_journal_holds_no_name_that_is_not_ours(key: str, tmp_path: Path) -> None:
    (tmp_path / "people.jsonl").write_text(json.dumps({"id": "A", **BASE, key: "x"}), encoding="utf-8")
    _run("batch", tmp_path / "people.jsonl", "-d", "call-log", "-o", tmp_path / "out", "--yes", "-q", "--workers", "1")
    journal = (tmp_path / "out" / "batch.jsonl").read_text(encoding="utf-8")

    assert len(journal.splitlines()) > 1
    assert "zqxcanary" not in journal
