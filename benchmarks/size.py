"""The size of a page of every paper of every sample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from figures import Bar, table
from requested import DAY

from simforms.knowledge.content import content
from simforms.load import load
from simforms.papers.fitting import document_pdf
from simforms.planning.plan import plan

SAMPLES = Path(__file__).parent.parent / "samples"
LARGEST_ONE_PAGE, LARGEST_OF_MANY = 30, 40
"""kB a page: of a paper of one page, of one with more."""


@dataclass(frozen=True)
class Paper:
    """A printed paper."""

    name: str
    pages: int
    kilobytes: float

    @property
    def each(self) -> float:
        """Kilobytes a page."""
        return self.kilobytes / self.pages


def measured() -> list[Paper]:
    """Return every paper of every sample, the heaviest page first."""
    found = []
    for path in sorted(SAMPLES.glob("*/case.yaml")):
        case, noticed = load(path)
        sample = plan(content(), case, DAY, noticed=noticed)
        for kind in sample.documents:
            body = document_pdf(sample, kind)
            with pypdfium2.PdfDocument(body) as document:
                found.append(Paper(f"{path.parent.name}/{kind.name}", len(document), len(body) / 1000))
    return sorted(found, key=lambda paper: -paper.each)


def told(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield the lines that tell the sizes."""
    rows = [(paper.name, str(paper.pages), f"{paper.kilobytes:.0f}", f"{paper.each:.1f}") for paper in papers]
    yield table(("", "pages", "kB", "kB a page"), rows)


def bars(papers: Sequence[Paper]) -> Iterator[Bar]:
    """Yield the bars of the heaviest papers."""
    for what, limit, those in (
        ("heaviest one-page paper", LARGEST_ONE_PAGE, [paper for paper in papers if paper.pages == 1]),
        ("heaviest page of a longer paper", LARGEST_OF_MANY, [paper for paper in papers if paper.pages > 1]),
    ):
        if those:
            yield Bar(f"{what} ({those[0].name})", those[0].each, limit, "kB a page")
