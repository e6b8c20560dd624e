"""The samples print what was approved: text, geometry and picture of every page, and the HTML."""

from __future__ import annotations

import shutil
from pathlib import Path

import approval
import pypdfium2
import pytest
from conftest import CHECKOUT, SAMPLES, planned
from PIL import Image

from simforms.documents import Document
from simforms.pdf import print_pdf
from simforms.plan import Plan
from simforms.render import render

PRINTED = [(path, kind.name) for path in SAMPLES for kind in planned(path).documents]
NAMES = [f"{path.parent.name}-{name}" for path, name in PRINTED]


def _printed(path: Path, name: str) -> tuple[Plan, Document, Path]:
    plan = planned(path, name)
    return plan, plan.documents[0], path.parent / f"{name}-{plan.language}"


@pytest.mark.parametrize(("path", "name"), PRINTED, ids=NAMES)
def test_a_sample_prints_what_was_approved(path: Path, name: str, request: pytest.FixtureRequest) -> None:
    plan, document, approved = _printed(path, name)
    html = render(plan, document)
    printed = approval.pages(print_pdf(html, document.pages))
    if request.config.getoption("--approve"):
        shutil.rmtree(approved, ignore_errors=True)
        for number, page in enumerate(printed, 1):
            approval.save(page, approved, number)
        (approved / "document.html").write_text(html, encoding="utf-8")

    expected = approval.saved(approved)

    assert len(expected) == len(printed), "the number of pages differs"
    for number, (old, new) in enumerate(zip(expected, printed, strict=True), 1):
        assert not approval.differences(old, new), f"page {number}"
    assert (approved / "document.html").read_text(encoding="utf-8") == html


@pytest.mark.parametrize(("path", "name"), PRINTED, ids=NAMES)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p ", '<p style="display: none" '),
        ("html { font-family:", "html { font-weight: 700; font-family:"),
        ("18mm 22mm;", "18mm 25mm;"),
        ("2026年", "2027年"),
    ],
    ids=["a line deleted", "another face", "the margin moved by 3 mm", "one digit changed"],
)
def test_a_change_of_the_page_is_seen(path: Path, name: str, old: str, new: str) -> None:
    plan, document, approved = _printed(path, name)
    html = render(plan, document)
    assert old in html
    printed = approval.pages(print_pdf(html.replace(old, new, 1), document.pages + 1))

    expected = approval.saved(approved)

    assert len(printed) != len(expected) or any(map(approval.differences, expected, printed))


@pytest.mark.parametrize("name", ["softbank-student-cancellation-request", "au-by-phone-call-script"])
def test_the_pictures_in_the_readme_are_of_today(name: str, request: pytest.FixtureRequest) -> None:
    plan, document, _ = _printed(*PRINTED[NAMES.index(name)])
    page = pypdfium2.PdfDocument(print_pdf(render(plan, document)))[0]
    picture = page.render(scale=80 / 72, grayscale=True).to_pil()
    path = CHECKOUT / "docs" / "pages" / f"{name}.png"
    if request.config.getoption("--approve"):
        picture.quantize(16).save(path, "PNG", optimize=True)

    assert not approval.shade(Image.open(path).convert("L"), picture) > approval.SHADE


def test_every_document_has_a_sample() -> None:
    documents = {path.parent.name for path in (CHECKOUT / "templates").glob("*/document.toml")}

    assert documents == {name for _, name in PRINTED}
