"""HTML becomes PDF bytes (the only module that knows WeasyPrint)."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import accumulate, chain, groupby, pairwise
from pathlib import Path
from typing import Any, NoReturn

from simforms import fonts, guarantees, native
from simforms.errors import DoesNotFitError, Message, RenderError, say

OPTIONS = {"pdf_variant": "pdf/a-3u", "pdf_tags": True}
"""For archives (PDF/A-3u) and for screen readers: tagged, PDF 1.7, which convenience-store printers take. What makes it
PDF/UA-1 as well is added below."""

_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""Says in the metadata that the file is PDF/UA-1, and, as PDF/A wants it, what that entry means (ISO 19005-3, 6.6.2.3)."""


def loaded() -> None:
    """Load the engine and its libraries now: a process that may later load none does so first."""
    print_pdf(_EMPTY)


def print_pdf(html: str, most_pages: int = 50) -> bytes:
    """Return a page description as a PDF file. `html` is whole in itself: it may not fetch anything.

    Raises DoesNotFitError where there are more than `most_pages` or a text reaches over an edge, RenderError where the
    engine has something to complain of or a value cannot be read back from the file, and OSError where no temporary file
    can be made.
    """
    with _press([html]) as press:
        return press.joined(press.document(html, most_pages), [])


def print_packet(papers: Sequence[tuple[str, int]], cover: Callable[[Sequence[range]], str], *, duplex: bool = False) -> bytes:
    """Return several page descriptions as one PDF file, behind a cover.

    `papers` are HTML and the most pages of each. `cover` is given the numbers of the pages on which each paper stands,
    counted from 1, and returns the HTML of what lies on top. With `duplex`, each part that goes its own way begins on a
    fresh sheet. Raises as `print_pdf` does.
    """
    unnumbered = cover([range(1, 3)] * len(papers))
    with _press([unnumbered, _EMPTY, *(html for html, _ in papers)]) as press:
        printed = [press.pages(html, most, duplex=duplex, paper=number) for number, (html, most) in enumerate(papers)]
        first = len(press.pages(unnumbered, COVER_PAGES, duplex=duplex)) + 1
        begins = list(accumulate(map(len, printed), initial=first))
        top = press.document(cover([range(*pair) for pair in pairwise(begins)]), COVER_PAGES)
        pages = press.on_sheets(top.pages) if duplex else top.pages
        if len(pages) != first - 1:
            raise RenderError("the cover takes another number of pages with its page numbers than without")
        return press.joined(top, [*pages, *chain.from_iterable(printed)])


COVER_PAGES = 4
_EMPTY = """<!DOCTYPE html>
<html lang="ja"><head><title>-</title><style>@page { size: A4 }</style></head><body></body></html>"""


@contextmanager
def _press(texts: Sequence[str]) -> Iterator[_Press]:
    """Yield what lays out and writes pages, with faces that hold just the characters of these texts."""
    with tempfile.TemporaryDirectory(prefix="simforms-") as folder, _fontconfig(fonts.cut(texts, Path(folder))):
        try:
            with native.by_file_name():
                from weasyprint import HTML  # noqa: PLC0415 - what other commands do not pay for
                from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        except OSError as error:
            raise RenderError(_no_library(error)) from None
        refused: list[str] = []
        yield _Press(HTML, FontConfiguration(), _nothing(refused), refused, [])


def _no_library(error: OSError) -> Message:
    """Return what to do where the library that lays out text cannot be loaded."""
    command = native.install_command() or f"pango ({error})"
    return say(
        "the text library cannot be loaded; install it: %(command)s; or use `--format html` and print the page from a browser",
        command=command,
    )


def _nothing(refused: list[str]) -> Any:
    """Return a fetcher that serves nothing and notes what a page wanted; a page holds its styles, and no pictures."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415 - see _press

    class Nothing(URLFetcher):  # type: ignore[misc] # the engine ships no type information
        def fetch(self, url: str, headers: object = None) -> NoReturn:  # noqa: ARG002
            refused.append(url.partition(":")[0][:8])  # never the address: it may hold a value
            raise FatalURLFetchingError("a page may not fetch anything")

    return Nothing(timeout=1, allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


@dataclass(frozen=True)
class _Press:
    """Lays out pages, all with the same faces, and writes them as one file."""

    engine: Any
    faces: Any
    fetcher: Any
    refused: list[str]
    values: list[tuple[str, str]]

    def document(self, html: str, most: int, paper: int = 0) -> Any:
        """Return a page description as the engine lays it out."""
        page = self.engine(string=html, url_fetcher=self.fetcher, base_url=None)
        document = self._watched(lambda: page.render(font_config=self.faces, **OPTIONS))
        if len(document.pages) > most:
            what = f"it takes {len(document.pages)} pages, more than the {most} it may have; shorten the long values"
            raise DoesNotFitError(what, paper=paper)
        if over := guarantees.outside(document):
            raise DoesNotFitError(f"it reaches over the edge: {', '.join(sorted(over))}", over, paper)
        self.values.extend(guarantees.values(page.etree_element))
        return document

    def pages(self, html: str, most: int, *, duplex: bool, paper: int = 0) -> list[Any]:
        """Return the pages of a page description, with `duplex` those behind them."""
        pages = self.document(html, most, paper).pages
        return self.on_sheets(pages) if duplex else list(pages)

    def on_sheets(self, pages: Sequence[Any]) -> list[Any]:
        """Return pages with an empty one behind every part that ends on the front of a sheet."""
        found: list[Any] = []
        for _, part in groupby(pages, key=lambda page: page._page_box.page_type.name):
            found += part
            if len(found) % 2:
                found += self.document(_EMPTY, 1).pages
        return found

    def joined(self, first: Any, pages: Sequence[Any]) -> bytes:
        """Return pages, or all those of the first document, as one PDF file with its title."""
        document = first.copy(pages) if pages else first
        described, included = document.metadata.generate_rdf_metadata, document.metadata.include_in_pdf
        document.metadata.generate_rdf_metadata = lambda *names: described(*names).replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>")
        document.metadata.include_in_pdf = lambda *names: included(*names[:4], compress=False)  # PDF/A wants it plain
        with _languages_in_tags():
            body = bytes(self._watched(lambda: document.write_pdf(**OPTIONS)))
        if lost := guarantees.unread(self.values, body):
            raise RenderError(f"a value cannot be read back from the file: {', '.join(sorted(lost))}")
        return body

    def _watched(self, work: Callable[[], Any]) -> Any:
        """Return what the engine makes. Raises RenderError for what a page wanted to fetch, or the engine complains of."""
        from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 - see _press

        made = None
        with _complaints() as complaints, suppress(FatalURLFetchingError):
            made = work()
        if self.refused:
            raise RenderError(f"the page wanted to fetch something ({', '.join(sorted(set(self.refused)))})")
        if complaints:
            raise RenderError(f"the page would not look as meant: {'; '.join(sorted(set(complaints)))}")
        return made


@contextmanager
def _languages_in_tags() -> Iterator[None]:
    """Let each tag of the file carry the language of its element: the engine writes that of the whole document only."""
    from weasyprint.pdf import tags  # noqa: PLC0415 - see _press

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
def _fontconfig(configuration: Path) -> Iterator[None]:
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
def _complaints() -> Iterator[list[str]]:
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
