"""Several PDF files become one: their pages, in order."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable
from datetime import date

from simforms.pdf.threads import one_thread_at_a_time


@one_thread_at_a_time
def merge_files(files: Iterable[bytes], today: date) -> bytes:
    """Return the pages of several PDF files as one file, dated `today`. The tags for screen readers are lost."""
    import pypdfium2

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
