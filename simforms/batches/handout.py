"""What goes with a batch, as bytes: a sheet for handing out and signing, and files with all papers for the printer."""

from __future__ import annotations

import errno
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from simforms.errors import DoesNotFitError
from simforms.pdf.threads import one_thread_at_a_time
from simforms.write import read_plain

ROWS = 24
"""On a page of the sheet for handing out."""
MOST_PAGES = 3
"""For these rows: long names need more than one."""
FILES = 300
"""In one file for the printer; more go into another one."""


@dataclass(frozen=True)
class HandoutRow:
    """A row of the sheet for handing out."""

    id: str
    person: str
    papers: int


Numbered = Sequence[tuple[int, HandoutRow]]


def index(content: Path, language: str, today: date, rows: Sequence[HandoutRow]) -> bytes:
    """Return the sheet for handing out: who gets how many papers, with room for a signature. Raises as `print_pdf`.

    Each page is printed by itself: then it is laid out once for all of them. Rows that do not fit together get more pages.
    """
    numbered = list(enumerate(rows, 1))
    parts: list[Numbered] = [numbered[first : first + ROWS] for first in range(0, len(rows), ROWS)]

    def printed(part: Numbered, page: str) -> bytes:
        from simforms.papers.html import handout_html as html  # noqa: PLC0415 - as below
        from simforms.pdf.press import print_pdf  # noqa: PLC0415 - what prints nothing never loads the engine

        return print_pdf(html(content, language, today, part, page), MOST_PAGES)

    def that_fit(part: Numbered) -> Iterator[Numbered]:
        try:
            printed(part, f"{ROWS * len(parts)} / {ROWS * len(parts)}")
        except DoesNotFitError:
            if len(part) == 1:
                raise
            yield from that_fit(part[: len(part) // 2])
            yield from that_fit(part[len(part) // 2 :])
        else:
            yield part

    def whole(parts: Sequence[Numbered]) -> bytes:
        return _joined((printed(part, f"{number} / {len(parts)}") for number, part in enumerate(parts, 1)), today)

    try:
        return whole(parts)
    except DoesNotFitError:
        return whole([fitting for part in parts for fitting in that_fit(part)])


def joined(papers: Sequence[tuple[Path, str]], today: date) -> Iterator[bytes]:
    """Yield PDF files joined into one, for printing; `papers` are where each is and its SHA-256.

    Raises OSError where one is a link or another file by now: what we did not make is not printed with the others.
    """
    for first in range(0, len(papers), FILES):
        yield _joined((_read(path, made) for path, made in papers[first : first + FILES]), today)


def _read(path: Path, made: str) -> bytes:
    body = read_plain(path)
    if hashlib.sha256(body).hexdigest() != made:
        raise OSError(errno.EINVAL, "Changed after it was made", str(path))
    return body


@one_thread_at_a_time
def _joined(files: Iterable[bytes], today: date) -> bytes:
    """Return the pages of several PDF files as one; what helps a screen reader is lost."""
    import pypdfium2  # noqa: PLC0415 - only who asks for it pays for it

    body = io.BytesIO()
    with pypdfium2.PdfDocument.new() as whole:
        for file in files:
            with pypdfium2.PdfDocument(file) as one:
                whole.import_pages(one)
        whole.save(body)
    return _same_each_time(body.getvalue(), today)


def _same_each_time(body: bytes, today: date) -> bytes:
    """Return a file of PDFium with the day instead of the time, and an identifier made of its content instead of a random one."""
    trailer = body.rfind(b"trailer")
    number = re.search(rb"/Info (\d+) 0 R", body[trailer:])
    ids = re.search(rb"/ID\[<([0-9A-F]{32})><\1>\]", body[trailer:])
    begin = body.find(b"\n%b 0 obj\r\n<</CreationDate(D:" % number[1]) if number else -1
    if begin < 0 or not ids:
        raise ValueError("PDFium writes another kind of file by now")
    begin = body.index(b"(D:", begin) + len(b"(D:")
    dated = body[:begin] + b"%04d%02d%02d000000" % today.timetuple()[:3] + body[begin + 14 :]
    neutral = dated.replace(ids[1], b"0" * 32)  # in the trailer only: it is random
    return neutral[:trailer] + neutral[trailer:].replace(b"0" * 32, hashlib.sha256(neutral).hexdigest()[:32].upper().encode())
