"""Several PDF files become one: their pages, in order."""

from __future__ import annotations

import io
from collections.abc import Iterable

from simforms.pdf.threads import one_thread_at_a_time


@one_thread_at_a_time
def merge_files(files: Iterable[bytes]) -> bytes:
    """Return the pages of several PDF files as one file. The tags for screen readers are lost."""
    import pypdfium2

    body = io.BytesIO()
    with pypdfium2.PdfDocument.new() as whole:
        for file in files:
            with pypdfium2.PdfDocument(file) as one:
                whole.import_pages(one)
        whole.save(body)
    return body.getvalue()
