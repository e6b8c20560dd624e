"""What WeasyPrint only logs becomes an error: a missing glyph, an unknown style, a page that wants to fetch something."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

from simforms.errors import RenderError

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher


def refuse_all_fetching(refused: list[str]) -> URLFetcher:
    """Return a fetcher that refuses everything and adds the scheme to `refused`: a page contains its styles and no pictures."""
    from weasyprint import urls

    class Refuse(urls.URLFetcher):  # type: ignore[misc] # the engine ships no type information
        def fetch(self, url: str, headers: object = None) -> NoReturn:  # noqa: ARG002
            refused.append(url.partition(":")[0][:8])  # never the address: it may contain a value
            raise urls.FatalURLFetchingError("a page may not fetch anything")

    return Refuse(timeout=1, allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


@contextmanager
def raise_complaints(*fetches: Sequence[str]) -> Iterator[None]:
    """Raise RenderError if a page tried to fetch something, or if the engine logged a warning."""
    from weasyprint.urls import FatalURLFetchingError

    with _logged_complaints() as complaints, suppress(FatalURLFetchingError):
        yield
    if refused := {one for wanted in fetches for one in wanted}:
        raise RenderError(f"the page wanted to fetch something ({', '.join(sorted(refused))})")
    if complaints:
        raise RenderError(f"the page would not look as meant: {'; '.join(sorted(set(complaints)))}")


@contextmanager
def _logged_complaints() -> Iterator[list[str]]:
    """Collect the warnings of the engine's log, such as a missing glyph: the message before its values are filled in."""
    complaints: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            complaints.append(str(record.msg))

    log, handler = logging.getLogger("weasyprint"), Collect(logging.WARNING)
    handlers, propagate, level = log.handlers[:], log.propagate, log.level
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.WARNING)
    try:
        yield complaints
    finally:
        log.handlers, log.propagate = handlers, propagate
        log.setLevel(level)
