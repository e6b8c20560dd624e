"""The pictures of pages that README and docs show; run as a script, it makes them all anew from the samples.

Each carries a digest of the text of its page, so that one wrong digit in it is seen.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from conftest import CHECKOUT, SAMPLES, TODAY, planned
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from simforms.batches.handout import Handed, index
from simforms.knowledge.content import content
from simforms.papers.files import OutputFormat, planned_papers

FOLDER = CHECKOUT / "docs" / "pages"
DOTS = 100
"""To the inch."""
COLOURS = 16
LARGEST = 150_000
"""Bytes."""
_TEXT = "page"


def _paper(sample: str, *wanted: str, language: str = "", packet: bool = False) -> bytes:
    plan = planned(CHECKOUT / "samples" / sample / "case.yaml", *wanted, language=language)
    [paper] = planned_papers(plan, OutputFormat(packet=packet))
    return paper.body()


def _sheet() -> bytes:
    names = [values["person.name"].text for values in (planned(path).values for path in SAMPLES) if "person.name" in values]
    return index(content(), "en", TODAY, [Handed(f"S-{number:03}", name, 1) for number, name in enumerate(names, 1)])


PICTURES: dict[str, Callable[[], bytes]] = {
    "counter-card": functools.partial(_paper, "softbank-student", "counter-card"),
    "cancellation-request": functools.partial(_paper, "proxy-for-family", "cancellation-request"),
    "call-script": functools.partial(_paper, "au-by-phone", "call-script"),
    "departure-plan": functools.partial(_paper, "softbank-student", "departure-plan", language="en"),
    "cover": functools.partial(_paper, "softbank-student", "counter-card", "cancellation-request", packet=True),
    "handing-out": _sheet,
}
"""Name of the picture, and what prints the paper whose first page it shows."""


def shown(name: str) -> tuple[Image.Image, str]:
    """Return the page as it is printed now, and the digest of its text."""
    page = pypdfium2.PdfDocument(PICTURES[name]())[0]
    text = re.sub(r"\s+", " ", page.get_textpage().get_text_range())
    return page.render(scale=DOTS / 72).to_pil(), hashlib.sha256(text.encode()).hexdigest()


def kept(path: Path) -> tuple[Image.Image, str]:
    """Return a picture, and the digest it carries."""
    with Image.open(path) as picture:
        return picture.convert("RGB"), str(picture.info.get(_TEXT, ""))


def _make(name: str) -> Path:
    picture, digest = shown(name)
    note, body = PngInfo(), io.BytesIO()
    note.add_text(_TEXT, digest)
    picture.quantize(COLOURS).save(body, "PNG", optimize=True, pnginfo=note)
    path = FOLDER / f"{name}.png"
    path.write_bytes(body.getvalue())
    return path


if __name__ == "__main__":
    for name in PICTURES:
        made = _make(name)
        print(made.relative_to(CHECKOUT), made.stat().st_size)  # noqa: T201 - a script
