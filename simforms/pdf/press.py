"""HTML becomes PDF bytes. A page is laid out from scratch or, with other values, reuses the layout of an earlier page."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from simforms.errors import DoesNotFitError, RenderError
from simforms.pdf import guarantees
from simforms.pdf.engine import (
    Engine,
    FileRewriter,
    LaidOut,
    lay_out_backgrounds,
    start_engine,
    write,
    write_recorded,
)
from simforms.pdf.engine_complaints import raise_complaints
from simforms.pdf.reuse import layout
from simforms.pdf.threads import one_thread_at_a_time

if TYPE_CHECKING:
    import weasyprint


def preload() -> None:
    """Load the engine and its libraries now, for a process that will not be allowed to later."""
    print_pdf(_EMPTY_PAGE)


@one_thread_at_a_time
def print_pdf(html: str, most_pages: int = 50) -> bytes:
    """Return a page as a PDF file. `html` contains everything it needs: fetching is refused.

    Raises DoesNotFitError if there are more than `most_pages` or if a text crosses an edge, RenderError if the engine logs a
    warning or a value cannot be read back from the file, and OSError if no temporary file can be made.
    """
    press = _press()
    return press.write(press.lay_out(html, most_pages))


@one_thread_at_a_time
def print_packet(papers: Sequence[PacketPaper], cover: Callable[[Sequence[range]], str], *, duplex: bool = False) -> bytes:
    """Return several papers as one PDF file after a cover.

    `cover` gets the sheet numbers of each paper and returns the HTML of the cover. Sheets are printed pages, counted from 1, the
    cover first. With `duplex`, each part that is used separately begins on a new sheet of paper. Raises as `print_pdf`.
    """
    press = _press()
    covers = len(press.lay_out(cover([range(1, 3)] * len(papers)), COVER_PAGES).pages)
    printed, sheets = _numbered(press, papers, covers)
    top = press.lay_out(cover(sheets), COVER_PAGES, printed)
    if len(top.pages) != covers:
        raise RenderError("the cover takes another number of pages with its page numbers than without")
    packet = [top, *printed]
    return _write_whole([press.pad_to_sheets(paper) for paper in packet] if duplex else packet)


def _numbered(press: _Press, papers: Sequence[PacketPaper], covers: int) -> tuple[list[_LaidOutPaper], list[range]]:
    """Return the papers with their place in the packet on each page, and their sheets. The total is only known at the end."""
    total = 0
    for _ in range(MOST_ROUNDS):
        printed: list[_LaidOutPaper] = []
        sheets, before = [], covers
        for html, most in papers:
            printed.append(press.lay_out(html(before, total), most, printed))
            sheets.append(range(before + 1, before + 1 + len(printed[-1].pages)))
            before += len(printed[-1].pages)
        if before == total:
            return printed, sheets
        total = before
    raise RenderError("a paper takes another number of pages with its place in the packet than without")


PacketPaper = tuple[Callable[[int, int], str], int]
"""The HTML of a paper, given how many sheets come before it and how many there are; and the most pages it may take."""
MOST_ROUNDS = 4
COVER_PAGES = 4
_EMPTY_PAGE = """<!DOCTYPE html>
<html lang="ja"><head><title>-</title><style>@page { size: A4 }</style></head><body></body></html>"""


_MissingValues = Callable[[Iterable[tuple[str, str]], bytes], set[str]]


@dataclass(frozen=True)
class _LaidOutPaper:
    """A paper after layout: the engine's document, the pages of it to write, and its values as (field, text)."""

    document: weasyprint.Document
    pages: Sequence[weasyprint.Page]
    values: Sequence[tuple[str, str]]
    refused: Sequence[str] = ()
    """The schemes of what it tried to fetch, see `LaidOut`."""
    overflowing: Collection[str] = ()
    """The fields whose text crosses an edge."""
    reused: _ReusablePaper | None = None
    """The earlier paper whose layout it reuses."""


