"""The commands: what was made on stdout, everything else on stderr, exit codes that mean something."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import CHECKOUT, SAMPLES

from simforms.cli.main import main
from simforms.load import load
from simforms.papers.manifest import manifest_path

Case = Callable[..., Path]


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_render_lists_what_it_made_on_stdout_one_path_a_line(case: Case, tmp_path: Path) -> None:
    result = _run("render", case(), "-d", "cancellation-request", "-d", "call-script", "-o", tmp_path / "out")

    made = [Path(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0, result.stderr
    assert sorted(made) == sorted((tmp_path / "out").glob("*.pdf"))
    assert [path.name.split("-", 2)[2] for path in made] == ["cancellation-request-zh-Hans.pdf", "call-script-zh-Hans.pdf"]
    assert "/out" not in result.stderr


@pytest.fixture
def no_umask() -> Iterator[None]:
    """Give new files all the permissions that a program asks for."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("no_umask")
def test_papers_are_for_their_owner_only(case: Case, tmp_path: Path) -> None:
    _run("render", case(), "-o", tmp_path / "a" / "b")

    assert {oct(path.stat().st_mode & 0o777) for path in (tmp_path / "a" / "b").iterdir()} == {"0o600"}
    assert oct((tmp_path / "a").stat().st_mode & 0o777) == "0o700"


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-1.7"), ("html", b"<!DOCTYPE html>"), ("text", "整理番号".encode())])
def test_each_format_is_written(case: Case, tmp_path: Path, form: str, start: bytes) -> None:
    result = _run("render", case(), "-d", "cancellation-request", "--format", form, "-o", tmp_path / "out")

    assert Path(result.stdout.strip()).read_bytes().startswith(start)


def test_text_names_every_value_and_shows_what_is_ticked(case: Case, tmp_path: Path) -> None:
    made = _run("render", case(), "-d", "cancellation-request", "--format", "text", "-o", tmp_path).stdout
    text = Path(made.strip()).read_text(encoding="utf-8")

    for value in (
        "WANG XIAOMING",
        "ワン シャオミン",
        "090-1234-5678",
        "1999年4月1日（平成11年4月1日）",
        "☑ eSIM",
        "□ SIMカード",
        "☑ 最短日",
    ):
        assert value in text
    assert "<" not in text


@pytest.mark.parametrize("command", ["check", "render"])
def test_a_wrong_case_is_told_on_stderr_with_exit_code_1_and_nothing_is_made(case: Case, tmp_path: Path, command: str) -> None:
    path = case(("1999-04-01", "1999-02-30"), ("  phone: 080-1234-5678", ""))

    result = CliRunner().invoke(main, [command, str(path)] + (["-o", str(tmp_path / "out")] if command == "render" else []))

    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"{path}:6: person.birth_date: 日期不存在；请核对日历" in result.stderr
    assert "person.phone: 此栏未填" in result.stderr
    assert not (tmp_path / "out").exists()


