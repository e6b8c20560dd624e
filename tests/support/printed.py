"""The page that is really printed: the first variant of a paper that fits."""

from __future__ import annotations

from simforms.errors import DoesNotFitError
from simforms.knowledge.documents import Document
from simforms.papers.fitting import variant_html, variants
from simforms.pdf.press import print_pdf
from simforms.planning.plan import Plan


def printed(plan: Plan, kind: Document) -> tuple[str, int, bytes]:
    """Return the HTML of a paper, the most pages it may take, and its file."""
    for variant in variants(plan, kind):
        html = variant_html(plan, kind, variant)
        try:
            return html, variant.most, print_pdf(html, variant.most)
        except DoesNotFitError:
            continue
    raise AssertionError(f"{kind.name} does not fit")
