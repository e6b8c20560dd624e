"""The files of a plan's papers: their names, their content (PDF, HTML, text, PNG), and saving each with its manifest."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from simforms.errors import CommandLineError
from simforms.file_names import is_plain
from simforms.messages import say
from simforms.pdf.pictures import DEFAULT_DPI, page_pictures

if TYPE_CHECKING:
    from simforms.knowledge.documents import Document
    from simforms.planning.plan import Plan

BLANK = "blank"
"""What a paper is called after that has no reference."""
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
    label: str
    """What it is, without whose: departure-plan-zh-Hans."""
    documents: tuple[str, ...]
    form: OutputFormat
    make_body: Callable[[], bytes]
    """Returns its content; for pictures, a PDF file. Raises CaseError if a value does not fit, and RenderError."""

    @property
    def name(self) -> str:
        """The name of its file without the suffix. It contains nothing personal."""
        return f"{_file_name(self.plan.reference) or 'blank'}-{self.label}"

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
            yield Paper(plan, f"{document.name}-{plan.language}", (document.name,), form, body)
    elif plan.documents:
        names = tuple(document.name for document in plan.documents)
        yield Paper(plan, f"packet-{plan.language}", names, form, partial(_packet, plan, duplex=form.duplex))


def _file_name(reference: str) -> str:
    """Return a reference as a part of a file's name: one with a slash names no folder."""
    return reference if is_plain(reference) else re.sub(r"[^A-Za-z0-9-]", "-", reference)


def _pdf(plan: Plan, document: Document) -> bytes:
    from simforms.papers.fitting import document_pdf

    return document_pdf(plan, document)


def _packet(plan: Plan, *, duplex: bool) -> bytes:
    from simforms.papers.fitting import packet_pdf

    return packet_pdf(plan, duplex=duplex)


def _html(plan: Plan, document: Document) -> bytes:
    from simforms.papers.html import document_html
    from simforms.papers.self_contained import self_contained

    return self_contained(document_html(plan, document)).encode()


def _text(plan: Plan, document: Document) -> bytes:
    from simforms.papers.html import document_html
    from simforms.papers.plain_text import plain_text

    return plain_text(document_html(plan, document)).encode()


def save(folder: Path, paper: Paper, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Write the files of a paper, each with its manifest, and yield the path of each.

    Raises OSError; FileExistsError as `refuse_foreign`.
    """
    from simforms.papers.manifest import manifest

    yield from save_made(folder, {name: (body, manifest(paper.plan, paper.documents, body)) for name, body in files.items()})


def save_made(folder: Path, files: Mapping[str, tuple[bytes, bytes]]) -> Iterator[Path]:
    """Write files, each given with its manifest, and yield the path of each. Raises as `save`."""
    from simforms.papers.manifest import manifest_path, owner_of, replacing
    from simforms.write import digest, write

    for name, (_, manifest) in files.items():
        refuse_foreign(folder, *owner_of(manifest), [name])
    for name, (body, manifest) in files.items():
        path = folder / name
        replaces = path.exists() and digest(path) != hashlib.sha256(body).hexdigest()
        write(manifest_path(path), replacing(manifest, path) if replaces else manifest)  # first: the paper is ours at any moment
        try:
            write(path, body)
        except BaseException:
            if not os.path.lexists(path):
                manifest_path(path).unlink(missing_ok=True)  # it would be one of no paper
            raise
        if replaces:
            write(manifest_path(path), manifest)
        yield path


def refuse_foreign(folder: Path, reference: str, lines_of: str, names: Iterable[str]) -> None:
    """Raise FileExistsError if one of these names belongs to a file that is not an older paper of the same reference.

    A line of a case with several is not a case that has the same reference.

    Raises CommandLineError if it is one, and was changed after it was made: that is somebody's work.
    """
    from simforms.papers.manifest import made_here, manifest_path, owner, read_manifest

    for path in (folder / name for name in names):
        if os.path.lexists(path) or os.path.lexists(manifest_path(path)):
            entry = read_manifest(manifest_path(path))
            if path.is_symlink() or entry is None or owner({"reference": reference, **entry}) != (reference, lines_of):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
            if path.exists() and not made_here(path):
                raise CommandLineError(
                    say("%(file)s was changed after it was made; move it to another folder, then try again", file=path)
                )


def forget(folder: Path, reference: str, lines_of: str = "") -> Iterator[tuple[Path, bool]]:
    """Remove the papers of a reference, then their manifests; yield where each was and whether it is removed. Raises OSError.

    `lines_of` is the reference of the case whose line it is about. A paper that was changed after it was made is somebody's
    work: it stays.
    """
    from simforms.papers.manifest import SUFFIX, made_here, owner, read_manifest

    for manifest in sorted(folder.glob(f"?*{SUFFIX}")):
        entry = read_manifest(manifest)
        path = manifest.with_name(manifest.name.removesuffix(SUFFIX))
        there = os.path.lexists(path)
        if not reference or entry is None or owner(entry) != (reference, lines_of):
            continue
        if ours := not there or made_here(path):
            path.unlink(missing_ok=True)
            manifest.unlink()
        if there:
            yield path, ours


def undecided(folder: Path, reference: str) -> Iterator[Path]:
    """Yield the files that are called like papers of a reference, and whose manifest does not say whose they are."""
    from simforms.papers.manifest import SUFFIX, read_manifest

    for manifest in sorted(folder.glob(f"{_file_name(reference)}-?*{SUFFIX}") if reference else ()):
        path = manifest.with_name(manifest.name.removesuffix(SUFFIX))
        if os.path.lexists(path) and read_manifest(manifest) is None:
            yield path
