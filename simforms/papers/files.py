"""The papers of a plan as files: what each is called, what makes it, and how it is kept, with its manifest beside it."""

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
    """In which form papers are made."""

    name: str = "pdf"
    """One of SUFFIXES."""
    packet: bool = False
    """All papers of a plan as one file, behind a cover."""
    duplex: bool = False
    """In a packet, each paper begins on a fresh sheet."""
    dpi: int = DEFAULT_DPI
    """Dots an inch of a picture."""


@dataclass(frozen=True)
class Paper:
    """A paper of a plan, or its packet, before it is made."""

    plan: Plan
    name: str
    """What its file is called, without the suffix: nothing of a person."""
    documents: tuple[str, ...]
    form: OutputFormat
    body: Callable[[], bytes]
    """Makes its content; that of pictures is PDF as well. Raises CaseError where a value does not fit, RenderError."""

    def files(self) -> dict[str, bytes]:
        """Make it, and return the content of each file by its name. Raises as `body` does."""
        if self.form.name == "png":
            return {f"{self.name}-{number}.png": page for number, page in enumerate(page_pictures(self.body(), self.form.dpi), 1)}
        return {f"{self.name}.{SUFFIXES[self.form.name]}": self.body()}


def planned_papers(plan: Plan, form: OutputFormat) -> Iterator[Paper]:
    """Yield the papers of a plan in the order of their use; nothing is made yet."""
    if not form.packet:
        for kind in plan.documents:
            body = partial({"html": _html, "text": _text}.get(form.name, _pdf), plan, kind)
            yield Paper(plan, _name(plan, kind.name), (kind.name,), form, body)
    elif plan.documents:
        names = tuple(kind.name for kind in plan.documents)
        yield Paper(plan, _name(plan, "packet"), names, form, partial(_packet, plan, duplex=form.duplex))


def _name(plan: Plan, what: str) -> str:
    return f"{plan.reference or 'blank'}-{what}-{plan.language}"


def _pdf(plan: Plan, kind: Document) -> bytes:
    from simforms.papers.fitting import document_pdf  # noqa: PLC0415 - commands that print no PDF never load the engine

    return document_pdf(plan, kind)


def _packet(plan: Plan, *, duplex: bool) -> bytes:
    from simforms.papers.fitting import packet_pdf  # noqa: PLC0415 - the same

    return packet_pdf(plan, duplex=duplex)


def _html(plan: Plan, kind: Document) -> bytes:
    from simforms.papers.html import document_html  # noqa: PLC0415 - `--help` does not pay for it

    return document_html(plan, kind).encode()


def _text(plan: Plan, kind: Document) -> bytes:
    from simforms.papers.html import document_html  # noqa: PLC0415
    from simforms.papers.plain_text import plain_text  # noqa: PLC0415 - the same

    return plain_text(document_html(plan, kind)).encode()


def save(folder: Path, paper: Paper, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Write the files of a paper, each with its manifest, and yield where each is. Raises OSError."""
    from simforms.papers.manifest import manifest, manifest_path  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.write import write  # noqa: PLC0415

    for name, body in files.items():
        path = folder / name
        write(path, body)
        write(manifest_path(path), manifest(paper.plan, paper.documents, body))
        yield path
