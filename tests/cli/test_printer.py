"""What is sent to the printer arrives there, in the wished number and on the wished sides, and says nothing of a person."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import own_cups
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from conftest import CHECKOUT, planned

from simforms.cli import printer
from simforms.cli.main import main
from simforms.load import load
from simforms.papers.fitting import document_pdf, packet_pdf

STUDENT = CHECKOUT / "samples" / "softbank-student" / "case.yaml"
REFERENCE = "SF-NJQH-MK9B"
Lp = Callable[..., Path]


def _print(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["print", str(STUDENT), *map(str, arguments)])


def _program(folder: Path, name: str, *lines: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    path.chmod(0o700)
    return path


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lp:
    """Put a program `lp` on the path that keeps what it is given, and answers so; return where it keeps that."""

    def answer(told: str = "", code: int = 0) -> Path:
        kept = tmp_path / "kept"
        kept.mkdir(exist_ok=True)
        _program(
            tmp_path / "bin",
            "lp",
            '[ "$LC_ALL" = C.UTF-8 ] && [ -z "$LANGUAGE" ] || { echo "lp: Fehler" >&2; exit 1; }',
            f'number=$(($(ls "{kept}" | wc -l) / 2 + 1))',
            f'cat > "{kept}/$number.pdf"',
            f'printf "%s\\n" "$@" > "{kept}/$number.txt"',
            f'echo "$0: {told}" >&2; exit {code}' if code else 'echo "request id is Office-$number (0 file(s))"',
        )
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
        monkeypatch.setenv("LANGUAGE", "de")
        return kept

    return answer


def test_each_paper_is_a_job_and_the_jobs_are_listed(lp: Lp) -> None:
    kept = lp()

    result = _print("-d", "counter-card", "-d", "sim-return")

    assert (result.exit_code, result.stdout) == (0, "Office-1\nOffice-2\n"), result.output
    plan = planned(STUDENT, "counter-card", "sim-return")
    assert [path.read_bytes() for path in sorted(kept.glob("*.pdf"))] == [document_pdf(plan, kind) for kind in plan.documents]


@pytest.mark.parametrize(
    ("wished", "given"),
    [
        ([], ["-t", REFERENCE, "-n", "1", "sides=one-sided"]),
        (["--copies", "3"], ["-n", "3", "sides=one-sided"]),
        (["--printer", "Office 2"], ["-d", "Office 2"]),
        (["--packet", "--duplex"], ["sides=two-sided-long-edge"]),
    ],
)
def test_every_wish_reaches_lp(lp: Lp, wished: list[str], given: list[str]) -> None:
    kept = lp()

    assert _print("-d", "counter-card", *wished).exit_code == 0

    told = (kept / "1.txt").read_text(encoding="utf-8").splitlines()
    assert set(given) | {"media=A4", "print-scaling=none", "collate=true"} <= set(told)
    assert ("-d" in told) == ("--printer" in wished)


def test_nothing_given_to_lp_names_the_person(lp: Lp) -> None:
    kept = lp()
    case, _ = load(STUDENT)

    _print("-d", "counter-card")

    told = (kept / "1.txt").read_text(encoding="utf-8")
    assert not [name for name, value in case.leaves() if name.startswith(("person", "line")) and value.text in told]


@pytest.mark.parametrize(
    ("answer", "wished", "told"),
    [
        ("Error - No default destination.", [], "no printer is chosen; choose one with `--printer`"),
        ("Error - The printer or class does not exist.", ["--printer", "Ofice"], "there is no printer “Ofice”"),
        (
            'Destination "Office" is not accepting jobs.',
            [],
            'the printer refused the job: Destination "Office" is not accepting jobs.',
        ),
    ],
)
def test_what_the_printer_answers_is_told_in_one_sentence(lp: Lp, answer: str, wished: list[str], told: str) -> None:
    lp(answer.replace('"', '\\"'), code=1)

    result = _print("-d", "counter-card", *wished, "-l", "en")

    assert (result.exit_code, result.stdout) == (3, "")
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_a_printer_that_never_answers_is_not_waited_for(lp: Lp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lp()
    _program(tmp_path / "bin", "lp", "exec sleep 60")
    monkeypatch.setattr(printer, "SECONDS", 0.2)

    assert "the printer does not answer" in _print("-d", "counter-card", "-l", "en").stderr


@pytest.mark.parametrize(("manager", "command"), [("apt-get", "apt-get install -y cups"), ("none", "install it with: CUPS")])
def test_without_lp_the_command_that_installs_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manager: str, command: str
) -> None:
    _program(tmp_path / "bin", manager)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    result = _print("-l", "en")

    assert result.exit_code == 3
    assert command in result.stderr


def test_windows_is_told_the_way_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")

    with pytest.raises(printer.PrinterError, match="on Windows; show the paper with `simforms open`"):
        printer.find_lp({})


def test_duplex_without_packet_would_put_two_papers_on_one_sheet_and_is_refused(lp: Lp) -> None:
    kept = lp()

    result = _print("--duplex")

    assert result.exit_code == 2
    assert not list(kept.iterdir())


def test_a_wrong_case_is_not_printed_at_all(lp: Lp, case: Callable[..., Path]) -> None:
    kept = lp()

    result = CliRunner().invoke(main, ["print", str(STUDENT), str(case(("1999-04-01", "1999-02-30")))])

    assert result.exit_code == 1
    assert not list(kept.iterdir())


@pytest.fixture
def arrived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Print on a CUPS of our own, and yield the folder in which its printer, Office, keeps what it gets."""
    if lacking := own_cups.lacking():
        pytest.skip(f"no real CUPS was printed on: install cups-daemon and cups-client (missing: {', '.join(lacking)})")
    with own_cups.running(tmp_path / "cups", "Office") as (server, kept):
        monkeypatch.setenv("CUPS_SERVER", server)
        monkeypatch.setenv("HOME", str(tmp_path))  # nobody's choice of a printer
        monkeypatch.delenv("LPDEST", raising=False)
        monkeypatch.delenv("PRINTER", raising=False)
        yield kept


def test_a_real_cups_gets_our_file_with_copies_sides_and_a_title_without_a_name(arrived: Path) -> None:
    result = _print("--packet", "--duplex", "--copies", "2", "--printer", "Office")

    assert (result.exit_code, result.stdout) == (0, "Office-1\n"), result.output
    own_cups.until((arrived / "1.pdf").exists)
    title, copies, *options = (arrived / "1.txt").read_text(encoding="utf-8").splitlines()
    assert (title, copies) == (REFERENCE, "2")
    assert {"sides=two-sided-long-edge", "media=A4", "print-scaling=none"} <= set(options)
    body = (arrived / "1.pdf").read_bytes()
    assert body == packet_pdf(planned(STUDENT), duplex=True)
    assert len(pypdfium2.PdfDocument(body)) % 2 == 0


def test_a_real_cups_refuses_in_words_that_are_understood(arrived: Path) -> None:
    chosen, unknown = _print("-d", "counter-card", "-l", "en"), _print("-d", "counter-card", "-l", "en", "--printer", "Ofice")
    subprocess.run([own_cups.program("cupsreject"), "Office"], check=True)
    closed = _print("-d", "counter-card", "-l", "en", "--printer", "Office")

    assert "no printer is chosen; choose one with `--printer`" in chosen.stderr
    assert "there is no printer “Ofice”" in unknown.stderr
    assert "the printer refused the job: Destination" in closed.stderr
    assert not list(arrived.iterdir())
