"""One screen tells what works here; what does not is named with the command that mends it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import CHECKOUT
from wcwidth import wcswidth

from simforms.cli import doctor
from simforms.cli.main import main
from simforms.knowledge import age, carriers
from simforms.knowledge.content import content
from simforms.language import catalogs
from simforms.pdf import fonts, native

CASE = CHECKOUT / "samples" / "softbank-student" / "case.yaml"
HIDDEN = """
import ctypes, cffi
def hidden(load):
    def loaded(self, name, *rest):
        if name and "pango" in str(name):
            raise OSError(f"cannot load library {name!r}")
        return load(self, name, *rest)
    return loaded
ctypes.CDLL.__init__ = hidden(ctypes.CDLL.__init__)
cffi.FFI.dlopen = hidden(cffi.FFI.dlopen)
from simforms.cli.main import main
main()
"""
"""A machine without Pango: neither way of loading a library finds it."""


def _doctor(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["doctor", *map(str, arguments)])


def _without_library(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", HIDDEN, *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )


def test_a_healthy_machine_is_healthy() -> None:
    result = _doctor()

    assert result.exit_code == 0, result.output
    assert not [line for line in result.output.splitlines() if line.startswith("!")]


@pytest.mark.parametrize("voice", list(catalogs.ui_languages(content())))
def test_all_of_it_stands_on_one_screen(voice: str) -> None:
    lines = _doctor("--ui", voice).output.splitlines()

    assert len(lines) <= 24
    assert all(wcswidth(line) <= 100 for line in lines if "pip install" not in line), lines


@pytest.mark.parametrize(
    ("version", "kind"), [("expat_2.5.0", "note"), ("expat_2.7.1", "note"), ("expat_2.7.2", "fine"), ("expat_2.10.0", "fine")]
)
def test_a_reader_of_workbooks_that_is_easy_to_attack_is_told(version: str, kind: str) -> None:
    assert doctor._xml_library(version).kind == kind


def test_how_many_facts_there_are_and_how_old_they_are_is_told_without_alarm() -> None:
    told = " ".join(_doctor().output.split())
    facts = sum(fact.printable for known in (carriers.carriers() | carriers.desks()).values() for _, fact in known.facts())

    assert f", {facts} facts, last checked on {age.looked_up()}" in told
    assert "to be looked up again" not in told


def test_an_old_directory_is_named_with_the_command_that_renews_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simforms.clock.today", lambda: age.looked_up() + timedelta(days=181))

    told = " ".join(_doctor().output.split())

    assert f"was last checked on {age.looked_up()}" in told
    assert age.RENEWAL in told


def test_without_the_text_library_it_is_named_with_the_command_of_this_system() -> None:
    result = _without_library("doctor")

    assert result.returncode == 3
    assert "missing: pango, pangoft2" in result.stdout
    assert native.install_command() in result.stdout
    assert "Traceback" not in result.stderr


def test_without_the_text_library_a_page_for_the_browser_is_made_all_the_same(tmp_path: Path) -> None:
    result = _without_library("render", CASE, "-d", "counter-card", "--format", "html", "-o", tmp_path)

    assert result.returncode == 0, result.stderr
    page = Path(result.stdout.strip()).read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert '<meta charset="utf-8">' in page
    assert "size: A4" in page
    assert "sans-serif" in page  # a font of the reader's machine, where ours is not installed
    assert not [word for word in ("src=", "href=", "url(", "@import") if word in page]


@pytest.mark.parametrize(
    ("voice", "told"), [("en", "the text layout library cannot be loaded"), ("ja", "文字組みライブラリを読み込めません")]
)
def test_without_the_text_library_a_pdf_is_refused_in_one_sentence_with_the_remedy(voice: str, told: str, tmp_path: Path) -> None:
    result = _without_library("render", CASE, "-d", "counter-card", "-o", tmp_path / "out", SIMFORMS_LANG=voice)

    assert result.returncode == 3
    [line] = [line for line in result.stderr.splitlines() if line.startswith("simforms:")]
    assert told in line
    assert native.install_command() in line
    assert "--format html" in line
    assert not (tmp_path / "out").exists()


def test_each_fault_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(native, "LIBRARIES", (("pango", "libno-such.so", "libno-such.dylib"),))
    monkeypatch.setattr(
        fonts, "FACES", {("noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf"): "0" * 64, ("no_such", "x.otf"): "1"}
    )
    monkeypatch.setattr(doctor, "requires", lambda _: ["click>=8", "no-such-library>=1; python_version>'3'"])

    result = _doctor("-o", tmp_path / "nowhere")

    assert result.exit_code == 3
    assert "missing: pango" in result.output
    assert "missing or damaged: NotoSansCJKjp-Regular.otf, x.otf" in result.output
    assert native.pip_command("noto-cjk-sans-jp-regular", "no-such") in result.output
    assert "missing: no-such-library" in result.output
    assert native.pip_command("no-such-library") in result.output
    assert f"To fix it: mkdir -p {tmp_path / 'nowhere'}" in result.output
    assert sum(line.startswith("!") for line in result.output.splitlines()) == 4


def test_a_catalog_with_a_text_less_than_the_others_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = catalogs.translations

    def lacking(folder: Path, language: str) -> dict[str, str]:
        known = dict(whole(folder, language))
        if language == "ko":
            del known["To fix it: %(command)s"]
        return known

    monkeypatch.setattr(catalogs, "translations", lacking)

    assert "missing: ko (1)" in _doctor().output


def test_without_printer_and_viewer_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "apt-get").write_text("#!/bin/sh\n")
    (tmp_path / "apt-get").chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))

    result = _doctor()

    assert result.exit_code == 0, "neither is needed to make papers"
    assert "apt-get install -y cups" in result.output
    assert "apt-get install -y xdg-utils" in result.output


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("echo 'system default destination: Desk_2'", "Desk_2"),
        ("echo 'no system default destination'", "no default printer is set"),
    ],
)
def test_the_usual_printer_is_named(answer: str, told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "lpstat").write_text(f"#!/bin/sh\n{answer}\n")
    (tmp_path / "lpstat").chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    [line] = [line for line in _doctor().output.splitlines() if "Printer" in line]

    assert told in line


def test_a_terminal_that_cannot_show_every_letter_is_named() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "simforms", "--ui", "ja", "doctor"],
        check=False,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )

    assert result.returncode == 3
    assert b"iso8859-1" in result.stdout
    assert b"Traceback" not in result.stderr
