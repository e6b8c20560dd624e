"""Whole cases of anything: refused with problems, or printed with every value on the page; never a traceback or a loss."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from conftest import CHECKOUT, TODAY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simforms.errors import CaseError, DoesNotFitError
from simforms.knowledge.content import content
from simforms.knowledge.documents import document, documents
from simforms.knowledge.vocabulary import CHOICE, vocabulary
from simforms.load import load
from simforms.papers.fitting import document_pdf
from simforms.papers.html import document_html
from simforms.papers.plain_text import plain_text
from simforms.pdf.press import print_pdf
from simforms.planning.plan import Plan, plan

ROUNDS = int(os.environ.get("SIMFORMS_ROUNDS", "40"))
LONGEST = CHECKOUT / "samples" / "every-field" / "case.yaml"
WORDS = vocabulary(content())
FREE = [
    name for name in WORDS if WORDS[name].type in {"text", "name"} and "[" not in name and name not in {"carrier", "language"}
]
anything = st.text(st.characters(codec="utf-8"), max_size=300)
likely = st.text(st.sampled_from("WANG 王小明 髙﨑 Nguyễn 김철수 123-４５ー・（）<&{%\"'"), min_size=1, max_size=200)
few = settings(max_examples=ROUNDS, database=None, deadline=None, suppress_health_check=list(HealthCheck))


def _cases() -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(FREE), anything | likely, min_size=1, max_size=6)


def _plan(tmp_path: Path, values: dict[str, str], name: str) -> Plan | None:
    """Return the plan of the longest case with these values; None where it was refused with problems."""
    base, _ = load(LONGEST)
    tree: dict[str, Any] = {}
    for pointer, text in [
        *((pointer, text.text) for pointer, text in base.leaves() if not pointer.startswith("log.")),
        *values.items(),
    ]:
        *sections, last = pointer.split(".")
        scope = tree
        for section in sections:
            scope = scope.setdefault(section, {})
        scope[last] = text
    path = tmp_path / "case.json"
    path.write_text(json.dumps(tree, ensure_ascii=True), encoding="utf-8")
    try:
        case, noticed = load(path)
        return plan(content(), case, TODAY, wanted=[name], language="ko", noticed=noticed)
    except CaseError as error:
        assert error.problems  # noqa: PT017 - a refusal is as good, if it says why
        return None


def _bare(text: str) -> str:
    return "".join(text.split())


@few
@given(values=_cases(), name=st.sampled_from(["final-bill", "data-erasure", "stop-line", "third-party-account", "message"]))
def test_a_whole_case_is_refused_or_stands_on_the_page(values: dict[str, str], name: str, tmp_path: Path) -> None:
    found = _plan(tmp_path, values, name)
    if found is None:
        return
    html = document_html(found, document(content(), name))
    text = _bare(plain_text(html))
    for value in found.values.values():
        if f'data-field="{value.field.name}"' in html and value.field.type in {"text", "name"}:
            assert _bare(str(value.parsed)) in text, value.field.name


@settings(max_examples=max(8, ROUNDS // 8), database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=_cases(), name=st.sampled_from(["stop-line", "message"]))
def test_a_whole_case_is_printed_in_time_or_refused_with_its_field(values: dict[str, str], name: str, tmp_path: Path) -> None:
    found = _plan(tmp_path, values, name)
    if found is None:
        return
    begun = time.monotonic()
    try:
        assert document_pdf(found, found.documents[0]).startswith(b"%PDF")
    except CaseError as error:
        assert all(problem.name for problem in error.problems)  # noqa: PT017 - the same
    assert time.monotonic() - begun < 10


@settings(max_examples=ROUNDS * 4, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=st.integers(0, 2000), junk=st.binary(max_size=40), cut=st.integers(0, 60))
def test_a_damaged_file_is_read_or_told(at: int, junk: bytes, cut: int, tmp_path: Path) -> None:
    body = LONGEST.read_bytes()
    path = tmp_path / "case.yaml"
    path.write_bytes(body[:at] + junk + body[at + cut :])
    begun = time.monotonic()
    try:
        case, noticed = load(path)
        plan(content(), case, TODAY, noticed=noticed)
    except CaseError as error:
        assert error.problems  # noqa: PT017 - a refusal is as good, if it says why
        assert all(problem.location.file for problem in error.problems)  # noqa: PT017 - the same
    assert time.monotonic() - begun < 5


def test_the_longest_values_of_all_cost_little(tmp_path: Path) -> None:
    """Two hundred signs without a space in every field at once: moved, made smaller or refused by name, in seconds."""
    for sign in ("漢", "W", "i"):
        found = _plan(tmp_path, dict.fromkeys(["person.name", "loss.place", "loss.station"], sign * 200), "stop-line")
        assert found
        begun = time.monotonic()
        try:
            document_pdf(found, found.documents[0])
        except CaseError as error:
            assert {problem.name for problem in error.problems} <= set(found.values)  # noqa: PT017 - the same
        assert time.monotonic() - begun < 15


def test_a_value_too_long_for_one_page_moves_to_an_extra_sheet(tmp_path: Path) -> None:
    found = _plan(tmp_path, {"loss.place": "新宿駅の近く" * 33, "loss.station": "新宿警察署" * 40}, "stop-line")
    assert found
    html = document_html(found, found.documents[0], size=9, moved=frozenset({"loss.place"}))

    assert "（別紙参照）" in html
    assert html.count("新宿駅の近く" * 33) == 1
    try:
        print_pdf(document_html(found, found.documents[0]), 1)
    except DoesNotFitError:
        assert document_pdf(found, found.documents[0])


def test_every_type_of_field_is_in_some_case() -> None:
    used = {
        WORDS[name].type
        for kind in documents(content()).values()
        for part in (*kind.needs, *kind.uses)
        for name in WORDS.within(part)
    }

    assert used >= {field.type for field in WORDS.fields.values() if field.type != CHOICE} - {"account-kana"}