def test_one_wrong_case_keeps_all_from_being_made(case: Case, tmp_path: Path) -> None:
    result = _run("render", SAMPLES[0], case(("1999-04-01", "x")), "-o", tmp_path / "out")

    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_problems_are_told_in_the_language_of_the_case_or_of_the_command_line(case: Case) -> None:
    path = case(("1999-04-01", "x"))

    assert "不是日期" in _run("check", path).stderr
    assert "this is not a date" in _run("check", path, "-l", "en").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("render", "-d", "cancelation"),
        ("render", "-l", "fr"),
        ("documents", "x"),
        ("carriers", "sofbank"),
        ("new", "-l", "xx"),
        ("render", "--format", "docx"),
        ("rendre",),
    ],
)
def test_a_wrong_command_line_is_exit_code_2_and_one_sentence(case: Case, arguments: tuple[str, ...]) -> None:
    path = [str(case())] if arguments[0] in {"render", "new"} else []

    result = _run(*arguments, *path)

    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_two_cases_with_one_reference_are_not_written_over_each_other(case: Case, tmp_path: Path) -> None:
    path = case()
    copy = tmp_path / "copy.yaml"
    copy.write_bytes(path.read_bytes())

    result = _run("render", path, copy, "-o", tmp_path / "out")

    assert result.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(case: Case, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    result = _run("render", case(), "--format", "html", "-o", tmp_path / "file" / "out")

    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


def test_a_full_disk_leaves_the_older_paper_as_it_was(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("-d", "cancellation-request", "--format", "html", "-o", tmp_path / "out")
    [path] = [Path(line) for line in _run("render", case(), *arguments).stdout.split()]
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = _run("render", case(("080-1234-5678", "080-1111-2222")), *arguments)

    assert result.exit_code == 3
    assert path.read_bytes() == before
    assert sorted((tmp_path / "out").iterdir()) == [path, manifest_path(path)]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_new_case_names_what_is_missing_until_it_is_filled_in(tmp_path: Path, language: str) -> None:
    path = tmp_path / "my.yaml"
    assert _run("new", path, "--empty", "-l", language, "-d", "cancellation-request").exit_code == 0
    empty = _run("check", path, "-d", "cancellation-request")
    filled = path.read_text(encoding="utf-8")
    for name, value in {
        "carrier": "au",
        "name": "LI NA",
        "birth_date": "2000-01-01",
        "address": "東京都",
        "number": "09012345678",
    }.items():
        filled = filled.replace(f"{name}:\n", f"{name}: {value}\n", 1)
    path.write_text(
        filled.replace("  phone:\n", "  phone: 080-1234-5678\n").replace("  card:\n", "  card: sim\n"), encoding="utf-8"
    )

    assert empty.exit_code == 1
    assert empty.stderr.count("\n") == 7
    assert _run("check", path, "-d", "cancellation-request").exit_code == 0


def test_an_empty_case_with_every_field_has_the_form_of_a_case(tmp_path: Path) -> None:
    path = tmp_path / "all.yaml"
    assert _run("new", path, "--empty", "-l", "ko").exit_code == 0
    _, noticed = load(path)

    assert noticed == []


def test_a_new_case_never_replaces_a_file(case: Case) -> None:
    path = case()
    before = path.read_bytes()

    assert _run("new", path).exit_code == 3
    assert _run("new", path, "--empty").exit_code == 3
    assert path.read_bytes() == before


def test_documents_carriers_and_languages_are_listed() -> None:
    assert "cancellation-request" in _run("documents").stdout
    assert "解約申込書" in _run("documents", "cancellation-request").stdout
    assert "ntt-docomo" in _run("carriers").stdout
    assert "zh-Hans    简体中文" in _run("languages").stdout


def test_a_carriers_facts_are_shown_with_source_and_date() -> None:
    shown = _run("carriers", "au").stdout

    assert "0120-959-472 · 09:00–20:00 (Japan time) · from inside Japan" in shown
    assert "au support in English, toll free  (official · undated [" in shown
    assert "https://www.au.com/english/support/faq/eservice/epg00002070" in shown


@pytest.mark.parametrize("arguments", [["--help"], ["check", str(SAMPLES[0])], ["documents"], ["carriers"], ["languages"]])
def test_commands_that_print_no_pdf_never_load_the_engine(arguments: list[str], tmp_path: Path) -> None:
    script = (
        "import sys\nfrom simforms.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "loaded = {'weasyprint', 'jinja2'} & set(sys.modules)\nassert not loaded, loaded"
    )

    subprocess.run([sys.executable, "-c", script, *arguments], check=True, cwd=tmp_path, capture_output=True)


def test_html_and_text_never_load_the_engine(case: Case, tmp_path: Path) -> None:
    for form in ("html", "text"):
        script = (
            "import sys\nfrom simforms.cli.main import main\n"
            "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
            "assert 'weasyprint' not in sys.modules"
        )
        command = [sys.executable, "-c", script, "render", str(case()), "--format", form, "-o", str(tmp_path / form)]
        subprocess.run(command, check=True, capture_output=True)


def test_the_module_is_the_command() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "simforms", "languages"], check=True, cwd=CHECKOUT, capture_output=True, text=True
    )

    assert "zh-Hans" in result.stdout
