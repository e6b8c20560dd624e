"""A paper becomes PDF bytes that fit: as it is, then with smaller gaps, in smaller type, with long values on an extra sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simforms.errors import CaseError, DoesNotFitError, Problem
from simforms.knowledge.documents import Document
from simforms.messages import say
from simforms.papers.html import CoverEntry, PacketPlace, cover_html, document_html
from simforms.pdf.press import PacketPaper, print_packet, print_pdf
from simforms.planning.plan import Plan

SMALLER_SIZES = (10.5, 9.0)
"""Type sizes of values in points, tried before a value moves to an extra sheet. Smaller type is hard to read."""
MOST_MOVED = 4
"""The most values that may move to the extra sheet."""


def document_pdf(plan: Plan, document: Document) -> bytes:
    """Return one paper of a plan as a PDF file. Raises CaseError if its values do not fit, RenderError as `print_pdf`."""
    for variant in variants(plan, document):
        try:
            return print_pdf(variant_html(plan, document, variant), variant.most)
        except DoesNotFitError as error:
            reason = error
    raise _too_long(plan, document, reason)


def packet_pdf(plan: Plan, *, duplex: bool = False) -> bytes:
    """Return all papers of a plan as one PDF file after a cover that says what to do with each. Raises as `document_pdf`."""

    def cover(sheets: Sequence[range]) -> str:
        contents = [CoverEntry(document, pages[0], pages[-1]) for document, pages in zip(plan.documents, sheets, strict=True)]
        return cover_html(plan, contents)

    def paper(document: Document, variant: Variant) -> PacketPaper:
        def html(before: int, total: int) -> str:
            return variant_html(plan, document, variant, PacketPlace(before, total))

        return html, variant.most

    left = [variants(plan, document) for document in plan.documents]
    papers = [paper(document, next(more)) for document, more in zip(plan.documents, left, strict=True)]
    while True:
        try:
            return print_packet(papers, cover, duplex=duplex)
        except DoesNotFitError as error:
            if error.paper == len(papers):  # the cover
                raise
            document, another = plan.documents[error.paper], next(left[error.paper], None)
            if another is None:
                raise _too_long(plan, document, error) from None
            papers[error.paper] = paper(document, another)


@dataclass(frozen=True)
class Variant:
    """How a paper may be printed."""

    most: int
    """Pages."""
    tight: bool = False
    size: float = 0
    moved: frozenset[str] = frozenset()


def variants(plan: Plan, document: Document) -> Iterator[Variant]:
    """Yield each variant that may fit, the most readable first."""
    usual = document.usual_pages or document.pages
    yield Variant(usual)
    yield Variant(usual, tight=True)
    if usual < document.pages:
        yield Variant(usual, tight=True, size=SMALLER_SIZES[0])
        yield Variant(document.pages, tight=True)
    for size in SMALLER_SIZES:
        yield Variant(document.pages, tight=True, size=size)
    longest = _longest(plan)
    for count in range(1, min(MOST_MOVED, len(longest)) + 1):
        yield Variant(document.pages + 1, tight=True, size=SMALLER_SIZES[-1], moved=frozenset(longest[:count]))


def variant_html(plan: Plan, document: Document, variant: Variant, place: PacketPlace | None = None) -> str:
    """Return a paper as HTML in one of its variants."""
    return document_html(plan, document, tight=variant.tight, size=variant.size, moved=variant.moved, place=place)


def _longest(plan: Plan) -> list[str]:
    return sorted((name for name in plan.values if "[" not in name), key=lambda name: -len(plan.values[name].text))


def _too_long(plan: Plan, document: Document, reason: DoesNotFitError) -> Exception:
    """Return a CaseError with the values to shorten, or the error itself if no value is the cause."""
    names = [name for name in reason.fields if name in plan.values] or _longest(plan)[:1]
    if not names:
        return reason
    what = say("it does not fit on the paper, even in small type: %(document)s", document=say(document.title))
    return CaseError([Problem(plan.values[name].location, name, what, say("make it shorter")) for name in names], plan.language)
