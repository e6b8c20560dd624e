"""A paper can be verified, masked, locked and forgotten; what stands beside it tells nothing about the person."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from conftest import CHECKOUT, planned

from simforms import clock
from simforms.cli.main import main
from simforms.load import load
from simforms.papers.fitting import document_pdf
from simforms.papers.manifest import SUFFIX, manifest_path
from simforms.pdf import encryption

CASE = CHECKOUT / "samples" / "docomo-double-billing" / "case.yaml"
LONGEST = CHECKOUT / "samples" / "every-field" / "case.yaml"
STUDENT = CHECKOUT / "samples" / "softbank-student" / "case.yaml"
PASSWORD = "long-enough-パスワード"  # noqa: S105 - of a test


def _run(*arguments: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)


def _made(tmp_path: Path, *more: object) -> Path:
    result = _run("render", CASE, "-o", tmp_path / "out", *more)
    assert result.exit_code == 0, result.output
    return Path(result.stdout.splitlines()[0])


def _text(path: Path) -> str:
    return "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(path))


def test_an_unaltered_paper_is_fine(tmp_path: Path) -> None:
    result = _run("verify", path := _made(tmp_path), "-l", "en")

    assert (result.exit_code, result.stdout) == (0, f"{path}: fine: unaltered\n")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda path: path.write_bytes(path.read_bytes() + b" "), "it was altered after it was made"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"PDF", b"PDG", 1)), "it was altered after it was made"),
        (lambda path: manifest_path(path).unlink(), "no manifest stands beside it"),
        (lambda path: manifest_path(path).write_text("{"), "its manifest cannot be read"),
        (lambda path: manifest_path(path).write_text("[]"), "its manifest cannot be read"),
        (lambda path: manifest_path(path).write_text('{"sha256": 1}'), "its manifest cannot be read"),
    ],
)
def test_what_is_wrong_with_a_paper_is_told(change: object, told: str, tmp_path: Path) -> None:
    path = _made(tmp_path)
    change(path)  # type: ignore[operator] # each makes its fault

    result = _run("verify", path, "-l", "en")

    assert result.exit_code == 1
    assert told in result.stdout


def test_facts_that_have_grown_old_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _made(tmp_path)
    until = date.fromisoformat(json.loads(manifest_path(path).read_text())["facts_until"])

    monkeypatch.setattr(clock, "now", lambda: clock.Now(until))
    assert _run("verify", path).exit_code == 0
    monkeypatch.setattr(clock, "now", lambda: clock.Now(until + timedelta(days=1)))
    result = _run("verify", path, "-l", "en")

    assert result.exit_code == 1
    assert f"must be checked again since {until}" in result.stdout


def test_a_manifest_and_a_name_hold_no_value_of_the_case(tmp_path: Path) -> None:
    path = _made(tmp_path)
    told = manifest_path(path).read_text(encoding="utf-8") + path.name
    case, _ = load(CASE)

    for name, value in case.leaves():
        if name not in {"language", "carrier", "date"} and len(value.text) > 3:
            assert value.text not in told, name
    assert manifest_path(path).stat().st_mode & 0o777 == 0o600


def test_the_same_case_gives_the_same_manifest(tmp_path: Path) -> None:
    assert manifest_path(_made(tmp_path / "a")).read_bytes() == manifest_path(_made(tmp_path / "b")).read_bytes()


def test_a_manifest_names_everything_that_draws(tmp_path: Path) -> None:
    made_with = json.loads(manifest_path(_made(tmp_path)).read_text(encoding="utf-8"))["made_with"]

    assert {"simforms", "weasyprint", "pango", "uharfbuzz"} <= made_with.keys()
    assert all(re.fullmatch(r"\d+(\.\d+)+", made_with[name]) for name in made_with)


def test_a_preview_masks_the_numbers_and_says_so(tmp_path: Path) -> None:
    shown, masked = _text(_made(tmp_path / "a")), _text(_made(tmp_path / "b", "--mask"))

    assert re.search(r"0123456(?!\d)", shown)
    assert not re.search(r"0123456(?!\d)", masked)
    assert "*****56" in masked
    assert masked.count("確認用：口座番号") == len(pypdfium2.PdfDocument(next((tmp_path / "b" / "out").glob("*.pdf"))))
    assert "LI MEIHUA" in masked


@pytest.mark.parametrize(
    ("name", "language"),
    [("counter-card", "vi"), ("counter-card", "ko"), ("initial-cancellation", "vi"), ("certified-mail", "en")],
)
def test_the_words_that_it_is_a_preview_move_no_line_to_another_page(name: str, language: str) -> None:
    plan = planned(STUDENT if name == "counter-card" else LONGEST, name, language=language)
    paper, masked = (
        [_lines(page) for page in pypdfium2.PdfDocument(document_pdf(one, one.documents[0]))]
        for one in (plan, dataclasses.replace(plan, masked=True))
    )

    assert len(masked) == len(paper)
    for before, now in zip(paper, masked, strict=True):
        assert any("確認用" in line for line in now)
        assert {line for line in before if not re.search(r"[\d*]", line)} <= now


def _lines(page: pypdfium2.PdfPage) -> set[str]:
    return set(page.get_textpage().get_text_range().split("\r\n"))


def test_a_locked_paper_opens_with_its_password_only(tmp_path: Path) -> None:
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    path = _made(tmp_path, "--encrypt", "--password-file", tmp_path / "password")

    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password=PASSWORD) as opened:
        assert opened.encryption.R == 6
        assert opened.encryption.bits == 256
    assert b"SF-R2EQ" not in path.read_bytes(), "the title is locked too"
    assert _run("verify", path).exit_code == 0


def test_a_password_is_asked_for_twice_and_never_shown(tmp_path: Path) -> None:
    result = _run("render", CASE, "-o", tmp_path, "--encrypt", typed=f"{PASSWORD}\n{PASSWORD}\n")

    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output


def test_a_short_password_is_refused(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("short")

    result = _run("render", CASE, "-o", tmp_path / "out", "--encrypt", "--password-file", tmp_path / "password")

    assert result.exit_code == 3
    assert "shorter than 8 characters" in result.stderr
    assert not (tmp_path / "out").exists()


def test_without_its_library_locking_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pikepdf", None)

    with pytest.raises(encryption.EncryptionError, match=r"pip install .*pikepdf"):
        encryption.encrypt(b"", PASSWORD)


def test_a_lock_keeps_the_pages(tmp_path: Path) -> None:
    body = _made(tmp_path).read_bytes()

    with pikepdf.open(io.BytesIO(encryption.encrypt(body, PASSWORD)), password=PASSWORD) as opened:
        assert len(opened.pages) == len(pypdfium2.PdfDocument(body))


def test_forgotten_papers_are_gone_and_only_they(tmp_path: Path) -> None:
    path = _made(tmp_path)
    other = path.with_name("letter-of-mine.pdf")
    own = path.with_name(path.name.replace("refund-request", "scan"))
    other.write_bytes(b"x")
    own.write_bytes(b"x")  # it has the reference, but was not made here

    result = _run("forget", CASE, "-o", path.parent)

    assert result.stdout == f"{path}\n"
    assert sorted(path.parent.iterdir()) == sorted([other, own])
    assert CASE.exists()


def test_a_case_that_others_may_read_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(CASE.read_bytes())
    path.chmod(0o644)
    told = _run("check", path, "-l", "en").stderr
    path.chmod(0o600)

    assert "others on this machine may read this file; make it your own: chmod 600" in told
    assert "others on this machine" not in _run("check", path, "-l", "en").stderr


def test_every_paper_has_its_manifest(tmp_path: Path) -> None:
    _run("render", CHECKOUT / "samples" / "softbank-student" / "case.yaml", "-o", tmp_path)

    papers = sorted(path for path in tmp_path.iterdir() if not path.name.endswith(SUFFIX))
    assert len(papers) == 3
    assert all(manifest_path(path).exists() for path in papers)


def test_a_batch_leaves_files_in_its_folder_only_and_for_its_owner_only(tmp_path: Path) -> None:
    table, temporary, out = tmp_path / "people.csv", tmp_path / "temporary", tmp_path / "out"
    temporary.mkdir()
    rows = ["id,carrier,language,person.name,line.number", "A,au,en,WANG XIAOMING,090-1234-5678", "B,au,en,LI MEIHUA,12"]
    table.write_text("\n".join(rows), encoding="utf-8")
    command = [sys.executable, "-m", "simforms", "batch", table, "-d", "call-log", "-o", out, "--yes", "-q"]
    done = subprocess.run(command, check=False, cwd=CHECKOUT, env={**os.environ, "TMPDIR": str(temporary)}, capture_output=True)

    assert done.returncode == 1
    assert list(temporary.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "people.csv", "temporary"]
    files = {path.name: path for path in out.iterdir()}
    assert {"A-call-log-en.pdf", "batch.jsonl", "failed.xlsx", "index-people.pdf"} <= files.keys()
    assert {path.stat().st_mode & 0o777 for path in files.values()} == {0o600}
    assert all(value not in files["batch.jsonl"].read_text(encoding="utf-8") for value in ("WANG", "MEIHUA", "5678"))
