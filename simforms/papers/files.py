"""The files of a plan's papers: their names, their content (PDF, HTML, text, PNG), and saving each with its manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from simforms.pdf.pictures import DEFAULT_DPI, page_pictures

if TYPE_CHECKING:
    from simforms.knowledge.documents import Document
    from simforms.planning.plan import Plan

SUFFIXES = {"pdf": "pdf", "html": "html", "text": "txt", "png": "png"}


@dataclass(frozen=True)
class OutputFormat:
    """The format of the files."""

    name: str = "pdf"
    """One of SUFFIXES."""
    packet: bool = False
    """All papers of a plan as one file, after a cover."""
    duplex: bool = False
    """In a packet, each paper begins on a new sheet."""
    dpi: int = DEFAULT_DPI
    """Dots per inch of a picture."""


@dataclass(frozen=True)
class Paper:
    """A paper of a plan, or its packet, before it is made."""

    plan: Plan
    name: str
    """The name of its file without the suffix. It contains nothing personal."""
    documents: tuple[str, ...]
    form: OutputFormat
    make_body: Callable[[], bytes]
    """Returns its content; for pictures, a PDF file. Raises CaseError if a value does not fit, and RenderError."""

    def make_files(self) -> dict[str, bytes]:
        """Return the content of each of its files, by file name. Raises as `make_body`."""
        if self.form.name == "png":
            return {
                f"{self.name}-{number}.png": page for number, page in enumerate(page_pictures(self.make_body(), self.form.dpi), 1)
            }
        return {f"{self.name}.{SUFFIXES[self.form.name]}": self.make_body()}


def planned_papers(plan: Plan, form: OutputFormat) -> Iterator[Paper]:
    """Yield the papers of a plan in the order of their use. Their content is made later, by `make_body`."""
    if not form.packet:
        for document in plan.documents:
            body = partial({"html": _html, "text": _text}.get(form.name, _pdf), plan, document)
            yield Paper(plan, _name(plan, document.name), (document.name,), form, body)
    elif plan.documents:
        names = tuple(document.name for document in plan.documents)
        yield Paper(plan, _name(plan, "packet"), names, form, partial(_packet, plan, duplex=form.duplex))


def _name(plan: Plan, content: str) -> str:
    return f"{plan.reference or 'blank'}-{content}-{plan.language}"


def _pdf(plan: Plan, document: Document) -> bytes:
    from simforms.papers.fitting import document_pdf

    return document_pdf(plan, document)


def _packet(plan: Plan, *, duplex: bool) -> bytes:
    from simforms.papers.fitting import packet_pdf

    return packet_pdf(plan, duplex=duplex)


def _html(plan: Plan, document: Document) -> bytes:
    from simforms.papers.html import document_html

    return document_html(plan, document).encode()


def _text(plan: Plan, document: Document) -> bytes:
    from simforms.papers.html import document_html
    from simforms.papers.plain_text import plain_text

    return plain_text(document_html(plan, document)).encode()


def save(folder: Path, paper: Paper, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Write the files of a paper, each with its manifest, and yield the path of each. Raises OSError."""
    from simforms.papers.manifest import manifest, manifest_path
    from simforms.write import write

    for name, body in files.items():
        path = folder / name
        write(path, body)
        write(manifest_path(path), manifest(paper.plan, paper.documents, body))
        yield path
