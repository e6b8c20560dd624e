"""Every document prints in every language what was approved: text, geometry and picture of every page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import approval
import pytest
from conftest import CHECKOUT, SAMPLES, planned
from printed import printed

from simforms.errors import CaseError, RenderError
from simforms.knowledge.content import content
from simforms.knowledge.documents import Document, documents
from simforms.language.catalogs import companion_languages
from simforms.pdf.press import print_pdf
from simforms.planning.plan import Plan

OWN = [path for path in SAMPLES if path.parent.name != "every-field"]


def _first_samples() -> dict[str, Path]:
    """Return, for each document, the first sample that prints it unasked, or that it can be printed for."""
    found = {kind.name: path for path in reversed(OWN) for kind in planned(path).documents}
    rest = [name for name in documents(content()) if name not in found]
    return found | {name: next(path for path in OWN if _can_be_printed(path, name)) for name in rest}


def _can_be_printed(path: Path, name: str) -> bool:
    try:
        planned(path, name)
    except CaseError:
        return False
    return True


FIRST = _first_samples()
LANGUAGES = list(companion_languages(content()))
PRINTED = [(name, language) for name in FIRST for language in LANGUAGES]


def _printed(name: str, language: str = "") -> tuple[Plan, Document, Path]:
    path = FIRST[name]
    plan = planned(path, name, language=language)
    return plan, plan.documents[0], path.parent / f"{name}-{plan.language}"


@pytest.mark.parametrize(("name", "language"), PRINTED)
def test_a_sample_prints_what_was_approved(name: str, language: str, request: pytest.FixtureRequest) -> None:
    plan, document, approved = _printed(name, language)
    pages = approval.pages(printed(plan, document)[2])
    if request.config.getoption("--approve"):
        shutil.rmtree(approved, ignore_errors=True)
        for number, page in enumerate(pages, 1):
            approval.save(page, approved, number)

    expected = approval.saved(approved)

    assert len(expected) == len(pages), "the number of pages differs"
    for number, (old, new) in enumerate(zip(expected, pages, strict=True), 1):
        assert not approval.differences(old, new), f"page {number}"


def test_no_approved_page_is_left_over() -> None:
    folders = {path.parent for path in (CHECKOUT / "samples").glob("*/*/page-*.txt")}

    assert folders == {_printed(name, language)[2] for name, language in PRINTED}


@pytest.mark.one_in(7)
@pytest.mark.parametrize("name", FIRST)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p ", '<p style="display: none" '),
        ("html { font-family:", "html { font-weight: 700; font-family:"),
        ("</style>", "@page { margin-left: 25mm; }</style>"),
        (r"\d(?=[-</日])", lambda digit: str(9 - int(digit[0]))),
    ],
    ids=["a line deleted", "another face", "the margin moved", "one digit changed"],
)
def test_a_change_of_the_page_is_seen(name: str, old: str, new: str | Callable[[re.Match[str]], str]) -> None:
    plan, document, approved = _printed(name)
    html, most, _ = printed(plan, document)
    head, body = re.split(r"(?<=<body>)", html)
    page = head, re.sub(old, new, body, count=1)
    if page[1] == body:
        page = re.sub(old, new, head, count=1), body
    assert page != (head, body)
    try:
        pages = approval.pages(print_pdf("".join(page), most + 1))
    except RenderError:
        return  # a value that is lost is refused before any comparison

    expected = approval.saved(approved)

    assert len(pages) != len(expected) or any(map(approval.differences, expected, pages))
