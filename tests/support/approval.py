"""What a printed document is, in a form that can be compared: text, geometry and picture of each page.

A picture alone does not see a wrong digit, a text layer alone does not see a moved margin: all three are kept.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

POINT = 0.5
"""How far, in points, a line may move before it counts as moved."""
SCALE = 40 / 72
"""Pictures have 40 dots an inch: shapes, not letters; letters are the text's job."""
TILE, SHADE = 16, 28
"""Pictures differ where the mean of a tile of so many pixels differs by more than this of 255."""


@dataclass(frozen=True)
class Page:
    text: str
    geometry: str
    """One line an object: what it is, its box in points from the lower left, and a text's face and size."""
    picture: Image.Image


def pages(pdf: bytes) -> list[Page]:
    document = pypdfium2.PdfDocument(pdf)
    return [Page(_text(page), _geometry(page), page.render(scale=SCALE, grayscale=True).to_pil()) for page in document]


def _text(page: Any) -> str:
    return re.sub(r"[ \t]+", " ", page.get_textpage().get_text_range().replace("\r\n", "\n")) + "\n"


def _geometry(page: Any) -> str:
    lines = []
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH]):
        box = " ".join(f"{value:.1f}" for value in thing.get_bounds())
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            face = thing.get_font().get_base_name().partition("+")[2]
            lines.append(f"text {box} {face} {thing.get_font_size():.1f}")
        else:
            lines.append(f"path {box}")
    return "\n".join(lines) + "\n"


def differences(expected: Page, printed: Page) -> list[str]:
    """Return what differs, the most telling first."""
    found = []
    if expected.text != printed.text:
        old, new = expected.text.splitlines(), printed.text.splitlines()
        found += [f"text lost: {line}" for line in old if line not in new] + [
            f"text new: {line}" for line in new if line not in old
        ]
        found = found or ["the text stands in another order"]
    found += _moved(expected.geometry.splitlines(), printed.geometry.splitlines())
    if shade(expected.picture, printed.picture) > SHADE:
        found.append("the picture differs")
    return found


def _moved(old: list[str], new: list[str]) -> list[str]:
    if len(old) != len(new):
        return [f"{len(old)} objects became {len(new)}"]
    return [f"{a} became {b}" for a, b in zip(old, new, strict=True) if not _near(a.split(), b.split())]


def _near(old: list[str], new: list[str]) -> bool:
    number = re.compile(r"-?[0-9.]+").fullmatch
    return len(old) == len(new) and all(
        abs(float(a) - float(b)) <= POINT if number(a) and number(b) else a == b for a, b in zip(old, new, strict=True)
    )


def shade(old: Image.Image, new: Image.Image) -> int:
    if old.size != new.size:
        return 255
    tiles = ImageChops.difference(old, new).reduce(TILE)
    return int(tiles.getextrema()[1])  # type: ignore[arg-type] # one band: the smallest and the largest shade


def save(page: Page, folder: Path, number: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"page-{number}.txt").write_text(page.text, encoding="utf-8")
    (folder / f"page-{number}.geometry").write_text(page.geometry, encoding="utf-8")
    picture = io.BytesIO()
    page.picture.convert("RGB").quantize(palette=_greys(), dither=Image.Dither.NONE).save(picture, "PNG", optimize=True)
    (folder / f"page-{number}.png").write_bytes(picture.getvalue())


def _greys() -> Image.Image:
    """Return a palette of 16 even greys: a palette made for the page may lack the black of a small tag."""
    palette = Image.new("P", (1, 1))
    palette.putpalette([level * 17 for level in range(16) for _ in range(3)])
    return palette


def saved(folder: Path) -> list[Page]:
    numbers = sorted(int(path.stem.partition("-")[2]) for path in folder.glob("page-*.txt"))
    return [
        Page(
            (folder / f"page-{number}.txt").read_text(encoding="utf-8"),
            (folder / f"page-{number}.geometry").read_text(encoding="utf-8"),
            Image.open(folder / f"page-{number}.png").convert("L"),
        )
        for number in numbers
    ]
