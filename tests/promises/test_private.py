"""A paper can be verified, masked, locked and forgotten; what stands beside it tells nothing about the person."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import io
import json
import math
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from conftest import CHECKOUT, planned

from simforms import clock
from simforms.cases.reference import short_reference
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


def test_verify_says_that_it_shows_no_forgery(tmp_path: Path) -> None:
    path = _made(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"PDF", b"PDG", 1))
    manifest = json.loads(manifest_path(path).read_text(encoding="utf-8"))
    manifest["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest_path(path).write_text(json.dumps(manifest), encoding="utf-8")

    forged = _run("verify", path, "-l", "en")
    path.write_bytes(b"altered by accident")
    altered = _run("verify", path, "-l", "en")

    assert forged.stdout == f"{path}: fine: unaltered\n"
    limit = (
        "simforms: this check shows accidental changes, not forgery: anyone who can alter a paper can also alter its manifest\n"
    )
    assert (forged.exit_code, forged.stderr) == (0, limit)
    assert (altered.exit_code, altered.stderr) == (1, "")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda path: path.write_bytes(path.read_bytes() + b" "), "it was altered after it was made"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"PDF", b"PDG", 1)), "it was altered after it was made"),
        (lambda path: manifest_path(path).unlink(), "there is no manifest next to it"),
        (lambda path: manifest_path(path).write_text("{"), "its manifest cannot be read"),
        (lambda path: manifest_path(path).write_text("[]"), "its manifest cannot be read"),
        (lambda path: manifest_path(path).write_text("[" * 50_000), "its manifest cannot be read"),
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
    assert f"have needed checking again since {until}" in result.stdout


def test_a_manifest_and_a_name_hold_no_value_of_the_case(tmp_path: Path) -> None:
    path = _made(tmp_path)
    told = manifest_path(path).read_text(encoding="utf-8") + path.name
    case, _ = load(CASE)

    for name, value in case.leaves():
        if name not in {"language", "carrier", "date", "reference"} and len(value.text) > 3:
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

    assert "other users of this computer can read this file; make it readable by you only: chmod 600" in told
    assert "other users of this computer" not in _run("check", path, "-l", "en").stderr


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


def _case(folder: Path, reference: str) -> Path:
    path = folder / f"{reference.replace('/', '_')}.yaml"
    lines = [line for line in CASE.read_text(encoding="utf-8").splitlines() if not line.startswith("reference:")]
    path.write_text("\n".join([*lines, *([f"reference: {reference}"] if reference else [])]) + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("mine", ["SF", "SF-1", "S", "A/B"])
def test_papers_of_a_reference_that_begins_alike_are_not_forgotten(tmp_path: Path, mine: str) -> None:
    out = tmp_path / "out"
    others = [_case(tmp_path, f"{mine}{more}") for more in ("-2", "X", "-REFUND-REQUEST-EN")]
    assert _run("render", *others, "-o", out).exit_code == 0
    kept = sorted(out.iterdir())
    assert _run("render", _case(tmp_path, mine), "-o", out).exit_code == 0
    result = _run("forget", _case(tmp_path, mine), "-o", out)

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert sorted(out.rglob("*")) == kept


@pytest.mark.parametrize("more", [[], ["--packet"]])
def test_a_paper_that_was_changed_is_not_replaced_and_nothing_else_is_written(more: list[str], tmp_path: Path) -> None:
    path = _made(tmp_path, *more)
    path.write_bytes(path.read_bytes() + b"\n% signed")
    before = {one: one.read_bytes() for one in path.parent.iterdir()}

    result = _run("--ui", "en", "render", CASE, "-o", path.parent, *more)

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{path} was changed after it was made; move it to another folder, then try again" in result.stderr
    assert {one: one.read_bytes() for one in path.parent.iterdir()} == before


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_a_paper_that_was_being_replaced_when_the_power_failed_is_replaced_the_next_time(
    writes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _made(tmp_path)
    older = path.read_bytes()

    def replaced() -> Result:
        return _run("render", CASE, "-o", path.parent, "--set", "person.phone=080-1111-2222")

    with monkeypatch.context() as failing:
        failing.setattr("simforms.write.write", _failing_after(writes))
        replaced()
    assert (path.read_bytes() == older) == (writes < 2), "the manifest, the paper, then the manifest that names one paper"

    assert replaced().exit_code == 0
    assert path.read_bytes() != older
    assert _run("verify", path, "-l", "en").stdout == f"{path}: fine: unaltered\n"
    assert "replaces" not in manifest_path(path).read_text(encoding="utf-8")


def _failing_after(writes: int) -> Callable[[Path, bytes], None]:
    """Return what writes that many files, then finds the disk full."""
    written: list[Path] = []

    def write(path: Path, body: bytes) -> None:
        if len(written) == writes:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        written.append(path)
        path.write_bytes(body)

    return write


def test_a_paper_goes_before_its_manifest_and_a_changed_one_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _made(tmp_path)
    removed: list[str] = []
    unlink = Path.unlink

    def noted(one: Path, *, missing_ok: bool = False) -> None:
        if one.parent == path.parent:
            removed.append(one.name)
        unlink(one, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", noted)
    path.write_bytes(path.read_bytes() + b"\n% signed")
    result = _run("forget", CASE, "-o", path.parent)
    assert (result.exit_code, result.stdout, path.exists(), manifest_path(path).exists()) == (1, "", True, True)
    assert f"{path} was changed after it was made" in result.stderr
    assert removed == []

    path.unlink()
    _made(tmp_path)
    removed.clear()
    assert _run("forget", CASE, "-o", path.parent).exit_code == 0
    assert removed == [path.name, manifest_path(path).name]


@pytest.mark.parametrize("broken", ["", "[]", "{", '{"reference": "SF-R2EQ-RXY1"}', "[" * 50_000, "\ud800"])
def test_a_file_next_to_which_no_manifest_of_ours_is_stays(tmp_path: Path, broken: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    path = out / "SF-R2EQ-RXY1-scan.pdf"
    path.write_bytes(b"%PDF-1.7 mine")
    manifest_path(path).write_bytes(broken.encode(errors="surrogatepass"))
    result = _run("forget", CASE, "-o", out)

    assert (result.exit_code, result.stdout) == (0, "")
    assert path.read_bytes() == b"%PDF-1.7 mine"


@pytest.mark.parametrize("wrong", [{"version": 1e400}, {"sha256": [1]}, {"replaces": {}}, {"reference": ["SF-R2EQ-RXY1"]}])
def test_a_manifest_with_values_of_another_kind_is_none_of_ours(tmp_path: Path, wrong: dict[str, object]) -> None:
    path = _made(tmp_path)
    manifest = json.loads(manifest_path(path).read_text(encoding="utf-8"))
    manifest_path(path).write_text(json.dumps({**manifest, **wrong}).replace("Infinity", "1e400"), encoding="utf-8")

    done = [_run("verify", path), _run("render", CASE, "-o", path.parent), _run("forget", CASE, "-o", path.parent)]

    assert not [result.stderr for result in done if "an error in simforms" in result.stderr]
    assert path.exists() is not ("version" in wrong)


def test_forget_says_which_file_has_the_name_of_a_paper_and_a_manifest_that_does_not_say_whose_it_is(tmp_path: Path) -> None:
    path = _made(tmp_path)
    manifest_path(path).write_bytes(b"{")

    result = _run("forget", CASE, "-o", path.parent)

    assert (path.exists(), result.stdout) == (True, "")
    assert f"simforms: {path}: " in result.stderr


def test_a_paper_that_cannot_be_written_leaves_no_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def full(one: Path, other: Path) -> Path:
        if other.suffix == ".pdf":
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(one, other)

    monkeypatch.setattr(Path, "replace", full)
    result = _run("render", CASE, "-o", tmp_path / "out")

    assert result.exit_code == 3
    assert list((tmp_path / "out").iterdir()) == []


def test_a_file_that_the_system_stops_reading_is_named(tmp_path: Path) -> None:
    password = _run("render", CASE, "-o", tmp_path / "out", "--encrypt", "--password-file", "/proc/self/mem")
    paper = _run("verify", "/proc/self/mem")

    assert password.stderr.startswith("simforms: /proc/self/mem: ")
    assert paper.stderr.startswith("/proc/self/mem: ")


@pytest.mark.parametrize("foreign", ["paper", "manifest", "link", "other"])
def test_render_replaces_no_file_of_somebody_else_and_then_writes_nothing(tmp_path: Path, foreign: str) -> None:
    path = _made(tmp_path)
    manifest_path(path).unlink()
    path.unlink()
    target = manifest_path(path) if foreign == "manifest" else path
    if foreign == "link":
        (tmp_path / "mine").write_bytes(b"mine")
        target.symlink_to(tmp_path / "mine")
    elif foreign == "other":  # a paper of another case, whose reference has the same letters
        _run("render", _case(tmp_path, "SF-R2EQ/RXY1"), "-o", path.parent)
    else:
        target.write_bytes(b"mine")
    before = {one: one.read_bytes() for one in path.parent.iterdir()}
    result = _run("render", STUDENT, CASE, "-o", path.parent)

    assert result.exit_code == 3
    assert f"{path}: File exists" in result.stderr
    assert {one: one.read_bytes() for one in path.parent.iterdir()} == before


@pytest.mark.parametrize("other", ["case", "link", "pipe"])
def test_a_calendar_replaces_only_one_of_ours(tmp_path: Path, other: str) -> None:
    case, days = tmp_path / "case.yaml", tmp_path / "days.ics"
    case.write_bytes(CASE.read_bytes())
    assert _run("plan", case, "--calendar", days).exit_code == 0
    assert _run("plan", case, "--calendar", days).exit_code == 0
    target = case if other == "case" else tmp_path / other
    if other == "link":
        target.symlink_to(days)
    elif other == "pipe":
        os.mkfifo(target)
    before = _unread(target)
    result = _run("plan", case, "--calendar", target)

    assert result.exit_code == 3
    assert result.stdout == ""
    assert f"{target}: File exists" in result.stderr
    assert _unread(target) == before
    assert case.read_bytes() == CASE.read_bytes()


def _unread(path: Path) -> tuple[int, ...]:
    """Return what changes when a file is written, and not when it is read."""
    found = path.lstat()
    return found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def test_verify_waits_for_no_pipe_and_reads_no_device_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "paper.pdf"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "simforms", "verify", path, "-l", "en"],
            check=False, capture_output=True, text=True, timeout=30, cwd=CHECKOUT,
        )  # fmt: skip

        assert done.returncode == 1
        assert f"{path}: the file cannot be read" in done.stderr


def test_a_manifest_of_no_paper_is_left_alone(tmp_path: Path) -> None:
    path = _made(tmp_path)
    stray = path.parent / SUFFIX
    stray.write_bytes(manifest_path(path).read_bytes())
    result = _run("forget", CASE, "-o", path.parent)

    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert list(path.parent.iterdir()) == [stray]


def test_a_reference_is_random_once_and_kept_or_too_short_to_tell_a_number(tmp_path: Path) -> None:
    given = ["language=en", "carrier=softbank", "line.number=090-1234-5678", "person.name=WANG XIAOMING", "line.card=esim"]
    pairs = [part for one in given for part in ("--set", one)]
    written = [tmp_path / f"{number}.yaml" for number in range(3)]
    for path in written[:2]:
        assert _run("new", path, *pairs).exit_code == 0
    assert _run("new", written[2], "--empty", "-d", "call-log").exit_code == 0
    found = [re.findall(r"^reference: (SF-\w{4}-\w{4})\b", path.read_text(encoding="utf-8"), re.MULTILINE) for path in written]
    assert [len(one) for one in found] == [1, 1, 1]
    assert len({one[0] for one in found}) == 3

    by_hand = tmp_path / "hand.yaml"
    lines = [line for line in written[0].read_text(encoding="utf-8").splitlines() if not line.startswith("reference")]
    by_hand.write_text("\n".join(lines), encoding="utf-8")
    by_hand.chmod(0o600)
    body = by_hand.read_bytes()
    names = [
        Path(line).name
        for folder in ("a", "b")
        for line in _run("render", by_hand, "-o", tmp_path / folder, "-d", "call-log", "-d", "counter-card").stdout.splitlines()
    ]
    assert len(names) == 4
    assert {name[:8] for name in names} == {names[0][:8]}, "the same on all papers of a case"
    assert re.match(r"SF-[0-9A-Z]{4}-call", names[0]), "20 bits"
    assert by_hand.read_bytes() == body
    files = [sorted(path for path in (tmp_path / folder).iterdir()) for folder in ("a", "b")]
    assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]


def test_hundreds_of_numbers_share_each_short_reference() -> None:
    """Of 200,000 numbers, the reference of one is that of about a fifth of a number: of all 400 million, about 380."""
    found = Counter(short_reference(["softbank", f"+8190{number:08}", "WANG XIAOMING"]) for number in range(0, 100_000_000, 500))
    most = 200_000 / 32**4

    assert all(re.fullmatch("SF-[0-9A-HJKMNP-TV-Z]{4}", one) for one in found)
    assert 0.9 * 32**4 * (1 - math.exp(-most)) < len(found) < 1.1 * 32**4 * (1 - math.exp(-most)), "spread over all of them"
    assert 4 * 10**8 / 32**4 > 300


def test_the_papers_of_a_batch_have_references_that_only_its_journal_makes(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    rows = ["A,au,en,WANG XIAOMING,090-1234-5678,sim,", "B,au,en,LI,090-1234-5679,sim,MY-1"]
    table.write_text("\n".join(["id,carrier,language,person.name,line.number,line.card,reference", *rows]), encoding="utf-8")
    shown = []
    for folder in ("one", "one", "two"):
        command = ["batch", table, "-d", "call-log", "-d", "counter-card", "-o", tmp_path / folder]
        assert _run(*command, "--yes", "-q", "--workers", "1").exit_code == 0
        manifests = sorted((tmp_path / folder).glob(f"?-*{SUFFIX}"))
        shown.append([json.loads(path.read_text(encoding="utf-8"))["reference"] for path in manifests])

    assert shown[0] == shown[1]
    assert shown[0][0] == shown[0][1] != shown[2][0]
    assert all(re.fullmatch(r"SF-\w{4}-\w{4}", one[0]) for one in shown)
    assert [one[2:] for one in shown] == [["MY-1", "MY-1"]] * 3
