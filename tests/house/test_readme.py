"""What README and docs show is what happens: each page is one person's afternoon, in a world of its own."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CHECKOUT
from terminal import Terminal

from simforms.cli.main import main

PAGES = sorted([*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(console|csv|python|text)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def _blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, the file name and the text of each block that is shown."""
    return ((kind, name, text) for kind, name, text in BLOCK.findall(page.read_text(encoding="utf-8")))


def _shown(command: str, typed: list[str]) -> str:
    """Return what a command shows; where something is typed, it runs in a terminal."""
    program, *arguments = shlex.split(command)
    assert program == "simforms", command
    if not typed:
        return CliRunner().invoke(main, arguments).output
    assert arguments.pop(0) == "new", command
    session = Terminal(*arguments, locale="en_GB.UTF-8").answer(*typed)
    session.end()
    return re.sub(r"[ \r]+$", "", session.shown, flags=re.MULTILINE)


def _without_progress(text: str) -> str:
    """Return what a session shows without the lines that appear every ten seconds on a slow machine."""
    return re.sub(r"^\d+ of \d+, [\d.]+ a second, \d+ s left, \d+ failed\n", "", text, flags=re.MULTILINE)


def _any_reference(text: str) -> str:
    """Return what a session shows without the reference that it made: a random one."""
    return re.sub(r"\bSF-[0-9A-Z]{4}-[0-9A-Z]{4}\b", "SF-????-????", text)


@pytest.mark.parametrize("page", [page for page in PAGES if any(_blocks(page))], ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_what_a_page_shows_is_what_happens(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(CHECKOUT / "samples", tmp_path / "samples", ignore=shutil.ignore_patterns("page-*"))
    for path in (tmp_path / "samples").rglob("case.yaml"):
        path.chmod(0o600)
    monkeypatch.chdir(tmp_path)
    said = ""

    for kind, name, text in _blocks(page):
        if kind == "console":
            for command, expected in COMMAND.findall(text):
                typed = re.findall(r"^>(?: (.*))?$", expected, re.MULTILINE)
                made = _any_reference if typed else str
                assert made(_without_progress(_shown(command, typed))) == made(expected), command
        elif kind == "python":
            done = subprocess.run([sys.executable, "-c", text], check=False, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            said = done.stdout
        elif kind == "text":
            assert said == text
        else:
            (tmp_path / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)|src=\"([^\"]+)\"", page.read_text(encoding="utf-8")):
        path = "".join(target).partition("#")[0]
        assert path.startswith("https://") or (page.parent / path).exists(), path


def test_every_page_is_linked_from_the_readme() -> None:
    linked = (CHECKOUT / "README.md").read_text(encoding="utf-8")

    for page in PAGES:
        assert page.name == "README.md" or f"]({page.relative_to(CHECKOUT)})" in linked or page.parent.name == "decisions", page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_the_commands_of_the_house_are_those_of_dev(page: Path) -> None:
    script = (CHECKOUT / "dev").read_text(encoding="utf-8")

    for command in re.findall(r"\./dev (\w+)", page.read_text(encoding="utf-8")):
        assert f"  {command})" in script, command
