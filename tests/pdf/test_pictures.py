"""The pictures in README and docs show the pages as they are printed now."""

from __future__ import annotations

import re

import approval
import pictures
import pytest
from conftest import CHECKOUT


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_shows_the_page_as_it_is_printed(name: str) -> None:
    old, text = pictures.kept(pictures.FOLDER / f"{name}.png")
    new, printed = pictures.shown(name)

    assert text == printed, "the page says something else: ./dev pictures"
    assert approval.shade(old.convert("L"), new.convert("L")) <= approval.SHADE, "the page looks otherwise: ./dev pictures"


def test_every_picture_is_made_by_the_command_small_and_shown() -> None:
    pages = [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").glob("*.md")]
    shown = {name for page in pages for name in re.findall(r'src="\S*pages/([\w-]+)\.png"', page.read_text(encoding="utf-8"))}
    there = {path.stem: path.stat().st_size for path in pictures.FOLDER.glob("*.png")}

    assert there.keys() == pictures.PICTURES.keys() == shown
    assert max(there.values()) <= pictures.LARGEST
