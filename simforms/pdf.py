"""HTML becomes PDF bytes (the only module that knows WeasyPrint)."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from simforms import fonts
from simforms.errors import RenderError

VARIANT = "pdf/ua-1"
"""Tagged for screen readers, and PDF 1.7, which convenience-store printers take."""


def print_pdf(html: str, most_pages: int = 50) -> bytes:
    """Return a page description as a PDF file. `html` is whole in itself: it may not fetch anything.

    Raises RenderError where there are more than `most_pages` or the engine has something to complain of, and OSError
    where no temporary file can be made.
    """
    with tempfile.TemporaryDirectory(prefix="simforms-") as folder, _fontconfig(fonts.cut([html], Path(folder))):
        return _print(html, most_pages)


def _print(html: str, most_pages: int) -> bytes:
    try:
        from weasyprint import HTML  # noqa: PLC0415 - half a second that other commands do not pay
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415
    except OSError as error:
        raise RenderError(f"the text library cannot be loaded ({error}); run `simforms doctor`") from None

    refused = []

    class Nothing(URLFetcher):  # type: ignore[misc] # the engine ships no type information
        """Serves nothing: the page holds its styles, and has no pictures from outside."""

        def fetch(self, url: str, headers: object = None) -> NoReturn:  # noqa: ARG002
            refused.append(url.partition(":")[0][:8])  # never the address: it may hold a value
            raise FatalURLFetchingError("a page may not fetch anything")

    with _complaints() as complaints:
        try:
            fetcher = Nothing(timeout=1, allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
            document = HTML(string=html, url_fetcher=fetcher, base_url=None).render(
                font_config=FontConfiguration(), pdf_variant=VARIANT
            )
            pages = len(document.pages)
            body: bytes = document.write_pdf(pdf_variant=VARIANT)
        except FatalURLFetchingError:
            pages, body = 0, b""
    if refused:
        raise RenderError(f"the page wanted to fetch something ({', '.join(sorted(set(refused)))})")
    if complaints:
        raise RenderError(f"the page would not look as meant: {'; '.join(sorted(set(complaints)))}")
    if pages > most_pages:
        raise RenderError(f"it takes {pages} pages, more than the {most_pages} it may have; shorten the long values")
    return body


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
