"""A file that a person names is opened only where it is a file, and no more of it is read than a reader takes."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

from simforms.errors import CaseError, Location, Problem
from simforms.messages import Message, say

_REASONS = {
    errno.ENOENT: say("there is no such file"),
    errno.EACCES: say("you do not have permission to read it"),
    errno.EISDIR: say("it is a folder"),
}
_NO_FILE = say("it is neither a file nor a folder")
_CHECK = say("check the name and the folder")
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def opened(path: Path) -> BufferedReader:
    """Return a file open for reading. Raises CaseError where it cannot be read, or is a folder, a pipe, a device or a socket.

    It is looked at before it is opened, since opening can move a device, and again after that: it may have been replaced.
    """
    try:
        _file(path, path.stat())
        file = os.fdopen(os.open(path, os.O_RDONLY | _WITHOUT_WAITING), "rb")
    except OSError as error:
        raise refused(path, error) from None
    except ValueError:  # a name that no file can have
        raise refused(path, OSError(errno.ENOENT, "")) from None
    try:
        _file(path, os.fstat(file.fileno()))
    except BaseException:
        file.close()
        raise
    return file


def _file(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise refused(path, OSError(errno.EISDIR, ""))
    if not stat.S_ISREG(status.st_mode):
        raise _cannot(path, _NO_FILE)


def contents(path: Path, most: int, too_large: Message, suggestion: Message) -> bytes:
    """Return the bytes of a file, at most so many. Raises CaseError, with these messages where it has more."""
    with opened(path) as file:
        try:
            body = file.read(most + 1) if os.fstat(file.fileno()).st_size <= most else b""
        except OSError as error:
            raise refused(path, error) from None
        if len(body) > most or os.fstat(file.fileno()).st_size > most:
            raise CaseError([Problem(Location(str(path)), "", too_large, suggestion)])
    return body


def refused(path: Path, error: OSError) -> CaseError:
    """Return the error for a file that the machine does not let us read."""
    return _cannot(path, _REASONS.get(error.errno or 0) or Message(error.strerror or type(error).__name__))


def _cannot(path: Path, reason: Message) -> CaseError:
    what = say("the file cannot be read (%(reason)s)", reason=reason)
    return CaseError([Problem(Location(str(path)), "", what, _CHECK)])
