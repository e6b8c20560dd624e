"""HTML becomes PDF bytes, each page laid out anew or, for other values of the same page, from what is kept of the last one."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, groupby, pairwise
from typing import Any

from simforms.errors import DoesNotFitError, RenderError
from simforms.pdf import guarantees
from simforms.pdf.engine import (
    Engine,
    FileRewriter,
    LaidOut,
    lay_out_backgrounds,
    raise_complaints,
    start_engine,
    write,
    write_recorded,
)
from simforms.pdf.reuse import layout


def preload() -> None:
    """Load the engine and its libraries now: a process that may later load none does so first."""
    print_pdf(_EMPTY_PAGE)


def print_pdf(html: str, most_pages: int = 50) -> bytes:
    """Return a page description as a PDF file. `html` is whole in itself: it may not fetch anything.

    Raises DoesNotFitError where there are more than `most_pages` or a text reaches over an edge, RenderError where the
    engine has something to complain of or a value cannot be read back from the file, and OSError where no temporary file
    can be made.
    """
    press = _press()
    return press.file(press.page(html, most_pages))


def print_packet(papers: Sequence[tuple[str, int]], cover: Callable[[Sequence[range]], str], *, duplex: bool = False) -> bytes:
    """Return several page descriptions as one PDF file, behind a cover.

    `papers` are HTML and the most pages of each. `cover` is given the numbers of the pages on which each paper stands,
    counted from 1, and returns the HTML of what lies on top. With `duplex`, each part that goes its own way begins on a
    fresh sheet. Raises as `print_pdf` does.
    """
    press = _press()
    printed = [press.page(html, most, paper=number) for number, (html, most) in enumerate(papers)]
    if duplex:
        printed = [press.on_sheets(one) for one in printed]
    empty = press.page(cover([range(1, 3)] * len(papers)), COVER_PAGES)
    first = len((press.on_sheets(empty) if duplex else empty).pages) + 1
    begins = list(accumulate((len(one.pages) for one in printed), initial=first))
    top = press.page(cover([range(*pair) for pair in pairwise(begins)]), COVER_PAGES)
    top = press.on_sheets(top) if duplex else top
    if len(top.pages) != first - 1:
        raise RenderError("the cover takes another number of pages with its page numbers than without")
    return _write_whole([top, *printed])


COVER_PAGES = 4
_EMPTY_PAGE = """<!DOCTYPE html>
<html lang="ja"><head><title>-</title><style>@page { size: A4 }</style></head><body></body></html>"""


@dataclass(frozen=True)
class _LaidOutPaper:
    """What is laid out: the engine's document, those of its pages that are meant, and its values with their fields."""

    document: Any
    pages: Sequence[Any]
    values: Sequence[tuple[str, str]]
    refused: Sequence[str] = ()
    """What it wanted to fetch; some things it wants only when it is written."""
    over: Collection[str] = ()
    """The fields whose text reaches over an edge."""
    kept: _ReusablePaper | None = None
    """The kept page that was filled, if it is one."""


@dataclass
class _ReusablePaper:
    """A page that is kept laid out, and its file, for other values."""

    form: layout.ReusableLayout
    rooms: Sequence[guarantees.BoundedBox]
    """Where its values stand."""
    rewriting: FileRewriter | None = None
    proved: bool = False
    """Whether the file was the same when it was written as a whole."""
    refused: str = ""
    """Why its files are always written as a whole."""


@cache
def _press() -> _Press:
    """Return what lays out pages in this process."""
    return _Press(start_engine(), OrderedDict(), Counter(), Counter())


def layout_counts() -> Mapping[str, int]:
    """Return how many pages were laid out in this process, by why each was not one that had been kept; "" where it was."""
    return _press().counted


