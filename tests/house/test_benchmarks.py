"""What the benchmark compares is comparable, and what it says of a bar is true."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from conftest import CHECKOUT
from figures import Bar, ratios
from people import person
from requested import PAGES, Page, request

BENCHMARKS = CHECKOUT / "benchmarks"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_for_typst_says_what_ours_says(page: Page) -> None:
    """A template that changed, and its peer did not, would be an unfair race."""
    ask = request(page, 7)
    theirs = (BENCHMARKS / "parts.typ").read_text(encoding="utf-8") + (BENCHMARKS / ask["typst"]).read_text(encoding="utf-8")

    body = ask["html"].partition("<body>")[2]
    said = {text.strip("　 ") for text in re.findall(r'lang="(?:ja|zh-Hans)">([^<]+)<', body)} - {""}
    assert not {text for text in said if text not in theirs}
    assert set(re.findall(r'value\("([\w.]+)"\)', theirs)) == set(ask["values"])


def test_every_person_is_another() -> None:
    names = ("person.phone", "line.number", "person.email")
    everybody = [person(number) for number in range(10_000)]

    assert all(len({one[name] for one in everybody}) == len(everybody) for name in names)


def test_a_ratio_is_taken_within_its_round() -> None:
    """A round that is ten times slower for all changes no ratio."""
    assert ratios([1, 20, 3], [2, 40, 6]).p90 == 0.5


def test_a_bar_that_is_not_kept_says_so() -> None:
    assert str(Bar("warm", 0.3, 0.25)).endswith("NOT KEPT")
    assert not str(Bar("warm", 0.2, 0.25)).endswith("NOT KEPT")
    assert str(Bar("two workers", 1.7, 1.8, at_least=True)).endswith("NOT KEPT")


def test_an_engine_that_cannot_be_had_says_so_and_ends() -> None:
    engine = [sys.executable, str(BENCHMARKS / "engines.py"), "chromium"]

    found = subprocess.run(engine, check=True, capture_output=True, env={"PATH": "", "PYTHONPATH": str(CHECKOUT)})

    assert json.loads(found.stdout) == {"without": "no headless Chromium is installed"}
