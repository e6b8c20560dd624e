"""A folder of templates and catalogs is read: files of a few kinds, small and few, no links, nothing that changes meanwhile."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from simforms.errors import SimformsError
from simforms.messages import say

PARTS = ("templates", "locales")
KINDS = {".j2", ".css", ".toml", ".po"}
LARGEST_FILE = 512 * 1024
"""Bytes of a file."""
MOST_FILES = 500
"""Folders count too."""
DEEPEST = 6
"""Folders in folders."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_FROM_FOLDERS = os.open in os.supports_dir_fd
"""Whether a file can be opened from a folder that is open, whatever its path leads to by then."""


class ForeignError(SimformsError):
    """Templates of somebody else were refused or stopped; says why."""


def read(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder's `templates` and `locales` by their names below it. Raises ForeignError."""
    found: dict[str, bytes] = {}
    with _open(folder, None, follow=True) as top:
        for part in PARTS:
            if os.path.lexists(folder / part):
                _collect(folder, part, top, found, set())
    if not found:
        raise ForeignError(say("%(name)s contains neither a folder `templates` nor a folder `locales`", name=folder))
    return found


def own(content: Path) -> dict[str, bytes]:
    """Return our own files in the same way."""
    paths = (path for part in PARTS for path in sorted((content / part).rglob("*")) if path.suffix in KINDS and path.is_file())
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in paths}


def write(files: Mapping[str, bytes], place: Path) -> None:
    """Write files below a folder that is empty."""
    for name, body in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


def _collect(folder: Path, name: str, at: int | None, found: dict[str, bytes], seen: set[str]) -> None:
    """Put a file, or the files of a folder, with the others; `at` is the open folder around it."""
    path = folder / name
    seen.add(name)
    if len(seen) > MOST_FILES:
        what = say(
            "%(name)s contains more than %(count)s files; remove those that you do not need", name=folder, count=MOST_FILES
        )
        raise ForeignError(what)
    if not _NAME.fullmatch(path.name):
        what = say("%(name)s: a name can contain only the letters A to Z, digits, -, _ and .", name=ascii(str(path))[1:-1])
        raise ForeignError(what)
    with _open(path, at) as opened:
        kind = os.fstat(opened).st_mode
        if stat.S_ISDIR(kind):
            if name.count("/") >= DEEPEST:
                raise ForeignError(
                    say(
                        "%(name)s: the folders are nested more than %(count)s levels deep; use fewer levels",
                        name=path,
                        count=DEEPEST,
                    )
                )
            with os.scandir(opened if _FROM_FOLDERS else path) as entries:
                names = sorted(entry.name for entry, _ in zip(entries, range(MOST_FILES + 1), strict=False))
            for inner in names:
                _collect(folder, f"{name}/{inner}", opened if _FROM_FOLDERS else None, found, seen)
        elif not stat.S_ISREG(kind):
            raise _special(path)
        elif path.suffix not in KINDS:
            raise ForeignError(say("%(name)s: only %(known)s files are allowed there", name=path, known=", ".join(sorted(KINDS))))
        else:
            found[name] = _body(path, opened)


@contextmanager
def _open(path: Path, at: int | None, *, follow: bool = False) -> Iterator[int]:
    """Open a file or folder by its last name, from the folder around it. Raises ForeignError for a link."""
    flags = _FLAGS & ~getattr(os, "O_NOFOLLOW", 0) if follow else _FLAGS
    name = path.name if at is not None else path
    if not follow and stat.S_IFMT(os.stat(name, dir_fd=at, follow_symlinks=False).st_mode) not in {stat.S_IFREG, stat.S_IFDIR}:
        raise _special(path)
    try:
        opened = os.open(name, flags, dir_fd=at)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    try:
        yield opened
    finally:
        os.close(opened)


def _special(path: Path) -> ForeignError:
    return ForeignError(say("%(name)s: this is a link or a special file; put the file itself there", name=path))


def _body(path: Path, opened: int) -> bytes:
    before = os.fstat(opened)
    body = b""
    while len(body) <= LARGEST_FILE and (piece := os.read(opened, LARGEST_FILE + 1 - len(body))):
        body += piece
    if len(body) > LARGEST_FILE:
        raise ForeignError(
            say("%(name)s: the file is larger than %(count)s bytes; make it smaller", name=path, count=LARGEST_FILE)
        )
    after = os.fstat(opened)
    if (before.st_size, before.st_mtime_ns, len(body)) != (after.st_size, after.st_mtime_ns, after.st_size):
        raise ForeignError(say("%(name)s changed while it was being read; start again", name=path))
    return body