@dataclass
class _ReusablePaper:
    """The layout of a paper, and the writer of its file, for other values."""

    reusable: layout.ReusableLayout
    boxes: Sequence[guarantees.BoundedBox]
    """The boxes that contain its values."""
    rewriter: FileRewriter | None = None
    verified: bool = False
    """Whether a rewritten file was once compared with one written as a whole, and was the same."""
    refused: str = ""
    """Why its files are always written as a whole; "" if they are not."""


@cache
def _press() -> _Press:
    """Return the press of this process."""
    return _Press(start_engine(), OrderedDict(), Counter(), Counter())


@one_thread_at_a_time
def layout_counts() -> Mapping[str, int]:
    """Return how many papers were laid out in this process, by the reason why no layout was reused; "" if one was."""
    return _press().layout_counts.copy()


@dataclass(frozen=True)
class _Press:
    """Lays out papers, and keeps the last layouts for reuse with other values (see `reuse.layout`)."""

    engine: Engine
    reusable: OrderedDict[tuple[str, layout.Heights], _ReusablePaper | str]
    """By skeleton and line heights of the values: the layout, or why a layout of this skeleton cannot be reused."""
    layout_counts: Counter[str]
    rewrite_counts: Counter[str]
    """How many files were rewritten from pieces (""), and how many were not, by reason."""

    def lay_out(self, html: str, most: int, earlier: Sequence[_LaidOutPaper] = ()) -> _LaidOutPaper:
        """Return a paper after layout; `earlier` are the papers before it in a packet. Raises DoesNotFitError and RenderError."""
        paper, marked = len(earlier), layout.split_values(html)
        made = self._reuse_layout(marked, [one.document for one in earlier]) or self._lay_out_whole(html, marked)
        if len(made.pages) > most:
            what = f"it takes {len(made.pages)} pages, more than the {most} it may have; shorten the long values"
            raise DoesNotFitError(what, paper=paper)
        if made.overflowing:
            raise DoesNotFitError(f"it reaches over the edge: {', '.join(sorted(made.overflowing))}", made.overflowing, paper)
        return made

    def _reuse_layout(self, marked: layout.MarkedPage, in_use: Sequence[weasyprint.Document]) -> _LaidOutPaper | None:
        """Return a paper that reuses a layout with these values; None, with the reason counted, if none fits.

        The documents `in_use` are not written yet: other values in one of them would be printed on another paper too.
        """
        reason = "the first of its kind"
        for key in [key for key in reversed(self.reusable) if key[0] == marked.skeleton]:
            kept = self.reusable[key]
            if isinstance(kept, str):
                reason = kept
                continue
            if any(kept.reusable.document is document for document in in_use):
                reason = "another paper of this packet has the layout"
                continue
            try:
                with raise_complaints():
                    document = kept.reusable.fill(marked)
            except layout.NotReusableError as error:
                reason = str(error)
                continue
            except Exception as error:  # a warning, which the engine does not repeat, or an engine that has changed
                reason = _loggable_reason(error)
                del self.reusable[key]
                continue
            except BaseException:
                del self.reusable[key]
                raise
            if not guarantees.overflowing_fields(kept.boxes):
                self.layout_counts[""] += 1
                self.reusable.move_to_end(key)
                return _LaidOutPaper(document, document.pages, marked.values, reused=kept)
            reason = "a value reaches over an edge"
        self.layout_counts[reason] += 1
        return None

    def _lay_out_whole(self, html: str, marked: layout.MarkedPage) -> _LaidOutPaper:
        """Return a paper laid out from scratch; keep its layout if it can be reused."""
        laid = self.engine.lay_out(html)
        overflowing = guarantees.overflowing_fields(guarantees.bounded_boxes(laid.document))
        if not overflowing:
            self._keep_layout(laid, marked)
        return _LaidOutPaper(laid.document, laid.document.pages, guarantees.marked_values(laid.tree), laid.refused, overflowing)

    def _keep_layout(self, laid: LaidOut, marked: layout.MarkedPage) -> None:
        try:
            reusable = layout.reusable_layout(laid.document, marked, laid.tree, laid.line_runs, lay_out_backgrounds)
            boxes = guarantees.bounded_boxes(laid.document, {id(slot.parent) for slot in reusable.slots})
            self.reusable[marked.skeleton, reusable.heights] = _ReusablePaper(reusable, boxes)
        except Exception as error:  # if the engine has changed, that costs time, not the paper
            self.reusable[marked.skeleton, ()] = _loggable_reason(error)
        while len(self.reusable) > MOST_KEPT:
            self.reusable.popitem(last=False)

    def write(self, paper: _LaidOutPaper) -> bytes:
        """Return a paper as a PDF file, from the pieces of an earlier file if possible."""
        if not paper.reused or paper.reused.refused:
            return _write_whole([paper])
        return self._write_reused(paper, paper.reused)

    def _write_reused(self, paper: _LaidOutPaper, page: _ReusablePaper) -> bytes:
        """Return the file from pieces or, if that fails for any reason, written as a whole."""
        try:
            return self._write_from_pieces(paper, page)
        except RenderError:
            page.rewriter = None
            raise
        except Exception as error:  # if the engine has changed, that costs time, not the paper
            reason = _loggable_reason(error)
            if not page.rewriter or not isinstance(error, layout.NotReusableError):
                page.rewriter, page.refused = None, reason
        except BaseException:
            page.rewriter = None  # it may contain texts of this person and of the previous one
            raise
        self.rewrite_counts[reason] += 1
        return _write_whole([paper])

    def _write_from_pieces(self, paper: _LaidOutPaper, page: _ReusablePaper) -> bytes:
        """First record how the file is written; the second time, compare with a file written as a whole; then trust it."""
        if not page.rewriter:
            page.verified = False
            body, page.rewriter = write_recorded(page.reusable)
            return _checked([paper], body)
        body = page.rewriter.write(page.reusable)
        if not page.verified:
            whole = _write_whole([paper])
            page.verified = body == whole
            page.refused = "" if page.verified else "a file that is written again is different"
            self.rewrite_counts[page.refused] += 1
            return whole
        self.rewrite_counts[""] += 1
        return _checked([paper], body, guarantees.missing_values_in_rewrite)

    def pad_to_sheets(self, paper: _LaidOutPaper) -> _LaidOutPaper:
        """Return the paper with an empty page after every part that ends on the front of a sheet."""
        pages: list[weasyprint.Page] = []
        for _, part in groupby(paper.pages, key=lambda page: page._page_box.page_type.name):
            pages += part
            if len(pages) % 2:
                pages += self._lay_out_whole(_EMPTY_PAGE, layout.split_values(_EMPTY_PAGE)).pages
        return replace(paper, pages=pages)


def _loggable_reason(error: Exception) -> str:
    """Return the message of our own errors, and only the type of others: their message may contain a value."""
    return str(error) if isinstance(error, layout.NotReusableError | RenderError) else f"an error: {type(error).__name__}"


MOST_KEPT = 12
"""Layouts that are kept for reuse; each takes a few megabytes."""


def _write_whole(papers: Sequence[_LaidOutPaper]) -> bytes:
    """Return papers as one PDF file with the title of the first."""
    pages = [page for paper in papers for page in paper.pages]
    return _checked(papers, write(papers[0].document, pages, [paper.refused for paper in papers]))


def _checked(papers: Sequence[_LaidOutPaper], body: bytes, missing: _MissingValues = guarantees.missing_values) -> bytes:
    """Return the file unchanged. Raises RenderError if a value is missing from its text."""
    if lost := missing([value for paper in papers for value in paper.values], body):
        raise RenderError(f"a value cannot be read back from the file: {', '.join(sorted(lost))}")
    return body
