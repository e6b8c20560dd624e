"""WeasyPrint lays out a page and writes it as a PDF file; started once in a process, with our fonts only."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from simforms import processes
from simforms.errors import RenderError
from simforms.messages import Message, say
from simforms.pdf import engine_names, fonts, native
from simforms.pdf.engine_complaints import raise_complaints, refuse_all_fetching
from simforms.pdf.engine_patches import compress_once, embed_cut_faces, languages_in_tags, patch_objects
from simforms.pdf.pdfua import declare_pdf_ua
from simforms.pdf.reuse import layout, recording, rewriting
from simforms.write import workplace

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import pydyf
    import weasyprint
    from weasyprint.document import DocumentMetadata
    from weasyprint.formatting_structure.boxes import LineBox, PageBox
    from weasyprint.text.fonts import FontConfiguration

OPTIONS = {"pdf_variant": "pdf/a-3u", "pdf_tags": True}
"""For archives (PDF/A-3u) and for screen readers (tags). It is PDF 1.7, which convenience-store printers accept. `pdfua` makes
it PDF/UA-1 as well."""


def import_engine() -> type[weasyprint.HTML]:
    """Import WeasyPrint and return its class that reads HTML. Raises RenderError if a library or a private name is missing."""
    processes.same_bytes()
    with native.find_by_file_name(), _imported_on_first_call("fontTools.subset", "fontTools.varLib.instancer"):
        try:
            from weasyprint import HTML
        except OSError as error:
            raise RenderError(_missing_library(error)) from None
        except (ImportError, AttributeError) as error:
            raise engine_names.wrong_version([str(error)]) from None
    engine_names.check()
    html: type[weasyprint.HTML] = HTML
    return html


@contextmanager
def _imported_on_first_call(*names: str) -> Iterator[None]:
    """Import these modules only when a function of them is called: fontTools loads slowly, and our files do not need it."""

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
    """Return how to install the library that lays out text."""
    command = native.install_command() or f"pango ({error})"
    return say(
        "the text layout library cannot be loaded; install it with: %(command)s; or use `--format html` "
        "and print the page from a browser",
        command=command,
    )


@dataclass(frozen=True)
class LaidOut:
    """A page after layout."""

    document: weasyprint.Document
    tree: Element
    """The HTML elements."""
    line_runs: Sequence[layout.LineRun]
    """The runs of the line maker that gave its lines."""
    refused: Sequence[str]
    """The schemes of what the page tried to fetch. Some fetches happen only when the file is written."""


@dataclass(frozen=True)
class Engine:
    """WeasyPrint with our fonts. The fonts are read once, which keeps memory use constant."""

    html: type[weasyprint.HTML]
    fonts: FontConfiguration

    def lay_out(self, html: str) -> LaidOut:
        """Return a page after layout. Raises RenderError if it tries to fetch something or would not look as intended."""
        from weasyprint.layout import block

        refused: list[str] = []
        page = self.html(string=html, url_fetcher=refuse_all_fetching(refused), base_url=None)
        with raise_complaints(refused), layout.record_lines(block) as line_runs:
            document = page.render(font_config=self.fonts, **OPTIONS)
        return LaidOut(document, page.etree_element, line_runs, refused)


def start_engine() -> Engine:
    """Return the engine. Raises RenderError if a library or a font is missing, OSError if no temporary file can be made."""
    html = import_engine()
    from weasyprint.text.fonts import FontConfiguration

    with workplace() as folder, _use_fontconfig(fonts.write_fontconfig(folder)):
        return Engine(html, FontConfiguration())


def lay_out_backgrounds(page: PageBox, line: LineBox, images: Any) -> None:
    """Lay out the backgrounds of the boxes in a line, the last step of a layout. `images` is the context's image loader."""
    from weasyprint.layout.background import layout_box_backgrounds

    layout_box_backgrounds(page, line, images)


def write(document: weasyprint.Document, pages: Sequence[weasyprint.Page], fetches: Sequence[Sequence[str]]) -> bytes:
    """Return pages as one PDF file with the title of `document`; `fetches` are their `refused` lists. Raises as `lay_out`."""
    document = declare_pdf_ua(document.copy(pages))
    with raise_complaints(*fetches), languages_in_tags(), embed_cut_faces(), compress_once({}):
        return bytes(document.write_pdf(finisher=patch_objects, **OPTIONS))


def write_recorded(form: layout.ReusableLayout) -> tuple[bytes, FileRewriter]:
    """Return a page as a PDF file, and a writer of the same page with other values. Raises as `lay_out`."""
    from weasyprint import draw, pdf

    document = declare_pdf_ua(form.document.copy())
    with (
        raise_complaints(),
        languages_in_tags(),
        embed_cut_faces(),
        compress_once({}),
        recording.record(draw, pdf, document.metadata) as notes,
    ):

        def finished(_: object, file: pydyf.PDF) -> None:
            notes.info = dict(file.info)
            patch_objects(document, file)
            notes.capture(file)

        body = bytes(document.write_pdf(finisher=finished, **OPTIONS))
        return body, FileRewriter(document.metadata, rewriting.FilePieces(notes, form.lines))


@dataclass(frozen=True)
class FileRewriter:
    """Writes a page with other values from the pieces of a file that was written before."""

    metadata: DocumentMetadata
    file: rewriting.FilePieces

    def write(self, form: layout.ReusableLayout) -> bytes:
        """Return the page as a PDF file. Raises NotReusableError if it must be written as a whole, and as `lay_out`."""
        title = self.metadata.title = form.document.metadata.title
        with raise_complaints(), embed_cut_faces(), compress_once(self.file.known):
            return self.file.write(form.lines, title, patch_objects)


@contextmanager
def _use_fontconfig(configuration: Path) -> Iterator[None]:
    """Let the engine find the fonts of this fontconfig file only."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before
