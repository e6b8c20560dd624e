"""Lays out pages and writes them as a file: the only module that knows WeasyPrint, and what has to be added to it."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from simforms.errors import RenderError
from simforms.messages import Message, say
from simforms.pdf import fonts, native
from simforms.pdf.pdfua import declare_pdf_ua
from simforms.pdf.reuse import layout, objects, recording, rewriting

OPTIONS = {"pdf_variant": "pdf/a-3u", "pdf_tags": True}
"""For archives (PDF/A-3u) and for screen readers: tagged, PDF 1.7, which convenience-store printers take. What makes it
PDF/UA-1 as well is added below."""


def import_engine() -> Any:
    """Load WeasyPrint, and return what reads a page. Raises RenderError where its libraries are missing."""
    with native.find_by_file_name(), _imported_on_first_call("fontTools.subset", "fontTools.varLib.instancer"):
        try:
            from weasyprint import HTML  # noqa: PLC0415 - what other commands do not pay for it
        except OSError as error:
            raise RenderError(_missing_library(error)) from None
    return HTML


@contextmanager
def _imported_on_first_call(*names: str) -> Iterator[None]:
    """Let modules be loaded when something of them is called: what takes faces apart takes long to load, and is not used here."""

    class Later(ModuleType):
        def __getattr__(self, name: str) -> Callable[..., Any]:
            if name.startswith("__"):
                raise AttributeError(name)

            def called(*args: Any, **named: Any) -> Any:
                return getattr(import_module(self.__name__), name)(*args, **named)

            return called

    late = {name: Later(name) for name in names if name not in sys.modules}
    sys.modules.update(late)
    try:
        yield
    finally:
        for name in late:
            del sys.modules[name]


def _missing_library(error: OSError) -> Message:
    """Return what to do where the library that lays out text cannot be loaded."""
    command = native.install_command() or f"pango ({error})"
    return say(
        "the text library cannot be loaded; install it: %(command)s; or use `--format html` and print the page from a browser",
        command=command,
    )


@dataclass(frozen=True)
class LaidOut:
    """A page description, laid out."""

    document: Any
    tree: Any
    """Its elements."""
    makings: Sequence[layout.LineRun]
    """How its lines were made."""
    refused: Sequence[str]
    """What it wanted to fetch; some things it wants only when it is written."""


@dataclass(frozen=True)
class Engine:
    """The engine with its faces, which are read once: that keeps memory flat."""

    read: Any
    faces: Any

    def lay_out(self, html: str) -> LaidOut:
        """Return a page description, laid out. Raises RenderError where it would fetch something, or not look as meant."""
        from weasyprint.layout import block  # noqa: PLC0415 - it is loaded

        refused: list[str] = []
        page = self.read(string=html, url_fetcher=_refuse_all_fetching(refused), base_url=None)
        with raise_complaints(refused), layout.record_lines(block) as makings:
            document = page.render(font_config=self.faces, **OPTIONS)
        return LaidOut(document, page.etree_element, makings, refused)


def start_engine() -> Engine:
    """Return the engine. Raises RenderError where a library or a face is missing, OSError where no temporary file can be made."""
    read = import_engine()
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - it is loaded

    with tempfile.TemporaryDirectory(prefix="simforms-") as folder, _use_fontconfig(fonts.write_fontconfig(Path(folder))):
        return Engine(read, FontConfiguration())


def lay_out_backgrounds(page: Any, line: Any, images: Any) -> None:
    """Give the boxes in a line of a page their background, as the engine does last of all."""
    from weasyprint.layout.background import layout_box_backgrounds  # noqa: PLC0415 - it is loaded

    layout_box_backgrounds(page, line, images)


def write(document: Any, pages: Sequence[Any], fetches: Sequence[Sequence[str]]) -> bytes:
    """Return pages as one PDF file with the title of a document; `fetches` is what they wanted to fetch. Raises as `lay_out`."""
    document = declare_pdf_ua(document.copy(pages))
    with raise_complaints(*fetches), _languages_in_tags(), _embed_cut_faces(), _compress_once({}):
        return bytes(document.write_pdf(finisher=_patch_objects, **OPTIONS))


def write_recorded(form: layout.ReusableLayout) -> tuple[bytes, FileRewriter]:
    """Return a page as a PDF file, and what writes it for other values. Raises as `lay_out`."""
    from weasyprint import draw, pdf  # noqa: PLC0415 - it is loaded

    document = declare_pdf_ua(form.document.copy())
    with (
        raise_complaints(),
        _languages_in_tags(),
        _embed_cut_faces(),
        _compress_once({}),
        recording.record(draw, pdf, document.metadata) as notes,
    ):

        def finished(_: object, file: Any) -> None:
            notes.info = dict(file.info)
            _patch_objects(document, file)
            notes.taken(file)

        body = bytes(document.write_pdf(finisher=finished, **OPTIONS))
        return body, FileRewriter(document.metadata, rewriting.FilePieces(notes, form.lines))


@dataclass(frozen=True)
class FileRewriter:
    """Writes a page for other values from what was written before."""

    metadata: Any
    file: rewriting.FilePieces

    def write(self, form: layout.ReusableLayout) -> bytes:
        """Return the page as a PDF file. Raises UnfitError where it has to be written as a whole, and as `lay_out`."""
        title = self.metadata.title = form.document.metadata.title
        with raise_complaints(), _embed_cut_faces(), _compress_once(self.file.known):
            return self.file.written(form.lines, title, _patch_objects)


def _compress_once(known: dict[bytes, bytes]) -> AbstractContextManager[None]:
    import pydyf  # noqa: PLC0415 - it is loaded

    return objects.compress_once(pydyf.Stream, known)


def _refuse_all_fetching(refused: list[str]) -> Any:
    """Return a fetcher that serves nothing and notes what a page wanted; a page holds its styles, and no pictures."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415 - it is loaded

    class Nothing(URLFetcher):  # type: ignore[misc] # the engine ships no type information
        def fetch(self, url: str, headers: object = None) -> NoReturn:  # noqa: ARG002
            refused.append(url.partition(":")[0][:8])  # never the address: it may hold a value
            raise FatalURLFetchingError("a page may not fetch anything")

    return Nothing(timeout=1, allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


@contextmanager
def raise_complaints(*fetches: Sequence[str]) -> Iterator[None]:
    """Raise RenderError for what a page wanted to fetch, or the engine complains of."""
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 - it is loaded

    with _logged_complaints() as complaints, suppress(FatalURLFetchingError):
        yield
    if refused := {one for wanted in fetches for one in wanted}:
        raise RenderError(f"the page wanted to fetch something ({', '.join(sorted(refused))})")
    if complaints:
        raise RenderError(f"the page would not look as meant: {'; '.join(sorted(set(complaints)))}")


@contextmanager
def _embed_cut_faces() -> Iterator[None]:
    """Let a file hold just the glyphs it uses: the engine would take the whole face apart for each file."""
    from weasyprint.pdf import fonts as embedding  # noqa: PLC0415 - it is loaded

    def cut(font: Any, glyphs: Mapping[int, str], _: object) -> None:
        font.file_content = fonts.subset(glyphs, bold=font.weight > REGULAR_WEIGHT)

    font, whole = embedding.Font, embedding.get_hb_object_data
    embedded, kind = font.subset, font.type
    embedding.get_hb_object_data, font.subset, font.type = lambda _: b"", cut, "otf"
    try:
        yield
    finally:
        embedding.get_hb_object_data, font.subset, font.type = whole, embedded, kind


def _patch_objects(_: object, file: Any) -> None:
    """Say of the embedded faces that they are bare; set apart what hangs on values, so that all the rest is packed alike."""
    for number, entry in enumerate(file.objects):
        if isinstance(entry, objects.SerializedObject):
            continue
        if getattr(entry, "extra", {}).get("Subtype") == "/OpenType":
            entry.extra["Subtype"] = "/CIDFontType0C"
        elif isinstance(entry, dict) and entry.get("Type") in {"/Font", "/FontDescriptor"}:
            if widths := entry.get("W"):
                runs = zip(widths[::2], widths[1::2], strict=True)
                widths[:] = [part for first, run in runs if set(run) != {DEFAULT_GLYPH_WIDTH} for part in (first, run)]
            file.objects[number] = objects.uncompressed(entry)
    file.info = objects.uncompressed(file.info)


DEFAULT_GLYPH_WIDTH = 1000
"""What a glyph is wide of which a file says nothing (ISO 32000-1, 9.7.4.3)."""


REGULAR_WEIGHT = 400
"""The weight of the lighter face."""


@contextmanager
def _languages_in_tags() -> Iterator[None]:
    """Let each tag of the file carry the language of its element: the engine writes that of the whole document only."""
    from weasyprint.pdf import tags  # noqa: PLC0415 - it is loaded

    build = tags._build_box_tree

    def with_language(box: Any, *others: Any) -> Iterator[Any]:
        element = getattr(box, "element", None)
        language = None if element is None else element.get("lang")
        for made in build(box, *others):
            if language and element is not None and element.tag not in {"html", "body"}:
                made["Lang"] = f"({language})"
            yield made

    tags._build_box_tree = with_language
    try:
        yield
    finally:
        tags._build_box_tree = build


@contextmanager
def _use_fontconfig(configuration: Path) -> Iterator[None]:
    """Let the engine see these faces and no other."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def _logged_complaints() -> Iterator[list[str]]:
    """Collect what the engine only logs: a missing glyph, an unknown style. The message's form, never its values."""
    found: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(str(record.msg))

    log, handler = logging.getLogger("weasyprint"), Collect(logging.WARNING)
    before: tuple[Any, ...] = (log.handlers[:], log.propagate, log.level)
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.WARNING)
    try:
        yield found
    finally:
        log.handlers, log.propagate = before[0], before[1]
        log.setLevel(before[2])
