"""A PDF file becomes pictures: one PNG file for each page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from simforms.pdf.threads import one_thread_at_a_time

if TYPE_CHECKING:
    import pypdfium2

DEFAULT_DPI = 150
"""Dots per inch: small type can be read on a screen."""
LOWEST_DPI, HIGHEST_DPI = 50, 600


@one_thread_at_a_time
def page_pictures(body: bytes, dpi: int) -> list[bytes]:
    """Return each page of a PDF file as a PNG file; `dpi` is in dots per inch."""
    import pypdfium2

    with pypdfium2.PdfDocument(body) as document:
        return [_png(page, dpi) for page in document]


def _png(page: pypdfium2.PdfPage, dpi: int) -> bytes:
    png = io.BytesIO()
    page.render(scale=dpi / 72).to_pil().save(png, "PNG", dpi=(dpi, dpi))
    return png.getvalue()
