"""A PDF file becomes pictures, a PNG file for each page."""

from __future__ import annotations

import io
from typing import Any

DEFAULT_DPI = 150
"""Dots an inch: small type can be read on a screen."""
LOWEST_DPI, HIGHEST_DPI = 50, 600


def page_pictures(body: bytes, dpi: int) -> list[bytes]:
    """Return each page of a PDF file as a PNG file with so many dots an inch."""
    import pypdfium2  # noqa: PLC0415 - commands that print nothing do not pay for it

    with pypdfium2.PdfDocument(body) as document:
        return [_png(page, dpi) for page in document]


def _png(page: Any, dpi: int) -> bytes:
    found = io.BytesIO()
    page.render(scale=dpi / 72).to_pil().save(found, "PNG", dpi=(dpi, dpi))
    return found.getvalue()
