"""Writes files completely or not at all, readable by their owner only."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

_PREFIX = ".simforms-"
"""The prefix of files that are not complete yet."""


def write(path: Path, body: bytes) -> None:
    """Write `body` to `path` (mode 0600), replacing an older file in one step. Missing folders are created (mode 0700).

    Raises OSError; the older file is then unchanged.
    """
    _write_whole(path, body, lambda temporary: temporary.replace(path))


def write_new(path: Path, body: bytes) -> None:
    """Write `body` to the new file `path` (mode 0600) in one step. Missing folders are created (mode 0700).

    Raises FileExistsError if the file exists, otherwise OSError; no new file is then left.
    """
    _write_whole(path, body, lambda temporary: _link_or_rename(temporary, path))


def _write_whole(path: Path, body: bytes, name: Callable[[Path], object]) -> None:
    """Write `body` to a temporary file and flush it to the disk; then `name` gives the file its final name."""
    make_folder(path.parent)
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path.parent)) from None  # report the folder, not a temporary name
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        name(Path(temporary))
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _link_or_rename(temporary: Path, path: Path) -> None:
    """Give a file its final name if no file has it. A link does not replace an existing file, but renaming would."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None  # not the temporary name
    except (OSError, NotImplementedError):  # a file system without links: reserve the name, then replace it
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
    else:
        with contextlib.suppress(OSError):  # the file is complete
            temporary.unlink()


def remove_partial_files(folder: Path) -> None:
    """Remove the incomplete files that a killed process has left in a folder."""
    for path in folder.glob(f"{_PREFIX}*"):
        path.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Create a folder (mode 0700) if there is none, and its missing parents."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
