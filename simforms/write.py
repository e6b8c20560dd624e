"""Writes files completely or not at all, readable by their owner only."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_PREFIX, _SUFFIX = ".simforms-", ".part"
"""Of what is not yet whole."""
_LEFTOVER = re.compile(re.escape(_PREFIX) + r"\w+" + re.escape(_SUFFIX))
_PLACES = "simforms-"
"""Of folders that are there while a command runs."""
_OURS = ".simforms-workplace"
"""The file by which such a folder differs from one that somebody gave this name."""
_STALE = 24 * 60 * 60
"""Seconds; no command runs as long."""


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
        descriptor, temporary = _temporary(path.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path.parent)) from None  # report the folder, not a temporary name
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
            if os.name == "posix":  # while it is locked, `clear` leaves it
                name(temporary)
        if os.name != "posix":  # Windows gives no new name to an open file, and lets nobody remove it before
            name(temporary)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError) and error.errno is not None and error.filename in {None, str(temporary)}:
            raise type(error)(error.errno, error.strerror, str(path)) from None  # report the file, not a temporary name
        raise


def _temporary(folder: Path) -> tuple[int, Path]:
    """Return a new file, open and locked, and where it is. Raises OSError."""
    while True:
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=_PREFIX, suffix=_SUFFIX)
        with contextlib.suppress(OSError):  # a file system without locks; then `clear` removes nothing there either
            lock(descriptor)
        if os.name != "posix" or os.fstat(descriptor).st_nlink:  # it was not swept before it was locked
            return descriptor, Path(name)
        os.close(descriptor)


def lock(descriptor: int) -> bool:
    """Lock a file until it is closed, and return whether nobody else had; always True where the system knows no such locks.

    Raises OSError where the file system has none.
    """
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


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
    """Remove from a folder what a process that was killed has half written; never what a running one is writing."""
    for path in folder.iterdir():
        if _LEFTOVER.fullmatch(path.name):
            with contextlib.suppress(OSError):  # it is whole by now, or somebody else's
                descriptor = _opened(path)
                try:
                    ours = lock(descriptor)
                    if ours and os.name == "posix":
                        path.unlink()
                finally:
                    os.close(descriptor)
                if ours and os.name != "posix":  # Windows removes no open file, so neither ours nor one that is being written
                    path.unlink()


def _opened(path: Path) -> int:
    """Return a plain file opened for reading; a link, a pipe or a device is refused. Raises OSError."""
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # each is known to some systems only
        flags |= getattr(os, name, 0)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "Not a plain file", str(path))
    return descriptor


def read_plain(path: Path, most: int = 1_000_000_000) -> bytes:
    """Return the bytes of a plain file of at most `most` bytes; a link, a pipe or a device is refused. Raises OSError."""
    with os.fdopen(_opened(path), "rb") as file:
        if os.fstat(file.fileno()).st_size > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return file.read()


def refuse_other(path: Path, begin: bytes) -> None:
    """Raise FileExistsError where a path has something else than a plain file of ours, which begins with these bytes."""
    if not os.path.lexists(path):
        return
    with contextlib.suppress(OSError), os.fdopen(_opened(path), "rb") as file:
        if file.read(len(begin)) == begin:
            return
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def digest(path: Path) -> str:
    """Return the SHA-256 of a plain file; an empty text where there is none."""
    try:
        return hashlib.sha256(read_plain(path)).hexdigest()
    except OSError:
        return ""


def make_folder(folder: Path) -> None:
    """Create a folder (mode 0700) if there is none, and its missing parents."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """Yield a folder for what is needed meanwhile (0700), and remove it; those that a killed command left are removed too."""
    _sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=_PLACES) as name:
        (Path(name) / _OURS).touch()
        yield Path(name)


def _sweep(folder: Path) -> None:
    for path in folder.glob(f"{_PLACES}*/{_OURS}"):
        with contextlib.suppress(OSError):
            found = path.parent.lstat()
            if found.st_uid == getattr(os, "getuid", int)() and time.time() - path.lstat().st_mtime > _STALE:
                shutil.rmtree(path.parent)
