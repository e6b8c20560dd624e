"""What works on this machine and what does not, each fault with its remedy."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from simforms import carriers, catalogs, documents, fonts, native
from simforms.errors import SimformsError


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `remedy` is empty where it is in order."""

    name: str
    fault: str = ""
    remedy: str = ""


def look(content: Path, folder: Path) -> Iterator[Finding]:
    """Yield what was looked at: native libraries, fonts, catalogs, templates, carriers, the folder papers go to."""
    missing = native.missing()
    yield Finding(
        f"native text libraries ({', '.join(name for name, *_ in native.LIBRARIES)})",
        f"missing: {', '.join(missing)}" if missing else "",
        (native.install_command() or "install Pango with your package manager") if missing else "",
    )
    faults = fonts.faults()
    yield Finding(
        "fonts (checksums)",
        "; ".join(faults),
        "pip install --force-reinstall noto-cjk-sans-jp-regular noto-cjk-sans-jp-bold" if faults else "",
    )
    yield _content("catalogs", lambda: _catalogs(content))
    yield _content("documents", lambda: f"{len(documents.documents(content))} documents")
    yield _content("carriers", lambda: f"{len(carriers.carriers())} carriers")
    yield _folder(folder)


def _catalogs(content: Path) -> str:
    known = [catalogs.MAIN, catalogs.READING, *catalogs.languages(content)]
    for language in known:
        if language != catalogs.SOURCE:
            catalogs.messages(content, language)
    return ", ".join(known)


def _content(name: str, read: Callable[[], str]) -> Finding:
    try:
        return Finding(f"{name} ({read()})")
    except SimformsError as error:
        return Finding(name, str(error), "install simforms again")


def _folder(folder: Path) -> Finding:
    name = f"folder for papers ({folder.resolve()})"
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Finding(
            name, f"cannot be written: {os.strerror(error.errno or 0)}", "choose another folder with `render -o FOLDER`"
        )
    return Finding(name)
