"""A paper becomes PDF bytes that fit: in normal type, then in smaller type, then with long values moved to an extra sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simforms.errors import CaseError, DoesNotFitError, Problem
from simforms.knowledge.documents import Document
from simforms.messages import say
from simforms.papers.html import CoverEntry, cover_html, document_html
from simforms.pdf.press import print_packet, print_pdf
from simforms.planning.plan import Plan

SMALLER_SIZES = (10.5, 9.0)
"""Type sizes of values in points, tried before a value moves to an extra sheet. Smaller type is hard to read."""
MOST_MOVED = 4
"""The most values that may move to the extra sheet."""


def document_pdf(plan: Plan, document: Document) -> bytes:
    """Return one paper of a plan as a PDF file. Raises CaseError if its values do not fit, RenderError as `print_pdf`."""
    for html, most in _variants(plan, document):
        try:
            return print_pdf(html, most)
        except DoesNotFitError as error:
            reason = error
    raise _too_long(plan, document, reason)


def packet_pdf(plan: Plan, *, duplex: bool = False) -> bytes:
    """Return all papers of a plan as one PDF file after a cover that says what to do with each. Raises as `document_pdf`."""

    def cover(ranges: Sequence[range]) -> str:
        contents = [CoverEntry(document, pages[0], pages[-1]) for document, pages in zip(plan.documents, ranges, strict=True)]
        return cover_html(plan, contents)

    variants = [_variants(plan, document) for document in plan.documents]
    papers = [next(variant) for variant in variants]
    while True:
        try:
            return print_packet(papers, cover, duplex=duplex)
        except DoesNotFitError as error:
            another = next(variants[error.paper], None)
            if another is None:
                raise _too_long(plan, plan.documents[error.paper], error) from None
            papers[error.paper] = another


def _variants(plan: Plan, document: Document) -> Iterator[tuple[str, int]]:
    """Yield (HTML, most pages) for each variant that may fit, the most readable first."""
    yield document_html(plan, document), document.pages
    for size in SMALLER_SIZES:
        yield document_html(plan, document, size=size), document.pages
    longest = _longest(plan)
    for count in range(1, min(MOST_MOVED, len(longest)) + 1):
        yield document_html(plan, document, size=SMALLER_SIZES[-1], moved=frozenset(longest[:count])), document.pages + 1


def _longest(plan: Plan) -> list[str]:
    return sorted((name for name in plan.values if "[" not in name), key=lambda name: -len(plan.values[name].text))


def _too_long(plan: Plan, document: Document, reason: DoesNotFitError) -> Exception:
    """Return a CaseError with the values to shorten, or the error itself if no value is the cause."""
    names = [name for name in reason.fields if name in plan.values] or _longest(plan)[:1]
    if not names:
        return reason
    what = say("it does not fit on the paper, not even in small type: %(document)s", document=say(document.title))
    return CaseError([Problem(plan.values[name].location, name, what, say("make it shorter")) for name in names], plan.language)
