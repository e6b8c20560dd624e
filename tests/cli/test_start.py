"""A command pays only for what it uses: what it loads and reads, not how long it takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CHECKOUT

from simforms import load
from simforms.knowledge import carriers
from simforms.knowledge.content import data
from simforms.texts import Section

SCRIPT = """
import sys
from simforms.cli.main import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sys.modules, file=sys.stderr)
"""
STUDENT = str(CHECKOUT / "samples" / "softbank-student" / "case.yaml")
POVO = str(CHECKOUT / "samples" / "povo-by-chat" / "case.yaml")

PRINTING = {"weasyprint", "jinja2", "pypdfium2", "segno", "tinyhtml5", "icalendar"}
NETWORK = {"ssl", "socket", "http.client", "urllib.request"}
VALUES = {"phonenumbers", "stdnum", "jpholiday", "uharfbuzz"}
TRANSLATION = {"babel.messages.pofile"}
SLOW = {"holidays", "importlib.metadata", "importlib.resources", "openpyxl", "rich"}


def _loaded(*arguments: str) -> set[str]:
    command = [sys.executable, "-c", SCRIPT, *arguments]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stderr.split())


@pytest.mark.parametrize(
    ("arguments", "spared"),
    [
        (["--help"], PRINTING | NETWORK | VALUES | TRANSLATION | SLOW | {"babel", "ruamel.yaml"}),
        (["languages"], PRINTING | NETWORK | VALUES | TRANSLATION | SLOW | {"babel"}),
        (["documents"], PRINTING | NETWORK | VALUES | SLOW),
        (["carriers"], PRINTING | NETWORK | VALUES | TRANSLATION | SLOW),
        (["check", POVO, "-l", "en"], PRINTING | NETWORK | TRANSLATION | SLOW | {"stdnum", "babel"}),
        (["check", STUDENT], PRINTING | NETWORK | SLOW | {"stdnum", "phonenumbers"}),
        (["plan", STUDENT], PRINTING | NETWORK | SLOW | {"stdnum", "phonenumbers"}),
    ],
    ids=lambda value: " ".join(value)[:5] if isinstance(value, list) else "",
)
def test_a_command_loads_only_what_it_uses(arguments: list[str], spared: set[str]) -> None:
    loaded = _loaded(*arguments)

    assert "simforms.cli.main" in loaded
    assert not loaded & spared


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record which carriers' files are read as records."""
    files: list[str] = []

    def record(path: Path) -> Section:
        files.append(path.stem)
        return load.record(path)

    carriers._carrier.cache_clear()
    monkeypatch.setattr(carriers, "record", record)
    return files


@pytest.mark.parametrize("name", ["softbank", "SoftBank", "au", "mineo"])
def test_the_record_of_the_carrier_is_the_only_one_read(name: str, read: list[str]) -> None:
    assert carriers.find(name)
    assert read == [name.lower()]


def test_by_any_other_name_few_records_are_read(read: list[str]) -> None:
    found = carriers.find("ソフトバンク")

    assert found
    assert found.slug == "softbank"
    assert len(read) < 5


RECORDS = sorted(data("").rglob("*.yaml"))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_our_records_say_the_same_to_the_fast_reader(path: Path) -> None:
    """Where an empty value stands, only the reader of cases is asked."""
    slow, problems = load.load(path)
    fast = load.record(path)

    assert not problems
    assert [name for name, _ in fast.leaves()] == [name for name, _ in slow.leaves()]
    for (name, one), (_, other) in zip(fast.leaves(), slow.leaves(), strict=True):
        assert one == other or not (one.text or other.text), name
    assert _places(fast) == _places(slow)


def _places(section: Section) -> list[object]:
    return [
        section.location,
        dict(section.locations),
        *(_places(one) for one in section.entries.values() if isinstance(one, Section)),
    ]


def test_the_slow_reader_is_not_asked_for_our_records(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object, **__: object) -> None:
        raise AssertionError("our records are read by the reader in Python")

    monkeypatch.setattr("ruamel.yaml.scanner.Scanner.__init__", asked)

    assert all(load.record(path).entries for path in RECORDS)