@dataclass(frozen=True)
class _Press:
    """Lays out pages, all with the same faces, and keeps the last ones for other values (see `kept`)."""

    engine: Engine
    forms: OrderedDict[tuple[str, layout.Heights], _ReusablePaper | str]
    """By the skeleton, and how many lines its values take; or why pages of a skeleton cannot be kept."""
    counted: Counter[str]
    rewritten: Counter[str]
    """How many files were written from what was kept of one; and why others were not."""

    def page(self, html: str, most: int, paper: int = 0) -> _LaidOutPaper:
        """Return a page description as the engine lays it out."""
        marked = layout.split_values(html)
        made = self._filled(marked) or self._laid_out(html, marked)
        if len(made.pages) > most:
            what = f"it takes {len(made.pages)} pages, more than the {most} it may have; shorten the long values"
            raise DoesNotFitError(what, paper=paper)
        if made.over:
            raise DoesNotFitError(f"it reaches over the edge: {', '.join(sorted(made.over))}", made.over, paper)
        return made

    def _filled(self, marked: layout.MarkedPage) -> _LaidOutPaper | None:
        """Return a kept page with these values; None, and the reason counted, where there is none or they do not fit in."""
        reason = "the first of its kind"
        for key in [key for key in reversed(self.forms) if key[0] == marked.skeleton]:
            form = self.forms[key]
            if isinstance(form, str):
                reason = form
                continue
            try:
                with raise_complaints():
                    document = form.form.fill(marked)
            except layout.NotReusableError as error:
                reason = str(error)
                continue
            except RenderError as error:  # what is complained of once is not made, and so not complained of, twice
                reason = str(error)
                del self.forms[key]
                continue
            if not guarantees.overflowing_fields(form.rooms):
                self.counted[""] += 1
                self.forms.move_to_end(key)
                return _LaidOutPaper(document, document.pages, marked.values, kept=form)
            reason = "a value reaches over an edge"
        self.counted[reason] += 1
        return None

    def _laid_out(self, html: str, marked: layout.MarkedPage) -> _LaidOutPaper:
        """Return a page laid out as a whole, and keep it where it can be."""
        laid = self.engine.lay_out(html)
        over = guarantees.overflowing_fields(guarantees.bounded_boxes(laid.document))
        if not over:
            self._keep(laid, marked)
        return _LaidOutPaper(laid.document, laid.document.pages, guarantees.marked_values(laid.tree), laid.refused, over)

    def _keep(self, laid: LaidOut, marked: layout.MarkedPage) -> None:
        try:
            form = layout.reusable_layout(laid.document, marked, laid.tree, laid.makings, lay_out_backgrounds)
            rooms = guarantees.bounded_boxes(laid.document, {id(slot.parent) for slot in form.slots})
            self.forms[marked.skeleton, form.heights] = _ReusablePaper(form, rooms)
        except layout.NotReusableError as error:
            self.forms[marked.skeleton, ()] = str(error)
        while len(self.forms) > MOST_KEPT:
            self.forms.popitem(last=False)

    def file(self, made: _LaidOutPaper) -> bytes:
        """Return a page as a PDF file; one of a kept page as soon as may be from what was written before."""
        if not made.kept or made.kept.refused:
            return _write_whole([made])
        return self._rewritten(made, made.kept)

    def _rewritten(self, made: _LaidOutPaper, page: _ReusablePaper) -> bytes:
        """Note how the file is written; compare, for other values, with one that is written as a whole; then trust it."""
        if not page.rewriting:
            body, page.rewriting = write_recorded(page.form)
            return _checked([made], body)
        try:
            body = page.rewriting.written(page.form)
        except layout.NotReusableError as error:
            self.rewritten[str(error)] += 1
            return _write_whole([made])
        if not page.proved:
            whole = _write_whole([made])
            page.proved = body == whole
            page.refused = "" if page.proved else "a file that is written anew is another"
            self.rewritten[page.refused] += 1
            return whole
        self.rewritten[""] += 1
        return _checked([made], body, guarantees.missing_values_in_rewrite)

    def on_sheets(self, made: _LaidOutPaper) -> _LaidOutPaper:
        """Return pages with an empty one behind every part that ends on the front of a sheet."""
        found: list[Any] = []
        for _, part in groupby(made.pages, key=lambda page: page._page_box.page_type.name):
            found += part
            if len(found) % 2:
                found += self._laid_out(_EMPTY_PAGE, layout.split_values(_EMPTY_PAGE)).pages
        return replace(made, pages=found)


MOST_KEPT = 12
"""Pages that are kept; each takes some megabytes."""


def _write_whole(made: Sequence[_LaidOutPaper]) -> bytes:
    """Return pages as one PDF file with the title of the first."""
    pages = [page for one in made for page in one.pages]
    return _checked(made, write(made[0].document, pages, [one.refused for one in made]))


def _checked(
    made: Sequence[_LaidOutPaper], body: bytes, unread: Callable[[Any, bytes], set[str]] = guarantees.missing_values
) -> bytes:
    """Return a file as it is. Raises RenderError where it does not hold each value."""
    if lost := unread([value for one in made for value in one.values], body):
        raise RenderError(f"a value cannot be read back from the file: {', '.join(sorted(lost))}")
    return body
