"""A paper of a plan becomes PDF bytes: as it is, in smaller type where it would not fit, at last with an extra sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simforms.errors import CaseError, DoesNotFitError, Problem
from simforms.knowledge.documents import Document
from simforms.messages import say
from simforms.papers.html import CoverEntry, cover_html, document_html
from simforms.pdf.press import print_packet, print_pdf
from simforms.planning.plan import Plan

SMALLER_SIZES = (10.5, 9.0)
"""Points: values are set in smaller type before one of them moves to an extra sheet. Smaller is not read any more."""
MOST_MOVED = 4
"""Values that may move to the extra sheet."""


def document_pdf(plan: Plan, kind: Document) -> bytes:
    """Return one paper of a plan as a PDF file. Raises CaseError where its values fit in no way, RenderError as `print_pdf`."""
    for html, most in _variants(plan, kind):
        try:
            return print_pdf(html, most)
        except DoesNotFitError as error:
            reason = error
    raise _too_long(plan, kind, reason)


def packet_pdf(plan: Plan, *, duplex: bool = False) -> bytes:
    """Return all papers of a plan as one PDF file, behind a cover that says what to do with each sheet. Raises as `document_pdf`."""

    def on_top(ranges: Sequence[range]) -> str:
        contents = [CoverEntry(kind, pages[0], pages[-1]) for kind, pages in zip(plan.documents, ranges, strict=True)]
        return cover_html(plan, contents)

    ways = [_variants(plan, kind) for kind in plan.documents]
    papers = [next(way) for way in ways]
    while True:
        try:
            return print_packet(papers, on_top, duplex=duplex)
        except DoesNotFitError as error:
            another = next(ways[error.paper], None)
            if another is None:
                raise _too_long(plan, plan.documents[error.paper], error) from None
            papers[error.paper] = another


def _variants(plan: Plan, kind: Document) -> Iterator[tuple[str, int]]:
    """Yield the paper in each way in which it may fit, the best to read first, with the most pages."""
    yield document_html(plan, kind), kind.pages
    for size in SMALLER_SIZES:
        yield document_html(plan, kind, size=size), kind.pages
    longest = _longest(plan)
    for count in range(1, min(MOST_MOVED, len(longest)) + 1):
        yield document_html(plan, kind, size=SMALLER_SIZES[-1], moved=frozenset(longest[:count])), kind.pages + 1


def _longest(plan: Plan) -> list[str]:
    return sorted((name for name in plan.values if "[" not in name), key=lambda name: -len(plan.values[name].text))


def _too_long(plan: Plan, kind: Document, reason: DoesNotFitError) -> Exception:
    """Return what to tell: the values to shorten; the error itself where none of them is to blame."""
    names = [name for name in reason.fields if name in plan.values] or _longest(plan)[:1]
    if not names:
        return reason
    what = say("it does not fit on the paper, not even in small type: %(document)s", document=say(kind.title))
    return CaseError([Problem(plan.values[name].location, name, what, say("make it shorter")) for name in names], plan.language)
