"""Several papers become one printable file: a cover that says what to do with each sheet, then the papers in order of use."""

from __future__ import annotations

from collections.abc import Sequence

from simforms.pdf import print_packet
from simforms.plan import Plan
from simforms.render import Contents, cover


def packet(plan: Plan, papers: Sequence[tuple[str, int]], *, duplex: bool = False) -> bytes:
    """Return the papers of a plan, HTML and most pages of each, as one PDF file.

    Raises ContentError where the cover's template is broken, RenderError where a page would not look as meant.
    """

    def on_top(ranges: Sequence[range]) -> str:
        contents = [Contents(kind, pages[0], pages[-1]) for kind, pages in zip(plan.documents, ranges, strict=True)]
        return cover(plan, contents)

    return print_packet(papers, on_top, duplex=duplex)
