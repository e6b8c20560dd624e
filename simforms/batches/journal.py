"""What a batch has done so far, in a file that only grows: enough to go on exactly after any interruption.

A line for each record, written with one call: its id, a keyed digest of what was asked, and either the files that were made of
it, each with its digest, or the names of what was wrong. No value of a record stands in it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from simforms.errors import SimformsError
from simforms.messages import say

NAME = "batch.jsonl"


class JournalError(SimformsError):
    """Another batch writes into the folder, or the journal there is none of ours; says what to do."""


@dataclass(frozen=True)
class Entry:
    """What became of a record."""

    id: str
    asked: str
    """A digest of the record and of all that decides how it is printed."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Each file's name and the SHA-256 of its bytes."""
    faults: Sequence[Sequence[str]] = ()
    """Where nothing could be made: of each problem its code and its field."""


@dataclass(frozen=True)
class Journal:
    """The journal of a folder, open and locked."""

    folder: Path
    descriptor: int
    key: bytes
    entries: dict[str, Entry]

    def asked(self, *parts: str) -> str:
        """Return the digest of what is asked: without the journal's key nobody can try values against it."""
        return hmac.new(self.key, json.dumps(parts).encode(), "sha256").hexdigest()

    def made(self, identity: str, asked: str) -> Entry | None:
        """Return the entry of a record of which all files are there, as they were made; None where it must be printed."""
        entry = self.entries.get(identity)
        if entry is None or entry.asked != asked or entry.faults:
            return None
        return entry if all(_digest(self.folder / name) == digest for name, digest in entry.files.items()) else None

    def note(self, entry: Entry) -> None:
        """Write an entry behind the others, down to the disk."""
        _append(self.descriptor, asdict(entry))
        self.entries[entry.id] = entry


@contextmanager
def journal(folder: Path) -> Iterator[Journal]:
    """Yield the journal of a folder, a new one where there is none. Raises JournalError, OSError."""
    path = folder / NAME
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        _lock(descriptor, folder)
        lines = path.read_bytes().split(b"\n")
        os.ftruncate(descriptor, sum(len(line) + 1 for line in lines[:-1]))  # a line that was cut short
        try:
            head, *entries = [json.loads(line) for line in lines[:-1]] or [None]
            head = head or {"simforms": 1, "key": secrets.token_hex(16)}
            known = {entry["id"]: Entry(**entry) for entry in entries}
            key = bytes.fromhex(head["key"])
        except (KeyError, TypeError, ValueError):
            raise JournalError(say("%(path)s is no journal of a batch; choose another folder", path=path)) from None
        if len(lines) == 1:
            _append(descriptor, head)
        yield Journal(folder, descriptor, key, known)
    finally:
        os.close(descriptor)


def _append(descriptor: int, entry: Any) -> None:
    os.write(descriptor, json.dumps(entry, ensure_ascii=False).encode() + b"\n")
    os.fsync(descriptor)


def _lock(descriptor: int, folder: Path) -> None:
    with suppress(ImportError):  # not on Windows
        import fcntl  # noqa: PLC0415

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise JournalError(
                say("another batch is writing into %(folder)s; wait for it, or choose another", folder=folder)
            ) from None


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
