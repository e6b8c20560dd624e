"""Every document in every language holds its guarantees with the longest data that really occur, and as a blank form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from conftest import CHECKOUT, TODAY, complaints, planned
from printed import printed

from simforms.errors import DoesNotFitError
from simforms.knowledge.carriers import carriers
from simforms.knowledge.content import content
from simforms.knowledge.documents import documents
from simforms.language.catalogs import companion_languages
from simforms.papers.html import document_html
from simforms.pdf.press import _press, print_pdf
from simforms.planning.plan import Plan, plan
from simforms.texts import EMPTY

LONGEST = CHECKOUT / "samples" / "every-field" / "case.yaml"
DOCUMENTS = list(documents(content()))
LANGUAGES = list(companion_languages(content()))
NAMES = {"person.name", "person.name_kana", "person.name_kanji"}
"""What the clerk needs of a person to find the contract."""
ONE_PAGE = {"call-log", "case-summary", "counter-card", "stop-line"}


def _html(name: str, language: str) -> tuple[Plan, str]:
    made = planned(LONGEST, name, language=language)
    return made, printed(made, made.documents[0])[0]


def _boxes(document: Any) -> Iterator[tuple[int, Any]]:
    for number, sheet in enumerate(document.pages):
        for box in sheet._page_box.descendants():
            yield number, box


def _split_pairs(document: Any) -> list[str]:
    """Return the sentences that stand on another page than their companion, or on two."""
    where: dict[Any, set[int]] = {}
    for number, box in _boxes(document):
        where.setdefault(box.element, set()).add(number)
    pairs = [
        (first, second)
        for parent in list(where)
        if parent is not None
        for first, second in zip(parent, list(parent)[1:], strict=False)
        if {first.get("class"), second.get("class")} in ({"ja", "companion"}, {"romaji", "companion"})
    ]
    foot = {element for parent in where if parent is not None and parent.get("class") == "foot" for element in parent.iter()}
    assert pairs
    return [
        "".join(first.itertext())
        for first, second in pairs
        if first not in foot and (where.get(first) != where.get(second) or len(where.get(first, {0})) > 1)
    ]


@pytest.mark.one_in(5)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_longest_data_hold_the_guarantees(name: str, language: str) -> None:
    """Page limit, pairs on one page, nothing over the edge, PDF/UA-1, PDF 1.7, size."""
    made, html = _html(name, language)
    kind = made.documents[0]
    document = _press().lay_out(html, kind.pages).document
    body = print_pdf(html, kind.pages)

    assert len(document.pages) == 1 or name not in ONE_PAGE
    if not kind.certified:
        assert not _split_pairs(document)
    assert complaints(body) == []
    file = pypdfium2.PdfDocument(body)
    assert file.get_version() == 17
    assert len(body) <= 50_000 + 30_000 * len(file)
    assert made.reference in file.get_metadata_value("Title")


@pytest.mark.parametrize("carrier", ["au", "softbank", "ntt-docomo", "rakuten-mobile", "ahamo"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_plan_of_several_aims_with_many_sources_is_printed(carrier: str, language: str) -> None:
    made = planned(CHECKOUT / "samples" / "lost-phone" / "case.yaml", "departure-plan", carrier=carrier, language=language)
    html = document_html(made, made.documents[0])

    assert len(made.matters) > 1
    assert print_pdf(html, made.documents[0].pages)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_text_that_reaches_over_an_edge_is_refused(name: str) -> None:
    _, html = _html(name, "en")
    wide = re.sub("(</h1>|<section)", rf"\1<p>{'長' * 80}</p>" if "</h1>" in html else rf"<p>{'長' * 80}</p>\1", html, count=1)
    wide = wide.replace("overflow-wrap: anywhere", "white-space: nowrap", 1)
    with pytest.raises(DoesNotFitError, match="reaches over the edge"):
        print_pdf(wide, 99)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_blank_form_has_room_and_no_data(name: str) -> None:
    language = LANGUAGES[DOCUMENTS.index(name) % len(LANGUAGES)]
    made = plan(content(), EMPTY, TODAY, wanted=[name], language=language, blank=True)

    html = document_html(made, made.documents[0])
    pages = pypdfium2.PdfDocument(print_pdf(html, made.documents[0].pages))

    text = "".join(sheet.get_textpage().get_text_range() for sheet in pages)
    assert "None" not in text
    assert "misfit" not in html.partition("<body>")[2]
    assert made.reference == ""


@pytest.mark.parametrize("name", sorted(ONE_PAGE - {"call-log"}))
def test_a_blank_form_may_be_filled_in_part(name: str) -> None:
    made = planned(CHECKOUT / "samples" / "lost-phone" / "case.yaml", name, blank=True)

    assert "070-1234-5678" in document_html(made, made.documents[0])


def test_the_counter_card_is_large_and_holds_no_secret() -> None:
    made, html = _html("counter-card", "vi")
    document = _press().lay_out(html, 1).document

    japanese = [box for _, box in _boxes(document) if box.element is not None and box.element.get("class") == "ja"]
    foot = {
        element
        for _, box in _boxes(document)
        if box.element is not None and box.element.get("class") == "foot"
        for element in box.element.iter()
    }
    assert {round(box.style["font_size"] * 0.75, 1) >= 18 for box in japanese if box.element not in foot} == {True}
    text = "".join(box.text for _, box in _boxes(document) if hasattr(box, "text"))
    for name, value in made.values.items():
        if name.startswith(("person.", "refund.")) and name not in NAMES and len(value.text) > 6:
            assert value.text not in text, name


def _with_addresses() -> list[str]:
    ends = {slug: known.ways.get("end-line", {}) for slug, known in carriers().items()}
    return sorted(slug for slug, channels in ends.items() if any(way.url for ways in channels.values() for way in ways))


@pytest.mark.parametrize("slug", _with_addresses())
def test_a_qr_code_says_the_address_beside_it(slug: str) -> None:
    case = planned(CHECKOUT / "samples" / "povo-by-chat" / "case.yaml", "online-worksheet", carrier=slug)
    html = document_html(case, case.documents[0])
    addresses = re.findall(r'<p class="url">(.*?)</p>', html)

    found = {
        code.text
        for sheet in pypdfium2.PdfDocument(print_pdf(html))
        for code in zxingcpp.read_barcodes(sheet.render(scale=3).to_pil())
    }

    assert found == {address.replace("&amp;", "&") for address in addresses}
