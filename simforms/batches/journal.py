"""What a batch has done so far, in a file that only grows: enough to go on exactly after any interruption.

A line for each record, written with one call: its id, a keyed digest of what was asked, and either the files that were made of
it, each with its digest, or codes for what was wrong. A line for each sheet that goes with the papers, and one for each table.
No line contains a value of a record, or a name that is not one of our fields.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from simforms.batches.journal_lines import Entry, Sheet, TableName, read_head, read_line, written_head, written_line
from simforms.cases.reference import long_reference
from simforms.errors import SimformsError
from simforms.messages import say
from simforms.write import digest, lock, write_new

NAME = "batch.jsonl"
LARGEST = 200_000_000
"""Bytes; 50,000 records printed ten times."""
HEAD = 4096
"""Bytes that are read to see whether a file is a journal."""


class JournalError(SimformsError):
    """Another batch writes into the folder, or the file is not one of our journals; says what to do."""


@dataclass(frozen=True)
class Journal:
    """The journal of a folder, open and locked."""

    folder: Path
    descriptor: int
    key: bytes
    entries: dict[str, Entry] = field(default_factory=dict)
    """By id."""
    sheets: dict[str, list[Sheet]] = field(default_factory=dict)
    """All that were ever written under a name, by the name."""
    tables: dict[str, str] = field(default_factory=dict)
    """The name of each table's file, by the digest of where it is."""

    def asked(self, *parts: str) -> str:
        """Return the digest of what is asked: nobody without the journal's key can try values against it."""
        return hmac.new(self.key, json.dumps(parts).encode(), "sha256").hexdigest()

    def reference(self, identity: str) -> str:
        """Return the reference of a record that has none of its own: random, as the key is, and the same for each run."""
        return long_reference(bytes.fromhex(self.asked("reference", identity)))

    def table(self, path: Path | None) -> str:
        """Return the digest of where a table is; note its name when it is a new one. An empty text for no table."""
        if path is None:
            return ""
        found = self.asked("table", os.fsencode(path.resolve()).hex())[:16]
        if found not in self.tables:
            self._append(TableName(found, path.name))
        return found

    def made(self, identity: str, asked: str) -> Entry | None:
        """Return the entry of a record of which all files are there, as they were made; None where it must be printed."""
        entry = self.entries.get(identity)
        if entry is None or entry.asked != asked or entry.faults:
            return None
        return entry if all(digest(self.folder / name) == made for name, made in entry.files.items()) else None

    def wrote(self, name: str) -> list[Sheet]:
        """Return the sheets that are there under a name as they were written; none where the file is somebody else's."""
        found = digest(self.folder / name)
        return [sheet for sheet in self.sheets.get(name, []) if sheet.sha256 == found]

    def note(self, line: Entry | Sheet) -> None:
        """Write a line after the others, down to the disk."""
        self._append(line)

    def _append(self, line: Entry | Sheet | TableName) -> None:
        try:
            append(self.descriptor, written_line(line))
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.folder / NAME)) from None
        self.remember(line)

    def remember(self, line: Entry | Sheet | TableName) -> None:
        """Take in what a line says."""
        if isinstance(line, Entry):
            self.entries[line.id] = line
        elif isinstance(line, Sheet):
            self.sheets.setdefault(line.name, []).append(line)
        else:
            self.tables[line.digest] = line.name


@contextmanager
def journal(folder: Path) -> Iterator[Journal]:
    """Yield the journal of a folder, a new one where there is none. Raises JournalError, OSError.

    A file of that name that does not begin as our journals do, whatever it is, stays as it is.
    """
    path = folder / NAME
    if not os.path.lexists(path):
        with suppress(FileExistsError):  # another batch was quicker
            write_new(path, written_head(secrets.token_bytes(16)))
    descriptor = _opened(path)
    try:
        if not lock(descriptor):
            what = say(
                "another batch is writing into %(folder)s; wait until it has finished, or choose another folder", folder=folder
            )
            raise JournalError(what)
        yield _read(folder, descriptor)
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    flags = os.O_RDWR | os.O_APPEND
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # each is known to some systems only
        flags |= getattr(os, name, 0)
    if not stat.S_ISREG(path.lstat().st_mode):
        raise _not_ours(path)
    return os.open(path, flags)


def _not_ours(path: Path) -> JournalError:
    return JournalError(say("%(path)s is not the journal of a batch; choose another folder", path=path))


def _read(folder: Path, descriptor: int) -> Journal:
    """Return what a journal says; a last line that was cut short is removed. Raises JournalError, and then changes nothing."""
    path = folder / NAME
    size = os.fstat(descriptor).st_size
    try:
        begin = _first_bytes(descriptor, HEAD)
        found = Journal(folder, descriptor, read_head(begin.partition(b"\n")[0]))
        if size > LARGEST:
            raise _not_ours(path)
        _, *lines, torn = _first_bytes(descriptor, size).split(b"\n")
        for line in lines:
            found.remember(read_line(line))
    except ValueError:
        raise _not_ours(path) from None
    if torn:
        os.ftruncate(descriptor, size - len(torn))
    return found


def _first_bytes(descriptor: int, size: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    body = bytearray()
    while len(body) < size and (piece := os.read(descriptor, size - len(body))):
        body += piece
    return bytes(body)


def append(descriptor: int, line: bytes) -> None:
    """Write a whole line, or leave the journal as it was: a full disk takes a part of what is written."""
    end = os.lseek(descriptor, 0, os.SEEK_END)
    try:
        while line:
            line = line[os.write(descriptor, line) :]
        os.fsync(descriptor)
    except BaseException:
        with suppress(OSError):
            os.ftruncate(descriptor, end)
        raise
