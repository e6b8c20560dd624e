"""The texts to translate; run as a script, it brings the catalogs in locales/ up to date with them."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

CHECKOUT = Path(__file__).parent.parent
READING = "ja_Hira"


def template() -> Catalog:
    """Return every text of templates and code, as pyproject.toml says they are found."""
    with tempfile.TemporaryDirectory() as folder:
        pot = Path(folder, "simforms.pot")
        with contextlib.chdir(CHECKOUT):  # the patterns in pyproject.toml start from there
            CommandLineInterface().run(["pybabel", "-q", "extract", "-F", "pyproject.toml", "--no-location", "-o", str(pot), "."])
        with pot.open("rb") as file:
            return read_po(file)


def spoken() -> set[str]:
    """Return the texts that need a reading."""
    return {
        text
        for path in (CHECKOUT / "templates").rglob("*.j2")
        for _, text, *_ in extract_from_file("jinja2", path, keywords={"spoken": None}, options={"trimmed": "true"})
        if isinstance(text, str)
    }


def catalog(folder: Path) -> Catalog:
    with (folder / "LC_MESSAGES" / "simforms.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def finished(folder: Path) -> dict[str, str]:
    """Return the finished translations of a catalog."""
    return {
        str(message.id): str(message.string) for message in catalog(folder) if message.id and message.string and not message.fuzzy
    }


def update(folder: Path) -> list[str]:
    """Bring one catalog up to date; return the texts it still lacks."""
    old, new, lacking = catalog(folder), Catalog(charset="utf-8"), []
    readings = spoken()
    for message in template():
        if not message.id or (folder.name == READING and message.id not in readings):
            continue
        known = old.get(message.id)
        translation, unsure = (known.string, known.fuzzy) if known else ("", False)
        new.add(message.id, translation, flags=[*message.flags, *(["fuzzy"] if unsure else [])])
        lacking += [] if translation and not unsure else [str(message.id)]
    path = folder / "LC_MESSAGES" / "simforms.po"
    with path.open(encoding="utf-8") as file:
        own_name = file.readline()
    with path.open("wb") as file:
        file.write(f"{own_name}\n".encode())
        write_po(file, new, width=0, omit_header=True, sort_output=True)  # the order of files would change with every move
    return lacking


if __name__ == "__main__":
    open_texts = {folder.name: update(folder) for folder in sorted((CHECKOUT / "locales").iterdir()) if folder.is_dir()}
    for language, texts in open_texts.items():
        print(f"{language}: {len(texts)} to translate", *texts, sep="\n  ")  # noqa: T201 - a script
    sys.exit(any(open_texts.values()))
