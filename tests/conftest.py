"""Shared by all tests: the sample cases, a small case to vary, and the switch that approves what is printed now."""

from __future__ import annotations

import dataclasses
import datetime
import os
import socket
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page
import pytest
from hypothesis import HealthCheck, settings

from simforms import clock
from simforms.knowledge.content import content
from simforms.load import load
from simforms.planning.plan import Plan, plan
from simforms.texts import Text

pytest_plugins = ["tables"]

CHECKOUT = Path(__file__).parent.parent
SAMPLES = sorted((CHECKOUT / "samples").glob("*/case.yaml"))
TODAY = datetime.date(2026, 11, 20)

SMALL = """\
language: zh-Hans
carrier: softbank
person:
  name: WANG XIAOMING
  name_kana: ワン シャオミン
  birth_date: 1999-04-01
  address: 東京都新宿区高田馬場1-2-3
  phone: 080-1234-5678
line: {number: 090-1234-5678, card: esim}
cancellation: {channel: post}
"""


ROUNDS = int(os.environ.get("SIMFORMS_ROUNDS", "60"))
"""How many values a property is tried with."""
settings.register_profile(
    "simforms", max_examples=ROUNDS, database=None, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("simforms")


def _no_network(event: str, arguments: Any) -> None:
    """Fail at once where anything under test opens a connection; processes of one machine may talk to each other."""
    if event == "socket.connect" and arguments[0].family == socket.AF_UNIX:
        return
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        raise RuntimeError(f"a test wanted to use the network: {event} {arguments}")


sys.addaudithook(_no_network)


SOAK = "SIMFORMS_ROUNDS" in os.environ
"""Whether every case of every test is run, not only some of those with many alike."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep every n-th case of a test marked `one_in(n)`; `./dev soak`, and whoever names a test, gets all of them."""
    if SOAK or any("::" in argument for argument in config.args):
        return
    seen: Counter[str] = Counter()
    left_out = []
    for item in items:
        if mark := item.get_closest_marker("one_in"):
            test = item.nodeid.partition("[")[0]
            if seen[test] % mark.args[0]:
                left_out.append(item)
            seen[test] += 1
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--approve", action="store_true", help="take what the samples print now as right")


def planned(path: Path, *wanted: str, language: str = "", carrier: str = "", blank: bool = False) -> Plan:
    case, noticed = load(path)
    if carrier:
        entries = {**case.entries, "carrier": Text(carrier, case.location)}
        case = dataclasses.replace(case, entries=entries)
    return plan(content(), case, TODAY, wanted=wanted, language=language, noticed=noticed, blank=blank)


def complaints(body: bytes, profile: str = "ua1") -> list[str]:
    """Return what a validator of accessible files finds wrong.

    It takes the widths of a face with several dictionaries from the wrong one; test_pdf compares all of them.
    """
    report = page.validate_pdf_bytes(body, profile=profile)
    return [failure.message for failure in report.failures if "in its embedded CIDFontType0C program" not in failure.message]


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test run on the same day: facts grow old."""
    monkeypatch.setattr(clock, "now", lambda: clock.Now(TODAY))


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test be told in English where it does not ask for another language."""
    for name in ("SIMFORMS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def case(tmp_path: Path) -> Callable[..., Path]:
    """Write the small case, with some of its text replaced, and return its path."""

    def write(*changes: tuple[str, str], text: str = SMALL) -> Path:
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
