"""Bytes reach a file whole or not at all, readable by its owner only."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

_PREFIX = ".simforms-"
"""Of what is not yet whole."""


def write(path: Path, body: bytes) -> None:
    """Put `body` at `path` (mode 0600), replacing an older file in one step; missing folders are made (0700).

    Raises OSError, and then leaves the older file as it was.
    """
    make_folder(path.parent)
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path.parent)) from None  # the folder, not a name nobody knows
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def write_new(path: Path, body: bytes) -> None:
    """Put `body` at `path` (mode 0600). Raises FileExistsError where a file is there already."""
    make_folder(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)


def remove_partial_files(folder: Path) -> None:
    """Remove from a folder what a process that was killed has half written."""
    for path in folder.glob(f"{_PREFIX}*"):
        path.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder (0700) where there is none, and those around it."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
