"""The papers of a plan as files: what each is called, what makes it, and how it is saved with its manifest."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from simforms.file_names import is_plain
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
    label: str
    """What it is, without whose: departure-plan-zh-Hans."""
    documents: tuple[str, ...]
    form: OutputFormat
    body: Callable[[], bytes]
    """Makes its content; that of pictures is PDF as well. Raises CaseError where a value does not fit, RenderError."""

    @property
    def name(self) -> str:
        """What its file is called, without the suffix: nothing of a person."""
        return f"{_file_name(self.plan.reference) or 'blank'}-{self.label}"

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
            yield Paper(plan, f"{kind.name}-{plan.language}", (kind.name,), form, body)
    elif plan.documents:
        names = tuple(kind.name for kind in plan.documents)
        yield Paper(plan, f"packet-{plan.language}", names, form, partial(_packet, plan, duplex=form.duplex))


def _file_name(reference: str) -> str:
    """Return a reference as a part of a file's name: one with a slash names no folder."""
    return reference if is_plain(reference) else re.sub(r"[^A-Za-z0-9-]", "-", reference)


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
    """Write the files of a paper, each with its manifest, and yield where each is.

    Raises OSError; FileExistsError as `refuse_foreign`.
    """
    from simforms.papers.manifest import manifest, manifest_path  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.write import write  # noqa: PLC0415

    refuse_foreign(folder, paper, files)
    for name, body in files.items():
        path = folder / name
        write(manifest_path(path), manifest(paper.plan, paper.documents, body))  # first: it tells later that the paper is ours
        write(path, body)
        yield path


def refuse_foreign(folder: Path, paper: Paper, names: Iterable[str]) -> None:
    """Raise FileExistsError where a file has one of these names that is not an older paper of the same reference."""
    from simforms.papers.manifest import manifest_path, read_manifest  # noqa: PLC0415 - see save

    for path in (folder / name for name in names):
        if os.path.lexists(path) or os.path.lexists(manifest_path(path)):
            entry, reference = read_manifest(manifest_path(path)), paper.plan.reference
            if path.is_symlink() or entry is None or entry.get("reference", reference) != reference:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def forget(folder: Path, reference: str) -> Iterator[tuple[Path, bool]]:
    """Remove the papers of a reference, then their manifests; yield where each was and whether it is removed. Raises OSError.

    A paper that was changed after it was made is somebody's work: it stays.
    """
    from simforms.papers.manifest import SUFFIX, made_here, read_manifest  # noqa: PLC0415 - see save

    for manifest in sorted(folder.glob(f"*{SUFFIX}")):
        entry = read_manifest(manifest)
        if not reference or entry is None or entry.get("reference") != reference:
            continue
        path = manifest.with_name(manifest.name.removesuffix(SUFFIX))
        there = os.path.lexists(path)
        if ours := not there or made_here(path):
            path.unlink(missing_ok=True)
            manifest.unlink()
        if there:
            yield path, ours
