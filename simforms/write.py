"""Bytes reach a file whole or not at all, readable by its owner only."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

_PREFIX = ".simforms-"
"""Of what is not yet whole."""


def write(path: Path, body: bytes) -> None:
    """Put `body` at `path` (mode 0600), replacing an older file in one step; missing folders are made (0700).

    Raises OSError, and then leaves the older file as it was.
    """
    _write_whole(path, body, lambda temporary: temporary.replace(path))


def write_new(path: Path, body: bytes) -> None:
    """Put `body` at `path` (mode 0600), in one step; missing folders are made (0700).

    Raises FileExistsError where a file is there already, OSError else, and then leaves nothing.
    """
    _write_whole(path, body, lambda temporary: _link_or_rename(temporary, path))


def _write_whole(path: Path, body: bytes, name: Callable[[Path], object]) -> None:
    """Write `body` down to the disk under a name of its own, then let `name` give it the name that is meant."""
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
        name(Path(temporary))
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _link_or_rename(temporary: Path, path: Path) -> None:
    """Give a file its name where no file has it. A link does not replace a file, as a new name would."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None  # not the temporary name
    except (OSError, NotImplementedError):  # this file system has no links: the name is taken first, then the file put there
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
    else:
        with contextlib.suppress(OSError):  # the file is there
            temporary.unlink()


def remove_partial_files(folder: Path) -> None:
    """Remove from a folder what a process that was killed has half written."""
    for path in folder.glob(f"{_PREFIX}*"):
        path.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder (0700) where there is none, and those around it."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
