"""The sheet for handing out has room for every name, and both it and the file for the printer are the same bytes each time."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pypdfium2
import pytest
from conftest import CHECKOUT, TODAY, planned

from simforms.batches.handout import HandoutRow, index, joined
from simforms.knowledge.content import content
from simforms.papers.fitting import document_pdf


def _pages(body: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body)]


@pytest.mark.parametrize(
    "name",
    ["VERY LONG NAME " * 20, "王" * 120, "W" * 200, "NGUYỄNTHỊ" * 30],
    ids=["words", "kanji", "letters", "one-word"],
)
def test_long_names_never_break_the_sheet(name: str) -> None:
    rows = [HandoutRow(f"S-{number}" * (1 + 9 * (number % 2)), f"{number} {name}".strip(), 1) for number in range(26)]
    pages = _pages(index(content(), "en", TODAY, rows))
    text = "".join("".join(pages).split())

    assert len(pages) > 2, "it grows"
    assert text.count("".join(name.split())) == 26, "and holds each name whole"
    assert pages[0].split()[:2] == ["1", "/"]


def test_sheet_and_joined_file_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    rows = [HandoutRow(f"S-{number}", f"PERSON {number}", 1) for number in range(30)]
    plan = planned(CHECKOUT / "samples" / "softbank-student" / "case.yaml", "call-log")
    path = tmp_path / "paper.pdf"
    path.write_bytes(document_pdf(plan, plan.documents[0]))
    papers = [(path, hashlib.sha256(path.read_bytes()).hexdigest())] * 2

    def both() -> list[bytes]:
        return [index(content(), "en", TODAY, rows), *joined(papers, TODAY)]

    first = both()
    time.sleep(1.1)  # PDFium writes the second
    assert both() == first
    assert [b"D:20261120000000" in body for body in first] == [True, True]
    assert first[0][-200:] != first[1][-200:], "each has an identifier of its own"
    assert [len(pypdfium2.PdfDocument(body)) for body in first] == [2, 2 * len(pypdfium2.PdfDocument(path))]
