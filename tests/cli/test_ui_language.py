"""simforms talks in the person's language: which one is decided in one place, and no English leaks into another."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result
from conftest import CHECKOUT
from terminal import Terminal
from wcwidth import wcswidth

from simforms.cli.carrier_upkeep import FOUND
from simforms.cli.command import Command
from simforms.cli.help_text import examples
from simforms.cli.main import main
from simforms.knowledge.content import content
from simforms.language import catalogs

Case = Callable[..., Path]
VOICES = [voice for voice in catalogs.ui_languages(content()) if voice != "en"]
SAID = {
    "en": "Show this help.",
    "ja": "この説明を表示します。",
    "ja-x-easy": "このせつめいを見せます。",
    "ko": "이 설명을 표시합니다.",
    "vi": "Hiện phần hướng dẫn này.",
    "zh-Hans": "显示本说明。",
    "zh-Hant": "顯示本說明。",
}
LOCALES = dict.fromkeys(("SIMFORMS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))


def _run(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env={**LOCALES, **environment})


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "en"),
        ([], {"LANG": "ja_JP.UTF-8"}, "ja"),
        ([], {"LANG": "zh_TW.UTF-8"}, "zh-Hant"),
        ([], {"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "vi_VN.UTF-8"}, "vi"),
        ([], {"LANG": "ko_KR.UTF-8", "LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "vi_VN"}, "zh-Hans"),
        ([], {"LANG": "ko_KR.UTF-8", "SIMFORMS_LANG": "ja"}, "ja"),
        ([], {"LANG": "ko_KR.UTF-8", "SIMFORMS_LANG": "xx"}, "ko"),
        (["--ui", "ja-x-easy"], {"SIMFORMS_LANG": "vi"}, "ja-x-easy"),
        (["--ui=ja"], {}, "ja"),
        (["--ui", "EN"], {"LANG": "ja_JP"}, "en"),
        (["--ui", "简体中文"], {}, "zh-Hans"),
    ],
)
@pytest.mark.parametrize("place", ["before", "behind"])
def test_the_language_is_asked_for_else_that_of_the_locale(
    place: str, arguments: list[str], environment: dict[str, str], language: str
) -> None:
    line = [*arguments, "languages", "--help"] if place == "before" else ["languages", "--help", *arguments]

    assert SAID[language] in _run(*line, **environment).stdout


@pytest.mark.parametrize("command", ["check", "plan", "render"])
def test_a_case_is_talked_about_in_its_language_unless_another_is_asked_for(case: Case, command: str) -> None:
    path = case(("1999-04-01", "x"))

    assert "不是日期" in _run(command, path, LANG="ja_JP.UTF-8").stderr
    assert "this is not a date" in _run(command, path, "-l", "en").stderr
    assert "日付として読めません" in _run(command, path, SIMFORMS_LANG="ja").stderr
    assert "날짜" in _run("--ui", "ko", command, path, SIMFORMS_LANG="ja").stderr


def test_what_is_listed_is_told_in_the_language_named_behind_it(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"")

    assert "not known; ask" in _run("carriers", "softbank", "-l", "en", SIMFORMS_LANG="ja").stdout
    assert "there is no manifest next to it" in _run("verify", tmp_path / "x.pdf", "-l", "en", SIMFORMS_LANG="ja").stdout
    assert "マニフェスト" in _run("verify", tmp_path / "x.pdf", "-l", "ja").stdout


FORM = ("-d", "cancellation-request", "--format", "html")


def test_papers_keep_the_language_of_the_case(case: Case, tmp_path: Path) -> None:
    usual, asked = (Path(_run(*ui, "render", case(), *FORM, "-o", tmp_path / name).stdout.strip())
                    for name, ui in (("a", []), ("b", ["--ui", "ja"])))  # fmt: skip

    assert asked.name == usual.name
    assert asked.read_bytes() == usual.read_bytes()


def test_a_plan_is_told_in_the_language_asked_for(case: Case) -> None:
    assert "解約の方法" in _run("plan", case(), "--ui", "ja").stdout
    assert "Which methods work" in _run("plan", case(), SIMFORMS_LANG="en").stdout


def test_the_companion_of_a_blank_paper_is_never_japanese(tmp_path: Path) -> None:
    made = {voice: _run("--ui", voice, "render", "--blank", "-d", "counter-card", "--format", "text", "-o", tmp_path).stdout
            for voice in ("ja", "ko")}  # fmt: skip

    assert made["ja"].strip().endswith("blank-counter-card-en.txt")
    assert made["ko"].strip().endswith("blank-counter-card-ko.txt")


MISTAKES = {
    "command": (["rendre"], "render"),
    "option": (["render", "--blnk"], "--blank"),
    "option without a nearest": (["check", "--qqq"], "--qqq"),
    "argument": (["check"], None),
    "value": (["check", "x.yaml", "-d"], "-d"),
    "choice": (["render", "--format", "docx"], "pdf, html, text, png"),
    "file": (["render", "--password-file", "nowhere.txt", "x.yaml"], "nowhere.txt"),
    "folder": (["verify", "."], "."),
    "case": (["check", "nowhere.yaml"], "nowhere.yaml"),
    "too much": (["languages", "surplus"], "surplus"),
    "language": (["check", "x.yaml", "--ui", "fr"], "zh-Hans"),
    "document": (["documents", "refund-reqest"], "refund-request"),
    "carrier": (["carriers", "sofbank"], "softbank"),
    "no value": (["render", "--blank=yes"], "--blank"),
    "not together": (["render", "x.yaml", "--duplex"], "--packet"),
}
ENGLISH = re.compile(r"\b[a-z]{3,}\b")
OWN = re.compile(
    r"`[^`]*`|“[^”]*”|「[^」]*」|\S+\.(yaml|txt|ics|xlsx)|tcp://\S*|\bdask|--?[\w-]+|\bsimforms\b( [a-z]+)?|"
    r"pdf, html, text, png|zh-H\w+|ja-x-easy|render|refund-request|softbank|surplus"
)
"""What is typed as it stands: names, options, commands."""


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("name", MISTAKES)
def test_a_wrong_command_line_is_told_without_any_english(name: str, voice: str) -> None:
    arguments, named = MISTAKES[name]

    result = _run(*arguments, SIMFORMS_LANG=voice)
    told, *hints = result.stderr.splitlines()

    assert result.exit_code in {1, 2}
    assert not named or named in told
    assert len(hints) <= 1
    if voice != "vi":
        assert not ENGLISH.findall(OWN.sub("", told)), told


@pytest.mark.parametrize("name", MISTAKES)
def test_what_is_wrong_is_told_in_english_too(name: str) -> None:
    arguments, named = MISTAKES[name]

    assert not named or named in _run(*arguments).stderr


def test_a_file_that_is_not_what_is_wanted_is_told_like_every_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert f"simforms: {tmp_path}: Is a directory\nExample: " in _run("verify", tmp_path).stderr
    assert f"simforms: {tmp_path}/no: No such file or directory\n" in _run("render", "--password-file", tmp_path / "no").stderr
    assert f"simforms: {tmp_path}/file: Not a directory\n" in _run("render", "x.yaml", "-o", tmp_path / "file").stderr


@pytest.mark.parametrize("voice", [voice for voice in VOICES if voice != "vi"])
def test_no_english_stands_in_the_help(voice: str) -> None:
    shown = _run("--ui", voice, "man").stdout
    kept = [line for line in shown.splitlines() if "simforms" not in line]
    words = {word for line in kept for word in ENGLISH.findall(OWN.sub("", line))}

    assert words - set(main.commands) - {"pdf", "html", "text", "png", "bash", "zsh", "fish", *FOUND} == set()


@pytest.mark.parametrize("voice", ["en", *VOICES])
@pytest.mark.parametrize(
    "arguments",
    [["man"], ["documents"], ["documents", "counter-card"], ["carriers"], ["carriers", "au"], ["languages"], ["doctor"]],
)
def test_every_list_is_told_in_every_language(arguments: list[str], voice: str) -> None:
    result = _run("--ui", voice, *arguments)

    assert result.exit_code == 0, result.output
    assert not result.stderr


def test_help_fits_the_screen() -> None:
    for voice in ("en", *VOICES):
        for line in _run("--ui", voice, "man", COLUMNS="80").stdout.splitlines():
            assert wcswidth(line) <= 80, line


def test_a_broken_catalog_is_told_in_english_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogs, "translations", lambda *_: {})

    for arguments in (["--help"], ["render", "--blnk"], ["documents"], ["doctor"]):
        result = _run(*arguments, SIMFORMS_LANG="ko")
        assert result.exit_code in {2, 3}
        assert "a file of simforms is wrong: locales/ko: not translated" in result.stderr
        assert isinstance(result.exception, SystemExit)


def test_english_help_reads_no_catalog() -> None:
    script = (
        "import sys\nfrom simforms.cli.main import main\n"
        "try:\n    main(['render', '--help'])\nexcept SystemExit:\n    pass\n"
        "loaded = {'babel', 'wcwidth', 'simforms.language.catalogs'} & set(sys.modules)\nassert not loaded, loaded"
    )

    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, env={**os.environ, "LC_ALL": "C"})


def test_every_command_speaks_the_persons_language() -> None:
    assert all(isinstance(command, Command) for command in main.commands.values())


def _examples() -> list[str]:
    return [example for command in main.commands.values() for example in examples(command)]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_says_what_it_does_and_shows_an_example(name: str) -> None:
    command = main.commands[name]

    assert examples(command)
    assert all(example.startswith(f"simforms {name}") for example in examples(command))
    assert click.Context(command).command.get_short_help_str()


def _fill_in(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["carrier", "language", "person.name", "line.number", "line.card"],
        ["softbank", "ko", "KIM MINSU", "090-1234-5678", "esim"],
    ):
        book.active.append(row)
    book.save(path)


PROGRAMS = {"lp": "echo 'request id is desk-1 (1 file(s))'", "xdg-open": ":", "open": ":"}
"""What stands for a printer and a viewer."""


@pytest.mark.parametrize("example", _examples())
def test_an_example_works_as_it_is_shown(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, script in PROGRAMS.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o700)
    if not example.startswith("simforms new"):
        shutil.copy(CHECKOUT / "samples" / "softbank-student" / "case.yaml", "my.yaml")
    if "leavers.xlsx" in example:
        _fill_in(tmp_path / "leavers.xlsx")
    if "out" in example and not example.startswith("simforms render"):
        assert _run("render", "my.yaml", "-o", "out", "-d", "counter-card").exit_code == 0
    _, *arguments = shlex.split(example)
    if arguments == ["new", "my.yaml"]:  # it asks
        assert Terminal("my.yaml", "--plain").answer("quit").end() == 0
        return
    found = [str(path) for one in arguments for path in (sorted(tmp_path.glob(one)) if "*" in one else [one])]

    result = _run(*found, PATH=f"{tmp_path}:{os.environ['PATH']}", DISPLAY=":0")

    assert found
    assert result.exit_code == 0, result.output
