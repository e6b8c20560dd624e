"""What goes with a batch: a sheet for handing out and signing, and one file with all papers for the printer."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROWS = 24
"""On a page of the sheet for handing out."""
FILES = 300
"""In one file for the printer: beyond, another one follows."""


@dataclass(frozen=True)
class Handed:
    """A row of the sheet for handing out."""

    id: str
    person: str
    papers: int


def index(content: Path, language: str, today: date, rows: Sequence[Handed]) -> bytes:
    """Return the sheet for handing out: who gets how many papers, with room for a signature. Raises as `print_pdf`.

    Each page is printed by itself: then it is laid out once for all of them.
    """
    from simforms.papers.html import handout_html as page  # noqa: PLC0415 - the same
    from simforms.pdf.press import print_pdf  # noqa: PLC0415 - what prints nothing never loads the engine

    numbered = list(enumerate(rows, 1))
    parts = [numbered[first : first + ROWS] for first in range(0, len(rows), ROWS)]
    return _joined(
        print_pdf(page(content, language, today, part, f"{number} / {len(parts)}"), MOST_PAGES)
        for number, part in enumerate(parts, 1)
    )


MOST_PAGES = 3
"""For the rows of a page: very long names need more."""


def joined(paths: Sequence[Path]) -> Iterator[bytes]:
    """Yield PDF files joined into one, for printing."""
    for first in range(0, len(paths), FILES):
        yield _joined(path.read_bytes() for path in paths[first : first + FILES])


def _joined(files: Iterable[bytes]) -> bytes:
    """Return the pages of several PDF files as one; what helps a screen reader is left behind."""
    import pypdfium2  # noqa: PLC0415 - only who asks for it pays for it

    whole = pypdfium2.PdfDocument.new()
    for file in files:
        one = pypdfium2.PdfDocument(file)
        whole.import_pages(one)
        one.close()
    body = io.BytesIO()
    whole.save(body)
    whole.close()
    return body.getvalue()
