"""What goes with a batch: a sheet for handing out and signing, and one file with all papers for the printer."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROWS = 500
"""Of a sheet for handing out: beyond, another one follows."""
FILES = 300
"""In one file for the printer: beyond, another one follows."""
PAGES = 60


@dataclass(frozen=True)
class Handed:
    """A row of the sheet for handing out."""

    id: str
    person: str
    papers: int


def index(content: Path, language: str, today: date, rows: Sequence[Handed]) -> Iterator[bytes]:
    """Yield the sheets for handing out: who gets how many papers, with room for a signature. Raises as `print_pdf`."""
    from simforms.pdf import print_pdf  # noqa: PLC0415 - what prints nothing never loads the engine
    from simforms.rendering import index as page  # noqa: PLC0415 - the same

    for first in range(0, len(rows), ROWS):
        yield print_pdf(page(content, language, today, rows[first : first + ROWS]), PAGES)


def joined(paths: Sequence[Path]) -> Iterator[bytes]:
    """Yield PDF files joined into one, for printing: what helps a screen reader is left behind."""
    import pypdfium2  # noqa: PLC0415 - only who asks for it pays for it

    for first in range(0, len(paths), FILES):
        whole = pypdfium2.PdfDocument.new()
        for path in paths[first : first + FILES]:
            one = pypdfium2.PdfDocument(path)
            whole.import_pages(one)
            one.close()
        body = io.BytesIO()
        whole.save(body)
        whole.close()
        yield body.getvalue()
