"""What goes with a batch, as bytes: a sheet for handing out and signing, and files with all papers for the printer."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from simforms.errors import DoesNotFitError
from simforms.pdf.merge import merge_files
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
        return merge_files((printed(part, f"{number} / {len(parts)}") for number, part in enumerate(parts, 1)), today)

    try:
        return whole(parts)
    except DoesNotFitError:
        return whole([fitting for part in parts for fitting in that_fit(part)])


def joined(papers: Sequence[tuple[Path, str]], today: date) -> Iterator[bytes]:
    """Yield PDF files joined into one, for printing; `papers` are where each is and its SHA-256.

    Raises OSError where one is a link or another file by now: what we did not make is not printed with the others.
    """
    for first in range(0, len(papers), FILES):
        yield merge_files((_read(path, made) for path, made in papers[first : first + FILES]), today)


def _read(path: Path, made: str) -> bytes:
    body = read_plain(path)
    if hashlib.sha256(body).hexdigest() != made:
        raise OSError(errno.EINVAL, "Changed after it was made", str(path))
    return body
